"""Results of scanned chats in words and numbers: chat titles, counts and suggested answers.

A count is always a minimum, so no sentence says that nothing was shared.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import PurePath
from types import MappingProxyType
from typing import Final, NamedTuple

from metaoptout_tui.core import dates, text
from metaoptout_tui.core.guidance.texts import GuidanceTexts
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext

CHAT_FILE_SUFFIXES = (".txt", ".zip")
"""The suffixes of exported chats."""

_PREFIXES_AND_SUFFIXES = (
    # iOS, in every language seen
    ("WhatsApp Chat - ", ""),
    # Android: the name behind
    ("WhatsApp Chat with ", ""),
    ("WhatsApp Gesprek met ", ""),
    ("WhatsApp Чат с ", ""),
    ("WhatsApp chat med ", ""),
    ("WhatsApp chatt med ", ""),
    ("WhatsApp samtale med ", ""),
    ("WhatsApp Chat mit ", ""),
    ("WhatsApp chat met ", ""),
    ("WhatsApp Chat kay ", ""),
    ("WhatsApp chat s používateľom ", ""),
    ("WhatsApp csevegés vele: ", ""),
    ("WhatsApp klepet z ", ""),
    ("WhatsApp pokalbis su ", ""),
    ("WhatsApp razgovor s ", ""),
    ("WhatsApp sarakste ar ", ""),
    ("WhatsApp разговор со ", ""),
    ("WhatsApp Ћаскање са ", ""),
    ("WhatsApp чат: ", ""),
    ("WhatsApp'i vestlus kontaktiga ", ""),
    ("Chat WhatsApp con ", ""),
    ("Chat WhatsApp dengan ", ""),
    ("Chat WhatsApp s uživatelem ", ""),
    ("Chat de WhatsApp con ", ""),
    ("Conversa do WhatsApp com ", ""),
    ("Conversa no WhatsApp com ", ""),
    ("Conversație WhatsApp cu ", ""),
    ("Czat WhatsApp z ", ""),
    ("Discussion WhatsApp avec ", ""),
    ("Sembang WhatsApp dengan ", ""),
    ("Soga za WhatsApp na ", ""),
    ("Trò chuyện WhatsApp với ", ""),
    ("Xat de WhatsApp amb ", ""),
    ("Συνομιλία WhatsApp με ", ""),
    ("Бесіда WhatsApp з ", ""),
    ("Чат WhatsApp с контактом ", ""),
    ("Чат WhatsApp с ", ""),
    ("צ'אט WhatsApp עם ", ""),
    ("دردشة واتساب مع ", ""),
    ("گفتگوی WhatsApp با ", ""),
    ("แชท WhatsApp กับ ", ""),
    # the name between
    ("WhatsApp keskustelu henkilön ", " kanssa"),
    ("Biseda me ", " në WhatsApp"),
    ("WhatsApp 与 ", " 的对话"),
    ("WhatsApp 與 ", " 的對話"),
    # the name in front
    ("", " bilan WhatsApp chati"),
    ("", " ile WhatsApp Sohbeti"),
    ("", " ilə WhatsApp Söhbəti"),
    ("", " کے ساتھ WhatsApp بات چیت"),
    ("", " এর সাথে WhatsApp চ্যাট"),
    ("", " के साथ WhatsApp चैट"),
    ("", " सोबतच्या WhatsApp गप्पा"),
    ("", " ਨਾਲ WhatsApp ਗੱਲਬਾਤ"),
    ("", " સાથેની WhatsApp વાત"),
    ("", " உடன் WhatsApp உரையாடல்"),
    ("", " తో WhatsApp సంభాషణ"),
    ("", " ಜೊತೆ WhatsApp ಸಂಭಾಷಣೆ"),
    ("", " മായുള്ള WhatsApp ചാറ്റുകൾ"),
    ("", "とのWhatsAppチャット"),
    ("", "님과의 WhatsApp 대화"),
)
_JOINERS_TO_BLANKS = str.maketrans(dict.fromkeys("-\u2011\u00a0:_’'", " "))

LINK_POINT = "whatsapp.hub"
"""The point of the review that asks whether WhatsApp is kept out of the Accounts Centre."""


def chat_name_in_file_name(file_name: str) -> str:
    """The chat's own name within the name, without its suffix, that WhatsApp gives to an exported file."""
    plain_name = file_name.translate(_JOINERS_TO_BLANKS)
    for prefix, suffix in _PLAIN_PREFIXES_AND_SUFFIXES:
        end = len(plain_name) - len(suffix)
        if (
            len(prefix) < end
            and _equals_ignoring_case(plain_name[: len(prefix)], prefix)
            and _equals_ignoring_case(plain_name[end:], suffix)
        ):
            return file_name[len(prefix) : end]
    return file_name


_PLAIN_PREFIXES_AND_SUFFIXES = tuple(
    (before.translate(_JOINERS_TO_BLANKS), after.translate(_JOINERS_TO_BLANKS))
    for before, after in _PREFIXES_AND_SUFFIXES
)


def _equals_ignoring_case(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


CHAT_STATEMENT_NAMES = ("guess", "least", "nothing", "blocked", "ask-admin")
"""A playbook has the statement `chats.NAME` for each."""

ZIP_MEMBER_SEPARATOR = " › "
"""What separates a zip and its member where a person reads it."""

MAX_MONTHS_SHOWN = 24
"""Over a longer time, a chart has a row for each year instead of each month."""


USED_POINT: Final = "whatsapp.used"
GROUPS_POINT: Final = "whatsapp.groups"
BUSINESS_POINT: Final = "whatsapp.business"
SCANNED_POINTS = (USED_POINT, GROUPS_POINT, BUSINESS_POINT)
"""The review points that a scan can answer with yes, and with nothing else."""


def suggest_not_linked_answer(linked_group: str | None) -> str:
    """The answer to whether WhatsApp is in no linked group; empty where that is not known."""
    if linked_group is None:
        return ""
    return "no" if linked_group else "yes"


def linked_group_by_answer(point: str, answer: str, linked_group: str | None) -> str | None:
    """How WhatsApp is linked after an answer: kept out is not linked, and not kept out is unknown where it was not linked."""
    if point != LINK_POINT or answer not in ("yes", "no"):
        return linked_group
    if answer == "yes":
        return linked_group or ""
    return linked_group or None


def chat_title_of(path: str, member: str = "") -> str:
    """The title of a chat, from its export's name: `WhatsApp Chat with Family.txt`, or the folder of a `_chat.txt`.

    In a zip it is from the name of the text where that has WhatsApp's form, else of the inner zip, else of the zip. The
    number of a copy, as in `WhatsApp Chat with Family (1).txt`, is left out.
    """
    name = _export_name(path, member)
    file_name = f"{path}{ZIP_MEMBER_SEPARATOR}{member}".rpartition(ZIP_MEMBER_SEPARATOR)[2] if member else path
    return chat_name_in_file_name(name) or text.clean_line(PurePath(file_name).name)


def names_its_chat(path: str, member: str = "") -> bool:
    """Whether the name of an export has the form that WhatsApp gives it, with the name of the chat."""
    name = _export_name(path, member)
    return chat_name_in_file_name(name) != name


COPY_NUMBER = re.compile(r"(?<=.) ?\(\d{1,3}\)$")
"""What a browser or a phone puts behind the name of a file of which there is one already."""
_UNNAMED_CHAT = re.compile(r"_chat(?: ?\(\d{1,3}\)| \d{1,3})?")


def _export_name(path: str, member: str) -> str:
    """What names an export, without its suffix and the number of a copy."""
    zip_path, _unused, file_name = (
        f"{path}{ZIP_MEMBER_SEPARATOR}{member}".rpartition(ZIP_MEMBER_SEPARATOR) if member else ("", "", path)
    )
    file = PurePath(file_name)
    is_unnamed = _UNNAMED_CHAT.fullmatch(file.stem) is not None
    name = text.clean_line(file.stem)
    if member and (is_unnamed or chat_name_in_file_name(name) == name):
        zip_name = zip_path[len(path) + len(ZIP_MEMBER_SEPARATOR) :] or path
        name = text.clean_line(PurePath(zip_name).stem)
    elif is_unnamed:
        name = text.clean_line(file.parent.name)
    return COPY_NUMBER.sub("", name)


def meta_ai_count_text(count: int) -> str:
    """How many messages to Meta AI an export has, in words."""
    if not count:
        return _("no message to Meta AI found")
    words = ngettext("at least {count} message to Meta AI", "at least {count} messages to Meta AI", count)
    return words.format(count=format_number(count))


def meta_ai_count_sentence(count: int) -> str:
    """How many messages to Meta AI an export has, as a sentence without its full stop."""
    if not count:
        return _("No message to Meta AI found")
    words = ngettext("At least {count} message to Meta AI", "At least {count} messages to Meta AI", count)
    return words.format(count=format_number(count))


def format_date_span(span: tuple[date, date] | None) -> str:
    """`3 Nov 2025 to 4 Jan 2026`, one day alone, or nothing where no date was readable."""
    if span is None:
        return ""
    first, last = (dates.format_full_day(day) for day in span)
    return first if first == last else _("{first} to {last}").format(first=first, last=last)


def scan_limitations(texts: GuidanceTexts) -> tuple[str, ...]:
    """What an export cannot show, in sentences of the guidance."""
    return tuple(texts.sentence(f"chats.{name}") for name in ("least", "guess", "nothing"))


class MessageChart(NamedTuple):
    """Messages over time: a row for each month (`2026-11`) or year (`2026`), also those without a message.

    `own_rows` has the person's own messages in each row, as far as it is known who they are.
    """

    rows: Mapping[str, int]
    own_rows: Mapping[str, int] = MappingProxyType({})
    is_by_year: bool = False

    @property
    def heading(self) -> str:
        """What a row stands for."""
        return _("By year") if self.is_by_year else _("By month")

    def own_text(self, row: str) -> str:
        """How many messages of a row are the person's own; empty where none is known to be."""
        own = self.own_rows.get(row, 0)
        return _("{count} by you").format(count=format_number(own)) if own else ""

    def missing_text(self, total: int) -> str:
        """How many of all messages have no date that can be read, and so no row; empty where there are none."""
        missing = total - sum(self.rows.values())
        if not self.rows or missing <= 0:
            return ""
        return ngettext(
            "{count} message without a readable date is left out.",
            "{count} messages without a readable date are left out.",
            missing,
        ).format(count=format_number(missing))


def chart_of(counts: Iterable[Mapping[str, int]], own_counts: Iterable[Mapping[str, int]] = ()) -> MessageChart:
    """The counts by month (`2026-11`) of several chats together, and those of the person's own messages."""
    months, own_months = _sum_months(counts), _sum_months(own_counts)
    if not months:
        return MessageChart({})
    first, last = min(months), max(months)
    if last - first < MAX_MONTHS_SHOWN:
        names = {number: f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1)}
        rows, own_rows = ({name: sums[number] for number, name in names.items()} for sums in (months, own_months))
        return MessageChart(rows, own_rows)
    rows, own_rows = (
        {
            f"{year:04}": sum(sums[number] for number in range(12 * year, 12 * year + 12))
            for year in range(first // 12, last // 12 + 1)
        }
        for sums in (months, own_months)
    )
    return MessageChart(rows, own_rows, is_by_year=True)


def _sum_months(counts: Iterable[Mapping[str, int]]) -> Counter[int]:
    """Counts by the number of the month."""
    months: Counter[int] = Counter()
    for chat_counts in counts:
        for month, count in chat_counts.items():
            months[_month_number(month)] += count
    return months


def _month_number(year_and_month: str) -> int:
    year, _unused, month = year_and_month.partition("-")
    return int(year) * 12 + int(month) - 1


def bar_length(count: int, most: int, width: int) -> int:
    """The length of a row's bar, in cells: at least one where `count` is not 0; `most` is the greatest count."""
    return max(1, count * width // most) if count and most else 0
