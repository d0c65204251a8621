"""What is asked of the web, and what may come of it, as values: nothing here speaks to anybody.

A request says beforehand where it may be sent on to and what it takes for an answer, so that the module which speaks
HTTP decides nothing about trust.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlsplit

from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.links import LONGEST, published
from metaoptout_tui.core.text import line
from metaoptout_tui.core.watch import Failed, Gone, Moved, NotModified, Unreadable

KIB = 1024

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
PAGE_BYTES = 2 * KIB * KIB
"""How large a page may be."""

FEED_TYPES = frozenset(
    # TOML is young, and servers that do not know it call it text, bytes or nothing.
    {"application/toml", "text/toml", "text/x-toml", "text/plain", "application/octet-stream", ""}
)
FEED_BYTES = 256 * KIB
"""How large a feed may be."""


class Request(NamedTuple):
    """One address to be asked for.

    `site` is whose server it is, of which little is asked at a time; `within` gives the plain form of an address that a
    redirect may lead to, and nothing for any other. `what` names in words what is awaited, `types` its media types (an
    empty one: not said), `most` the bytes that are taken. The validators belong to `url` and go back as they came.
    """

    url: str
    site: str
    within: Callable[[str], str]
    what: str
    types: frozenset[str]
    most: int
    etag: str = ""
    last_modified: str = ""


class Body(NamedTuple):
    """What came, not yet read.

    `charset` is the header's, empty if it names none. `address` is where it is at home: the one asked for, or the one
    that every redirect on the way called permanent; the validators belong to it, and are empty where it has none.
    """

    data: bytes
    charset: str
    address: str
    etag: str = ""
    last_modified: str = ""


Answer = Body | NotModified | Moved | Gone | Unreadable | Failed
"""What may come of a request."""


class Limits(NamedTuple):
    """What one request may take: seconds in all, without a byte, and until there is a connection; redirects followed."""

    seconds: float = 15
    silence: float = 8
    connecting: float = 6
    redirects: int = 5


USUAL_LIMITS = Limits()


def page_request(url: str, *, etag: str = "", last_modified: str = "") -> Request:
    """The request for a public page; a redirect may lead anywhere on its publisher's domain.

    Raises LinkRefused for an address that is not one of a known publisher.
    """
    domain = published(url).domain

    def within(address: str) -> str:
        try:
            safe = published(address)
        except LinkRefused:
            return ""
        return str(replace(safe, fragment="")) if safe.domain == domain else ""

    return Request(url, domain, within, "a web page", PAGE_TYPES, PAGE_BYTES, etag, last_modified)


def feed_request(url: str, *, etag: str = "", last_modified: str = "") -> Request:
    """The request for the feed that the person chose; a redirect may lead anywhere on the same host.

    Raises LinkRefused for what is no plain https address.
    """
    place = _place(url)
    if not place:
        raise LinkRefused(
            f"The feed's address {line(url, 80)} is not used: it is no plain https:// address.",
            todo="Check feed_url in your config file.",
        )

    def within(address: str) -> str:
        return address.partition("#")[0] if _place(address) == place else ""

    return Request(url, place, within, "a guidance file", FEED_TYPES, FEED_BYTES, etag, last_modified)


def _place(url: str) -> str:
    """Host and port of a plain https address, and nothing for any other."""
    if len(url) > LONGEST or not (url.isascii() and url.isprintable()) or {" ", "\\", '"', "<", ">"}.intersection(url):
        return ""
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError:
        return ""
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
        return ""
    return f"{parts.hostname}:{port}"
