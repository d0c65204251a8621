"""What the tests share: one moment that never changes, and records written in a few words."""

import gc
import os
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from metaoptout_tui.app.session import Session
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import ENGLISH, use_catalogue
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.guidance.loader import load_playbook
from metaoptout_tui.translations.catalogues import compile_catalogues
from samples import Clock, open_session

settings.register_profile("quick", deadline=None, max_examples=12)
settings.register_profile("exhaustive", deadline=None, max_examples=60)


def pytest_configure(config: pytest.Config) -> None:
    """Property tests try more examples where a run is not the default one.

    Bytecode is kept, also where the environment says otherwise: compiling all modules and tests again costs every worker
    several seconds.
    """
    if not hasattr(config, "workerinput"):
        compile_catalogues()  # where a `.po` file was edited since the program was installed
    settings.load_profile("quick" if config.option.markexpr == "not exhaustive" else "exhaustive")
    sys.dont_write_bytecode = False
    gc.disable()


def pytest_collection_finish() -> None:
    """Keep the garbage collector from looking through modules and tests again and again; that costs a fifth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


_UNSET = (
    *("NO_COLOR", "DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "LANGUAGE", "LC_ALL", "LC_MESSAGES"),
    "PYTHONDONTWRITEBYTECODE",  # what a test starts finds our modules compiled, as it does where it is installed
)


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Paths for the homes of all tests. They have a folder of their own, since `tmp_path` looks through that of its folders."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def _no_home(monkeypatch: pytest.MonkeyPatch, _homes: Iterator[Path]) -> None:
    """Nothing of the machine's own: no home, no display, no browser, no colours asked for."""
    home = next(_homes)
    home.mkdir()
    for name in list(os.environ):
        if name.startswith(("XDG_", "SSH_")) or name in _UNSET:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture(autouse=True)
def _speak_english() -> Iterator[None]:
    """Whatever language a test chose, the next one begins in English."""
    yield
    use_catalogue(ENGLISH)


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    """The bundled guidance."""
    return load_playbook()


@pytest.fixture
def clock() -> Clock:
    """Stands at `NOW`."""
    return Clock()


@pytest.fixture
def saved() -> list[Record]:
    """What a session has saved, newest last."""
    return []


@pytest.fixture
def session(playbook: Playbook, clock: Clock, saved: list[Record]) -> Session:
    """A sitting on an empty record that saves into a list."""
    return open_session(playbook, clock, saved)
