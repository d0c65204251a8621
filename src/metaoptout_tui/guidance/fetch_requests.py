"""The values of a web request and its result; this module does no network access.

A request states beforehand which redirects it allows, which media types and sizes it accepts, and whether its host must
be public; `guidance/fetch.py` holds to that.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlsplit

from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.guidance.editions import MAX_EDITION_BYTES
from metaoptout_tui.core.guidance.page_check_results import (
    PageGone,
    PageMoved,
    PageNotModified,
    PageNotReached,
    PageUnreadable,
)
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
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
    """A request for one address.

    `site` identifies the server, for the limit of requests per site. `allowed_redirect` returns the normalized form
    of an address that a redirect may lead to, and an empty text for any other. `expected_content` describes the
    content in English words; an empty media type stands for an unstated one. The validators `etag` and `last_modified` belong
    to `url`. `is_public_only`: the host is asked at addresses of the public internet alone, except
    behind a proxy, which looks names up itself.
    """

    url: str
    site: str
    allowed_redirect: Callable[[str], str]
    expected_content: str
    media_types: frozenset[str]
    max_bytes: int
    etag: str = ""
    last_modified: str = ""
    is_public_only: bool = False


class FetchedBody(NamedTuple):
    """The body of a response, not yet decoded.

    `charset` comes from the header, empty if it names none. `permanent_url` is the requested address, or the one that
    only permanent redirects led to; the validators belong to it, and are empty if there are none.
    """

    data: bytes
    charset: str
    permanent_url: str
    etag: str = ""
    last_modified: str = ""


FetchResult = FetchedBody | PageNotModified | PageMoved | PageGone | PageUnreadable | PageNotReached
"""The possible results of a request."""


class FetchLimits(NamedTuple):
    """Limits of one request: seconds in all, without any data, and until connected; and redirects followed."""

    total_seconds: float = 10
    read_timeout: float = 8
    connect_timeout: float = 6
    max_redirects: int = 3


DEFAULT_FETCH_LIMITS = FetchLimits()


def page_request(url: str, *, etag: str = "", last_modified: str = "") -> FetchRequest:
    """The request for a public page; a redirect may lead anywhere on its publisher's domain.

    Raises LinkRefused for an address that is not one of a known publisher.
    """
    domain = parse_trusted_url(url).domain

    def allowed_redirect(address: str) -> str:
        try:
            target = parse_trusted_url(address)
        except LinkRefused:
            return ""
        return str(replace(target, fragment="")) if target.domain == domain else ""

    return FetchRequest(
        url, domain, allowed_redirect, mark("a web page"), PAGE_MEDIA_TYPES, MAX_PAGE_BYTES, etag, last_modified
    )


def feed_request(url: str, *, etag: str = "", last_modified: str = "") -> FetchRequest:
    """The request for the feed that the person chose; a redirect may lead anywhere on the same host.

    The host can be any, so it is asked at public addresses only: a name could lead into the person's own network.
    Raises LinkRefused for anything but a plain https address.
    """
    site = _host_and_port(url)
    if not site:
        raise LinkRefused(
            _("The feed's address {url} is not used: it is no plain https:// address.").format(url=clean_line(url, 80)),
            todo=_("Check feed_url in your config file."),
        )

    def allowed_redirect(address: str) -> str:
        return address.partition("#")[0] if _host_and_port(address) == site else ""

    return FetchRequest(
        url,
        site,
        allowed_redirect,
        mark("a guidance file"),
        FEED_MEDIA_TYPES,
        MAX_EDITION_BYTES,
        etag,
        last_modified,
        is_public_only=True,
    )


def _host_and_port(url: str) -> str:
    """Host and port of a plain https address, empty for any other."""
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
