"""What is known of a watched page, and what one more look at it makes of that.

Forms move and advice is rewritten without a word, so each page is compared with what the person last read. What is kept
of a page outlives every failure: a look that finds nothing tells why, and takes nothing away.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # a page is read long after the start
    from metaoptout_tui.core.article import Article

OLD_AFTER = timedelta(days=90)
"""How long a look counts as current."""


class PageState(StrEnum):
    """How a page stands, in one word."""

    NOT_FETCHED = "not-fetched"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    MOVED = "moved"
    GONE = "gone"
    UNREADABLE = "unreadable"
    FAILED = "failed"


FAULTS = frozenset({PageState.MOVED, PageState.GONE, PageState.UNREADABLE, PageState.FAILED})
"""What a look may end in instead of a text."""


class Fetched(NamedTuple):
    """The page came and could be read. `address` is where it came from; the validators are as the server wrote them."""

    article: "Article"
    address: str
    etag: str = ""
    last_modified: str = ""


class NotModified(NamedTuple):
    """The server says that it is as it was."""


class Moved(NamedTuple):
    """It sends its readers to `address`, which is not its publisher's over https, so nobody went there."""

    address: str


class Gone(NamedTuple):
    """There is no such page any more (404 or 410)."""

    status: int


class Unreadable(NamedTuple):
    """Something came that is not the page's text: `why` in words that follow “cannot be read:”."""

    why: str


class Failed(NamedTuple):
    """Nothing came: `why` in words; not to be asked again before `not_before`, where the server said so."""

    why: str
    not_before: datetime | None = None


Finding = Fetched | NotModified | Moved | Gone | Unreadable | Failed
"""What one look at a page may find."""


class PageRecord(NamedTuple):
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
    def state(self) -> PageState:
        """The state in one word; what the last look met comes before what is kept."""
        if self.fault:
            return PageState(self.fault)
        if not self.digest:
            return PageState.NOT_FETCHED
        if self.unread:
            return PageState.CHANGED
        return PageState.MOVED if self.address else PageState.UNCHANGED

    @property
    def unread(self) -> bool:
        """Whether the kept text is another than the person last read, also while the page cannot be reached."""
        return self.digest != self.read

    @property
    def digests(self) -> frozenset[str]:
        """The texts that are still needed: the kept one and the one to compare it with."""
        return frozenset({self.digest, self.read} - {""})


def after(record: PageRecord, finding: Finding, *, url: str, now: datetime) -> PageRecord:
    """The record after one more look. `url` is the address in the playbook. Nothing but a new text replaces a text."""
    record = record._replace(url=url, tried=now, fault="", why="", not_before=None)
    match finding:
        case Fetched(article, address, etag, last_modified):
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
        case NotModified():
            return record._replace(looked=now)
        case Moved(address):
            return record._replace(fault=PageState.MOVED, why=address)
        case Gone(status):
            # A page that left its new address may be back at its old one.
            return record._replace(fault=PageState.GONE, why=str(status), address="", etag="", last_modified="")
        case Unreadable(why):
            return record._replace(fault=PageState.UNREADABLE, why=why)
        case Failed(why, not_before):
            return record._replace(fault=PageState.FAILED, why=why, not_before=not_before)


def at_url(record: PageRecord, url: str) -> PageRecord:
    """The record as far as it holds for `url`: what another edition had elsewhere says nothing of this address."""
    return (
        record if record.url in ("", url) else record._replace(address="", etag="", last_modified="", not_before=None)
    )


def marked_read(record: PageRecord) -> PageRecord:
    """The record once the person has read the text that is kept."""
    return record._replace(read=record.digest)


def is_due(record: PageRecord, now: datetime) -> bool:
    """Whether the server lets itself be asked again (`Retry-After`). A clock that went back does not lock a page out."""
    return record.not_before is None or record.not_before <= now or (record.tried is not None and record.tried > now)
