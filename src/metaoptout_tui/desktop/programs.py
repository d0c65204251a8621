"""Finds and starts programs apart from this terminal: one for an address, the browser, one that shows a file or a folder."""

import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from metaoptout_tui.core.desktop import OpenResult
from metaoptout_tui.core.language.formatting import format_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.links import SafeUrl

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
"""Seconds to wait for a program to report an error; one that still runs then has taken the address."""

StartProgram = Callable[[Sequence[str], Mapping[str, str]], int | None]
"""Starts a command in an environment; its exit code, or None while it runs. Raises OSError when it cannot start."""

# explorer.exe drops all after a question mark (microsoft/WSL#3832); cmd.exe and PowerShell interpret &.
_WSL_OPENERS = (("wslview",), ("rundll32.exe", "url.dll,FileProtocolHandler"))


@dataclass(frozen=True, slots=True)
class ProgramOpener:
    """A program that can open an address. `open_address` starts it and returns what `StartProgram` does."""

    program: str
    open_address: Callable[[str], int | None]


def start_detached(
    command: Sequence[str], environment: Mapping[str, str], timeout: float = START_TIMEOUT_SECONDS
) -> int | None:
    """Start `command` where it can neither read from nor write to this terminal, and wait at most `timeout` seconds."""
    process = subprocess.Popen(  # noqa: S603 - no shell; the words are our own and the address is checked
        command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(timeout)
    except subprocess.TimeoutExpired:
        threading.Thread(target=process.wait, name="asked program", daemon=True).start()
        return None


def program_name_of(path: str) -> str:
    """The name of the program at a path, in small letters and without `.exe`."""
    name = PureWindowsPath(path).name if "\\" in path else PurePosixPath(path).name
    return name.lower().removesuffix(".exe")


class DesktopPrograms:
    """The programs found at this screen that can be asked to open an address.

    `environment` is that of the process by default; `start_file` is `os.startfile`, which only Windows has.
    """

    def __init__(
        self,
        environment: Mapping[str, str] | None = None,
        *,
        platform: str = sys.platform,
        find_program: FindProgram | None = None,
        start_program: StartProgram = start_detached,
        start_file: Callable[[str], None] | None = None,
    ) -> None:
        self._environment = os.environ if environment is None else environment
        self._platform = platform
        self._find_program = find_program or program_finder(self._environment)
        self._start_program = start_program
        self._start_file: Callable[[str], None] | None = start_file or getattr(os, "startfile", None)

    def _default_openers(self, desktop_commands: Sequence[Sequence[str]]) -> list[ProgramOpener]:
        """The programs that open an address here, best first; `desktop_commands` are for a graphical Linux desktop."""
        if self._platform == "win32":
            return [ProgramOpener("Windows", self._start_file)] if self._start_file else []
        if self._platform == "darwin":
            return self._installed_openers((("open",),))
        openers = self._installed_openers(_WSL_OPENERS) if is_inside_wsl(self._environment) else []
        return openers + (self._installed_openers(desktop_commands) if has_display(self._environment) else [])

    def _installed_openers(self, commands: Iterable[Sequence[str]]) -> list[ProgramOpener]:
        environment = {name: value for name, value in self._environment.items() if name != "BROWSER"}
        return [self._opener_for(command, environment) for command in commands if self._find_program(command[0])]

    def _opener_for(self, command: Sequence[str], environment: Mapping[str, str]) -> ProgramOpener:
        def open_address(address: str) -> int | None:
            return self._start_program(command_with_address(command, address), environment)

        return ProgramOpener(program_name_of(command[0]), open_address)


def open_with_first(address: str, openers: Iterable[ProgramOpener]) -> str:
    """Ask one program after the other; the name of the first that did not fail, empty where all did.

    Waits up to `START_TIMEOUT_SECONDS` for each, so call it in a thread.
    """
    for opener in openers:
        try:
            if not opener.open_address(address):
                return opener.program
        except OSError:
            continue
    return ""


def command_with_address(command: Sequence[str], address: str) -> list[str]:
    """The command with the address in the place of `%s`, or at its end."""
    if any("%s" in word for word in command[1:]):
        return [command[0], *(word.replace("%s", address) for word in command[1:])]
    return [*command, address]


_TEXT_BROWSERS = ("www-browser", "w3m", "lynx", "links", "links2", "elinks", "browsh", "carbonyl", "chawan", "cha")
_GRAPHICAL_BROWSERS = (
    *("firefox", "firefox-esr", "librewolf", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("brave-browser", "vivaldi", "microsoft-edge", "epiphany", "falkon", "konqueror"),
)
_BROWSER_COMMANDS = (("xdg-open",), ("gio", "open"), ("x-www-browser",), *((name,) for name in _GRAPHICAL_BROWSERS))
_SHELLS = frozenset({"sh", "bash", "dash", "zsh", "ksh", "fish", "csh", "tcsh", "cmd", "powershell", "pwsh"})


class SystemBrowser(DesktopPrograms):
    """Finds a graphical browser of the person at this screen and asks it to open an address.

    A graphical `$BROWSER` is honoured everywhere, over ssh too, because people set it to reach the browser at hand.
    """

    def probe(self) -> OpenResult:
        """Whether an address can be opened here, and if not, why. Starts nothing."""
        openers, obstacle = self._openers()
        if not openers:
            return OpenResult(can_open=False, explanation=obstacle)
        return OpenResult(can_open=True, program=openers[0].program)

    def open(self, url: SafeUrl) -> OpenResult:
        """Ask for `url` to be opened; waits up to `START_TIMEOUT_SECONDS` per program tried, so call it in a thread."""
        openers, obstacle = self._openers()
        if not openers:
            return OpenResult(can_open=False, explanation=obstacle)
        program = open_with_first(str(url), openers)
        if program:
            return OpenResult(
                can_open=True,
                explanation=_("{program} was asked to open {host}.").format(program=program, host=url.host),
                program=program,
            )
        tried = format_list(dict.fromkeys(opener.program for opener in openers[:2]))
        return OpenResult(
            can_open=False,
            explanation=_("{tried} could not be started or reported an error.").format(tried=tried),
            program=openers[0].program,
        )

    def _openers(self) -> tuple[list[ProgramOpener], str]:
        """The browsers to ask, best first, and a sentence for when there is none."""
        configured, text_browser = self._browsers_in_environment()
        if configured:
            return configured, ""
        if text_browser:
            return [], _("BROWSER names {text_browser}, a text browser, which would draw over this screen.").format(
                text_browser=text_browser
            )
        if is_over_ssh(self._environment):
            return [], _("This terminal is connected over ssh, so a browser here would not open in front of you.")
        return self._default_openers(_BROWSER_COMMANDS), self._no_browser_sentence()

    def _no_browser_sentence(self) -> str:
        """Why no browser can be asked on this system."""
        if self._platform == "win32":
            return _("This Python cannot ask Windows to open an address.")
        if self._platform == "darwin":
            return _("The program that opens addresses on a Mac was not found.")
        if not has_display(self._environment):
            return _("There is no graphical screen here to open a browser on.")
        text_browser = next((name for name in _TEXT_BROWSERS if self._find_program(name)), "")
        if text_browser:
            return _("Only a text browser ({text_browser}) was found, which would draw over this screen.").format(
                text_browser=text_browser
            )
        return _("No browser was found on this computer.")

    def _browsers_in_environment(self) -> tuple[list[ProgramOpener], str]:
        """The graphical browsers that `$BROWSER` names, and the first text browser in it (empty for none)."""
        is_windows = self._platform == "win32"
        graphical: list[ProgramOpener] = []
        text_browser = ""
        for entry in self._environment.get("BROWSER", "").split(";" if is_windows else ":"):
            command = self._split_command(entry.strip(), posix=not is_windows)
            if not command:
                continue
            program = program_name_of(command[0])
            if program in _TEXT_BROWSERS:
                text_browser = text_browser or program
            elif program not in _SHELLS and self._find_program(command[0]):
                graphical.append(self._opener_for(command, self._environment))
        return graphical, text_browser

    def _split_command(self, entry: str, *, posix: bool) -> list[str]:
        if entry and self._find_program(entry):  # a path with blanks in it, unquoted
            return [entry]
        try:
            words = shlex.split(entry, posix=posix)
        except ValueError:
            return []
        return [word if posix else word.strip('"') for word in words if word != "&"]


_FILE_COMMANDS = (("xdg-open",), ("gio", "open"))
_WSL_FILE_COMMANDS = (("wslview",),)
SHOWN_SUFFIXES = frozenset(
    f".{name}" for name in ("bmp", "eml", "gif", "heic", "jpeg", "jpg", "pdf", "png", "tif", "tiff", "txt", "webp")
)
"""The ends of the names of files that a desktop only shows; others may be run by what opens them."""
_SUFFIXES_OF_FOLDERS_THAT_RUN = frozenset({".action", ".app", ".workflow"})
"""The ends of the names of folders that macOS takes for programs."""


class SystemFileViewer(DesktopPrograms):
    """Finds the desktop of the person at this screen and asks it to show a file or a folder."""

    def open_file(self, path: Path) -> OpenResult:
        """Ask for a file to be shown; waits a moment per program tried, so call it in a thread."""
        if path.suffix.casefold() not in SHOWN_SUFFIXES:
            return OpenResult(can_open=False, explanation=_("A file of this kind is not opened from here."))
        return self._open(path)

    def open_folder(self, path: Path) -> OpenResult:
        """Ask for a folder to be shown by the file manager, in a thread too."""
        if path.suffix.casefold() in _SUFFIXES_OF_FOLDERS_THAT_RUN:
            return OpenResult(can_open=False, explanation=_("A folder of this kind is not opened from here."))
        if not path.is_dir():
            return OpenResult(can_open=False, explanation=_("There is no such folder yet."))
        return self._open(path)

    def _open(self, path: Path) -> OpenResult:
        if is_over_ssh(self._environment):
            return OpenResult(
                can_open=False,
                explanation=_("This terminal is connected over ssh, so no program here is in front of you."),
            )
        if is_inside_wsl(self._environment):
            openers = self._installed_openers(_WSL_FILE_COMMANDS)
        else:
            openers = self._default_openers(_FILE_COMMANDS)
        program = open_with_first(str(path), openers)
        if program:
            return OpenResult(
                can_open=True,
                explanation=_("{program} was asked to open {name}.").format(program=program, name=path.name),
                program=program,
            )
        return OpenResult(can_open=False, explanation=_("No program here that shows it was found."))
