"""Saves the record in the background of the open screen, which tells what a save came to for which nobody waited."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from textual.app import App

from metaoptout_tui.app.record.current_record import BackgroundSaving, CurrentRecord
from metaoptout_tui.ui.base.screen import BaseScreen


def save_in_background_of(app: App[Any], current_record: CurrentRecord) -> None:
    """From now on a slow save does not hold up the screens of an App."""

    def call_on_screen(callback: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the App has ended, and waits for the save in another way
            app.call_later(callback)

    def show_outcome() -> None:
        from metaoptout_tui.ui.base.form import FormScreen

        for screen in app.screen_stack[-1:]:
            if isinstance(screen, BaseScreen) and screen.is_mounted:
                if not isinstance(screen, FormScreen):  # what is typed stays as it is
                    screen.update_content()
                screen.show_record_warning()
                screen.say_save_error()

    current_record.save_in_background(BackgroundSaving(call_on_screen, show_outcome))
