"""Promises and figures name the tests that hold them, and those tests exist."""

import re
from pathlib import Path

import pytest

import scoreboard

ROOT = Path(__file__).parents[1]
SECURITY = (ROOT / ".github" / "SECURITY.md").read_text(encoding="utf-8")
PROMISES = re.split(
    r"\n {0,1}(?=\d{1,2}\. \*\*)", SECURITY.partition("## What it promises")[2].partition("\nHow the rest")[0]
)[1:]
NAMED_TEST = re.compile(r"`(tests/[\w/]+\.py)::(?:\w+::)?(test_\w+)`")


def is_there(file: str, function: str) -> bool:
    path = ROOT / file
    return path.is_file() and bool(
        re.search(rf"^\s*(?:async )?def {function}\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    )


def test_there_are_ten_promises_in_order() -> None:
    assert [promise.partition(".")[0] for promise in PROMISES] == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise[:40].strip())
def test_each_promise_names_tests_that_exist(promise: str) -> None:
    named = NAMED_TEST.findall(promise)
    assert named
    assert [name for name in named if not is_there(*name)] == []


@pytest.mark.parametrize("row", scoreboard.ROWS, ids=lambda row: row.title)
def test_each_row_of_the_scoreboard_is_held_by_something_or_says_that_it_is_not_measured(row: scoreboard.Row) -> None:
    assert row.tests or row.measure or row.why_not
    for test in row.tests:
        file, _, function = test.partition("::")
        assert (ROOT / file).is_file(), file
        assert not function or is_there(file, function.rpartition("::")[2]), test


def test_a_row_without_a_measurement_says_so_and_one_that_failed_does_not_hold() -> None:
    missing = scoreboard.Row("x", "y", why_not="there is no tool")
    assert scoreboard.figure_of(missing, {}, is_full=False) == ("not measured: there is no tool", None, False)
    row = scoreboard.Row("x", "y", tests=("tests/a.py::test_a", "tests/b.py"))
    outcomes = {
        "tests/a.py::test_a": scoreboard.Outcome(held=2, seconds=1.0),
        "tests/b.py::test_b": scoreboard.Outcome(held=1, failed=1, skipped=1, seconds=2.0),
        "tests/a.py::test_another": scoreboard.Outcome(failed=7),
    }
    assert scoreboard.figure_of(row, outcomes, is_full=False) == (
        "3 of 4 cases hold in 3 s, 1 not measured here",
        False,
        False,
    )


def test_a_row_of_which_not_all_was_measured_says_how_much_is_left() -> None:
    row = scoreboard.Row("x", "y", tests=("tests/a.py",), tells_slowest=True)
    outcomes = {"tests/a.py::test_a": scoreboard.Outcome(held=1, seconds=3.0, slowest=1.5, left_out=3)}
    words = "1 of 1 cases hold in 3 s, the slowest in 1.5 s, 3 more with --full"
    assert scoreboard.figure_of(row, outcomes, is_full=False) == (words, True, True)


def test_the_cases_of_a_test_that_a_quick_run_leaves_out_are_counted() -> None:
    test = "tests/terminal/test_leaving.py::test_a_signal_loses_nothing_and_gives_the_terminal_back"
    assert scoreboard.count_cases([test]) == {test: 4}
