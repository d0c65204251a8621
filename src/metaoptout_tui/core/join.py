"""Two versions of one record joined, by what each changed since the version that both began from.

What only one of them changed is taken from it. Where both changed the same thing in different ways, ours stands and it is
said which. What one removed and the other left alone is gone; what one removed and the other changed stays. So nothing
that either wrote is lost, and nothing that was taken back returns.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple, TypeVar

from metaoptout_tui.core.diary import Event
from metaoptout_tui.core.progress import Account, Person, Progress

Value = TypeVar("Value")

ENTRY, REMOVED, DRAFT = "entry", "removed", "draft"


class Clash(NamedTuple):
    """Something that both versions changed in different ways.

    `account` is an id, empty where it is about the person or the whole. `what` is the name of a value, which is ours then;
    or `entry`, an entry of the diary; `removed`, an account that one removed and the other changed, which stays; or
    `draft`, what was typed into a form.
    """

    account: str
    what: str


class Joined(NamedTuple):
    """The record of both, and where ours stands against theirs."""

    record: Progress
    clashes: tuple[Clash, ...]


def join(base: Progress, theirs: Progress, ours: Progress) -> Joined:
    """Both versions' changes since `base`, in one record.

    Where theirs changed nothing this is ours, and the other way round. But for what both changed, and the order in which
    accounts and entries stand, it is the same whichever version is called ours.
    """
    return _Join(base, theirs, ours).joined()


class _Absent:
    """What is not there, as a value that can be compared."""


_ABSENT = _Absent()
_Place = tuple[str, Event]
"""The account an entry stands in, and the entry."""


class _Join:
    def __init__(self, base: Progress, theirs: Progress, ours: Progress) -> None:
        self._base, self._theirs, self._ours = base, theirs, ours
        self._clashes: list[Clash] = []

    def joined(self) -> Joined:
        base, theirs, ours = self._base, self._theirs, self._ours
        record = Progress(
            self._person(base.person, theirs.person, ours.person),
            self._accounts(),
            self._mapping(base.drafts, theirs.drafts, ours.drafts, "", DRAFT),
            self._mapping(base.extra, theirs.extra, ours.extra, ""),
        )
        return Joined(record, tuple(dict.fromkeys(self._clashes)))

    def _value(self, base: object, theirs: Value, ours: Value, account: str, what: str) -> Value:
        if ours == base:
            return theirs
        if theirs not in (base, ours):
            self._clashes.append(Clash(account, what))
        return ours

    def _mapping(
        self,
        base: Mapping[str, Value],
        theirs: Mapping[str, Value],
        ours: Mapping[str, Value],
        account: str,
        what: str = "",
    ) -> dict[str, Value]:
        """Each name for itself; `what` is what a clash is called, in place of the name."""
        joined: dict[str, Value] = {}
        for name in dict.fromkeys((*theirs, *ours)):
            value = self._value(
                base.get(name, _ABSENT), theirs.get(name, _ABSENT), ours.get(name, _ABSENT), account, what or name
            )
            if not isinstance(value, _Absent):
                joined[name] = value
        return joined

    def _person(self, base: Person, theirs: Person, ours: Person) -> Person:
        return Person(
            self._value(base.country, theirs.country, ours.country, "", "country"),
            self._value(base.language, theirs.language, ours.language, "", "language"),
            self._value(base.email, theirs.email, ours.email, "", "email"),
            self._mapping(base.extra, theirs.extra, ours.extra, ""),
            self._value(base.land, theirs.land, ours.land, "", "land"),
        )

    def _accounts(self) -> tuple[Account, ...]:
        base, theirs, ours = (_by_id(each.accounts) for each in (self._base, self._theirs, self._ours))
        entries = self._entries()
        kept = [id for id in {**theirs, **ours} if self._stays(base.get(id), theirs.get(id), ours.get(id))]
        return tuple(
            self._account(base.get(id), theirs.get(id), ours.get(id), entries)
            for id in _ordered(tuple(base), tuple(theirs), tuple(ours), kept)
        )

    def _stays(self, base: Account | None, theirs: Account | None, ours: Account | None) -> bool:
        there = theirs or ours
        if base is None or there is None or (theirs and ours):
            return True
        if there == base:
            return False
        self._clashes.append(Clash(base.id, REMOVED))
        return True

    def _account(
        self, base: Account | None, theirs: Account | None, ours: Account | None, entries: Mapping[str, _Place]
    ) -> Account:
        there = ours or theirs
        assert there is not None  # noqa: S101 - it stands in one of the two
        theirs, ours, id = theirs or there, ours or there, there.id
        kept = [entry for entry, (account, _) in entries.items() if account == id]
        events = _ordered(_entry_ids(base), _entry_ids(theirs), _entry_ids(ours), kept)
        return Account(
            id,
            self._value(base and base.platform, theirs.platform, ours.platform, id, "platform"),
            self._value(base and base.name, theirs.name, ours.name, id, "name"),
            self._value(base and base.email, theirs.email, ours.email, id, "email"),
            self._value(base.hub if base else _ABSENT, theirs.hub, ours.hub, id, "hub"),
            tuple(entries[each][1] for each in events),
            self._mapping(base.extra if base else {}, theirs.extra, ours.extra, id),
        )

    def _entries(self) -> dict[str, _Place]:
        """Every entry of the joined record, with the account it stands in: an entry may have been moved to another."""
        base, theirs, ours = (_places(each) for each in (self._base, self._theirs, self._ours))
        joined: dict[str, _Place] = {}
        for id in dict.fromkeys((*theirs, *ours)):
            before = base.get(id)
            there, here = _place(id, before, theirs, self._theirs), _place(id, before, ours, self._ours)
            if there is None or here is None:
                value = there or here
                # Removed by one: it stays only where the other changed it, or where it is new.
                if before is not None and value == before:
                    continue
                if before is not None and value is not None:
                    self._clashes.append(Clash(value[0], ENTRY))
            else:
                value = self._value(before, there, here, here[0], ENTRY)
            if value is not None:
                joined[id] = value
        return joined


def _by_id(accounts: Iterable[Account]) -> dict[str, Account]:
    return {account.id: account for account in accounts}


def _entry_ids(account: Account | None) -> tuple[str, ...]:
    return tuple(event.id for event in account.events) if account else ()


def _places(record: Progress) -> dict[str, _Place]:
    return {event.id: (account.id, event) for account in record.accounts for event in account.events}


def _place(id: str, before: _Place | None, places: Mapping[str, _Place], version: Progress) -> _Place | None:
    """Where an entry stands in one version. One that went with its whole account was not removed for itself."""
    if id not in places and before is not None and version.account(before[0]) is None:
        return before
    return places.get(id)


def _ordered(
    base: tuple[str, ...], theirs: tuple[str, ...], ours: tuple[str, ...], kept: Collection[str]
) -> tuple[str, ...]:
    """The ids that are kept, in the order of the version that changed it, then what only the other has."""
    first, then = (theirs, ours) if ours == base else (ours, theirs)
    wanted = set(kept)
    return tuple(id for id in dict.fromkeys((*first, *then)) if id in wanted)
