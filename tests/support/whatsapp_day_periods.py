"""The words for the parts of the day as CLDR has them, through babel; run it to write the program's table anew."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel import Locale, localedata

from metaoptout_tui.imports.whatsapp import dates
from metaoptout_tui.imports.whatsapp.day_periods import casefold_letters

# Their word for one half of the day is a larger language's word for the other.
LEFT_OUT = {"ebu", "gd", "kl", "smn"}
HALVES = {"am": range(12), "pm": range(12, 24)}


def of_cldr() -> Mapping[str, int]:
    """Each word, as `shadow.word` makes it, with the hours it covers in any language, as bits.

    A word that means a half of the day in one language and a part of it in another counts as the half.
    """
    halves: defaultdict[str, int] = defaultdict(int)
    parts: defaultdict[str, int] = defaultdict(int)
    for identifier in localedata.locale_identifiers():
        locale = Locale.parse(identifier)
        if locale.language in LEFT_OUT:
            continue
        for names in (locale.day_periods["format"][width] for width in ("abbreviated", "wide")):
            for period, name in names.items():
                into, covered = (halves, HALVES[period]) if period in HALVES else (parts, _covered(locale, period))
                for hour in covered:
                    into[casefold_letters(name)] |= 1 << hour
    return {name: hours for name, hours in {**parts, **halves}.items() if name}


def _covered(locale: Locale, period: str) -> Iterator[int]:
    for rule in locale.day_period_rules.get(None, {}).get(period, ()):
        if "at" in rule:
            yield rule["at"] // 3600 % 24
            continue
        hour, end = rule["from"] // 3600, rule["before"] // 3600
        end += 24 if end <= hour else 0
        yield from (each % 24 for each in range(hour, end))


def table(words: Mapping[str, int]) -> str:
    """The table as it stands in the program: hours as hexadecimal bits, and the words that cover just these."""
    rows: defaultdict[int, list[str]] = defaultdict(list)
    for name, hours in words.items():
        rows[hours].append(name)
    return "".join(f"{hours:06x} {' '.join(sorted(names))}\n" for hours, names in sorted(rows.items()))


if __name__ == "__main__":
    (Path(dates.__file__).with_name("day_period_words.txt")).write_text(table(of_cldr()), encoding="utf-8")
