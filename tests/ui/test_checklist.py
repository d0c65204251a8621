"""The first screen: accounts, their steps, the guide, and every key that works there."""

from dataclasses import replace

import pytest
from textual.geometry import Region
from textual.widgets import Input, Tree

from exhaustive import parametrize_some
from metaoptout_tui.app.commands.commands import commands_of
from metaoptout_tui.core.record.accounts import CHILD_NAME, Person, Record
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.remembered import Remembered
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.ui.widgets.account_tree import AccountTree
from metaoptout_tui.ui.widgets.checklist_panes import GuidePane
from metaoptout_tui.ui.widgets.frame import KeyBar
from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.reader import Reader
from metaoptout_tui.ui.widgets.step_list import StepList
from samples import account, at, entry, record
from ui.driving import OWN_KEYS, OpenScreen, Walker, does

TWO = record(account("facebook", hub=""), account("instagram", hub=""))
IDENTIFIED = entry("step-done", at(2), step="identify")
OPENED = entry("step-done", at(1.5), step="open")
FILED = entry("filed", at(1), email="anna@example.org")
CONFIRMED = entry("confirmed-by-mail", at(0.5))
WALKED = record(account("facebook", IDENTIFIED, OPENED, FILED, CONFIRMED))


def here(me: Walker) -> tuple[str, str]:
    """The account in view and the highlighted row of its steps."""
    return me.checklist.account_in_view, me.app.screen.query_one(StepList).highlighted_id


LETTER = entry("filed", at(10), form="letter", email="anna@example.org")


class TestNextThing:
    @parametrize_some(
        3,
        ("events", "row", "screen"),
        [
            ((), "identify", "identify"),
            ((IDENTIFIED,), "open", "open"),
            ((entry("filed", at(0.2), email="anna@example.org"),), "confirm", "confirm"),
            ((entry("filed", at(60), email="anna@example.org"),), "confirm/letters", "letters"),
            ((FILED, entry("refused", at(0.5), grounds="none")), "confirm/letters", "letters"),
            ((LETTER,), "confirm/arrival", "ask"),
            ((FILED, entry("more-asked", at(0.5))), "confirm/letters", "letters"),
            ((entry("filed", at(370)), entry("confirmed-by-mail", at(369))), "confirm/recheck", "ask"),
        ],
        ids=["not begun", "begun", "filed", "silence", "refused", "letter", "asked", "a year ago"],
    )
    async def test_it_is_highlighted_from_the_start_and_enter_does_it(
        self, walk: OpenScreen, events: tuple[Event, ...], row: str, screen: str
    ) -> None:
        progress = record(account("facebook", *events), account("instagram", entry("filed", at(5)), CONFIRMED))
        async with walk(progress) as me:
            assert here(me) == ("facebook", row)
            await me.press("enter")
            assert me.at == screen

    async def test_it_is_highlighted_also_where_the_person_left_elsewhere(self, walk: OpenScreen) -> None:
        begun = record(account("facebook"), account("instagram", IDENTIFIED, OPENED))
        async with walk(begun) as me:
            assert here(me) == ("instagram", "submit")

    @does("checklist.next")
    async def test_its_key_goes_there_and_once_there_names_the_key_that_does_it(self, walk: OpenScreen) -> None:
        async with walk(record(account("facebook"), account("instagram", LETTER)), at=("facebook", "submit")) as me:
            await me.press("g")
            assert (me.at, here(me)) == ("checklist", ("instagram", "confirm/arrival"))
            await me.press("g")
            assert (me.at, me.told) == ("checklist", "This is what comes next. Enter opens it.")

    async def test_a_click_on_it_goes_there_and_once_there_does_it(self, walk: OpenScreen) -> None:
        async with walk(record(account("facebook"), account("instagram", LETTER)), at=("facebook", "submit")) as me:
            await me.click(10, 0)
            assert (me.at, here(me)) == ("checklist", ("instagram", "confirm/arrival"))
            await me.click(10, 0)
            assert me.at == "ask"

    async def test_where_no_answer_is_likelier_none_looks_chosen_and_enter_asks_for_one(self, walk: OpenScreen) -> None:
        async with walk(record(account("facebook", LETTER))) as me:
            await me.press("enter")
            choices = me.app.screen.query_one(ChoiceList)
            assert choices.highlighted is None
            await me.press("enter")
            assert (me.at, me.told) == ("ask", "Choose an answer first, with ↑ and ↓.")
            await me.press("down")
            assert choices.highlighted == 0

    async def test_where_none_is_highlighted_the_key_up_goes_to_the_first_answer_too(self, walk: OpenScreen) -> None:
        async with walk(record(account("facebook", LETTER))) as me:
            await me.press("enter")
            choices = me.app.screen.query_one(ChoiceList)
            assert choices.highlighted is None
            await me.press("up")
            assert choices.highlighted == 0

    async def test_the_arrival_of_a_letter_is_written_down_from_there(self, walk: OpenScreen) -> None:
        async with walk(record(account("facebook", LETTER))) as me:
            await me.press("enter", "end", "enter")
            assert me.at == "checklist"
            assert me.events() == ["filed", "letter-arrived"]

    async def test_after_filing_a_receipt_says_when_to_look_again_and_the_account_stays_in_view(
        self, walk: OpenScreen
    ) -> None:
        ready = (IDENTIFIED, OPENED)
        async with walk(record(account("facebook", *ready), account("instagram", *ready))) as me:
            await me.press("enter", "p", "enter")
            [said] = [words for words in me.said if "Look for" in words]
            look = "Look for Meta's mail to anna@example.org about Facebook “Anna” after 23 Nov, 11:00."
            assert said == f"Recorded. {look} Still to do now: Fill in and send the form for Instagram “Anna”."
            assert me.told in me.flowing
            assert "Until then" not in me.flowing
            assert (me.at, here(me)) == ("checklist", ("facebook", "confirm"))
            await me.press("g")
            assert here(me) == ("instagram", "submit")
            await me.press("enter", "p", "enter")
            assert "Until then there is nothing to do." in me.flowing
            assert "waiting until 11:00" in me.flowing
            assert here(me) == ("instagram", "confirm")
            await me.press("down")
            assert "Recorded." not in me.flowing

    @pytest.mark.exhaustive
    async def test_a_letter_that_was_sent_is_followed_by_when_to_come_back_and_next_is_a_key_away(
        self, walk: OpenScreen
    ) -> None:
        silent = record(account("facebook", entry("filed", at(60), email="anna@example.org")), account("instagram"))
        async with walk(silent) as me:
            await me.press(
                "enter", "enter", "escape", "escape", "escape", "f2", "down", "enter", "end", "enter", "enter"
            )
            assert me.at == "checklist"
            assert "reminded" in me.events()
            assert here(me) == ("facebook", "confirm")
            waits = "Wait until 14 Dec on your letter of 23 Nov, or complain: Facebook “Anna”."
            [said] = [words for words in me.said if waits in words]
            assert said.startswith("Recorded: ")
            assert "How long to wait is our own count: 14 days, by post 21." in said
            await me.press("g")
            assert here(me) == ("instagram", "identify")

    async def test_while_one_may_complain_it_is_not_said_that_there_is_nothing_to_do(self, walk: OpenScreen) -> None:
        silent = record(account("facebook", entry("filed", at(60), email="anna@example.org")))
        async with walk(silent) as me:
            await me.press(
                "enter", "enter", "escape", "escape", "escape", "f2", "down", "enter", "down", "enter", "enter"
            )
            assert "reminded" in me.events()
            [said] = [words for words in me.said if "or complain: Facebook “Anna”." in words]
            assert "Wait until 7 Dec on your letter of 23 Nov, or complain" in said
            assert "nothing to do" not in said

    async def test_what_came_back_leaves_the_account_in_view_and_offers_to_keep_the_mail(
        self, walk: OpenScreen
    ) -> None:
        linked = account("facebook", entry("filed", at(0.2)), hub=""), account("instagram", IDENTIFIED, hub="")
        async with walk(record(*linked)) as me:
            assert here(me) == ("facebook", "confirm")
            await me.press("enter", "down")
            while me.chosen != "confirmed-by-mail":
                await me.press("down")
            await me.press("enter")
            assert me.state() is AccountState.CONFIRMED
            assert here(me)[0] == "facebook"
            assert me.said[-1].startswith(
                "Recorded: A mail saying that Meta honours the objection. Keep the mail too: “Keep proof"
            )
            await me.press("g")
            assert here(me) == ("instagram", "open")

    async def test_who_is_confirmed_is_asked_before_objecting_again(self, walk: OpenScreen) -> None:
        confirmed = record(account("facebook", entry("filed", at(20)), entry("confirmed-by-mail", at(19)), hub=""))
        async with walk(confirmed, at=("facebook", "submit")) as me:
            await me.press("enter")
            assert me.headline.title == "Facebook “Anna”: object again?"
            assert "Your objection of 3 Nov is confirmed, since 4 Nov." in me.flowing
            await me.press("enter")
            assert (me.at, me.events()) == ("checklist", ["filed", "confirmed-by-mail"])
            await me.press("enter", "down", "enter")
            assert me.at == "submit"
            await me.press("p", "enter")
            assert (me.at, me.events()) == ("checklist", ["filed", "confirmed-by-mail", "filed"])
            assert "confirmed 4 Nov; sent again" in me.flowing
            assert me.guide_says("Confirmed (4 Nov), and that goes on counting.")

    async def test_looking_without_recording_leaves_the_highlight_where_it_was(self, walk: OpenScreen) -> None:
        async with walk(record(account("facebook"), account("instagram")), at=("instagram", "submit")) as me:
            await me.press("enter", "escape")
            assert here(me) == ("instagram", "submit")

    async def test_whether_accounts_were_linked_at_an_older_objection_is_asked_there(self, walk: OpenScreen) -> None:
        later = entry("account-added", at(1), hub="private", since="unknown")
        progress = record(
            account("facebook", entry("filed", at(40)), entry("confirmed-by-mail", at(39)), hub="private"),
            account("instagram", later, hub="private"),
        )
        async with walk(progress) as me:
            assert here(me) == ("instagram", "identify/linked-then")
            assert me.headline.title.startswith("Was Instagram “Anna” linked with Facebook “Anna”")
            await me.press("enter")
            assert me.headline.title == "Since when is it in “private”?"
            await me.press("home", "enter")
            assert me.state("instagram") is AccountState.COVERED
            assert here(me)[1] != "identify/linked-then"

    async def test_a_yearly_check_is_recorded_only_after_a_question(self, walk: OpenScreen) -> None:
        old = record(account("facebook", entry("filed", at(370)), entry("confirmed-by-mail", at(369))))
        async with walk(old) as me:
            await me.press("enter", "enter")
            assert me.events() == ["filed", "confirmed-by-mail"]
            await me.press("enter", "down", "enter")
            assert me.last().kind == "rechecked"


class TestOffers:
    OVERDUE = record(account("facebook", entry("filed", at(60), email="anna@example.org")))

    @parametrize_some(
        2,
        ("row", "words", "screen"),
        [
            ("letters", "Write a reminder, or complain", "letters"),
            ("authority", "Your authority, and how to complain", "authority"),
            ("periods", "How long Meta has to answer", "periods"),
            ("proof", "Keep proof: a mail or a picture", "attach"),
            ("export", "The case file, to print or hand over", "export"),
        ],
    )
    @parametrize_some(1, "size", [(80, 24), (60, 20)])
    async def test_what_remains_stands_below_its_step_in_words_and_enter_opens_it(
        self, walk: OpenScreen, row: str, words: str, screen: str, size: tuple[int, int]
    ) -> None:
        async with walk(self.OVERDUE, size=size, at=("facebook", "confirm")) as me:
            while me.chosen != f"confirm/{row}":
                await me.press("down")
            assert f"→ {words.partition(',')[0]}" in me.text
            await me.press("enter")
            await me.until(lambda: me.at == screen)

    async def test_the_guide_stays_with_the_step_below_which_an_offer_stands(self, walk: OpenScreen) -> None:
        async with walk(self.OVERDUE, at=("facebook", "confirm")) as me:
            guide = me.app.screen.query_one(Reader).plain_text
            await me.press("down", "down", "end")
            assert here(me) == ("facebook", "more")
            assert me.app.screen.query_one(Reader).plain_text == guide

    async def test_proof_is_asked_for_until_a_file_is_kept(self, walk: OpenScreen) -> None:
        filed = entry("filed", at(0.01))
        kept = entry("evidence", at(0), of=filed.id, file="a.png", sha256="0" * 64, size=1)
        async with walk(record(account("facebook", filed))) as me:
            assert "Keep proof" in me.text
        async with walk(record(account("facebook", filed, kept))) as me:
            assert "Keep proof" not in me.text

    async def test_space_on_an_offer_opens_it_and_ticks_nothing(self, walk: OpenScreen) -> None:
        async with walk(self.OVERDUE) as me:
            await me.press("space")
            assert (me.at, me.progress) == ("letters", self.OVERDUE)


class TestWalking:
    @pytest.mark.exhaustive
    @does("checklist.do")
    async def test_enter_on_a_step_opens_its_screen(self, walk: OpenScreen) -> None:
        for step in ("identify", "open", "submit", "confirm"):
            sent = (FILED,) if step == "confirm" else ()
            async with walk(record(account("facebook", IDENTIFIED, OPENED, *sent)), at=("facebook", step)) as me:
                await me.press("enter")
                assert me.at == step

    @pytest.mark.exhaustive
    async def test_what_waits_for_meta_is_sent_again_only_after_a_question(self, walk: OpenScreen) -> None:
        for step in ("open", "submit"):
            async with walk(record(account("facebook", IDENTIFIED, OPENED, FILED)), at=("facebook", step)) as me:
                await me.press("enter")
                assert "already sent (" in me.headline.title
                await me.press("enter")
                assert me.at == "checklist"
                await me.press("enter", "end", "enter")
                assert me.at == step

    async def test_what_came_back_is_not_asked_before_anything_was_sent(self, walk: OpenScreen) -> None:
        async with walk(TWO, at=("facebook", "confirm")) as me:
            await me.press("enter")
            assert me.at == "checklist"
            assert me.told.startswith("Nothing is filed for this account itself.")
            assert me.app.screen.query_one(StepList).highlighted_id == "submit"

    async def test_enter_on_an_account_goes_to_its_steps(self, walk: OpenScreen) -> None:
        async with walk(TWO) as me:
            await me.press("left", "down", "enter")
            assert isinstance(me.app.focused, StepList)
            assert "Instagram" in me.words("account-head")

    async def test_enter_without_any_account_asks_for_the_first(self, walk: OpenScreen) -> None:
        async with walk(Record()) as me:
            assert "There is no account in your list yet" in me.flowing
            assert me.headline.title == "Add your first account"
            await me.press("enter")
            assert me.at == "account"

    async def test_walking_on_leads_from_the_list_to_the_form_to_what_was_sent(self, walk: OpenScreen) -> None:
        async with walk(TWO) as me:
            await me.press("enter")
            assert me.at == "identify"
            await me.press("up", "up", "space", "enter")
            assert me.at == "open"
            await me.press("enter")
            await me.workers()
            await me.press("enter")
            assert me.at == "submit"
            await me.press("p", "enter")
            assert me.at == "checklist"
            assert me.events()[-2:] == ["step-done", "filed"]
            assert here(me) == ("facebook", "confirm")
            assert me.state() is AccountState.FILED

    async def test_walking_leaves_out_what_is_done_already(self, walk: OpenScreen) -> None:
        done = record(account("facebook", OPENED))
        async with walk(done, at=("facebook", "identify")) as me:
            await me.press("enter", "enter")
            assert me.at == "submit"

    async def test_going_back_ends_the_walk_where_it_was(self, walk: OpenScreen) -> None:
        async with walk(TWO) as me:
            await me.press("enter", "escape")
            assert me.at == "checklist"
            assert me.events() == []
            assert me.app.screen.query_one(StepList).highlighted_id == "identify"

    async def test_g_goes_to_the_next_thing_whichever_account_it_is_in(self, walk: OpenScreen) -> None:
        filed = record(
            account("facebook", IDENTIFIED, OPENED, FILED, CONFIRMED), account("instagram", IDENTIFIED, hub="")
        )
        async with walk(filed, at=("facebook", "identify")) as me:
            await me.press("g")
            assert me.app.screen.query_one(StepList).highlighted_id == "open"
            assert "Instagram" in me.words("account-head")
            assert me.headline.title == "Open the form for Instagram “Anna”"

    async def test_g_says_so_when_there_is_nothing_to_do(self, walk: OpenScreen) -> None:
        async with walk(record(account("whatsapp", entry("step-done", at(1), step="identify")))) as me:
            for point in me.session.playbook.points_for(platform="whatsapp", region="eea"):
                me.session.diary_service.record_review_answer("whatsapp", point.id, "yes")
            await me.press("g")
            assert me.told == "There is nothing to do now."

    async def test_the_guide_says_what_to_do_now_and_one_key_shows_the_rest(self, walk: OpenScreen) -> None:
        async with walk(TWO, at=("facebook", "open"), size=(120, 60)) as me:
            quiet = me.app.screen.query_one(Reader).plain_text
            assert quiet.startswith("• Log in first, in your normal browser")
            rest = ("Other ways", "Take care", "If it goes wrong", "Good to know", "Why", "More to know")
            assert not any(heading in quiet for heading in rest)
            await me.press("w")
            everything = me.app.screen.query_one(Reader).plain_text
            assert everything.startswith(quiet)
            places = [everything.index(f"\n{heading}") for heading in rest]
            assert places == sorted(places)
            await me.press("w")
            assert me.app.screen.query_one(Reader).plain_text == quiet

    async def test_how_sure_a_sentence_is_stands_there_only_where_it_is_not_sure(self, walk: OpenScreen) -> None:
        async with walk(TWO, at=("facebook", "submit"), size=(120, 60)) as me:
            await me.press("w")
            words = me.app.screen.query_one(Reader).plain_text
            assert "(likely)" in words
            assert "(not verified)" in words
            assert "(disputed)" in words
            assert "(sure" not in words
            assert "[" not in words


class TestTicking:
    @does("checklist.tick")
    @pytest.mark.parametrize(("step", "following"), [("identify", "open"), ("open", "submit")])
    async def test_space_ticks_a_step_and_goes_to_the_next(self, walk: OpenScreen, step: str, following: str) -> None:
        ticked = [IDENTIFIED] if step == "open" else []
        begun = record(account("facebook", *ticked, hub=""), account("instagram"))
        async with walk(begun, at=("facebook", step)) as me:
            await me.press("space")
            assert me.step(step) == "done"
            assert me.last().text("step") == step
            assert me.app.screen.query_one(StepList).highlighted_id == following

    async def test_space_does_not_answer_what_is_linked_unasked(self, walk: OpenScreen) -> None:
        unknown = record(account("facebook"), account("instagram"))
        async with walk(unknown, at=("facebook", "identify")) as me:
            await me.press("space")
            assert (me.at, me.progress) == ("identify", unknown)

    async def test_space_takes_a_tick_back(self, walk: OpenScreen) -> None:
        async with walk(WALKED, at=("facebook", "identify")) as me:
            await me.press("space")
            assert me.at == "checklist"
            assert me.step("identify") == "to-do"
            assert me.last().kind == "step-reopened"

    @parametrize_some(
        1,
        ("step", "what_goes"),
        [
            ("confirm", ["“A mail saying that Meta honours the objection” of 22 Nov will not count any more."]),
            (
                "submit",
                [
                    "“A mail saying that Meta honours the objection” of 22 Nov will not count any more.",
                    "“Objection sent, with anna@example.org” of 22 Nov will not count any more.",
                ],
            ),
        ],
    )
    async def test_what_was_sent_or_confirmed_is_taken_back_only_after_a_question(
        self, walk: OpenScreen, step: str, what_goes: list[str]
    ) -> None:
        async with walk(WALKED, at=("facebook", step)) as me:
            await me.press("space")
            assert me.at == "ask"
            for sentence in what_goes:
                assert sentence in me.flowing
            await me.press("enter")
            assert (me.at, me.progress) == ("checklist", WALKED)
            await me.press("space", "down", "enter")
            assert me.at == "checklist"
            assert me.step(step) in ("to-do", "waiting")
            assert me.last().kind == "step-reopened"

    @parametrize_some(1, "step", ["submit", "confirm"])
    async def test_space_again_gives_back_what_was_taken_back(self, walk: OpenScreen, step: str) -> None:
        async with walk(WALKED, at=("facebook", step)) as me:
            await me.press("space", "down", "enter", "space")
            assert (me.at, me.progress) == ("checklist", WALKED)
            assert me.step(step) == "done"
            assert "counts again" in me.told

    async def test_taking_an_objection_back_names_the_accounts_it_covers(self, walk: OpenScreen) -> None:
        linked = record(account("facebook", FILED, hub="private"), account("instagram", hub="private"))
        async with walk(linked, at=("facebook", "submit")) as me:
            await me.press("space")
            assert "It no longer covers Instagram “Anna” either." in me.flowing

    async def test_space_takes_back_that_the_form_was_open(self, walk: OpenScreen) -> None:
        async with walk(record(account("facebook", IDENTIFIED, OPENED)), at=("facebook", "open")) as me:
            await me.press("space")
            assert me.step("open") == "to-do"

    async def test_a_form_that_was_sent_was_open_and_space_says_so(self, walk: OpenScreen) -> None:
        async with walk(WALKED, at=("facebook", "open")) as me:
            await me.press("space")
            assert me.progress == WALKED
            assert me.told.startswith(
                "Nothing changed: the form was open when you sent it. To take that back, tick step 3, “Submit the form”."
            )

    async def test_space_takes_a_whole_review_back(self, walk: OpenScreen) -> None:
        async with walk(record(account("whatsapp")), at=("whatsapp", "review")) as me:
            for point in me.session.playbook.points_for(platform="whatsapp", region="eea"):
                me.session.diary_service.record_review_answer("whatsapp", point.id, "no")
            assert me.state("whatsapp") is AccountState.REVIEWED
            await me.press("space")
            assert me.state("whatsapp") is AccountState.NOT_STARTED

    @pytest.mark.parametrize("step", ["submit", "confirm"])
    async def test_space_on_what_a_tick_cannot_say_opens_its_screen(self, walk: OpenScreen, step: str) -> None:
        events = (FILED,) if step == "confirm" else ()
        async with walk(record(account("facebook", *events)), at=("facebook", step)) as me:
            await me.press("space")
            assert me.at == step
            assert len(me.events()) == len(events)

    async def test_a_skipped_step_is_taken_up_again_by_space(self, walk: OpenScreen) -> None:
        skipped = record(account("facebook", entry("step-skipped", at(1), step="open")))
        async with walk(skipped, at=("facebook", "open")) as me:
            await me.press("space")
            assert me.step("open") == "to-do"

    @does("checklist.skip")
    async def test_x_leaves_a_step_out_and_says_how_to_take_that_back(self, walk: OpenScreen) -> None:
        async with walk(TWO, at=("facebook", "open")) as me:
            await me.press("x")
            assert me.step("open") == "skipped"
            assert "skipped" in me.text
            assert me.told == "Left out. Space takes that back."
            await me.press("x")
            assert me.told == "“Open Privacy Centre” is left out already. Space takes that back."

    @pytest.mark.parametrize("step", ["submit", "confirm"])
    async def test_x_on_what_an_objection_rests_on_says_that_it_cannot_be_left_out(
        self, walk: OpenScreen, step: str
    ) -> None:
        async with walk(WALKED, at=("facebook", step)) as me:
            await me.press("x")
            assert me.progress == WALKED
            assert "cannot be left out: your objection rests on it." in me.told

    async def test_x_on_an_objection_that_is_due_again_says_so(self, walk: OpenScreen) -> None:
        moved = record(account("facebook", FILED, entry("moved-to-meta-account", at(0.2))))
        async with walk(moved, at=("facebook", "submit")) as me:
            await me.press("x")
            assert me.progress == moved
            assert "cannot be left out: the objection is due again." in me.told


async def test_a_letter_that_is_no_key_leaves_the_highlight_where_it_is(walk: OpenScreen) -> None:
    refused = record(account("facebook", IDENTIFIED, OPENED, FILED, entry("refused", at(0.5), grounds="none")))
    async with walk(refused, at=("facebook", "open")) as me:
        steps = me.app.screen.query_one(StepList)
        assert steps.option_count > 7
        before = steps.highlighted
        for letter in "filp":
            await me.press(letter)
            assert steps.highlighted == before, letter


class TestWithoutAnAccount:
    @pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 14)])
    async def test_what_to_do_first_is_read_to_its_end(self, walk: OpenScreen, size: tuple[int, int]) -> None:
        async with walk(Record(Person("NL")), size=size) as me:
            lines_and_scrollbar = str.maketrans("│┃▁▂▃▄▅▆▇█", " " * 10)
            words = " ".join(me.text.translate(lines_and_scrollbar).split())
            assert "Press a to add one: Facebook, Instagram, Threads, WhatsApp or the Meta AI app." in words
            assert "Add an account" in words
            assert "Other ways to begin" in words

    async def test_enter_adds_an_account_or_leads_to_the_other_ways(self, walk: OpenScreen) -> None:
        async with walk(Record(Person("NL"))) as me:
            await me.press("enter")
            assert me.at == "account"
            await me.press("escape", "down", "enter")
            assert me.headline.title == "What fits you?"
            await me.press("escape", "up", "enter")
            assert me.at == "account"

    async def test_both_are_there_after_the_last_account_was_taken_out(self, walk: OpenScreen) -> None:
        async with walk(record(account())) as me:
            await me.press("X")
            assert not me.progress.accounts
            await me.press("down", "enter")
            assert me.headline.title == "What fits you?"

    @pytest.mark.exhaustive
    async def test_every_key_answers(self, walk: OpenScreen) -> None:
        for command in commands_of("checklist"):
            if command.needs_account:
                keys = {command.id: command.keys or "z"}
                async with walk(Record(Person("NL")), keymap=keys) as me:
                    await me.press(keys[command.id].split(",")[0])
                    assert me.told == "There is no account in your list yet. a adds one.", command.id

    async def test_the_key_bar_shows_only_what_works(self, walk: OpenScreen) -> None:
        async with walk(Record(Person("NL"))) as me:
            shown = {title for _, _, title in me.app.screen.query_one(KeyBar).visible_keys()}
            assert "Add" in shown
            assert not shown & {command.title for command in commands_of("checklist") if command.needs_account}
            await me.press("a")
            await me.write("Instagram anna.nl")
            await me.press("f2")
            assert "Space Tick" in me.keybar


class TestAccounts:
    @does("checklist.add")
    async def test_a_adds_an_account_and_goes_to_it(self, walk: OpenScreen) -> None:
        async with walk(TWO) as me:
            await me.press("a")
            await me.write("Instagram @annas.shop")
            await me.press("enter")
            assert me.at == "checklist"
            assert me.progress.accounts[-1].name == "@annas.shop"
            assert "@annas.shop" in me.words("account-head")

    async def test_a_childs_own_account_is_headed_with_whose_it_is(self, walk: OpenScreen) -> None:
        of_child = replace(TWO, remembered={"instagram": Remembered({CHILD_NAME: "Lena Roth"})})
        async with walk(of_child, at=("instagram", "")) as me:
            assert "Instagram “Anna”, the account of Lena Roth ·" in me.words("account-head").replace("\n", " ")

    @does("checklist.edit")
    async def test_e_changes_the_account_in_view(self, walk: OpenScreen) -> None:
        async with walk(TWO, at=("instagram", "")) as me:
            await me.press("e")
            assert me.headline.title == "Change Instagram “Anna”"
            await me.write("anna.nl", anew=True)
            await me.press("enter")
            assert me.account("instagram").name == "@anna.nl"
            assert "@anna.nl" in me.text

    @does("checklist.remove")
    @parametrize_some(1, "key", ["delete", "X"])
    async def test_removing_says_how_to_get_it_back_and_u_does(self, walk: OpenScreen, key: str) -> None:
        before = record(account("facebook", IDENTIFIED, FILED), account("instagram"))
        async with walk(before, at=("facebook", "submit")) as me:
            await me.press(key)
            assert me.headline.title == "Take Facebook “Anna” out of the record?"
            assert "Its diary has 2 entries." in me.flowing
            await me.press("enter")
            assert me.progress == before
            await me.press(key, "down", "enter")
            assert [each.id for each in me.progress.accounts] == ["instagram"]
            assert me.told == "Facebook “Anna” is taken out, with its diary. u brings it back."
            assert "Instagram" in me.words("account-head")
            await me.press("u")
            assert me.progress == before
            assert "Anna" in me.words("account-head")

    async def test_an_account_without_entries_is_taken_out_without_a_question(self, walk: OpenScreen) -> None:
        async with walk(record(account("facebook", entry("account-added", at(1))))) as me:
            await me.press("X")
            assert me.at == "checklist"
            assert me.progress.accounts == ()

    async def test_accounts_stand_under_the_accounts_centre_they_are_in(self, walk: OpenScreen) -> None:
        hubs = record(
            account("facebook", hub="private"),
            account("instagram", hub=""),
            account("threads"),
            account("instagram-shop", hub="private"),
        )
        async with walk(hubs, size=(100, 30)) as me:
            lines = [line[:36].rstrip(" │") for line in me.text.split("\n")]
            order = [
                lines.index(next(line for line in lines if words in line))
                for words in (
                    "Linked in “private”",
                    "Facebook Anna",
                    "Instagram shop",
                    "Not linked",
                    "Instagram Anna",
                    "Not known whether linked",
                    "Threads Anna",
                )
            ]
            assert order == sorted(order)

    @does("checklist.you")
    async def test_y_opens_the_persons_own_details(self, walk: OpenScreen) -> None:
        async with walk(TWO) as me:
            await me.press("y")
            assert (me.at, me.headline.title) == ("welcome", "You")
            assert me.field("email") == "anna@example.org"

    @pytest.mark.exhaustive
    async def test_whose_country_is_set_first_with_older_entries_is_asked_where_they_lived_then(
        self, walk: OpenScreen
    ) -> None:
        nowhere = record(account("facebook", FILED, hub=""), country="")
        async with walk(nowhere) as me:
            await me.press("y")
            await me.write("Ireland")
            await me.press("enter", "enter", "enter")
            assert me.headline.title == "Where did you live when you objected?"
            await me.press("end", "enter")
            await me.write("Atlantis")
            await me.press("enter")
            assert "No country is called “Atlantis”." in me.flowing
            await me.write("UK", anew=True)
            await me.press("enter")
            assert me.headline.title == "Where you live now: Ireland. Since when?"
            await me.write("1 Nov", anew=True)
            await me.press("enter")
            [moved] = [event for event in me.account().events if event.kind == "country-changed"]
            assert (moved.text("from"), moved.text("to")) == ("GB", "IE")
        async with walk(nowhere) as me:
            await me.press("y")
            await me.write("Ireland")
            await me.press("enter", "enter", "enter", "home", "enter")
            assert me.progress.person.country == "IE"
            assert "country-changed" not in me.events()

    async def test_who_moved_is_asked_since_when_before_it_is_saved(self, walk: OpenScreen) -> None:
        async with walk(record(account("facebook", FILED, hub=""))) as me:
            await me.press("y")
            await me.write("Ireland")
            await me.press("enter", "enter", "enter")
            assert me.headline.title == "Where you live now: Ireland. Since when?"
            assert me.progress.person.country == "NL"
            await me.press("home", "ctrl+k")
            await me.write("Nov 2026")
            await me.press("enter")
            assert (me.at, me.progress.person.country) == ("checklist", "IE")
            moved = next(event for event in me.account().events if event.kind == "country-changed")
            assert (str(moved.at.date()), moved.text("to")) == ("2026-11-01", "IE")

    async def test_who_moved_is_asked_anew_for_their_postal_address(self, walk: OpenScreen) -> None:
        of_letters = {"name": "Anna Example", "sender-address": "1 Main Street\nUtrecht", "place": "Utrecht"}
        former = Remembered(of_letters, questions_asked=frozenset({"name", "sender-address"}))
        at_home = replace(record(account("facebook", FILED, hub="")), remembered={"": former})
        for address in ("", "2 Long Lane, Dublin"):
            async with walk(at_home) as me:
                await me.press("y")
                if address:
                    me.app.screen.query_one("#sender-address", Input).value = address
                await me.write("Ireland")
                await me.press("enter", "enter", "enter", "home", "ctrl+k")
                await me.write("Nov 2026")
                await me.press("enter")
                now = me.progress.remembered_of()
                expected = {"name": "Anna Example"} | ({"sender-address": address} if address else {})
                assert dict(now.for_letters) == expected
                assert now.questions_asked == {"name"}
                assert "Your former postal address does not stand in letters any more." in me.flowing
                await me.press("u")
                assert me.progress.person.country == "NL"
                if not address:
                    assert me.progress.remembered_of() == former


async def test_fifty_accounts_ask_for_no_more_layouts_than_two_but_for_the_scroll_bar(
    walk: OpenScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    refresh = Tree.refresh

    def count(tree: AccountTree, *regions: Region, layout: bool = False, **more: bool) -> object:
        asked.append(layout)
        return refresh(tree, *regions, layout=layout, **more)

    monkeypatch.setattr(Tree, "refresh", count)
    layouts = []
    for number in (2, 50):
        asked.clear()
        async with walk(record(*(account(f"instagram-{index}", IDENTIFIED, FILED) for index in range(number)))):
            layouts.append(sum(asked))
    assert 0 < layouts[0] <= layouts[1] <= layouts[0] + 2


class TestReading:
    @does("checklist.more")
    async def test_w_tells_what_goes_wrong_too_and_goes_back(self, walk: OpenScreen) -> None:
        async with walk(TWO, at=("facebook", "open")) as me:
            reader = me.app.screen.query_one(Reader)
            guide = reader.plain_text
            await me.press("w")
            words = " ".join(reader.plain_text.split())
            assert "The link shows an error or “not available”" in words
            assert "Log in, then paste the link in a new tab." in words
            await me.press("w")
            assert reader.plain_text == guide

    async def test_where_nothing_is_known_to_go_wrong_nothing_is_said_of_it(self, walk: OpenScreen) -> None:
        async with walk(record(account("meta-ai")), at=("meta-ai", "identify")) as me:
            await me.press("w")
            assert "If it goes wrong" not in me.app.screen.query_one(Reader).plain_text

    async def test_everything_stays_open_while_the_person_walks_and_a_jump_closes_it(self, walk: OpenScreen) -> None:
        async with walk(TWO, at=("facebook", "identify"), size=(120, 50)) as me:
            await me.press("w", "down")
            assert me.guide_says("More to know")
            await me.press("g")
            assert not me.guide_says("More to know")

    @does("checklist.page-down", "checklist.page-up")
    @pytest.mark.parametrize(("forth", "back"), [("pagedown", "pageup"), ("ctrl+d", "ctrl+u")])
    async def test_the_guide_is_read_on_and_back_from_the_steps(self, walk: OpenScreen, forth: str, back: str) -> None:
        async with walk(TWO, at=("facebook", "open")) as me:
            reader = me.app.screen.query_one(Reader)
            await me.press("w")
            first = me.text
            await me.press(forth)
            assert reader.scroll_offset.y > 3
            assert me.text != first
            await me.press(back)
            assert reader.scroll_offset.y == 0
            assert me.text == first

    async def test_the_menus_are_named_in_the_chosen_language(self, walk: OpenScreen) -> None:
        async with walk(TWO, at=("facebook", "open"), size=(120, 50)) as me:
            reader = me.app.screen.query_one(Reader)
            path = me.session.playbook.paths_for(step="open", platform="facebook", region="eea")[0]
            for language in ("nl", "de", "fr", "es", "it"):
                me.session.account_service.set_person(country="NL", email="", language=language)
                await me.press("up", "down")
                words = " ".join(reader.plain_text.split())
                assert all(label.word(language) in words for label in path.labels)
                assert "where known, else English)" in words
                told = (
                    f"{label.word(language)}{'' if label.is_known_in(language) else ' (English)'}"
                    for label in path.labels
                )
                assert f"In Facebook, as described in 2025: {' → '.join(told)}" in words
            assert {label.word("nl") for label in path.labels} != {label.word("en") for label in path.labels}

    async def test_a_way_of_which_no_word_is_known_says_so_once(self, walk: OpenScreen) -> None:
        async with walk(
            record(account("meta-ai")), at=("meta-ai", "review"), size=(120, 50), label_language="nl"
        ) as me:
            await me.press("w")
            assert me.guide_says("Settings → Data & privacy → Manage your information (all in English)")
            assert "(English)" not in me.app.screen.query_one(Reader).plain_text

    async def test_another_word_of_one_guide_is_told_only_where_it_is_told_who_says_so(self, walk: OpenScreen) -> None:
        async with walk(TWO, at=("facebook", "identify"), size=(120, 50), label_language="nl") as me:
            await me.press("w")
            assert me.guide_says("Accountcentrum →")
            unknown = "“English” stands where we do not know Meta's word in this language."
            assert me.flowing.count(unknown) == 1
            assert not me.guide_says("Accountscentrum")
            await me.press("s")
            assert me.at == "sources"
            assert "One guide writes “Accountscentrum” for “Accountcentrum”" in me.flowing

    async def test_in_english_no_word_is_marked(self, walk: OpenScreen) -> None:
        async with walk(TWO, at=("facebook", "open"), size=(120, 50)) as me:
            assert "English)" not in me.app.screen.query_one(Reader).plain_text

    async def test_the_language_of_the_settings_file_goes_before_the_persons(self, walk: OpenScreen) -> None:
        async with walk(TWO, at=("facebook", "open"), size=(120, 50), label_language="de") as me:
            assert "(German where known, else English)" in me.app.screen.query_one(Reader).plain_text


class TestMoving:
    @does("checklist.down", "checklist.up")
    @pytest.mark.parametrize(("down", "up"), [("j", "k"), ("down", "up")])
    async def test_down_and_up_move_among_the_steps(self, walk: OpenScreen, down: str, up: str) -> None:
        async with walk(TWO, at=("facebook", "identify")) as me:
            await me.press(down)
            assert me.chosen == "open"
            assert "Log in first" in me.text
            await me.press(up)
            assert me.chosen == "identify"

    async def test_j_reads_on_when_the_guide_has_the_focus(self, walk: OpenScreen) -> None:
        async with walk(TWO, at=("facebook", "open")) as me:
            await me.press("w", "tab", "j", "j")
            assert me.app.screen.query_one(Reader).scroll_offset.y == 2

    @does("checklist.other-pane")
    @pytest.mark.parametrize("key", ["left", "right"])
    async def test_the_accounts_are_on_the_other_side(self, walk: OpenScreen, key: str) -> None:
        async with walk(TWO) as me:
            await me.press(key)
            assert me.app.focused is me.app.screen.query_one(AccountTree)
            await me.press("j")
            assert "Instagram" in me.words("account-head")
            await me.press(key)
            assert type(me.app.focused).__name__ == "StepList"

    async def test_tab_goes_round_the_panes(self, walk: OpenScreen) -> None:
        async with walk(TWO) as me:
            seen = []
            for _ in range(3):
                await me.press("tab")
                seen.append(type(me.app.focused))
            assert seen == [GuidePane, AccountTree, StepList]

    async def test_going_to_an_account_highlights_its_next_step(self, walk: OpenScreen) -> None:
        progress = record(account("facebook"), account("instagram", IDENTIFIED))
        async with walk(progress) as me:
            await me.press("left", "down")
            assert me.app.screen.query_one(StepList).highlighted_id == "open"

    async def test_home_and_end_reach_the_first_and_the_last_account(self, walk: OpenScreen) -> None:
        many = record(account("facebook", hub="a"), *(account(f"instagram-{n}", hub="b") for n in range(30)))
        async with walk(many) as me:
            await me.press("left", "end")
            assert "29" in me.words("account-head")
            await me.press("home")
            assert "Anna" in me.words("account-head")


class TestRecord:
    @does("checklist.undo", "checklist.redo")
    @pytest.mark.parametrize("again", ["U", "ctrl+r"])
    async def test_undo_says_what_it_takes_back_and_redo_makes_it_again(self, walk: OpenScreen, again: str) -> None:
        async with walk(TWO) as me:
            await me.press("space")
            ticked = me.progress
            await me.press("u")
            assert me.progress == TWO
            assert (
                me.told
                == "Taken back: “Identify linked accounts: done” of 23 Nov, in Facebook “Anna”. Shift+U brings it back."
            )
            await me.press(again)
            assert me.progress == ticked
            assert me.told == "Made again: “Identify linked accounts: done” of 23 Nov, in Facebook “Anna”."
            assert me.machine.saved[-1] == ticked

    async def test_there_may_be_nothing_to_take_back_or_make_again(self, walk: OpenScreen) -> None:
        async with walk(TWO) as me:
            await me.press("u")
            assert me.told == "There is nothing to take back in this sitting."
            await me.press("U")
            assert me.told == "There is nothing to make again."

    async def test_undo_goes_to_where_the_change_was(self, walk: OpenScreen) -> None:
        async with walk(TWO, at=("facebook", "identify")) as me:
            await me.press("space", "left", "down")
            assert "Instagram" in me.words("account-head")
            await me.press("u")
            assert "Anna" in me.words("account-head")
            assert me.app.screen.query_one(StepList).highlighted_id == "identify"

    async def test_undo_reaches_back_to_the_beginning_of_the_sitting(self, walk: OpenScreen) -> None:
        async with walk(TWO, at=("facebook", "identify")) as me:
            await me.press("space", "space", "X", "down", "enter")
            assert len(me.progress.accounts) == 1
            await me.press("u", "u", "u")
            assert me.progress == TWO
            await me.press("U", "U", "U")
            assert len(me.progress.accounts) == 1

    @does("checklist.note")
    async def test_n_writes_a_note_that_stands_in_the_guide(self, walk: OpenScreen) -> None:
        async with walk(TWO, at=("facebook", "open"), size=(100, 60)) as me:
            await me.press("n")
            assert me.at == "note"
            await me.write("The menu is in Dutch")
            await me.press("f2")
            assert me.last().text("text") == "The menu is in Dutch"
            assert "Your notes" in me.app.screen.query_one(Reader).plain_text
            assert "The menu is in Dutch" in me.app.screen.query_one(Reader).plain_text

    @does("checklist.diary")
    async def test_d_opens_the_diary_of_the_account_in_view(self, walk: OpenScreen) -> None:
        async with walk(WALKED) as me:
            await me.press("d")
            assert (me.at, me.headline.title) == ("diary", "Diary of Facebook “Anna”")

    @does("checklist.link")
    async def test_o_shows_the_link_to_try_first(self, walk: OpenScreen) -> None:
        async with walk(TWO, at=("instagram", "")) as me:
            await me.press("o")
            assert me.at == "link"
            assert "https://www.facebook.com/help/contact/6359191084165019" in me.text

    async def test_an_account_without_a_form_says_so(self, walk: OpenScreen) -> None:
        async with walk(record(account("whatsapp"))) as me:
            await me.press("o")
            assert (me.at, me.told) == ("checklist", "There is no form for this account.")

    @does("checklist.quit")
    async def test_q_leaves_and_the_place_is_remembered(self, walk: OpenScreen) -> None:
        async with walk(TWO, at=("instagram", "submit")) as me:
            await me.press("q")
            await me.until(lambda: me.app.return_code == 0)
            assert me.machine.remembered[-1] == ("metaoptout-dark", ("instagram", "submit"))

    async def test_a_remembered_account_that_is_gone_does_no_harm(self, walk: OpenScreen) -> None:
        async with walk(TWO, at=("threads-gone", "submit")) as me:
            assert "Anna" in me.words("account-head")


async def test_what_must_be_heard_is_said_once(walk: OpenScreen) -> None:
    async with walk(TWO, notices=("config.toml, line 3: There is no action checklist.nope.",)) as me:
        assert me.said == ["config.toml, line 3: There is no action checklist.nope."]
        assert "config.toml, line 3: There is no action checklist.nope." in me.flowing
        me.session.current_record.add_notice("Another program changed your file.")
        await me.press("space")
        assert me.told == "Another program changed your file."
        await me.press("space")
        assert me.said.count("Another program changed your file.") == 1


async def test_the_counts_above_follow_the_record(walk: OpenScreen) -> None:
    async with walk(TWO) as me:
        assert me.headline.left == "Objections: 2 to do"
        me.session.editor.record_event("facebook", "filed", {"email": "anna@example.org"})
        await me.press("space")
        assert me.headline.left == "Objections: 1 sent · 1 to do"


async def test_next_above_and_in_the_pane_are_the_same_thing_or_said_with_other_words(walk: OpenScreen) -> None:
    refused = account("facebook", entry("filed", at(20)), entry("refused", at(5)))
    sent = account("instagram", entry("filed", at(40)), hub="")
    async with walk(record(refused, sent), at=("facebook", "confirm")) as me:
        next_task = me.session.overview().next_task
        assert next_task is not None
        for id in ("facebook", "instagram"):
            me.checklist.go_to(id, "confirm")
            await me.settled()
            is_next_of_all = id == next_task.account_id
            assert (f"Next: {me.headline.title}" in me.words("guide")) == is_next_of_all
            assert ("In this account: " in me.words("guide")) != is_next_of_all


async def test_whose_record_it_is_stands_above_where_its_folder_was_named(walk: OpenScreen) -> None:
    async with walk(TWO, record_name="Grandma") as me:
        assert me.strips()[0].text.startswith(" Grandma · Next: ")
        assert me.headline.left == "Objections: 2 to do"


async def test_an_objection_that_would_only_make_sure_can_be_left_out(walk: OpenScreen) -> None:
    listed = entry("step-done", at(9), step="identify")
    sent = account("facebook", listed, entry("filed", at(9)), entry("confirmed-by-mail", at(8)), hub="home")
    linked = account("instagram", listed, hub="home")
    async with walk(record(sent, linked), at=("instagram", "identify")) as me:
        assert me.headline.title == "To be sure, object for Instagram “Anna” too"
        await me.press("g")
        assert "→ Object for this account too" in me.text
        await me.press(OWN_KEYS["checklist.skip"])
        assert me.told.startswith("Left out.")
        assert "To be sure" not in me.headline.title
