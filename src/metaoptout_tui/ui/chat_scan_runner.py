"""Runs chat scans in the background; the screens all work meanwhile."""

from collections.abc import Callable
from typing import Any

from textual.app import App

from metaoptout_tui.app.imports.chat_scan import ChatScan
from metaoptout_tui.core.chats.scan_results import ScanResults
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.ui.base.job_form import run_in_thread
from metaoptout_tui.ui.base.screen import BaseScreen

_WORKER_GROUP = "scan"


class ChatScanRunner:
    """Reads the chosen chats of an App in a thread, then counts those that were only searched.

    The screen in front is told of the end, unless the program `is_exiting`: then widgets are removed one by one.
    """

    def __init__(self, app: App[Any], scan: ChatScan, *, is_exiting: Callable[[], bool]) -> None:
        self._app = app
        self._scan = scan
        self._is_exiting = is_exiting

    def start(self) -> None:
        """Begin to read the chosen chats."""
        run_in_thread(self._app, self._scan.job, self._scan.search, self._read, group=_WORKER_GROUP)

    def _read(self, results: ScanResults) -> None:
        self._scan.finish_search(results)
        if self._is_exiting():
            return
        screen = self._app.screen
        if isinstance(screen, BaseScreen) and not screen.chat_scan_finished():
            screen.say(_("The chats are read. “Scan chats” in the review of WhatsApp shows what was found."))
        if self._scan.prepare_count():
            run_in_thread(self._app, self._scan.job, self._scan.count, self._counted, group=_WORKER_GROUP)

    def _counted(self, results: ScanResults) -> None:
        self._scan.finish_count(results)
        screen = self._app.screen
        if not self._is_exiting() and isinstance(screen, BaseScreen):
            screen.chats_counted()
