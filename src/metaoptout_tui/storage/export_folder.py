"""The folder a person names for what they take away: files beside what is there, never in the place of it.

The files of one export share one name, and one number where that name is taken. They are all there or none: the names are
taken first, each file is written whole beside its own, and what is begun is removed where it cannot be ended.
"""
# ruff: noqa: PTH105, PTH106, PTH114, PTH118

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.core.errors import FileRefused, StorageError
from metaoptout_tui.core.evidence import KeptFile, Outcome
from metaoptout_tui.core.going import Going
from metaoptout_tui.core.text import line
from metaoptout_tui.storage import evidence_folder
from metaoptout_tui.storage.durable import FILE_MODE, NEW_FILE, drop, make_private_folder, sync_folder
from metaoptout_tui.storage.faults import meaning

_MOST_OF_ONE_NAME = 1_000
_ELSEWHERE = "Make that right, or choose another folder."


def usual_folder() -> Path:
    """The person's folder for documents where there is one, else their home."""
    import platformdirs

    documents = platformdirs.user_documents_path()
    return documents if documents.is_dir() else Path.home()


def export_to(
    folder: Path, name: str, files: Sequence[tuple[str, bytes]], *, not_in: Sequence[Path] = ()
) -> list[Path]:
    """Write `NAME.ENDING` for each ending and its bytes, or `NAME-2.ENDING` and so on where one of them is there already.

    The folder is made, 0700, where it is missing; the files are 0600 and on the disk when this returns. `not_in` are the
    program's own folders. Raises FileRefused for a folder that cannot be one, StorageError for what cannot be written; then
    nothing is there that was not there before, but for a folder that was made.
    """
    place = _checked(folder, not_in)
    try:
        make_private_folder(Path(place))
        taken = _names(place, name, [ending for ending, _ in files])
    except OSError as error:
        raise _not_written(place, error) from error
    try:
        for path, (_, data) in zip(taken, files, strict=True):
            _fill(path, data)
        sync_folder(place)
    except BaseException as error:
        for path in taken:
            drop(path)
        if isinstance(error, OSError):
            raise _not_written(place, error) from error
        raise
    return [Path(path) for path in taken]


class Copied(NamedTuple):
    """A copy of a kept file, and whether it was not there before."""

    path: Path
    is_new: bool


def copy_kept(file: KeptFile, evidence: Path, folder: Path, going: Going | None = None) -> Copied | None:
    """A copy of a kept file in a folder of its own; None where it is not what the diary says, before or after copying.

    Raises FileRefused where it cannot be read, StorageError where the copy cannot be written, Stopped where `going` was
    stopped; then no copy is there that was not there before.
    """
    if evidence_folder.look_at(file, evidence, going) is not Outcome.OK:
        return None
    try:
        copied, is_new = evidence_folder.copy(evidence / file.name, folder, going)
    except StorageError as error:
        raise StorageError(
            f"The export was not written, because {error.what}",
            kept=f"{_NOTHING} Your record is as it was.",
            todo=error.todo or _ELSEWHERE,
        ) from error
    path = folder / copied.name
    if copied.sha256 != file.sha256.lower():
        if is_new:
            drop(os.fspath(path))
        return None
    return Copied(path, is_new)


def take_away(paths: Iterable[Path], folder: Path) -> None:
    """Remove what an export that came to no end has written, and a folder of its own that is empty then."""
    for path in paths:
        drop(os.fspath(path))
    with suppress(OSError):
        os.rmdir(folder)


def _checked(folder: Path, not_in: Sequence[Path]) -> str:
    """The folder's whole path. Raises FileRefused where no folder can be there, or where the program keeps its own."""
    shown = line(str(folder))
    try:
        named = folder.expanduser()
        place = os.path.realpath(named)
        is_there, is_folder = os.path.lexists(place), os.path.isdir(place)  # noqa: PTH112 - a link that leads nowhere is there too
    except (OSError, ValueError, RuntimeError) as error:
        raise FileRefused(f"“{shown}” is no name of a folder.", kept=_NOTHING, todo=_ANOTHER) from error
    if os.path.islink(place) or (os.path.islink(named) and not is_there):
        raise FileRefused(f"{shown} is a link that leads nowhere.", kept=_NOTHING, todo=_ANOTHER)
    if is_there and not is_folder:
        raise FileRefused(f"{shown} is a file and no folder.", kept=f"It was left as it is. {_NOTHING}", todo=_ANOTHER)
    for own in not_in:
        inside = os.path.realpath(own)
        if place == inside or place.startswith(inside + os.sep):
            raise FileRefused(f"{shown} is a folder of the program's own.", kept=_NOTHING, todo=_ANOTHER)
    return place


_NOTHING = "Nothing was written."
_ANOTHER = "Choose another folder."


def _names(place: str, name: str, endings: Sequence[str]) -> list[str]:
    """The first names that are free for all the files, taken by empty ones, so that nothing can be replaced. Raises OSError."""
    for number in range(1, _MOST_OF_ONE_NAME):
        stem = name if number == 1 else f"{name}-{number}"
        taken: list[str] = []
        try:
            for ending in endings:
                path = os.path.join(place, f"{stem}.{ending}")
                os.close(os.open(path, NEW_FILE, FILE_MODE))
                taken.append(path)
        except FileExistsError:
            for path in taken:
                drop(path)
            continue
        except BaseException:
            for path in taken:
                drop(path)
            raise
        return taken
    raise FileRefused(f"There are {_MOST_OF_ONE_NAME - 1} exports called {name} already.", kept=_NOTHING, todo=_ANOTHER)


def _fill(path: str, data: bytes) -> None:
    """Put the whole file in the place of the empty one. Raises OSError."""
    temp = f"{path}.{os.getpid()}-{os.urandom(8).hex()}.metaoptout-tmp"
    descriptor = os.open(temp, NEW_FILE, FILE_MODE)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(temp, path)
    except BaseException:
        drop(temp)
        raise


def _not_written(place: str, error: OSError) -> StorageError:
    what, _ = meaning(error, place)
    return StorageError(
        f"The export was not written: {line(what)}.", kept=f"{_NOTHING} Your record is as it was.", todo=_ELSEWHERE
    )
