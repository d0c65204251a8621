"""Opens the HTTP clients of a batch of requests, with the proxy and the certificates of the environment.

Every request has the same headers for everybody: no cookies, language, referrer or version.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from http.cookiejar import CookieJar
from typing import NamedTuple

import httpx

from metaoptout_tui.core.errors import NetworkUnusable
from metaoptout_tui.core.language.formatting import format_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.guidance.name_lookup import environment_proxy

HEADERS = {
    "User-Agent": "metaoptout-tui",
    "Accept": "text/html,application/xhtml+xml,application/toml;q=0.9,text/plain;q=0.8",
    # No compression: a small compressed response can unpack to any size.
    "Accept-Encoding": "identity",
}
"""The headers of every request, the same for every address, person and version."""

_PROXY_VARIABLES = ("https_proxy", "http_proxy", "all_proxy", "no_proxy")


class WebClients(NamedTuple):
    """The clients of one batch: one that goes the way that the environment says for each host, and two that do not.

    `direct` never asks a proxy, `by_proxy` always does, and is None where there is none: for a host that may be asked at
    public addresses only, it is decided here which of them is used (`proxy_for`).
    """

    by_environment: httpx.AsyncClient
    direct: httpx.AsyncClient
    by_proxy: httpx.AsyncClient | None


@asynccontextmanager
async def open_web_clients() -> AsyncIterator[WebClients]:
    """The clients for one batch of requests, with the proxy and certificates that the environment names.

    That is by HTTPS_PROXY, ALL_PROXY, NO_PROXY, SSL_CERT_FILE and SSL_CERT_DIR. Raises NetworkUnusable where one of
    them is unusable.
    """
    # Reading the certificates takes 80 ms, in which the screen would freeze.
    clients = await asyncio.to_thread(_build_clients)
    async with clients.by_environment, clients.direct, clients.by_proxy or nullcontext():
        yield clients


def _build_clients() -> WebClients:
    _check_certificate_folder()
    try:
        certificates = httpx.create_ssl_context()
    except (OSError, ValueError) as error:
        raise _unusable_certificates() from error

    def build(*, by_environment: bool = False, proxy: str | None = None) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            verify=certificates,
            headers=HEADERS,
            cookies=_NoCookies(),
            event_hooks={"response": [_detach_location_header]},
            trust_env=by_environment,
            proxy=proxy,
            # On a connection that is used again, what a server sent behind one page would be taken for the next.
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    try:
        by_environment, proxy = build(by_environment=True), environment_proxy()
        return WebClients(by_environment, build(), build(proxy=proxy) if proxy else None)
    except (OSError, ValueError, ImportError, httpx.InvalidURL) as error:
        raise _unusable_proxy() from error


class _NoCookies(CookieJar):
    """Neither stores nor sends cookies, so that two requests cannot be linked to one person."""

    def extract_cookies(self, response: object, request: object) -> None:
        """Store none."""

    def add_cookie_header(self, request: object) -> None:
        """Send none."""


async def _detach_location_header(response: httpx.Response) -> None:
    """Take the address out of a redirect before httpx parses it, which raises for an invalid address."""
    response.extensions["location"] = response.headers.pop("location", "")


def _check_certificate_folder() -> None:
    """Refuse a missing folder, which OpenSSL would treat as empty and then trust no server without saying why."""
    folders = "" if os.environ.get("SSL_CERT_FILE") else os.environ.get("SSL_CERT_DIR", "")
    if folders and not any(map(os.path.isdir, folders.split(os.pathsep))):
        raise _unusable_certificates()


def _unusable_certificates() -> NetworkUnusable:
    name = "SSL_CERT_FILE" if os.environ.get("SSL_CERT_FILE") else "SSL_CERT_DIR"
    if not os.environ.get(name):
        return NetworkUnusable(
            _("Nothing can be fetched: the certificates that came with this program cannot be read."),
            kept=_("What was fetched before is still here."),
            todo=_("Install metaoptout-tui again."),
        )
    return NetworkUnusable(
        _("Nothing can be fetched: the certificates that {variable} names cannot be read.").format(variable=name),
        kept=_("What was fetched before is still here."),
        todo=_("Correct {variable}, or unset it to use the certificates that came with this program.").format(
            variable=name
        ),
    )


def _unusable_proxy() -> NetworkUnusable:
    names = format_list(sorted(name for name in os.environ if name.lower() in _PROXY_VARIABLES))
    words = (
        _("Nothing can be fetched: the proxy in {variables} cannot be used.")
        if names
        else _("Nothing can be fetched: the proxy in the system's settings cannot be used.")
    )
    return NetworkUnusable(
        words.format(variables=names),
        kept=_("What was fetched before is still here."),
        todo=_("Write it as http://host:port, or unset it. SOCKS proxies are not supported."),
    )
