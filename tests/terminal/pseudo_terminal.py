"""The installed command in a real pseudo-terminal: keys go in, and what a person would see is read from the other end."""

import os
import re
import signal
import sys
import termios
import time
import tomllib
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import pexpect
import pyte

PATIENCE = 60.0
"""Seconds until a test gives up; what it waits for comes in tenths of one, but a machine may be busy with much else."""

COMMAND = Path(sys.executable).with_name("metaoptout-tui")

KEYS: Mapping[str, bytes] = {
    "enter": b"\r",
    "escape": b"\x1b",
    "tab": b"\t",
    "space": b" ",
    "backspace": b"\x7f",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pagedown": b"\x1b[6~",
    "f2": b"\x1bOQ",
    "f3": b"\x1bOR",
    "f4": b"\x1bOS",
    "f5": b"\x1b[15~",
    "f6": b"\x1b[17~",
    "f8": b"\x1b[19~",
    "f10": b"\x1b[21~",
    **{f"ctrl+{letter}": bytes([ord(letter) & 31]) for letter in "bcdfglpqrsuz"},
}
"""What a terminal sends for a key; a letter stands for itself."""

_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[<u")
"""The end of the keyboard protocol, of which it would show the last letter."""

_WHOLE_PICTURE = re.compile(rb"(?=\x1b\[\?2026h)")
_END_OF_PICTURE = b"\x1b[?2026l"

_MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_SHOWN_AT_REST = frozenset({b"7", b"25"})
"""Lines wrap and the cursor shows; every other mode is off in a terminal at rest."""


class Home:
    """A person's home folder and nothing else of their machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.record = folder / ".local/share/metaoptout-tui/progress.toml"
        self.settings = folder / ".config/metaoptout-tui/config.toml"
        self.memory = folder / ".local/state/metaoptout-tui/state.toml"

    def environment(self, **changed: str) -> dict[str, str]:
        """What the program is told of its surroundings: no display, no browser, no ssh, an English terminal."""
        bare = {"HOME": str(self.folder), "LANG": "C.UTF-8", "TERM": "xterm-256color", "PATH": "/nonexistent"}
        return {name: value for name, value in {**bare, **changed}.items() if value}

    def write(self, path: Path, words: str | bytes) -> bytes:
        """Put a file where the program looks for it; its bytes."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(words if isinstance(words, bytes) else words.encode())
        return path.read_bytes()

    @property
    def written(self) -> dict[str, Any]:
        """The record as it is on the disk now."""
        return tomllib.loads(self.record.read_text(encoding="utf-8"))

    def kinds(self, account: int = 0) -> list[str]:
        """The kinds of an account's entries on the disk, oldest first."""
        return [event["what"] for event in self.written["account"][account]["event"]]


class Terminal:
    """One window with the program in it.

    `presses` counts the keys that a person presses, without what is typed into a field. `raw` is every byte the program
    has written. Nothing here waits for time to pass: each wait ends with what it waits for, or fails after PATIENCE.
    """

    def __init__(
        self,
        home: Home,
        *arguments: str,
        columns: int = 80,
        rows: int = 24,
        command: tuple[str, ...] = (str(COMMAND),),
        before: Callable[[], object] | None = None,
        **environment: str,
    ) -> None:
        self.presses = 0
        self.raw = b""
        self._sizes = [(0, columns, rows)]
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        with warnings.catch_warnings():
            # From Python 3.12 on, for any fork where threads are; the child becomes the command at once.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._child = pexpect.spawn(
                command[0],
                [*command[1:], *arguments],
                env=home.environment(**environment),
                cwd=str(home.folder),
                dimensions=(rows, columns),
                preexec_fn=before,
                timeout=PATIENCE,
            )
        self._child.delaybeforesend = None
        self._child.delayafterread = None
        self._child.ptyproc.delayafterclose = 0
        self._child.ptyproc.delayafterterminate = 0.05

    # Doing

    def press(self, *keys: str) -> None:
        """Press keys; each counts."""
        for key in keys:
            self.presses += 1
            self.send(KEYS.get(key, key.encode()))

    def type(self, words: str) -> None:
        """Type into a field, which is not counted."""
        self.send(words.encode())

    def command(self, words: str) -> None:
        """Do what the palette finds first for these words."""
        self.press("ctrl+p")
        self.at("Search for commands")
        self.type(words)
        self.until(lambda: words in self.lines[min(self._screen.cursor.y, len(self.lines) - 1)], f"“{words}” typed")
        self.press("enter")

    def send(self, data: bytes) -> None:
        """Bytes as the keyboard sends them."""
        self._child.send(data)

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size."""
        self._sizes.append((len(self.raw), columns, rows))
        self._screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def ask_for_whole_pictures(self) -> None:
        """Say, as terminals do, that a picture is to be written with its beginning and its end marked."""
        self.until(lambda: b"\x1b[?2026$p" in self.raw, "the question whether that can be")
        self.send(b"\x1b[?2026;2$y")

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        os.kill(self.pid, number)

    def close_window(self) -> None:
        """Close the window over the program."""
        self._child.ptyproc.fileobj.close()
        self._child.ptyproc.closed = True
        self._child.closed = True

    def scribble(self, words: str) -> None:
        """Something else writes over the screen, at its upper left corner."""
        self._stream.feed(b"\x1b[H" + words.encode())

    # Reading

    @property
    def pid(self) -> int:
        """The program's process."""
        pid: int = self._child.pid
        return pid

    @property
    def threads(self) -> int:
        """How many threads it has, on Linux."""
        return sum(1 for _ in Path(f"/proc/{self.pid}/task").iterdir())

    @property
    def lines(self) -> list[str]:
        """The screen as lines, without the space at their ends."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """All that can be read on the screen."""
        return "\n".join(self.lines)

    @property
    def flowing(self) -> str:
        """All that can be read, with the line ends taken out, to look for sentences."""
        return " ".join(self.text.split())

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and line of the terminal's cursor, counted from 0."""
        return self._screen.cursor.x, min(self._screen.cursor.y, len(self.lines) - 1)

    @property
    def is_cursor_shown(self) -> bool:
        """Whether the terminal shows its cursor."""
        return not self._screen.cursor.hidden

    def is_reversed(self, column: int, line: int) -> bool:
        """Whether a cell is drawn reversed."""
        return bool(self._screen.buffer[line][column].reverse)

    def line_of(self, words: str) -> int:
        """The first line with these words, counted from 0; where there is none now, the number of lines."""
        return next((number for number, line in enumerate(self.lines) if words in line), len(self.lines))

    def see(self, *words: str) -> None:
        """Wait until all of these words are on the screen, wherever its lines end: a long path is cut within a word."""
        self.until(lambda: all(map(self._stands_there, words)), f"“{'”, “'.join(words)}”")

    def _stands_there(self, words: str) -> bool:
        return words in self.flowing or "".join(words.split()) in "".join(self.text.split())

    def at(self, words: str) -> None:
        """Wait until the cursor stands in a line with these words, which is where typed text goes."""
        self.until(
            lambda: words in self.lines[min(self._screen.cursor.y, len(self.lines) - 1)], f"a cursor at “{words}”"
        )

    def see_no(self, words: str) -> None:
        """Wait until these words have gone from the screen."""
        self.until(lambda: words not in self.flowing, f"the end of “{words}”")

    def until(self, holds: Callable[[], object], what: str) -> None:
        """Wait for something that must come."""
        give_up = time.monotonic() + PATIENCE
        while not holds():
            if not self._read() and not holds():
                raise AssertionError(f"the program ended before {what} came:\n{self.text}")
            assert time.monotonic() < give_up, f"{what} did not come. On the screen:\n{self.text}"

    def _read(self) -> bool:
        """Take what the program has written, waiting a moment for it; False when there will be no more."""
        try:
            data: bytes = self._child.read_nonblocking(65536, timeout=0.05)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += data
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", data))
        return True

    @property
    def is_picture_whole(self) -> bool:
        """Whether the last picture has come to its end."""
        return self.raw.endswith(_END_OF_PICTURE)

    @property
    def pictures(self) -> list[list[str]]:
        """All that has stood on the screen until now, one picture after the other, each as lines; blank ones are left out.

        Only for a terminal that asked for whole pictures.
        """
        pictures: list[list[str]] = []
        ends = [*(offset for offset, _, _ in self._sizes[1:]), len(self.raw)]
        for (start, columns, rows), end in zip(self._sizes, ends, strict=True):
            screen = pyte.Screen(columns, rows)
            stream = pyte.ByteStream(screen)
            for drawn in _WHOLE_PICTURE.split(_UNKNOWN_TO_PYTE.sub(b"", self.raw[start:end])):
                stream.feed(drawn)
                lines = [line.rstrip() for line in screen.display]
                if any(lines) and lines != (pictures or [[]])[-1]:
                    pictures.append(lines)
        return pictures

    # Ending

    def ended(self) -> int:
        """Wait for the end; the exit status, 128+N for a program that a signal ended."""
        give_up = time.monotonic() + PATIENCE
        while self._read():
            assert time.monotonic() < give_up, f"it did not end. On the screen:\n{self.text}"
        self._child.wait()
        if self._child.signalstatus is not None:
            return 128 + int(self._child.signalstatus)
        return int(self._child.exitstatus)

    def ended_unseen(self) -> float:
        """Wait for the end after the window was closed; the seconds of processor time that the program has taken."""
        give_up = time.monotonic() + PATIENCE
        while True:
            pid, _, used = os.wait4(self.pid, os.WNOHANG)
            if pid:
                self._child.ptyproc.terminated = True
                return used.ru_utime + used.ru_stime
            assert time.monotonic() < give_up, "it did not end after its window was closed"
            time.sleep(0.01)

    def kill(self) -> None:
        """End the program as a power cut would."""
        self.signal(signal.SIGKILL)
        assert self.ended() == 128 + signal.SIGKILL

    @property
    def taken(self) -> list[str]:
        """What the program has taken of the terminal and not given back, empty for nothing.

        Modes it has set (alternate screen, cursor, mouse, paste), keyboard protocols, and the line discipline.
        """
        modes = {mode: switch for numbers, switch in _MODE.findall(self.raw) for mode in numbers.split(b";")}
        wrong = [
            f"mode {mode.decode()} is left {'on' if switch == b'h' else 'off'}"
            for mode, switch in modes.items()
            if (switch == b"h") is not (mode in _SHOWN_AT_REST)
        ]
        if self.raw.count(b"\x1b[<u") < len(re.findall(rb"\x1b\[>\d+u", self.raw)):
            wrong.append("the keyboard protocol is left on")
        incoming, outgoing, _, local = termios.tcgetattr(self._child.child_fd)[:4]
        cooked = (incoming & termios.ICRNL, outgoing & termios.OPOST, local & termios.ICANON, local & termios.ECHO)
        if not all((*cooked, local & termios.ISIG)):
            wrong.append("the line discipline is left raw")
        return wrong

    def cleared_away(self) -> None:
        """Leave no process behind, whatever a test did."""
        with suppress(ProcessLookupError, pexpect.ExceptionPexpect, OSError):
            self._child.close(force=True)


class OpenWindow(Protocol):
    """Opens a window on the home of a test; `columns`, `rows`, `before` and the environment as in `Terminal`."""

    def __call__(self, *arguments: str, **more: Any) -> Terminal: ...
