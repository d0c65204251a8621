"""Joins another copy into the record: asks whether it is one's own, and which is right where both changed something."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from metaoptout_tui.app.joining import question_on_somebody_elses
from metaoptout_tui.app.kept_files import RecordFiles
from metaoptout_tui.app.record_changes import askable
from metaoptout_tui.app.restoring import describe_size, shown_path
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.conflict_values import values_in_conflict
from metaoptout_tui.core.record.merge import MergeConflict, join_records
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.asking import ask_before
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption

_HERE, _THERE = "here", "there"


class CopyJoiner:
    """Joins the copy in a file, asking over a screen. `base` is what is sure of the version from which both began."""

    def __init__(self, screen: BaseScreen[Any], files: RecordFiles, copy: Record, path: Path) -> None:
        self._screen, self._files, self._copy, self._path = screen, files, copy, path
        self._base = files.base_from_versions(screen.session.record, path, copy)

    def join(self) -> None:
        """Ask what is to be asked, and join; the screen shows the record as it is then."""
        screen = self._screen
        record = screen.session.record
        conflicts = askable(join_records(record, self._copy, base=self._base).conflicts)
        question = question_on_somebody_elses(self._copy, self._path, record, screen.context.record_name)
        ask_before(screen, question, lambda: self._ask_next(conflicts, ()))

    def _ask_next(self, left: Sequence[MergeConflict], chosen: tuple[MergeConflict, ...]) -> None:
        """Ask about the conflicts one by one, then join."""
        if not left:
            self._finish(chosen)
            return
        screen = self._screen
        values = values_in_conflict(left[0], screen.session.record, self._copy)
        rows = [
            (_HERE, _("Here: {here}").format(here=values.here)),
            (_THERE, _("There: {there}").format(there=values.there)),
        ]

        def answered(answer: ChosenOption | None) -> None:
            if answer is None:
                screen.say(_("Nothing was joined."))
                return
            taken = (*chosen, left[0]) if answer.option_id == _THERE else chosen
            self._ask_next(left[1:], taken)

        title = _("Both have {subject}. Which is right?").format(subject=values.subject)
        help_text = _("There: {file}").format(file=shown_path(self._path))
        screen.open_form(ChoiceScreen(screen.context, title, rows, help_text=help_text), answered)

    def _finish(self, chosen: tuple[MergeConflict, ...]) -> None:
        screen, session = self._screen, self._screen.session
        joined = join_records(screen.session.record, self._copy, base=self._base, take_theirs=chosen).record
        description = _("joining {file}").format(file=clean_line(self._path.name))
        if not screen.make_change(lambda: session.editor.apply_change(joined, description, leaves_marks=False)):
            return
        sentences: tuple[str, ...] = ()
        if session.current_record.save_error is None:
            try:
                sentences = self._files.finish_join(self._path)
            except MetaOptOutError as error:
                screen.say_error(error)
        has_now = _("Joined: your record has {size} now.").format(size=describe_size(joined))
        screen.say_undoable(" ".join((has_now, *sentences)))
        screen.update_content()
