"""No text is cut where it can go on below: every screen in the usual terminal and in a narrow one."""

from dataclasses import replace

import pytest
from textual.widgets import Input

from exhaustive import parametrize_some
from metaoptout_tui.core.language import translation
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.translations.catalogues import load_catalogue, translated_languages
from metaoptout_tui.ui.widgets.reader import Reader
from samples import account, at, entry, record
from ui.driving import EVERYTHING, SOME_PLACES, WAYS, OpenScreen, Walker, go, offer_for

SIZES = ((80, 24), (60, 20))


def cut_lines(me: Walker) -> list[str]:
    """The lines that end in an ellipsis, but for what a person types, and the lines of a text that are too wide."""
    typed = {row for field in me.screen.query(Input) for row in range(field.region.y, field.region.bottom)}
    shortened = [strip.text.strip() for row, strip in enumerate(me.strips()) if "…" in strip.text and row not in typed]
    readers = [each for each in me.screen.query(Reader) if each.display and each.columns]
    too_wide = [
        line
        for reader in readers
        for line, width in zip(reader.plain_text.split("\n"), reader.line_widths, strict=True)
        if width > reader.size.width
    ]
    return shortened + too_wide


@parametrize_some(SOME_PLACES, "place", WAYS)
async def test_no_line_is_cut_where_there_is_room_below(walk: OpenScreen, place: str) -> None:
    way = WAYS[place]
    async with walk(EVERYTHING, at=(way.account, way.step), offer=offer_for(place), size=SIZES[0]) as me:
        await go(me, place)
        for size in SIZES:
            await me.resize(*size)
            assert cut_lines(me) == []


SPOKEN = [(language, place) for language in translated_languages() for place in WAYS]


@parametrize_some([("de", "checklist"), ("de", "submit")], ("language", "place"), SPOKEN)
async def test_no_line_is_cut_in_any_language(walk: OpenScreen, language: str, place: str) -> None:
    catalogue, way = load_catalogue(language), WAYS[place]
    assert catalogue is not None
    translation.use_catalogue(catalogue)
    async with walk(EVERYTHING, at=(way.account, way.step), offer=offer_for(place), size=SIZES[1]) as me:
        await go(me, place)
        await me.until(lambda: translation.gettext("Reading …") not in me.text)
        assert cut_lines(me) == []


@parametrize_some(SIZES[1:], "size", SIZES)
@parametrize_some(2, "country", ["US", "BR", "GB", "CH", "DE"])
async def test_the_letters_of_every_law_are_read_whole(walk: OpenScreen, country: str, size: tuple[int, int]) -> None:
    one = account("facebook", entry("filed", at(40)), entry("refused", at(2)))
    async with walk(record(one, country=country), at=("facebook", "confirm"), size=size) as me:
        await me.press("m")
        assert cut_lines(me) == []
        await me.press("enter")
        subject = me.screen.query(Input)
        assert cut_lines(me) == []
        if subject and subject.first().display:
            assert subject.first().value in me.flowing


@parametrize_some(SIZES[1:], "size", SIZES)
@pytest.mark.parametrize(
    "progress", [Record(), record(account("facebook"), country="BR"), record(account("facebook"), country="US")]
)
async def test_an_empty_list_and_countries_without_a_right_are_told_whole(
    walk: OpenScreen, progress: Record, size: tuple[int, int]
) -> None:
    async with walk(progress, size=size) as me:
        assert cut_lines(me) == []
        await me.press("v")
        assert cut_lines(me) == []


READ_ONLY = (
    "Read-only: your record is open in another window (process 123456 on a-machine-with-a-long-name, since 09:00). "
    "Nothing that you change here is kept; close the other window and start again."
)


@parametrize_some(1, "size", SIZES)
async def test_why_nothing_is_recorded_is_told_whole(walk: OpenScreen, size: tuple[int, int]) -> None:
    async with walk(EVERYTHING, read_only=READ_ONLY, size=size) as me:
        assert READ_ONLY in me.flowing


def a_long_note() -> Event:
    return entry("noted", at(1), step="open", text="日本語の長い文" * 12)


WIDE = ("田中さくら😀", "👩‍👧 Zoë", "日本語の名前がとても長い人", "ﷺ عربى")


@parametrize_some(("checklist", "timeline", "identify"), "place", WAYS)
async def test_wide_letters_and_emoji_stay_in_their_columns(walk: OpenScreen, place: str) -> None:
    names = dict(zip([each.id for each in EVERYTHING.accounts], WIDE * 2, strict=False))
    progress = replace(
        EVERYTHING,
        accounts=tuple(
            replace(each, name=names[each.id], events=(*each.events, a_long_note())) for each in EVERYTHING.accounts
        ),
    )
    way = WAYS[place]
    async with walk(progress, at=(way.account, way.step), offer=offer_for(place), size=SIZES[0]) as me:
        await go(me, place)
        for size in SIZES:
            await me.resize(*size)
            assert all(strip.cell_length == size[0] for strip in me.strips())
            assert [line for line in cut_lines(me) if "…" not in line] == []
