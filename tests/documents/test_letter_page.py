"""A letter as a page to print."""

import re

import pytest

from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES
from metaoptout_tui.documents.letter_page import render_letter_page
from sample_case import HOSTILE, Tags


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
def test_a_printed_letter_to_meta_has_a_line_to_sign(language: str) -> None:
    page = render_letter_page(language, "Subject", "Dear Meta,\n\nplease stop.", needs_signature_line=True).decode()
    assert page.count("<dt>") == page.count("<dd></dd>") == 1
    assert f'<html lang="{language}">' in page
    without = render_letter_page(language, "Subject", "Words", needs_signature_line=False).decode()
    assert "<dt>" not in without


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
