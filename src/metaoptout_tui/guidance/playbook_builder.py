"""Builds the typed playbook from checked TOML, as the notes on the types of its fields say."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, get_args, get_origin

from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.guidance.schema import Field, Inline, ListOf, OneOfEach, fields_of, tables_of
from metaoptout_tui.core.guidance.texts import GuidanceTexts

Table = Mapping[str, Any]
Tables = Mapping[str, Mapping[str, Any]]
"""The typed rows by table and id."""


def build_playbook(
    structure: Table, texts: Table, load_country_names: Callable[[], Mapping[str, tuple[str, ...]]] = dict
) -> Playbook:
    """The typed playbook of a structure that matches the schema."""
    tables: dict[str, dict[str, Any]] = {}
    values: dict[str, Any] = {}
    # Tables by id come first, since the others name their rows.
    for field_name, table, row_type, is_by_id in sorted(tables_of(Playbook), key=lambda field: not field.is_by_id):
        build = _row_builder(row_type)
        if table.is_keyed:
            rows = [build({"id": id, **row}, tables) for id, row in structure[table.name].items()]
        else:
            rows = [build(row, tables) for row in structure[table.name]]
        if is_by_id:
            tables[table.name] = {row.id: row for row in rows}
            values[field_name] = MappingProxyType(tables[table.name])
        else:
            values[field_name] = tuple(rows)
    for field in fields_of(Playbook):
        if field.key in structure and field.name not in values:
            values[field.name] = structure[field.key]
    translations = {language: MappingProxyType(by_id) for language, by_id in texts.get("translations", {}).items()}
    sentences = MappingProxyType(texts["sentences"])
    return Playbook(
        **values,
        texts=GuidanceTexts(texts["language"], sentences, MappingProxyType(translations), load_country_names),
    )


def _row_builder(row_type: Any, left_out: tuple[str, ...] = ()) -> Callable[[Table, Tables], Any]:
    """A function that builds a value of this type from a row of the file and the rows that it refers to."""
    getters = [
        (lambda _, __, default=field.default: default) if field.key in left_out else _getter(field)
        for field in fields_of(row_type)
    ]
    make = row_type._make
    return lambda row, tables: make([get(row, tables) for get in getters])


def _getter(field: Field) -> Callable[[Table, Tables], Any]:
    key, default = field.key, field.default
    match field.notes:
        case [Inline(left_out=left_out), *_]:
            return _row_builder(field.type, left_out)
        case [OneOfEach(keys)]:
            return lambda row, _: MappingProxyType({key: row[key] for key in keys if key in row})
        case [ListOf(table="label" as table), *_]:
            return lambda row, tables: tuple([tables[table][id] for id in row[key]])
    if field.type is date:
        return lambda row, _: date.fromisoformat(row[key])
    if get_args(field.type)[:1] == (StepId,):
        return lambda row, _: tuple([StepId(id) for id in row[key]])
    if get_origin(field.type) is tuple:
        return (lambda row, _: tuple(row[key])) if field.is_required else lambda row, _: tuple(row.get(key, ()))
    return (lambda row, _: row[key]) if field.is_required else lambda row, _: row.get(key, default)
