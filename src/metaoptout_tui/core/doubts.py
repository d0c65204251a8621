"""What makes an objection worth another look though nothing speaks against it: its age, and terms newer than it.

Neither ends an objection. A check is offered once a year (facts section 9, rule 7), and when terms took effect after it
(facts section 0); whether an objection is affected by new terms is documented nowhere. A check that the person wrote down
settles what was in doubt then.
"""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Literal, NamedTuple

from metaoptout_tui.core.diary import Event
from metaoptout_tui.core.periods import months_after
from metaoptout_tui.core.playbook import Terms

_MONTHS_BETWEEN_CHECKS = 12


class Doubt(NamedTuple):
    """One reason for a look: `year` or `terms`, and then the id of these.

    `at` is since when there is this reason, `looked` when the objection was sent or last checked.
    """

    what: Literal["year", "terms"]
    at: datetime
    looked: datetime
    id: str = ""


def looked(sent: datetime, entries: Iterable[Event]) -> datetime:
    """When an objection was last looked at: when it was sent, or at the newest check after that."""
    return max((sent, *(event.at for event in entries if event.what == "rechecked")))


def next_check(since: datetime) -> datetime:
    """When the yearly check is due, a year after an objection was sent or last checked."""
    return datetime.combine(months_after(since.date(), _MONTHS_BETWEEN_CHECKS), since.timetz())


def doubts(since: datetime, terms: Iterable[Terms], now: datetime) -> tuple[Doubt, ...]:
    """Why an objection that was sent or last checked at `since` is worth a look now; of several terms the newest."""
    found = []
    if next_check(since) <= now:
        found.append(Doubt("year", next_check(since), since))
    newer = [each for each in terms if since.date() < each.effective <= now.date()]
    if newer:
        newest = max(newer, key=lambda each: each.effective)
        found.append(Doubt("terms", datetime.combine(newest.effective, time(), now.tzinfo), since, newest.id))
    return tuple(found)
