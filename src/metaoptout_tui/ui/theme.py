"""Our own dark and light theme, and which theme a sitting begins with.

Every pair of text and ground in the two themes has at least the contrast of WCAG AA (4.5); a test measures it.
"""

from textual.color import Color
from textual.theme import Theme

DARK = Theme(
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
        "scrollbar": "#4a5361",
        "scrollbar-background": "#14171c",
        "border": "#8ab4f8",
        "border-blurred": "#4a5361",
    },
)

LIGHT = Theme(
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
        "scrollbar": "#a7aeb8",
        "scrollbar-background": "#fbfbf9",
        "border": "#1a56a8",
        "border-blurred": "#a7aeb8",
    },
)

OWN = (DARK, LIGHT)
ANSI_DARK, ANSI_LIGHT = "ansi-dark", "ansi-light"
OFFERED = (DARK.name, LIGHT.name, ANSI_DARK, ANSI_LIGHT)
"""The themes in the palette. Textual's others are taken from config.toml all the same."""

FALLBACK_VARIABLES = {
    "muted": "ansi_default",
    "line": "ansi_bright_black",
    "cursor": "ansi_white",
    "cursor-text": "ansi_black",
    "cursor-blurred": "ansi_bright_black",
}
"""Our own colour names for the terminal's own colours."""


def borrowed_variables(theme: Theme) -> dict[str, str]:
    """Our own colour names in a theme that is not ours, mixed from its colours."""
    if theme.ansi:
        return FALLBACK_VARIABLES
    colours = theme.to_color_system().generate()
    ground, front, primary = (Color.parse(colours[name]) for name in ("background", "foreground", "primary"))
    cursor = ground.blend(primary, 0.4)
    return {
        "muted": ground.blend(front, 0.8).hex,
        "line": ground.blend(front, 0.3).hex,
        "cursor": cursor.hex,
        "cursor-text": cursor.get_contrast_text(1.0).hex,
        "cursor-blurred": ground.blend(front, 0.15).hex,
    }


CONTRASTS = (
    ("foreground", ("background", "panel", "cursor-blurred")),
    *(
        (text, ("background", "panel", "cursor", "cursor-blurred"))
        for text in ("muted", "text-warning", "text-error", "text-success", "text-accent")
    ),
    ("cursor-text", ("cursor",)),
)
"""Which text stands on which ground; read by the contrast test."""


def first_theme(*, configured: str, remembered: str, remembered_for: str, no_color: bool) -> str:
    """The theme to begin with: without colour the terminal's own, then the later of config and palette, then dark.

    `remembered_for` is what config.toml said when the palette's choice was made; a change there since then wins.
    """
    if no_color:
        return ANSI_LIGHT if "light" in (remembered or configured) else ANSI_DARK
    if remembered and configured == remembered_for:
        return remembered
    return configured or DARK.name
