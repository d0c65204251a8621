"""The person's programs, started with an address as the last word, away from the terminal, in a session of their own."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from metaoptout_tui.desktop.surroundings import Which, finder, has_display, inside_wsl

PATIENCE = 1.5
"""Seconds to wait for a program to say that it failed; one that still runs then has taken the address."""

Start = Callable[[Sequence[str], Mapping[str, str]], int | None]
"""Starts a command in an environment; its exit code, or None while it runs. Raises OSError when it cannot start."""

# explorer.exe loses what stands behind a question mark (microsoft/WSL#3832); cmd.exe and PowerShell read & as their own.
_WSL_OPENERS = (("wslview",), ("rundll32.exe", "url.dll,FileProtocolHandler"))


@dataclass(frozen=True, slots=True)
class Opening:
    """What came of asking, or what would.

    `why` is one sentence: why it cannot be opened here, or who was asked; empty when a probe found a way. `program` is
    the one that is asked.
    """

    can_open: bool
    why: str = ""
    program: str = ""


@dataclass(frozen=True, slots=True)
class Opener:
    """A program that takes an address: its name, and how it is asked, which gives what `Start` gives."""

    program: str
    ask: Callable[[str], int | None]


def start_quietly(command: Sequence[str], environment: Mapping[str, str], patience: float = PATIENCE) -> int | None:
    """Start `command` where it can neither read from nor write to this terminal, and wait at most `patience` seconds."""
    process = subprocess.Popen(  # noqa: S603 - no shell; the words are our own and the address is checked
        command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(patience)
    except subprocess.TimeoutExpired:
        threading.Thread(target=process.wait, name="asked program", daemon=True).start()
        return None


def program_name(path: str) -> str:
    """How a program is called, by the path or the word that starts it."""
    name = PureWindowsPath(path).name if "\\" in path else PurePosixPath(path).name
    return name.lower().removesuffix(".exe")


class Programs:
    """The programs found at this screen that can be asked to open an address.

    `environment` is that of the process unless given; `which`, `start` and `start_file` (Windows' own) can be replaced.
    """

    def __init__(
        self,
        environment: Mapping[str, str] | None = None,
        *,
        platform: str = sys.platform,
        which: Which | None = None,
        start: Start = start_quietly,
        start_file: Callable[[str], None] | None = None,
    ) -> None:
        self._environment = os.environ if environment is None else environment
        self._platform = platform
        self._which = which or finder(self._environment)
        self._start = start
        self._start_file: Callable[[str], None] | None = start_file or getattr(os, "startfile", None)

    def _usual(self, on_desktop: Sequence[Sequence[str]]) -> list[Opener]:
        """The ways of this system to open an address, best first; `on_desktop` are the commands of a graphical desktop."""
        if self._platform == "win32":
            return self._windows()
        if self._platform == "darwin":
            return self._installed((("open",),))
        openers = self._installed(_WSL_OPENERS) if inside_wsl(self._environment) else []
        return openers + (self._installed(on_desktop) if has_display(self._environment) else [])

    def _windows(self) -> list[Opener]:
        start_file = self._start_file
        if start_file is None:
            return []

        def ask(address: str) -> None:
            start_file(address)

        return [Opener("Windows", ask)]

    def _installed(self, commands: Iterable[Sequence[str]]) -> list[Opener]:
        environment = {name: value for name, value in self._environment.items() if name != "BROWSER"}
        return [self._opener(command, environment) for command in commands if self._which(command[0])]

    def _opener(self, command: Sequence[str], environment: Mapping[str, str]) -> Opener:
        def ask(address: str) -> int | None:
            return self._start(_with_address(command, address), environment)

        return Opener(program_name(command[0]), ask)


def first_that_takes(address: str, openers: Iterable[Opener]) -> str:
    """Ask one after the other and name the first that did not fail; empty where all did.

    Waits up to `PATIENCE` seconds for each, so call it in a thread.
    """
    for opener in openers:
        try:
            if not opener.ask(address):
                return opener.program
        except OSError:
            continue
    return ""


def _with_address(command: Sequence[str], address: str) -> list[str]:
    """The command with the address in the place of `%s`, or at its end."""
    if any("%s" in word for word in command[1:]):
        return [command[0], *(word.replace("%s", address) for word in command[1:])]
    return [*command, address]
