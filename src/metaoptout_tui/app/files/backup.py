"""Backups: one plain zip of the record, the evidence files and the saved letters, and what is read from one again."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.core.errors import FileRefused, StorageError
from metaoptout_tui.core.language.formatting import format_number, labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, ngettext
from metaoptout_tui.core.record.accounts import EvidenceFileState, Record, evidence_items_of
from metaoptout_tui.core.text import clean_line, name_in_file_name
from metaoptout_tui.imports.files import READ_ERRORS, open_regular_file, reason_for_error
from metaoptout_tui.imports.zip_archive import WantedMembers, open_zip, open_zip_member
from metaoptout_tui.storage import progress_file
from metaoptout_tui.storage.atomic_write import make_private_folder, sync_folder
from metaoptout_tui.storage.backup_zip import BackupMember, members_of_folder, put_back_file, write_backup
from metaoptout_tui.storage.evidence_folder import MAX_BYTES as MAX_FILE_BYTES
from metaoptout_tui.storage.evidence_folder import verify_file
from metaoptout_tui.storage.file_access import describe_os_error, numbered_names, read_bytes
from metaoptout_tui.storage.known_exports import begin_export, remember_exports

RECORD_NAME = "progress.toml"
_READ_ME = mark(
    "This is a backup of a record of metaoptout-tui, a program that helps people object to "
    "Meta's use of their data.\n\nALL OF IT IS PRIVATE: names, e-mail addresses, what was "
    "sent to Meta and to authorities, and what came back. It is not\nencrypted. Whoever has "
    "this file can read all of it, so keep it where you would keep letters.\n\nYou need no "
    "program to read it. `progress.toml` is a text file: accounts, what was done, and what "
    "came back, with dates.\n`evidence` holds the files that were kept as proof, `letters` "
    "the letters that were saved.\n\nTo go on with it on another computer: metaoptout-tui "
    "restore THIS-FILE\n"
)
_ADVICE = mark("Choose a backup that `metaoptout-tui backup` wrote.")
_PRIVATE = mark("All of it is private and not encrypted: names, addresses, what you sent and what came back.")
_CHUNK_BYTES = 1 << 20
_SEPARATORS = tuple(filter(None, (os.sep, os.altsep)))


class BackupWritten(NamedTuple):
    """Where a backup is, how many files are in it besides the record, and sentences on evidence files that are not as they were."""

    path: Path
    file_count: int
    warnings: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the backup holds, that it is private, and which files could not be put into it as they were kept."""
        count = _("The record is in it. There are no kept files and no saved letters.")
        if self.file_count:
            count = ngettext(
                "The record and {count} file are in it.", "The record and {count} files are in it.", self.file_count
            ).format(count=format_number(self.file_count))
        drafts = _("What you typed and did not record is in it too, and comes back with it.")
        return (count, drafts, _(_PRIVATE), *self.warnings)


def back_up(paths: AppPaths, typed: str, clock: Clock, *, makes_folder: bool = False) -> BackupWritten:
    """Write a backup to a typed path: into a folder under a name with the date and whose record it is, else under this name with the ending .zip.

    Where it `makes_folder`, that is a folder of the program's own, which may not be there yet.
    Raises StorageError for a record that is not there or cannot be read, or for an unwritten zip, and FileRefused for a
    name that is taken. A record with mistakes in it is backed up as it is.
    """
    data = read_bytes(paths.progress, progress_file.MAX_BYTES)
    loaded = progress_file.load_record(paths.progress)
    if data is None:
        if isinstance(loaded, progress_file.FileGone):
            from metaoptout_tui.storage.record_traces import with_way_back

            raise with_way_back(loaded.error, paths.command("restore"))
        raise StorageError(_("There is no record yet, so there is nothing to back up."), kept=_("Nothing was written."))
    record = loaded.record if isinstance(loaded, progress_file.FileLoaded) else Record()
    if makes_folder:
        _make_folder(Path(typed).expanduser())
    files = (*members_of_folder(paths.evidence), *members_of_folder(paths.letters))
    members = (BackupMember(_("READ ME FIRST.txt"), _(_READ_ME).encode()), BackupMember(RECORD_NAME, data), *files)
    now = clock().astimezone()
    name = "-".join(filter(None, (f"metaoptout-{now:%Y-%m-%d}", name_in_file_name(paths.person_name))))
    target = _write_under_free_name(typed, name, members, now, lambda folder: begin_export(paths.known_exports, folder))
    remember_exports(paths.known_exports, [target])
    warnings = [] if isinstance(loaded, progress_file.FileLoaded) else [str(getattr(loaded, "error", ""))]
    warnings.extend(
        _("{name} is missing, or not the file that was kept.").format(name=clean_line(item.file.name))
        for item in evidence_items_of(record)
        if verify_file(item.file, paths.evidence) is not EvidenceFileState.OK
    )
    return BackupWritten(target, len(files), tuple(filter(None, warnings)))


def _make_folder(folder: Path) -> None:
    try:
        make_private_folder(folder)
    except OSError as error:
        reason, todo = describe_os_error(error, str(folder))
        raise StorageError(_("The backup was not written: {reason}.").format(reason=reason), todo=todo) from error


def _write_under_free_name(
    typed: str, dated_name: str, members: Sequence[BackupMember], now: datetime, announce: Callable[[Path], object]
) -> Path:
    """Write the zip, into a folder under the `dated_name`, and return its path; `announce` is called before with its folder."""
    place = Path(typed).expanduser()
    if not place.is_dir():
        if typed.endswith(_SEPARATORS):
            raise FileRefused(
                _("There is no folder {folder}.").format(folder=clean_line(typed)),
                kept=_("Nothing was written."),
                todo=_("Make it first, or choose another place."),
            )
        target = place if is_backup_name(place) else place.with_name(f"{place.name}.zip")
        announce(target.parent)
        write_backup(target, members, now)
        return target
    announce(place)
    for name in numbered_names(dated_name, ".zip"):
        if not os.path.lexists(place / name):
            write_backup(place / name, members, now)
            return place / name
    raise FileRefused(_("There is no free name in {folder}.").format(folder=clean_line(typed)))


def is_backup_name(path: Path) -> bool:
    """Whether a file is a backup by its name."""
    return path.suffix.casefold() == ".zip"


def read_backup(path: Path) -> Record:
    """The record in a backup. Raises FileRefused where there is none that this version can read."""
    with _opened(path) as archive:
        if RECORD_NAME not in archive.namelist():
            raise FileRefused(_("There is no record in {name}.").format(name=clean_line(path.name)), todo=_(_ADVICE))
        data = b"".join(_parts_of(archive, RECORD_NAME, progress_file.MAX_BYTES))
    parsed = progress_file.parse_record(data, f"{clean_line(path.name)}: {RECORD_NAME}")
    if isinstance(parsed, progress_file.FileLoaded):
        return parsed.record
    todo = _(_ADVICE) if isinstance(parsed, progress_file.FileCorrupt) else parsed.error.todo
    raise FileRefused(parsed.error.what, kept=_("Nothing was changed."), todo=todo)


def put_back_files(path: Path, paths: AppPaths) -> tuple[int, tuple[str, ...]]:
    """Put the evidence files and letters of a backup beside the record; how many are new, and names that are other files.

    Raises FileRefused for a damaged backup, StorageError where a file cannot be written.
    """
    new, taken = 0, []
    with _opened(path) as archive:
        for name in archive.namelist():
            folder_name, _unused, file_name = name.partition("/")
            folder = {"evidence": paths.evidence, "letters": paths.letters}.get(folder_name)
            if folder is None or not file_name or "/" in file_name or file_name in (".", ".."):
                continue
            try:
                make_private_folder(folder)
                if put_back_file(folder, file_name, _parts_of(archive, name, MAX_FILE_BYTES)):
                    new += 1
                elif not _is_same(folder / file_name, archive, name):
                    taken.append(clean_line(file_name))
                sync_folder(str(folder))
            except OSError as error:
                reason, todo = describe_os_error(error, str(folder))
                raise StorageError(
                    _("{file_name} was not written: {reason}.").format(file_name=clean_line(file_name), reason=reason),
                    todo=todo,
                ) from error
    return new, tuple(taken)


def _is_same(file: Path, archive: ZipFile, name: str) -> bool:
    digest = sha256()
    for part in _parts_of(archive, name, MAX_FILE_BYTES):
        digest.update(part)
    try:
        with file.open("rb") as stream:
            own = sha256()
            while part := stream.read(_CHUNK_BYTES):
                own.update(part)
    except OSError:
        return False
    return own.digest() == digest.digest()


_WANTED = WantedMembers(
    lambda name: name == RECORD_NAME.encode() or name.startswith((b"evidence/", b"letters/")), 40_000, 20_000, _ADVICE
)


@contextmanager
def _opened(path: Path) -> Iterator[ZipFile]:
    try:
        with open_regular_file(path) as file, open_zip(file, _WANTED, lambda: None) as archive:
            yield archive
    except READ_ERRORS as error:
        reason = reason_for_error(error)
        raise FileRefused(labelled(clean_line(path.name), reason), kept=_("Nothing was changed.")) from error


def _parts_of(archive: ZipFile, name: str, limit: int) -> Iterator[bytes]:
    """The content of a member of at most `limit` bytes. Raises the `READ_ERRORS`."""
    buffer, size = bytearray(_CHUNK_BYTES), 0
    with open_zip_member(archive, archive.getinfo(name), _ADVICE) as stream:
        while count := stream.readinto(memoryview(buffer)):
            size += count
            if size > limit:
                raise FileRefused(
                    _("{name} is larger than {megabytes} MB.").format(name=clean_line(name), megabytes=limit >> 20)
                )
            yield bytes(buffer[:count])
