"""Servers that mean harm or have gone mad: each ends in a named answer, in time, in little memory, in our words only."""

import gzip
import json
import os
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import aclosing
from itertools import repeat
from typing import Any

import pytest

from exhaustive import parametrize_some
from loopback_web import LoopbackWeb, Reply
from metaoptout_tui.core.guidance.page_check_results import PageGone, PageMoved, PageNotReached, PageUnreadable
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.guidance.concurrent_fetch import BatchLimits, fetch_all
from metaoptout_tui.guidance.fetch import NO_CONNECTION, fetch
from metaoptout_tui.guidance.fetch_requests import (
    DEFAULT_FETCH_LIMITS,
    FetchedBody,
    FetchLimits,
    FetchResult,
    page_request,
)
from metaoptout_tui.guidance.web_clients import open_web_clients
from samples import NOW

PAGE = "https://www.dataprotection.ie/en/news"
MIB = 1024 * 1024
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
STEERING = b"x\x1b[2J\x1b]0;owned\x07\x9b31m"
ZEROS = b"\0" * 20 * MIB

TOO_LARGE = PageUnreadable("it is larger than 2048 KiB")
PACKED = PageUnreadable("it comes packed, though it was asked for as it is")
TOO_LONG = PageNotReached("it took longer than 0.6 seconds")
SILENT = PageNotReached("it fell silent")
NO_HTTP = PageNotReached("what it answers is no HTTP, or broke off at once")
LESS = PageNotReached("less of it came than was promised")
BROKEN = PageNotReached("the connection broke off")
UNFORESEEN = PageNotReached("it answers with something unforeseen (304)")

# Short where time is what ends it, and long for the rest, so that a busy machine changes no answer.
LIMITS: dict[FetchResult, FetchLimits] = {
    TOO_LONG: FetchLimits(total_seconds=0.6),
    SILENT: FetchLimits(read_timeout=0.3),
}


def raw(*pieces: bytes, hold: bool = False) -> Callable[[], Reply]:
    return lambda: Reply(pieces=pieces, raw=True, hold=hold)


def endless(start: bytes, piece: bytes, pause: float = 0) -> Callable[[], Reply]:
    def pieces() -> Iterator[bytes]:
        yield start
        yield from repeat(piece)

    return lambda: Reply(pieces=pieces(), raw=True, pause=pause)


def packed(encoding: str, body: bytes, *pack: Callable[[bytes], bytes]) -> Callable[[], Reply]:
    def reply() -> Reply:
        packed_body = body
        for pack_once in pack:
            packed_body = pack_once(packed_body)
        return Reply(body=packed_body, headers={"Content-Encoding": encoding})

    return reply


ATTACKS: dict[str, tuple[Callable[[], Reply], FetchResult]] = {
    # More than anybody wants
    "endless body": (endless(OK + b"\r\n", b"#" * 65536), TOO_LARGE),
    "endless body in chunks": (
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"#" * 65536 + b"\r\n"),
        TOO_LARGE,
    ),
    "body of many one-byte chunks": (
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n#\r\n" * 10_000),
        TOO_LONG,
    ),
    "chunk header without an end": (
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n1;", b"x" * 65536),
        LESS,
    ),
    "trailers without an end": (
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X-T: y\r\n" * 1000),
        LESS,
    ),
    "length of 99 GB": (raw(OK + b"Content-Length: 99999999999\r\n\r\n#", hold=True), TOO_LARGE),
    "length one byte over the bound": (raw(OK + b"Content-Length: 2097153\r\n\r\n", hold=True), TOO_LARGE),
    "length of thirty digits": (raw(OK + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n#", hold=True), NO_HTTP),
    "page of 50 MB": (lambda: Reply(body=b"<p>x</p>" * (50 * MIB // 8)), TOO_LARGE),
    "gzip bomb": (packed("gzip", ZEROS, gzip.compress), PACKED),
    "gzip bomb in gzip": (packed("gzip, gzip", ZEROS, gzip.compress, gzip.compress), PACKED),
    "deflate bomb": (packed("deflate", ZEROS, zlib.compress), PACKED),
    "brotli": (packed("br", b"\x1b\xff\xff\xff\xff"), PACKED),
    "zstd": (packed("ZSTD", b"\x28\xb5\x2f\xfd"), PACKED),
    "gzip as a transfer coding": (raw(OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n", hold=True), NO_HTTP),
    "20,000 headers": (
        lambda: Reply(pieces=[OK + b"".join(b"X-%d: %s\r\n" % (n, b"a" * 1000) for n in range(20_000))], raw=True),
        NO_HTTP,
    ),
    "one header of 1 MB": (raw(OK + b"X: " + b"a" * MIB + b"\r\n\r\n"), NO_HTTP),
    "status line of 1 MB": (raw(b"HTTP/1.1 200 " + b"a" * MIB + b"\r\n\r\n"), NO_HTTP),
    "headers without an end": (endless(OK, b"X: y\r\n" * 1000), NO_HTTP),
    "interim answers without an end": (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100), TOO_LONG),
    "a thousand cookies": (
        lambda: Reply(404, headers=tuple(("Set-Cookie", f"c{n}=" + "a, b=" * 10) for n in range(1000))),
        PageGone(404),
    ),
    # Slower than anybody waits
    "dripped body": (endless(OK + b"Content-Length: 1000\r\n\r\n", b"#", pause=0.1), TOO_LONG),
    "dripped headers": (endless(OK, b"X: y\r\n", pause=0.1), TOO_LONG),
    "dripped interim answers": (endless(b"", b"HTTP/1.1 102 Processing\r\n\r\n", pause=0.1), TOO_LONG),
    "body that stalls": (raw(OK + b"Content-Length: 1000\r\n\r\n#", hold=True), SILENT),
    "headers that stall": (raw(OK, hold=True), SILENT),
    "answer that never begins": (lambda: Reply(delay=30), SILENT),
    "a redirect that drips its address": (
        endless(b"HTTP/1.1 301 Moved\r\nLocation: https://www.dataprotection.ie/", b"x", pause=0.1),
        TOO_LONG,
    ),
    # Less than was said
    "short body": (raw(OK + b"Content-Length: 5000\r\n\r\n#"), LESS),
    "chunks that break off": (raw(OK + b"Transfer-Encoding: chunked\r\n\r\n10000\r\n#"), LESS),
    "headers that break off": (raw(OK + b"X-"), NO_HTTP),
    "connection closed at once": (raw(b""), NO_HTTP),
    "connection reset": (lambda: Reply(reset=True), BROKEN),
    "unchanged, though nobody asked that": (raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"), UNFORESEEN),
    "part of a page": (
        raw(b"HTTP/1.1 206 Part\r\nContent-Range: bytes 0-0/9\r\nContent-Length: 1\r\n\r\n#"),
        PageUnreadable("its answer holds no whole page (206)"),
    ),
    # No HTTP
    "garbage": (raw(bytes(range(256)) * 40), NO_HTTP),
    "HTTP/0.9": (raw(b"<p>Hello</p>\r\n"), NO_HTTP),
    "HTTP/2": (raw(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + b"\0" * 18, hold=True), NO_HTTP),
    "a switch of protocols": (raw(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n", hold=True), NO_HTTP),
    "two lengths": (raw(OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n##"), NO_HTTP),
    "a length and chunks": (
        raw(OK + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n#\r\n0\r\n\r\n"),
        FetchedBody(b"#", "", PAGE),
    ),
    "a redirect of 60 KB": (
        raw(b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\nLocation: /" + b"x" * 60_000 + b"\r\n\r\n"),
        PageMoved(clean_line("https://www.dataprotection.ie/" + "x" * 60_000)),
    ),
    "length below nothing": (raw(OK + b"Content-Length: -1\r\n\r\n"), NO_HTTP),
    "chunk of no size": (raw(OK + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n"), LESS),
    "a zero byte in a header": (raw(OK + b"X: a\0b\r\n\r\n"), NO_HTTP),
    # What would steer a terminal
    "escapes in the reason": (raw(b"HTTP/1.1 404 Not" + STEERING + b"\r\nContent-Length: 0\r\n\r\n"), PageGone(404)),
    "escapes in every header": (
        raw(
            b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n"
            + b"".join(
                name + b": " + STEERING + b"\r\n" for name in (b"Server", b"Last-Modified", b"ETag", b"Content-Type")
            )
            + b"\r\n"
        ),
        PageNotReached("it does not let this program in (403)"),
    ),
    "escapes in the type": (
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Type: text/\x1b[2J\r\n\r\n"),
        PageUnreadable("it is text/\ufffd[2j, not a web page"),
    ),
    "escapes in the coding": (packed("\x1b[2J", b""), PACKED),
    "escapes in the charset": (
        lambda: Reply(body=b"x", content_type="text/html; charset=\x1b[2J"),
        FetchedBody(b"x", "", PAGE),
    ),
    "charset that is none": (
        lambda: Reply(body=b"x", content_type="text/html; charset=" + "x" * 5000),
        FetchedBody(b"x", "x" * 40, PAGE),
    ),
}


async def ask(limits: FetchLimits) -> FetchResult:
    async with open_web_clients() as client:
        return await fetch(client, page_request(PAGE), now=NOW, limits=limits)


SOME_ATTACKS = (
    *("endless body", "length of 99 GB", "gzip bomb", "one header of 1 MB", "body that stalls", "short body"),
    *("connection reset", "garbage", "escapes in the reason", "escapes in the charset"),
)
"""One or two of each kind; of all that end quickly a round in one go is below."""


@parametrize_some(SOME_ATTACKS, "name", ATTACKS)
async def test_each_ends_in_a_named_answer_in_our_words(web: LoopbackWeb, name: str) -> None:
    attack, expected = ATTACKS[name]
    web.on(PAGE, attack())
    answer = await ask(LIMITS.get(expected, DEFAULT_FETCH_LIMITS))
    assert answer == expected
    assert not isinstance(answer, PageNotReached | PageUnreadable) or answer.why.isprintable()
    assert web.hosts == {"www.dataprotection.ie"}
    assert web.all_have_left()


async def test_ten_seconds_are_for_a_page_with_all_its_redirects(web: LoopbackWeb) -> None:
    assert DEFAULT_FETCH_LIMITS.total_seconds == 10
    web.on(PAGE, Reply(301, headers={"Location": "/en/other"}, delay=0.4))
    web.on("https://www.dataprotection.ie/en/other", Reply(body=b"#", delay=0.4))
    assert await ask(LIMITS[TOO_LONG]) == TOO_LONG


async def test_a_host_that_never_greets_is_not_reached(web: LoopbackWeb) -> None:
    web.mute.add("www.dataprotection.ie")
    assert await ask(FetchLimits(total_seconds=6, connect_timeout=0.3)) == NO_CONNECTION


async def test_a_second_answer_behind_the_first_is_not_taken_for_that_of_the_next_page(web: LoopbackWeb) -> None:
    false = OK + b"Content-Length: 5\r\n\r\nFALSE"
    web.on(PAGE, Reply(pieces=[OK + b"Content-Length: 5\r\n\r\nFIRST" + false], raw=True, hold=True))
    next_page = "https://www.dataprotection.ie/en/next"
    web.on(next_page, Reply(body=b"SECOND"))
    async with open_web_clients() as client:
        came = [await fetch(client, page_request(url), now=NOW) for url in (PAGE, next_page)]
    assert [answer.data for answer in came if isinstance(answer, FetchedBody)] == [b"FIRST", b"SECOND"]


async def test_the_round_goes_on_whatever_some_of_its_pages_do(web: LoopbackWeb) -> None:
    quick = [name for name, (_, expected) in ATTACKS.items() if expected not in LIMITS]
    urls = {name: f"https://www.dataprotection.ie/{number}" for number, name in enumerate(quick)}
    for name, url in urls.items():
        web.on(url, ATTACKS[name][0]())
    web.on("https://noyb.eu/", Reply(body=b"<p>Hello</p>"))
    asked = {**{name: page_request(url) for name, url in urls.items()}, "": page_request("https://noyb.eu/")}
    async with aclosing(fetch_all(asked, now=NOW, limits=BatchLimits(max_per_site=11))) as coming:
        came = {id: answer async for id, answer in coming}
    assert came.pop("") == FetchedBody(b"<p>Hello</p>", "utf-8", "https://noyb.eu/")
    assert {id: type(answer) for id, answer in came.items()} == {name: type(ATTACKS[name][1]) for name in quick}


GROWTH = """
import asyncio, json, sys
from contextlib import aclosing
from datetime import UTC, datetime
from metaoptout_tui.guidance.fetch_requests import page_request
from metaoptout_tui.guidance.concurrent_fetch import BatchLimits, fetch_all

async def look(urls):
    asked = {url: page_request(url) for url in urls}
    bounds = BatchLimits(max_per_site=12)
    kinds = set()
    async with aclosing(fetch_all(asked, now=datetime.now(UTC), limits=bounds)) as coming:
        async for _, answer in coming:
            kinds.add(type(answer).__name__)
    return sorted(kinds)

def size(name):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith(name))

warm, *hostile = json.loads(sys.argv[1])
asyncio.run(look([warm]))
before = size("VmRSS:")
kinds = asyncio.run(look(hostile))
print(json.dumps({"grown": size("VmHWM:") - before, "kinds": kinds}))
"""


@pytest.mark.exhaustive
@pytest.mark.skipif(sys.platform != "linux", reason="what tells the greatest size of a process is Linux's own")
def test_memory_grows_by_less_than_50_mb(web: LoopbackWeb) -> None:
    web.on(PAGE, Reply(body=b"<p>Hello</p>"))
    large = ("endless body", "endless body in chunks", "page of 50 MB", "gzip bomb in gzip", "20,000 headers")
    urls = []
    for number in range(2):
        for place, name in enumerate(large):
            urls.append(f"https://www.dataprotection.ie/{number}/{place}")
            web.on(urls[-1], ATTACKS[name][0]())
        urls.append(f"https://www.dataprotection.ie/{number}/whole")
        web.on(urls[-1], Reply(body=b"#" * 2 * MIB))
    ended = subprocess.run(
        [sys.executable, "-c", GROWTH, json.dumps([PAGE, *urls])],
        env={**os.environ, **web.environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    told: dict[str, Any] = json.loads(ended.stdout)
    assert told["kinds"] == ["FetchedBody", "PageNotReached", "PageUnreadable"]
    assert told["grown"] < 50 * MIB, told
