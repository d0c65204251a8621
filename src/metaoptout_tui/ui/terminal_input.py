"""Reads what a terminal sends so that nothing it sends can end the program.

Textual stops with a traceback on bytes that are no UTF-8, as in mouse reports of the old form, and on key codes that are
no characters.
"""

import codecs
import re
import sys

from textual.drivers.linux_driver import LinuxDriver
from textual.events import Event, Key, Resize
from textual.message import Message

from metaoptout_tui.ui.textual_private import read_terminal_with

_OLD_MOUSE_REPORT = re.compile(rb"\x1b\[M.{3}", re.DOTALL)
_CUT_OLD_MOUSE_REPORT = re.compile(rb"\x1b\[M.{0,2}\Z", re.DOTALL)
_KEY_CODE = re.compile(rb"\x1b\[(\d[\d:;]*)[u~A-HPQRS]")
_MAX_COLUMNS, _MAX_ROWS = 2_000, 1_000
"""A terminal does not report a larger window; laying one out could take all memory."""


class InputDecoder:
    """Decodes UTF-8 from a terminal; leaves out other bytes, codes of no character, and mouse reports of the old form.

    Those are three bytes of any value after `ESC [ M`; the program asks for the newer form, which is plain ASCII.
    """

    def __init__(self) -> None:
        self._utf8 = codecs.getincrementaldecoder("utf-8")("ignore")
        self._incomplete = b""

    def decode(self, data: bytes, final: bool = False) -> str:  # noqa: FBT001, FBT002 - as the codecs module has it
        """The text of the next bytes; the beginning of a report is held back until its end has come."""
        data, self._incomplete = _OLD_MOUSE_REPORT.sub(b"", self._incomplete + data), b""
        if not final and (cut_report := _CUT_OLD_MOUSE_REPORT.search(data)):
            data, self._incomplete = data[: cut_report.start()], cut_report[0]
        return self._utf8.decode(_KEY_CODE.sub(_without_impossible_code, data), final)


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

    def start_application_mode(self) -> None:
        """Take over the terminal. Its own cursor shows where typed text goes, so that fields draw none."""
        super().start_application_mode()  # type: ignore[no-untyped-call]  # as Textual has it
        self._app.add_class("-terminal-cursor")

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
