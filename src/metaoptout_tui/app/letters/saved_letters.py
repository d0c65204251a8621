"""Saves a letter to be printed or attached, with copies of the files that it names in a folder beside it."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.app.files.typed_paths import with_tilde
from metaoptout_tui.app.letters.letters import WrittenLetter
from metaoptout_tui.app.shared_context import SharedContext
from metaoptout_tui.core.errors import FileRefused, StorageError
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.letters.letter_file_names import letter_file_name
from metaoptout_tui.core.record.accounts import EvidenceItem, evidence_items_of
from metaoptout_tui.storage.export_folder import copy_evidence_file
from metaoptout_tui.storage.known_exports import EVIDENCE_FOLDER_SUFFIX


class SavedLetter(NamedTuple):
    """A letter as a text and as a page to print, and the files it names, copied into `copies_folder` or not there.

    `is_replaced` where it was written over an earlier save of the same letter that was not sent.
    """

    text_file: Path
    page_file: Path
    copies: tuple[Path, ...] = ()
    missing_copies: tuple[str, ...] = ()
    is_replaced: bool = False

    @property
    def copies_folder(self) -> Path:
        """The folder with the copies."""
        return copies_folder_of(self.page_file)

    @property
    def remarks(self) -> Iterator[str]:
        """What is said besides where it was saved: an earlier save, the copies, and what could not be copied."""
        if self.is_replaced:
            yield _("It replaces what you saved of it before.")
        if self.copies:
            yield ngettext(
                "{number} file to enclose is copied to {folder}.",
                "{number} files to enclose are copied to {folder}.",
                len(self.copies),
            ).format(number=format_number(len(self.copies)), folder=with_tilde(self.copies_folder))
        for name in self.missing_copies:
            yield _("{name} could not be copied.").format(name=name)


def save_letter(context: SharedContext, written: WrittenLetter) -> SavedLetter:
    """Save a letter, as a text and as a page to print, where case files go.

    An earlier save of the same day that was neither sent nor changed outside is replaced, so that one with gaps does
    not stay beside the finished one. Raises StorageError; then the letter was not written.
    """
    exports = context.record_files().exports
    letter, text, day = written.letter, written.text_to_copy, context.session.now().date()
    name = letter_file_name(letter.id, letter.account_id, letter.language, day)
    is_of_letter = {name, *(f"{name}-{number}" for number in range(2, _MOST_SAVES))}
    unsent = frozenset(
        path for path in exports.present_files() if path.stem in is_of_letter and not _is_sent(context, path)
    )
    text_file, page_file = exports.save_letter(name, text, written.page_to_print, replaceable=unsent)
    copies, missing = _copy_named_files(context, letter.account_id, text, copies_folder_of(page_file))
    exports.remember(copies)
    return SavedLetter(text_file, page_file, copies, missing, is_replaced=page_file in unsent)


_MOST_SAVES = 100
"""How many saves of one letter on one day are looked at."""


def copies_folder_of(page_file: Path) -> Path:
    """The folder beside a saved letter with copies of what it names."""
    return page_file.with_name(f"{page_file.stem}{EVIDENCE_FOLDER_SUFFIX}")


def _is_sent(context: SharedContext, saved: Path) -> bool:
    """Whether the text of a saved letter is one that was recorded as sent."""
    text_file = saved.with_suffix(".txt")
    return any(
        item.is_letter
        and (kept := context.session.attachments.find_file(item.file)) is not None
        and is_same_text(text_file, kept)
        for item in evidence_items_of(context.session.record)
    )


def is_same_text(saved: Path, sent: Path) -> bool:
    """Whether two files hold the same text; one that cannot be read holds none."""
    try:
        return saved.read_bytes().strip() == sent.read_bytes().strip()
    except OSError:
        return False


def named_files(context: SharedContext, account_id: str, text: str) -> tuple[EvidenceItem, ...]:
    """The kept files of an account that a letter names."""
    return tuple(
        item
        for item in evidence_items_of(context.session.record)
        if item.account.id == account_id and item.file.name in text
    )


def _copy_named_files(
    context: SharedContext, account_id: str, text: str, folder: Path
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Copy what a letter names; the copies, and the names of what could not be copied."""
    copies, missing = [], []
    for item in named_files(context, account_id, text):
        kept = context.session.attachments.find_file(item.file)
        try:
            copied = copy_evidence_file(item.file, kept.parent, folder) if kept is not None else None
        except (FileRefused, StorageError):
            copied = None
        if copied is None:
            missing.append(item.file.name)
        else:
            copies.append(copied.path)
    return tuple(copies), tuple(missing)
