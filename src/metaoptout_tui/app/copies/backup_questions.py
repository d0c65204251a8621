"""A backup that is made from within the program: where it goes, and writing it. Screens and plain mode ask the same."""

import os

from metaoptout_tui.app.case_export import suggested_export_folder
from metaoptout_tui.app.files.backup import BackupWritten
from metaoptout_tui.app.files.record_files import RecordFiles
from metaoptout_tui.app.files.typed_paths import parse_file_path
from metaoptout_tui.app.shared_context import SharedContext
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.errors import FileRefused
from metaoptout_tui.core.language.translation import gettext as _


def backup_place_question(context: SharedContext) -> ChoiceQuestion:
    """Where a backup is to be written: the folder where case files go, or another place, which is typed."""
    folder = suggested_export_folder(context.case_folder)
    sentences = (
        *filter(None, (context.whose_alone,)),
        _("A backup is one zip of your record, the kept files and the letters. It is private and not encrypted."),
        _("In a folder it gets a name with today's date. No file is ever replaced."),
    )
    return ChoiceQuestion(_("Where is the backup to be written?"), ((folder, folder),), folder, sentences)


def make_backup(context: SharedContext, files: RecordFiles, typed: str) -> BackupWritten:
    """Write a backup of the open record to a typed folder or file. Raises FileRefused or StorageError; then there is none.

    The folder that was offered is made if it is not there. What could not be saved before is saved first.
    """
    target, ending = parse_file_path(typed), os.sep if typed.strip().endswith(os.sep) else ""
    is_offered = typed.strip() == suggested_export_folder(context.case_folder)
    if obstacle := context.export_obstacle(target if is_offered or target.is_dir() else target.parent):
        raise FileRefused(obstacle)
    current_record = context.session.current_record
    current_record.retry_save()
    if current_record.save_error is not None:
        raise current_record.save_error
    return files.back_up(f"{target}{ending}", makes_folder=is_offered)
