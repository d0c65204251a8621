"""Loads the bundled guidance, from TOML or its compiled form: the playbook, reasons, countries, authorities and holidays."""

from __future__ import annotations

import json
import os
import stat
import sys
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast
from zlib import crc32

from metaoptout_tui.core.errors import GuidanceError
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.toml import TomlPath
from metaoptout_tui.guidance.playbook_builder import Table, build_playbook

if TYPE_CHECKING:  # what only annotations name is not loaded at start
    from metaoptout_tui.core.guidance.authorities import Authority, AuthorityDirectory
    from metaoptout_tui.core.objection.reason import ReasonPhrases

_CHECKSUM_LENGTH = len(b"00000000\n")
_MAX_GROWTH = 4
"""How many times as long as the TOML its compiled form may be, which holds both the TOML and the JSON."""


COMPILED_FOLDER = Path(__file__).parent / "compiled"


def compile_bundled_toml(folder: Path = COMPILED_FOLDER) -> None:
    """Make the compiled form of every TOML file of the guidance, as an installation does."""
    for path in sorted(Path(__file__).parent.rglob("*.toml")):
        load_compiled_toml(path, folder, may_write=True)


def load_compiled_toml(path: Path, folder: Path, *, may_write: bool | None = None) -> dict[str, Any]:
    """What the TOML file at `path` holds, from its compiled form in `folder` where that is there and right.

    `may_write` says whether a compiled form may be made, by default where Python may write bytecode. Raises OSError,
    UnicodeDecodeError or TOMLDecodeError where the TOML itself cannot be read.
    """
    source = path.read_bytes()
    compiled = folder / f"{path.parent.name}-{path.stem}.json"
    document = _read_compiled(compiled, source)
    if document is None:
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
        written = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    except TypeError:  # a date, which JSON does not have
        return
    data = bytes(_CHECKSUM_LENGTH) + source + written.encode()
    if json.loads(written) != document or len(data) > _MAX_GROWTH * len(source):
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
    """The checksum of a compiled file, as it stands at its head."""
    return b"%08x\n" % crc32(memoryview(data)[_CHECKSUM_LENGTH:])


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
    from metaoptout_tui.core.objection.reason import ReasonPhrases

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
    from metaoptout_tui.core.guidance.authorities import AuthorityDirectory

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
    from metaoptout_tui.core.guidance.authorities import Authority, AuthorityPage

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
