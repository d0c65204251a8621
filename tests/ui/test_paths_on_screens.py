"""A path that is longer than a line goes on behind a slash, where people and eyes part it."""

import pytest

from metaoptout_tui.ui.text.builder import wrap_by_cells, wrap_to_lines
from metaoptout_tui.ui.widgets.frame import StatusLine
from samples import account, record
from ui.driving import OpenScreen

PATH = "~/Documents/metaoptout-tui/objections-of-anna/letters/2026-11-23-complaint-to-the-authority.html"


@pytest.mark.parametrize("columns", [80, 60, 45])
async def test_what_is_said_of_a_file_breaks_its_path_behind_a_slash(walk: OpenScreen, columns: int) -> None:
    async with walk(record(account()), size=(columns, 24)) as me:
        me.app.screen.say(f"Written: {PATH}, and beside it the same.")  # type: ignore[attr-defined]  # every screen of ours has it
        await me.settled()
        region = me.app.screen.query_one(StatusLine).region
        lines = [strip.text.strip() for strip in me.strips()[region.y : region.bottom]]
        ends = [line[-1] for line in lines if "/" in line]
        assert "".join(lines).replace(" ", "").startswith(f"Written:{PATH}")
        assert all(end == "/" for end in ends[:-1])


@pytest.mark.parametrize("width", [50, 60, 76])
def test_headlines_and_texts_break_paths_behind_a_slash(width: int) -> None:
    for lines in (wrap_by_cells(f"Kept as {PATH}", width), wrap_to_lines(f"Kept as {PATH}", width, 4)):
        assert "".join(lines).replace(" ", "") == f"Keptas{PATH}"
        assert all(line.endswith(("/", "as")) for line in lines[:-1])
