"""Leads from anywhere to Meta's download: choose its files, read them in a thread, show what was found."""

from typing import TYPE_CHECKING, Any

from metaoptout_tui.app.imports.meta_export import MetaExportReading
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.meta_export import MetaExports
from metaoptout_tui.ui.base.app import BaseApp
from metaoptout_tui.ui.base.job_form import run_in_thread
from metaoptout_tui.ui.base.screen import BaseScreen, MakesScreens
from metaoptout_tui.ui.screens.checklist import ChecklistScreen

if TYPE_CHECKING:
    from metaoptout_tui.ui.screens.meta_export_findings import AfterFindings

_OWN_SCREENS = frozenset({"download", "download-reading", "download-found", "exposure"})


class DownloadRunner:
    """The one reading of the program, and the way between its screens."""

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
            self._app.notify(_("Meta's download is read. “Meta's download” in the palette shows what was found."))

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
