"""The reliability of the program as measured figures, row by row: `python -m tests.scoreboard`, in minutes.

`--full` takes all cases and more kills. Each row says what was measured and how it came out; one that was not measured
says so, and why, and one of which `--full` measures more "holds so far". Ends with 1 where a row does not hold. What
holds each row is in `ROWS`: tests by name, and for some a measurement of its own.
"""

import argparse
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "support")]
from kill_loops import Figure, kill_at_random, kill_in_a_terminal  # noqa: E402 - found by the line above

COMMAND = Path(sys.executable).with_name("metaoptout-tui")


class Row(NamedTuple):
    """One thing that has to hold: the tests that hold it, and a measurement besides; `why_not` for one without both.

    `tells_slowest`: how long the slowest of its cases took matters too.
    """

    title: str
    aim: str
    tests: tuple[str, ...] = ()
    measure: Callable[[bool], Figure] | None = None
    why_not: str = ""
    tells_slowest: bool = False


def zip_of_sixty_thousand(is_full: bool) -> Figure:  # noqa: FBT001 - as above
    """Read a zip of 60,000 files, 1,000 of them chats."""
    del is_full
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "many.zip")
        with zipfile.ZipFile(path, "w") as archive:
            for number in range(60_000):
                name = f"{number}.txt" if number % 60 == 0 else f"{number}.jpg"
                archive.writestr(name, "1/29/18, 12:24 - Anna: @Meta AI hi\n1/30/18, 12:24 - Bo: hm\n")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([COMMAND, "review", path, "--data-dir", folder], capture_output=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Figure(f"{seconds:.1f} s of a processor", seconds <= 5)


def connections_at_start(is_full: bool) -> Figure:  # noqa: FBT001 - as above
    """Count what a command and the full screen connect to, as the system sees it."""
    del is_full
    strace = shutil.which("strace")
    if strace is None:
        return Figure("not measured besides: strace is not installed here", None)
    from terminal.pseudo_terminal import Home, Terminal

    with tempfile.TemporaryDirectory() as folder:
        trace = [strace, "-f", "-e", "trace=connect", "-o"]
        status, screen = Path(folder, "status"), Path(folder, "screen")
        data = Path(folder, "data")
        data.mkdir()
        (data / "progress.toml").write_text("schema = 1\n", encoding="utf-8")  # without a record it would end 2
        subprocess.run([*trace, status, COMMAND, "status", "--data-dir", data], capture_output=True, check=True)
        window = Terminal(Home(Path(folder)), command=(*trace, str(screen), str(COMMAND)))
        window.see("Welcome")
        window.press("ctrl+q")
        window.ended()
        calls = [
            line
            for file in (status, screen)
            for line in file.read_text().splitlines()
            if re.search(r"AF_INET6?\b", line)
        ]
    return Figure(f"{len(calls)} connections of `status` and of the full screen", not calls)


def two_wheels(is_full: bool) -> Figure:  # noqa: FBT001 - as above
    """Build the wheel twice."""
    del is_full
    import filecmp
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("supply", ROOT / ".ci" / "supply.py")
    if spec is None or spec.loader is None:
        return Figure("not measured: .ci/supply.py is not here", None)
    supply = module_from_spec(spec)
    spec.loader.exec_module(supply)
    with tempfile.TemporaryDirectory() as folder:
        try:
            one, two = supply.build_twice(Path(folder))
        except subprocess.CalledProcessError:
            return Figure("not measured: no wheel can be built here", None)
        is_same = filecmp.cmp(one, two, shallow=False)
    return Figure("identical" if is_same else "not identical", is_same)


STORAGE, TERMINAL, IMPORTS = "tests/storage", "tests/terminal", "tests/imports"
ROWS = (
    Row(
        "killed at every call of a save",
        "0 lost",
        (
            f"{STORAGE}/test_atomic_write.py::test_a_kill_at_any_call_leaves_the_old_or_the_new_file_and_the_next_start_tidies_up",
            f"{STORAGE}/test_atomic_write.py::test_a_kill_during_the_very_first_save_leaves_no_file_or_a_whole_one",
            f"{STORAGE}/test_evidence_folder.py::test_a_kill_at_any_call_leaves_no_half_copy_under_a_name_in_use",
        ),
    ),
    Row("killed at random while saving", "0 lost of 1,000", measure=kill_at_random),
    Row("killed at random in a terminal", "0 lost of 500, nothing left behind", measure=kill_in_a_terminal),
    Row(
        "a record that is gone, damaged, newer or in conflict",
        "its own outcome everywhere, nothing written over",
        ("tests/app/test_load_outcomes.py",),
    ),
    Row(
        "a disk that takes its time",
        "the screen goes on, 0 lost, nothing called saved before it is",
        ("tests/app/test_saving_in_the_background.py", "tests/ui/test_saving.py"),
    ),
    Row(
        "killed while typing in a terminal",
        "what was typed a second ago is kept",
        (f"{TERMINAL}/test_leaving.py::test_a_killed_program_keeps_what_was_typed_a_second_ago",),
    ),
    Row(
        "power cut, by the order of what reaches the disk",
        "file before rename, folder after",
        (
            f"{STORAGE}/test_atomic_write.py::test_a_save_syncs_the_file_once_before_it_counts_and_the_folder_once_after",
            f"{STORAGE}/test_atomic_write.py::test_a_disk_that_does_not_confirm_the_name_is_said_and_the_next_save_goes_on_from_there",
        ),
    ),
    Row(
        "every call of a save fails, with every error",
        "0 lost, 0 silent, 0 tracebacks",
        (
            f"{STORAGE}/test_atomic_write.py::test_whatever_call_fails_the_file_is_whole_and_a_failed_save_is_said_and_can_be_repeated",
            f"{STORAGE}/test_evidence_folder.py::test_whatever_call_fails_the_copy_is_whole_or_not_there_and_nothing_else_changes",
        ),
    ),
    Row(
        "full disk",
        "the last good file stays, the change is saved once there is room",
        (
            f"{STORAGE}/test_atomic_write.py::test_a_really_full_disk_keeps_the_last_good_file_and_takes_the_change_once_there_is_room",
            f"{TERMINAL}/test_bad_input.py::test_a_full_disk_is_told_and_asked_about_before_leaving",
        ),
    ),
    Row(
        "two windows and two programs at once",
        "0 lost, the second is told",
        (
            f"{STORAGE}/test_lock.py::test_of_windows_that_open_at_once_one_has_the_record_and_the_others_know_which",
            f"{TERMINAL}/test_leaving.py::test_a_second_window_is_told_and_changes_nothing",
            "tests/app/test_simultaneous_saves.py",
            "tests/core/record/test_merge.py",
        ),
    ),
    Row(
        "malformed records, a thousand in one case",
        "0 tracebacks, 0 overwritten",
        (f"{STORAGE}/test_progress_file.py::test_a_thousand_damaged_files_never_stop_the_program_nor_change",),
    ),
    Row(
        "records of newer versions, and unknown keys",
        "0 changed",
        (
            f"{STORAGE}/test_progress_file.py::test_all_that_is_saved_is_read_again_and_a_change_of_one_thing_leaves_the_rest",
            f"{TERMINAL}/test_bad_input.py::test_a_newer_record_is_shown_and_not_touched",
            "tests/release/test_former_release.py",
        ),
    ),
    Row(
        "hostile servers",
        "each named, at most 50 MB and 10 s",
        (
            "tests/guidance/test_hostile_answers.py",
            "tests/guidance/test_fetch.py::test_a_feed_whose_name_leads_to_no_public_address_is_not_asked",
            "tests/guidance/test_gate_pages.py",
        ),
    ),
    Row(
        "control characters from data on a terminal",
        "0",
        (
            "tests/ui/test_hostile_text.py",
            "tests/cli/test_hostile_output.py",
            f"{TERMINAL}/test_bad_input.py::test_hostile_words_in_the_record_reach_no_terminal",
        ),
    ),
    Row(
        "addresses that any key opens beyond the list",
        "0",
        (
            "tests/core/test_links.py::test_a_hostile_address_is_refused_with_a_reason",
            "tests/desktop/test_browser.py::test_the_address_is_the_last_word",
            "tests/desktop/test_browser.py::test_a_real_program_gets_the_address_and_not_our_terminal",
        ),
    ),
    Row(
        "hostile zips and mails",
        "0 tracebacks",
        (
            f"{IMPORTS}/test_bad_mails.py",
            f"{IMPORTS}/whatsapp/test_bad_input.py",
            f"{IMPORTS}/whatsapp/test_zip_within_zip.py",
            f"{IMPORTS}/meta_export/test_bad_downloads.py",
        ),
        tells_slowest=True,
    ),
    Row("a zip of 60,000 files", "5 s of a processor", measure=zip_of_sixty_thousand),
    Row(
        "signals that give the terminal back",
        "all",
        (f"{TERMINAL}/test_leaving.py::test_a_signal_loses_nothing_and_gives_the_terminal_back",),
    ),
    Row(
        "environments and sizes",
        "0 tracebacks",
        (
            f"{TERMINAL}/test_bad_input.py::test_a_locale_without_utf8_is_told_and_served",
            f"{TERMINAL}/test_bad_input.py::test_a_small_terminal_says_what_it_needs_and_a_larger_one_goes_on",
            "tests/ui/test_layout.py",
        ),
    ),
    Row(
        "personal data after a crash",
        "0, and the exit status says that it was one",
        (
            f"{TERMINAL}/test_bad_input.py::test_a_crash_shows_nothing_private_and_is_an_error",
            "tests/core/test_errors.py",
        ),
    ),
    Row(
        "files that others can read, whatever the umask",
        "0",
        (
            f"{STORAGE}/test_atomic_write.py::test_folders_are_0700_and_files_0600_whatever_the_umask",
            f"{STORAGE}/test_atomic_write.py::test_the_unfinished_file_is_private_and_new_from_the_first_moment",
            f"{STORAGE}/test_evidence_folder.py::TestKeeping::test_nobody_else_can_read_the_copy",
        ),
    ),
    Row(
        "files that are left after all was to be deleted",
        "0, or named",
        ("tests/app/test_kept_files.py",),
    ),
    Row(
        "personal data in a masked case file",
        "0",
        ("tests/core/record/test_redaction.py",),
    ),
    Row(
        "connections before a key asks",
        "0",
        ("tests/test_imports.py::test_the_first_screen_loads_only_what_it_shows",),
        connections_at_start,
    ),
    Row("the wheel, built twice", "identical", measure=two_wheels),
    Row(
        "branches covered, mutants killed",
        "95 %, 80 %",
        why_not="coverage and mutmut are no tools of this project",
    ),
)


class Outcome(NamedTuple):
    """How many cases of a test held, failed, were skipped and were left out, and the seconds of all and the slowest."""

    held: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    left_out: int = 0

    def __add__(self, other: object) -> "Outcome":
        """Both together."""
        if not isinstance(other, Outcome):
            return NotImplemented
        return Outcome(
            self.held + other.held,
            self.failed + other.failed,
            self.skipped + other.skipped,
            self.seconds + other.seconds,
            max(self.slowest, other.slowest),
            self.left_out + other.left_out,
        )


def run_tests(tests: Sequence[str], *, is_full: bool) -> Mapping[str, Outcome]:
    """Run tests, and count by file and function."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        marks = ["-m", ""] if is_full else []
        command = [sys.executable, "-m", "pytest", "-q", "--no-header", f"--junitxml={report}", *marks, *tests]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if ended.returncode not in (0, 1):
            sys.exit(f"{ended.stdout}{ended.stderr}The tests did not run ({ended.returncode}).")
        cases = list(ET.parse(report).getroot().iter("testcase"))  # noqa: S314 - written by pytest just now
    outcomes: dict[str, Outcome] = {}
    for case in cases:
        tags = {child.tag for child in case}
        outcome = Outcome(
            held=not tags & {"failure", "error", "skipped"},
            failed=bool(tags & {"failure", "error"}),
            skipped="skipped" in tags,
            seconds=float(case.get("time", "0")),
            slowest=float(case.get("time", "0")),
        )
        parts = str(case.get("classname")).split(".")
        file = next(
            "/".join(parts[:count]) + ".py"
            for count in range(len(parts), 0, -1)
            if (ROOT / ("/".join(parts[:count]) + ".py")).is_file()
        )
        key = f"{file}::{str(case.get('name')).partition('[')[0]}"
        outcomes[key] = outcomes.get(key, Outcome()) + outcome
    for key, cases_in_all in ({} if is_full else count_cases(tests)).items():
        ran = outcomes.get(key, Outcome())
        left_out = max(cases_in_all - ran.held - ran.failed - ran.skipped, 0)
        outcomes[key] = ran + Outcome(left_out=left_out)
    return outcomes


def count_cases(tests: Sequence[str]) -> Counter[str]:
    """How many cases tests have in all, by file and function."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-n0", "--no-header", "-m", "", *tests]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    cases = (line.partition("[")[0].split("::") for line in listed.splitlines() if "::" in line)
    return Counter(f"{names[0]}::{names[-1]}" for names in cases)


def figure_of(row: Row, outcomes: Mapping[str, Outcome], *, is_full: bool) -> Figure:
    """The figure of a row: its tests and its own measurement."""
    figures = []
    if row.tests:
        total = Outcome()
        for test in row.tests:
            file, _, function = test.partition("::")
            for key, outcome in outcomes.items():
                is_of_row = (
                    key == f"{file}::{function.rpartition('::')[2]}" if function else key.startswith(f"{file}::")
                )
                total += outcome if is_of_row else Outcome()
        words = f"{total.held:,} of {total.held + total.failed:,} cases hold in {total.seconds:.0f} s"
        if row.tells_slowest:
            words += f", the slowest in {total.slowest:.1f} s"
        if total.skipped:
            words += f", {total.skipped} not measured here"
        if total.left_out:
            words += f", {total.left_out:,} more with --full"
        holds = not total.failed if total.held or total.failed else None
        figures.append(Figure(words, holds, total.left_out > 0))
    if row.measure is not None:
        figures.append(row.measure(is_full))
    if not figures:
        return Figure(f"not measured: {row.why_not}", None)
    measured = [figure.holds for figure in figures if figure.holds is not None]
    return Figure(
        "; ".join(figure.words for figure in figures),
        all(measured) if measured else None,
        any(figure.is_partial for figure in figures),
    )


def main() -> int:
    """Measure every row and print it; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.scoreboard", description=__doc__)
    parser.add_argument("--full", action="store_true", help="every case, and a thousand kills")
    is_full = parser.parse_args().full
    outcomes = run_tests([test for row in ROWS for test in row.tests], is_full=is_full)
    failed = 0
    for row in ROWS:
        figure = figure_of(row, outcomes, is_full=is_full)
        in_full = "holds so far" if figure.is_partial else "holds"
        mark = {True: in_full, False: "DOES NOT HOLD", None: "not measured"}[figure.holds]
        failed += figure.holds is False
        print(f"{mark:<14}{row.title}: {figure.words} (aim: {row.aim})", flush=True)  # noqa: T201 - its purpose
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
