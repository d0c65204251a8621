"""How long the parts of a key press take; reported with --benchmark-enable, never asserted."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from expected_page_text import page
from metaoptout_tui.core import text
from metaoptout_tui.core.case_file.diary import timeline_of_record
from metaoptout_tui.core.errors import FileRefused
from metaoptout_tui.core.guidance.page_content import PageBlock, PageContent, compare_page_contents
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.coverage_table import coverage_rows_of
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.guidance import loader
from metaoptout_tui.guidance.extract import extract_page_content
from metaoptout_tui.guidance.fetch_requests import MAX_PAGE_BYTES
from metaoptout_tui.guidance.loader import public_holiday_name
from metaoptout_tui.imports.mail import parse_mail
from metaoptout_tui.storage import progress_file
from metaoptout_tui.ui.screens.overview import OverviewScreen
from metaoptout_tui.ui.screens.timeline import TimelineScreen
from sample_mails import HEAVY
from samples import NOW, account, at, entry, record
from snapshots.test_snapshots import program

pytestmark = pytest.mark.exhaustive

Benchmark = Any  # pytest-benchmark's fixture has no type of its own


def many(accounts: int) -> Record:
    every = []
    for number in range(accounts):
        platform = ("facebook", "instagram", "threads", "whatsapp")[number % 4]
        events = [entry("step-done", at(3), step="identify"), entry("filed", at(2), email="anna@example.org")]
        every.append(replace(account(f"{platform}-{number}", *events, hub=("private", "", None)[number % 3])))
    return record(*every)


@pytest.mark.parametrize("accounts", [5, 100])
def test_computing_everything(benchmark: Benchmark, playbook: Playbook, accounts: int) -> None:
    progress = many(accounts)
    seen = benchmark(compute_overview, progress, playbook, NOW, public_holiday_name)
    assert len(seen.statuses) == accounts


@pytest.mark.parametrize("accounts", [5, 500])
def test_the_rows_of_the_coverage_and_of_the_timeline(benchmark: Benchmark, playbook: Playbook, accounts: int) -> None:
    progress = many(accounts)
    now = compute_overview(progress, playbook, NOW, public_holiday_name)
    rows, entries = benchmark(lambda: (coverage_rows_of(now), timeline_of_record(progress)))
    assert (len(rows), len(entries)) == (accounts, 2 * accounts)


@pytest.mark.parametrize("accounts", [5, 500])
async def test_drawing_the_overview_and_the_timeline(benchmark: Benchmark, playbook: Playbook, accounts: int) -> None:
    app = program(playbook, many(accounts))
    async with app.run_test(size=(120, 40)) as pilot:
        for key in ("v", "t"):
            await pilot.press(key)
            await pilot.pause()
        timeline_page, table = app.screen, app.screen_stack[-2]
        assert isinstance(timeline_page, TimelineScreen)
        assert isinstance(table, OverviewScreen)

        def show() -> None:
            table.update_content()
            timeline_page.update_content()

        benchmark(show)


@pytest.mark.parametrize("accounts", [5, 100])
def test_saving_one_change(benchmark: Benchmark, tmp_path: Path, accounts: int) -> None:
    path = tmp_path / "progress.toml"
    progress = many(accounts)
    known = progress_file.AccountTexts()
    data = progress_file.save_record(path, progress, None, known_texts=known)
    first = progress.accounts[0]

    def save() -> None:
        nonlocal progress, data
        progress = progress.with_account(first.with_event(entry("noted", at(0), step="open", text="A note.")))
        data = progress_file.save_record(path, progress, data, known_texts=known)

    benchmark(save)
    assert path.read_bytes() == data


@pytest.mark.parametrize("accounts", [5, 100])
def test_opening_the_record(benchmark: Benchmark, tmp_path: Path, accounts: int) -> None:
    path = tmp_path / "progress.toml"
    progress_file.save_record(path, many(accounts), None)
    loaded = benchmark(progress_file.load_record, path)
    assert isinstance(loaded, progress_file.FileLoaded)


def test_opening_the_guidance(benchmark: Benchmark) -> None:
    playbook = benchmark(loader.load_playbook.__wrapped__)
    assert playbook.statements


@pytest.mark.parametrize("times", [1_000, 10_000])
@pytest.mark.parametrize("piece", [" ", "\x1b[", "\u200d", "\u0301\u0316", "\u202e", "👩\u200d"])
def test_cleaning_hostile_text(benchmark: Benchmark, piece: str, times: int) -> None:
    cleaned = benchmark(text.clean_block, "x" + piece * times + "x")
    assert text.clean_block(cleaned) == cleaned


@pytest.mark.parametrize("kind", HEAVY)
def test_reading_a_mail_made_to_take_long(benchmark: Benchmark, kind: str) -> None:
    def read() -> None:
        with suppress(FileRefused):
            parse_mail(HEAVY[kind], "a.eml")

    benchmark(read)


@pytest.mark.parametrize("name", ["guide_de", "newsroom"])
def test_reading_a_page(benchmark: Benchmark, name: str) -> None:
    found = page(name)
    assert isinstance(benchmark(extract_page_content, found.html, address=found.address), PageContent)


@pytest.mark.parametrize(
    "piece", ["<div>", "<table><tr><td>", "<a href=/x><p>t", "<p>x", "<table>x<td>", "<", "\u0301"]
)
def test_reading_two_megabytes_of_hostile_tags(benchmark: Benchmark, piece: str) -> None:
    data = piece.encode()
    benchmark.pedantic(extract_page_content, (data * (MAX_PAGE_BYTES // len(data)),), rounds=3)


@pytest.mark.parametrize(("paragraphs", "words"), [(2_000, 40), (2_000, 100), (40, 5_000)])
def test_comparing_two_texts(benchmark: Benchmark, paragraphs: int, words: int) -> None:
    choice = Random(1)  # noqa: S311 - the same at every run

    def text_of() -> PageContent:
        said = (" ".join(choice.choices("abc", k=words)) for _ in range(paragraphs))
        return PageContent("A page", tuple(PageBlock("paragraph", each) for each in said))

    assert benchmark.pedantic(compare_page_contents, (text_of(), text_of()), rounds=3)
