"""The sentences of each language: whole, with the same places, and never read from a file made of others."""

import re
import tomllib
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from exhaustive import parametrize_some
from metaoptout_tui.app.commands.command_synonyms import SEARCH_CONTEXT
from metaoptout_tui.core.guidance.texts import GuidanceTexts
from metaoptout_tui.core.language.cldr import FORMATS
from metaoptout_tui.core.language.translation import ENGLISH, in_catalogue, ngettext, pgettext
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.guidance import loader
from metaoptout_tui.translations import catalogues
from metaoptout_tui.translations.po_file import compile_po
from translations import __main__ as tool


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the sentences of one invented language edition, not compiled yet."""
    catalogue = tool.empty_catalogue("de")
    catalogue.add("Saved.", "Gesichert.")
    catalogue.add(("{count} day", "{count} days"), ("{count} Tag", "{count} Tage"))
    catalogue.add("open", "öffnen", context="a form")
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    monkeypatch.setattr(tool, "FOLDER", tmp_path)
    tool.write_language("de", catalogue)
    return tmp_path / "compiled"


def test_what_the_build_compiles_is_what_the_program_says(folder: Path) -> None:
    catalogues.compile_catalogues(folder)
    german = catalogues.load_catalogue("de", folder)
    assert german is not None
    with in_catalogue(german):
        assert (_("Saved."), _("Not in it."), german.language) == ("Gesichert.", "Not in it.", "de")
        assert [ngettext("{count} day", "{count} days", count) for count in (1, 2)] == ["{count} Tag", "{count} Tage"]
        assert pgettext("a form", "open") == "öffnen"


def test_other_sentences_than_were_compiled_are_said_at_once_and_the_former_file_is_cleared_away(folder: Path) -> None:
    catalogues.compile_catalogues(folder)
    catalogue = tool.read_language("de")
    catalogue["Saved."].string = "Gespeichert."
    tool.write_language("de", catalogue)
    german = catalogues.load_catalogue("de", folder)
    assert german is not None
    assert german.gettext("Saved.") == "Gespeichert."
    catalogues.compile_catalogues(folder)
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"no catalogue", None])
def test_a_damaged_or_missing_compiled_file_is_made_anew(folder: Path, damage: bytes | None) -> None:
    catalogues.compile_catalogues(folder)
    (compiled,) = folder.iterdir()
    compiled.unlink() if damage is None else compiled.write_bytes(damage)
    for _time in range(2):
        german = catalogues.load_catalogue("de", folder)
        assert german is not None
        assert german.gettext("Saved.") == "Gesichert."
    assert catalogues.load_catalogue("sv", folder) is None


def test_a_cut_compiled_file_is_made_anew(folder: Path) -> None:
    catalogues.compile_catalogues(folder)
    (compiled,) = folder.iterdir()
    data = compiled.read_bytes()
    for length in range(0, len(data) - 1, 7):
        compiled.write_bytes(data[:length])
        assert catalogues.load_catalogue("de", folder) is not None


@pytest.mark.parametrize("damage", ["", "no file of sentences", 'msgid "Saved."\n', 'msgstr "Gesichert."\n'])
def test_a_damaged_file_of_sentences_is_no_catalogue_or_an_empty_one(folder: Path, damage: str) -> None:
    (catalogues.FOLDER / "de.po").write_text(damage, encoding="utf-8")
    german = catalogues.load_catalogue("de", folder)
    assert german is None or german.gettext("Saved.") == "Saved."


@parametrize_some(1, "language", catalogues.translated_languages())
def test_it_is_compiled_as_an_independent_library_does(language: str) -> None:
    path = catalogues.FOLDER / f"{language}.po"
    theirs = BytesIO()
    with path.open("rb") as file:
        write_mo(theirs, read_po(file, locale=language))
    ours = GNUTranslations(BytesIO(compile_po(path.read_text(encoding="utf-8"))))
    theirs.seek(0)
    assert vars(ours)["_catalog"] == vars(GNUTranslations(theirs))["_catalog"]


def test_guidance_that_changed_since_it_was_translated_stands_in_english_and_says_so(folder: Path) -> None:
    catalogue = tool.read_language("de")
    catalogue.add("Meta has a month.", "Meta hat einen Monat.", context="period.month")
    tool.write_language("de", catalogue)
    catalogues.compile_catalogues(folder)
    german = catalogues.load_catalogue("de", folder)
    assert german is not None
    former = GuidanceTexts("en", {"period.month": "Meta has a month."})
    changed = GuidanceTexts("en", {"period.month": "Meta has {count} months."})
    with in_catalogue(german):
        assert former.sentence("period.month") == "Meta hat einen Monat."
        assert changed.sentence("period.month", count=2) == "[EN] Meta has 2 months."


def test_every_sentence_of_the_guidance_can_be_translated() -> None:
    template = tool.sentences_of_code()
    playbook, authorities = loader.load_playbook(), loader.load_authorities()
    assert all(template.get(sentence, id) for id, sentence in playbook.texts.sentences.items())
    assert all(template.get(sentence, f"authority:{id}") for id, sentence in authorities.sentences.items())


def test_english_needs_no_file(tmp_path: Path) -> None:
    assert catalogues.load_catalogue("en", tmp_path) is ENGLISH


def test_writing_a_language_again_changes_no_byte(folder: Path) -> None:
    path = catalogues.FOLDER / "de.po"
    before = path.read_bytes()
    tool.write_language("de", tool.read_language("de"))
    assert (path.read_bytes(), folder.exists()) == (before, False)


@pytest.mark.exhaustive
def test_a_language_is_begun_by_one_command_and_another_says_what_is_missing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts: list[str] = []
    monkeypatch.setattr("subprocess.run", lambda command, **_: scripts.append(Path(command[1]).name))
    tool.add_language("sv")
    assert (folder.parent / "sv.po").is_file()
    assert scripts == ["cldr_formats.py", "cldr_countries.py"]
    problems = list(tool.problems_of("sv"))
    assert sum(problem.startswith("no word in glossary.toml") for problem in problems) == len(GLOSSARY)
    assert sum(problem.startswith("not translated") for problem in problems) > 3_000


@pytest.mark.usefixtures("folder")
def test_what_is_missing_or_has_other_places_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    template = Catalog()
    for sentence in ("Saved.", "In {folder}.", "New."):
        template.add(sentence)
    monkeypatch.setattr(tool, "sentences_of_code", lambda: template)
    catalogue = tool.read_language("de")
    catalogue.add("In {folder}.", "In {ordner}.")
    catalogue.add("New.", "")
    tool.write_language("de", catalogue)
    problems = list(tool.problems_of("de"))
    assert [problem.partition(":")[0] for problem in problems] == [
        "other places than in English",
        "not translated",
        "no longer in the code",
        "no longer in the code",
    ]


@pytest.mark.parametrize("language", catalogues.translated_languages())
def test_every_sentence_of_the_code_is_there_with_its_places(language: str) -> None:
    assert list(tool.problems_of(language)) == []


@pytest.mark.parametrize("language", catalogues.translated_languages())
def test_the_sentences_quote_with_the_signs_that_names_by_themselves_have(language: str) -> None:
    signs = {sign for formats in FORMATS.values() for sign in formats.quotation.replace("{0}", "").strip("\xa0")}
    own = set(FORMATS[language].quotation.replace("{0}", ""))
    sentences = [words for message in tool.read_language(language) for words in tool.forms_of(message.string)]
    assert [words for words in sentences if (signs - own) & set(words)] == []


GLOSSARY = tomllib.loads(tool.GLOSSARY.read_text(encoding="utf-8"))
_NO_WORDS = re.compile(r"\{[^{}]*\}|`[^`]*`|https?://\S+|--[\w-]+|\b[\w-]+\.\w[\w.-]*")
"""Places, and what is typed or read by a machine."""


@parametrize_some(1, "language", catalogues.translated_languages())
def test_the_words_of_the_glossary_are_used_everywhere(language: str) -> None:
    strayed = []
    for message in tool.read_language(language):
        if not message.id or message.context == SEARCH_CONTEXT:
            continue
        english = _NO_WORDS.sub(" ", tool.forms_of(message.id)[-1])
        translated = " ".join(tool.forms_of(message.string)).casefold()
        strayed += [
            f"{term}: {translated}"
            for term, words in GLOSSARY.items()
            if re.search(rf"\b{term}s?\b", english, re.IGNORECASE)
            and not any(word.casefold() in translated for word in words[language])
        ]
    assert strayed == []


def test_every_language_has_a_word_for_every_term() -> None:
    languages = set(catalogues.translated_languages())
    assert len(GLOSSARY) >= 30
    assert all(set(words) == languages for words in GLOSSARY.values())
