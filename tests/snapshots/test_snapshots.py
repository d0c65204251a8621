"""What people see, as pictures; the README shows them. `--snapshot-update` makes them anew, after a look at each."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from metaoptout_tui.core.article import Block
from metaoptout_tui.core.in_use import InUse
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.progress import Progress
from metaoptout_tui.desktop.browser import Browser
from metaoptout_tui.desktop.clipboard import Clipboard
from metaoptout_tui.guidance.loader import load_countries, load_reasons
from metaoptout_tui.lookout import Lookout, Permission
from metaoptout_tui.session import Session
from metaoptout_tui.storage.consent_file import Consent
from metaoptout_tui.storage.page_store import PageStore
from metaoptout_tui.storage.paths import places
from metaoptout_tui.ui.app import MetaOptOutApp
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.looking import Looking
from metaoptout_tui.ui.marks import UNICODE
from samples import NOW, account, at, entry, record
from watched import article, keep

Compare = Callable[..., bool]
WIDE, USUAL, NARROW = (120, 40), (80, 24), (60, 20)


def household() -> Progress:
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


def program(
    playbook: Playbook,
    progress: Progress | None = None,
    *,
    theme: str = "metaoptout-dark",
    place: tuple[str, str] = ("", ""),
    no_color: bool = False,
    cache: Path = Path("/nonexistent"),
) -> MetaOptOutApp:
    """The app on a record, or on a first start."""
    session = Session(
        progress or Progress(), playbook, clock=lambda: NOW, save=lambda written: written, is_new=progress is None
    )
    where = replace(places(Path("/nonexistent"), None, {}), cache=cache)
    desk = Desk(
        session,
        lambda: Browser({"DISPLAY": ":0"}, platform="linux", which=lambda _: "/usr/bin/xdg-open"),
        lambda: Clipboard(None, {}, platform="linux", which=lambda _: None),
        load_reasons,
        load_countries,
        UNICODE,
        "~/.local/share/metaoptout-tui/progress.toml",
        Looking(Lookout(InUse(playbook), where, Permission(), clock=lambda: NOW), Consent()),
        home_country="NL",
    )
    return MetaOptOutApp(desk, theme=theme, place=place, no_color=no_color)


def pressing(*keys: str) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Press keys, then hold the cursor of a field still, which blinks by the clock."""

    async def press(pilot: Pilot[int]) -> None:
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


def test_what_changed_in_a_source(snap_compare: Compare, playbook: Playbook, tmp_path: Path) -> None:
    store = PageStore(tmp_path)
    now_says = article(
        Block("heading", "So widersprechen Sie", 1),
        "Meta nutzt öffentliche Inhalte und Gespräche mit Meta AI für seine KI. Sie können weiterhin widersprechen.",
        *READ.blocks[2:6],
        Block("item", "Im Meta-Konto steht das Formular unter „Datenschutz“.", 1),
    )
    keep(store, playbook, "vz-guide", NOW, now_says, read=READ)
    app = program(playbook, household(), place=("threads", "open"), cache=tmp_path)
    assert snap_compare(app, terminal_size=USUAL, run_before=pressing("c"))


READ = article(
    Block("heading", "So widersprechen Sie", 1),
    "Meta nutzt öffentliche Inhalte für seine KI. Sie können widersprechen.",
    Block("heading", "Schritt für Schritt", 2),
    *[Block("item", f"Schritt {number}: weiter, wie das Formular es sagt.", 1) for number in range(1, 9)],
)


def test_the_sources_and_how_current_they_are(snap_compare: Compare, playbook: Playbook, tmp_path: Path) -> None:
    store = PageStore(tmp_path)
    for page in playbook.pages:
        if page.kind != "meta":
            keep(store, playbook, page.id, NOW, READ)
    keep(store, playbook, "vz-guide", NOW, article("Neu."), read=READ)
    gone = store.load()["testachats-guide"]._replace(fault="gone", why="404")
    store.put(gone)
    app = program(playbook, household(), cache=tmp_path)
    assert snap_compare(app, terminal_size=USUAL, run_before=pressing("r"))
