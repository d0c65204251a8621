"""How long a look, a page and a difference take; reported with --benchmark-enable, never asserted."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from loopback_web import LoopbackWeb, Reply
from metaoptout_tui.core.article import Article, Block
from metaoptout_tui.core.difference import difference
from metaoptout_tui.core.in_use import InUse
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.guidance.extract import article_of
from metaoptout_tui.lookout import Lookout, Permission
from metaoptout_tui.storage.paths import places
from metaoptout_tui.ui.marks import UNICODE
from metaoptout_tui.ui.page_sheet import compared, written
from watched import served

Benchmark = Any  # pytest-benchmark's fixture has no type of its own
DELAY = 0.2


def test_a_look_at_every_page_with_a_fifth_of_a_second_each(
    benchmark: Benchmark, playbook: Playbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with LoopbackWeb() as web:
        for name, value in web.environ.items():
            monkeypatch.setenv(name, value)
        for page in playbook.pages:
            web.on(page.url, Reply(body=served(page), delay=DELAY))
        lookout = Lookout(InUse(playbook), places(tmp_path, None, {}), Permission(meta_pages=True))
        records = benchmark.pedantic(lambda: asyncio.run(lookout.look(lambda _step: None)), rounds=3, iterations=1)
    assert [record.fault for record in records] == [""] * len(playbook.pages)
    benchmark.extra_info["times the slowest page"] = (
        f"{benchmark.stats['min'] / DELAY:.2f}" if benchmark.enabled else ""
    )


def test_reading_a_page_of_a_megabyte(benchmark: Benchmark, playbook: Playbook) -> None:
    page = playbook.pages[0]
    data = served(page, *[f"Paragraph {number} on {page.expect_text} and its models. " * 8 for number in range(2_500)])
    assert isinstance(benchmark(article_of, data, expect_text=page.expect_text), Article)


def test_comparing_the_largest_pages(benchmark: Benchmark) -> None:
    old = Article("", tuple(Block("paragraph", f"{number} Meta uses posts. " * 12) for number in range(1_500)))
    new = Article("", tuple(Block("paragraph", block.text.replace("posts", "chats", 2)) for block in old.blocks))
    assert len(benchmark(difference, old, new)) == len(old.blocks)


def test_writing_a_long_page(benchmark: Benchmark) -> None:
    page = Article("", tuple(Block("paragraph", f"{number} Meta uses posts. " * 12) for number in range(1_500)))
    assert benchmark(written, page, UNICODE, 80).content
    assert compared(difference(page, page), 80).stops == ()
