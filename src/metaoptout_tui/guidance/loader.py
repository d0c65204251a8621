"""The guidance as it comes with the program, and any other playbook of the same form.

The bundled files are built into values without being checked again, since they are read at every start and the tests
check them whole. What comes from elsewhere goes through `parse_playbook`, which checks everything first.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from metaoptout_tui.core.errors import GuidanceError
from metaoptout_tui.core.playbook import (
    Basis,
    Form,
    FormField,
    Label,
    MenuPath,
    Platform,
    Playbook,
    Point,
    Prompt,
    Region,
    Scope,
    Source,
    Statement,
    Terms,
    Texts,
    Trouble,
    Walk,
    WatchedPage,
)
from metaoptout_tui.core.reason import ReasonWords
from metaoptout_tui.core.toml import Where

Table = Mapping[str, Any]

PLAYBOOK, TEXTS, REASONS, COUNTRIES = "playbook.toml", "texts/en.toml", "texts/reasons.toml", "countries.toml"
"""The bundled files, beside this module."""


@cache
def load_playbook() -> Playbook:
    """The bundled guidance with its English sentences, built once.

    Raises GuidanceError where the installation is damaged.
    """
    structure, texts = read_bundled(PLAYBOOK), read_bundled(TEXTS)
    try:
        return _built(structure, texts)
    except (KeyError, TypeError, AttributeError) as error:
        raise _damaged(PLAYBOOK, f"{type(error).__name__} {error}") from error


def parse_playbook(
    structure: Mapping[str, object],
    texts: object,
    *,
    file: str,
    texts_file: str = "",
    texts_at: Where = (),
) -> Playbook:
    """A playbook from parsed TOML: the structure, and `language` with a table `sentences`.

    Everything is checked before anything is built: keys, types, ids, dates, hosts, texts with their `{names}`, and that
    every step of every walk says what to do and why. `texts_at` is the way to the texts where they stand in the same
    file. Raises GuidanceError for the first thing that does not hold; its sentence names the file and the key.
    """
    from metaoptout_tui.guidance.check import problems

    found = problems(structure, texts, file=file, texts_file=texts_file or f"{file} (texts)", texts_at=texts_at)
    first = next(found, None)
    if first is not None:
        raise GuidanceError(str(first))
    return _built(structure, cast(Table, texts))


@cache
def load_reasons() -> Mapping[str, ReasonWords]:
    """What a reason is made of, by language; read when a reason is wanted."""
    found = {}
    for language, words in read_bundled(REASONS).items():
        try:
            found[language] = ReasonWords(
                language=language,
                opening=words["opening"],
                situation=words["situation"],
                effects=words["effects"],
                requests=words["requests"],
                last=words["last"],
                laws=MappingProxyType(words["laws"]),
                parts=MappingProxyType(words["parts"]),
                objecting=tuple(words["objecting"]),
                withdrawing=tuple(words["withdrawing"]),
                deleting=tuple(words["deleting"]),
            )
        except (KeyError, TypeError) as error:
            raise _damaged(REASONS, f"{language}: {error}") from error
    return MappingProxyType(found)


@cache
def load_countries() -> Mapping[str, tuple[str, ...]]:
    """ISO 3166-1 alpha-2 codes with the English name first, then other names people search for; read when asked for."""
    names = read_bundled(COUNTRIES)
    return MappingProxyType({code: tuple(every) for code, every in names.items() if code != _PART_OF})


@cache
def load_territories() -> Mapping[str, str]:
    """Codes of territories that belong to a member state of the EU, each with that state's; read when asked for."""
    return MappingProxyType(dict(read_bundled(COUNTRIES)[_PART_OF]))


_PART_OF = "part-of"


def read_bundled(name: str) -> dict[str, Any]:
    """One of the bundled files as it parses. Raises GuidanceError where it cannot be read."""
    try:
        with (Path(__file__).parent / name).open("rb") as file:
            return tomllib.load(file)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _damaged(name, str(error)) from error


def _damaged(name: str, why: str) -> GuidanceError:
    return GuidanceError(
        f"{name}: the guidance that comes with the program cannot be read ({why}).",
        kept="Your record is not touched.",
        todo="Install the program again.",
    )


def _built(structure: Table, texts: Table) -> Playbook:
    labels = {id: Label(id, MappingProxyType(words)) for id, words in structure["label"].items()}
    return Playbook(
        schema=structure["schema"],
        id=structure["id"],
        serial=structure["serial"],
        published=structure["published"],
        sources=MappingProxyType(
            {
                id: Source(id, row["publisher"], row["url"], row["language"], row["quality"], row.get("date", ""))
                for id, row in structure["source"].items()
            }
        ),
        regions=tuple(
            Region(row["id"], row["right"], row["law"], tuple(row["countries"])) for row in structure["region"]
        ),
        platforms=tuple(
            Platform(row["id"], row["name"], tuple(row["hosts"]), row["handle"], row["hub"])
            for row in structure["platform"]
        ),
        walks=tuple(
            Walk(Scope((), tuple(row.get("platforms", ())), tuple(row.get("regions", ()))), tuple(row["steps"]))
            for row in structure["walk"]
        ),
        statements=tuple(Statement(row["id"], row["role"], _scope(row), _basis(row)) for row in structure["statement"]),
        labels=MappingProxyType(labels),
        paths=tuple(
            MenuPath(row["id"], tuple(labels[id] for id in row["labels"]), _scope(row), _basis(row))
            for row in structure["path"]
        ),
        forms=tuple(Form(row["id"], row["url"], _scope(row), _basis(row)) for row in structure["form"]),
        fields=tuple(
            FormField(row["id"], row["fills"], row["always"], _scope(row), _basis(row)) for row in structure["field"]
        ),
        troubles=tuple(Trouble(row["id"], _scope(row), _basis(row)) for row in structure["trouble"]),
        points=tuple(Point(row["id"], _scope(row), _basis(row), tuple(row["answers"])) for row in structure["point"]),
        prompts=tuple(
            Prompt(row["id"], row["group"], tuple(row["options"]), _basis(row)) for row in structure["prompt"]
        ),
        pages=tuple(
            WatchedPage(
                id,
                row["url"],
                row["language"],
                row["publisher"],
                row["kind"],
                row["expect_text"],
                tuple(row["sources"]),
            )
            for id, row in structure["page"].items()
        ),
        expires=structure.get("expires", ""),
        terms=tuple(
            Terms(row["id"], date.fromisoformat(row["effective"]), _scope(row), _basis(row))
            for row in structure["terms"]
        ),
        texts=Texts(texts["language"], MappingProxyType(texts["sentences"])),
    )


def _scope(row: Table) -> Scope:
    return Scope(tuple(row.get("steps", ())), tuple(row.get("platforms", ())), tuple(row.get("regions", ())))


def _basis(row: Table) -> Basis:
    return Basis(tuple(row["sources"]), row["sureness"], row["checked_on"])
