"""What people see, as pictures; README and manual show them. `--snapshot-update` makes them anew, after a look at each."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from exhaustive import parametrize_some
from metaoptout_tui.app.files.record_files import RecordFiles
from metaoptout_tui.app.files.record_versions import RecordVersions
from metaoptout_tui.app.files.restoring import RestorableVersion
from metaoptout_tui.app.guidance.page_watcher import NetworkPermission, PageCheck, PageWatcher
from metaoptout_tui.app.imports.chat_scan import ChatScan
from metaoptout_tui.app.paths import resolve_paths
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.chats.scan_results import ScanResults
from metaoptout_tui.core.guidance.editions import GuidanceInUse
from metaoptout_tui.core.guidance.page_content import PageBlock
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.desktop.clipboard import SystemClipboard
from metaoptout_tui.desktop.mail_program import SystemMailProgram
from metaoptout_tui.desktop.programs import SystemBrowser
from metaoptout_tui.desktop.qr import qr_lines
from metaoptout_tui.guidance.loader import load_authorities, load_countries, load_reason_texts
from metaoptout_tui.imports.whatsapp.scan import scan_chats
from metaoptout_tui.storage.page_cache import PageCache
from metaoptout_tui.storage.settings_files import NetworkConsent
from metaoptout_tui.ui.app import MetaOptOutApp
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.checklist import ChecklistScreen
from metaoptout_tui.ui.terminal import UNICODE_SYMBOLS
from metaoptout_tui.wiring.outside import fetch_over_network
from parsed_styles import share_parsed_styles
from samples import NOW, account, at, entry, record
from ui.driving import OWN_KEYS
from watched_pages import article, keep

share_parsed_styles()
Compare = Callable[..., bool]
WIDE, USUAL, NARROW = (120, 40), (80, 24), (60, 20)


def household() -> Record:
    """Five accounts, each another way on."""
    names = {
        "facebook": "Anna Jansen",
        "instagram": "@anna.nl",
        "instagram-shop": "@annas.shop",
        "threads": "@anna.nl",
        "whatsapp": "+31 6 12345678",
    }
    progress = record(
        account(
            "facebook",
            entry("step-done", at(3), step="identify"),
            entry("step-done", at(3), step="open"),
            entry("filed", at(3), email="anna@example.org"),
            entry("confirmed-by-mail", at(2.9)),
            hub="private",
        ),
        account("instagram", hub="private"),
        account(
            "instagram-shop",
            entry("step-done", at(2), step="identify"),
            entry("filed", at(2), email="shop@example.org"),
            hub="",
            email="shop@example.org",
        ),
        account("threads"),
        account("whatsapp"),
    )
    return replace(progress, accounts=tuple(replace(each, name=names[each.id]) for each in progress.accounts))


class VersionsOfSomeDays(RecordVersions):
    """Versions as they are kept in the course of some days, without a disk."""

    def restorable(self) -> tuple[RestorableVersion, ...]:
        """Three versions and a copy that a conflict left."""
        folder, now = Path("/nonexistent/backups"), household()
        former = replace(now, accounts=(*now.accounts[:2], account("threads-old", entry("filed", at(20)))))
        return (
            RestorableVersion(folder / "progress.2026-11-22T090500.000Z-1a2b3c4d.toml", at(1, minutes=55), now),
            RestorableVersion(folder.with_name("progress (1).toml"), at(1.5), now, "Google Drive"),
            RestorableVersion(folder / "progress.2026-11-20T171200.000Z-5e6f7a8b.toml", at(2.6), former),
        )


class FilesOfSomeDays(RecordFiles):
    @cached_property
    def versions(self) -> RecordVersions:
        return VersionsOfSomeDays(self._paths, self._clock)


def program(
    playbook: Playbook,
    progress: Record | None = None,
    *,
    theme: str = "metaoptout-dark",
    place: tuple[str, str] = ("", ""),
    no_color: bool = False,
    cache: Path = Path("/nonexistent"),
    scanning: ChatScan | None = None,
) -> MetaOptOutApp:
    """The app on a record, or on a first start."""
    session = Session(
        progress or Record(), playbook, clock=lambda: NOW, save=lambda written: written, is_new=progress is None
    )
    where = resolve_paths(Path("/nonexistent"), None, {})._replace(cache=cache)
    desk = AppContext(
        session=session,
        browser=lambda: SystemBrowser({"DISPLAY": ":0"}, platform="linux", find_program=lambda _: "/usr/bin/xdg-open"),
        clipboard=lambda: SystemClipboard(None, {}, platform="linux", find_program=lambda _: None),
        reasons=load_reason_texts,
        countries=load_countries,
        symbols=UNICODE_SYMBOLS,
        record_location="~/.local/share/metaoptout-tui/progress.toml",
        page_check=PageCheck(
            PageWatcher(GuidanceInUse(playbook), where, NetworkPermission(), fetch_over_network, clock=lambda: NOW),
            NetworkConsent(),
        ),
        locale_country="NL",
        chat_scan=scanning or ChatScan(),
        authorities=load_authorities,
        mail_program=SystemMailProgram,
        qr_lines=qr_lines,
        record_files=lambda: FilesOfSomeDays(where, lambda: NOW),
    )
    app = MetaOptOutApp(desk, theme=theme, keymap=OWN_KEYS, no_color=no_color)
    _places[app] = place
    return app


_places: dict[App[int], tuple[str, str]] = {}
"""The account and step that a picture begins at, by app; else it begins at the next thing."""


def pressing(*keys: str) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Press keys, then hold the cursor of a field still, which blinks by the clock."""

    async def press(pilot: Pilot[int]) -> None:
        place = _places.pop(pilot.app, ("", ""))
        await pilot.pause()  # what the start highlights is told before another place is
        if any(place) and isinstance(pilot.app.screen, ChecklistScreen):
            pilot.app.screen.go_to(*place)
            await pilot.pause()
            assert pilot.app.screen.position() == place
        await pilot.press(*keys)
        await pilot.pause()
        for field in pilot.app.screen.query("Input, TextArea"):
            if isinstance(field, Input | TextArea):
                field.cursor_blink = False
        await pilot.pause()

    return press


def test_the_checklist_in_a_wide_terminal(snap_compare: Compare, playbook: Playbook) -> None:
    assert snap_compare(program(playbook, household()), terminal_size=WIDE, run_before=pressing())


def test_the_checklist_in_the_usual_terminal(snap_compare: Compare, playbook: Playbook) -> None:
    assert snap_compare(program(playbook, household()), terminal_size=USUAL, run_before=pressing())


def test_the_checklist_in_a_narrow_terminal(snap_compare: Compare, playbook: Playbook) -> None:
    assert snap_compare(program(playbook, household()), terminal_size=NARROW, run_before=pressing())


def test_the_overview_in_a_wide_terminal(snap_compare: Compare, playbook: Playbook) -> None:
    assert snap_compare(program(playbook, household()), terminal_size=WIDE, run_before=pressing("v", "down"))


def test_the_overview_in_the_usual_terminal(snap_compare: Compare, playbook: Playbook) -> None:
    assert snap_compare(program(playbook, household()), terminal_size=USUAL, run_before=pressing("v", "down"))


@pytest.mark.exhaustive
def test_the_overview_in_a_narrow_terminal(snap_compare: Compare, playbook: Playbook) -> None:
    assert snap_compare(program(playbook, household()), terminal_size=NARROW, run_before=pressing("v", "down"))


def test_the_timeline(snap_compare: Compare, playbook: Playbook) -> None:
    assert snap_compare(program(playbook, household()), terminal_size=USUAL, run_before=pressing("v", "t"))


def test_the_light_theme(snap_compare: Compare, playbook: Playbook) -> None:
    app = program(playbook, household(), theme="metaoptout-light", place=("instagram", "submit"))
    assert snap_compare(app, terminal_size=USUAL, run_before=pressing())


def test_without_colour(snap_compare: Compare, playbook: Playbook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = program(playbook, household(), theme="ansi-dark", no_color=True)
    assert snap_compare(app, terminal_size=USUAL, run_before=pressing())


def test_the_welcome(snap_compare: Compare, playbook: Playbook) -> None:
    app = program(playbook)
    assert snap_compare(app, terminal_size=USUAL, run_before=pressing("enter", "space", "down", "space"))


def test_the_fields_of_the_form(snap_compare: Compare, playbook: Playbook) -> None:
    app = program(playbook, household(), place=("threads", "submit"))
    assert snap_compare(app, terminal_size=USUAL, run_before=pressing("enter"))


def test_the_reason(snap_compare: Compare, playbook: Playbook) -> None:
    app = program(playbook, household(), place=("threads", "submit"))
    keys = ("enter", "r", "space", *("down",) * 5, "space")
    assert snap_compare(app, terminal_size=USUAL, run_before=pressing(*keys))


def test_what_an_objection_reaches(snap_compare: Compare, playbook: Playbook) -> None:
    app = program(playbook, household(), place=("threads", "open"))
    assert snap_compare(app, terminal_size=USUAL, run_before=pressing("f6"))


def test_data_from_elsewhere(snap_compare: Compare, playbook: Playbook) -> None:
    app = program(playbook, household(), place=("threads", "open"))
    assert snap_compare(app, terminal_size=USUAL, run_before=pressing("enter", "t"))


def test_the_links_of_the_forms(snap_compare: Compare, playbook: Playbook) -> None:
    app = program(playbook, household(), place=("instagram-shop", "open"))
    assert snap_compare(app, terminal_size=USUAL, run_before=pressing("enter"))


def test_what_changed_in_a_source(snap_compare: Compare, playbook: Playbook, tmp_path: Path) -> None:
    store = PageCache(tmp_path)
    now_says = article(
        PageBlock("heading", "So widersprechen Sie", 1),
        "Meta nutzt öffentliche Inhalte und Gespräche mit Meta AI für seine KI. Sie können weiterhin widersprechen.",
        *READ.blocks[2:6],
        PageBlock("item", "Im Meta-Konto steht das Formular unter „Datenschutz“.", 1),
    )
    keep(store, playbook, "vz-guide", NOW, now_says, read=READ)
    app = program(playbook, household(), place=("threads", "open"), cache=tmp_path)
    assert snap_compare(app, terminal_size=USUAL, run_before=pressing("c"))


READ = article(
    PageBlock("heading", "So widersprechen Sie", 1),
    "Meta nutzt öffentliche Inhalte für seine KI. Sie können widersprechen.",
    PageBlock("heading", "Schritt für Schritt", 2),
    *[PageBlock("item", f"Schritt {number}: weiter, wie das Formular es sagt.", 1) for number in range(1, 9)],
)


def test_the_sources_and_how_current_they_are(snap_compare: Compare, playbook: Playbook, tmp_path: Path) -> None:
    store = PageCache(tmp_path)
    for page in playbook.pages:
        if page.kind != "meta":
            keep(store, playbook, page.id, NOW, READ)
    keep(store, playbook, "vz-guide", NOW, article("Neu."), read=READ)
    gone = store.load()["testachats-guide"]._replace(fault="gone", why="404")
    store.save(gone)
    app = program(playbook, household(), cache=tmp_path)
    assert snap_compare(app, terminal_size=USUAL, run_before=pressing("r"))


# Scanned chats

REVIEW = ("whatsapp", "review")
EXPORTS = "/people/anna/Exports"
FAMILY = (
    "29/11/2025, 12:24 - Messages and calls are end-to-end encrypted.",
    *(
        f"{day}/{month}/2026, 12:2{minute} - {words}"
        for month, days in ((1, 2), (2, 5), (4, 3))
        for day in range(20, 20 + days)
        for minute, words in enumerate(
            (
                "Anna: see you on Sunday",
                "Bo: @\u2068Meta AI\u2069 a cake for twelve",
                "Meta AI: A cake.",
                "Bo: and with nuts?",
            )
        )
    ),
    "30/4/2026, 12:40 - Anna: hey @Meta AI draw a cat",
    "30/4/2026, 12:50 - Bo turned on advanced chat privacy.",
)
ALONE = ("20/5/2026, 09:00 - Anna: how long does an egg take", "20/5/2026, 09:01 - Meta AI: Seven minutes.")
CLUB = ("21/5/2026, 09:00 - Bo: the match is on", "21/5/2026, 09:01 - Cas: great")


def found(folder: Path) -> ChatScan:
    """What a scan of three chats and a broken zip found, as if they lay elsewhere."""
    for name, lines in (("Family", FAMILY), ("Meta AI", ALONE), ("Football club", CLUB)):
        (folder / f"WhatsApp Chat with {name}.txt").write_text("\n".join(lines), encoding="utf-8")
    (folder / "WhatsApp Chat - Work.zip").write_bytes(b"PK\x03\x04 and no more")
    read = scan_chats([folder])
    scanning = ChatScan()
    scanning.prepare_search("whatsapp", [EXPORTS])
    scanning.finish_search(
        ScanResults(
            tuple(each._replace(path=each.path.replace(str(folder), EXPORTS)) for each in read.chats),
            tuple(each._replace(path=each.path.replace(str(folder), EXPORTS)) for each in read.unreadable),
        )
    )
    return scanning


def test_the_review_of_whatsapp(snap_compare: Compare, playbook: Playbook, tmp_path: Path) -> None:
    counts = {"to_meta_ai": 9}
    scan = entry("reviewed-chats", at(9), counts=counts, file="WhatsApp Chat with Family.txt", sha256="0" * 64)
    app = program(playbook, record(account("whatsapp", scan)), place=REVIEW, scanning=found(tmp_path))
    assert snap_compare(app, terminal_size=USUAL, run_before=pressing("enter"))


def reading_chats() -> ChatScan:
    """A scan that is a third of its way."""
    now = 0.0

    scanning = ChatScan(clock=lambda: now)
    scanning.prepare_search("whatsapp", [EXPORTS])
    scanning.job.report(40_000_000, 120_000_000, f"{EXPORTS}/WhatsApp Chat with Family.txt")
    now = 4.0
    return scanning


def test_chats_are_read(snap_compare: Compare, playbook: Playbook) -> None:
    app = program(playbook, household(), place=REVIEW, scanning=reading_chats())
    assert snap_compare(app, terminal_size=USUAL, run_before=pressing("enter", "f"))


@pytest.mark.exhaustive
def test_chats_are_read_in_a_narrow_terminal(snap_compare: Compare, playbook: Playbook) -> None:
    app = program(playbook, household(), place=REVIEW, scanning=reading_chats())
    assert snap_compare(app, terminal_size=NARROW, run_before=pressing("enter", "f"))


@pytest.mark.exhaustive
def test_what_a_scan_found_in_a_wide_terminal(snap_compare: Compare, playbook: Playbook, tmp_path: Path) -> None:
    app = program(playbook, household(), place=REVIEW, scanning=found(tmp_path))
    assert snap_compare(app, terminal_size=WIDE, run_before=pressing("enter", "f"))


def test_what_a_scan_found_in_the_usual_terminal(snap_compare: Compare, playbook: Playbook, tmp_path: Path) -> None:
    app = program(playbook, household(), place=REVIEW, scanning=found(tmp_path))
    assert snap_compare(app, terminal_size=USUAL, run_before=pressing("enter", "f"))


@pytest.mark.exhaustive
def test_what_a_scan_found_in_a_narrow_terminal(snap_compare: Compare, playbook: Playbook, tmp_path: Path) -> None:
    app = program(playbook, household(), place=REVIEW, scanning=found(tmp_path))
    assert snap_compare(app, terminal_size=NARROW, run_before=pressing("enter", "f"))


@pytest.mark.exhaustive
def test_one_chat_of_a_scan(snap_compare: Compare, playbook: Playbook, tmp_path: Path) -> None:
    app = program(playbook, household(), place=REVIEW, scanning=found(tmp_path))
    assert snap_compare(app, terminal_size=USUAL, run_before=pressing("enter", "f", "down", "enter", "down", "enter"))


@pytest.mark.exhaustive
def test_advanced_chat_privacy(snap_compare: Compare, playbook: Playbook, tmp_path: Path) -> None:
    app = program(playbook, household(), place=REVIEW, scanning=found(tmp_path))
    keys = ("enter", "a", "a", *"School 3b", "enter", "enter", "enter", "m", "enter")
    assert snap_compare(
        app, terminal_size=USUAL, run_before=pressing(*("space" if key == " " else key for key in keys))
    )


def test_what_is_kept_and_where(snap_compare: Compare, playbook: Playbook) -> None:
    shown = pressing("f10", "down", "down")
    assert snap_compare(program(playbook, household()), terminal_size=USUAL, run_before=shown)


@pytest.mark.exhaustive
def test_what_is_kept_and_where_in_a_narrow_terminal(snap_compare: Compare, playbook: Playbook) -> None:
    shown = pressing("f10", "down", "down")
    assert snap_compare(program(playbook, household()), terminal_size=NARROW, run_before=shown)


@parametrize_some(1, "size", [USUAL, NARROW], ids=["usual", "narrow"])
def test_all_of_it_can_be_deleted(snap_compare: Compare, playbook: Playbook, size: tuple[int, int]) -> None:
    assert snap_compare(program(playbook, household()), terminal_size=size, run_before=pressing("f10", "X"))
