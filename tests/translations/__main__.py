"""The files that translators edit: `python -m tests.translations update`, `add LANGUAGE`, `check`.

`update` brings every `.po` file up to the sentences of the code, keeping what is translated. `add` begins a language.
`check` says what is missing, language by language, and ends with 1 where something is.
"""

import argparse
import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from metaoptout_tui.app.commands.command_synonyms import COMMAND_SYNONYMS, SEARCH_CONTEXT
from metaoptout_tui.app.commands.commands import COMMANDS, ENGLISH_SCREEN_TITLES, SCREEN_CONTEXT
from metaoptout_tui.app.commands.key_table import KEY_CONTEXT, KEY_WORDS
from metaoptout_tui.app.commands.own_commands import ACTION_CONTEXT
from metaoptout_tui.core.guidance.authorities import AUTHORITY_CONTEXT
from metaoptout_tui.guidance import loader
from metaoptout_tui.translations.catalogues import FOLDER, compile_catalogues, translated_languages

SOURCE = FOLDER.parent
SUPPORT = Path(__file__).parents[1] / "support"
GLOSSARY = Path(__file__).parent / "glossary.toml"
_FUNCTIONS = frozenset({"_", "gettext", "mark", "ngettext", "pgettext"})
"""The functions of `core/language/translation.py` whose arguments are sentences."""
_TO_TRANSLATORS = "Translators:"

HEADER = """\
# The sentences of metaoptout-tui in {language}.
# Edit it with Poedit, in Weblate or by hand; `python -m tests.translations check` says what is missing.
"""
_PLACE = re.compile(r"\{[^{}]*\}|%\(\w+\)[rs]|%[rs]")
"""A place of `str.format`, or one as argparse has them in its own sentences."""


@cache
def sentences_of_code() -> Catalog:
    """Every sentence that the code marks or the guidance holds, with its file and what a comment tells translators.

    A sentence of the guidance has its id as context: with a changed sentence its translation goes. Nobody changes it.
    """
    catalogue = empty_catalogue()
    for path in sorted(SOURCE.rglob("*.py")):
        source, place = path.read_text(encoding="utf-8"), path.relative_to(SOURCE).as_posix()
        lines = source.splitlines()
        for found in looked_up_sentences(ast.parse(source)):
            comments = _comments_above(lines, found.line)
            catalogue.add(found.sentence, None, [(place, 0)], auto_comments=comments, context=found.context)
    for file, words, context in _words_of_commands():
        catalogue.add(words, None, [(file, 0)], context=context)
    labels = loader.load_playbook().labels.values()
    for description in sorted(label.words["en"] for label in labels if label.words["en"].startswith("(")):
        catalogue.add(
            description, None, [("guidance/playbook.toml", 0)], auto_comments=["What is there in Meta's menus."]
        )
    for provision in sorted({statement.basis.provision for statement in loader.load_playbook().statements} - {""}):
        catalogue.add(provision, None, [("guidance/playbook.toml", 0)])
    for file, prefix, sentences in _sentences_of_guidance():
        for id, sentence in sentences.items():
            catalogue.add(sentence, None, [(f"guidance/{file}", 0)], context=f"{prefix}{id}")
    return catalogue


class LookedUpSentence(NamedTuple):
    """A sentence that code looks up or marks, or its forms for one and for many; `line` is counted from 1."""

    sentence: str | tuple[str, str]
    context: str | None
    line: int


def looked_up_sentences(code: ast.AST) -> Iterator[LookedUpSentence]:
    """The sentences of a piece of code in its order, those within f-strings too, where Babel finds them only by Python 3.12."""
    calls = [
        node
        for node in ast.walk(code)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS
    ]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        words = [each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        match getattr(call.func, "id", ""), words:
            case "ngettext", [one, many]:
                yield LookedUpSentence((one, many), None, call.lineno)
            case "pgettext", [context, sentence]:
                yield LookedUpSentence(sentence, context, call.lineno)
            case "_" | "gettext" | "mark", [sentence] if sentence:
                yield LookedUpSentence(sentence, None, call.lineno)


def _comments_above(lines: Sequence[str], line: int) -> tuple[str, ...]:
    """The comment for translators on the lines before a line, counted from 1."""
    above: list[str] = []
    while line > 1 and lines[line - 2].strip().startswith("#"):
        line -= 1
        above.insert(0, lines[line - 1].strip(" #"))
    text = " ".join(above).partition(_TO_TRANSLATORS)[2].strip()
    return (f"{_TO_TRANSLATORS} {text}",) if text else ()


def _words_of_commands() -> Iterator[tuple[str, str, str | None]]:
    """The file, the words and the context of all that the tables of commands and keys declare."""
    for command in COMMANDS:
        yield "app/commands/own_commands.py", command.english_title, ACTION_CONTEXT
        yield "app/commands/own_commands.py", command.english_help, None
    for title in ENGLISH_SCREEN_TITLES.values():
        yield "app/commands/commands.py", title, SCREEN_CONTEXT
    for words in KEY_WORDS:
        yield "app/commands/key_table.py", words, KEY_CONTEXT
    for words in COMMAND_SYNONYMS.values():
        yield "app/commands/command_synonyms.py", words, SEARCH_CONTEXT


def _sentences_of_guidance() -> Iterator[tuple[str, str, dict[str, str]]]:
    """The files of sentences, what stands before their ids, and the sentences by id."""
    yield loader.TEXTS_FILE, "", loader.read_bundled(loader.TEXTS_FILE)["sentences"]
    yield loader.AUTHORITY_TEXTS_FILE, AUTHORITY_CONTEXT, loader.read_bundled(loader.AUTHORITY_TEXTS_FILE)["en"]


def empty_catalogue(language: str | None = None) -> Catalog:
    """A catalogue without a sentence, with what stands at the head of the file."""
    # A fixed day, so that the same sentences are the same file.
    day = datetime(2026, 1, 1, tzinfo=UTC)
    return Catalog(
        locale=language,
        project="metaoptout-tui",
        version="1",
        msgid_bugs_address="see .github/CONTRIBUTING.md",
        last_translator="the project",
        language_team=language,
        creation_date=day,
        revision_date=day,
        fuzzy=False,
    )


def read_language(language: str) -> Catalog:
    """The sentences of a language as its file has them."""
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def write_language(language: str, catalogue: Catalog) -> None:
    """Write the file of a language, the same bytes for the same sentences."""
    catalogue.header_comment = HEADER.format(language=catalogue.locale.english_name if catalogue.locale else language)
    catalogue.revision_date = catalogue.creation_date
    with (FOLDER / f"{language}.po").open("wb") as file:
        write_po(file, catalogue, width=120, include_lineno=False, ignore_obsolete=True, sort_by_file=True)


def update_all() -> None:
    """Bring every language up to the sentences of the code; what is gone from the code goes."""
    template = sentences_of_code()
    for language in translated_languages():
        catalogue = read_language(language)
        catalogue.update(template, no_fuzzy_matching=True)
        write_language(language, catalogue)
    compile_catalogues()


def add_language(language: str) -> None:
    """Begin a language: its file, with every sentence still to be translated, its dates and its names of countries."""
    catalogue = empty_catalogue(language)
    catalogue.update(sentences_of_code(), no_fuzzy_matching=True)
    write_language(language, catalogue)
    for script in ("cldr_formats.py", "cldr_countries.py"):
        subprocess.run([sys.executable, str(SUPPORT / script)], check=True)


def problems_of(language: str) -> Iterator[str]:
    """What is wrong with a language: sentences that are missing, not of the code, or with other places; missing words."""
    for term, words in tomllib.loads(GLOSSARY.read_text(encoding="utf-8")).items():
        if not words.get(language):
            yield f"no word in {GLOSSARY.name}: {term!r}"
    catalogue, template = read_language(language), sentences_of_code()
    for message in template:
        if message.id:
            translated = catalogue.get(message.id, message.context)
            if translated is None:
                yield f"not in the file: {_words(message)}"
            else:
                yield from _problems_of_sentence(translated)
    for message in catalogue:
        if message.id and template.get(message.id, message.context) is None:
            yield f"no longer in the code: {_words(message)}"


def _problems_of_sentence(message: Message) -> Iterator[str]:
    originals, forms = forms_of(message.id), forms_of(message.string)
    if message.fuzzy or not all(forms):
        yield f"not translated: {_words(message)}"
        return
    allowed = {place for original in originals for place in _PLACE.findall(original)}
    needed = set(_PLACE.findall(originals[-1]))
    for form in forms:
        places = set(_PLACE.findall(form))
        if not places <= allowed or (len(originals) == 1 and places != needed):
            yield f"other places than in English: {form!r} for {_words(message)}"


def forms_of(sentence: object) -> tuple[str, ...]:
    """A sentence, or its forms for one and for many."""
    return tuple(map(str, sentence)) if isinstance(sentence, list | tuple) else (str(sentence or ""),)


def _words(message: Message) -> str:
    return repr(forms_of(message.id)[0])


def main() -> int:
    """Run one of the three; 1 where `check` finds something missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("update", help="bring every .po file up to the sentences of the code")
    commands.add_parser("check", help="say what is missing")
    commands.add_parser("add", help="begin a language").add_argument("language", help="its code, such as sv")
    options = parser.parse_args()
    if options.command == "update":
        update_all()
    elif options.command == "add":
        add_language(options.language)
    found = {language: list(problems_of(language)) for language in translated_languages()}
    for language, problems in found.items():
        print(f"{language}: {len(problems)} to mend" if problems else f"{language}: complete")  # noqa: T201 - a tool that says what it found
        if options.command == "check":
            for problem in problems:
                print(f"  {problem}")  # noqa: T201 - a tool that says what it found
    return int(options.command == "check" and any(found.values()))


if __name__ == "__main__":
    sys.exit(main())
