"""The base class of both Apps: our themes, and nothing unsafe or private in what they draw or print."""

import sys
from collections.abc import Mapping, Sequence
from typing import TypeVar

from textual.filter import LineFilter

from metaoptout_tui.core.errors import describe_crash
from metaoptout_tui.ui.textual_private import CrashReportingApp, end_after_crash
from metaoptout_tui.ui.theme import DARK_THEME, OWN_THEMES, SanitizingFilter, variables_for_foreign_theme

Result = TypeVar("Result")


class BaseApp(CrashReportingApp[Result]):
    """An App with our themes. `keymap` holds the person's own keys by command id; `no_color` is for NO_COLOR."""

    ENABLE_COMMAND_PALETTE = False  # Textual's own key for it; ours is among the commands

    def __init__(
        self, *, theme: str = DARK_THEME.name, keymap: Mapping[str, str] | None = None, no_color: bool = False
    ) -> None:
        # Textual chooses its colour filter here and never again, so ANSI colours have to be set here.
        super().__init__(ansi_color=True if no_color else None)
        self._sanitizing_filter = SanitizingFilter()
        self.animation_level = "none"
        for own_theme in OWN_THEMES:
            self.register_theme(own_theme)
        self.theme = theme if theme in self.available_themes else DARK_THEME.name
        if keymap:
            self.set_keymap(keymap)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colour names for a theme that is not ours, which lacks them."""
        return {} if self.current_theme in OWN_THEMES else variables_for_foreign_theme(self.current_theme)

    def colour_filters(self) -> Sequence[LineFilter]:
        """The filters that change colours: Textual's own, unless a subclass adds some."""
        return super().get_line_filters()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The colour filters, then the one that makes all output safe for the terminal."""
        return [*self.colour_filters(), self._sanitizing_filter]

    def report_crash(self) -> None:
        """Print a sentence about where it crashed, without any value: values may be e-mail addresses and notes."""
        from rich.text import Text

        self.bell()
        end_after_crash(self, Text(describe_crash(sys.exc_info()[1])))
