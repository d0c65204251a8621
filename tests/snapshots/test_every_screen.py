"""Every screen as a picture, in the usual terminal and in a narrow one. A new row of `WAYS` is drawn without another line."""

from io import StringIO
from pathlib import Path

import pytest
from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]  # it has no types
from rich.console import Console
from rich.terminal_theme import MONOKAI
from syrupy.assertion import SnapshotAssertion

from exhaustive import parametrize_some
from metaoptout_tui.ui.screens import SCREEN_CLASSES
from ui.driving import EVERYTHING, SOME_PLACES, WAYS, OpenScreen, Walker, go, offer_for

SIZES = ((80, 24), (60, 20))
NEVER_THE_SAME = {
    "scan": ("test_chats_are_read", "test_chats_are_read_in_a_narrow_terminal"),
    "download-reading": ("test_a_download_is_read[usual]", "test_a_download_is_read[narrow]"),
    "kept": ("test_what_is_kept_and_where", "test_what_is_kept_and_where_in_a_narrow_terminal"),
    "purge": ("test_all_of_it_can_be_deleted[usual]", "test_all_of_it_can_be_deleted[narrow]"),
}
"""Screens that show how far the reading has come, or a path that each run has for itself, with their other pictures."""


@pytest.fixture(autouse=True)
def _home_with_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _no_home: None) -> None:
    """A home folder whose name, which stands in trees of files, is always the same."""
    home = tmp_path / "anna"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))


def picture(me: Walker) -> str:
    """The screen as an SVG."""
    width, height = me.app.size
    console = Console(
        width=width,
        height=height,
        file=StringIO(),
        force_terminal=True,
        color_system="truecolor",
        record=True,
        legacy_windows=False,
    )
    console.print(me.screen._compositor.render_full_update(simplify=True))
    return console.export_svg(title="", theme=MONOKAI, unique_id="screen")


@parametrize_some(1, "size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@parametrize_some(SOME_PLACES, "place", [place for place in WAYS if place not in NEVER_THE_SAME])
async def test_it_looks_as_in_its_picture(
    walk: OpenScreen, place: str, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    way = WAYS[place]
    async with walk(EVERYTHING, at=(way.account, way.step), offer=offer_for(place), size=size) as me:
        await go(me, place)
        await me.until(lambda: "Reading …" not in me.text)
        await me.until(lambda: me.app.focused is not None, "the focus")
        await me.settled()
        assert picture(me) == snapshot(extension_class=SVGImageExtension)


def test_every_screen_has_its_pictures_at_both_sizes() -> None:
    drawn = {picture.stem for picture in Path(__file__).parent.glob("__snapshots__/*/*.svg")}
    here = {f"test_it_looks_as_in_its_picture[{place}-{width}x{height}]" for place in WAYS for width, height in SIZES}
    missing = {name for name in here - drawn if name.partition("[")[2].rpartition("-")[0] not in NEVER_THE_SAME}
    assert missing == set()
    assert {name for names in NEVER_THE_SAME.values() for name in names} <= drawn
    assert {*SCREEN_CLASSES} <= {*WAYS}
