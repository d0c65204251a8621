"""Joins another copy into the record: asks whether it is one's own, and which is right where both changed something."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from metaoptout_tui.app.copy_join import CopyJoin
from metaoptout_tui.app.record_versions import RecordVersions
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.merge import MergeConflict
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.asking import ask_before, choice_screen
from metaoptout_tui.ui.screens.dialogs import ChosenOption


class CopyJoiner:
    """Asks over a screen what is to be asked before a copy is joined, and joins it."""

    def __init__(self, screen: BaseScreen[Any], versions: RecordVersions, copy: Record, path: Path) -> None:
        self._screen = screen
        self._join = CopyJoin(screen.session, versions, copy, path, screen.context.record_name)

    def join(self) -> None:
        """Ask what is to be asked, and join; the screen shows the record as it is then."""
        ask_before(self._screen, self._join.question_before, lambda: self._ask_next(self._join.conflicts, ()))

    def _ask_next(self, left: Sequence[MergeConflict], taken: tuple[MergeConflict, ...]) -> None:
        """Ask about the conflicts one by one, then join."""
        if not left:
            self._finish(taken)
            return
        screen = self._screen

        def answered(answer: ChosenOption | None) -> None:
            if answer is None:
                screen.say(_("Nothing was joined."))
                return
            self._ask_next(left[1:], (*taken, *self._join.taken_from_copy(left[0], answer.option_id)))

        screen.open_form(choice_screen(screen.context, self._join.question_on(left[0])), answered)

    def _finish(self, taken: tuple[MergeConflict, ...]) -> None:
        screen = self._screen
        if not screen.make_change(lambda: self._join.join(taken)):
            return
        sentences: tuple[str, ...] = ()
        try:
            sentences = self._join.finish()
        except MetaOptOutError as error:
            screen.say_error(error)
        screen.say_undoable(" ".join((self._join.words_when_joined, *sentences)))
        screen.update_content()
