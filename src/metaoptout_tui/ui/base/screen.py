"""The base classes of all screens: headline above, keys below, one way to make a change and report errors.

Also has the base class of the screens that open links in the browser or copy to the clipboard.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from textual import events, work
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete

from metaoptout_tui.app.key_table import readable_key
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.errors import LinkRefused, MetaOptOutError
from metaoptout_tui.core.guidance.playbook import WatchedPage
from metaoptout_tui.ui.base.screen_commands import answer_without_account, bindings_for
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.textual_private import HeldBackScreen
from metaoptout_tui.ui.widgets.frame import Headline, KeyBar, StatusLine, TooSmallNotice
from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.reader import Reader

if TYPE_CHECKING:
    from metaoptout_tui.app.record_history import RecordChange
    from metaoptout_tui.core.desktop import OpenResult
    from metaoptout_tui.core.links import SafeUrl


class MovedByArrows(Protocol):
    """A list, a tree or a text."""

    def action_cursor_up(self) -> None:
        """Go up by a row."""

    def action_cursor_down(self) -> None:
        """Go down by a row."""


class MakesScreens(Protocol):
    """What screens need of the App to open one another without importing one another."""

    def make_screen(self, screen_id: str, *arguments: object) -> BaseScreen[Any]:
        """A new screen by the id of its commands."""


Result = TypeVar("Result")
FormResult = TypeVar("FormResult")


class BaseScreen(HeldBackScreen[Result]):
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
        breakpoints = (each for each in self.HORIZONTAL_BREAKPOINTS if each[0] <= self.app.size.width)
        self.add_class(max(breakpoints)[1])
        yield Headline()
        yield from self.compose_below_headline()
        yield from self.compose_body()
        yield from self.compose_below_body()
        yield StatusLine()
        yield KeyBar(lambda: bool(self.session.record.accounts))

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
        is_too_small = TooSmallNotice.is_needed(event.size)
        if is_too_small and not self.query(TooSmallNotice):
            self.mount(TooSmallNotice())
        if is_too_small:
            self.call_after_refresh(lambda: self.query_one(TooSmallNotice).show_size(event.size))
        self.set_class(is_too_small, "-too-small")
        self.call_after_refresh(self.rewrap_text)

    def page_check_updated(self) -> None:
        """Update what depends on the page check, which went on or ended. Does nothing by default."""

    def chat_scan_finished(self) -> bool:
        """React to the end of the chat scan. Returns whether this screen shows the results."""
        return False

    def rewrap_text(self) -> None:
        """Wrap again what depends on the width. Does nothing by default."""

    def update_content(self) -> None:
        """Show the present state. Extended by each screen."""
        headline = self.query_one(Headline)
        session = self.session
        while session.history.notices:
            self.notify(session.history.notices.pop(0), severity="warning", markup=False)
        if session.history.save_error is not None:
            headline.warning = session.history.save_error.what
        elif session.history.read_only_reason:
            headline.warning = session.history.read_only_reason
        else:
            headline.warning = ""

    def save_draft(self) -> None:
        """Save what is typed and not recorded. Does nothing on a screen without fields."""

    def set_headline(self, title: str, *, label: str = "", left: str = "", right: str = "") -> None:
        """Set the headline. Where there is no room, names of accounts and addresses in the title are shortened."""
        headline, record = self.query_one(Headline), self.session.record
        names = dict.fromkeys((*(account.name for account in record.accounts), *record.all_emails()))
        headline.shortenable_names = tuple(name for name in names if name in title)
        headline.label, headline.title, headline.left, headline.right = label, title, left, right

    def readable_key_of(self, command_id: str) -> str:
        """The present key of a command, as people write it; the command's id where it has no key here."""
        keys = (key for key, active in self.active_bindings.items() if active.binding.id == command_id)
        return next((readable_key(key) for key in keys), command_id)

    def make_change(self, change: Callable[[], object]) -> bool:
        """Make a change and show its result, or show its error. Returns whether it was made.

        A screen that is being left makes no change, so that a key pressed twice writes one entry.
        """
        if self._is_leaving:
            return False
        try:
            change()
        except MetaOptOutError as error:
            self.say_error(error)
            return False
        self.update_content()
        if self.session.history.save_error is not None:
            BaseScreen.say_error(self, self.session.history.save_error)  # not in a form, which is about to close
        return True

    def make_screen(self, screen_id: str, *arguments: object) -> BaseScreen[Any]:
        """A new screen by the id of its commands."""
        return cast("MakesScreens", self.app).make_screen(screen_id, *arguments)

    def open_screen(self, screen_id: str, *arguments: object, then: Callable[[Any], None] | None = None) -> None:
        """Open a screen by the id of its commands; `then` is called with what it ends with."""
        self.open_form(self.make_screen(screen_id, *arguments), then)

    def open_form(self, form: BaseScreen[FormResult], then: Callable[[FormResult | None], None] | None = None) -> None:
        """Open a screen; where it needs to record and nothing can be recorded, show why instead."""
        try:
            if form.needs_writable_record:
                self.session.history.require_writable()
        except MetaOptOutError as error:
            self.say_error(error)
        else:
            self.app.push_screen(form, then)

    def say(self, words: str) -> None:
        """Show a message until the next key."""
        self.notify(words, markup=False)

    def say_no_account(self) -> None:
        """Say that there is no account yet, and how to add one."""
        self.say(f"There is no account in your list yet. {self.readable_key_of('checklist.add')} adds one.")

    def say_undoable(self, words: str, effect: str = "takes that back") -> None:
        """Show what was changed, and the key for undo with its `effect`."""
        self.say(f"{words} {self.readable_key_of(f'{self.SCREEN_ID}.undo')} {effect}.")

    def say_error(self, error: MetaOptOutError) -> None:
        """Show an error until the person goes to another screen."""
        self.notify(str(error), severity="error", markup=False)

    # Actions of several screens; app.commands declares which screen has which

    @property
    def account_in_view(self) -> str:
        """The account that the keys act on; empty for none."""
        return ""

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

    @property
    def choice_list(self) -> ChoiceList:
        """The list of a screen that has one."""
        return self.query_one(ChoiceList)

    @property
    def reader(self) -> Reader:
        """The text of a screen that has one."""
        return self.query_one(Reader)

    @property
    def moved_by_arrows(self) -> MovedByArrows:
        """The widget that the keys for up and down move in."""
        return self.choice_list

    def action_up(self) -> None:
        """Go up."""
        self.moved_by_arrows.action_cursor_up()

    def action_down(self) -> None:
        """Go down."""
        self.moved_by_arrows.action_cursor_down()

    def action_page_down(self) -> None:
        """Read on."""
        self.reader.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """Read back."""
        self.reader.scroll_page_up(animate=False)

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)

    def go_to_change(self, change: RecordChange | None) -> None:
        """Highlight what an undone or repeated change was about. Does nothing by default."""

    def action_undo(self) -> None:
        """Take back the last change and show which it was."""
        change = self.session.history.undo()
        self.go_to_change(change)
        self.say(f"Taken back: {change.description}." if change else "There is nothing to take back in this sitting.")
        self.update_content()

    def action_redo(self) -> None:
        """Make the last undone change again and show which it was."""
        change = self.session.history.redo()
        self.go_to_change(change)
        self.say(f"Made again: {change.description}." if change else "There is nothing to make again.")
        self.update_content()

    def action_third_party(self) -> None:
        """Show the form for data from elsewhere."""
        self.open_screen("topic", "third-party")

    def action_no_login(self) -> None:
        """Show what remains for accounts without a log-in."""
        self.open_screen("topic", "no-login")

    def action_you(self) -> None:
        """Change country, e-mail address and language."""
        self.open_screen("welcome")


class BrowserAndClipboardScreen(BaseScreen[Result]):
    """A screen that can open a link in the browser, copy it, or show it in full and as a QR code."""

    LINK_NAME = "The link"
    """How the link is called in the message that it was copied."""

    @property
    def link_in_view(self) -> SafeUrl | None:
        """The link that the keys act on; where there is none, a screen may show why."""
        return None

    def action_browser(self) -> None:
        """Open the link in the browser; where there is none, show the link."""
        if link := self.link_in_view:
            self.open_or_show_link(link)

    def action_copy(self) -> None:
        """Copy the link."""
        if link := self.link_in_view:
            self.copy_to_clipboard(str(link), self.LINK_NAME)

    def action_show(self) -> None:
        """Show the link in full and as a QR code."""
        if link := self.link_in_view:
            self.open_screen("link", link)

    def open_page_in_browser(self, page: WatchedPage) -> None:
        """Open a watched page in the browser, or show why it is refused."""
        from metaoptout_tui.core.links import parse_trusted_url

        try:
            self.open_in_browser(parse_trusted_url(page.url))
        except LinkRefused as error:
            self.say_error(error)

    def open_or_show_link(self, link: SafeUrl) -> None:
        """Open the link in the browser; where there is none, show the link."""

        def browser_asked(result: OpenResult) -> None:
            if not result.can_open:
                self.open_screen("link", link)

        self.open_in_browser(link, browser_asked)

    def open_in_browser(self, link: SafeUrl, then: Callable[[OpenResult], None] | None = None) -> None:
        """Open the link in the browser and show the outcome; then call `then` with it."""
        self._open_in_thread(link, then)

    @work(thread=True, exclusive=True, group="browser", exit_on_error=False)
    def _open_in_thread(self, link: SafeUrl, then: Callable[[OpenResult], None] | None) -> None:
        result = self.context.browser().open(link)
        self.app.call_from_thread(self.say, result.explanation)
        if then is not None:
            self.app.call_from_thread(then, result)

    def copy_to_clipboard(self, words: str, name: str) -> None:
        """Copy a text; the message about that calls it by `name`."""
        if not words:
            self.say(f"{name} is empty; there is nothing to copy.")
            return
        self._copy_in_thread(words, name)

    @work(thread=True, exclusive=True, group="clipboard", exit_on_error=False)
    def _copy_in_thread(self, words: str, name: str) -> None:
        result = self.context.clipboard().copy(words)
        self.app.call_from_thread(self.say, f"{name}: {result.message}")
