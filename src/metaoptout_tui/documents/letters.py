"""Writes letters from templates: structure in letters.toml, wording in letters/LANGUAGE.toml.

Only facts from the diary are filled in; whatever is missing becomes a marked placeholder.
"""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from metaoptout_tui.core import text
from metaoptout_tui.core.dates import MonthAlone
from metaoptout_tui.core.errors import GuidanceError
from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES
from metaoptout_tui.core.language.formatting import format_list_in
from metaoptout_tui.core.language.language_names import ENGLISH_LANGUAGE_NAMES
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.letters.letter_facts import LetterAttachment, LetterFacts, TimelineLine
from metaoptout_tui.core.letters.letters import Letter, LetterPiece
from metaoptout_tui.core.objection.legal_periods import UK_ARTICLE_12A_SINCE

_MULTILINE_VALUES = frozenset({"attachments", "authority", "reason", "sender-address", "timeline"})
_NAMES_OF_PEOPLE = frozenset({"whose", "whose-name"})
_VOWELS = frozenset("aeiouœæ")
_PARAGRAPH_BREAK = "\n\n"
_HEAD_PARTS = frozenset({"sender", "sender.abroad", "meta.to", "complaint.to", "place-date"})
"""The paragraphs that stand above the subject."""


def letter_ids_for(law: str, law_of_objection: str = "") -> tuple[str, ...]:
    """The ids of the letters for a law (`gdpr`, `uk-gdpr`, `fadp`), in the order in which they may be needed.

    `law_of_objection` is that of the objection, where it is another one because the person moved.
    """
    return tuple(
        id
        for id, row in _letter_definitions().items()
        if (law if begins_anew(id) else law_of_objection or law) in row["laws"]
    )


def begins_anew(id: str) -> bool:
    """Whether a letter is under the law of where the person lives now, and not under that of the objection."""
    return bool(_letter_definitions()[id].get("begins_anew", False))


def letter_languages_of(id: str) -> tuple[str, ...]:
    """The languages in which a letter is written."""
    return tuple(_letter_definitions()[id].get("languages", CONTENT_LANGUAGES))


def addressee_of(id: str) -> str:
    """The addressee of a letter: `meta`, `authority` or `people`."""
    return str(_letter_definitions()[id]["to"])


def letter_title_in(id: str, language: str) -> str:
    """The title of a letter in a list, also of one that is not written in this language."""
    texts = language_texts(language)
    return str(texts["title"].get(id) or texts["title-of-foreign-letter"][id])


def in_language_of_letter(language: str, written_in: str, words: str) -> str:
    """Words that stay in the language of another letter, with the name of that: `(in German: …)`."""
    template = str(language_texts(language)["page"]["left-in-language"])
    return template.format(language=ENGLISH_LANGUAGE_NAMES.get(written_in, written_in), reason=words)


def file_name_in_letter(language: str, name: str) -> str:
    """The name of an enclosed file as it stands in a letter behind what the file is: ` (file reminder.txt)`."""
    return str(language_texts(language)["attachment"]["file"]).format(what="", name=name)


def with_present_gaps(language: str, words: str) -> str:
    """A text begun with an earlier version, its gaps named as they are today, so that they are found as gaps."""
    for former, present in language_texts(language).get("former-missing", {}).items():
        words = words.replace(f"[{former}]", f"[{present}]")
    return words


def write_letter(id: str, language: str, law: str, facts: LetterFacts) -> Letter:
    """A letter filled from the facts; each missing fact is a marked placeholder.

    Raises KeyError for a letter that does not exist in this language or under this law.
    """
    definition, texts = _letter_definitions()[id], language_texts(language)
    if law not in definition["laws"]:
        raise KeyError(law)
    filler = _TemplateFiller(language, law, facts, _law_on_time(id, law, facts))
    body: list[LetterPiece] = []
    for part in definition["part"]:
        if not _is_part_included(part, law, facts):
            continue
        if body:
            body.append(LetterPiece(_PARAGRAPH_BREAK))
        body.extend(filler.pieces(texts["text"][part["text"]]))
    subjects = texts["subject"]
    of_person = subjects.get(f"{id}.on-behalf", subjects[id]) if facts.whose else subjects[id]
    subject = subjects.get(f"{id}.{law}.on-behalf" if facts.whose else f"{id}.{law}", of_person)
    head = sum(part["text"] in _HEAD_PARTS and _is_part_included(part, law, facts) for part in definition["part"])
    return Letter(id, language, tuple(filler.pieces(subject)), tuple(body), head)


_ENDS_OF_PERIODS = frozenset({"over", "three", "unanswered", "unacknowledged"})


def last_end_told(id: str, language: str, law: str, facts: LetterFacts) -> date | None:
    """The latest day on which, as a letter tells it, a time of Meta's ended; None where it tells of none."""
    texts = language_texts(language)["text"]
    sentences = (
        texts[part["text"]] for part in _letter_definitions()[id]["part"] if _is_part_included(part, law, facts)
    )
    names = {field[1] for sentence in sentences for field in Formatter().parse(sentence)}
    days = (facts.known(name) for name in _ENDS_OF_PERIODS if name in names)
    return max((day for day in days if isinstance(day, date)), default=None)


def _is_part_included(part: Mapping[str, Any], law: str, facts: LetterFacts) -> bool:
    """Whether a paragraph belongs in the letter by its `laws`, `needs` and `unless`."""
    return (
        law in part.get("laws", (law,))
        and all(facts.known(name) for name in part.get("needs", ()))
        and not any(facts.known(name) for name in part.get("unless", ()))
    )


def _law_on_time(id: str, law: str, facts: LetterFacts) -> str:
    """The law by which Meta's time to answer is cited: in the UK by when what a letter is about was sent."""
    is_before = law == "uk-gdpr" and facts.filed is not None and facts.filed < UK_ARTICLE_12A_SINCE
    return "uk-gdpr-before-12a" if is_before and not begins_anew(id) else law


class _TemplateFiller:
    """Fills facts into the sentences of one language."""

    def __init__(self, language: str, law: str, facts: LetterFacts, law_on_time: str = "") -> None:
        self._law_on_time = law_on_time or law
        self._language = language
        self._texts = language_texts(language)
        self._is_swiss_german = law == "fadp" and language == "de"
        self._law = law
        self._facts = facts

    def pieces(self, sentence: str) -> Iterator[LetterPiece]:
        for literal, name, _unused, _conversion in Formatter().parse(sentence):
            if literal:
                words = literal.replace("ß", "ss") if self._is_swiss_german else literal
                yield LetterPiece(self._elide_article(words, name))
            if name is None:
                continue
            value = self._value_text(name)
            if name == "controller" and sentence == self._texts["text"]["meta.to"] and self._facts.recipient:
                value = text.clean_block(self._facts.recipient)
            if value and name == "reason" and self._is_reason_foreign and self._facts.reason_left_in:
                words = str(self._texts["page"]["left-in-language"])
                yield LetterPiece(words.format(language=self._facts.reason_left_in, reason=value))
            elif value and name == "reason" and self._is_reason_foreign:
                yield LetterPiece(f"[{self._texts['page']['translate'].format(reason=value)}]", name)
            elif value and name == "attachments" and self._facts.lacks_proof:
                yield LetterPiece(f"{value}\n- ")
                yield LetterPiece(f"[{self._missing_text(name)}]", name)
            elif value:
                yield LetterPiece(value)
            else:
                yield LetterPiece(f"[{self._missing_text(name)}]", name)

    def _missing_text(self, name: str) -> str:
        """What the person is to fill in; the copies to enclose are those of what was sent and came."""
        if name == "controller" and self._facts.moved_since:
            return str(self._texts["page"]["controller-then"])
        words = str(self._texts["missing"][name])
        if "{whose}" in words:
            before, _gap, after = words.partition("{whose}")
            whose = text.clean_line(self._facts.whose)
            words = f"{self._before_name(before, whose)}{whose}{after}"
        if self._facts.elsewhere:
            words = str(self._texts["elsewhere"].get(name, words))
        if name != "attachments":
            return words
        facts = self._facts
        is_enclosed = {
            "inquiry": facts.inquiry_sent,
            "complaint-to-meta": facts.complained_to_meta,
            "from-meta": not facts.silent or facts.acknowledged,
        }
        enclosures = (self._texts["enclosure"][id] for id, it_is in is_enclosed.items() if it_is)
        return str(self._texts["page"]["between"]).join((words, *enclosures, self._texts["enclosure"]["no-copy"]))

    @property
    def _is_reason_foreign(self) -> bool:
        """Whether the reason was presumably written in another language than the letter."""
        return self._facts.reason_language not in ("", self._language)

    def _attachment(self, attachment: LetterAttachment) -> str:
        """What a file is, with its name: `My reminder of 3 December 2026 (file reminder.txt)`."""
        words = self._texts["attachment"]
        template = str(words.get(attachment.event_kind) or words["other"])
        if attachment.day is None:
            what = str(words["undated"])
        else:
            before, _gap, after = template.partition("{date}")
            what = f"{self._with_article(before, attachment.day)}{self._format_day(attachment.day)}{after}"
        return str(words["file"]).format(what=what, name=attachment.file_name)

    def _words_of_case(self, name: str) -> str:
        """The words for a fact that is one of several cases: why a day was moved; what became of a log-in, and since when."""
        if name == "unacknowledged-moved":
            return str(self._texts["not-working-day"][self._facts.unacknowledged_moved])
        reasons, since = self._texts["no-log-in"], self._facts.no_log_in_since
        if since is None:
            return str(reasons[self._facts.no_log_in])
        return str(reasons[f"{self._facts.no_log_in}.since"]).format(date=self._format_day(since))

    def _elide_article(self, words: str, name: str | None) -> str:
        """The words before a fact, as the language has them before that day or that name."""
        fact = self._facts.known(name) if name else None
        if name in _NAMES_OF_PEOPLE and isinstance(fact, str):
            return self._before_name(words, fact)
        return self._with_article(words, fact)

    def _before_name(self, words: str, name: str) -> str:
        """The words before a name, with what is elided before a vowel: “de Mila”, “d'Anna”."""
        first_letter = unicodedata.normalize("NFD", name[:1]).casefold()[:1]
        for full, elided in self._texts.get("elided-before-vowel", {}).items():
            if first_letter in _VOWELS and words.endswith(f" {full}"):
                return f"{words.removesuffix(full)}{elided}"
        return words

    def _with_article(self, words: str, day: object) -> str:
        if isinstance(day, MonthAlone):
            return self._before_month(words, day)
        if isinstance(day, date) and day.day in self._texts.get("elided-days", ()):
            for article, elided in self._texts["elision"].items():
                if words.endswith((f" {article}", f"\n{article}")) or words == article:
                    return f"{words.removesuffix(article)}{elided}"
        return words

    def _before_month(self, words: str, month: date) -> str:
        """The words before a month that stands in place of a day: “on 3 March” but “in March”."""
        for before_day, before_month in self._texts["before-month"].items():
            if words.endswith((f" {before_day}", f"\n{before_day}")) or words == before_day:
                elided = self._texts.get("elided-months", {}).get(str(month.month), before_month)
                return f"{words.removesuffix(before_day)}{elided if before_month.endswith('de ') else before_month}"
        return words

    def _event_template(self, kind: str) -> str:
        """The sentence for a kind of event, which may be a variant such as `refused.not-available`."""
        sentences = self._texts["event"]
        return str(sentences.get(kind) or sentences[kind.partition(".")[0]])

    def _lines_of_events(self, name: str) -> Iterator[str]:
        """What happened, and what was confirmed for linked accounts, line by line."""
        if name == "timeline":
            yield from map(self._timeline_line, self._facts.timeline)
        else:
            for line in self._facts.linked_confirmed:
                yield f"{text.clean_line(line.account)}, {self._format_day(line.day)}"

    def _timeline_line(self, line: TimelineLine) -> str:
        """One line of what happened; what is quoted in it stands in one line too."""
        template = self._event_template(line.sentence_id)
        return template.format(
            date=self._format_day(line.day), account=text.clean_line(line.account), words=text.clean_block(line.words)
        )

    def _provision(self, id: str) -> str:
        """A provision as it is cited under this law."""
        provisions = self._texts["provision"]
        return str(provisions.get(f"{id}.{self._law_on_time}") or provisions[id])

    def _value_text(self, name: str) -> str:
        """The text for a placeholder; empty where the fact is not known."""
        facts = self._facts
        match name:
            case "statute" | "statute-long" | "time-limit":
                law = self._law_on_time if name == "time-limit" else self._law
                return str(self._texts[name].get(law, ""))
            case "provisions":
                return str(self._texts["page"]["between"]).join(map(self._provision, facts.provisions))
            case "service" if facts.elsewhere:
                return str(self._texts["elsewhere"][name])
            case "unacknowledged-moved" | "no-log-in" if facts.known(name):
                return self._words_of_case(name)
            case "attachments" if facts.attachments:
                return text.clean_block("\n".join(f"- {self._attachment(each)}" for each in facts.attachments))
            case "posted-months" if facts.posted_months:
                return self._month_count(facts.posted_months)
            case "linked":
                return text.clean_line(format_list_in(self._language, facts.linked))
            case "timeline" | "linked-confirmed" if lines := tuple(self._lines_of_events(name)):
                return "\n".join(f"- {line}" for line in lines)
        value = facts.known(name)
        if isinstance(value, date):
            return self._format_day(value)
        fact = value if isinstance(value, str) else ""
        return text.clean_block(fact) if name in _MULTILINE_VALUES else text.clean_line(fact)

    def _month_count(self, months: int) -> str:
        """A number of months from two on, in words where the language file has them."""
        words: list[str] = self._texts["from-two"]
        return words[months - 2] if months - 2 < len(words) else str(months)

    def _format_day(self, day: date) -> str:
        return format_letter_day(self._language, day)


def format_letter_day(language: str, day: date) -> str:
    """A day as the letters of a language write it: `1er août 2026`; where it stands for its month, the month alone."""
    texts = language_texts(language)
    month = texts["months"][day.month - 1]
    if isinstance(day, MonthAlone):
        return str(texts["month"].format(month=month, year=day.year))
    return str(texts["day"].format(day=texts["first"] if day.day == 1 else str(day.day), month=month, year=day.year))


@cache
def _letter_definitions() -> Mapping[str, Mapping[str, Any]]:
    return {row["id"]: row for row in _read_bundled("letters.toml")["letter"]}


@cache
def language_texts(language: str) -> Mapping[str, Any]:
    """The words of the letters in a language. Raises KeyError for one that has no letters."""
    if language not in CONTENT_LANGUAGES:
        raise KeyError(language)
    return _read_bundled(f"letters/{language}.toml")


def _read_bundled(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GuidanceError(
            _("{file}: the letters that come with the program cannot be read ({error}).").format(
                file=name, error=error
            ),
            kept=_("Your record is not touched."),
            todo=_("Install the program again."),
        ) from error
