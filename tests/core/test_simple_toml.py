"""The short way of reading TOML: what it reads, it reads as `tomllib` does, and it reads what this program writes."""

import tomllib
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.simple_toml import parse_simple_toml
from metaoptout_tui.storage.progress_file import dump_record
from sample_case import full_record

LINES = (
    *(
        "",
        "# a = 1",
        "# \t é",
        "[a]",
        "[b]",
        "[[a]]",
        "[[b]]",
        "[a.b]",
        "[[a.b]]",
        "[a.b.c]",
        "[[b.a.c]]",
        '[a."x:y.z"]',
    ),
    *('["a"]', "[a] # b]", '[a."b"] # "]', "[a]]", "[[a]", "[]", "[ a ]", "[a.b.c.d.e]", "[", "[é]", '[a."b\\u0041"]'),
    *("a = 1", "b = 0", "c = 01", "d = -1", "a-b = +1", "b_ = 1_000", "1 = 1.5", "-- = inf", "a.b = 1", "b = [1, 2]"),
    *(
        "c = {a = 1}",
        "é = 1",
        '"a" = 1',
        "a=1",
        "a  = 1",
        " b = 1",
        "c = ",
        "d =",
        "a = 1 # b",
        "b",
        "a = true",
        "b = false",
    ),
    *(
        'a = ""',
        'b = "x # y"',
        'c = "it\'s"',
        "d = 'x'",
        'a = "x\\n\\"y\\""',
        'b = "x\\y"',
        'c = "x',
        'd = "',
        'a = "x" "',
    ),
    *('a = """', 'text"""', '"""', 'x"', "line \\", '"" """', 'b = """x"""', '\\"""', 'a = "\t"', "a = '''", "'''"),
    *("a = 2026-11-20", "b = 2026-11-20 14:09:00+01:00", "c = 2026-11-20T14:09:00-00:00", "d = 2026-11-20 14:09:00Z"),
    *(
        "a = 2026-11-20t14:09:00+01:00",
        "b = 2026-11-20_14:09:00+01:00",
        "c = 2026-11-20 24:00:00+01:00",
        "d = 14:09:00",
    ),
    *("a = 2026-11-20 14:09:00+01:60", "b = 2026-11-20 14:09:00+24:00", "c = 2026-11-20 14:09:60+01:00"),
    *(
        "a = 2026-02-30",
        "b = 2026-W47-5",
        "c = 0000-01-01",
        "d = 2026-11-20 14:09+01:00:00",
        "a = ２０２６-11-20",
        "b = ٣",
    ),
    *("a = 2026-11-20 14:09:00.250000+01:00", "b = 2026-11-20 14:09:00", f"c = {10**20}", "d = 0x1F", "a = nan_"),
)
OFFSETS = st.integers(-24 * 60 + 1, 24 * 60 - 1).map(lambda minutes: timezone(timedelta(minutes=minutes)))
KEYS = st.text(alphabet="ab-_. :\"'\\=[]#é\n", min_size=1, max_size=5)
VALUES = st.recursive(
    st.integers(-(10**12), 10**12)
    | st.booleans()
    | st.dates()
    | st.datetimes(timezones=OFFSETS | st.just(UTC))
    | st.text(alphabet="ab\"'\\=[]{}#.\n\t\r é", max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


def spelled(document: object) -> str:
    """With the type of each value, and equal for values that are not equal to themselves."""
    return repr(document).replace("datetime.timezone.utc", repr(timezone(timedelta(0))))


def check_it_reads_as_tomllib_or_leaves_it(text: str) -> None:
    document = parse_simple_toml(text)
    if document is not None:
        assert spelled(document) == spelled(tomllib.loads(text))


@given(st.lists(st.sampled_from(LINES), max_size=7).map("\n".join))
def test_lines_in_any_order_are_read_as_tomllib_reads_them_or_left_to_it(text: str) -> None:
    check_it_reads_as_tomllib_or_leaves_it(text)


@given(st.text(alphabet="ab.= []{}\"'\\#\n\r\t019-:TZ\x00\x7f\u0085é", max_size=40))
def test_any_text_is_read_as_tomllib_reads_it_or_left_to_it(text: str) -> None:
    check_it_reads_as_tomllib_or_leaves_it(text)


@pytest.mark.parametrize("line", LINES)
def test_each_line_by_itself_is_read_as_tomllib_reads_it_or_left_to_it(line: str) -> None:
    check_it_reads_as_tomllib_or_leaves_it(line)


@given(document=st.dictionaries(KEYS, VALUES, max_size=4), multiline=st.booleans())
def test_any_document_that_is_written_is_read_back_or_left_to_tomllib(
    document: dict[str, object], *, multiline: bool
) -> None:
    with suppress(ValueError):  # an offset of odd minutes is written in a way that TOML has not
        check_it_reads_as_tomllib_or_leaves_it(tomli_w.dumps(document, multiline_strings=multiline))


def test_a_record_as_this_program_writes_it_goes_the_short_way() -> None:
    text = dump_record(full_record()).decode()
    assert parse_simple_toml(text) == tomllib.loads(text)


def test_moments_days_and_texts_of_several_lines_go_the_short_way() -> None:
    text = 'schema = 1\n\n[drafts."submit:instagram-anna"]\nreason = """\nI object.\n\n"Really" \\\\o/\n"""\n[[a]]\n[a.b]\nx = true\n'
    moments = "[[a]]\nat = 2026-11-20 14:09:00+01:00\non = 2026-11-20\nname = \"an 'a'\"\n"
    assert parse_simple_toml(text + moments) == {
        "schema": 1,
        "drafts": {"submit:instagram-anna": {"reason": 'I object.\n\n"Really" \\o/\n'}},
        "a": [
            {"b": {"x": True}},
            {
                "at": datetime(2026, 11, 20, 14, 9, tzinfo=timezone(timedelta(hours=1))),
                "on": date(2026, 11, 20),
                "name": "an 'a'",
            },
        ],
    }
