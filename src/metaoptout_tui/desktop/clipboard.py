"""Copies text to the person's clipboard, with a desktop program or else through the terminal.

A terminal takes a clipboard by an escape sequence (OSC 52) and never confirms it, so text is only reported as sent; a
program that exits without an error is reported as having copied. tmux takes the sequence from no program unless it is
told to, so it is given the text as a paste buffer of its own.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from metaoptout_tui.core.desktop import CopyResult
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.text import clean_block
from metaoptout_tui.desktop.programs import FindProgram, is_inside_wsl, is_over_ssh, program_finder

COPY_TIMEOUT_SECONDS = 2.0
"""Seconds that copying may take, all programs together."""
MAX_COPIED_CHARACTERS, MAX_COPIED_LINES = 50_000, 5_000
"""The most that is copied: a terminal drops a sequence that is much longer."""

RunWithInput = Callable[[Sequence[str], bytes, Mapping[str, str], float], bool]
"""Runs a command with bytes as its input, in an environment, for at most so many seconds; whether it ended well."""


def run_detached_with_input(
    command: Sequence[str], data: bytes, environment: Mapping[str, str], timeout: float
) -> bool:
    """Run `command` apart from this terminal with `data` as its input; it may stay behind to serve the clipboard."""
    try:
        finished = subprocess.run(  # noqa: S603 - no shell; the words are our own
            command,
            input=data,
            env=dict(environment),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            timeout=timeout,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return finished.returncode == 0


def _copied(way: str, *sentences: str) -> CopyResult:
    return CopyResult(way, " ".join(filter(None, sentences)))


class SystemClipboard:
    """Copies text to the clipboard of the person at this screen.

    `send_to_terminal` puts a text on the terminal's clipboard; None where there is no terminal. `environment` is that
    of the process by default. `timeout` is in seconds, for all programs together.
    Where it `is_for_plain_mode`, there is no screen to show a text on.
    """

    def __init__(
        self,
        send_to_terminal: Callable[[str], None] | None,
        environment: Mapping[str, str] | None = None,
        *,
        platform: str = sys.platform,
        find_program: FindProgram | None = None,
        run_with_input: RunWithInput = run_detached_with_input,
        timeout: float = COPY_TIMEOUT_SECONDS,
        is_for_plain_mode: bool = False,
    ) -> None:
        self._send_to_terminal = send_to_terminal
        self._environment = os.environ if environment is None else environment
        self._platform = platform
        self._find_program = find_program or program_finder(self._environment)
        self._run_with_input = run_with_input
        self._timeout = timeout
        self._is_for_plain_mode = is_for_plain_mode

    @property
    def is_reachable(self) -> bool:
        """Whether there is something that may take a text. Starts nothing."""
        return bool(self._copy_commands() or self._has_tmux or self._send_to_terminal is not None)

    @property
    def _has_tmux(self) -> bool:
        return bool(self._environment.get("TMUX") and self._find_program("tmux"))

    def copy(self, text: str) -> CopyResult:
        """Copy the cleaned `text` with the first program that takes it, else through the terminal. Never raises."""
        cleaned = clean_block(text, MAX_COPIED_CHARACTERS, lines=MAX_COPIED_LINES)
        if not cleaned:
            return CopyResult("none", _("There is nothing to copy."))
        too_long = len(text) > MAX_COPIED_CHARACTERS or text.count("\n") >= MAX_COPIED_LINES
        cut = _("Only its beginning, because it is long.") if too_long else ""
        deadline = time.monotonic() + self._timeout
        for command in self._copy_commands():
            left = deadline - time.monotonic()
            if left > 0 and self._run_with_input(
                command, _encode_for(command[0], cleaned), self._environment_of(command[0]), left
            ):
                return _copied(command[0], _("Copied with {program}.").format(program=command[0]), cut)
        if self._has_tmux and self._copy_into_tmux(cleaned, deadline):
            return _copied("tmux", _("Copied inside tmux, where Ctrl+B and then ] pastes it."), cut, self._hint)
        return self._copy_through_terminal(cleaned, cut)

    @property
    def _hint(self) -> str:
        """How to take the text without the clipboard, where nothing confirms that it is there."""
        if self._is_for_plain_mode:
            return _("If pasting does not work, take it from the lines in which it was told.")
        return _("If pasting does not work, show it and select it.")

    @property
    def _failure(self) -> str:
        if self._is_for_plain_mode:
            return _("It could not be copied. Take it from the lines in which it was told.")
        return _("It could not be copied. Show it and select it.")

    def _copy_into_tmux(self, cleaned: str, deadline: float) -> bool:
        """Make it a paste buffer, and a clipboard where tmux and the terminal outside allow that."""
        commands = (("tmux", "load-buffer", "-w", "-"), ("tmux", "load-buffer", "-"))  # before 3.2 there is no -w
        return any(
            (left := deadline - time.monotonic()) > 0
            and self._run_with_input(command, cleaned.encode("utf-8"), self._environment, left)
            for command in commands
        )

    def _copy_through_terminal(self, cleaned: str, cut: str) -> CopyResult:
        if self._send_to_terminal is not None:
            try:
                self._send_to_terminal(cleaned)
            except Exception:  # noqa: BLE001 - whatever a terminal driver raises, the person can still select the text
                return CopyResult("none", self._failure)
            return _copied("terminal", _("Sent to your clipboard."), cut, self._hint)
        return CopyResult("none", _("There is no way to the clipboard here. Show it and select it."))

    def _copy_commands(self) -> list[tuple[str, ...]]:
        """The commands that reach the person's clipboard, best first; none over ssh, where it is another's."""
        if is_over_ssh(self._environment):
            return []
        commands: list[tuple[str, ...]] = []
        if self._platform == "darwin":
            commands.append(("pbcopy",))
        elif self._platform == "win32":
            commands.append(("clip.exe",))
        else:
            if self._environment.get("WAYLAND_DISPLAY"):
                commands.append(("wl-copy", "--type", "text/plain"))
            if self._environment.get("DISPLAY"):
                commands += [("xclip", "-selection", "clipboard", "-in"), ("xsel", "--clipboard", "--input")]
            if is_inside_wsl(self._environment):
                commands.append(("clip.exe",))
        return [command for command in commands if self._find_program(command[0])]

    def _environment_of(self, program: str) -> Mapping[str, str]:
        if program == "pbcopy":  # reads its input in the encoding of the locale
            return {**self._environment, "LC_ALL": "en_US.UTF-8"}
        return self._environment


def _encode_for(program: str, text: str) -> bytes:
    """The text in the encoding the program reads: clip.exe takes UTF-16, and would paste a byte order mark."""
    return text.encode("utf-16-le") if program == "clip.exe" else text.encode("utf-8")
