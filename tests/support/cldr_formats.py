"""Dates and numbers of each language as CLDR has them, through babel; run it to write the program's table anew."""

import re
import subprocess
import sys
from pathlib import Path

from babel import Locale

from metaoptout_tui.core.language import cldr
from metaoptout_tui.core.language.cldr import LanguageFormats
from metaoptout_tui.core.language.translation import SOURCE_LANGUAGE
from metaoptout_tui.translations.catalogues import translated_languages

PATTERNS_FROM = {"en": "en_GB"}
"""Where a language's patterns come from if not from itself: English of Europe has the day before the month."""

QUOTATIONS = {"de": "„{0}“", "es": "«{0}»", "fr": "«\N{NO-BREAK SPACE}{0}\N{NO-BREAK SPACE}»", "it": "«{0}»"}
"""How the sentences of a language quote, where not as English does; babel leaves CLDR's quotation marks out."""
INNER_QUOTATIONS = {"de": "‚{0}‘", "es": "“{0}”", "fr": "“{0}”", "it": "“{0}”"}
"""How they quote within a quotation, where not as English does."""
LABELS = {"fr": "{0}\N{NO-BREAK SPACE}: {1}"}
"""How a language writes a label before what it says, where not as English does; babel leaves CLDR's pattern out."""
CLAUSES = {"fr": "\N{NO-BREAK SPACE}; "}
"""What stands between clauses, where not as in English."""

_PLACES = {
    "d": "{day}",
    "dd": "{day:02}",
    "MMM": "{month}",
    "y": "{year}",
    "E": "{weekday}",
    "EEE": "{weekday}",
    "H": "{hour}",
    "HH": "{hour:02}",
    "mm": "{minute:02}",
}


def of_cldr(language: str) -> LanguageFormats:
    """The formats of one language."""
    words, patterns = Locale.parse(language), Locale.parse(PATTERNS_FROM.get(language, language))
    months, days = words.months["format"], words.days["format"]["abbreviated"]
    day_of_year = patterns.datetime_skeletons["MMMd"].pattern
    lists, alternatives = patterns.list_patterns["standard"], patterns.list_patterns["or"]
    past = {
        unit: words._data["date_fields"][unit]["past"]  # no public name in babel
        for unit in ("minute", "hour", "day", "month")
    }
    name = words.get_language_name(language)
    assert name, f"CLDR has no name for {language}"
    return LanguageFormats(
        own_name=f"{name[0].upper()}{name[1:]}",
        months=tuple(months["abbreviated"][number] for number in range(1, 13)),
        full_months=tuple(months["wide"][number] for number in range(1, 13)),
        weekdays=tuple(days[number] for number in range(7)),
        day_in_year=_template(day_of_year),
        day=_template(patterns.datetime_skeletons["yMMMd"].pattern),
        month=_template(patterns.datetime_skeletons["yMMM"].pattern),
        weekday_and_day=_template(patterns.datetime_skeletons["MMMEd"].pattern.replace(day_of_year, "{0}")).replace(
            "{0}", "{date}"
        ),
        time=_template(patterns.time_formats["short"].pattern),
        day_and_time=patterns.datetime_formats["medium"].replace("{1}", "{date}").replace("{0}", "{time}"),
        ago={unit: (forms["one"], forms["other"]) for unit, forms in past.items()},
        decimal_point=patterns.number_symbols["latn"]["decimal"],
        thousands=patterns.number_symbols["latn"]["group"],
        in_between=lists["middle"],
        at_the_end=lists["end"],
        or_at_the_end=alternatives["end"],
        quotation=QUOTATIONS.get(language, "“{0}”"),
        inner_quotation=INNER_QUOTATIONS.get(language, "‘{0}’"),
        label=LABELS.get(language, "{0}: {1}"),
        between_clauses=CLAUSES.get(language, "; "),
    )


def _template(pattern: str) -> str:
    """A pattern of CLDR as one of `str.format`."""
    return re.sub(r"([A-Za-z])\1*", lambda place: _PLACES[place[0]], pattern)


def main() -> None:
    """Write the table of all languages that there are sentences of into the module that holds it."""
    path = Path(cldr.__file__)
    head, mark, _ = path.read_text(encoding="utf-8").partition("FORMATS: ")
    rows = "".join(
        f"    {language!r}: {of_cldr(language)!r},\n" for language in (SOURCE_LANGUAGE, *translated_languages())
    )
    table = f"{mark}Mapping[str, LanguageFormats] = {{\n{rows}}}\n"
    path.write_text(head + table, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", str(path)], check=True)


if __name__ == "__main__":
    main()
