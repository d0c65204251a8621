"""`guidance check` and `guidance export`, for those who write guidance: every problem by line and key, and a start."""

from datetime import date
from pathlib import Path

from command_line import run, run_installed, save_in
from exhaustive import parametrize_some
from guidance_editions import NEXT_SERIAL, bundled_bytes, document, newer, written
from metaoptout_tui.app.guidance.guidance_feed import GuidanceFeed, check_guidance_file
from metaoptout_tui.app.guidance.guidance_in_use import load_guidance_in_use
from metaoptout_tui.app.paths import resolve_paths
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.guidance.feed import parse_edition
from samples import NOW, account, record


def test_what_is_exported_passes_the_check_and_is_the_guidance_of_the_program(
    tmp_path: Path, playbook: Playbook
) -> None:
    exported = run("guidance", "export", "--data-dir", str(tmp_path))
    assert (exported.returncode, exported.stderr) == (0, "")
    mine = tmp_path / "mine.toml"
    mine.write_text(exported.stdout, encoding="utf-8")
    assert mine.read_bytes() == bundled_bytes()
    assert parse_edition(mine.read_bytes(), name="mine.toml") == playbook
    checked = run("guidance", "check", str(mine), "--data-dir", str(tmp_path))
    assert (checked.returncode, checked.stdout) == (0, "")
    assert "mine.toml holds together. As a feed it would not be offered now: There is no newer" in checked.stderr


def test_an_export_is_utf8_on_a_terminal_that_is_not(tmp_path: Path) -> None:
    exported = run_installed("guidance", "export", "--data-dir", tmp_path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert exported.stdout.encode() == bundled_bytes()


def test_a_later_edition_would_be_offered_unless_its_dates_make_no_sense(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_bytes(newer())
    where = resolve_paths(tmp_path / "data", None, {"HOME": str(tmp_path)})
    problems, words = check_guidance_file(mine, where, today=NOW.date())
    assert problems == ()
    assert "As a feed it would be offered now: There is an edition of 2026-11-24" in words
    problems, words = check_guidance_file(mine, where, today=date(2026, 11, 1))
    assert problems == ()
    assert (
        f"As a feed it would not be offered now: Edition {NEXT_SERIAL} is dated 2026-11-24, which is in the future."
        in words
    )


def test_every_problem_is_listed_with_line_and_key(tmp_path: Path) -> None:
    text = bundled_bytes().decode()
    text = text.replace('sureness = "low"', 'sureness = "sure"', 3).replace('id = "uk"', 'id = "uk"\ncolour = "red"')
    text = text.replace("https://www.facebook.com/help/contact/712876720715583", "https://facebook.com.evil.example/")
    mine = tmp_path / "mine.toml"
    mine.write_text(text, encoding="utf-8")
    checked = run("guidance", "check", str(mine), "--data-dir", str(tmp_path))
    lines = checked.stdout.splitlines()
    assert checked.returncode == 1
    assert len(lines) == 5
    assert checked.stderr == f"5 problems in {mine}.\n"
    numbers = {number for number, line in enumerate(text.splitlines(), start=1) if '"sure"' in line or "evil" in line}
    numbers.add(text.splitlines().index('colour = "red"') + 1)
    assert {int(line.partition(", line ")[2].partition(":")[0]) for line in lines} == numbers
    assert f"{mine}, line" in lines[0]
    assert lines[0].endswith(": region[1].colour: unknown key")


def test_problems_of_the_whole_are_told_only_where_each_entry_holds(tmp_path: Path) -> None:
    made = document(serial=NEXT_SERIAL)
    del made["texts"]["sentences"]["identify.list"], made["texts"]["sentences"]["state.filed"]
    made["source"]["S999"] = made["source"]["S01"]
    mine = tmp_path / "mine.toml"
    mine.write_bytes(written(made))
    checked = run("guidance", "check", str(mine), "--data-dir", str(tmp_path))
    assert [line.split(": ", 1)[1] for line in checked.stdout.splitlines()] == [
        "source.S999: nothing rests on this source",
        "texts.sentences.state.filed: missing",
        "texts.sentences.identify.list: missing",
    ]
    made["form"][0]["url"] = "https://evil.example/"
    mine.write_bytes(written(made))
    checked = run("guidance", "check", str(mine), "--data-dir", str(tmp_path))
    assert len(checked.stdout.splitlines()) == 1
    assert "form[0].url" in checked.stdout


@parametrize_some(
    2,
    ("data", "said"),
    [
        (b"a = ", "line 1, column 5: the value cannot be read"),
        (b"\xff", "line 1: this is not UTF-8 text"),
        (b"a = " + b"[" * 20_000, "brackets are nested too deeply"),
        (b"<html>", "this is a web page, not a playbook"),
        (b"schema = 7", "7 is newer than this program"),
        (b'schema = 1\n"\\u001b[2J" = 1', "unknown key"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_file_that_is_no_playbook_is_told_so_and_steers_no_terminal(tmp_path: Path, data: bytes, said: str) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_bytes(data)
    checked = run("guidance", "check", str(mine), "--data-dir", str(tmp_path))
    assert checked.returncode == 1
    assert said in checked.stdout
    assert checked.stdout.replace("\n", "").isprintable()


def test_a_file_that_cannot_be_read_is_said_and_nothing_is_printed_as_data(tmp_path: Path) -> None:
    (tmp_path / "large.toml").write_bytes(b"#" * 1_100_000)
    for name, said in (
        ("none.toml", "There is no file"),
        ("large.toml", "larger than 1024 KB"),
        (".", "is not a file"),
    ):
        checked = run("guidance", "check", str(tmp_path / name), "--data-dir", str(tmp_path))
        assert (checked.returncode, checked.stdout) == (1, "")
        assert said in checked.stderr


def test_accepted_guidance_is_named_wherever_guidance_is(tmp_path: Path) -> None:
    folder = save_in(tmp_path, record(account("facebook")))
    where = resolve_paths(folder, None, {"HOME": str(tmp_path)})
    feed = GuidanceFeed(where, load_guidance_in_use(where), clock=lambda: NOW)
    feed.offered = feed.judge(newer(), "feed.example")
    feed.accept()
    told = run("status", "--data-dir", str(folder))
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.splitlines()[-1].endswith(
        "Guide of 24 Nov 2026 from feed.example, not reviewed by the makers of this program."
    )
    assert f"guide {NEXT_SERIAL} of 2026-11-24 from a feed" in run("about", "--data-dir", str(folder)).stdout
    assert run("guidance", "export", "--data-dir", str(folder)).stdout.encode() == newer()
    where.accepted_edition.write_bytes(b"x = ")
    told = run("status", "--data-dir", str(folder))
    assert told.returncode == 0
    assert "Guide of 23 Nov 2026." in told.stdout
    assert told.stderr.startswith(f"{folder.name}: The guidance you accepted is not used. playbook.toml, line 1")
