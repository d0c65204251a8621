"""What is outside of the program, as it is given in: the network, the browser, the clipboard, files. Each is made when it is used."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from metaoptout_tui.app.clock import Clock
    from metaoptout_tui.app.files.record_files import RecordFiles
    from metaoptout_tui.app.paths import AppPaths
    from metaoptout_tui.core.chats.known_chats import KnownChats
    from metaoptout_tui.core.desktop import Browser, Clipboard, FileViewer, MailProgram
    from metaoptout_tui.core.links import SafeUrl
    from metaoptout_tui.guidance.fetch_requests import FetchRequest, FetchResult
    from metaoptout_tui.ui.app import MetaOptOutApp
    from metaoptout_tui.ui.leaving import InterruptedSitting


def fetch_over_network(
    requests: Mapping[str, FetchRequest], now: datetime
) -> AsyncGenerator[tuple[str, FetchResult], None]:
    """Make the requests over the network; nothing that does so is loaded before."""
    from metaoptout_tui.guidance import concurrent_fetch

    return concurrent_fetch.fetch_all(requests, now=now)


def known_chats_of(paths: AppPaths) -> KnownChats:
    """The chats that were scanned before; none where nothing is kept."""
    from metaoptout_tui.storage.known_chats_file import load_known_chats

    return load_known_chats(paths.known_chats)


def save_known_chats_of(paths: AppPaths, known: KnownChats) -> None:
    """Keep by what scanned chats are known again."""
    from metaoptout_tui.storage.known_chats_file import save_known_chats

    save_known_chats(paths.known_chats, known)


def record_files_of(paths: AppPaths, clock: Clock) -> RecordFiles:
    """The files beside the record: versions, copies, exports, and other people's."""
    from metaoptout_tui.app.files.record_files import RecordFiles

    return RecordFiles(paths, clock)


def make_browser() -> Browser:
    """The person's browser."""
    from metaoptout_tui.desktop.programs import SystemBrowser

    return SystemBrowser()


def make_clipboard(send_to_terminal: Callable[[str], None]) -> Clipboard:
    """The person's clipboard, which may be that of the terminal."""
    from metaoptout_tui.desktop.clipboard import SystemClipboard

    return SystemClipboard(send_to_terminal)


def reachable_clipboard(send_to_terminal: Callable[[str], None] | None) -> Clipboard | None:
    """The clipboard of a person in plain mode, which may be that of the terminal; None where nothing leads to one."""
    from metaoptout_tui.desktop.clipboard import SystemClipboard

    clipboard = SystemClipboard(send_to_terminal, is_for_plain_mode=True)
    return clipboard if clipboard.is_reachable else None


def make_mail_program(letter_folder: Path | None) -> MailProgram:
    """The person's mail program, which reads letters from a folder."""
    from metaoptout_tui.desktop.mail_program import SystemMailProgram

    return SystemMailProgram(letter_folder=letter_folder)


def make_file_viewer() -> FileViewer:
    """The person's programs for pictures, documents and mails."""
    from metaoptout_tui.desktop.programs import SystemFileViewer

    return SystemFileViewer()


def draw_qr_code(url: SafeUrl, *, max_columns: int, max_rows: int) -> tuple[str, ...] | None:
    """The lines of a link as a QR code; None where it does not fit."""
    from metaoptout_tui.desktop import qr

    return qr.qr_lines(url, max_columns=max_columns, max_rows=max_rows)


class RehearsalLimits(NamedTuple):
    """What a rehearsal does otherwise, on the screen and in lines.

    `offline_reason` says why no connection is made, whatever the settings say. The others are those of `SharedContext`.
    """

    offline_reason: str
    export_obstacle: Callable[[Path], str]
    letter_heading: str


def rehearsal_limits(folder: Path) -> RehearsalLimits:
    """What a rehearsal in a folder does otherwise."""
    from metaoptout_tui.app.rehearsal import LETTER_HEADING, OFFLINE_REASON, export_obstacle_in
    from metaoptout_tui.core.language.translation import gettext as _

    return RehearsalLimits(_(OFFLINE_REASON), export_obstacle_in(folder), _(LETTER_HEADING))


class Surroundings(NamedTuple):
    """What a full screen works with outside of itself; a rehearsal has others.

    `make_app` makes the App from what every App is made from, None for the usual one. `notices` are shown once at the
    start. `rehearsal` has what a rehearsal does otherwise, None for the person's own record. `interrupted` is the sitting
    that goes on after one. The others are those of `AppContext`.
    """

    make_browser: Callable[[], Browser] = make_browser
    make_clipboard: Callable[[Callable[[str], None]], Clipboard] = make_clipboard
    make_mail_program: Callable[[Path | None], MailProgram] = make_mail_program
    make_file_viewer: Callable[[], FileViewer] = make_file_viewer
    make_app: Callable[..., MetaOptOutApp] | None = None
    notices: tuple[str, ...] = ()
    rehearsal: RehearsalLimits | None = None
    interrupted: InterruptedSitting | None = None
