"""The record as a file: `progress.toml`, which a person can read and edit, and nothing that is in it is lost.

Reading has five outcomes and five sentences. Only `Missing` may create a file and only `Good` may save one: `save` asks
for the bytes that were read, and no other outcome has them.
"""

import math
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from functools import partial
from pathlib import Path
from typing import cast

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.progress import Account, Progress
from metaoptout_tui.core.toml import Malformed, decoded, line_of, malformed, read_toml, spelled
from metaoptout_tui.storage.document import SCHEMA, Wrong, account_of, frame_of, record_of, schema_of
from metaoptout_tui.storage.durable import KEPT, ChangedOnDisk, obstacle, write_durably
from metaoptout_tui.storage.reading import read_bytes

MOST_BYTES = 4 << 20

HEADER = """\
# Your record in metaoptout-tui: your accounts, what you did, and what came back.
# You may read and edit this file while the program is closed. Names it does not know are kept; comments
# are not, and lines are put in order when it saves. An entry of your own needs `at` and `what`;
# a time without +01:00 or the like counts as this computer's time.
"""


@dataclass(frozen=True, slots=True)
class Missing:
    """No file and no link: a first start."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something is there and the system will not give it."""

    error: StorageError


@dataclass(frozen=True, slots=True)
class Corrupt:
    """Read, but not understood; `error` has the line, the column, the key and what was expected."""

    error: Malformed


@dataclass(frozen=True, slots=True)
class Newer:
    """Written by a newer version: `progress` is what this one understands of it, to be shown and never saved."""

    progress: Progress
    schema: int
    error: StorageError


@dataclass(frozen=True, slots=True)
class Good:
    """The record, and the exact bytes it came from, which the next save compares."""

    progress: Progress
    data: bytes


Loaded = Missing | Unreadable | Corrupt | Newer | Good


def load(path: Path, *, tz: tzinfo | None = None) -> Loaded:
    """Read the record. Never raises and never writes; `tz` is for times without a zone (None: this computer's).

    Text is cleaned as it enters (`core.text`). An entry without `id` is given one made from its time and content, the same
    at every reading.
    """
    try:
        data = read_bytes(path, MOST_BYTES)
    except StorageError as error:
        return Unreadable(error)
    return Missing() if data is None else understood(data, path.name, tz=tz)


def understood(data: bytes, name: str, *, tz: tzinfo | None = None) -> Corrupt | Newer | Good:
    """As `load`, for bytes at hand; `name` is what the file is called in errors."""
    try:
        if not data.strip():
            raise malformed(name, "it is empty, and this program never leaves it so")
        document = read_toml(data, name)
    except Malformed as error:
        return Corrupt(error)
    try:
        schema = schema_of(document)
        progress = record_of(document, tz, lenient=schema > SCHEMA)
    except Wrong as wrong:
        line = line_of(decoded(data, name), wrong.where)
        return Corrupt(malformed(name, wrong.problem, line=line, key=spelled(wrong.where), expected=wrong.expected))
    if schema == SCHEMA:
        return Good(progress, data)
    newer = StorageError(
        f"{name} was written by a newer version of this program (schema {schema}; this one knows {SCHEMA}).",
        kept="It is shown as far as it is understood, and nothing in it will be changed.",
        todo="Update the program.",
    )
    return Newer(progress, schema, newer)


def record_at(path: Path) -> tuple[Progress, tuple[str, ...]]:
    """The record to be shown, empty where there is none, and what there is to say of it. Raises StorageError."""
    match load(path):
        case Good(progress, _):
            return progress, ()
        case Missing():
            return Progress(), ()
        case Newer(progress, _, error):
            return progress, (str(error),)
        case Unreadable(error) | Corrupt(error):
            raise StorageError(str(error))


def dump(progress: Progress) -> bytes:
    """The file for a record: schema, person, accounts with their diaries, drafts, then names this version does not know.

    Each part has been read back and says the same. Raises StorageError for a record that cannot be written so.
    """
    global _proved_accounts  # noqa: PLW0603 - what one process has proved holds for all of it
    every = [account.id for account in progress.accounts]
    entries = [event.id for account in progress.accounts for event in account.events]
    if len(set(every)) < len(every) or len(set(entries)) < len(entries):
        raise StorageError("Not saved: two accounts or two entries of the record have the same id.")
    try:
        before, after = _proved(frame_of(progress), _frame)
        proved = {id(account): (account, _account_text(account)) for account in progress.accounts}
    except Wrong as wrong:
        problem = f"{spelled(wrong.where)}: {wrong.problem}"
        raise StorageError(f"Not saved: the record would not open again ({problem}).") from wrong
    except (ValueError, TypeError, RecursionError, Malformed) as error:
        raise StorageError(f"Not saved: the record holds something that cannot be written ({error}).") from error
    _proved_accounts = proved
    parts = (HEADER, before, *(text for _, text in proved.values()), after)
    data = "\n".join(part for part in parts if part).encode()
    if len(data) > MOST_BYTES:
        raise StorageError(
            f"Not saved: the record would be larger than {MOST_BYTES >> 20} MB.", todo="Shorten the longest notes."
        )
    return data


def save(path: Path, progress: Progress, expected: bytes | None, *, keep: int = KEPT) -> bytes:
    """Write the record durably and return what is now on disk; nothing is written where nothing changed.

    `expected` is `Good.data` or what the last save returned, None after `Missing`. Raises NotSaved, ChangedOnDisk where
    the file is no longer that, StorageError for a record that cannot be written.
    """
    data = dump(progress)
    if data != expected:
        write_durably(path, data, expected=expected, keep=keep)
    return data


def save_aside(path: Path, data: bytes, on: date, why: str = "conflict") -> Path:
    """Keep `data` beside the record as `progress.conflict-2026-11-23.toml`, or `-2` and so on, and say where.

    For the version that lost to a change from elsewhere (`dump` gives it). Never replaces anything. Raises StorageError.
    """
    real = Path(os.path.realpath(path))
    for number in range(1, 100):
        more = f"-{number}" if number > 1 else ""
        aside = real.with_name(f"{real.stem}.{why}-{on.isoformat()}{more}{real.suffix}")
        try:
            write_durably(aside, data, expected=None, keep=0)
        except ChangedOnDisk:
            if aside.stat().st_size != len(data) or read_bytes(aside, len(data)) != data:
                continue
        return aside
    raise StorageError(f"Not saved: there are 99 copies of {path.name} from {on.isoformat()} already.")


def replace_corrupt(path: Path, progress: Progress, on: date) -> tuple[Path, bytes]:
    """Put a record, new or from an earlier generation, in the place of a file that is not understood, at the person's wish.

    That file is kept beside it as `progress.set-aside-2026-11-23.toml`, and the earlier generations stay. Returns where it
    is, and what is now on disk. Raises StorageError, and leaves the file as it was, where it cannot be copied or replaced.
    """
    if found := obstacle(path):
        raise found
    present = read_bytes(path, 64 * MOST_BYTES)
    if present is None:
        raise StorageError(f"{path.name} is gone.", todo="Start again.")
    return save_aside(path, present, on, "set-aside"), save(path, progress, present, keep=0)


def other_copies(path: Path) -> tuple[Path, ...]:
    """Copies beside the record that a conflict left, ours or a sync program's: named at the start, never loaded unasked."""
    real = Path(os.path.realpath(path))
    pattern = re.compile(rf"{re.escape(real.stem)}\b.*conflict.*{re.escape(real.suffix)}", re.IGNORECASE)
    try:
        return tuple(each for each in sorted(real.parent.iterdir()) if pattern.fullmatch(each.name))
    except OSError:
        return ()


_proved_accounts: dict[int, tuple[Account, str]] = {}
"""The accounts of the last dump by identity, with their text: they are frozen, and most saves change one of them."""

_Toml = Callable[[Mapping[str, object]], str]


def _account_text(account: Account) -> str:
    known = _proved_accounts.get(id(account))
    return known[1] if known else _proved({"account": [account_of(account)]}, _account)[0]


def _proved(
    document: dict[str, object], write: Callable[[dict[str, object], _Toml], tuple[str, ...]]
) -> tuple[str, ...]:
    """What `write` makes of a document, once it has been read back: as TOML it says the same, as a record it opens."""
    import tomli_w

    # Text over several lines is easier on the reader, but has no way to write \r\n.
    for multiline in (True, False):
        parts = write(document, partial(tomli_w.dumps, multiline_strings=multiline))
        again = read_toml("\n".join(parts).encode(), "the record")
        if _same(again, document):
            record_of(again)
            return parts
    raise ValueError("it does not read back as it was written")


def _frame(document: dict[str, object], toml: _Toml) -> tuple[str, str]:
    """What goes before the accounts and what goes after them: values have to come before all tables."""
    last = {name for name, value in document.items() if isinstance(value, Mapping) and name != "person"}
    before = {name: value for name, value in document.items() if name not in last}
    after = {name: value for name, value in document.items() if name in last}
    return toml(before), toml(after)


def _account(document: dict[str, object], toml: _Toml) -> tuple[str]:
    # tomli_w alone puts a list of short tables on one line each; so each is written as a single table, and its first line
    # `[account]` becomes `[[account]]`.
    [account] = cast("list[dict[str, object]]", document["account"])
    diary = cast("list[dict[str, object]]", account.get("event", []))
    head = {name: value for name, value in account.items() if name != "event"}
    tables: list[dict[str, object]] = [{"account": head}]
    tables.extend({"account": {"event": each}} for each in diary)
    return ("\n".join("[{}]\n{}".format(*toml(table).split("\n", 1)) for table in tables),)


def _same(one: object, other: object) -> bool:
    """Whether two documents say the same: equal in type too, and a float that is no number equal to itself."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_same(value, other[name]) for name, value in one.items())
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, float) and isinstance(other, float) and math.isnan(one):
        return math.isnan(other)
    return type(one) is type(other) and one == other
