"""When an objection should be rechecked.

A recheck invalidates nothing: it is advised once a year, and when new terms take effect, since whether these affect an
objection is documented nowhere.
"""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Literal, NamedTuple

from metaoptout_tui.core.guidance.playbook import MetaTerms
from metaoptout_tui.core.objection.legal_periods import months_after
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event

_MONTHS_BETWEEN_CHECKS = 12


class RecheckReason(NamedTuple):
    """A reason to recheck an objection: a year has passed, or new terms took effect.

    `last_checked` is when the objection was sent or last checked, `terms_id` the id of the new terms.
    """

    kind: Literal["year", "terms"]
    since: datetime
    last_checked: datetime
    terms_id: str = ""
    is_month_alone: bool = False
    """Whether of `last_checked` only the month is known."""


def last_check_of(sent: datetime, events: Iterable[Event]) -> datetime:
    """When an objection was last checked: at the newest recheck, else when it was sent."""
    return max((sent, *(event.at for event in events if event.kind == EventKind.RECHECKED)))


def yearly_check_after(since: datetime) -> datetime:
    """When the yearly check is due, a year after an objection was sent or last checked."""
    return datetime.combine(months_after(since.date(), _MONTHS_BETWEEN_CHECKS), since.timetz())


def recheck_reasons_of(
    since: datetime, terms: Iterable[MetaTerms], now: datetime, *, is_month_alone: bool = False
) -> tuple[RecheckReason, ...]:
    """Why an objection that was sent or last checked at `since` should be rechecked; of several terms the newest."""
    reasons = []
    if yearly_check_after(since) <= now:
        reasons.append(RecheckReason("year", yearly_check_after(since), since, is_month_alone=is_month_alone))
    newer = [terms for terms in terms if since.date() < terms.effective_on <= now.date()]
    if newer:
        newest = max(newer, key=lambda terms: terms.effective_on)
        effective_at = datetime.combine(newest.effective_on, time(), now.tzinfo)
        reasons.append(RecheckReason("terms", effective_at, since, newest.id))
    return tuple(reasons)
