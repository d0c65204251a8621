"""Whether a host has an address, found out without holding anything up.

The system looks a name up in a call that cannot be called off and may take half a minute where the network swallows
questions. asyncio makes that call on the few threads that the whole program shares, and waits for it before it ends: some
names that nobody answers for would stop everything else, and then the way out. So each name is looked up here first, on a
thread that nobody waits for; what asks again after that gets its answer at once.
"""

import asyncio
import socket
import threading
from contextlib import suppress
from urllib.request import getproxies


def is_ours_to_look_up() -> bool:
    """Whether this computer looks names up at all: behind a proxy the proxy does, and no question must get past it."""
    return not {"https", "all"}.intersection(getproxies())


async def has_address(host: str, *, within: float) -> bool:
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
