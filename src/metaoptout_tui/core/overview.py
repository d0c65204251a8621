"""The whole at a glance: accounts by hub, what to do next and when, and how many are covered."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from metaoptout_tui.core import when
from metaoptout_tui.core.answers import NOT_AVAILABLE, WRONG_FORM
from metaoptout_tui.core.diary import Event, in_force
from metaoptout_tui.core.doubts import next_check
from metaoptout_tui.core.periods import HolidayName, months_after, next_look
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.progress import Account, Progress
from metaoptout_tui.core.standing import Standing, standings
from metaoptout_tui.core.states import FINISHED, OBJECTED, State

LINKED, UNLINKED, UNKNOWN = "linked", "unlinked", "unknown"


class Group(NamedTuple):
    """Accounts of one hub, or the ones that are not linked or of which it is not known. `name` is the hub's."""

    kind: str
    name: str
    accounts: tuple[str, ...]


class Task(NamedTuple):
    """One thing to do: what (the text `next.WHAT`), for which account at which step, and when.

    `on` is None for what has no date. `urgency` orders what can be done now, 0 first.
    """

    what: str
    account: str
    step: str
    urgency: int
    on: datetime | None = None
    values: Mapping[str, str] = MappingProxyType({})

    def is_due(self, now: datetime) -> bool:
        """Whether it can be done now."""
        return self.on is None or self.on <= now


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
            task for task in self.tasks if task.is_due(self.now) and (task.on is not None or task.urgency <= _AGAIN)
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
        return sum(1 for each in self.standings if each.files and each.state in OBJECTED)

    @property
    def objectable(self) -> int:
        """How many accounts one could be filed for."""
        return sum(1 for each in self.standings if each.files)


def overview(progress: Progress, playbook: Playbook, now: datetime, holiday: HolidayName) -> Overview:
    """The whole record at one moment. `holiday` is asked only where a period may have run out."""
    every = standings(progress, playbook, now, holiday)
    tasks = [
        task
        for standing in every
        for task in (*_silences(standing, playbook, now), *_tasks(standing, progress, playbook, now))
    ]
    tasks.sort(key=lambda task: _order(task, now))
    return Overview(every, groups(progress.accounts), tuple(tasks), now)


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


def account_name(account: Account, playbook: Playbook) -> str:
    """How an account is called in a sentence: `Instagram @anna.nl`, `Facebook “Anna”`."""
    platform = playbook.platform_name(account.platform)
    if not account.name or account.name == platform:
        return platform
    name = account.name if account.name[0] in "@+" else f"“{account.name}”"
    return f"{platform} {name}"


_OVERDUE, _REFUSED, _ASKED, _LOOK, _AGAIN, _SUBMIT, _OPEN, _IDENTIFY, _REVIEW, _FILE_TOO = range(10)


def _order(task: Task, now: datetime) -> tuple[bool, int, float]:
    """What can be done now by urgency, in the order of the accounts; then what comes later, by date."""
    if task.is_due(now):
        return (False, task.urgency, 0.0)
    return (True, 0, task.on.timestamp() if task.on else 0.0)


def _silences(standing: Standing, playbook: Playbook, now: datetime) -> list[Task]:
    """What nobody answered in its time, besides the objection itself: a question, a complaint to Meta or to an authority."""
    values = {"account": account_name(standing.account, playbook)}
    return [
        Task(
            f"silent-{period.rule}",
            standing.account.id,
            "confirm",
            _OVERDUE,
            values={**values, "date": when.day(period.last, now.date())},
        )
        for period in standing.overdue
        if period.rule != "answer"
    ]


def _tasks(standing: Standing, progress: Progress, playbook: Playbook, now: datetime) -> list[Task]:
    id = standing.account.id
    name = account_name(standing.account, playbook)
    filing = standing.filing
    values = {"account": name, "email": _address(standing, progress)}
    if filing is not None:
        values["date"] = when.day(filing.at.astimezone(now.tzinfo).date(), now.date())
        values["ago"] = when.ago(filing.at, now)
    if standing.covered_by:
        other = progress.account(standing.covered_by)
        values["through"] = account_name(other, playbook) if other else ""
    match standing.state:
        case State.OVERDUE | State.REFUSED | State.ASKED_FOR_MORE:
            return [_answer_wanted(standing, values, now)]
        case State.FILED | State.CONFIRMED_ON_SCREEN:
            return [*_looks(standing, values, now), _recheck(standing, values)]
        case State.COMPLAINED:
            return [_authority_awaited(standing, values)]
        case State.CONFIRMED | State.CLOSED:
            return [_recheck(standing, values)]
        case State.COVERED:
            tasks = [_recheck(standing, values)]
            if standing.other_email:
                tasks.insert(0, Task("file-too", id, "submit", _FILE_TOO, values=values))
            return [*tasks, *_todo(standing, values, only=("identify",))]
        case State.OBJECT_AGAIN:
            at = standing.cause.at if standing.cause else now
            again = {**values, "date": when.day(at.astimezone(now.tzinfo).date(), now.date())}
            return [Task("object-again", id, "submit" if _done(standing, "open") else "open", _AGAIN, values=again)]
        case _:
            return _todo(standing, values)


def _answer_wanted(standing: Standing, values: dict[str, str], now: datetime) -> Task:
    """What a refusal, a question or a month of silence asks for."""
    id = standing.account.id
    sent = _sent_since(standing)
    if sent is not None and standing.state is not State.ASKED_FOR_MORE:
        day = when.day(sent.at.astimezone(now.tzinfo).date(), now.date())
        if sent.what == "complained-to-controller":
            on = sent.at + _ACKNOWLEDGED_WITHIN
            return Task("complained-to-meta", id, "confirm", _REFUSED, on=on, values={**values, "date": day})
        if standing.state is State.OVERDUE:
            return Task("overdue-reminded", id, "confirm", _OVERDUE, values={**values, "date": day})
    if standing.state is State.OVERDUE:
        ended = next(period.last for period in standing.overdue if period.rule == "answer")
        return Task("overdue", id, "confirm", _OVERDUE, values={**values, "date": when.day(ended, now.date())})
    reply = standing.reply
    if standing.state is State.REFUSED:
        if reply is not None and reply.text("grounds") == NOT_AVAILABLE:
            return Task("not-available", id, "confirm", _REFUSED, values=values)
        return Task("refused", id, "confirm", _REFUSED, values=values)
    if reply is not None and reply.text("for") in WRONG_FORM:
        return Task("wrong-form", id, "submit", _ASKED, values=values)
    what = "code-asked" if reply and reply.what == "code-asked" else "answer-more"
    return Task(what, id, "confirm", _ASKED, values=values)


_ACKNOWLEDGED_WITHIN = timedelta(days=30)


def _sent_since(standing: Standing) -> Event | None:
    """The last reminder or complaint to Meta since the filing; None where there was none."""
    own = in_force(standing.account.events)
    later = own[own.index(standing.filing) :] if standing.filing in own else ()
    return next((each for each in reversed(later) if each.what in ("reminded", "complained-to-controller")), None)


def _authority_awaited(standing: Standing, values: dict[str, str]) -> Task:
    """The day to look whether the authority has written: three months after the complaint (GDPR Art. 78(2))."""
    at = standing.since
    on = datetime.combine(months_after(at.date(), 3), at.timetz()) if at else None
    return Task("complained", standing.account.id, "confirm", _FILE_TOO, on=on, values=values)


def _looks(standing: Standing, values: dict[str, str], now: datetime) -> list[Task]:
    """When to look for the mail next; after the last look in vain, to file again in a browser (facts 6.1)."""
    filing = standing.filing
    if filing is None:
        return []
    look = next_look(filing.at, standing.looked)
    id = standing.account.id
    if look is None:
        if standing.state is State.CONFIRMED_ON_SCREEN:
            return []
        return [Task("file-again-in-browser", id, "submit", _LOOK, values=values)]
    if look <= now:
        return [Task("look-for-mail", id, "confirm", _LOOK, on=look, values=values)]
    later = {**values, "date": when.day_and_time(look, now)}
    return [Task("look-for-mail-later", id, "confirm", _LOOK, on=look, values=later)]


def _recheck(standing: Standing, values: dict[str, str]) -> Task:
    """The yearly look at an objection (facts section 9, rule 7), or one that terms newer than it ask for earlier."""
    of_terms = next((doubt for doubt in standing.doubts if doubt.what == "terms"), None)
    if of_terms is not None and len(standing.doubts) == 1:
        told = {**values, "date": when.full_day(of_terms.at.date())}
        return Task("terms-changed", standing.account.id, "confirm", _FILE_TOO, on=of_terms.at, values=told)
    on = next_check(standing.checked) if standing.checked else None
    return Task("recheck", standing.account.id, "confirm", _FILE_TOO, on=on, values=values)


def _todo(standing: Standing, values: dict[str, str], only: tuple[str, ...] = ()) -> list[Task]:
    """The first step that is still to be done."""
    urgency = {"identify": _IDENTIFY, "open": _OPEN, "submit": _SUBMIT, "confirm": _LOOK, "review": _REVIEW}
    for step in standing.steps:
        if step.state in FINISHED or (only and step.id not in only):
            continue
        return [Task(step.id, standing.account.id, step.id, urgency.get(step.id, _REVIEW), values=values)]
    return []


def _done(standing: Standing, id: str) -> bool:
    step = standing.step(id)
    return step is not None and step.state in FINISHED


def _address(standing: Standing, progress: Progress) -> str:
    """Where Meta's mail is expected: the address of the filing, else the account's, else the person's."""
    filed = standing.filing.text("email") if standing.filing else ""
    return filed or standing.account.email or progress.person.email or "your address"
