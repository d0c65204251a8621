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
    """`keymap` are the user's own keys by the ids of the commands; `no_color` is for NO_COLOR."""

    ENABLE_COMMAND_PALETTE = False  # Textual's own key for it; ours is among the commands

    def __init__(
        self, *, theme: str = DARK_THEME.name, keymap: Mapping[str, str] | None = None, no_color: bool = False
    ) -> None:
        # Without colour the filter is chosen here and never again, so ANSI has to be said here.
        super().__init__(ansi_color=True if no_color else None)
        self._sanitizing_filter = SanitizingFilter()
        self.animation_level = "none"
        for own in OWN_THEMES:
            self.register_theme(own)
        self.theme = theme if theme in self.available_themes else DARK_THEME.name
        if keymap:
            self.set_keymap(keymap)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colour names where a theme that is not ours lacks them."""
        return {} if self.current_theme in OWN_THEMES else variables_for_foreign_theme(self.current_theme)

    def colour_filters(self) -> Sequence[LineFilter]:
        """The filters that change colours: Textual's."""
        return super().get_line_filters()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What changes colours, then the last gate before the terminal."""
        return [*self.colour_filters(), self._sanitizing_filter]

    def report_crash(self) -> None:
        """A sentence about where it broke and nothing else: values hold a person's e-mail addresses and notes."""
        from rich.text import Text

        self.bell()
        end_after_crash(self, Text(describe_crash(sys.exc_info()[1])))
