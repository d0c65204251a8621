"""A backup that is made from within the program: where it goes, and writing it. Screens and plain mode ask the same."""

import os
from collections.abc import Callable
from pathlib import Path

from metaoptout_tui.app.backup import BackupWritten
from metaoptout_tui.app.case_export import suggested_export_folder
from metaoptout_tui.app.record_files import RecordFiles
from metaoptout_tui.app.session import Session
from metaoptout_tui.app.typed_paths import parse_file_path
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.errors import FileRefused
from metaoptout_tui.core.language.translation import gettext as _


def backup_place_question(case_folder: Path | None) -> ChoiceQuestion:
    """Where a backup is to be written: the folder where case files go, or another place, which is typed."""
    folder = suggested_export_folder(case_folder)
    sentences = (
        _("A backup is one zip of your record, the kept files and the letters. It is private and not encrypted."),
        _("In a folder it gets a name with today's date. No file is ever replaced."),
    )
    return ChoiceQuestion(_("Where is the backup to be written?"), ((folder, folder),), folder, sentences)


def make_backup(
    session: Session, files: RecordFiles, typed: str, export_obstacle: Callable[[Path], str]
) -> BackupWritten:
    """Write a backup of the open record to a typed folder or file. Raises FileRefused or StorageError; then there is none.

    `export_obstacle` says why none may go to a folder. What could not be saved before is saved first.
    """
    target = parse_file_path(typed)
    if obstacle := export_obstacle(target if target.is_dir() else target.parent):
        raise FileRefused(obstacle)
    session.current_record.retry_save()
    if session.current_record.save_error is not None:
        raise session.current_record.save_error
    ends_like_folder = typed.strip().endswith(os.sep) and not target.is_dir()
    return files.back_up(f"{target}{os.sep}" if ends_like_folder else str(target))
