"""Understands what Meta writes: its escaping of letters, labels in the account's language, and values by their shape.

A value is known by its shape where that is enough, as an e-mail address is; else by its label. What neither tells is
left out, so that nothing is invented.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from metaoptout_tui.core.text import clean_line
from metaoptout_tui.imports.meta_export import label_words
from metaoptout_tui.imports.meta_export.label_words import cure_mojibake

MAX_VALUE_CHARACTERS = 200
_MAX_LEVELS = 8
_MAX_ROWS = 2_000


class FieldName(StrEnum):
    """What a value of a profile or link says."""

    SERVICE = "service"
    USERNAME = "username"
    NAME = "name"
    EMAIL = "email"
    PREVIOUS_EMAIL = "previous email"
    PHONE = "phone"
    IS_PRIVATE = "private"


class LabelledValue(NamedTuple):
    """A value with its label and its time in seconds, 0 if it has none."""

    label: str
    value: str
    seconds: float = 0


def clean_value(value: object) -> str:
    """A text or number of the file on one line, safe to show; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    # Only what may be shown is cured: a value can be very long.
    return clean_line(cure_mojibake(str(value)[: 4 * MAX_VALUE_CHARACTERS]), MAX_VALUE_CHARACTERS)


def as_list(value: object) -> list[object]:
    """The items of a list; Meta writes a list of one as its bare item."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def as_mapping(value: object) -> Mapping[str, object]:
    """The value where it is an object, else one without keys."""
    return value if isinstance(value, dict) else {}


_EMAIL = re.compile(r"[^\s@<>\"(),:;]{1,64}@[^\s@<>\"(),:;]{1,190}\.[^\s@<>\"(),:;.]{2,63}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{5,22}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{4}")
_SERVICES: Final = ("facebook", "instagram", "threads", "whatsapp", "messenger")


def is_email(value: str) -> bool:
    """Whether the whole value has the shape of an e-mail address that a mail server takes."""
    local = value.partition("@")[0]
    return _EMAIL.fullmatch(value) is not None and ".." not in value and local.strip(".") == local


def mask_phone(value: str) -> str:
    """A telephone number of which only the last two digits are seen."""
    return f"•••{''.join(filter(str.isdecimal, value))[-2:]}"


def service_id(value: str) -> str:
    """The id of the platform that a brand's name stands for, which is in no language translated; empty if none."""
    plain = value.casefold()
    return next((service for service in _SERVICES if service in plain), "")


def username_in(value: str) -> str:
    """A user name as people write it, without the sign that some write in front."""
    return value.removeprefix("@")


def identify_value(label: str, value: str, *, known_username: str = "") -> FieldName | None:
    """What a value says, by its shape and its label; None where that is not sure."""
    if not value:
        return None
    folded = label_words.folded_label(label)
    if is_email(value):
        return FieldName.PREVIOUS_EMAIL if any(word in folded for word in label_words.PREVIOUS) else FieldName.EMAIL
    if value.casefold() in {"true", "false"}:
        return FieldName.IS_PRIVATE if any(word in folded for word in label_words.PRIVATE) else None
    if _PHONE.fullmatch(value) and not _DATE.fullmatch(value):
        is_phone = value.startswith("+") or any(word in folded for word in label_words.PHONE)
        return FieldName.PHONE if is_phone and 6 <= sum(map(str.isdecimal, value)) <= 15 else None
    if folded in label_words.USERNAMES or (known_username and value.casefold() == known_username.casefold()):
        return FieldName.USERNAME
    if folded in label_words.NAMES:
        return FieldName.NAME
    if value.casefold() in _SERVICES:
        return FieldName.SERVICE
    return None


def labelled_values(record: object) -> Iterator[LabelledValue]:
    """The values of one record with their labels, in either of the two shapes that Meta has for these."""
    fields = as_mapping(record)
    for label, entry in list(as_mapping(fields.get("string_map_data")).items())[:_MAX_ROWS]:
        details = as_mapping(entry)
        yield LabelledValue(label, clean_value(details.get("value")), seconds_in(details.get("timestamp")))
    for row in as_list(fields.get("label_values"))[:_MAX_ROWS]:
        yield from _values_of_row(row)


def _values_of_row(row: object) -> Iterator[LabelledValue]:
    fields = as_mapping(row)
    label = _label_of(fields)
    seconds = seconds_in(fields.get("timestamp_value"))
    values = [clean_value(_value_of(item)) for item in (*as_list(fields.get("value")), *as_list(fields.get("vec")))]
    for value in values or ([""] if seconds else []):
        yield LabelledValue(label, value, seconds)


def _label_of(row: Mapping[str, object]) -> str:
    """The label of a row: the name of its field, which is English everywhere, if it has one that is known."""
    names = [name for key in ("ent_field_name", "label", "title") if isinstance(name := row.get(key), str) and name]
    known = (
        name
        for name in names
        if label_words.folded_label(name) in label_words.USERNAMES | label_words.NAMES | {"email"}
    )
    return next(
        known, next((name for name in names if name is not row.get("ent_field_name")), names[0] if names else "")
    )


def _value_of(item: object) -> object:
    return item.get("value") if isinstance(item, dict) else item


def row_lists_in(value: object, level: int = 0) -> Iterator[list[LabelledValue]]:
    """Each list of labelled rows within a value, at whatever level: `label_values` may hold such lists in lists."""
    if level > _MAX_LEVELS:
        return
    rows: list[LabelledValue] = []
    for item in as_list(value)[:_MAX_ROWS]:
        fields = as_mapping(item)
        rows.extend(_values_of_row(fields))
        for key in ("dict", "label_values"):
            if key in fields:
                yield from row_lists_in(fields[key], level + 1)
    if rows:
        yield rows


def seconds_in(value: object) -> float:
    """A time in seconds; 0 for anything that is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0
    return value if 0 < value < _END_OF_TIME else 0


_END_OF_TIME = 1e15
