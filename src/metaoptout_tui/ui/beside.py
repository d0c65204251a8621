"""Screens that hold a list and a text about its highlighted row; the text is read with the page keys."""

from collections.abc import Mapping
from typing import TypeVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core.standing import Standing
from metaoptout_tui.ui.browsing import BrowsingPage
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.guide import NO_KEYS, StepGuide
from metaoptout_tui.ui.lists import Choices
from metaoptout_tui.ui.widgets.reader import Reader

Result = TypeVar("Result")


class BesidePage(BrowsingPage[Result]):
    """A list that has the focus and a text about its highlighted row: the keys that move in both, and the way back."""

    @property
    def rows(self) -> Choices:
        """The list."""
        return self.query_one(Choices)

    def action_up(self) -> None:
        """Go up in the list."""
        self.rows.action_cursor_up()

    def action_down(self) -> None:
        """Go down in the list."""
        self.rows.action_cursor_down()

    def action_page_down(self) -> None:
        """Read on."""
        self.query_one(Reader).scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """Read back."""
        self.query_one(Reader).scroll_page_up(animate=False)

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)


class StepPage(BesidePage[Result]):
    """The screen of one step of one account. The list has the focus; Enter and letters say what to do with its row."""

    STEP = ""
    LIST = "rows"
    """The id of the list."""
    DEFAULT_CSS = """
    StepPage Choices { max-height: 60%; }
    StepPage Reader { height: 1fr; padding: 0 1; border-top: solid $line; }
    """

    def __init__(self, desk: Desk, account: str) -> None:
        super().__init__(desk)
        self._account = account
        self._read = ""
        self._numbered: tuple[str, ...] = ()

    def compose_page(self) -> ComposeResult:
        """The list above, about its highlighted row below."""
        yield Choices(id=self.LIST)
        yield Reader()

    @property
    def standing(self) -> Standing | None:
        """How the account stands; None when it is gone."""
        return self.session.overview().standing(self._account)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.show()
        self.rows.focus()
        self.begin()

    def begin(self) -> None:
        """Highlight the row to begin with, where that is not the first."""

    def show(self) -> None:
        """How the account stands; without it there is nothing to show."""
        super().show()
        standing = self.standing
        if standing is None:
            self.dismiss(None)
        else:
            self.show_account(standing)

    def show_account(self, standing: Standing) -> None:
        """Put on the screen what is so of the account now. Each screen shows something else."""

    @on(OptionList.OptionHighlighted)
    def _row_highlighted(self) -> None:
        self.show_words()

    def show_words(self) -> None:
        """Write about the highlighted row, where the text depends on it."""

    def resized(self) -> None:
        """Rows and text are written for the width there is."""
        self.show()

    def guide(self, standing: Standing, keys: Mapping[str, str] = NO_KEYS) -> StepGuide:
        """Writes about this step for the width of the text; `keys` are as for StepGuide."""
        width = self.query_one(Reader).columns or self.size.width - 4
        return StepGuide(self.desk, standing, self.STEP, width, keys=keys)

    def read(self, page: Content, numbered: tuple[str, ...] = ()) -> None:
        """Show a text, from its first line when it is another one; `numbered` are the ids of the sources it numbers."""
        self._numbered = numbered
        fresh = page.plain != self._read
        self._read = page.plain
        self.query_one(Reader).show(page, from_top=fresh)

    def action_sources(self) -> None:
        """Show where what is said here comes from, with the numbers of the text."""
        from metaoptout_tui.ui.screens.sources import SourcesScreen

        self.app.push_screen(SourcesScreen(self.desk, self._account, self.STEP, self._numbered))

    def action_undo(self) -> None:
        """Take back the last change."""
        self.undo()
