"""Everything that the program keeps on this computer: what is kept, and where; and deleting all of it."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.app.files.leftovers import leftovers_of, own_folders
from metaoptout_tui.app.files.record_on_disk import locked_record
from metaoptout_tui.app.files.restoring import conflict_copies_of
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.core.language.formatting import format_number, labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext, pgettext
from metaoptout_tui.core.language.typed_answers import is_word
from metaoptout_tui.core.record.accounts import format_size
from metaoptout_tui.core.text import capitalize_first, clean_line
from metaoptout_tui.storage.atomic_write import numbered_generations
from metaoptout_tui.storage.file_access import describe_os_error
from metaoptout_tui.storage.known_exports import EVIDENCE_FOLDER_SUFFIX, folders_made_for_exports, present_exports


def what_is_out_of_reach() -> tuple[str, ...]:
    """What no command of this program can delete."""
    return (
        _("Copies that a sync or backup program took, and their history."),
        _("Case files, letters and backups that you moved, changed or copied."),
        _("What you sent, in Meta's and the authorities' hands, and in your mail program."),
        _("The clipboard, and the history of your browser and your terminal."),
        _("Traces on the disk itself: a deleted file can often be restored."),
    )


def word_to_purge() -> str:
    """The word that is typed to delete everything."""
    return pgettext("typed to delete everything", "yes")


def is_word_to_purge(typed: str) -> bool:
    """Whether the word that deletes everything was typed."""
    return is_word(clean_line(typed), word_to_purge())


def purge_question(kinds: Iterable["KeptFiles"]) -> str:
    """The question before everything is deleted."""
    count = sum(len(kind.files) for kind in kinds if kind.is_deleted)
    return ngettext(
        "Type {yes} and Enter to delete this one file for good and leave the program. Anything else deletes nothing.",
        "Type {yes} and Enter to delete these {count} files for good and leave the program. "
        "Anything else deletes nothing.",
        count,
    ).format(yes=word_to_purge(), count=format_number(count))


class KeptFiles(NamedTuple):
    """One kind of files that the program keeps: its name, its place and its files.

    `is_deleted`: whether `delete_all` deletes it. `is_handed_out`: it lies in folders that the person chose.
    """

    what: str
    place: Path
    files: tuple[Path, ...]
    is_deleted: bool = True
    is_handed_out: bool = False

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders in which its files are, each once; those of the newest files first."""
        return tuple(dict.fromkeys(path.parent for path in reversed(self.files)))

    @property
    def size(self) -> int:
        """The bytes of all files."""
        total = 0
        for path in self.files:
            with suppress(OSError):
                total += path.lstat().st_size
        return total


def list_kept(paths: AppPaths) -> tuple[KeptFiles, ...]:
    """All that the program keeps, kind by kind; a kind without files says where they would be."""
    progress = Path(os.path.realpath(paths.progress))
    folder = progress.parent
    lock = Path(f"{progress}.lock")
    kinds = [
        KeptFiles(_("your record"), paths.progress, _present((progress,))),
        KeptFiles(
            _("earlier versions of it"),
            paths.versions,
            (*_files_below(paths.versions), *numbered_generations(str(progress))),
        ),
        KeptFiles(
            _("copies that conflicts left, and files that could not be read"),
            folder,
            (*conflict_copies_of(paths.progress), *_set_aside(progress)),
        ),
        KeptFiles(_("files kept as evidence"), paths.evidence, _files_below(paths.evidence)),
        KeptFiles(_("letters that former versions saved"), paths.letters, _files_below(paths.letters)),
    ]
    if paths.case_files is not None:
        kinds.append(KeptFiles(_("case files"), paths.case_files, _files_below(paths.case_files)))
    if paths.handed_letters is not None:
        what = _("letters that a mail program was given")
        kinds.append(KeptFiles(what, paths.handed_letters, _files_below(paths.handed_letters)))
    edition = paths.accepted_edition
    memory = (paths.state, paths.consent, paths.senders, paths.known_chats, paths.known_exports)
    kinds += [
        KeptFiles(
            _("case files, letters and backups in folders of your choice"),
            paths.known_exports,
            _exports(paths),
            is_handed_out=True,
        ),
        KeptFiles(_("fetched pages"), paths.cache, _files_below(paths.cache)),
        KeptFiles(_("guidance that you accepted"), edition, _present((edition, Path(f"{edition}.1")))),
        KeptFiles(_("what the program remembers"), paths.state.parent, _present((*memory, lock))),
        KeptFiles(_("files that were never finished"), folder, leftovers_of(paths)),
        KeptFiles(_("your settings"), paths.config, _present((paths.config,)), is_deleted=False),
    ]
    return tuple(kinds)


def handed_out_among(kinds: Iterable[KeptFiles]) -> KeptFiles | None:
    """What lies in folders that the person chose; None for nothing."""
    return next((kind for kind in kinds if kind.is_handed_out and kind.files), None)


def choose_to_delete(kinds: Iterable[KeptFiles], *, with_handed_out: bool) -> tuple[KeptFiles, ...]:
    """These kinds, first what lies in folders that the person chose, which is deleted only where they say so."""
    decided = (kind._replace(is_deleted=with_handed_out) if kind.is_handed_out else kind for kind in kinds)
    return tuple(sorted(decided, key=lambda kind: not kind.is_handed_out))


def words_on_handed_out(kind: KeptFiles) -> str:
    """What lies in folders that the person chose, above the list of it."""
    return labelled(
        _("{kind_of_files}, {size}; they stay unless you say otherwise").format(
            kind_of_files=capitalize_first(kind.what), size=format_size(kind.size)
        )
    )


def question_on_handed_out() -> str:
    """The question whether what lies in folders that the person chose is deleted too."""
    return _("Delete the files in folders of your choice too?")


def delete_handed_out_words(kind: KeptFiles) -> str:
    """The words by which a person says that what lies in folders of their choice is deleted too."""
    count = len(kind.files)
    return ngettext(
        "Delete the {count} file in folders of your choice too",
        "Delete the {count} files in folders of your choice too",
        count,
    ).format(count=format_number(count))


class Deleted(NamedTuple):
    """How many files were deleted, and sentences on those that could not be."""

    file_count: int
    problems: tuple[str, ...]


def delete_all(paths: AppPaths, kinds: Iterable[KeptFiles]) -> Deleted:
    """Delete the files of these kinds, and folders of the program's own that are empty then.

    Raises StorageError where the record is open in a window; then nothing was deleted.
    """
    lock = Path(f"{os.path.realpath(paths.progress)}.lock")
    count, problems, made = 0, [], folders_made_for_exports(paths.known_exports)
    kinds = [kind for kind in kinds if kind.is_deleted]
    with locked_record(paths.progress):
        files = dict.fromkeys(path for kind in kinds for path in kind.files)
        # The record last: whatever stops this leaves it for another attempt.
        record = Path(os.path.realpath(paths.progress))
        for path in sorted(files, key=lambda each: each == record):
            try:
                path.unlink(missing_ok=True)
                count += 1
            except OSError as error:
                reason, _unused = describe_os_error(error, str(path))
                problems.append(_("{path} is still there: {reason}.").format(path=path, reason=reason))
    if os.path.islink(paths.progress) and record in files:
        with suppress(OSError):
            paths.progress.unlink()
    with suppress(OSError):
        lock.unlink()
    _remove_empty_folders(paths, kinds, made)
    return Deleted(count, tuple(problems))


def _remove_empty_folders(paths: AppPaths, kinds: Iterable[KeptFiles], made: Iterable[Path]) -> None:
    """Remove what is empty of the program's own folders, and of those that it made for files in folders of the person's choice."""
    below = {folder for kind in kinds for path in kind.files for folder in path.parents}
    own = {*own_folders(paths), *filter(None, [paths.case_files])}
    inside = {folder for folder in below if any(folder.is_relative_to(place) for place in own)}
    evidence_copies = {folder for folder in below if folder.name.endswith(EVIDENCE_FOLDER_SUFFIX)}
    for folder in sorted({*own, *inside, *evidence_copies, *made}, key=lambda each: len(each.parts), reverse=True):
        with suppress(OSError):
            folder.rmdir()


def _present(paths: Iterable[Path]) -> tuple[Path, ...]:
    return tuple(path for path in paths if os.path.lexists(path))


def _files_below(folder: Path) -> tuple[Path, ...]:
    """All files of a folder of the program's own, in folders of it too; links are named and not followed."""
    return tuple(_walk(folder))


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        links = [name for name in folders if os.path.islink(Path(place, name))]
        yield from (Path(place, name) for name in sorted((*names, *links)))


def _exports(paths: AppPaths) -> tuple[Path, ...]:
    folder = os.path.realpath(paths.case_files) if paths.case_files is not None else ""
    return tuple(path for path in present_exports(paths.known_exports) if os.fspath(path.parent) != folder)


def _set_aside(progress: Path) -> tuple[Path, ...]:
    return tuple(sorted(progress.parent.glob(f"{progress.stem}.set-aside-*{progress.suffix}")))
