"""Converts the record to and from a parsed TOML document, and reports invalid values.

Keys that this version does not know are kept: those of the person, an account and the record in their `extra`,
unchanged; those of an event among its fields, with their text cleaned, since unknown events are shown.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.record.accounts import (
    ACCOUNT_VALUES,
    PERSON_TEXTS,
    UNKNOWN_ACCOUNT,
    Account,
    Draft,
    Person,
    Record,
)
from metaoptout_tui.core.record.event_ids import new_event_id
from metaoptout_tui.core.record.event_kinds import EVENT_KINDS
from metaoptout_tui.core.record.events import NO_FIELDS, Event
from metaoptout_tui.core.record.remembered import Remembered
from metaoptout_tui.core.record.vocabulary import EventField
from metaoptout_tui.storage.document_values import (
    InvalidValue,
    check_name,
    check_value,
    check_year,
    clean_block_value,
    clean_line_value,
    clean_strings,
    get_line,
    require_table,
    require_tables,
    unknown_values,
)

SCHEMA_VERSION = 1

_ALWAYS_WRITTEN = frozenset({"country", "language", "email"})
"""What stands in the table of the person even where it is empty."""

_PLACE_BYTES = 4
"""Bytes at the beginning of the random part of a made id for the entry's place, as many as a file has entries."""
_EXPECTED_MOMENT = mark("a date and time without quotes, like 2026-11-20T14:09:00+01:00")


def read_schema(document: Mapping[str, object]) -> int:
    """The schema version of the file, 1 or more. Raises InvalidValue."""
    schema = document.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        problem = (
            _("this is no version of the file")
            if "schema" in document
            else _("it is missing, so this may be another file")
        )
        raise InvalidValue(("schema",), problem, f"schema = {SCHEMA_VERSION}")
    return schema


def parse_document(document: Mapping[str, object], tz: tzinfo | None = None, *, lenient: bool = False) -> Record:
    """The record in a document; times without a zone are in `tz` (None: this computer's zone).

    Raises InvalidValue; `lenient`, for the file of a newer version, leaves invalid parts out instead.
    """
    return _DocumentParser(tz, lenient=lenient).parse_record(document)


def document_without_accounts(record: Record) -> dict[str, object]:
    """The document for a record without its accounts, in the order in which it is written."""
    texts: dict[str, object] = {name: getattr(record.person, name) for name in PERSON_TEXTS}
    written = {name: words for name, words in texts.items() if words or name in _ALWAYS_WRITTEN}
    document: dict[str, object] = {"schema": SCHEMA_VERSION, "person": _add_unknown(written, record.person.extra)}
    if record.drafts:
        document["drafts"] = {key: dict(draft) for key, draft in record.drafts.items()}
    if record.remembered:
        from metaoptout_tui.storage.remembered_tables import remembered_to_table

        document["remembered"] = remembered_to_table(record.remembered)
    if record.removals:
        document["removed"] = dict(record.removals)
    return _add_unknown(document, record.extra)


def account_to_table(account: Account) -> dict[str, object]:
    """The table of an account with its diary. Raises ValueError for a time without a zone."""
    values: dict[str, object] = {key: getattr(account, name) for name, key in ACCOUNT_VALUES.items()}
    known = {"id": account.id} | {key: value for key, value in values.items() if value is not None}
    table = _add_unknown(known, account.extra)
    if account.events:
        table["event"] = [_event_to_table(event) for event in account.events]
    return table


class _DocumentParser:
    def __init__(self, tz: tzinfo | None, *, lenient: bool) -> None:
        self.tz = tz
        self.lenient = lenient
        self.event_ids: set[str] = set()

    def parse_record(self, document: Mapping[str, object]) -> Record:
        person = Person()
        tables: list[Mapping[str, object]] = []
        accounts: dict[str, Account] = {}
        drafts: dict[str, Draft] = {}
        remembered: dict[str, Remembered] = {}
        removals: dict[str, int] = {}
        extra = NO_FIELDS
        with self._at_key("person"):
            person = _parse_person(require_table(document.get("person", {})))
        with self._at_key("account"):
            tables = require_tables(document.get("account", []))
        for number, table in enumerate(tables):
            with self._at_key("account", number):
                account = self._parse_account(table)
                if account.id in accounts:
                    raise InvalidValue(
                        ("id",), _("“{id}” is another account's id too").format(id=account.id), _("an id of its own")
                    )
                accounts[account.id] = account
        with self._at_key("drafts"):
            drafts = _parse_drafts(require_table(document.get("drafts", {})))
        if drafts or "remembered" in document:
            from metaoptout_tui.storage.remembered_tables import parse_remembered, part_from_drafts

            with self._at_key("remembered"):
                remembered = parse_remembered(require_table(document.get("remembered", {})))
            remembered, drafts = part_from_drafts(remembered, drafts)
        with self._at_key("removed"):
            removals = _parse_removals(require_table(document.get("removed", {})))
        with self._at_key():
            extra = unknown_values(document, ("schema", "person", "account", "drafts", "remembered", "removed"))
        # Generated ids must differ from all written ones, which are known only now.
        filled_in = tuple(self._fill_in_ids(account) for account in accounts.values())
        return Record(person, filled_in, drafts, extra, removals, remembered)

    @contextmanager
    def _at_key(self, *keys: str | int) -> Iterator[None]:
        """Prepend `keys` to an InvalidValue raised inside, or swallow it when lenient."""
        try:
            yield
        except InvalidValue as error:
            if not self.lenient:
                raise error.add_prefix(*keys) from None

    def _parse_account(self, table: Mapping[str, object]) -> Account:
        id = get_line(table, "id", required=True)
        if ":" in id:
            raise InvalidValue(("id",), _("an id has no colon in it"), _('something like id = "instagram-anna"'))
        events: list[Event] = []
        tables: list[Mapping[str, object]] = []
        with self._at_key("event"):
            tables = require_tables(table.get("event", []))
        for number, event_table in enumerate(tables):
            try:
                events.append(self._parse_event(event_table))
            except InvalidValue as error:  # as `_at_key` does, which takes longer than a small entry
                if not self.lenient:
                    raise error.add_prefix("event", number) from None
        values: dict[str, Any] = {name: _parse_account_value(table, name, key) for name, key in ACCOUNT_VALUES.items()}
        extra = unknown_values(table, ("id", *ACCOUNT_VALUES.values(), "event"))
        return Account(id, **values, events=tuple(events), extra=extra)

    def _parse_event(self, table: Mapping[str, object]) -> Event:
        id = get_line(table, "id")
        if id in self.event_ids:
            raise InvalidValue(
                ("id",),
                _("“{id}” is another entry's id too").format(id=id),
                _("no id in the later of the two: it is given one"),
            )
        kind = get_line(table, "what", required=True)
        if "at" not in table:
            raise InvalidValue(("at",), _("it is missing"), _(_EXPECTED_MOMENT))
        at = self._parse_moment("at", table["at"])
        rules = EVENT_KINDS.get(kind)
        known_fields = rules.fields if rules else {}
        fields: dict[str, object] = {}
        for name, value in table.items():
            if name in known_fields:
                fields[name] = self._parse_field(known_fields[name], value)
            elif name not in ("id", "at", "what"):
                fields[name] = clean_strings(check_value(name, value))
        for name in rules.required_fields if rules else ():
            if name not in fields:
                raise InvalidValue((name,), _("it is missing, and an entry “{kind}” needs it").format(kind=kind))
        if id:
            self.event_ids.add(id)
        return Event(id, at, kind, fields or NO_FIELDS)

    def _parse_field(self, field: EventField, value: object) -> object:
        name, kind = field.name, field.value_type
        if kind is str:
            return clean_line_value(name, value) if field.is_line else clean_block_value(name, value)
        if kind is datetime:
            return self._parse_moment(name, value)
        if kind is date and isinstance(value, date):
            check_year(name, value)
            return value.date() if isinstance(value, datetime) else value
        if (kind is int and isinstance(value, int) and not isinstance(value, bool)) or (
            kind is dict and isinstance(value, Mapping)
        ):
            return clean_strings(check_value(name, value))
        expected = {date: _("a date, like 2026-11-20"), int: _("a whole number")}.get(
            kind, _("a table, like { name = 1 }")
        )
        raise InvalidValue((name,), _("this value does not fit"), expected)

    def _parse_moment(self, name: str, value: object) -> datetime:
        if not isinstance(value, date):
            raise InvalidValue((name,), _("this is not a date and time"), _(_EXPECTED_MOMENT))
        check_year(name, value)
        moment = value if isinstance(value, datetime) else datetime.combine(value, time())
        if moment.tzinfo is not None:
            return moment
        try:
            return _with_minute_offset(moment.replace(tzinfo=self.tz) if self.tz else moment.astimezone())
        except (OverflowError, OSError, ValueError):
            raise InvalidValue((name,), _("this computer cannot place this time"), _(_EXPECTED_MOMENT)) from None

    def _fill_in_ids(self, account: Account) -> Account:
        """The account with an id for each entry that has none; those of one moment are in the order of the file."""
        if all(event.id for event in account.events):
            return account
        places: Counter[int] = Counter()
        events = []
        for event in account.events:
            if event.id:
                events.append(event)
                continue
            moment = int(event.at.timestamp() * 1000)
            events.append(event._replace(id=self._make_id(account.id, event, places[moment])))
            places[moment] += 1
        return replace(account, events=tuple(events))

    def _make_id(self, account_id: str, event: Event, place: int) -> str:
        """An id made from the event's time, its place among those of that time, and its content: the same at every reading.

        Copies of a file may have different entries at one place, which are kept apart by their content.
        """
        from hashlib import sha256

        content = repr((account_id, event.kind, sorted(event.fields.items())))
        attempt = 0
        prefix = place.to_bytes(_PLACE_BYTES, "big")
        while (
            id := new_event_id(event.at, prefix + sha256(f"{content}{attempt}".encode()).digest())
        ) in self.event_ids:
            attempt += 1
        self.event_ids.add(id)
        return id


def _parse_account_value(table: Mapping[str, object], name: str, key: str) -> str | None:
    """A value of an account; None where it is missing and may be unknown."""
    if key not in table and getattr(UNKNOWN_ACCOUNT, name) is None:
        return None
    return get_line(table, key, required=key == "platform")


def _parse_person(table: Mapping[str, object]) -> Person:
    texts = {name: _parse_country(table) if name == "country" else get_line(table, name) for name in PERSON_TEXTS}
    return replace(Person(), **texts, extra=unknown_values(table, PERSON_TEXTS))


def _parse_country(table: Mapping[str, object]) -> str:
    """An ISO 3166 code in capitals. A name is refused, since it would count as a country without a right to object."""
    code = get_line(table, "country")
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise InvalidValue(("country",), _("this is not a country code"), _('two letters, such as "NL" or "DE"'))
    return code.upper()


def _parse_drafts(table: Mapping[str, object]) -> dict[str, Draft]:
    drafts: dict[str, Draft] = {}
    for key, fields in table.items():
        check_name(key)
        try:
            drafts[key] = {
                name: clean_block_value(check_name(name), value) for name, value in require_table(fields).items()
            }
        except InvalidValue as error:
            raise error.add_prefix(key) from None
    return drafts


def _parse_removals(table: Mapping[str, object]) -> dict[str, int]:
    """The counts of what was removed (`core.record.removals`)."""
    removals: dict[str, int] = {}
    for id, count in table.items():
        check_value(id, count)
        if not isinstance(count, int) or isinstance(count, bool) or count < 1:
            raise InvalidValue((id,), _("this is no mark of something removed"), _("a whole number, 1 or more"))
        removals[id] = count
    return removals


def _with_minute_offset(moment: datetime) -> datetime:
    """The moment with an offset of whole minutes, which is all that TOML can write."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError(_("the time {moment} has no zone").format(moment=moment))
    if offset % timedelta(minutes=1):
        return moment.astimezone(UTC)
    return moment.replace(tzinfo=timezone(offset))


def _event_to_table(event: Event) -> dict[str, object]:
    rules = EVENT_KINDS.get(event.kind)
    known_fields = rules.fields if rules else {}
    table: dict[str, object] = {"id": event.id, "at": _with_minute_offset(event.at), "what": str(event.kind)}
    fields = _add_unknown({name: event.fields[name] for name in known_fields if name in event.fields}, event.fields)
    for name, value in fields.items():
        # Unknown fields stay as they are: a local time must remain one.
        if isinstance(value, datetime) and name in known_fields and known_fields[name].value_type is datetime:
            table[name] = _with_minute_offset(value)
        else:
            table[name] = str(value) if isinstance(value, str) else value  # an enum member becomes plain text
    return table


def _add_unknown(known: dict[str, object], extra: Mapping[str, object]) -> dict[str, object]:
    return known | {name: value for name, value in extra.items() if name not in known}
