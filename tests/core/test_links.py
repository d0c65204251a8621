"""Only Meta's own pages and known publishers are opened, and what is opened is what was checked."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.hosts import META_DOMAINS, PUBLISHER_DOMAINS, SHARED_HOST_PATHS
from metaoptout_tui.core.links import (
    SafeUrl,
    find_unknown_host,
    first_meta_url,
    parse_feed_url,
    parse_meta_url,
    parse_trusted_url,
    parse_watchable_url,
)

GENUINE = [
    "https://www.facebook.com/help/contact/712876720715583",
    "https://help.instagram.com/contact/767264225370182",
    "https://www.whatsapp.com/contact/forms/382532939919295/",
    "https://faq.whatsapp.com/1285115568956956/?locale=en_US",
    "https://fr-fr.facebook.com/help/contact/712876720715583",
    "https://accountscenter.meta.com/",
    "https://www.threads.net/@anna.nl",
    "https://www.threads.com/",
    "https://www.meta.ai/",
    "https://privacycenter.instagram.com/policy",
]

PUBLISHED = [
    "https://www.dataprotection.ie/en/news-media/latest-news/dpc-statement-meta-ai",
    "https://www.dataprotection.gov.cy/dataprotection/dataprotection.nsf/page1i_en/page1i_en?opendocument",
    "https://www.dataprotection.ro/index.jsp?page=Plangeri_RGPD",
    "https://uoou.gov.cz/verejnost/stiznost-na-spravce-nebo-zpracovatele",
    "https://www.bfdi.bund.de/DE/Service/Kontakt/Kontaktfinder/kontaktfinder_node.html",
    "https://www.br.de/nachrichten/netzwelt/meta-nutzt-ihre-daten-zum-ki-training-so-kann-man-widersprechen,UlpB1AR",
    "https://verbraucherzentrale-rlp.de/node/95646",
    "https://about.fb.com/news/2025/04/making-ai-work-harder-for-europeans/",
    "https://github.com/datenanfragen/website/pull/1179",
    "https://pastebin.com/ScakwUAi",
    "https://server-nexa.polito.it/hyperkitty/list/nexa@server-nexa.polito.it/thread/Z2ZX6YHT6OQ5OGTXGQJTCL25LJO7LOJP/",
    "https://www.meta.com/help/quest/126192406164229/",
]

HOSTILE = [
    # another host that looks like it
    "https://facebook.com.evil.example/help",
    "https://evil-facebook.com/help",
    "https://facebookk.com/",
    "https://notfacebook.com/",
    "https://facebook.com-login.example/",
    "https://facebook.co/",
    "https://facebook.com.de/",
    "https://evil.example/facebook.com",
    "https://evil.example/?facebook.com",
    "https://evil.example/#facebook.com",
    "https://f\u0430cebook.com/",
    "https://\uff46acebook.com/",
    "https://facebook\u3002com/",
    "https://faceboo\u212a.com/",
    "https://xn--fcebook-2fg.com/",
    "https://xn--80ak6aa92e.facebook.com/",
    "https://XN--80ak6aa92e.facebook.com/",
    "https://facebook.com\u200b.evil.example/",
    "https://facebook.com\u202e/moc.live",
    "https://157.240.1.35/",
    "https://[2a03:2880::1]/",
    "https://2648836387/",
    "https://localhost/",
    "https://fb.com/",
    "https://facebookmail.com/",
    "https://bund.de/",
    "https://example.org/",
    # a name or a port before the path
    "https://facebook.com@evil.example/",
    "https://facebook.com:443@evil.example/",
    "https://anna:secret@facebook.com/",
    "https://@facebook.com/",
    "https://facebook.com%40evil.example/",
    "https://facebook.com%2eevil.example/",
    "https://facebook.com:443/",
    "https://facebook.com:/",
    "https://facebook.com:8080/help",
    # no https, or no address
    "http://www.facebook.com/help",
    "HTTP://www.facebook.com/",
    "ftp://facebook.com/",
    "file:///etc/passwd",
    "javascript:alert(1)//facebook.com/",
    "data:text/html,facebook.com",
    "vscode://facebook.com/",
    "intent://facebook.com/#Intent",
    "//facebook.com/",
    "facebook.com",
    "https:facebook.com",
    "https:/facebook.com/",
    "https:///facebook.com/",
    "https://",
    "https:///",
    "",
    "--version",
    "-remote",
    "%action",
    # hosts that are no plain host names
    "https://facebook.com./",
    "https://.facebook.com/",
    "https://www..facebook.com/",
    "https://-www.facebook.com/",
    "https://www_x.facebook.com/",
    "https://" + "a" * 64 + ".facebook.com/",
    # characters that do not belong
    "https:\\\\facebook.com\\",
    "https://evil.example\\@facebook.com/",
    "https://evil.example\\.facebook.com/",
    "https://facebook.com/a b",
    " https://facebook.com/",
    "https://facebook.com/\n",
    "https://facebook.com/\r\nHost: evil.example",
    "https://face\tbook.com/",
    "https://facebook.com/\x00",
    "https://facebook.com/\x1b]52;c;AA==\x07",
    "https://facebook.com/'",
    'https://facebook.com/"onload=x',
    "https://facebook.com/<script>",
    "https://facebook.com/`id`",
    "https://facebook.com/$(id)",
    "https://facebook.com/;id",
    "https://facebook.com/{a}",
    "https://facebook.com/a|b",
    "https://facebook.com/%",
    "https://facebook.com/%zz",
    "https://facebook.com/%0d%0aSet-Cookie:x",
    "https://facebook.com/%00",
    "https://facebook.com/%22",
    "https://facebook.com/%5cevil",
    "https://facebook.com/%e2%80%ae",
    "https://facebook.com/%2522",
    "https://facebook.com/" + "a" * 2_000,
    # pages that pass a visitor on
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fevil.example",
    "https://l.facebook.com/",
    "https://lm.facebook.com/l.php",
    "https://lm.facebook.com/",
    "https://lm.instagram.com/x",
    "https://l.instagram.com/?u=https://evil.example",
    "https://l.threads.com/",
    "https://l.threads.net/x",
    "https://L.Facebook.com/x",
    "https://www.l.facebook.com/x",
    "https://www.facebook.com/l.php",
    "https://www.facebook.com/l.php/x",
    "https://www.facebook.com/L.PHP",
    "https://www.facebook.com/%6c.php",
    "https://www.facebook.com/flx/warn/",
    "https://www.facebook.com/sharer/sharer.php",
    "https://www.facebook.com/help?u=evil.example",
    "https://www.facebook.com/login?next=evil.example",
    "https://www.facebook.com/x?a=1&redirect_uri=evil.example",
    *(
        f"https://www.facebook.com/x?a=1&{name}=evil.example"
        for name in (
            *("u", "next", "login_next", "href", "r", "redirect", "redirect_after_login", "redir_uri", "continue"),
            *("cancel_url", "success_uri", "fallback_url", "returnUrl", "return_to", "callback", "goto", "dest"),
            *(
                "target_url",
                "image_url",
                "shareurl",
                "link",
                "deep_link",
                "deeplink",
                "forward",
                "out",
                "back",
                "ref_src",
            ),
            *("NEXT", "n%65xt", "next%5b%5d", "aref", "page_url", "destination", "app_link", "al_applink_data"),
        )
    ),
    "https://www.facebook.com/x;next=evil.example",
    "https://www.facebook.com/x#next=evil.example",
    "https://www.facebook.com/oauth/authorize?client=1",
    "https://www.facebook.com/v19.0/dialog/oauth",
    "https://www.facebook.com/n/?evil.example",
    "https://www.instagram.com/oauth/authorize",
    "https://www.facebook.com/x?a=https%3A%2F%2Fevil.example",
    "https://www.facebook.com/x?a=%2568ttps%253A%252F%252Fevil.example",
    "https://www.facebook.com/x?a=//evil.example",
    "https://www.facebook.com//evil.example",
    "https://www.facebook.com/x#https://evil.example",
    "https://lookaside.facebook.com/file",
    "https://apps.facebook.com/game",
    "https://www.facebook.com/help/../l.php",
    "https://www.facebook.com/help/%2e%2e/x",
    "https://www.facebook.com/help%3f/../x",
    "https://www.facebook.com/l.php%3fu=evil.example",
    # corners of shared hosts
    "https://github.com/evil/datenanfragen/",
    "https://github.com/datenanfragen-evil/x",
    "https://evil.github.com/datenanfragen/x",
    "https://github.com/datenanfragen/../evil",
    "https://gist.github.com/evil/1",
    "https://pastebin.com/ScakwUAiX",
    "https://pastebin.com/",
    "https://evil.substack.com/p/1",
]


@pytest.mark.parametrize("url", HOSTILE)
def test_a_hostile_address_is_refused_with_a_reason(url: str) -> None:
    for check in (parse_meta_url, parse_trusted_url):
        with pytest.raises(LinkRefused) as refused:
            check(url)
        assert re.search(r"is not used: .+\.", refused.value.what)
        assert refused.value.what.isprintable()


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("http://www.facebook.com/", "does not begin with https"),
        ("https://facebook.com@evil.example/", "puts a name before the host"),
        ("https://facebook.com:443/", "names a port"),
        ("https://xn--fcebook-2fg.com/", "letters beyond plain ASCII"),
        ("https://facebook.com.evil.example/", "does not end in a domain"),
        ("https://noyb.eu/en", "does not end in a domain of Meta"),
        ("https://l.facebook.com/", "passes visitors on"),
        ("https://www.facebook.com/l.php", "pass a visitor on"),
        ("https://www.facebook.com/x?a=https%3A%2F%2Fevil.example", "another address within"),
        ("https://www.facebook.com/a/../b", "up and down"),
        ("https://www.facebook.com/%2522", "more than once"),
        ("https://www.facebook.com/%22", "hides a blank, a quote"),
        ("https://www.facebook.com/" + "a" * 2_000, "longer than"),
    ],
)
def test_the_reason_is_the_right_one(url: str, fault: str) -> None:
    with pytest.raises(LinkRefused, match=fault):
        parse_meta_url(url)


def test_there_are_sixty_hostile_addresses_and_more() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 60


@pytest.mark.parametrize("url", GENUINE)
def test_a_page_of_meta_is_taken_as_it_is(url: str) -> None:
    assert str(parse_meta_url(url)) == url
    assert str(parse_trusted_url(url)) == url
    assert parse_meta_url(url).domain in META_DOMAINS


@pytest.mark.parametrize("url", PUBLISHED)
def test_a_page_of_a_source_is_taken_as_it_is(url: str) -> None:
    assert str(parse_trusted_url(url)) == url


@pytest.mark.parametrize("url", PUBLISHED[:-1])
def test_a_page_of_a_source_is_not_one_of_metas(url: str) -> None:
    with pytest.raises(LinkRefused):
        parse_meta_url(url)


def test_the_first_link_is_the_first_address_that_may_be_opened() -> None:
    assert first_meta_url([HOSTILE[0], PUBLISHED[0], *GENUINE]) == parse_meta_url(GENUINE[0])
    assert first_meta_url([HOSTILE[0]]) is None


@pytest.mark.parametrize("domain", META_DOMAINS)
def test_each_domain_and_its_subdomains_are_genuine_and_nothing_around_them(domain: str) -> None:
    assert parse_meta_url(f"https://{domain}").host == domain
    assert parse_meta_url(f"https://help.{domain}/x").domain == domain
    for other in (
        f"x{domain}",
        f"x-{domain}",
        f"{domain}.example",
        f"{domain}x",
        domain.replace(".", "-") + ".example",
    ):
        with pytest.raises(LinkRefused):
            parse_meta_url(f"https://{other}/")


def test_host_and_scheme_come_back_in_small_letters_and_the_path_as_it_was() -> None:
    safe = parse_meta_url("HTTPS://Help.Instagram.COM/Contact?Id=A%2Fb#Top")
    assert (safe.host, safe.path, safe.query, safe.fragment) == ("help.instagram.com", "/Contact", "Id=A%2Fb", "Top")
    assert str(safe) == "https://help.instagram.com/Contact?Id=A%2Fb#Top"


@pytest.mark.parametrize(
    "parts",
    [
        ("evil.example", "/", "", ""),
        ("facebook.com@evil.example", "/", "", ""),
        ("Facebook.com", "/", "", ""),
        ("facebook.com", "help", "", ""),
        ("facebook.com", "", "", ""),
        ("facebook.com", "/ x", "", ""),
        ("facebook.com", "/x?y", "", ""),
        ("facebook.com", "/", "a#b", ""),
        ("facebook.com", "/", "", "a#b"),
        ("facebook.com", "/", "u=evil.example", ""),
        ("l.facebook.com", "/", "", ""),
        ("facebook.com", "/\n", "", ""),
        ("facebook.com\n", "/", "", ""),
    ],
)
def test_an_address_cannot_be_made_from_unchecked_parts(parts: tuple[str, str, str, str]) -> None:
    with pytest.raises(LinkRefused):
        SafeUrl(*parts)


def test_nobody_else_can_register_under_a_publisher() -> None:
    shared_by_many = {
        *(
            "bund.de",
            "gov.cy",
            "gov.cz",
            "gov.lv",
            "gov.pl",
            "gov.sk",
            "gv.at",
            "gob.es",
            "org.mt",
            "org.uk",
            "co.uk",
            "co.za",
        ),
        *(
            "com.ar",
            "com.br",
            "lrv.lt",
            "public.lu",
            "admin.ch",
            "europa.eu",
            "bayern.de",
            "bremen.de",
            "hessen.de",
            "nrw.de",
        ),
        *(
            "rlp.de",
            "saarland.de",
            "sachsen.de",
            "sachsen-anhalt.de",
            "niedersachsen.de",
            "brandenburg.de",
            "datenschutz.de",
        ),
        *("fb.com", "github.com", "gov.uk", "substack.com", "dreamwidth.org", "pastebin.com", "githubusercontent.com"),
    }
    known = (*PUBLISHER_DOMAINS, *META_DOMAINS)
    assert not shared_by_many.intersection(known)
    assert all("." in domain and domain == domain.lower().strip(".") for domain in known)
    assert len(set(known)) == len(known)
    assert all(place.partition("/")[2] for place in SHARED_HOST_PATHS)
    for state in ("bund.de", "www.bund.de", "gov.cy", "evil.gov.cz", "evil.bayern.de", "evil.fb.com", "evil.europa.eu"):
        with pytest.raises(LinkRefused):
            parse_trusted_url(f"https://{state}/")


ADDRESSES = st.from_regex(
    re.compile(
        r"\A(https|http|HTTPS)?:?/{0,3}([a-z@:.\\-]{0,6})(www\.)?(facebook\.com|meta\.ai|evil\.example)([.:@\\]?[a-z0-9]{0,4})"
        r"([/?#][\x00-\x7f]{0,12})?\Z"
    )
)


@given(st.one_of(ADDRESSES, st.text(max_size=30).map("https://facebook.com/".__add__)))
def test_what_is_taken_is_plain_and_ends_in_a_domain_of_meta(url: str) -> None:
    try:
        safe = parse_meta_url(url)
    except LinkRefused:
        return
    assert re.fullmatch(r"https://([a-z0-9-]+\.)*(facebook\.com|meta\.ai)/[!-~]*", str(safe))
    assert not set(str(safe)) & set("\\\"'`<>|^{}$();*! ")
    assert parse_meta_url(str(safe)) == safe


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/playbook.toml",
        "https://feeds.consumers.example/nl/playbook.toml",
        "https://raw.githubusercontent.com/someone/guidance/main/playbook.toml",
        "https://example.org/feed?edition=latest",
        "https://example.org",
    ],
)
def test_a_feed_may_be_on_any_host_with_a_public_name_and_still_is_no_link_to_open(url: str) -> None:
    address = parse_feed_url(url)
    assert str(address).rstrip("/") == url
    assert not isinstance(address, SafeUrl)
    with pytest.raises(LinkRefused):
        parse_trusted_url(url)


def test_whatever_is_taken_for_a_feed_is_https_on_a_plain_name_without_disguise() -> None:
    for url in HOSTILE:
        with suppress(LinkRefused):
            address = str(parse_feed_url(url))
            assert re.fullmatch(r"https://(?:[a-z0-9-]+\.)+[a-z]{2,}/[!-~]*", address)
            assert "xn--" not in address


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://127.1/",
        "https://0x7f000001/",
        "https://1.2.3.0x4/",
        "https://[::1]/",
        "https://localhost/",
        "https://app.localhost/",
        *(
            f"https://feed.{end}/"
            for end in ("local", "internal", "lan", "home.arpa", "corp", "intranet", "onion", "test")
        ),
        *(f"https://feed.{end}/" for end in ("speedport.ip", "default.svc", "service.consul", "workgroup", "modem")),
        *(f"https://{name}/" for name in ("10.0.0.1.nip.io", "127-0-0-1.sslip.io", "localtest.me", "a.lvh.me")),
        "https://7f000001.c0a80001.rbndr.us/playbook.toml",
        "https://intranet/",
        "https://example.org:443/",
        "https://anna@example.org/",
        "https://example.org/#part",
        "https://bücher.example/",
        "https://xn--bcher-kva.example/",
        "https://l.facebook.com/l.php?u=example.org",
        "http://example.org/",
        "",
    ],
)
def test_a_number_a_name_of_the_machine_or_a_disguise_is_no_feed(url: str) -> None:
    with pytest.raises(LinkRefused):
        parse_feed_url(url)


@pytest.mark.parametrize(
    ("sentence", "strange"),
    [
        ("Log in at facebook.com.evil.example first.", "facebook.com.evil.example"),
        ("Pay at https://evil.example/pay now.", "evil.example"),
        ("Write to help@evil.example.", "evil.example"),
        ("Go to EVIL.Example", "EVIL.Example"),
        ("Go to f\u0430cebook.com", "f\u0430cebook.com"),
        ("Go to evil\uff0eexample", "evil.example"),
        ("Go to evil\u3002example", "evil.example"),
        ("Go to xn--fcebook-2fg.com", "xn--fcebook-2fg.com"),
        ("Go to https://2130706433/", "https://2130706433/"),
        ("Go to https://anna:x@facebook.com.example/", "facebook.com.example"),
        ("Type bit.ly/abc", "bit.ly"),
        ("It ends here.Then another", "here.Then"),
    ],
)
def test_a_sentence_that_leads_to_a_host_nobody_knows_is_found(sentence: str, strange: str) -> None:
    assert find_unknown_host(sentence) == strange


@pytest.mark.parametrize(
    "sentence",
    [
        "Mails come from facebookmail.com, facebook.com, fb.com or metamail.com, sometimes from mail.instagram.com.",
        "A fake mail can be reported to phish@fb.com.",
        "Your user name, such as @anna.nl",
        "Ask noyb.eu or the authority, e.g. the one of your country; z.B. 3.5 of 10. Then wait…",
        "It is version 1.2.3, of 20.11.2026.",
    ],
)
def test_a_sentence_may_name_hosts_that_are_known(sentence: str) -> None:
    assert find_unknown_host(sentence) == ""


@pytest.mark.parametrize(
    "url",
    [
        "https://www.dataprotection.ie/en/news-media/latest-news/dpc-statement-meta-ai",
        "https://about.fb.com/news/2025/04/making-ai-work-harder-for-europeans/",
        "https://www.meta.com/help/quest/126192406164229/",
        "https://www.whatsapp.com/legal/privacy-policy-eea",
        "https://www.whatsapp.com/privacyquestions",
    ],
)
def test_a_page_that_anyone_may_read_may_be_looked_at(url: str) -> None:
    assert str(parse_watchable_url(url)) == url
    assert parse_watchable_url(url).is_on_meta_site == ("dataprotection" not in url)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.facebook.com/help/contact/712876720715583",
        "https://www.facebook.com/HELP/Contact/712876720715583",
        "https://www.facebook.com/help/%63ontact/712876720715583",
        "https://help.instagram.com/contact/767264225370182",
        "https://www.whatsapp.com/contact/forms/382532939919295/",
        "https://accountscenter.meta.com/",
        "https://accountscenter.meta.com/help/",
        "https://privacycenter.instagram.com/policy",
        "https://www.facebook.com/privacy/center/",
        "https://www.facebook.com/settings/help/",
        "https://www.facebook.com/",
        "https://www.instagram.com/anna.nl/",
        "https://evil.example/help/",
    ],
)
def test_a_form_and_what_stands_behind_a_log_in_is_never_looked_at(url: str) -> None:
    with pytest.raises(LinkRefused):
        parse_watchable_url(url)
