"""One question to one address, over https and within bounds: the only module that speaks HTTP.

httpx bounds neither the body, nor what it unpacks to, nor the time in all, and it follows redirects anywhere (reliability
sections 0 and 3). So nothing is unpacked here, bytes are counted as they come, a clock runs over the whole exchange, and
each redirect is looked at before it is followed. Every request has the same headers for everybody: no cookies, no
language, no referrer, no version. Whatever happens is an answer in words; none of them are the server's own.

Importing this takes a tenth of a second, so it is done when something is fetched.
"""

import asyncio
import os
import re
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar
from typing import NamedTuple

import httpx

from metaoptout_tui.core.errors import NetworkUnusable
from metaoptout_tui.core.text import line
from metaoptout_tui.core.watch import Failed, Gone, Moved, NotModified, Unreadable
from metaoptout_tui.guidance.lookup import has_address, is_ours_to_look_up
from metaoptout_tui.guidance.request import KIB, USUAL_LIMITS, Answer, Body, Limits, Request

HEADERS = {
    "User-Agent": "metaoptout-tui",
    "Accept": "text/html,application/xhtml+xml,application/toml;q=0.9,text/plain;q=0.8",
    # Asked for as it is: a small packed answer can unpack to any size.
    "Accept-Encoding": "identity",
}
"""What every request says of the program: the same for every address, person and version."""

LONGEST_WAIT = timedelta(hours=24)
"""How long a server may ask to be left alone."""

WAIT_IF_UNCLEAR = timedelta(hours=1)

UNRESOLVED = Failed("its name cannot be looked up; this computer may be offline")
UNREACHED = Failed("no connection to it came about")
"""What a request ends in before it has met anybody."""

_REDIRECTS = {301: True, 302: False, 303: False, 307: False, 308: True}  # status: whether for good
_REFUSALS = {
    401: "it wants a log-in",
    403: "it does not let this program in",
    407: "the proxy wants a log-in",
    429: "it asks to be asked less often",
    503: "it is not available at the moment",
}
_CERTIFICATE_FAULTS = {  # OpenSSL's X509_V_ERR_*
    9: "its certificate is not valid yet; check this computer's date",
    10: "its certificate has expired; check this computer's date",
    18: "its certificate is signed by nobody that this computer trusts",
    19: "its certificate is signed by nobody that this computer trusts",
    20: "its certificate is signed by nobody that this computer trusts",
    62: "its certificate is for another host",
    64: "its certificate is for another host",
}
_PROXY_NAMES = ("https_proxy", "http_proxy", "all_proxy", "no_proxy")
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([A-Za-z0-9_.:+-]{1,40})""", re.IGNORECASE)
_LONGEST_VALIDATOR = 256
_PIECES_IN_A_ROW = 64  # after which the rest of the program has its turn, though pieces of one byte keep coming


class _Onward(NamedTuple):
    """It says that what was asked for is elsewhere."""

    location: str
    for_good: bool


@asynccontextmanager
async def open_client() -> AsyncIterator[httpx.AsyncClient]:
    """A client for one round of requests; proxies and certificates are those that the environment names.

    HTTPS_PROXY, ALL_PROXY, NO_PROXY, SSL_CERT_FILE and SSL_CERT_DIR. Raises NetworkUnusable where one of them cannot
    be used.
    """
    # Reading the certificates takes 80 ms, in which the screen would stand still.
    async with await asyncio.to_thread(_client) as client:
        yield client


async def fetch(client: httpx.AsyncClient, asked: Request, *, now: datetime, limits: Limits = USUAL_LIMITS) -> Answer:
    """What comes of asking. Raises nothing but cancellation; `now`, with its zone, is what `Retry-After` counts from."""
    try:
        async with asyncio.timeout(limits.seconds):
            return await _followed(client, asked, now, limits)
    except TimeoutError:
        return Failed(f"it took longer than {limits.seconds:g} seconds")
    except Exception as error:  # noqa: BLE001 - the libraries below raise errors of their own, and one page must not end a round
        return _trouble(error)


async def _followed(client: httpx.AsyncClient, asked: Request, now: datetime, limits: Limits) -> Answer:
    address, home, been = asked.url, asked.url, {asked.url}
    while True:
        answer = await _exchange(client, asked, address, now, limits)
        if isinstance(answer, Body):
            # Validators of one address must never be sent to another.
            return answer if home == address else Body(answer.data, answer.charset, asked.url)
        if not isinstance(answer, _Onward):
            return answer
        target = _joined(address, answer.location)
        if not target:
            return Failed("it sends its readers to something that is no address")
        address_before, address = address, asked.within(target)
        if not address:
            return Moved(line(target))
        if address in been:
            return Failed("it sends its readers round in a circle")
        if len(been) > limits.redirects:
            return Failed("it sends its readers on and on")
        been.add(address)
        if answer.for_good and home == address_before:
            home = address


async def _exchange(
    client: httpx.AsyncClient, asked: Request, address: str, now: datetime, limits: Limits
) -> Answer | _Onward:
    host = httpx.URL(address).raw_host.decode("ascii")
    if is_ours_to_look_up() and not await has_address(host, within=limits.connecting):
        return UNRESOLVED
    conditions = _conditions(asked) if address == asked.url else []
    timeout = httpx.Timeout(limits.silence, connect=limits.connecting)
    async with client.stream("GET", address, headers=conditions, timeout=timeout) as response:
        status, location = response.status_code, response.extensions["location"]
        if status == 200:
            return await _body(response, asked, address)
        if status == 304 and conditions:
            return NotModified()
        if status in {404, 410}:
            return Gone(status)
        if status in _REDIRECTS and location:
            return _Onward(location, _REDIRECTS[status])
        if 200 <= status < 300:
            return Unreadable(f"its answer holds no whole page ({status})")
        return Failed(f"{_refusal(status)} ({status})", _not_before(response, now))


async def _body(response: httpx.Response, asked: Request, address: str) -> Answer:
    said = response.headers.get("content-type", "")
    media_type = said.partition(";")[0].strip().lower()
    if media_type not in asked.types:
        return Unreadable(f"it is {line(media_type, 60) or 'of an unnamed kind'}, not {asked.what}")
    if response.headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        return Unreadable("it comes packed, though it was asked for as it is")
    too_large = Unreadable(f"it is larger than {asked.most // KIB} KiB")
    if int(response.headers.get("content-length", "0")) > asked.most:
        return too_large
    data, pieces = bytearray(), 0
    try:
        async for piece in response.aiter_raw():
            data += piece
            if len(data) > asked.most:
                return too_large
            pieces += 1
            if not pieces % _PIECES_IN_A_ROW:
                await asyncio.sleep(0)
    except httpx.RemoteProtocolError:
        return Failed("less of it came than was promised")
    charset = _CHARSET.search(said)
    return Body(
        bytes(data),
        charset[1].lower() if charset else "",
        address,
        _validator(response, b"etag"),
        _validator(response, b"last-modified"),
    )


def _client() -> httpx.AsyncClient:
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
            event_hooks={"response": [_set_location_apart]},
        )
    except (OSError, ValueError, ImportError, httpx.InvalidURL) as error:
        raise _unusable_proxy() from error


class _NoCookies(CookieJar):
    """Takes no cookie and gives none, so that two requests cannot be told to be one person's."""

    def extract_cookies(self, response: object, request: object) -> None:
        """Leave them."""

    def add_cookie_header(self, request: object) -> None:
        """Say nothing."""


async def _set_location_apart(response: httpx.Response) -> None:
    """Take the address out of a redirect before httpx makes a request of it, which raises for what is no address."""
    response.extensions["location"] = response.headers.pop("location", "")


def _joined(address: str, location: str) -> str:
    """The whole address in ASCII, a host beyond it in its `xn--` form; nothing where `location` is none."""
    try:
        return str(httpx.URL(address).join(location.strip()))
    except (httpx.InvalidURL, ValueError):
        return ""


def _conditions(asked: Request) -> list[tuple[bytes, bytes]]:
    pairs = ((b"If-None-Match", asked.etag), (b"If-Modified-Since", asked.last_modified))
    return [(name, value.encode("ascii")) for name, value in pairs if _is_validator(value)]


def _validator(response: httpx.Response, name: bytes) -> str:
    values = [value for key, value in response.headers.raw if key.lower() == name]
    value = values[0].decode("latin-1") if len(values) == 1 else ""
    return value if _is_validator(value) else ""


def _is_validator(value: str) -> bool:
    return 0 < len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable()


def _refusal(status: int) -> str:
    if words := _REFUSALS.get(status):
        return words
    return "its server has a fault" if 500 <= status < 600 else "it answers with something unforeseen"


def _not_before(response: httpx.Response, now: datetime) -> datetime | None:
    """`Retry-After`, in seconds or as a date, within bounds; one that says neither counts as an hour."""
    said = response.headers.get("retry-after", "").strip()
    if not said:
        return None
    if said.isascii() and said.isdigit():
        # More digits than any wait that is heeded.
        return now + min(timedelta(seconds=int(said[:9])), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(said[:100])
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return min(max(until, now), now + LONGEST_WAIT).astimezone(now.tzinfo)
    except (ValueError, TypeError, IndexError, OverflowError):
        return now + WAIT_IF_UNCLEAR


def _trouble(error: Exception) -> Failed:
    """What an error below means to a person; never its own words, which may be the server's."""
    match error:
        case httpx.ConnectError() | httpx.ConnectTimeout():
            return _no_connection(error)
        case httpx.ProxyError():
            return Failed("the proxy does not let it through")
        case httpx.TimeoutException():
            return Failed("it fell silent")
        case httpx.ProtocolError():
            return Failed("what it answers is no HTTP, or broke off at once")
        case httpx.NetworkError() | OSError():
            return Failed("the connection broke off")
    return Failed(f"a fault came in between ({type(error).__name__})")


def _no_connection(error: Exception) -> Failed:
    for cause in _causes(error):
        match cause:
            case socket.gaierror():
                return UNRESOLVED
            case ssl.SSLCertVerificationError():
                return Failed(_CERTIFICATE_FAULTS.get(cause.verify_code, "its certificate cannot be trusted"))
            case ssl.SSLWantReadError() | ssl.SSLEOFError():
                return UNREACHED
            case ssl.SSLError():
                return Failed("no secure connection to it came about")
    return UNREACHED


def _causes(error: BaseException | None) -> Iterator[BaseException]:
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
    names = ", ".join(sorted(name for name in os.environ if name.lower() in _PROXY_NAMES)) or "the system's settings"
    return NetworkUnusable(
        f"Nothing can be fetched: the proxy in {names} cannot be used.",
        kept="What was fetched before is still here.",
        todo="Write it as http://host:port, or unset it. SOCKS proxies are not supported.",
    )
