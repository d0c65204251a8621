"""Leaving the full screen: what is typed is kept, a failed save is tried again; what comes after, and how the next start begins."""

from collections.abc import Callable
from typing import Any, NamedTuple

from textual.app import App
from textual.timer import Timer

from metaoptout_tui.app.record.current_record import CurrentRecord
from metaoptout_tui.app.record.undo_stack import UndoHistory
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.ui.base.app import BaseApp
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.checklist import ChecklistScreen
from metaoptout_tui.ui.widgets.checklist_panes import ChecklistPanes, ChecklistPlace

_SAVE_UI_STATE_DELAY = 0.5
"""Seconds from a change of theme or position until it is saved."""


class LastState:
    """Keeps the theme and the position, an account and a step, for the next start."""

    def __init__(
        self, app: App[Any], position: tuple[str, str], save_ui_state: Callable[[str, tuple[str, str]], None]
    ) -> None:
        self.position = position
        self._app = app
        self._save_ui_state = save_ui_state
        self._timer: Timer | None = None

    def remember_position(self) -> None:
        """Remember the account and the step that are highlighted in the checklist."""
        for screen in self._app.screen_stack:
            if isinstance(screen, ChecklistScreen):
                self.position = screen.position()

    def save_soon(self) -> None:
        """Save once nothing has changed for a moment."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._app.set_timer(_SAVE_UI_STATE_DELAY, self.save)

    def save(self) -> None:
        """Save now."""
        self._save_ui_state(self._app.theme, self.position)


class LeftToEnd(NamedTuple):
    """The process ends, with this exit status."""

    exit_status: int = 0


class InterruptedSitting(NamedTuple):
    """What is after a rehearsal as it was before: what can be undone, and where the person was."""

    history: UndoHistory
    place: ChecklistPlace = ChecklistPlace()


class LeftToRehearse(NamedTuple):
    """A rehearsal begins; after it the record is opened again, and the sitting goes on."""

    interrupted: InterruptedSitting


class LeftForPerson(NamedTuple):
    """The record of another person is opened; an empty name is the person's own."""

    name: str


class LeftToPurge(NamedTuple):
    """All that the program made here is deleted, and the process ends.

    What lies in folders of the person's choice goes only `with_handed_out`.
    """

    with_handed_out: bool = False


AfterLeaving = LeftToEnd | LeftToRehearse | LeftForPerson | LeftToPurge
"""What is to come once the full screen has been left."""


def checklist_to_begin_with(
    context: AppContext, position: tuple[str, str], interrupted: InterruptedSitting | None
) -> ChecklistScreen:
    """The checklist at the account and step where the last sitting ended, or with all that an interrupted one had."""
    if interrupted is None:
        return ChecklistScreen(context, ChecklistPlace(*position))
    context.session.undo_stack.go_on_with(interrupted.history)
    return ChecklistScreen(context, interrupted.place)


class Leaving:
    """How an App is left. `after` is what is to come when it has ended; `is_under_way` once it ends."""

    def __init__(self, app: BaseApp[Any], current_record: CurrentRecord, last_state: LastState) -> None:
        self._app = app
        self._current_record = current_record
        self._last_state = last_state
        self._has_warned_of_unsaved = False
        self.is_under_way = False
        self.after: AfterLeaving = LeftToEnd()

    def is_last_change_unsaved(self) -> bool:
        """Whether the last change is not on the disk, after one more attempt."""
        self._current_record.retry_save()
        return self._current_record.save_error is not None

    def leave(self, code: int = 0) -> None:
        """End the program. What is typed on open screens is kept, and a failed save is tried again.

        Where it fails again, the first attempt to leave only shows the error.
        """
        self._app.save_drafts()
        self._last_state.remember_position()
        is_unsaved = self.is_last_change_unsaved()
        self._last_state.save()
        if code == 0 and is_unsaved and not self._has_warned_of_unsaved:
            self._has_warned_of_unsaved = True
            words = _("{save_error} Leave once more to go without saving.").format(
                save_error=self._current_record.save_error
            )
            self._app.notify(words, severity="error", markup=False)
            return
        self.is_under_way = True
        self._app.exit(code, return_code=code)

    def leave_for_rehearsal(self, history: UndoHistory) -> None:
        """Leave for a rehearsal, after which the sitting goes on as it was."""
        interrupted = InterruptedSitting(history)
        for screen in self._app.screen_stack:
            if isinstance(screen, ChecklistScreen):
                interrupted = interrupted._replace(place=screen.query_one(ChecklistPanes).place)
        self.leave_for(LeftToRehearse(interrupted))

    def leave_for(self, after: AfterLeaving) -> None:
        """Leave, and let that come after. What cannot be saved any more does not matter where all is deleted then."""
        self._has_warned_of_unsaved |= isinstance(after, LeftToPurge)
        self.leave()
        if self.is_under_way:
            self.after = after
