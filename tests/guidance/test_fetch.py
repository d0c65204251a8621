"""One request to one address of a real https server: what comes of it, and what it tells of the person (nothing)."""

import pytest

from loopback_web import LoopbackWeb, Reply, conditional
from metaoptout_tui.core.watch import Failed, Gone, NotModified, Unreadable
from metaoptout_tui.guidance.fetch import fetch, open_client
from metaoptout_tui.guidance.request import Answer, Body, Limits, Request, page_request
from samples import NOW

PAGE = "https://www.dataprotection.ie/en/news"
OTHER = "https://www.dataprotection.ie/en/press"
ELSEWHERE_ON_DOMAIN = "https://dataprotection.ie/en/news"
FEED = "https://guidance.example.org/feed.toml"
ETAG, DATE = '"a\'b\\c, W/"', "Mon, 02 Nov 2026 10:00:00 GMT"
HELLO = b"<p>Hello</p>"


async def ask(request: Request, limits: Limits | None = None) -> Answer:
    async with open_client() as client:
        return await fetch(client, request, now=NOW, limits=limits or Limits())


async def ask_page(limits: Limits | None = None) -> Answer:
    return await ask(page_request(PAGE), limits)


async def failure(limits: Limits | None = None) -> str:
    answer = await ask_page(limits)
    assert isinstance(answer, Failed), answer
    return answer.why


# What may come of it


async def test_a_page_comes_with_its_charset_its_address_and_its_validators(web: LoopbackWeb) -> None:
    headers = {"ETag": ETAG, "Last-Modified": DATE}
    web.on(PAGE, Reply(body=HELLO, content_type='text/html; Charset="ISO-8859-15"', headers=headers))
    assert await ask_page() == Body(HELLO, "iso-8859-15", PAGE, ETAG, DATE)


async def test_a_page_in_pieces_without_a_length_comes_whole(web: LoopbackWeb) -> None:
    chunks = (b"5\r\n<p>He\r\n", b"7;ext=1\r\nllo</p>\r\n", b"0\r\n\r\n")
    web.on(PAGE, Reply(headers={"Transfer-Encoding": "chunked"}, pieces=chunks, content_type="text/html"))
    assert await ask_page() == Body(HELLO, "", PAGE)


@pytest.mark.parametrize("status", [404, 410])
async def test_a_page_that_is_no_more_is_gone(web: LoopbackWeb, status: int) -> None:
    web.on(PAGE, Reply(status, body=HELLO))
    assert await ask_page() == Gone(status)


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(body=b"%PDF", content_type="application/pdf"), "it is application/pdf, not a web page"),
        (Reply(body=HELLO, content_type=""), "it is of an unnamed kind, not a web page"),
        (Reply(body=HELLO, content_type="text/\x1b[31mhtml"), "it is text/\ufffd[31mhtml, not a web page"),
        (Reply(body=HELLO, headers={"Content-Encoding": "gzip"}), "it comes packed, though it was asked for as it is"),
        (Reply(204, content_type=""), "its answer holds no whole page (204)"),
        (Reply(206, body=HELLO), "its answer holds no whole page (206)"),
    ],
)
async def test_what_is_no_page_cannot_be_read_and_says_why(web: LoopbackWeb, reply: Reply, why: str) -> None:
    web.on(PAGE, reply)
    assert await ask_page() == Unreadable(why)


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (401, "it wants a log-in (401)"),
        (403, "it does not let this program in (403)"),
        (429, "it asks to be asked less often (429)"),
        (500, "its server has a fault (500)"),
        (503, "it is not available at the moment (503)"),
        (304, "it answers with something unforeseen (304)"),
        (300, "it answers with something unforeseen (300)"),
        (999, "it answers with something unforeseen (999)"),
    ],
)
async def test_a_refusal_is_said_in_our_words_only(web: LoopbackWeb, status: int, why: str) -> None:
    web.on(PAGE, Reply(status, reason="\x1b]0;owned\x07", body=b"" if status == 304 else HELLO))
    assert await failure() == why


# Asking again


async def test_validators_go_back_byte_for_byte_and_unchanged_is_an_answer(web: LoopbackWeb) -> None:
    headers = {"ETag": ETAG, "Last-Modified": DATE}
    web.on(PAGE, conditional(Reply(body=HELLO, headers=headers)))
    first = await ask_page()
    assert isinstance(first, Body)
    again = page_request(first.address, etag=first.etag, last_modified=first.last_modified)
    assert await ask(again) == NotModified()
    assert web.seen[-1].header("If-None-Match") == ETAG
    assert web.seen[-1].header("If-Modified-Since") == DATE


@pytest.mark.parametrize("etag", ['"\x1b[2J"', '"é"', f'"{"x" * 300}"', "\x01", ""])
async def test_a_validator_that_could_steer_a_terminal_or_is_long_is_not_kept(web: LoopbackWeb, etag: str) -> None:
    web.on(PAGE, Reply(body=HELLO, headers={"ETag": etag}))
    answer = await ask_page()
    assert answer == Body(HELLO, "utf-8", PAGE) or isinstance(answer, Failed)


async def test_two_validators_of_one_kind_are_none(web: LoopbackWeb) -> None:
    web.on(PAGE, Reply(body=HELLO, headers=(("ETag", '"a"'), ("ETag", '"b"'))))
    assert await ask_page() == Body(HELLO, "utf-8", PAGE)
