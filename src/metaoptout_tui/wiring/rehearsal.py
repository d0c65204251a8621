"""Wires a rehearsal: an invented person in a folder that is removed, a clock that goes on by a key, and nothing outside.

On its desktop nothing is opened, copied or sent, and each time it is said what would have been.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from metaoptout_tui.cli.output import EXIT_OK, narrate, print_output
from metaoptout_tui.core.desktop import CopyResult, OpenResult
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.links import SafeUrl
from metaoptout_tui.wiring.full_screen import open_full_screen
from metaoptout_tui.wiring.outside import Surroundings, rehearsal_limits
from metaoptout_tui.wiring.plain_mode import open_plain_mode

if TYPE_CHECKING:
    from metaoptout_tui.app.paths import AppPaths


def rehearsal_is_over() -> str:
    """The sentence after a rehearsal: that nothing of it was kept."""
    from metaoptout_tui.app.rehearsal import REHEARSAL_IS_OVER

    return _(REHEARSAL_IS_OVER)


def rehearse_and_say_so(paths: AppPaths, *, is_plain: bool) -> int:
    """Rehearse, on the screen or in lines, and say on the terminal that nothing was kept."""
    try:
        return _rehearse_in_plain_mode(paths) if is_plain else rehearse(paths)
    finally:
        narrate(rehearsal_is_over())


def _rehearse_in_plain_mode(paths: AppPaths) -> int:
    """Open plain mode with an invented person, of whom nothing is left at the end; the exit status."""
    from metaoptout_tui.app import rehearsal
    from metaoptout_tui.core.language.choice import language_and_country_of_locale
    from metaoptout_tui.guidance.loader import load_playbook
    from metaoptout_tui.plain.context import PlainRehearsal
    from metaoptout_tui.plain.process import leave_on_signals

    clock = rehearsal.MovableClock()
    country = language_and_country_of_locale(os.environ)[1]
    leave_on_signals()  # before there is a folder, which a signal has to remove too
    with rehearsal.rehearsal_folder(paths, load_playbook(), country) as invented:
        folder = invented.progress.parent
        return open_plain_mode(
            invented, clock=clock, rehearsal=PlainRehearsal(clock, folder), make_clipboard=RehearsedClipboard
        )


def rehearse(paths: AppPaths) -> int:
    """Open the full screen on an invented person, of whom nothing is left at the end; the exit status.

    Of the person's own files only the settings and the theme are read.
    """
    from metaoptout_tui.app import rehearsal
    from metaoptout_tui.cli.purge import delete_everything
    from metaoptout_tui.core.language.choice import language_and_country_of_locale
    from metaoptout_tui.guidance.loader import load_playbook
    from metaoptout_tui.ui.base.app import exit_signals_raised
    from metaoptout_tui.ui.leaving import LeftToEnd, LeftToPurge
    from metaoptout_tui.ui.rehearsal_app import RehearsalApp

    clock = rehearsal.MovableClock()
    country = language_and_country_of_locale(os.environ)[1]
    with exit_signals_raised(), rehearsal.rehearsal_folder(paths, load_playbook(), country) as invented:
        surroundings = Surroundings(
            make_browser=RehearsedBrowser,
            make_clipboard=lambda _unused: RehearsedClipboard(),
            make_mail_program=lambda _unused: RehearsedMailProgram(),
            make_file_viewer=RehearsedFileViewer,
            make_app=partial(RehearsalApp, clock=clock),
            notices=(_(rehearsal.REHEARSAL_BEGINS),),
            rehearsal=rehearsal_limits(invented.progress.parent),
        )
        match open_full_screen(invented, clock=clock, surroundings=surroundings):
            case LeftToEnd(exit_status):
                return exit_status
            case LeftToPurge():
                return print_output(delete_everything(invented, with_handed_out=True))
            case _:  # from a rehearsal nobody leads to another one or to another person
                return EXIT_OK


class RehearsedBrowser:
    """A browser that opens nothing."""

    def probe(self) -> OpenResult:
        """Say that this browser takes every link."""
        return OpenResult(can_open=True)

    def open(self, url: SafeUrl) -> OpenResult:
        """Say which link would be opened."""
        return OpenResult(
            can_open=True, explanation=_("In a rehearsal nothing is opened. It would be {link}").format(link=url)
        )


class RehearsedClipboard:
    """A clipboard that takes nothing."""

    def copy(self, text: str) -> CopyResult:
        """Say that the clipboard is as it was."""
        del text
        return CopyResult("none", _("In a rehearsal nothing is copied. Your clipboard is as it was."))


class RehearsedMailProgram:
    """A mail program that begins no mail."""

    def begin_mail(self, subject: str, body: str) -> OpenResult:
        """Say that a mail would be begun."""
        del subject, body
        return OpenResult(
            can_open=True, explanation=_("In a rehearsal no mail program is asked. It would begin this mail.")
        )


class RehearsedFileViewer:
    """Programs for files that show none."""

    def open_file(self, path: Path) -> OpenResult:
        """Say which file would be shown."""
        return OpenResult(
            can_open=True, explanation=_("In a rehearsal no file is opened. It would be {file}.").format(file=path.name)
        )

    def open_folder(self, path: Path) -> OpenResult:
        """Say which folder would be shown."""
        return OpenResult(
            can_open=True,
            explanation=_("In a rehearsal no folder is opened. It would be {folder}.").format(folder=path.name),
        )
