"""The small apps that ask one question before a record is open: whose it is, or what to do where it cannot be read."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static

from metaoptout_tui.app.clock import Clock, system_clock
from metaoptout_tui.app.files.typed_paths import with_tilde
from metaoptout_tui.app.paths import own_record_name, who_can_open_records
from metaoptout_tui.app.session import RecordOpenFailure
from metaoptout_tui.app.unopened_record import failure_question
from metaoptout_tui.core.choice_question import LEAVE
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.ui.base.app import BaseApp, exit_on_signals
from metaoptout_tui.ui.base.screen_commands import bindings_for
from metaoptout_tui.ui.text.rows import text_with_paths
from metaoptout_tui.ui.theme import DARK_THEME
from metaoptout_tui.ui.widgets.frame import Headline, KeyBar
from metaoptout_tui.ui.widgets.lists import ChoiceList


class QuestionApp(BaseApp[str]):
    """Has a row for each answer, and keys that choose or leave. Ends with the answer of the chosen row, or with `ANSWER_OF_LEAVING`; the rows are a `ChoiceList`."""

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


_PERSON = "person-"


class WhoseRecordApp(QuestionApp):
    """Asks whose record is to be opened. Returns the chosen name, empty for the person's own record; None where they left."""

    BINDINGS = [*bindings_for("whose")]
    CSS = """
    Screen { background: $background; }
    ChoiceList { height: 1fr; }
    #who-can-open { height: auto; padding: 0 1; color: $muted; }
    """

    def __init__(
        self,
        names: Sequence[str],
        *,
        theme: str = DARK_THEME.name,
        keymap: Mapping[str, str] = MappingProxyType({}),
        no_color: bool = False,
    ) -> None:
        super().__init__(theme=theme, keymap=keymap, no_color=no_color)
        self._names = names

    def compose(self) -> ComposeResult:
        """The question and the names."""
        headline = Headline()
        headline.title = _("Whose record?")
        headline.left = _("Only the one that you choose is opened.")
        yield headline
        yield ChoiceList([(f"{_PERSON}{number}", name or own_record_name()) for number, name in enumerate(self._names)])
        yield Static(who_can_open_records(), id="who-can-open", markup=False)
        yield KeyBar(lambda _unused: True)

    def answer_of_row(self, row_id: str) -> str | None:
        """The name of the person in the row."""
        return self._names[int(row_id.removeprefix(_PERSON))]


class UnreadableRecordApp(QuestionApp):
    """Asks what to do with a record that cannot be read or is gone. Returns the id of an answer.

    Nothing is written unless the person chooses a kept version or a new record; a file that is there is kept beside that.
    """

    BINDINGS = [*bindings_for("trouble")]
    ANSWER_OF_LEAVING = LEAVE
    CSS = """
    Screen { background: $background; }
    #what { padding: 1 1; height: auto; }
    ChoiceList { height: auto; max-height: 100%; }
    """

    def __init__(
        self,
        failure: RecordOpenFailure,
        *,
        theme: str = DARK_THEME.name,
        keymap: Mapping[str, str] = MappingProxyType({}),
        no_color: bool = False,
        clock: Clock = system_clock,
    ) -> None:
        super().__init__(theme=theme, keymap=keymap, no_color=no_color)
        self._failure = failure
        self._clock = clock

    def compose(self) -> ComposeResult:
        """The error, then the choices."""
        failure = self._failure
        question = failure_question(failure, self._clock)
        headline = Headline()
        headline.title, headline.left = question.title, with_tilde(failure.path)
        yield headline
        with VerticalScroll(can_focus=False):
            yield Static(text_with_paths(str(failure.error)), id="what", markup=False)
            yield ChoiceList(question.answers)
        yield KeyBar(lambda _unused: True)
