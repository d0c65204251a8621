"""Lines for a terminal: broken at blanks, and never within a word, an option or a command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.line_wrapping import parts_of_long_paths, wrap_line, wrap_text
from metaoptout_tui.core.text import display_width

NOTE = "There are also records of Rosa. `metaoptout-tui paths --person NAME` prints where one of them is."


def test_a_line_ends_at_a_word_and_never_within_a_command() -> None:
    for width in range(36, 120):
        lines = wrap_line(NOTE, width)
        assert " ".join(lines) == NOTE
        assert sum("`metaoptout-tui paths --person NAME`" in line for line in lines) == 1
        assert all(display_width(line) <= width for line in lines)


def test_columns_keep_their_blanks_and_a_further_line_begins_as_far_in() -> None:
    assert wrap_line("  Facebook   waits for Meta", 18) == ["  Facebook   waits", "  for Meta"]


def test_what_is_longer_than_a_line_stays_whole_on_its_own() -> None:
    path = "/srv/records/a-folder-with-a-long-name/progress.toml"
    assert wrap_line(f"It is in {path} now.", 20) == ["It is in", path, "now."]
    assert wrap_line("--person", 4) == ["--person"]


@given(st.text(alphabet="ab-` \u00a0é界", max_size=60), st.integers(4, 30))
def test_nothing_is_lost_and_only_what_stays_whole_is_wider(text: str, width: int) -> None:
    wrapped = wrap_text(text, width)
    assert "".join(wrapped.split()) == "".join(text.split())
    for line in wrapped.split("\n"):
        assert display_width(line) <= width or len(wrap_line(line.strip(" "), width)) == 1


PATH = "~/.local/share/metaoptout-tui/evidence/facebook/confirmation-of-the-objection.pdf"


@pytest.mark.parametrize("width", [30, 40, 60])
def test_a_path_longer_than_a_line_is_broken_behind_slashes_only(width: int) -> None:
    parts = parts_of_long_paths(f"Saved as {PATH}.", width)
    assert "".join(parts) == f"Saved as {PATH}."
    assert all(part.endswith("/") for part in parts[:-1])
    assert max(len(part.removeprefix("Saved as ")) for part in parts) <= max(
        width, len("confirmation-of-the-objection.pdf.")
    )


def test_a_path_that_fits_on_a_line_stays_whole() -> None:
    assert parts_of_long_paths(f"Saved as {PATH}", len(PATH)) == [f"Saved as {PATH}"]
