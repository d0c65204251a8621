"""Contrast: of the two own themes every pair that is used, and every cell that is drawn; other themes and none draw."""

import pytest
from rich.color import Color as RichColor
from textual.color import Color
from textual.command import CommandInput, CommandList
from textual.geometry import Region
from textual.theme import BUILTIN_THEMES, Theme

from exhaustive import parametrize_some
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.ui.theme import (
    ANSI_DARK_NAME,
    ANSI_LIGHT_NAME,
    CONTRAST_PAIRS,
    DARK_THEME,
    LIGHT_THEME,
    OWN_THEMES,
    initial_theme,
    unknown_theme_notices,
    variables_for_foreign_theme,
)
from metaoptout_tui.ui.widgets.reader import Reader
from samples import account, record
from ui.driving import EVERYTHING, SOME_PLACES, WAYS, OpenScreen, Walker, go, offer_for

AA = 4.5
"""The least contrast of text and ground (WCAG 2.2, 1.4.3)."""


def luminance(colour: tuple[int, int, int]) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""

    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The contrast of two colours, from 1 to 21."""
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def is_drawing(character: str) -> bool:
    """Lines, blocks and scroll bars: they part things and say nothing."""
    return "\u2500" <= character <= "\u259f"


def poor_cells(me: Walker, inside: Region | None = None) -> list[tuple[float, str, int]]:
    """Every run of text with too little contrast: how much, what, in which line. What lies behind a palette is dimmed."""
    found = []
    for row, strip in enumerate(me.strips()):
        if inside is not None:
            if not inside.y <= row < inside.bottom:
                continue
            strip = strip.crop(inside.x, inside.right)  # noqa: PLW2901 - the part of the same line
        for text, style, _ in strip:
            letters = "".join(each for each in text if not each.isspace() and not is_drawing(each))
            if not letters:
                continue
            assert style is not None
            assert style.color is not None
            assert style.bgcolor is not None
            front, back = _triplet(style.color), _triplet(style.bgcolor)
            assert not style.dim
            measured = contrast(front, back)
            if measured < AA:
                found.append((round(measured, 2), letters, row))
    return found


def _triplet(colour: RichColor) -> tuple[int, int, int]:
    assert colour.triplet is not None
    return colour.triplet


def test_the_measure_is_that_of_the_standard() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((0x76, 0x76, 0x76), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", OWN_THEMES, ids=lambda theme: theme.name)
async def test_every_pair_of_text_and_ground_can_be_read(walk: OpenScreen, theme: Theme) -> None:
    async with walk(theme=theme.name) as me:
        variables = me.app.get_css_variables()

        def resolved(name: str) -> tuple[int, int, int]:
            colour = Color.parse(variables[name])
            assert colour.a == 1
            return colour.rgb

        measured = {
            (text, ground): round(contrast(resolved(text), resolved(ground)), 2)
            for text, grounds in CONTRAST_PAIRS
            for ground in grounds
        }
        assert {pair: value for pair, value in measured.items() if value < AA} == {}


@parametrize_some(SOME_PLACES, "place", WAYS)
async def test_every_word_that_is_drawn_can_be_read_in_every_theme(walk: OpenScreen, place: str) -> None:
    way = WAYS[place]
    async with walk(EVERYTHING, at=(way.account, way.step), offer=offer_for(place), size=(110, 40)) as me:
        await go(me, place)
        for theme in (DARK_THEME, LIGHT_THEME):
            await me.use_theme(theme.name)
            assert poor_cells(me) == []
            await me.press("tab")
            assert poor_cells(me) == []
        for ansi_theme in (ANSI_DARK_NAME, ANSI_LIGHT_NAME):
            await me.use_theme(ansi_theme)
            assert unsure_words(me) == []


READABLE_ANSI_COLOURS = (None, 1, 5)
"""The terminal's own colour of text, red and magenta."""


def unsure_words(me: Walker) -> list[str]:
    """Text in the terminal's colours that is dim, or has a colour of its own that only one kind of background suits."""
    return [
        text
        for text, style, _ in (segment for strip in me.strips() for segment in strip)
        if any(not each.isspace() and not is_drawing(each) for each in text)
        and style is not None
        and (style.dim or not (style.reverse or style.color is None or style.color.number in READABLE_ANSI_COLOURS))
    ]


@parametrize_some(1, "theme", [DARK_THEME.name, LIGHT_THEME.name])
async def test_warnings_errors_messages_and_the_palette_can_be_read(walk: OpenScreen, theme: str) -> None:
    full = StorageError("The disk is full.", kept="Nothing is lost.", todo="Make room.")

    def refuse(_: Record) -> Record:
        raise full

    async with walk(
        EVERYTHING,
        at=("facebook", "identify"),
        theme=theme,
        save=refuse,
        notices=("Something to hear.",),
        size=(110, 40),
    ) as me:
        await me.press("space")
        assert "The disk is full." in me.text
        assert poor_cells(me) == []
        await me.press("w")
        assert poor_cells(me) == []
        await me.press("s")
        assert poor_cells(me) == []
        await me.press("escape", "left", "down")
        assert poor_cells(me) == []
        await me.press("a", "down", "space", "tab", "enter")
        assert "There is no name." in me.text
        assert poor_cells(me) == []
        await me.press("escape", "ctrl+p")
        await me.until(lambda: "Add an account." in me.text)
        for keys in ((), ("down", "down")):
            await me.press(*keys)
            for part in (CommandInput, CommandList):
                region = me.app.screen.query_one(part).region
                assert region.area
                assert poor_cells(me, region) == []
    async with walk(None, theme=theme, is_new=True, size=(110, 40)) as me:
        assert poor_cells(me) == []
        await me.write("atlantis")
        assert poor_cells(me) == []


@pytest.mark.parametrize("theme", BUILTIN_THEMES.values(), ids=BUILTIN_THEMES)
def test_every_other_theme_has_our_colours_too(theme: Theme) -> None:
    variables = variables_for_foreign_theme(theme)
    assert set(variables) == {"muted", "line", "cursor", "cursor-text", "cursor-blurred"}
    colours = {name: Color.parse(value) for name, value in variables.items()}
    if not theme.ansi:
        assert all(colour.a == 1 for colour in colours.values())
        assert contrast(colours["cursor-text"].rgb, colours["cursor"].rgb) >= AA


@pytest.mark.parametrize("theme", [ANSI_DARK_NAME, LIGHT_THEME.name])
async def test_the_text_that_is_read_is_marked_by_a_line_of_another_make(walk: OpenScreen, theme: str) -> None:
    async with walk(EVERYTHING, at=("facebook", "open"), theme=theme, no_color=theme == ANSI_DARK_NAME) as me:
        assert "━" not in me.text
        me.screen.query_one(Reader).focus()
        await me.settled()
        assert "━" in me.text


async def test_other_themes_draw_the_same_words(walk: OpenScreen) -> None:
    async with walk(EVERYTHING) as me:
        words = me.text
        for theme in ("textual-dark", "textual-light", "nord", "solarized-light"):
            await me.use_theme(theme)
            assert me.text == words


@pytest.mark.parametrize("theme", [ANSI_DARK_NAME, ANSI_LIGHT_NAME])
async def test_the_terminals_own_colours_are_left_to_the_terminal(walk: OpenScreen, theme: str) -> None:
    async with walk(EVERYTHING, theme=theme) as me:
        cursor = 0
        for strip in me.strips():
            for text, style, _ in strip:
                if style is None or not text.strip():
                    continue
                for colour in (style.color, style.bgcolor):
                    assert colour is None or colour.is_default or colour.is_system_defined, (text, colour)
                cursor += bool(style.reverse)
        assert cursor


@pytest.mark.exhaustive
async def test_without_colour_nothing_is_coloured_and_the_cursor_can_be_seen(walk: OpenScreen) -> None:
    for place in ("checklist", "submit", "account", "reason"):
        way = WAYS[place]
        async with walk(
            EVERYTHING, at=(way.account, way.step), offer=offer_for(place), theme=ANSI_DARK_NAME, no_color=True
        ) as me:
            await go(me, place)
            styles = {segment.style for strip in me.strips() for segment in strip if segment.style is not None}
            for style in styles:
                assert style.color is None or style.color.is_default
                assert style.bgcolor is None or style.bgcolor.is_default
            assert any(style.reverse for style in styles)


def test_a_theme_in_the_settings_that_does_not_exist_is_said() -> None:
    assert unknown_theme_notices("nrod", "config.toml") == (
        "config.toml: there is no theme “nrod”, so the dark one is used. Did you mean nord?",
    )
    [other] = unknown_theme_notices("mine", "config.toml")
    assert "There are metaoptout-dark, metaoptout-light, " in other
    for name in ("", DARK_THEME.name, "nord", ANSI_DARK_NAME):
        assert unknown_theme_notices(name, "config.toml") == ()


async def test_a_theme_that_does_not_exist_is_the_dark_one(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, theme="no such theme") as me:
        assert me.app.theme == DARK_THEME.name


@pytest.mark.parametrize(
    ("configured", "remembered", "remembered_for", "no_color", "theme"),
    [
        ("", "", "", False, DARK_THEME.name),
        ("nord", "", "", False, "nord"),
        ("", LIGHT_THEME.name, "", False, LIGHT_THEME.name),
        ("nord", LIGHT_THEME.name, "nord", False, LIGHT_THEME.name),
        ("gruvbox", LIGHT_THEME.name, "nord", False, "gruvbox"),
        (LIGHT_THEME.name, "", "", True, ANSI_LIGHT_NAME),
        ("", "", "", True, ANSI_DARK_NAME),
        ("nord", LIGHT_THEME.name, "nord", True, ANSI_LIGHT_NAME),
    ],
)
def test_the_first_theme_is_the_later_of_settings_and_palette(
    configured: str, remembered: str, remembered_for: str, *, no_color: bool, theme: str
) -> None:
    assert (
        initial_theme(configured=configured, remembered=remembered, remembered_for=remembered_for, no_color=no_color)
        == theme
    )


@pytest.mark.parametrize(("size", "heavy_at_accounts"), [((80, 24), "┃"), ((60, 20), "━")])
async def test_a_heavy_line_shows_without_any_colour_which_pane_is_active(
    walk: OpenScreen, size: tuple[int, int], heavy_at_accounts: str
) -> None:
    async with walk(record(account(), account("whatsapp")), size=size, no_color=True) as me:
        assert "┃Facebook “Anna”" in me.text
        await me.press("left")
        assert "┃Facebook “Anna”" not in me.text
        assert heavy_at_accounts in me.text
        await me.press("right")
        assert "┃Facebook “Anna”" in me.text
