"""Playbooks that hold together are taken, and others are refused with the file and the key."""

import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cldr_countries
from exhaustive import parametrize_some
from metaoptout_tui.core.errors import GuidanceError
from metaoptout_tui.core.guidance.countries import find_countries
from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES, Playbook
from metaoptout_tui.core.language.translation import in_catalogue
from metaoptout_tui.guidance.checks import required_texts
from metaoptout_tui.guidance.loader import (
    COUNTRIES_FILE,
    PLAYBOOK_FILE,
    REASONS_FILE,
    TEXTS_FILE,
    load_countries,
    load_playbook,
    load_reason_texts,
    load_territories,
    parse_playbook,
    read_bundled,
)
from metaoptout_tui.translations.catalogues import load_catalogue

Structure = dict[str, Any]


@cache
def _bundled(name: str) -> Structure:
    return read_bundled(name)


def structure() -> Structure:
    return deepcopy(_bundled(PLAYBOOK_FILE))


def texts() -> Structure:
    return deepcopy(_bundled(TEXTS_FILE))


def parsed(playbook: Structure, sentences: Structure) -> Playbook:
    return parse_playbook(playbook, sentences, file="playbook.toml", texts_file="texts/en.toml")


def refusal(playbook: Structure, sentences: Structure) -> str:
    with pytest.raises(GuidanceError) as caught:
        parsed(playbook, sentences)
    return caught.value.what


def test_the_bundled_guidance_holds_together_and_loads_as_it_is_checked() -> None:
    assert parsed(structure(), texts()) == load_playbook()


def test_everything_is_read_once() -> None:
    for load in (load_playbook, load_reason_texts, load_countries):
        assert load() is load()


def test_what_is_loaded_cannot_be_changed_by_one_who_uses_it() -> None:
    playbook = load_playbook()
    for table in (playbook.sources, playbook.labels, playbook.texts.sentences, load_reason_texts(), load_countries()):
        with pytest.raises(TypeError):
            table["x"] = "y"  # type: ignore[index]  # what its type forbids is tried


def test_a_start_reads_the_guidance_without_what_only_checking_needs() -> None:
    program = (
        "import sys; from metaoptout_tui.guidance.loader import load_playbook; load_playbook();"
        "print('metaoptout_tui.guidance.checks' in sys.modules, 'metaoptout_tui.core.links' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


@pytest.mark.parametrize("name", ["absent.toml", "texts", "loader.py"])
def test_a_damaged_installation_is_said_with_what_to_do(name: str) -> None:
    with pytest.raises(GuidanceError) as caught:
        read_bundled(name)
    assert caught.value.what.startswith(f"{name}: ")
    assert caught.value.kept
    assert caught.value.todo


Change = Callable[[Structure, Structure], object]


def put(value: object, *keys: str | int) -> Change:
    """A change to the structure: `value` at the place that `keys` lead to."""

    def change(playbook: Structure, _: Structure) -> None:
        place: Any = playbook
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = value

    return change


def drop(*keys: str | int) -> Change:
    def change(playbook: Structure, _: Structure) -> None:
        place: Any = playbook
        for key in keys[:-1]:
            place = place[key]
        del place[keys[-1]]

    return change


def put_text(id: str, value: object) -> Change:
    return lambda _, sentences: sentences["sentences"].__setitem__(id, value)


MALFORMED: list[tuple[Change, str]] = [
    (put("sure", "statement", 12, "sureness"), 'statement[12].sureness: expected high, medium or low, found "sure"'),
    (put("tell", "statement", 3, "role"), 'statement[3].role: expected do, know, warn or why, found "tell"'),
    (put("red", "statement", 3, "colour"), "statement[3].colour: unknown key"),
    (put(True, "colours"), "colours: unknown key"),
    (drop("statement", 0, "sources"), "statement[0].sources: missing"),
    (put([], "statement", 0, "sources"), "statement[0].sources: expected a list of sources, found []"),
    (put("S01", "statement", 0, "sources"), 'statement[0].sources: expected a list of sources, found "S01"'),
    (put(["S999"], "statement", 0, "sources"), 'statement[0].sources: expected known sources, not "S999"'),
    (put(["S01", "S01"], "statement", 0, "sources"), "statement[0].sources: expected a list of sources, each once"),
    (put(["fly"], "statement", 0, "steps"), 'statement[0].steps: expected known steps, not "fly"'),
    (put(["orkut"], "statement", 0, "platforms"), 'statement[0].platforms: expected known platforms, not "orkut"'),
    (put(["mars"], "form", 0, "regions"), 'form[0].regions: expected known regions, not "mars"'),
    (put(["nowhere"], "path", 0, "labels"), 'path[0].labels: expected known labels, not "nowhere"'),
    (put(3, "statement", 5, "checked_on"), "statement[5].checked_on: expected a date in quotes"),
    (put("2025-13", "statement", 5, "checked_on"), "statement[5].checked_on: expected a date in quotes"),
    (put("2025-02-30", "statement", 5, "checked_on"), "statement[5].checked_on: expected a date in quotes"),
    (put("25", "statement", 5, "checked_on"), "statement[5].checked_on: expected a date in quotes"),
    (put("0000", "statement", 5, "checked_on"), "statement[5].checked_on: expected a date in quotes"),
    (put("٢٠٢٥", "statement", 5, "checked_on"), "statement[5].checked_on: expected a date in quotes"),
    (put(date(2025, 5, 21), "source", "S01", "date"), "source.S01.date: expected a date in quotes"),
    (put("2026", "published"), "published: expected a day in quotes"),
    (put("http://www.dataprotection.ie/", "source", "S01", "url"), "source.S01.url: expected an https address"),
    (put("https://dataprotection.example/", "source", "S01", "url"), "source.S01.url: expected an https address"),
    (put("http://www.facebook.com/", "form", 0, "url"), "form[0].url: expected an https address on a host of Meta"),
    (
        put("https://facebook.com.example/", "form", 0, "url"),
        "form[0].url: expected an https address on a host of Meta",
    ),
    (put("https://noyb.eu/", "form", 0, "url"), "form[0].url: expected an https address on a host of Meta"),
    (put("", "form", 0, "url"), "form[0].url: expected an https address on a host of Meta"),
    (put("yes", "field", 0, "always"), 'field[0].always: expected true or false, found "yes"'),
    (
        put("password", "field", 0, "fills"),
        'field[0].fills: expected email, reason, country, yes or nothing, found "pa',
    ),
    (put(["maybe"], "point", 0, "answers"), 'point[0].answers: expected known answers, not "maybe"'),
    (put(2, "schema"), "schema: 2 is newer than this program, which reads 1: update the program"),
    (put(0, "schema"), "schema: expected 1, the form that this program reads, found 0"),
    (put(1 << 70, "serial"), "serial: expected a number from 1, found a number without end"),
    (put(True, "serial"), "serial: expected a number from 1, found true"),
    (put(0, "serial"), "serial: expected a number from 1, found 0"),
    (drop("published"), "published: missing"),
    (drop("walk"), "walk: missing"),
    (put({}, "walk"), "walk: expected tables [[walk]], found a table"),
    (put([], "statement"), "statement: expected tables [[statement]], found []"),
    (put(None, "source"), "source: expected a table of at most 1000 entries, found nothing"),
    (put([1], "label"), "label: expected a table of at most 1000 entries, found [1]"),
    (put("object", "label", "object"), 'label.object: expected a table, found "object"'),
    (put({"nl": "bezwaar"}, "label", "object"), "label.object.en: missing"),
    (put("bezwaar", "label", "object", "pl"), "label.object.pl: unknown key"),
    (put("[bold]x[/]", "label", "object", "nl"), "label.object.nl: expected a text in one line, without brackets"),
    (put("a\x1b[2J", "source", "S01", "publisher"), "source.S01.publisher: expected a text in one line"),
    (put({"en": "x"}, "label", "spare"), "label.spare: no path has this label"),
    (put("identify.list", "statement", 0, "id"), '"identify.list" stands here twice'),
    (
        put("a b", "statement", 0, "id"),
        'statement[0].id: expected an id of letters, digits, dots and hyphens, found "a b"',
    ),
    (put(["nl"], "region", 0, "countries"), "region[0].countries: expected a list of country codes such as NL"),
    (put(["GB", "NL"], "region", 1, "countries"), 'region[1].countries: "NL" is in "eea" too'),
    (put(["US"], "region", 5, "countries"), "region[5].countries: expected none"),
    (put(["uk"], "statement", 0, "regions"), 'statement[0].regions: expected ["eea"] by its id'),
    (put(["posts"], "prompt", 2, "options"), 'prompt[2].options: "posts" stands in an earlier prompt too'),
    (put(["facebook"], "walk", 3, "platforms"), "walk: none holds for instagram in region none"),
    (put(["identify", "swim"], "walk", 0, "steps"), 'walk[0].steps: expected known steps, not "swim"'),
    (put_text("identify.list", "Look, {address}"), "sentences.identify.list: {address} cannot be filled in here"),
    (put_text("state.filed", "since {date.year}"), "sentences.state.filed: {date.year} cannot be filled in here"),
    (put_text("state.filed", "since {date!r}"), "sentences.state.filed: {date} cannot be filled in here"),
    (put_text("state.filed", "since {date:999999999}"), "sentences.state.filed: {date} cannot be filled in here"),
    (put_text("state.filed", "since {}"), "sentences.state.filed: {} cannot be filled in here"),
    (put_text("state.filed", "since {date"), "sentences.state.filed: its braces do not fit"),
    (put_text("next.add-account", "Add {account}"), "sentences.next.add-account: {account} cannot be filled in here"),
    (put_text("identify.list", "a [link=x]b"), "sentences.identify.list: expected plain text in one line"),
    (put_text("identify.list", "a\u202eb"), "sentences.identify.list: expected plain text in one line"),
    (put_text("identify.list", "two\nlines"), "sentences.identify.list: expected plain text in one line"),
    (put_text("identify.list", "a" * 601), "sentences.identify.list: expected at most 600 characters, found 601"),
    (put_text("identify.list", " "), 'sentences.identify.list: expected a text, found " "'),
    (put_text("identify.list", "Pay at evil.example"), 'sentences.identify.list: "evil.example" reads as an address'),
    (put_text("identify.list", "a\u3164b"), "sentences.identify.list: expected plain text in one line"),
    (put_text("identify.list", "a" + "\u0301" * 9), "sentences.identify.list: expected plain text in one line"),
    (
        put("Look at evil.example", "label", "object", "nl"),
        "label.object.nl: expected a text without the name of a host",
    ),
    (
        put(["facebook.com.evil.example"], "platform", 0, "hosts"),
        "platform[0].hosts: expected a list of domains of Meta",
    ),
    (
        put("https://www.facebook.com/help/contact/712876720715583", "page", "noyb-survey", "url"),
        "page.noyb-survey.url: expected an https address, on a host that this program knows, to be looked at",
    ),
    (
        put("rights", "page", "whatsapp-questions", "kind"),
        'page.whatsapp-questions.kind: expected meta, found "rights"',
    ),
    (
        put("meta", "page", "noyb-survey", "kind"),
        "page.noyb-survey.kind: expected another: Meta does not answer at this address",
    ),
    (put("2026-11-24", "form", 0, "checked_on"), "form[0].checked_on: expected no day after 2026-11-23"),
    (put("2027", "source", "S01", "date"), "source.S01.date: expected no day after 2026-11-23"),
    (put("2026-11-23", "expires"), "expires: expected a day after 2026-11-23, when it was published"),
    (put_text("identify.list", 3), "sentences.identify.list: expected a text, found 3"),
    (put_text("identify.lists", "Look."), "sentences.identify.lists: nothing uses this text"),
    (put_text("step.review.title.orkut", "Look"), "sentences.step.review.title.orkut: nothing uses this text"),
    (lambda _, sentences: sentences.pop("language"), "language: expected a code such as en, found nothing"),
    (lambda _, sentences: sentences.pop("sentences"), "sentences: expected a table, found nothing"),
    (lambda _, sentences: sentences.update(author="x"), "author: unknown key"),
]


@parametrize_some(MALFORMED[::3], ("change", "said"), MALFORMED, ids=[said for _, said in MALFORMED])
def test_a_malformed_playbook_is_refused_with_file_and_key(change: Change, said: str) -> None:
    playbook, sentences = structure(), texts()
    change(playbook, sentences)
    what = refusal(playbook, sentences)
    assert what.startswith(("playbook.toml: ", "texts/en.toml: "))
    assert said in what
    assert what.isprintable()


@pytest.mark.parametrize("good", ["2025", "2025-05", "2025-05-21", "2024-02-29"])
def test_a_date_is_as_exact_as_known(good: str) -> None:
    playbook = structure()
    playbook["statement"][5]["checked_on"] = good
    assert parsed(playbook, texts()).statements[5].basis.checked_on == good


def test_every_text_has_a_use_and_every_use_a_text() -> None:
    own_titles = {"step.review.title.whatsapp", "step.review.title.meta-ai", "step.open.title.elsewhere"}
    assert set(required_texts(load_playbook())) == set(_bundled(TEXTS_FILE)["sentences"]) - own_titles


@parametrize_some(
    6,
    "id",
    [
        "step.open.action",
        "state.filed",
        "cause.hub-changed",
        "next.nothing",
        "doubt.year",
        "terms.ai-2026",
        "answer.refused",
        "answer-word.done",
        "platform.facebook.hint",
        "reason-warning.short",
        "identify.list",
        "path.open-policy",
        "form.meta-general",
        "field.email.help",
        "trouble.page.helped",
        "whatsapp.hub.question",
        "prompt.data",
        "option.posts",
    ],
)
def test_a_use_without_a_text_is_refused(id: str) -> None:
    sentences = texts()
    del sentences["sentences"][id]
    said = refusal(structure(), sentences)
    assert said == f"texts/en.toml: sentences.{id}: missing, and playbook.toml needs it"


@parametrize_some(2, "step", ["identify", "open", "submit", "confirm", "review"])
@pytest.mark.parametrize("role", ["do", "why"])
def test_a_playbook_in_which_a_step_does_not_say_what_to_do_or_why_is_refused(step: str, role: str) -> None:
    playbook, sentences = structure(), texts()
    for row in [row for row in playbook["statement"] if step in row["steps"] and row["role"] == role]:
        row["role"] = "know"
    assert f"none with role {role} for step {step} of " in refusal(playbook, sentences)


@pytest.mark.parametrize(("kind", "said"), [("form", "form: none for"), ("point", "point: none for")])
def test_a_step_without_what_it_is_about_is_refused(kind: str, said: str) -> None:
    playbook, sentences = structure(), texts()
    for row in playbook[kind]:
        row["platforms"] = ["meta-ai"]
    assert said in refusal(playbook, sentences)


def test_a_form_that_does_not_ask_for_an_address_is_refused() -> None:
    playbook = structure()
    playbook["field"][0]["always"] = False
    assert "field: no e-mail address for facebook in region eea" in refusal(playbook, texts())


def test_a_source_on_which_nothing_rests_is_refused() -> None:
    playbook = structure()
    playbook["source"]["S999"] = playbook["source"]["S01"]
    assert refusal(playbook, texts()) == "playbook.toml: source.S999: nothing rests on this source"


def test_a_playbook_from_elsewhere_is_named_by_where_it_is_from() -> None:
    playbook = structure()
    del playbook["serial"]
    with pytest.raises(GuidanceError, match=r"^feed\.example: serial: missing$"):
        parse_playbook(playbook, texts(), file="feed.example")
    with pytest.raises(GuidanceError, match=r"^feed\.example \(texts\): language: "):
        parse_playbook(structure(), {}, file="feed.example")


def test_a_translation_of_the_texts_is_taken() -> None:
    sentences = texts()
    sentences["language"] = "nl"
    sentences["sentences"]["state.filed"] = "verstuurd, wacht sinds {date}"
    playbook = parsed(structure(), sentences)
    assert playbook.texts.language == "nl"
    assert playbook.texts.sentence("state.filed", date="3 nov") == "verstuurd, wacht sinds 3 nov"


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=4,
)


@given(st.data())
def test_whatever_stands_anywhere_a_playbook_is_taken_or_refused_in_one_printable_sentence(data: st.DataObject) -> None:
    playbook, sentences = structure(), texts()
    place: Any = data.draw(st.sampled_from([playbook, sentences]))
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        inner = place[key]
        if not (isinstance(inner, dict | list) and inner and data.draw(st.integers(0, 3))):
            break
        place = inner
    place[key] = data.draw(anything)
    said = ""
    try:
        parsed(playbook, sentences)
    except GuidanceError as error:
        said = str(error)
    assert said.isprintable()
    assert len(said) < 400


def test_countries_are_the_two_hundred_and_forty_nine_of_the_standard() -> None:
    countries = load_countries()
    assert len(countries) == 249
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in countries)
    names = [names[0] for names in countries.values()]
    assert len(set(names)) == len(names)
    assert all(name and name == name.strip() for names in countries.values() for name in names)


def test_every_territory_and_its_state_are_countries_and_only_the_state_has_a_region_of_its_own() -> None:
    playbook, countries = load_playbook(), load_countries()
    for territory, state in load_territories().items():
        assert territory in countries
        assert playbook.region_of_country(state).id == "eea"
        assert playbook.region_of_country(territory) == playbook.regions[-1]


def test_every_country_of_a_region_has_a_name(playbook: Playbook) -> None:
    for region in playbook.regions:
        assert set(region.countries) <= set(load_countries())


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Nederland", "NL"),
        ("Holland", "NL"),
        ("Deutschland", "DE"),
        ("Österreich", "AT"),
        ("Great Britain", "GB"),
        ("England", "GB"),
        ("Suisse", "CH"),
        ("Brasil", "BR"),
        ("Ελλάδα", "GR"),
        ("USA", "US"),
    ],
)
def test_a_country_is_found_by_the_name_people_give_it(typed: str, code: str) -> None:
    assert [each for each, names in load_countries().items() if typed in names] == [code]


def test_reasons_have_every_language_law_and_option(playbook: Playbook) -> None:
    reasons = load_reason_texts()
    assert tuple(reasons) == CONTENT_LANGUAGES
    options = {option for prompt in playbook.prompts if prompt.group != "role" for option in prompt.options}
    laws = {region.law for region in playbook.regions}
    for language, words in reasons.items():
        assert words.language == language
        assert set(words.parts) == options
        assert set(words.laws) == laws
        assert words.laws["none"] == ""
        assert words.on_behalf_of_child.count("{whose}") == 2
        assert all(law.startswith(" ") for name, law in words.laws.items() if name != "none")
        assert words.objection_stems
        assert words.withdrawal_stems
        assert words.deletion_stems
        assert not any("." in part or part != part.strip() for part in words.parts.values())


@pytest.mark.parametrize("name", [PLAYBOOK_FILE, TEXTS_FILE, REASONS_FILE, COUNTRIES_FILE])
def test_bundled_files_hold_no_character_that_steers_a_terminal(name: str) -> None:
    def strings(value: object) -> list[str]:
        match value:
            case str():
                return [value]
            case dict():
                return [text for key, inner in value.items() for text in (key, *strings(inner))]
            case list():
                return [text for inner in value for text in strings(inner)]
            case _:
                return []

    assert all(text.isprintable() for text in strings(_bundled(name)))


def test_a_country_is_shown_in_the_language_in_use_and_found_by_its_name_in_any_and_by_its_own() -> None:
    german = load_catalogue("de")
    assert german is not None
    with in_catalogue(german):
        countries = load_countries()
    assert [countries[code][0] for code in ("AT", "NL", "GR")] == ["Österreich", "Niederlande", "Griechenland"]
    for typed in ("Austria", "autriche", "oostenrijk", "Österreich"):
        assert find_countries(typed, countries)[0] == "AT"
    assert find_countries("ελλάδα", countries)[0] == "GR"
    assert load_countries()["AT"][0] == "Austria"


def test_the_names_of_countries_are_those_of_cldr() -> None:
    assert cldr_countries.present_table() == cldr_countries.of_cldr(list(load_countries()))
