"""How the schema of a playbook is declared: notes on the fields of the types in `core/guidance/playbook.py`.

A field `url: Annotated[str, Value("meta-url"), Told("address"), Text("says", "form.{}")]` declares what the key `url`
of a row must hold, the label of its changes, and the sentence that a row needs. From these notes follow loading
(`guidance/playbook_builder.py`), writing (`guidance/playbook_writer.py`), checking (`guidance/checks.py`,
`guidance/value_checks.py`) and comparing two editions (`core/guidance/editions.py`), so a new key or table is declared once. A key is required unless its field has a default.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from metaoptout_tui.core.language.formatting import format_open_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark


class EditionPart(StrEnum):
    """What a change is about, in the order in which changes are listed."""

    LINKS = mark("Links")
    STEPS = mark("Steps")
    STATEMENTS = mark("Statements")
    PATHS = mark("Menu paths")
    TROUBLES = mark("What goes wrong")
    REVIEW = mark("Questions of a review")
    FORM = mark("What the form asks, and reasons")
    PAGES = mark("Watched pages")
    REGIONS = mark("Regions and platforms")
    WORDS = mark("Other words")

    @property
    def words(self) -> str:
        """The name of the part in the language in use."""
        return _(self.value)


class InFile(NamedTuple):
    """The key as the file has it, where it is not the name of the field."""

    key: str


class Value(NamedTuple):
    """What a value must be where its type does not say it: a name from `guidance/value_checks.py`."""

    check: str


Id = Annotated[str, Value("id")]
PartialDate = Annotated[str, Value("partial-date")]


class ListOf(NamedTuple):
    """What the ids of a list name: `allowed` words, rows of a `table`, or, with neither, anything."""

    plural: str
    allowed: tuple[str, ...] = ()
    table: str = ""
    may_be_empty: bool = False


class Inline(NamedTuple):
    """The note of a value whose fields have no table of their own in the file: they are keys of the row.

    `basis: Annotated[Basis, Inline()]` reads `sources`, `sureness` and `checked_on` of a `[[statement]]`. Of the keys, a
    table may demand some (`required`) and have some not at all (`left_out`).
    """

    required: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class OneOfEach(NamedTuple):
    """The note of a mapping whose keys are keys of the row, each with a text: `en = "Settings"`, `de = "…"`.

    The row must have the first of `keys`; the others may be absent.
    """

    keys: tuple[str, ...]


def in_words(value: Any, _playbook: Any = None) -> str:
    """A value as a person reads it: ids with commas between, a day, yes or no."""
    match value:
        case bool():
            return _("yes") if value else _("no")
        case tuple():
            return format_open_list(str(getattr(item, "id", item)) for item in value)
        case date():
            return value.isoformat()
        case _:
            return str(value)


class Told(NamedTuple):
    """The label of this value where a change of it is shown, and what formats it, given the value and the playbook."""

    label: str
    words: Callable[[Any, Any], str] = in_words


class Text(NamedTuple):
    """A sentence that a row needs, shown under `label`: its id, with {} for the row's id.

    Where `each` names a field, the row needs one for each id in that field. `values` are the names that the sentence
    may have in braces.
    """

    label: str
    id: str
    values: tuple[str, ...] = ()
    each: str = ""

    def ids_for(self, row: Any) -> list[tuple[str, str]]:
        """Label and id of each sentence of one row."""
        ids = getattr(row, self.each) if self.each else (row.id,)
        return [(_(self.label).format(id=id), self.id.format(id)) for id in ids]


class Table(NamedTuple):
    """A table of the playbook: its name in the file, and the part and title (with `{id}`) under which a change is shown.

    `is_keyed` where it is a table by id (`[source.S01]`) and no list of tables (`[[form]]`).
    """

    name: str
    part: EditionPart
    title: str
    is_keyed: bool = False


class Field(NamedTuple):
    """One field of a type with its notes; `key` is its name in the file."""

    name: str
    key: str
    type: Any
    notes: tuple[Any, ...]
    is_required: bool
    default: Any

    @property
    def is_table(self) -> bool:
        """Whether its value holds the rows of a table."""
        return any(isinstance(note, Table) for note in self.notes)

    @property
    def keys(self) -> tuple["Field", ...]:
        """The keys of a row from which its value is made: its own, or several."""
        match self.notes:
            case [Inline(required, left_out), *_]:
                return tuple(
                    field._replace(is_required=field.is_required or field.key in required)
                    for field in fields_of(self.type)
                    if field.key not in left_out
                )
            case [OneOfEach(keys)]:
                return tuple(Field(key, key, str, (), key == keys[0], "") for key in keys)
            case _:
                return (self,)


class TableField(NamedTuple):
    """A field of the playbook that holds the rows of a table, as a mapping by id or as a tuple."""

    name: str
    table: Table
    row_type: Any
    is_by_id: bool

    @property
    def keys(self) -> tuple[Field, ...]:
        """The keys of a row, in the order in which they are checked."""
        keys = tuple(key for field in fields_of(self.row_type) for key in field.keys)
        return keys[1:] if self.table.is_keyed else keys

    @property
    def texts(self) -> tuple[Text, ...]:
        """The sentences that each row needs."""
        return tuple(note for field in fields_of(self.row_type) for note in field.notes if isinstance(note, Text))

    @property
    def has_basis(self) -> bool:
        """Whether each row has a basis: its sources."""
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
    """The tables of a playbook, in the order in which they are checked and shown."""
    table_fields = []
    for field in fields_of(playbook_type):
        for table in (note for note in field.notes if isinstance(note, Table)):
            row_type = next(argument for argument in get_args(field.type) if hasattr(argument, "_fields"))
            table_fields.append(TableField(field.name, table, row_type, get_origin(field.type) is Mapping))
    return tuple(table_fields)


def _field(name: str, annotation: Any, defaults: Mapping[str, Any]) -> Field:
    is_annotated = get_origin(annotation) is Annotated
    notes = annotation.__metadata__ if is_annotated else ()
    key = next((note.key for note in notes if isinstance(note, InFile)), name)
    type = annotation.__origin__ if is_annotated else annotation
    return Field(name, key, type, notes, name not in defaults, defaults.get(name))
