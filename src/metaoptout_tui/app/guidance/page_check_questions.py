"""What a person is told before a page check: who is contacted and what they see; and what follows from its two switches."""

from collections.abc import Iterator

from metaoptout_tui.app.guidance.page_watcher import PageCheck
from metaoptout_tui.core.language.formatting import format_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.links import parse_trusted_url


def how_a_check_asks() -> str:
    """What those who are asked can see."""
    return _(
        "Each watched public page is asked once whether it changed. Its publisher sees that "
        "somebody asked, from your internet address, as with any visit. Nothing of your record "
        "is in the request, and it is the same for everybody: no cookies, no language, no "
        "version. A page that has moved is followed to another host of the same publisher, and "
        "to nobody else's."
    )


def hosts_with_publishers(page_check: PageCheck) -> Iterator[tuple[str, str]]:
    """Each host that a check contacts, marked where it is new since the person agreed, and whose it is."""
    watcher, agreed = page_check.page_watcher, page_check.consent.hosts
    publishers: dict[str, dict[str, None]] = {}
    for page in watcher.pages_to_check():
        publishers.setdefault(parse_trusted_url(page.url).host, {})[page.publisher] = None
    for host in watcher.hosts_to_contact():
        words = f"{host}  {_('new')}" if agreed and host not in agreed else host
        yield words, format_list(publishers.get(host) or [_("the feed that your settings name")])


def words_on_weekly(*, is_on: bool) -> str:
    """What was switched with the weekly check."""
    return _("Once a week, at a start, the pages are checked.") if is_on else _("Nothing is checked unasked.")


def words_on_meta_pages(*, is_on: bool) -> str:
    """What was switched with the check of Meta's own pages."""
    return _("Meta's pages are checked too; that tells Meta.") if is_on else _("Meta's pages are not checked.")
