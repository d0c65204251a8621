"""Base classes of screens with a list and the details of its highlighted row, among them the screens of the steps."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TypeVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.app.commands.commands import find_command
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.ui.base.browser_and_clipboard import BrowserAndClipboardScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.step_guide import NO_KEYS, StepGuide, titles_about_keys
from metaoptout_tui.ui.text.step_sources import sentence_in_view, step_sources
from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.reader import Reader

Result = TypeVar("Result")


class ListAndDetailScreen(BrowserAndClipboardScreen[Result]):
    """A list above, which has the focus, and below it the details of its highlighted row."""

    LIST_ID = "rows"
    """The id of the list."""
    LIST_CLASS: type[ChoiceList] = ChoiceList
    DEFAULT_CSS = """
    ListAndDetailScreen ChoiceList { max-height: 60%; }
    ListAndDetailScreen Reader {
        height: 1fr; padding: 0 1; border-top: solid $line; border-title-color: $muted; border-title-style: none;
    }
    ListAndDetailScreen Reader:focus {
        border-top: heavy $accent; border-title-color: $accent; border-title-style: bold reverse;
        background-tint: $foreground 5%;
    }
    """

    def compose_body(self) -> ComposeResult:
        """The list above, the details below."""
        yield self.LIST_CLASS(id=self.LIST_ID)
        yield Reader()

    def on_mount(self) -> None:
        """Begin in the list, unless there is nothing in it to be shown."""
        self.update_content()
        if self.choice_list.display:
            self.choice_list.focus()
        self.highlight_first_row()

    def highlight_first_row(self) -> None:
        """Highlight the row to begin with, where that is not the first."""

    @on(OptionList.OptionHighlighted)
    def _row_highlighted(self) -> None:
        self.show_detail()

    def show_detail(self) -> None:
        """Show the details of the highlighted row."""

    def rewrap_text(self) -> None:
        """Wrap rows and text for the new width."""
        self.update_content()


class AccountGuideScreen(ListAndDetailScreen[Result]):
    """A list about one account, above the guide to a step: the screens of steps, and what belongs to one of them."""

    STEP = ""
    """The step that the guide and its sources are about; it may be that of several screens."""

    def __init__(self, context: AppContext, account_id: str) -> None:
        super().__init__(context)
        self._account_id = account_id
        self._sentence_lines: Sequence[tuple[int, str]] = ()
        self._is_whole = False

    @property
    def account_in_view(self) -> str:
        """The account that the screen is about."""
        return self._account_id

    def update_content(self) -> None:
        """Show the account, or leave if it was removed."""
        super().update_content()
        status = self.account_status
        if status is None:
            self.dismiss(None)
        else:
            self.show_account(status)

    def show_account(self, status: AccountStatus) -> None:
        """Show the account's present status. Each screen shows something else."""

    def step_guide(self, status: AccountStatus, keys: Mapping[str, str] = NO_KEYS) -> StepGuide:
        """A guide to this step for the width of the text; `keys` are those of StepGuide."""
        named = {"different": self.readable_key_of("everywhere.different"), **keys}
        return StepGuide(self.context, status, self.STEP, self.reader.text_width, keys=named)

    def show_text(self, content: Content, sentence_lines: Sequence[tuple[int, str]] = ()) -> None:
        """Show a text, from its first line if it is another one, with the lines on which its sentences begin."""
        self._sentence_lines = sentence_lines
        if find_command(f"{self.SCREEN_ID}.more") is not None:
            more, sources = (self.readable_key_of(f"{self.SCREEN_ID}.{name}") for name in ("more", "sources"))
            self.reader.show_title(*titles_about_keys(more, sources, is_whole=self._is_whole))
        self.reader.show_content(content)

    def action_more(self) -> None:
        """Show everything there is to know here, or only what is needed now."""
        self._is_whole = not self._is_whole
        self.update_content()
        self.show_detail()

    def action_back(self) -> None:
        """Go back; from everything there is to know, first to what is needed now."""
        if self._is_whole:
            self.action_more()
        else:
            super().action_back()

    @property
    def sentence_in_view(self) -> str:
        """The sentence at the top of the text, empty for none."""
        return sentence_in_view(self._sentence_lines, self.reader.scroll_offset.y)

    def action_sources(self) -> None:
        """Show who says what is said at this step, beginning with what is in view."""
        read_sources = partial(step_sources, self.context, self._account_id, self.STEP)
        self.open_screen("sources", read_sources, self.sentence_in_view)
