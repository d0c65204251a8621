"""A file in pieces: nothing is lost, nothing that is looked for is cut, and a piece is never large."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.imports.files import OVERLAP_BYTES, read_blocks


def pieces(data: bytes, size: int) -> list[bytes]:
    return [bytes(buffer[:end]) for buffer, end in read_blocks(io.BytesIO(data), size)]


@given(st.lists(st.integers(0, 900), max_size=12), st.integers(400, 600))
def test_lines_that_fit_are_never_cut_and_none_is_lost(lengths: list[int], size: int) -> None:
    lines = [b"%03d" % number + b"x" * min(length, size - 4) for number, length in enumerate(lengths)]
    found = pieces(b"\n".join(lines), size)
    assert b"".join(found) == b"".join(b"\n" + line for line in lines)
    assert all(piece.startswith(b"\n") and len(piece) <= 2 * size for piece in found)


@pytest.mark.parametrize("at", range(900, 1_100, 7))
def test_what_is_looked_for_in_one_long_line_is_whole_in_some_piece(at: int) -> None:
    line = b"a" * at + b"@Meta AI" + b"b" * 3_000
    found = pieces(line + b"\nnext", 1_000)
    assert any(b"@Meta AI" in piece for piece in found)
    assert found[-1] == b"\nnext"
    assert all(len(piece) <= 2_000 + OVERLAP_BYTES for piece in found)


@pytest.mark.parametrize("data", [b"", b"\n", b"\n\n\n", b"a", b"a\n", b"\na"])
def test_small_files_come_in_one_piece_or_none(data: bytes) -> None:
    assert b"".join(pieces(data, 400)).strip(b"\n") == data.strip(b"\n")
