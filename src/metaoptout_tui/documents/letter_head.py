"""The head of a letter in its text: sender, recipient, place and date, which stand above its subject, and its day."""

import re
from datetime import date
from functools import cache

from metaoptout_tui.documents.letters import format_letter_day, language_texts

_PARAGRAPH_BREAK = "\n\n"
_MAX_PARAGRAPHS_OF_HEAD = 6
"""How far down a date is looked for, so that one further below, in the letter itself, is none of its head."""


def signature_label(language: str) -> str:
    """What the line for the signature is called on a printed letter."""
    return str(language_texts(language)["page"]["signature"])


def subject_line(language: str, subject: str) -> str:
    """The subject as it stands in a letter that is copied or printed: `Subject: Reminder`."""
    return str(language_texts(language)["page"]["subject"]).format(subject=subject)


def split_head(language: str, body: str) -> tuple[str, str]:
    """The text of a letter down to its place and date, and the rest.

    Where somebody took these out, it is split before the greeting; the head is empty where that is not there either.
    """
    paragraphs = body.split(_PARAGRAPH_BREAK)
    greeting = str(language_texts(language)["text"]["greeting"])
    ends = (index + 1 for index, words in enumerate(paragraphs) if _date_of(language, words) is not None)
    end = next(ends, _MAX_PARAGRAPHS_OF_HEAD)
    if end >= _MAX_PARAGRAPHS_OF_HEAD:
        end = paragraphs.index(greeting) if greeting in paragraphs else 0
    return _PARAGRAPH_BREAK.join(paragraphs[:end]), _PARAGRAPH_BREAK.join(paragraphs[end:])


def with_subject(language: str, subject: str, body: str) -> str:
    """The whole letter as one text: its head, the line with its subject, and the rest."""
    head, rest = split_head(language, body)
    return _PARAGRAPH_BREAK.join(part for part in (head, subject_line(language, subject), rest) if part)


def dated_from(language: str, body: str, day: date) -> str:
    """The text of a letter with this day at its head in place of an earlier one; a later day stays."""
    return _with_day(language, body, day) if (_day_of(language, body) or day) < day else body


def dated_until(language: str, body: str, day: date) -> str:
    """A text that was sent on this day, with no later one at its head."""
    return _with_day(language, body, day) if (_day_of(language, body) or day) > day else body


def _day_of(language: str, body: str) -> date | None:
    head, _rest = split_head(language, body)
    return _date_of(language, head.rpartition(_PARAGRAPH_BREAK)[2])


def _with_day(language: str, body: str, day: date) -> str:
    head, rest = split_head(language, body)
    before, gap, line = head.rpartition(_PARAGRAPH_BREAK)
    match = _place_and_date(language).fullmatch(line)
    written = f"{line[: match.start('day')]}{format_letter_day(language, day)}" if match else line
    return f"{before}{gap}{written}{_PARAGRAPH_BREAK}{rest}"


def _date_of(language: str, paragraph: str) -> date | None:
    """The day of a paragraph that is place and date; None for any other."""
    match = _place_and_date(language).fullmatch(paragraph)
    if match is None:
        return None
    months = language_texts(language)["months"]
    number = re.match(r"\d+", match["number"])
    try:
        return date(int(match["year"]), months.index(match["month"]) + 1, int(number[0]) if number else 1)
    except ValueError:
        return None


@cache
def _place_and_date(language: str) -> re.Pattern[str]:
    """The paragraph with place and date, as the letters of a language write it."""
    texts = language_texts(language)
    months = "|".join(map(re.escape, texts["months"]))
    number = rf"{re.escape(texts['first'])}|\d{{1,2}}"
    day = texts["day"].format(day=f"(?P<number>{number})", month=f"(?P<month>{months})", year=r"(?P<year>\d{4})")
    line = texts["text"]["place-date"].format(place=r"[^\n]+", today=f"(?P<day>{day})")
    return re.compile(line)
