"""The small app shown instead of the program when the record file cannot be read, or is gone.

Nothing is written unless the person chooses a kept version or a new record; a file that is there is kept beside that.
"""

from collections.abc import Mapping
from types import MappingProxyType

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from metaoptout_tui.app.clock import Clock, system_clock
from metaoptout_tui.app.files.typed_paths import with_tilde
from metaoptout_tui.app.session import RecordOpenFailure
from metaoptout_tui.app.unopened_record import failure_question
from metaoptout_tui.core.choice_question import LEAVE
from metaoptout_tui.ui.base.question_app import QuestionApp
from metaoptout_tui.ui.base.screen_commands import bindings_for
from metaoptout_tui.ui.theme import DARK_THEME
from metaoptout_tui.ui.widgets.frame import Headline, KeyBar
from metaoptout_tui.ui.widgets.lists import ChoiceList


class UnreadableRecordApp(QuestionApp):
    """Asks what to do with a record that cannot be read or is gone.

    Returns the id of an answer, for `chosen_version` the one of a version.
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
            yield Static(str(failure.error), id="what", markup=False)
            yield ChoiceList(question.answers)
        yield KeyBar(lambda _unused: True)
