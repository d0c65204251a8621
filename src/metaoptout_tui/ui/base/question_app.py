"""A small app that asks one question before a record is open: a row for each answer, and keys that choose or leave."""

from textual import on
from textual.widgets import OptionList

from metaoptout_tui.ui.base.app import BaseApp, exit_on_signals
from metaoptout_tui.ui.widgets.lists import ChoiceList


class QuestionApp(BaseApp[str]):
    """Ends with the answer of the chosen row, or with `ANSWER_OF_LEAVING`; the rows are a `ChoiceList`."""

    BINDINGS = [("ctrl+c", "quit"), ("j", "down"), ("k", "up")]
    ANSWER_OF_LEAVING: str | None = None

    def answer_of_row(self, row_id: str) -> str | None:
        """The answer that a row stands for: its id."""
        return row_id or self.ANSWER_OF_LEAVING

    def on_mount(self) -> None:
        """Begin on the first row."""
        exit_on_signals(self, self._leave_with_code)
        self.query_one(ChoiceList).focus()

    def _leave_with_code(self, code: int) -> None:
        self.exit(self.ANSWER_OF_LEAVING, return_code=code)

    @on(OptionList.OptionSelected)
    def action_choose(self) -> None:
        """Take the highlighted row."""
        self.exit(self.answer_of_row(self.query_one(ChoiceList).highlighted_id))

    async def action_quit(self) -> None:
        """Leave; no file is changed."""
        self.exit(self.ANSWER_OF_LEAVING)

    def action_up(self) -> None:
        """Go up."""
        self.query_one(ChoiceList).action_cursor_up()

    def action_down(self) -> None:
        """Go down."""
        self.query_one(ChoiceList).action_cursor_down()
