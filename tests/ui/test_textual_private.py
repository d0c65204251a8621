"""What is used of Textual's private names still does what it is used for; each test fails where a new Textual changes it."""

import asyncio
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.color import ColorSystem
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.geometry import Offset, Region, Size
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Input, Static

from metaoptout_tui import ui
from metaoptout_tui.ui.terminal_output import PlacedStrip
from metaoptout_tui.ui.textual_private import (
    ChangesOnlyApp,
    CrashReportingApp,
    HeldBackScreen,
    RowwiseOptionList,
    draw_once,
    end_after_crash,
    has_given_terminal_back,
    line_of_option,
    own_bindings_for_key,
)
from ui.driving import PATIENCE


class _CrashingApp(CrashReportingApp[None]):
    def on_mount(self) -> None:
        private = "secret.canary@example.org"
        raise RuntimeError(private)

    def report_crash(self) -> None:
        end_after_crash(self, f"It broke: {type(sys.exc_info()[1]).__name__}.", 70)


def test_after_a_crash_only_the_apps_own_report_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    app = _CrashingApp()
    app.run(headless=True)
    printed = capsys.readouterr()
    assert "It broke: RuntimeError." in printed.err
    assert "secret.canary" not in printed.out + printed.err
    assert app.return_code == 70


async def test_it_is_known_whether_the_terminal_was_given_back() -> None:
    linux_driver = pytest.importorskip("textual.drivers.linux_driver")
    app = App[None]()
    assert has_given_terminal_back(app)  # before there is a driver nothing is known
    driver = app._driver = linux_driver.LinuxDriver(app)
    assert not has_given_terminal_back(app)
    driver._must_signal_resume = True
    assert has_given_terminal_back(app)


class _ScreenWithField(Screen[None]):
    BINDINGS = [("enter", "save", "Save")]

    def compose(self) -> ComposeResult:
        yield Input()


async def test_the_screens_own_key_is_found_while_a_field_takes_it() -> None:
    app = App[None]()
    async with app.run_test() as pilot:
        screen = _ScreenWithField()
        await app.push_screen(screen)
        await pilot.pause()
        assert isinstance(screen.focused, Input)
        assert screen.active_bindings["enter"].binding.action != "save"
        assert [binding.action for binding in own_bindings_for_key(screen, "enter")] == ["save"]
        assert own_bindings_for_key(screen, "f12") == []


class _CountingApp(App[None]):
    """Counts how often something is drawn."""

    drawn = 0

    def get_default_screen(self) -> Screen[None]:
        return HeldBackScreen()

    def _display(self, screen: Screen[object], renderable: object) -> None:
        del screen
        if renderable is not None and not self._batch_count:
            self.drawn += 1


async def test_a_screen_that_was_held_back_is_drawn_once() -> None:
    app = _CountingApp()
    app._begin_batch()
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.screen._compositor._dirty_regions  # nothing of it was rendered in vain
        assert app.drawn == 0
        app._end_batch()
        draw_once(app.screen)
        for _ in range(3):
            await pilot.pause(0.02)
        assert app.drawn == 1


class _WidthInWords(Static):
    """Says how wide it is, once it knows; in more lines than before, the second time."""

    def on_resize(self) -> None:
        self.update(f"{self.size.width} columns\n" * (2 if self.size.width == 80 else 3))


class _WidthScreen(HeldBackScreen[None]):
    def compose(self) -> ComposeResult:
        yield _WidthInWords("not known how wide")
        yield Static("below it")


class _PicturesApp(App[None]):
    """Keeps the words of all that it draws."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures: list[list[str]] = []

    def get_default_screen(self) -> Screen[None]:
        return _WidthScreen()

    def _display(self, screen: Screen[object], renderable: object) -> None:
        del renderable
        strips = screen._compositor.render_strips()
        self.pictures.append([line for strip in strips if (line := strip.text.rstrip())])


async def _until(holds: Callable[[], object]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < give_up
        await asyncio.sleep(0)


async def test_a_layout_is_drawn_once_the_widgets_have_dealt_with_their_sizes() -> None:
    app = _PicturesApp()
    async with app.run_test() as pilot:
        await _until(lambda: app.pictures)
        assert all(picture == ["80 columns", "80 columns", "below it"] for picture in app.pictures)
        app.pictures.clear()
        await pilot.resize_terminal(60, 20)
        await _until(lambda: app.pictures)
        assert all(picture == [*["60 columns"] * 3, "below it"] for picture in app.pictures)


class _DeafWidget(Static):
    """Does not hear of its size for a long time."""

    async def on_resize(self) -> None:
        await asyncio.Event().wait()


class _DeafScreen(HeldBackScreen[None]):
    def compose(self) -> ComposeResult:
        yield _DeafWidget("still here")


async def test_a_widget_that_never_deals_with_its_size_keeps_nothing_from_being_drawn() -> None:
    app = _PicturesApp()
    async with app.run_test():
        await _until(lambda: app.pictures)
        screen = _DeafScreen()
        app.push_screen(screen)
        await _until(lambda: ["still here"] in app.pictures)
        task = screen.query_one(_DeafWidget)._task
        assert task is not None
        task.cancel()


async def test_a_screen_that_is_closed_before_it_was_drawn_is_gone() -> None:
    app = _PicturesApp()
    async with app.run_test():
        await _until(lambda: app.pictures)
        screen = _WidthScreen()
        app.push_screen(screen)
        await _until(lambda: screen._latest_draw is not None)
        await asyncio.wait_for(app.pop_screen(), PATIENCE)
        assert not screen.is_running
        app.pictures.clear()
        app.screen.refresh()
        await _until(lambda: app.pictures)


class _ListScreen(HeldBackScreen[None]):
    def compose(self) -> ComposeResult:
        yield RowwiseOptionList(*[f"row {number}" for number in range(9)])


class _RecordingApp(ChangesOnlyApp[None]):
    """Keeps what was to be written."""

    is_headless = False

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[dict[Offset, str]] = []

    def get_default_screen(self) -> Screen[None]:
        return _ListScreen()

    def changes_to_write(self, strips: Iterator[PlacedStrip], size: Size, color_system: ColorSystem) -> str:
        assert size == Size(80, 24)
        assert isinstance(color_system, ColorSystem)
        self.frames.append({Offset(column, row): strip.text for row, column, strip in strips})
        return ""


async def test_what_is_drawn_comes_with_its_place_and_only_the_rows_that_changed() -> None:
    app = _RecordingApp()
    async with app.run_test() as pilot:
        await pilot.pause(0.02)
        rows = app.screen.query_one(RowwiseOptionList)
        places = {row: line_of_option(rows, row) for row in range(9)}
        assert places == {row: row for row in range(9)}
        whole = {place.y: text for frame in app.frames for place, text in frame.items()}
        assert len(whole) == 24
        app.frames.clear()
        await pilot.press("down")
        await pilot.pause(0.02)
        assert [sorted(place.y - rows.content_region.y for place in frame) for frame in app.frames] == [[0, 1]]


class _Behind(Horizontal):
    """Stands behind its children; knows how often it was asked for lines."""

    asked = 0

    def render_lines(self, crop: Region) -> list[Strip]:
        self.asked += 1
        return super().render_lines(crop)


class _ChildrenInFront(App[None]):
    CSS = "_Behind { background: red; } _Behind > * { width: 1fr; height: 1fr; background: blue; }"

    def __init__(self, margin: int) -> None:
        super().__init__()
        self.margin = margin

    def get_default_screen(self) -> Screen[None]:
        return HeldBackScreen()

    async def on_mount(self) -> None:
        right = Static("right")
        right.styles.margin = self.margin
        await self.screen.mount(_Behind(Static("left"), right))


@pytest.mark.parametrize(("margin", "is_seen"), [(0, False), (1, True)])
async def test_what_others_cover_together_is_not_drawn_and_what_is_seen_between_them_is(
    margin: int, *, is_seen: bool
) -> None:
    app = _ChildrenInFront(margin)
    async with app.run_test() as pilot:
        await pilot.pause()
        behind = app.query_one(_Behind)
        asked = behind.asked
        picture = app.export_screenshot()
        assert (behind.asked > asked) == is_seen
        assert ("#ff0000" in picture) == is_seen
        assert "#0000ff" in picture


def test_no_handler_of_an_event_calls_that_of_its_base_which_textual_calls_itself() -> None:
    calls = re.compile(r"super\(\)\.on_(?!event\b)\w+")
    files = (Path(ui.__file__).parent).rglob("*.py")
    assert {path.name: found for path in files if (found := calls.findall(path.read_text(encoding="utf-8")))} == {}
