"""Loads the bundled guidance from TOML or its compiled form: playbook, reasons, countries, authorities, holidays."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast
from zlib import crc32

from metaoptout_tui.core.errors import GuidanceError
from metaoptout_tui.core.guidance.texts import GuidanceTexts
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import language_in_use

if TYPE_CHECKING:  # what only annotations name is not loaded at start
    from metaoptout_tui.core.guidance.authorities import Authority, AuthorityDirectory
    from metaoptout_tui.core.guidance.playbook import Playbook
    from metaoptout_tui.core.objection.reason import ReasonPhrases
    from metaoptout_tui.core.toml import TomlPath
    from metaoptout_tui.guidance.playbook_builder import Table

_CHECKSUM_LENGTH = len(b"00000000\n")
_MAX_GROWTH = 4
"""A compiled file, which holds the TOML and its JSON, may be this many times as long as the TOML."""

COMPILED_FOLDER = Path(__file__).parent / "compiled"


def compile_bundled_toml(folder: Path = COMPILED_FOLDER) -> None:
    """Compile every TOML file of the guidance, as an installation does."""
    for path in sorted(Path(__file__).parent.rglob("*.toml")):
        load_compiled_toml(path, folder, may_write=True)


def load_compiled_toml(path: Path, folder: Path, *, may_write: bool | None = None) -> dict[str, Any]:
    """The content of the TOML file at `path`, read from its compiled form in `folder` where that is up to date.

    `may_write` says whether a missing compiled form may be written; by default where Python may write bytecode. Raises
    OSError, UnicodeDecodeError or TOMLDecodeError where the TOML itself cannot be read.
    """
    source = path.read_bytes()
    compiled = folder / f"{path.parent.name}-{path.stem}.json"
    document = _read_compiled(compiled, source)
    if document is None:
        import tomllib

        document = tomllib.loads(source.decode())
        if not sys.dont_write_bytecode if may_write is None else may_write:
            _write_compiled(compiled, source, document)
    return document


def _read_compiled(path: Path, source: bytes) -> dict[str, Any] | None:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        with path.open("rb") as file:
            data = file.read(_MAX_GROWTH * len(source) + 1)
        if not data.startswith(source, _CHECKSUM_LENGTH) or data[:_CHECKSUM_LENGTH] != _checksum(data):
            return None
        document = json.loads(data[_CHECKSUM_LENGTH + len(source) :])
    except (OSError, ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def _write_compiled(path: Path, source: bytes, document: dict[str, Any]) -> None:
    try:
        compiled_json = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    except TypeError:  # a date, which JSON does not have
        return
    data = bytes(_CHECKSUM_LENGTH) + source + compiled_json.encode()
    if json.loads(compiled_json) != document or len(data) > _MAX_GROWTH * len(source):
        return
    temp = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temp.open("xb") as file:
                file.write(_checksum(data) + data[_CHECKSUM_LENGTH:])
            temp.replace(path)
        finally:
            temp.unlink(missing_ok=True)


def _checksum(data: bytes) -> bytes:
    """The checksum line at the head of a compiled file."""
    return b"%08x\n" % crc32(memoryview(data)[_CHECKSUM_LENGTH:])


PLAYBOOK_FILE, TEXTS_FILE = "playbook.toml", "texts/en.toml"
REASONS_FILE, COUNTRIES_FILE, COUNTRY_NAMES_FILE = "texts/reasons.toml", "countries.toml", "country_names.toml"
"""The bundled files, beside this module."""


@cache
def load_playbook() -> Playbook:
    """The bundled guidance with its English sentences, built once. Raises GuidanceError for a damaged installation."""
    from metaoptout_tui.guidance.playbook_builder import build_playbook

    structure, texts = read_bundled(PLAYBOOK_FILE), read_bundled(TEXTS_FILE)
    try:
        return build_playbook(structure, texts, load_countries)
    except (KeyError, TypeError, AttributeError) as error:
        raise _damaged_installation(PLAYBOOK_FILE, f"{type(error).__name__} {error}") from error


def load_texts() -> GuidanceTexts:
    """The bundled English sentences alone. Raises GuidanceError for a damaged installation."""
    texts = read_bundled(TEXTS_FILE)
    try:
        sentences = MappingProxyType(texts["sentences"])
        return GuidanceTexts(texts["language"], sentences, load_country_names=load_countries)
    except (KeyError, TypeError) as error:
        raise _damaged_installation(TEXTS_FILE, f"{type(error).__name__} {error}") from error


def parse_playbook(
    structure: Mapping[str, object],
    texts: object,
    *,
    file: str,
    texts_file: str = "",
    texts_key_path: TomlPath = (),
) -> Playbook:
    """Build a playbook from parsed TOML: its structure, and texts with `language` and `sentences`.

    Everything is checked first by `find_problems`. `texts_key_path` leads to the texts where they are in the same file.
    Raises GuidanceError for the first problem; its sentence names the file and the key.
    """
    from metaoptout_tui.guidance.checks import find_problems
    from metaoptout_tui.guidance.playbook_builder import build_playbook

    texts_file = texts_file or f"{file} (texts)"
    for problem in find_problems(structure, texts, file=file, texts_file=texts_file, texts_key_path=texts_key_path):
        raise GuidanceError(str(problem))
    return build_playbook(structure, cast("Table", texts), load_countries)


@cache
def load_reason_texts() -> Mapping[str, ReasonPhrases]:
    """The phrases for a written reason, by language."""
    from metaoptout_tui.core.objection.reason import ReasonPhrases

    phrases = {}
    for language, row in read_bundled(REASONS_FILE).items():
        try:
            phrases[language] = ReasonPhrases(
                language=language,
                opening=row["opening"],
                in_particular=row["in-particular"],
                opening_from_elsewhere=row["opening-from-elsewhere"],
                on_behalf=row["on-behalf"],
                on_behalf_of_child=row["on-behalf-of-child"],
                situation=row["situation"],
                effects=row["effects"],
                requests=row["requests"],
                conjunction=row["last"],
                laws=MappingProxyType(row["laws"]),
                parts=MappingProxyType(row["parts"]),
                objection_stems=tuple(row["objecting"]),
                withdrawal_stems=tuple(row["withdrawing"]),
                deletion_stems=tuple(row["deleting"]),
            )
        except (KeyError, TypeError) as error:
            raise _damaged_installation(REASONS_FILE, f"{language}: {error}") from error
    return MappingProxyType(phrases)


def load_countries(language: str = "") -> Mapping[str, tuple[str, ...]]:
    """ISO 3166-1 alpha-2 codes with the name in a language, the one in use if none is given, and others to search for."""
    return _load_countries(language or language_in_use())


@cache
def _load_countries(language: str) -> Mapping[str, tuple[str, ...]]:
    rows, translated = read_bundled(COUNTRIES_FILE), read_bundled(COUNTRY_NAMES_FILE)
    own = translated.pop(_OWN_NAMES_KEY)
    named = {}
    for code, names in rows.items():
        if code != _TERRITORIES_KEY:
            first = translated.get(language, {}).get(code, names[0])
            others = (table[code] for table in translated.values())
            named[code] = tuple(dict.fromkeys((first, *names, *others, *own.get(code, ()))))
    return MappingProxyType(named)


@cache
def load_territories() -> Mapping[str, str]:
    """Codes of territories that belong to a member state of the EU, each with the code of that state."""
    return MappingProxyType(dict(read_bundled(COUNTRIES_FILE)[_TERRITORIES_KEY]))


_TERRITORIES_KEY, _OWN_NAMES_KEY = "part-of", "own"


def read_bundled(name: str) -> dict[str, Any]:
    """The content of one of the bundled files. Raises GuidanceError where it cannot be read."""
    try:
        return load_compiled_toml(Path(__file__).parent / name, COMPILED_FOLDER)
    except (OSError, ValueError) as error:
        raise _damaged_installation(name, str(error)) from error


def _damaged_installation(name: str, reason: str) -> GuidanceError:
    return GuidanceError(
        _("{file}: the guidance that comes with the program cannot be read ({reason}).").format(
            file=name, reason=reason
        ),
        kept=_("Your record is not touched."),
        todo=_("Install the program again."),
    )


AUTHORITIES_FILE, AUTHORITY_TEXTS_FILE = "authorities.toml", "texts/authorities.toml"


@cache
def load_authorities() -> AuthorityDirectory:
    """All authorities with their English sentences, built once. Raises GuidanceError for a damaged installation."""
    from metaoptout_tui.core.guidance.authorities import AuthorityDirectory

    structure, texts = read_bundled(AUTHORITIES_FILE), read_bundled(AUTHORITY_TEXTS_FILE)
    try:
        return AuthorityDirectory(
            MappingProxyType({code: _build_authority(code, row) for code, row in structure["authority"].items()}),
            structure["fallback"],
            MappingProxyType(texts["en"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise GuidanceError(
            _("{file}: the list of authorities that comes with the program cannot be read ({reason}).").format(
                file=AUTHORITIES_FILE, reason=error
            ),
            kept=_("Your record is not touched."),
            todo=_("Install the program again."),
        ) from error


def _build_authority(code: str, row: Mapping[str, Any]) -> Authority:
    from metaoptout_tui.core.guidance.authorities import Authority, AuthorityContact, AuthorityPage

    contact = row["contact"]
    return Authority(
        code=code,
        name=row["name"],
        full_name=row.get("full_name", row["name"]),
        website=row["site"],
        complaint_page=row["complaint"],
        verification=row["verified"],
        listed_by=tuple(row["lists"]),
        languages=tuple(row["languages"]),
        contact=AuthorityContact(
            name=contact["name"],
            address=tuple(contact["address"]),
            changed_on=contact["changed_on"],
            made_from=tuple(contact["made_from"]),
            sureness=contact["sureness"],
            email=contact.get("email", ""),
            form=contact.get("form", ""),
        ),
        land=row.get("land", ""),
        other_emails=tuple(row.get("emails_x", ())),
        note_ids=tuple(row.get("notes", ())),
        further_pages=tuple(
            AuthorityPage(page["what"], page["url"], page["language"], tuple(page["lists"]), page["verified"])
            for page in row.get("also", ())
        ),
    )


FIRST_HOLIDAY_YEAR, LAST_HOLIDAY_YEAR = 2000, 2100
"""The years for which holidays are known; outside of them every day counts as a working day."""


def public_holiday_name(place: str, day: date) -> str:
    """The name of the public holiday on `day` in `place`, empty if there is none or the place is unknown.

    `place` is an ISO 3166 code such as `IE`, or with a subdivision `GB-ENG`, `DE-HH`. A statutory substitute for a
    holiday on a weekend counts; a day on which only schools, banks or offices close does not.
    """
    if not FIRST_HOLIDAY_YEAR <= day.year <= LAST_HOLIDAY_YEAR:
        return ""
    return _holidays_of_year(place, day.year).get(day, "")


@cache
def _holidays_of_year(place: str, year: int) -> dict[date, str]:
    import holidays

    country, _unused, part = place.partition("-")
    try:
        calendar = holidays.country_holidays(country, subdiv=part or None, years=year, language="en_US", expand=False)
    except NotImplementedError:
        return {}
    return {day: " / ".join(calendar.get_list(day)) for day in calendar}
