"""Windows on the installed command, and a home folder with a record in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from terminal.pseudo_terminal import Home, OpenWindow, Terminal


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
