"""Many requests at once: quick, gentle with each site, over in time, and gone without a trace when they are called off."""

import asyncio
import os
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import aclosing
from typing import Any
from urllib.parse import urlsplit

import pytest

from loopback_web import LoopbackWeb, Reply
from metaoptout_tui.core.errors import NetworkUnusable
from metaoptout_tui.core.guidance.page_check_results import PageNotReached
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.guidance.concurrent_fetch import DEFAULT_BATCH_LIMITS, OFFLINE, BatchLimits, fetch_all
from metaoptout_tui.guidance.fetch import NAME_NOT_RESOLVED, NO_CONNECTION
from metaoptout_tui.guidance.fetch_requests import FetchedBody, FetchLimits, FetchRequest, FetchResult, page_request
from samples import NOW

SITES = (
    "www.dataprotection.ie",
    "www.cnil.fr",
    "noyb.eu",
    "www.aepd.es",
    "www.imy.se",
    "ico.org.uk",
    "www.datatilsynet.no",
    "www.dpa.gr",
    "uodo.gov.pl",
    "www.naih.hu",
    "tietosuoja.fi",
    "www.vzbv.verbraucherzentrale.de",
)
HELLO = Reply(body=b"<p>Hello</p>")
SILENT = Reply(hold=True, pieces=())


def requests(urls: Iterable[str]) -> dict[str, FetchRequest]:
    return {url: page_request(url) for url in urls}


async def answers(
    asked: Mapping[str, FetchRequest], bounds: BatchLimits = DEFAULT_BATCH_LIMITS
) -> dict[str, FetchResult]:
    async with aclosing(fetch_all(asked, now=NOW, limits=bounds)) as coming:
        return {id: answer async for id, answer in coming}


def pages(web: LoopbackWeb, reply: Reply, hosts: Iterable[str], each: int = 1) -> list[str]:
    """So many pages on each host that answer so."""
    urls = [f"https://{host}/page/{number}" for host in hosts for number in range(each)]
    for url in urls:
        web.on(url, reply)
    return urls


async def test_every_request_gets_its_answer_once(web: LoopbackWeb) -> None:
    urls = pages(web, HELLO, SITES, each=2)
    async with aclosing(fetch_all(requests(urls), now=NOW)) as coming:
        came = [id async for id, answer in coming if isinstance(answer, FetchedBody)]
    assert sorted(came) == sorted(urls)
    assert web.hosts == set(SITES)
    assert len(web.seen) == len(urls)


async def test_nothing_asked_is_nothing_done() -> None:
    assert await answers({}) == {}


async def test_twenty_pages_take_no_longer_than_three_times_the_slowest(web: LoopbackWeb) -> None:
    # What the machine itself needs, which is much while it is busy, weighs the less the slower the pages are; that they are
    # asked for one after another would weigh the same.
    ratios: list[float] = []
    for delay in (0.2, 0.4, 0.8, 1.6, 3.2):
        urls = pages(web, Reply(body=b"<p>Hello</p>", delay=delay), SITES[:10], each=2)
        web.slowest = 0
        began = time.monotonic()
        came = await answers(requests(urls))
        ratios.append((time.monotonic() - began) / web.slowest)
        assert all(isinstance(answer, FetchedBody) for answer in came.values())
        if ratios[-1] <= 3:
            return
    pytest.fail(f"not once: {ratios}")


async def test_no_site_is_asked_for_more_than_two_pages_at_once(web: LoopbackWeb) -> None:
    urls = pages(web, Reply(body=b"<p>Hello</p>", delay=0.05), ("www.cnil.fr", "noyb.eu"), each=8)
    await answers(requests(urls))
    assert web.busiest == {"www.cnil.fr": 2, "noyb.eu": 2}


async def test_no_more_than_so_many_are_asked_at_once(web: LoopbackWeb) -> None:
    urls = pages(web, Reply(body=b"<p>Hello</p>", delay=0.05), SITES, each=2)
    await answers(requests(urls), BatchLimits(max_concurrent=3))
    assert web.busiest_in_all == 3


async def test_a_slow_site_holds_up_nobody_else(web: LoopbackWeb) -> None:
    slow = pages(web, SILENT, ("www.cnil.fr",), each=20)
    quick = pages(web, HELLO, SITES[2:], each=2)
    came: list[str] = []
    async with aclosing(fetch_all(requests([*slow, *quick]), now=NOW, limits=BatchLimits(max_concurrent=3))) as coming:
        async for id, answer in coming:
            assert isinstance(answer, FetchedBody)
            came.append(id)
            if len(came) == len(quick):
                break
    assert sorted(came) == sorted(quick)


async def test_what_has_not_come_when_the_time_is_over_was_not_reached(web: LoopbackWeb) -> None:
    urls = pages(web, SILENT, SITES[:2], each=4)
    came = await answers(requests(urls), BatchLimits(total_seconds=0.3))
    late = PageNotReached("it was not reached within the 0.3 seconds that a round may take")
    assert came == dict.fromkeys(urls, late)


async def test_calling_it_off_leaves_no_task_and_no_connection(web: LoopbackWeb) -> None:
    urls = pages(web, SILENT, SITES, each=2)
    before = asyncio.all_tasks()
    round = asyncio.create_task(answers(requests(urls)))
    assert await asyncio.to_thread(web.has_seen, DEFAULT_BATCH_LIMITS.max_concurrent)
    round.cancel()
    with pytest.raises(asyncio.CancelledError):
        await round
    assert asyncio.all_tasks() == before
    assert await asyncio.to_thread(web.all_have_left)


async def test_leaving_before_the_end_leaves_no_task_and_no_connection(web: LoopbackWeb) -> None:
    urls = [*pages(web, HELLO, ("noyb.eu",)), *pages(web, SILENT, SITES[3:])]
    before = asyncio.all_tasks()
    async with aclosing(fetch_all(requests(urls), now=NOW)) as coming:
        async for id, _ in coming:
            assert id == urls[0]
            break
    assert asyncio.all_tasks() == before
    assert await asyncio.to_thread(web.all_have_left)


async def test_answers_wait_to_be_taken_and_the_rest_of_the_round_with_them(web: LoopbackWeb) -> None:
    urls = pages(web, HELLO, SITES, each=2)
    taken = 0
    async with aclosing(fetch_all(requests(urls), now=NOW, limits=BatchLimits(max_concurrent=2))) as coming:
        async for _ in coming:
            taken += 1
            # Two wait in the queue, and two hold the only slots.
            most = min(taken + 4, len(urls))
            assert await asyncio.to_thread(web.has_seen, most)
            assert len(web.seen) == most
    assert taken == len(urls)


@pytest.fixture
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the environment's stands between this computer and the hosts."""
    for name in os.environ:
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.mark.usefixtures("no_proxy")
async def test_offline_is_noticed_before_everybody_was_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []

    def nobody(host: object, *_: object, **__: object) -> None:
        looked_up.append(str(host))
        # They fail at about the same time, but not at the same moment.
        threading.Event().wait(0.01 * len(looked_up))
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    came = await answers(requests(f"https://{host}/" for host in SITES), BatchLimits(max_concurrent=6))
    assert sorted(looked_up) == sorted(SITES[:6])
    assert list(came.values()).count(NAME_NOT_RESOLVED) == 6
    assert list(came.values()).count(OFFLINE) == len(SITES) - 6


@pytest.mark.usefixtures("no_proxy")
async def test_names_that_nobody_answers_for_hold_up_neither_the_round_nor_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    over = threading.Event()
    threads: list[bool] = []

    def swallowed(*_: object, **__: object) -> list[object]:
        threads.append(threading.current_thread().daemon)
        over.wait(10)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", swallowed)
    try:
        bounds = BatchLimits(max_concurrent=6, per_request=FetchLimits(connect_timeout=0.2))
        came = await answers(requests(f"https://{host}/" for host in SITES), bounds)
        assert Counter(came.values()) == {NAME_NOT_RESOLVED: 6, OFFLINE: len(SITES) - 6}
        # The threads that the whole program shares are free, and nobody waits for those that are not.
        async with asyncio.timeout(5):
            await asyncio.gather(*(asyncio.to_thread(bool) for _ in SITES))
        assert threads == [True] * 6
    finally:
        over.set()


async def test_behind_a_proxy_no_name_is_looked_up_here(web: LoopbackWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[object] = []
    real = socket.getaddrinfo

    def noted(host: Any, *rest: Any, **named: Any) -> Any:
        looked_up.append(host)
        return real(host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", noted)
    came = await answers(requests(pages(web, HELLO, SITES)))
    assert all(isinstance(answer, FetchedBody) for answer in came.values())
    assert set(looked_up) <= {"127.0.0.1"}


@pytest.mark.parametrize("down", [SITES[:5], SITES[1:9]])
async def test_sites_that_are_down_do_not_make_the_computer_offline(web: LoopbackWeb, down: tuple[str, ...]) -> None:
    web.unreachable.update(down)
    urls = pages(web, HELLO, SITES)
    came = await answers(requests(urls), BatchLimits(max_concurrent=1))
    assert [came[url] == NO_CONNECTION for url in urls] == [host in down for host in SITES]
    assert OFFLINE not in came.values()


async def test_a_setting_that_cannot_be_used_ends_the_round_before_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "garbage:://x")
    monkeypatch.delenv("https_proxy", raising=False)
    with pytest.raises(NetworkUnusable):
        await answers(requests(["https://noyb.eu/"]))


async def test_one_that_takes_too_long_is_no_reason_to_end_the_others(web: LoopbackWeb) -> None:
    slow, quick = pages(web, SILENT, ("noyb.eu",)), pages(web, HELLO, ("www.cnil.fr",))
    came = await answers(requests([*slow, *quick]), BatchLimits(per_request=FetchLimits(total_seconds=2)))
    assert came[slow[0]] == PageNotReached("it took longer than 2 seconds")
    assert isinstance(came[quick[0]], FetchedBody)


async def test_a_look_asks_for_the_pages_of_the_playbook_and_for_nothing_else(
    web: LoopbackWeb, playbook: Playbook
) -> None:
    public = [page for page in playbook.pages if page.kind != "meta"]
    for page in public:
        web.on(page.url, HELLO)
    came = await answers({page.id: page_request(page.url) for page in public})
    assert all(isinstance(answer, FetchedBody) for answer in came.values())
    assert web.hosts == {urlsplit(page.url).hostname for page in public}
    assert sorted(f"https://{seen.host}{seen.path}" for seen in web.seen) == sorted(page.url for page in public)
    assert len({seen.headers[1:] for seen in web.seen}) == 1
