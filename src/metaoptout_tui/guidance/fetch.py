"""Fetches one URL over HTTPS within strict limits: the only module that speaks HTTP.

httpx limits neither the size of a body, nor what it decompresses to, nor the total time, and it follows redirects
anywhere. So nothing is decompressed here, bytes are counted as they arrive, one timeout covers the whole exchange,
and each redirect is checked before it is followed. Every request has the same headers for everybody: no cookies,
language, referrer or version. Every outcome is described in words of this program, never in the server's own.

The host of a feed, which a person may choose freely, is asked at a public address only: its name is looked up here, and
the connection goes to the very address that was checked. Behind a proxy, which looks names up itself, it is asked by name.

Importing this module takes a tenth of a second, so it is imported when something is fetched.
"""

import asyncio
import re
import socket
import ssl
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import httpx

from metaoptout_tui.core.guidance.page_check_results import (
    PageGone,
    PageMoved,
    PageNotModified,
    PageNotReached,
    PageUnreadable,
)
from metaoptout_tui.core.guidance.page_faults import LARGER_THAN_KIB, OTHER_KIND, TOOK_LONGER, UNNAMED_KIND
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.guidance.fetch_requests import (
    DEFAULT_FETCH_LIMITS,
    FetchedBody,
    FetchLimits,
    FetchRequest,
    FetchResult,
)
from metaoptout_tui.guidance.name_lookup import environment_proxy, is_public_address, look_up, proxy_for
from metaoptout_tui.guidance.web_clients import WebClients

MAX_RETRY_WAIT = timedelta(hours=24)
"""The longest `Retry-After` that is respected."""

DEFAULT_RETRY_WAIT = timedelta(hours=1)

NAME_NOT_RESOLVED = PageNotReached(mark("its name cannot be looked up; this computer may be offline"))
NO_CONNECTION = PageNotReached(mark("no connection to it came about"))
"""The result of a request that reached no server."""
NO_PUBLIC_ADDRESS = PageNotReached(mark("its name leads to no public address, so it was not asked"))
"""The result for a feed whose name leads to this computer or into the person's own network."""
_MAX_ADDRESSES_TRIED = 4

_IS_PERMANENT_REDIRECT = {301: True, 302: False, 303: False, 307: False, 308: True}  # status: whether it is permanent
_STATUS_MESSAGES = {
    401: mark("it wants a log-in"),
    403: mark("it does not let this program in"),
    407: mark("the proxy wants a log-in"),
    429: mark("it asks to be asked less often"),
    503: mark("it is not available at the moment"),
}
_CERTIFICATE_MESSAGES = {  # OpenSSL's X509_V_ERR_*
    9: mark("its certificate is not valid yet; check this computer's date"),
    10: mark("its certificate has expired; check this computer's date"),
    18: mark("its certificate is signed by nobody that this computer trusts"),
    19: mark("its certificate is signed by nobody that this computer trusts"),
    20: mark("its certificate is signed by nobody that this computer trusts"),
    62: mark("its certificate is for another host"),
    64: mark("its certificate is for another host"),
}
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([A-Za-z0-9_.:+-]{1,40})""", re.IGNORECASE)
_MAX_VALIDATOR_LENGTH = 256
_CHUNKS_BEFORE_YIELDING = 64  # lets other tasks run even if chunks of one byte keep coming


class _Redirect(NamedTuple):
    """The answer that the page is at another address."""

    location: str
    is_permanent: bool


async def fetch(
    client: WebClients, request: FetchRequest, *, now: datetime, limits: FetchLimits = DEFAULT_FETCH_LIMITS
) -> FetchResult:
    """Send a request and return its result; raises only cancellation. `Retry-After` counts from `now` (with zone)."""
    try:
        async with asyncio.timeout(limits.total_seconds):
            return await _follow_redirects(client, request, now, limits)
    except TimeoutError:
        return PageNotReached(TOOK_LONGER.format(seconds=f"{limits.total_seconds:g}"))
    except Exception as error:  # noqa: BLE001 - libraries raise errors of their own, and one page must not end a batch
        return _failure_of(error)


async def _follow_redirects(
    client: WebClients, request: FetchRequest, now: datetime, limits: FetchLimits
) -> FetchResult:
    url, permanent_url, visited = request.url, request.url, {request.url}
    while True:
        response = await _send_request(client, request, url, now, limits)
        if isinstance(response, FetchedBody):
            # Validators of one url must never be sent to another.
            return response if permanent_url == url else FetchedBody(response.data, response.charset, request.url)
        if not isinstance(response, _Redirect):
            return response
        target = _join_url(url, response.location)
        if not target:
            return PageNotReached(mark("it sends its readers to something that is no address"))
        previous_url, url = url, request.allowed_redirect(target)
        if not url:
            return PageMoved(clean_line(target))
        if url in visited:
            return PageNotReached(mark("it sends its readers round in a circle"))
        if len(visited) > limits.max_redirects:
            return PageNotReached(mark("it sends its readers on and on"))
        visited.add(url)
        if response.is_permanent and permanent_url == previous_url:
            permanent_url = url


async def _send_request(
    clients: WebClients, request: FetchRequest, url: str, now: datetime, limits: FetchLimits
) -> FetchResult | _Redirect:
    host = httpx.URL(url).raw_host.decode("ascii")
    if request.is_public_only:
        if clients.by_proxy is not None and proxy_for(host):
            return await _exchange(clients.by_proxy, _Target(url, url), request, now, limits)
        return await _send_to_public_address(clients.direct, request, url, now, limits)
    if not environment_proxy() and not await look_up(host, timeout_seconds=limits.connect_timeout):
        return NAME_NOT_RESOLVED
    return await _exchange(clients.by_environment, _Target(url, url), request, now, limits)


async def _send_to_public_address(
    client: httpx.AsyncClient, request: FetchRequest, url: str, now: datetime, limits: FetchLimits
) -> FetchResult | _Redirect:
    parts = httpx.URL(url)
    host = parts.raw_host.decode("ascii")
    addresses = await look_up(host, timeout_seconds=limits.connect_timeout)
    if not addresses:
        return NAME_NOT_RESOLVED
    result: FetchResult | _Redirect = NO_PUBLIC_ADDRESS
    for address in [address for address in addresses if is_public_address(address)][:_MAX_ADDRESSES_TRIED]:
        target = _Target(
            url,
            str(parts.copy_with(host=address)),
            [(b"Host", parts.netloc)],
            {"sni_hostname": host},  # whose certificate is asked for and checked
        )
        try:
            return await _exchange(client, target, request, now, limits)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            result = _failure_of(error)
    return result


class _Target(NamedTuple):
    """The address of a page, the one that is connected to for it, and what names the page's host in the request."""

    url: str
    connected_url: str
    headers: Sequence[tuple[bytes, bytes]] = ()
    extensions: Mapping[str, str] = {}


async def _exchange(
    client: httpx.AsyncClient, target: _Target, request: FetchRequest, now: datetime, limits: FetchLimits
) -> FetchResult | _Redirect:
    conditions = _conditional_headers(request) if target.url == request.url else []
    timeout = httpx.Timeout(limits.read_timeout, connect=limits.connect_timeout)
    async with client.stream(
        "GET",
        target.connected_url,
        headers=[*target.headers, *conditions],
        timeout=timeout,
        extensions=dict(target.extensions),
    ) as response:
        status, location = response.status_code, response.extensions["location"]
        if status == 200:
            return await _read_body(response, request, target.url)
        if status == 304 and conditions:
            return PageNotModified()
        if status in {404, 410}:
            return PageGone(status)
        if status in _IS_PERMANENT_REDIRECT and location:
            return _Redirect(location, _IS_PERMANENT_REDIRECT[status])
        if 200 <= status < 300:
            return PageUnreadable(f"{mark('its answer holds no whole page')} ({status})")
        return PageNotReached(f"{_status_message(status)} ({status})", _retry_after_time(response, now))


async def _read_body(response: httpx.Response, request: FetchRequest, url: str) -> FetchResult:
    content_type = response.headers.get("content-type", "")
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type not in request.media_types:
        return PageUnreadable(
            OTHER_KIND.format(kind=clean_line(media_type, 60) or UNNAMED_KIND, expected=request.expected_content)
        )
    if response.headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        return PageUnreadable(mark("it comes packed, though it was asked for as it is"))
    too_large = PageUnreadable(LARGER_THAN_KIB.format(size=request.max_bytes >> 10))
    if int(response.headers.get("content-length", "0")) > request.max_bytes:
        return too_large
    data, chunk_count = bytearray(), 0
    try:
        async for chunk in response.aiter_raw():
            data += chunk
            if len(data) > request.max_bytes:
                return too_large
            chunk_count += 1
            if not chunk_count % _CHUNKS_BEFORE_YIELDING:
                await asyncio.sleep(0)
    except httpx.RemoteProtocolError:
        return PageNotReached(mark("less of it came than was promised"))
    charset = _CHARSET.search(content_type)
    return FetchedBody(
        bytes(data),
        charset[1].lower() if charset else "",
        url,
        _validator_header(response, b"etag"),
        _validator_header(response, b"last-modified"),
    )


def _join_url(base_url: str, location: str) -> str:
    """The absolute URL in ASCII, with an international host in its `xn--` form; empty for an invalid `location`."""
    try:
        return str(httpx.URL(base_url).join(location.strip()))
    except (httpx.InvalidURL, ValueError):
        return ""


def _conditional_headers(request: FetchRequest) -> list[tuple[bytes, bytes]]:
    pairs = ((b"If-None-Match", request.etag), (b"If-Modified-Since", request.last_modified))
    return [(name, value.encode("ascii")) for name, value in pairs if _is_validator(value)]


def _validator_header(response: httpx.Response, name: bytes) -> str:
    values = [value for key, value in response.headers.raw if key.lower() == name]
    value = values[0].decode("latin-1") if len(values) == 1 else ""
    return value if _is_validator(value) else ""


def _is_validator(value: str) -> bool:
    return 0 < len(value) <= _MAX_VALIDATOR_LENGTH and value.isascii() and value.isprintable()


def _status_message(status: int) -> str:
    if message := _STATUS_MESSAGES.get(status):
        return message
    return mark("its server has a fault") if 500 <= status < 600 else mark("it answers with something unforeseen")


def _retry_after_time(response: httpx.Response, now: datetime) -> datetime | None:
    """The time in `Retry-After`, which is in seconds or a date, at most a day ahead; an invalid value means an hour."""
    value = response.headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        # Nine digits are more than any wait that is respected.
        return now + min(timedelta(seconds=int(value[:9])), MAX_RETRY_WAIT)
    try:
        until = parsedate_to_datetime(value[:100])
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return min(max(until, now), now + MAX_RETRY_WAIT).astimezone(now.tzinfo)
    except (ValueError, TypeError, IndexError, OverflowError):
        return now + DEFAULT_RETRY_WAIT


def _failure_of(error: Exception) -> PageNotReached:
    """The error in words of this program; its own message may contain the server's text."""
    match error:
        case httpx.ConnectError() | httpx.ConnectTimeout():
            return _connection_failure(error)
        case httpx.ProxyError():
            return PageNotReached(mark("the proxy does not let it through"))
        case httpx.TimeoutException():
            return PageNotReached(mark("it fell silent"))
        case httpx.ProtocolError():
            return PageNotReached(mark("what it answers is no HTTP, or broke off at once"))
        case httpx.NetworkError() | OSError():
            return PageNotReached(mark("the connection broke off"))
    return PageNotReached(f"{mark('a fault came in between')} ({type(error).__name__})")


def _connection_failure(error: Exception) -> PageNotReached:
    for cause in _exception_chain(error):
        match cause:
            case socket.gaierror():
                return NAME_NOT_RESOLVED
            case ssl.SSLCertVerificationError():
                return PageNotReached(
                    _CERTIFICATE_MESSAGES.get(cause.verify_code, mark("its certificate cannot be trusted"))
                )
            case ssl.SSLWantReadError() | ssl.SSLEOFError() | ssl.SSLZeroReturnError():
                return NO_CONNECTION
            case ssl.SSLError():
                return PageNotReached(mark("no secure connection to it came about"))
    return NO_CONNECTION


def _exception_chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
