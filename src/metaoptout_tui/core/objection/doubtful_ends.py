"""The end of Meta's time where it asked something else than who the person is: it is in doubt whether that holds the time up.

The EDPB lets the month of a request for access begin with the answer to a question who the person is; no source says so of
other questions. So both days are told, and nothing counts as late before the later one.
"""

from datetime import date

from metaoptout_tui.core import dates
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.legal_periods import LegalPeriod, MetaQuestion


def questions_in_doubt(questions: tuple[MetaQuestion, ...], period: LegalPeriod) -> tuple[MetaQuestion, ...]:
    """The questions as they would hold up a period if each held it up; empty where none is in doubt."""
    in_time = [each for each in questions if not each.is_for_identity and each.asked <= period.last_day]
    return tuple(each._replace(is_for_identity=True) for each in questions) if in_time else ()


def with_later_end(period: LegalPeriod, if_held_up: LegalPeriod | None) -> LegalPeriod:
    """A period with the later end that it has if the question holds it up, and whether that waits for the answer."""
    if if_held_up is None or if_held_up.last_day <= period.last_day:
        return period
    return period._replace(later_end=if_held_up.last_day, is_later_end_open=if_held_up.is_on_hold)


def doubtful_end_sentence(period: LegalPeriod, today: date) -> str:
    """What the two last days of a period mean today; empty where only one day is its last."""
    if period.later_end is None:
        return ""
    values = {"day": dates.format_full_day(period.last_day), "later": dates.format_full_day(period.later_end)}
    if period.is_later_end_open:
        words = _(
            "Its end is {day}. If Meta may wait for your answer to its question, {later} is the earliest; which of them "
            "holds is not certain."
        )
    elif period.is_over(today):
        return _("It is over, whichever day counts.")
    else:
        words = _(
            "Its end is {day}. If Meta may count from your answer to its question, it is {later}; which of them holds is "
            "not certain. Complain only after the later one."
        )
    return words.format(**values)


def doubtful_end_text(period: LegalPeriod, today: date) -> str:
    """Until when such a period runs, in a few words; empty where only one day is its last."""
    if period.later_end is None:
        return ""
    if period.is_later_end_open:
        return _("until {day}, or later").format(day=dates.format_day(period.last_day, today))
    days = (dates.format_day(day, today) for day in (period.last_day, period.later_end))
    return _("until {day}, or {later}").format(**dict(zip(("day", "later"), days, strict=True)))


def doubtful_state_text(period: LegalPeriod, today: date) -> str:
    """That such a period may not be over although its first end passed; empty where that is in no doubt."""
    if period.later_end is None or today <= period.last_day:
        return ""
    if period.is_later_end_open:
        return _("over, unless Meta may wait for your answer")
    return "" if period.is_over(today) else _("over, unless Meta may count from your answer")
