"""A case file in another language: its pages are of it and say so, and nothing of theirs is left in English."""

import re

import pytest

from metaoptout_tui.core.language.translation import in_catalogue
from pseudo_language import PseudoCatalogue, english_left
from sample_case import Tags, build_usual_case, render_documents
from samples import at

OWN_WORDS = "Eigenes"
NAMES = """
    anna example org facebook instagram threads whatsapp shop private eigenes second line screenshot letter
    meta platforms ireland limited merrion road dublin autoriteit persoonsgegevens postbus den haag the netherlands
    dutch data protection authority niederlande edition this program metaoptout utc sha
    jan aug sept okt nov dez vor tagen
"""
DATA = frozenset((*NAMES.split(), "ab" * 32, "irland"))
"""What the person wrote, names, addresses, and what the dates of German leave; Meta's country in German."""


class OfGermany(PseudoCatalogue):
    """The invented language, with the dates and the code of German."""

    language = "de"


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    with in_catalogue(OfGermany()):
        return render_documents(build_usual_case(OWN_WORDS))


def test_the_page_says_in_which_language_it_is(told: dict[str, str]) -> None:
    assert ("html", {"lang": "de"}) in Tags(told["html"]).tags
    assert "PRODID:-//metaoptout-tui//case file//DE" in told["ics"]
    assert at(2).strftime("%d. Nov. %Y") in told["md"].replace("\\", "")


@pytest.mark.parametrize("ending", ["md", "html"])
def test_nothing_but_names_and_sources_is_english(told: dict[str, str], ending: str) -> None:
    words = told["md"].replace("\\", "") if ending == "md" else Tags(told["html"]).text
    # What is cited keeps the names of its publishers, and addresses are what they are.
    before_sources = re.split(r"\[Söürcés~?\]", words)[0 if ending == "md" else 1]
    without_addresses = re.sub(r"https?://\S+|\S+@\S+", "", before_sources)
    assert sorted({*english_left(without_addresses, DATA)}) == []


def test_the_printed_sheet_has_the_title_too(told: dict[str, str]) -> None:
    title = re.search(r"<title>(.*?)</title>", told["html"])
    assert title is not None
    assert f'content: "{title[1]}"' in told["html"]
