"""Writes a playbook as one TOML file in the form of an edition, as the notes on the types of its fields say.

The comment above each table is the docstring of its type, so a changed docstring changes what people export.

The reverse of `guidance/playbook_builder.py`: what is written here is read there as an equal playbook.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from textwrap import fill
from typing import Any

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.guidance.schema import Field, Inline, ListOf, OneOfEach, TableField, fields_of, tables_of
from metaoptout_tui.guidance.feed import TEXTS_KEY

_LINE_WIDTH = 120
_INTRODUCTION = """\
Guidance for metaoptout-tui in one file: what there is to do, for whom, on what grounds; below, the sentences by id.
`metaoptout-tui guidance check FILE` lists every problem.

Every entry that tells something about Meta, the law or an authority has its sources (ids of the table below), how sure
it is (high, medium, low) and the date of the newest evidence, as exact as known: "2025", "2025-05" or "2025-05-21".
An absent `steps`, `platforms` or `regions` means all of them."""
_ABOUT_TEXTS = "The sentences by id, in one language. The program fills in a {name} in braces."


def write_playbook(playbook: Playbook) -> str:
    """The playbook as the text of a TOML file; each table begins with a comment that says what its rows are."""
    texts = playbook.texts
    return "\n".join(
        [
            *_comment(_INTRODUCTION),
            "",
            *_assignments(_top_values(playbook)),
            *(line for table in tables_of(Playbook) for line in _table_lines(table, playbook)),
            "",
            *_comment(_ABOUT_TEXTS),
            "",
            f"[{TEXTS_KEY}]",
            *_assignments({"language": texts.language}),
            "",
            f"[{TEXTS_KEY}.sentences]",
            *_assignments(texts.sentences),
            *(
                line
                for language, sentences in texts.translations.items()
                for line in ("", f"[{TEXTS_KEY}.translations.{language}]", *_assignments(sentences))
            ),
            "",
        ]
    )


def _top_values(playbook: Playbook) -> dict[str, Any]:
    fields = (field for field in fields_of(Playbook) if field.notes and not field.is_table)
    values = ((field, getattr(playbook, field.name)) for field in fields)
    return {field.key: value for field, value in values if _is_written(field, value)}


def _table_lines(table: TableField, playbook: Playbook) -> Iterator[str]:
    name = table.table.name
    yield from ("", *_comment(_about_rows(table)))
    rows = getattr(playbook, table.name)
    for row in rows.values() if table.is_by_id else rows:
        values = dict(_row_values(table.row_type, row))
        yield ""
        yield f"[{name}.{_key(values.pop('id'))}]" if table.table.is_keyed else f"[[{name}]]"
        yield from _assignments(values)


def _row_values(row_type: Any, row: Any) -> Iterator[tuple[str, Any]]:
    """The keys of a row with their values, as the file has them."""
    for field in fields_of(row_type):
        value = getattr(row, field.name)
        match field.notes:
            case [Inline(), *_]:
                yield from _row_values(field.type, value)
            case [OneOfEach(), *_]:
                yield from value.items()
            case [ListOf(table="label"), *_]:
                yield field.key, tuple(label.id for label in value)
            case _ if _is_written(field, value):
                yield field.key, value


def _is_written(field: Field, value: Any) -> bool:
    """Whether a value stands in the file: that of a key which may be absent only where it is not the default."""
    return field.is_required or value != field.default


def _about_rows(table: TableField) -> str:
    """The description of the type of the rows, with the names that its fields have in the file."""
    about = table.row_type.__doc__
    for field in fields_of(table.row_type):
        about = about.replace(f"`{field.name}`", f"`{field.key}`")
    return str(about)


def _comment(text: str) -> Iterator[str]:
    """The paragraphs of a text as the lines of a comment."""
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            yield "#"
        words = " ".join(paragraph.split())
        yield fill(words, _LINE_WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)


def _assignments(values: Mapping[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        line = f"{_key(key)} = {_value(value)}"
        if isinstance(value, tuple) and len(line) > _LINE_WIDTH:
            items = ", ".join(map(_value, value))
            wrapped = fill(
                items, _LINE_WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False,
                break_long_words=False,
            )  # fmt: skip
            line = f"{_key(key)} = [\n{wrapped},\n]"
        yield line


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key)


def _value(value: Any) -> str:
    match value:
        case tuple():
            return f"[{', '.join(map(_value, value))}]"
        case bool() | int():
            return json.dumps(value)
        case date():
            return json.dumps(value.isoformat())
        case _:  # The checks let no control character pass, so a string in JSON is one in TOML.
            return json.dumps(str(value), ensure_ascii=False)
