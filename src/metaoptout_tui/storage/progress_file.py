"""Loads and saves the record as `progress.toml`, a file that a person can read and edit.

Loading has six outcomes. Only `FileMissing` may lead to a new file without a question and only `FileLoaded` to a save,
since `save_record` asks for the bytes that were read. Before anything is written, the new text is parsed again and compared
with the record, so that nothing is lost.
"""

import math
import os
from collections.abc import Callable, Mapping
from datetime import date, tzinfo
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.core.toml import MalformedFile, decode_toml, format_toml_path, line_of, malformed_at, parse_toml
from metaoptout_tui.storage.atomic_write import (
    ChangedOnDisk,
    KeepVersions,
    find_write_obstacle,
    write_durably,
)
from metaoptout_tui.storage.document_values import InvalidValue
from metaoptout_tui.storage.file_access import numbered_names, read_bytes
from metaoptout_tui.storage.progress_document import (
    SCHEMA_VERSION,
    account_to_table,
    document_without_accounts,
    parse_document,
    read_schema,
)

if TYPE_CHECKING:  # what only annotations name is not loaded at start
    from metaoptout_tui.storage.conflict_copies import ConflictCopy
    from metaoptout_tui.storage.record_traces import RecordTraces

MAX_BYTES = 4 << 20
_MAX_COPIES_A_DAY = 99

FILE_HEADER = """\
# Your record in metaoptout-tui: your accounts, what you did, and what came back.
# You may read and edit this file while the program is closed. Names it does not know are kept; comments
# are not, and lines are put in order when it saves. An entry of your own needs `at` and `what`;
# a time without +01:00 or the like counts as this computer's time.
"""


class FileMissing(NamedTuple):
    """No file and no link, and nothing left of one: a first start."""


class FileGone(NamedTuple):
    """No file and no link, but what belongs to a record is beside its place."""

    error: StorageError
    traces: "RecordTraces"


class FileUnreadable(NamedTuple):
    """The file exists, but the system cannot read it."""

    error: StorageError


class FileCorrupt(NamedTuple):
    """The file is not a valid record; `error` has the line, the column, the key and what was expected."""

    error: MalformedFile


class FileFromNewerVersion(NamedTuple):
    """Written by a newer version: `record` is what this one understands of it, to be shown and never saved."""

    record: Record
    schema: int
    error: StorageError


class FileLoaded(NamedTuple):
    """The record, and the exact bytes it was read from, which the next save compares."""

    record: Record
    data: bytes


LoadResult = FileMissing | FileGone | FileUnreadable | FileCorrupt | FileFromNewerVersion | FileLoaded


def load_record(path: Path, *, tz: tzinfo | None = None) -> LoadResult:
    """Read the record; never raises and never writes. Times without a zone are in `tz` (None: this computer's zone).

    Text is cleaned (`core.text`). An entry without `id` gets one made from its time and content, the same every time.
    """
    try:
        data = read_bytes(path, MAX_BYTES)
    except StorageError as error:
        return FileUnreadable(error)
    return _missing_or_gone(path) if data is None else parse_record(data, path.name, tz=tz)


def _missing_or_gone(path: Path) -> FileMissing | FileGone:
    from metaoptout_tui.storage.record_traces import find_traces, record_gone_error

    traces = find_traces(path, find_conflict_copies(path))
    return FileGone(record_gone_error(path, traces), traces) if traces.description else FileMissing()


def parse_record(
    data: bytes, name: str, *, tz: tzinfo | None = None
) -> FileCorrupt | FileFromNewerVersion | FileLoaded:
    """Load a record as `load_record` does, from bytes; `name` is the file name for error messages."""
    try:
        if not data.strip():
            raise malformed_at(name, _("it is empty, and this program never leaves it so"))
        document = parse_toml(data, name)
    except MalformedFile as error:
        return FileCorrupt(error)
    try:
        schema = read_schema(document)
        record = parse_document(document, tz, lenient=schema > SCHEMA_VERSION)
    except InvalidValue as error:
        line = line_of(decode_toml(data, name), error.key_path)
        return FileCorrupt(
            malformed_at(name, error.problem, line=line, key=format_toml_path(error.key_path), expected=error.expected)
        )
    if schema == SCHEMA_VERSION:
        return FileLoaded(record, data)
    newer = StorageError(
        _(
            "{name} was written by a newer version of this program (schema {schema}; this one knows {schema_version})."
        ).format(name=name, schema=schema, schema_version=SCHEMA_VERSION),
        kept=_("It is shown as far as it is understood, and nothing in it will be changed."),
        todo=_("Update the program."),
    )
    return FileFromNewerVersion(record, schema, newer)


def load_for_display(path: Path, *, restore_command: str) -> tuple[Record, tuple[str, ...]]:
    """The record for a report, empty where there is no file, and warnings about it. Raises StorageError.

    `restore_command` is how the command that lists its versions is typed, for a record that is gone.
    """
    match load_record(path):
        case FileLoaded(record, _):
            return record, ()
        case FileMissing():
            return Record(), ()
        case FileFromNewerVersion(record, _, error):
            return record, (str(error),)
        case FileGone(error=error):
            from metaoptout_tui.storage.record_traces import with_way_back

            raise with_way_back(error, restore_command)
        case FileUnreadable(error) | FileCorrupt(error):
            raise StorageError(str(error))


class AccountTexts:
    """Caches the TOML of each account between saves, since accounts are frozen and most saves change only one.

    The key is the account's `id()`; the account is held too, so that its `id()` is not reused.
    """

    def __init__(self) -> None:
        self._cache: dict[int, tuple[Account, str]] = {}

    def texts_of(self, accounts: tuple[Account, ...]) -> list[str]:
        """The TOML of each account, from the cache where it is there. Raises as `_write_verified` does."""
        cache = self._cache
        self._cache = {id(account): cache.get(id(account)) or (account, _account_toml(account)) for account in accounts}
        return [text for _unused, text in self._cache.values()]


def dump_record(record: Record, known_texts: AccountTexts | None = None) -> bytes:
    """The file for a record: schema, person, accounts with their diaries, drafts, then keys this version does not know.

    Each part is read back and compared. Raises StorageError for a record that cannot be written without loss.
    """
    account_ids = [account.id for account in record.accounts]
    event_ids = [event.id for account in record.accounts for event in account.events]
    if len(set(account_ids)) < len(account_ids) or len(set(event_ids)) < len(event_ids):
        raise StorageError(_("Not saved: two accounts or two entries of the record have the same id."))
    try:
        before, after = _write_verified(document_without_accounts(record), _write_around_accounts)
        accounts = (known_texts or AccountTexts()).texts_of(record.accounts)
    except InvalidValue as error:
        problem = f"{format_toml_path(error.key_path)}: {error.problem}"
        raise StorageError(
            _("Not saved: the record would not open again ({problem}).").format(problem=problem)
        ) from error
    except (ValueError, TypeError, RecursionError, MalformedFile) as error:
        raise StorageError(
            _("Not saved: the record holds something that cannot be written ({error}).").format(error=error)
        ) from error
    parts = (FILE_HEADER, before, *accounts, after)
    data = "\n".join(part for part in parts if part).encode()
    if len(data) > MAX_BYTES:
        raise StorageError(
            _("Not saved: the record would be larger than {megabytes} MB.").format(megabytes=MAX_BYTES >> 20),
            todo=_("Shorten the longest notes."),
        )
    return data


def save_record(
    path: Path,
    record: Record,
    expected: bytes | None,
    *,
    keep: KeepVersions | None = None,
    known_texts: AccountTexts | None = None,
) -> bytes:
    """Write the record durably, unless it is unchanged, and return the bytes that are now on disk.

    `expected` is `FileLoaded.data` or what the last save returned, None after `FileMissing`; `keep` keeps versions.
    Raises NotSaved, ChangedOnDisk where the file holds something else, StorageError for a record that cannot be written.
    """
    data = dump_record(record, known_texts)
    if data != expected:
        write_durably(path, data, expected=expected, keep=keep)
    return data


def save_aside(path: Path, data: bytes, day: date, kind: str = "conflict") -> Path:
    """Write `data` beside the record as `progress.conflict-2026-11-23.toml`, or `-2` and so on, and return the path.

    For a version that another program's change has displaced. Never replaces a file. Raises StorageError.
    """
    real_path = Path(os.path.realpath(path))
    for name in islice(
        numbered_names(f"{real_path.stem}.{kind}-{day.isoformat()}", real_path.suffix), _MAX_COPIES_A_DAY
    ):
        copy = real_path.with_name(name)
        try:
            write_durably(copy, data, expected=None)
        except ChangedOnDisk:
            if copy.stat().st_size != len(data) or read_bytes(copy, len(data)) != data:
                continue
        return copy
    raise StorageError(
        _("Not saved: there are {count} copies of {name} from {day} already.").format(
            count=_MAX_COPIES_A_DAY, name=path.name, day=day.isoformat()
        )
    )


def replace_corrupt_file(
    path: Path, record: Record, day: date, *, keep: KeepVersions | None = None
) -> tuple[Path, bytes]:
    """Replace a corrupt file by a record, new or from an earlier version, when the person asks for it.

    The corrupt file is kept beside it as `progress.set-aside-2026-11-23.toml`, and the earlier versions stay. Returns
    its path and the bytes now on disk. Raises StorageError, and changes nothing, where it cannot be copied or
    replaced.
    """
    if obstacle := find_write_obstacle(path):
        raise obstacle
    current = read_bytes(path, 64 * MAX_BYTES)
    if current is None:
        raise StorageError(_("{name} is gone.").format(name=path.name), todo=_("Start again."))
    return save_aside(path, current, day, "set-aside"), save_record(path, record, current, keep=keep)


def find_conflict_copies(path: Path) -> "tuple[ConflictCopy, ...]":
    """Conflict copies beside the record, ours or those of a sync program."""
    real = Path(os.path.realpath(path))
    try:
        names = os.listdir(real.parent)  # noqa: PTH208 - the names are wanted, not paths
    except OSError:
        return ()
    names = [name for name in names if name.startswith(real.stem) and name.endswith(real.suffix) and name != real.name]
    if not names:
        return ()
    from metaoptout_tui.storage.conflict_copies import recognise_conflict_copies

    return recognise_conflict_copies(real.parent, real.stem, real.suffix, names)


def describe_conflict_copies(path: Path, way_to_join: str = "`metaoptout-tui merge`") -> tuple[str, ...]:
    """A sentence for each copy beside the record that a conflict left, with what joins it."""
    return tuple(
        _(
            "{name} is a copy of your record that a conflict left ({program}). It is not read; {way_to_join} joins it."
        ).format(name=clean_line(copy.path.name), program=copy.program, way_to_join=way_to_join)
        for copy in find_conflict_copies(path)
    )


_TomlWriter = Callable[[Mapping[str, object]], str]


def _account_toml(account: Account) -> str:
    return _write_verified({"account": [account_to_table(account)]}, _write_account)[0]


def _write_verified(
    document: dict[str, object], write: Callable[[dict[str, object], _TomlWriter], tuple[str, ...]]
) -> tuple[str, ...]:
    """The TOML that `write` makes of a document, after reading it back: it equals the document and is a valid record."""
    import tomli_w

    # Multi-line strings are easier to read, but cannot express \r\n.
    for multiline in (True, False):
        parts = write(document, partial(tomli_w.dumps, multiline_strings=multiline))
        parsed = parse_toml("\n".join(parts).encode(), _("the record"))
        if _is_equal(parsed, document):
            parse_document(parsed)
            return parts
    raise ValueError(_("it does not read back as it was written"))


def _write_around_accounts(document: dict[str, object], toml: _TomlWriter) -> tuple[str, str]:
    """The TOML before and after the accounts: plain values must come before all tables."""
    after_names = {name for name, value in document.items() if isinstance(value, Mapping) and name != "person"}
    before = {name: value for name, value in document.items() if name not in after_names}
    after = {name: value for name, value in document.items() if name in after_names}
    return toml(before), toml(after)


def _write_account(document: dict[str, object], toml: _TomlWriter) -> tuple[str]:
    # tomli_w would put a list of short tables on one line each; so each is written as a single table `[account]`, and
    # that line becomes `[[account]]`.
    [account] = cast("list[dict[str, object]]", document["account"])
    diary = cast("list[dict[str, object]]", account.get("event", []))
    head = {name: value for name, value in account.items() if name != "event"}
    tables: list[dict[str, object]] = [{"account": head}]
    tables.extend({"account": {"event": event}} for event in diary)
    return ("\n".join("[{}]\n{}".format(*toml(table).split("\n", 1)) for table in tables),)


def _is_equal(one: object, other: object) -> bool:
    """Whether two documents are equal, in their types too; NaN counts as equal to NaN."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_is_equal(value, other[name]) for name, value in one.items())
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(_is_equal, one, other))
    if isinstance(one, float) and isinstance(other, float) and math.isnan(one):
        return math.isnan(other)
    return type(one) is type(other) and one == other
