"""What is loaded when: a fresh process answers quickly because it loads little."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from metaoptout_tui.storage import progress_file
from samples import account, at, entry, record

HEAVY = {
    "textual",
    "rich",
    "httpx",
    "asyncio",
    "segno",
    "email_validator",
    "tomli_w",
    "markdown_it",
    "resiliparse",
    "holidays",
    "icalendar",
}


def loaded_by(program: str, *arguments: str) -> set[str]:
    """The modules a fresh interpreter holds when a program has run; no connection may be tried meanwhile."""
    guard = (
        "import json, socket, sys\n"
        "def refuse(*_):\n    raise AssertionError('a connection at start')\n"
        "socket.socket.connect = refuse\n"
    )
    end = "\nprint('\\n' + json.dumps(sorted(sys.modules)))"
    ended = subprocess.run(
        [sys.executable, "-c", guard + program + end, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return set(json.loads(ended.stdout.splitlines()[-1]))


def command(*arguments: str) -> str:
    return (
        "from metaoptout_tui.cli.parser import main\n"
        f"try:\n    main({list(arguments)!r})\nexcept SystemExit as ended:\n    assert not ended.code\n"
    )


def tops(modules: set[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules}


def test_the_version_is_told_without_loading_anything_heavy() -> None:
    modules = loaded_by(command("--version"))
    assert not tops(modules) & HEAVY
    assert {each for each in modules if each.startswith("metaoptout_tui")} == {
        "metaoptout_tui",
        "metaoptout_tui.cli",
        "metaoptout_tui.cli.parser",
        "metaoptout_tui.storage",
        "metaoptout_tui.storage.paths",
    }


def test_status_is_told_without_the_screen_or_the_network(tmp_path: Path) -> None:
    # Whatever the day on which this runs: the one month is not over, the other was ended by an answer.
    waiting = account("instagram", entry("filed", datetime(2199, 1, 5, tzinfo=UTC)))
    answered = account("threads", entry("filed", at(90)), entry("refused", at(80)))
    progress_file.save_record(tmp_path / "progress.toml", record(account(), waiting, answered), None)
    modules = loaded_by(command("status", "--data-dir", str(tmp_path)))
    assert not tops(modules) & HEAVY
    assert not tops(loaded_by(command("status", "--due", "--data-dir", str(tmp_path)))) & HEAVY
    assert not tops(loaded_by(command("status", "--json", "--data-dir", str(tmp_path)))) & HEAVY
    ours = {
        each.removeprefix("metaoptout_tui.").partition(".")[0] for each in modules if each.startswith("metaoptout_tui.")
    }
    assert ours == {"app", "cli", "core", "guidance", "storage"}
    for late in ("guidance.feed", "guidance.checks", "guidance.value_checks", "core.links"):
        assert f"metaoptout_tui.{late}" not in modules


def test_holidays_are_loaded_when_the_time_for_an_answer_may_have_run_out(tmp_path: Path) -> None:
    silent = account("facebook", entry("filed", at(300)))
    progress_file.save_record(tmp_path / "progress.toml", record(silent), None)
    loaded = tops(loaded_by(command("status", "--data-dir", str(tmp_path))))
    assert "holidays" in loaded
    assert not loaded & (HEAVY - {"holidays"})


def test_a_review_of_chats_needs_neither_the_screen_nor_the_network_nor_the_record(tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text("1/29/24, 12:24 - Anna: @Meta AI hi\n", encoding="utf-8")
    modules = loaded_by(command("review", "--json", str(tmp_path / "chat.txt")))
    assert not tops(modules) & (HEAVY | {"zipfile", "hashlib", "tomllib"})
    ours = {
        each.removeprefix("metaoptout_tui.").partition(".")[0] for each in modules if each.startswith("metaoptout_tui.")
    }
    assert ours == {"cli", "core", "imports", "storage"}
    plain = loaded_by(command("review", str(tmp_path / "chat.txt")))
    assert not tops(plain) & (HEAVY | {"zipfile", "hashlib"})
    assert "metaoptout_tui.app.session" not in plain  # only the guidance, for what an export cannot show


def test_the_screen_starts_without_what_only_some_keys_need(tmp_path: Path) -> None:
    progress_file.save_record(tmp_path / "progress.toml", record(account()), None)
    program = f"""
import asyncio, pathlib
from metaoptout_tui.guidance.loader import load_playbook
from metaoptout_tui.app.open_record import open_record
from metaoptout_tui.ui import start
from metaoptout_tui.ui.app import MetaOptOutApp
from metaoptout_tui.app.page_watcher import NetworkPermission, PageWatcher
from metaoptout_tui.storage.remembered import NetworkConsent
from metaoptout_tui.core.guidance.editions import GuidanceInUse
from metaoptout_tui.storage.paths import resolve_paths
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.app.page_check import PageCheck
from metaoptout_tui.ui.symbols import UNICODE

opened = open_record(pathlib.Path({str(tmp_path / "progress.toml")!r}), load_playbook())
nothing = lambda: None
watcher = PageWatcher(GuidanceInUse(opened.session.playbook), resolve_paths(pathlib.Path({str(tmp_path)!r}), None, {{}}), NetworkPermission())
context = AppContext(
    opened.session, nothing, nothing, nothing, nothing, UNICODE, "progress.toml", PageCheck(watcher, NetworkConsent())
)

async def open_it():
    app = MetaOptOutApp(context)
    async with app.run_test() as pilot:
        await pilot.pause()

asyncio.run(open_it())
opened.release_lock()
"""
    modules = loaded_by(program)
    assert not tops(modules) & {
        "httpx",
        "segno",
        "email_validator",
        "markdown_it",
        "tomli_w",
        "resiliparse",
        "holidays",
        "icalendar",
    }
    for late in (
        "imports.whatsapp.scan",
        "imports.whatsapp.results",
        "imports.typed_paths",
        "ui.screens.chat_scan",
        "ui.screens.scan_results",
    ):
        assert f"metaoptout_tui.{late}" not in modules
    for late in (
        "desktop.browser_and_mail",
        "desktop.clipboard",
        "desktop.qr",
        "ui.screens.submit_form",
        "ui.screens.welcome",
    ):
        assert f"metaoptout_tui.{late}" not in modules


def test_asking_is_prepared_without_loading_what_asks() -> None:
    modules = loaded_by("import metaoptout_tui.guidance.requests, metaoptout_tui.guidance.concurrent_fetch\n")
    assert not tops(modules) & {"httpx", "httpcore", "anyio", "certifi"}
