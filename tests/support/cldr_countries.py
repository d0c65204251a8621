"""The names of countries as CLDR has them, through babel; run it to write the program's table anew."""

import tomllib
from pathlib import Path

import tomli_w
from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from metaoptout_tui.guidance import loader
from metaoptout_tui.translations.catalogues import translated_languages

FILE = Path(loader.__file__).parent / loader.COUNTRY_NAMES_FILE
HEADER = """\
# The names of countries by ISO 3166-1 alpha-2 code, from CLDR: in each language of the program, and in the official
# languages of the country itself. Written by tests/support/cldr_countries.py; other names stand in countries.toml.

"""


def of_cldr(codes: list[str]) -> dict[str, dict[str, object]]:
    """By language the name of each country, and under `own` the names that the country itself uses."""
    names: dict[str, dict[str, object]] = {
        language: {code: Locale.parse(language).territories[code] for code in codes}
        for language in translated_languages()
    }
    own: dict[str, object] = {}
    for code in codes:
        if found := [name for language in get_official_languages(code) if (name := _own_name(code, language))]:
            own[code] = list(dict.fromkeys(found))
    return {**names, "own": own}


def _own_name(code: str, language: str) -> str:
    try:
        return str(Locale.parse(language).territories.get(code, ""))
    except (UnknownLocaleError, ValueError):
        return ""


def present_table() -> dict[str, dict[str, object]]:
    """The table of the program."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    FILE.write_text(HEADER + tomli_w.dumps(of_cldr(list(loader.load_countries()))), encoding="utf-8")
