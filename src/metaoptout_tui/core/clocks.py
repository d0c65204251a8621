"""Which legal periods run for an account: what in the diary set each going, and what ended it."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from metaoptout_tui.core.answers import UNREASONED, WRONG_FORM
from metaoptout_tui.core.diary import Event, moment
from metaoptout_tui.core.periods import (
    Extension,
    HolidayName,
    Period,
    Receipt,
    acknowledgement_period,
    answer_period,
    authority_period,
    information_period,
    received,
)

BY_LETTER = "letter"
"""What `form` or `by` of an entry says where the thing went by post."""

_ANSWERS = frozenset({"confirmed-on-screen", "confirmed-by-mail", "refused", "closed"})
_STARTS = {
    "filed": ("answer", _ANSWERS),
    "asked-applied": ("information", _ANSWERS),
    "complained-to-controller": ("acknowledgement", _ANSWERS | {"acknowledged", "complained"}),
    "complained": ("authority", frozenset({"authority-wrote", "closed"})),
}
_RULES = tuple(rule for rule, _ in _STARTS.values())
_EXTENDED = frozenset({"answer", "information"})


def went_by_post(entry: Event) -> bool:
    """Whether what an entry says was sent went by post."""
    return BY_LETTER in (entry.text("form"), entry.text("by"))


def arrival(entry: Event) -> date | None:
    """The day on which what was posted arrived; None where that is not known, or lies before the day of posting."""
    day = entry.fields.get("received")
    return day if isinstance(day, date) and day >= entry.at.date() else None


class Clock(NamedTuple):
    """A period that an entry set going. `ended` is the entry that ended it, None while it runs.

    `law` is the region's (`gdpr`, `uk-gdpr`, …), `place` the state, or the part of it, whose authority acts on a complaint,
    `extended` the entry by which Meta said that it takes longer.
    """

    rule: str
    entry: Event
    law: str
    place: str = ""
    ended: Event | None = None
    extended: Event | None = None

    @property
    def id(self) -> str:
        """Its rule and the entry that set it going."""
        return f"{self.rule}.{self.entry.id}"

    @property
    def arrived(self) -> date | None:
        """The day on which what was posted arrived; None where it was not posted or the day is not known."""
        return arrival(self.entry)

    @property
    def is_unsettled(self) -> bool:
        """Whether it counts from a day of posting, so that its real end is later by an unknown number of days."""
        return went_by_post(self.entry) and self.arrived is None

    @property
    def receipt(self) -> Receipt:
        """When the thing counts as received: by the day as the entry bears it, in its own zone."""
        return received(self.entry.at.date(), by_letter=went_by_post(self.entry), arrived=self.arrived)

    @property
    def earliest_end(self) -> date:
        """The last day if no holiday moved it; one only ever moves it later."""
        return (
            _earliest_end(self.rule, self.law, self.receipt, self._extension, is_unsettled=self.is_unsettled)
            or date.max
        )

    @property
    def has_period(self) -> bool:
        """Whether the law sets one."""
        return self.earliest_end != date.max

    def period(self, holiday: HolidayName) -> Period | None:
        """The period with its working; None where no law sets one.

        Of a letter whose arrival is not known nobody can say that a notice of more time came too late.
        """
        return _period(
            self.rule, self.law, self.receipt, self._extension, holiday, self.place, is_unsettled=self.is_unsettled
        )

    @property
    def _extension(self) -> Extension | None:
        if self.extended is None:
            return None
        return Extension(self.extended.at.date(), has_reasons=self.extended.text("reasons") != UNREASONED)

    def overdue(self, today: date, holiday: HolidayName) -> Period | None:
        """The period where it has surely run out with nothing to end it, else None.

        `holiday` is asked nothing before the end without any has passed.
        """
        if self.ended is not None or self.is_unsettled or today <= self.earliest_end:
            return None
        exact = self.period(holiday)
        return exact if exact is not None and exact.is_over(today) else None

    def over_from(self, today: date, holiday: HolidayName) -> date:
        """The day from which it may be over: exact once the end without holidays has passed, until then not later."""
        last = self.earliest_end
        if today > last and (exact := self.period(holiday)) is not None:
            last = exact.last
        return last + timedelta(days=1)


def newest(running: tuple[Clock, ...], rule: str) -> Clock | None:
    """Of the clocks of one rule the one that counts now."""
    return next((clock for clock in reversed(running) if clock.rule == rule), None)


def _period(
    rule: str,
    law: str,
    receipt: Receipt,
    extension: Extension | None,
    holiday: HolidayName,
    place: str,
    *,
    is_unsettled: bool,
) -> Period | None:
    match rule:
        case "answer" | "information":
            count = answer_period if rule == "answer" else information_period
            period = count(law, receipt, holiday, extension)
            is_unknown = is_unsettled and period is not None and period.was_extended_late
            return count(law, receipt, holiday) if is_unknown else period
        case "acknowledgement":
            return acknowledgement_period(law, receipt)
        case _:
            return authority_period(law, receipt, holiday, place)


@lru_cache(maxsize=4096)
def _earliest_end(
    rule: str, law: str, receipt: Receipt, extension: Extension | None, *, is_unsettled: bool
) -> date | None:
    """Asked many times for the same clock, at every look at the record."""
    period = _period(rule, law, receipt, extension, _no_holiday, "", is_unsettled=is_unsettled)
    return period.last if period is not None else None


def clocks(
    entries: tuple[Event, ...], law: str, place: str, law_of: Callable[[str], str] | None = None
) -> tuple[Clock, ...]:
    """The periods that `entries`, in force and in their order, set going where the law has them, in the order they began.

    `law` and `place` are those of where the person lives now; `law_of` tells the law of a country in which they lived before.

    Of each rule those that run, or the latest where none does. An objection that is sent again while Meta has its month
    for the first goes on with that month; one sent after it begins another.
    """
    known = [clock for clock in _with_extensions(_started(entries, law, place, law_of), entries) if clock.has_period]
    found: list[Clock] = []
    for rule in _RULES:
        of_rule = [clock for clock in known if clock.rule == rule]
        running = [clock for clock in of_rule if clock.ended is None]
        if rule == "answer":
            running = _not_resent(running, entries)
        found.extend(running or of_rule[-1:])
    return tuple(sorted(found, key=lambda clock: moment(clock.entry)))


def _started(entries: tuple[Event, ...], law: str, place: str, law_of: Callable[[str], str] | None) -> list[Clock]:
    """What each entry set going, under the law of where the person lived then, with the first entry after it that ended that."""
    found: list[Clock] = []
    end: dict[str, Event] = {}
    for entry in reversed(entries):
        if entry.what in _STARTS:
            rule, _ = _STARTS[entry.what]
            found.append(Clock(rule, entry, law, place, end.get(rule)))
        elif entry.what == "country-changed" and law_of is not None:
            place = entry.text("from")
            law = law_of(place)
        end.update(dict.fromkeys(_ended_by(entry), entry))
    return found[::-1]


def _ended_by(entry: Event) -> list[str]:
    """The rules of what an entry ends. That the form was the wrong one is an answer to what was sent with it (facts 6.1)."""
    ended = [rule for rule, ends in _STARTS.values() if entry.what in ends]
    if entry.text("for") in WRONG_FORM:
        ended.append("answer")
    return ended


def _with_extensions(every: list[Clock], entries: tuple[Event, ...]) -> list[Clock]:
    """Each notice of an extension goes to what was asked last and not answered yet; of several the first counts."""
    place = {each.id: index for index, each in enumerate(entries)}
    found = list(every)
    for notice in entries:
        if notice.what != "extended":
            continue
        at = place[notice.id]
        running = [
            index
            for index, clock in enumerate(found)
            if clock.rule in _EXTENDED
            and place[clock.entry.id] < at
            and (clock.ended is None or place[clock.ended.id] > at)
        ]
        # What was sent again is extended as what was sent first: both are one objection.
        rule = found[running[-1]].rule if running else ""
        for index in running:
            if found[index].rule == rule and found[index].extended is None:
                found[index] = found[index]._replace(extended=notice)
    return found


def _not_resent(running: Iterable[Clock], entries: tuple[Event, ...]) -> list[Clock]:
    """Without what was only sent again; where a code was asked for in between, the first was never completed.

    A letter may have arrived after what was sent later over the web: of one objection the month counts that began first.
    """
    found: list[Clock] = []
    for clock in running:
        if not found or clock.entry.at.date() > found[-1].earliest_end:
            found.append(clock)
        elif _began(clock) < _began(found[-1]) or _code_asked(entries, found[-1].entry, clock.entry):
            found[-1] = clock
    return found


def _began(clock: Clock) -> tuple[bool, date]:
    """The order in which months began: the surely known first."""
    return clock.is_unsettled, clock.receipt.day


def _code_asked(entries: tuple[Event, ...], first: Event, again: Event) -> bool:
    between = entries[entries.index(first) : entries.index(again)]
    return any(each.what == "code-asked" for each in between)


def _no_holiday(_place: str, _day: date) -> str:
    return ""
