"""The question before a case is closed while a complaint about it is still running."""

from datetime import datetime
from typing import NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, events_in_force

_COMPLAINTS = (EventKind.COMPLAINED_TO_AUTHORITY, EventKind.COMPLAINED_TO_CONTROLLER)


class ClosingQuestion(NamedTuple):
    """The question before a case is closed, with the words of its two answers, the one that closes nothing first."""

    title: str
    explanation: str
    leave: str
    close: str


def closing_question(status: AccountStatus, now: datetime) -> ClosingQuestion | None:
    """The question before a case is closed; None where no complaint is running."""
    complaint = _running_complaint(status)
    if complaint is None:
        return None
    day = dates.format_local_day(complaint.at, now)
    return ClosingQuestion(
        _("Your complaint is still running. Close it all the same?"),
        _(
            "You complained on {day}. A closed case reminds you of nothing any more; the complaint itself goes on."
        ).format(day=day),
        leave=_("No, leave it open"),
        close=_("Yes, close it"),
    )


def _running_complaint(status: AccountStatus) -> Event | None:
    """The newest complaint of which the person did not tell the authority that Meta gave in."""
    running: Event | None = None
    for event in events_in_force(status.account.events):
        if event.kind in _COMPLAINTS:
            running = event
        elif event.kind in (EventKind.AUTHORITY_TOLD, EventKind.CASE_CLOSED):
            running = None
    return running
