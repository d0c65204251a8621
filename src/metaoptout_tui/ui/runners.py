"""What goes on in the background while the screens all work: page checks, chat scans, the reading of Meta's download."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.app import App

from metaoptout_tui.app.guidance.page_watcher import PageCheck
from metaoptout_tui.app.imports.chat_scan import ChatScan
from metaoptout_tui.app.imports.meta_export import MetaExportReading
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.chats.scan_results import ScanResults
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.meta_export import MetaExports
from metaoptout_tui.ui.base.app import BaseApp
from metaoptout_tui.ui.base.job_screen import run_in_thread
from metaoptout_tui.ui.base.screen import BaseScreen, MakesScreens
from metaoptout_tui.ui.screens.checklist import ChecklistScreen

if TYPE_CHECKING:
    from metaoptout_tui.ui.screens.meta_export_findings import AfterFindings


_PAGE_CHECK_GROUP, _CHAT_SCAN_GROUP = "page-check", "scan"
"""Names of the groups of workers, by which one is cancelled or waited for."""


class PageCheckRunner:
    """Starts and stops the page check of an App.

    `show_hosts` shows the hosts that a check would contact, and calls back with whether the person agrees.
    `on_change` is called at each step of a check.
    """

    def __init__(
        self,
        app: App[Any],
        page_check: PageCheck,
        *,
        show_hosts: Callable[[Callable[[object], None]], object],
        on_change: Callable[[], None],
    ) -> None:
        self._app = app
        self._page_check = page_check
        self._show_hosts = show_hosts
        self._on_change = on_change

    def start(self) -> None:
        """Begin a check, unless one is running; hosts that the person has not agreed to are shown first."""
        if self._page_check.is_running:
            return
        offline_reason = self._page_check.page_watcher.permission.offline_reason
        if offline_reason:
            self._app.notify(offline_reason, severity="warning", markup=False, timeout=10)
        elif self._page_check.needs_consent():
            self._show_hosts(self._hosts_answered)
        else:
            self.run()

    def _hosts_answered(self, is_agreed: object) -> None:
        if not is_agreed:
            return
        try:
            self._page_check.grant_consent()
        except MetaOptOutError as error:
            self._app.notify(str(error), severity="error", markup=False, timeout=10)
        self.run()

    def run(self) -> None:
        """Begin a check to which the person has agreed."""
        self._app.run_worker(self._page_check.run(self._on_change), group=_PAGE_CHECK_GROUP, exclusive=True)

    def stop(self) -> None:
        """Stop the check; pages that were fetched are kept."""
        self._app.workers.cancel_group(self._app, _PAGE_CHECK_GROUP)


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
        run_in_thread(self._app, self._scan.job, self._scan.search, self._read, group=_CHAT_SCAN_GROUP)

    def _read(self, results: ScanResults) -> None:
        self._scan.finish_search(results)
        if self._is_exiting():
            return
        screen = self._app.screen
        if isinstance(screen, BaseScreen) and not screen.chat_scan_finished():
            screen.say(_("The chats are read. “Scan chats” in the review of WhatsApp shows what was found."))
        if self._scan.prepare_count():
            run_in_thread(self._app, self._scan.job, self._scan.count, self._counted, group=_CHAT_SCAN_GROUP)

    def _counted(self, results: ScanResults) -> None:
        self._scan.finish_count(results)
        screen = self._app.screen
        if not self._is_exiting() and isinstance(screen, BaseScreen):
            screen.chats_counted()


_OWN_SCREENS = frozenset({"download", "download-reading", "download-found", "exposure"})


class DownloadRunner:
    """Leads from anywhere to Meta's download: choose its files, read them in a thread, show what was found."""

    def __init__(self, app: BaseApp[Any], screens: MakesScreens, session: Session) -> None:
        self._session = session
        self.reading = MetaExportReading()
        self._app = app
        self._screens = screens

    def open(self) -> None:
        """Show the reading under way or what the last one found, else ask for files."""
        screen = self._app.screen
        if not isinstance(screen, BaseScreen) or screen.SCREEN_ID in _OWN_SCREENS:
            return
        screen.save_draft()
        if self.reading.is_running:
            self._show_progress()
        elif self.reading.results is not None:
            self._show_findings()
        else:
            self._choose_files()

    def _choose_files(self) -> None:
        self._app.push_screen(self._screens.make_screen("download"), self._start)

    def _start(self, paths: tuple[str, ...] | None) -> None:
        if not paths:
            return
        self.reading.prepare(paths)
        run_in_thread(self._app, self.reading.job, self.reading.run, self._finished, group="download")
        self._show_progress()

    def _show_progress(self) -> None:
        self._app.push_screen(self._screens.make_screen("download-reading", self.reading), self._progress_closed)

    def _finished(self, results: MetaExports) -> None:
        self.reading.finish(results)
        screen = self._app.screen
        if isinstance(screen, BaseScreen) and screen.SCREEN_ID != "download-reading":
            words = _("Meta's download is read. {where} shows what was found.")
            self._app.notify(words.format(where=screen.readable_key_of("everywhere.download")))

    def _progress_closed(self, is_finished: bool | None) -> None:  # noqa: FBT001 - the screen's result
        if is_finished:
            self._show_findings()

    def _show_findings(self) -> None:
        self._app.push_screen(self._screens.make_screen("download-found", self.reading.results), self._findings_closed)

    def _findings_closed(self, after: "AfterFindings | None") -> None:
        from metaoptout_tui.ui.screens.meta_export_findings import AfterFindings

        if after is AfterFindings.READ_OTHERS:
            self._choose_files()
        elif after is AfterFindings.WALK_ON:
            self._walk_on()

    def _walk_on(self) -> None:
        """From the checklist go to the next task, and on to the accounts where these are to be looked through."""
        checklist = self._app.screen
        task = self._session.overview().next_task
        if isinstance(checklist, ChecklistScreen) and task is not None:
            checklist.go_to(task.account_id, task.step_id)
            if task.step_id == StepId.IDENTIFY:
                checklist.open_step(task.step_id)
