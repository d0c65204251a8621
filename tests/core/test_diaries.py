"""Laws that hold for every diary, and a person who does whatever the program says until there is nothing left to do."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metaoptout_tui.core.agenda import Appointment, agenda
from metaoptout_tui.core.answers import FIRST, NOTHING, answer_by_id
from metaoptout_tui.core.clocks import Clock as Period
from metaoptout_tui.core.coverage import coverage, due_words
from metaoptout_tui.core.diary import Event
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.join import join
from metaoptout_tui.core.overview import Overview, overview
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.progress import Account, Progress
from metaoptout_tui.core.states import State, StepState
from metaoptout_tui.core.tasks import Task
from metaoptout_tui.core.timeline import timeline
from metaoptout_tui.core.wording import task_sentence
from metaoptout_tui.guidance.public_holidays import public_holiday
from metaoptout_tui.session import Filing, Posted, Reply, Session
from metaoptout_tui.status import due
from metaoptout_tui.storage import progress_file
from metaoptout_tui.storage.paths import places
from samples import NOW, Clock, account, at, entry, open_session, record

COUNTRIES = st.sampled_from(["NL", "DE", "IE", "NO", "GB", "CH", "BR", "US"])
SORTS = {
    "filed": [{"email": "anna@example.org"}, {"form": "letter"}, {"form": "meta-general", "email": "b@example.org"}],
    "more-asked": [{"for": "reason"}, {"for": "id"}, {"for": "prompts"}, {}],
    "refused": [{"grounds": "not-available"}, {"grounds": "none"}, {}],
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
    *("confirmed-on-screen", "confirmed-by-mail", "code-asked", "answered", "answer-missing", "reminded"),
    *("acknowledged", "authority-wrote", "closed", "moved-to-meta-account", "rechecked", "extension-disputed"),
)
ENDS = frozenset(
    {"confirmed-on-screen", "confirmed-by-mail", "refused", "closed", "acknowledged", "complained", "authority-wrote"}
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
        *(entry("letter-arrived", each.at + timedelta(days=draw(days_after)), of=each.id) for each in came),
    ]


@st.composite
def records(draw: st.DrawFn) -> Progress:
    """A record of up to three accounts, linked or not."""
    accounts = [
        account(id, *draw(entries()), hub=draw(st.sampled_from([None, "", "p", "q"])))
        for id in ("facebook", "instagram", "threads")[: draw(st.integers(1, 3))]
    ]
    return record(*accounts, country=draw(COUNTRIES))


def seen(progress: Progress, playbook: Playbook, now: datetime = NOW) -> Overview:
    return overview(progress, playbook, now, public_holiday)


def is_whole(sentence: str) -> bool:
    return not any(sign in sentence for sign in ("{", "()", "  ", "“”")) and not sentence.endswith((" ", " of", " to"))


@given(records())
def test_every_diary_is_told_whole_and_nothing_twice(playbook: Playbook, progress: Progress) -> None:
    every = seen(progress, playbook)
    sentences = [task_sentence(task, playbook) for task in every.tasks]
    assert [sentence for sentence in sentences if not is_whole(sentence) or sentence.startswith("next.")] == []
    assert [
        what for what, times in Counter((task.account, task.what) for task in every.tasks).items() if times > 1
    ] == []
    assert all(due_words(task, NOW) for task in every.tasks)
    for row in coverage(every):
        standing = row.standing
        assert not standing.files or standing.is_objected != bool(set(row.holes) - {"other-email"})
        assert standing.through is not State.COVERED
        submit = standing.step("submit")
        is_left_out = submit is not None and submit.state is StepState.SKIPPED
        assert row.task is not None or standing.is_objected or not standing.files or is_left_out
    assert len(timeline(progress)) == sum(
        1 for each in progress.accounts for event in each.events if event.what != "date-corrected"
    )


@given(records())
def test_a_calendar_has_each_thing_once_and_all_that_is_due(playbook: Playbook, progress: Progress) -> None:
    every = seen(progress, playbook)
    found: tuple[Appointment, ...] = agenda(every, playbook, public_holiday)
    assert len({each.id for each in found}) == len(found)
    told = Counter(each.id for each in found)
    for task in every.tasks:
        if (task.on is not None or task in every.due) and task.what not in ("await-answer", "look-for-mail"):
            assert told[f"{task.what}.{task.account}.{task.of}"] == 1
    for standing in every.standings:
        for clock in standing.clocks:
            assert not (clock.is_unsettled and told[f"period-{clock.rule}.{standing.account.id}.{clock.entry.id}"])
            assert not (clock.is_unsettled and any(each == clock for each, _ in standing.silences))


@given(records())
@settings(max_examples=20)
def test_what_is_due_is_said_exactly_when_the_overview_has_it(
    playbook: Playbook, tmp_path_factory: pytest.TempPathFactory, progress: Progress
) -> None:
    there = places(tmp_path_factory.mktemp("record"), None, {})
    progress_file.save(there.progress, progress, None)
    words, _ = due(there, clock=lambda: NOW)
    assert bool(words) == bool(seen(progress, playbook).due)


def running(progress: Progress, playbook: Playbook) -> dict[str, Period]:
    """The periods that run for the one account of a record."""
    (standing,) = seen(progress, playbook).standings
    return {clock.id: clock for clock in standing.clocks if clock.ended is None}


@given(entries(), st.sampled_from(KINDS), st.sampled_from(["NL", "GB", "CH"]))
def test_what_does_not_end_a_period_never_loses_it(
    playbook: Playbook, written: list[Event], what: str, country: str
) -> None:
    for fields in SORTS.get(what, [{}]):
        if what in ENDS or what.startswith("step-") or fields.get("for") == "prompts":
            continue
        before = record(account("facebook", *written), country=country)
        after = record(account("facebook", *written, entry(what, at(-0.01), **fields)), country=country)
        kept = running(after, playbook)
        for id, clock in running(before, playbook).items():
            took_its_place = [each for each in kept.values() if each.rule == clock.rule == "answer"]
            assert id in kept or (what == "filed" and took_its_place)


@given(records(), st.lists(st.sampled_from(["file", "reply", "tick", "edit", "move", "recheck"]), max_size=5))
def test_undo_leads_back_to_how_it_all_stood(playbook: Playbook, progress: Progress, steps: list[str]) -> None:
    session = open_session(playbook, Clock(), [], progress)
    before = seen(session.progress, playbook)
    acts: dict[str, Callable[[], object]] = {
        "file": lambda: session.file("facebook", Filing("meta-general", "anna@example.org")),
        "reply": lambda: session.reply("facebook", Reply("refused")),
        "tick": lambda: session.tick("facebook", "open"),
        "edit": lambda: session.edit_account("facebook", "Anna", "c@example.org", "p"),
        "move": lambda: session.move_to_meta_account(["facebook"]),
        "recheck": lambda: session.recheck("facebook"),
    }
    for step in steps:
        if step == "reply" and not any(event.what == "filed" for event in session.account("facebook").events):
            continue
        with suppress(InputRefused):
            acts[step]()
    while session.can_undo:
        session.undo()
    assert session.progress.accounts == progress.accounts
    assert seen(session.progress, playbook) == before


@given(entries(), entries(most=3), entries(most=3))
def test_two_copies_joined_stand_the_same_whichever_comes_first(
    playbook: Playbook, base: list[Event], ours: list[Event], theirs: list[Event]
) -> None:
    start, here, there = (record(account("facebook", *base, *more)) for more in ([], ours, theirs))
    one, other = join(start, here, there).record, join(start, there, here).record
    first, second = seen(one, playbook), seen(other, playbook)
    assert first.tasks == second.tasks
    assert [each._replace(account=start.accounts[0]) for each in first.standings] == [
        each._replace(account=start.accounts[0]) for each in second.standings
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
            waiting = [task for task in every.tasks if task.is_due(every.now)]
            if waiting:
                self.obey(waiting[0])
                self.clock.pass_by(minutes=61)
            else:
                moments = [task.on for task in every.tasks if task.on] + [when for when, _ in self.life[:1]]
                self.clock.now = max(self.clock.now + timedelta(hours=1), min([*moments, end]))
            while self.life and self.life[0][0] <= self.clock.now:
                self.happen(self.life.pop(0)[1])
                self.clock.pass_by(minutes=1)

    def happen(self, what: str) -> None:
        """Something that nobody asked for: an answer of Meta, or a change of the account."""
        self.log.append(f"{self.clock.now:%m-%d} {what}")
        account = self.session.account("facebook")
        answer = answer_by_id(what)
        if what == "new address":
            self.session.edit_account("facebook", account.name, f"{len(self.log)}@example.org", account.hub)
        elif what == "moved":
            with suppress(InputRefused):
                self.session.move_to_meta_account(["facebook"])
        elif not any(event.what == "filed" for event in account.events):
            return
        elif what == "asked-applied":
            self.session.send("facebook", Posted(what))
        elif answer is not None:
            self.session.reply("facebook", Reply(answer.what, fields=answer.fields))

    def obey(self, task: Task) -> None:
        """Do what a task says; then it must not be due any more."""
        self.done[task.what] += 1
        self.log.append(f"{self.clock.now:%m-%d} {task.what}")
        assert self.done[task.what] <= MOST.get(task.what, 8), self.log
        self.check_truth(task)
        self.act(task)
        left = {(each.what, each.of) for each in self.session.overview().due}
        assert (task.what, task.of) not in left, self.log

    def check_truth(self, task: Task) -> None:
        """A month that is called run out has run out, and nothing to end it has come."""
        standing = self.session.overview().standing("facebook")
        assert standing is not None
        if task.what.startswith("overdue") and task.what != "overdue-reminded":
            clock = standing.course.clock("answer") if standing.course else None
            assert clock is not None
            period = clock.period(public_holiday)
            assert period is not None
            assert period.is_over(self.clock.now.date()), self.log
            assert clock.ended is None
        assert task.what != "await-answer", self.log

    def act(self, task: Task) -> None:
        session = self.session
        letter = {"remind": "reminded", "overdue": "reminded", "overdue-extended": "reminded"}.get(task.what)
        match task.what:
            case "identify":
                session.list_complete("facebook")
            case "open":
                session.tick("facebook", "open")
            case "submit" | "file-again-in-browser" | "wrong-form" | "object-again" | "file-too":
                session.file("facebook", Filing("meta-general", session.account("facebook").email))
            case "look-for-mail":
                session.reply("facebook", Reply("answer-missing"))
            case "answer-more" | "asked-for-id" | "code-asked" | "overdue-asked":
                session.reply("facebook", Reply("answered"))
            case "recheck" | "terms-changed":
                session.recheck("facebook")
            case "letter-arrived":
                sent = next(event for event in session.account("facebook").events if event.id == task.of)
                session.letter_arrived("facebook", task.of, sent.at + timedelta(days=2))
            case "complained" | "authority-wrote" | "silent-authority" | "complained-to-meta":
                given_up = "closed" if self.done[task.what] > 2 else "answer-missing"
                session.reply("facebook", Reply(given_up))
            case _ if letter is not None:
                session.send("facebook", Posted(letter))
            case _:
                session.send("facebook", Posted(self.complaint(task)))

    def complaint(self, task: Task) -> str:
        """In the UK Meta comes first."""
        is_first = self.session.progress.person.country == "GB" and not self.done["complaint to Meta"]
        if is_first and task.what != "silent-acknowledgement":
            self.done["complaint to Meta"] += 1
            return "complained-to-controller"
        return "complained"


MOST = {"look-for-mail": 24, "letter-arrived": 3, "overdue": 4}
"""How often at most one thing is asked for in two years; what has no number here, eight times."""

_LIFE = [
    *(sort.id for answer in FIRST if answer != NOTHING for sort in (answer.sorts or (answer,))),
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
        session.send("facebook", Posted("filed", by="letter"))
    obedient = Obedient(session, clock, life)
    obedient.live(700)
    assert session.overview().due == (), obedient.log
