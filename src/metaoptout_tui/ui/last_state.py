"""The theme and the place that the next start begins with."""

from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.timer import Timer

from metaoptout_tui.ui.screens.checklist import ChecklistScreen

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
