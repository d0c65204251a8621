"""A case file is read by others: it speaks to nobody, says only what fits the case, and says whose it is."""

import re

import pytest
from hypothesis import given, settings

from exhaustive import examples
from generated_diaries import SENTENCE, records
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.remembered import OF_PERSON, Remembered
from sample_case import case, documents, full_record, of_country
from samples import NOW, account, at, entry, record

LAWS = {"NL": ("GDPR", "1182/71"), "GB": ("UK GDPR", "ICO"), "CH": ("FADP",), "BR": ("LGPD",)}
"""What only the law of a country is named by."""


def pages(progress: Record) -> str:
    return documents(case(progress, NOW))["md"].replace("\\", "")


def said(progress: Record) -> str:
    """What the program says, without what is quoted, what the person wrote and the authority's own remarks."""
    page = re.sub(r"## Authority\n.*?(?=\n## )", "", pages(progress), flags=re.DOTALL)
    return re.sub(r"“[^”]*”|<[^>]*>|> .*", "", page).replace(SENTENCE, "")


@settings(max_examples=examples(40))
@given(records())
def test_nobody_is_spoken_to(progress: Record) -> None:
    found = re.search(r".*\b(you|your|yours|I|my|we|our|us)\b.*", said(progress))
    assert found is None, found


@pytest.mark.parametrize("country", LAWS)
def test_no_other_law_and_no_platform_that_is_not_in_the_record(country: str) -> None:
    progress = of_country(
        record(
            account(
                "facebook", entry("filed", at(100)), entry("asked-applied", at(50)), entry("complained", at(8)), hub=""
            )
        ),
        country,
    )
    page = said(progress)
    others = {name for other, names in LAWS.items() if other != country for name in names} - set(LAWS[country])
    words = page.replace("UK GDPR", "UK-GDPR") if country != "GB" else page.replace("UK GDPR", "")
    assert [
        name for name in others if re.search(rf"(?<![\w-]){re.escape(name.replace('UK GDPR', 'UK-GDPR'))}", words)
    ] == []
    assert not re.search(
        "WhatsApp|Threads|2024|ribunal",
        page.partition("## Sources")[0].replace("a tribunal" if country == "GB" else "-", ""),
    )


@pytest.mark.parametrize("country", LAWS)
def test_what_is_called_sure_has_a_source_that_bears_it(country: str) -> None:
    made = case(of_country(full_record(), country), NOW)
    cited = {source.id: source for source in made.sources}
    for statement in made.statements:
        qualities = {cited[id].quality for id in statement.basis.sources if id in cited}
        assert statement.basis.sureness != "high" or qualities & {"primary", "good"}, statement.id


def test_what_the_person_has_to_do_is_not_told_to_others() -> None:
    page = pages(full_record())
    assert "Look for Meta's mail" not in page
    assert "- 21 Dec 2026 · **Meta's time to answer the objection**" in page


def test_it_says_whose_it_is_where_the_person_gave_a_name() -> None:
    named = full_record().with_remembered(OF_PERSON, Remembered({"name": "Huw Rees"}))
    assert "- For: Huw Rees\n" in pages(named)
    assert "- For:" not in pages(full_record())


def test_a_kept_file_is_named_by_what_it_proves() -> None:
    page = pages(full_record())
    assert "**Exhibit 1: Objection sent, with anna@example.org, 20 Nov 2026**\n  - File: screenshot.png" in page
