"""What is said where a reply is recorded: how long ago the objection was sent, and what was recorded."""

from collections.abc import Iterator
from datetime import datetime

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.event_sentences import day_of_event, describe_event, moment_of_event
from metaoptout_tui.core.objection.lifecycle import first_of_sent_again
from metaoptout_tui.core.objection.offers import proof_words
from metaoptout_tui.core.objection.replies import newer_reply_than
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, is_month_alone


def sent_ago(sent: Event, status: AccountStatus, now: datetime) -> str:
    """How long ago the objection, or the inquiry about one, was sent; of one that was sent again, the first day too."""
    if (first := first_of_sent_again(status.outcome)) is not None and not is_month_alone(sent):
        words = _("Filed {first}, and again {age}.")
        return words.format(first=day_of_event(first, now), age=dates.format_age(sent.at, now))
    if is_month_alone(sent):
        words = _("Filed in {month}.") if sent.kind == EventKind.FILED else _("Asked in {month}.")
        return words.format(month=day_of_event(sent, now))
    words = _("Filed {age}.") if sent.kind == EventKind.FILED else _("Asked {age}.")
    return words.format(age=dates.format_age(sent.at, now))


def recorded_sentences(
    event: Event, status: AccountStatus, playbook: Playbook, now: datetime, *, is_mail_kept: bool
) -> Iterator[str]:
    """What was recorded; where a newer reply still counts, that too; and how to keep the mail, unless it `is_mail_kept`."""
    yield _("Recorded: {event}.").format(event=describe_event(event, playbook))
    if (newer := newer_reply_than(event, status)) is not None:
        words = _("What came later ({day_and_time}) is newer and still counts; the diary corrects dates.")
        yield words.format(day_and_time=moment_of_event(newer, now))
    if not is_mail_kept and (proof := proof_words(event, status)):
        yield proof
