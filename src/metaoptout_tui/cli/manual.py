"""The `manual` command: a chapter of the manual as plain text, or the list of chapters."""

import shutil
from argparse import Namespace
from collections.abc import Iterator

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.manual import (
    are_chapters_untranslated,
    chapter_titles,
    find_in_manual,
    manual_page,
    nearest_chapter,
)
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.cli.output import EXIT_USAGE, Output
from metaoptout_tui.core.language.formatting import format_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.manual_page import lay_out_page
from metaoptout_tui.core.text import clean_line

_MAX_WIDTH = 92
"""Columns. Longer lines are hard to read."""
_MAX_CHAPTERS_NAMED = 3


def run(arguments: Namespace, paths: AppPaths, clock: Clock) -> Output:
    """A chapter, wrapped for the terminal; without a name the list; for a wrong name what may be meant."""
    del paths, clock
    titles = chapter_titles()
    if not arguments.chapter:
        width = max(map(len, titles)) + 2
        return Output(
            "\n".join(f"{name:<{width}}{title}" for name, title in titles.items()),
            (_("`metaoptout-tui manual NAME` prints a chapter."),),
        )
    if arguments.chapter in titles:
        width = min(_MAX_WIDTH, shutil.get_terminal_size().columns)
        page = manual_page(arguments.chapter)
        return Output(lay_out_page(page, width, code_quote="`", is_code_whole=True).plain_text)
    return Output("", tuple(_no_chapter_sentences(arguments.chapter)), EXIT_USAGE)


def _no_chapter_sentences(typed: str) -> Iterator[str]:
    """That no chapter has this name, and what may be meant: a chapter of a similar name, or those in which it stands."""
    name = clean_line(typed, 80)
    if near := nearest_chapter(typed):
        yield _("There is no chapter “{name}”. Did you mean {chapter}?").format(name=name, chapter=near)
        return
    chapters = list(dict.fromkeys(place.chapter for place in find_in_manual(typed)))[:_MAX_CHAPTERS_NAMED]
    if chapters:
        yield _("There is no chapter “{name}”. These tell of it: {chapters}.").format(
            name=name, chapters=format_list(chapters)
        )
        return
    yield _("There is no chapter “{name}”. `metaoptout-tui manual` lists them.").format(name=name)
    if are_chapters_untranslated():
        yield _("Some chapters are in English: try English words.")
