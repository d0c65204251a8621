# ruff: noqa: DTZ001 - an export tells no zone
"""Every form of header that public samples show, each with its source, and what is decided from all of a file's dates.

Sources: [1] gesiscss/WhatsR, [2] Pustur/whatsapp-chat-parser, [3] lucasrodes/whatstk, [4] JBGruber/rwhatsapp, [5]
rodrigogs/whats-reader, [6] mtln/chat-export, [7] d3i-infra/data-donation-task, [8] mazen160/whatsapp-chat-parser pull 3,
[14] tests of an exporter reader, [15] whatsapp-chat-parser issue 224, [16] dimagi/open-chat-studio issue 221, [17]
rwhatsapp issue 28, [18] whatsapp-chat-parser-website issue 3, [19] mtln/chat-export pull 30, [20]
alignerg/lappers-posts issue 116.
"""

from datetime import datetime

import pytest

from metaoptout_tui.core.chats.scan_results import DateOrder, MessageKind
from metaoptout_tui.imports.whatsapp.dates import parse_time
from whatsapp_exports import Read

# Two headers of one chat as a sample shows them, the form, and when the first was written (None: not readable).
SAMPLES = {
    "en-US, 24 h [1]": ("1/29/18, 12:24 - ", "1/30/18, 0:05 - ", "android", datetime(2018, 1, 29, 12, 24)),
    "en-US, 12 h, U+202F [3][8]": ("12/11/24, 9:01\u202fPM - ", "12/13/24, 10:01 AM - ", "android", datetime(2024, 12, 11, 21, 1)),
    "en-IN, 12 h, U+00A0 [14]": ("13/11/24, 9:01\u00a0pm - ", "14/11/24, 9:01 am - ", "android", datetime(2024, 11, 13, 21, 1)),
    "dotted am/pm [2]": ("3/16/18, 1:55 p.m. - ", "3/17/18, 1:55 a.m. - ", "android", datetime(2018, 3, 16, 13, 55)),
    "spaced am/pm [15]": ("3/16/18, 1:55 p. m. - ", "3/17/18, 1:55 a. m. - ", "android", datetime(2018, 3, 16, 13, 55)),
    "es, U+00A0 inside [16]": ("20/6/2017 8:28 p.\u00a0m. - ", "21/6/2017 8:28 a.\u00a0m. - ", "android", datetime(2017, 6, 20, 20, 28)),
    "en-ZA, lower case [16]": ("2023/12/20, 5:46 pm - ", "2023/12/21, 5:46 am - ", "android", datetime(2023, 12, 20, 17, 46)),
    "de, nachm. [1]": ("29.01.18, 3:24 nachm. - ", "30.01.18, 9:24 vorm. - ", "android", datetime(2018, 1, 29, 15, 24)),
    "de, abends [1]": ("29.01.18, 8:24 abends - ", "30.01.18, 9:24 morgens - ", "android", datetime(2018, 1, 29, 20, 24)),
    "de, nachts [1]": ("29.01.18, 2:24 nachts - ", "30.01.18, 12:24 mittags - ", "android", datetime(2018, 1, 29, 2, 24)),
    "de, 24 h [1]": ("29.01.18, 12:24 - ", "30.01.18, 12:24 - ", "android", datetime(2018, 1, 29, 12, 24)),
    "de, long year [3]": ("15.04.2016, 15:04 - ", "16.04.2016, 15:04 - ", "android", datetime(2016, 4, 15, 15, 4)),
    "tr, no comma [p]": ("30.11.2024 13:21 - ", "1.12.2024 13:21 - ", "android", datetime(2024, 11, 30, 13, 21)),
    "id, time with dots [p]": ("21/07/2026 03.15 - ", "22/07/2026 03.15 - ", "android", datetime(2026, 7, 21, 3, 15)),
    "id, iOS [p]": ("[21/07/2026, 03.15.42] ", "[22/07/2026, 03.15.42] ", "ios", datetime(2026, 7, 21, 3, 15, 42)),
    "fi, klo [2]": ("13.6.2018 klo 21.25.15 - ", "14.6.2018 klo 21.25.15 - ", "android", datetime(2018, 6, 13, 21, 25, 15)),
    "fr, à [4]": ("13/07/2017 à 22:35 - ", "14/07/2017 à 22:35 - ", "android", datetime(2017, 7, 13, 22, 35)),
    "ja, year first [5]": ("2024/12/10, 14:30 - ", "2024/12/11, 14:30 - ", "android", datetime(2024, 12, 10, 14, 30)),
    "sv, year first [4]": ("2017-07-12, 22:35:22 - ", "2017-07-13, 22:35:22 - ", "android", datetime(2017, 7, 12, 22, 35, 22)),
    "zh, year first, iOS [16]": ("[2018/06/13, 21:25:15] ", "[2018/06/14, 21:25:15] ", "ios", datetime(2018, 6, 13, 21, 25, 15)),
    "en-CA, year first [16]": ("2023-12-20, 5:46 p.m. - ", "2023-12-21, 5:46 a.m. - ", "android", datetime(2023, 12, 20, 17, 46)),
    "hr, blanks in the date [2]": ("13. 6. 2018. 21:25:15 - ", "14. 6. 2018. 21:25:15 - ", "android", datetime(2018, 6, 13, 21, 25, 15)),
    "fa, Persian digits [17]": ("۲۰۲۱/۵/۳۰، ۱۸:۴۴ - ", "۲۰۲۱/۵/۳۱، ۱۸:۴۴ - ", "android", datetime(2021, 5, 30, 18, 44)),
    "ar, Arabic digits, U+200F [19]": ("٢٥\u200f/٣\u200f/٢٠٢٤، ٩:١٤ م - ", "٢٦\u200f/٣\u200f/٢٠٢٤، ٩:١٤ ص - ", "android", datetime(2024, 3, 25, 21, 14)),
    "zh, word in front (ICU 78)": ("2024/3/25 下午9:14 - ", "2024/3/26 上午9:14 - ", "android", datetime(2024, 3, 25, 21, 14)),
    "zh-Hant, evening (ICU 78)": ("2024/3/25 晚上9:14 - ", "2024/3/26 清晨5:14 - ", "android", datetime(2024, 3, 25, 21, 14)),
    "ko, word in front (ICU 78)": ("24. 3. 25. 오후 9:14 - ", "24. 4. 26. 오전 9:14 - ", "android", datetime(2024, 3, 25, 21, 14)),
    "vi, time first (ICU)": ("21:14 25/3/24 - ", "21:14 26/4/24 - ", "android", datetime(2024, 3, 25, 21, 14)),
    "fr-CA, h (ICU)": ("2024-03-25 21 h 14 - ", "2024-03-26 21 h 14 - ", "android", datetime(2024, 3, 25, 21, 14)),
    "eu, bracket (ICU)": ("24/3/25 (21:14) - ", "24/4/26 (21:14) - ", "android", datetime(2024, 3, 25, 21, 14)),
    "mr, Marathi digits (ICU)": ("२५/३/२४, ९:१४ PM - ", "२६/४/२४, ९:१४ AM - ", "android", datetime(2024, 3, 25, 21, 14)),
    "my, Burmese digits (ICU)": ("၂၅/၃/၂၄ ၂၁:၁၄ - ", "၂၆/၄/၂၄ ၂၁:၁၄ - ", "android", datetime(2024, 3, 25, 21, 14)),
    "th, Thai digits": ("๒๕/๓/๒๐๒๔ ๒๑:๑๔ - ", "๒๖/๓/๒๐๒๔ ๒๑:๑๔ - ", "android", datetime(2024, 3, 25, 21, 14)),
    "bn, Bengali digits (ICU)": ("২৫/৩/২০২৪, ৯:১৪ PM - ", "২৬/৩/২০২৪, ৯:১৪ AM - ", "android", datetime(2024, 3, 25, 21, 14)),
    "ne, Nepali, year first (ICU)": ("२०२४/३/२५, २१:१४ - ", "२०२४/३/२६, २१:१४ - ", "android", datetime(2024, 3, 25, 21, 14)),
    "ar, iOS, Arabic digits": ("[٢٥\u200f/٣\u200f/٢٠٢٤، ٩:١٤:٠٥ م] ", "[٢٦\u200f/٣\u200f/٢٠٢٤، ٩:١٤:٠٥ ص] ", "ios", datetime(2024, 3, 25, 21, 14, 5)),
    "fa, iOS, Persian digits": ("[۲۰۲۴/۳/۲۵،\u200f ۲۱:۱۴:۰۵] ", "[۲۰۲۴/۳/۲۶،\u200f ۲۱:۱۴:۰۵] ", "ios", datetime(2024, 3, 25, 21, 14, 5)),
    "th, Buddhist year (ICU)": ("25/3/2567 21:14 - ", "26/3/2567 21:14 - ", "android", None),
    "th, Buddhist year in Thai digits": ("๒๕/๓/๒๕๖๗ ๒๑:๑๔ - ", "๒๖/๓/๒๕๖๗ ๒๑:๑๔ - ", "android", None),
    "th, Buddhist year of two digits": ("25/3/67 21:14 - ", "26/3/67 21:14 - ", "android", None),
    "Buddhist era named, iOS": ("[25/3/2567 BE, 21:14:05] ", "[26/3/2567 BE, 21:14:05] ", "ios", None),
    "fa, Persian year (ICU)": ("۱۴۰۳/۱/۶،\u200f ۲۱:۱۴ - ", "۱۴۰۳/۱/۷،\u200f ۲۱:۱۴ - ", "android", None),
    "Persian era in front (ICU)": ("AP 1403/1/6, 21:14 - ", "AP 1403/1/7, 21:14 - ", "android", None),
    "ar, Islamic year (ICU)": ("٢٥\u200f/٩\u200f/١٤٤٥ هـ، ٩:١٤ م - ", "٢٦\u200f/٩\u200f/١٤٤٥ هـ، ٩:١٤ ص - ", "android", None),
    "ja, year of an era (ICU)": ("R6/3/25 21:14 - ", "R6/3/26 21:14 - ", "android", None),
    "ja, year of an era by its name (ICU)": ("令和6/3/25 21:14 - ", "令和6/3/26 21:14 - ", "android", None),
    "zh-Hant, year of the republic (ICU)": ("民國113/3/25 下午9:14 - ", "民國113/3/26 下午9:14 - ", "android", None),
    "the same without its name": ("113/3/25 21:14 - ", "113/3/26 21:14 - ", "android", None),
    "iOS, 12 h [1]": ("[1/29/18, 12:24:03 PM] ", "[1/30/18, 12:24:03 AM] ", "ios", datetime(2018, 1, 29, 12, 24, 3)),
    "iOS, de [1]": ("[29.01.18, 12:24:03] ", "[30.01.18, 12:24:03] ", "ios", datetime(2018, 1, 29, 12, 24, 3)),
    "iOS, no comma [18]": ("[15-01-20 02:22:56] ", "[16-01-20 02:22:56] ", "ios", datetime(2020, 1, 15, 2, 22, 56)),
    "iOS, no seconds [3]": ("[2019-04-16 02:09] ", "[2019-04-17 02:09] ", "ios", datetime(2019, 4, 16, 2, 9)),
    "old iOS, colon [2]": ("13.06.18 21.25.15: ", "14.06.18 21.25.15: ", "old-ios", datetime(2018, 6, 13, 21, 25, 15)),
    "old iOS, semicolon [4]": ("13.07.2017 - 22:35:22; ", "14.07.2017 - 22:35:22; ", "old-ios", datetime(2017, 7, 13, 22, 35, 22)),
    "en dash [7]": ("29.01.18, 12:24 – ", "30.01.18, 12:24 – ", "android", datetime(2018, 1, 29, 12, 24)),
    "copied, no year [p]": ("[28/11, 18:02] ", "[29/11, 18:02] ", "copied", None),
    "copied, time first [p]": ("[3:09 pm, 26/07/2024] ", "[3:10 am, 27/07/2024] ", "copied", datetime(2024, 7, 26, 15, 9)),
    "copied, en-US [p]": ("[2:07 AM, 3/15/2025] ", "[2:08 PM, 3/16/2025] ", "copied", datetime(2025, 3, 15, 2, 7)),
    "copied, month by name [p]": ("[26-Apr-25 12:56 PM] ", "[27-Apr-25 12:56 AM] ", "copied", datetime(2025, 4, 26, 12, 56)),
}  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_each_known_form_is_read(read: Read, name: str) -> None:
    first, second, platform, written = SAMPLES[name]
    chat = read(f"{first}Anna: hello", "and on", f"{second}Bo Ek: @\u2068Meta AI\u2069 hi", f"{first}Anna added Bo")
    assert chat.totals
    assert (chat.origin, chat.totals.header_count, chat.totals.messages, chat.totals.system_lines) == (
        platform,
        3,
        2,
        1,
    )
    assert dict(chat.totals.messages_by_sender) == {"Anna": 1, "Bo Ek": 1}
    assert chat.message_count(MessageKind.TO_META_AI, "Bo Ek") == 1
    assert chat.first_message_at == written
    assert written or not chat.are_dates_proven


@pytest.mark.parametrize("mark", ["\ufeff", "\u200e", "\u200f", "\u061c", "\u2066", "\u2069", "\u202a", "\u202e"])
@pytest.mark.parametrize("where", [0, 1, 3, 9, 10, 17, 19, 20, 21])
def test_a_mark_anywhere_in_a_header_changes_nothing(read: Read, mark: str, where: int) -> None:
    # [1] germanios24h.txt has U+FEFF in front of lines, [14][20] have U+200E before the bracket
    plain = "[29.01.18, 12:24:03] Anna: @Meta AI hi"
    chat = read(plain, plain[:where] + mark + plain[where:], plain)
    assert chat.totals
    assert chat.totals.messages_by_sender == (("Anna", 3),)
    assert chat.message_count(MessageKind.TO_META_AI) == 3


def test_windows_line_ends_and_a_byte_order_mark_belong_to_no_text(read: Read) -> None:
    chat = read("\ufeff[1/29/18, 12:24:03 PM] Anna: hi", "", "[1/30/18, 12:24:03 PM] Bo:", end="\r\n")
    assert chat.totals
    assert chat.totals.messages_by_sender == (("Anna", 1), ("Bo", 1))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_told_by_its_mark(read: Read, encoding: str) -> None:
    text = "\ufeff1/29/18, 12:24 - Zoë: @Meta AI 😀\n1/30/18, 12:24 - Anna: hm"
    chat = read(text.encode(encoding))
    assert chat.totals
    assert dict(chat.totals.messages_by_sender) == {"Zoë": 1, "Anna": 1}
    assert chat.message_count(MessageKind.TO_META_AI, "Zoë") == 1


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("~\u202fNora", "~ Nora"),  # not in the contacts
        ("+44 7700 900123", "+44 7700 900123"),
        ("\u202a+44 7700 900123\u202c", "+44 7700 900123"),
        ("Nora 🌻", "Nora 🌻"),
        ("Re:Nora", "Re:Nora"),  # up to the first colon with a blank after it
        ("Nora ", "Nora"),  # a blank before the colon, whatsanalyze sample
        ("Nora\x1b[31m", "Nora�[31m"),
    ],
)
def test_a_sender_is_shown_as_a_person_reads_it(read: Read, written: str, shown: str) -> None:
    chat = read(f"1/29/18, 12:24 - {written}: hi", f"1/29/18, 12:25 - {written}: yes: really")
    assert chat.totals
    assert chat.totals.messages_by_sender == ((shown, 2),)


@pytest.mark.parametrize(
    "pasted",
    [
        "[28/11, 18:02] Meta AI: an answer",
        "[1/29/18, 12:24:03 PM] Bo: other brackets",
        "1/29/2018, 12:24 - Bo: a longer year",
        "29.01.18, 12:24 - Bo: other signs",
        "2018/01/29, 12:24 - Bo: the year first",
    ],
)
def test_a_line_of_another_shape_is_text_even_where_it_stands_in_front(read: Read, pasted: str) -> None:
    lines = ["1/29/18, 12:24 - Anna: look", *[pasted] * 60, "1/30/18, 12:24 - Bo: thanks"]
    chat = read(*lines)
    assert chat.totals
    assert (chat.totals.header_count, dict(chat.totals.messages_by_sender)) == (2, {"Anna": 1, "Bo": 1})


def test_text_before_the_first_header_is_passed_over(read: Read) -> None:
    chat = read("Exported for @Meta AI", "", "1/29/18, 12:24 - Anna: hi", "1/30/18, 12:24 - Bo: hi")
    assert chat.totals
    assert (chat.totals.header_count, chat.message_count(MessageKind.TO_META_AI)) == (2, 0)


def test_a_separator_of_unicode_or_a_form_feed_ends_no_line(read: Read) -> None:
    body = "a\u2028[1/29/18, 12:24:03 PM] Bo: b\x0c[1/29/18, 12:24:03 PM] Bo: c\x85d"
    chat = read(f"[1/29/18, 12:24:03 PM] Anna: {body}")
    assert chat.totals
    assert chat.totals.messages_by_sender == (("Anna", 1),)


# Senders that are set apart less clearly.


def test_nothing_but_a_blank_stands_between_time_and_sender(read: Read) -> None:
    # [2], hr; the second is `a`, which is also a word for the morning
    for sender in ("Ivo", "a", "~\u202fIvo", "+385 91 123 4567"):
        chat = read(
            f"13. 6. 2018. 21:25:15 {sender}: kako si",
            f"13. 6. 2018. 21:26:15 {sender}: @\u2068Meta AI\u2069 bok",
            "13. 6. 2018. 21:27:15 Meta AI: Bok!",
            "13. 6. 2018. 21:28:15 Nora je dodana",
        )
        assert chat.totals
        assert (chat.totals.messages, chat.totals.system_lines, chat.origin) == (3, 1, "old-ios")
        assert len(chat.totals.messages_by_sender) == 2
        assert (chat.message_count(MessageKind.TO_META_AI), chat.message_count(MessageKind.BY_META_AI)) == (1, 1)


@pytest.mark.parametrize("period", [" PM", " p.m.", " p.\u00a0m.", "\u202fPM"])
def test_nothing_but_a_blank_stands_between_a_time_of_twelve_hours_and_the_sender(read: Read, period: str) -> None:
    # composed after [2], hr
    chat = read(
        f"6/13/18 9:25{period} Ivo: kako si",
        f"6/13/18 9:26{period} Pmina: @\u2068Meta AI\u2069 bok",
        f"6/13/18 9:27{period} Meta AI: Bok!",
    )
    assert chat.totals
    assert dict(chat.totals.messages_by_sender) == {"Ivo": 1, "Pmina": 1, "Meta AI": 1}
    assert (chat.message_count(MessageKind.TO_META_AI), chat.message_count(MessageKind.BY_META_AI)) == (1, 1)
    assert chat.first_message_at == datetime(2018, 6, 13, 21, 25)


def test_no_blank_stands_behind_the_sender_on_android(read: Read) -> None:
    # composed after ChatLab pull 280
    chat = read(
        "2026/7/9, 02:28 - Ann:Hey",
        "2026/7/9, 02:28 - Bob joined",
        "2026/7/9, 02:29 - Bob:@\u2068Meta AI\u2069 what is tea: a drink?",
        "2026/7/9, 02:29 - Meta AI:A drink.",
    )
    assert chat.totals
    assert dict(chat.totals.messages_by_sender) == {"Ann": 1, "Bob": 1, "Meta AI": 1}
    assert (chat.message_count(MessageKind.TO_META_AI), chat.message_count(MessageKind.BY_META_AI)) == (1, 1)


def test_no_blank_stands_behind_the_sender(read: Read) -> None:
    # ChatLab pull 280
    chat = read(
        "[2026/7/9 02:28:09] Ann: Hey",
        "[2026/7/9 02:28:37] Bob:Hi",
        "[2026/7/9 02:29:01] Bob:@\u2068Meta AI\u2069 what is tea: a drink?",
        "[2026/7/9 02:29:08] Meta AI: A drink.",
    )
    assert chat.totals
    assert dict(chat.totals.messages_by_sender) == {"Ann": 1, "Bob": 2, "Meta AI": 1}
    assert chat.message_count(MessageKind.TO_META_AI, "Bob") == 1


def test_a_colon_in_a_name_ends_it_only_where_the_file_is_written_so(read: Read) -> None:
    chat = read("[29.01.18, 12:24:03] Re:Nora: hi", "[30.01.18, 12:24:03] Bo: see https://example.org")
    assert chat.totals
    assert dict(chat.totals.messages_by_sender) == {"Re:Nora": 1, "Bo": 1}


# Where CRLF ends a message.

PASTED = "[30.01.18, 12:24:03] Cy: @Meta AI pasted"


@pytest.mark.parametrize("lines", [1, 9, 60])
def test_a_chat_that_was_pasted_into_a_message_of_ios_begins_no_message(read: Read, lines: int) -> None:
    # composed: iOS ends a message with CRLF, and a bare line feed is the message's own
    pasted = "\n".join(["look", *[PASTED] * lines])
    chat = read(
        "[29.01.18, 12:24:03] Anna: hi",
        f"[30.01.18, 12:24:03] Anna: {pasted}",
        "[31.01.18, 12:24:03] Bo: oh",
        end="\r\n",
    )
    assert chat.totals
    assert dict(chat.totals.messages_by_sender) == {"Anna": 2, "Bo": 1}
    # who pastes a mention addresses nobody
    assert chat.message_count(MessageKind.TO_META_AI) == 0
    assert chat.message_count(MessageKind.NAMES_META_AI, "Anna") == 1


@pytest.mark.parametrize("lines", [1, 9, 60])
def test_a_mention_behind_what_was_pasted_counts(read: Read, lines: int) -> None:
    # composed: chats copied from the app, as in public notes, pasted into an Android chat
    copied = "\n".join(["look", *["[28/11, 18:02] Cy: @Meta AI hi", "[3:09 pm, 26/07/2024] Meta AI: yes"] * lines])
    quoted = f"29.01.18, 12:25 - Anna: {copied}"
    asked = f"29.01.18, 12:26 - Anna: {copied}\n12.30: @Meta AI is that so?"
    for around in (1, 40):
        bo = ["29.01.18, 12:24 - Bo: @Meta AI hi"] * around
        chat = read(*bo, quoted, *bo, asked, *bo)
        assert chat.message_count(MessageKind.TO_META_AI, "Bo") == 3 * around
        assert chat.message_count(MessageKind.TO_META_AI, "Anna") == 1
        assert chat.message_count(MessageKind.NAMES_META_AI, "Anna") == 1


def test_a_small_chat_of_ios_of_which_most_was_pasted_ends_its_messages_with_crlf(read: Read) -> None:
    # composed: the first message is the pasted one, so that its first line has no CRLF
    chat = read(f"[29.01.18, 12:24:03] Anna: look\n{PASTED}\n{PASTED}", "[31.01.18, 12:24:03] Bo: oh", end="\r\n")
    assert chat.totals
    assert dict(chat.totals.messages_by_sender) == {"Anna": 1, "Bo": 1}


def test_a_stray_carriage_return_hides_no_message(read: Read) -> None:
    chat = read(*[f"[29.01.18, 12:24:0{second}] Anna: hi\r" for second in (1, 2)], *[PASTED] * 5)
    assert chat.totals
    assert chat.totals.messages == 7


def written(*days: str) -> list[str]:
    return [f"{day}, 12:24 - Anna: hi" for day in days]


@pytest.mark.parametrize(
    ("days", "order", "sure", "first"),
    [
        # Year first is always year, month, day; three public parsers read the 12th of January.
        (("2024/12/01", "2024/12/02"), DateOrder.YEAR_FIRST, True, datetime(2024, 12, 1, 12, 24)),
        # A value above 12 anywhere in the file decides, also far behind.
        (("1/2/2024", *["3/4/2024"] * 400, "4/13/2024"), DateOrder.MONTH_FIRST, True, datetime(2024, 1, 2, 12, 24)),
        (("1/2/2024", *["3/4/2024"] * 400, "13/4/2024"), DateOrder.DAY_FIRST, True, datetime(2024, 2, 1, 12, 24)),
        # Else the order under which time runs forward.
        (("1/2/24", "2/1/24", "2/3/24", "3/2/24", "4/1/24"), DateOrder.MONTH_FIRST, True, datetime(2024, 1, 2, 12, 24)),
        (("24/3/25", "24/4/2", "25/1/7", "25/2/1"), DateOrder.YEAR_FIRST, True, datetime(2024, 3, 25, 12, 24)),
        # Else the shorter span, which proves nothing.
        (("1/2/2024", "2/2/2024", "3/2/2024"), DateOrder.DAY_FIRST, False, datetime(2024, 2, 1, 12, 24)),
        (("1/1/2024",), DateOrder.DAY_FIRST, False, datetime(2024, 1, 1, 12, 24)),
        # Other calendars are never stated: Buddhist, Persian, Islamic years.
        (("25/3/2567", "26/3/2567"), DateOrder.DAY_FIRST, False, None),
        (("1403/1/6", "1403/1/7"), DateOrder.YEAR_FIRST, False, None),
        (("1446-09-25", "1446-09-26"), DateOrder.YEAR_FIRST, False, None),
        (("99/99/24", "98/98/24"), DateOrder.DAY_FIRST, False, None),
    ],
)
def test_the_order_of_dates_is_decided_over_the_whole_file(
    read: Read, days: tuple[str, ...], order: DateOrder, *, sure: bool, first: datetime | None
) -> None:
    chat = read(*written(*days))
    assert (chat.date_order, chat.are_dates_proven, chat.first_message_at) == (order, sure, first)
    assert chat.totals
    assert chat.totals.messages == len(days)


@pytest.mark.parametrize("clock", ["", "24:00", "9:61 PM", "x"])
def test_what_is_no_time_of_day_is_none(clock: str) -> None:
    assert parse_time(clock) is None


@pytest.mark.parametrize(
    ("clock", "hour"),
    [
        ("9:14 zzz", None),  # a word that no language of CLDR has: either half of the day
        ("9:14 mittags", None),  # a word that does not go with the hour
        ("21:14 zzz", 21),
        ("09:14 ч.", 9),  # bg, "o'clock"
        ("9:14:05초", 9),  # ko, "seconds"
        ("klo 9.14", 9),
        ("٩:١٤ م", 21),
        ("९:१४ PM", 21),
        ("๙:๑๔", 9),
    ],
)
def test_an_hour_is_stated_only_where_its_half_of_the_day_is_known(clock: str, hour: int | None) -> None:
    found = parse_time(clock)
    assert (found and found.hour) == hour
