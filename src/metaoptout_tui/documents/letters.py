"""Letters, filled with what the diary holds and nothing else. Structure in letters.toml, words in letters/XX.toml."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from metaoptout_tui.core import text
from metaoptout_tui.core.errors import GuidanceError
from metaoptout_tui.core.letters import Letter, LetterFacts, Piece
from metaoptout_tui.core.playbook import LANGUAGES

_OF_SEVERAL_LINES = frozenset({"reason", "attachments", "timeline"})
_SEVERAL_PARAGRAPHS = "\n\n"


def letters_for(law: str) -> tuple[str, ...]:
    """The ids of the letters that make sense under a law (`gdpr`, `uk-gdpr`, `fadp`), in the order they may be needed."""
    return tuple(row["id"] for row in _structure().values() if law in row["laws"])


def languages_of(id: str) -> tuple[str, ...]:
    """The languages in which a letter is written."""
    return tuple(_structure()[id].get("languages", LANGUAGES))


def addressee_of(id: str) -> str:
    """To whom a letter goes: `meta`, `authority` or `people`."""
    return str(_structure()[id]["to"])


def letter_title(id: str, language: str) -> str:
    """What a letter is called in a list."""
    return str(_words(language)["title"][id])


def write_letter(id: str, language: str, law: str, facts: LetterFacts) -> Letter:
    """The letter for this case. Whatever it needs and the diary does not hold is a gap, marked as such.

    Raises KeyError for a letter that does not exist in this language or under this law.
    """
    row, words = _structure()[id], _words(language)
    if law not in row["laws"]:
        raise KeyError(law)
    fill = _Filler(language, law, facts)
    body: list[Piece] = []
    for part in row["part"]:
        if not _belongs(part, law, facts):
            continue
        if body:
            body.append(Piece(_SEVERAL_PARAGRAPHS))
        body.extend(fill.pieces(words["text"][part["text"]]))
    subject = words["subject"].get(f"{id}.{law}", words["subject"][id])
    return Letter(id, language, tuple(fill.pieces(subject)), tuple(body))


def _belongs(part: Mapping[str, Any], law: str, facts: LetterFacts) -> bool:
    """Whether a paragraph stands in the letter: under this law, with what it needs, and with nothing that rules it out."""
    return (
        law in part.get("laws", (law,))
        and all(name in facts.values for name in part.get("needs", ()))
        and not any(name in facts.values for name in part.get("unless", ()))
    )


class _Filler:
    """Puts what is known into the sentences of one language."""

    def __init__(self, language: str, law: str, facts: LetterFacts) -> None:
        words = self._words = _words(language)
        self._swiss = law == "fadp" and language == "de"
        self._values: dict[str, str] = {"statute": words["statute"].get(law, "")}
        self._values |= {name: self._shown(name, value) for name, value in facts.values.items()}
        if facts.events:
            self._values["timeline"] = "\n".join(
                "- " + self._of_event(what).format(date=self._day(day)) for what, day in facts.events
            )

    def pieces(self, sentence: str) -> Iterator[Piece]:
        for words, name, _, _ in Formatter().parse(sentence):
            if words:
                yield Piece(words.replace("ß", "ss") if self._swiss else words)
            if name is None:
                continue
            if value := self._values.get(name):
                yield Piece(value)
            else:
                yield Piece(f"[{self._words['missing'][name]}]", name)

    def _of_event(self, what: str) -> str:
        """The sentence for an answer of this sort, else for its kind."""
        sentences = self._words["event"]
        return str(sentences.get(what) or sentences[what.partition(".")[0]])

    def _shown(self, name: str, value: str | date) -> str:
        if isinstance(value, date):
            return self._day(value)
        return text.block(value) if name in _OF_SEVERAL_LINES else text.line(value)

    def _day(self, day: date) -> str:
        number = self._words["first"] if day.day == 1 else str(day.day)
        month = self._words["months"][day.month - 1]
        return str(self._words["day"].format(day=number, month=month, year=day.year))


@cache
def _structure() -> Mapping[str, Mapping[str, Any]]:
    return {row["id"]: row for row in _read("letters.toml")["letter"]}


@cache
def _words(language: str) -> Mapping[str, Any]:
    if language not in LANGUAGES:
        raise KeyError(language)
    return _read(f"letters/{language}.toml")


def _read(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GuidanceError(
            f"{name}: the letters that come with the program cannot be read ({error}).",
            kept="Your record is not touched.",
            todo="Install the program again.",
        ) from error
