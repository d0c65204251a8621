"""Joins another copy of the record: what both had in common before they parted is looked for in the kept versions."""

import os
from pathlib import Path

from metaoptout_tui.app.files.restoring import describe_names, describe_size, time_of_file
from metaoptout_tui.core.choice_question import ChoiceQuestion, question_before
from metaoptout_tui.core.errors import FileRefused
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.record.account_names import is_placeholder_name
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.common_base import EarlierVersion, RecordCopy, find_common_base
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.storage import progress_file
from metaoptout_tui.storage.kept_versions import digest_of, distinct_versions, list_versions

_WHAT_TO_CHOOSE = mark(
    "Choose a progress.toml, or a zip that `metaoptout-tui backup` wrote; a case file cannot be read back."
)


def read_copy(path: Path) -> Record:
    """The record in a file or backup that a person named. Raises FileRefused for none that this version can read."""
    from metaoptout_tui.app.files.backup import is_backup_name, read_backup

    if is_backup_name(path):
        return read_backup(path)
    if os.path.isdir(path):
        raise FileRefused(
            _("{path} is a folder.").format(path=clean_line(str(path))),
            kept=_("Nothing was changed."),
            todo=_(_WHAT_TO_CHOOSE),
        )
    match progress_file.load_record(path):
        case progress_file.FileLoaded(record, _):
            return record
        case progress_file.FileMissing() | progress_file.FileGone():
            raise FileRefused(
                _("There is no file {path}.").format(path=clean_line(str(path))),
                kept=_("Nothing was changed."),
                todo=_("Look how it is written."),
            )
        case progress_file.FileCorrupt(error):
            raise FileRefused(error.what, kept=_("Nothing was changed."), todo=_(_WHAT_TO_CHOOSE))
        case other:
            raise FileRefused(other.error.what, kept=_("Nothing was changed."), todo=other.error.todo)


def readable_record(path: Path) -> Record:
    """The record in a file; an empty one where there is none that this version can read."""
    loaded = progress_file.load_record(path)
    return loaded.record if isinstance(loaded, progress_file.FileLoaded) else Record()


def seems_somebody_elses(copy: Record, present: Record) -> bool:
    """Whether a copy has accounts, and none of its entries, addresses or named accounts is in the record too.

    Then it is most likely another person's. Where either has no account, nothing can be told, and it counts as one's own.
    """
    if not copy.accounts or not present.accounts:
        return False
    return not any(ours & theirs for ours, theirs in zip(_traits_of(present), _traits_of(copy), strict=True))


def question_on_somebody_elses(copy: Record, path: Path, present: Record, record_name: str) -> ChoiceQuestion | None:
    """Whether a copy that seems to be another person's is to be taken all the same; None where it does not seem so.

    `record_name` is what the record is called where there are several people's, else empty.
    """
    if not seems_somebody_elses(copy, present):
        return None
    why = _(
        "{file} seems to be another person's record: it has {size} ({names}), and no entry, address or account "
        "that is in this record."
    ).format(file=clean_line(path.name), size=describe_size(copy), names=describe_names(copy))
    sentences = (why, _("This record is called {name}.").format(name=record_name)) if record_name else (why,)
    return question_before(_("Take it all the same?"), sentences, leave=_("leave it"), go_on=_("take it"))


def _traits_of(record: Record) -> tuple[set[str], ...]:
    """What tells one person's record from another's: ids of entries, addresses, named accounts."""
    entries = {event.id for account in record.accounts for event in account.events}
    addresses = {record.person.email.casefold(), *(account.email.casefold() for account in record.accounts)} - {""}
    named = {
        f"{account.platform} {account.name.casefold()}" for account in record.accounts if _has_name_of_its_own(account)
    }
    return entries, addresses, named


def _has_name_of_its_own(account: Account) -> bool:
    """Whether a person named it: “Facebook” or “Instagram 2” is in the records of many people."""
    is_named = bool(account.name) and not account.is_from_elsewhere
    return is_named and not is_placeholder_name(account.name.casefold(), account.platform)


def base_from_versions(path: Path, ours: Record, copy_path: Path, copy: Record) -> Record:
    """What is sure of the version from which the record at `path` and a copy began, by the versions beside both.

    An empty record where nothing is sure.
    """
    kept = distinct_versions((*list_versions(path), *list_versions(copy_path)))
    versions = [
        EarlierVersion(
            loaded.record,
            version.written,
            digest_of(loaded.data),
            version.former_digest,
            # One that came with accounts had a past elsewhere.
            is_beginning=version.is_first and not loaded.record.accounts,
        )
        for version in kept
        if isinstance(loaded := progress_file.load_record(version.path), progress_file.FileLoaded)
        and version.digest in ("", digest_of(loaded.data))
    ]
    return find_common_base(ours, _digest_in_file(path, ours), _described_copy(copy_path, copy), versions)


def _described_copy(path: Path, copy: Record) -> RecordCopy:
    """The copy with what its file says; a backup is a zip, so that its own digest says nothing."""
    return RecordCopy(copy, _digest_in_file(path, copy), time_of_file(path))


def _digest_in_file(path: Path, record: Record) -> str:
    """The digest of the file, where it holds this record; else empty."""
    match progress_file.load_record(path):
        case progress_file.FileLoaded(in_file, data) if in_file == record:
            return digest_of(data)
        case _:
            return ""
