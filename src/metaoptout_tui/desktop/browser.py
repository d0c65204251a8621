"""The person's browser, asked to open an address; nothing here can tell whether it did.

Python's `webbrowser` is left aside: it lets a text browser draw over the screen, hands the terminal on to what it
starts, and until 3.13.13 and 3.14.4 took some addresses for options (CVE-2026-4519, reliability section 0). A program
is started here with the address as its last word, away from the terminal, in a session of its own.
"""

import os
import shlex
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from metaoptout_tui.core.links import SafeUrl
from metaoptout_tui.desktop.surroundings import Which, finder, has_display, inside_wsl, over_ssh

PATIENCE = 1.5
"""Seconds to wait for a program to say that it failed; one that still runs then has taken the address."""

Start = Callable[[Sequence[str], Mapping[str, str]], int | None]
"""Starts a command in an environment; its exit code, or None while it runs. Raises OSError when it cannot start."""

_TEXT_BROWSERS = ("www-browser", "w3m", "lynx", "links", "links2", "elinks", "browsh", "carbonyl", "chawan", "cha")
_BROWSERS = (
    *("firefox", "firefox-esr", "librewolf", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("brave-browser", "vivaldi", "microsoft-edge", "epiphany", "falkon", "konqueror"),
)
_DESKTOP_OPENERS = (("xdg-open",), ("gio", "open"), ("x-www-browser",), *((name,) for name in _BROWSERS))
# explorer.exe loses what stands behind a question mark (microsoft/WSL#3832); cmd.exe and PowerShell read & as their own.
_WSL_OPENERS = (("wslview",), ("rundll32.exe", "url.dll,FileProtocolHandler"))
_SHELLS = frozenset({"sh", "bash", "dash", "zsh", "ksh", "fish", "csh", "tcsh", "cmd", "powershell", "pwsh"})


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
class _Opener:
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
        threading.Thread(target=process.wait, name="browser", daemon=True).start()
        return None


class Browser:
    """Finds a graphical browser of the person at this screen and asks it to open an address.

    A graphical `$BROWSER` is honoured everywhere, over ssh too, because people set it to reach the browser at hand.
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

    def probe(self) -> Opening:
        """Whether an address can be opened here, and if not, why. Starts nothing."""
        openers, why = self._openers()
        return Opening(can_open=True, program=openers[0].program) if openers else Opening(can_open=False, why=why)

    def open(self, url: SafeUrl) -> Opening:
        """Ask for `url` to be opened; waits up to `PATIENCE` seconds per program tried, so call it in a thread."""
        openers, why = self._openers()
        if not openers:
            return Opening(can_open=False, why=why)
        for opener in openers:
            try:
                code = opener.ask(str(url))
            except OSError:
                continue
            if not code:
                return Opening(
                    can_open=True, why=f"{opener.program} was asked to open {url.host}.", program=opener.program
                )
        tried = " and ".join(dict.fromkeys(opener.program for opener in openers[:2]))
        return Opening(
            can_open=False, why=f"{tried} could not be started or reported an error.", program=openers[0].program
        )

    def _openers(self) -> tuple[list[_Opener], str]:
        """The ways to open an address, best first, or why there is none."""
        named, text_browser = self._named()
        if named:
            return named, ""
        if text_browser:
            return [], f"BROWSER names {text_browser}, a text browser, which would draw over this screen."
        if over_ssh(self._environment):
            return [], "This terminal is connected over ssh, so a browser here would not open in front of you."
        if self._platform == "win32":
            return self._windows()
        if self._platform == "darwin":
            return self._installed((("open",),)), "The program that opens addresses on a Mac was not found."
        return self._desktop()

    def _windows(self) -> tuple[list[_Opener], str]:
        start_file = self._start_file
        if start_file is None:
            return [], "This Python cannot ask Windows to open an address."

        def ask(url: str) -> None:
            start_file(url)

        return [_Opener("Windows", ask)], ""

    def _desktop(self) -> tuple[list[_Opener], str]:
        openers = self._installed(_WSL_OPENERS) if inside_wsl(self._environment) else []
        if has_display(self._environment):
            openers += self._installed(_DESKTOP_OPENERS)
        elif not openers:
            return [], "There is no graphical screen here to open a browser on."
        text_browser = next((name for name in _TEXT_BROWSERS if self._which(name)), "")
        if text_browser:
            return openers, f"Only a text browser ({text_browser}) was found, which would draw over this screen."
        return openers, "No browser was found on this computer."

    def _installed(self, commands: Sequence[Sequence[str]]) -> list[_Opener]:
        environment = {name: value for name, value in self._environment.items() if name != "BROWSER"}
        return [self._opener(command, environment) for command in commands if self._which(command[0])]

    def _named(self) -> tuple[list[_Opener], str]:
        """The graphical programs that `$BROWSER` names, and a text browser that it names."""
        windows = self._platform == "win32"
        named: list[_Opener] = []
        text_browser = ""
        for entry in self._environment.get("BROWSER", "").split(";" if windows else ":"):
            command = self._words(entry.strip(), posix=not windows)
            if not command:
                continue
            program = _program(command[0])
            if program in _TEXT_BROWSERS:
                text_browser = text_browser or program
            elif program not in _SHELLS and self._which(command[0]):
                named.append(self._opener(command, self._environment))
        return named, text_browser

    def _words(self, entry: str, *, posix: bool) -> list[str]:
        if entry and self._which(entry):  # a path with blanks in it, unquoted
            return [entry]
        try:
            words = shlex.split(entry, posix=posix)
        except ValueError:
            return []
        return [word if posix else word.strip('"') for word in words if word != "&"]

    def _opener(self, command: Sequence[str], environment: Mapping[str, str]) -> _Opener:
        def ask(url: str) -> int | None:
            return self._start(_with_address(command, url), environment)

        return _Opener(_program(command[0]), ask)


def _with_address(command: Sequence[str], url: str) -> list[str]:
    """The command with the address in the place of `%s`, or at its end."""
    if any("%s" in word for word in command[1:]):
        return [command[0], *(word.replace("%s", url) for word in command[1:])]
    return [*command, url]


def _program(path: str) -> str:
    name = PureWindowsPath(path).name if "\\" in path else PurePosixPath(path).name
    return name.lower().removesuffix(".exe")
