"""An objection that was sent before there was this program: for all linked accounts at once."""

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.app.accounts.earlier_objection import NOTHING_CAME
from metaoptout_tui.app.record.diary_service import ReplyInput
from metaoptout_tui.core.objection.event_sentences import moment_of_event
from metaoptout_tui.core.objection.tasks import TaskKind
from metaoptout_tui.core.record.events import events_in_force
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.ui.widgets.answer_lists import AnswerList
from samples import NOW, account, record
from ui.driving import OpenScreen, Walker, does

LINKED = record(account("facebook", hub="home"), account("instagram", hub="home"), account("threads", hub=""))


async def save_with_nothing_come(me: Walker) -> None:
    """Say that nothing came back, and record."""
    me.app.screen.query_one("#reply", AnswerList).set_answer(NOTHING_CAME)
    await me.press("f2")


async def open_earlier(me: Walker) -> None:
    await me.press("B", "enter")
    assert me.at == "earlier"


@does("checklist.ways", "earlier.next")
async def test_one_objection_of_linked_accounts_is_written_down_for_all_of_them(walk: OpenScreen) -> None:
    async with walk(LINKED) as me:
        await open_earlier(me)
        assert "[ ] Instagram “Anna”, linked in “home”" in me.flowing
        await me.press("space", "down", "space", "enter")
        await me.write("20 May 2025")
        assert "That is 20 May 2025." in me.flowing
        await me.press("enter", "enter", "enter", "down", "enter")
        await me.write("2025-05-27")
        await me.press("enter")
        assert me.headline.title == "Facebook “Anna” and Instagram “Anna”: one objection for all, or one for each?"
        await me.go_to_row("One for all of them")
        await me.press("enter")
        assert me.at == "checklist"
        assert "Recorded." in me.told
        assert [(each.kind, str(each.at.date())) for each in events_in_force(me.account().events)] == [
            ("hub-changed", "2025-05-20"),
            ("filed", "2025-05-20"),
            ("confirmed-by-mail", "2025-05-27"),
        ]
        assert me.state() is AccountState.CONFIRMED
        assert me.state("instagram") is AccountState.COVERED
        assert me.state("threads") is AccountState.NOT_STARTED
        await me.press("u")
        assert me.progress.accounts == LINKED.accounts


@pytest.mark.parametrize(
    ("way", "purpose"),
    [
        (0, "First the account for which you objected. Then: when you sent it, and what came back."),
        (3, "First the account that you cannot log in to. Then: what became of it, and what remains."),
    ],
)
async def test_who_has_no_account_in_the_list_is_told_what_the_form_for_one_is_for(
    walk: OpenScreen, way: int, purpose: str
) -> None:
    async with walk(record()) as me:
        await me.press("B", *["down"] * way, "enter")
        assert me.at == "account"
        assert purpose in me.flowing


@pytest.mark.exhaustive
async def test_after_one_was_written_down_the_others_have_a_row_for_theirs(walk: OpenScreen) -> None:
    both = record(account("facebook", hub=""), account("instagram", hub=""))
    async with walk(both, at=("instagram", "submit")) as me:
        assert "→ Already sent? Write it down" in me.text
        await open_earlier(me)
        await me.press("space", "enter")
        await me.write("20 May 2025")
        await save_with_nothing_come(me)
        assert me.told.startswith("Recorded. Did you object for Instagram “Anna” too? Shift+B leads to the same form.")
        me.checklist.go_to("instagram", "submit/earlier")
        await me.settled()
        assert "→ Already sent? Write it down" in me.text
        await me.press("enter")
        assert (me.at, me.field("day")) == ("earlier", "")
        assert "[ ] Facebook “Anna” [x] Instagram “Anna”" in me.flowing
        await me.press("escape")
        assert not me.progress.drafts
        await me.press("enter", "enter")
        await me.write("21 May 2025")
        await save_with_nothing_come(me)
        assert "filed" in me.events("instagram")


async def test_links_that_were_written_down_today_are_taken_as_there_then(walk: OpenScreen) -> None:
    async with walk(record(account("facebook"), account("instagram"))) as me:
        await me.press("B", "enter")
        assert me.at == "identify"
        await me.press("space", "enter")
        assert me.at == "earlier"
        await me.press("space", "down", "space", "enter")
        await me.write("20 May 2025")
        await save_with_nothing_come(me)
        await me.go_to_row("One for all of them")
        await me.press("enter")
        assert me.state() is AccountState.OVERDUE
        assert me.state("instagram") is AccountState.COVERED


async def test_accounts_that_are_not_linked_have_one_each(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", hub=""), account("instagram", hub=""), account("whatsapp"))) as me:
        me.session.account_service.set_linked_group("whatsapp", "")
        await open_earlier(me)
        assert "WhatsApp" not in me.text
        await me.press("space", "down", "space", "enter")
        await me.write("2025-05-20")
        await me.press("enter", "enter", "down", "space")
        await save_with_nothing_come(me)
        for id in ("facebook", "instagram"):
            assert me.last(id).kind == "filed"
            assert me.last(id).text("form") == "letter"


async def test_linked_accounts_that_had_an_objection_each_have_it_in_their_own_diary(walk: OpenScreen) -> None:
    async with walk(LINKED) as me:
        await open_earlier(me)
        await me.press("space", "down", "space", "enter")
        await me.write("May 2025")
        me.app.screen.query_one("#reply", AnswerList).set_answer("confirmed-by-mail")
        await me.press("f2")
        await me.go_to_row("One for each of them")
        await me.press("enter")
        assert me.at == "checklist"
        for id in ("facebook", "instagram"):
            assert [each.kind for each in events_in_force(me.account(id).events)] == ["filed", "confirmed-by-mail"]
            assert me.state(id) is AccountState.CONFIRMED


async def test_what_came_back_is_chosen_by_the_person_alone(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", hub=""))) as me:
        await open_earlier(me)
        await me.press("enter")
        await me.write("May 2025")
        await me.press("f2")
        assert "Choose what came back." in me.flowing
        assert me.events() == []
        await me.press("enter", "enter", "enter")  # impatient
        assert me.app.screen.query_one("#reply", AnswerList).answer_id == ""
        assert me.events() == []
        assert me.told == "Choose an answer first, with ↑ and ↓."
        await me.press("down", "enter")
        assert me.app.screen.query_one("#reply", AnswerList).answer_id == "confirmed-by-mail"


@pytest.mark.exhaustive
@does("earlier.save", "earlier.discard", "earlier.back")
async def test_what_is_wrong_is_said_and_nothing_typed_is_lost(walk: OpenScreen) -> None:
    async with walk(LINKED) as me:
        await open_earlier(me)
        await me.press("f2")
        assert "Tick for which accounts you objected." in me.flowing
        await me.press("space", "f2")
        assert "Write when you sent it." in me.flowing
        await me.write("20 May 2023")
        await me.press("f2")
        assert "is before 2024" in me.flowing
        await me.write("soon", anew=True)
        await me.press("f2")
        assert "“soon” is not a date" in me.flowing
        await me.press("escape", "B", "enter")
        assert me.field("day") == "soon"
        assert "Not saved yet" in me.flowing
        await me.press("f8")
        assert me.field("day") == ""
        assert me.progress.accounts == LINKED.accounts


@pytest.mark.exhaustive
async def test_without_an_account_one_is_added_first(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.press("enter", "f4", "enter")
        assert me.at == "account"
        await me.write("Facebook Anna")
        await me.press("enter")
        assert me.at == "earlier"
        assert "[x] Facebook “Anna”" in me.flowing


@parametrize_some(1, "size", [(80, 24), (60, 20)])
async def test_every_field_is_in_view_when_a_person_comes_to_it(walk: OpenScreen, size: tuple[int, int]) -> None:
    async with walk(record(account(hub=""), account("instagram", hub="")), size=size) as me:
        await open_earlier(me)
        for words in ("1 For which", "2 When?", "3 How", "4 What came back?"):
            assert words in me.flowing
            if words.startswith("2"):
                await me.write("2025-05-20")
            await me.press(*(("space", "enter") if words.startswith("1") else ("down", "enter")))
        assert "5 When did that come?" in me.flowing


async def test_the_question_is_in_view_with_its_field_also_on_the_way_back(walk: OpenScreen) -> None:
    async with walk(record(account(hub=""), account("instagram", hub="")), size=(60, 12)) as me:
        await open_earlier(me)
        await me.press("shift+tab")
        for words in ("5 When did that come?", "4 What came back?", "3 How", "Where did you live then?", "2 When?"):
            assert words in me.flowing
            await me.press("shift+tab")
        assert "1 For which" in me.flowing


async def test_who_wrote_down_an_old_objection_is_asked_for_other_accounts_and_said_nothing_of_a_whole_list(
    walk: OpenScreen,
) -> None:
    async with walk(record(account("facebook", hub=""))) as me:
        await open_earlier(me)
        await me.press("enter")
        await me.write("20 May 2025")
        await save_with_nothing_come(me)
        assert "filed" in me.events()
        assert me.step("identify") == "to-do"
        tasks = {task.kind for task in me.session.overview().tasks}
        assert TaskKind.OTHER_ACCOUNTS in tasks
        assert TaskKind.IDENTIFY not in tasks


async def test_of_a_month_no_day_is_made_up_and_what_came_in_it_is_taken(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", hub=""))) as me:
        await open_earlier(me)
        await me.press("enter")  # the only account is ticked already
        await me.write("September 2025")
        assert "Some day in September 2025." in me.flowing
        assert "30 Sep 2025" not in me.flowing
        await me.press("enter", "enter", "enter", "down", "enter")
        await me.write("23 Sep 2025")
        await me.press("enter")
        assert me.at == "checklist"
        sent, came = events_in_force(me.account().events)
        assert (sent.text("day-known"), str(sent.at.date()), str(came.at.date())) == (
            "month",
            "2025-09-23",
            "2025-09-23",
        )


@parametrize_some(1, "typed", ["Sep 2026", "1 Sep 2026"])
async def test_who_lived_elsewhere_then_is_asked_since_when_they_live_where_they_live_now(
    walk: OpenScreen, typed: str
) -> None:
    here = record(account("facebook", hub=""))
    async with walk(here) as me:
        await open_earlier(me)
        await me.press("enter")
        await me.write("14 March 2026")
        await me.press("enter")
        assert "Where did you live then? Empty: Netherlands, as now." in me.flowing
        assert "Where you live now" not in me.text
        await me.write("united k")
        assert "United Kingdom" in me.text
        await me.press("enter")
        assert "Where you live now: Netherlands. Since when?" in me.flowing
        await me.press("f2")
        assert "Write since when you live where you live now." in me.flowing
        await me.write("Feb 2026")
        await me.press("f2")
        assert "The move to where you live now cannot be older than the objection." in me.flowing
        await me.press("home", "ctrl+k")
        await me.write(typed)
        await save_with_nothing_come(me)
        assert me.at == "checklist"
        filed, moved = events_in_force(me.account().events)[:2]
        assert (filed.kind, moved.kind, str(moved.at.date())) == ("filed", "country-changed", "2026-09-01")
        status = me.session.view.require_status("facebook")
        assert (status.objection_country, status.objection_law) == ("GB", "uk-gdpr")


@pytest.mark.exhaustive
async def test_a_country_that_nobody_knows_is_not_recorded(walk: OpenScreen) -> None:
    async with walk(LINKED) as me:
        await open_earlier(me)
        await me.press("space", "enter")
        await me.write("14 March 2026")
        await me.press("enter")
        await me.write("Atlantis")
        await me.press("f2")
        assert (me.at, "No country is called “Atlantis”." in me.flowing) == ("earlier", True)


async def test_a_month_stays_a_month(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", hub=""))) as me:
        await open_earlier(me)
        await me.press("enter")
        await me.write("Mar 2026")
        assert "Write the month" not in me.flowing
        await save_with_nothing_come(me)
        filed = events_in_force(me.account().events)[0]
        assert (str(filed.at.date()), filed.text("day-known")) == ("2026-03-31", "month")


@parametrize_some(
    2,
    ("sent_on", "came_in", "expected"),
    [
        ("Mar 2026", "Apr 2026", ("2026-03-31", "month", "2026-04-30", "month")),
        ("Mar 2026", "2026-03", ("2026-03-31", "month", "2026-03-31", "month")),
        ("14 March 2026", "3/2026", ("2026-03-14", "", "2026-03-31", "month")),
        ("Mar 2026", "", ("2026-03-31", "month", "2026-03-31", "month")),
    ],
)
async def test_a_month_is_enough_for_what_came_back_too(
    walk: OpenScreen, sent_on: str, came_in: str, expected: tuple[str, ...]
) -> None:
    async with walk(record(account("facebook", hub=""))) as me:
        await open_earlier(me)
        await me.press("enter")
        await me.write(sent_on)
        await me.press("enter", "enter", "enter", "down", "enter")
        await me.write(came_in)
        if came_in:
            assert "Some day in" in me.flowing.rpartition("When did that come?")[2]
        await me.press("f2")
        sent, came = events_in_force(me.account().events)[:2]
        assert (sent.kind, came.kind) == ("filed", "confirmed-by-mail")
        days = (str(sent.at.date()), sent.text("day-known"), str(came.at.date()), came.text("day-known"))
        assert days == expected
        assert (came_in == "") or "2026" in moment_of_event(came, NOW)
        assert not moment_of_event(came, NOW).startswith("31")


async def test_what_came_back_in_a_month_before_the_objection_is_refused(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", hub=""))) as me:
        await open_earlier(me)
        await me.press("enter")
        await me.write("14 March 2026")
        await me.press("enter", "enter", "enter", "down", "enter")
        await me.write("Feb 2026")
        await me.press("f2")
        assert "What came back cannot be older than the objection." in me.flowing


async def test_a_day_that_its_month_does_not_have_is_refused_at_its_field(walk: OpenScreen) -> None:
    async with walk(LINKED) as me:
        await open_earlier(me)
        await me.press("space", "enter")
        await me.write("31 June 2025")
        await me.press("enter")
        assert "Jun 2025 has only 30 days. If you only know the month, write it like Sep 2024." in me.flowing
        assert me.app.focused is not None
        assert me.app.focused.id == "day"
        await me.write("June 2025", anew=True)
        assert "has only 30 days" not in me.flowing
        await me.press("enter")
        assert me.app.focused.id != "day"


async def test_a_mail_that_the_person_no_longer_has_makes_no_silence_of_meta(walk: OpenScreen) -> None:
    async with walk(LINKED) as me:
        await open_earlier(me)
        await me.press("space", "enter")
        await me.write("May 2025")
        me.app.screen.query_one("#reply", AnswerList).set_answer("mail-lost")
        await me.press("f2")
        assert me.last().kind == "mail-lost"
        assert me.headline.title.startswith("Meta's mail is lost: check the bin or ask Meta")


async def test_that_meta_asked_for_more_can_have_come_back_and_is_then_to_be_answered(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", hub=""))) as me:
        await open_earlier(me)
        await me.press("enter")
        await me.write("Aug 2026")
        reply = me.app.screen.query_one("#reply", AnswerList)
        assert [row.id for row in reply.options][-3:] == ["code-asked", "more-asked", "refused"]
        reply.set_answer("more-asked")
        await me.press("f2")
        assert me.headline.title == "Meta asks something, or wants more: what does Meta ask for?"
        await me.go_to_row("It wants proof of who I am")
        await me.press("enter")
        assert me.at == "checklist"
        assert (me.last().kind, me.last().text("for"), me.last().text("day-known")) == ("more-asked", "id", "month")
        assert me.state() is AccountState.ASKED_FOR_MORE
        assert me.headline.title.startswith("Check that Meta asks who you are, then answer")
        (deadline,) = me.session.view.require_status("facebook").deadlines
        assert deadline.is_end_open
        at_answer = NOW.replace(month=8, day=20, hour=12)
        me.session.diary_service.record_reply("facebook", ReplyInput("answered", at_answer))
        await me.settled()
        assert me.state() is not AccountState.ASKED_FOR_MORE
        (deadline,) = me.session.view.require_status("facebook").deadlines
        assert (deadline.is_end_open, str(deadline.earliest_end)) == (False, "2026-09-21")
        await me.press("u")
        assert me.state() is AccountState.ASKED_FOR_MORE


async def test_what_was_typed_for_an_entry_that_undo_took_back_is_not_called_unsaved(walk: OpenScreen) -> None:
    async with walk(LINKED) as me:
        await open_earlier(me)
        await me.press("space", "enter")
        await me.write("May 2025")
        await me.press("escape", "B", "enter")
        assert "Not saved yet" in me.flowing
        await save_with_nothing_come(me)
        await me.press("u")
        await open_earlier(me)
        assert me.field("day") == "May 2025"
        assert "Not saved yet" not in me.flowing
        assert (
            "You took the entry back. What you had typed or chosen for it is here again. F8 discards it." in me.flowing
        )
        await me.press("tab")
        await me.write("June 2025", anew=True)
        await me.press("escape")
        await open_earlier(me)
        assert "Not saved yet" in me.flowing
