"""Three-way merge of two versions of the record that began from the same base.

What only one version changed is taken from it. Where both changed the same thing in different ways, ours is kept and
the conflict is reported. What one removed and the other left alone is removed; what one removed and the other changed
stays, unless it is noted as removed (`core.record.removals`). So nothing that either wrote is lost, and nothing that
was undone returns.

Two copies of which no common base is known are joined in the same way, from an empty base; `core.record.common_base`
finds one in the versions that are kept.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from metaoptout_tui.core.language.formatting import format_open_list, quoted
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import (
    ACCOUNT_VALUES,
    PERSON_TEXTS,
    UNKNOWN_ACCOUNT,
    Account,
    Person,
    Record,
)
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.remembered import NOTHING_REMEMBERED, Remembered
from metaoptout_tui.core.record.removals import ids_of, is_removed, join_removals

Value = TypeVar("Value")

CONFLICT_EVENT, CONFLICT_REMOVED, CONFLICT_DRAFT = "entry", "removed", "draft"
CONFLICT_FOR_LETTERS, CONFLICT_CHAT = "for-letters", "chat"


class MergeConflict(NamedTuple):
    """Something that both versions changed in different ways.

    `account_id` is empty for the person and the record itself. `subject` is the name of a value, of which ours was
    kept; or `entry`, an entry of the diary; `removed`, an account that one removed and the other changed, which stays;
    `draft`, what was typed and not recorded; `for-letters`, what is remembered in place of a placeholder; or `chat`, a chat of the
    list. `key` is the id of the entry, the key of the draft, or the name of the placeholder or chat.
    """

    account_id: str
    subject: str
    key: str = ""


class MergeResult(NamedTuple):
    """The merged record, and what both versions changed in different ways."""

    record: Record
    conflicts: tuple[MergeConflict, ...]

    def describe_conflicts(self) -> str:
        """What both versions changed, in one or two sentences."""
        removed = [
            _account_label(conflict, self.record) for conflict in self.conflicts if conflict.subject == CONFLICT_REMOVED
        ]
        both = [
            describe_subject(conflict, self.record)
            for conflict in self.conflicts
            if conflict.subject != CONFLICT_REMOVED
        ]
        sentences = []
        if both:
            sentences.append(
                _("Changed in both: {what}; what you have here stands.").format(
                    what=format_open_list(dict.fromkeys(both))
                )
            )
        if removed:
            sentences.append(
                _("Removed in one and changed in the other, and therefore kept: {accounts}.").format(
                    accounts=format_open_list(removed)
                )
            )
        return " ".join(sentences)


def describe_subject(conflict: MergeConflict, record: Record) -> str:
    """What a conflict is about: `your country`, `the name of Anna`."""
    if conflict.subject == CONFLICT_DRAFT:
        return _("what was typed into a form")
    if conflict.subject == CONFLICT_FOR_LETTERS:
        return _("the details in your letters")
    if conflict.subject == CONFLICT_CHAT:
        return _("the privacy of the chat {chat}").format(chat=quoted(conflict.key))
    if not conflict.account_id:
        return {
            "country": _("your country"),
            "language": _("your language"),
            "email": _("your e-mail address"),
            "land": _("your Land"),
            "screen_language": _("the language of the program"),
        }.get(conflict.subject, quoted(conflict.subject))
    words = {
        "name": _("the name of {account}"),
        "email": _("the e-mail address of {account}"),
        "hub": _("the link of {account}"),
        "platform": _("the platform of {account}"),
        CONFLICT_EVENT: _("an entry of {account}"),
    }.get(conflict.subject) or _("“{key}” of {account}")
    return words.format(account=_account_label(conflict, record), key=conflict.subject)


def _account_label(conflict: MergeConflict, record: Record) -> str:
    account = record.account_by_id(conflict.account_id)
    return account.name if account else conflict.account_id


def merge_records(
    base: Record, theirs: Record, ours: Record, *, take_theirs: Collection[MergeConflict] = ()
) -> MergeResult:
    """Both versions' changes since `base`, in one record; of the conflicts `take_theirs`, their version is taken.

    Where theirs changed nothing this is ours, and the other way round. Except for conflicts and the order of accounts
    and entries, the result is the same whichever version is called ours.
    """
    return _RecordMerger(base, theirs, ours, take_theirs).merge()


def join_records(
    ours: Record, theirs: Record, *, base: Record | None = None, take_theirs: Collection[MergeConflict] = ()
) -> MergeResult:
    """Two copies in one record by the ids of accounts and entries.

    What only one of them has is taken, unless the other noted it as removed. `base` is what is known of the version
    from which both began: a value that only one of them changed since is taken from that one, without a conflict.
    """
    common = common_part(common_part(base or Record(), ours), theirs)
    return merge_records(common, theirs, ours, take_theirs=take_theirs)


def common_part(base: Record, version: Record) -> Record:
    """The base without the accounts and entries that a version lacks: in a merge from it, lacking is not removing."""
    present = set(ids_of(version))
    accounts = (account for account in base.accounts if account.id in present)
    return replace(
        base,
        accounts=tuple(
            replace(account, events=tuple(event for event in account.events if event.id in present))
            for account in accounts
        ),
    )


class _Absent:
    """The value of a name that is absent."""


_ABSENT = _Absent()
_PlacedEvent = tuple[str, Event]
"""The id of an entry's account, and the entry."""


class _RecordMerger:
    def __init__(self, base: Record, theirs: Record, ours: Record, take_theirs: Collection[MergeConflict] = ()) -> None:
        self._base, self._theirs, self._ours = base, theirs, ours
        self._take_theirs = frozenset(take_theirs)
        self._removals = join_removals(theirs.removals, ours.removals)
        self._conflicts: list[MergeConflict] = []

    def merge(self) -> MergeResult:
        base, theirs, ours = self._base, self._theirs, self._ours
        record = Record(
            self._merge_person(base.person, theirs.person, ours.person),
            self._merge_accounts(),
            self._merge_mapping(base.drafts, theirs.drafts, ours.drafts, "", CONFLICT_DRAFT),
            self._merge_mapping(base.extra, theirs.extra, ours.extra, ""),
            self._removals,
            self._merge_remembered(),
        )
        return MergeResult(record, tuple(dict.fromkeys(self._conflicts)))

    def _merge_value(
        self, base: object, theirs: Value, ours: Value, account_id: str, subject: str, key: str = ""
    ) -> Value:
        if ours == base:
            return theirs
        if theirs not in (base, ours):
            conflict = MergeConflict(account_id, subject, key)
            self._conflicts.append(conflict)
            if conflict in self._take_theirs:
                return theirs
        return ours

    def _merge_mapping(
        self,
        base: Mapping[str, Value],
        theirs: Mapping[str, Value],
        ours: Mapping[str, Value],
        account_id: str,
        subject: str = "",
    ) -> dict[str, Value]:
        """Merge each name by itself; `subject` is that of a conflict, instead of the name."""
        merged: dict[str, Value] = {}
        for name in dict.fromkeys((*theirs, *ours)):
            value = self._merge_value(
                base.get(name, _ABSENT),
                theirs.get(name, _ABSENT),
                ours.get(name, _ABSENT),
                account_id,
                subject or name,
                name if subject else "",
            )
            if not isinstance(value, _Absent):
                merged[name] = value
        return merged

    def _merge_remembered(self) -> dict[str, Remembered]:
        merged: dict[str, Remembered] = {}
        for id in dict.fromkeys((*self._theirs.remembered, *self._ours.remembered)):
            base, theirs, ours = (each.remembered_of(id) for each in (self._base, self._theirs, self._ours))
            asked_by_both = theirs.questions_asked & ours.questions_asked
            asked_since = (theirs.questions_asked | ours.questions_asked) - base.questions_asked
            remembered = Remembered(
                self._merge_mapping(base.for_letters, theirs.for_letters, ours.for_letters, id, CONFLICT_FOR_LETTERS),
                asked_by_both | asked_since,
                _merge_choice(base=base.sends_english, theirs=theirs.sends_english, ours=ours.sends_english),
                self._merge_mapping(base.chats, theirs.chats, ours.chats, id, CONFLICT_CHAT),
                self._merge_mapping(base.extra, theirs.extra, ours.extra, id),
            )
            if remembered != NOTHING_REMEMBERED:
                merged[id] = remembered
        return merged

    def _merge_person(self, base: Person, theirs: Person, ours: Person) -> Person:
        texts: dict[str, str] = {
            name: self._merge_value(getattr(base, name), getattr(theirs, name), getattr(ours, name), "", name)
            for name in PERSON_TEXTS
        }
        return replace(ours, **texts, extra=self._merge_mapping(base.extra, theirs.extra, ours.extra, ""))

    def _merge_accounts(self) -> tuple[Account, ...]:
        base, theirs, ours = (_accounts_by_id(record.accounts) for record in (self._base, self._theirs, self._ours))
        events_by_id = self._merge_events()
        homes = {account_id for account_id, _unused in events_by_id.values()}
        kept_ids = [
            id
            for id in {**theirs, **ours}
            if self._keeps_account(base.get(id), theirs.get(id), ours.get(id), holds_entry=id in homes)
        ]
        return tuple(
            self._merge_account(base.get(id), theirs.get(id), ours.get(id), events_by_id)
            for id in _merged_order(tuple(base), tuple(theirs), tuple(ours), kept_ids)
        )

    def _keeps_account(
        self, base: Account | None, theirs: Account | None, ours: Account | None, *, holds_entry: bool
    ) -> bool:
        account = theirs or ours
        if account is not None and is_removed(self._removals, account.id):
            if holds_entry and not (theirs and ours):
                self._conflicts.append(MergeConflict(account.id, CONFLICT_REMOVED))
            return holds_entry
        if base is None or account is None or (theirs and ours):
            return True
        if account == base:
            return False
        self._conflicts.append(MergeConflict(base.id, CONFLICT_REMOVED))
        return True

    def _merge_account(
        self,
        base: Account | None,
        theirs: Account | None,
        ours: Account | None,
        events_by_id: Mapping[str, _PlacedEvent],
    ) -> Account:
        account = ours or theirs
        assert account is not None  # noqa: S101 - it is in one of the two
        theirs, ours, former, id = theirs or account, ours or account, base or UNKNOWN_ACCOUNT, account.id
        own_event_ids = [event_id for event_id, (account_id, _unused) in events_by_id.items() if account_id == id]
        event_ids = _merged_order(_event_ids(base), _event_ids(theirs), _event_ids(ours), own_event_ids)
        values: dict[str, Any] = {
            name: self._merge_value(
                getattr(former, name), getattr(theirs, name), getattr(ours, name), id, ACCOUNT_VALUES[name]
            )
            for name in ACCOUNT_VALUES
        }
        return Account(
            id,
            **values,
            events=tuple(events_by_id[event_id][1] for event_id in event_ids),
            extra=self._merge_mapping(former.extra, theirs.extra, ours.extra, id),
        )

    def _merge_events(self) -> dict[str, _PlacedEvent]:
        """Every entry of the merged record, with its account: an entry may have been moved to another one."""
        base, theirs, ours = (_placed_events(record) for record in (self._base, self._theirs, self._ours))
        merged: dict[str, _PlacedEvent] = {}
        for id in dict.fromkeys((*theirs, *ours)):
            if is_removed(self._removals, id):
                continue
            before = base.get(id)
            in_theirs = _find_placed_event(id, before, theirs, self._theirs)
            in_ours = _find_placed_event(id, before, ours, self._ours)
            if in_theirs is None or in_ours is None:
                placed = in_theirs or in_ours
                # Removed by one: it stays only where the other changed it, or where it is new.
                if before is not None and placed == before:
                    continue
                if before is not None and placed is not None:
                    self._conflicts.append(MergeConflict(placed[0], CONFLICT_EVENT, id))
            else:
                placed = self._merge_value(before, in_theirs, in_ours, in_ours[0], CONFLICT_EVENT, id)
            if placed is not None:
                merged[id] = placed
        return merged


def _merge_choice(*, base: bool | None, theirs: bool | None, ours: bool | None) -> bool | None:
    """The choice that one of both copies changed; where both did, and not alike, the one that sends more."""
    changed = {choice for choice in (theirs, ours) if choice != base}
    return max(changed, key=(None, False, True).index) if changed else base


def _accounts_by_id(accounts: Iterable[Account]) -> dict[str, Account]:
    return {account.id: account for account in accounts}


def _event_ids(account: Account | None) -> tuple[str, ...]:
    return tuple(event.id for event in account.events) if account else ()


def _placed_events(record: Record) -> dict[str, _PlacedEvent]:
    return {event.id: (account.id, event) for account in record.accounts for event in account.events}


def _find_placed_event(
    id: str, before: _PlacedEvent | None, places: Mapping[str, _PlacedEvent], version: Record
) -> _PlacedEvent | None:
    """The entry in one version. One that was removed with its whole account counts as unchanged."""
    if id not in places and before is not None and version.account_by_id(before[0]) is None:
        return before
    return places.get(id)


def _merged_order(
    base: tuple[str, ...], theirs: tuple[str, ...], ours: tuple[str, ...], kept: Collection[str]
) -> tuple[str, ...]:
    """The kept ids, in the order of the version that changed the order, then those of the other alone."""
    first, then = (theirs, ours) if ours == base else (ours, theirs)
    wanted = set(kept)
    return tuple(id for id in dict.fromkeys((*first, *then)) if id in wanted)
