"""Confirm: what came back, when, and what the account stands at afterwards."""

from collections.abc import Sequence
from datetime import date

import pytest
from textual.widgets import Input

from exhaustive import parametrize_some
from metaoptout_tui.app.record.diary_service import ObjectionInput, ReplyInput, SentLetterInput
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.record.events import Event, events_in_force
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.ui.base.input_screen import InputScreen
from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.reader import Reader
from samples import NOW, Clock, account, at, entry, record
from ui.driving import OpenScreen, Walker, does

FILED = entry("filed", at(2), email="anna@example.org")
WAITING = record(account("facebook", entry("step-done", at(4), step="identify"), FILED))
CONFIRM = ("facebook", "confirm")


async def fill(me: Walker, **fields: str) -> None:
    """Type into fields, whichever has the focus."""
    for id, words in fields.items():
        me.app.screen.query_one(f"#{id}").focus()
        await me.settled()
        await me.write(words, anew=True)


@does("confirm.save")
@parametrize_some(
    2,
    ("downs", "what", "state", "step"),
    [
        (2, "confirmed-by-mail", AccountState.CONFIRMED, "done"),
        (3, "will-be-reviewed", AccountState.FILED, "waiting"),
        (4, "answer-missing", AccountState.FILED, "waiting"),
        (5, "code-asked", AccountState.ASKED_FOR_MORE, "asked-for-more"),
        (6, "more-asked", AccountState.ASKED_FOR_MORE, "asked-for-more"),
        (7, "refused", AccountState.REFUSED, "refused"),
        (8, "extended", AccountState.FILED, "waiting"),
        (9, "undeliverable", AccountState.UNDELIVERED, "to-do"),
        (10, "mail-lost", AccountState.FILED, "waiting"),
    ],
)
async def test_each_answer_has_its_state(
    walk: OpenScreen, downs: int, what: str, state: AccountState, step: str
) -> None:
    async with walk(WAITING, at=CONFIRM, size=(110, 40)) as me:
        await me.press("enter")
        assert me.headline.title == "Facebook “Anna”: what came back?"
        assert "Filed 2 days ago" in me.headline.left
        await me.press("home", *["down"] * downs)
        meaning = me.words("meaning")
        await me.press("enter" if downs % 2 else "f2")
        if what in ("code-asked", "more-asked", "refused", "extended", "undeliverable"):
            assert me.at == "confirm"
            await me.press("down", "enter")
        assert me.at == "checklist"
        assert (me.last().kind, me.last().at) == (what, NOW)
        assert (me.state(), me.step("confirm")) == (state, step)
        texts = me.session.playbook.texts
        if f"answer.{what}.help" in texts:
            assert texts.sentence(f"answer.{what}.help")[:30] in " ".join(meaning.split())
        own_words = {"will-be-reviewed": "received", "mail-lost": "mail-lost"}
        words = texts.sentence(f"state.{own_words.get(what, state)}", date="21 Nov")
        assert words in me.words("account-head")
        await me.press("u")
        assert me.progress == WAITING


@parametrize_some(
    1,
    ("downs", "what", "fields", "state"),
    [
        (0, "confirmed-on-screen", {"message": "applied"}, AccountState.CONFIRMED_ON_SCREEN),
        (1, "will-be-reviewed", {}, AccountState.FILED),
        (2, "confirmed-on-screen", {"message": "unknown"}, AccountState.FILED),
    ],
)
async def test_only_a_message_that_says_so_confirms(
    walk: OpenScreen, downs: int, what: str, fields: dict[str, str], state: AccountState
) -> None:
    for message in ("home", "down"):  # on the screen, or as a notification in the app
        async with walk(WAITING, at=CONFIRM, size=(110, 40)) as me:
            await me.press("enter", "home", *([message] if message == "down" else []), "enter")
            assert me.headline.title.endswith(("what did the message say?", "what did the notification say?"))
            await me.press("enter")
            assert (me.at, me.events()) == ("confirm", ["step-done", "filed"]), "nothing is chosen yet"
            await me.press("home", *["down"] * downs, "enter")
            expected = what if what == "will-be-reviewed" or message == "home" else "confirmed-in-app"
            assert (me.last().kind, dict(me.last().fields), me.state()) == (expected, fields, state)


async def test_what_an_old_message_said_is_asked_once_and_written_down_with_its_own_date(walk: OpenScreen) -> None:
    unread = record(account("facebook", FILED, entry("confirmed-on-screen", at(1.9))))
    async with walk(unread, at=CONFIRM, size=(110, 40)) as me:
        assert me.headline.title == "What did Meta's message about Facebook “Anna” say? Write it down"
        await me.press("enter")
        assert me.chosen == "confirmed-on-screen"
        await me.press("enter", "home", "enter")
        assert (me.last().at, dict(me.last().fields)) == (at(1.9), {"message": "applied"})
        assert me.state() is AccountState.CONFIRMED_ON_SCREEN
        assert not me.headline.title.startswith("What did Meta's message")


COMPLAINED = (entry("filed", at(60)), entry("refused", at(50)), entry("complained", at(20), authority="AP"))


async def test_a_day_that_the_authority_sets_is_asked_for_and_holds(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", *COMPLAINED)), at=CONFIRM, size=(110, 40)) as me:
        await me.press("enter", "home", "enter")
        assert me.headline.title.endswith("what did it say?")
        await me.press("enter")
        assert me.last().kind == "complained", "nothing is chosen yet"
        await me.press("home", "down", "enter")
        assert me.headline.title == "Does the letter set you a day? Until when?"
        await me.press("escape")
        assert me.last().kind == "complained", "Esc records nothing"
        await me.press("enter", "end", "enter")
        await me.write("yesterday week")
        await me.press("enter")
        assert "is not a date" in me.flowing
        await me.write("15/12", anew=True)
        await me.press("enter")
        assert (me.last().kind, me.last().text("says")) == ("authority-wrote", "asks")
        assert me.last().fields["answer-by"] == date(2026, 12, 15)
        assert me.headline.title.startswith("The authority set you 15 Dec: act by then")


async def test_a_day_typed_at_once_in_the_list_goes_into_the_field_and_is_shown_as_it_is_understood(
    walk: OpenScreen,
) -> None:
    async with walk(record(account("facebook", *COMPLAINED)), at=CONFIRM, size=(110, 40)) as me:
        await me.press("enter", "home", "enter", "home", "down", "enter")
        assert me.headline.title == "Does the letter set you a day? Until when?"
        await me.press("enter")
        assert me.last().kind == "complained", "Enter alone records no answer that nobody chose"
        assert "Choose an answer first" in me.said[-1]
        await me.press("2", "2", ".", "1", "1", ".")
        assert "That is" not in me.flowing
        await me.press("enter")
        assert "22 Nov 2026 is over, and 22 Nov 2027 is far ahead. Write the year too." in me.flowing
        await me.write("22.11.2026", anew=True)
        assert "That is Sun 22 Nov 2026. That day is over." in me.flowing
        await me.write("8 Dec", anew=True)
        assert "That is Tue 8 Dec 2026." in me.flowing
        await me.press("enter")
        assert me.last().fields["answer-by"] == date(2026, 12, 8)


async def test_the_number_that_the_authority_gave_before_need_not_be_typed_again(walk: OpenScreen) -> None:
    wrote = entry("authority-wrote", at(9), says="received", reference="LDA-7")
    async with walk(record(account("facebook", *COMPLAINED, wrote)), at=CONFIRM, size=(110, 40)) as me:
        await me.press("enter", "home")
        assert me.app.screen.query_one("#reference", Input).value == "LDA-7"
        await me.press("down")
        assert me.app.screen.query_one("#reference", Input).value == "", "it is no number of Meta's"
        await me.press("home", "enter", "home", "enter")
        assert me.last().id != wrote.id
        assert me.last().text("reference") == "LDA-7"


REJECTED = (*COMPLAINED, entry("authority-wrote", at(9), says="rejected"))


async def test_whose_case_number_is_asked_for_follows_the_reply(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", *REJECTED)), at=CONFIRM, size=(110, 40)) as me:
        await me.press("enter", "home")
        assert "number" not in me.text, "what the person did has no case number"
        await me.press("down")
        assert "Authority's number" in me.text
        await me.press("down")
        assert "Meta's number" in me.text
        assert "Authority's number" not in me.text


async def test_after_a_rejection_the_day_that_its_letter_names_is_asked_and_told(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", *REJECTED)), at=CONFIRM, size=(110, 40)) as me:
        assert "complaint rejected/closed (14 Nov)" in me.flowing
        assert me.headline.title.startswith("Look until when you can act against the decision")
        await me.press("enter")
        assert me.chosen == "after-decision"
        await me.press("enter", "home", "enter", "end", "enter")
        await me.write("15/12")
        await me.press("enter")
        assert me.last().fields == {"did": "day", "answer-by": date(2026, 12, 15)}
        assert me.headline.title.startswith("You can act against the decision until 15 Dec")
        assert "What you can do after its decision" in me.flowing


async def choose(me: Walker, reply_id: str) -> None:
    """Take a reply of the list, from its top."""
    await me.press("home")
    for _ in range(20):
        if me.chosen == reply_id:
            break
        await me.press("down")
    assert me.chosen == reply_id
    await me.press("enter")


async def test_the_reasons_of_a_refusal_are_written_down_in_metas_own_words(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", entry("filed", at(9)))), at=CONFIRM, size=(110, 40)) as me:
        await me.press("enter")
        await choose(me, "refused")
        await choose(me, "refused.given")
        assert me.headline.title == "Which reasons does it give, in Meta's own words?"
        rows = [str(option.prompt) for option in me.app.screen.query_one(ChoiceList).options]
        assert rows == ["Meta's words", "I leave them out"]
        assert me.chosen == ""
        await me.press("down", "enter")
        await me.write("Our interests prevail.")
        await me.press("enter")
        assert dict(me.last().fields) == {"grounds": "given", "meta-words": "Our interests prevail."}


async def test_what_was_answered_is_asked_where_meta_wanted_proof_of_identity(walk: OpenScreen) -> None:
    for asked_for, title in (("id", "Meta asked for proof of who you are: what did you answer?"), ("reason", "")):
        asked = record(account("facebook", entry("filed", at(9)), entry("more-asked", at(5), **{"for": asked_for})))
        async with walk(asked, at=CONFIRM, size=(110, 40)) as me:
            await me.press("enter")
            await choose(me, "answered")
            if title:
                assert me.headline.title == title
                await me.press("down", "enter")
                await me.write("I can log in.")
                await me.press("enter")
            assert me.last().text("answer-words") == ("I can log in." if title else "")
            assert me.last().kind == "answered"


async def test_what_an_old_letter_of_the_authority_said_is_asked_once(walk: OpenScreen) -> None:
    unread = record(account("facebook", *COMPLAINED, entry("authority-wrote", at(9))))
    async with walk(unread, at=CONFIRM, size=(110, 40)) as me:
        assert "Say what the authority wrote" in me.flowing
        await me.press("enter")
        assert me.chosen == "authority-wrote"
        await me.press("enter", "home", "enter")
        assert (me.last().at, dict(me.last().fields)) == (at(9), {"says": "received"})
        assert "Say what the authority wrote" not in me.flowing
        assert "nothing to do" not in me.flowing


async def test_right_after_sending_nothing_is_chosen_and_enter_asks_to_choose(walk: OpenScreen) -> None:
    just_sent = record(account("facebook", entry("filed", at(0, minutes=1), email="anna@example.org")))
    async with walk(just_sent, at=CONFIRM) as me:
        await me.press("enter")
        assert "Choose above what came back." in me.flowing
        await me.press("f2")
        assert me.events() == ["filed"]


async def test_days_after_sending_nothing_is_chosen_either(walk: OpenScreen) -> None:
    async with walk(WAITING, at=CONFIRM) as me:
        await me.press("enter")
        assert "Choose above what came back." in me.flowing
        for key in ("enter", "f2"):
            await me.press(key)
            assert me.at == "confirm"
            assert me.events() == ["step-done", "filed"]


@parametrize_some(
    2,
    ("downs", "fields", "says", "title", "step"),
    [
        ((6, 0), {"for": "reason"}, "which purpose you object to", "Answer Meta's question", "confirm"),
        (
            (6, 1),
            {"for": "id"},
            "No source reports that the form for your own information asks",
            "Check that Meta asks who you are, then answer",
            "confirm",
        ),
        ((6, 2), {"for": "residence"}, "Say in which country you live", "Answer Meta's question", "confirm"),
        ((6, 3), {"for": "prompts"}, "if you used one, file again", "Wrong form for", "open"),
        ((6, 4), {"for": "other-form"}, "That form is the wrong one for AI", "Wrong form for", "open"),
        ((6, 5), {}, "Answer what Meta asks, in your own words", "Answer Meta's question", "confirm"),
        (
            (7, 0),
            {"grounds": "not-available"},
            "outside the countries covered",
            "Meta says not available for",
            "open",
        ),
        ((7, 1), {"grounds": "wrong-form"}, "file again in the form for your own", "Wrong form for", "open"),
        ((7, 2), {"grounds": "no-examples"}, "your objection is about your own account", "Meta refused for", "confirm"),
        ((5, 1), {"for": "link"}, "the form is not finished", "Form not finished: open the link", "confirm"),
        ((7, 3), {"grounds": "given"}, "Keep the refusal and its date", "Meta refused for", "confirm"),
        ((7, 4), {"grounds": "none"}, "A refusal must say why", "Meta refused for", "confirm"),
        ((7, 5), {}, "Keep the refusal and its date", "Meta refused for", "confirm"),
    ],
)
async def test_one_more_question_sorts_what_came_and_leads_to_the_next_step(
    walk: OpenScreen, downs: tuple[int, int], fields: dict[str, str], says: str, title: str, step: str
) -> None:
    async with walk(WAITING, at=CONFIRM, size=(110, 40)) as me:
        await me.press("enter", "home", *["down"] * downs[0], "enter")
        assert me.words("meaning") == ""  # nothing is chosen for the person
        await me.press("enter")
        assert "Choose above what it said." in me.text
        await me.press(*["down"] * (downs[1] + 1))
        assert "Choose above what it said." not in me.text
        assert me.headline.title.startswith(("Facebook “Anna”: what do", "Facebook “Anna”: a code or"))
        assert says in " ".join(me.words("meaning").split())
        await me.press("enter")
        if fields.get("grounds") == "given":
            await me.press("end", "enter")  # the reasons in Meta's own words are left out
        assert me.at == "checklist"
        assert dict(me.last().fields) == fields
        assert me.headline.title.startswith(title)
        assert me.checklist.position()[1] == step
        await me.press("d")
        words = me.session.playbook.texts.sentence(f"answer.{me.last().kind}")
        assert words in me.flowing


async def test_escape_goes_back_to_the_first_question_and_then_out(walk: OpenScreen) -> None:
    async with walk(WAITING, at=CONFIRM) as me:
        await me.press("enter", "home", *["down"] * 7, "enter", "down", "down", "down")
        await fill(me, note="half")
        await me.press("escape")
        assert (me.at, me.chosen) == ("confirm", "refused")
        await me.press("enter", "down", "escape", "escape")
        assert me.at == "checklist"
        assert me.events() == ["step-done", "filed"]


@pytest.mark.exhaustive
async def test_a_half_sorted_answer_comes_back_with_its_question(walk: OpenScreen) -> None:
    async with walk(WAITING, at=CONFIRM) as me:
        await me.press("enter", "home", *["down"] * 7, "enter", *["down"] * 4)
        await fill(me, note="half")
        screen = me.app.screen
        assert isinstance(screen, InputScreen)
        screen.save_draft()
        kept = me.progress
    async with walk(kept, at=CONFIRM) as me:
        await me.press("enter")
        assert me.chosen == "refused.given"
        await me.press("enter", "end", "enter")
        assert dict(me.last().fields) == {"grounds": "given", "note": "half"}


@pytest.mark.exhaustive
async def test_an_extension_counts_where_it_came_in_time(walk: OpenScreen) -> None:
    waiting = record(account("facebook", entry("filed", at(40))))
    for day, last in (("2026-11-01", "14 Jan 2027"), ("2026-11-20", "16 Nov")):
        async with walk(waiting, at=CONFIRM) as me:
            await me.press("enter", "home", *["down"] * 8, "enter", "down")
            await fill(me, day=day)
            await me.press("enter")
            assert me.last().kind == "extended"
            await me.press("t")
            assert f"until {last}" in me.flowing


@pytest.mark.exhaustive
async def test_what_can_come_only_later_is_asked_only_then(walk: OpenScreen) -> None:
    refused = (FILED, entry("refused", at(1)))
    async with walk(WAITING, at=CONFIRM) as me:
        await me.press("enter")
        assert "The case is closed" not in me.text
    async with walk(record(account("facebook", *refused)), at=CONFIRM) as me:
        await me.press("enter")
        assert "The authority wrote" not in me.text
        await me.press("end", "enter")
        assert (me.last().kind, me.state()) == ("closed", AccountState.CLOSED)
    complained = record(account("facebook", *refused, entry("complained", at(0.5), authority="AP")))
    async with walk(complained, at=CONFIRM, size=(80, 40)) as me:
        await me.press("enter")
        assert "The authority wrote" in me.text
        assert "Meta acknowledged" not in me.text


async def test_a_case_is_closed_only_after_a_question_while_a_complaint_runs(walk: OpenScreen) -> None:
    told = (FILED, entry("refused", at(9)), entry("complained", at(5), authority="AP"))
    async with walk(record(account("facebook", *told)), at=CONFIRM) as me:
        await me.press("enter", "end", "enter")
        assert me.headline.title == "Your complaint is still running. Close it all the same?"
        await me.press("enter")
        assert (me.at, me.last().kind) == ("confirm", "complained")
        await me.press("enter", "down", "enter")
        assert (me.at, me.last().kind, me.state()) == ("checklist", "closed", AccountState.CLOSED)
        assert "– 4  Confirm" in me.text
        assert "✓ 4  Confirm" not in me.text


@does("confirm.sources")
async def test_what_follows_an_acknowledgement_in_the_uk_is_said_and_one_key_shows_who_says_so(
    walk: OpenScreen,
) -> None:
    told = (entry("filed", at(20)), entry("refused", at(9)), entry("complained-to-controller", at(5)))
    async with walk(record(account("facebook", *told), country="GB"), at=CONFIRM, size=(100, 40)) as me:
        await me.press("enter", "end", "up")
        meaning = " ".join(me.words("meaning").split())
        assert "it is due without undue delay. Your right to go to the ICO remains." in meaning
        await me.press("f9")
        assert (me.at, me.headline.title) == ("sources", "Who says so: “What came back”")
        assert me.app.screen.query_one("SourcesScreen Reader", Reader).plain_text.startswith("Sure, 23 Jun 2026.")
        await me.press("escape")
        await me.press("enter")
        assert me.last().kind == "acknowledged"


async def test_date_reference_and_note_are_written_down_with_it(walk: OpenScreen) -> None:
    async with walk(WAITING, at=CONFIRM) as me:
        await me.press("enter", "home", "down", "down")
        await fill(me, day="yesterday", time="14:09", reference="#1234", note="From support@support.example")
        await me.press("enter")
        came = me.last()
        assert came.kind == "confirmed-by-mail"
        assert came.at == at(1, hours=-4, minutes=-9)
        assert dict(came.fields) == {"reference": "#1234", "note": "From support@support.example"}
        assert me.guide_says("From support@support.example")


@parametrize_some(
    1,
    ("day", "time", "words"),
    [
        ("2026-11-20", "", "20 Nov 2026 is before the objection, filed 21 Nov 2026, 10:00."),
        ("2026-11-21", "9:59", "21 Nov 2026, 09:59 is before the objection, filed 21 Nov 2026, 10:00."),
        ("2027-01-01", "", "1 Jan 2027 is in the future. Write when it happened."),
        ("2023-12-31", "", "31 Dec 2023 is before 2024, earlier than this record can hold."),
        ("soon", "", "“soon” is not a date. Write it like 2026-11-23 or 23 Nov."),
    ],
)
async def test_a_date_that_cannot_be_is_refused_in_the_form(walk: OpenScreen, day: str, time: str, words: str) -> None:
    async with walk(WAITING, at=CONFIRM) as me:
        await me.press("enter", "home", *["down"] * 4)
        await fill(me, day=day, time=time, note="kept")
        await me.press("enter")
        assert me.at == "confirm"
        assert words in me.flowing
        assert me.events() == ["step-done", "filed"]
        assert me.field("note") == "kept"
        await fill(me, day="today")
        await me.press("enter")
        assert me.at == "checklist"


async def test_the_minute_of_filing_is_not_before_it(walk: OpenScreen) -> None:
    async with walk(WAITING, at=CONFIRM) as me:
        await me.press("enter", "home", *["down"] * 4)
        await fill(me, day="21/11", time="10:00")
        await me.press("enter")
        assert me.last().at == FILED.at


@does("confirm.back")
async def test_leaving_half_way_keeps_all_of_it_and_records_it_as_typed(walk: OpenScreen) -> None:
    async with walk(WAITING, at=CONFIRM) as me:
        await me.press("enter", "home", "down", "down")
        await fill(me, day="yesterday", time="9:30", reference="#1", note="half")
        await me.press("escape")
        assert me.at == "checklist"
        assert me.events() == ["step-done", "filed"]
        kept = me.machine.saved[-1]
    async with walk(kept, at=CONFIRM) as me:
        for _ in range(2):
            await me.press("enter")
            assert [me.field(id) for id in ("day", "time", "reference", "note")] == ["yesterday", "9:30", "#1", "half"]
            assert me.chosen == "confirmed-by-mail"
            await me.press("escape")
        await me.press("enter", "f2")
        assert me.last().at == at(1, minutes=30)
        assert not me.progress.drafts


async def test_looking_and_leaving_writes_nothing(walk: OpenScreen) -> None:
    async with walk(WAITING, at=CONFIRM) as me:
        await me.press("enter", "escape")
        assert me.machine.saved == []


async def test_the_time_offered_is_the_time_of_recording(walk: OpenScreen, clock: Clock) -> None:
    async with walk(WAITING, at=CONFIRM) as me:
        await me.press("enter", "home", *["down"] * 4)
        clock.pass_by(minutes=7)
        await me.press("enter")
        assert me.last().at == clock()


@parametrize_some(
    2,
    ("events", "title"),
    [
        ((), "Look for Meta's mail to anna@example.org (filed 2 days ago)"),
        ((entry("code-asked", at(1)),), "Form not finished: type the code or file again, Facebook “Anna”"),
        ((entry("more-asked", at(1)),), "Answer Meta's question, its time may wait: Facebook “Anna”"),
        ((entry("refused", at(1)),), "Meta refused for Facebook “Anna”: see what you can do"),
        (
            (entry("refused", at(1)), entry("complained-to-controller", at(0.5))),
            "Wait until 22 Dec for Meta on your complaint of 22 Nov: Facebook “Anna”",
        ),
        (
            (entry("refused", at(1)), entry("complained", at(0.5))),
            "Wait until 22 Feb 2027 for the authority to write about Facebook “Anna”",
        ),
        ((entry("refused", at(1)), entry("closed", at(0.5))), "Nothing to do now"),
        ((entry("confirmed-by-mail", at(1)),), "Yearly check of Facebook “Anna”, due 21 Nov 2027"),
    ],
)
async def test_what_came_back_decides_what_comes_next(walk: OpenScreen, events: Sequence[Event], title: str) -> None:
    progress = record(account("facebook", entry("step-done", at(4), step="identify"), FILED, *events))
    async with walk(progress, size=(120, 30)) as me:
        assert me.headline.title == title


async def test_a_month_of_silence_is_overdue(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", entry("filed", at(40)))), size=(120, 30)) as me:
        assert me.state() is AccountState.OVERDUE
        assert me.headline.title == "Meta's month for Facebook “Anna” ran out (16 Nov): remind or complain"
        assert "no answer, Meta is late" in me.text


async def test_after_a_reminder_the_silence_asks_for_more_than_another_one(walk: OpenScreen) -> None:
    for days, words in (
        (3, "Wait until 4 Dec on your letter of 20 Nov, or complain: Facebook “Anna”"),
        (14, "Still no answer since 9 Nov for Facebook “Anna”: complain"),
    ):
        silent = record(account("facebook", entry("filed", at(50)), entry("reminded", at(days))))
        async with walk(silent, size=(120, 30)) as me:
            assert me.state() is AccountState.OVERDUE
            assert me.headline.title == words


@pytest.mark.exhaustive
@does("confirm.discard")
async def test_an_answer_that_was_not_recorded_is_said_so_and_can_be_discarded(walk: OpenScreen) -> None:
    async with walk(WAITING, at=CONFIRM) as me:
        await me.press("enter", "home", "down", "down")
        await fill(me, note="A mail came.")
        await me.press("escape", "enter")
        assert "Not saved yet: what you typed on 23 Nov, 10:00 stands in the fields." in me.flowing
        assert me.field("note") == "A mail came."
        await me.press("f8")
        assert (me.field("note"), me.field("day")) == ("", "2026-11-23")
        assert "Not saved yet" not in me.text
        assert not me.progress.drafts


async def test_nothing_comes_of_an_objection_that_was_never_sent(walk: OpenScreen) -> None:
    async with walk(record(account("facebook"))) as me:
        for what in ("extended", "refused", "confirmed-by-mail"):
            with pytest.raises(InputRefused, match="Nothing is filed for this account"):
                me.session.diary_service.record_reply("facebook", ReplyInput(what))
        with pytest.raises(InputRefused, match="Nothing is filed for this account"):
            me.session.diary_service.record_sent_letter("facebook", SentLetterInput("reminded"))
        assert me.events() == []


async def test_no_objection_is_older_than_the_way_to_object(walk: OpenScreen) -> None:
    long_ago = NOW.replace(year=2023)
    async with walk(WAITING) as me:
        with pytest.raises(InputRefused, match="before 2024"):
            me.session.diary_service.record_objection("facebook", ObjectionInput(at=long_ago))
        with pytest.raises(InputRefused, match="before 2024"):
            me.session.diary_service.correct_event_date("facebook", FILED.id, long_ago)
        assert me.progress == WAITING


ALL_ANSWERS = record(
    account("facebook", FILED, entry("refused", at(1)), entry("complained", at(0.5), authority="AP")),
)


@parametrize_some(1, "size", [(60, 20), (80, 24), (120, 40)])
@parametrize_some(2, "field", ["answers", "day", "reference", "note"])
async def test_what_will_be_recorded_and_when_is_seen_wherever_the_focus_is(
    walk: OpenScreen, size: tuple[int, int], field: str
) -> None:
    async with walk(ALL_ANSWERS, at=CONFIRM, size=size) as me:
        await me.press("enter", "end", "up")
        me.app.screen.query_one(f"#{field}").focus()
        await me.settled()
        seen = me.text
        chosen = me.session.playbook.texts.sentence("answer.authority-told")
        assert seen.count(chosen) == 2
        assert f"Enter records: {chosen}, Mon 23 Nov 2026, 10:00 (just now)" in me.flowing
        for label in ("Day", "2026-11-23", "Time", "10:00", "Authority's number", "Note"):
            assert label in seen


@pytest.mark.exhaustive
async def test_the_line_of_what_will_be_recorded_follows_the_date_and_the_answer(walk: OpenScreen) -> None:
    async with walk(WAITING, at=CONFIRM) as me:
        await me.press("enter", "home", "down", "down")
        await fill(me, day="24 Nov")
        assert me.words("records").endswith(", Mon 24 Nov 2025 (12 months ago)")
        await fill(me, day="24 N")
        assert me.words("records").endswith(", when?")
        me.app.screen.query_one("#answers").focus()
        await me.press("end", "up")
        assert me.words("records").startswith("Enter asks which kind: ")


@does("confirm.page-down", "confirm.page-up")
async def test_the_meaning_of_an_answer_is_read_with_the_page_keys(walk: OpenScreen) -> None:
    async with walk(WAITING, at=CONFIRM, size=(60, 20)) as me:
        await me.press("enter", "home", *["down"] * 7, "enter", "down", "down", "down")
        first = me.text
        await me.press("pagedown")
        assert me.text != first
        await me.press("pageup")
        assert me.text == first


@parametrize_some(
    2,
    ("events", "state", "next_words", "step"),
    [
        ((entry("refused", at(1)),), "How it stands: refused (22 Nov).", "Next: Meta refused", "refused, 22 Nov"),
        (
            (entry("more-asked", at(1)),),
            "How it stands: asked for more (22 Nov).",
            "Next: Answer Meta's question",
            "asked for more, 22 Nov",
        ),
        (
            (entry("extended", at(1)),),
            "What came (22 Nov): Meta says that it takes longer.",
            "Next: ",
            "takes longer until",
        ),
        (
            (entry("refused", at(1)), entry("complained", at(0.5))),
            "How it stands: complained (22 Nov).",
            "Next: Wait",
            "complained, next on",
        ),
    ],
)
async def test_the_guide_begins_with_what_came_and_what_remains(
    walk: OpenScreen, events: Sequence[Event], state: str, next_words: str, step: str
) -> None:
    progress = record(account("facebook", FILED, *events))
    async with walk(progress, at=CONFIRM) as me:
        guide = me.words("guide")
        assert guide.startswith(f"• {state} • {next_words}")
        await me.press("w")
        assert "Did a message appear after sending?" not in me.words("guide")
        assert step in me.text


async def test_the_guide_of_a_silence_names_no_mail_to_look_for_first(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", entry("filed", at(40)))), at=CONFIRM) as me:
        assert me.words("guide").startswith(
            "• How it stands: no answer, Meta is late. • Next: Meta's month for Facebook “Anna” ran out"
        )
        confirm = next(line for line in me.text.splitlines() if "4  Confirm" in line)
        assert confirm.rstrip().endswith("Meta is late")


async def test_what_the_law_says_of_an_answer_is_said_once(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", FILED, entry("refused", at(1)))), at=CONFIRM) as me:
        law = me.session.playbook.texts.sentence("confirm.refused.eea")
        await me.press("w")
        assert me.words("guide").count(law) == 1


async def test_a_first_wait_begins_with_the_look_for_a_message(walk: OpenScreen) -> None:
    async with walk(WAITING, at=CONFIRM) as me:
        guide = me.words("guide")
        assert guide.index("Next: Look for Meta's mail") < guide.index("Did a message appear after sending?")


async def test_of_a_letter_no_message_and_no_mail_after_an_hour_is_spoken(walk: OpenScreen) -> None:
    posted = record(account("facebook", entry("filed", at(2), by="letter")))
    async with walk(posted, at=CONFIRM, size=(120, 50)) as me:
        assert me.words("guide").startswith("• Your objection went by post (21 Nov). • Next: Write down when")
        assert me.guide_says("A posted letter counts from the day it arrived.")
        await me.press("w")
        for words in ("Did a message appear", "after 1 hour", "who sends the mail"):
            assert not me.guide_says(words)


async def test_once_it_is_confirmed_nothing_is_said_of_waiting(walk: OpenScreen) -> None:
    confirmed = record(account("facebook", entry("filed", at(2)), entry("confirmed-by-mail", at(1))))
    async with walk(confirmed, at=CONFIRM, size=(120, 50)) as me:
        assert me.words("guide").startswith("• How it stands: confirmed by mail (22 Nov).")
        await me.press("w")
        for words in ("Did a message appear", "after 1 hour", "within one month", "If Meta refuses"):
            assert not me.guide_says(words)


async def test_the_answer_to_the_question_whether_meta_acts_on_it_is_recorded_with_what_it_said(
    walk: OpenScreen,
) -> None:
    asked = record(account("facebook", FILED, entry("confirmed-by-mail", at(9)), entry("asked-applied", at(5))))
    async with walk(asked, at=("facebook", "confirm")) as me:
        await me.press("enter")
        await me.press("end")
        while me.chosen != "inquiry-answered":
            await me.press("up")
        await me.press("enter")
        assert me.headline.title == "Facebook “Anna”: what does Meta say to your question?"
        await me.press("down", "enter")
        assert (me.last().kind, me.last().text("answers")) == ("confirmed-by-mail", "inquiry")
        assert "Recorded: An answer to my question whether Meta acts on it: It acts on the objection." in me.said[-1]
        assert "Wait for Meta's answer" not in me.flowing


async def test_while_nothing_is_chosen_the_list_has_the_room_of_the_meaning(walk: OpenScreen) -> None:
    sent = record(account("facebook", entry("filed", at(2)), hub=""))
    async with walk(sent, at=CONFIRM, size=(60, 20)) as me:
        await me.press("enter")
        choices, meaning = me.app.screen.query_one(ChoiceList), me.app.screen.query_one("#meaning")
        assert me.chosen == ""
        assert meaning.size.height == 0
        assert choices.size.height >= 10
        await me.press("down")
        assert me.chosen
        assert me.app.screen.query_one("#meaning").display
        assert meaning.size.height >= 3
        assert choices.size.height >= 5


async def test_no_key_chooses_an_answer_by_surprise(walk: OpenScreen) -> None:
    async with walk(WAITING, at=CONFIRM) as me:
        await me.press("enter", "home", "w")
        first = me.chosen
        await me.press("up", "w")
        assert me.chosen == first


async def test_what_was_recorded_by_mistake_is_set_right_from_its_own_row(walk: OpenScreen) -> None:
    wrong = entry("refused", at(1), note="By mail")
    async with walk(
        record(account("facebook", FILED, wrong)), at=("facebook", "confirm/correction"), size=(110, 40)
    ) as me:
        assert "That was not right: correct it" in me.text
        await me.press("enter")
        assert me.headline.title == "What was not right?"
        await me.go_to_row("correct it in the diary")
        await me.press("enter")
        assert me.at == "diary"
        assert me.app.screen.query_one(ChoiceList).highlighted_id == wrong.id
        await me.press("escape", "enter", "home", "enter")
        assert "will not count any more" in me.flowing
        await me.press("down", "enter")
        assert me.headline.title == "Facebook “Anna”: what came back?"
        await me.go_to_row("A mail saying that Meta honours the objection")
        await me.press("enter")
        assert me.state() is AccountState.CONFIRMED


CORRECTION = ("facebook", "confirm/correction")


async def test_a_mail_that_was_for_another_account_is_moved_there_as_one_change(walk: OpenScreen) -> None:
    wrong = entry("confirmed-by-mail", at(1), reference="7")
    kept = entry("evidence", at(1), of=wrong.id, file="mail.eml", sha256="a" * 64, bytes=3)
    before = record(
        account("facebook", FILED, entry("will-be-reviewed", at(1)), wrong, kept, hub=""),
        account("instagram", entry("filed", at(3)), hub=""),
        account("threads", hub=""),
    )
    async with walk(before, at=CORRECTION) as me:
        await me.press("enter")
        await me.go_to_row("It was for another account")
        await me.press("enter")
        assert me.headline.title == "For which account was it?"
        assert "Threads" not in me.text
        await me.go_to_row("Instagram")
        await me.press("enter")
        assert "Taken back here, and written down for Instagram “Anna”." in me.told
        assert me.state() is AccountState.FILED
        assert [event.kind for event in events_in_force(me.account().events) if event.kind != "evidence"] == [
            "filed",
            "will-be-reviewed",
        ]
        assert me.state("instagram") is AccountState.CONFIRMED
        moved, proof = me.account("instagram").events[-2:]
        assert (moved.text("reference"), moved.at) == ("7", wrong.at)
        assert (proof.kind, proof.text("of"), proof.text("file")) == ("evidence", moved.id, "mail.eml")
        await me.press("u")
        assert me.progress.accounts == before.accounts


async def test_who_does_not_know_for_which_account_a_mail_was_takes_it_back_alone(walk: OpenScreen) -> None:
    alone = record(account("facebook", FILED, entry("refused", at(1))))
    async with walk(alone, at=CORRECTION) as me:
        await me.press("enter")
        await me.go_to_row("It was for another account")
        await me.press("enter")
        await me.go_to_row("I do not know")
        await me.press("enter")
        assert "counts for no account" in me.told
        assert me.state() is AccountState.FILED


async def test_of_several_replies_the_last_or_all_are_taken_back_in_one_turn(walk: OpenScreen) -> None:
    several = record(account("facebook", FILED, entry("will-be-reviewed", at(2)), entry("refused", at(1))))
    async with walk(several, at=CORRECTION, size=(110, 40)) as me:
        await me.press("enter", "home", "enter")
        assert "“Meta refuses” of 22 Nov will not count any more." in me.flowing
        assert "“Only that it was received, or will be reviewed” (21 Nov) goes on counting." in me.flowing
        await me.press("escape", "enter")
        assert (
            "What counts for Facebook “Anna”: Only that it was received, or will be reviewed, 21 Nov; Meta refuses, 22 Nov."
        ) in me.flowing
        await me.go_to_row("None of it came: take back all 2 entries")
        await me.press("enter")
        for words in ("“Meta refuses” of 22 Nov", "“Only that it was received, or will be reviewed” of 21 Nov"):
            assert f"{words} will not count any more." in me.flowing
        await me.press("down", "enter")
        assert me.at == "checklist"
        assert "filed, waiting since" in me.flowing
        await me.press("u")
        assert me.state() is AccountState.REFUSED


async def test_a_wrong_answer_of_the_authority_is_taken_back_and_not_metas_true_one(walk: OpenScreen) -> None:
    wrong = record(account("facebook", *COMPLAINED, entry("authority-wrote", at(1), says="upheld")))
    async with walk(wrong, at=CORRECTION, size=(110, 40)) as me:
        await me.press("enter")
        assert "It decided for me" in me.flowing
        assert "It was for another account" not in me.flowing
        await me.go_to_row("Something else came back: record that")
        await me.press("enter", "down", "enter")
        assert me.headline.title == "Facebook “Anna”: what came back?"
        assert "authority-wrote" not in [event.kind for event in events_in_force(me.account().events)]
        assert me.state() is AccountState.COMPLAINED_TO_AUTHORITY
        await me.press("escape", "u")
        assert "authority-wrote" in [event.kind for event in events_in_force(me.account().events)]
