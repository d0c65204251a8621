"""The whole at a glance: accounts by hub, what to do next and when, and how many are covered."""

from datetime import datetime
from typing import NamedTuple

from metaoptout_tui.core.periods import HolidayName
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.progress import Account, Progress
from metaoptout_tui.core.standing import Standing, standings
from metaoptout_tui.core.tasks import AGAIN, Task, tasks

LINKED, UNLINKED, UNKNOWN = "linked", "unlinked", "unknown"


class Group(NamedTuple):
    """Accounts of one hub, or the ones that are not linked or of which it is not known. `name` is the hub's."""

    kind: str
    name: str
    accounts: tuple[str, ...]


class Overview(NamedTuple):
    """Everything the first screen shows, computed for one moment."""

    standings: tuple[Standing, ...]
    groups: tuple[Group, ...]
    tasks: tuple[Task, ...]
    now: datetime

    @property
    def next(self) -> Task | None:
        """The one thing to do next; None when nothing is left, now or later."""
        return self.tasks[0] if self.tasks else None

    @property
    def due(self) -> tuple[Task, ...]:
        """What waits for the person now, the most urgent first: an answer, a silence, a date that has come, a new cause.

        A step of the walk that was never taken is not among them, since nothing became of it yet.
        """
        return tuple(
            task for task in self.tasks if task.is_due(self.now) and (task.on is not None or task.urgency <= AGAIN)
        )

    def standing(self, account: str) -> Standing | None:
        """How one account stands."""
        return next((each for each in self.standings if each.account.id == account), None)

    def next_for(self, account: str) -> Task | None:
        """The next thing to do for one account."""
        return next((task for task in self.tasks if task.account == account), None)

    @property
    def objected(self) -> int:
        """How many accounts an objection stands for."""
        return sum(1 for each in self.standings if each.files and each.is_objected)

    @property
    def objectable(self) -> int:
        """How many accounts one could be filed for."""
        return sum(1 for each in self.standings if each.files)


def overview(progress: Progress, playbook: Playbook, now: datetime, holiday: HolidayName) -> Overview:
    """The whole record at one moment. `holiday` is asked only where a period may have run out."""
    every = standings(progress, playbook, now, holiday)
    return Overview(every, groups(progress.accounts), tasks(every, progress, playbook, now, holiday), now)


def groups(accounts: tuple[Account, ...]) -> tuple[Group, ...]:
    """The accounts by hub: the named ones in order of first use, then not linked, then unknown."""
    named: dict[str, list[str]] = {}
    rest: dict[str, list[str]] = {UNLINKED: [], UNKNOWN: []}
    for account in accounts:
        if account.hub:
            named.setdefault(account.hub, []).append(account.id)
        else:
            rest[UNKNOWN if account.hub is None else UNLINKED].append(account.id)
    return (
        *(Group(LINKED, name, tuple(ids)) for name, ids in named.items()),
        *(Group(kind, "", tuple(ids)) for kind, ids in rest.items() if ids),
    )
