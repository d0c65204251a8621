"""Runs page checks in the background; the screens all work meanwhile."""

from collections.abc import Callable
from typing import Any

from textual.app import App

from metaoptout_tui.app.guidance.page_watcher import PageCheck
from metaoptout_tui.core.errors import MetaOptOutError

_WORKER_GROUP = "page-check"


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
        self._app.run_worker(self._page_check.run(self._on_change), group=_WORKER_GROUP, exclusive=True)

    def stop(self) -> None:
        """Stop the check; pages that were fetched are kept."""
        self._app.workers.cancel_group(self._app, _WORKER_GROUP)
