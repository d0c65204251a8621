# ruff: noqa: DTZ001 - an export tells no zone
"""Exports as phones write them: headers made from CLDR for any language, system and clock."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from babel import Locale

from metaoptout_tui.core.chats.scan_results import ScannedChat

Read = Callable[..., ScannedChat]
"""The fixture `read`: lines of an export, and how it is named and ends its lines."""

LOCALES = [
    "af",
    "am",
    "ar",
    "ar_EG",
    "ar_MA",
    "as",
    "az",
    "be",
    "bg",
    "bn",
    "bs",
    "ca",
    "cs",
    "cy",
    "da",
    "de",
    "de_AT",
    "de_CH",
    "el",
    "en_AU",
    "en_CA",
    "en_GB",
    "en_IE",
    "en_IN",
    "en_NZ",
    "en_US",
    "en_ZA",
    "es",
    "es_AR",
    "es_MX",
    "es_US",
    "et",
    "eu",
    "fa",
    "fi",
    "fil",
    "fr",
    "fr_BE",
    "fr_CA",
    "fr_CH",
    "ga",
    "gl",
    "gu",
    "ha",
    "he",
    "hi",
    "hr",
    "hu",
    "hy",
    "id",
    "is",
    "it",
    "it_CH",
    "ja",
    "ka",
    "kk",
    "km",
    "kn",
    "ko",
    "ky",
    "lo",
    "lt",
    "lv",
    "mk",
    "ml",
    "mn",
    "mr",
    "ms",
    "my",
    "nb",
    "ne",
    "nl",
    "nl_BE",
    "nn",
    "or",
    "pa",
    "pl",
    "ps",
    "pt_BR",
    "pt_PT",
    "ro",
    "ru",
    "rw",
    "si",
    "sk",
    "sl",
    "sq",
    "sr",
    "sr_Latn",
    "sv",
    "sv_FI",
    "sw",
    "ta",
    "te",
    "th",
    "tr",
    "uk",
    "ur",
    "uz",
    "vi",
    "zh_Hans_CN",
    "zh_Hant_HK",
    "zh_Hant_TW",
    "zu",
]
"""Languages of WhatsApp and of the phones it runs on, some with more than one country."""

CLOCKS = {"24": ("Hm", "Hms"), "12": ("hm", "hms"), "12 with parts of the day": ("Bhm", "Bhms")}
_ZEROS = {
    "arab": 0x660,
    "arabext": 0x6F0,
    "beng": 0x9E6,
    "deva": 0x966,
    "mymr": 0x1040,
    "tibt": 0xF20,
    "cakm": 0x11136,
}


class Phone(NamedTuple):
    """A phone's language, system and clock."""

    locale: str
    system: str
    clock: str

    def has_clock(self) -> bool:
        """Whether this language has such a clock."""
        skeletons = Locale.parse(self.locale).datetime_skeletons
        name = CLOCKS[self.clock][self.system == "ios"]
        return name in skeletons and (self.clock == "24" or any(sign in skeletons[name].pattern for sign in "aB"))

    def header(self, at: datetime) -> str:
        """What stands in front of the sender."""
        locale = Locale.parse(self.locale)
        ios = self.system == "ios"
        time = locale.datetime_skeletons[CLOCKS[self.clock][ios]].apply(at, locale)
        date = locale.date_formats["short"].apply(at, locale)
        glue = str(locale.datetime_formats["short"])
        stamp = glue.replace("'", "").replace("{0}", time).replace("{1}", date)
        zero = _ZEROS.get(locale.default_numbering_system)
        if zero:
            stamp = stamp.translate({ord("0") + value: zero + value for value in range(10)})
        return f"[{stamp}] " if ios else f"{stamp} - "


class Export(NamedTuple):
    """A made export and what is in it."""

    text: str
    headers: int
    authors: Counter[str]
    kinds: Counter[str]
    to_meta_ai: list[datetime]


def export(phone: Phone, seed: int = 0, messages: int = 80) -> Export:
    """Eight months of a group in which some write to Meta AI."""
    chance = random.Random(f"{phone}{seed}")  # noqa: S311 - the same at every run
    at = datetime(2024, 1, 30, 9, 14, 5)
    ios = phone.system == "ios"
    end = "\r\n" if ios else "\n"
    lines: list[str] = []
    authors: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    asked: list[datetime] = []
    pasted = (
        "[28/11, 18:02] Meta AI: a chat that was pasted"
        if not ios
        else "28/11/2024, 18:02 - Meta AI: a chat that was pasted"
    )
    bodies = {
        "other": ("Shall we meet at 10:30?", "", "one" + end + end + "three", "a - b: c", "1/2/24, twice"),
        "to_meta_ai": ("@\u2068Meta AI\u2069 what is this", "look" + end + "@Meta AI draw a cat", "and @13135550002?"),
        "names_meta_ai": ("I asked Meta AI once", "see" + end + pasted),
        "by_meta_ai": ("Here is an answer." + end + "* one",),
    }
    for _ in range(messages):
        at += timedelta(minutes=chance.randrange(200, 8000), seconds=chance.randrange(60))
        kind = chance.choice(tuple(bodies))
        author = (
            "Meta AI" if kind == "by_meta_ai" else chance.choice(("Anna", "~\u202fBo Ek", "+44 7700 900123", "Zoë"))
        )
        body = chance.choice(bodies[kind])
        if lines and "Meta AI: " in lines[-1][:60] and kind != "by_meta_ai":
            lines.append(f"{phone.header(at)}Noor: hm{end}")  # so that nothing is right after an answer
            authors["Noor"] += 1
            kinds["other"] += 1
        mark = "\u200e" if ios and chance.random() < 0.1 else ""
        lines.append(f"{mark}{phone.header(at)}{author}:{' ' + body if body else ''}{end}")
        authors[author.replace("\u202f", " ")] += 1
        kinds[kind] += 1
        if kind == "to_meta_ai":
            asked.append(at if ios else at.replace(second=0))
    return Export("".join(lines), sum(kinds.values()), authors, kinds, asked)
