"""What does not fit into its region shows a scroll bar, so that a person knows that there is more: on every screen."""

import pytest
from textual.widget import Widget
from textual.widgets import Input, Static

from exhaustive import parametrize_some
from metaoptout_tui.core.language import translation
from metaoptout_tui.translations.catalogues import load_catalogue
from metaoptout_tui.ui.terminal import ASCII_SYMBOLS, UNICODE_SYMBOLS, Symbols
from metaoptout_tui.ui.widgets.reader import Reader
from metaoptout_tui.ui.widgets.scroll_bar import MORE_ABOVE, MORE_BELOW, ArrowedScrollBar, use_scroll_bars_with_arrows
from ui.driving import EVERYTHING, WAYS, OpenScreen, Walker, go, offer_for

SIZES = ((80, 24), (60, 20))


def has_bar_in_view(me: Walker, widget: Widget) -> bool:
    """Whether a scroll bar of the widget is drawn where a person sees it."""
    if not widget.show_vertical_scrollbar:
        return False
    bar = widget.vertical_scrollbar
    visible = me.app.screen._compositor.visible_widgets
    return bar in visible and bool(visible[bar][0].intersection(visible[bar][1]).height)


def without_a_sign(me: Walker) -> list[str]:
    """Every part with rows out of view, of which no scroll bar tells, neither its own nor one of what it stands in."""
    visible, faults = me.app.screen._compositor.visible_widgets, []
    for widget in me.app.screen.walk_children(Widget):
        if not widget.region.area or isinstance(widget, Input):
            continue
        around = [each for each in widget.ancestors if isinstance(each, Widget)]
        if widget.is_scrollable and widget.max_scroll_y > 0 and not isinstance(widget, Static):
            if not has_bar_in_view(me, widget):
                faults.append(f"{widget!r} scrolls by {widget.max_scroll_y} rows")
            elif not has_arrow(me, widget):
                faults.append(f"{widget!r} has no arrow that says so")
        seen = visible[widget][0].intersection(visible[widget][1]).height if widget in visible else 0
        if seen < widget.region.height and not any(has_bar_in_view(me, each) for each in around):
            faults.append(f"{widget!r} shows {seen} of {widget.region.height} rows")
    return faults


def has_arrow(me: Walker, widget: Widget) -> bool:
    """Whether the scroll bar has an arrow at an end beyond which there is more."""
    bar = me.app.screen._compositor.visible_widgets[widget.vertical_scrollbar][0]
    column = [strip.crop(bar.x, bar.right).text for strip in me.strips()[bar.y : bar.bottom]]
    is_above, is_below = widget.scroll_y > 0, widget.scroll_y < widget.max_scroll_y
    return (not is_above or bar.height == 1 or column[0] == MORE_ABOVE) and (not is_below or column[-1] == MORE_BELOW)


@parametrize_some(
    [("", "checklist"), ("de", "account")], ("language", "place"), [(each, way) for each in ("", "de") for way in WAYS]
)
async def test_rows_out_of_view_are_always_told_of(walk: OpenScreen, language: str, place: str) -> None:
    if language:
        catalogue = load_catalogue(language)
        assert catalogue is not None
        translation.use_catalogue(catalogue)
    way = WAYS[place]
    async with walk(EVERYTHING, at=(way.account, way.step), offer=offer_for(place)) as me:
        await go(me, place)
        for size in SIZES:
            await me.resize(*size)
            assert without_a_sign(me) == [], size


@pytest.mark.parametrize("symbols", [UNICODE_SYMBOLS, ASCII_SYMBOLS])
async def test_the_arrow_goes_at_the_end_and_another_says_what_is_above(walk: OpenScreen, symbols: Symbols) -> None:
    async with walk(EVERYTHING, size=SIZES[1]) as me:
        use_scroll_bars_with_arrows(is_ascii=symbols is ASCII_SYMBOLS)
        above, below = ArrowedScrollBar.arrows
        await me.press("f11")
        bar = me.app.screen.query_one(Reader).vertical_scrollbar.region
        assert (me.strips()[bar.y].text[bar.x], me.strips()[bar.bottom - 1].text[bar.x]) != (above, below)
        assert me.strips()[bar.bottom - 1].text[bar.x] == below
        await me.press("end")
        assert me.strips()[bar.y].text[bar.x] == above
        assert me.strips()[bar.bottom - 1].text[bar.x] != below
    use_scroll_bars_with_arrows(is_ascii=False)
