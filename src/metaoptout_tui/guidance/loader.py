"""Loads what comes with the program: playbook, reason texts, countries, authorities and public holidays.

The bundled files are built into values without being checked again, since the tests check them whole; each is read
when first needed, in its compiled form where there is one. A playbook from elsewhere goes through `parse_playbook`, which checks everything first. The
holidays are those of the `holidays` library, which is imported on first use.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from metaoptout_tui.core.errors import GuidanceError
from metaoptout_tui.core.guidance.authorities import Authority, AuthorityDirectory, AuthorityPage
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.reason import ReasonPhrases
from metaoptout_tui.core.toml import TomlPath
from metaoptout_tui.guidance.compiled_toml import COMPILED_FOLDER, load_compiled_toml
from metaoptout_tui.guidance.playbook_builder import Table, build_playbook

PLAYBOOK_FILE, TEXTS_FILE, REASONS_FILE, COUNTRIES_FILE = (
    "playbook.toml",
    "texts/en.toml",
    "texts/reasons.toml",
    "countries.toml",
)
"""The bundled files, beside this module."""


@cache
def load_playbook() -> Playbook:
    """The bundled guidance with its English sentences, built once.

    Raises GuidanceError where the installation is damaged.
    """
    structure, texts = read_bundled(PLAYBOOK_FILE), read_bundled(TEXTS_FILE)
    try:
        return build_playbook(structure, texts)
    except (KeyError, TypeError, AttributeError) as error:
        raise _damaged_installation(PLAYBOOK_FILE, f"{type(error).__name__} {error}") from error


def parse_playbook(
    structure: Mapping[str, object],
    texts: object,
    *,
    file: str,
    texts_file: str = "",
    texts_at: TomlPath = (),
) -> Playbook:
    """A playbook from parsed TOML: the structure, and `language` with a table `sentences`.

    Everything is checked before anything is built: keys, types, ids, dates, hosts, texts with their `{names}`, and that
    every step of every walk says what to do and why. `texts_at` is the way to the texts where they stand in the same
    file. Raises GuidanceError for the first thing that does not hold; its sentence names the file and the key.
    """
    from metaoptout_tui.guidance.checks import find_problems

    found = find_problems(structure, texts, file=file, texts_file=texts_file or f"{file} (texts)", texts_at=texts_at)
    first = next(found, None)
    if first is not None:
        raise GuidanceError(str(first))
    return build_playbook(structure, cast(Table, texts))


@cache
def load_reason_texts() -> Mapping[str, ReasonPhrases]:
    """What a reason is made of, by language; read when a reason is wanted."""
    found = {}
    for language, words in read_bundled(REASONS_FILE).items():
        try:
            found[language] = ReasonPhrases(
                language=language,
                opening=words["opening"],
                situation=words["situation"],
                effects=words["effects"],
                requests=words["requests"],
                conjunction=words["last"],
                laws=MappingProxyType(words["laws"]),
                parts=MappingProxyType(words["parts"]),
                objection_stems=tuple(words["objecting"]),
                withdrawal_stems=tuple(words["withdrawing"]),
                deletion_stems=tuple(words["deleting"]),
            )
        except (KeyError, TypeError) as error:
            raise _damaged_installation(REASONS_FILE, f"{language}: {error}") from error
    return MappingProxyType(found)


@cache
def load_countries() -> Mapping[str, tuple[str, ...]]:
    """ISO 3166-1 alpha-2 codes with the English name first, then other names people search for; read when asked for."""
    names = read_bundled(COUNTRIES_FILE)
    return MappingProxyType({code: tuple(every) for code, every in names.items() if code != _TERRITORIES_KEY})


@cache
def load_territories() -> Mapping[str, str]:
    """Codes of territories that belong to a member state of the EU, each with that state's; read when asked for."""
    return MappingProxyType(dict(read_bundled(COUNTRIES_FILE)[_TERRITORIES_KEY]))


_TERRITORIES_KEY = "part-of"


def read_bundled(name: str) -> dict[str, Any]:
    """One of the bundled files as it parses. Raises GuidanceError where it cannot be read."""
    try:
        return load_compiled_toml(Path(__file__).parent / name, COMPILED_FOLDER)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _damaged_installation(name, str(error)) from error


def _damaged_installation(name: str, why: str) -> GuidanceError:
    return GuidanceError(
        f"{name}: the guidance that comes with the program cannot be read ({why}).",
        kept="Your record is not touched.",
        todo="Install the program again.",
    )


AUTHORITIES_FILE, AUTHORITY_TEXTS_FILE = "authorities.toml", "texts/authorities.toml"


@cache
def load_authorities() -> AuthorityDirectory:
    """All authorities with their English sentences, built once. Raises GuidanceError where the installation is damaged."""
    found, texts = read_bundled(AUTHORITIES_FILE), read_bundled(AUTHORITY_TEXTS_FILE)
    try:
        return AuthorityDirectory(
            MappingProxyType({code: _build_authority(code, row) for code, row in found["authority"].items()}),
            found["fallback"],
            MappingProxyType(texts["en"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise GuidanceError(
            f"{AUTHORITIES_FILE}: the list of authorities that comes with the program cannot be read ({error}).",
            kept="Your record is not touched.",
            todo="Install the program again.",
        ) from error


def _build_authority(code: str, row: Mapping[str, Any]) -> Authority:
    return Authority(
        code=code,
        name=row["name"],
        website=row["site"],
        complaint_page=row["complaint"],
        verification=row["verified"],
        listed_by=tuple(row["lists"]),
        languages=tuple(row["languages"]),
        land=row.get("land", ""),
        emails=(*row.get("emails", ()), *row.get("emails_x", ())),
        note_ids=tuple(row.get("notes", ())),
        further_pages=tuple(
            AuthorityPage(page["what"], page["url"], page["language"], tuple(page["lists"]), page["verified"])
            for page in row.get("also", ())
        ),
    )


FIRST_HOLIDAY_YEAR, LAST_HOLIDAY_YEAR = 2000, 2100
"""Years in which the library knows the holidays; outside of them a day is taken for a working day."""


def public_holiday_name(place: str, day: date) -> str:
    """The name of the public holiday that `day` is in `place`, empty for none and for a place that is not known.

    `place` is an ISO 3166 code, `IE`, or with a part, `GB-ENG`, `DE-HH`. A substitute day for a holiday that falls on a
    weekend counts where the state has one; a day on which only schools, banks or offices close does not.
    """
    if not FIRST_HOLIDAY_YEAR <= day.year <= LAST_HOLIDAY_YEAR:
        return ""
    return _holidays_of_year(place, day.year).get(day, "")


@cache
def _holidays_of_year(place: str, year: int) -> dict[date, str]:
    import holidays

    country, _, part = place.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=part or None, years=year, language="en_US", expand=False)
    except NotImplementedError:
        return {}
    return {day: " / ".join(found.get_list(day)) for day in found}
