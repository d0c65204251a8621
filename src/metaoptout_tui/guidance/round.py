"""Many requests in one round: side by side, few at each site, and all over within a minute.

The bounds are manners as much as speed: an authority's server is asked for two pages at a time, and a slow one holds up
nobody else's.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from datetime import datetime
from importlib import import_module
from typing import NamedTuple

from metaoptout_tui.core.watch import Failed
from metaoptout_tui.guidance.request import USUAL_LIMITS, Answer, Limits, Request

OFFLINE = Failed("nothing could be reached, so it was not asked; this computer seems to be offline")
"""What the rest of a round ends in once it is clear that nobody can be met."""

_SITES_UNTIL_OFFLINE = 6
_FAILING_TOGETHER = 0.25


class Bounds(NamedTuple):
    """What a round may take: requests at once, at one site, seconds in all; and each request."""

    at_once: int = 12
    at_one_site: int = 2
    seconds: float = 60
    each: Limits = USUAL_LIMITS


USUAL_BOUNDS = Bounds()


async def fetch_each(
    requests: Mapping[str, Request], *, now: datetime, bounds: Bounds = USUAL_BOUNDS
) -> AsyncGenerator[tuple[str, Answer], None]:
    """The answer to each request with its id, as they come; every id comes once.

    A few answers wait to be taken, and the rest of the round with them, so that a round takes little memory. To be read
    within `contextlib.aclosing`: leaving it, or being cancelled, ends every request and connection before it returns.
    Raises NetworkUnusable, before the first answer, where the environment's proxy or certificates cannot be used.
    """
    if not requests:
        return
    # A tenth of a second, in which the screen would stand still.
    await asyncio.to_thread(import_module, "metaoptout_tui.guidance.fetch")
    from metaoptout_tui.guidance.fetch import fetch, open_client

    async with open_client() as client:
        under_way = _Round(bounds, lambda request: fetch(client, request, now=now, limits=bounds.each))
        tasks = [asyncio.create_task(under_way.ask(id, request)) for id, request in requests.items()]
        try:
            for _ in tasks:
                yield await under_way.answers.get()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


class _Round:
    """The slots of one round, and what it has learnt of the way out."""

    def __init__(self, bounds: Bounds, fetch: Callable[[Request], Awaitable[Answer]]) -> None:
        self.answers: asyncio.Queue[tuple[str, Answer]] = asyncio.Queue(maxsize=2)
        self._fetch = fetch
        self._seconds = bounds.seconds
        self._end = asyncio.get_running_loop().time() + bounds.seconds
        self._slots = asyncio.Semaphore(bounds.at_once)
        self._sites: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(bounds.at_one_site))
        self._unmet: set[str] = set()
        self._met_anybody = False

    async def ask(self, id: str, request: Request) -> None:
        """Wait for a slot at the site, then for one of the round, and keep both until the answer has been taken."""
        async with AsyncExitStack() as slots:
            try:
                async with asyncio.timeout_at(self._end):
                    await slots.enter_async_context(self._sites[request.site])
                    await slots.enter_async_context(self._slots)
                    answer = await self._answer(request)
            except TimeoutError:
                answer = Failed(f"it was not reached within the {self._seconds:g} seconds that a round may take")
            await self.answers.put((id, answer))

    async def _answer(self, request: Request) -> Answer:
        from metaoptout_tui.guidance.fetch import UNREACHED, UNRESOLVED

        if not self._met_anybody and len(self._unmet) >= _SITES_UNTIL_OFFLINE:
            return OFFLINE
        answer = await self._fetch(request)
        if answer in (UNREACHED, UNRESOLVED):
            self._unmet.add(request.site)
            # Where nobody can be met, all fail at about the same time: none of their slots is given away before that is known.
            if not self._met_anybody:
                await asyncio.sleep(_FAILING_TOGETHER)
        else:
            self._met_anybody = True
        return answer
