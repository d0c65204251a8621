"""Up and Down look at answers; Space or Enter chooses one. Who only looks has changed nothing."""

import pytest

from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.ui.widgets.answer_lists import AnswerList
from metaoptout_tui.ui.widgets.country_search import CountrySearch
from metaoptout_tui.ui.widgets.lists import ChoiceList
from samples import account, record
from ui.driving import EVERYTHING, WAYS, OpenScreen, Walker, go, offer_for

LINKED = record(account("facebook", hub="private"), account("instagram", hub="private"))
WITH_ANSWERS = ("account", "earlier", "export", "helper", "welcome")


def answers(me: Walker) -> list[AnswerList]:
    return [each for each in me.app.screen.query(AnswerList).results() if each.focusable and each.option_count > 1]


@pytest.mark.parametrize("place", WITH_ANSWERS)
async def test_who_only_looks_at_answers_changes_none(walk: OpenScreen, place: str) -> None:
    way = WAYS[place]
    async with walk(EVERYTHING, at=(way.account, way.step), offer=offer_for(place)) as me:
        await go(me, place)
        before = [each.answer_id for each in answers(me)]
        screen = me.app.screen
        assert before
        for each in answers(me):
            each.focus()
            await me.press("end", "up", "home", "down", "tab")
        assert me.app.screen is screen
        assert [each.answer_id for each in answers(me)] == before
        assert [each.highlighted_id for each in answers(me) if not each.has_focus] == [
            each.answer_id for each in answers(me) if not each.has_focus
        ]


@pytest.mark.parametrize("place", WITH_ANSWERS)
async def test_space_chooses_the_answer_that_is_looked_at(walk: OpenScreen, place: str) -> None:
    way = WAYS[place]
    async with walk(EVERYTHING, at=(way.account, way.step), offer=offer_for(place)) as me:
        await go(me, place)
        for each in answers(me):
            each.focus()
            await me.press("home", "down", "space")
            assert each.answer_id == each.options[1].id
            assert [str(option.prompt).startswith("(x)") for option in each.options].index(True) == 1
            await me.press("home", "space")
            assert each.answer_id == each.options[0].id


async def test_the_key_that_records_takes_the_marked_answer_and_not_the_one_looked_at(walk: OpenScreen) -> None:
    async with walk(LINKED) as me:
        await me.press("e", "tab", "tab", "home", "f2")
        assert me.at == "checklist"
        assert me.account() == LINKED.accounts[0]


async def test_enter_takes_the_answer_that_is_looked_at_and_goes_on(walk: OpenScreen) -> None:
    async with walk(LINKED) as me:
        await me.press("e", "tab", "tab", "home", "down", "enter")
        assert me.at == "checklist"
        assert me.account().linked_group == ""


async def test_a_name_typed_among_the_platforms_is_for_the_one_looked_at(walk: OpenScreen) -> None:
    async with walk(LINKED) as me:
        await me.press("a", "home", "down", "down")
        platform = me.chosen
        await me.write("anna.nl")
        await me.press("enter")
        assert me.progress.accounts[-1].platform == platform


async def test_who_only_looks_at_countries_still_lives_in_the_same(walk: OpenScreen) -> None:
    async with walk(record(account(), country="NL")) as me:
        await me.press("y", "down", "down", "tab", "tab")
        assert me.app.screen.query_one(CountrySearch).code == "NL"
        assert me.app.screen.query_one("#found", ChoiceList).highlighted_id == "NL"
        await me.press("f2")
        assert me.progress.person.country == "NL"


async def test_at_the_first_start_the_offered_country_stays_while_others_are_looked_at(walk: OpenScreen) -> None:
    async with walk(Record(), is_new=True) as me:
        await me.press("down", "down", "f2")
        assert me.progress.person.country == "NL"
