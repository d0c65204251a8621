"""What became of the objections that were sent for one account: how the newest stands, and which periods run.

An objection that was sent again, while nothing had changed and nothing had come back, is one with the first: an answer to
either answers both, and Meta's month goes on. The course goes on as well after something asked for a new objection: what
was sent is not forgotten because it no longer holds.
"""

from datetime import date, datetime
from typing import NamedTuple

from metaoptout_tui.core.clocks import Clock, newest
from metaoptout_tui.core.diary import Event
from metaoptout_tui.core.periods import HolidayName, Period
from metaoptout_tui.core.states import State

_AFTER = {
    "confirmed-on-screen": State.CONFIRMED_ON_SCREEN,
    "confirmed-by-mail": State.CONFIRMED,
    "code-asked": State.ASKED_FOR_MORE,
    "more-asked": State.ASKED_FOR_MORE,
    "answered": State.FILED,
    "refused": State.REFUSED,
    "extended": State.FILED,
    "complained": State.COMPLAINED,
    "closed": State.CLOSED,
}
_CONFIRMED = frozenset({State.CONFIRMED_ON_SCREEN, State.CONFIRMED})
_BY_THE_PERSON = frozenset({"answered", "complained", "closed"})
_ENDS_A_RUN = frozenset({"confirmed-on-screen", "confirmed-by-mail", "refused", "closed", "complained"})


class Silence(NamedTuple):
    """A period that ran out with nothing to end it."""

    clock: Clock
    period: Period


class Course(NamedTuple):
    """How the newest objection of an account stands, whether or not it is still in force.

    `filing` is the newest, `first` the earliest that is one with it. `since` is when it came to stand so, `waiting` since
    when something is awaited from Meta: the filing, or when its question was answered. `later` is all that came of it,
    `reply` the last thing that came back, `looked` when a mail was last looked for in vain. `clocks` are all the periods
    of the account that run, or ran last; `silences` those of them that ran out in silence.
    """

    filing: Event
    first: Event
    state: State
    since: datetime
    waiting: datetime
    later: tuple[Event, ...] = ()
    reply: Event | None = None
    looked: datetime | None = None
    clocks: tuple[Clock, ...] = ()
    silences: tuple[Silence, ...] = ()

    def last(self, *kinds: str) -> Event | None:
        """The last entry of these kinds that came of it."""
        return next((event for event in reversed(self.later) if event.what in kinds), None)

    def clock(self, rule: str) -> Clock | None:
        """Of the clocks of one rule the one that counts now: the newest."""
        return newest(self.clocks, rule)

    @property
    def silence(self) -> Period | None:
        """Meta's time to answer this objection, where it ran out in silence."""
        clock = self.clock("answer")
        return next((each.period for each in self.silences if clock is not None and each.clock == clock), None)


def silences_of(running: tuple[Clock, ...], today: date, holiday: HolidayName) -> tuple[Silence, ...]:
    """Those of an account's periods that ran out with nothing to end them."""
    return tuple(Silence(each, period) for each in running if (period := each.overdue(today, holiday)))


def course(
    own: tuple[Event, ...], changed: frozenset[str], running: tuple[Clock, ...], silences: tuple[Silence, ...]
) -> Course | None:
    """The course of an account whose entries in force are `own`; None where no objection was sent for it.

    `changed` are the ids of the entries that ask for a new objection, `running` and `silences` the account's periods.
    """
    filings = [event for event in own if event.what == "filed"]
    if not filings:
        return None
    filing, first = filings[-1], _first_of_run(own, changed)
    later = _belonging(own, filing, first)
    read = _Reading(filing)
    for event in later:
        read.read(event)
    found = Course(
        filing,
        first,
        read.state,
        read.since,
        read.waiting,
        later,
        reply=read.reply,
        looked=max((event.at for event in later if event.what == "answer-missing"), default=None),
        clocks=running,
        silences=silences,
    )
    is_overdue = found.state is State.FILED and found.silence is not None
    return found._replace(state=State.OVERDUE) if is_overdue else found


def _belonging(own: tuple[Event, ...], filing: Event, first: Event) -> tuple[Event, ...]:
    """What came of an objection: all after it, and what was dated before it but written down only when it was sent again."""
    after, before = own[own.index(filing) + 1 :], own[own.index(first) + 1 : own.index(filing)]
    return (*(event for event in before if event.id > filing.id), *after)


def _first_of_run(own: tuple[Event, ...], changed: frozenset[str]) -> Event:
    """The first objection with which the newest is one.

    What was dated before the newest and written down after it does not part them: they were sent without knowing of it.
    """
    newest = next(event for event in reversed(own) if event.what == "filed")
    first = newest
    for event in reversed(own[: own.index(newest)]):
        if event.id in changed or (event.what in _ENDS_A_RUN and event.id < newest.id):
            break
        if event.what == "filed":
            first = event
    return first


class _Reading:
    """The state after each of the entries that followed an objection."""

    def __init__(self, filing: Event) -> None:
        self.state, self.since, self.waiting = State.FILED, filing.at, filing.at
        self.reply: Event | None = None

    def read(self, event: Event) -> None:
        after = _AFTER.get(event.what)
        if after is None or self._is_outdone(after, event):
            return
        if event.what not in _BY_THE_PERSON:
            self.reply = event
        if event.what == "answered":
            self.waiting = event.at
        if self.state is State.COMPLAINED and after in (State.REFUSED, State.FILED):
            return  # what Meta says now does not take the complaint back
        if event.what == "extended" and self.state is not State.ASKED_FOR_MORE:
            return  # more time was taken for what was filed; it stands as it did
        self.state = after
        self.since = self.waiting if after is State.FILED else event.at

    def _is_outdone(self, after: State, event: Event) -> bool:
        """Whether something better has come already, or an answer answers nothing."""
        if event.what == "answered":
            return self.state is not State.ASKED_FOR_MORE
        if after is State.CONFIRMED_ON_SCREEN:
            return self.state is State.CONFIRMED
        return after is State.CLOSED and self.state in _CONFIRMED
