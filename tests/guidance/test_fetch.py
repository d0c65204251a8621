"""One request to one address of a real https server: what comes of it, and what it tells of the person (nothing)."""

import os
import socket
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from exhaustive import parametrize_some
from loopback_web import LoopbackWeb, Reply, conditional, redirect
from metaoptout_tui.core.errors import LinkRefused, NetworkUnusable
from metaoptout_tui.core.guidance.page_check_results import (
    PageGone,
    PageMoved,
    PageNotModified,
    PageNotReached,
    PageUnreadable,
)
from metaoptout_tui.guidance import fetch as fetching
from metaoptout_tui.guidance.fetch import NAME_NOT_RESOLVED, NO_CONNECTION, NO_PUBLIC_ADDRESS, fetch
from metaoptout_tui.guidance.fetch_requests import (
    FetchedBody,
    FetchLimits,
    FetchRequest,
    FetchResult,
    feed_request,
    page_request,
)
from metaoptout_tui.guidance.name_lookup import is_public_address
from metaoptout_tui.guidance.web_clients import open_web_clients
from samples import NOW

PAGE = "https://www.dataprotection.ie/en/news"
OTHER = "https://www.dataprotection.ie/en/press"
ON_BARE_DOMAIN = "https://dataprotection.ie/en/news"
FEED = "https://guidance.example.org/feed.toml"
ETAG, DATE = '"a\'b\\c, W/"', "Mon, 02 Nov 2026 10:00:00 GMT"
HELLO = b"<p>Hello</p>"
SAME_FOR_ALL = ("host", "connection", "user-agent", "accept", "accept-encoding")


async def ask(request: FetchRequest, limits: FetchLimits | None = None) -> FetchResult:
    async with open_web_clients() as client:
        return await fetch(client, request, now=NOW, limits=limits or FetchLimits())


async def ask_page(limits: FetchLimits | None = None) -> FetchResult:
    return await ask(page_request(PAGE), limits)


async def failure(limits: FetchLimits | None = None) -> str:
    answer = await ask_page(limits)
    assert isinstance(answer, PageNotReached), answer
    return answer.why


# What may come of it


async def test_a_page_comes_with_its_charset_its_address_and_its_validators(web: LoopbackWeb) -> None:
    headers = {"ETag": ETAG, "Last-Modified": DATE}
    web.on(PAGE, Reply(body=HELLO, content_type='text/html; Charset="ISO-8859-15"', headers=headers))
    assert await ask_page() == FetchedBody(HELLO, "iso-8859-15", PAGE, ETAG, DATE)


async def test_a_page_in_pieces_without_a_length_comes_whole(web: LoopbackWeb) -> None:
    chunks = (b"5\r\n<p>He\r\n", b"7;ext=1\r\nllo</p>\r\n", b"0\r\n\r\n")
    web.on(PAGE, Reply(headers={"Transfer-Encoding": "chunked"}, pieces=chunks, content_type="text/html"))
    assert await ask_page() == FetchedBody(HELLO, "", PAGE)


@pytest.mark.parametrize("status", [404, 410])
async def test_a_page_that_is_no_more_is_gone(web: LoopbackWeb, status: int) -> None:
    web.on(PAGE, Reply(status, body=HELLO))
    assert await ask_page() == PageGone(status)


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
    assert await ask_page() == PageUnreadable(why)


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
    assert isinstance(first, FetchedBody)
    again = page_request(first.permanent_url, etag=first.etag, last_modified=first.last_modified)
    assert await ask(again) == PageNotModified()
    assert web.seen[-1].header("If-None-Match") == ETAG
    assert web.seen[-1].header("If-Modified-Since") == DATE


@pytest.mark.parametrize("etag", ['"\x1b[2J"', '"\x9b2J"', '"é"', f'"{"x" * 300}"', ""])
async def test_a_validator_that_could_steer_a_terminal_or_is_long_is_not_kept(web: LoopbackWeb, etag: str) -> None:
    web.on(PAGE, Reply(body=HELLO, headers={"ETag": etag, "Last-Modified": etag}))
    assert await ask_page() == FetchedBody(HELLO, "utf-8", PAGE)


async def test_a_validator_that_was_tampered_with_in_the_cache_is_not_sent(web: LoopbackWeb) -> None:
    web.on(PAGE, Reply(body=HELLO))
    await ask(page_request(PAGE, etag="a\r\nX-Injected: 1", last_modified="\x1b"))
    assert {name.lower() for name, _ in web.seen[0].headers} == set(SAME_FOR_ALL)


async def test_two_validators_of_one_kind_are_none(web: LoopbackWeb) -> None:
    web.on(PAGE, Reply(body=HELLO, headers=(("ETag", '"a"'), ("ETag", '"b"'))))
    assert await ask_page() == FetchedBody(HELLO, "utf-8", PAGE)


# Being sent on


@pytest.mark.parametrize("status", [301, 308])
async def test_a_page_that_moved_for_good_has_its_new_address_and_its_validators(web: LoopbackWeb, status: int) -> None:
    web.on(PAGE, redirect("../en/./press", status))
    web.on(OTHER, redirect(ON_BARE_DOMAIN, status))
    web.on(ON_BARE_DOMAIN, Reply(body=HELLO, headers={"ETag": ETAG}))
    assert await ask_page() == FetchedBody(HELLO, "utf-8", ON_BARE_DOMAIN, ETAG)


@pytest.mark.parametrize("statuses", [(302, 301), (301, 302), (307, 307), (303, 308), (308, 303)])
async def test_a_page_that_is_elsewhere_for_now_keeps_its_address_and_takes_no_validators(
    web: LoopbackWeb, statuses: tuple[int, int]
) -> None:
    web.on(PAGE, redirect(OTHER, statuses[0]))
    web.on(OTHER, redirect(ON_BARE_DOMAIN, statuses[1]))
    web.on(ON_BARE_DOMAIN, Reply(body=HELLO, headers={"ETag": ETAG, "Last-Modified": DATE}))
    assert await ask_page() == FetchedBody(HELLO, "utf-8", PAGE)


async def test_validators_go_to_the_address_they_came_from_and_to_no_other(web: LoopbackWeb) -> None:
    web.on(PAGE, redirect(OTHER))
    web.on(OTHER, conditional(Reply(body=HELLO, headers={"ETag": ETAG})))
    assert await ask(page_request(PAGE, etag=ETAG)) == FetchedBody(HELLO, "utf-8", OTHER, ETAG)
    assert [each.header("If-None-Match") for each in web.seen] == [ETAG, None]


@pytest.mark.parametrize("location", [f"{OTHER}#top", "https://WWW.DataProtection.ie:443/en/press"])
async def test_an_address_is_followed_in_its_plain_form(web: LoopbackWeb, location: str) -> None:
    web.on(PAGE, redirect(location))
    web.on(OTHER, Reply(body=HELLO))
    assert await ask_page() == FetchedBody(HELLO, "utf-8", OTHER)


@parametrize_some(
    8,
    ("location", "shown"),
    [
        ("https://www.cnil.fr/en/news", ""),
        ("https://evil.example/x?from=dataprotection.ie", ""),
        ("//evil.example/x", "https://evil.example/x"),
        ("https://www.dataprotection.ie.evil.example/", ""),
        ("http://www.dataprotection.ie/en/news", ""),
        ("HTTPS://www.dataprotection.ie:8443/", "https://www.dataprotection.ie:8443/"),
        ("https://127.0.0.1/", ""),
        ("https://2130706433/", ""),
        ("https://0x7f000001/", ""),
        ("https://localhost/", ""),
        ("https://[::1]/", ""),
        ("https://192.168.1.1/admin", ""),
        ("https://169.254.169.254/latest/meta-data", ""),
        ("https://www.dataprotection.ie@evil.example/", ""),
        ("https://someone@www.dataprotection.ie/", ""),
        ("https://evil.example\\@www.dataprotection.ie/", "https://evil.example%5C@www.dataprotection.ie/"),
        ("https://www.d\u0430taprotection.ie/".encode().decode("latin-1"), "https://www.xn--dtaprotection-w1k.ie/"),
        ("https://www.xn--dtaprotection-w1k.ie/", ""),
        ("https://www.dataprotection.ie/login?next=/en/news", ""),
        ("file:///etc/passwd", "file:/etc/passwd"),
        ("https://[", "https://%5b"),
        ("https://www.dataprotection.ie:99999999/", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://l.facebook.com/l.php?u=https://www.dataprotection.ie/", ""),
    ],
)
async def test_nobody_goes_where_the_publisher_is_not(web: LoopbackWeb, location: str, shown: str) -> None:
    web.on(PAGE, redirect(location, 302))
    assert await ask_page() == PageMoved(shown or location)
    assert web.hosts == {"www.dataprotection.ie"}
    assert len(web.seen) == 1
    assert not web.plain


@pytest.mark.parametrize(
    "location",
    ["https://e\x1b[2J\x1b]0;owned\x07/", "https://www.\x7f.example/", "https://a\xad\xff.example/", "https://[::1/"],
)
async def test_being_sent_to_no_address_is_a_failure_without_its_words(web: LoopbackWeb, location: str) -> None:
    web.on(PAGE, redirect(location))
    assert await failure() == "it sends its readers to something that is no address"


async def test_a_very_long_address_is_cut_for_showing(web: LoopbackWeb) -> None:
    web.on(PAGE, redirect("https://evil.example/" + "x" * 20_000))
    answer = await ask_page()
    assert isinstance(answer, PageMoved)
    assert len(answer.address) == 200


async def test_a_circle_ends(web: LoopbackWeb) -> None:
    web.on(PAGE, redirect(OTHER))
    web.on(OTHER, redirect(PAGE, 302))
    assert await failure() == "it sends its readers round in a circle"
    assert len(web.seen) == 2


async def test_three_redirects_are_followed_and_not_a_fourth(web: LoopbackWeb) -> None:
    for step in range(4):
        web.on(f"{PAGE}/{step}", redirect(f"{PAGE}/{step + 1}"))
    web.on(f"{PAGE}/4", Reply(body=HELLO))
    assert await ask(page_request(f"{PAGE}/1")) == FetchedBody(HELLO, "utf-8", f"{PAGE}/4")
    assert await ask(page_request(f"{PAGE}/0")) == PageNotReached("it sends its readers on and on")


async def test_a_redirect_without_an_address_leads_nowhere(web: LoopbackWeb) -> None:
    web.on(PAGE, Reply(302))
    assert await failure() == "it answers with something unforeseen (302)"


# Being asked to wait


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("0", timedelta()),
        ("86401", timedelta(hours=24)),
        ("1000000000000", timedelta(hours=24)),
        ("9" * 5_000, timedelta(hours=24)),
        ("Mon, 23 Nov 2026 09:30:00 GMT", timedelta(minutes=30)),
        ("Mon, 23 Nov 2026 09:30:00 -0000", timedelta(minutes=30)),
        ("Mon, 23 Nov 2020 09:30:00 GMT", timedelta()),
        ("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(hours=24)),
        ("Mon, 99 Foo 2026 25:61:61 GMT", timedelta(hours=1)),
        ("Sat, 01 Jan 0001 00:00:00 +2359", timedelta()),
        ("-5", timedelta(hours=1)),
        ("1.5", timedelta(hours=1)),
        ("soon", timedelta(hours=1)),
        ("\x1b[2J", timedelta(hours=1)),
    ],
)
async def test_a_server_may_ask_to_be_left_alone_for_a_day_at_most(
    web: LoopbackWeb, said: str, wait: timedelta
) -> None:
    web.on(PAGE, Reply(429, headers={"Retry-After": said}))
    assert await ask_page() == PageNotReached("it asks to be asked less often (429)", NOW + wait)


@pytest.mark.parametrize("status", [403, 500, 503])
async def test_with_any_refusal_a_server_may_ask_to_be_left_alone(web: LoopbackWeb, status: int) -> None:
    web.on(PAGE, Reply(status, headers={"Retry-After": "60"}))
    answer = await ask_page()
    assert isinstance(answer, PageNotReached)
    assert answer.not_before == NOW + timedelta(minutes=1)


async def test_a_server_that_does_not_ask_to_be_left_alone_may_be_asked_again(web: LoopbackWeb) -> None:
    web.on(PAGE, Reply(503))
    answer = await ask_page()
    assert isinstance(answer, PageNotReached)
    assert answer.not_before is None


# What a request tells


async def test_every_request_has_the_same_headers_and_no_cookie_ever_goes_back(
    web: LoopbackWeb, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("default login anna password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LANG", "fr_CH.UTF-8")
    cookie = ("Set-Cookie", "id=anna; Path=/; Domain=dataprotection.ie; Max-Age=99999999")
    web.on(PAGE, Reply(302, headers=(("Location", OTHER), cookie)))
    web.on(OTHER, Reply(body=HELLO, headers=(cookie,)))
    web.on(FEED, Reply(body=b"serial = 1", headers=(cookie,), content_type="text/plain"))
    async with open_web_clients() as client:
        for _ in range(2):
            await fetch(client, page_request(PAGE), now=NOW)
            await fetch(client, feed_request(FEED), now=NOW)
    assert len(web.seen) == 6
    for seen in web.seen:
        assert tuple(name.lower() for name, _ in seen.headers) == SAME_FOR_ALL
        assert seen.method == "GET"
        assert seen.header("User-Agent") == "metaoptout-tui"
        assert seen.header("Accept-Encoding") == "identity"
    assert len({seen.headers[1:] for seen in web.seen}) == 1


async def test_only_the_host_that_was_asked_for_hears_of_it(web: LoopbackWeb) -> None:
    web.on(PAGE, Reply(body=b'<img src="https://tracker.example/"><meta http-equiv="refresh" content="0;/x">'))
    await ask_page()
    assert web.hosts == {"www.dataprotection.ie"}
    assert [seen.path for seen in web.seen] == ["/en/news"]


# What may be asked for


@pytest.mark.parametrize("url", ["https://evil.example/", "http://www.dataprotection.ie/", "https://localhost/"])
def test_a_page_of_nobody_known_is_not_asked_for(url: str) -> None:
    with pytest.raises(LinkRefused):
        page_request(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://guidance.example.org/feed.toml",
        "https://anna:secret@guidance.example.org/feed.toml",
        "https://@guidance.example.org/feed.toml",
        "https:///feed.toml",
        "https://guidance.example.org:99999/feed.toml",
        "https://guidance.ex\u0430mple.org/feed.toml",
        "https://evil.example\\@guidance.example.org/",
        "https://guidance.example.org/feed toml",
        "https://[::1/feed.toml",
        "file:///etc/passwd",
        "feed.toml",
        "",
        "https://guidance.example.org/" + "x" * 2_000,
    ],
)
def test_a_feed_is_asked_for_at_a_plain_https_address_only(url: str) -> None:
    with pytest.raises(LinkRefused) as refused:
        feed_request(url)
    assert "secret" not in refused.value.todo


async def test_a_feed_may_move_on_its_own_host_only(web: LoopbackWeb) -> None:
    toml = Reply(body=b"serial = 2", content_type="application/toml", headers={"ETag": ETAG})
    web.on(
        FEED, redirect("/new.toml"), redirect("https://example.org/feed.toml"), redirect("http://guidance.example.org/")
    )
    web.on("https://guidance.example.org/new.toml", toml)
    assert await ask(feed_request(FEED)) == FetchedBody(
        b"serial = 2", "", "https://guidance.example.org/new.toml", ETAG
    )
    assert await ask(feed_request(FEED)) == PageMoved("https://example.org/feed.toml")
    assert await ask(feed_request(FEED)) == PageMoved("http://guidance.example.org/")
    assert web.hosts == {"guidance.example.org"}


async def test_a_feed_that_is_a_web_page_is_none(web: LoopbackWeb) -> None:
    web.on(FEED, Reply(body=HELLO))
    assert await ask(feed_request(FEED)) == PageUnreadable("it is text/html, not a guidance file")


async def test_a_feed_is_smaller_than_a_page(web: LoopbackWeb) -> None:
    web.on(
        FEED,
        Reply(body=b"#" * 1024 * 1024, content_type="text/plain"),
        Reply(body=b"#" * (1024 * 1024 + 1), content_type=""),
    )
    answer = await ask(feed_request(FEED))
    assert isinstance(answer, FetchedBody)
    assert len(answer.data) == 1024 * 1024
    assert await ask(feed_request(FEED)) == PageUnreadable("it is larger than 1024 KiB")


# The way out


async def test_a_host_that_the_environment_excepts_is_asked_without_the_proxy(
    web: LoopbackWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "localhost")
    monkeypatch.setenv("no_proxy", "localhost")
    web.on("https://localhost/feed.toml", Reply(body=b"serial = 1", content_type="text/plain"))
    url = f"{web.direct}/feed.toml"
    assert await ask(feed_request(url)._replace(is_public_only=False)) == FetchedBody(b"serial = 1", "", url)
    assert not web.hosts


@pytest.fixture
def without_proxy(web: LoopbackWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the environment's stands between this computer and the hosts."""
    del web  # which names its proxy there
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


def leading_to(*addresses: str) -> Callable[..., Any]:
    """A lookup of names after which every name leads to these addresses; numbers stay what they are."""
    real = socket.getaddrinfo

    def look_up(host: Any, *rest: Any, **named: Any) -> Any:
        if isinstance(host, str) and host[:1].isalpha():
            return [(0, 0, 0, "", (address, 0)) for address in addresses]
        return real(host, *rest, **named)

    return look_up


NOT_PUBLIC = {
    "this computer": ("127.0.0.1", "127.1.2.3", "0.1.2.3", "::1", "::"),
    "a network at home or at work": (
        *("10.0.0.1", "172.16.5.4", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12:3456::1", "fec0::1"),
    ),
    "one link": ("169.254.169.254", "fe80::1", "fe80::1%eth0", "2a00:1450::1%eth0"),
    "shared by customers of a provider": ("100.64.0.1", "100.127.255.255"),
    "documentation": ("192.0.2.1", "198.51.100.1", "203.0.113.255", "2001:db8::1", "3fff::1", "3fff:fff::1"),
    "multicast": ("224.0.0.1", "233.252.0.1", "239.1.1.1", "ff02::1", "ff0e::1"),
    "measurements": ("198.18.0.1", "198.19.255.255", "2001:2::1"),
    "protocols": ("192.0.0.1", "192.0.0.8", "192.0.0.9", "192.0.0.170", "100::1", "2001:1::1", "2001:20::1", "5f00::1"),
    "reserved": ("240.0.0.1", "255.255.255.255", "200::1", "4000::1", "e000::1"),
    "IPv4 within IPv6": ("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "::ffff:0:10.0.0.1"),
    "6to4 and its relays": ("2002:7f00:1::1", "2002:c0a8:101::", "2002:808:808::1", "192.88.99.1"),
    "Teredo": ("2001:0:808:808::1", "2001::1"),
    "NAT64": ("64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::224.0.0.1", "64:ff9b:1::8.8.8.8"),
    "no address": ("", "localhost", "127.1", "2130706433", "0x7f.1", "8.8.8.8:443", "[2a00:1450::1]", "8.8.8.8/32"),
}


@pytest.mark.parametrize("kind", NOT_PUBLIC)
def test_an_address_of_another_kind_is_not_public(kind: str) -> None:
    assert [address for address in NOT_PUBLIC[kind] if is_public_address(address)] == []


@pytest.mark.usefixtures("without_proxy")
@pytest.mark.parametrize("address", [addresses[0] for kind, addresses in NOT_PUBLIC.items() if kind != "no address"])
async def test_a_feed_whose_name_leads_to_no_public_address_is_not_asked(
    web: LoopbackWeb, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", leading_to(address))
    assert await ask(feed_request(FEED)) == NO_PUBLIC_ADDRESS
    assert not web.seen


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "172.32.0.1",
        "100.128.0.1",
        "192.0.1.1",
        "192.88.98.1",
        "223.255.255.255",
        "2a00:1450::1",
        "2001:200::1",
        "2620:4f::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
    ],
)
def test_an_address_of_the_public_internet_is_told(address: str) -> None:
    assert is_public_address(address)


@pytest.mark.usefixtures("without_proxy")
async def test_a_feed_is_connected_to_at_the_very_address_that_was_checked(
    web: LoopbackWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.on("https://localhost/feed.toml", Reply(body=b"serial = 1", content_type="text/plain", headers={"ETag": ETAG}))
    real, looked_up = socket.getaddrinfo, []

    def rebinding(host: Any, *rest: Any, **named: Any) -> Any:
        # The first answer is the one that is checked; any later lookup of the name would lead elsewhere.
        if host == "localhost":
            looked_up.append(host)
            return [(0, 0, 0, "", (address, 0)) for address in ("10.0.0.1", "127.0.0.1")][: 3 - len(looked_up)]
        return real(host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(fetching, "is_public_address", lambda address: address == "127.0.0.1")
    url = f"{web.direct}/feed.toml"
    assert await ask(feed_request(url)) == FetchedBody(b"serial = 1", "", url, ETAG)
    assert looked_up == ["localhost"]
    [seen] = web.seen
    assert seen.header("Host") == url.removeprefix("https://").partition("/")[0]
    assert [name.lower() for name, _ in seen.headers].count("host") == 1
    assert {name.lower() for name, _ in seen.headers} == set(SAME_FOR_ALL)


@pytest.mark.usefixtures("without_proxy")
async def test_the_certificate_has_to_be_of_the_feeds_name_and_not_of_its_address(
    web: LoopbackWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.certified_as["localhost"] = "127.0.0.1"
    monkeypatch.setattr(socket, "getaddrinfo", leading_to("127.0.0.1"))
    monkeypatch.setattr(fetching, "is_public_address", lambda _: True)
    assert await ask(feed_request(f"{web.direct}/feed.toml")) == PageNotReached("its certificate is for another host")
    assert not web.seen


@pytest.mark.usefixtures("without_proxy")
async def test_a_feed_is_asked_at_its_next_public_address_where_the_first_does_not_answer(
    web: LoopbackWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.on("https://localhost/feed.toml", Reply(body=b"serial = 1", content_type="text/plain"))
    monkeypatch.setattr(socket, "getaddrinfo", leading_to("127.255.255.254", "127.0.0.1"))
    monkeypatch.setattr(fetching, "is_public_address", lambda _: True)
    url = f"{web.direct}/feed.toml"
    assert await ask(feed_request(url)) == FetchedBody(b"serial = 1", "", url)


async def test_behind_a_proxy_a_feed_is_asked_by_its_name_even_where_an_exception_only_looks_like_it(
    web: LoopbackWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "dance.example.org")  # the end of the host's letters, and not of its name
    web.on(FEED, Reply(body=b"serial = 1", content_type="text/plain"))
    assert await ask(feed_request(FEED)) == FetchedBody(b"serial = 1", "", FEED)
    assert web.hosts == {"guidance.example.org"}


async def test_a_proxy_that_refuses_is_named_as_the_cause(web: LoopbackWeb) -> None:
    web.refusing = True
    assert await failure() == "the proxy does not let it through"


async def test_a_server_that_nobody_known_vouches_for_gets_no_request(
    web: LoopbackWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert await failure() == "its certificate is signed by nobody that this computer trusts"
    assert not web.seen


async def test_a_certificate_for_another_host_is_not_taken(web: LoopbackWeb) -> None:
    web.certified_as["www.dataprotection.ie"] = "evil.example"
    assert await failure() == "its certificate is for another host"
    assert not web.seen


async def test_certificates_may_stand_in_a_folder(
    web: LoopbackWeb, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "")
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert await failure() == "its certificate is signed by nobody that this computer trusts"
    assert not web.seen


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:1", "http://proxy.invalid:3128"])
async def test_a_proxy_that_is_not_there_is_a_failure_like_being_offline(
    monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, proxy)
    assert await ask_page() in (NO_CONNECTION, NAME_NOT_RESOLVED)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SSL_CERT_FILE", "/nowhere/authority.pem"),
        ("SSL_CERT_FILE", __file__),
        ("SSL_CERT_DIR", "/nowhere"),
        ("HTTPS_PROXY", "garbage:://x"),
        ("HTTPS_PROXY", "http://[::1"),
        ("HTTPS_PROXY", "http://anna:secret@proxy.example:port"),
        ("ALL_PROXY", "socks5://127.0.0.1:9050"),
        ("ALL_PROXY", "\x1b[2J"),
    ],
)
async def test_a_setting_that_cannot_be_used_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    for each in ("HTTPS_PROXY", "ALL_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(each, raising=False)
        monkeypatch.delenv(each.lower(), raising=False)
    monkeypatch.setenv(name, value)
    with pytest.raises(NetworkUnusable) as refused:
        await ask_page()
    assert name in refused.value.what
    assert refused.value.kept
    assert refused.value.todo
    assert "secret" not in str(refused.value)
    assert str(refused.value).isprintable()
