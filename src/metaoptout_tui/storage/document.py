"""The record as a TOML document, and back: what each name holds, what is refused and in which words.

Whatever this version does not know is kept: names of the person, an account and the whole in their `extra`, as they came;
those of an entry among its fields, with their text cleaned, since unknown entries are shown.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from metaoptout_tui.core import text
from metaoptout_tui.core.diary import KINDS, NO_FIELDS, Event, field_type
from metaoptout_tui.core.ids import entry_id
from metaoptout_tui.core.progress import Account, Draft, Person, Progress
from metaoptout_tui.core.toml import Where

SCHEMA = 1
MOST_IN_LINE, MOST_IN_BLOCK = 1_000, 100_000
"""Characters in a name, and in a note or reason. More is refused, since cutting would lose what a person wrote."""
DEEPEST = 16
"""Levels of an unknown value."""
EARLIEST_YEAR, LATEST_YEAR = 1970, 9000
"""Every moment and date that this room hands out is within them, so that reckoning with it cannot overflow."""

# Fields that fit one line; the other texts of an entry may have several.
_LINES = frozenset(
    {"step", "entry", "form", "email", "reference", "authority", "from", "to", "since", "point", "file", "sha256", "of"}
)
_NO_LIMIT = 1 << 30
_WIDEST = 1 << 63
_A_MOMENT = "a date and time without quotes, like 2026-11-20T14:09:00+01:00"
_EXAMPLES = {"id": "instagram-anna", "platform": "instagram", "what": "filed"}


class Wrong(Exception):
    """A value that cannot be taken; `where` is the way to it and grows as the error rises."""

    def __init__(self, where: Where, problem: str, expected: str = "") -> None:
        super().__init__(problem)
        self.where = where
        self.problem = problem
        self.expected = expected

    def under(self, *way: str | int) -> "Wrong":
        """The same, seen from further out."""
        self.where = (*way, *self.where)
        return self


def schema_of(document: Mapping[str, object]) -> int:
    """The version of the file, 1 or more. Raises Wrong."""
    schema = document.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        problem = (
            "this is no version of the file" if "schema" in document else "it is missing, so this may be another file"
        )
        raise Wrong(("schema",), problem, f"schema = {SCHEMA}")
    return schema


def record_of(document: Mapping[str, object], tz: tzinfo | None = None, *, lenient: bool = False) -> Progress:
    """The record in a document; `tz` is for times without a zone (None: this computer's).

    `lenient`, for a newer version's file, leaves out what is not understood; else raises Wrong.
    """
    return _Reader(tz, lenient=lenient).progress(document)


def frame_of(progress: Progress) -> dict[str, object]:
    """The document for all of a record but its accounts, in the order in which it is written."""
    person = progress.person
    known: dict[str, object] = {"country": person.country, "language": person.language, "email": person.email}
    if person.land:
        known["land"] = person.land
    document: dict[str, object] = {"schema": SCHEMA, "person": _and(known, person.extra)}
    if progress.drafts:
        document["drafts"] = {key: dict(draft) for key, draft in progress.drafts.items()}
    return _and(document, progress.extra)


def account_of(account: Account) -> dict[str, object]:
    """The table for an account with its diary. Raises ValueError for a time without a zone."""
    table: dict[str, object] = {
        "id": account.id,
        "platform": account.platform,
        "name": account.name,
        "email": account.email,
    }
    if account.hub is not None:
        table["hub"] = account.hub
    table = _and(table, account.extra)
    if account.events:
        table["event"] = [_event_table(event) for event in account.events]
    return table


class _Reader:
    def __init__(self, tz: tzinfo | None, *, lenient: bool) -> None:
        self.tz = tz
        self.lenient = lenient
        self.entry_ids: set[str] = set()

    def progress(self, document: Mapping[str, object]) -> Progress:
        person = Person()
        tables: list[Mapping[str, object]] = []
        accounts: dict[str, Account] = {}
        drafts: dict[str, Draft] = {}
        extra = NO_FIELDS
        with self._part("person"):
            person = _person(_table(document.get("person", {})))
        with self._part("account"):
            tables = _tables(document.get("account", []))
        for number, table in enumerate(tables):
            with self._part("account", number):
                account = self._account(table)
                if account.id in accounts:
                    raise Wrong(("id",), f"“{account.id}” is another account's id too", "an id of its own")
                accounts[account.id] = account
        with self._part("drafts"):
            drafts = _drafts(_table(document.get("drafts", {})))
        with self._part():
            extra = _rest(document, ("schema", "person", "account", "drafts"))
        # Only now are all written ids known, and a made one must differ from them.
        return Progress(person, tuple(self._with_ids(each) for each in accounts.values()), drafts, extra)

    @contextmanager
    def _part(self, *way: str | int) -> Iterator[None]:
        try:
            yield
        except Wrong as wrong:
            if not self.lenient:
                raise wrong.under(*way) from None

    def _account(self, table: Mapping[str, object]) -> Account:
        own = _line(table, "id", needed=True)
        if ":" in own:
            raise Wrong(("id",), "an id has no colon in it", 'something like id = "instagram-anna"')
        events: list[Event] = []
        tables: list[Mapping[str, object]] = []
        with self._part("event"):
            tables = _tables(table.get("event", []))
        for number, each in enumerate(tables):
            with self._part("event", number):
                events.append(self._event(each))
        return Account(
            own,
            _line(table, "platform", needed=True),
            _line(table, "name"),
            _line(table, "email"),
            _line(table, "hub") if "hub" in table else None,
            tuple(events),
            _rest(table, ("id", "platform", "name", "email", "hub", "event")),
        )

    def _event(self, table: Mapping[str, object]) -> Event:
        own = _line(table, "id")
        if own in self.entry_ids:
            raise Wrong(("id",), f"“{own}” is another entry's id too", "no id in the later of the two: it is given one")
        what = _line(table, "what", needed=True)
        if "at" not in table:
            raise Wrong(("at",), "it is missing", _A_MOMENT)
        at = self._moment("at", table["at"])
        kind = KINDS.get(what)
        known = (*kind.needs, *kind.may, "note") if kind else ()
        fields: dict[str, object] = {}
        for name, value in table.items():
            if name in known:
                fields[name] = self._field(name, value, field_type(what, name))
            elif name not in ("id", "at", "what"):
                fields[name] = _cleaned(_checked(name, value))
        for name in kind.needs if kind else ():
            if name not in fields:
                raise Wrong((name,), f"it is missing, and an entry “{what}” needs it")
        if own:
            self.entry_ids.add(own)
        return Event(own, at, what, fields or NO_FIELDS)

    def _field(self, name: str, value: object, kind: type) -> object:
        if kind is str:
            return _line_value(name, value) if name in _LINES else _block_value(name, value)
        if kind is datetime:
            return self._moment(name, value)
        if kind is date and isinstance(value, date):
            _check_year(name, value)
            return value.date() if isinstance(value, datetime) else value
        if (kind is int and isinstance(value, int) and not isinstance(value, bool)) or (
            kind is dict and isinstance(value, Mapping)
        ):
            return _cleaned(_checked(name, value))
        expected = {date: "a date, like 2026-11-20", int: "a whole number"}.get(kind, "a table, like { name = 1 }")
        raise Wrong((name,), "this value does not fit", expected)

    def _moment(self, name: str, value: object) -> datetime:
        if not isinstance(value, date):
            raise Wrong((name,), "this is not a date and time", _A_MOMENT)
        _check_year(name, value)
        moment = value if isinstance(value, datetime) else datetime.combine(value, time())
        if moment.tzinfo is not None:
            return moment
        try:
            return _with_plain_offset(moment.replace(tzinfo=self.tz) if self.tz else moment.astimezone())
        except (OverflowError, OSError, ValueError):
            raise Wrong((name,), "this computer cannot place this time", _A_MOMENT) from None

    def _with_ids(self, account: Account) -> Account:
        if all(event.id for event in account.events):
            return account
        events = (
            event if event.id else Event(self._made_id(account.id, event), event.at, event.what, event.fields)
            for event in account.events
        )
        return replace(account, events=tuple(events))

    def _made_id(self, account: str, event: Event) -> str:
        from hashlib import sha256

        content = repr((account, event.what, sorted(event.fields.items())))
        again = 0
        while True:
            made = entry_id(event.at, sha256(f"{content}{again}".encode()).digest())
            if made not in self.entry_ids:
                self.entry_ids.add(made)
                return made
            again += 1


def _person(table: Mapping[str, object]) -> Person:
    return Person(
        _country(table),
        _line(table, "language"),
        _line(table, "email"),
        _rest(table, ("country", "language", "email", "land")),
        _line(table, "land"),
    )


def _country(table: Mapping[str, object]) -> str:
    """An ISO 3166 code in capitals. A name is refused, since it would be taken for a country without a right to object."""
    written = _line(table, "country")
    if written and not (len(written) == 2 and written.isascii() and written.isalpha()):
        raise Wrong(("country",), "this is not a country code", 'two letters, such as "NL" or "DE"')
    return written.upper()


def _drafts(table: Mapping[str, object]) -> dict[str, Draft]:
    drafts: dict[str, Draft] = {}
    for key, fields in table.items():
        _check_name(key)
        try:
            drafts[key] = {name: _block_value(_check_name(name), value) for name, value in _table(fields).items()}
        except Wrong as wrong:
            raise wrong.under(key) from None
    return drafts


def _table(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise Wrong((), "this is a value where a table belongs", "a [table] with names and values in it")
    return value


def _tables(value: object) -> list[Mapping[str, object]]:
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        raise Wrong((), "this is not a list of tables", "[[double brackets]] around its name")
    return value


def _line(table: Mapping[str, object], name: str, *, usual: str = "", needed: bool = False) -> str:
    value = _line_value(name, table[name]) if name in table else usual
    if needed and not value:
        problem = "it is empty" if name in table else "it is missing"
        raise Wrong((name,), problem, f'a line like {name} = "{_EXAMPLES[name]}"')
    return value


def _line_value(name: str, value: object) -> str:
    return text.line(_text(name, value, MOST_IN_LINE), _NO_LIMIT)


def _block_value(name: str, value: object) -> str:
    return text.block(_text(name, value, MOST_IN_BLOCK), _NO_LIMIT, lines=_NO_LIMIT)


def _text(name: str, value: object, most: int) -> str:
    if not isinstance(value, str):
        raise Wrong((name,), "this is not text", 'text in "quotes"')
    if len(value) > most:
        raise Wrong((name,), f"this is {len(value):,} characters long", f"at most {most:,}")
    return value


def _check_year(name: str, value: date) -> None:
    if not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
        raise Wrong((name,), f"the year {value.year} cannot be right", f"a year from {EARLIEST_YEAR} to {LATEST_YEAR}")


def _rest(table: Mapping[str, object], known: tuple[str, ...]) -> Mapping[str, object]:
    return {name: _checked(name, value) for name, value in table.items() if name not in known} or NO_FIELDS


def _checked(name: str, value: object, depth: int = 1) -> object:
    """The value itself, once it is sure that it can be written again."""
    _check_name(name)
    if depth > DEEPEST:
        raise Wrong((name,), "this is nested too deeply", f"at most {DEEPEST} levels")
    if isinstance(value, int) and not -_WIDEST <= value < _WIDEST:
        raise Wrong((name,), "this number is too large", "at most 18 digits")
    try:
        if isinstance(value, Mapping):
            for key, each in value.items():
                _checked(key, each, depth + 1)
        elif isinstance(value, list):
            for each in value:
                _checked("", each, depth + 1)
    except Wrong as wrong:
        raise wrong.under(name) from None
    return value


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return text.block(value, _NO_LIMIT, lines=_NO_LIMIT)
    if isinstance(value, Mapping):
        return {key: _cleaned(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_cleaned(each) for each in value]
    return value


def _check_name(name: str) -> str:
    if len(name) > MOST_IN_LINE or "\n" in name or text.exit_scrub(name) != name:
        raise Wrong((), "a name before an = is too long or holds a character that cannot be seen", "a plain name")
    return name


def _with_plain_offset(moment: datetime) -> datetime:
    """The moment with an offset of whole minutes, which is all that TOML can write."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError(f"the time {moment} has no zone")
    if offset % timedelta(minutes=1):
        return moment.astimezone(UTC)
    return moment.replace(tzinfo=timezone(offset))


def _event_table(event: Event) -> dict[str, object]:
    kind = KINDS.get(event.what)
    first = (*kind.needs, *kind.may, "note") if kind else ()
    table: dict[str, object] = {"id": event.id, "at": _with_plain_offset(event.at), "what": event.what}
    fields = _and({name: event.fields[name] for name in first if name in event.fields}, event.fields)
    for name, value in fields.items():
        # Only what is known to be a moment: an unknown local time is to stay one.
        moment = isinstance(value, datetime) and field_type(event.what, name) is datetime
        table[name] = _with_plain_offset(value) if moment else value  # type: ignore[arg-type]  # `moment` says so
    return table


def _and(known: dict[str, object], extra: Mapping[str, object]) -> dict[str, object]:
    return known | {name: value for name, value in extra.items() if name not in known}
