"""A letter as a page to print."""

import re
from dataclasses import replace
from datetime import date

import pytest

from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES
from metaoptout_tui.core.letters.letter_facts import LetterFacts
from metaoptout_tui.documents.html_pages import render_letter_page
from metaoptout_tui.documents.letter_head import dated_from, dated_until, subject_line, with_subject
from metaoptout_tui.documents.letters import write_letter
from sample_case import HOSTILE, Tags


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
def test_a_printed_letter_to_meta_has_a_line_to_sign(language: str) -> None:
    page = render_letter_page(language, "Subject", "Dear Meta,\n\nplease stop.", needs_signature_line=True).decode()
    assert page.count("<dt>") == page.count("<dd></dd>") == 1
    assert f'<html lang="{language}">' in page
    without = render_letter_page(language, "Subject", "Words", needs_signature_line=False).decode()
    assert "<dt>" not in without


@pytest.mark.parametrize(
    ("language", "place_and_date", "greeting"),
    [
        ("en", "Utrecht, 1 December 2026", "Dear Sir or Madam,"),
        ("nl", "Utrecht, 1 december 2026", "Geachte heer, mevrouw,"),
        ("de", "Utrecht, 1. Dezember 2026", "Sehr geehrte Damen und Herren,"),
        ("fr", "Utrecht, le 1er décembre 2026", "Madame, Monsieur,"),
        ("es", "Utrecht, a 1 de diciembre de 2026", "Estimados señores y señoras:"),
        ("it", "Utrecht, 1º dicembre 2026", "Gentili Signore e Signori,"),
    ],
)
def test_the_subject_stands_below_sender_recipient_place_and_date(
    language: str, place_and_date: str, greeting: str
) -> None:
    body = f"Anna\nStreet 1\n\nMeta\nDublin 4\n\n{place_and_date}\n\n{greeting}\n\nplease stop."
    page = render_letter_page(language, "Words", body, needs_signature_line=False).decode()
    parts = re.findall(r'<(?:p|h1) class="own">([^<]*)<', page)
    assert parts[:3] == ["Anna\nStreet 1", "Meta\nDublin 4", place_and_date]
    assert parts[3] == subject_line(language, "Words")
    assert parts[4:] == [greeting, "please stop."]
    whole = with_subject(language, "Words", body)
    assert whole.split("\n\n")[2:5] == [place_and_date, subject_line(language, "Words"), greeting]
    # Where somebody took place and date out it stands above the greeting, and without that at the top.
    undated = with_subject(language, "Words", body.replace(f"{place_and_date}\n\n", ""))
    assert undated.split("\n\n")[2:4] == [subject_line(language, "Words"), greeting]
    assert with_subject(language, "Words", "Hello").startswith(subject_line(language, "Words"))


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
def test_a_letter_begun_before_bears_the_day_of_today_and_one_sent_before_that_day(language: str) -> None:
    begun, today = date(2026, 11, 30), date(2026, 12, 1)
    facts = LetterFacts(today=begun, filed=begun, filled_in={"place": "Utrecht"})
    begun_text = write_letter("reminder", language, "gdpr", facts).text
    text = dated_from(language, begun_text, today)
    assert text == write_letter("reminder", language, "gdpr", replace(facts, today=today)).text
    assert text != begun_text
    assert dated_from(language, text, begun) == text
    assert dated_until(language, text, begun) == begun_text
    assert dated_until(language, begun_text, today) == begun_text
    for other in ("", "Words", "Words\n\nmore"):
        assert dated_from(language, other, today) == dated_until(language, other, begun) == other


def test_whatever_was_typed_is_only_text_and_the_page_loads_nothing() -> None:
    page = render_letter_page("en", HOSTILE, f"{HOSTILE}\n\n{HOSTILE}", needs_signature_line=True).decode()
    tags = Tags(page)
    assert {tag for tag, _ in tags.tags} <= {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "h1",
        "p",
        "dl",
        "dt",
        "dd",
    }
    assert "default-src 'none'" in page.replace("&#x27;", "'")
    assert not re.search(r"(?:src|href)=", re.sub(r"&[a-z#0-9]+;[^<]*", "", page))
