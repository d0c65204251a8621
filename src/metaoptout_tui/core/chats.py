"""What a scan of exported chats comes to, in words and numbers: counts, months, and which questions they answer.

What was found is always the least there was (facts 2.3, section 9 rule 27): no sentence here says that nothing was shared.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import PurePath
from typing import NamedTuple

from metaoptout_tui.core import text, when
from metaoptout_tui.core.export_names import name_within
from metaoptout_tui.core.playbook import Texts

STATEMENTS = ("guess", "least", "nothing", "blocked", "ask-admin")
"""A playbook has the statement `chats.NAME` for each."""

WITHIN = " › "
"""Between a zip and what is in it, as a person reads it."""

MOST_MONTHS_BETWEEN = 24
"""Over a longer time, months without a message are left out of the chart."""


class Found(NamedTuple):
    """Messages to Meta AI by the person, those by anyone in chats with people, and notices of AI in business chats."""

    own: int
    in_chats: int
    business: int


SCANNED = ("whatsapp.used", "whatsapp.groups", "whatsapp.business")
"""The points of the review that each number of `Found` answers."""


class Suggested(NamedTuple):
    """A point of the review and the answer that a scan bears out."""

    point: str
    answer: str


def suggested(found: Found) -> tuple[Suggested, ...]:
    """The points that what was found answers. Only yes: what was not found answers nothing."""
    return tuple(Suggested(point, "yes") for point, count in zip(SCANNED, found, strict=True) if count)


def kept_out(hub: str | None) -> str:
    """The answer to whether WhatsApp is kept out of a hub, by how the account is linked; empty where that is not known."""
    if hub is None:
        return ""
    return "no" if hub else "yes"


def chat_title(path: str, member: str = "") -> str:
    """What a chat is called, from how its export is named: `WhatsApp Chat with Family.txt`, or the folder of a `_chat.txt`.

    In a zip the text tells where it is named so, as each is in a zip of several; else the inner zip, else the zip.
    """
    zips, _, inner = f"{path}{WITHIN}{member}".rpartition(WITHIN) if member else ("", "", path)
    file = PurePath(inner)
    own = text.line(file.stem)
    if member and (name_within(own) == own or file.stem == "_chat"):
        outer = zips[len(path) + len(WITHIN) :] or path
        own = text.line(PurePath(outer).stem)
    elif file.stem == "_chat":
        own = text.line(file.parent.name)
    return name_within(own) or text.line(file.name)


def counted(count: int, thing: str) -> str:
    """`1 message`, `1,204 messages`."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def at_least(count: int) -> str:
    """How many messages to Meta AI there were, as far as an export can tell."""
    return f"at least {counted(count, 'message')} to Meta AI" if count else "no message to Meta AI found"


def sentence(words: str) -> str:
    """The same words as a sentence begins, names left as they are."""
    return words[:1].upper() + words[1:]


def days(span: tuple[date, date] | None) -> str:
    """`3 Nov 2025 to 4 Jan 2026`, one day alone, or nothing where no date was readable."""
    if span is None:
        return ""
    first, last = (when.full_day(each) for each in span)
    return first if first == last else f"{first} to {last}"


def limits(texts: Texts) -> tuple[str, ...]:
    """What an export cannot show, in sentences of the guidance: whose guess it is, and that it is the least there was."""
    return tuple(texts.say(f"chats.{name}") for name in ("least", "guess", "nothing"))


def by_month(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Counts by month (`2026-11`) of several chats together, in order, with the months between where those are few."""
    months: dict[str, int] = {}
    for each in counts:
        for month, count in each.items():
            months[month] = months.get(month, 0) + count
    if not months:
        return {}
    first, last = (_number(each) for each in (min(months), max(months)))
    if last - first > MOST_MONTHS_BETWEEN:
        return dict(sorted(months.items()))
    every = (f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1))
    return {month: months.get(month, 0) for month in every}


def _number(month: str) -> int:
    year, _, of_year = month.partition("-")
    return int(year) * 12 + int(of_year) - 1


def bar(count: int, most: int, width: int) -> int:
    """How long the bar of a month is, in cells: at least one where there was anything."""
    return max(1, count * width // most) if count and most else 0
