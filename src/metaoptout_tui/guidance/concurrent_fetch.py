"""Fetches many requests concurrently, a few per site, all within a fixed total time.

A site gets two requests at a time, so that none is burdened and a slow one delays no other. The HTTP client is
imported when the first request is made.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from datetime import datetime
from importlib import import_module
from typing import NamedTuple

from metaoptout_tui.core.guidance.page_check_results import PageNotReached
from metaoptout_tui.core.guidance.page_faults import NOT_IN_ROUND
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.guidance.fetch_requests import DEFAULT_FETCH_LIMITS, FetchLimits, FetchRequest, FetchResult

OFFLINE = PageNotReached(mark("nothing could be reached, so it was not asked; this computer seems to be offline"))
"""The result of all remaining requests once it is clear that the computer is offline."""

_FAILED_SITES_UNTIL_OFFLINE = 6
_OFFLINE_GRACE_SECONDS = 0.25


class BatchLimits(NamedTuple):
    """Limits of a batch: concurrent requests, those at one site, and seconds in all; and those of each request."""

    max_concurrent: int = 12
    max_per_site: int = 2
    total_seconds: float = 60
    per_request: FetchLimits = DEFAULT_FETCH_LIMITS


DEFAULT_BATCH_LIMITS = BatchLimits()


async def fetch_all(
    requests: Mapping[str, FetchRequest], *, now: datetime, limits: BatchLimits = DEFAULT_BATCH_LIMITS
) -> AsyncGenerator[tuple[str, FetchResult], None]:
    """Yield each request's id with its result, in the order in which they finish.

    The batch pauses while a few results wait to be read, so that it takes little memory. Use it within
    `contextlib.aclosing`: leaving it, or being cancelled, ends every request and connection before it returns.
    Raises NetworkUnusable, before the first result, where the environment's proxy or certificates cannot be used.
    """
    if not requests:
        return
    # The import takes a tenth of a second, in which the screen would freeze.
    await asyncio.to_thread(import_module, "metaoptout_tui.guidance.fetch")
    from metaoptout_tui.guidance.fetch import fetch
    from metaoptout_tui.guidance.web_clients import open_web_clients

    async with open_web_clients() as client:
        batch = _FetchBatch(limits, lambda request: fetch(client, request, now=now, limits=limits.per_request))
        tasks = [asyncio.create_task(batch.run_request(id, request)) for id, request in requests.items()]
        try:
            for _ in tasks:
                yield await batch.results.get()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


class _FetchBatch:
    """The free slots of one batch, and which sites it could not reach."""

    def __init__(self, limits: BatchLimits, fetch: Callable[[FetchRequest], Awaitable[FetchResult]]) -> None:
        self.results: asyncio.Queue[tuple[str, FetchResult]] = asyncio.Queue(maxsize=2)
        self._fetch = fetch
        self._total_seconds = limits.total_seconds
        self._end_time = asyncio.get_running_loop().time() + limits.total_seconds
        self._batch_slots = asyncio.Semaphore(limits.max_concurrent)
        self._site_slots: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(limits.max_per_site)
        )
        self._unreachable_sites: set[str] = set()
        self._reached_any_site = False

    async def run_request(self, id: str, request: FetchRequest) -> None:
        """Wait for a slot of the site, then one of the batch, and hold both until the result has been queued."""
        async with AsyncExitStack() as slots:
            try:
                async with asyncio.timeout_at(self._end_time):
                    await slots.enter_async_context(self._site_slots[request.site])
                    await slots.enter_async_context(self._batch_slots)
                    answer = await self._fetch_unless_offline(request)
            except TimeoutError:
                answer = PageNotReached(NOT_IN_ROUND.format(seconds=f"{self._total_seconds:g}"))
            await self.results.put((id, answer))

    async def _fetch_unless_offline(self, request: FetchRequest) -> FetchResult:
        from metaoptout_tui.guidance.fetch import NAME_NOT_RESOLVED, NO_CONNECTION

        if not self._reached_any_site and len(self._unreachable_sites) >= _FAILED_SITES_UNTIL_OFFLINE:
            return OFFLINE
        answer = await self._fetch(request)
        if answer in (NO_CONNECTION, NAME_NOT_RESOLVED):
            self._unreachable_sites.add(request.site)
            # Offline, all requests fail at about the same time: hold the slot until enough of them have.
            if not self._reached_any_site:
                await asyncio.sleep(_OFFLINE_GRACE_SECONDS)
        else:
            self._reached_any_site = True
        return answer
