"""The manual of the program: its chapters, the one that fits a screen, and where words stand in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from metaoptout_tui.core.language.translation import language_in_use
from metaoptout_tui.core.manual_page import ManualPage, parse_manual_page, title_of_manual_page
from metaoptout_tui.manual.chapters import CHAPTERS, ENGLISH, has_chapter_in, read_chapter

_FIRST_CHAPTER = next(iter(CHAPTERS))


class ManualPlace(NamedTuple):
    """A block of a chapter, by its number from 0, with the heading above it and its words."""

    chapter: str
    block_number: int
    heading: str
    words: str


def manual_page(chapter: str) -> ManualPage:
    """A chapter by its name, in the language in use or else in English."""
    return _page_in(chapter, language_in_use())


@cache
def _page_in(chapter: str, language: str) -> ManualPage:
    return parse_manual_page(read_chapter(chapter, language))


def chapter_titles() -> Mapping[str, str]:
    """The title of each chapter by its name, in the order of the manual."""
    return _titles_in(language_in_use())


@cache
def _titles_in(language: str) -> Mapping[str, str]:
    return {chapter: title_of_manual_page(read_chapter(chapter, language)) for chapter in CHAPTERS}


def chapter_of_screens(screen_ids: Iterable[str]) -> str:
    """The chapter about the first of these screens that a chapter is about; else the first chapter."""
    chapters = {screen: chapter for chapter, screens in CHAPTERS.items() for screen in screens}
    return next((chapters[screen] for screen in screen_ids if screen in chapters), _FIRST_CHAPTER)


def neighbouring_chapter(chapter: str, distance: int) -> str:
    """The chapter so many places further on; after the last comes the first."""
    names = tuple(CHAPTERS)
    return names[(names.index(chapter) + distance) % len(names)]


def nearest_chapter(name: str) -> str:
    """The chapter that was probably meant by a name or title that no chapter has; empty for none."""
    from difflib import get_close_matches

    typed = name.casefold()
    names = {chapter: chapter for chapter in CHAPTERS} | {
        title.casefold(): chapter for chapter, title in chapter_titles().items()
    }
    near = get_close_matches(typed, names, n=1, cutoff=0.7)
    beginning = [words for words in names if words.startswith(typed)]
    return next((names[words] for words in (*near, *beginning)), "")


def manual_headings() -> Iterator[ManualPlace]:
    """Every heading of the manual, that with the title of a chapter first."""
    for chapter in CHAPTERS:
        page = manual_page(chapter)
        for number, block in enumerate(page.blocks):
            if block.kind == "heading":
                yield ManualPlace(chapter, number, page.title, block.plain_text)


def find_in_manual(typed: str) -> tuple[ManualPlace, ...]:
    """The blocks that hold all typed words, whatever their case; where none does, those whose English text does.

    The blocks of a translation are those of the English chapter, so a place found in English is one of the translation.
    """
    wanted = typed.casefold().split()
    language = language_in_use()
    return tuple(_places_with(wanted, language)) or tuple(_places_with(wanted, ENGLISH)) if wanted else ()


def _places_with(wanted: Sequence[str], language: str) -> Iterator[ManualPlace]:
    for chapter in CHAPTERS:
        headings = manual_page(chapter)
        for number, block in enumerate(_page_in(chapter, language).blocks):
            words = block.plain_text
            if block.kind != "picture" and all(each in words.casefold() for each in wanted):
                yield ManualPlace(chapter, number, headings.heading_above(number), words)


def are_chapters_untranslated() -> bool:
    """Whether some chapters can be read in English only, and not in the language in use."""
    return not all(has_chapter_in(chapter, language_in_use()) for chapter in CHAPTERS)
