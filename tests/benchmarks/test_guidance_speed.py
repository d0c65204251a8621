"""How long a look, a page and a difference take; reported with --benchmark-enable, never asserted."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from loopback_web import LoopbackWeb, Reply
from metaoptout_tui.app.guidance.page_watcher import NetworkPermission, PageWatcher
from metaoptout_tui.app.paths import resolve_paths
from metaoptout_tui.core.guidance.editions import GuidanceInUse
from metaoptout_tui.core.guidance.page_content import PageBlock, PageContent, compare_page_contents
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.guidance.extract import extract_page_content
from metaoptout_tui.ui.terminal import UNICODE_SYMBOLS
from metaoptout_tui.ui.text.pages_and_letters import article_text, changes_text
from metaoptout_tui.wiring.outside import fetch_over_network
from watched_pages import served

pytestmark = pytest.mark.exhaustive

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
        lookout = PageWatcher(
            GuidanceInUse(playbook),
            resolve_paths(tmp_path, None, {}),
            NetworkPermission(meta_pages=True),
            fetch_over_network,
        )
        records = benchmark.pedantic(lambda: asyncio.run(lookout.check_pages(Job())), rounds=3, iterations=1)
    assert [record.fault for record in records] == [""] * len(playbook.pages)
    benchmark.extra_info["times the slowest page"] = (
        f"{benchmark.stats['min'] / DELAY:.2f}" if benchmark.enabled else ""
    )


def test_reading_a_page_of_a_megabyte(benchmark: Benchmark, playbook: Playbook) -> None:
    page = playbook.pages[0]
    data = served(page, *[f"Paragraph {number} on {page.expect_text} and its models. " * 8 for number in range(2_500)])
    assert isinstance(benchmark(extract_page_content, data, expect_text=page.expect_text), PageContent)


def test_comparing_the_largest_pages(benchmark: Benchmark) -> None:
    old = PageContent("", tuple(PageBlock("paragraph", f"{number} Meta uses posts. " * 12) for number in range(1_500)))
    new = PageContent(
        "", tuple(PageBlock("paragraph", block.text.replace("posts", "chats", 2)) for block in old.blocks)
    )
    assert len(benchmark(compare_page_contents, old, new)) == len(old.blocks)


def test_writing_a_long_page(benchmark: Benchmark) -> None:
    page = PageContent("", tuple(PageBlock("paragraph", f"{number} Meta uses posts. " * 12) for number in range(1_500)))
    assert benchmark(article_text, page, UNICODE_SYMBOLS, 80).content
    assert changes_text(compare_page_contents(page, page), 80).jump_lines == ()
