"""Which way of use this terminal calls for: the full screen, or plain mode. Knows no Textual, since plain mode needs none."""

import sys
from collections.abc import Mapping

from metaoptout_tui.core.language.translation import gettext as _


def why_no_full_screen() -> str:
    """Why the full screen cannot be opened here, in a sentence; empty where it can."""
    if _is_terminal() and sys.__stderr__ is not None and sys.__stderr__.isatty():
        return ""
    return _("The full screen needs a terminal, and this is not one.")


def is_plain_mode_due(environ: Mapping[str, str], *, is_set: bool) -> bool:
    """Whether a terminal is to be spoken to line by line.

    The settings (`is_set`) or ACCESSIBLE ask for it, or TERM says that its cursor cannot be moved.
    """
    is_asked = environ.get("ACCESSIBLE", "") not in ("", "0")
    is_without_cursor = environ.get("TERM", "") in ("dumb", "") and sys.platform != "win32"
    return (is_set or is_asked or is_without_cursor) and _is_terminal()


def _is_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout is not None and sys.stdout.isatty()
