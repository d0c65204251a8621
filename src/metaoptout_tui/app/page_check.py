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
from metaoptout_tui.storage.remembered import NetworkConsent


class PageCheck:
    """What is allowed, how far the check is (`job`), and what came of the last one.

    `save_consent` keeps what the person allows and raises StorageError. What the settings switch on stays on whatever is
    switched here.
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
        """Whether a host would be contacted that the person has not been shown yet."""
        return not self.consent.hosts.issuperset(self.page_watcher.hosts_to_contact())

    def grant_consent(self) -> None:
        """The person was shown the hosts and lets them be contacted. Raises StorageError."""
        self._set_consent(replace(self.consent, hosts=self.consent.hosts.union(self.page_watcher.hosts_to_contact())))

    def change_consent(self, *, weekly: bool | None = None, meta_pages: bool | None = None) -> None:
        """Switch the weekly look or Meta's pages on or off. Raises StorageError."""
        consent = self.consent
        if weekly is not None:
            consent = replace(consent, weekly=weekly)
        if meta_pages is not None:
            consent = replace(consent, meta_pages=meta_pages)
        self._set_consent(consent)

    def is_due(self) -> bool:
        """Whether the weekly look, which the person switched on, is due at this start."""
        permission = self.page_watcher.permission
        return (
            permission.weekly
            and not permission.offline_reason
            and not self.needs_consent()
            and self.page_watcher.is_last_check_a_week_old()
        )

    async def run(self, on_change: Callable[[], None]) -> None:
        """One check; `on_change` is called whenever there is something new to show. Cancelling keeps what has come."""
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
        """The same in the corner of another screen; how current the guidance is where no look is under way."""
        if not self.is_running:
            return self.page_watcher.freshness_line()
        return f"looking: {self.job.done} of {self.job.total}"
