"""Windows on the installed command, and a home folder with a record in it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from terminal.pseudo_terminal import Home, OpenWindow, Terminal

BY_DEFAULT = 2
"""How many tests of each file of this folder a run of everything takes."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A window takes a second or two of the processor, so most tests here are exhaustive, unless a run names the folder."""
    here = Path(__file__).parent
    if any(here.name in argument for argument in config.args):
        return
    taken: Counter[Path] = Counter()
    for item in items:
        if item.path.parent == here and item.get_closest_marker("exhaustive") is None:
            taken[item.path] += 1
            if taken[item.path] > BY_DEFAULT:
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
