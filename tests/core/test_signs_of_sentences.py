"""In every language the signs around names, dates and labels are those of that language, and none stands twice."""

from collections.abc import Iterator

import pytest

from core.objection.test_diaries import DIARIES, events_of, moment
from core.test_said_in_the_language import said_of_account
from exhaustive import parametrize_some
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.formatting import quoted
from metaoptout_tui.core.language.translation import Sentence, gettext, in_catalogue
from metaoptout_tui.core.objection.agenda import appointments_of
from metaoptout_tui.core.objection.applicable_guidance import menu_path_words
from metaoptout_tui.core.objection.coverage_summary import summarize_coverage
from metaoptout_tui.core.objection.coverage_table import coverage_rows_of, describe_cover, describe_gaps
from metaoptout_tui.core.objection.event_sentences import date_warnings, describe_link
from metaoptout_tui.core.objection.farewell import farewell
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.objection.sentences import describe_group
from metaoptout_tui.core.record.account_names import group_name
from metaoptout_tui.guidance.loader import public_holiday_name
from metaoptout_tui.translations.catalogues import translated_languages
from pseudo_language import PseudoCatalogue, pseudo
from samples import account, record
from signs_of_sentences import load_catalogue_of_own_signs, wrong_signs_in


def said_of(diary: dict[str, str], playbook: Playbook) -> Iterator[str]:
    """All that is said of a diary on each day that it tells of."""
    hub = "private" if "linked" in diary else ""
    for line in diary["then"].splitlines():
        now = moment(line.split()[0])
        until = {
            name: [event for event in events_of(diary.get(name, "")) if event.at <= now]
            for name in ("events", "linked")
        }
        accounts = [account("facebook", *until["events"], hub=hub)]
        if hub:
            accounts.append(account("instagram", *until["linked"], hub=hub))
        progress = record(*accounts, country=diary.get("country", "NL"))
        overview = compute_overview(progress, playbook, now, public_holiday_name)
        for status in overview.statuses:
            yield from said_of_account(status, overview, progress, playbook)
        for appointment in appointments_of(overview, playbook, public_holiday_name):
            yield from (appointment.summary, appointment.description, appointment.follow_up)
        for row in coverage_rows_of(overview):
            yield from (describe_cover(row, progress, playbook, now), describe_gaps(row, playbook))
        yield from (summarize_coverage(overview), summarize_coverage(overview, is_brief=True))
        yield from map(describe_group, overview.groups)
        yield farewell(record(), progress, overview, playbook, "progress.toml")
        yield from date_warnings(progress, playbook, now)


@parametrize_some(("de", "fr"), "language", ["en", *translated_languages()])
def test_no_sign_of_a_sentence_stands_where_the_language_has_none(playbook: Playbook, language: str) -> None:
    with in_catalogue(load_catalogue_of_own_signs(language)):
        said = {words for diary in DIARIES for words in said_of(diary, playbook)}
    assert [sign for words in sorted(said) for sign in wrong_signs_in(words, language)] == []


@pytest.mark.parametrize(
    ("group", "shown"),
    [
        ("Accounts Centre", pseudo("Accounts Centre")),
        ("Accounts Centre 2", f"{pseudo('Accounts Centre')} 2"),
        ("Accounts Centre of Rosa", "Accounts Centre of Rosa"),
        ("My Accounts Centre 2", "My Accounts Centre 2"),
        ("private", "private"),
    ],
)
def test_a_group_that_the_program_named_is_called_so_in_the_language_in_use(group: str, shown: str) -> None:
    assert group_name(group) == group
    with in_catalogue(PseudoCatalogue()):
        assert group_name(group) == shown
        assert shown in describe_link(group)


def test_what_describes_a_place_in_the_menus_is_said_in_the_language_in_use(playbook: Playbook) -> None:
    labels = tuple(playbook.labels[id] for id in ("three-lines", "settings", "accounts-centre"))
    path = playbook.paths[0]._replace(labels=labels)
    assert menu_path_words(path, "de", " > ") == "(three lines) > Settings (English) > Kontenübersicht"
    with in_catalogue(PseudoCatalogue()):
        assert menu_path_words(path, "de", " > ").startswith(f"{pseudo('(three lines)')} > [Settings")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "“Facebook ‘Anna’” will not count."),
        ("de", "„Facebook ‚Anna‘“ will not count."),
        ("fr", "«\N{NO-BREAK SPACE}Facebook “Anna”\N{NO-BREAK SPACE}» will not count."),
        ("es", "«Facebook “Anna”» will not count."),
        ("nl", "“Facebook ‘Anna’” will not count."),
    ],
)
def test_what_is_quoted_within_a_quotation_has_other_marks(language: str, said: str) -> None:
    with in_catalogue(load_catalogue_of_own_signs(language)):
        name = f"Facebook {quoted('Anna')}"
        template = quoted("{event}") + " will not count."
        assert Sentence(template).format(event=name) == said
        assert quoted(name) == said.removesuffix(" will not count.")
        assert Sentence("{event} stays.").format(event=name) == f"{name} stays."


def test_an_entry_that_names_a_word_is_quoted_with_other_marks_on_the_screen() -> None:
    assert gettext("“{offer}” opens it.").format(offer="Object for “Anna”") == "“Object for ‘Anna’” opens it."
