"""What is to do for each account: from how it stands to the one next thing, and when.

Spans that no law sets are this program's own: the looks at the mailbox and the reminder after a week are those of facts
sections 3 and 9, rule 14.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import NamedTuple

from metaoptout_tui.core import when
from metaoptout_tui.core.answers import NOT_AVAILABLE, WRONG_FORM
from metaoptout_tui.core.clocks import Clock, arrival, went_by_post
from metaoptout_tui.core.course import Course
from metaoptout_tui.core.diary import Event, in_force
from metaoptout_tui.core.doubts import next_check
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.periods import HolidayName, months_after, next_look
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.progress import Progress
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.states import FINISHED, State


class Task(NamedTuple):
    """One thing to do: what, for which account at which step, and when.

    `on` is None for what has no date. `urgency` orders what can be done now, 0 first. `of` names what it comes
    from, mostly the id of an entry, so that the same task is known again; `is_later` says that it was still to come when it
    was written.
    """

    what: str
    account: str
    step: str
    urgency: int
    on: datetime | None = None
    values: Mapping[str, str] = MappingProxyType({})
    of: str = ""
    is_later: bool = False

    @property
    def text(self) -> str:
        """The text that says it: of some things another one while their day has not come."""
        return f"next.{self.what}-later" if self.is_later and self.what in SAID_LATER else f"next.{self.what}"

    def is_due(self, now: datetime) -> bool:
        """Whether it can be done now."""
        return self.on is None or self.on <= now


SAID_LATER = frozenset(
    {
        *("look-for-mail", "remind", "letter-arrived", "overdue-reminded"),
        *("complained-to-meta", "complained", "authority-wrote"),
    }
)
"""What is said in other words while its day has not come, by the text `next.WHAT-later`."""

OVERDUE, REFUSED, ASKED, LOOK, AGAIN, SUBMIT, OPEN, IDENTIFY, REVIEW, FILE_TOO = range(10)
"""How urgent things are, the most urgent first."""

TASK_VALUES = ("account", "email", "date", "ago", "through", "day", "moment")
"""What a sentence about a task may name: of the dates `date` is that of which it speaks, `day` and `moment` when to do it."""

REMIND_AFTER = timedelta(days=7)
"""How long after an objection, or after a reminder, another one makes sense (facts section 3, useful dates)."""
_LETTER_ARRIVES = timedelta(days=3)
_LOOKS_END = timedelta(days=30)
_OUTCOME = timedelta(days=30)
_DAY = timedelta(days=1)
_AFTER_A_COMPLAINT = 3


def tasks(
    every: tuple[Standing, ...], progress: Progress, playbook: Playbook, now: datetime, holiday: HolidayName
) -> tuple[Task, ...]:
    """What is to do for all accounts: what can be done now by urgency, then what comes later by date."""
    writer = _Writer(progress, playbook, now, holiday)
    found = [task for standing in every for task in writer.tasks(standing)]
    return tuple(sorted(found, key=lambda task: _order(task, now)))


def _order(task: Task, now: datetime) -> tuple[bool, int, float]:
    if task.is_due(now):
        return (False, task.urgency, 0.0)
    return (True, 0, task.on.timestamp() if task.on else 0.0)


class _Writer:
    """Writes the tasks of one account after the other."""

    def __init__(self, progress: Progress, playbook: Playbook, now: datetime, holiday: HolidayName) -> None:
        self._progress, self._playbook, self._now, self._holiday = progress, playbook, now, holiday

    def tasks(self, standing: Standing) -> Iterator[Task]:
        """What is to do for one account."""
        became = standing.course
        yield from self._silences(standing)
        yield from self._arrivals(standing)
        if became is not None:
            yield from self._outcome(standing, became)
        match standing.state:
            case State.COVERED:
                yield from self._covered(standing)
            case State.OBJECT_AGAIN:
                yield from self._again(standing)
            case _ if became is not None:
                yield from self._course(standing, became)
            case _:
                yield from self._steps(standing)

    def _task(
        self,
        what: str,
        standing: Standing,
        urgency: int,
        *,
        step: str = "confirm",
        on: datetime | None = None,
        day: date | None = None,
        entry: Event | None = None,
    ) -> Task:
        """A task in which `day` is the date that its sentence names, the filing's unless given."""
        filing = standing.course.filing if standing.course and not standing.covered_by else standing.filing
        values = {"account": account_name(standing.account, self._playbook), "email": self._address(standing)}
        if filing is not None:
            values["ago"] = when.ago(filing.at, self._now)
            day = day or self._day(filing.at)
        if day is not None:
            values["date"] = when.day(day, self._now.date())
        if on is not None:
            values["moment"] = when.day_and_time(on, self._now)
            values["day"] = when.day(self._day(on), self._now.date())
        if standing.covered_by:
            other = self._progress.account(standing.covered_by)
            values["through"] = account_name(other, self._playbook) if other else ""
        anchor = entry or filing
        of = anchor.id if anchor else ""
        is_later = on is not None and on > self._now
        return Task(what, standing.account.id, step, urgency, on, values, of, is_later)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._now.tzinfo).date()

    def _address(self, standing: Standing) -> str:
        """Where Meta's mail is expected: the address of the filing, else the account's, else the person's."""
        filed = standing.filing.text("email") if standing.filing else ""
        return filed or standing.account.email or self._progress.person.email or "your address"

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), tzinfo=self._now.tzinfo)

    def _silences(self, standing: Standing) -> Iterator[Task]:
        """What nobody answered in its time, once for each rule; of the objection only where its task does not tell of it."""
        told: set[str] = set()
        became = standing.course
        for clock, period in standing.silences:
            if clock.rule in told:
                continue
            told.add(clock.rule)
            if clock.rule == "answer":
                silence = became.silence if became is not None and became.state is State.ASKED_FOR_MORE else None
                if became is not None and silence is not None and not became.last("complained"):
                    yield self._task("overdue-asked", standing, OVERDUE, day=silence.last)
            elif clock.rule == "authority":
                ended = self._midnight(period.last) + _DAY
                on = self._asked_again(ended, became)
                yield self._task(
                    "silent-authority",
                    standing,
                    OVERDUE,
                    on=None if on == ended else on,
                    day=period.last,
                    entry=clock.entry,
                )
            elif clock.rule != "information" or not self._is_pursued(standing, clock):
                yield self._task(f"silent-{clock.rule}", standing, OVERDUE, day=period.last, entry=clock.entry)

    def _arrivals(self, standing: Standing) -> Iterator[Task]:
        """The first letter of which nobody wrote down when it arrived, while a period waits for that."""
        became = standing.course
        for clock in standing.clocks:
            is_moot = clock.rule == "answer" and became is not None and became.state is State.COMPLAINED
            if clock.ended is None and clock.is_unsettled and not is_moot:
                on, day = clock.entry.at + _LETTER_ARRIVES, self._day(clock.entry.at)
                yield self._task("letter-arrived", standing, LOOK, on=on, day=day, entry=clock.entry)
                return

    def _asked_again(self, on: datetime, became: Course | None) -> datetime:
        """When to ask what came: on its day, and once it was looked for in vain after that, a month later."""
        looked = became.looked if became is not None else None
        return looked + _OUTCOME if looked is not None and looked >= on else on

    def _is_pursued(self, standing: Standing, clock: Clock) -> bool:
        """Whether a complaint was made since about what was not answered."""
        later = standing.course.later if standing.course else in_force(standing.account.events)
        complaints = (event for event in later if event.what in ("complained", "complained-to-controller"))
        return any(event.at >= clock.entry.at for event in complaints)

    def _outcome(self, standing: Standing, became: Course) -> Iterator[Task]:
        """To look what became of a complaint to Meta, besides its silence, which is told of by itself."""
        complaint = self._awaiting_outcome(became)
        if complaint is not None and not any(clock.entry == complaint for clock, _ in became.silences):
            on, day = self._asked_again(complaint.at + _OUTCOME, became), self._day(complaint.at)
            yield self._task("complained-to-meta", standing, REFUSED, on=on, day=day, entry=complaint)

    def _awaiting_outcome(self, became: Course) -> Event | None:
        """The complaint to Meta that it has not answered, where the person took no further step."""
        newest = became.last("complained-to-controller", "complained", "closed")
        if newest is None or newest.what != "complained-to-controller" or self._is_answered(became, newest):
            return None
        return newest

    def _covered(self, standing: Standing) -> Iterator[Task]:
        """An account for which another's objection holds."""
        if standing.other_email:
            yield self._task("file-too", standing, FILE_TOO, step="submit")
        yield self._recheck(standing)
        yield from self._steps(standing, only=("identify",))

    def _again(self, standing: Standing) -> Iterator[Task]:
        """To object again; and what is still to come of what was sent before."""
        cause = standing.cause
        opened = standing.step("open")
        step = "submit" if opened is not None and opened.state in FINISHED else "open"
        on = self._day(cause.at) if cause else self._now.date()
        again = self._task("object-again", standing, AGAIN, step=step, day=on)
        yield again._replace(of=f"{cause.what}-{on.isoformat()}") if cause else again
        became = standing.course
        if became is None:
            return
        if became.state is State.COMPLAINED:
            yield from self._authority(standing, became)
        elif became.state is State.OVERDUE:
            yield from self._after_no(standing, became)

    def _course(self, standing: Standing, became: Course) -> Iterator[Task]:
        """What an objection that was sent asks for."""
        match standing.state:
            case State.OVERDUE | State.REFUSED:
                yield from self._after_no(standing, became)
            case State.ASKED_FOR_MORE:
                yield self._asked(standing, became)
            case State.FILED:
                yield from self._waiting(standing, became)
                yield self._recheck(standing)
            case State.CONFIRMED_ON_SCREEN:
                look = self._look(standing, became)
                if look is not None and not self._has_answered(became):
                    yield look
                yield self._recheck(standing)
            case State.COMPLAINED:
                yield from self._authority(standing, became)
            case _:
                yield self._recheck(standing)

    def _asked(self, standing: Standing, became: Course) -> Task:
        """What Meta's question asks for."""
        reply = became.reply
        about = reply.text("for") if reply is not None else ""
        if about in WRONG_FORM:
            return self._task("wrong-form", standing, ASKED, step="submit", entry=reply)
        if reply is not None and reply.what == "code-asked":
            return self._task("code-asked", standing, ASKED, entry=reply)
        return self._task("asked-for-id" if about == "id" else "answer-more", standing, ASKED, entry=reply)

    def _after_no(self, standing: Standing, became: Course) -> Iterator[Task]:
        """What a refusal, or a month of silence, asks for; after a letter, to look what came of that."""
        sent = became.last("reminded", "extension-disputed", "complained-to-controller", "answered")
        if self._awaiting_outcome(became) is not None:
            return
        if became.state is State.REFUSED:
            reply = became.reply
            refused = reply is not None and reply.text("grounds") == NOT_AVAILABLE
            yield self._task("not-available" if refused else "refused", standing, REFUSED, entry=reply)
        elif sent is not None and became.silence is not None and self._day(sent.at) > became.silence.last:
            on, day = sent.at + REMIND_AFTER, self._day(sent.at)
            yield self._task("overdue-reminded", standing, OVERDUE, on=on, day=day, entry=sent)
        elif became.silence is not None:
            what = "overdue-extended" if became.silence.extended else "overdue"
            yield self._task(what, standing, OVERDUE, day=became.silence.last)

    def _is_answered(self, became: Course, sent: Event) -> bool:
        """Whether Meta said anything of its own after something was sent to it."""
        return became.reply is not None and became.reply.at > sent.at

    def _has_answered(self, became: Course) -> bool:
        """Whether Meta wrote since something was last awaited from it, so that the mailbox holds no first answer."""
        return became.reply is not None and became.reply.what == "extended" and became.reply.at >= became.waiting

    def _waiting(self, standing: Standing, became: Course) -> Iterator[Task]:
        """While Meta has its time: look for the mail, file again once, remind it, then wait for the end."""
        if went_by_post(became.filing):
            yield from self._letter_waiting(standing, became)
        elif self._has_answered(became):
            yield from self._awaited(standing, became)
        elif look := self._look(standing, became):
            yield look
        elif became.filing == became.first and became.waiting == became.filing.at and self._is_fresh(became):
            yield self._task("file-again-in-browser", standing, LOOK, step="submit")
        else:
            yield from self._reminder(standing, became)

    def _is_fresh(self, became: Course) -> bool:
        return became.filing.at + _LOOKS_END > self._now

    def _look(self, standing: Standing, became: Course) -> Task | None:
        """When to look for the mail next; None after the last look in vain, and after a month."""
        look = next_look(became.waiting, became.looked)
        if look is None or became.waiting + _LOOKS_END <= self._now:
            return None
        return self._task("look-for-mail", standing, LOOK, on=look)

    def _letter_waiting(self, standing: Standing, became: Course) -> Iterator[Task]:
        clock = became.clock("answer")
        if clock is not None and clock.is_unsettled:
            return
        if self._has_answered(became):
            yield from self._awaited(standing, became)
        else:
            yield from self._reminder(standing, became)

    def _reminder(self, standing: Standing, became: Course) -> Iterator[Task]:
        """A reminder a week after the objection, or after Meta's question was answered; once it is sent, the end."""
        if became.last("reminded") is None:
            on = self._awaited_since(became) + REMIND_AFTER
            yield self._task("remind", standing, LOOK, on=on, day=self._day(became.first.at))
        else:
            yield from self._awaited(standing, became)

    def _awaited_since(self, became: Course) -> datetime:
        """Since when Meta could have answered: what was posted arrived then, its question was answered, or the first filing."""
        if (arrived := arrival(became.filing)) is not None:
            return self._midnight(arrived)
        return became.first.at if became.waiting == became.filing.at else became.waiting

    def _awaited(self, standing: Standing, became: Course) -> Iterator[Task]:
        """The day on which Meta's time may have run out."""
        clock = became.clock("answer")
        if clock is not None and clock.ended is None:
            on = self._midnight(clock.over_from(self._now.date(), self._holiday))
            yield self._task("await-answer", standing, LOOK, on=on)

    def _authority(self, standing: Standing, became: Course) -> Iterator[Task]:
        """The day to look whether the authority has written: three months after the complaint (GDPR Art. 78(2))."""
        complaint = became.last("complained")
        wrote = became.last("complained", "authority-wrote")
        clock = next((each for each in became.clocks if each.rule == "authority" and each.ended is None), None)
        if clock is None and wrote is not None and wrote.what == "authority-wrote":
            on, day = self._asked_again(wrote.at + _OUTCOME, became), self._day(wrote.at)
            yield self._task("authority-wrote", standing, FILE_TOO, on=on, day=day, entry=wrote)
        elif clock is not None:
            if not any(each == clock for each, _ in became.silences):
                on = self._midnight(clock.over_from(self._now.date(), self._holiday))
                yield self._task("complained", standing, FILE_TOO, on=self._asked_again(on, became), entry=clock.entry)
        elif complaint is not None:
            on = self._midnight(months_after(self._day(complaint.at), _AFTER_A_COMPLAINT))
            yield self._task("complained", standing, FILE_TOO, on=self._asked_again(on, became), entry=complaint)

    def _recheck(self, standing: Standing) -> Task:
        """The yearly look at an objection (facts section 9, rule 7), or one that terms newer than it ask for earlier."""
        of_terms = next((doubt for doubt in standing.doubts if doubt.what == "terms"), None)
        if of_terms is not None and len(standing.doubts) == 1:
            task = self._task("terms-changed", standing, FILE_TOO, on=of_terms.at)
            return task._replace(values={**task.values, "date": when.full_day(of_terms.at.date())})
        on = next_check(standing.checked) if standing.checked else None
        return self._task("recheck", standing, FILE_TOO, on=on)

    def _steps(self, standing: Standing, only: tuple[str, ...] = ()) -> Iterator[Task]:
        """The first step that is still to be done; where sending was left out there is nothing to confirm."""
        urgency = {"identify": IDENTIFY, "open": OPEN, "submit": SUBMIT, "review": REVIEW}
        for step in standing.steps:
            if step.state in FINISHED or (only and step.id not in only) or step.id == "confirm":
                continue
            yield self._task(step.id, standing, urgency.get(step.id, REVIEW), step=step.id)
            return
