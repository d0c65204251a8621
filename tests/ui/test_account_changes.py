"""Changes at Meta that ask for a new objection, and the check that leaves it as it is."""

import pytest

from metaoptout_tui.core.record.vocabulary import AccountState
from samples import account, at, entry, record
from ui.driving import OpenScreen, does

FILED = entry("filed", at(5), email="anna@example.org")
MAIL = entry("confirmed-by-mail", at(4))
OLD = record(
    account(
        "facebook",
        entry("step-done", at(400), step="identify"),
        entry("filed", at(400)),
        entry("confirmed-by-mail", at(399)),
    )
)
LINKED = record(account("facebook", FILED, MAIL, hub="private"), account("instagram", hub="private"))


@pytest.mark.exhaustive
@does("checklist.moved")
async def test_a_move_of_the_whole_accounts_centre(walk: OpenScreen) -> None:
    async with walk(LINKED, at=("instagram", "open")) as me:
        await me.press("M", "down")
        assert me.headline.title == "What was moved to Meta Account?"
        assert "All 2 accounts in “private”" in me.text
        assert "No source says whether an objection survives the move to Meta Account." in me.flowing
        assert "Apr 2026" in me.flowing
        await me.press("enter")
        assert me.headline.title == "When did Meta move 2 accounts to Meta Account?"
        await me.write("2026-11-20", anew=True)
        await me.press("enter")
        assert me.at == "checklist"
        assert me.told == "Written down. u takes that back."
        assert [me.state(id) for id in ("facebook", "instagram")] == [AccountState.OBJECT_AGAIN] * 2
        assert me.guide_says("no source says whether an objection survives it")
        await me.press("u")
        assert me.progress == LINKED


async def test_a_move_of_one_of_them(walk: OpenScreen) -> None:
    async with walk(LINKED, at=("instagram", "open")) as me:
        await me.press("M", "down", "down", "enter")
        assert me.headline.title == "When did Meta move Instagram “Anna” to Meta Account?"
        await me.press("enter")
        assert (me.state("facebook"), me.state("instagram")) == (AccountState.CONFIRMED, AccountState.OBJECT_AGAIN)


@pytest.mark.exhaustive
async def test_an_account_that_is_linked_with_none_is_asked_for_its_date_at_once(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", FILED))) as me:
        await me.press("M")
        assert me.headline.title == "When did Meta move Facebook “Anna” to Meta Account?"
        await me.press("escape")
        assert (me.at, me.events()) == ("checklist", ["filed"])
        await me.press("M", "enter")
        assert me.events() == ["filed", "moved-to-meta-account"]
        before = me.progress
        await me.press("M", "enter")
        assert me.progress == before
        assert "That is in the diary already." in me.text


async def test_without_an_account_there_is_none_to_move(walk: OpenScreen) -> None:
    async with walk(record()) as me:
        await me.press("M", "C")
        assert me.at == "checklist"


@does("checklist.checked")
async def test_a_check_of_an_old_objection_is_written_down_and_the_next_is_in_a_year(walk: OpenScreen) -> None:
    async with walk(OLD, at=("facebook", "confirm"), size=(120, 40)) as me:
        assert me.headline.title.startswith("Yearly check of Facebook “Anna”")
        assert me.guide_says("A yearly check is only our suggestion.")
        assert me.guide_says("after this objection was sent or last looked at. (likely)")
        assert "→ I checked it" in me.text
        await me.press("C")
        assert me.last().kind == "rechecked"
        assert me.told == "Written down; the next check is in a year. u takes that back."
        assert me.headline.title == "Yearly check of Facebook “Anna”, due 23 Nov 2027"
        assert not me.guide_says("This program offers a check once a year")
        assert me.state() is AccountState.CONFIRMED
        await me.press("d")
        assert "Looked at the objection again, left as it is" in me.text
        await me.press("escape", "u")
        assert me.progress == OLD


async def test_new_terms_stand_among_the_sources_of_the_step(walk: OpenScreen) -> None:
    async with walk(OLD, at=("facebook", "confirm"), size=(120, 60)) as me:
        await me.press("s")
        assert "Public research file on Meta AI" in me.text
        assert (
            "affected by the new terms of Meta for its AI is not documented. They took effect on 13 May 2026"
            in me.flowing
        )


async def test_where_no_objection_stands_there_is_none_to_check(walk: OpenScreen) -> None:
    for progress in (record(account("facebook")), record(account("facebook", FILED, entry("refused", at(1))))):
        async with walk(progress) as me:
            await me.press("C")
            assert me.told == "No objection stands for this account, so there is none to check."
            assert me.progress == progress
