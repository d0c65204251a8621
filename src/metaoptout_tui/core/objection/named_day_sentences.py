"""What is said of the day that an authority's letter names: what it is for, until when it is, and where it comes from."""

from datetime import date

from metaoptout_tui.core import dates
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.deadline_sentences import days_left_text
from metaoptout_tui.core.objection.named_days import NamedDay


def named_day_name(named: NamedDay) -> str:
    """What the day is for, for a list of periods."""
    return _("Court or appeal, after the decision") if named.is_against_decision else _("Your answer to the authority")


def named_day_purpose(named: NamedDay) -> str:
    """What the day is, for the case file."""
    if named.is_against_decision:
        return _("The last day for a court or an appeal against the authority's decision, as its letter names it")
    return _("The day by which the authority asked for an answer")


def named_day_end_text(named: NamedDay, today: date) -> str:
    """Until when it is, in a few words."""
    return _("until {day}").format(day=dates.format_day(named.day, today))


def named_day_state_text(named: NamedDay, today: date) -> str:
    """How many days are left until it, or since it passed."""
    return days_left_text((named.day - today).days)


def named_day_sentences(named: NamedDay) -> tuple[str, str]:
    """What the day is, and where it comes from."""
    what = _("{day} is the day until which the authority wants your answer.")
    if named.is_against_decision:
        what = _("{day} is the last day for a court or an appeal against the authority's decision.")
    source = _("Its letter of {day} names it, as you wrote it down. This program counts nothing here.")
    return (
        what.format(day=dates.format_full_day(named.day)),
        source.format(day=dates.format_full_day(named.letter.at.date())),
    )
