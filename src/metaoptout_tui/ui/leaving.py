"""Leaving the program: what is typed is kept, a failed save is tried again, and what is to come after is remembered."""

from typing import Any

from metaoptout_tui.app.current_record import CurrentRecord
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.ui.base.app import BaseApp
from metaoptout_tui.ui.last_state import LastState


class Leaving:
    """How an App is left.

    `wants_rehearsal`, `wants_purge` and `next_person` say what whoever opened the App is to do when it has ended: rehearse,
    delete everything, open the record of another person. `is_under_way` once it ends.
    """

    def __init__(self, app: BaseApp[Any], current_record: CurrentRecord, last_state: LastState) -> None:
        self._app = app
        self._current_record = current_record
        self._last_state = last_state
        self._has_warned_of_unsaved = False
        self.is_under_way = False
        self.wants_rehearsal = False
        self.wants_purge = False
        self.next_person: str | None = None

    def is_last_change_unsaved(self) -> bool:
        """Whether the last change is not on the disk, after one more attempt."""
        self._current_record.retry_save()
        return self._current_record.save_error is not None

    def leave(self, code: int = 0) -> None:
        """End the program. Drafts of open forms are kept, and a failed save is tried again.

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

    def leave_for_rehearsal(self) -> None:
        """Leave; the record is opened again after the rehearsal."""
        self.leave()
        self.wants_rehearsal = self.is_under_way

    def leave_for_person(self, name: str) -> None:
        """Leave for the record of another person."""
        self.leave()
        if self.is_under_way:
            self.next_person = name

    def leave_for_purge(self) -> None:
        """Leave, after which everything is deleted. What cannot be saved any more does not matter."""
        self.wants_purge = self._has_warned_of_unsaved = True
        self.leave()
