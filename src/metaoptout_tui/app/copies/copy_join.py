"""One copy that is joined into the open record: what is asked before, the joining, and what is said after it."""

from collections.abc import Sequence
from pathlib import Path

from metaoptout_tui.app.files.joining import question_on_somebody_elses
from metaoptout_tui.app.files.record_on_disk import askable
from metaoptout_tui.app.files.record_versions import RecordVersions
from metaoptout_tui.app.files.restoring import describe_size, shown_path
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.conflict_values import values_in_conflict
from metaoptout_tui.core.record.merge import MergeConflict, join_records
from metaoptout_tui.core.text import clean_line

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
