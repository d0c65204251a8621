"""What is printed of a fault of the program: enough to find it, and nothing of the person it happened to."""

from metaoptout_tui import __version__
from metaoptout_tui.core.errors import InputRefused, describe_crash, fault_report
from metaoptout_tui.core.links import parse_meta_url

CANARY = "anna@example.org"


def fault() -> BaseException | None:
    try:
        try:
            parse_meta_url(f"https://{CANARY}/")
        except Exception as cause:
            raise KeyError(CANARY, {CANARY: CANARY}) from cause
    except KeyError as error:
        return error
    return None


def test_a_report_names_versions_errors_and_places_and_no_value() -> None:
    report = fault_report(fault())
    assert f"metaoptout-tui {__version__}, Python 3." in report
    lines = [line.strip() for line in report.splitlines()]
    assert lines[1] == "KeyError"
    assert "LinkRefused" in lines
    assert any(line.startswith("links.parse_meta_url, line ") for line in lines)
    assert CANARY not in report
    assert "anna" not in describe_crash(fault())


def test_the_report_is_shown_before_it_is_copied_and_said_to_hold_nothing() -> None:
    said = describe_crash(fault())
    assert said.splitlines()[0].startswith("metaoptout-tui stopped: KeyError in ")
    assert "read what follows and copy it; it holds nothing of yours:" in said
    assert said.endswith(fault_report(fault()).rpartition("\n")[2])


def test_errors_that_point_at_one_another_end() -> None:
    one, other = InputRefused("one"), InputRefused("other")
    one.__cause__, other.__cause__ = other, one
    assert fault_report(one).count("InputRefused") == 2
    assert "stopped: error in unknown place" in describe_crash(None)
