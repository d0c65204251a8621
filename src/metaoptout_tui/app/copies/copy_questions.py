"""What is asked before a copy of the record is made (a backup) or joined, and what is then done.

Screens and plain mode ask the same.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from metaoptout_tui.app.case_export import suggested_export_folder
from metaoptout_tui.app.files.backup import BackupWritten
from metaoptout_tui.app.files.joining import question_on_somebody_elses
from metaoptout_tui.app.files.record_files import RecordFiles
from metaoptout_tui.app.files.record_on_disk import askable
from metaoptout_tui.app.files.record_versions import RecordVersions
from metaoptout_tui.app.files.restoring import (
    describe_size,
    shown_path,
)
from metaoptout_tui.app.files.typed_paths import parse_file_path
from metaoptout_tui.app.session import Session
from metaoptout_tui.app.shared_context import SharedContext
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.errors import FileRefused
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.conflict_values import values_in_conflict
from metaoptout_tui.core.record.merge import MergeConflict, join_records
from metaoptout_tui.core.text import clean_line


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


_HERE, _THERE = "here", "there"


class CopyJoin:
    """Joins the copy in a file into the open record, which is called `record_name` where there are several people's."""

    def __init__(self, session: Session, versions: RecordVersions, copy: Record, path: Path, record_name: str) -> None:
        self._session, self._versions, self._copy, self._path = session, versions, copy, path
        # What is sure of the version from which both began.
        self._base = versions.common_base(session.record, path, copy)
        self.question_before = question_on_somebody_elses(copy, path, session.record, record_name)
        self.conflicts = askable(join_records(session.record, copy, base=self._base).conflicts)

    def question_on(self, conflict: MergeConflict) -> ChoiceQuestion:
        """Which of two values is right, where both changed the same in different ways."""
        values = values_in_conflict(conflict, self._session.record, self._copy)
        answers = (
            (_HERE, _("Here: {here}").format(here=values.here)),
            (_THERE, _("There: {there}").format(there=values.there)),
        )
        title = _("Both have {subject}. Which is right?").format(subject=values.subject)
        return ChoiceQuestion(title, answers, "", (_("There: {file}").format(file=shown_path(self._path)),))

    def taken_from_copy(self, conflict: MergeConflict, answer: str) -> tuple[MergeConflict, ...]:
        """The conflict, where the answer is that the copy is right; else nothing."""
        return (conflict,) if answer == _THERE else ()

    def join(self, taken_from_copy: Sequence[MergeConflict]) -> None:
        """Join, with the values of the copy for these conflicts."""
        joined = join_records(self._session.record, self._copy, base=self._base, take_theirs=taken_from_copy).record
        description = _("joining {file}").format(file=clean_line(self._path.name))
        self._session.editor.apply_change(joined, description, notes_removals=False)

    def finish(self) -> tuple[str, ...]:
        """Put the copy away once the record is saved; sentences for the person. Raises StorageError or FileRefused."""
        self._session.current_record.wait_until_saved()
        return self._versions.put_away_joined(self._path) if self._session.current_record.save_error is None else ()

    @property
    def words_when_joined(self) -> str:
        """What the record has then."""
        return _("Joined: your record has {size} now.").format(size=describe_size(self._session.record))
