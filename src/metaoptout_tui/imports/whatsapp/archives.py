"""Lists and reads the texts in a zip, and in the zips within it, as bounded streams; nothing goes to the disk.

People zip a folder of several exports, which are zips themselves, so zips within a zip are read too, but not a third
level.
"""

import os
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.core.chats.scan_summary import ZIP_MEMBER_SEPARATOR
from metaoptout_tui.core.errors import FileRefused
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.imports.files import (
    READ_ERRORS,
    CheckCancelled,
    file_state,
    open_regular_file,
    reason_for_error,
)
from metaoptout_tui.imports.zip_archive import (
    MAX_MEMBER_BYTES,
    BoundedMemberStream,
    WantedMembers,
    is_made_by_macos,
    is_zip_name,
    open_inner_zip,
    open_zip,
    open_zip_member,
    refusal_reason,
)

MAX_ENTRIES = 200_000
MAX_TEXTS = 1_000
MAX_NESTED_TEXTS = 20
"""Texts of one inner zip, which is inflated anew up to each."""
MAX_NESTED_BYTES = 16 << 30
"""Bytes of all inner zips together."""


_UNPACK = mark("Unpack it and choose the text file.")


def _wanted_texts() -> WantedMembers:
    return WantedMembers(_is_wanted_name, MAX_ENTRIES, MAX_TEXTS, _("Take the text file out and choose it."))


def _is_wanted_name(name: bytes) -> bool:
    return name.lower().endswith((b".txt", b".zip")) and not is_made_by_macos(name)


class ZipMember(NamedTuple):
    """A text or inner zip in a zip; `refusal` says why it is not read, empty if it is.

    The name of a text in an inner zip is the name of the zip, `ZIP_MEMBER_SEPARATOR`, and its own name.
    """

    name: str
    size: int
    refusal: str


def list_members(path: Path, check: CheckCancelled) -> tuple[ZipMember, ...]:
    """The texts of a zip. Raises the `READ_ERRORS`."""
    members: list[ZipMember] = []
    bytes_left = MAX_NESTED_BYTES
    with open_regular_file(path) as file, open_zip(file, _wanted_texts(), check) as archive:
        for number, info in enumerate(archive.infolist()):
            if number == MAX_TEXTS:
                members.append(ZipMember("", 0, _too_many_texts_reason()))
                break
            refusal = refusal_reason(info, archive.start_dir, _(_UNPACK))
            if refusal or not is_zip_name(info.filename):
                members.append(ZipMember(info.filename, min(info.file_size, MAX_MEMBER_BYTES), refusal))
            elif info.file_size > bytes_left:
                members.append(
                    ZipMember(info.filename, 0, _("The zips within the zip are too large. Take it out and choose it."))
                )
            else:
                bytes_left -= info.file_size
                members.extend(_list_nested_members(archive, info, check))
    return tuple(members)


def _too_many_texts_reason() -> str:
    return _("It holds more than {max_texts} texts; the rest was not looked at. Take them out and choose them.").format(
        max_texts=format_number(MAX_TEXTS)
    )


def _list_nested_members(archive: zipfile.ZipFile, info: zipfile.ZipInfo, check: CheckCancelled) -> list[ZipMember]:
    members: list[ZipMember] = []
    try:
        with open_inner_zip(archive, info, _wanted_texts(), check) as inner:
            for inner_info in inner.infolist():
                refusal = refusal_reason(inner_info, inner.start_dir, _(_UNPACK))
                if not refusal and is_zip_name(inner_info.filename):
                    refusal = _("It is a zip within a zip within the zip. Take it out and choose it.")
                if not refusal and len(members) >= MAX_NESTED_TEXTS:
                    raise FileRefused(
                        _("It holds more than {max_texts} texts. Take it out and choose it.").format(
                            max_texts=format_number(MAX_NESTED_TEXTS)
                        )
                    )
                name = f"{info.filename}{ZIP_MEMBER_SEPARATOR}{inner_info.filename}"
                members.append(ZipMember(name, min(inner_info.file_size, MAX_MEMBER_BYTES), refusal))
    except READ_ERRORS as error:
        members.append(ZipMember(info.filename, 0, reason_for_error(error)))
    return members


class OpenZip:
    """A zip that stays open while its texts are read one after another, so that its directory is read once for all.

    A zip within it stays open too, until a text outside of it is asked for, and is not inflated anew for the next text.
    """

    def __init__(self, path: Path, check: CheckCancelled) -> None:
        """Open the zip. Raises the `READ_ERRORS`."""
        self._path = path
        self._check_cancelled = check
        self._outer, self._inner = ExitStack(), ExitStack()
        with ExitStack() as opened:
            file = opened.enter_context(open_regular_file(path))
            self._state = file_state(os.fstat(file.fileno()))
            self._archive = opened.enter_context(open_zip(file, _wanted_texts(), check))
            self._outer = opened.pop_all()
        self._names = frozenset(self._archive.namelist())
        self._inner_name, self._inner_archive = "", self._archive

    def is_still(self, path: Path) -> bool:
        """Whether this is the zip at `path`, neither replaced nor written to since it was opened."""
        try:
            return path == self._path and file_state(path.stat()) == self._state
        except OSError:
            return False

    @contextmanager
    def open_text(self, name: str) -> Iterator[BoundedMemberStream]:
        """Open one text as a bounded stream. Raises the `READ_ERRORS`."""
        outer = next(
            (
                zip_name
                for zip_name in _possible_inner_zip_names(name)
                if name not in self._names and zip_name in self._names
            ),
            "",
        )
        archive = self._archive_within(outer)
        try:
            info = archive.getinfo(name.removeprefix(outer + ZIP_MEMBER_SEPARATOR) if outer else name)
        except KeyError:
            raise FileRefused(_("It is no longer in the zip.")) from None
        with open_zip_member(archive, info, _(_UNPACK)) as stream:
            yield stream

    def _archive_within(self, name: str) -> zipfile.ZipFile:
        """The zip of this name in the zip; the zip itself for an empty name."""
        if not name:
            return self._archive
        if name != self._inner_name:
            self._inner.close()
            self._inner_name = ""
            info = self._archive.getinfo(name)
            inner = open_inner_zip(self._archive, info, _wanted_texts(), self._check_cancelled)
            self._inner_archive = self._inner.enter_context(inner)
            self._inner_name = name
        return self._inner_archive

    def close(self) -> None:
        """Close the file."""
        self._inner.close()
        self._outer.close()


def _possible_inner_zip_names(name: str) -> Iterator[str]:
    """The possible names of a member's inner zip, since a name may contain the separator itself."""
    at = name.find(ZIP_MEMBER_SEPARATOR)
    while at >= 0:
        yield name[:at]
        at = name.find(ZIP_MEMBER_SEPARATOR, at + 1)
