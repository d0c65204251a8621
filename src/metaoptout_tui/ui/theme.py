"""Our dark and light theme, which theme is used at the start, and the filters all output passes through.

Every pair of text and background colour in the two themes has at least the contrast of WCAG AA (4.5). The last filter
lets no control character and no hyperlink reach the terminal, whatever the screens drew.
"""

from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import BUILTIN_THEMES, Theme

from metaoptout_tui.core.language.formatting import format_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.text import replace_unsafe_characters

DARK_THEME = Theme(
    name="metaoptout-dark",
    primary="#8ab4f8",
    secondary="#a8c7fa",
    accent="#8ab4f8",
    warning="#f2c06b",
    error="#ff9a8f",
    success="#8fd6a1",
    foreground="#e6e8ec",
    background="#14171c",
    surface="#14171c",
    panel="#20252d",
    boost="#2a303a",
    dark=True,
    variables={
        "muted": "#adb5c1",
        "line": "#4a5361",
        "cursor": "#2b446c",
        "cursor-text": "#ffffff",
        "cursor-blurred": "#2a303a",
        "text-warning": "#f2c06b",
        "text-error": "#ff9a8f",
        "text-success": "#8fd6a1",
        "text-accent": "#8ab4f8",
        "block-cursor-background": "#2b446c",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#2a303a",
        "block-cursor-blurred-foreground": "#e6e8ec",
        "input-selection-background": "#2b446c",
        "scrollbar": "#8791a0",
        "scrollbar-background": "#14171c",
        "border": "#8ab4f8",
        "border-blurred": "#4a5361",
    },
)

LIGHT_THEME = Theme(
    name="metaoptout-light",
    primary="#1a56a8",
    secondary="#1a56a8",
    accent="#1a56a8",
    warning="#7a4d00",
    error="#a8201a",
    success="#1a6b34",
    foreground="#1d2127",
    background="#fbfbf9",
    surface="#fbfbf9",
    panel="#eeefec",
    boost="#e2e5e8",
    dark=False,
    variables={
        "muted": "#545c69",
        "line": "#a7aeb8",
        "cursor": "#c9dcf7",
        "cursor-text": "#10151c",
        "cursor-blurred": "#e2e5e8",
        "text-warning": "#7a4d00",
        "text-error": "#a8201a",
        "text-success": "#1a6b34",
        "text-accent": "#1a56a8",
        "block-cursor-background": "#c9dcf7",
        "block-cursor-foreground": "#10151c",
        "block-cursor-blurred-background": "#e2e5e8",
        "block-cursor-blurred-foreground": "#1d2127",
        "input-selection-background": "#c9dcf7",
        "scrollbar": "#6b7482",
        "scrollbar-background": "#fbfbf9",
        "border": "#1a56a8",
        "border-blurred": "#a7aeb8",
    },
)

OWN_THEMES = (DARK_THEME, LIGHT_THEME)
ANSI_DARK_NAME, ANSI_LIGHT_NAME = "ansi-dark", "ansi-light"
PALETTE_THEMES = (DARK_THEME.name, LIGHT_THEME.name, ANSI_DARK_NAME, ANSI_LIGHT_NAME)
"""The themes in the palette. Textual's others are taken from config.toml all the same."""

ANSI_VARIABLES = {
    "muted": "ansi_default",
    "line": "ansi_bright_black",
    "cursor": "ansi_white",
    "cursor-text": "ansi_black",
    "cursor-blurred": "ansi_bright_black",
}
"""Our colour names for Textual's ANSI themes."""

ANSI_TEXT_COLOURS = {
    "text-accent": "ansi_default",
    "text-success": "ansi_default",
    "text-warning": "ansi_magenta",
    "text-error": "ansi_red",
}
"""Text in an ANSI theme, which nobody knows the background of: the only two of the sixteen colours that can be read on
black and on white. Words and signs say the rest."""


def variables_for_foreign_theme(theme: Theme) -> dict[str, str]:
    """Our colour names for a theme that is not ours, mixed from its colours."""
    if theme.ansi:
        return ANSI_VARIABLES
    colours = theme.to_color_system().generate()
    background, foreground, primary = (Color.parse(colours[name]) for name in ("background", "foreground", "primary"))
    cursor = background.blend(primary, 0.4)
    return {
        "muted": background.blend(foreground, 0.8).hex,
        "line": background.blend(foreground, 0.3).hex,
        "cursor": cursor.hex,
        "cursor-text": cursor.get_contrast_text(1.0).hex,
        "cursor-blurred": background.blend(foreground, 0.15).hex,
    }


CONTRAST_PAIRS = (
    ("foreground", ("background", "panel", "cursor-blurred")),
    *(
        (text, ("background", "panel", "cursor", "cursor-blurred"))
        for text in ("muted", "text-warning", "text-error", "text-success", "text-accent")
    ),
    ("cursor-text", ("cursor",)),
)
"""Each text colour with the backgrounds it is used on; read by the contrast test."""


def initial_theme(*, configured: str, remembered: str, remembered_for: str, no_color: bool) -> str:
    """The theme to begin with: without colour an ANSI theme, else the later choice of config and palette, else dark.

    `remembered_for` is the theme in config.toml when one was chosen in the palette; a later change there wins.
    """
    if no_color:
        return ANSI_LIGHT_NAME if "light" in (remembered or configured) else ANSI_DARK_NAME
    if remembered and configured == remembered_for:
        return remembered
    return configured or DARK_THEME.name


def unknown_theme_notices(configured: str, file_name: str) -> tuple[str, ...]:
    """A sentence where the settings name a theme that there is not; none otherwise."""
    names = [theme.name for theme in OWN_THEMES] + list(BUILTIN_THEMES)
    if not configured or configured in names:
        return ()
    from difflib import get_close_matches

    near = get_close_matches(configured, names, n=1)
    hint = (
        _("Did you mean {theme}?").format(theme=near[0])
        if near
        else _("There are {themes}.").format(themes=format_list(names))
    )
    words = _("{file}: there is no theme “{theme}”, so the dark one is used.")
    return (f"{words.format(file=file_name, theme=configured)} {hint}",)


class ReverseBackgroundFilter(LineFilter):
    """Reverses text with a background of its own, such as the cursor's row, in ANSI themes and without colour.

    Which of a terminal's sixteen colours are readable together is not known; reversed text always is. A background in
    true colour, the white of a QR code, stays.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line, those with a background reversed."""
        del background
        return [
            Segment(text, style.without_color + _REVERSE_STYLE, control)
            if style is not None and style.bgcolor is not None and style.bgcolor.type in _TERMINAL_COLOUR_TYPES
            else Segment(text, style, control)
            for text, style, control in segments
        ]


_REVERSE_STYLE = Style(reverse=True)
_TERMINAL_COLOUR_TYPES = frozenset({ColorType.STANDARD, ColorType.EIGHT_BIT})


class NoColourFilter(LineFilter):
    """For NO_COLOR: removes all colours except a QR code's black on white, which a camera needs."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line without their colours, bold and underlined as before."""
        del background
        return [
            Segment(text, style.without_color, control)
            if style is not None and not (style.bgcolor is not None and style.bgcolor.triplet == _QR_WHITE)
            else Segment(text, style, control)
            for text, style, control in segments
        ]


_QR_WHITE = (255, 255, 255)


class SanitizingFilter(LineFilter):
    """Replaces control and direction characters in everything that is drawn, and removes terminal hyperlinks."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line, safe to write; the list itself where nothing had to be changed."""
        del background
        is_changed = False
        safe_segments = []
        for segment in segments:
            text, style, control = segment
            clean = text if text.isascii() and text.isprintable() else replace_unsafe_characters(text)
            if style is not None and style.link:
                style = style.update_link(None)
                is_changed = True
            if clean is not text:
                is_changed = True
            safe_segments.append(Segment(clean, style, control))
        return safe_segments if is_changed else segments


class FilterChain(LineFilter):
    """Several filters as one: Textual makes a new line for each filter."""

    def __init__(self, filters: tuple[LineFilter, ...]) -> None:
        super().__init__()
        self.filters = filters

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments after all filters."""
        for line_filter in self.filters:
            segments = line_filter.apply(segments, background)
        return segments
