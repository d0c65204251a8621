"""The running check of the watched pages: consent, progress and outcome, one for the whole program.

It belongs to no screen, so that screens can come and go while it runs.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from metaoptout_tui.app.page_watcher import PageCheckProgress, PageWatcher
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.guidance.page_watch import page_check_summary
from metaoptout_tui.core.text import display_width
from metaoptout_tui.storage.remembered import NetworkConsent
from metaoptout_tui.ui.symbols import Symbols

_MAX_BAR_WIDTH = 30


class PageCheck:
    """What is allowed, how far the look is, and what came of the last one.

    `remember` keeps what the person allows and raises StorageError. `by_config` is what the settings switch on, which
    stays on whatever is switched here.
    """

    def __init__(
        self,
        page_watcher: PageWatcher,
        consent: NetworkConsent,
        *,
        remember: Callable[[NetworkConsent], None] = lambda _consent: None,
    ) -> None:
        self.page_watcher = page_watcher
        self.consent = consent
        self.progress: PageCheckProgress | None = None
        self.is_running = False
        self.outcome = ""
        self._configured_permission = page_watcher.permission
        self._save_consent = remember
        self._apply_consent()

    def _apply_consent(self) -> None:
        self.page_watcher.permission = self._configured_permission._replace(
            meta_pages=self._configured_permission.meta_pages or self.consent.meta_pages,
            weekly=self._configured_permission.weekly or self.consent.weekly,
        )

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

    async def run(self, told: Callable[[], None]) -> None:
        """One look; `told` is called whenever there is something new to show. Cancelling keeps what has come."""

        def took(step: PageCheckProgress) -> None:
            self.progress = step
            told()

        self.is_running, self.progress, self.outcome = True, None, ""
        try:
            told()
            records = await self.page_watcher.check_pages(took)
        except MetaOptOutError as error:
            self.outcome = str(error)
        except asyncio.CancelledError:
            self.outcome = (
                f"Stopped after {self.progress.done if self.progress else 0} of {self.page_watcher.request_count()}."
            )
            raise
        else:
            self.outcome = page_check_summary(records)
        finally:
            self.is_running = False
            told()

    def _set_consent(self, consent: NetworkConsent) -> None:
        self.consent = consent
        self._apply_consent()
        self._save_consent(consent)

    def progress_line(self, width: int, marks: Symbols) -> str:
        """How far the look is, as one line; what came of the last one where none is under way; empty before the first."""
        if not self.is_running:
            return self.outcome
        done, total = (
            (self.progress.done, self.progress.total) if self.progress else (0, self.page_watcher.request_count())
        )
        words = f" {done} of {total} looked at. Esc stops."
        room = min(_MAX_BAR_WIDTH, width - display_width(words) - len("Looking "))
        if room < 3 or not total:
            return f"Looking:{words}"
        full = room * done // total
        return f"Looking {marks.bar_full * full}{marks.bar_empty * (room - full)}{words}"

    def short_status(self) -> str:
        """The same in the corner of another screen; how current the guidance is where no look is under way."""
        if not self.is_running:
            return self.page_watcher.freshness_line()
        done, total = (
            (self.progress.done, self.progress.total) if self.progress else (0, self.page_watcher.request_count())
        )
        return f"looking: {done} of {total}"
