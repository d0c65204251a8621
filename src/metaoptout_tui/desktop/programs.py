"""Detects the desktop environment (ssh, WSL, display) and starts the person's programs with an address.

Programs are started away from the terminal, in a session of their own, with the address as one argument and never
through a shell.
"""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

FindProgram = Callable[[str], str | None]
"""Finds a program by name or path, as `shutil.which` does; None when it is not there."""


def is_over_ssh(environment: Mapping[str, str]) -> bool:
    """Whether the person sits at another computer, so that a browser or clipboard of this one is not theirs."""
    return bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))


def is_inside_wsl(environment: Mapping[str, str]) -> bool:
    """Whether this is Linux inside Windows, where the browser and the clipboard are Windows' own."""
    return bool(environment.get("WSL_DISTRO_NAME") or environment.get("WSL_INTEROP"))


def has_display(environment: Mapping[str, str]) -> bool:
    """Whether there is a Wayland or X display to draw a window on."""
    return bool(environment.get("WAYLAND_DISPLAY") or environment.get("DISPLAY"))


def program_finder(environment: Mapping[str, str]) -> FindProgram:
    """`shutil.which` on the PATH of `environment`."""
    return lambda name: shutil.which(name, path=environment.get("PATH"))


START_TIMEOUT_SECONDS = 1.5
"""Seconds to wait for a program to say that it failed; one that still runs then has taken the address."""

StartProgram = Callable[[Sequence[str], Mapping[str, str]], int | None]
"""Starts a command in an environment; its exit code, or None while it runs. Raises OSError when it cannot start."""

# explorer.exe loses what stands behind a question mark (microsoft/WSL#3832); cmd.exe and PowerShell read & as their own.
_WSL_OPENERS = (("wslview",), ("rundll32.exe", "url.dll,FileProtocolHandler"))


@dataclass(frozen=True, slots=True)
class ProgramOpener:
    """A program that takes an address: its name, and how it is asked, which gives what `StartProgram` gives."""

    program: str
    open_address: Callable[[str], int | None]


def start_detached(
    command: Sequence[str], environment: Mapping[str, str], patience: float = START_TIMEOUT_SECONDS
) -> int | None:
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


def program_name_of(path: str) -> str:
    """How a program is called, by the path or the word that starts it."""
    name = PureWindowsPath(path).name if "\\" in path else PurePosixPath(path).name
    return name.lower().removesuffix(".exe")


class DesktopPrograms:
    """The programs found at this screen that can be asked to open an address.

    `environment` is that of the process unless given; `which`, `start` and `start_file` (Windows' own) can be replaced.
    """

    def __init__(
        self,
        environment: Mapping[str, str] | None = None,
        *,
        platform: str = sys.platform,
        which: FindProgram | None = None,
        start: StartProgram = start_detached,
        start_file: Callable[[str], None] | None = None,
    ) -> None:
        self._environment = os.environ if environment is None else environment
        self._platform = platform
        self._find_program = which or program_finder(self._environment)
        self._start_program = start
        self._start_file: Callable[[str], None] | None = start_file or getattr(os, "startfile", None)

    def _default_openers(self, on_desktop: Sequence[Sequence[str]]) -> list[ProgramOpener]:
        """The ways of this system to open an address, best first; `on_desktop` are the commands of a graphical desktop."""
        if self._platform == "win32":
            return self._windows_openers()
        if self._platform == "darwin":
            return self._installed_openers((("open",),))
        openers = self._installed_openers(_WSL_OPENERS) if is_inside_wsl(self._environment) else []
        return openers + (self._installed_openers(on_desktop) if has_display(self._environment) else [])

    def _windows_openers(self) -> list[ProgramOpener]:
        return [ProgramOpener("Windows", self._start_file)] if self._start_file else []

    def _installed_openers(self, commands: Iterable[Sequence[str]]) -> list[ProgramOpener]:
        environment = {name: value for name, value in self._environment.items() if name != "BROWSER"}
        return [self._opener_for(command, environment) for command in commands if self._find_program(command[0])]

    def _opener_for(self, command: Sequence[str], environment: Mapping[str, str]) -> ProgramOpener:
        def ask(address: str) -> int | None:
            return self._start_program(_command_with_address(command, address), environment)

        return ProgramOpener(program_name_of(command[0]), ask)


def open_with_first(address: str, openers: Iterable[ProgramOpener]) -> str:
    """Ask one after the other and name the first that did not fail; empty where all did.

    Waits up to `START_TIMEOUT_SECONDS` for each, so call it in a thread.
    """
    for opener in openers:
        try:
            if not opener.open_address(address):
                return opener.program
        except OSError:
            continue
    return ""


def _command_with_address(command: Sequence[str], address: str) -> list[str]:
    """The command with the address in the place of `%s`, or at its end."""
    if any("%s" in word for word in command[1:]):
        return [command[0], *(word.replace("%s", address) for word in command[1:])]
    return [*command, address]
