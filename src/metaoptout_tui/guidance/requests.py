"""The values of a web request and its result; this module does no network access.

A request states beforehand which redirects it allows and which media types and sizes it accepts, so that the module
which speaks HTTP decides nothing about trust.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlsplit

from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.guidance.editions import MAX_EDITION_BYTES
from metaoptout_tui.core.guidance.page_watch import PageGone, PageMoved, PageNotModified, PageNotReached, PageUnreadable
from metaoptout_tui.core.links import MAX_URL_LENGTH, parse_trusted_url
from metaoptout_tui.core.text import clean_line

PAGE_MEDIA_TYPES = frozenset({"text/html", "application/xhtml+xml"})
MAX_PAGE_BYTES = 2 << 20
"""How large a page may be, on its way here and to be read."""

FEED_MEDIA_TYPES = frozenset(
    # TOML is young, and servers that do not know it call it text, bytes or nothing.
    {"application/toml", "text/toml", "text/x-toml", "text/plain", "application/octet-stream", ""}
)


class FetchRequest(NamedTuple):
    """One address to be asked for.

    `site` is whose server it is, of which little is asked at a time; `within` gives the plain form of an address that a
    redirect may lead to, and nothing for any other. `what` names in words what is awaited, `types` its media types (an
    empty one: not said), `most` the bytes that are taken. The validators belong to `url` and go back as they came.
    """

    url: str
    site: str
    allowed_redirect: Callable[[str], str]
    expected_content: str
    media_types: frozenset[str]
    max_bytes: int
    etag: str = ""
    last_modified: str = ""


class FetchedBody(NamedTuple):
    """What came, not yet read.

    `charset` is the header's, empty if it names none. `address` is where it is at home: the one asked for, or the one
    that every redirect on the way called permanent; the validators belong to it, and are empty where it has none.
    """

    data: bytes
    charset: str
    permanent_url: str
    etag: str = ""
    last_modified: str = ""


FetchResult = FetchedBody | PageNotModified | PageMoved | PageGone | PageUnreadable | PageNotReached
"""What may come of a request."""


class FetchLimits(NamedTuple):
    """What one request may take: seconds in all, without a byte, and until there is a connection; redirects followed."""

    total_seconds: float = 15
    read_timeout: float = 8
    connect_timeout: float = 6
    max_redirects: int = 5


DEFAULT_FETCH_LIMITS = FetchLimits()


def page_request(url: str, *, etag: str = "", last_modified: str = "") -> FetchRequest:
    """The request for a public page; a redirect may lead anywhere on its publisher's domain.

    Raises LinkRefused for an address that is not one of a known publisher.
    """
    domain = parse_trusted_url(url).domain

    def within(address: str) -> str:
        try:
            safe = parse_trusted_url(address)
        except LinkRefused:
            return ""
        return str(replace(safe, fragment="")) if safe.domain == domain else ""

    return FetchRequest(url, domain, within, "a web page", PAGE_MEDIA_TYPES, MAX_PAGE_BYTES, etag, last_modified)


def feed_request(url: str, *, etag: str = "", last_modified: str = "") -> FetchRequest:
    """The request for the feed that the person chose; a redirect may lead anywhere on the same host.

    Raises LinkRefused for what is no plain https address.
    """
    place = _host_and_port(url)
    if not place:
        raise LinkRefused(
            f"The feed's address {clean_line(url, 80)} is not used: it is no plain https:// address.",
            todo="Check feed_url in your config file.",
        )

    def within(address: str) -> str:
        return address.partition("#")[0] if _host_and_port(address) == place else ""

    return FetchRequest(url, place, within, "a guidance file", FEED_MEDIA_TYPES, MAX_EDITION_BYTES, etag, last_modified)


def _host_and_port(url: str) -> str:
    """Host and port of a plain https address, and nothing for any other."""
    if (
        len(url) > MAX_URL_LENGTH
        or not (url.isascii() and url.isprintable())
        or {" ", "\\", '"', "<", ">"}.intersection(url)
    ):
        return ""
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError:
        return ""
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
        return ""
    return f"{parts.hostname}:{port}"
