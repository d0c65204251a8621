"""The lookout: asks the watched pages whether they changed, when the person wants it, and remembers what they said.

The only way from the screen and the command line to the network. It goes nowhere unless it is told to, and then only to
the hosts it has named; what comes back is taken apart and compared, and never run, obeyed or trusted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import aclosing
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.clock import Clock, system_clock
from metaoptout_tui.core.currency import age_words, feed_trouble, last_look
from metaoptout_tui.core.errors import GuidanceError, MetaOptOutError, StorageError
from metaoptout_tui.core.in_use import InUse
from metaoptout_tui.core.playbook import Playbook, WatchedPage
from metaoptout_tui.core.watch import Fetched, PageRecord, Unreadable, after, at_url, is_due, marked_read
from metaoptout_tui.current_guidance import Offer, accept, go_back, offered, refuse
from metaoptout_tui.storage.config_file import GuidanceSettings
from metaoptout_tui.storage.page_store import PageStore
from metaoptout_tui.storage.paths import Places

if TYPE_CHECKING:  # imported when a page is read
    from metaoptout_tui.core.article import Article
    from metaoptout_tui.core.difference import Change
    from metaoptout_tui.guidance.request import Answer, Body, Request

A_WEEK = timedelta(days=7)


_FEED = ":feed"  # no id of a page


class Permission(NamedTuple):
    """What a look may do. `offline` is a sentence where no connection may be made at all, empty otherwise.

    `meta_pages`: whether pages on Meta's own hosts are looked at, which tells Meta. `weekly`: whether a look begins by
    itself when the last one is a week old. `feed_url`: where an edition of the guidance is asked for, empty for nowhere.
    """

    offline: str = ""
    meta_pages: bool = False
    weekly: bool = False
    feed_url: str = ""


def permission_of(settings: GuidanceSettings, *, offline: bool) -> Permission:
    """What the settings and the command line say a look may do."""
    why = ""
    if offline:
        why = "No connection is made, as --offline says."
    elif not settings.enabled:
        why = "No connection is made, as guidance.enabled in the settings says."
    return Permission(why, settings.meta_pages, settings.weekly, settings.feed_url)


class Step(NamedTuple):
    """One address of a look has been dealt with: how many of how many; the page's record, None for the feed."""

    done: int
    total: int
    record: PageRecord | None


class Lookout:
    """The watched pages of the guidance in use, what is known of each, and the way to know it anew.

    `offer` is an edition of the guidance that the feed had and that waits for the person's word; `feed_words` says what
    came of asking the feed, empty before.
    """

    def __init__(self, in_use: InUse, where: Places, permission: Permission, *, clock: Clock = system_clock) -> None:
        self.in_use = in_use
        self.permission = permission
        self.offer: Offer | None = None
        self.feed_words = ""
        self._where = where
        self._store = PageStore(where.cache)
        self._clock = clock
        self._records = self._store.load()

    @property
    def playbook(self) -> Playbook:
        """The guidance in use."""
        return self.in_use.playbook

    # What is known

    @property
    def records(self) -> Mapping[str, PageRecord]:
        """What is known of each page, by id; a page that was never looked at is not there."""
        return self._records

    def record(self, page: str) -> PageRecord:
        """What is known of a page."""
        return self._records.get(page) or PageRecord(page)

    def now(self) -> datetime:
        """The time by this sitting's clock."""
        return self._clock()

    def age(self) -> str:
        """How current the guidance is, in one short line."""
        return age_words(self.playbook, self._records, self.now())

    def unread(self) -> tuple[WatchedPage, ...]:
        """The pages that changed since the person read them."""
        return tuple(page for page in self.playbook.pages if self.record(page.id).unread)

    def unread_for(self, *, step: str, platform: str, region: str) -> tuple[WatchedPage, ...]:
        """Those on which something rests that is said at this place of the walk."""
        unread = self.unread()
        if not unread:
            return ()
        here = self.playbook.pages_for(step=step, platform=platform, region=region)
        return tuple(page for page in unread if page in here)

    def article(self, page: str, *, as_read: bool = False) -> Article | None:
        """The text of a page as it is now, or as the person last read it; None where there is none."""
        from metaoptout_tui.storage.article_file import from_json

        record = self.record(page)
        written = self._store.text(page, record.read if as_read else record.digest)
        if written is None:
            return None
        try:
            return from_json(written)
        except StorageError:
            return None

    def changes(self, page: str) -> tuple[Change, ...]:
        """What changed in a page since the person read it; empty where nothing did, or a text is gone."""
        from metaoptout_tui.core.difference import difference

        new, old = self.article(page), self.article(page, as_read=True)
        return difference(old, new) if old is not None and new is not None and self.record(page).unread else ()

    def mark_read(self, page: str) -> None:
        """The person has read the page as it is now. Raises StorageError where that cannot be remembered."""
        record = marked_read(self.record(page))
        self._records[page] = record
        self._store.put(record)

    # Looking

    def pages(self) -> tuple[WatchedPage, ...]:
        """The pages that a look would ask for."""
        return tuple(page for page in self.playbook.pages if page.kind != "meta" or self.permission.meta_pages)

    def hosts(self) -> tuple[str, ...]:
        """The hosts that a look would contact, by name; a page may send its reader on within its publisher's domain."""
        from metaoptout_tui.core.links import published

        return tuple(sorted({*(published(page.url).host for page in self.pages()), *self._feed_host()}))

    def total(self) -> int:
        """How many addresses a look asks for."""
        return len(self.pages()) + len(self._feed_host())

    def _feed_host(self) -> tuple[str, ...]:
        from metaoptout_tui.core.links import feed_address

        return (feed_address(self.permission.feed_url).host,) if self.permission.feed_url else ()

    def is_week_old(self) -> bool:
        """Whether the last look that told anything is a week old, or there was none."""
        looked = last_look(self._records.values())
        return looked is None or self.now() - looked >= A_WEEK

    async def look(self, told: Callable[[Step], None]) -> tuple[PageRecord, ...]:
        """Ask each page once, and tell of each as soon as it is known; what is known of them afterwards.

        What one page meets stops no other. Cancelling leaves what has come. Raises MetaOptOutError where no connection
        may be or can be made at all, and StorageError where what came cannot be kept.
        """
        if self.permission.offline:
            raise MetaOptOutError(self.permission.offline, kept="What was fetched before can be read.")
        from metaoptout_tui.guidance.round import fetch_each

        pages = self.pages()
        requests = {page.id: self._request(page) for page in pages if is_due(self._here(page), self.now())}
        done, total = len(pages) - len(requests), self.total()
        if self.permission.feed_url:
            from metaoptout_tui.guidance.request import feed_request

            requests[_FEED] = feed_request(self.permission.feed_url)
        async with aclosing(fetch_each(requests, now=self.now())) as answers:
            async for id, answer in answers:
                # In a thread: to take a large page apart holds a processor for as long as a key may wait.
                record = await asyncio.to_thread(self._take_feed if id == _FEED else partial(self._take, id), answer)
                done += 1
                told(Step(done, total, record))
        return tuple(self.record(page.id) for page in pages)

    def _here(self, page: WatchedPage) -> PageRecord:
        return at_url(self.record(page.id), page.url)

    def _request(self, page: WatchedPage) -> Request:
        from metaoptout_tui.guidance.request import page_request

        record = self._here(page)
        url = record.address or page.url
        if self._store.text(page.id, record.digest) is None:
            return page_request(url)  # “as it was” would be of no use
        return page_request(url, etag=record.etag, last_modified=record.last_modified)

    def _take(self, id: str, answer: Answer) -> PageRecord:
        from metaoptout_tui.guidance.request import Body

        page = self.playbook.page(id)
        if page is None:
            return self.record(id)
        finding = self._read(page, answer) if isinstance(answer, Body) else answer
        before = self._here(page)
        record = after(before, finding, url=page.url, now=self.now())
        written = None
        if isinstance(finding, Fetched) and self._store.text(id, record.digest) is None:
            from metaoptout_tui.storage.article_file import to_json

            written = to_json(finding.article)
        self._store.put(record, written)
        self._records[id] = record
        return record

    def _read(self, page: WatchedPage, body: Body) -> Fetched | Unreadable:
        from metaoptout_tui.guidance.extract import article_of

        article = article_of(body.data, charset=body.charset, address=body.address, expect_text=page.expect_text)
        if isinstance(article, Unreadable):
            return article
        return Fetched(article, body.address, body.etag, body.last_modified)

    # The feed

    def _take_feed(self, answer: Answer) -> None:
        """What the feed had, judged; nothing of it is used."""
        from metaoptout_tui.guidance.request import Body

        self.offer = None
        (host,) = self._feed_host()
        if not isinstance(answer, Body):
            self.feed_words = f"The feed: {feed_trouble(answer)}"
            return
        try:
            offer = offered(self._where, answer.data, host=host, in_use=self.in_use, today=self.now().date())
        except GuidanceError as error:
            self.feed_words = f"The feed cannot be used. {error.what}"
            return
        self.offer = offer if offer.verdict.may_be_accepted else None
        self.feed_words = f"The feed: {offer.verdict.why}"

    def accept(self) -> None:
        """Take the offered edition into use. Raises GuidanceError or StorageError, and then nothing has changed."""
        if self.offer is not None:
            self.in_use = accept(self._where, self.offer, now=self.now())
            self.offer, self.feed_words = None, f"The guidance of {self.playbook.published} is in use now."

    def refuse(self) -> None:
        """Leave the offered edition, which is not offered again."""
        if self.offer is not None:
            refuse(self._where, self.offer)
            self.offer, self.feed_words = None, f"The guidance of {self.playbook.published} stays in use."

    def go_back(self) -> None:
        """Use the program's own guidance again. Raises StorageError."""
        self.in_use = go_back(self._where)
        self.offer, self.feed_words = None, "The program's own guidance is in use again."
