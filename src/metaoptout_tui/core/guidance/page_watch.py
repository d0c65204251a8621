"""The status of watched pages: how a check changes it, and sentences on how fresh the guidance is.

Each page is compared with the text the person last read. A failed check is recorded with its reason and never removes
a text that was kept earlier.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import Playbook, WatchedPage

if TYPE_CHECKING:
    from metaoptout_tui.core.guidance.page_text import PageContent


STALE_AFTER = timedelta(days=90)
"""How long a look counts as current."""


class WatchedPageState(StrEnum):
    """How a page stands, in one word."""

    NOT_FETCHED = "not-fetched"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    MOVED = "moved"
    GONE = "gone"
    UNREADABLE = "unreadable"
    FAILED = "failed"


FAULT_STATES = frozenset(
    {WatchedPageState.MOVED, WatchedPageState.GONE, WatchedPageState.UNREADABLE, WatchedPageState.FAILED}
)
"""What a look may end in instead of a text."""


class PageFetched(NamedTuple):
    """The page came and could be read. `address` is where it came from; the validators are as the server wrote them."""

    content: "PageContent"
    address: str
    etag: str = ""
    last_modified: str = ""


class PageNotModified(NamedTuple):
    """The server says that it is as it was."""


class PageMoved(NamedTuple):
    """It sends its readers to `address`, which is not its publisher's over https, so nobody went there."""

    address: str


class PageGone(NamedTuple):
    """There is no such page any more (404 or 410)."""

    status: int


class PageUnreadable(NamedTuple):
    """Something came that is not the page's text: `why` in words that follow “cannot be read:”."""

    why: str


class PageNotReached(NamedTuple):
    """Nothing came: `why` in words; not to be asked again before `not_before`, where the server said so."""

    why: str
    not_before: datetime | None = None


PageCheckResult = PageFetched | PageNotModified | PageMoved | PageGone | PageUnreadable | PageNotReached
"""What one look at a page may find."""


class WatchedPageStatus(NamedTuple):
    """What is known of one page.

    `tried` is the last look, `looked` the last one that told of the text, `kept` when the text that is kept came; its
    digest is `digest`, that of the text the person last read (or the first that came) `read`. `fault` is what the last
    look ended in, empty for a text, and `why` its words. `url` is the playbook's address at that look; `address` is where
    the page is now when it is not there. `etag` and `last_modified` belong to `address`, or to `url`, and are sent back
    as they came.
    """

    id: str
    url: str = ""
    tried: datetime | None = None
    looked: datetime | None = None
    kept: datetime | None = None
    digest: str = ""
    read: str = ""
    fault: str = ""
    why: str = ""
    address: str = ""
    etag: str = ""
    last_modified: str = ""
    not_before: datetime | None = None

    @property
    def state(self) -> WatchedPageState:
        """The state in one word; what the last look met comes before what is kept."""
        if self.fault:
            return WatchedPageState(self.fault)
        if not self.digest:
            return WatchedPageState.NOT_FETCHED
        if self.has_unread_change:
            return WatchedPageState.CHANGED
        return WatchedPageState.MOVED if self.address else WatchedPageState.UNCHANGED

    @property
    def has_unread_change(self) -> bool:
        """Whether the kept text is another than the person last read, also while the page cannot be reached."""
        return self.digest != self.read

    @property
    def needed_digests(self) -> frozenset[str]:
        """The texts that are still needed: the kept one and the one to compare it with."""
        return frozenset({self.digest, self.read} - {""})


def status_after_check(
    record: WatchedPageStatus, finding: PageCheckResult, *, url: str, now: datetime
) -> WatchedPageStatus:
    """The record after one more look. `url` is the address in the playbook. Nothing but a new text replaces a text."""
    record = record._replace(url=url, tried=now, fault="", why="", not_before=None)
    match finding:
        case PageFetched(article, address, etag, last_modified):
            digest = article.digest
            same = digest == record.digest
            return record._replace(
                looked=now,
                kept=record.kept if same else now,
                digest=digest,
                read=record.read or digest,
                address="" if address == url else address,
                etag=etag,
                last_modified=last_modified,
            )
        case PageNotModified():
            return record._replace(looked=now)
        case PageMoved(address):
            return record._replace(fault=WatchedPageState.MOVED, why=address)
        case PageGone(status):
            # A page that left its new address may be back at its old one.
            return record._replace(fault=WatchedPageState.GONE, why=str(status), address="", etag="", last_modified="")
        case PageUnreadable(why):
            return record._replace(fault=WatchedPageState.UNREADABLE, why=why)
        case PageNotReached(why, not_before):
            return record._replace(fault=WatchedPageState.FAILED, why=why, not_before=not_before)


def status_for_url(record: WatchedPageStatus, url: str) -> WatchedPageStatus:
    """The record as far as it holds for `url`: what another edition had elsewhere says nothing of this address."""
    return (
        record if record.url in ("", url) else record._replace(address="", etag="", last_modified="", not_before=None)
    )


def mark_page_read(record: WatchedPageStatus) -> WatchedPageStatus:
    """The record once the person has read the text that is kept."""
    return record._replace(read=record.digest)


def may_check_again(record: WatchedPageStatus, now: datetime) -> bool:
    """Whether the server lets itself be asked again (`Retry-After`). A clock that went back does not lock a page out."""
    return record.not_before is None or record.not_before <= now or (record.tried is not None and record.tried > now)


def page_state_label(record: WatchedPageStatus, now: datetime) -> str:
    """How a page stands, in a few words for a list: `unchanged since 3 Nov`, `changed on 24 Nov`, `gone (404)`."""
    kept = _day_label(record.kept, now)
    match record.state:
        case WatchedPageState.NOT_FETCHED:
            return "not fetched"
        case WatchedPageState.UNCHANGED:
            return f"unchanged since {kept}"
        case WatchedPageState.CHANGED:
            return f"changed on {kept}"
        case WatchedPageState.MOVED:
            return "moved"
        case WatchedPageState.GONE:
            return f"gone ({record.why})"
        case WatchedPageState.UNREADABLE:
            return "cannot be read"
        case WatchedPageState.FAILED:
            return "not reached"


def page_state_sentences(record: WatchedPageStatus, now: datetime) -> tuple[str, ...]:
    """The same in full: what the last look met, what is kept, and when it was looked."""
    if record.state is WatchedPageState.NOT_FETCHED:
        return ("Not fetched yet.",)
    said = [_last_check_sentence(record, now)]
    if record.fault:
        said.append(
            f"The last good copy, of {_day_label(record.kept, now)}, is kept." if record.kept else "Nothing is kept."
        )
        if record.has_unread_change:
            said.append("It differs from what you read.")
    if record.not_before and record.not_before > now:
        said.append(
            f"Its server asks not to be asked again before {dates.format_day_and_time(record.not_before, now)}."
        )
    if record.tried:
        said.append(f"Last look: {dates.format_age(record.tried, now)}.")
    return tuple(said)


def _last_check_sentence(record: WatchedPageStatus, now: datetime) -> str:
    kept = _day_label(record.kept, now)
    match record.state:
        case WatchedPageState.MOVED if record.fault:
            return f"Moved to {record.why}, which is not a safe address of its publisher. Nobody went there."
        case WatchedPageState.MOVED:
            return f"Moved to {record.address}. Its text is unchanged since {kept}."
        case WatchedPageState.GONE:
            return f"There is no such page any more: its server answers {record.why}."
        case WatchedPageState.UNREADABLE:
            return f"It cannot be read: {record.why}."
        case WatchedPageState.FAILED:
            return f"It was not reached: {record.why}."
        case WatchedPageState.CHANGED:
            return f"Changed on {kept}. Please read what changed."
        case _:
            return f"Unchanged since {kept}."


def last_successful_check(records: Iterable[WatchedPageStatus]) -> datetime | None:
    """When a page last told how it stands; None where none ever did."""
    return max((record.looked for record in records if record.looked), default=None)


def is_guidance_stale(playbook: Playbook, records: Mapping[str, WatchedPageStatus], now: datetime) -> bool:
    """Whether neither the guidance nor a look at its sources is of the last 90 days."""
    looked = last_successful_check(records.values())
    published = datetime.combine(date.fromisoformat(playbook.published), now.timetz())
    return now - max(published, looked or published) > STALE_AFTER


def freshness_label(playbook: Playbook, records: Mapping[str, WatchedPageStatus], now: datetime) -> str:
    """How current the guidance is, for the first screen: one short line that names what matters most."""
    unread = sum(record.has_unread_change for record in records.values() if playbook.page(record.id))
    looked = last_successful_check(records.values())
    published = date.fromisoformat(playbook.published)
    if playbook.expires and date.fromisoformat(playbook.expires) < now.date():
        return f"guide expired {dates.format_full_day(date.fromisoformat(playbook.expires))}"
    if unread:
        return f"guide: {unread} source{'' if unread == 1 else 's'} changed"
    if is_guidance_stale(playbook, records, now):
        days = (now.date() - max(published, dates.local_day(looked, now) if looked else published)).days
        return f"guide not checked for {days} days"
    return f"guide checked {_days_ago(looked, now)}" if looked else f"guide of {dates.format_full_day(published)}"


def feed_failure_reason(finding: PageCheckResult) -> str:
    """Why a feed had nothing to give."""
    match finding:
        case PageMoved(address):
            return f"it moved to {address}, on another host; nobody went there. Check feed_url in the settings."
        case PageGone(status):
            return f"there is nothing at its address any more ({status})."
        case PageUnreadable(why) | PageNotReached(why, _):
            return f"{why}."
        case _:
            return "it is as it was."


def page_check_summary(records: Iterable[WatchedPageStatus]) -> str:
    """What came of a look, in one sentence; what could not be read is named by its number, since the list says which."""
    every = list(records)
    faults = sum(bool(record.fault) for record in every)
    changed = sum(record.has_unread_change for record in every)
    parts = [f"{len(every) - faults} of {len(every)} pages read", f"{changed} changed" if changed else "none changed"]
    if faults:
        parts.append(f"{faults} not reached or not readable; what was kept of them stays")
    return f"{', '.join(parts)}."


def sources_changed_sentence(pages: Iterable[WatchedPage]) -> str:
    """What a step says whose sources changed and were not read."""
    names = list(dict.fromkeys(page.publisher for page in pages))
    if len(names) > 2:
        names = [*names[:2], f"{len(names) - 2} more"]
    return f"A page that this rests on has changed since you read it: {' and '.join(names)}."


def _days_ago(looked: datetime, now: datetime) -> str:
    days = (now.date() - dates.local_day(looked, now)).days
    return "today" if days < 1 else "yesterday" if days == 1 else f"{days} days ago"


def _day_label(moment: datetime | None, now: datetime) -> str:
    return dates.format_local_day(moment, now) if moment else "an unknown day"
