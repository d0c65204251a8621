"""The legal periods on the screen: until when, how they stand, and the working step by step."""

from dataclasses import replace
from datetime import date

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.core.record.events import Event
from samples import account, at, entry, record
from ui.driving import OpenScreen, does

CONFIRM = ("facebook", "confirm")
OVERDUE = record(account("facebook", entry("filed", at(50))))


@does("periods.sources")
async def test_who_says_how_a_period_is_counted_stands_behind_one_key(walk: OpenScreen) -> None:
    async with walk(OVERDUE, size=(100, 40)) as me:
        await me.press("t", "s")
        assert (me.at, me.headline.title) == ("sources", "Who says so: “Answer to the objection”")
        await me.press("down")
        assert "Regulation 1182/71, 1971, first hand" in me.flowing
        await me.press("escape")
        assert me.at == "periods"


@does("checklist.periods", "periods.back")
async def test_a_period_is_shown_with_every_step_of_its_working(walk: OpenScreen) -> None:
    async with walk(OVERDUE, size=(100, 40)) as me:
        await me.press("t")
        assert (me.at, me.headline.title) == ("periods", "Facebook “Anna”: legal periods")
        assert "Answer to the objection until 4 Nov over for 19 days" in me.flowing
        for words in (
            "Worked out like this",
            "1. Sun 4 Oct 2026",
            "as received on the day you sent it",
            "2. Wed 4 Nov 2026",
            "GDPR Art. 12(3)",
            "as sure as its least sure step",
        ):
            assert words in me.flowing
        await me.press("b")
        assert me.at == "checklist"


async def test_a_right_to_a_court_rests_on_every_line_once_the_authority_wrote(walk: OpenScreen) -> None:
    letter = entry("authority-wrote", at(9), says="asks")
    wrote = record(account("facebook", entry("filed", at(60)), entry("complained", at(20)), letter))
    async with walk(wrote, size=(100, 40)) as me:
        await me.press("t", "end")
        assert (
            "Court, if the authority is silent rests, or from 4 Feb 2027 on the authority wrote on 14 Nov" in me.flowing
        )
        assert "takes the authority's letter of 14 Nov 2026 for word on how it stands" in me.flowing
        assert "If it is not, court is open from 4 Feb 2027 on." in me.flowing


@does("confirm.periods")
async def test_the_periods_are_at_hand_while_answering_and_nothing_typed_is_lost(walk: OpenScreen) -> None:
    async with walk(OVERDUE, at=CONFIRM) as me:
        await me.press("enter", "tab")
        await me.write("yesterday", anew=True)
        await me.press("f3")
        assert me.at == "periods"
        await me.press("escape")
        assert me.field("day") == "yesterday"


@parametrize_some(
    2,
    ("country", "events", "words"),
    [
        ("NL", (), "A period begins when the objection is sent."),
        ("CH", (entry("filed", at(50)),), "This guide knows of no fixed time in which Meta must answer"),
        ("NL", (entry("filed", at(5)),), "until 18 Dec 25 days left"),
        ("NL", (entry("filed", at(50)), entry("confirmed-by-mail", at(10))), "until 4 Nov ended 13 Nov, late"),
        ("NL", (entry("filed", at(50)), entry("refused", at(25))), "until 4 Nov ended 29 Oct"),
    ],
)
async def test_how_a_period_stands_is_said_in_words(
    walk: OpenScreen, country: str, events: tuple[Event, ...], words: str
) -> None:
    async with walk(record(account("facebook", *events), country=country)) as me:
        await me.press("t")
        assert words in me.flowing


@does("periods.up", "periods.down", "periods.page-down", "periods.page-up")
async def test_each_period_has_its_own_working(walk: OpenScreen) -> None:
    case = (
        entry("filed", at(50)),
        entry("refused", at(25)),
        entry("complained", at(20)),
        entry("asked-applied", at(19)),
    )
    async with walk(record(account("facebook", *case)), size=(80, 14)) as me:
        await me.press("t")
        assert me.guide_says("Meta's time to answer your objection")
        await me.press("j")
        assert me.guide_says("You can go to court once three months have passed")
        await me.press("k")
        assert me.guide_says("Meta's time to answer your objection")
        first = me.text
        await me.press("pagedown")
        assert me.text != first
        await me.press("pageup")
        assert me.text == first


POSTED = entry("filed", at(50), form="letter")


@does("periods.arrived")
async def test_a_posted_letter_counts_from_the_day_on_which_it_arrived(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", POSTED)), size=(100, 40)) as me:
        assert me.headline.title == "Write down when your letter arrived: Facebook “Anna”"
        await me.press("t")
        assert "a Arrived" in me.keybar
        assert "not before 4 Nov when it arrived is not written down" in me.flowing
        await me.press("a", "down", "enter")
        await me.write("3 Oct", anew=True)
        await me.press("enter")
        assert "3 Oct 2026 is before it was sent, 4 Oct 2026." in me.flowing
        await me.write("7 Oct", anew=True)
        await me.press("enter")
        assert "until 9 Nov over for 14 days" in me.flowing
        assert "A posted letter counts from the day it arrived." in me.flowing
        assert (me.last().kind, me.last().text("of")) == ("letter-arrived", POSTED.id)
        await me.press("escape", "u")
        assert me.events() == ["filed"]


async def test_who_does_not_know_when_a_letter_arrived_says_so_and_the_count_is_this_programs_assumption(
    walk: OpenScreen,
) -> None:
    async with walk(record(account("facebook", POSTED)), size=(100, 40)) as me:
        await me.press("t", "a")
        assert "If you do not know the day, 7 days are assumed." in me.flowing
        assert "I don't know" in me.flowing
        await me.press("end", "enter")
        assert "until 11 Nov over for 12 days, by an assumed arrival" in me.flowing
        assert "That is our own assumption and no law." in me.flowing
        assert "It is over, if the assumed arrival is right." in me.flowing
        assert (me.last().kind, me.last().text("day")) == ("letter-arrived", "unknown")
        await me.press("escape")
        assert me.headline.title != "Write down when your letter arrived: Facebook “Anna”"
        await me.press("t", "a", "down", "enter")
        await me.write("7 Oct", anew=True)
        await me.press("enter")
        assert "until 9 Nov over for 14 days" in me.flowing
        assert "assumed" not in me.flowing


async def test_a_form_whose_code_was_not_typed_has_no_period_and_the_page_says_why(walk: OpenScreen) -> None:
    case = record(account("facebook", entry("filed", at(50)), entry("code-asked", at(49))))
    async with walk(case, size=(100, 40)) as me:
        await me.press("t")
        assert "the form is not finished: no period runs, and none is missed" in me.flowing


async def test_while_meta_waits_to_know_who_one_is_the_end_depends_on_whether_that_was_needed(walk: OpenScreen) -> None:
    case = record(account("facebook", entry("filed", at(50)), entry("more-asked", at(40), **{"for": "id"})))
    async with walk(case, size=(100, 40)) as me:
        await me.press("t")
        assert "until 4 Nov, or later waits for your answer to Meta" in me.flowing
        assert "Its end is 4 Nov 2026, unless Meta's question who you are was really needed" in me.flowing
        assert "then 16 Nov 2026 is the earliest, and it may have no end until you answer." in me.flowing


async def test_in_the_uk_the_regulators_wish_is_shown_and_is_no_bar(walk: OpenScreen) -> None:
    for days, words in ((20, "best by 3 Feb 2027 you can complain later too"), (120, "you can complain later too")):
        events = (entry("filed", at(150)), entry("refused", at(140)), entry("complained-to-controller", at(days)))
        async with walk(record(account("facebook", *events), country="GB"), size=(100, 40)) as me:
            await me.press("t", "end")
            assert f"Your complaint to the ICO {words}" in me.flowing or words in me.flowing
            assert "It is a wish and no bar" in me.flowing
            assert "It is over" not in me.flowing


@does("diary.arrived")
async def test_the_diary_takes_the_arrival_of_what_went_by_post_and_of_nothing_else(walk: OpenScreen) -> None:
    case = (entry("filed", at(50)), entry("refused", at(40)), entry("complained", at(20), by="letter"))
    async with walk(record(account("facebook", *case)), size=(100, 40)) as me:
        await me.press("d", "home", "r")
        assert "This was not sent by post" in me.told
        await me.press("end", "r")
        assert "When did your letter arrive?" in me.headline.title
        await me.press("down", "enter")
        await me.write("yesterday", anew=True)
        await me.press("enter")
        assert "The letter arrived" in me.flowing
        assert me.last().at.date() == at(1).date()


@pytest.mark.exhaustive
@does("periods.you", "letters.you", "authority.you")
async def test_that_the_gdpr_is_assumed_is_said_where_it_matters_until_a_country_is_set(walk: OpenScreen) -> None:
    nowhere = record(account("facebook", entry("filed", at(40))))
    nowhere = replace(nowhere, person=replace(nowhere.person, country=""))
    said = "Counted by the GDPR, because no country is set. y sets it."
    async with walk(nowhere, at=("facebook", "confirm")) as me:
        assert me.guide_says(said)
        await me.press("t")
        assert me.guide_says(said)
        await me.press("y")
        assert me.at == "welcome"
        await me.press("escape", "escape", "m")
        assert me.guide_says(said)
        await me.press("y", "escape", "a")
        assert me.headline.title == "No authority is known for you yet"
        assert me.guide_says("No country is set. y says where you live.")
        await me.press("y")
        await me.write("nether")
        await me.press("enter", "f2")
        assert me.headline.title == "Where did you live when you objected?"
        await me.press("home", "enter")
        assert me.progress.person.country == "NL"
        assert me.at == "authority"
        assert "Autoriteit Persoonsgegevens" in me.headline.title
        await me.press("escape")
        assert not me.guide_says("because no country is set")


async def test_the_arrival_of_what_was_sent_by_the_form_is_not_offered(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", entry("filed", at(3)))), at=("facebook", "confirm")) as me:
        await me.press("t")
        assert me.at == "periods"
        assert "Arrived" not in me.keybar
        await me.press("a")
        assert "not sent by post" in me.told


@pytest.mark.parametrize(
    ("says", "row", "sentence"),
    [
        (
            "asks",
            "Your answer to the authority until 14 Dec 21 days left",
            "until which the authority wants your answer",
        ),
        ("rejected", "Court or appeal, after the decision until 14 Dec 21 days left", "is the last day for a court"),
    ],
)
async def test_the_day_that_an_authority_names_stands_among_the_periods(
    walk: OpenScreen, says: str, row: str, sentence: str
) -> None:
    letter = entry("authority-wrote", at(1), **{"says": says, "answer-by": date(2026, 12, 14)})
    events = (entry("filed", at(60)), entry("complained", at(20)), letter)
    async with walk(record(account("facebook", *events)), size=(100, 40)) as me:
        await me.press("t", "end")
        assert row in me.flowing
        assert sentence in me.flowing
        assert "Its letter of 22 Nov 2026 names it" in me.flowing
