"""Which legal periods run for an account: what in the diary set each going, and what ended it."""

from datetime import date
from typing import NamedTuple

from metaoptout_tui.core.diary import Event
from metaoptout_tui.core.periods import (
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
    "complained-to-controller": ("acknowledgement", _ANSWERS | {"acknowledged"}),
    "complained": ("authority", frozenset({"authority-wrote", "closed"})),
}


class Clock(NamedTuple):
    """A period that an entry set going. `ended` is the entry that ended it, None while it runs.

    `law` is the region's (`gdpr`, `uk-gdpr`, …), `country` the person's, whose authority acts on a complaint, `extension`
    the day on which Meta announced that it takes longer.
    """

    rule: str
    entry: Event
    law: str
    country: str = ""
    ended: Event | None = None
    extension: date | None = None

    @property
    def receipt(self) -> Receipt:
        """When the thing counts as received: by the day as the entry bears it, in its own zone."""
        by = self.entry.text("form") or self.entry.text("by")
        arrived = self.entry.fields.get("received")
        return received(
            self.entry.at.date(), by_letter=by == BY_LETTER, arrived=arrived if isinstance(arrived, date) else None
        )

    def period(self, holiday: HolidayName) -> Period | None:
        """The period with its working; None where no law sets one."""
        match self.rule:
            case "answer":
                return answer_period(self.law, self.receipt, holiday, self.extension)
            case "information":
                return information_period(self.law, self.receipt, holiday)
            case "acknowledgement":
                return acknowledgement_period(self.law, self.receipt)
            case _:
                return authority_period(self.law, self.receipt, holiday, self.country)

    def overdue(self, today: date, holiday: HolidayName) -> Period | None:
        """The period where it has run out with nothing to end it, else None.

        A holiday only ever moves an end later, so `holiday` is asked nothing before the end without any has passed.
        """
        if self.ended is not None:
            return None
        earliest = self.period(_no_holiday)
        if earliest is None or not earliest.is_over(today):
            return None
        exact = self.period(holiday)
        return exact if exact is not None and exact.is_over(today) else None


def clocks(entries: tuple[Event, ...], law: str, country: str) -> tuple[Clock, ...]:
    """The periods that `entries`, in force and in their order, set going: of each rule the latest, where the law has it."""
    found: dict[str, Clock] = {}
    for index, entry in enumerate(entries):
        if entry.what in _STARTS:
            rule, ends = _STARTS[entry.what]
            later = entries[index + 1 :]
            ended = next((each for each in later if each.what in ends), None)
            extended = next((each.at.date() for each in later if each.what == "extended"), None)
            found[rule] = Clock(rule, entry, law, country, ended, extended)
    return tuple(clock for clock in found.values() if clock.period(_no_holiday) is not None)


def _no_holiday(_place: str, _day: date) -> str:
    return ""
