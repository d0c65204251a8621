"""TOML that a person wrote, or someone else: within bounds, and told back by line and column."""

import re
import tomllib
from contextlib import suppress

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core import toml
from metaoptout_tui.core.toml import (
    MalformedFile,
    TomlPath,
    decode_toml,
    format_toml_path,
    line_finder,
    line_of,
    parse_toml,
)


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        ('a = 1\nname = "Anna', 2, 8, 'a second " at its end'),
        ("a = 1\nname = Anna\n", 2, 8, 'text in "quotes"'),
        ("a = 1\nb 2\n", 2, 3, 'name = "value"'),
        ("a = 1 b = 2\n", 1, 7, "one value to a line"),
        ("a = 1\na = 2\n", 2, 6, "each name once"),
        ("[a]\n[a]\n", 2, 3, "[[double brackets]]"),
        ("[a\nb = 1\n", 1, 3, "[table]"),
        ('a = "C:\\Users"\n', 1, 10, "four hexadecimal digits"),
        ('a = "C:\\data"\n', 1, 10, "\\\\ for each backslash"),
        ("a = 'Anna\nb = 1\n", 1, 5, "as many ' at its end"),
        ("a = 'Anna\nb = 'c'\n", 1, 10, "as many ' at its end"),
        ("a = 1\nb = '''Anna\nc = 1\n", 2, 5, "as many ' at its end"),
        ('a = 1\nb = """Anna""\nc = 1\n', 2, 5, 'a second "'),
        ("a = [1, 2\n", 2, 1, "a ] at its end"),
        ("= 2\n", 1, 1, 'name = "value"'),
        ('a = "\x1b[0m"\n', 1, 6, 'a second "'),
        ("# \x07\n", 1, 3, "visible text"),
        ("a.b = 1\na = 2\n", 2, 6, "each name once"),
        ("\r\na = \r\n", 2, 5, 'text in "quotes"'),
    ],
)
def test_a_slip_is_named_by_line_column_and_what_belongs_there(
    text: str, line: int, column: int, expected: str
) -> None:
    with pytest.raises(MalformedFile) as caught:
        parse_toml(text.encode(), "progress.toml")
    assert (caught.value.line, caught.value.column) == (line, column)
    assert expected in caught.value.expected
    assert caught.value.what.startswith(f"progress.toml, line {line}, column {column}: ")
    assert caught.value.expected in caught.value.what
    assert caught.value.kept


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "{a=" * 50_000,
        "[" * 1_000,
        "a = " + "9" * 5_000,
        "a = -" + "1" * 100_000,
        ".".join(["a"] * 50_000) + " = 1",
        "[" + ".".join(["a"] * 50_000) + "]",
        "x = {" + " . ".join(['"a"'] * 20_000) + " = 1}",
        "a = 0001-01-01T00:00:00+99:99",
    ],
    ids=["brackets", "braces", "headers", "digits", "more digits", "dots", "dots in a header", "dots inside", "zone"],
)
def test_a_file_made_to_exhaust_the_reader_is_refused_at_once(text: str) -> None:
    with pytest.raises(MalformedFile):
        parse_toml(text.encode(), "progress.toml")


@pytest.mark.parametrize(
    "unit", ['"', "'", "\\", '"\\', '"""\\"', "'''", "a.", '"a".', "....", '"a\\".', "[[", "#.", '\\"'], ids=repr
)
def test_the_look_for_long_names_takes_time_in_proportion_to_the_text(unit: str) -> None:
    text = "." * 20 + unit * (400_000 // len(unit))
    assert sum(len(found[0]) for found in re.finditer(toml._TOKEN, text)) <= len(text)


def test_a_long_sentence_full_of_dots_is_no_long_name() -> None:
    dots = ".".join("abcdefghijklmnopqrstuvwxyz")
    document = {"one": dots, "many": [dots, dots], "dots": "." * 500}
    for multiline in (True, False):
        assert parse_toml(tomli_w.dumps(document, multiline_strings=multiline).encode(), "x") == document
    assert parse_toml(f"a = '''\n{dots}\n'''\n# {dots}".encode(), "x") == {"a": f"{dots}\n"}


def test_windows_line_ends_and_a_byte_order_mark_are_no_obstacle() -> None:
    assert parse_toml(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n", "x") == {"a": 1, "b": 2}


@pytest.mark.parametrize("data", ["a = 'é'".encode("latin-1"), "a = 1".encode("utf-16")])
def test_a_file_in_another_encoding_is_told_to_be_utf8(data: bytes) -> None:
    with pytest.raises(MalformedFile, match=r"line 1: this is not UTF-8 text") as caught:
        parse_toml(data, "progress.toml")
    assert caught.value.line == 1


DOCUMENT = '''\
# a = "not this"
schema = 1
text = """
account = 1
[[account]]
"""

[person]
country = "NL"

[[account]]
id = "one"

[[account]]
id = "two"
list = [
  1,
  { at = 2 },
]
  [[account.event]]
  at = 2026-11-20
  [[account.event]]
  what.is.this = "x"
  at = 2026-11-21
  [account.event.inner]
  "quoted \\"name\\"" = 1
  'literal' = 2

[keys]
undo = "u"
"open.here" = "o"
'''


@pytest.mark.parametrize(
    ("where", "line"),
    [
        (("schema",), 2),
        (("text",), 3),
        (("person",), 8),
        (("person", "country"), 9),
        (("person", "missing"), 8),
        (("account",), None),
        (("account", 0), 11),
        (("account", 1), 14),
        (("account", 1, "id"), 15),
        (("account", 1, "list"), 16),
        (("account", 1, "list", 1, "at"), 16),
        (("account", 1, "event", 0), 20),
        (("account", 1, "event", 0, "at"), 21),
        (("account", 1, "event", 1, "at"), 24),
        (("account", 1, "event", 1, "what", "is", "this"), 23),
        (("account", 1, "event", 1, "inner", 'quoted "name"'), 26),
        (("account", 1, "event", 1, "inner", "literal"), 27),
        (("account", 1, "event", 1, "id"), 22),
        (("keys", "undo"), 30),
        (("keys", "open.here"), 31),
        (("nowhere",), None),
    ],
)
def test_the_line_of_a_value_is_found_by_the_way_to_it(where: TomlPath, line: int | None) -> None:
    tomllib.loads(DOCUMENT)
    assert line_of(DOCUMENT, where) == line
    assert line_finder(DOCUMENT)(where) == line


KEYS = st.text(alphabet="ab-_. \"'\\=[]#é\n", min_size=1, max_size=5)
VALUES = st.recursive(
    st.integers(-9, 9) | st.booleans() | st.text(alphabet="ab\"'\\=[]{}#.\n ", max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@given(document=st.dictionaries(KEYS, VALUES, max_size=4), multiline=st.booleans())
def test_every_table_and_value_of_any_document_has_a_line_with_its_name(
    document: dict[str, object], *, multiline: bool
) -> None:
    text = tomli_w.dumps(document, multiline_strings=multiline)
    lines = text.split("\n")
    for key, value in document.items():
        line = line_of(text, (key,))
        if isinstance(value, dict) and (
            not value or any(not isinstance(each, (dict, list)) for each in value.values())
        ):
            assert line is not None
            assert lines[line - 1] == f"[{tomli_w._writer.format_key_part(key)}]"
        elif not isinstance(value, (dict, list)):
            assert line is not None
            assert lines[line - 1].startswith(f"{tomli_w._writer.format_key_part(key)} = ")


@given(st.text(alphabet="ab.=[]{}\"'\\#\n\r\t 019-:TZ\x00é", max_size=60))
def test_no_text_makes_the_reader_or_the_finder_fail_otherwise(text: str) -> None:
    with suppress(MalformedFile):
        parse_toml(text.encode(), "progress.toml")
    line_of(text, ("a", 0, "b"))


def test_ways_are_spelled_as_a_person_counts() -> None:
    assert format_toml_path(("account", 1, "event", 0, "at")) == "account[2].event[1].at"
    assert format_toml_path(("drafts", "submit:anna", "email")) == 'drafts."submit:anna".email'
    assert format_toml_path(("schema",)) == "schema"


def test_the_text_of_a_file_is_what_the_lines_are_counted_in() -> None:
    assert decode_toml(b"\xef\xbb\xbfa\r\nb", "x") == "a\nb"
