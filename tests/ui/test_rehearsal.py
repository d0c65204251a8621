"""In a rehearsal time passes and Meta answers when the person says so; the rest is the program as it always is."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.app.commands.commands import REHEARSAL, commands_of
from metaoptout_tui.app.rehearsal import MovableClock, export_obstacle_in
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.ui.app import MetaOptOutApp
from metaoptout_tui.ui.leaving import LeftToRehearse
from metaoptout_tui.ui.rehearsal_app import RehearsalApp
from metaoptout_tui.ui.screens.checklist import ChecklistScreen
from metaoptout_tui.ui.widgets.checklist_panes import ChecklistPanes
from samples import account, at, entry, record
from ui.driving import Machine, OpenScreen, Walker, does

Rehearse = Callable[..., AbstractAsyncContextManager[Walker]]
SENT = record(account("facebook", entry("step-done", at(0.1), step="identify"), entry("filed", at(0.1))))


@pytest.fixture
def rehearse(walk: OpenScreen, machine: Machine) -> Rehearse:
    """Open a rehearsal on a record."""

    @asynccontextmanager
    async def begin(progress: Record = SENT, **options: Any) -> AsyncIterator[Walker]:
        clock = MovableClock(machine.clock)
        async with walk(
            progress, make_app=partial(RehearsalApp, clock=clock), clock=clock, is_rehearsal=True, **options
        ) as me:
            yield me

    return begin


async def choose(me: Walker, title: str) -> None:
    """Choose what happens next."""
    await me.press("ctrl+g")
    assert me.headline.title == "What happens next?"
    titles = [command.title for command in commands_of(REHEARSAL) if not command.keys]
    await me.press(*["down"] * titles.index(title), "enter")
    await me.settled()


@does("rehearsal.go-on", "rehearsal.day", "rehearsal.days", "rehearsal.month")
async def test_time_passes_by_a_day_by_three_and_by_a_month(rehearse: Rehearse) -> None:
    async with rehearse() as me:
        before = me.session.now()
        assert "Ctrl+G Let time pass" in me.keybar
        await choose(me, "A day later")
        assert me.guide_says("(filed 26 hours ago)")
        await choose(me, "Three days later")
        assert me.guide_says("(filed 4 days ago)")
        assert (me.session.now() - before).days == 4
        assert "It is now Friday, 27 November 2026." in me.flowing or "27 Nov 2026" in me.told
        assert me.state() is AccountState.FILED
        await choose(me, "A month later")
        assert (me.session.now() - before).days == 35
        assert me.state() is AccountState.OVERDUE
        assert "remind or complain" in me.headline.title


@does("rehearsal.refuses", "rehearsal.asks", "rehearsal.confirms")
@parametrize_some(
    1,
    ("title", "words"),
    [
        ("Meta confirms", "says that Meta has applied your objection"),
        ("Meta asks", "asks for an example"),
        ("Meta refuses", "Meta refuses your objection"),
    ],
)
async def test_meta_answers_and_the_person_writes_it_down(rehearse: Rehearse, title: str, words: str) -> None:
    async with rehearse() as me:
        await choose(me, title)
        assert me.at == "confirm"
        assert "An invented mail has come" in me.told
        assert words in me.told
        assert me.events()[-1] == "filed"  # it is for the person to write down


async def test_no_answer_comes_before_anything_was_sent(rehearse: Rehearse) -> None:
    async with rehearse(record(account())) as me:
        await choose(me, "Meta refuses")
        assert me.at == "checklist"
        assert "Nothing was sent yet" in me.told


async def test_an_answer_is_for_the_account_that_waits(rehearse: Rehearse) -> None:
    waiting = account("instagram", entry("filed", at(3)), hub="")
    async with rehearse(record(account("facebook", hub=""), waiting), at=("facebook", "open")) as me:
        await choose(me, "Meta confirms")
        assert "Instagram" in me.headline.title


async def test_what_is_typed_stays_when_time_passes(rehearse: Rehearse) -> None:
    async with rehearse(keymap={"checklist.note": "n"}, at=("facebook", "confirm")) as me:
        await me.press("n")
        await me.write("half a note")
        await choose(me, "A day later")
        assert me.at == "note"
        assert me.field("text") == "half a note"


async def test_a_question_is_answered_before_time_passes(rehearse: Rehearse) -> None:
    async with rehearse() as me:
        await me.press("ctrl+g", "ctrl+g")
        assert me.headline.title == "What happens next?"
        assert "Let time pass" not in me.keybar
        await me.press("escape")
        assert me.at == "checklist"


async def test_the_palette_and_the_help_know_what_only_a_rehearsal_has(rehearse: Rehearse, walk: OpenScreen) -> None:
    async with rehearse(size=(100, 60)) as me:
        await me.press("question_mark")
        assert "Let time pass, or let Meta answer." in me.flowing
        titles = {command.title for command in me.app.get_system_commands(me.screen)}
        assert {"A month later", "Meta refuses"} <= titles
    async with walk(SENT) as me:
        assert "A month later" not in {command.title for command in me.app.get_system_commands(me.screen)}
        await me.press("ctrl+g")
        assert me.at == "checklist"


async def test_no_second_rehearsal_begins_within_one(rehearse: Rehearse) -> None:
    async with rehearse(keymap={}) as me:
        await me.press("end", "enter")
        assert "invented person" not in me.text
        await me.app.run_action("rehearse")
        assert me.app.is_running
        assert "You are in the rehearsal." in me.told


@does("everywhere.rehearse")
async def test_a_rehearsal_is_among_all_that_can_be_done_and_leaves_what_is_typed(walk: OpenScreen) -> None:
    async with walk(SENT, size=(100, 60), keymap={"everywhere.rehearse": "f11"}, at=("facebook", "confirm")) as me:
        await me.press("end", "enter")
        assert "Try everything with an invented person; nothing of it is kept." in me.flowing
        await me.press("escape", "a")
        await me.write("half a name")
        await me.press("f11")
        assert isinstance(me.app.leaving.after, LeftToRehearse)
        assert not me.app.is_running
        assert "half a name" in str(me.progress.drafts)


@pytest.mark.parametrize("is_among_accounts", [False, True])
async def test_after_a_rehearsal_undo_highlight_and_focus_are_as_they_were(
    walk: OpenScreen,
    is_among_accounts: bool,  # noqa: FBT001 - given by its name
) -> None:
    two = record(account("facebook", hub=""), account("instagram", hub=""))
    async with walk(two, at=("instagram", "identify"), keymap={"everywhere.rehearse": "f11"}) as me:
        before = me.progress.accounts
        await me.press("space")
        assert me.progress.accounts != before
        await me.press("home", *(("left",) if is_among_accounts else ()))
        checklist = me.app.screen
        assert isinstance(checklist, ChecklistScreen)
        place = checklist.query_one(ChecklistPanes).place
        assert (place.account_id, place.is_among_accounts) == ("instagram", is_among_accounts)
        await me.press("f11")
        after, progress = me.app.leaving.after, me.progress
    assert isinstance(after, LeftToRehearse)
    async with walk(progress, make_app=partial(MetaOptOutApp, interrupted=after.interrupted)) as again:
        screen = again.app.screen
        assert isinstance(screen, ChecklistScreen)
        assert screen.query_one(ChecklistPanes).place == place
        await again.press("u")
        assert again.progress.accounts == before
        await again.press("U")
        assert again.progress.accounts == progress.accounts


async def test_the_last_of_all_that_can_be_done_opens_only_something_to_read(walk: OpenScreen) -> None:
    async with walk(SENT, size=(100, 60), at=("facebook", "confirm")) as me:
        await me.press("end", "enter", "end", "enter")
        assert me.app.is_running
        assert me.at == "manual"


async def test_the_welcome_of_a_rehearsal_does_not_say_that_all_is_kept(walk: OpenScreen) -> None:
    async with walk(is_new=True, is_rehearsal=True) as me:
        assert "Nothing of this rehearsal stays when you leave it." in me.flowing
        assert "All is kept in this file" not in me.flowing


async def test_the_welcome_offers_a_rehearsal_and_records_nothing_for_it(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.write("austria")
        await me.press("f4", "end", "enter")
        assert isinstance(me.app.leaving.after, LeftToRehearse)
        assert me.session.account_service.is_new
        assert me.progress.drafts["welcome"]["country"] == "AT"
        assert me.progress.person.country == ""


async def test_case_files_of_a_rehearsal_stay_in_its_folder(rehearse: Rehearse, tmp_path: Path) -> None:
    inside, outside = tmp_path / "rehearsal", tmp_path / "documents"
    async with rehearse(keymap={"checklist.export": "E"}, export_obstacle=export_obstacle_in(inside)) as me:
        await me.press("E")
        await me.write(str(outside), anew=True)
        await me.press("enter")
        assert "In a rehearsal files go only into" in me.flowing
        assert not outside.exists()
    assert export_obstacle_in(inside)(inside / "case-files") == ""
    assert export_obstacle_in(inside)(inside / ".." / "documents") != ""
