"""What became of the right to a court that an authority's silence opens, once the authority wrote or nothing is awaited."""

from datetime import date

from metaoptout_tui.core import dates
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import pgettext
from metaoptout_tui.core.objection.legal_periods import LegalPeriod
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, day_or_month_of, is_decision


def ended_right_sentence(period: LegalPeriod, ended_by: Event | None) -> str:
    """What became of the right; empty as long as it comes nearer, and of a period that opens none.

    Whether a letter that decides nothing is word on how the complaint stands is not certain: where the day is known on
    which the right opens without it, that is told too.
    """
    if period.opens_right is None or ended_by is None:
        return ""
    day = dates.format_full_day(day_or_month_of(ended_by))
    if ended_by.kind != EventKind.AUTHORITY_WROTE:
        return _("It ended with the entry of {day}.").format(day=day)
    if is_decision(ended_by):
        words = _(
            "It ended on {day} with the authority's decision. What can be done against that, and until when, stands in its "
            "letter."
        )
        return words.format(day=day)
    if not period.is_end_certain:
        words = _("It rests, because the authority wrote on {day}. Whether that is enough is not certain.")
        return words.format(day=day)
    words = _(
        "It rests: this program takes the authority's letter of {day} for word on how it stands. Whether that is enough is "
        "not certain. If it is not, court is open from {opens} on."
    )
    if period.purpose != period.kind:  # in the United Kingdom
        words = _(
            "It rests: this program takes the regulator's letter of {day} for word on how it stands. Whether that is enough "
            "is not certain. If it is not, the tribunal is open from {opens} on."
        )
    return words.format(day=day, opens=dates.format_full_day(period.opens_right))


def ended_right_end_text(period: LegalPeriod, ended_by: Event, today: date) -> str:
    """From when the right is open all the same, in a few words."""
    if ended_by.kind != EventKind.AUTHORITY_WROTE or is_decision(ended_by):
        return pgettext("a right that an authority's silence opens", "not counted any more")
    if period.opens_right is None or not period.is_end_certain:
        return pgettext("a right that an authority's silence opens", "rests")
    words = pgettext("a right that an authority's silence opens", "rests, or from {day} on")
    return words.format(day=dates.format_day(period.opens_right, today))


def authority_wrote_text(ended_by: Event, today: date) -> str:
    """That the authority wrote or decided, and when."""
    day = dates.format_day(day_or_month_of(ended_by), today)
    if is_decision(ended_by):
        return _("the authority decided on {day}").format(day=day)
    return _("the authority wrote on {day}").format(day=day)
