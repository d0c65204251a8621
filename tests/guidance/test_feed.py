"""An edition from elsewhere is read within bounds, judged by its serial and dates, and taken or refused in a sentence."""

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhaustive import parametrize_some
from guidance_editions import BUNDLED_SERIAL, NEXT_SERIAL, bundled_bytes, document, newer, written
from metaoptout_tui.core.errors import GuidanceError
from metaoptout_tui.core.guidance.edition_changes import compare_editions
from metaoptout_tui.core.guidance.editions import MAX_EDITION_BYTES
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.hosts import META_DOMAINS
from metaoptout_tui.core.language.translation import in_catalogue
from metaoptout_tui.core.links import find_unknown_host, parse_meta_url, parse_trusted_url, parse_watchable_url
from metaoptout_tui.guidance.feed import (
    MAX_SERIAL_GAP,
    EditionStatus,
    edition_problems,
    judge_edition,
    parse_edition,
)
from metaoptout_tui.guidance.loader import load_playbook
from metaoptout_tui.guidance.playbook_writer import write_playbook
from metaoptout_tui.translations.catalogues import load_catalogue

TODAY = date(2026, 11, 25)


def refusal(data: bytes) -> str:
    with pytest.raises(GuidanceError) as caught:
        parse_edition(data, name="feed.example")
    assert caught.value.what.startswith("feed.example")
    assert caught.value.what.isprintable()
    assert len(caught.value.what) < 300
    return caught.value.what


def test_the_bundled_guidance_in_one_file_is_an_edition_and_says_the_same(playbook: Playbook) -> None:
    assert parse_edition(bundled_bytes(), name="mine.toml") == playbook
    assert list(edition_problems(bundled_bytes(), name="mine.toml")) == []
    assert len(bundled_bytes()) < MAX_EDITION_BYTES * 2 // 3


def test_a_newer_edition_is_read_with_what_it_changes() -> None:
    edition = parse_edition(newer(), name="feed.example")
    assert (edition.serial, edition.published) == (NEXT_SERIAL, "2026-11-24")
    assert edition.texts.sentence("identify.list") == "Look at the list of accounts."


HOSTILE_URLS = [
    "https://facebook.com.evil.example/help/contact/712876720715583",
    "https://xn--fcebook-2fg.com/help/contact/712876720715583",
    "https://xn--80ak6aa92e.facebook.com/",
    "https://facebook.com@evil.example/",
    "https://www.facebook.com:8443/help",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fevil.example",
    "https://www.facebook.com/l.php?u=evil.example",
    "http://www.facebook.com/help/contact/712876720715583",
    "https://f\u0430cebook.com/",
    "https://127.0.0.1/",
    "https://www.facebook.com\\@evil.example/",
    "javascript:alert(1)//www.facebook.com/",
    "file:///etc/passwd",
    "",
]


@parametrize_some(4, "url", HOSTILE_URLS)
def test_a_form_that_is_not_plainly_metas_refuses_the_whole_edition(url: str) -> None:
    changed = document(serial=NEXT_SERIAL)
    changed["form"][0]["url"] = url
    assert "form[0].url: expected an https address on a host of Meta" in refusal(written(changed))


@parametrize_some(4, "url", [url for url in HOSTILE_URLS if url])
def test_a_source_or_page_on_a_host_that_is_not_built_in_refuses_the_whole_edition(url: str) -> None:
    changed = document(serial=NEXT_SERIAL)
    changed["source"]["S01"]["url"] = url
    assert "source.S01.url: expected an https address" in refusal(written(changed))
    changed = document(serial=NEXT_SERIAL)
    changed["page"]["noyb-survey"]["url"] = url
    assert "page.noyb-survey.url: expected an https address" in refusal(written(changed))


@parametrize_some(
    5,
    "sentence",
    [
        "Pay 20 euros at https://evil.example/pay",
        "Send your passport to help@evil.example",
        "Go to facebook.com.evil.example",
        "[@click=app.quit]Click here[/]",
        "[link='https://evil.example']facebook.com[/link]",
        "<a href=x>here</a>",
        "Look \u202e moc.koobecaf",
        "Look\u200b here",
        "Look\x1b]52;c;AA==\x07",
        "Look\x9b2J",
        "two\nlines",
        "{account.email}",
        "{0}",
        "a" * 601,
        "",
    ],
)
def test_a_sentence_that_could_do_more_than_be_read_refuses_the_whole_edition(sentence: str) -> None:
    changed = document(serial=NEXT_SERIAL)
    changed["texts"]["sentences"]["identify.list"] = sentence
    assert refusal(written(changed)).startswith("feed.example: texts.sentences.identify.list: ")


@pytest.mark.parametrize("place", [(), ("form", 0), ("source", "S01"), ("texts",), ("page", "noyb-survey")])
def test_an_unknown_key_refuses_the_whole_edition_and_is_named(place: tuple[str | int, ...]) -> None:
    changed = document(serial=NEXT_SERIAL)
    inner: Any = changed
    for part in place:
        inner = inner[part]
    inner["signature"] = "x"
    assert refusal(written(changed)).endswith("signature: unknown key")


def test_an_edition_without_texts_says_so() -> None:
    changed = document(serial=NEXT_SERIAL)
    del changed["texts"]
    assert refusal(written(changed)).startswith("feed.example: texts: expected a table with language and sentences")


def test_an_edition_for_a_newer_program_says_to_update_and_nothing_else() -> None:
    data = written(document(schema=2, serial=NEXT_SERIAL, colour="red", form="x"))
    assert list(edition_problems(data, name="feed.example")) == [
        "feed.example, line 1: schema: 2 is newer than this program, which reads 1: update the program"
    ]


TOO_MUCH = {
    "a byte too many": b"#" * (MAX_EDITION_BYTES + 1),
    "10,000 tables": b"".join(b"[a%d]\n" % number for number in range(10_000)),
    "10,000 nested tables": b"a = " + b"{a = " * 10_000,
    "10,000 nested headers": b"".join(b"[" + b".".join([b"a%d" % number] * 9) + b"]\n" for number in range(5_000)),
    "50,000 dots": b".".join([b"a"] * 50_000) + b" = 1",
    "50,000 dots in a header": b"[" + b".".join([b"a"] * 50_000) + b"]",
    "5,000 digits": b"serial = " + b"9" * 5_000,
    "200,000 hexadecimal digits": b"serial = 0x" + b"f" * 200_000,
    "100,000 brackets": b"a = " + b"[" * 100_000,
    "400 lists in each other": b"id = " + b"[" * 400 + b"]" * 400,
    "100,000 quotes": b"a = " + b'"' * 100_000,
    "50,000 entries": b"[[form]]\n" * 25_000,
    "long names": b"\n".join(b".".join([b"b%d" % number] * 16) + b" = 1" for number in range(2_500)),
    "no text": b"\xff\xfe" * 100,
    "a web page": b"\n<!doctype html><title>Log in</title>",
    "nothing": b"",
}


@pytest.mark.parametrize("data", TOO_MUCH.values(), ids=TOO_MUCH)
def test_an_edition_made_to_exhaust_the_reader_is_refused_in_one_sentence(data: bytes) -> None:
    refusal(data)


def test_just_as_much_as_is_allowed_is_read_and_not_a_byte_more(playbook: Playbook) -> None:
    data = bundled_bytes()
    data += b"#" * (MAX_EDITION_BYTES - len(data))
    assert parse_edition(data, name="feed.example") == playbook
    assert refusal(data + b"#") == "feed.example: this is larger than 1024 KB, so it is no playbook."


# Whether it may follow what is in use


def edition(playbook: Playbook, **changes: Any) -> Playbook:
    return playbook._replace(**{"serial": playbook.serial + 1, "published": "2026-11-25", **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"serial": BUNDLED_SERIAL + MAX_SERIAL_GAP},
        {"published": "2026-11-23"},
        {"published": "2026-11-27"},
        {"expires": "2026-11-25", "published": "2026-11-24"},
        {"expires": "2027-11-25"},
    ],
    ids=str,
)
def test_a_newer_edition_is_offered(playbook: Playbook, changes: dict[str, Any]) -> None:
    verdict = judge_edition(edition(playbook, **changes), in_use=playbook, today=TODAY)
    assert verdict.status is EditionStatus.NEW


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "other-guidance"}, "no edition of metaoptout-guidance"),
        ({"serial": NEXT_SERIAL + MAX_SERIAL_GAP}, "leaves out more than 1000 editions"),
        ({"serial": 1 << 62}, "leaves out more than 1000 editions"),
        ({"published": "2026-11-22"}, "before 2026-11-23, though its number is higher"),
        ({"published": "2026-11-28"}, "in the future"),
        ({"published": "9999-12-31"}, "in the future"),
        ({"expires": "2026-11-24", "published": "2026-11-23"}, "good until 2026-11-24 only"),
    ],
    ids=str,
)
def test_an_edition_whose_serial_or_dates_make_no_sense_is_refused_and_what_is_kept_is_said(
    playbook: Playbook, changes: dict[str, Any], said: str
) -> None:
    verdict = judge_edition(edition(playbook, **changes), in_use=playbook, today=TODAY)
    assert verdict.status is EditionStatus.REFUSED
    assert said in verdict.message
    assert "The guidance of 2026-11-23 stays in use." in verdict.message


def test_an_older_edition_never_takes_the_place_of_a_newer_one(playbook: Playbook) -> None:
    in_use = edition(playbook, serial=7)
    for serial in range(1, 7):
        verdict = judge_edition(edition(playbook, serial=serial), in_use=in_use, today=TODAY)
        assert verdict.status is EditionStatus.REFUSED
        assert f"Edition {serial} is older than edition 7" in verdict.message


def test_what_is_in_use_already_is_not_offered(playbook: Playbook) -> None:
    assert judge_edition(playbook, in_use=playbook, today=TODAY).status is EditionStatus.SAME


def test_what_was_refused_is_not_offered_again_and_does_not_stand_in_the_way_of_others(playbook: Playbook) -> None:
    far = edition(playbook, serial=900)
    verdict = judge_edition(far, in_use=playbook, today=TODAY, declined_serial=900)
    assert verdict.status is EditionStatus.DECLINED
    assert "You refused edition 900" in verdict.message
    for serial in (NEXT_SERIAL, 901):
        other = edition(playbook, serial=serial)
        assert judge_edition(other, in_use=playbook, today=TODAY, declined_serial=900).status is EditionStatus.NEW


# Whatever a feed sends


def _strings(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for inner in value.values() for text in _strings(inner)]
        case list():
            return [text for inner in value for text in _strings(inner)]
        case _:
            return []


def assert_harmless(edition: Playbook) -> None:
    """Every address is one that the program opens anyway, and no sentence holds more than words."""
    for form in edition.forms:
        assert parse_meta_url(form.url).domain in META_DOMAINS
    for source in edition.sources.values():
        assert source.url == "" or parse_trusted_url(source.url).domain
        assert source.publisher.isprintable()
    for page in edition.pages:
        assert parse_watchable_url(page.url).is_on_meta_site == (page.kind == "meta")
    for platform in edition.platforms:
        assert set(platform.hosts) <= set(META_DOMAINS)
    sentences = [
        *edition.texts.sentences.values(),
        *(word for label in edition.labels.values() for word in label.words.values()),
    ]
    for sentence in sentences:
        assert sentence.isprintable()
        assert not set("[]<>") & set(sentence)
        assert find_unknown_host(sentence) == ""


poison = st.sampled_from(
    [*HOSTILE_URLS, "https://evil.example/", "evil.example", "[b]x[/b]", "\x1b[2J", "\u202e", "x" * 2_000, "{x}"]
) | st.text(max_size=12)
anything = st.recursive(
    poison | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1, max_size=6), inner, max_size=3),
    max_leaves=4,
)


@pytest.mark.exhaustive
@given(st.data())
def test_whatever_a_feed_changes_it_is_refused_or_harmless(data: st.DataObject) -> None:
    changed = document(serial=NEXT_SERIAL)
    for _ in range(data.draw(st.integers(1, 3))):
        place: Any = changed
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            key = data.draw(st.sampled_from(keys))
            inner = place[key]
            if not (isinstance(inner, dict | list) and inner and data.draw(st.integers(0, 7))):
                break
            place = inner
        if isinstance(place, dict) and data.draw(st.booleans()):
            key = data.draw(st.sampled_from([key, "x", key + "."]))
        place[key] = data.draw(anything)
    with suppress(GuidanceError):
        assert_harmless(parse_edition(written(changed), name="feed.example"))


@pytest.mark.parametrize("table", ["statement", "form", "field"])
@pytest.mark.parametrize("sources", ["S01", ["S01", 1], {"S01": 1}, 1, None], ids=repr)
def test_sources_of_another_type_or_without_a_name_refuse_the_whole_edition(table: str, sources: object) -> None:
    changed = document(serial=NEXT_SERIAL)
    for row in changed[table]:
        row["sources"] = sources
        row["platforms"] = ["elsewhere"]
        if sources is None:
            del row["sources"]
    with pytest.raises(GuidanceError):
        parse_edition(written(changed), name="feed.example")


@given(st.data())
def test_whatever_bytes_a_feed_sends_it_is_refused_or_harmless(data: st.DataObject) -> None:
    whole = bundled_bytes()
    at = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(0, 200))
    put = data.draw(st.binary(max_size=20) | st.sampled_from([b"[[", b'"""', b"\n[x]\n", b"=", b"evil.example"]))
    with suppress(GuidanceError):
        assert_harmless(parse_edition(whole[:at] + put + whole[at + cut :], name="feed.example"))


def test_every_text_of_the_bundled_guidance_is_harmless(playbook: Playbook) -> None:
    assert_harmless(playbook)
    assert all(text.isprintable() for text in _strings(document()))


def test_an_edition_may_bring_its_sentences_in_several_languages() -> None:
    changed = document(serial=NEXT_SERIAL)
    changed["texts"]["sentences"]["identify.list"] = "Look at the list of accounts."
    changed["texts"]["translations"] = {
        "de": {"identify.list": "Sehen Sie die Liste der Konten an."},
        "sv": {"identify.list": "Titta på listan över konton."},
    }
    edition = parse_edition(written(changed), name="feed.example")
    german = load_catalogue("de")
    assert german is not None
    with in_catalogue(german):
        assert edition.texts.sentence("identify.list") == "Sehen Sie die Liste der Konten an."
        assert edition.texts.sentence("step.confirm.title") == "Bestätigung"  # the program's own words
    assert edition.texts.sentence("identify.list") == "Look at the list of accounts."
    assert parse_edition(write_playbook(edition).encode(), name="mine.toml") == edition
    titles = [change.name for change in compare_editions(load_playbook(), edition)]
    assert "sentence “identify.list” in sv" in titles


@pytest.mark.parametrize(
    ("translations", "problem"),
    [
        ({"en": {"identify.list": "Look."}}, "another language than en"),
        ({"de": {"no.such.sentence": "Nichts."}}, "no such sentence"),
        ({"de": {"identify.list": "Siehe {email}."}}, "cannot be filled in"),
        ({"de": {"identify.list": "Siehe https://evil.example/"}}, "de.identify.list"),
        ({"de": "Siehe"}, "a table for each language"),
        ("de", "a table for each language"),
    ],
)
def test_a_translation_that_could_do_more_than_be_read_refuses_the_whole_edition(
    translations: object, problem: str
) -> None:
    changed = document(serial=NEXT_SERIAL)
    changed["texts"]["translations"] = translations
    assert problem in refusal(written(changed))
