"""What one more look at a page makes of what is known of it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.guidance.page_check_results import (
    PageCheckResult,
    PageFetched,
    PageGone,
    PageMoved,
    PageNotModified,
    PageNotReached,
    PageUnreadable,
    status_after_check,
)
from metaoptout_tui.core.guidance.page_content import PageBlock, PageContent
from metaoptout_tui.core.guidance.watched_page_status import (
    WatchedPageState,
    WatchedPageStatus,
    may_check_again,
    status_after_reading,
)

URL = "https://www.dataprotection.ie/en/news"
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)
NOTHING = WatchedPageStatus("dpc")


def article(words: str) -> PageContent:
    return PageContent("", (PageBlock("paragraph", words),))


def fetched(words: str, *, address: str = URL, etag: str = "") -> PageFetched:
    return PageFetched(article(words), address, etag)


@dataclass
class Page:
    """A page that is looked at once a day."""

    record: WatchedPageStatus = NOTHING
    now: datetime = NOW

    def look(self, finding: PageCheckResult) -> WatchedPageState:
        self.record = status_after_check(self.record, finding, url=URL, now=self.now)
        self.now += DAY
        return self.record.state


def test_what_came_first_is_what_the_person_is_taken_to_have_read() -> None:
    page = Page()
    assert page.record.state is WatchedPageState.NOT_FETCHED
    assert page.look(fetched("Object at any time.")) is WatchedPageState.UNCHANGED
    assert not page.record.has_unread_change


def test_another_text_is_a_change_until_it_is_read() -> None:
    page = Page()
    page.look(fetched("Object at any time."))
    assert page.look(fetched("Object by May.")) is WatchedPageState.CHANGED
    assert page.record.text_fetched_at == NOW + DAY
    assert page.look(fetched("Object by May.")) is WatchedPageState.CHANGED
    assert page.record.text_fetched_at == NOW + DAY, "the day of the change stays"
    page.record = status_after_reading(page.record)
    assert page.record.state is WatchedPageState.UNCHANGED


def test_a_text_that_came_back_is_no_change() -> None:
    page = Page()
    for words in ("A", "B"):
        page.look(fetched(words))
    assert page.look(fetched("A")) is WatchedPageState.UNCHANGED


def test_an_unmodified_page_was_looked_at_and_stays_as_it_was() -> None:
    page = Page()
    page.look(fetched("A", etag='"1"'))
    before = page.record
    assert page.look(PageNotModified()) is WatchedPageState.UNCHANGED
    assert page.record == before._replace(checked_at=NOW + DAY, succeeded_at=NOW + DAY)


def test_a_page_that_moved_within_its_publishers_domain_is_read_at_its_new_address() -> None:
    page = Page()
    page.look(fetched("A"))
    new = "https://www.dataprotection.ie/news/2026"
    assert page.look(fetched("A", address=new)) is WatchedPageState.MOVED
    assert page.record.current_url == new
    assert page.look(fetched("B", address=new)) is WatchedPageState.CHANGED


def test_a_page_that_is_gone_is_asked_at_its_old_address_again() -> None:
    page = Page()
    page.look(fetched("A", address="https://www.dataprotection.ie/new", etag='"1"'))
    assert page.look(PageGone(404)) is WatchedPageState.GONE
    assert (page.record.current_url, page.record.etag) == ("", "")


FINDINGS = st.one_of(
    st.sampled_from(["A", "B", "C"]).map(fetched),
    st.just(PageNotModified()),
    st.just(PageMoved("https://elsewhere.example/")),
    st.sampled_from([404, 410]).map(PageGone),
    st.just(PageUnreadable("it is a picture")),
    st.just(PageNotReached("no answer", NOW + 400 * DAY)),
)


@given(st.lists(FINDINGS))
def test_no_failure_takes_away_a_good_copy_or_what_was_read(findings: list[PageCheckResult]) -> None:
    page = Page()
    for finding in findings:
        before = page.record
        page.look(finding)
        if not isinstance(finding, PageFetched):
            assert (page.record.digest, page.record.read_digest, page.record.text_fetched_at) == (
                before.digest,
                before.read_digest,
                before.text_fetched_at,
            )
        else:
            assert page.record.digest == finding.content.digest
            assert page.record.needed_digests <= {article(words).digest for words in "ABC"}
        assert page.record.has_unread_change == (page.record.digest != page.record.read_digest)
        assert page.record.checked_at == page.now - DAY


@given(st.lists(FINDINGS))
def test_reading_leaves_nothing_unread(findings: list[PageCheckResult]) -> None:
    page = Page()
    for finding in findings:
        page.look(finding)
    assert not status_after_reading(page.record).has_unread_change


def test_a_server_that_asks_for_patience_gets_it() -> None:
    page = Page()
    page.look(PageNotReached("it asks for patience", NOW + DAY))
    assert not may_check_again(page.record, NOW + DAY / 2)
    assert may_check_again(page.record, NOW + DAY)
    assert may_check_again(page.record, NOW - DAY), "a clock that was put back must not lock the page out"


def test_layout_is_no_change_and_a_link_target_is() -> None:
    words = PageContent("", (PageBlock("paragraph", "Use the form."),))
    assert words.digest == PageContent("Title", (PageBlock("item", "Use the form.", 1),)).digest
    from metaoptout_tui.core.guidance.page_content import PageLink

    one = PageContent("", (PageBlock("paragraph", "Use the form.", links=(PageLink("form", "https://a.example/1"),)),))
    two = PageContent("", (PageBlock("paragraph", "Use the form.", links=(PageLink("form", "https://a.example/2"),)),))
    assert len({words.digest, one.digest, two.digest}) == 3
