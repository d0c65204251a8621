"""The only uses of Textual's private names, for what Textual does not offer publicly.

`tests/ui/test_textual_private.py` fails when a new Textual has them no longer.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from rich.color import ColorSystem
from rich.console import RenderableType
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate, ReflowResult
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import OptionList

from metaoptout_tui.ui.terminal_output import PlacedStrip

Result = TypeVar("Result")


class CrashReportingApp(App[Result]):
    """An App with a crash report of its own: Textual's report contains the values of local variables."""

    def report_crash(self) -> None:
        """Print a report, while the exception is being handled, and end."""
        raise NotImplementedError  # each App has its own report

    def _fatal_error(self) -> None:
        self.report_crash()


class ChangesOnlyApp(App[Result]):
    """An App that writes to the terminal what differs from what it shows: Textual writes every widget it drew again."""

    def changes_to_write(self, strips: Iterator[PlacedStrip], size: Size, color_system: ColorSystem) -> str:
        """What to write for these strips; empty for nothing."""
        raise NotImplementedError  # each App has its own

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        driver = self._driver
        if (
            not isinstance(renderable, ChopsUpdate | LayoutUpdate)
            or driver is None
            or driver.is_inline
            or self.is_headless
            or self._batch_count
            or self._closed
            or not self._running
        ):
            super()._display(screen, renderable)
            return
        color_system = self.console._color_system or ColorSystem.TRUECOLOR  # noqa: SLF001 - as Textual draws
        try:
            changes = self.changes_to_write(_placed_strips(renderable), screen.outer_size, color_system)
        except Exception as error:  # noqa: BLE001 - as in Textual: a fault while drawing ends the program
            self._handle_exception(error)
            changes = ""
        if changes:
            self._begin_update()
            driver.write(changes)
            self._end_update()
            driver.flush()
        self.post_display_hook()


def _placed_strips(update: ChopsUpdate | LayoutUpdate) -> Iterator[PlacedStrip]:
    """The strips of an update, each with its place."""
    if isinstance(update, LayoutUpdate):
        for row, strips in enumerate(update.strips, start=update.region.y):
            column = update.region.x
            for strip in strips:
                yield PlacedStrip(row, column, strip)
                column += strip.cell_length
    else:
        for row in sorted({row for row, _, _ in update.spans}):
            for column, part in update.chops[row].items():
                if part is not None:
                    yield PlacedStrip(row, column, part)


class RowwiseOptionList(OptionList):
    """A list that draws only the two rows between which the highlight moves: Textual draws all of it again."""

    highlighted: reactive[int | None] = reactive(None, repaint=False)
    _last_highlighted: int | None = None

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Draw the row that was highlighted and the one that is."""
        for index in (self._last_highlighted, highlighted):
            if index is not None:
                self.refresh_option(index)
        self._last_highlighted = highlighted
        super().watch_highlighted(highlighted)

    def measure_rows(self) -> None:
        """Take over how many lines the rows have now: Textual would find that out while it draws, and lay out once more."""
        self._update_lines()

    def refresh_option(self, index: int) -> None:
        """Draw one row again."""
        line = self._index_to_line.get(index)
        if line is not None:
            self.refresh_lines(line, self._heights[index])


def line_of_option(options: OptionList, index: int) -> int | None:
    """The first line of a row, counted from the first row; None before the list has a size."""
    return options._index_to_line.get(index)  # noqa: SLF001 - rows may have several lines


def first_lines(options: OptionList) -> list[int]:
    """The first line of each row, counted from the first row; empty before the list has a size."""
    return list(options._index_to_line.values())  # noqa: SLF001 - rows may have several lines


class LinesView(ScrollView):
    """A view of lines in a place of fixed size: more or fewer lines need no new layout of the screen."""

    def set_line_count(self, columns: int, count: int) -> None:
        """Take over how many lines there are and how wide they are, with the scroll bar that follows from it."""
        size = Size(columns, count)
        if not self.container_size or self.styles.auto_dimensions:
            self.virtual_size = size
        elif size != self.virtual_size:
            self.set_reactive(LinesView.virtual_size, size)
            self._scroll_update(size)


class LinewiseCompositor(Compositor):
    """Asks widgets only for the lines that are drawn again, and none that others cover: Textual asks for all.

    `resized` holds the widgets that a layout gave another size.
    """

    def __init__(self) -> None:
        super().__init__()
        self.resized: set[Widget] = set()

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """Give every widget its place and its size."""
        result = super().reflow(parent, size)
        self.resized |= result.shown | result.resized
        return result

    def _get_renders(self, crop: Region | None = None) -> Iterator[tuple[Region, Region, list[Strip]]]:
        to_draw = crop or self.size.region
        in_front: list[Region] = []
        for widget, (region, clip) in self.visible_widgets.items():  # the foremost first
            if not to_draw.overlaps(clip):
                continue
            visible = region.intersection(clip)
            drawn = visible.intersection(Region(0, to_draw.y, self.size.width, to_draw.height))
            if drawn and not _is_covered(drawn, in_front):
                yield region, drawn, widget.render_lines(drawn.translate(-region.offset))
                in_front.append(drawn)
            if visible.contains_region(to_draw):
                break


def _is_covered(region: Region, others: Iterable[Region]) -> bool:
    """Whether other regions together cover all of a region, as the parts of a screen do what they stand in."""
    uncovered = [region]
    for other in others:
        uncovered = [part for each in uncovered for part in _parts_outside(each, other)]
    return not uncovered


def _parts_outside(region: Region, other: Region) -> list[Region]:
    overlap = region.intersection(other)
    if not overlap:
        return [region]
    parts = (
        Region(region.x, region.y, region.width, overlap.y - region.y),
        Region(region.x, overlap.bottom, region.width, region.bottom - overlap.bottom),
        Region(region.x, overlap.y, overlap.x - region.x, overlap.height),
        Region(overlap.right, overlap.y, region.right - overlap.right, overlap.height),
    )
    return [part for part in parts if part]


class HeldBackScreen(Screen[Result]):
    """A screen that is drawn once it is complete.

    Textual draws each layout before the widgets have heard of their new sizes, so that text would be seen wrapped for another
    width, and then right. Here a layout is drawn when they have, and no other layout follows from it. Nor is anything rendered
    while the App holds updates back: Textual would render it and discard that.
    """

    def __init__(self) -> None:
        super().__init__()
        self._compositor: LinewiseCompositor = LinewiseCompositor()
        self._unsettled = 0
        self._is_quiet = False
        self._latest_draw: Timer | None = None

    def _compositor_refresh(self) -> None:
        if self.app._batch_count:  # noqa: SLF001 - the reason above
            return
        resized = self._compositor.resized
        if resized and self.is_current:
            self._compositor.resized = set()
            self._is_quiet = False
            if self._latest_draw is None:
                self._latest_draw = self.set_timer(_LATEST_DRAW_AFTER_LAYOUT, self._draw_settled)
            self._wait_for(resized)
        if self._latest_draw is None or not self.is_current:
            super()._compositor_refresh()
        else:
            self._compositor.update_widgets(self._dirty_widgets)
            self._dirty_widgets.clear()

    def _wait_for(self, widgets: Iterable[Widget]) -> None:
        """Go on when these widgets have dealt with what they were told until now."""
        self._unsettled += 1
        for widget in widgets:
            self._unsettled += widget.call_later(self._one_settled)
        self._one_settled()

    def _one_settled(self) -> None:
        self._unsettled -= 1
        if not self._unsettled:
            self.call_later(self._draw_if_settled)

    def _draw_if_settled(self) -> None:
        if self._unsettled or self._latest_draw is None:
            return
        if not self.is_current or self.app._batch_count:  # noqa: SLF001 - then Textual lays nothing out, so nothing settles
            self._stop_waiting()
            self.refresh()
            return
        if self._layout_required or self._scroll_required or self._dirty_widgets or self._callbacks:
            self._is_quiet = False
            self._on_timer_update()  # at once: the timer is there to draw less often, and nothing is drawn now
            self._wait_for({self})
            return
        for rows in self.query(RowwiseOptionList):
            rows.measure_rows()
        waiting = [each for each in self.walk_children(Widget) if _will_be_laid_out(each)]
        if waiting or not self._is_quiet:
            self._is_quiet = not waiting
            self._wait_for({self, *waiting})  # also for what they told the screen meanwhile
        else:
            self._draw_settled()

    def _stop_waiting(self) -> None:
        if self._latest_draw is not None:
            self._latest_draw.stop()
            self._latest_draw = None

    def _draw_settled(self) -> None:
        self._stop_waiting()
        self._compositor.update_widgets(self._dirty_widgets)
        self._compositor_refresh()


def _will_be_laid_out(widget: Widget) -> bool:
    """Whether a widget waits for a layout, or for its place after scrolling."""
    return widget._layout_required or widget._scroll_required  # noqa: SLF001 - no event says so


_LATEST_DRAW_AFTER_LAYOUT = 0.25
"""Seconds after which a layout is drawn even where a widget has not dealt with its new size."""


def draw_once(screen: Screen[Any]) -> None:
    """Draw a screen that was held back, once, with its layout: Textual would draw it a second time when it is shown."""
    screen._repaint_required = False  # noqa: SLF001 - the reason above
    # At once: Textual would wait for the next sixtieth of a second.
    screen.call_later(screen._on_timer_update)  # noqa: SLF001 - the reason above


def replace_first_screen(app: App[Any], screen: Screen[Any]) -> AwaitComplete:
    """Show another screen in place of the first one: `switch_screen` takes off a callback that only later ones have."""
    if not app.screen._result_callbacks:  # noqa: SLF001 - the reason above
        app.screen._push_result_callback(app.screen, None)  # noqa: SLF001 - the reason above
    return app.switch_screen(screen)


def end_after_crash(app: App[Any], report: RenderableType, code: int) -> None:
    """End the App with an exit code, and print a report once the terminal is restored.

    `exit` could wait for a part that crashed.
    """
    app._return_code = code  # noqa: SLF001 - the reason above
    app._exit_renderables.append(report)  # noqa: SLF001 - the reason above
    app._close_messages_no_wait()  # noqa: SLF001 - the reason above


def has_given_terminal_back(app: App[Any]) -> bool:
    """Whether the App suspended itself, so that it has to set up the terminal again; True where unknown."""
    return bool(getattr(app._driver, "_must_signal_resume", True))  # noqa: SLF001 - no event says so


def read_terminal_with(make_decoder: Callable[[], object]) -> None:
    """Decode what the terminal sends with a decoder of our own: Textual's ends the program at bytes that are no UTF-8."""
    from textual.drivers import linux_driver  # not there on Windows

    vars(linux_driver)["getincrementaldecoder"] = lambda _encoding: make_decoder


def own_bindings_for_key(screen: Screen[Any], key: str) -> list[Binding]:
    """The bindings of the screen itself for a key, also those that the focused field takes first."""
    return screen._bindings.key_to_bindings.get(key, [])  # noqa: SLF001 - `active_bindings` leaves those out
