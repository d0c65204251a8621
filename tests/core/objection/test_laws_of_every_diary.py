"""Laws that hold for every diary, and a person who does whatever the program says until there is nothing left to do."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metaoptout_tui.app.files.saved_record import load_saved_record
from metaoptout_tui.app.paths import resolve_paths
from metaoptout_tui.app.record.diary_service import ObjectionInput, ReplyInput, SentLetterInput
from metaoptout_tui.app.session import Session
from metaoptout_tui.cli.status import due_report
from metaoptout_tui.core.case_file.diary import timeline_of_record
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.agenda import Appointment, appointments_of
from metaoptout_tui.core.objection.coverage_table import coverage_rows_of, describe_task_briefly
from metaoptout_tui.core.objection.deadlines import Deadline as Period
from metaoptout_tui.core.objection.deadlines_of_diary import has_unfinished_form
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.replies import NO_REPLY, REPLIES_TO_OBJECTION, reply_by_id
from metaoptout_tui.core.objection.sentences import task_sentence
from metaoptout_tui.core.objection.tasks import Task
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.events import Event, events_in_force, periods_ended_by
from metaoptout_tui.core.record.merge import merge_records
from metaoptout_tui.core.record.vocabulary import AccountState, PeriodKind, StepState
from metaoptout_tui.guidance.loader import public_holiday_name
from metaoptout_tui.storage import progress_file
from samples import NOW, Clock, account, at, entry, open_session, record

COUNTRIES = st.sampled_from(["NL", "DE", "IE", "NO", "GB", "CH", "BR", "US"])
SORTS = {
    "filed": [{"email": "anna@example.org"}, {"form": "letter"}, {"form": "meta-general", "email": "b@example.org"}],
    "confirmed-on-screen": [{"message": "applied"}, {"message": "unknown"}, {}],
    "confirmed-in-app": [{"message": "applied"}, {"message": "unknown"}],
    "code-asked": [{"for": "link"}, {}],
    "confirmed-by-mail": [{}, {"answers": "inquiry"}],
    "undeliverable": [{"returned": "letter"}, {}],
    "more-asked": [{"for": "reason"}, {"for": "id"}, {"for": "prompts"}, {}],
    "refused": [{"grounds": "not-available"}, {"grounds": "wrong-form"}, {"grounds": "none"}, {}],
    "extended": [{"reasons": "none"}, {}],
    "asked-applied": [{}, {"by": "letter"}],
    "complained-to-controller": [{}, {"by": "letter"}],
    "complained": [{}, {"by": "letter", "authority": "AP"}],
    "email-changed": [{"from": "anna@example.org", "to": "b@example.org"}, {"from": "anna@example.org"}],
    "hub-changed": [{"from": "", "to": "p"}, {"to": "p", "since": "unknown"}, {"to": "p", "since": "before"}],
    "step-done": [{"step": "identify"}, {"step": "open"}],
    "step-skipped": [{"step": "submit"}],
    "step-reopened": [{"step": "submit"}, {"step": "confirm"}],
}
KINDS = (
    *SORTS,
    *("inquiry-answered", "will-be-reviewed", "answered", "answer-missing", "reminded", "authority-told"),
    *(
        "acknowledged",
        "authority-wrote",
        "closed",
        "moved-to-meta-account",
        "rechecked",
        "extension-disputed",
        "refusal-disputed",
    ),
)


@st.composite
def entries(draw: st.DrawFn, *, most: int = 8) -> list[Event]:
    """Any entries of the last four hundred days, in the order they happened, some with their dates put right."""
    days = sorted(draw(st.lists(st.integers(0, 400), max_size=most)), reverse=True)
    written: list[Event] = []
    for day in days:
        what = draw(st.sampled_from(KINDS))
        written.append(entry(what, at(day), **draw(st.sampled_from(SORTS.get(what, [{}])))))
    wrong = draw(st.lists(st.sampled_from(written), max_size=2)) if written else []
    written += [entry("date-corrected", at(0), entry=each.id, to=at(draw(st.integers(0, 400)))) for each in wrong]
    posted = [each for each in written if "letter" in (each.text("by"), each.text("form"))]
    came = draw(st.lists(st.sampled_from(posted), max_size=2)) if posted else []
    days_after = st.integers(0, 9)
    return [
        *written,
        *(
            entry(
                "letter-arrived",
                each.at + timedelta(days=draw(days_after)),
                of=each.id,
                **draw(st.sampled_from([{}, {"day": "unknown"}])),
            )
            for each in came
        ),
    ]


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A record of up to three accounts, linked or not."""
    accounts = [
        account(id, *draw(entries()), hub=draw(st.sampled_from([None, "", "p", "q"])))
        for id in ("facebook", "instagram", "threads")[: draw(st.integers(1, 3))]
    ]
    return record(*accounts, country=draw(COUNTRIES))


def seen(progress: Record, playbook: Playbook, now: datetime = NOW) -> Overview:
    return compute_overview(progress, playbook, now, public_holiday_name)


WAITING = ("filed", "asked-for-more", "undelivered", "overdue", "refused", "complained")
OWN_HABITS = ("recheck", "terms-changed", "file-too", "identify", "open", "submit", "review")
"""Tasks that hold no case: the program's own habits, and the steps of a checklist."""


def forgotten(every: Overview) -> list[str]:
    """The accounts whose objection waits and that have no task with a date for it."""
    held = {task.account_id for task in every.tasks if task.due_at is not None and task.kind not in OWN_HABITS}
    return [each.account.id for each in every.statuses if each.state in WAITING and each.account.id not in held]


@given(records(), st.integers(-800, 100))
def test_an_objection_that_waits_always_has_a_task_with_a_date(playbook: Playbook, progress: Record, days: int) -> None:
    assert forgotten(seen(progress, playbook, at(days))) == []


def is_whole(sentence: str) -> bool:
    return not any(sign in sentence for sign in ("{", "()", "  ", "“”")) and not sentence.endswith((" ", " of", " to"))


@given(records())
def test_every_diary_is_told_whole_and_nothing_twice(playbook: Playbook, progress: Record) -> None:
    every = seen(progress, playbook)
    sentences = [task_sentence(task, playbook) for task in every.tasks]
    assert [sentence for sentence in sentences if not is_whole(sentence) or sentence.startswith("next.")] == []
    asked_about = [
        (task.account_id, task_sentence(task, playbook) if task.kind == "letter-arrived" else task.kind)
        for task in every.tasks
    ]
    assert [what for what, times in Counter(asked_about).items() if times > 1] == []
    assert all(describe_task_briefly(task, NOW) for task in every.tasks)
    for row in coverage_rows_of(every):
        standing = row.status
        assert not standing.can_object or standing.has_valid_objection != bool(set(row.gaps) - {"other-email"})
        assert standing.covering_state is not AccountState.COVERED
        submit = standing.step("submit")
        is_left_out = submit is not None and submit.state is StepState.SKIPPED
        is_given_up = is_left_out or standing.state is AccountState.CLOSED
        assert row.next_task is not None or standing.has_valid_objection or not standing.can_object or is_given_up
    assert len(timeline_of_record(progress)) == sum(
        1 for each in progress.accounts for event in each.events if event.kind != "date-corrected"
    )


SHOWN_OTHERWISE = ("await-answer", "await-information", "look-for-mail")
"""Tasks that a calendar shows as the end of a period, or as several looks for a mail."""


@given(records())
def test_a_calendar_has_each_thing_once_and_all_that_is_due(playbook: Playbook, progress: Record) -> None:
    every = seen(progress, playbook)
    found: tuple[Appointment, ...] = appointments_of(every, playbook, public_holiday_name)
    assert len({each.id for each in found}) == len(found)
    told = Counter(each.id for each in found)
    for task in every.tasks:
        if (task.due_at is not None or task in every.due_tasks) and task.kind not in SHOWN_OTHERWISE:
            assert told[f"{task.kind}.{task.account_id}.{task.source_id}"] == 1
    for standing in every.statuses:
        for clock in standing.deadlines:
            assert not (
                clock.is_arrival_unreported and told[f"period-{clock.kind}.{standing.account.id}.{clock.started_by.id}"]
            )
            assert not (clock.is_arrival_unreported and any(each == clock for each, _ in standing.missed_deadlines))


@given(records())
@settings(max_examples=20)
def test_what_is_due_is_said_exactly_when_the_overview_has_it(
    playbook: Playbook, tmp_path_factory: pytest.TempPathFactory, progress: Record
) -> None:
    there = resolve_paths(tmp_path_factory.mktemp("record"), None, {})
    progress_file.save_record(there.progress, progress, None)
    words = due_report(load_saved_record(there, lambda: NOW))
    assert bool(words) == bool(seen(progress, playbook).due_tasks)


def running(progress: Record, playbook: Playbook) -> dict[str, Period]:
    """The periods that run for the one account of a record."""
    (standing,) = seen(progress, playbook).statuses
    return {clock.id: clock for clock in standing.deadlines if clock.ended_by is None}


@given(entries(), st.sampled_from(KINDS), st.sampled_from(["NL", "GB", "CH"]))
def test_what_does_not_end_a_period_never_loses_it(
    playbook: Playbook, written: list[Event], what: str, country: str
) -> None:
    for fields in SORTS.get(what, [{}]):
        # A code that Meta asks for makes the form one that was not finished: no month runs.
        if what in ("step-reopened", "undeliverable", "code-asked") or periods_ended_by(entry(what, NOW, **fields)):
            continue
        before = record(account("facebook", *written), country=country)
        after = record(account("facebook", *written, entry(what, at(-0.01), **fields)), country=country)
        kept = running(after, playbook)
        for id, clock in running(before, playbook).items():
            took_its_place = [each for each in kept.values() if each.kind == clock.kind]
            # The time to complain to the regulator begins again with each word of Meta.
            begins_again = clock.kind == "complaint-to-regulator" or (what == "filed" and clock.kind == "answer")
            assert id in kept or (begins_again and took_its_place)


@given(records())
def test_nothing_runs_out_while_its_end_is_open_or_its_form_not_finished(playbook: Playbook, progress: Record) -> None:
    for standing in seen(progress, playbook).statuses:
        for clock in standing.deadlines:
            period = clock.legal_period(public_holiday_name)
            assert period is not None
            assert clock.earliest_end <= period.last_day
            assert not (clock.is_receipt_certain and clock.is_receipt_assumed)
            assert period.is_end_certain <= clock.is_receipt_certain
            if period.is_end_open:
                assert not period.is_over(NOW.date())
                assert not any(missed == clock for missed, _ in standing.missed_deadlines)
                assert clock.may_be_over_from(NOW.date(), public_holiday_name) > NOW.date() or clock.ended_by
        events = events_in_force(standing.account.events, NOW)
        if has_unfinished_form(events):
            newest = [event for event in events if event.kind == "filed"][-1]
            assert not any(clock.started_by == newest for clock in standing.deadlines)


@given(records(), st.lists(st.sampled_from(["file", "reply", "tick", "edit", "move", "recheck"]), max_size=5))
def test_undo_leads_back_to_how_it_all_stood(playbook: Playbook, progress: Record, steps: list[str]) -> None:
    session = open_session(playbook, Clock(), [], progress)
    before = seen(session.record, playbook)
    acts: dict[str, Callable[[], object]] = {
        "file": lambda: session.diary_service.record_objection(
            "facebook", ObjectionInput("meta-general", "anna@example.org")
        ),
        "reply": lambda: session.diary_service.record_reply("facebook", ReplyInput("refused")),
        "tick": lambda: session.diary_service.tick_step("facebook", "open"),
        "edit": lambda: session.account_service.edit_account("facebook", "Anna", "c@example.org", "p"),
        "move": lambda: session.diary_service.record_move_to_meta_account(["facebook"]),
        "recheck": lambda: session.diary_service.record_recheck("facebook"),
    }
    for step in steps:
        if step == "reply" and not any(event.kind == "filed" for event in session.account("facebook").events):
            continue
        with suppress(InputRefused):
            acts[step]()
    while session.undo_stack.undo():
        pass
    assert session.record.accounts == progress.accounts
    assert seen(session.record, playbook) == before


@given(entries(), entries(most=3), entries(most=3))
def test_two_copies_joined_stand_the_same_whichever_comes_first(
    playbook: Playbook, base: list[Event], ours: list[Event], theirs: list[Event]
) -> None:
    start, here, there = (record(account("facebook", *base, *more)) for more in ([], ours, theirs))
    one, other = merge_records(start, here, there).record, merge_records(start, there, here).record
    first, second = seen(one, playbook), seen(other, playbook)
    assert first.tasks == second.tasks
    assert [each._replace(account=start.accounts[0]) for each in first.statuses] == [
        each._replace(account=start.accounts[0]) for each in second.statuses
    ]


class Obedient:
    """A person who does what is due, at once, and writes it down, while things happen."""

    def __init__(self, session: Session, clock: Clock, life: list[tuple[int, str]]) -> None:
        self.session, self.clock = session, clock
        self.life = sorted((clock.now + timedelta(days=days), what) for days, what in life)
        self.done: Counter[str] = Counter()
        self.log: list[str] = []

    def live(self, days: int) -> None:
        """Go on, from one thing that happens to the next."""
        end = self.clock.now + timedelta(days=days)
        while self.clock.now < end:
            every = self.session.overview()
            assert forgotten(every) == [], self.log
            waiting = [task for task in every.tasks if task.is_due(every.now)]
            if waiting:
                self.obey(waiting[0])
                self.clock.pass_by(minutes=61)
            else:
                moments = [task.due_at for task in every.tasks if task.due_at] + [when for when, _ in self.life[:1]]
                self.clock.now = max(self.clock.now + timedelta(hours=1), min([*moments, end]))
            while self.life and self.life[0][0] <= self.clock.now:
                self.happen(self.life.pop(0)[1])
                self.clock.pass_by(minutes=1)

    def happen(self, what: str) -> None:
        """Something that nobody asked for: an answer of Meta, or a change of the account."""
        self.log.append(f"{self.clock.now:%m-%d} {what}")
        account = self.session.account("facebook")
        answer = reply_by_id(what)
        if what == "new address":
            self.session.account_service.edit_account(
                "facebook", account.name, f"{len(self.log)}@example.org", account.linked_group
            )
        elif what == "moved":
            with suppress(InputRefused):
                self.session.diary_service.record_move_to_meta_account(["facebook"])
        elif not any(event.kind == "filed" for event in account.events):
            return
        elif what == "asked-applied":
            self.session.diary_service.record_sent_letter("facebook", SentLetterInput(what))
        elif answer is not None:
            self.session.diary_service.record_reply("facebook", ReplyInput(answer.event_kind, fields=answer.fields))

    def obey(self, task: Task) -> None:
        """Do what a task says; then it must not be due any more."""
        self.done[task.kind] += 1
        self.log.append(f"{self.clock.now:%m-%d} {task.kind}")
        assert self.done[task.kind] <= self.most_times(task.kind), self.log
        self.check_truth(task)
        self.act(task)
        left = {(each.kind, each.source_id) for each in self.session.overview().due_tasks}
        assert (task.kind, task.source_id) not in left, self.log

    def most_times(self, kind: str) -> int:
        """How often at most one thing is asked for in two years; a look for Meta's mail thrice for all that was sent."""
        if kind == "look-for-mail":
            return 3 * sum(event.kind in ("filed", "answered") for event in self.session.account("facebook").events)
        return {"letter-arrived": 3, "overdue": 4, "message-unread": 2}.get(kind, 8)

    def check_truth(self, task: Task) -> None:
        """A month that is called run out has run out, and nothing to end it has come."""
        standing = self.session.overview().status_of("facebook")
        assert standing is not None
        if task.kind.startswith("overdue") and task.kind != "overdue-reminded":
            clock = standing.outcome.current_deadline(PeriodKind.ANSWER) if standing.outcome else None
            assert clock is not None
            period = clock.legal_period(public_holiday_name)
            assert period is not None
            assert period.is_over(self.clock.now.date()), self.log
            assert clock.ended_by is None
        assert task.kind != "await-answer", self.log

    def act(self, task: Task) -> None:
        session = self.session
        letter = _LETTER_BY_TASK.get(task.kind)
        match task.kind:
            case "identify":
                session.account_service.complete_list("facebook")
            case "open":
                session.diary_service.tick_step("facebook", "open")
            case "submit" | "file-again-in-browser" | "wrong-form" | "object-again" | "file-too" | "send-another-way":
                session.diary_service.record_objection(
                    "facebook", ObjectionInput("meta-general", session.account("facebook").email)
                )
            case "look-for-mail":
                session.diary_service.record_reply("facebook", ReplyInput("answer-missing"))
            case "message-unread":
                session.diary_service.record_reply(
                    "facebook", ReplyInput("confirmed-on-screen", fields={"message": "unknown"})
                )
            case "answer-more" | "asked-for-id" | "code-asked" | "link-asked" | "overdue-asked":
                session.diary_service.record_reply("facebook", ReplyInput("answered"))
            case "recheck" | "terms-changed":
                session.diary_service.record_recheck("facebook")
            case "letter-arrived":
                sent = next(event for event in session.account("facebook").events if event.id == task.source_id)
                session.diary_service.record_letter_arrival("facebook", task.source_id, sent.at + timedelta(days=2))
            case "complained" | "authority-wrote" | "silent-authority" | "complained-to-meta":
                given_up = "closed" if self.done[task.kind] > 2 else "answer-missing"
                session.diary_service.record_reply("facebook", ReplyInput(given_up))
            case "tell-authority":
                session.diary_service.record_reply("facebook", ReplyInput("authority-told"))
            case _ if letter is not None:
                session.diary_service.record_sent_letter("facebook", SentLetterInput(letter))
            case _:
                session.diary_service.record_sent_letter("facebook", SentLetterInput(self.complaint(task)))

    def complaint(self, task: Task) -> str:
        """In the UK Meta comes first."""
        is_first = self.session.record.person.country == "GB" and not self.done["complaint to Meta"]
        if is_first and task.kind != "silent-acknowledgement":
            self.done["complaint to Meta"] += 1
            return "complained-to-controller"
        return "complained"


_LETTER_BY_TASK = {
    **dict.fromkeys(("remind", "overdue", "overdue-extended"), "reminded"),
    **dict.fromkeys(("extension-late", "extension-unreasoned"), "extension-disputed"),
    **dict.fromkeys(("ask-applied", "mail-lost"), "asked-applied"),
}
_LIFE = [
    *(sort.id for answer in REPLIES_TO_OBJECTION if answer != NO_REPLY for sort in (answer.variants or (answer,))),
    *("new address", "moved", "asked-applied"),
]


@given(
    COUNTRIES.filter(lambda country: country != "US"),
    st.sampled_from(["web", "letter"]),
    st.lists(st.tuples(st.integers(0, 200), st.sampled_from(_LIFE)), max_size=5),
)
def test_who_does_whatever_is_said_comes_to_an_end(
    playbook: Playbook, country: str, how: str, life: list[tuple[int, str]]
) -> None:
    clock = Clock(NOW - timedelta(days=100))
    person: Account = account("facebook", entry("step-done", clock.now, step="identify"))
    session = open_session(playbook, clock, [], record(person, country=country))
    if how == "letter":
        session.diary_service.record_sent_letter("facebook", SentLetterInput("filed", is_by_post=True))
    obedient = Obedient(session, clock, life)
    obedient.live(700)
    assert session.overview().due_tasks == (), obedient.log
