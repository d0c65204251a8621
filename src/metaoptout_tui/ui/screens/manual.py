"""The manual: one chapter as a text, and a search that also lists all chapters and headings."""

from collections.abc import Iterator

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList

from metaoptout_tui.app.manual import (
    ManualPlace,
    are_chapters_untranslated,
    chapter_titles,
    find_in_manual,
    manual_headings,
    manual_page,
    neighbouring_chapter,
)
from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.manual_page import lay_out_page
from metaoptout_tui.core.text import elide_to_width
from metaoptout_tui.ui.base.reader import ReaderScreen
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.builder import MAX_LINE_WIDTH
from metaoptout_tui.ui.text.pages_and_letters import JumpableText
from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.text_field import TextField

_STYLES = {"": "", "code": "bold", "strong": "bold", "heading": "bold $text-accent"}
_MAX_PLACES_SHOWN = 60
"""How many of the places where words stand are listed; whoever finds more types another word."""
_MARGIN = 6
"""Columns of a row of the list that its words do not fill."""
_WORDS_BEFORE_FOUND = 30
"""Characters of a text that are shown before the first word that was looked for."""


class ManualScreen(ReaderScreen[None]):
    """One chapter of the manual; keys lead to the next one and to a search."""

    SCREEN_ID = "manual"

    def __init__(self, context: AppContext, chapter: str) -> None:
        super().__init__(context)
        self._chapter = chapter
        self._block_lines: tuple[int, ...] = ()

    def update_content(self) -> None:
        """Show the chapter."""
        super().update_content()
        self.show_text(self._chapter)
        following = chapter_titles()[neighbouring_chapter(self._chapter, 1)]
        self.set_headline(
            _("Manual: {title}").format(title=manual_page(self._chapter).title),
            left=_("{key} goes on to “{chapter}”.").format(key=self.readable_key_of("manual.next"), chapter=following),
        )

    def build_text(self, width: int) -> JumpableText:
        """The chapter in lines of this width."""
        page = manual_page(self._chapter)
        layout = lay_out_page(page, min(MAX_LINE_WIDTH, width))
        self._block_lines = layout.block_lines
        lines = (Content.assemble(*((piece.text, _STYLES[piece.style]) for piece in line)) for line in layout.lines)
        headings = (
            line for block, line in zip(page.blocks, layout.block_lines, strict=True) if block.kind == "heading"
        )
        return JumpableText(Content("\n").join(lines), tuple(headings))

    def go_to(self, chapter: str, block_number: int) -> None:
        """Show a chapter from one of its blocks on."""
        self._chapter = chapter
        self.update_content()
        self.reader.scroll_to(y=self._block_lines[block_number], animate=False, immediate=True)

    def action_next(self) -> None:
        """Go on to the next chapter."""
        self.go_to(neighbouring_chapter(self._chapter, 1), 0)

    def action_last(self) -> None:
        """Go back to the chapter before."""
        self.go_to(neighbouring_chapter(self._chapter, -1), 0)

    def action_find(self) -> None:
        """Look for words, or choose a heading."""

        def chosen(place: ManualPlace | None) -> None:
            if place is not None:
                self.go_to(place.chapter, place.block_number)

        self.open_screen("manual-find", self._chapter, then=chosen)

    action_next_heading, action_last_heading = ReaderScreen.jump_forward, ReaderScreen.jump_back


class FindInManualScreen(BaseScreen[ManualPlace | None]):
    """A field for words, and below it where they stand in the manual; all headings while nothing is typed."""

    SCREEN_ID = "manual-find"
    DEFAULT_CSS = """
    FindInManualScreen Input { border: none; height: 1; background: $panel; margin: 0 1; padding: 0 1; }
    FindInManualScreen Input:focus { border: none; background: $cursor-blurred; }
    FindInManualScreen ChoiceList { height: 1fr; }
    """

    def __init__(self, context: AppContext, chapter: str) -> None:
        super().__init__(context)
        self._present_chapter = chapter
        self._places: dict[str, ManualPlace] = {}

    def compose_body(self) -> ComposeResult:
        """The field above, the places below."""
        yield TextField(placeholder=_("words to find"))
        yield ChoiceList()

    def on_mount(self) -> None:
        """Begin in the field, with the headings of the chapter that is open in view."""
        self.query_one(Input).focus()
        self._show_places()

    @on(Input.Changed)
    def _show_places(self) -> None:
        typed = self.query_one(Input).value.strip()
        places = find_in_manual(typed) if typed else tuple(manual_headings())
        shown = places[:_MAX_PLACES_SHOWN] if typed else places
        self._places = {f"{place.chapter}.{place.block_number}": place for place in shown}
        rows = ((id, row) for id, row in zip(self._places, self._rows(typed), strict=True))
        self.choice_list.show_rows(rows, next(iter(self._places), "") if typed else f"{self._present_chapter}.0")
        left = _found_sentence(len(places)) if typed else _("Type words to find, or choose a heading.")
        self.set_headline(_("Find in the manual"), left=left)

    def _rows(self, typed: str) -> Iterator[Content]:
        titles = chapter_titles()
        room = max(1, self.size.width - _MARGIN)
        for place in self._places.values():
            title = titles[place.chapter]
            if typed:
                where = title if place.heading == title else labelled(title, place.heading)
                words = _from_first_found(place.words, typed)
                yield Content.assemble((elide_to_width(where, room), "bold"), f"\n  {elide_to_width(words, room)}")
            else:
                yield Content.styled(title, "bold") if place.words == title else Content(f"  {place.words}")

    def rewrap_text(self) -> None:
        """Cut the rows anew for the new width."""
        self._show_places()

    def on_key(self, event: events.Key) -> None:
        """Up and Down in the field move in the list below it."""
        if self.query_one(Input).has_focus and event.key in ("up", "down"):
            event.stop()
            event.prevent_default()
            if event.key == "up":
                self.choice_list.action_cursor_up()
            else:
                self.choice_list.action_cursor_down()

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def action_go(self) -> None:
        """Go to the highlighted place."""
        place = self._places.get(self.choice_list.highlighted_id)
        if place is not None:
            self.dismiss(place)
        elif are_chapters_untranslated():
            self.say(_("This stands nowhere in the manual. Some chapters are in English: try English words."))
        else:
            self.say(_("This stands nowhere in the manual. Try other words."))


def _found_sentence(count: int) -> str:
    if not count and are_chapters_untranslated():
        return _("This stands nowhere in the manual; some chapters are in English.")
    if not count:
        return _("This stands nowhere in the manual.")
    return ngettext("{count} place in the manual.", "{count} places in the manual.", count).format(count=count)


def _from_first_found(words: str, typed: str) -> str:
    """The text from shortly before the first of the typed words on."""
    flat = " ".join(words.split())
    start = min(flat.casefold().find(each) for each in typed.casefold().split())
    if start <= _WORDS_BEFORE_FOUND:
        return flat
    blank = max(flat.find(" ", start - _WORDS_BEFORE_FOUND, start), flat.rfind(" ", 0, start - _WORDS_BEFORE_FOUND))
    return f"… {flat[blank + 1 :]}"
