"""What a terminal sends is read without an error, whatever it is."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

if sys.platform == "win32":
    pytest.skip("Textual's driver for terminals does not exist here", allow_module_level=True)

from textual.drivers import linux_driver

from metaoptout_tui.ui.terminal_input import InputDecoder
from metaoptout_tui.ui.textual_private import read_terminal_with


def decoded(*chunks: bytes) -> str:
    """What arrives of these reads."""
    decoder = InputDecoder()
    return "".join([*map(decoder.decode, chunks), decoder.decode(b"", final=True)])


def test_textual_reads_with_our_decoder() -> None:
    run_input_thread = linux_driver.LinuxDriver.run_input_thread
    assert "getincrementaldecoder" in run_input_thread.__code__.co_names
    read_terminal_with(InputDecoder)
    assert isinstance(vars(linux_driver)["getincrementaldecoder"]("utf-8")(), InputDecoder)


def test_typed_text_arrives_as_it_is_however_it_is_cut() -> None:
    typed = "Zoë 日本 😀\x1b[A\x1b[<0;3;4M"
    assert decoded(typed.encode()) == typed
    assert decoded(*(bytes([byte]) for byte in typed.encode())) == typed


@pytest.mark.parametrize("report", [b"\x1b[M \xa0\xff", b"\x1b[M\xc3\xa9\xc3", b"\x1b[M\x00\x1b\x80"])
def test_a_mouse_report_of_the_old_form_is_left_out(report: bytes) -> None:
    assert decoded(b"a" + report + b"b") == "ab"
    assert decoded(b"a" + report[:4], report[4:] + b"b") == "ab"
    assert decoded(b"a" + report[:3], report[3:], b"b") == "ab"


@pytest.mark.parametrize("code", [b"99999999999", b"1114112", b"55296", b"97;1114112", b"97;1;1114112:97"])
def test_a_key_code_of_no_character_is_left_out(code: bytes) -> None:
    assert decoded(b"a\x1b[" + code + b"ub") == "ab"
    assert decoded(b"a\x1b[97;2ub") == "a\x1b[97;2ub"


PASTED = "Dear Meta,\rI object to the use of my data.\r"


def test_lines_that_come_at_once_are_a_paste_and_are_marked_once() -> None:
    assert decoded(PASTED.encode()) == f"\x1b[200~{PASTED}\x1b[201~"
    marked = f"\x1b[200~{PASTED}\x1b[201~"
    assert decoded(marked.encode()) == marked
    halves = (marked[:4].encode(), marked[4:6].encode(), PASTED.encode(), PASTED.encode(), marked[-6:].encode())
    assert decoded(*halves) == f"\x1b[200~{PASTED}{PASTED}\x1b[201~"


@pytest.mark.parametrize(
    "typed",
    [
        "a line and Enter behind it\r",
        "g\rs\r",
        "nether\r \ranna@example.org\r\r\rs\r",
        "\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r",
        "no line end at all",
    ],
)
def test_keys_that_were_typed_ahead_stay_keys(typed: str) -> None:
    assert decoded(typed.encode()) == typed


def test_alt_with_a_key_is_that_key_and_no_character() -> None:
    assert InputDecoder().decode(b"\x1b2") == "\x1b[50;3u"
    assert InputDecoder().decode(b"\x1bp") == "\x1b[112;3u"
    assert InputDecoder().decode(b"\x1bf") == "\x1bf"


def test_a_pressed_escape_is_not_held_back() -> None:
    assert InputDecoder().decode(b"\x1b") == "\x1b"


@given(st.lists(st.binary(max_size=12), max_size=8))
def test_no_bytes_raise_an_error(chunks: list[bytes]) -> None:
    assert "\ufffd" not in decoded(*chunks)
