"""Reads Meta's "Download your information": accounts, links, and counts of what a person has given Meta.

To be called in a thread, with a job that reports the bytes read and can be cancelled. Each file is read once, in
little memory whatever its size, and what cannot be read costs the rest nothing.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from metaoptout_tui.core.chats.scan_results import display_path
from metaoptout_tui.core.errors import Cancelled
from metaoptout_tui.core.jobs import Job, UnreadableFile
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.meta_export import MetaExports, ReadExportFile
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.imports.files import READ_ERRORS, MonitoredStream, ReadableStream, reason_for_error
from metaoptout_tui.imports.meta_export.downloads import DownloadPart, merge_parts
from metaoptout_tui.imports.meta_export.file_readers import FilePlace, contents_by_name, kinds_told_by, read_file
from metaoptout_tui.imports.meta_export.found_files import DownloadName, OpenableFile, SourceVisitor
from metaoptout_tui.imports.meta_export.layout import READ_WITHOUT_OPENING
from metaoptout_tui.imports.meta_export.sources import visit_path

NOTHING_OF_A_DOWNLOAD = mark("It holds nothing of Meta's download that is read here.")
_MAX_LABEL_CHARACTERS = 1_000
MAX_UNREADABLE = 1_000
"""Unreadable files that are named."""
_MORE_UNREADABLE = mark("More of it could not be read, and is not named.")


def read_exports(paths: Iterable[str | os.PathLike[str]], *, job: Job | None = None) -> MetaExports:
    """Read every download in `paths`, which are zips, folders and files; parts of one are read as one.

    `job` reports the bytes read and in all, as far as they are known; both may grow. Its detail is the current file.
    When it is cancelled, the result has what was read so far, and says so. Never raises: the result lists what cannot
    be read with the reason.
    """
    reader = _Reader(job or Job())
    is_complete = False
    try:
        for path in dict.fromkeys(str(Path(path)) for path in paths):
            reader.read_path(path)
        is_complete = True
    except Cancelled:
        pass
    return MetaExports(merge_parts(reader.parts.values()), tuple(reader.unreadable), is_complete)


class _Reader(SourceVisitor):
    """Reads the files of each chosen path into the parts of downloads."""

    def __init__(self, job: Job) -> None:
        self.parts: dict[tuple[str, DownloadName], DownloadPart] = {}
        self.unreadable: list[UnreadableFile] = []
        self._job = job
        self._requested_path = ""
        self._done_bytes = self._file_bytes = self._total_bytes = 0

    def read_path(self, path: str) -> None:
        """Read one chosen path."""
        self._requested_path = path
        unreadable_before = len(self.unreadable)
        self._job.check()
        visit_path(Path(path), self, self._job.check)
        found = {key: part for key, part in self.parts.items() if key[0] == path}
        # A file that was chosen itself is meant, whatever programs give such names.
        for key in [key for key, part in found.items() if key[1].place and not part.is_of_meta()]:
            del self.parts[key], found[key]
        if not found and len(self.unreadable) == unreadable_before:
            self.on_unreadable(Path(path), "", _(NOTHING_OF_A_DOWNLOAD))

    def on_files(self, files: list[OpenableFile]) -> None:
        """Read these files."""
        self._total_bytes += sum(_bytes_to_read(each) for each in files)
        for each in files:
            self._job.check()
            self._read(each)

    def on_service(self, download: DownloadName, service: str, *, is_sure: bool) -> None:
        """Note a folder of a service."""
        part = self._part(download)
        (part.sure_services if is_sure else part.likely_services).add(service)

    def on_unreadable(self, path: Path, member: str, reason: str) -> None:
        """Note what cannot be read."""
        if len(self.unreadable) < MAX_UNREADABLE:
            self.unreadable.append(UnreadableFile(str(path), member, reason))
        elif len(self.unreadable) == MAX_UNREADABLE:
            self.unreadable.append(UnreadableFile(self._requested_path, "", _(_MORE_UNREADABLE)))

    def _part(self, download: DownloadName) -> DownloadPart:
        key = (self._requested_path, download)
        if key not in self.parts:
            self.parts[key] = DownloadPart(self._requested_path, download)
        return self.parts[key]

    def _read(self, openable: OpenableFile) -> None:
        file = openable.file
        label = clean_line(display_path(str(file.path), file.member), _MAX_LABEL_CHARACTERS)
        place = FilePlace(file.known, file.parts, label, file.download.owner)
        part = self._part(file.download)
        part.told_kinds.update(kinds_told_by(place))
        if openable.refusal:
            self.on_unreadable(file.path, file.member, openable.refusal)
            return
        if file.known.rule.kind in READ_WITHOUT_OPENING:
            part.add_file(file, contents_by_name(place), "")
            return
        self._job.report(self._done_bytes, self._total_bytes, label)
        self._file_bytes = file.size
        try:
            with openable.open() as stream:
                fingerprinted = _FingerprintedStream(MonitoredStream(stream, self._job.check, self._on_read))
                contents = read_file(place, fingerprinted)
            sha256 = fingerprinted.sha256() if fingerprinted.is_at_end else ""
            part.add_file(file, contents, sha256, label)
            if sha256:
                part.files.append(ReadExportFile(label, sha256))
        except READ_ERRORS as error:
            self.on_unreadable(file.path, file.member, reason_for_error(error))
        self._done_bytes += self._file_bytes
        self._job.report(self._done_bytes, self._total_bytes)

    def _on_read(self, count: int) -> None:
        count = min(count, self._file_bytes)
        self._done_bytes += count
        self._file_bytes -= count
        self._job.report(self._done_bytes, self._total_bytes)


def _bytes_to_read(openable: OpenableFile) -> int:
    if openable.refusal or openable.file.known.rule.kind in READ_WITHOUT_OPENING:
        return 0
    return openable.file.size


class _FingerprintedStream:
    """A stream that computes the SHA-256 of what is read."""

    def __init__(self, stream: ReadableStream) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self.is_at_end = False

    def readinto(self, buffer: memoryview, /) -> int:
        """Read, and add it to the digest."""
        count = self._stream.readinto(buffer)
        self._digest.update(buffer[:count])
        self.is_at_end = self.is_at_end or not count
        return count

    def sha256(self) -> str:
        """The SHA-256 of all that was read, in hexadecimal."""
        return self._digest.hexdigest()
