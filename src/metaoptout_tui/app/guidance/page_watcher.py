"""Checks the watched pages when the person wants it, and remembers what changed in them.

The only way from the user interface to the network. It contacts only the hosts in `hosts_to_contact`; answers are
parsed and compared, never executed or trusted. The running check belongs to no screen, so that screens can come and go
while it runs.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.app.clock import Clock, system_clock
from metaoptout_tui.app.guidance.guidance_in_use import load_guidance_in_use
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.core.errors import MetaOptOutError, StorageError
from metaoptout_tui.core.guidance.playbook import Playbook, WatchedPage
from metaoptout_tui.core.guidance.watched_page_status import (
    WatchedPageStatus,
    freshness_label,
    freshness_sentence,
    last_successful_check,
    may_check_again,
    page_check_summary,
    pages_for,
    status_after_reading,
    status_for_url,
)
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.storage.page_cache import PageCache
from metaoptout_tui.storage.settings_files import NetworkConsent, load_consent

if TYPE_CHECKING:  # what only annotations name is not loaded at start
    from metaoptout_tui.app.guidance.guidance_feed import GuidanceFeed
    from metaoptout_tui.core.guidance.editions import GuidanceInUse
    from metaoptout_tui.core.guidance.page_check_results import PageFetched, PageUnreadable
    from metaoptout_tui.core.guidance.page_content import PageContent, ParagraphChange
    from metaoptout_tui.core.jobs import Job
    from metaoptout_tui.core.settings import GuidanceSettings
    from metaoptout_tui.guidance.fetch_requests import FetchedBody, FetchRequest, FetchResult

    FetchAll = Callable[[Mapping[str, FetchRequest], datetime], AsyncGenerator[tuple[str, FetchResult], None]]
    """Makes the requests of a check, which begins at a time, and yields each one's id with its result."""


_WEEKLY_INTERVAL = timedelta(days=7)


_FEED_ID = ":feed"  # no id of a page


class NetworkPermission(NamedTuple):
    """What a page check may do. `offline_reason` says why no connection may be made; empty where one may.

    `meta_pages`: pages on Meta's own hosts are fetched too, which Meta can see. `weekly`: a check starts by itself when
    the last one is a week old. `feed_url`: where editions of the guidance are fetched; empty for nowhere.
    """

    offline_reason: str = ""
    meta_pages: bool = False
    weekly: bool = False
    feed_url: str = ""

    def with_consent(self, consent: NetworkConsent) -> NetworkPermission:
        """This permission with what the person switched on in the program added."""
        return self._replace(meta_pages=self.meta_pages or consent.meta_pages, weekly=self.weekly or consent.weekly)


def open_page_watcher(
    paths: AppPaths, fetch_all: FetchAll, *, offline: bool, clock: Clock = system_clock
) -> tuple[PageWatcher, tuple[str, ...]]:
    """A page watcher with the permission of settings, consent and command line, and notices. Raises StorageError."""
    from metaoptout_tui.storage.settings_files import load_config

    config, problems = load_config(paths.config, is_required=paths.is_config_named)
    guidance = load_guidance_in_use(paths)
    permission = permission_from_settings(config.guidance, offline=offline).with_consent(load_consent(paths.consent))
    return PageWatcher(guidance, paths, permission, fetch_all, clock=clock), (
        *problems,
        *filter(None, [guidance.notice]),
    )


def permission_from_settings(settings: GuidanceSettings, *, offline: bool) -> NetworkPermission:
    """The permission that the settings and the command line give."""
    offline_reason = ""
    if offline:
        offline_reason = _("No connection is made, as --offline says.")
    elif not settings.enabled:
        offline_reason = _("No connection is made, as guidance.enabled in the settings says.")
    return NetworkPermission(offline_reason, settings.meta_pages, settings.weekly, settings.feed_url)


class PageWatcher:
    """The watched pages of the guidance in use: their last known status, and how to fetch them again.

    A check also asks the `feed`, where the settings name one. `fetch_all` is the only way to the network.
    """

    def __init__(
        self,
        guidance: GuidanceInUse,
        paths: AppPaths,
        permission: NetworkPermission,
        fetch_all: FetchAll,
        *,
        clock: Clock = system_clock,
    ) -> None:
        self._paths = paths
        self._first_guidance = guidance
        self.permission = permission
        self._fetch_all = fetch_all
        self._page_cache = PageCache(paths.cache)
        self._clock = clock
        self._page_statuses = self._page_cache.load()

    @cached_property
    def feed(self) -> GuidanceFeed:
        """The guidance in use from the first time this is asked for, and the edition that is offered."""
        from metaoptout_tui.app.guidance.guidance_feed import GuidanceFeed

        return GuidanceFeed(self._paths, self._first_guidance, clock=self._clock)

    @property
    def guidance(self) -> GuidanceInUse:
        """The guidance in use and its origin."""
        return self.feed.guidance if "feed" in vars(self) else self._first_guidance

    @property
    def playbook(self) -> Playbook:
        """The playbook of the guidance in use."""
        return self.guidance.playbook

    # Status of the pages

    @property
    def page_statuses(self) -> Mapping[str, WatchedPageStatus]:
        """The status of each page that was ever checked, by id."""
        return self._page_statuses

    def page_status(self, page: str) -> WatchedPageStatus:
        """The status of a page; an empty one where it was never checked."""
        return self._page_statuses.get(page) or WatchedPageStatus(page)

    def now(self) -> datetime:
        """The time by this session's clock."""
        return self._clock()

    def freshness_line(self, *, as_sentence: bool = False) -> str:
        """How current the guidance is, in one short line."""
        words = freshness_sentence if as_sentence else freshness_label
        return words(self.playbook, self._page_statuses, self.now())

    def unread_pages(self) -> tuple[WatchedPage, ...]:
        """The pages that changed since the person read them."""
        return tuple(page for page in self.playbook.pages if self.page_status(page.id).has_unread_change)

    def unread_pages_for(self, *, step: str, platform: str, region: str) -> tuple[WatchedPage, ...]:
        """The unread pages that are sources of what is shown at a step."""
        unread = self.unread_pages()
        if not unread:
            return ()
        pages_of_step = pages_for(self.playbook, step=step, platform=platform, region=region)
        return tuple(page for page in unread if page in pages_of_step)

    def page_content(self, page: str, *, as_read: bool = False) -> PageContent | None:
        """The text of a page as last fetched or, `as_read`, as the person last read it; None where it is not kept."""
        from metaoptout_tui.storage.page_content_json import page_content_from_json

        status = self.page_status(page)
        json_text = self._page_cache.load_text(page, status.read_digest if as_read else status.digest)
        if json_text is None:
            return None
        try:
            return page_content_from_json(json_text)
        except StorageError:
            return None

    def changes_since_read(self, page: str) -> tuple[ParagraphChange, ...]:
        """The changes in a page since the person read it; empty for none, or where a text is not kept."""
        from metaoptout_tui.core.guidance.page_content import compare_page_contents

        new, old = self.page_content(page), self.page_content(page, as_read=True)
        return (
            compare_page_contents(old, new)
            if old is not None and new is not None and self.page_status(page).has_unread_change
            else ()
        )

    def mark_read(self, page: str) -> None:
        """Save that the person has read the page as last fetched. Raises StorageError."""
        status = status_after_reading(self.page_status(page))
        self._page_statuses[page] = status
        self._page_cache.save(status)

    # Checking

    def pages_to_check(self) -> tuple[WatchedPage, ...]:
        """The pages that a check fetches."""
        return tuple(page for page in self.playbook.pages if page.kind != "meta" or self.permission.meta_pages)

    def hosts_to_contact(self) -> tuple[str, ...]:
        """The hosts that a check contacts, sorted; a page may redirect within its publisher's domain."""
        from metaoptout_tui.core.links import parse_trusted_url

        page_hosts = (parse_trusted_url(page.url).host for page in self.pages_to_check())
        return tuple(sorted({*page_hosts, *self._feed_hosts()}))

    def feed_lookup_notice(self) -> str:
        """The sentence that a proxy looks up the name of the feed's host, so that its address is not checked; empty otherwise."""
        from metaoptout_tui.guidance.name_lookup import proxy_for

        if not any(map(proxy_for, self._feed_hosts())):
            return ""
        return _(
            "Your proxy looks the feed's name up itself, so it is not checked here that it leads to a public address."
        )

    def request_count(self) -> int:
        """How many addresses a check fetches."""
        return len(self.pages_to_check()) + len(self._feed_hosts())

    def _feed_hosts(self) -> tuple[str, ...]:
        from metaoptout_tui.core.links import parse_feed_url

        return (parse_feed_url(self.permission.feed_url).host,) if self.permission.feed_url else ()

    def is_last_check_a_week_old(self) -> bool:
        """Whether the last successful check is a week old, or there was none."""
        checked_at = last_successful_check(self._page_statuses.values(), now := self.now())
        return checked_at is None or now - checked_at >= _WEEKLY_INTERVAL

    async def check_pages(
        self, job: Job, on_page: Callable[[WatchedPageStatus], None] = lambda _status: None
    ) -> tuple[WatchedPageStatus, ...]:
        """Fetch each page and the feed once; the status of each page afterwards.

        `job` counts the addresses; `on_page` is called with each new status. A page that fails stops no other.
        Cancelling keeps the answers so far. Raises MetaOptOutError where no connection may be or can be made,
        StorageError where an answer cannot be saved.
        """
        if self.permission.offline_reason:
            raise MetaOptOutError(self.permission.offline_reason, kept=_("What was fetched before can be read."))
        pages = self.pages_to_check()
        requests = {
            page.id: self._request_for(page)
            for page in pages
            if may_check_again(self._status_at_current_url(page), self.now())
        }
        done, total = len(pages) - len(requests), self.request_count()
        if self.permission.feed_url:
            from metaoptout_tui.guidance.fetch_requests import feed_request

            requests[_FEED_ID] = feed_request(self.permission.feed_url)
        async with aclosing(self._fetch_all(requests, self.now())) as answers:
            async for id, answer in answers:
                # In a thread: parsing a large page takes so long that a key press would wait.
                status = await asyncio.to_thread(
                    self._process_feed_answer if id == _FEED_ID else partial(self._process_answer, id), answer
                )
                done += 1
                job.report(done, total)
                if status is not None:
                    on_page(status)
        return tuple(self.page_status(page.id) for page in pages)

    def _status_at_current_url(self, page: WatchedPage) -> WatchedPageStatus:
        return status_for_url(self.page_status(page.id), page.url)

    def _request_for(self, page: WatchedPage) -> FetchRequest:
        from metaoptout_tui.guidance.fetch_requests import page_request

        status = self._status_at_current_url(page)
        url = status.current_url or page.url
        if self._page_cache.load_text(page.id, status.digest) is None:
            return page_request(url)  # “not modified” would be of no use
        return page_request(url, etag=status.etag, last_modified=status.last_modified)

    def _process_answer(self, id: str, answer: FetchResult) -> WatchedPageStatus:
        from metaoptout_tui.core.guidance.page_check_results import PageFetched, status_after_check
        from metaoptout_tui.guidance.fetch_requests import FetchedBody

        page = self.playbook.page(id)
        if page is None:
            return self.page_status(id)
        finding = self._extract_content(page, answer) if isinstance(answer, FetchedBody) else answer
        previous = self._status_at_current_url(page)
        status = status_after_check(previous, finding, url=page.url, now=self.now())
        json_text = None
        if isinstance(finding, PageFetched) and self._page_cache.load_text(id, status.digest) is None:
            from metaoptout_tui.storage.page_content_json import page_content_to_json

            json_text = page_content_to_json(finding.content)
        self._page_cache.save(status, json_text)
        self._page_statuses[id] = status
        return status

    def _extract_content(self, page: WatchedPage, body: FetchedBody) -> PageFetched | PageUnreadable:
        from metaoptout_tui.core.guidance.page_check_results import PageFetched, PageUnreadable
        from metaoptout_tui.guidance.extract import extract_page_content

        page_content = extract_page_content(
            body.data, charset=body.charset, address=body.permanent_url, expect_text=page.expect_text
        )
        if isinstance(page_content, PageUnreadable):
            return page_content
        return PageFetched(page_content, body.permanent_url, body.etag, body.last_modified)

    def _process_feed_answer(self, answer: FetchResult) -> None:
        (host,) = self._feed_hosts()
        self.feed.process_answer(answer, host)


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
        self._set_consent(self.consent._replace(hosts=self.consent.hosts.union(self.page_watcher.hosts_to_contact())))

    def change_consent(self, *, weekly: bool | None = None, meta_pages: bool | None = None) -> None:
        """Switch the weekly check or the check of Meta's pages on or off. Raises StorageError."""
        consent = self.consent
        if weekly is not None:
            consent = consent._replace(weekly=weekly)
        if meta_pages is not None:
            consent = consent._replace(meta_pages=meta_pages)
        self._set_consent(consent)

    def is_due(self) -> bool:
        """Whether the weekly check is switched on, allowed and due."""
        return self.is_weekly and not self.needs_consent() and self.page_watcher.is_last_check_a_week_old()

    @property
    def is_weekly(self) -> bool:
        """Whether the weekly check is switched on and allowed."""
        permission = self.page_watcher.permission
        return permission.weekly and not permission.offline_reason

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
            self.outcome = _("Stopped after {done} of {total}.").format(done=self.job.done, total=self.job.total)
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
        return _("checking: {done} of {total}").format(done=self.job.done, total=self.job.total)
