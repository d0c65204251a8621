"""The folder `evidence` beside the record: copies of what a person wants to be able to show, never changed and never replaced.

A copy is made whole beside its place and then given its name, so that a kill, a full disk or a power cut leaves it there
whole or not at all. The system is reached through `os` alone, so that a test can make any single call fail.
"""
# ruff: noqa: PTH105, PTH118, PTH208

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.core.errors import FileRefused, Stopped, StorageError
from metaoptout_tui.core.evidence import KeptFile, Outcome
from metaoptout_tui.core.going import Going
from metaoptout_tui.core.text import line
from metaoptout_tui.storage.durable import FILE_MODE, NEW_FILE, drop, make_private_folder, sync_folder
from metaoptout_tui.storage.faults import meaning

MOST_BYTES = 100 << 20
LONGEST_NAME = 100
_BLOCK = 1 << 20
_LONGEST_TEXT = 1 << 20
_MOST_OF_ONE_NAME = 1_000
_READ = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_READ_HERE = _READ | getattr(os, "O_NOFOLLOW", 0)
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_TEMP = ".metaoptout-tmp"


class Copy(NamedTuple):
    """A file as it is in the folder now, and whether it was not there before."""

    file: KeptFile
    is_new: bool


def keep(source: Path, folder: Path, going: Going | None = None) -> KeptFile:
    """Copy a file of at most 100 MB into the folder (0700) as a file of its own (0600), and say what it is there.

    A file of the same content and name is not copied twice; one of the same name and other content gets a number.
    Raises FileRefused for a source that cannot be taken, StorageError for a copy that cannot be kept, Stopped where `going`
    was stopped; then nothing is there that was not there before.
    """
    return copy(source, folder, going).file


def copy(source: Path, folder: Path, going: Going | None = None) -> Copy:
    """As `keep`, with whether the copy is new, so that whoever made several can take away what they made."""
    going = going or Going()
    descriptor = _opened(source)
    try:
        going.total = going.total or _size(descriptor, source)
        return _placed(_parts(descriptor, source), _safe_name(source.name), folder, going)
    except OSError as error:
        raise _not_kept(source, folder, error) from error
    finally:
        _close(descriptor)


def keep_text(name: str, words: str, folder: Path) -> KeptFile:
    """Put a text of this program's own making into the folder as `NAME.txt`, as `keep` does with a file.

    Raises StorageError where it cannot be kept; then nothing is there that was not there before.
    """
    try:
        return _placed(iter((words.encode("utf-8", "replace"),)), _safe_name(f"{name}.txt"), folder, Going()).file
    except OSError as error:
        what, todo = meaning(error, os.fspath(folder))
        raise StorageError(f"The text of the letter was not kept: {line(what)}.", todo=todo) from error


def text_of(file: KeptFile, folder: Path) -> str:
    """The words of a kept text; empty where it is not there or not what the diary says, which `look_at` tells apart."""
    if file.name != os.path.basename(file.name) or file.size > _LONGEST_TEXT:  # noqa: PTH119 - Path.name drops a slash at the end
        return ""
    try:
        descriptor = os.open(folder / file.name, _READ_HERE)
    except (OSError, ValueError):
        return ""
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return ""
        found = b""
        while len(found) <= file.size and (part := os.read(descriptor, _BLOCK)):
            found += part
    except OSError:
        return ""
    finally:
        _close(descriptor)
    return found.decode("utf-8", "replace") if sha256(found).hexdigest() == file.sha256.lower() else ""


def look_at(file: KeptFile, folder: Path, going: Going | None = None) -> Outcome:
    """Whether a kept file is there and still what the diary says. Raises Stopped where `going` was, and nothing else."""
    going = going or Going()
    if not file.name or file.name != os.path.basename(file.name) or file.name in (".", ".."):  # noqa: PTH119 - Path.name drops a slash at the end
        return Outcome.UNREADABLE
    try:
        descriptor = os.open(folder / file.name, _READ_HERE)
    except FileNotFoundError:
        return Outcome.MISSING
    except (OSError, ValueError):
        return Outcome.UNREADABLE
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            return Outcome.UNREADABLE
        if found.st_size != file.size:
            return Outcome.CHANGED
        digest = sha256()
        while part := os.read(descriptor, _BLOCK):
            digest.update(part)
            going.on(len(part))
    except OSError:
        return Outcome.UNREADABLE
    finally:
        _close(descriptor)
    return Outcome.OK if digest.hexdigest() == file.sha256.lower() else Outcome.CHANGED


def not_in_the_record(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    """Files of the folder that no entry names, such as one whose entry was undone; they are left alone."""
    known = set(names)
    try:
        return tuple(each for each in sorted(os.listdir(folder)) if each not in known and not each.endswith(_TEMP))
    except OSError:
        return ()


def _safe_name(name: str) -> str:
    """The file's own name, made one that every system can have: no path, nothing unseen, not hidden, not too long."""
    clean = _NOT_IN_NAMES.sub("-", line(name, 1_000)).replace("\ufffd", "-").strip(" .")
    if not clean or _RESERVED.match(clean):
        clean = f"file-{clean}".strip("-")
    stem, dot, end = clean.rpartition(".")
    if not dot or len(end) > 10:
        stem, dot, end = clean, "", ""
    while len(f"{stem}{dot}{end}".encode()) > LONGEST_NAME:
        stem = stem[:-1]
    return f"{stem.rstrip(' .') or 'file'}{dot}{end}"


def _opened(source: Path) -> int:
    try:
        return os.open(source, _READ)
    except (OSError, ValueError) as error:
        raise _not_taken(source, error) from error


def _size(descriptor: int, source: Path) -> int:
    """How large a file is that can be taken. Raises FileRefused for one that cannot."""
    try:
        found = os.fstat(descriptor)
    except OSError as error:
        raise _not_taken(source, error) from error
    if not stat.S_ISREG(found.st_mode):
        raise FileRefused(
            f"{line(source.name)} is not a file.", kept="Nothing was recorded.", todo="Add one file at a time."
        )
    if found.st_size > MOST_BYTES:
        raise _too_large(source)
    return found.st_size


def _placed(parts: Iterator[bytes], name: str, folder: Path, going: Going) -> Copy:
    """What comes in parts, whole in the folder under `name` or the next one that is free. Raises OSError; then it is not."""
    temp, digest, size = _copied(parts, folder, going)
    made = KeptFile(name, digest, size)
    try:
        chosen, is_new = _named(temp, os.fspath(folder), made)
    except BaseException:
        drop(temp)
        raise
    try:
        sync_folder(os.fspath(folder))
        going.on()
    except (OSError, Stopped):
        if is_new:
            drop(os.path.join(folder, chosen))
        raise
    return Copy(made._replace(name=chosen), is_new)


def _copied(parts: Iterator[bytes], folder: Path, going: Going) -> tuple[str, str, int]:
    """A whole copy on the disk under a name of its own, with its SHA-256 and size. Raises OSError; then there is none."""
    temp = os.path.join(folder, f".{os.getpid()}-{os.urandom(8).hex()}{_TEMP}")
    make_private_folder(folder)
    target = os.open(temp, NEW_FILE, FILE_MODE)
    try:
        try:
            digest, size = sha256(), 0
            for part in parts:
                digest.update(part)
                size += len(part)
                _write(target, part)
                going.on(len(part))
            os.fsync(target)
        finally:
            os.close(target)
    except BaseException:
        drop(temp)
        raise
    return temp, digest.hexdigest(), size


def _parts(descriptor: int, source: Path) -> Iterator[bytes]:
    """What a file holds, part by part. Raises FileRefused for one that cannot be read or grows too large meanwhile."""
    size = 0
    while part := _read(descriptor, source):
        size += len(part)
        if size > MOST_BYTES:
            raise _too_large(source)
        yield part


def _read(descriptor: int, source: Path) -> bytes:
    try:
        return os.read(descriptor, _BLOCK)
    except OSError as error:
        raise _not_taken(source, error) from error


def _close(descriptor: int) -> None:
    """Close what was not written to: a fault there costs nothing."""
    with suppress(OSError):
        os.close(descriptor)


def _write(descriptor: int, part: bytes) -> None:
    rest = memoryview(part)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _named(temp: str, folder: str, made: KeptFile) -> tuple[str, bool]:
    """Give the copy the first name that is free (True), or find the same file under one that is not. Raises OSError."""
    name = made.name
    stem, dot, end = name.rpartition(".")
    if not dot:
        stem, end = name, ""
    for number in range(1, _MOST_OF_ONE_NAME):
        chosen = name if number == 1 else f"{stem}-{number}{dot}{end}"
        place = os.path.join(folder, chosen)
        try:
            # Taking the name first is what keeps a file of that name from ever being replaced.
            _close(os.open(place, NEW_FILE, FILE_MODE))
        except FileExistsError:
            if look_at(made._replace(name=chosen), Path(folder)) is Outcome.OK:
                drop(temp)
                return chosen, False
            continue
        try:
            os.replace(temp, place)
        except BaseException:
            drop(place)
            raise
        return chosen, True
    raise OSError(errno.EEXIST, f"there are {_MOST_OF_ONE_NAME - 1} files called {name} already")


def _not_taken(source: Path, error: OSError | ValueError) -> FileRefused:
    what, todo = meaning(error, os.fspath(source)) if isinstance(error, OSError) else ("this is no name of a file", "")
    return FileRefused(
        f"{line(source.name) or 'This file'} cannot be read: {line(what)}.", kept="Nothing was recorded.", todo=todo
    )


def _too_large(source: Path) -> FileRefused:
    return FileRefused(
        f"{line(source.name)} is larger than {MOST_BYTES >> 20} MB, which is the most that is kept.",
        kept="Nothing was recorded.",
        todo="Add a smaller file, such as a screenshot of it.",
    )


def _not_kept(source: Path, folder: Path, error: OSError) -> StorageError:
    what, todo = meaning(error, os.fspath(folder))
    return StorageError(
        f"{line(source.name)} was not kept: {line(what)}.",
        kept="Nothing was recorded, and your own file is as it was.",
        todo=todo,
    )
