"""Gives each key to the screen it was meant for, however fast keys come.

Textual passes a key to what has the focus at that moment. Typed ahead, as over a slow line, it would reach a screen that
the key before it is about to close, or one whose field has no focus yet, and be lost there.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ScreenStackError
from textual.message import Message

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen
    from textual.timer import Timer
    from textual.widget import Widget

KeyOrPaste = events.Key | events.Paste

_CHECK_SECONDS = 0.02
_MOST_CHECKS = 25
"""After half a second a key goes on, though the one before it still seems to be at work: none is held for ever."""


class KeyHandled(Message):
    """Follows a key from the focused widget up to the App, behind everything that the key has caused on its way."""


class KeyOrder:
    """Holds a key back until the one before it was handled and the screen that it opened has its focus.

    The App asks `hold_back_if_busy` for each key and paste that the terminal sends, and says `on_passed` for those that are
    not. It says `on_unclaimed` for each that no widget has taken for itself, once the command of that key was run,
    `key_handled` for each `KeyHandled`, and `screen_changed`.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._waiting: deque[KeyOrPaste] = deque()
        self._released: KeyOrPaste | None = None
        self._at_work: KeyOrPaste | None = None
        self._target: Widget | Screen[Any] | None = None
        self._follower: KeyHandled | None = None
        self._timer: Timer | None = None
        self._checks = 0

    def hold_back_if_busy(self, event: KeyOrPaste) -> bool:
        """Hold the key back while the one before it is at work; it is sent to the App again when its turn comes."""
        if event is self._released or not (self._waiting or self._released or self._at_work or self._follower):
            self._released = None
            self._at_work = event
            self._target = self._focus
            return False
        self._waiting.append(event)
        self.on_passed()
        if self._timer is None:
            self._checks = 0
            self._timer = self._app.set_interval(_CHECK_SECONDS, self._check)
        return True

    def on_passed(self) -> None:
        """A key was given to the focused widget; while others wait for it, it is followed at once."""
        if self._waiting and self._at_work is not None and self._follower is None:
            self._follow(self._target)

    def on_unclaimed(self, event: KeyOrPaste) -> None:
        """The command of a key was run, or there is none: what it has caused is still on its way."""
        if event is self._at_work:
            self._at_work = None
            self._follow(self._focus)

    def key_handled(self, message: KeyHandled) -> None:
        """All that a key has caused was handled, unless it has moved the focus: then its new place has to be ready."""
        if message is not self._follower:
            return
        if self._target is not self._focus:
            self._follow(self._focus)
        else:
            self._release()

    def screen_changed(self) -> None:
        """Follow a key anew if the screen on which it was followed has been closed or covered."""
        target = self._target
        if self._follower is not None and (
            target is None or not target.is_attached or target.screen is not self._app.screen
        ):
            self._follow(self._focus)

    @property
    def _focus(self) -> Widget | Screen[Any] | None:
        """What takes the next key; None once the last screen is gone, as the program ends."""
        try:
            return self._app.screen.focused or self._app.screen
        except ScreenStackError:
            return None

    def _follow(self, target: Widget | Screen[Any] | None) -> None:
        self._target = target
        self._follower = KeyHandled()
        if target is not None:
            target.post_message(self._follower)

    def _release(self) -> None:
        self._at_work = self._follower = None
        self._checks = 0
        if self._waiting:
            self._released = self._waiting.popleft()
            self._app.post_message(self._released)
        elif self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _check(self) -> None:
        self._checks += 1
        if self._checks > _MOST_CHECKS:
            self._release()
        else:
            self.screen_changed()
