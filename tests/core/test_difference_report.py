"""Nothing in the report that something looked different tells whose it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.difference_report import Difference, mask_private, private_words
from metaoptout_tui.core.record.accounts import Account, Person, Record

PLATFORMS = ("Facebook", "Instagram", "Threads", "WhatsApp", "Meta AI app or glasses")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("It said anna.jansen+meta@example.org is wrong", "It said [address] is wrong"),
        ("<anna@example.org>, then @anna.nl", "<[address]>, then [handle]"),
        ("call +31 6 1234 5678 or (030) 123-45678", "call [number] or [number]"),
        ("at www.facebook.com/anna.jansen.5 and https://instagram.com/anna?igsh=abc", "at [link] and [link]"),
        ("https://example.org/a?me=anna", "[link]"),
        ("https://www.facebook.com/help/contact/712876720715583?ref=anna", "https://www.facebook.com/help/contact/712876720715583"),
        ("facebook.com/help/712876720715583 was gone", "facebook.com/help/712876720715583 was gone"),
    ],
)  # fmt: skip
def test_addresses_handles_numbers_and_links_are_taken_out(typed: str, shown: str) -> None:
    masked = mask_private(typed)
    assert masked.text == shown
    assert bool(masked.times) is (typed != shown)


@pytest.mark.parametrize(
    "typed",
    [
        "Settings → Privacy Centre → AI at Meta",
        "Instagram 412.0.0.35.87 on Android 15, since 2026-11-20",
        "It asks to write @Meta AI in a chat, 24 hours later",
    ],
)
def test_menus_versions_dates_and_metas_own_name_stay(typed: str) -> None:
    assert mask_private(typed) == (typed, 0)


def test_names_of_the_record_are_taken_out_in_whole_and_in_part() -> None:
    record = Record(
        Person("NL", "en", "anna.jansen@example.org"),
        (
            Account("facebook", "facebook", "Anna Jansen", "anna@example.org", "Family de Vries"),
            Account("instagram", "instagram", "@annas_shop", "", ""),
            Account("threads", "threads", "Threads 2", "", "Accounts Centre"),
        ),
    )
    names = private_words(record, PLATFORMS, ["Street 12\n1011 Anytown"])
    typed = "ANNA’s page: “Jansen, Anna”, annas_shop, group Vries, of Anytown. Threads and Accounts Centre stay."
    masked = mask_private(typed, names).text
    for word in ("anna", "jansen", "annas_shop", "vries", "anytown"):
        assert word not in masked.casefold()
    assert masked.endswith("Threads and Accounts Centre stay.")


@given(st.text(max_size=60), st.text(max_size=60))
def test_an_address_is_taken_out_whatever_stands_around_it(before: str, after: str) -> None:
    assert "canary@example.org" not in mask_private(f"{before} canary@example.org {after}").text


def test_the_report_says_what_was_seen_where_and_what_the_guide_says() -> None:
    report = Difference(
        "Open Privacy Centre",
        "Instagram",
        "Netherlands",
        "English",
        "",
        "Settings\nPrivacy",
        ("In Instagram: Settings → Privacy Centre",),
        "metaoptout-tui 0.1.0, guidance 12 of 2026-11-23",
    )
    assert report.text == (
        "It looked different: Open Privacy Centre\n\n"
        "- Platform: Instagram\n- Country: Netherlands\n- Language of Meta's menus: English\n"
        "- App or browser: not said\n- Program and guidance: metaoptout-tui 0.1.0, guidance 12 of 2026-11-23\n\n"
        "What was seen:\n\n> Settings\n> Privacy\n\n"
        "What the guide says:\n\n- In Instagram: Settings → Privacy Centre\n"
    )
