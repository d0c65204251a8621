"""Looks up the names of hosts, and tells whether an address is one of the public internet.

Host names are looked up on a daemon thread: the system's lookup cannot be cancelled and may block for half a minute,
and on asyncio's shared threads it would stop everything else and delay the exit.
"""

import asyncio
import ipaddress
import socket
import threading
from contextlib import suppress
from urllib.request import getproxies, proxy_bypass

_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
"""The only addresses of IPv6 that are given to somebody; all others are local, or translate to others."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

_NOT_PUBLIC = [
    ipaddress.ip_network(network)
    for network in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2002::/16", "3fff::/20")
]
"""What some versions of Python call global: protocol assignments with Teredo, 6to4 and its relays, documentation."""


def environment_proxy() -> str:
    """The proxy for https that the environment or the system names, as an address; empty for none."""
    proxies = getproxies()
    proxy = proxies.get("https") or proxies.get("all") or ""
    return proxy if "://" in proxy or not proxy else f"http://{proxy}"


def proxy_for(host: str) -> str:
    """The proxy through which a host is asked over https; empty for none.

    A proxy looks the name up itself, so where there is one, no name is looked up here.
    """
    return "" if proxy_bypass(host) else environment_proxy()


async def look_up(host: str, *, timeout_seconds: float) -> tuple[str, ...]:
    """The addresses of a host, best first; none where the system cannot find them within the time."""
    loop = asyncio.get_running_loop()
    result: asyncio.Future[tuple[str, ...]] = loop.create_future()

    def set_result(addresses: tuple[str, ...]) -> None:
        if not result.done():
            result.set_result(addresses)

    def resolve() -> None:
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            addresses = tuple(dict.fromkeys(str(info[4][0]) for info in found))
        except (OSError, UnicodeError):
            addresses = ()
        # The loop may be closed, if the program has ended meanwhile.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(set_result, addresses)

    threading.Thread(target=resolve, name=f"look up {host}", daemon=True).start()
    try:
        async with asyncio.timeout(timeout_seconds):
            return await result
    except TimeoutError:
        return ()


def is_public_address(address: str) -> bool:
    """Whether an IP address is one of the public internet, also what it stands for where it holds another address."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64:
            return is_public_address(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip.ipv4_mapped is not None:
            return is_public_address(str(ip.ipv4_mapped))
        if ip not in _GLOBAL_UNICAST or ip.scope_id:
            return False
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _NOT_PUBLIC)
