"""The running check of the watched pages: consent, progress and outcome, one for the whole program.

It belongs to no screen, so that screens can come and go while it runs.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from metaoptout_tui.app.page_watcher import PageWatcher
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.guidance.page_watch import page_check_summary
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.storage.settings_files import NetworkConsent


class PageCheck:
    """The consent of the person, the progress of a running check (`job`), and `outcome`, a sentence on the last one.

    `save_consent` writes the consent to disk and raises StorageError. Settings can switch on more.
    """

    def __init__(
        self,
        page_watcher: PageWatcher,
        consent: NetworkConsent,
        *,
        save_consent: Callable[[NetworkConsent], None] = lambda _consent: None,
    ) -> None:
        self.page_watcher = page_watcher
        self.consent = consent
        self.job = Job()
        self.is_running = False
        self.outcome = ""
        self._configured_permission = page_watcher.permission
        self._save_consent = save_consent
        self._apply_consent()

    def _apply_consent(self) -> None:
        self.page_watcher.permission = self._configured_permission.with_consent(self.consent)

    def needs_consent(self) -> bool:
        """Whether a check would contact a host that the person has not agreed to."""
        return not self.consent.hosts.issuperset(self.page_watcher.hosts_to_contact())

    def grant_consent(self) -> None:
        """Save that the person agrees to the hosts that a check contacts. Raises StorageError."""
        self._set_consent(replace(self.consent, hosts=self.consent.hosts.union(self.page_watcher.hosts_to_contact())))

    def change_consent(self, *, weekly: bool | None = None, meta_pages: bool | None = None) -> None:
        """Switch the weekly check or the check of Meta's pages on or off. Raises StorageError."""
        consent = self.consent
        if weekly is not None:
            consent = replace(consent, weekly=weekly)
        if meta_pages is not None:
            consent = replace(consent, meta_pages=meta_pages)
        self._set_consent(consent)

    def is_due(self) -> bool:
        """Whether the weekly check is switched on, allowed and due."""
        permission = self.page_watcher.permission
        return (
            permission.weekly
            and not permission.offline_reason
            and not self.needs_consent()
            and self.page_watcher.is_last_check_a_week_old()
        )

    async def run(self, on_change: Callable[[], None]) -> None:
        """Check the pages once and call `on_change` at each step. Cancelling keeps the answers so far."""
        self.job = Job(lambda _job: on_change())
        self.is_running, self.outcome = True, ""
        try:
            self.job.report(0, self.page_watcher.request_count())
            page_statuses = await self.page_watcher.check_pages(self.job)
        except MetaOptOutError as error:
            self.outcome = str(error)
        except asyncio.CancelledError:
            self.outcome = f"Stopped after {self.job.done} of {self.job.total}."
            raise
        else:
            self.outcome = page_check_summary(page_statuses)
        finally:
            self.is_running = False
            on_change()

    def _set_consent(self, consent: NetworkConsent) -> None:
        self.consent = consent
        self._apply_consent()
        self._save_consent(consent)

    def short_status(self) -> str:
        """The progress in a few words; how current the guidance is where no check runs."""
        if not self.is_running:
            return self.page_watcher.freshness_line()
        return f"looking: {self.job.done} of {self.job.total}"
