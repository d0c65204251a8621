"""The command outside the full screen: what it prints where, and how it ends."""

import json
import os
import plistlib
import re
import shlex
import subprocess
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from command_line import COMMAND, MANUAL, run, run_installed, save_in
from metaoptout_tui import __version__
from metaoptout_tui.app.commands.commands import COMMANDS
from metaoptout_tui.app.paths import resolve_paths
from metaoptout_tui.app.session import OpenRecord, open_record
from metaoptout_tui.cli import status
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.storage import evidence_folder
from samples import Clock, account, at, entry, record


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a record of five accounts, each another way on."""
    return save_in(
        tmp_path,
        record(
            account("facebook", entry("filed", at(2), email="anna@example.org"), hub="private"),
            account("instagram", hub="private"),
            account("instagram-shop", entry("filed", at(3)), entry("refused", at(1)), hub=""),
            account("threads"),
            account("whatsapp"),
        ),
    )


def test_the_version_and_the_help_say_what_they_are() -> None:
    assert run_installed("--version").stdout == f"metaoptout-tui {__version__}\n"
    helped = run("--help").stdout
    for word in (
        "--config",
        "--data-dir",
        "status",
        "evidence",
        "export",
        "paths",
        "about",
        "keys",
        "guidance",
        "exit status",
    ):
        assert word in helped


def test_status_says_what_is_next_and_how_each_account_stands(folder: Path) -> None:
    ended = run_installed("--data-dir", folder, "status")
    assert (ended.returncode, ended.stderr) == (0, "")
    lines = ended.stdout.splitlines()
    assert lines[0].startswith(f"{folder.name}: Next: ")
    assert all(line.startswith(f"{folder.name}: ") for line in lines if line)
    assert any("not sent; perhaps covered by Facebook" in line for line in lines)
    assert any("refused" in line for line in lines)
    assert " sent, waiting for Meta · " in lines[-1]
    assert " to do" in lines[-1]


def test_status_names_first_what_is_due_then_what_waits_then_the_rest(tmp_path: Path) -> None:
    accounts = (
        account("facebook-begun", entry("step-done", at(2), step="identify"), hub=""),
        account("facebook-settled", entry("filed", at(60)), entry("confirmed-by-mail", at(50)), hub=""),
        account("instagram-longer", entry("filed", at(60)), entry("complained", at(20)), hub=""),
        account("instagram-shorter", entry("filed", at(0, hours=2)), entry("answer-missing", at(0)), hub=""),
        account("threads-refused", entry("filed", at(20)), entry("refused", at(5)), hub=""),
        account("threads-silent", entry("filed", at(90)), hub=""),
        account("threads-yearly", entry("filed", at(500)), entry("confirmed-by-mail", at(499)), hub=""),
    )
    paths = resolve_paths(save_in(tmp_path, record(*accounts)), None, {})
    asked = Namespace(json=False, due=False, coverage=False, all=False)
    said = str(status.run(asked, paths, Clock()).stdout)
    rows = [
        name
        for line in said.splitlines()
        for name in re.findall(r"^\S+: (?:Facebook|Instagram|Threads) (\S+) {2}", line)
    ]
    assert [name.strip("@“”") for name in rows] == [
        *("silent", "refused", "yearly"),
        *("shorter", "longer"),
        *("begun", "settled"),
    ]
    assert "Yearly check of Threads “yearly”, was due 11 Jul 2026" in said
    assert "Yearly check of Facebook “settled”, due 24 Sep 2027" in said


def test_status_takes_the_folder_before_or_after_its_name(folder: Path) -> None:
    assert run("status", "--data-dir", str(folder)).stdout == run("--data-dir", str(folder), "status").stdout


def test_status_without_a_record_says_how_to_begin(tmp_path: Path) -> None:
    ended = run("status", XDG_DATA_HOME=str(tmp_path))
    assert ended.returncode == 0
    assert ended.stdout.startswith("Next: ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "command",
    [
        ("status",),
        ("status", "--due"),
        ("status", "--json"),
        ("evidence", "verify"),
        ("export", "--to", "/nonexistent/out"),
        ("purge",),
        ("purge", "--yes", "--exports"),
    ],
)
def test_a_folder_that_is_not_there_is_no_empty_record(tmp_path: Path, command: tuple[str, ...]) -> None:
    ended = run(*command, "--data-dir", str(tmp_path / "nowhere"))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert f"There is no folder {tmp_path / 'nowhere'}." in ended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("status",), ("status", "--due")])
def test_a_named_folder_without_a_record_is_not_taken_for_someone_with_nothing_to_do(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    assert run(*words, "--data-dir", tmp_path) == (2, "", f"There is no record in {tmp_path}.\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        "--data-dir rosa --data-dir omar status",
        "--data-dir rosa status --data-dir omar",
        "status --data-dir rosa --data-dir=omar",
        "--data-dir rosa guidance status --data-dir rosa",
        "--data-dir rosa --data-dir omar",
    ],
)
def test_a_second_folder_is_refused_rather_than_put_in_place_of_the_first(words: str) -> None:
    ended = run(*words.split())
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.rstrip().endswith("--data-dir was given twice: name one folder.")


def test_where_the_files_would_be_is_told_of_any_folder(tmp_path: Path) -> None:
    assert run("paths", "--data-dir", str(tmp_path / "nowhere")).returncode == 0


def test_coverage_is_said_line_by_line_with_the_holes_named(folder: Path) -> None:
    told = run("status", "--coverage", "--data-dir", str(folder))
    assert (told.returncode, told.stderr) == (0, "")
    whose = f"{folder.name}: "
    assert all(line.startswith(whose) for line in told.stdout.splitlines())
    lines = [line.removeprefix(whose) for line in told.stdout.splitlines()]
    assert [line for line in lines if not line.startswith(" ")] == [
        "Linked in “private”",
        "Not linked",
        "Not known whether linked",
    ]
    facebook, instagram, shop, threads, whatsapp = (
        line for line in lines if line.startswith("  ") and not line.startswith("   ")
    )
    day = r"\d+ [A-Z][a-z]{2}(?: \d{4})?"
    assert re.fullmatch(
        rf"  Facebook “Anna”: filed, waiting since {day} · its own, of {day} · objected with anna@example\.org",
        facebook,
    )
    assert re.fullmatch(
        rf"  Instagram “Anna”: perhaps through Facebook “Anna”, of {day} · objected with anna@example\.org", instagram
    )
    assert re.fullmatch(rf"  Instagram “shop”: refused · its own, of {day}", shop)
    assert threads == "  Threads “Anna”: not started · no objection reaches it; link unknown"
    assert whatsapp == "  WhatsApp “Anna”: not reviewed · a review, no objection"
    assert "    Next: Meta refused for Instagram “shop”: see what you can do" in lines


def test_coverage_of_nothing_says_how_to_begin(tmp_path: Path) -> None:
    told = run("status", "--coverage", "--data-dir", str(tmp_path)).stdout
    assert told == f"{tmp_path.name}: Add your first account\n"


def test_status_as_json_has_the_promised_shape_and_does_not_change_by_itself(folder: Path) -> None:
    ended = run_installed("status", "--json", "--data-dir", folder)
    document = json.loads(ended.stdout)
    assert list(document) == sorted(document) == ["accounts", "coverage", "next", "person", "record", "schema"]
    assert (document["schema"], document["record"], document["person"]) == (1, folder.name, {"country": "NL"})
    assert [each["id"] for each in document["accounts"]] == [
        "facebook",
        "instagram",
        "instagram-shop",
        "threads",
        "whatsapp",
    ]
    for each in document["accounts"]:
        assert set(each) == {
            *("id", "platform", "name", "hub", "state", "covered_by", "steps", "next"),
            *("covered_email", "holes", "object_again", "doubts", "checked"),
        }
        assert each["state"] in set(AccountState)
        assert all(set(step) == {"id", "state", "at"} for step in each["steps"])
        assert each["next"] is None or set(each["next"]) == {"what", "on"}
    assert document["accounts"][1]["covered_by"] == "facebook"
    assert document["accounts"][3]["hub"] is None
    assert document["accounts"][2]["hub"] == ""
    assert set(document["next"]) == {"account", "what", "on"}
    assert run("status", "--json", "--data-dir", str(folder)).stdout == ended.stdout


def test_status_as_json_names_holes_causes_and_doubts(tmp_path: Path) -> None:
    moved = (entry("filed", at(30), email="anna@example.org"), entry("moved-to-meta-account", at(2)))
    old = entry("filed", at(500), email="old@example.org")
    answered = entry("confirmed-by-mail", at(499))
    every = record(
        account("facebook", *moved, hub="private"),
        account("instagram", hub="private"),
        account("instagram-old", old, answered, hub=""),
        account("threads"),
        account("whatsapp"),
    )
    save_in(tmp_path, every)
    document = json.loads(run("status", "--json", "--data-dir", str(tmp_path)).stdout)
    facebook, instagram, former, threads, whatsapp = document["accounts"]
    since = {"since": at(2).isoformat(), "through": None}
    assert facebook["object_again"] == {"what": "moved-to-meta-account", **since}
    assert facebook["holes"] == ["moved-to-meta-account"]
    assert (instagram["covered_by"], instagram["holes"]) == ("facebook", ["through"])
    assert (former["state"], former["holes"], former["object_again"]) == ("confirmed", [], None)
    assert former["covered_email"] == "old@example.org"
    assert former["checked"] == at(500).isoformat()
    assert {doubt["what"] for doubt in former["doubts"]} >= {"year"}
    assert all(set(doubt) == {"what", "since", "terms"} for doubt in former["doubts"])
    assert threads["holes"] == ["none", "link-unknown"]
    assert (whatsapp["holes"], whatsapp["covered_email"], whatsapp["doubts"]) == ([], None, [])
    counts = {"sent": 0, "confirmed": 1, "still_open": 3, "closed": 0}
    assert document["coverage"] == {"accounts": 4, "covered": 1, **counts}
    described = MANUAL["json"].partition("\n## ")[2].partition("\n## ")[0]
    for key in (*document, *facebook, *former["doubts"][0], *facebook["object_again"], *document["coverage"]):
        assert f'"{key}"' in described
    for hole in (*(hole for each in document["accounts"] for hole in each["holes"]),):
        assert f"`{hole}`" in described


@pytest.mark.parametrize("how", ["--json", "--due", "--coverage"])
def test_status_says_that_a_date_is_still_to_come_and_does_not_count_it(tmp_path: Path, how: str) -> None:
    save_in(tmp_path, record(account("facebook", entry("filed", datetime(9000, 1, 1, tzinfo=UTC)))))
    told = run("status", how, "--data-dir", str(tmp_path))
    assert "is dated 1 Jan 9000, which is still to come" in told.stderr
    assert "9000" not in told.stdout
    assert told.returncode == 0


def test_status_of_nothing_as_json_has_no_next(tmp_path: Path) -> None:
    document = json.loads(run("status", "--json", "--data-dir", str(tmp_path)).stdout)
    assert (document["accounts"], document["next"]) == ([], None)


def test_a_broken_record_is_told_with_its_line_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "progress.toml"
    path.write_text('schema = 1\n[person]\ncountry = "NL\n')
    ended = run("status", "--data-dir", str(tmp_path))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "progress.toml, line 3" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert path.read_text() == 'schema = 1\n[person]\ncountry = "NL\n'
    assert [each.name for each in tmp_path.iterdir()] == ["progress.toml"]


def test_a_newer_record_is_shown_and_said_to_be_newer(tmp_path: Path) -> None:
    (tmp_path / "progress.toml").write_text(
        'schema = 99\n[[account]]\nid = "a"\nplatform = "facebook"\nname = "Anna"\n'
    )
    ended = run("status", "--data-dir", str(tmp_path))
    assert ended.returncode == 0
    assert "Facebook" in ended.stdout
    assert "newer" in ended.stderr


def test_a_reader_that_has_enough_is_no_trouble(folder: Path) -> None:
    words = f"'{COMMAND}' status --data-dir '{folder}' | head -n 1"
    ended = subprocess.run(["sh", "-c", words], capture_output=True, text=True, timeout=60, check=False)
    assert ended.stdout.startswith(f"{folder.name}: Next: ")
    assert ended.stderr == ""


def test_a_terminal_that_knows_only_latin_letters_gets_status_all_the_same(folder: Path) -> None:
    ended = subprocess.run(
        [COMMAND, "status", "--data-dir", str(folder)],
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
    )
    assert ended.returncode == 0
    assert ended.stdout.decode("latin-1").startswith(f"{folder.name}: Next: ")


def test_paths_are_all_in_the_folder_that_was_named(tmp_path: Path) -> None:
    ended = run("paths", "--data-dir", str(tmp_path), "--config", str(tmp_path / "own.toml"))
    assert ended.returncode == 0
    rows = dict(line.split(maxsplit=1) for line in ended.stdout.splitlines())
    assert set(rows) == {"record", "versions", "evidence", "exports", "settings", "memory", "cache", "guidance"}
    assert all(place.startswith(str(tmp_path)) for place in rows.values())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("statsu",), "There is no command “statsu”. Did you mean status?"),
        (("nonsense",), "There is no command “nonsense”. `metaoptout-tui --help` lists them."),
        (("guidance", "shw"), "There is no command “shw”. Did you mean show?"),
    ],
)
def test_a_command_that_there_is_not_is_said_in_plain_words(words: tuple[str, ...], said: str) -> None:
    ended = run(*words)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.rstrip().endswith(said)
    assert "argument" not in ended.stderr


class TestDue:
    """The record is of 2025 and 2026, so what is due here is due whenever this runs."""

    @pytest.mark.parametrize(
        ("silent", "lines"),
        [
            (0, []),
            (1, ["Meta's month for Facebook “1” ran out"]),
            (2, ["Meta's month for Facebook “1” ran out", "Meta's month for Facebook “2” ran out"]),
            (4, ["Meta's month for Facebook “1” ran out", "And 3 more: metaoptout-tui status"]),
        ],
    )
    def test_what_is_due_is_said_in_two_lines_at_most(self, tmp_path: Path, silent: int, lines: list[str]) -> None:
        overdue = (account(f"facebook-{number}", entry("filed", at(200))) for number in range(1, silent + 1))
        save_in(tmp_path, record(account("instagram"), *overdue))
        ended = run("status", "--due", "--data-dir", str(tmp_path))
        assert (ended.returncode, ended.stderr) == (10 if silent else 0, "")
        told = ended.stdout.splitlines()
        assert len(told) == len(lines)
        assert all(line.startswith(f"{tmp_path.name}: {begins}") for line, begins in zip(told, lines, strict=True))

    def test_what_is_due_in_the_record_of_the_system_is_said_without_a_name(self, tmp_path: Path) -> None:
        save_in(tmp_path / "metaoptout-tui", record(account("facebook", entry("filed", at(200)))))
        assert run("status", "--due", XDG_DATA_HOME=str(tmp_path)).stdout.startswith(
            "Meta's month for Facebook “Anna” ran out"
        )
        assert run("status", XDG_DATA_HOME=str(tmp_path)).stdout.startswith(
            "Next: Meta's month for Facebook “Anna” ran out"
        )

    @pytest.mark.skipif(os.name == "nt", reason="the example is for sh")
    def test_the_example_for_several_people_says_whose_each_line_is(self, tmp_path: Path) -> None:
        [example] = [line for line in MANUAL["several-people"].splitlines() if line.startswith("for p in ")]
        for name, number in (("rosa", 3), ("omar", 1)):
            overdue = (account(f"facebook-{each}", entry("filed", at(200))) for each in range(number))
            save_in(tmp_path / "people" / name, record(*overdue))
        (tmp_path / "metaoptout-tui").symlink_to(COMMAND)
        path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
        ended = subprocess.run(
            ["sh", "-c", example],
            cwd=tmp_path,
            env={**os.environ, "PATH": path, "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert [line.partition(": ")[0] for line in ended.stdout.splitlines()] == ["rosa", "rosa", "omar"]

    def test_an_objection_begun_and_not_sent_is_not_due(self, tmp_path: Path) -> None:
        save_in(tmp_path, record(account("facebook", entry("step-done", at(200), step="open"))))
        assert run("status", "--due", "--data-dir", tmp_path)[:2] == (0, "")

    def test_without_a_record_nothing_is_due(self, tmp_path: Path) -> None:
        ended = run("status", "--due", XDG_DATA_HOME=str(tmp_path))
        assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")

    def test_a_record_that_cannot_be_read_is_not_taken_for_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "progress.toml").write_text("schema = [", encoding="utf-8")
        ended = run("status", "--due", "--data-dir", str(tmp_path))
        assert (ended.returncode, ended.stdout) == (1, "")

    def test_what_is_due_is_not_json(self) -> None:
        assert run("status", "--due", "--json").returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="the recipes are for sh")
class TestRecipes:
    """The reminders of the manual, run as they stand there."""

    @pytest.fixture
    def said(self, tmp_path: Path) -> Callable[..., str]:
        """What a recipe hands to a notifier, with our command and stand-ins for the desktop's on the path."""
        bin = tmp_path / "bin"
        bin.mkdir()
        (bin / "metaoptout-tui").symlink_to(COMMAND)
        for name in ("notify-send", "osascript"):
            (bin / name).write_text(f'#!/bin/sh\nfor last; do :; done\nprintf %s "$last" >"{tmp_path}/said"\n')
            (bin / name).chmod(0o755)

        def run_recipe(command: list[str], *, silent: bool) -> str:
            told = tmp_path / "said"
            told.unlink(missing_ok=True)
            home = tmp_path / f"home-{silent}"
            events = (entry("filed", at(200)),) if silent else ()
            save_in(home / ".local" / "share" / "metaoptout-tui", record(account('facebook-$(false) "x', *events)))
            path = f"{bin}{os.pathsep}{os.environ['PATH']}"
            environment = {**os.environ, "HOME": str(home), "PATH": path}
            ended = subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False)
            assert ended.returncode == 0, ended.stderr
            return told.read_text(encoding="utf-8") if told.exists() else ""

        return run_recipe

    def test_the_systemd_service_notifies_when_something_is_due(self, said: Callable[..., str]) -> None:
        [line] = [each for each in MANUAL["reminders"].splitlines() if each.startswith("ExecStart=")]
        command = shlex.split(line.removeprefix("ExecStart=").replace("$$", "$"))
        assert "ran out" in said(command, silent=True)
        assert said(command, silent=False) == ""

    def test_the_launchd_agent_notifies_when_something_is_due(self, said: Callable[..., str]) -> None:
        reminders = MANUAL["reminders"]
        plist = reminders[reminders.index("<?xml") : reminders.index("</plist>") + len("</plist>")]
        command = plistlib.loads(plist.encode())["ProgramArguments"]
        assert "ran out" in said(command, silent=True)
        assert said(command, silent=False) == ""


class TestEvidence:
    @pytest.fixture
    def kept(self, tmp_path: Path) -> Path:
        """A folder with a record that names two kept files."""
        files = {}
        for name in ("answer.eml", "screen.png"):
            (tmp_path / name).write_bytes(name.encode())
            files[name] = evidence_folder.store_file(tmp_path / name, tmp_path / "data" / "evidence")
        filing = entry("filed", at(3))
        named = [
            entry("evidence", at(1), file=file.name, sha256=file.sha256, bytes=file.size, of=filing.id)
            for file in files.values()
        ]
        return save_in(tmp_path / "data", record(account("facebook", filing, *named)))

    def test_verify_says_that_all_is_there_and_unchanged(self, kept: Path) -> None:
        ended = run("evidence", "verify", "--data-dir", str(kept))
        assert (ended.returncode, ended.stderr) == (0, "")
        assert ended.stdout.splitlines() == [
            "ok         answer.eml  Facebook “Anna”: Objection sent, 22 Nov 2026",
            "ok         screen.png  Facebook “Anna”: Objection sent, 22 Nov 2026",
        ]

    def test_verify_names_what_was_changed_taken_away_or_added(self, kept: Path) -> None:
        (kept / "evidence" / "answer.eml").write_bytes(b"ANSWER.EML")
        (kept / "evidence" / "screen.png").rename(kept / "evidence" / "other.png")
        ended = run("evidence", "verify", "--data-dir", str(kept))
        assert ended.returncode == 10
        assert [line.split()[0] for line in ended.stdout.splitlines()] == ["changed", "missing"]
        assert ended.stderr == "other.png is in the folder and not in the record.\n"

    @pytest.mark.parametrize("folder", ["", "evidence", "letters", "backups", "cache"])
    def test_verify_names_what_was_never_finished_and_a_start_removes_it(
        self, kept: Path, playbook: Playbook, folder: str
    ) -> None:
        unfinished = kept / folder / ".answer.eml.12-0123456789abcdef.metaoptout-tmp"
        unfinished.parent.mkdir(exist_ok=True)
        unfinished.touch()
        ended = run("evidence", "verify", "--data-dir", str(kept))
        assert ended.returncode == 0
        assert (
            ended.stderr
            == f"{unfinished} was never finished. A start of the program removes it, at the latest when it is a day old.\n"
        )
        if folder != "cache":
            opened = open_record(kept / "progress.toml", playbook)
            assert isinstance(opened, OpenRecord)
            opened.release_lock()
            assert not unfinished.exists()

    def test_verify_without_anything_kept_is_fine_and_makes_nothing(self, tmp_path: Path) -> None:
        ended = run("evidence", "verify", "--data-dir", str(tmp_path))
        assert (ended.returncode, ended.stdout) == (0, "The record names no file as evidence.\n")
        assert list(tmp_path.iterdir()) == []

    def test_verify_of_a_record_that_cannot_be_read_says_so(self, tmp_path: Path) -> None:
        (tmp_path / "progress.toml").write_text("schema = [", encoding="utf-8")
        ended = run("evidence", "verify", "--data-dir", str(tmp_path))
        assert (ended.returncode, ended.stdout) == (1, "")
        assert "progress.toml, line 1" in ended.stderr

    def test_evidence_alone_is_wrong_usage(self) -> None:
        assert run("evidence").returncode == 2


def test_about_tells_versions_and_nothing_personal(folder: Path) -> None:
    ended = run("about", "--data-dir", str(folder))
    assert ended.returncode == 0
    assert f"metaoptout-tui {__version__}" in ended.stdout
    assert "textual 8" in ended.stdout
    for private in ("anna@example.org", "Anna", os.environ["HOME"], str(folder)):
        assert private not in ended.stdout


def test_keys_lists_every_action_with_the_persons_own_keys(tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text('[keys]\nchecklist.undo = "z"\n')
    lines = run("keys", "--config", str(settings)).stdout.splitlines()
    for action in COMMANDS:
        assert any(f" {action.id} " in line for line in lines)
    assert any(line.split()[:2] == ["z", "checklist.undo"] for line in lines)


def test_settings_that_were_named_and_are_not_there_are_missed(tmp_path: Path) -> None:
    ended = run("keys", "--config", str(tmp_path / "none.toml"))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "none.toml" in ended.stderr


@pytest.mark.parametrize("environment", [{}, {"TERM": "dumb"}])
def test_without_a_terminal_it_names_the_way_that_needs_none(environment: dict[str, str]) -> None:
    ended = run_installed(**environment)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "metaoptout-tui status" in ended.stderr
    assert "metaoptout-tui --plain" in ended.stderr
    assert "\x1b" not in ended.stderr


def test_a_wrong_word_is_wrong_usage() -> None:
    ended = run_installed("statsu")
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
