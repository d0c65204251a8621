"""The record as a file: what goes in comes out, what is not understood stays, and every problem has its line."""

import random
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import count
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from exhaustive import examples, parametrize_some
from metaoptout_tui.core import text
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.record.accounts import Account, Person, Record
from metaoptout_tui.core.record.event_kinds import EVENT_KINDS
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.remembered import (
    NOTHING_REMEMBERED,
    OF_PERSON,
    PRIVACY_SETTINGS,
    ChatPrivacy,
    Remembered,
)
from metaoptout_tui.storage.atomic_write import ChangedOnDisk
from metaoptout_tui.storage.progress_file import (
    AccountTexts,
    FileCorrupt,
    FileFromNewerVersion,
    FileLoaded,
    FileMissing,
    FileUnreadable,
    dump_record,
    load_record,
    parse_record,
    replace_corrupt_file,
    save_aside,
    save_record,
)

CET = timezone(timedelta(hours=1))
AT = datetime(2026, 11, 20, 14, 9, 12, tzinfo=CET)
TODAY = date(2026, 11, 23)

ANNA = Account(
    "instagram-anna",
    "instagram",
    "@anna.example",
    "anna@example.org",
    "private",
    (
        Event("01A", AT, "account-added", {"email": "anna@example.org"}),
        Event("01B", AT, "filed", {"form": "instagram-own", "email": "anna@example.org", "reason": "One.\n\nTwo."}),
        Event("01C", AT, "extended", {"until": date(2027, 2, 20)}),
    ),
)
RECORD = Record(Person("NL", "en", "anna@example.org"), (ANNA,), {"submit:instagram-anna": {"email": "a@example.org"}})

FILE = b"""\
schema = 1

[person]
country = "NL"

[[account]]
id = "facebook"
platform = "facebook"
name = "Anna"
email = "anna@example.org"

[[account.event]]
id = "01A"
at = 2026-11-20T14:09:12+01:00
what = "filed"

[[account.event]]
id = "01B"
at = 2026-11-21T08:00:00+01:00
what = "noted"
step = "confirm"
text = "nothing yet"

[[account]]
id = "instagram"
platform = "instagram"
name = "@anna.example"
"""


def good(data: bytes, **more: timezone) -> Record:
    loaded = parse_record(data, "progress.toml", **more)
    assert isinstance(loaded, FileLoaded), loaded
    return loaded.record


def said(data: bytes) -> str:
    loaded = parse_record(data, "progress.toml")
    assert isinstance(loaded, FileCorrupt), loaded
    return loaded.error.what


# --- laws


ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(9000, 12, 31), timezones=ZONES)  # noqa: DTZ001 - the zones are drawn
ANYTHING = st.text(max_size=9)
LINES = st.text(max_size=9).map(text.clean_line)
BLOCKS = st.text(max_size=9).map(text.clean_block)
SOMETHING = LINES.filter(bool)
COUNTRIES = st.sampled_from(("", "NL", "DE", "GB", "XX"))
IDS = SOMETHING.filter(lambda value: ":" not in value)


def unknown(texts: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, object]]:
    """What a newer version may have put there: names and values of every type that TOML has."""
    values = st.recursive(
        texts
        | st.booleans()
        | st.integers(-(2**63), 2**63 - 1)
        | st.floats(allow_nan=False)
        | st.dates()
        | st.times()
        | st.datetimes()
        | st.datetimes(timezones=ZONES),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(LINES, inner, max_size=2),
        max_leaves=3,
    )
    return st.dictionaries(LINES.map(lambda name: f"{name}_"), values, max_size=2)


KEPT_AS_IT_CAME, KEPT_CLEAN = unknown(ANYTHING), unknown(BLOCKS)
BY_TYPE: dict[type, st.SearchStrategy[object]] = {
    str: LINES,
    int: st.integers(0, 2**63 - 1),
    date: st.dates(date(1970, 1, 1), date(9000, 12, 31)),
    datetime: MOMENTS,
    dict: st.dictionaries(LINES, st.integers(0, 99), max_size=2),
}


def fields_of(what: str) -> st.SearchStrategy[dict[str, object]]:
    kind = EVENT_KINDS[what]
    return st.fixed_dictionaries(
        {name: BY_TYPE[kind.fields[name].value_type] for name in kind.required_fields},
        optional={name: BY_TYPE[kind.fields[name].value_type] for name in (*kind.optional_fields, "note")},
    )


EVENTS = st.one_of(
    st.builds(lambda at, more: Event("", at, "from-the-future", more), MOMENTS, KEPT_CLEAN),
    *(
        st.builds(
            lambda at, known, more, what=what: Event("", at, what, known | more), MOMENTS, fields_of(what), KEPT_CLEAN
        )
        for what in EVENT_KINDS
    ),
)
ACCOUNTS = st.builds(
    Account, IDS, SOMETHING, LINES, LINES, st.none() | LINES, st.lists(EVENTS, max_size=3).map(tuple), KEPT_AS_IT_CAME
)
WRITTEN = {"country": COUNTRIES, "extra": KEPT_AS_IT_CAME}
PERSONS = st.builds(Person, **{field.name: WRITTEN.get(field.name, LINES) for field in fields(Person)})
DRAFTS = st.dictionaries(LINES, st.dictionaries(LINES, BLOCKS, max_size=2), max_size=2)
NAMES_OF_CHATS = st.sampled_from(["Family", "School: 3b"])
CHATS = st.builds(
    ChatPrivacy, NAMES_OF_CHATS, st.sampled_from(PRIVACY_SETTINGS), st.sampled_from(["", "Bo B"]), st.just(False)
)
REMOVED_CHATS = NAMES_OF_CHATS.map(lambda name: ChatPrivacy(name, is_removed=True))
REMEMBERED = st.builds(
    Remembered,
    st.dictionaries(LINES, BLOCKS, max_size=2),
    st.frozensets(LINES, max_size=2),
    st.none() | st.booleans(),
    st.lists(CHATS | REMOVED_CHATS).map(lambda chats: {chat.name: chat for chat in chats}),
    KEPT_AS_IT_CAME,
)
OWNERS = st.just(OF_PERSON) | IDS


def numbered(accounts: list[Account]) -> tuple[Account, ...]:
    number = count(1)
    return tuple(
        replace(
            account,
            events=tuple(Event(f"01{next(number):04}", event.at, event.kind, event.fields) for event in account.events),
        )
        for account in accounts
    )


RECORDS = st.builds(
    Record,
    PERSONS,
    st.lists(ACCOUNTS, max_size=3, unique_by=lambda account: account.id).map(numbered),
    DRAFTS,
    KEPT_AS_IT_CAME,
    remembered=st.dictionaries(OWNERS, REMEMBERED, max_size=2).map(
        lambda remembered: {id: each for id, each in remembered.items() if each != NOTHING_REMEMBERED}
    ),
)


@settings(max_examples=examples(200))
@given(RECORDS, COUNTRIES)
def test_all_that_is_saved_is_read_again_and_a_change_of_one_thing_leaves_the_rest(
    record: Record, country: str
) -> None:
    data = dump_record(record)
    assert good(data) == record
    assert dump_record(good(data)) == data
    changed = replace(good(data), person=replace(record.person, country=country))
    before, after = tomllib.loads(data.decode()), tomllib.loads(dump_record(changed).decode())
    assert after.pop("person") == {**before.pop("person"), "country": country}
    assert after == before


def test_a_number_that_is_none_and_one_without_end_are_kept_too() -> None:
    data = FILE.replace(b"schema = 1", b'schema = 1\nodd = [nan, -inf, inf]\nlong = "a\\r\\nb"')
    again = tomllib.loads(dump_record(good(data)).decode())
    assert [str(each) for each in again["odd"]] == ["nan", "-inf", "inf"]
    assert again["long"] == "a\r\nb"


def test_a_thousand_damaged_files_never_stop_the_program_nor_change(tmp_path: Path) -> None:
    path = tmp_path / "progress.toml"
    chance = random.Random(20261123)  # noqa: S311 - the same at every run
    whole = dump_record(RECORD)
    outcomes: dict[type, int] = {}
    for _ in range(1_000):
        data = damaged(whole, chance)
        path.write_bytes(data)
        loaded = load_record(path, tz=CET)
        outcomes[type(loaded)] = outcomes.get(type(loaded), 0) + 1
        assert path.read_bytes() == data
        if isinstance(loaded, FileLoaded):
            assert isinstance(parse_record(dump_record(loaded.record), "x"), FileLoaded)
        else:
            assert isinstance(loaded, FileCorrupt | FileFromNewerVersion)
            assert loaded.error.what.startswith("progress.toml")
    assert outcomes.keys() >= {FileLoaded, FileCorrupt}


def damaged(data: bytes, chance: random.Random) -> bytes:
    pieces = [
        b"[",
        b"]",
        b'"',
        b"=",
        b"\n",
        b"\x00",
        b"\xff",
        b"9" * 30,
        b"schema = 2\n",
        b"{",
        b"'''",
        b"[[account]]\n",
    ]
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data = data[:at] + data[at + chance.randint(1, 40) :]
            case 1:
                data = data[:at] + chance.choice(pieces) + data[at:]
            case 2:
                data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
            case _:
                other = chance.randrange(len(data))
                data = data[:at] + data[other : other + chance.randint(1, 200)] + data[at:]
    return data


# --- the five outcomes


def test_only_nothing_is_missing_and_only_what_is_understood_can_be_saved(tmp_path: Path) -> None:
    path = tmp_path / "progress.toml"
    assert load_record(path) == FileMissing()
    data = save_record(path, RECORD, None)
    assert load_record(path) == FileLoaded(RECORD, data)
    assert path.read_bytes() == data
    path.write_bytes(b"schema = 2\n")
    assert isinstance(load_record(path), FileFromNewerVersion)
    path.write_bytes(b"schema = ")
    assert isinstance(load_record(path), FileCorrupt)
    path.write_bytes(b"")
    empty = load_record(path)
    assert isinstance(empty, FileCorrupt)
    assert "empty" in empty.error.what
    path.unlink()
    path.symlink_to("nowhere")
    assert isinstance(load_record(path), FileUnreadable)
    assert [
        outcome
        for outcome in (FileMissing, FileUnreadable, FileCorrupt, FileFromNewerVersion)
        if "data" in outcome.__annotations__
    ] == []


def test_a_newer_versions_file_is_shown_as_far_as_it_goes() -> None:
    data = (
        FILE.replace(b"schema = 1", b"schema = 7")
        .replace(b'platform = "instagram"', b"platform = { name = 'instagram' }")
        .replace(b"2026-11-20T14:09:12+01:00", b'"the day before"')
    )
    loaded = parse_record(data, "progress.toml")
    assert isinstance(loaded, FileFromNewerVersion)
    assert loaded.schema == 7
    assert "newer version" in loaded.error.what
    assert [account.id for account in loaded.record.accounts] == ["facebook"]
    assert [event.id for event in loaded.record.accounts[0].events] == ["01B"]
    assert loaded.record.person.country == "NL"


@pytest.mark.parametrize(
    "schema", [b"", b"schema = 0", b"schema = -1", b"schema = true", b'schema = "1"', b"schema = 1.0"]
)
def test_a_file_that_does_not_say_its_version_is_not_taken_for_ours(schema: bytes) -> None:
    assert "schema" in said(FILE.replace(b"schema = 1", schema))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"at = 2026-11-21T08:00:00+01:00", b'at = "yesterday"', "line 19: account[1].event[2].at: this is not a date"),
        (b"at = 2026-11-21T08:00:00+01:00\n", b"", "line 17: account[1].event[2].at: it is missing"),
        (b"2026-11-21T", b"0206-11-21T", "line 19: account[1].event[2].at: the year 206 cannot be right"),
        (b'id = "01B"', b'id = "01A"', "line 18: account[1].event[2].id: “01A” is another entry's id too"),
        (b'id = "instagram"', b'id = "facebook"', "line 25: account[2].id: “facebook” is another account's id too"),
        (b'id = "instagram"\n', b"", "line 24: account[2].id: it is missing"),
        (b'id = "instagram"', b'id = "a:b"', "line 25: account[2].id: an id has no colon"),
        (b'platform = "instagram"', b'platform = " "', "line 26: account[2].platform: it is empty"),
        (b'what = "noted"', b"what = 3", "line 20: account[1].event[2].what: this is not text"),
        (b'step = "confirm"\n', b"", "line 17: account[1].event[2].step: it is missing, and an entry “noted” needs it"),
        (
            b'what = "noted"',
            b'what = "extended"\nuntil = "soon"',
            "line 21: account[1].event[2].until: this value does not",
        ),
        (b'what = "noted"', b'what = "extended"\nuntil = 9999-12-31', "the year 9999 cannot be right"),
        (b"[[account]]", b"[account]", "progress.toml"),
        (b'country = "NL"', b"country = 31", "line 4: person.country: this is not text"),
        (b'country = "NL"', b'country = "Nederland"', "line 4: person.country: this is not a country code"),
        (b'country = "NL"', b"big = 99999999999999999999", "line 4: person.big: this number is too large"),
        (b"schema = 1", b"schema = 1\ndrafts = 3", "line 2: drafts: this is a value where a table belongs"),
        (b"schema = 1", b"schema = 1\ndrafts = { a = { b = 3 } }", "line 2: drafts.a.b: this is not text"),
        (b"schema = 1", b"schema = 1\nremembered = 3", "line 2: remembered: this is a value where a table belongs"),
        (
            b"schema = 1",
            b"schema = 1\nremembered.letters.name = 3",
            "line 2: remembered.letters.name: this is not text",
        ),
        (b"schema = 1", b'schema = 1\nremembered.account.a.asked = "x"', "remembered.account.a.asked: this value does"),
        (b"schema = 1", b'schema = 1\nremembered.account.a.english = "x"', "remembered.account.a.english: this value"),
        (b"schema = 1", b'schema = 1\n"\\u001b[2J" = 3', "a character that cannot be seen"),
        (b"schema = 1", b"schema = 1\ndeep = " + b"[" * 20 + b"]" * 20, "line 2: deep"),
        (b"nothing yet", b"n" * 100_001, "account[1].event[2].text: this is 100,001 characters long"),
        (b'"Anna"', b'"' + b"A" * 1_001 + b'"', "account[1].name: this is 1,001 characters long"),
    ],
)
def test_what_does_not_fit_is_named_by_line_and_key(old: bytes, new: bytes, told: str) -> None:
    assert told in said(FILE.replace(old, new))


# --- written by hand


def test_an_entry_written_by_hand_needs_a_time_and_a_kind_only() -> None:
    by_hand = FILE.replace(b'id = "01B"\n', b"").replace(b"2026-11-21T08:00:00+01:00", b"2026-11-21T08:00:00")
    first, second = good(by_hand, tz=CET), good(by_hand, tz=CET)
    event = first.accounts[0].events[1]
    assert event.at == datetime(2026, 11, 21, 8, tzinfo=CET)
    assert event.id
    assert event.id > "01A"
    assert first == second
    assert good(dump_record(first)) == first


@pytest.mark.parametrize("at", [b"2026-11-21", b"2026-11-21T00:00:00", b"2026-11-21 00:00:00"])
def test_a_day_or_a_time_without_a_zone_is_this_computers(at: bytes) -> None:
    event = good(FILE.replace(b"2026-11-21T08:00:00+01:00", at), tz=CET).accounts[0].events[1]
    assert event.at == datetime(2026, 11, 21, tzinfo=CET)


def test_two_entries_by_hand_that_are_alike_stay_two_and_neither_is_the_one_that_was_saved_before() -> None:
    entry = b'\n[[account.event]]\nat = 2026-11-22T08:00:00+01:00\nwhat = "reminded"\n'
    once = good(FILE + entry)
    data = dump_record(once) + entry + entry
    events = good(data).accounts[1].events
    assert len({event.id for event in events}) == 3
    assert once.accounts[1].events[0].id in {event.id for event in events}
    # Also where the new one stands before the saved one.
    fresh = data.replace(b"[[account.event]]\nid = ", b"[[account.event]]\n# id = ", 1)
    assert isinstance(parse_record(fresh, "x"), FileLoaded)


def test_a_file_with_windows_line_ends_or_a_mark_before_it_is_read_as_well() -> None:
    assert good(b"\xef\xbb\xbf" + FILE.replace(b"\n", b"\r\n")) == good(FILE)


def test_the_file_tells_a_person_what_it_is_and_reads_in_the_order_of_the_matter() -> None:
    written = dump_record(RECORD).decode()
    assert written.startswith("# Your record")
    assert "comments" in written.split("schema")[0]
    names = [line.split(" = ")[0] for line in written.splitlines() if line and not line.startswith("#")]
    assert names[:14] == [
        "schema", "[person]", "country", "language", "email",
        "[[account]]", "id", "platform", "name", "email", "hub",
        "[[account.event]]", "id", "at",
    ]  # fmt: skip
    assert '[drafts."submit:instagram-anna"]' in names
    filed = names.index("form")
    assert names[filed - 2 : filed + 3] == ["at", "what", "form", "email", "reason"]
    assert "\nOne.\n\nTwo." in written


def test_an_account_that_is_not_linked_and_one_of_which_it_is_not_known_stay_apart() -> None:
    record = Record(
        Person(), (Account("a", "facebook", "A", linked_group=""), Account("b", "facebook", "B", linked_group=None))
    )
    assert [account.linked_group for account in good(dump_record(record)).accounts] == ["", None]
    assert dump_record(record).count(b"hub") == 1


# --- hostile text


ESCAPE = "\x1b]52;c;ZXZpbA==\x07\u202eevil\u200b"


@pytest.mark.parametrize(
    ("where", "get"),
    [
        (("person", "email"), lambda record: record.person.email),
        (("account", "name"), lambda record: record.accounts[0].name),
        (("account", "hub"), lambda record: record.accounts[0].linked_group),
        (("event", "reason"), lambda record: record.accounts[0].events[0].text("reason")),
        (("event", "what"), lambda record: record.accounts[0].events[0].kind),
        (("event", "unknown"), lambda record: record.accounts[0].events[0].text("unknown")),
        (("event", "nested"), lambda record: str(record.accounts[0].events[0].fields["nested"]["a"][0])),
        (("drafts", "email"), lambda record: record.drafts["form"]["email"]),
    ],
)
def test_no_text_in_the_file_reaches_the_program_with_its_power_over_the_terminal(
    where: tuple[str, str], get: Callable[[Record], str]
) -> None:
    event: dict[str, object] = {"id": "1", "at": AT, "what": "filed"}
    account: dict[str, object] = {"id": "a", "platform": "facebook", "name": "A", "event": [event]}
    tables: dict[str, dict[str, object]] = {"person": {}, "account": account, "event": event, "drafts": {}}
    table, name = where
    tables[table][name] = {"a": [ESCAPE]} if name == "nested" else ESCAPE
    document = {"schema": 1, "person": tables["person"], "account": [account], "drafts": {"form": tables["drafts"]}}
    value = get(good(tomli_w.dumps(document).encode()))
    assert "evil" in value
    assert not [character for character in value if character in "\x1b\x07\u202e\u200b"]


# --- saving


def test_nothing_is_written_when_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "progress.toml"
    data = save_record(path, RECORD, None)
    before = path.stat()
    assert save_record(path, RECORD, data) == data
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_change_to_one_of_many_accounts_is_written(tmp_path: Path) -> None:
    path = tmp_path / "progress.toml"
    many = Record(accounts=tuple(Account(f"facebook-{number}", "facebook", "A") for number in range(9)))
    known = AccountTexts()
    data = save_record(path, many, None, known_texts=known)
    changed = many.with_account(replace(many.accounts[4], name="B"))
    save_record(path, changed, data, known_texts=known)
    loaded = load_record(path)
    assert isinstance(loaded, FileLoaded)
    assert loaded.record == changed


@parametrize_some(
    8,
    "record",
    [
        Record(Person("\ud800")),
        Record(Person("NL", "en", "", {"x": object()})),
        Record(accounts=(Account("a", "facebook", "A"), Account("a", "facebook", "B"))),
        Record(accounts=(Account("a:b", "facebook", "A"),)),
        Record(accounts=(replace(ANNA, events=(*ANNA.events, ANNA.events[0])),)),
        Record(accounts=(Account("a", "facebook", "A", events=(Event("1", datetime(2026, 1, 1), "closed"),)),)),  # noqa: DTZ001 - no zone is what is wrong
        Record(accounts=(Account("a", "facebook", "A", events=(Event("1", AT, "noted"),)),)),
        Record(drafts={"a": {"b": "c" * 100_001}}),
        Record(drafts={f"{number}": {"text": "x" * 90_000} for number in range(50)}),
    ],
    ids=["surrogate", "object", "accounts", "colon", "entries", "no zone", "no step", "long", "large"],
)
def test_a_record_that_would_not_open_again_is_not_written(tmp_path: Path, record: Record) -> None:
    path = tmp_path / "progress.toml"
    data = save_record(path, RECORD, None)
    with pytest.raises(StorageError, match="Not saved"):
        save_record(path, record, data)
    assert path.read_bytes() == data


def test_a_moment_in_a_zone_with_seconds_is_kept_as_the_same_moment() -> None:
    at = datetime(1971, 6, 1, 12, tzinfo=timezone(-timedelta(minutes=44, seconds=30)))
    record = Record(accounts=(Account("a", "facebook", "A", events=(Event("1", at, "closed"),)),))
    assert good(dump_record(record)).accounts[0].events[0].at == at


def test_a_version_that_lost_is_kept_beside_once_and_never_over_another(tmp_path: Path) -> None:
    path = tmp_path / "progress.toml"
    save_record(path, RECORD, None)
    assert save_aside(path, b"one", TODAY).name == "progress.conflict-2026-11-23.toml"
    assert save_aside(path, b"two", TODAY).name == "progress.conflict-2026-11-23-2.toml"
    assert save_aside(path, b"one", TODAY).name == "progress.conflict-2026-11-23.toml"
    assert path.with_name("progress.conflict-2026-11-23.toml").read_bytes() == b"one"


@pytest.mark.parametrize("linked", [True, False])
def test_a_file_that_is_not_understood_is_set_aside_whole_before_another_takes_its_place(
    tmp_path: Path, *, linked: bool
) -> None:
    path = tmp_path / "progress.toml"
    if linked:
        (tmp_path / "dotfiles").mkdir()
        (tmp_path / "dotfiles" / "progress.toml").touch(0o600)
        path.symlink_to("dotfiles/progress.toml")
    real = path.resolve()
    broken = b"schema = 1\nthis is what I typed last night\n"
    path.write_bytes(broken)
    backup = real.with_name("progress.toml.1")
    backup.write_bytes(dump_record(RECORD))
    aside, data = replace_corrupt_file(path, RECORD, TODAY)
    assert aside == real.with_name("progress.set-aside-2026-11-23.toml")
    assert aside.read_bytes() == broken
    assert load_record(path) == FileLoaded(RECORD, data)
    assert backup.read_bytes() == dump_record(RECORD)
    assert path.is_symlink() == linked


def test_a_file_that_changed_while_it_was_open_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "progress.toml"
    data = save_record(path, RECORD, None)
    edited = data.replace(b'country = "NL"', b'country = "BE"')
    path.write_bytes(edited)
    with pytest.raises(ChangedOnDisk):
        save_record(path, replace(RECORD, person=Person("DE")), data)
    assert path.read_bytes() == edited


def test_looking_at_the_record_loads_nothing_heavy() -> None:
    script = (
        "import sys\n"
        "from metaoptout_tui.app import paths\n"
        "from metaoptout_tui.storage import progress_file, settings_files\n"
        "paths.resolve_paths(None, None, {'HOME': '/nowhere'})\n"
        "heavy = {'filelock', 'tempfile', 'tomli_w', 'hashlib', 'socket', 'asyncio', 'difflib', 'textual', 'httpx'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path), "PATH": ""},
    )
    assert done.stdout == "[]\n"


def test_utc_is_a_zone_like_any_other() -> None:
    record = Record(accounts=(Account("a", "facebook", "A", events=(Event("1", AT.astimezone(UTC), "closed"),)),))
    assert good(dump_record(record)) == record
