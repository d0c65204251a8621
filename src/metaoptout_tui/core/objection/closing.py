"""The question before a case is closed while a complaint about it is still running."""

from datetime import datetime

from metaoptout_tui.core import dates
from metaoptout_tui.core.choice_question import ChoiceQuestion, question_before
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.replies import Reply
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, events_in_force

_COMPLAINTS = (EventKind.COMPLAINED_TO_AUTHORITY, EventKind.COMPLAINED_TO_META)


def closing_question(reply: Reply, status: AccountStatus | None, now: datetime) -> ChoiceQuestion | None:
    """The question before a reply is recorded that closes the case; None for another, and where no complaint runs."""
    complaint = _running_complaint(status) if status is not None else None
    if reply.event_kind != EventKind.CASE_CLOSED or complaint is None:
        return None
    day = dates.format_local_day(complaint.at, now)
    words = _("You complained on {day}. A closed case reminds you of nothing any more; the complaint itself goes on.")
    return question_before(
        _("Your complaint is still running. Close it all the same?"),
        (words.format(day=day),),
        leave=_("No, leave it open"),
        go_on=_("Yes, close it"),
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
