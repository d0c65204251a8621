"""Who was authorised to help: asked once, written into every diary, and kept while it is typed."""

from metaoptout_tui.core.record.vocabulary import AUTHORISED_IN_WRITING, AUTHORISED_ORALLY
from metaoptout_tui.ui.widgets.answer_lists import AnswerList
from samples import account, record
from ui.driving import OpenScreen, does

TWO = record(account("facebook"), account("threads"))


@does("checklist.helper", "helper.save", "helper.back", "helper.discard")
async def test_the_helper_stands_in_the_diary_of_each_account_and_undo_takes_all_back(walk: OpenScreen) -> None:
    async with walk(TWO, at=("facebook", "open")) as me:
        await me.press("H", "enter")
        assert "The name of the helper is missing." in me.flowing
        await me.write("Rosa Jansen")
        await me.press("escape")
        assert me.at == "checklist"
        await me.press("H")
        assert me.field("helper") == "Rosa Jansen"
        await me.press("f8")
        assert me.field("helper") == ""
        await me.press("f8", "tab", "down", "down", "space", "tab")
        await me.write("2026-11-03", anew=True)
        await me.press("f2")
        assert me.at == "checklist"
        for id in ("facebook", "threads"):
            event = me.last(id)
            assert (event.kind, dict(event.fields)) == ("helper-authorised", {"helper": "Rosa Jansen", "how": "orally"})
            assert event.at.date().isoformat() == "2026-11-03"
        assert not me.progress.drafts
        assert me.told.startswith("Written down: Rosa Jansen was authorised to help, by word of mouth, on 3 Nov")
        await me.press("H")
        assert "Written down already: Rosa Jansen was authorised to help, by word of mouth, on 3 Nov" in me.flowing
        assert "Nothing is written down yet." not in me.flowing
        await me.press("escape")
        await me.press("u")
        assert me.progress.accounts == TWO.accounts


async def test_how_is_chosen_by_the_person_and_never_taken_from_enter_alone(walk: OpenScreen) -> None:
    async with walk(TWO, at=("facebook", "open")) as me:
        await me.press("H")
        await me.write("Rosa")
        await me.press("enter")
        assert me.at == "helper"
        assert "Say how: choose one of the two rows." in me.flowing
        assert me.events() == []
        await me.press("down", "enter")
        assert me.at == "checklist"
        assert me.last().text("how") == AUTHORISED_IN_WRITING


async def test_tab_and_space_go_through_the_fields_and_empty_none(walk: OpenScreen) -> None:
    async with walk(TWO, at=("facebook", "open")) as me:
        await me.press("H")
        await me.write("Rosa")
        await me.press("tab")
        ways = me.app.screen.query_one("#how", AnswerList)
        assert ways.has_class("-unanswered")
        await me.press("space")
        assert me.chosen == AUTHORISED_IN_WRITING
        assert not ways.has_class("-unanswered")
        await me.press("down", "space", "tab")
        day = me.field("day")
        assert day
        await me.press("space", "shift+tab", "shift+tab", "space")
        assert (me.field("day"), me.field("helper")) == (day, "Rosa")
        await me.press("f2")
        assert (me.last().text("helper"), me.last().text("how")) == ("Rosa", AUTHORISED_ORALLY)


async def test_a_day_that_is_still_to_come_is_refused(walk: OpenScreen) -> None:
    async with walk(TWO, at=("facebook", "open")) as me:
        await me.press("H")
        await me.write("Rosa")
        await me.press("tab", "down", "space", "tab")
        await me.write("2027-01-01", anew=True)
        await me.press("f2")
        assert me.at == "helper"
        assert me.words("trouble")
        assert me.events() == []


async def test_without_an_account_there_is_no_diary_for_it(walk: OpenScreen) -> None:
    async with walk(record()) as me:
        await me.press("H")
        assert me.at == "checklist"
        assert "There is no account in your list yet." in me.told
