"""What is loaded when: a fresh process answers quickly because it loads little."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from exhaustive import parametrize_some
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


@pytest.fixture(autouse=True)
def no_rehearsal_elsewhere(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where temporary folders are made, there is none that somebody's rehearsal uses or left."""
    monkeypatch.setenv("TMPDIR", str(tmp_path_factory.mktemp("temporary")))


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
        "from metaoptout_tui.main import main\n"
        f"try:\n    main({list(arguments)!r})\nexcept SystemExit as ended:\n    assert not ended.code\n"
    )


def tops(modules: set[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules}


def rooms(modules: set[str]) -> set[str]:
    """The rooms of the package, and main, among the modules."""
    return {name.split(".")[1] for name in modules if name.startswith("metaoptout_tui.")}


def test_the_version_is_told_without_loading_anything_heavy() -> None:
    modules = loaded_by(command("--version"))
    assert not tops(modules) & HEAVY
    assert {each for each in modules if each.startswith("metaoptout_tui")} == {
        "metaoptout_tui",
        "metaoptout_tui.app",
        "metaoptout_tui.app.clock",
        "metaoptout_tui.app.paths",
        "metaoptout_tui.cli",
        "metaoptout_tui.cli.command_parser",
        "metaoptout_tui.cli.options",
        "metaoptout_tui.cli.output",
        "metaoptout_tui.cli.parser",
        # what is printed passes through here
        "metaoptout_tui.core",
        "metaoptout_tui.core.errors",
        "metaoptout_tui.core.language",
        "metaoptout_tui.core.language.cldr",
        "metaoptout_tui.core.language.translation",
        "metaoptout_tui.core.text",
        "metaoptout_tui.main",
    }


SPEAKING = {"translations", "wiring", "storage"}
"""The rooms that find out which language a person reads, with the record and its language."""
READING = "app cli core guidance main"


@parametrize_some(
    5,
    ("words", "expected"),
    [
        ("paths", "app cli core main"),
        ("keys", "app cli core main"),
        ("manual", "app cli core main manual"),
        ("manual letters", "app cli core main manual"),
        ("status", READING),
        ("backup mine.zip", "app cli core imports main"),
        ("export --to case", f"{READING} documents"),
        ("about", READING),
        ("status --json", READING),
        ("evidence verify", READING),
        ("purge --yes", READING),
        ("restore", "app cli core main"),
        ("merge", "app cli core main"),
        ("guidance show", READING),
        ("guidance status", READING),
        ("guidance export", READING),
    ],
)
def test_a_command_loads_only_the_rooms_it_works_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, expected: str
) -> None:
    monkeypatch.chdir(tmp_path)
    progress_file.save_record(tmp_path / "progress.toml", record(account()), None)
    modules = loaded_by(command(*words.split(), "--data-dir", "."))
    assert rooms(modules) == set(expected.split()) | SPEAKING
    assert not tops(modules) & {"textual", "rich", "httpx", "resiliparse", "segno"}


def test_status_is_told_without_the_screen_or_the_network(tmp_path: Path) -> None:
    # Whatever the day on which this runs: the one month is not over, the other was ended by an answer.
    waiting = account("instagram", entry("filed", datetime(2199, 1, 5, tzinfo=UTC)))
    answered = account("threads", entry("filed", at(90)), entry("refused", at(80)))
    progress_file.save_record(tmp_path / "progress.toml", record(account(), waiting, answered), None)
    modules = loaded_by(command("status", "--data-dir", str(tmp_path)))
    assert not tops(modules) & HEAVY
    assert not tops(loaded_by(command("status", "--due", "--data-dir", str(tmp_path)))) & HEAVY
    assert not tops(loaded_by(command("status", "--json", "--data-dir", str(tmp_path)))) & HEAVY
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
    assert rooms(modules) == {"app", "cli", "core", "imports", "main", "translations", "wiring"}
    plain = loaded_by(command("review", str(tmp_path / "chat.txt")))
    assert not tops(plain) & (HEAVY | {"zipfile", "hashlib"})
    assert "metaoptout_tui.app.session" not in plain  # only the guidance, for what an export cannot show


def test_an_import_of_metas_download_needs_neither_the_screen_nor_the_network_nor_the_record(tmp_path: Path) -> None:
    (tmp_path / "profile_information.json").write_text('{"profile_v2": {"username": "zoe.example"}}', encoding="utf-8")
    for arguments in (("import",), ("import", "--json")):
        modules = loaded_by(command(*arguments, str(tmp_path / "profile_information.json")))
        assert not tops(modules) & HEAVY
        assert rooms(modules) == {"app", "cli", "core", "imports", "main", "translations", "wiring"}
        assert "metaoptout_tui.app.session" not in modules


FIRST_SCREEN = {
    "app": "clock email_address paths screen_language session shared_context",
    "app.commands": "commands key_table own_commands",
    "app.files": "leftovers",
    "app.guidance": "guidance_in_use page_watcher",
    "app.imports": "chat_scan",
    "app.record": "account_service attachments current_record drafts email_entries link_entries record_editor record_saver record_view undo_stack",
    "cli": "output",
    "core": "dates errors jobs line_wrapping settings text toml",
    "core.guidance": "basis editions playbook schema source_sentences texts watched_page_status",
    "core.language": "choice cldr formatting language_names translation",
    "core.objection": (
        "account_list_tasks applicable_guidance authority_tasks coverage coverage_summary deadlines deadlines_of_diary doubtful_ends entry_checks event_sentences "
        "legal_periods lifecycle linking_question named_days "
        "next_tasks offers overview rechecks replies review_sentences sentences state_words status step_advice step_status task_maker tasks waiting_tasks"
    ),
    "core.record": "account_names accounts event_ids event_kinds events kind_rules remembered vocabulary",
    "guidance": "loader playbook_builder",
    "storage": (
        "atomic_write document_values file_access kept_versions lock page_cache progress_document progress_file "
        "settings_files"
    ),
    "ui": "app context everywhere key_order leaving start terminal terminal_input terminal_output textual_private theme",
    "ui.base": "app moving_about screen screen_commands",
    "ui.screens": "checklist step_opening",
    "ui.text": "builder rows step_guide step_sources",
    "translations": "catalogues",
    "wiring": "common_start full_screen language outside",
    "ui.widgets": "account_tree checklist_panes frame lists reader scroll_bar step_list",
}
"""The modules that are loaded when the first screen stands, by package; `main` besides."""


@pytest.fixture(scope="module")
def at_the_first_screen(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules that are loaded when the first screen is painted."""
    folder = tmp_path_factory.mktemp("first-screen")
    progress_file.save_record(folder / "progress.toml", record(account()), None)
    return loaded_by(f"""
import asyncio, pathlib
from metaoptout_tui.wiring import full_screen
from metaoptout_tui.app.paths import resolve_paths
from metaoptout_tui.ui import start

async def look_at(app):
    async with app.run_test() as pilot:
        await pilot.pause()

start.run_app = lambda app, mouse: asyncio.run(look_at(app))
assert full_screen.open_full_screen(resolve_paths(pathlib.Path({str(folder)!r}), None, {{}})).exit_status == 0
""")


def test_the_first_screen_loads_only_what_it_shows(at_the_first_screen: set[str]) -> None:
    """A module is added to the list only where the first screen shows what it makes; all others are imported late."""
    prefix = "metaoptout_tui."
    ours = {name.removeprefix(prefix) for name in at_the_first_screen if name.startswith(prefix)}
    packages = {name.rpartition(".")[0] for name in ours}
    assert ours - packages == {
        f"{package}.{name}" for package in FIRST_SCREEN for name in FIRST_SCREEN[package].split()
    }


def test_the_screen_starts_without_what_only_some_keys_need(at_the_first_screen: set[str]) -> None:
    assert rooms(at_the_first_screen) == {"app", "cli", "core", "guidance", "storage", "translations", "ui", "wiring"}
    assert not tops(at_the_first_screen) & {
        "httpx",
        "segno",
        "email_validator",
        "markdown_it",
        "tomli_w",
        "resiliparse",
        "holidays",
        "icalendar",
    }


def test_asking_is_prepared_without_loading_what_asks() -> None:
    modules = loaded_by("import metaoptout_tui.guidance.fetch_requests, metaoptout_tui.guidance.concurrent_fetch\n")
    assert not tops(modules) & {"httpx", "httpcore", "anyio", "certifi"}
