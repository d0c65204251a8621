"""How the schema of a playbook is declared: notes on the fields of the types in `core/guidance/playbook.py`.

A field `url: Annotated[str, Value("meta-url"), Told("address"), Text("says", "form.{}")]` says what the key `url` of a row
must hold, under which label a change of it is told, and which sentence a row needs. From these notes follow loading
(`guidance/loader.py`), checking (`guidance/checks.py`, `guidance/value_checks.py`) and comparing two editions
(`core/guidance/editions.py`), so a new key or table is declared once. A key is required unless its field has a default.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin


class EditionPart(StrEnum):
    """What a change is about, in the order in which changes are told."""

    LINKS = "links"
    STEPS = "steps"
    STATEMENTS = "statements"
    PATHS = "menu paths"
    TROUBLES = "what goes wrong"
    REVIEW = "questions of a review"
    FORM = "what the form asks, and reasons"
    PAGES = "watched pages"
    REGIONS = "regions and platforms"
    WORDS = "other words"


class InFile(NamedTuple):
    """The key as the file has it, where it is not the name of the field."""

    key: str


class Value(NamedTuple):
    """What a value must be where its type does not say it: a name from `guidance/value_checks.py`."""

    check: str


class ListOf(NamedTuple):
    """What the ids of a list name: `allowed` words, rows of a `table`, or, with neither, anything."""

    plural: str
    allowed: tuple[str, ...] = ()
    table: str = ""
    may_be_empty: bool = False


class Inline(NamedTuple):
    """The fields of this value are keys of the row itself: these are `required` in this table, those `left_out`."""

    required: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class OneOfEach(NamedTuple):
    """A value that is the row itself, with a text for each of these keys, of which the first must be there."""

    keys: tuple[str, ...]


def in_words(value: Any, _: Any = None) -> str:
    """A value as it is told to a person: ids in a row, a day, yes or no."""
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(str(getattr(each, "id", each)) for each in value)
        case date():
            return value.isoformat()
        case _:
            return str(value)


class Told(NamedTuple):
    """The label under which a change of this value is told, and how to put it into words, given the whole playbook."""

    label: str
    words: Callable[[Any, Any], str] = in_words


class Text(NamedTuple):
    """A sentence that a row needs, told under `label`: its id with {} for the row's, or for `each` of those in a field.

    `values` are the names that may stand in braces in the sentence.
    """

    label: str
    id: str
    values: tuple[str, ...] = ()
    each: str = ""

    def ids_for(self, row: Any) -> list[tuple[str, str]]:
        """Label and id of each sentence of one row."""
        ids = getattr(row, self.each) if self.each else (row.id,)
        return [(self.label.format(id), self.id.format(id)) for id in ids]


class Table(NamedTuple):
    """A table of the playbook: its name in the file, where and how its rows are named when a change of one is told.

    `is_keyed` where it is a table by id (`[source.S01]`) and no list of tables (`[[form]]`).
    """

    name: str
    part: EditionPart
    title: str
    is_keyed: bool = False


class Field(NamedTuple):
    """One field of a type with its notes; `key` is what the file calls it."""

    name: str
    key: str
    type: Any
    notes: tuple[Any, ...]
    is_required: bool
    default: Any

    @property
    def is_table(self) -> bool:
        """Whether its value is all rows of a table."""
        return any(isinstance(note, Table) for note in self.notes)

    @property
    def keys(self) -> tuple["Field", ...]:
        """The keys of a row from which its value is made: its own, or several."""
        match self.notes:
            case [Inline(required, left_out), *_]:
                return tuple(
                    each._replace(is_required=each.is_required or each.key in required)
                    for each in fields_of(self.type)
                    if each.key not in left_out
                )
            case [OneOfEach(keys)]:
                return tuple(Field(key, key, str, (), key == keys[0], "") for key in keys)
            case _:
                return (self,)


class TableField(NamedTuple):
    """A field of the playbook that holds the rows of a table, `is_by_id` where it is a mapping and no tuple of them."""

    name: str
    table: Table
    row_type: Any
    is_by_id: bool

    @property
    def keys(self) -> tuple[Field, ...]:
        """The keys of a row, in the order in which they are checked."""
        own = tuple(key for field in fields_of(self.row_type) for key in field.keys)
        return own[1:] if self.table.is_keyed else own

    @property
    def texts(self) -> tuple[Text, ...]:
        """The sentences that each row needs."""
        return tuple(note for field in fields_of(self.row_type) for note in field.notes if isinstance(note, Text))

    @property
    def has_basis(self) -> bool:
        """Whether each row says on which sources it rests."""
        return "basis" in self.row_type._fields

    @property
    def has_order(self) -> bool:
        """Whether the order of its rows, each with an id, means something."""
        return not self.is_by_id and "id" in self.row_type._fields


@cache
def fields_of(row_type: Any) -> tuple[Field, ...]:
    """The fields of a named tuple with their notes."""
    return tuple(
        _field(name, annotation, row_type._field_defaults) for name, annotation in row_type.__annotations__.items()
    )


@cache
def tables_of(playbook_type: Any) -> tuple[TableField, ...]:
    """The tables that a playbook has, in the order in which they are checked and told."""
    found = []
    for field in fields_of(playbook_type):
        for table in (note for note in field.notes if isinstance(note, Table)):
            row_type = next(each for each in get_args(field.type) if hasattr(each, "_fields"))
            found.append(TableField(field.name, table, row_type, get_origin(field.type) is Mapping))
    return tuple(found)


def _field(name: str, annotation: Any, defaults: Mapping[str, Any]) -> Field:
    is_noted = get_origin(annotation) is Annotated
    notes = annotation.__metadata__ if is_noted else ()
    key = next((note.key for note in notes if isinstance(note, InFile)), name)
    type = annotation.__origin__ if is_noted else annotation
    return Field(name, key, type, notes, name not in defaults, defaults.get(name))
