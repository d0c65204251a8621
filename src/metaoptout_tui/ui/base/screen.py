"""The base classes of all screens: headline above, keys below, one way to make a change and report errors.

Also the key bindings of a screen as Textual wants them, made from the declared commands, and the base of screens that open links in the browser or copy to the clipboard.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from textual import events, work
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Static

from metaoptout_tui.app.commands import Command, commands_of
from metaoptout_tui.app.key_table import readable_key
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.errors import LinkRefused, MetaOptOutError
from metaoptout_tui.core.guidance.playbook import WatchedPage
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.textual_private import HeldBackScreen
from metaoptout_tui.ui.widgets.frame import Headline, KeyBar, StatusLine
from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.reader import Reader

if TYPE_CHECKING:  # what only annotations name is not loaded at start
    from metaoptout_tui.core.desktop import OpenResult
    from metaoptout_tui.core.links import SafeUrl

BindingList = list[Binding | tuple[str, str] | tuple[str, str, str]]
"""What Textual takes as `BINDINGS`."""


def bindings_for(screen_id: str) -> BindingList:
    """The bindings of one screen, with ids for the user's key table and tooltips for the help."""
    return [_to_binding(command) for command in commands_of(screen_id)]


def _to_binding(command: Command) -> Binding:
    return Binding(
        command.keys,
        command.textual_action,
        command.title,
        show=command.footer_order > 0,
        priority=command.priority,
        tooltip=command.help,
        id=command.id,
    )


class MovedByArrows(Protocol):
    """A list, a tree or a text."""

    def action_cursor_up(self) -> None:
        """Go up by a row."""

    def action_cursor_down(self) -> None:
        """Go down by a row."""


class MakesScreens(Protocol):
    """The App, as far as screens know it: screens do not import one another to open one another."""

    def make_screen(self, screen_id: str, *arguments: object) -> Screen[Any]:
        """A new screen by the id of its commands."""


Result = TypeVar("Result")
FormResult = TypeVar("FormResult")

MIN_COLUMNS, MIN_ROWS = 40, 12


class BaseScreen(HeldBackScreen[Result]):
    """A full screen of the program. It asks the session to do things and shows the result."""

    SCREEN_ID = ""
    """The id under which its commands are declared; its bindings are made from them."""
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
        super().__init_subclass__(**options)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self._is_leaving = False

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave. Keys that were pressed meanwhile no longer act here: another screen comes only after them."""
        if self._is_leaving:
            return AwaitComplete()
        self._is_leaving = True
        return super().dismiss(result)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No action of a screen that is being left."""
        return not self._is_leaving and super().check_action(action, parameters)

    @property
    def session(self) -> Session:
        """The session of this sitting."""
        return self.context.session

    def compose(self) -> ComposeResult:
        """Headline, what the screen is for, what was just said, keys."""
        # Textual sets it after the first layout, and what was laid out for another width would be drawn again.
        self.add_class(max(each for each in self.HORIZONTAL_BREAKPOINTS if each[0] <= self.app.size.width)[1])
        yield Headline()
        yield from self.compose_below_headline()
        yield from self.compose_body()
        yield from self.compose_below_body()
        yield StatusLine()
        yield KeyBar()

    def compose_below_headline(self) -> ComposeResult:
        """What a kind of screens has right below the headline."""
        yield from ()

    def compose_body(self) -> ComposeResult:
        """What stands between headline and keys."""
        yield from ()

    def compose_below_body(self) -> ComposeResult:
        """What a kind of screens has at its foot, above what was just said."""
        yield from ()

    def on_screen_resume(self) -> None:
        """Show the present state, also after coming back from another screen."""
        self.context.status_messages.drop_on_screen_change()
        self.update_content()
        self.update_status_line()

    def update_status_line(self) -> None:
        """Show what the program has just said."""
        if self.is_mounted:
            self.query_one(StatusLine).show_messages(self.context.status_messages.current)

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the terminal is too small to be of use."""
        small = event.size.width < MIN_COLUMNS or event.size.height < MIN_ROWS
        if small and not self.query("#too-small"):
            self.mount(Static(id="too-small", markup=False))
        if small:
            words = (
                f"This terminal is {event.size.width} × {event.size.height}. "
                f"Make it at least {MIN_COLUMNS} × {MIN_ROWS}; nothing is lost meanwhile."
            )
            self.call_after_refresh(lambda: self.query_one("#too-small", Static).update(words))
        self.set_class(small, "-too-small")
        self.call_after_refresh(self.rewrap_text)

    def page_check_updated(self) -> None:
        """A look at the watched pages went on or ended; a screen that shows how current the guidance is shows it anew."""

    def chat_scan_finished(self) -> bool:
        """A scan of chats came to its end; whether this screen shows what was found."""
        return False

    def rewrap_text(self) -> None:
        """Write anew what was written for another width."""

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
        """Keep what is typed and not recorded; a screen with fields has something to keep."""

    def set_headline(self, title: str, *, label: str = "", left: str = "", right: str = "") -> None:
        """Set the headline. Names of accounts and addresses in the title are what gives way where it has no room."""
        headline, record = self.query_one(Headline), self.session.record
        known = dict.fromkeys((*(account.name for account in record.accounts), *record.all_emails()))
        headline.shortenable_names = tuple(name for name in known if name in title)
        headline.label, headline.title, headline.left, headline.right = label, title, left, right

    def readable_key_of(self, action: str) -> str:
        """The key of an action as it is bound now, as people write it; the action's id where it has none here."""
        bound = (key for key, active in self.active_bindings.items() if active.binding.id == action)
        return next((readable_key(key) for key in bound), action)

    def make_change(self, act: Callable[[], object]) -> bool:
        """Make a change and show its result; what cannot be done is said, and nothing is lost.

        A screen that is being left makes none: the same key pressed twice writes one entry.
        """
        if self._is_leaving:
            return False
        try:
            act()
        except MetaOptOutError as error:
            self.say_error(error)
            return False
        self.update_content()
        if self.session.history.save_error is not None:
            BaseScreen.say_error(self, self.session.history.save_error)  # not in a form, which is about to close
        return True

    def make_screen(self, screen_id: str, *arguments: object) -> Screen[Any]:
        """A new screen by the id of its commands."""
        return cast("MakesScreens", self.app).make_screen(screen_id, *arguments)

    def open_screen(self, screen_id: str, *arguments: object, then: Callable[[Any], None] | None = None) -> None:
        """Open a screen by the id of its commands; `then` is called with what it ends with."""
        self.app.push_screen(self.make_screen(screen_id, *arguments), then)

    def open_form(self, form: Screen[FormResult], then: Callable[[FormResult | None], None] | None = None) -> None:
        """Open something to fill in; where nothing can be recorded, say why before anything is typed."""
        try:
            self.session.history.require_writable()
        except MetaOptOutError as error:
            self.say_error(error)
        else:
            self.app.push_screen(form, then)

    def say(self, words: str) -> None:
        """A short message that stands until the next key."""
        self.notify(words, markup=False)

    def say_undoable(self, words: str, effect: str = "takes that back") -> None:
        """Say what was changed, and which key takes that back."""
        self.say(f"{words} {self.readable_key_of(f'{self.SCREEN_ID}.undo')} {effect}.")

    def say_error(self, error: MetaOptOutError) -> None:
        """What happened, what was kept, what to do; it stands until the person goes to another screen."""
        self.notify(str(error), severity="error", markup=False)

    # What screens of several kinds have a key for; which one has which is declared in app.commands

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
        """What the keys for up and down move in."""
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

    def action_undo(self) -> None:
        """Take back the last change and say which."""
        change = self.session.history.undo()
        self.say(f"Taken back: {change.description}." if change else "There is nothing to take back in this sitting.")
        self.update_content()

    def action_redo(self) -> None:
        """Make the change again that was taken back."""
        change = self.session.history.redo()
        self.say(f"Made again: {change.description}." if change else "There is nothing to make again.")
        self.update_content()

    def action_you(self) -> None:
        """Change country, e-mail address and language."""
        self.open_form(self.make_screen("welcome"))


class BrowserAndClipboardScreen(BaseScreen[Result]):
    """A screen that can ask the browser to open a link, copy it, or show it in full and as a QR code."""

    LINK_NAME = "The link"
    """What is said to be copied."""

    @property
    def link_in_view(self) -> SafeUrl | None:
        """The link that the keys for a link are about; where there is none, a screen may say why."""
        return None

    def action_browser(self) -> None:
        """Ask the browser to open the link; where there is none to ask, show its address."""
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
        """Ask the browser to open a watched page, or say why it is not opened."""
        from metaoptout_tui.core.links import parse_trusted_url

        try:
            self.open_in_browser(parse_trusted_url(page.url))
        except LinkRefused as error:
            self.say_error(error)

    def open_or_show_link(self, link: SafeUrl) -> None:
        """Ask the browser to open the link; where there is none to ask, show its address."""

        def asked(opening: OpenResult) -> None:
            if not opening.can_open:
                self.open_screen("link", link)

        self.open_in_browser(link, asked)

    def open_in_browser(self, link: SafeUrl, then: Callable[[OpenResult], None] | None = None) -> None:
        """Ask the browser; where there is none to ask, say why, with the link at hand."""
        self._open_in_thread(link, then)

    @work(thread=True, exclusive=True, group="browser", exit_on_error=False)
    def _open_in_thread(self, link: SafeUrl, then: Callable[[OpenResult], None] | None) -> None:
        opening = self.context.browser().open(link)
        self.app.call_from_thread(self.say, opening.explanation)
        if then is not None:
            self.app.call_from_thread(then, opening)

    def copy_to_clipboard(self, words: str, what: str) -> None:
        """Copy something and say what, and which way."""
        if not words:
            self.say(f"{what} is empty; there is nothing to copy.")
            return
        self._copy_in_thread(words, what)

    @work(thread=True, exclusive=True, group="clipboard", exit_on_error=False)
    def _copy_in_thread(self, words: str, what: str) -> None:
        copied = self.context.clipboard().copy(words)
        self.app.call_from_thread(self.say, f"{what}: {copied.message}")
