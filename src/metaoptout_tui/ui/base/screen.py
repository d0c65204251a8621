"""The base class of all screens: headline above, keys below, one way to make a change and report errors.

The keys of a screen come from its declared commands.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete

from metaoptout_tui.app.commands.own_commands import Command
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.ui.base.moving_about import MovesAbout
from metaoptout_tui.ui.base.screen_commands import NamesKeys, answer_without_account, bindings_for
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.widgets.frame import Headline, KeyBar, StatusLine, TooSmallNotice

if TYPE_CHECKING:
    from metaoptout_tui.app.record.undo_stack import RecordChange
    from metaoptout_tui.core.objection.status import AccountStatus


class MakesScreens(Protocol):
    """What screens need of the App to open one another without importing one another."""

    def make_screen(self, screen_id: str, *arguments: object) -> BaseScreen[Any]:
        """A new screen by the id of its commands."""

    def undo_last_change(self, screen: BaseScreen[Any], account_id: str) -> None:
        """Take back the last change; asked first where it is not of this account."""


Result = TypeVar("Result")
ScreenResult = TypeVar("ScreenResult")


class BaseScreen(MovesAbout, NamesKeys[Result]):
    """A full screen of the program. It makes changes through the session and shows the result."""

    SCREEN_ID = ""
    """The id under which its commands are declared; its bindings are made from them."""
    needs_writable_record = False
    """Whether it is of no use where nothing can be recorded: that is better said before anything is typed."""
    DEFAULT_CSS = """
    BaseScreen { background: $background; }
    BaseScreen > #too-small { display: none; }
    BaseScreen.-too-small > *, BaseScreen.-too-small > Notice { display: none; }
    BaseScreen.-too-small > #too-small { display: block; padding: 0 1; }
    BaseScreen Tree > .tree--cursor { background: $cursor-blurred; color: $foreground; text-style: none; }
    BaseScreen Tree:focus > .tree--cursor { background: $cursor; color: $cursor-text; text-style: bold; }
    BaseScreen Tree > .tree--highlight-line { background: $background; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-wide"), (110, "-roomy")]

    def __init_subclass__(cls, **options: Any) -> None:
        if "SCREEN_ID" in cls.__dict__:
            cls.BINDINGS = bindings_for(cls.SCREEN_ID)
            answer_without_account(cls, cls.SCREEN_ID)
        super().__init_subclass__(**options)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self._is_leaving = False

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave. Keys pressed until the next screen is in front no longer act here."""
        if self._is_leaving:
            return AwaitComplete()
        self._is_leaving = True
        return super().dismiss(result)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse every action of a screen that is being left."""
        return not self._is_leaving and super().check_action(action, parameters)

    @property
    def session(self) -> Session:
        """The session."""
        return self.context.session

    def compose(self) -> ComposeResult:
        """Headline, body, status line and keys."""
        # Textual would set the class after the first layout, and draw all of it again.
        self.add_class(max(each for each in self.HORIZONTAL_BREAKPOINTS if each[0] <= self.app.size.width)[1])
        yield Headline(self.context.record_name)
        yield from self.compose_below_headline()
        yield from self.compose_body()
        yield from self.compose_below_body()
        yield StatusLine()
        yield KeyBar(self.has_effect)

    def compose_below_headline(self) -> ComposeResult:
        """Widgets right below the headline."""
        yield from ()

    def compose_body(self) -> ComposeResult:
        """The widgets of the screen itself."""
        yield from ()

    def compose_below_body(self) -> ComposeResult:
        """Widgets right above the status line."""
        yield from ()

    def on_screen_resume(self) -> None:
        """Show the present state, when the screen is opened and after another one was left."""
        self.context.status_messages.drop_on_screen_change()
        self.update_content()
        self.update_status_line()

    def update_status_line(self) -> None:
        """Show the present status messages."""
        if self.is_mounted:
            self.query_one(StatusLine).show_messages(self.context.status_messages.current)

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the text for the new size; where the terminal is too small, show that instead."""
        self.set_class(TooSmallNotice.show_where_needed(self, event.size), "-too-small")
        self.call_after_refresh(self.rewrap_text)

    def page_check_updated(self) -> None:
        """Update what depends on the page check, which went on or ended. Does nothing by default."""

    def chat_scan_finished(self) -> bool:
        """React to the end of the chat scan. Returns whether this screen shows the results."""
        return False

    def chats_counted(self) -> None:
        """Show what follows from chats that were only searched and are counted now. Does nothing by default."""

    def rewrap_text(self) -> None:
        """Wrap again what depends on the width. Does nothing by default."""

    def update_content(self) -> None:
        """Show the present state. Extended by each screen."""
        current_record = self.session.current_record
        while current_record.notices:
            self.notify(current_record.notices.pop(0), severity="warning", markup=False)
        self.show_record_warning()

    def show_record_warning(self) -> None:
        """Show in the headline why the last change is not in the file, or that none can be made."""
        self.query_one(Headline).warning = self.session.current_record.warning

    def prepare_for_paste(self) -> None:
        """Go to the field that takes a paste, where the focus is elsewhere. Does nothing by default."""

    def save_draft(self) -> None:
        """Save what is typed and not recorded. Does nothing on a screen without fields."""

    def set_headline(self, title: str, *, label: str = "", left: str = "", right: str = "") -> None:
        """Set the headline. Where there is no room, names of accounts and addresses in the title are shortened."""
        headline, record = self.query_one(Headline), self.session.record
        names = (*(account.name for account in record.accounts), *record.all_emails())
        headline.shortenable_names = tuple(name for name in dict.fromkeys(names) if name in title)
        headline.label, headline.title, headline.left, headline.right = label, title, left, right

    def make_change(self, change: Callable[[], object]) -> bool:
        """Make a change and show its result, or show its error. Returns whether it was made."""
        if self._is_leaving:  # a key that is pressed twice writes one entry
            return False
        try:
            change()
        except MetaOptOutError as error:
            self.say_error(error)
            return False
        self.update_content()
        self.say_save_error()
        return True

    def say_save_error(self) -> None:
        """Say why the last change could not be saved; nothing while it is being saved."""
        if (error := self.session.current_record.failed_save) is not None:
            BaseScreen.say_error(self, error)  # not below the fields of a screen, which is about to close

    def make_screen(self, screen_id: str, *arguments: object) -> BaseScreen[Any]:
        """A new screen by the id of its commands."""
        return cast("MakesScreens", self.app).make_screen(screen_id, *arguments)

    def open_screen(self, screen_id: str, *arguments: object, then: Callable[[Any], None] | None = None) -> None:
        """Open a screen by the id of its commands; `then` is called with what it ends with."""
        self.open_made_screen(self.make_screen(screen_id, *arguments), then)

    def open_made_screen(
        self, screen: BaseScreen[ScreenResult], then: Callable[[ScreenResult | None], None] | None = None
    ) -> None:
        """Open a screen that was made already; where it needs to record and nothing can be recorded, show why instead."""
        try:
            if screen.needs_writable_record:
                self.session.current_record.require_writable()
        except MetaOptOutError as error:
            self.say_error(error)
        else:
            self.app.push_screen(screen, then)

    def say(self, words: str) -> None:
        """Show a message until the next key."""
        self.notify(words, markup=False)

    def has_effect(self, command: Command) -> bool:
        """Whether a command does something now; the key bar leaves out one that only says why it cannot."""
        if command.id == "everywhere.rehearse":
            return not self.context.is_rehearsal
        return bool(self.session.record.accounts) or not command.needs_account

    def say_no_account(self) -> None:
        """Say that there is no account yet, and how to add one."""
        self.say(
            _("There is no account in your list yet. {key} adds one.").format(key=self.readable_key_of("checklist.add"))
        )

    def say_undoable(self, words: str, undo_sentence: str = mark("{key} takes that back.")) -> None:
        """Show what was changed, and what the key for undo does, in a marked sentence with a place for the `key`."""
        self.say(f"{words} {_(undo_sentence).format(key=self.readable_key_of(f'{self.SCREEN_ID}.undo'))}")

    def say_error(self, error: MetaOptOutError) -> None:
        """Show an error until the person goes to another screen."""
        self.notify(str(error), severity="error", markup=False)

    # Actions of several screens; app.commands declares which screen has which
    @property
    def account_in_view(self) -> str:
        """The account that the keys act on; empty for none."""
        return ""

    @property
    def step_in_view(self) -> str:
        """The step that this screen is about; empty for none."""
        return self.SCREEN_ID if self.SCREEN_ID in tuple(StepId) else ""

    @property
    def account_status(self) -> AccountStatus | None:
        """The status of the account that the keys act on; None for none, and if it was removed."""
        return self.session.overview().status_of(self.account_in_view)

    def action_periods(self) -> None:
        """Open the legal deadlines of the account."""
        self._open_for_account("periods")

    def action_letters(self) -> None:
        """Open the letters of the account."""
        self._open_for_account("letters")

    def _open_for_account(self, screen_id: str) -> None:
        if self.account_in_view:
            self.save_draft()
            self.open_screen(screen_id, self.account_in_view)

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)

    def go_to_change(self, change: RecordChange | None) -> None:
        """Highlight what an undone or repeated change was about. Does nothing by default."""

    shows_every_account = False
    """Whether undo leads to the account of the change, so that it takes back unasked what was done for another."""

    def action_undo(self) -> None:
        """Take back the last change; asked first where it is of another account than the one in front."""
        account_id = "" if self.shows_every_account else self.account_in_view
        cast("MakesScreens", self.app).undo_last_change(self, account_id)

    def action_redo(self) -> None:
        """Make the last undone change again and show which it was."""
        from metaoptout_tui.app.undo_sentences import words_on_redone

        change = self.session.undo_stack.redo()
        self.go_to_change(change)
        self.say(words_on_redone(change, self.session))
        self.update_content()

    def action_third_party(self) -> None:
        """Show the form for data from elsewhere."""
        self.open_screen("topic", "third-party")

    def action_no_login(self) -> None:
        """Show what remains for accounts without a log-in, and for the one in view."""
        self.open_screen("topic", "no-login", self.account_in_view)

    def action_you(self) -> None:
        """Change country, e-mail address and language."""
        self.open_screen("welcome")
