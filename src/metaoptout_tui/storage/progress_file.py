"""Loads and saves the record as `progress.toml`, a file that a person can read and edit.

Loading has five outcomes. Only `FileMissing` may lead to a new file and only `FileLoaded` to a save, since
`save_record` asks for the bytes that were read. What is written is parsed again and compared first, so that nothing
is lost.
"""

import math
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from functools import partial
from itertools import islice
from pathlib import Path
from typing import cast

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.toml import MalformedFile, decode_toml, format_toml_path, line_of, malformed_at, parse_toml
from metaoptout_tui.storage.atomic_write import (
    DEFAULT_GENERATIONS,
    ChangedOnDisk,
    find_write_obstacle,
    numbered_names,
    write_durably,
)
from metaoptout_tui.storage.file_access import read_bytes
from metaoptout_tui.storage.progress_document import (
    SCHEMA_VERSION,
    InvalidValue,
    account_to_table,
    document_without_accounts,
    parse_document,
    read_schema,
)

MAX_BYTES = 4 << 20
_MAX_COPIES_A_DAY = 99

FILE_HEADER = """\
# Your record in metaoptout-tui: your accounts, what you did, and what came back.
# You may read and edit this file while the program is closed. Names it does not know are kept; comments
# are not, and lines are put in order when it saves. An entry of your own needs `at` and `what`;
# a time without +01:00 or the like counts as this computer's time.
"""


@dataclass(frozen=True, slots=True)
class FileMissing:
    """No file and no link: a first start."""


@dataclass(frozen=True, slots=True)
class FileUnreadable:
    """Something is there and the system will not give it."""

    error: StorageError


@dataclass(frozen=True, slots=True)
class FileCorrupt:
    """Read, but not understood; `error` has the line, the column, the key and what was expected."""

    error: MalformedFile


@dataclass(frozen=True, slots=True)
class FileFromNewerVersion:
    """Written by a newer version: `progress` is what this one understands of it, to be shown and never saved."""

    record: Record
    schema: int
    error: StorageError


@dataclass(frozen=True, slots=True)
class FileLoaded:
    """The record, and the exact bytes it came from, which the next save compares."""

    record: Record
    data: bytes


LoadResult = FileMissing | FileUnreadable | FileCorrupt | FileFromNewerVersion | FileLoaded


def load_record(path: Path, *, tz: tzinfo | None = None) -> LoadResult:
    """Read the record. Never raises and never writes; `tz` is for times without a zone (None: this computer's).

    Text is cleaned as it enters (`core.text`). An entry without `id` is given one made from its time and content, the same
    at every reading.
    """
    try:
        data = read_bytes(path, MAX_BYTES)
    except StorageError as error:
        return FileUnreadable(error)
    return FileMissing() if data is None else parse_record(data, path.name, tz=tz)


def parse_record(
    data: bytes, name: str, *, tz: tzinfo | None = None
) -> FileCorrupt | FileFromNewerVersion | FileLoaded:
    """As `load_record`, for bytes at hand; `name` is what the file is called in errors."""
    try:
        if not data.strip():
            raise malformed_at(name, "it is empty, and this program never leaves it so")
        document = parse_toml(data, name)
    except MalformedFile as error:
        return FileCorrupt(error)
    try:
        schema = read_schema(document)
        record = parse_document(document, tz, lenient=schema > SCHEMA_VERSION)
    except InvalidValue as wrong:
        line = line_of(decode_toml(data, name), wrong.key_path)
        return FileCorrupt(
            malformed_at(name, wrong.problem, line=line, key=format_toml_path(wrong.key_path), expected=wrong.expected)
        )
    if schema == SCHEMA_VERSION:
        return FileLoaded(record, data)
    newer = StorageError(
        f"{name} was written by a newer version of this program (schema {schema}; this one knows {SCHEMA_VERSION}).",
        kept="It is shown as far as it is understood, and nothing in it will be changed.",
        todo="Update the program.",
    )
    return FileFromNewerVersion(record, schema, newer)


def load_for_display(path: Path) -> tuple[Record, tuple[str, ...]]:
    """The record to be shown, empty where there is none, and what there is to say of it. Raises StorageError."""
    match load_record(path):
        case FileLoaded(progress, _):
            return progress, ()
        case FileMissing():
            return Record(), ()
        case FileFromNewerVersion(progress, _, error):
            return progress, (str(error),)
        case FileUnreadable(error) | FileCorrupt(error):
            raise StorageError(str(error))


class AccountTexts:
    """The accounts of the last dump with their text, for whoever saves often: they are frozen, and most saves change one.

    Known by identity; holding on to them keeps an identity from being given to another.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[Account, str]] = {}

    def texts_of(self, accounts: tuple[Account, ...]) -> list[str]:
        """The text of each, written and read back unless it is known already. Raises as `_write_verified` does."""
        known = self._known
        self._known = {id(account): known.get(id(account)) or (account, _account_toml(account)) for account in accounts}
        return [text for _, text in self._known.values()]


def dump_record(record: Record, known_texts: AccountTexts | None = None) -> bytes:
    """The file for a record: schema, person, accounts with their diaries, drafts, then names this version does not know.

    Each part has been read back and says the same. Raises StorageError for a record that cannot be written so.
    """
    every = [account.id for account in record.accounts]
    entries = [event.id for account in record.accounts for event in account.events]
    if len(set(every)) < len(every) or len(set(entries)) < len(entries):
        raise StorageError("Not saved: two accounts or two entries of the record have the same id.")
    try:
        before, after = _write_verified(document_without_accounts(record), _write_around_accounts)
        accounts = (known_texts or AccountTexts()).texts_of(record.accounts)
    except InvalidValue as wrong:
        problem = f"{format_toml_path(wrong.key_path)}: {wrong.problem}"
        raise StorageError(f"Not saved: the record would not open again ({problem}).") from wrong
    except (ValueError, TypeError, RecursionError, MalformedFile) as error:
        raise StorageError(f"Not saved: the record holds something that cannot be written ({error}).") from error
    parts = (FILE_HEADER, before, *accounts, after)
    data = "\n".join(part for part in parts if part).encode()
    if len(data) > MAX_BYTES:
        raise StorageError(
            f"Not saved: the record would be larger than {MAX_BYTES >> 20} MB.", todo="Shorten the longest notes."
        )
    return data


def save_record(
    path: Path,
    record: Record,
    expected: bytes | None,
    *,
    keep: int = DEFAULT_GENERATIONS,
    known_texts: AccountTexts | None = None,
) -> bytes:
    """Write the record durably and return what is now on disk; nothing is written where nothing changed.

    `expected` is `FileLoaded.data` or what the last save returned, None after `FileMissing`. Raises NotSaved, ChangedOnDisk where
    the file is no longer that, StorageError for a record that cannot be written.
    """
    data = dump_record(record, known_texts)
    if data != expected:
        write_durably(path, data, expected=expected, keep=keep)
    return data


def save_aside(path: Path, data: bytes, on: date, why: str = "conflict") -> Path:
    """Keep `data` beside the record as `progress.conflict-2026-11-23.toml`, or `-2` and so on, and say where.

    For the version that lost to a change from elsewhere (`dump_record` gives it). Never replaces anything. Raises StorageError.
    """
    real = Path(os.path.realpath(path))
    for name in islice(numbered_names(f"{real.stem}.{why}-{on.isoformat()}", real.suffix), _MAX_COPIES_A_DAY):
        aside = real.with_name(name)
        try:
            write_durably(aside, data, expected=None, keep=0)
        except ChangedOnDisk:
            if aside.stat().st_size != len(data) or read_bytes(aside, len(data)) != data:
                continue
        return aside
    raise StorageError(f"Not saved: there are {_MAX_COPIES_A_DAY} copies of {path.name} from {on.isoformat()} already.")


def replace_corrupt_file(path: Path, record: Record, on: date) -> tuple[Path, bytes]:
    """Put a record, new or from an earlier generation, in the place of a file that is not understood, at the person's wish.

    That file is kept beside it as `progress.set-aside-2026-11-23.toml`, and the earlier generations stay. Returns where it
    is, and what is now on disk. Raises StorageError, and leaves the file as it was, where it cannot be copied or replaced.
    """
    if found := find_write_obstacle(path):
        raise found
    present = read_bytes(path, 64 * MAX_BYTES)
    if present is None:
        raise StorageError(f"{path.name} is gone.", todo="Start again.")
    return save_aside(path, present, on, "set-aside"), save_record(path, record, present, keep=0)


def find_conflict_copies(path: Path) -> tuple[Path, ...]:
    """Copies beside the record that a conflict left, ours or a sync program's: named at the start, never loaded unasked."""
    real = Path(os.path.realpath(path))
    pattern = re.compile(rf"{re.escape(real.stem)}\b.*conflict.*{re.escape(real.suffix)}", re.IGNORECASE)
    try:
        return tuple(path for path in sorted(real.parent.iterdir()) if pattern.fullmatch(path.name))
    except OSError:
        return ()


_TomlWriter = Callable[[Mapping[str, object]], str]


def _account_toml(account: Account) -> str:
    return _write_verified({"account": [account_to_table(account)]}, _write_account)[0]


def _write_verified(
    document: dict[str, object], write: Callable[[dict[str, object], _TomlWriter], tuple[str, ...]]
) -> tuple[str, ...]:
    """What `write` makes of a document, once it has been read back: as TOML it says the same, as a record it opens."""
    import tomli_w

    # Text over several lines is easier on the reader, but has no way to write \r\n.
    for multiline in (True, False):
        parts = write(document, partial(tomli_w.dumps, multiline_strings=multiline))
        again = parse_toml("\n".join(parts).encode(), "the record")
        if _is_equal(again, document):
            parse_document(again)
            return parts
    raise ValueError("it does not read back as it was written")


def _write_around_accounts(document: dict[str, object], toml: _TomlWriter) -> tuple[str, str]:
    """What goes before the accounts and what goes after them: values have to come before all tables."""
    last = {name for name, value in document.items() if isinstance(value, Mapping) and name != "person"}
    before = {name: value for name, value in document.items() if name not in last}
    after = {name: value for name, value in document.items() if name in last}
    return toml(before), toml(after)


def _write_account(document: dict[str, object], toml: _TomlWriter) -> tuple[str]:
    # tomli_w alone puts a list of short tables on one line each; so each is written as a single table, and its first line
    # `[account]` becomes `[[account]]`.
    [account] = cast("list[dict[str, object]]", document["account"])
    diary = cast("list[dict[str, object]]", account.get("event", []))
    head = {name: value for name, value in account.items() if name != "event"}
    tables: list[dict[str, object]] = [{"account": head}]
    tables.extend({"account": {"event": each}} for each in diary)
    return ("\n".join("[{}]\n{}".format(*toml(table).split("\n", 1)) for table in tables),)


def _is_equal(one: object, other: object) -> bool:
    """Whether two documents say the same: equal in type too, and a float that is no number equal to itself."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_is_equal(value, other[name]) for name, value in one.items())
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(_is_equal, one, other))
    if isinstance(one, float) and isinstance(other, float) and math.isnan(one):
        return math.isnan(other)
    return type(one) is type(other) and one == other
