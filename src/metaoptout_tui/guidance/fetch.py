"""Fetches one URL over HTTPS within strict limits: the only module that speaks HTTP.

httpx limits neither the size of a body, nor what it decompresses to, nor the total time, and it follows redirects
anywhere. So nothing is decompressed here, bytes are counted as they arrive, one timeout covers the whole exchange,
and each redirect is checked before it is followed. Every request has the same headers for everybody: no cookies,
language, referrer or version. Every outcome is a result in words of this program, never the server's own.

Host names are resolved first on a daemon thread that nobody waits for: the system's lookup cannot be cancelled and
may block for half a minute, and on asyncio's shared threads it would stop everything else and delay the exit.

Importing this module takes a tenth of a second, so it is imported when something is fetched.
"""

import asyncio
import os
import re
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar
from typing import NamedTuple
from urllib.request import getproxies

import httpx

from metaoptout_tui.core.errors import NetworkUnusable
from metaoptout_tui.core.guidance.page_watch import PageGone, PageMoved, PageNotModified, PageNotReached, PageUnreadable
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.guidance.requests import DEFAULT_FETCH_LIMITS, FetchedBody, FetchLimits, FetchRequest, FetchResult


def resolves_names_itself() -> bool:
    """Whether this computer looks names up at all: behind a proxy the proxy does, and no question must get past it."""
    return not {"https", "all"}.intersection(getproxies())


async def can_resolve_host(host: str, *, within: float) -> bool:
    """Whether the name can be looked up in so many seconds."""
    loop = asyncio.get_running_loop()
    found: asyncio.Future[bool] = loop.create_future()

    def tell(has: bool) -> None:  # noqa: FBT001 - what call_soon_threadsafe passes on
        if not found.done():
            found.set_result(has)

    def look() -> None:
        try:
            has = bool(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            has = False
        # The loop is closed where the program has ended meanwhile.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(tell, has)

    threading.Thread(target=look, name=f"look up {host}", daemon=True).start()
    try:
        async with asyncio.timeout(within):
            return await found
    except TimeoutError:
        return False


HEADERS = {
    "User-Agent": "metaoptout-tui",
    "Accept": "text/html,application/xhtml+xml,application/toml;q=0.9,text/plain;q=0.8",
    # Asked for as it is: a small packed answer can unpack to any size.
    "Accept-Encoding": "identity",
}
"""What every request says of the program: the same for every address, person and version."""

MAX_RETRY_WAIT = timedelta(hours=24)
"""How long a server may ask to be left alone."""

DEFAULT_RETRY_WAIT = timedelta(hours=1)

NAME_NOT_RESOLVED = PageNotReached("its name cannot be looked up; this computer may be offline")
NO_CONNECTION = PageNotReached("no connection to it came about")
"""What a request ends in before it has met anybody."""

_IS_PERMANENT_REDIRECT = {301: True, 302: False, 303: False, 307: False, 308: True}  # status: whether for good
_STATUS_MESSAGES = {
    401: "it wants a log-in",
    403: "it does not let this program in",
    407: "the proxy wants a log-in",
    429: "it asks to be asked less often",
    503: "it is not available at the moment",
}
_CERTIFICATE_MESSAGES = {  # OpenSSL's X509_V_ERR_*
    9: "its certificate is not valid yet; check this computer's date",
    10: "its certificate has expired; check this computer's date",
    18: "its certificate is signed by nobody that this computer trusts",
    19: "its certificate is signed by nobody that this computer trusts",
    20: "its certificate is signed by nobody that this computer trusts",
    62: "its certificate is for another host",
    64: "its certificate is for another host",
}
_PROXY_VARIABLES = ("https_proxy", "http_proxy", "all_proxy", "no_proxy")
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([A-Za-z0-9_.:+-]{1,40})""", re.IGNORECASE)
_MAX_VALIDATOR_LENGTH = 256
_CHUNKS_BEFORE_YIELDING = 64  # after which the rest of the program has its turn, though pieces of one byte keep coming


class _Redirect(NamedTuple):
    """It says that what was asked for is elsewhere."""

    location: str
    is_permanent: bool


@asynccontextmanager
async def open_client() -> AsyncIterator[httpx.AsyncClient]:
    """A client for one round of requests; proxies and certificates are those that the environment names.

    HTTPS_PROXY, ALL_PROXY, NO_PROXY, SSL_CERT_FILE and SSL_CERT_DIR. Raises NetworkUnusable where one of them cannot
    be used.
    """
    # Reading the certificates takes 80 ms, in which the screen would stand still.
    async with await asyncio.to_thread(_build_client) as client:
        yield client


async def fetch(
    client: httpx.AsyncClient, asked: FetchRequest, *, now: datetime, limits: FetchLimits = DEFAULT_FETCH_LIMITS
) -> FetchResult:
    """What comes of asking. Raises nothing but cancellation; `now`, with its zone, is what `Retry-After` counts from."""
    try:
        async with asyncio.timeout(limits.total_seconds):
            return await _follow_redirects(client, asked, now, limits)
    except TimeoutError:
        return PageNotReached(f"it took longer than {limits.total_seconds:g} seconds")
    except Exception as error:  # noqa: BLE001 - the libraries below raise errors of their own, and one page must not end a round
        return _failure_of(error)


async def _follow_redirects(
    client: httpx.AsyncClient, asked: FetchRequest, now: datetime, limits: FetchLimits
) -> FetchResult:
    address, home, been = asked.url, asked.url, {asked.url}
    while True:
        answer = await _send_request(client, asked, address, now, limits)
        if isinstance(answer, FetchedBody):
            # Validators of one address must never be sent to another.
            return answer if home == address else FetchedBody(answer.data, answer.charset, asked.url)
        if not isinstance(answer, _Redirect):
            return answer
        target = _join_url(address, answer.location)
        if not target:
            return PageNotReached("it sends its readers to something that is no address")
        address_before, address = address, asked.allowed_redirect(target)
        if not address:
            return PageMoved(clean_line(target))
        if address in been:
            return PageNotReached("it sends its readers round in a circle")
        if len(been) > limits.max_redirects:
            return PageNotReached("it sends its readers on and on")
        been.add(address)
        if answer.is_permanent and home == address_before:
            home = address


async def _send_request(
    client: httpx.AsyncClient, asked: FetchRequest, address: str, now: datetime, limits: FetchLimits
) -> FetchResult | _Redirect:
    host = httpx.URL(address).raw_host.decode("ascii")
    if resolves_names_itself() and not await can_resolve_host(host, within=limits.connect_timeout):
        return NAME_NOT_RESOLVED
    conditions = _conditional_headers(asked) if address == asked.url else []
    timeout = httpx.Timeout(limits.read_timeout, connect=limits.connect_timeout)
    async with client.stream("GET", address, headers=conditions, timeout=timeout) as response:
        status, location = response.status_code, response.extensions["location"]
        if status == 200:
            return await _read_body(response, asked, address)
        if status == 304 and conditions:
            return PageNotModified()
        if status in {404, 410}:
            return PageGone(status)
        if status in _IS_PERMANENT_REDIRECT and location:
            return _Redirect(location, _IS_PERMANENT_REDIRECT[status])
        if 200 <= status < 300:
            return PageUnreadable(f"its answer holds no whole page ({status})")
        return PageNotReached(f"{_status_message(status)} ({status})", _retry_after_time(response, now))


async def _read_body(response: httpx.Response, asked: FetchRequest, address: str) -> FetchResult:
    said = response.headers.get("content-type", "")
    media_type = said.partition(";")[0].strip().lower()
    if media_type not in asked.media_types:
        return PageUnreadable(
            f"it is {clean_line(media_type, 60) or 'of an unnamed kind'}, not {asked.expected_content}"
        )
    if response.headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        return PageUnreadable("it comes packed, though it was asked for as it is")
    too_large = PageUnreadable(f"it is larger than {asked.max_bytes >> 10} KiB")
    if int(response.headers.get("content-length", "0")) > asked.max_bytes:
        return too_large
    data, pieces = bytearray(), 0
    try:
        async for piece in response.aiter_raw():
            data += piece
            if len(data) > asked.max_bytes:
                return too_large
            pieces += 1
            if not pieces % _CHUNKS_BEFORE_YIELDING:
                await asyncio.sleep(0)
    except httpx.RemoteProtocolError:
        return PageNotReached("less of it came than was promised")
    charset = _CHARSET.search(said)
    return FetchedBody(
        bytes(data),
        charset[1].lower() if charset else "",
        address,
        _validator_header(response, b"etag"),
        _validator_header(response, b"last-modified"),
    )


def _build_client() -> httpx.AsyncClient:
    _check_certificate_folder()
    try:
        certificates = httpx.create_ssl_context()
    except (OSError, ValueError) as error:
        raise _unusable_certificates() from error
    try:
        return httpx.AsyncClient(
            verify=certificates,
            headers=HEADERS,
            cookies=_NoCookies(),
            event_hooks={"response": [_detach_location_header]},
        )
    except (OSError, ValueError, ImportError, httpx.InvalidURL) as error:
        raise _unusable_proxy() from error


class _NoCookies(CookieJar):
    """Takes no cookie and gives none, so that two requests cannot be told to be one person's."""

    def extract_cookies(self, response: object, request: object) -> None:
        """Leave them."""

    def add_cookie_header(self, request: object) -> None:
        """Say nothing."""


async def _detach_location_header(response: httpx.Response) -> None:
    """Take the address out of a redirect before httpx makes a request of it, which raises for what is no address."""
    response.extensions["location"] = response.headers.pop("location", "")


def _join_url(address: str, location: str) -> str:
    """The whole address in ASCII, a host beyond it in its `xn--` form; nothing where `location` is none."""
    try:
        return str(httpx.URL(address).join(location.strip()))
    except (httpx.InvalidURL, ValueError):
        return ""


def _conditional_headers(asked: FetchRequest) -> list[tuple[bytes, bytes]]:
    pairs = ((b"If-None-Match", asked.etag), (b"If-Modified-Since", asked.last_modified))
    return [(name, value.encode("ascii")) for name, value in pairs if _is_validator(value)]


def _validator_header(response: httpx.Response, name: bytes) -> str:
    values = [value for key, value in response.headers.raw if key.lower() == name]
    value = values[0].decode("latin-1") if len(values) == 1 else ""
    return value if _is_validator(value) else ""


def _is_validator(value: str) -> bool:
    return 0 < len(value) <= _MAX_VALIDATOR_LENGTH and value.isascii() and value.isprintable()


def _status_message(status: int) -> str:
    if words := _STATUS_MESSAGES.get(status):
        return words
    return "its server has a fault" if 500 <= status < 600 else "it answers with something unforeseen"


def _retry_after_time(response: httpx.Response, now: datetime) -> datetime | None:
    """`Retry-After`, in seconds or as a date, within bounds; one that says neither counts as an hour."""
    said = response.headers.get("retry-after", "").strip()
    if not said:
        return None
    if said.isascii() and said.isdigit():
        # More digits than any wait that is heeded.
        return now + min(timedelta(seconds=int(said[:9])), MAX_RETRY_WAIT)
    try:
        until = parsedate_to_datetime(said[:100])
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return min(max(until, now), now + MAX_RETRY_WAIT).astimezone(now.tzinfo)
    except (ValueError, TypeError, IndexError, OverflowError):
        return now + DEFAULT_RETRY_WAIT


def _failure_of(error: Exception) -> PageNotReached:
    """What an error below means to a person; never its own words, which may be the server's."""
    match error:
        case httpx.ConnectError() | httpx.ConnectTimeout():
            return _connection_failure(error)
        case httpx.ProxyError():
            return PageNotReached("the proxy does not let it through")
        case httpx.TimeoutException():
            return PageNotReached("it fell silent")
        case httpx.ProtocolError():
            return PageNotReached("what it answers is no HTTP, or broke off at once")
        case httpx.NetworkError() | OSError():
            return PageNotReached("the connection broke off")
    return PageNotReached(f"a fault came in between ({type(error).__name__})")


def _connection_failure(error: Exception) -> PageNotReached:
    for cause in _exception_chain(error):
        match cause:
            case socket.gaierror():
                return NAME_NOT_RESOLVED
            case ssl.SSLCertVerificationError():
                return PageNotReached(_CERTIFICATE_MESSAGES.get(cause.verify_code, "its certificate cannot be trusted"))
            case ssl.SSLWantReadError() | ssl.SSLEOFError():
                return NO_CONNECTION
            case ssl.SSLError():
                return PageNotReached("no secure connection to it came about")
    return NO_CONNECTION


def _exception_chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _check_certificate_folder() -> None:
    """OpenSSL takes a folder that is not there for one without certificates, and then trusts nobody without saying why."""
    folders = "" if os.environ.get("SSL_CERT_FILE") else os.environ.get("SSL_CERT_DIR", "")
    if folders and not any(os.path.isdir(folder) for folder in folders.split(os.pathsep)):  # noqa: PTH112 - it may hold anything
        raise _unusable_certificates()


def _unusable_certificates() -> NetworkUnusable:
    name = "SSL_CERT_FILE" if os.environ.get("SSL_CERT_FILE") else "SSL_CERT_DIR"
    if not os.environ.get(name):
        return NetworkUnusable(
            "Nothing can be fetched: the certificates that came with this program cannot be read.",
            kept="What was fetched before is still here.",
            todo="Install metaoptout-tui again.",
        )
    return NetworkUnusable(
        f"Nothing can be fetched: the certificates that {name} names cannot be read.",
        kept="What was fetched before is still here.",
        todo=f"Correct {name}, or unset it to use the certificates that came with this program.",
    )


def _unusable_proxy() -> NetworkUnusable:
    names = (
        ", ".join(sorted(name for name in os.environ if name.lower() in _PROXY_VARIABLES)) or "the system's settings"
    )
    return NetworkUnusable(
        f"Nothing can be fetched: the proxy in {names} cannot be used.",
        kept="What was fetched before is still here.",
        todo="Write it as http://host:port, or unset it. SOCKS proxies are not supported.",
    )
