"""What an entry may be about and when it may have happened, checked before it is written into a diary."""

from collections.abc import Iterable
from datetime import datetime

from metaoptout_tui.core import dates
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.objection.replies import KINDS_ABOUT_OBJECTIONS, check_correction_order, check_event_date
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, arrival_day_of, events_in_force, went_by_post


def subject_of_reply(kind: str, status: AccountStatus) -> Event:
    """The first entry that one of this kind can be about; InputRefused where there is none.

    That is the first objection that was sent for the account itself. Where none was, another's may cover it: whether
    that was applied can be asked, and what came of the question be written down.
    """
    filed = next((event for event in events_in_force(status.account.events) if event.kind == EventKind.FILED), None)
    if filed is not None:
        return filed
    subject = status.objection if kind == EventKind.ASKED_APPLIED and status.covered_by else status.first_inquiry
    if subject is None:
        raise InputRefused("Nothing is filed for this account. Record the objection first, then what came of it.")
    return subject


def check_reply(kind: str, at: datetime | None, status: AccountStatus, now: datetime) -> datetime | None:
    """When an entry about an objection happened (None: now).

    Raises InputRefused for a moment that cannot be, and where nothing was sent that it can be about.
    """
    subject = subject_of_reply(kind, status)
    return check_event_date(kind, at, subject, now) if at else None


def check_letter_arrival(events: Iterable[Event], letter_id: str, at: datetime) -> None:
    """Raise InputRefused for an entry that is no posted letter, and for an arrival before the day it was sent."""
    letter = next((event for event in events_in_force(tuple(events)) if event.id == letter_id), None)
    if letter is None or not went_by_post(letter):
        raise InputRefused("This was not sent by post, so it counts from the day it was sent.")
    if at.date() < letter.at.date():
        raise InputRefused(
            f"{dates.format_full_day(at.date())} is before it was sent, {dates.format_full_day(letter.at.date())}."
        )


def check_date_correction(events: tuple[Event, ...], correction: Event, to: datetime, now: datetime) -> None:
    """Raise InputRefused where a correction to the moment `to` puts an entry where it cannot be, or before what it needs."""
    corrected = next((event for event in events if event.id == correction.text("entry")), None)
    if corrected is not None and corrected.kind in KINDS_ABOUT_OBJECTIONS | {EventKind.FILED}:
        check_event_date(EventKind.FILED, to, None, now)
    before, after = events_in_force(events), events_in_force((*events, correction))
    check_correction_order(before, after, now)
    if _letters_with_arrival(before) - _letters_with_arrival(after):
        raise InputRefused("That would put the arrival of a letter before the day it was sent.")


def _letters_with_arrival(events: Iterable[Event]) -> set[str]:
    return {event.id for event in events if arrival_day_of(event) is not None}
