"""Restores a kept version of the record, or one account of it; the record as it is now is kept as a version too.

What was undone or removed since stays so, unless one account is asked for by name. What came in since is in the kept
version, and joining that brings it back.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.files.typed_paths import with_tilde
from metaoptout_tui.core import dates
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.language.formatting import format_list, format_number, format_open_list, labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.record.account_names import is_own_data_from_elsewhere
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.removals import is_removed, join_removals, with_returned, without_removed
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.storage import progress_file
from metaoptout_tui.storage.kept_versions import digest_of, distinct_versions, list_versions

_SHOWN_NAMES, _NAME_CHARACTERS = 3, 24


class RestorableVersion(NamedTuple):
    """A version of the record that can be read.

    `conflict_program` is whose conflict copy it is, by its name; empty for a kept version. `shares_minute`: another one was written in the same minute, so that its seconds are told.
    """

    path: Path
    written: datetime
    record: Record
    conflict_program: str = ""
    shares_minute: bool = False

    def moment(self, clock: Clock) -> str:
        """When it was written, in the person's own time: `23 Nov 2026, 14:09`."""
        return dates.format_full_moment(self.written, clock(), with_seconds=self.shares_minute)

    def describe(self, clock: Clock) -> str:
        """When it was written and how much is in it: `23 Nov 2026, 14:09: 3 accounts, 12 entries`."""
        return labelled(self.moment(clock), describe_size(self.record))


def describe_names(record: Record) -> str:
    """The names of the accounts, the first few of them: `Anna, shop and 2 more`."""
    names = [
        _("Data about you without an account")
        if is_own_data_from_elsewhere(account)
        else clean_line(account.name, _NAME_CHARACTERS) or account.platform
        for account in record.accounts
    ]
    more = len(names) - _SHOWN_NAMES
    if more <= 0:
        return format_list(names)
    return _("{names} and {count} more").format(names=format_open_list(names[:_SHOWN_NAMES]), count=format_number(more))


def describe_size(record: Record) -> str:
    """How much a record holds: `3 accounts, 12 entries`."""
    accounts, entries = len(record.accounts), record.event_count
    accounts_words = ngettext("{count} account", "{count} accounts", accounts).format(count=format_number(accounts))
    entries_words = ngettext("{count} entry", "{count} entries", entries).format(count=format_number(entries))
    # Translators: how much a record holds: “3 accounts, 12 entries”.
    return _("{accounts}, {entries}").format(accounts=accounts_words, entries=entries_words)


def list_restorable(
    path: Path, known: dict[Path, RestorableVersion | None] | None = None
) -> tuple[RestorableVersion, ...]:
    """Every kept version and conflict copy that can be read, newest first.

    Kept versions never change, so those in `known` are not read again, and what was read is added to it.
    """
    known = {} if known is None else known
    versions_and_copies = [
        (version.path, version.written, version.digest, "") for version in distinct_versions(list_versions(path))
    ]
    copies = progress_file.find_conflict_copies(path)
    versions_and_copies.extend((copy.path, time_of_file(copy.path), "", copy.program) for copy in copies)
    versions = []
    for place, written, digest, conflict_program in sorted(versions_and_copies, key=lambda each: each[1], reverse=True):
        if place not in known or conflict_program:
            known[place] = _read_version(place, written, digest, conflict_program)
        versions.append(known[place])
    readable = [version for version in versions if version is not None]
    of_minute = Counter(version.written.replace(second=0, microsecond=0) for version in readable)
    return tuple(
        version._replace(shares_minute=of_minute[version.written.replace(second=0, microsecond=0)] > 1)
        for version in readable
    )


def _read_version(path: Path, written: datetime, digest: str, conflict_program: str) -> RestorableVersion | None:
    loaded = progress_file.load_record(path)
    if isinstance(loaded, progress_file.FileLoaded) and (not digest or digest_of(loaded.data) == digest):
        return RestorableVersion(path, written, loaded.record, conflict_program)
    return None


def conflict_copies_of(path: Path) -> tuple[Path, ...]:
    """The copies beside a record that a conflict left."""
    return tuple(copy.path for copy in progress_file.find_conflict_copies(path))


def time_of_file(path: Path) -> datetime:
    """When a file was written last."""
    try:
        return datetime.fromtimestamp(path.lstat().st_mtime, UTC)
    except OSError:
        return datetime.fromtimestamp(0, UTC)


def restored_record(earlier: Record, present: Record) -> Record:
    """The earlier record, without what was undone or removed since, and with all removal counts."""
    return without_removed(replace(earlier, removals=join_removals(earlier.removals, present.removals)))


def restored_without_file(version: RestorableVersion, versions: Iterable[RestorableVersion]) -> Record:
    """A version, where the record itself cannot be read: without what any other version says was removed."""
    record = version.record
    for other in versions:
        record = restored_record(record, other.record)
    return record


def lost_accounts(earlier: Record, present: Record) -> tuple[Account, ...]:
    """The accounts of an earlier record that are not in the present one."""
    return tuple(account for account in earlier.accounts if present.account_by_id(account.id) is None)


def with_returned_account(present: Record, earlier: Record, account_id: str) -> Record:
    """The present record with an account of an earlier one back in it, with its diary. Raises InputRefused for none."""
    account = earlier.account_by_id(account_id)
    if account is None:
        ids = format_list(clean_line(each.id) for each in earlier.accounts) or _("none")
        raise InputRefused(
            _("That version has no account {account_id}.").format(account_id=clean_line(account_id)),
            todo=_("It has: {ids}.").format(ids=ids),
        )
    if present.account_by_id(account_id) is not None:
        raise InputRefused(_("{name} is in your record already.").format(name=clean_line(account.name)))
    taken = {event.id for each in present.accounts for event in each.events}
    taken |= {event.id for event in account.events if is_removed(earlier.removals, event.id)}
    events = tuple(event for event in account.events if event.id not in taken)
    returned = with_returned(present, (account.id, *(event.id for event in events)))
    return returned.with_account(replace(account, events=events))


def find_version(versions: Iterable[RestorableVersion], named: str) -> RestorableVersion | None:
    """The version with this number in the list, from 1, or with this file name or path."""
    listed = tuple(versions)
    if named.isdecimal() and 1 <= int(named) <= len(listed):
        return listed[int(named) - 1]
    return next((version for version in listed if named in (version.path.name, str(version.path))), None)


def shown_path(path: Path) -> str:
    """A path as people write it."""
    return clean_line(with_tilde(path))
