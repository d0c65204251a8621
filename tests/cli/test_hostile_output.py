"""Names, files and arguments made to steer a terminal: whichever command prints them, nothing of that reaches it."""

import errno
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from itertools import product
from pathlib import Path

import pytest

from command_line import COMMAND, run, run_installed, save_in
from exhaustive import parametrize_some
from guidance_editions import document, written
from meta_exports import facebook_export, meta_json, write_zip
from metaoptout_tui import cli
from metaoptout_tui.cli.output import to_json
from metaoptout_tui.core.text import replace_unsafe_characters
from metaoptout_tui.storage import evidence_folder
from sample_case import full_record
from samples import account, at, entry, record

STEERING = "x\x1b]0;title\x07\x1b[2J\x9b31m\x7f\u202egnp\u2066\u200b\u2028y\nFORGED: line\tend"
"""A title, a cleared screen, colours, hidden and turned text, and a line that the program did not write."""
NAME = f"{STEERING}\udcff"
"""As the name of a file, with a byte that is no UTF-8."""

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder of such a name that holds a record, evidence, guidance, settings, chats and a download, all hostile."""
    folder = tmp_path / NAME
    data = folder / "data"
    data.mkdir(parents=True)
    (folder / f"{NAME}.png").write_bytes(b"png")
    kept = evidence_folder.store_file(folder / f"{NAME}.png", data / "evidence")
    (data / "evidence" / NAME).write_bytes(b"added by hand")
    filed = entry("filed", at(40), email=STEERING, reason=STEERING)
    named = replace(account("facebook", filed), name=STEERING, linked_group=STEERING, email=STEERING)
    proof = entry("evidence", at(1), file=kept.name, sha256=kept.sha256, bytes=kept.size, of=filed.id)
    gone = entry("evidence", at(1), file=f"gone {STEERING}", sha256="ab" * 32, bytes=3, of=filed.id, note=STEERING)
    whole = full_record(STEERING)
    save_in(data, replace(whole, accounts=(*whole.accounts, replace(named, id="x", events=(filed, proof, gone)))))
    shutil.copy(data / "progress.toml", data / f"progress (conflict {NAME}).toml")
    shutil.copy(data / "progress.toml", data / "progress.toml.1")
    edition = document()
    edition["texts"]["sentences"]["identify.list"] = STEERING
    (data / "playbook.toml").write_bytes(written(edition))
    (folder / f"{NAME}.toml").write_bytes(written({**edition, STEERING: STEERING}))
    (folder / "config.toml").write_text(
        f"theme = {to_json(STEERING)}\nmarks = {to_json(STEERING)}\n{to_json(STEERING)} = 1\n"
        f'[guidance]\nfeed_url = {to_json(STEERING)}\n[keys]\n{to_json(STEERING)} = "z"\nchecklist.undo = {to_json(STEERING)}\n',
        encoding="utf-8",
    )
    (folder / NAME / "chats").mkdir(parents=True)
    chat = STEERING.replace("\n", " ")
    lines = (f"{day}.01.26, 10:00 - {chat}: @Meta AI {chat}\n" for day in (13, 14))
    (folder / NAME / "chats" / f"{NAME}.txt").write_text("".join(lines), encoding="utf-8", newline="\n")
    (folder / NAME / "chats" / "no chat.txt").write_text(STEERING, encoding="utf-8")
    files = facebook_export() | {f"your_facebook_activity/posts/your_posts_{number}.json": b"{" for number in (2, 3)}
    files["personal_information/profile_information/profile_information.json"] = meta_json(
        {"profile_v2": {"name": {"full_name": STEERING}, "emails": {"emails": [STEERING]}, "username": STEERING}}
    )
    write_zip(folder / f"{NAME}.zip", files)
    return folder


Arguments = Callable[[Path], list[str | Path]]
COMMANDS: dict[str, tuple[Arguments, ...]] = {
    "status": (
        lambda _: ["status"],
        lambda _: ["status", "--json"],
        lambda _: ["status", "--due"],
        lambda _: ["status", "--coverage"],
    ),
    "evidence": (lambda _: ["evidence", "verify"],),
    "review": (
        lambda place: ["review", place / NAME, "--me", STEERING],
        lambda place: ["review", place / NAME, place / STEERING, STEERING, "--json", "--times", "--me", STEERING],
    ),
    "meta_export": (
        lambda place: ["import", place / f"{NAME}.zip", place / STEERING, STEERING],
        lambda place: ["import", place / f"{NAME}.zip", STEERING, "--json"],
    ),
    "export": (
        lambda place: ["export", "--to", place / f"case {NAME}", "--with-evidence"],
        lambda place: ["export", "--to", place / f"case {NAME}", "--redact"],
        lambda place: ["export", "--to", place / f"case {NAME}", "--account", STEERING],
        lambda place: ["export", "--to", place / f"{NAME}.zip"],
    ),
    "paths": (lambda _: ["paths"],),
    "about": (lambda _: ["about"],),
    "manual": (lambda _: ["manual"], lambda _: ["manual", "json"], lambda _: ["manual", STEERING]),
    "keys": (lambda place: ["keys", "--config", place / "config.toml"], lambda _: ["keys", "--config", STEERING]),
    "guidance": (
        lambda _: ["guidance", "show"],
        lambda _: ["guidance", "show", STEERING, "--changes"],
        lambda place: ["guidance", "status", "--config", place / "config.toml"],
        lambda _: ["guidance", "status", "--json"],
        lambda _: ["guidance", "refresh", "--offline"],
        lambda place: ["guidance", "check", place / f"{NAME}.toml"],
        lambda place: ["guidance", "check", place / f"{NAME}.png"],
        lambda _: ["guidance", "check", STEERING],
        lambda _: ["guidance", "export"],
    ),
    "backup": (
        lambda place: ["backup", place / f"backup {NAME}.zip"],
        lambda place: ["backup", place / f"{NAME}.zip"],
        lambda place: ["backup", place / STEERING / "none.zip"],
    ),
    "restore": (
        lambda _: ["restore"],
        lambda _: ["restore", "1"],
        lambda _: ["restore", STEERING, "--account", STEERING],
        lambda place: ["restore", place / f"{NAME}.toml"],
    ),
    "merge": (
        lambda _: ["merge"],
        lambda place: ["merge", place / f"{NAME}.toml"],
        lambda place: ["merge", place / "data" / f"progress (conflict {NAME}).toml", STEERING],
    ),
    "people": (
        lambda _: ["people"],
        lambda _: ["people", "add", STEERING],
        lambda _: ["people", "add", "Rosa"],
        lambda _: ["people", "rename", STEERING, STEERING],
        lambda _: ["people", "rename", "Rosa", STEERING],
        lambda place: ["people", "take", place / NAME],
        lambda place: ["people", "take", place / "data", STEERING],
        lambda _: ["status", "--person", STEERING],
        lambda _: ["status", "--due", "--all"],
    ),
    "purge": (lambda _: ["purge"], lambda _: ["purge", "--yes"]),
    "": (
        lambda _: [STEERING],
        lambda _: ["status", STEERING],
        lambda _: ["guidance", STEERING],
        lambda _: [f"--{STEERING}"],
        lambda _: ["status", "--data-dir", f"~{STEERING}/x"],
    ),
}
"""Each command with all that it can be given, by the name of its module; "" for what argparse refuses."""


def assert_harmless(printed: str) -> None:
    assert replace_unsafe_characters(printed) == printed
    assert not any(line.startswith("FORGED") for line in printed.splitlines())


@posix
@parametrize_some(("status", "export", "review", "people", "restore"), "name", COMMANDS)
def test_no_command_prints_what_could_steer_a_terminal(place: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("TERM", STEERING)
    monkeypatch.setenv("XDG_CONFIG_HOME", STEERING)
    for arguments in COMMANDS[name]:
        ended = run(*arguments(place), *(() if "--data-dir" in arguments(place) else ("--data-dir", place / "data")))
        assert_harmless(ended.stdout)
        assert_harmless(ended.stderr)
        assert ended.stdout or ended.stderr
        assert ended.returncode in (0, 1, 2, 10)


def test_every_command_is_tried() -> None:
    inner = {
        "__init__",
        "command_parser",
        "options",
        "output",
        "parser",
        "progress",
        "questions",
        "somebody_elses",
    }
    assert {path.stem for path in Path(cli.__file__).parent.glob("*.py")} - inner == set(COMMANDS) - {""}


@posix
def test_json_holds_the_very_characters_and_shows_none_of_them(place: Path) -> None:
    chats = place / NAME / "chats"
    ended = run("review", chats, "--json", "--data-dir", place / "data")
    [chat] = json.loads(ended.stdout)["chats"]
    assert chat["path"] == str(chats / f"{NAME}.txt")
    assert_harmless(ended.stdout)


def test_json_escapes_all_that_steers_or_hides_and_nothing_else() -> None:
    hidden = "\x00\x07\x1b\x7f\x80\x85\x9b\xad\u061c\u200b\u200c\u200d\u200e\u2028\u202e\u2066\ufeff\U000e0041\ud800"
    shown = "Zoë 漢字 🌻 “x” \\u202e"
    text = to_json({hidden: shown})
    assert json.loads(text) == {hidden: shown}
    assert shown.replace("\\", "\\\\") in text
    assert all(character.isprintable() or character == "\n" for character in text)


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full here")
@parametrize_some(
    2,
    "words",
    [
        *(
            "status",
            "--help",
            "status --json",
            "about",
            "paths",
            "keys",
            "manual json",
            "guidance show",
            "guidance export",
        ),
        "--version",
    ],
)
def test_a_full_output_is_said_and_is_no_success(tmp_path: Path, words: str) -> None:
    ended = subprocess.run(
        ["sh", "-c", f'exec "$0" {words} >/dev/full', COMMAND],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path)},
    )
    assert ended.stderr == "Not all could be printed to the standard output: No space left on device.\n"
    assert ended.returncode == 1


@posix
def test_a_closed_output_is_said_and_a_closed_or_full_error_output_is_no_trouble(tmp_path: Path) -> None:
    def ended(redirections: str, words: str) -> tuple[int, str, str]:
        shell = ["sh", "-c", f'exec "$0" {words} {redirections}', str(COMMAND)]
        environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
        done = subprocess.run(shell, capture_output=True, text=True, timeout=60, check=False, env=environment)
        return done.returncode, done.stdout, done.stderr

    code, out, err = ended(">&-", "status")
    assert (code, out, err) == (1, "", "Nothing could be printed: the standard output is closed.\n")
    for redirection in ("2>&-", "2>/dev/full"):
        code, out, err = ended(redirection, "status")
        assert (code, out, err) == (0, "Next: Add your first account\n", "")
        assert ended(redirection, "statsu")[0] == 2


CLOSED = ("<&-", "2>&-", "<&- 2>&-")
READING = (("about", 0), ("review {chat}", 0), ("import {folder}", 1), ("purge", 10), ("--plain", 0))
"""Commands, with how each ends."""


@posix
@parametrize_some(
    [
        *((("about", 0), CLOSED[0]), (("review {chat}", 0), CLOSED[2]), (("import {folder}", 1), CLOSED[1])),
        *((("purge", 10), CLOSED[0]), (("--plain", 0), CLOSED[2])),
    ],
    ("command", "closed"),
    list(product(READING, CLOSED)),
)
def test_a_closed_input_is_an_empty_one_and_no_file_of_the_program_takes_the_place_of_a_closed_stream(
    tmp_path: Path, command: tuple[str, int], closed: str
) -> None:
    (tmp_path / "chat.txt").write_text("1/29/18, 12:24 - Anna: @Meta AI hi\n", encoding="utf-8")
    folder = tmp_path / "metaoptout-tui"
    folder.mkdir()
    save_in(folder, record(account("facebook")))
    words, code = command[0].format(chat=tmp_path / "chat.txt", folder=folder), command[1]
    shell = ["sh", "-c", f'exec "$0" {words} {closed}', str(COMMAND)]
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    done = subprocess.run(shell, capture_output=True, text=True, timeout=60, check=False, env=environment)
    assert (done.returncode, "stopped" in done.stderr) == (code, False), done
    lock = folder / "progress.toml.lock"
    assert lock.exists() or words != "--plain"
    assert not lock.exists() or lock.read_text(encoding="utf-8") == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--data-dir", "", "paths"), "name a folder"),
        (("--data-dir", " ", "status"), "name a folder"),
        (("--config", "", "keys"), "name a file"),
        (("guidance", "check", ""), "name a file"),
        (("import", ""), "name a file or a folder"),
    ],
)
def test_an_empty_name_is_refused_since_it_would_be_the_folder_one_is_in(words: tuple[str, ...], said: str) -> None:
    ended = run(*words)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.endswith(f": {said}\n")


@posix
@parametrize_some(2, "words", ["--data-dir mine status", "--config mine.toml keys", "status", "about", "paths", ""])
def test_a_folder_that_is_gone_under_the_terminal_gets_a_sentence_or_is_not_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    shutil.rmtree(gone)
    ended = run_installed(*words.split())
    assert ended.returncode == (1 if "mine" in words else 0 if words else 2)
    assert ("no longer there" in ended.stderr) == ("mine" in words)
    assert "stopped:" not in ended.stderr


FOLDER_COMMANDS = (
    ("status", 1),
    ("status --due", 1),
    ("status --json", 1),
    ("evidence verify", 1),
    ("export --redact --to .", 1),
    ("backup backup.zip", 1),
    ("restore", 1),
    ("purge --yes", 1),
    ("people", 1),
    ("paths", 0),
    ("about", 0),
    ("--plain", 1),
)


@posix
@pytest.mark.parametrize(("words", "code"), FOLDER_COMMANDS)
def test_a_folder_that_may_not_be_looked_into_is_said_and_never_taken_for_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, code: int
) -> None:
    folder = save_in(tmp_path / "metaoptout-tui", record(account("facebook")))
    refuse_to_look_into(folder, monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", StringIO("1\n"))
    ended = run(*words.split(), XDG_DATA_HOME=str(tmp_path))
    assert ended.returncode == code, ended
    assert ("the system gives no permission" in f"{ended.stdout}{ended.stderr}") is bool(code)
    assert "not there" not in next((line for line in ended.stdout.splitlines() if "progress.toml" in line), "")


def refuse_to_look_into(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """What the system answers to whoever may not enter a folder; a test may run as root, who may."""

    def refusing(call: Callable[..., object]) -> Callable[..., object]:
        def refuse(path: object = ".", *more: object, **named: object) -> object:
            below = os.fspath(path) if isinstance(path, (str, os.PathLike)) else ""
            if isinstance(below, str) and below.startswith((f"{folder}/", str(folder))) and below != str(folder):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), below)
            if below == str(folder) and call.__name__ in {"listdir", "scandir"}:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), below)
            return call(path, *more, **named)

        refuse.__name__ = call.__name__
        return refuse

    for name in ("stat", "lstat", "open", "listdir", "scandir", "mkdir", "unlink"):
        patch.setattr(os, name, refusing(getattr(os, name)))
