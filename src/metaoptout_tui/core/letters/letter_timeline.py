"""What happened in a case, line by line, as a complaint tells it: what the person sent, what came back, and what of a linked account."""

from collections.abc import Iterable, Iterator
from datetime import date

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.letters.letter_facts import TimelineLine
from metaoptout_tui.core.letters.sent_before import decisions_of
from metaoptout_tui.core.objection.replies import reply_of
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, day_or_month_of, events_in_force, went_by_post
from metaoptout_tui.core.record.vocabulary import (
    ANSWER_WORDS,
    BELONGS_TO,
    FILE_HOLDS,
    HOLDS_LETTER,
    META_WORDS,
    NAMED_ACCOUNTS,
    NAMES_ALL,
)

_FILED_BY_POST = f"{EventKind.FILED}.post"
_ANSWERED_BY_LETTER = f"{EventKind.META_QUESTION_ANSWERED}.letter"
_IN_WORDS = "in-words"
"""The end of the id of a sentence that quotes."""
_LINKED, LINKED_NAMES_ALL = "linked.confirmed", "linked.confirmed-all"


def timeline_of(
    account: Account, events: Iterable[Event], record: Record, playbook: Playbook
) -> tuple[TimelineLine, ...]:
    """The lines for `events`, in their order, among them what Meta confirmed for linked accounts.

    What Meta gave as its reasons, and what it was answered, is quoted where it was written down.
    """
    answered_by_letter = {
        event.text(BELONGS_TO.name)
        for event in account.events
        if event.kind == EventKind.EVIDENCE and event.text(FILE_HOLDS.name) == HOLDS_LETTER
    }
    lines = [_line_of(event, is_letter_kept=event.id in answered_by_letter) for event in events]
    return tuple(sorted((*lines, *confirmations_of_linked(account, record, playbook)), key=_day_of))


def _day_of(line: TimelineLine) -> date:
    return line.day


def _line_of(event: Event, *, is_letter_kept: bool) -> TimelineLine:
    day = day_or_month_of(event)
    words = event.text(META_WORDS.name) or event.text(ANSWER_WORDS.name)
    if words:
        return TimelineLine(f"{event.kind}.{_IN_WORDS}", day, words=words)
    if event.kind == EventKind.META_QUESTION_ANSWERED and is_letter_kept:
        return TimelineLine(_ANSWERED_BY_LETTER, day)
    reply = reply_of(event)
    if reply is not None:
        return TimelineLine(reply.id, day)
    return TimelineLine(_FILED_BY_POST if event.kind == EventKind.FILED and went_by_post(event) else event.kind, day)


def confirmations_of_linked(account: Account, record: Record, playbook: Playbook) -> Iterator[TimelineLine]:
    """The last decision on the objection of each linked account, where Meta confirmed it."""
    for other in record.accounts:
        if other is account or not account.linked_group or other.linked_group != account.linked_group:
            continue
        decision = next(reversed(decisions_of(events_in_force(other.events))), None)
        if decision is not None and decision.kind != EventKind.REFUSED:
            names_all = decision.text(NAMED_ACCOUNTS.name) == NAMES_ALL
            yield TimelineLine(
                LINKED_NAMES_ALL if names_all else _LINKED,
                day_or_month_of(decision),
                account=unquoted_account_name(other, playbook),
            )


def unquoted_account_name(account: Account, playbook: Playbook) -> str:
    """An account without quotation marks, which differ by language: `Facebook (Anna)`, `Instagram @anna.nl`."""
    platform = playbook.platform_name(account.platform)
    if not account.name or account.name == platform:
        return platform
    return f"{platform} {account.name}" if account.name[0] in "@+" else f"{platform} ({account.name})"
