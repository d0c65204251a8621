"""Nobody waits for the search for garbage while the program starts, and garbage is searched for afterwards."""

import asyncio
import gc
from pathlib import Path
from typing import Any

import pytest

from metaoptout_tui.app.paths import resolve_paths
from metaoptout_tui.main import main
from metaoptout_tui.storage import progress_file
from metaoptout_tui.ui import start
from metaoptout_tui.wiring.full_screen import open_full_screen
from samples import account, record


@pytest.fixture(autouse=True)
def nothing_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other tests left can still be collected."""
    monkeypatch.setattr(gc, "freeze", lambda: None)


def test_garbage_is_searched_for_once_the_first_screen_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    progress_file.save_record(tmp_path / "progress.toml", record(account()), None)
    states = []

    async def look_at(app: Any) -> None:
        async with app.run_test() as pilot, asyncio.timeout(30):
            while not gc.isenabled():
                await pilot.pause()
            states.append("searched")

    def run_app(app: Any, *, mouse: bool) -> None:
        del mouse
        states.append("searched" if gc.isenabled() else "not searched")
        asyncio.run(look_at(app))

    monkeypatch.setattr(start, "run_app", run_app)
    open_full_screen(resolve_paths(tmp_path, None, {}))
    assert states == ["not searched", "searched"]


def test_garbage_is_searched_for_while_a_command_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    states = []

    def print_output(_output: object) -> int:
        states.append(gc.isenabled())
        return 0

    monkeypatch.setattr("metaoptout_tui.main.print_output", print_output)
    assert main(["paths", "--data-dir", str(tmp_path)]) == 0
    assert states == [True]
    assert gc.isenabled()
    assert capsys.readouterr() == ("", "")
