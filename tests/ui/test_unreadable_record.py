"""A record that cannot be opened: what is wrong with it, and what can be done without losing anything."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot

from exhaustive import parametrize_some
from metaoptout_tui.app.files.restoring import RestorableVersion
from metaoptout_tui.app.session import RecordOpenFailure
from metaoptout_tui.app.unopened_record import chosen_version
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.ui.questions_at_start import UnreadableRecordApp
from metaoptout_tui.ui.widgets.lists import ChoiceList
from samples import Clock, account, at, entry, record
from ui.driving import does

ERROR = StorageError(
    "progress.toml, line 3: there is no closing quote.", kept="The file is left as it is.", todo="Put it right."
)
VERSIONS = (
    RestorableVersion(Path("/people/anna/backups/new.toml"), at(1), record(account("facebook", entry("filed", at(3))))),
    RestorableVersion(Path("/people/anna/progress (1).toml"), at(2), record(), "Google Drive"),
)
WITH_COPY = RecordOpenFailure(ERROR, Path("/people/anna/progress.toml"), can_replace=True, versions=VERSIONS)
GONE = RecordOpenFailure(ERROR, Path("/people/anna/progress.toml"), can_replace=True, versions=VERSIONS, is_gone=True)
UNREADABLE = RecordOpenFailure(ERROR, Path("/people/anna/progress.toml"), can_replace=False)


def shown(app: UnreadableRecordApp) -> str:
    return " ".join("\n".join(strip.text for strip in app.screen._compositor.render_strips()).split())


async def press(pilot: Pilot[str], *keys: str) -> None:
    await pilot.pause()
    await pilot.press(*keys)
    await pilot.pause()


@does("trouble.choose")
@parametrize_some(
    4,
    ("trouble", "keys", "answer"),
    [
        (WITH_COPY, ("enter",), "leave"),
        (WITH_COPY, ("down", "enter"), "version-0"),
        (WITH_COPY, ("j", "j", "enter"), "version-1"),
        (WITH_COPY, ("j", "j", "j", "enter"), "anew"),
        (WITH_COPY, ("j", "j", "k", "k", "enter"), "leave"),
        (GONE, ("enter",), "leave"),
        (GONE, ("down", "enter"), "version-0"),
        (UNREADABLE, ("down", "enter"), "leave"),
    ],
)
async def test_nothing_happens_to_the_file_that_was_not_chosen(
    trouble: RecordOpenFailure, keys: Sequence[str], answer: str
) -> None:
    app = UnreadableRecordApp(trouble, clock=Clock())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
    assert app.return_value == answer


@does("trouble.quit")
@pytest.mark.parametrize("key", ["q", "escape", "ctrl+c"])
async def test_leaving_leaves_the_file_as_it_is(key: str) -> None:
    app = UnreadableRecordApp(WITH_COPY, clock=Clock())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", key)
    assert app.return_value == "leave"


async def test_the_persons_own_keys_work_and_stand_at_the_foot() -> None:
    app = UnreadableRecordApp(WITH_COPY, clock=Clock(), keymap={"trouble.quit": "x", "trouble.choose": "t,enter"})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert shown(app).endswith("t Choose x Leave")
        await press(pilot, "down", "t")
    assert chosen_version(app.return_value, WITH_COPY) == VERSIONS[0]


@pytest.mark.parametrize("theme", ["metaoptout-dark", "metaoptout-light", "ansi-dark", "nord", "no such theme"])
async def test_it_says_what_is_wrong_where_and_what_each_way_keeps(theme: str) -> None:
    app = UnreadableRecordApp(WITH_COPY, clock=Clock(), theme=theme)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        words = shown(app)
        assert words.startswith("Your record cannot be read /people/anna/progress.toml")
        assert str(ERROR) in words
        assert "/people/anna/progress.toml" in words
        assert "Leave, put progress.toml right, and start again" in words
        assert "Go on from 22 Nov 2026, 10:00: 1 account, 1 entry (Anna)" in words
        assert "Go on from 21 Nov 2026, 10:00: 0 accounts, 0 entries (a copy that Google Drive left)" in words
        assert "Begin a new record; the file is kept beside it" in words
        assert app.query_one(ChoiceList).highlighted_id == "leave"
