"""What an objection reaches, data from elsewhere, accounts without a log-in, and frauds: read from every step."""

from collections.abc import Sequence

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.guidance.topics import TOPICS, TopicId, topic_forms, topic_statements
from metaoptout_tui.core.record.accounts import Person, Record
from metaoptout_tui.core.record.events import events_in_force
from metaoptout_tui.core.record.vocabulary import LogIn
from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.reader import Reader
from samples import account, at, entry, record
from ui.driving import OpenScreen, Walker, does

ONE = record(account(), account("whatsapp"))
OPEN = ("facebook", "open")
THIRD_PARTY = "https://www.facebook.com/help/contact/510058597920541"
OLDER = "https://www.facebook.com/help/contact/1266025207620918"


def reader(me: Walker) -> Reader:
    return me.app.screen.query_one(Reader)


def links(me: Walker) -> list[str]:
    options = me.app.screen.query_one("#links", ChoiceList).options
    return [str(option.prompt).rpartition("\n  ")[2] for option in options if "://" in str(option.prompt)]


@does("everywhere.reach", "everywhere.frauds")
@parametrize_some(2, ("key", "title"), [("f6", "What an objection reaches"), ("f7", "Frauds and rumours")])
@parametrize_some(
    2,
    ("place", "keys"),
    [
        (OPEN, ()),
        (OPEN, ("enter",)),
        (("facebook", "identify"), ("enter",)),
        (("facebook", "submit"), ("enter",)),
        (("facebook", "confirm"), ("enter",)),
        (("whatsapp", "review"), ("enter",)),
    ],
)
async def test_from_every_step_one_key_leads_there_and_one_back(
    walk: OpenScreen, place: tuple[str, str], keys: Sequence[str], key: str, title: str
) -> None:
    async with walk(ONE, at=place) as me:
        await me.press(*keys)
        came_from = me.at
        await me.press(key)
        assert (me.at, me.headline.title) == ("topic", title)
        assert "This is not legal advice." in me.flowing
        await me.press("escape")
        assert me.at == came_from


async def test_the_guide_of_the_checklist_names_the_keys(walk: OpenScreen) -> None:
    async with walk(ONE, at=OPEN) as me:
        await me.press("w")
        assert me.guide_says("F6 what an objection reaches · F7 frauds and rumours")


@does("topic.next", "topic.last")
async def test_the_topics_are_gone_through_and_say_all_they_have_with_how_sure_it_is(
    walk: OpenScreen, playbook: Playbook
) -> None:
    async with walk(ONE, at=OPEN, size=(120, 50)) as me:
        await me.press("f6")
        for id, topic in TOPICS.items():
            assert me.headline.title == topic.title
            for heading, statements in topic_statements(playbook, id, "eea"):
                assert heading in reader(me).plain_text
                assert all(me.guide_says(playbook.texts.sentence(statement.id)) for statement in statements)
            assert links(me) == [form.url for form in topic_forms(playbook, id, "eea")]
            await me.press("n")
        assert me.headline.title == TOPICS[TopicId.REACH].title
        await me.press("p")
        assert me.headline.title == list(TOPICS.values())[-1].title
        await me.press("f6")
        assert me.headline.title == TOPICS[TopicId.REACH].title
        await me.press("escape")
        assert me.at == "checklist"


async def test_what_is_told_follows_the_country(walk: OpenScreen) -> None:
    for country, words, elsewhere in (
        ("CH", "FADP", "leads for Meta"),
        ("US", "no way to object to AI training is known", "GDPR gives"),
    ):
        async with walk(Record(Person(country), ONE.accounts), size=(120, 50)) as me:
            await me.press("f6")
            assert me.guide_says(words)
            assert not me.guide_says(elsewhere)


@does("open.third-party", "submit.third-party", "review.third-party")
@parametrize_some(1, "place", [OPEN, ("facebook", "submit"), ("whatsapp", "review")])
async def test_t_leads_to_the_form_for_data_from_elsewhere_with_lower_hopes(
    walk: OpenScreen, place: tuple[str, str]
) -> None:
    async with walk(ONE, at=place, size=(100, 40)) as me:
        await me.press("enter", "t")
        assert me.headline.title == "Data about you without an account"
        assert links(me) == [THIRD_PARTY, OLDER]
        for words in (
            "works without an account",
            "It is not for what you posted on Meta's products.",
            "with a Meta account or without",
            "a screenshot of an answer",
            "Expect little",
            "tells parents to consider the form for people without an account",
        ):
            assert me.guide_says(words)


@does("identify.no-login", "open.no-login", "submit.no-login")
@parametrize_some(1, "step", ["identify", "open", "submit"])
async def test_n_tells_what_remains_for_an_account_without_a_log_in(walk: OpenScreen, step: str) -> None:
    async with walk(ONE, at=("facebook", step), size=(100, 40)) as me:
        await me.press("enter", "n")
        assert me.headline.title == "Accounts you cannot log in to"
        assert me.guide_says("No source found tells a way through them without one")
        assert me.guide_says("Merrion Road, Dublin 4")
        assert me.guide_says("Pay nobody who offers to get your account back")
        assert "https://www.facebook.com/login/identify" in links(me)
        assert "https://www.facebook.com/hacked" in links(me)


@parametrize_some(1, "typed", ["forgot password", "hacked", "locked", "cannot log in"])
async def test_who_cannot_log_in_finds_what_to_do_in_the_palette_by_their_own_words(
    walk: OpenScreen, typed: str
) -> None:
    async with walk(record(account())) as me:
        await me.press("ctrl+p")
        await me.write(typed)
        await me.until(lambda: "Cannot log in" in me.text)
        await me.press("enter")
        await me.until(lambda: me.headline.title == "What became of Facebook “Anna”?")


@does("checklist.no-login")
async def test_who_stands_before_a_locked_door_is_shown_the_way_below_the_step_and_in_more_you_can_do(
    walk: OpenScreen,
) -> None:
    async with walk(record(account(), account("whatsapp")), at=OPEN, size=(100, 40)) as me:
        assert "→ I cannot log in to it" in me.text
        await me.press("down", "enter")
        assert me.headline.title == "Accounts you cannot log in to"
        await me.press("escape", "end", "enter")
        await me.go_to_row("Cannot log in")
        await me.press("enter", "home", "enter", "enter")
        assert me.headline.title == "Accounts you cannot log in to"
        assert (me.last().kind, me.last().text("log-in")) == ("log-in", "forgotten")
        await me.press("escape")
        assert "I cannot log in to it" not in me.text
        assert "→ What you can do without a log-in" in me.text


async def test_where_the_account_in_view_needs_no_log_in_it_is_asked_which_one_is_meant(walk: OpenScreen) -> None:
    async with walk(record(account(), account("instagram"), account("whatsapp")), at=("whatsapp", "review")) as me:
        await me.press("end", "enter")
        await me.go_to_row("Cannot log in")
        await me.press("enter")
        assert me.headline.title == "Which one can you not log in to?"


@parametrize_some(
    1,
    ("rows", "why", "state"),
    [
        (0, "forgotten", "no-log-in"),
        (1, "hacked", "no-log-in"),
        (3, "deactivated", "no-log-in"),
        (4, "deleted", "deleted"),
    ],
)
async def test_what_became_of_an_account_is_written_down_and_leads_to_a_letter_or_back(
    walk: OpenScreen, rows: int, why: str, state: str
) -> None:
    async with walk(record(account()), at=OPEN, size=(100, 40)) as me:
        await me.press("enter", "n")
        assert "→ Write down why you cannot log in to Facebook “Anna”" in me.text
        await me.press("enter")
        assert me.headline.title == "What became of Facebook “Anna”?"
        assert "I can log in again" not in me.text
        await me.press("home", *["down"] * rows, "enter")
        assert me.headline.title == "Since when is that so?"
        await me.press("enter")
        assert me.at == "topic"
        assert (me.last().kind, me.last().text("log-in"), str(me.state())) == ("log-in", why, state)
        await me.press("down", "enter")
        await me.until(lambda: me.headline.title == "What is your name?")
        await me.press("escape")  # leaves it open
        await me.until(lambda: me.headline.title == "What is your postal address?")
        await me.press("escape")
        await me.until(lambda: me.headline.title == "Facebook “Anna”: what is the address of the profile?")
        await me.press("escape")
        await me.until(lambda: "which names and e-mail addresses did it have?" in me.headline.title)
        await me.press("escape")
        await me.until(lambda: me.at == "letter")
        assert "Objection under Article 21(1) GDPR" in me.flowing
        await me.press("escape", "up", "enter", "home")
        assert me.chosen == "works"
        await me.press("enter", "enter")
        assert me.last().text("log-in") == "works"
        assert "→ Write down why you cannot log in" in me.text


@pytest.mark.exhaustive
async def test_a_month_is_enough_for_since_when_and_what_is_recorded_can_be_changed(walk: OpenScreen) -> None:
    async with walk(record(account()), at=OPEN, size=(100, 40)) as me:
        await me.press("enter", "n", "enter", "down", "down", "enter")
        assert me.headline.title == "Since when is that so?"
        await me.write("Aug 2025", anew=True)
        await me.until(lambda: "That is Aug 2025." in me.flowing)
        await me.press("enter")
        assert me.last().at.date().isoformat() == "2025-08-01"
        assert "→ Recorded since Aug 2025: “hacked: somebody else has it”. Change it" in me.flowing
        assert "Write down what became of" not in me.flowing


@parametrize_some(1, ("typed", "told"), [("2019", "2019"), ("1 Mar 2019", "1 Mar 2019")])
async def test_since_when_is_told_as_exactly_as_it_was_typed(walk: OpenScreen, typed: str, told: str) -> None:
    async with walk(record(account()), at=OPEN, size=(100, 40)) as me:
        await me.press("enter", "n", "enter", "home", "enter")
        await me.write(typed, anew=True)
        await me.press("enter")
        assert f"→ Recorded since {told}: “" in me.flowing


async def test_what_became_of_an_account_is_set_right_and_a_later_day_adds_to_it(walk: OpenScreen) -> None:
    lost = entry("log-in", at(9), **{"log-in": "hacked"})
    async with walk(record(account("facebook", lost)), at=("facebook", "identify"), size=(100, 40)) as me:
        service = me.session.diary_service
        await me.press("enter", "n", "home", "enter")
        await me.go_to_row("deleted")
        await me.press("enter")
        assert "If it was wrong, leave the day or correct it" in me.flowing
        await me.press("enter")
        assert [event.text("log-in") for event in events_in_force(me.account().events)] == ["deleted"]
        assert me.last().at == lost.at
        assert [event.kind for event in me.account().events] == ["log-in", "step-reopened", "log-in"]
        service.record_log_in("facebook", LogIn.DELETED, at(5))
        assert [event.at for event in events_in_force(me.account().events)] == [at(5)]
        service.record_log_in("facebook", LogIn.WORKS, at(4))
        service.record_log_in("facebook", LogIn.LOCKED, at(3))
        service.record_log_in("facebook", LogIn.DELETED, at(1))
        in_force = [event.text("log-in") for event in events_in_force(me.account().events)]
        assert in_force == ["deleted", "works", "locked", "deleted"]


async def test_the_checklist_leads_to_what_can_be_done_without_a_log_in(walk: OpenScreen) -> None:
    hacked = entry("log-in", at(2), **{"log-in": "hacked"})
    async with walk(record(account("facebook", hacked))) as me:
        assert me.headline.title == "No log-in: see what you can do for Facebook “Anna”"
        assert "Try this first" not in me.text
        await me.press("enter")
        assert me.at == "topic"
        assert "→ Object by letter for Facebook “Anna”" in me.text


@does("topic.browser")
@parametrize_some(1, "key", ["enter", "o"])
async def test_the_highlighted_link_is_opened(walk: OpenScreen, key: str) -> None:
    async with walk(ONE, at=OPEN) as me:
        await me.press("enter", "t", "down", "down", key)
        await me.workers()
        assert me.machine.opened == [OLDER]
        assert me.at == "topic"


@does("topic.copy", "topic.show", "topic.up", "topic.down")
async def test_links_are_walked_copied_and_shown(walk: OpenScreen) -> None:
    async with walk(ONE, at=OPEN) as me:
        await me.press("enter", "t", "j", "j", "c")
        await me.workers()
        await me.press("k", "c")
        await me.workers()
        assert me.machine.copied == [OLDER, THIRD_PARTY]
        await me.press("v")
        assert me.at == "link"
        assert THIRD_PARTY in me.text


@parametrize_some(1, "place", [OPEN, ("facebook", "submit"), ("whatsapp", "review")])
async def test_data_from_elsewhere_is_begun_and_gone_on_with_from_there(
    walk: OpenScreen, place: tuple[str, str]
) -> None:
    async with walk(ONE, at=place) as me:
        await me.press("enter", "t")
        assert "→ Object, and keep a record of it" in me.text
        await me.press("enter")
        await me.until(lambda: me.at == "checklist")
        assert me.headline.title == "Open the form for Data about you without an account"
        assert (me.checklist.position(), me.events("elsewhere")) == (("elsewhere", "open"), ["account-added"])
        await me.press("f6", "n")
        assert "→ Open what you recorded for it: what you sent, and what came back" in me.text
        await me.press("enter")
        await me.until(lambda: me.at == "checklist")
        assert me.events("elsewhere") == ["account-added"]


async def test_where_there_is_no_link_that_is_said(walk: OpenScreen) -> None:
    async with walk(ONE, at=OPEN) as me:
        await me.press("f7", "o")
        assert me.told == "There is no link here."
        assert me.machine.opened == []


@does("topic.page-down", "topic.page-up")
@parametrize_some(1, ("on", "back"), [("pagedown", "pageup"), ("ctrl+d", "ctrl+u"), ("space", "ctrl+u")])
async def test_a_topic_is_read_on_and_back(walk: OpenScreen, on: str, back: str) -> None:
    async with walk(ONE, at=OPEN) as me:
        await me.press("f6", on)
        assert reader(me).scroll_offset.y > 0
        await me.press(back)
        assert reader(me).scroll_offset.y == 0


async def test_a_topic_without_links_is_read_line_by_line(walk: OpenScreen) -> None:
    async with walk(ONE, at=OPEN, size=(60, 20)) as me:
        await me.press("f7")
        for key, line in (("j", 1), ("j", 2), ("k", 1)):
            await me.press(key)
            assert reader(me).scroll_offset.y == line


@does("topic.sources")
async def test_s_lists_what_the_topic_says_in_its_order_with_who_says_so(walk: OpenScreen) -> None:
    async with walk(ONE, at=OPEN, size=(120, 50)) as me:
        await me.press("f7")
        there = " ".join(reader(me).plain_text.split())
        await me.press("s")
        assert me.headline.title == "Who says so: “Frauds and rumours”"
        rows = [str(option.prompt) for option in me.app.screen.query_one("#sources", ChoiceList).options]
        places = [there.index(" ".join(row.split()).removeprefix("• ")) for row in rows]
        assert places == sorted(places)
        assert len(places) > 5
        await me.press("escape")
        assert me.at == "topic"


@does("topic.back")
@pytest.mark.parametrize("key", ["escape", "b"])
async def test_every_way_back(walk: OpenScreen, key: str) -> None:
    async with walk(ONE, at=OPEN) as me:
        await me.press("f6", key)
        assert me.at == "checklist"


@pytest.mark.parametrize("step", ["open", "submit"])
async def test_whoever_opens_the_form_of_an_account_without_a_log_in_hears_that_it_needs_one(
    walk: OpenScreen, step: str
) -> None:
    lost = record(account("facebook", entry("log-in", at(3), **{"log-in": "hacked"})), account("instagram"))
    async with walk(lost, at=("facebook", step)) as me:
        await me.press("enter")
        assert me.at == step
        assert "Meta's forms for your own data need a log-in." in me.flowing
        assert "“What you can do without a log-in”, in the list of steps." in me.flowing
    async with walk(lost, at=("instagram", step)) as me:
        await me.press("enter")
        assert "need a log-in" not in me.flowing
