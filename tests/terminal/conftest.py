"""Windows on the installed command, and a home folder with a record in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from terminal.pseudo_terminal import Home, OpenWindow, Terminal


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A window takes a second or two of the processor, so a run of everything takes only the tests marked `by_default`.

    A run that names the folder takes all of them.
    """
    here = Path(__file__).parent
    if any(here.name in argument for argument in config.args):
        return
    for item in items:
        if item.path.parent == here and item.get_closest_marker("by_default") is None:
            item.add_marker(pytest.mark.exhaustive)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home folder with nothing in it."""
    return Home(tmp_path)


@pytest.fixture
def window(home: Home) -> Iterator[OpenWindow]:
    """Opens windows on the same home; none of them outlives the test."""
    opened: list[Terminal] = []

    def open_window(*arguments: str, **more: Any) -> Terminal:
        opened.append(Terminal(home, *arguments, **more))
        return opened[-1]

    yield open_window
    for each in opened:
        each.cleared_away()
