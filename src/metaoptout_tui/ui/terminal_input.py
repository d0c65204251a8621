"""Reads what a terminal sends so that nothing it sends can end the program.

Textual stops with a traceback on bytes that are no UTF-8, as in mouse reports of the old form, and on key codes that are
no characters.
"""

import codecs
import re
import shutil
import sys
import textwrap

from textual.drivers.linux_driver import LinuxDriver
from textual.events import Event, Key, Resize
from textual.message import Message

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.ui.textual_private import read_terminal_with

_OLD_MOUSE_REPORT = re.compile(rb"\x1b\[M.{3}", re.DOTALL)
_CUT_OLD_MOUSE_REPORT = re.compile(rb"\x1b\[M.{0,2}\Z", re.DOTALL)
_KEY_CODE = re.compile(rb"\x1b\[(\d[\d:;]*)[u~A-HPQRS]")
_ALT_KEY = re.compile(rb"\x1b([\dac-eg-z])")
"""Alt with a key. Textual takes some for a character that a Mac types so, and a field would take the letter of others;
Alt+B and Alt+F are for moving by words."""
_MIN_PASTED_LINE = 20
"""Characters of a line with a blank in it, beside another line, that nobody types ahead while a screen opens."""
_BEGIN_PASTE, _END_PASTE = "\x1b[200~", "\x1b[201~"
_MAX_COLUMNS, _MAX_ROWS = 2_000, 1_000
"""A terminal does not report a larger window; laying one out could take all memory."""


class InputDecoder:
    """Decodes UTF-8 from a terminal; leaves out other bytes, codes of no character, and mouse reports of the old form.

    Those are three bytes of any value after `ESC [ M`; the program asks for the newer form, which is plain ASCII. A paste
    that comes as keys is marked as a paste, for each of its line ends would be an Enter.
    """

    def __init__(self) -> None:
        self._utf8 = codecs.getincrementaldecoder("utf-8")("ignore")
        self._incomplete = b""
        self._is_in_paste = False
        self._last_seen = ""

    def decode(self, data: bytes, final: bool = False) -> str:  # noqa: FBT001, FBT002 - as the codecs module has it
        """The text of the next bytes; the beginning of a report is held back until its end has come."""
        data, self._incomplete = _OLD_MOUSE_REPORT.sub(b"", self._incomplete + data), b""
        if alt_key := _ALT_KEY.fullmatch(data):
            data = b"\x1b[%d;3u" % ord(alt_key[1])
        if not final and (cut_report := _CUT_OLD_MOUSE_REPORT.search(data)):
            data, self._incomplete = data[: cut_report.start()], cut_report[0]
        decoded = self._utf8.decode(_KEY_CODE.sub(_without_impossible_code, data), final)
        if not self._is_in_paste and _is_paste_sent_as_keys(decoded):
            return f"{_BEGIN_PASTE}{decoded}{_END_PASTE}"
        seen = self._last_seen + decoded
        begun, ended = seen.rfind(_BEGIN_PASTE), seen.rfind(_END_PASTE)
        self._is_in_paste = begun > ended or (self._is_in_paste and ended < 0)
        self._last_seen = seen[1 - len(_END_PASTE) :]
        return decoded


def _is_paste_sent_as_keys(text: str) -> bool:
    """Whether a text that came at once is a paste of several lines, from a terminal that does not mark it."""
    lines = text.replace("\n", "\r").replace("\t", " ").rstrip("\r").split("\r")
    return (
        len(lines) > 1
        and all(line.isprintable() for line in lines)
        and any(len(line) >= _MIN_PASTED_LINE and " " in line.strip() for line in lines)
    )


def _without_impossible_code(sequence: re.Match[bytes]) -> bytes:
    codes = [int(code[:9]) for code in re.findall(rb"\d+", sequence[1])]
    return sequence[0] if all(code <= sys.maxunicode and not 0xD800 <= code <= 0xDFFF for code in codes) else b""


class TerminalDriver(LinuxDriver):
    """Textual's driver for terminals, but what cannot be read is left out."""

    def run_input_thread(self) -> None:
        """Read until the program ends; what raises an error is dropped together with the keys that came with it."""
        read_terminal_with(InputDecoder)
        while not self.exit_event.is_set():
            try:
                super().run_input_thread()
            except (ValueError, OverflowError):
                continue
            except OSError:  # the terminal is gone; the App notices, saves and ends
                self.exit_event.wait()

    def start_application_mode(self) -> None:
        """Take over the terminal. Its own cursor shows where typed text goes, so that fields draw none."""
        super().start_application_mode()  # type: ignore[no-untyped-call]  # as Textual has it
        self._app.add_class("-terminal-cursor")

    def suspend_application_mode(self) -> None:
        """Give the terminal back, and say how to come back, and what takes a change back there."""
        super().suspend_application_mode()
        sentences = (
            _("metaoptout-tui waits. Type fg and press Enter to go on; all is saved."),
            _("Ctrl+Z only pauses. To take back your last change, press u there."),
        )
        for sentence in sentences:
            for line in textwrap.wrap(sentence, shutil.get_terminal_size().columns, break_long_words=False):
                print(line, file=self._file, flush=True)

    def write(self, data: str) -> None:
        """Write to the terminal, unless it is gone: the thread that writes has ended then, and would be waited for."""
        if self._writer_thread is not None and self._writer_thread.is_alive():
            super().write(data)

    def process_message(self, message: Message) -> None:
        """Pass on a key, a click or a new size, unless it is an impossible size."""
        if isinstance(message, Resize) and not _is_possible_size(message):
            return
        super().process_message(_with_character(message) if isinstance(message, Key) else message)


def _is_possible_size(resize: Resize) -> bool:
    return 0 < resize.size.width <= _MAX_COLUMNS and 0 < resize.size.height <= _MAX_ROWS


def _with_character(event: Key) -> Event:
    """The key with the character that it types: a terminal may send a plain key as a code (`CSI 32 u`) without it."""
    name = event.key.removeprefix("shift+")
    if event.character is not None or (len(name) > 1 and name != "space"):
        return event
    character = " " if name == "space" else name
    return Key(event.key, character.upper() if event.key != name else character)
