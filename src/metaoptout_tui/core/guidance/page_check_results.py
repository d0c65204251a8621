"""What a check of a watched page, or of a feed, can come to, and the status of the page after it."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.core.guidance.watched_page_status import WatchedPageState, WatchedPageStatus
from metaoptout_tui.core.language.formatting import with_full_stop
from metaoptout_tui.core.language.translation import gettext as _

if TYPE_CHECKING:
    from metaoptout_tui.core.guidance.page_content import PageContent


class PageFetched(NamedTuple):
    """The page was fetched and read. `address` is where it came from; `etag` and `last_modified` are the server's."""

    content: "PageContent"
    address: str
    etag: str = ""
    last_modified: str = ""


class PageNotModified(NamedTuple):
    """The server answered that the page did not change."""


class PageMoved(NamedTuple):
    """The page redirects to `address`, which is not an https address of its publisher, so that was not fetched."""

    address: str


class PageGone(NamedTuple):
    """There is no such page any more (404 or 410)."""

    status: int


class PageUnreadable(NamedTuple):
    """Something else than the page's text came; `why` is the reason, in English words that follow “cannot be read:”."""

    why: str


class PageNotReached(NamedTuple):
    """Nothing came, for the reason `why`, in English; `not_before` is the earliest moment for another request, if any."""

    why: str
    not_before: datetime | None = None


PageCheckResult = PageFetched | PageNotModified | PageMoved | PageGone | PageUnreadable | PageNotReached
"""The possible results of one check of a page."""


def status_after_check(
    status: WatchedPageStatus, result: PageCheckResult, *, url: str, now: datetime
) -> WatchedPageStatus:
    """The status after one more check. `url` is the address in the playbook. Only a new text replaces the kept one."""
    status = status._replace(url=url, checked_at=now, fault="", why="", not_before=None)
    match result:
        case PageFetched(content, address, etag, last_modified):
            digest = content.digest
            return status._replace(
                succeeded_at=now,
                text_fetched_at=status.text_fetched_at if digest == status.digest else now,
                digest=digest,
                read_digest=status.read_digest or digest,
                current_url="" if address == url else address,
                etag=etag,
                last_modified=last_modified,
            )
        case PageNotModified():
            return status._replace(succeeded_at=now)
        case PageMoved(address):
            return status._replace(fault=WatchedPageState.MOVED, why=address)
        case PageGone(http_status):
            # A page that left its new address may be back at its old one.
            return status._replace(
                fault=WatchedPageState.GONE, why=str(http_status), current_url="", etag="", last_modified=""
            )
        case PageUnreadable(why):
            return status._replace(fault=WatchedPageState.UNREADABLE, why=why)
        case PageNotReached(why, not_before):
            return status._replace(fault=WatchedPageState.FAILED, why=why, not_before=not_before)


def feed_failure_reason(result: PageCheckResult) -> str:
    """Why no edition came from a feed, as a clause that ends in a full stop."""
    from metaoptout_tui.core.guidance.page_faults import page_fault_words

    match result:
        case PageMoved(address):
            return _(
                "it moved to {address}, on another host; nobody went there. Check feed_url in the settings."
            ).format(address=address)
        case PageGone(status):
            return _("there is nothing at its address any more ({status}).").format(status=status)
        case PageUnreadable(why) | PageNotReached(why):
            return with_full_stop(page_fault_words(why))
        case _:
            return _("it is as it was.")
