"""The watched pages as their publishers might serve them, and a cache that holds them, in a few words."""

from collections.abc import AsyncGenerator, Iterable, Mapping
from datetime import datetime

from loopback_web import LoopbackWeb, Reply
from metaoptout_tui.core.guidance.page_check_results import PageNotReached
from metaoptout_tui.core.guidance.page_content import PageBlock, PageContent, PageLink
from metaoptout_tui.core.guidance.playbook import Playbook, WatchedPage
from metaoptout_tui.core.guidance.watched_page_status import WatchedPageStatus
from metaoptout_tui.guidance.fetch_requests import FetchedBody, FetchRequest, FetchResult
from metaoptout_tui.storage.page_cache import PageCache
from metaoptout_tui.storage.page_content_json import page_content_to_json

FORM = PageLink("the form", "https://www.facebook.com/help/contact/6359191084165019")
ELSEWHERE = PageLink("a friend", "https://facebook.com.evil.example/form")


def served(page: WatchedPage, *paragraphs: str) -> bytes:
    """A page in HTML with what stands around a text, and the words that it is known by in its heading."""
    words = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs or usual(page))
    return f"""<!doctype html><html lang="{page.language}"><head><meta charset="utf-8"><title>{page.publisher}</title></head>
<body><header><nav><a href="/">Home</a> <a href="/news">News</a></nav></header>
<main><article><h1>{page.publisher} on objecting: {page.expect_text}</h1>
{words}</article></main><footer><p>© {page.publisher}</p></footer></body></html>""".encode()


def usual(page: WatchedPage) -> tuple[str, ...]:
    """What a page says as long as nothing has changed."""
    return (
        "Meta learns from public posts, and everybody may object to that at any time, as is explained here.",
        f"This page of {page.publisher} is kept up to date for as long as there is something to object to.",
        "Log in first, in the same browser, and open the form after that. The reason may stay empty.",
    )


def publish(web: LoopbackWeb, pages: Iterable[WatchedPage]) -> None:
    """Let every page be there, as usual."""
    for page in pages:
        web.on(page.url, Reply(body=served(page)))


class PagesWithoutNetwork:
    """All that a check can reach: each watched page as it should be, but for those that are down."""

    def __init__(self, playbook: Playbook, *down: str, feed: bytes = b"") -> None:
        self.asked: list[str] = []
        self._pages = {page.id: page for page in playbook.pages}
        self._down = down
        self._feed = feed

    async def fetch_all(
        self, requests: Mapping[str, FetchRequest], _now: datetime
    ) -> AsyncGenerator[tuple[str, FetchResult], None]:
        for id, request in requests.items():
            self.asked.append(request.url)
            if id not in self._pages:
                yield id, FetchedBody(self._feed, "utf-8", request.url)
                continue
            page = self._pages[id]
            down = id in self._down
            yield id, PageNotReached("no answer") if down else FetchedBody(served(page), "utf-8", page.url)


def article(*blocks: PageBlock | str) -> PageContent:
    """A text of these blocks; a string is a paragraph."""
    return PageContent("", tuple(PageBlock("paragraph", each) if isinstance(each, str) else each for each in blocks))


BEFORE = article(
    PageBlock("heading", "How to object", 1),
    "You can object until 26 May.",
    PageBlock("heading", "Step by step", 2),
    *[PageBlock("item", f"Step {number}: go on as the form says.", 1) for number in range(1, 30)],
    PageBlock("paragraph", "Use the form, or ask a friend.", links=(FORM, ELSEWHERE)),
)
NOW_SAYS = article(
    PageBlock("heading", "How to object", 1),
    "You can object at any time.",
    *BEFORE.blocks[2:20],
    *BEFORE.blocks[22:],
    "There is a new way in the Meta Account.",
)
"""A page as it was read, and as it is now."""


def keep(
    store: PageCache,
    playbook: Playbook,
    page: str,
    now: datetime,
    text: PageContent,
    *,
    read: PageContent | None = None,
) -> WatchedPageStatus:
    """Put a page into the cache, looked at now, with what the person read before where that was another text."""
    watched = playbook.page(page)
    assert watched is not None
    record = WatchedPageStatus(
        page,
        watched.url,
        checked_at=now,
        succeeded_at=now,
        text_fetched_at=now,
        digest=text.digest,
        read_digest=text.digest,
    )
    if read is not None:
        store.save(record._replace(digest=read.digest, read_digest=read.digest), page_content_to_json(read))
        record = record._replace(read_digest=read.digest)
    store.save(record, page_content_to_json(text))
    return record
