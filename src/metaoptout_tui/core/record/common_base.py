"""Finds what two copies of a record had in common before they parted, in the earlier versions that are kept of it.

With that, what only one copy changed is known to be the newer one and nobody has to be asked. The version at which they
parted is known by the chain of digests, where that is unbroken; else it is one of those that may have been it, and only
what all of these say alike counts. What they do not say alike is as unknown as without any version.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

from metaoptout_tui.core.record.accounts import ACCOUNT_VALUES, PERSON_TEXTS, UNKNOWN_ACCOUNT, Account, Person, Record
from metaoptout_tui.core.record.event_ids import moment_of_id
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.removals import ids_of

Value = TypeVar("Value")


class EarlierVersion(NamedTuple):
    """A kept version: when it was written, its digest, and that of the version before it, empty where not known.

    `is_beginning`: there was none before it.
    """

    record: Record
    written: datetime
    digest: str = ""
    former_digest: str = ""
    is_beginning: bool = False


class RecordCopy(NamedTuple):
    """Another copy, the digest of its file, and when that was written; each empty or None where not known."""

    record: Record
    digest: str = ""
    written: datetime | None = None


def find_common_base(ours: Record, our_digest: str, copy: RecordCopy, versions: Iterable[EarlierVersion]) -> Record:
    """What is sure of the version from which both began; an empty record where nothing is."""
    kept = sorted(versions, key=lambda version: version.written)
    common_ids = _entry_ids(ours) & _entry_ids(copy.record)
    named = _nearest_common_version(ours, our_digest, copy, kept)
    # Entries that came into both later say that they were joined meanwhile: it is not the last they had in common.
    if named is not None and common_ids <= _entry_ids(named):
        return named
    return _agreed_record(_possible_bases(ours, our_digest, copy, kept, common_ids))


def _nearest_common_version(
    ours: Record, our_digest: str, copy: RecordCopy, versions: Sequence[EarlierVersion]
) -> Record | None:
    records = {version.digest: version.record for version in versions if version.digest}
    records |= {digest: record for digest, record in ((our_digest, ours), (copy.digest, copy.record)) if digest}
    former = {version.digest: version.former_digest for version in versions if version.digest}
    theirs = set(_line_of(copy.digest, former))
    shared = next((digest for digest in _line_of(our_digest, former) if digest in theirs), "")
    return records.get(shared)


def _line_of(digest: str, former: Mapping[str, str]) -> list[str]:
    """The digest and those before it, back to where the chain breaks."""
    line: dict[str, None] = {}
    while digest and digest not in line:
        line[digest] = None
        digest = former.get(digest, "")
    return list(line)


def _possible_bases(
    ours: Record,
    our_digest: str,
    copy: RecordCopy,
    versions: Sequence[EarlierVersion],
    common_ids: frozenset[str],
) -> list[Record]:
    """Every version at which they may have parted, and its neighbours where versions between them are not kept."""
    our_ids, their_ids = _entry_ids(ours), _entry_ids(copy.record)
    line = [version for version in versions if _entry_ids(version.record) <= our_ids]
    if not line or not our_digest or line[-1].digest != our_digest:
        line.append(EarlierVersion(ours, datetime.max.replace(tzinfo=UTC), our_digest))
    parted_before = _latest_moment_of_parting(copy, their_ids - our_ids)
    reached = [number for number, version in enumerate(line) if common_ids <= _entry_ids(version.record)]
    may_be_it = [
        number
        for number in reached
        if _entry_ids(line[number].record) <= their_ids
        and (parted_before is None or line[number].written <= parted_before)
    ]
    if not reached:
        return []
    first, last = (may_be_it[0], may_be_it[-1]) if may_be_it else (reached[0], reached[0])
    if first == 0 and not line[0].is_beginning:  # they may have parted before the oldest that is kept
        return []
    if first > 0 and line[first].former_digest != line[first - 1].digest:
        first -= 1
    if last + 1 < len(line) and line[last + 1].former_digest != line[last].digest:
        last += 1
    return [version.record for version in line[first : last + 1]]


def _latest_moment_of_parting(copy: RecordCopy, their_own_ids: Iterable[str]) -> datetime | None:
    """The copy had parted when its file was written, and when the first entry was that only it has."""
    moments = [copy.written, *map(moment_of_id, their_own_ids)]
    return min((moment for moment in moments if moment is not None), default=None)


def _entry_ids(record: Record) -> frozenset[str]:
    """The ids of all entries that are or ever were in a record. An account's id is no sign: two may have made the same."""
    return frozenset(id for id in (*ids_of(record), *record.removals) if moment_of_id(id) is not None)


def _agreed_record(records: Sequence[Record]) -> Record:
    """What all of these records say alike; the rest as in an empty one."""
    if not records:
        return Record()
    persons = [record.person for record in records]
    texts: dict[str, str] = {name: _agreed([getattr(person, name) for person in persons], "") for name in PERSON_TEXTS}
    person = replace(Person(), **texts, extra=_agreed_mapping([person.extra for person in persons]))
    present = [[record.account_by_id(account.id) for record in records] for account in records[0].accounts]
    accounts = [_agreed_account([each for each in same if each is not None]) for same in present if all(same)]
    return Record(
        person,
        tuple(accounts),
        _agreed_mapping([record.drafts for record in records]),
        _agreed_mapping([record.extra for record in records]),
        remembered=_agreed_mapping([record.remembered for record in records]),
    )


def _agreed_account(accounts: Sequence[Account]) -> Account:
    diaries = [{event.id: event for event in account.events} for account in accounts]
    events: Iterable[Event] = _agreed_mapping(diaries).values()
    values: dict[str, Any] = {
        name: _agreed([getattr(account, name) for account in accounts], getattr(UNKNOWN_ACCOUNT, name))
        for name in ACCOUNT_VALUES
    }
    extra = _agreed_mapping([account.extra for account in accounts])
    return Account(accounts[0].id, **values, events=tuple(events), extra=extra)


def _agreed(values: Sequence[Value], unknown: Value) -> Value:
    return values[0] if all(value == values[0] for value in values) else unknown


def _agreed_mapping(mappings: Sequence[Mapping[str, Value]]) -> dict[str, Value]:
    first, *others = mappings
    return {
        name: value for name, value in first.items() if all(name in other and other[name] == value for other in others)
    }
