"""The base of every screen: headline above, keys below, one way to make a change and one way to say what went wrong."""

from collections.abc import Callable
from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.session import Session
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.key_table import readable_key
from metaoptout_tui.ui.widgets.headline import Headline
from metaoptout_tui.ui.widgets.keybar import KeyBar
from metaoptout_tui.ui.widgets.said_line import SaidLine

Result = TypeVar("Result")
Answer = TypeVar("Answer")

FEWEST_COLUMNS, FEWEST_ROWS = 40, 12


class Page(Screen[Result]):
    """A full screen of the program. It asks the session to do things and shows what is then so."""

    PLACE = ""
    DEFAULT_CSS = """
    Page { background: $background; }
    Page > #too-small { display: none; }
    Page.-too-small > * { display: none; }
    Page.-too-small > #too-small { display: block; padding: 0 1; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-wide"), (110, "-roomy")]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
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
        return self.desk.session

    def compose(self) -> ComposeResult:
        """Headline, what the screen is for, what was just said, keys."""
        yield Headline()
        yield from self.compose_above()
        yield from self.compose_page()
        yield SaidLine()
        yield KeyBar()

    def compose_above(self) -> ComposeResult:
        """What a kind of screens has right below the headline."""
        yield from ()

    def compose_page(self) -> ComposeResult:
        """What stands between headline and keys."""
        yield from ()

    def on_screen_resume(self) -> None:
        """Show what is so now, also after coming back from another screen."""
        self.desk.said.screen_changed()
        self.show()
        self.show_said()

    def show_said(self) -> None:
        """Show what the program has just said."""
        if self.is_mounted:
            self.query_one(SaidLine).show(self.desk.said.standing)

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the terminal is too small to be of use."""
        small = event.size.width < FEWEST_COLUMNS or event.size.height < FEWEST_ROWS
        if small and not self.query("#too-small"):
            self.mount(Static(id="too-small", markup=False))
        if small:
            words = (
                f"This terminal is {event.size.width} × {event.size.height}. "
                f"Make it at least {FEWEST_COLUMNS} × {FEWEST_ROWS}; nothing is lost meanwhile."
            )
            self.call_after_refresh(lambda: self.query_one("#too-small", Static).update(words))
        self.set_class(small, "-too-small")
        self.call_after_refresh(self.resized)

    def looked(self) -> None:
        """A look at the watched pages went on or ended; a screen that shows how current the guidance is shows it anew."""

    def scanned(self) -> bool:
        """A scan of chats came to its end; whether this screen shows what was found."""
        return False

    def resized(self) -> None:
        """Write anew what was written for another width."""

    def show(self) -> None:
        """Put on the screen what is so now. Extended by each screen."""
        headline = self.query_one(Headline)
        session = self.session
        while session.heard:
            self.notify(session.heard.pop(0), severity="warning", markup=False)
        if session.unsaved is not None:
            headline.warning = session.unsaved.what
        elif session.read_only:
            headline.warning = session.read_only
        else:
            headline.warning = ""

    def keep(self) -> None:
        """Keep what is typed and not recorded; a screen with fields has something to keep."""

    def head(self, title: str, *, label: str = "", left: str = "", right: str = "") -> None:
        """Set the headline. Names of accounts and addresses in the title are what gives way where it has no room."""
        headline, progress = self.query_one(Headline), self.session.progress
        known = dict.fromkeys((*(account.name for account in progress.accounts), *progress.emails()))
        headline.names = tuple(name for name in known if name in title)
        headline.label, headline.title, headline.left, headline.right = label, title, left, right

    def key(self, action: str) -> str:
        """The key of an action as it is bound now, as people write it; the action's id where it has none here."""
        bound = (key for key, active in self.active_bindings.items() if active.binding.id == action)
        return next((readable_key(key) for key in bound), action)

    def change(self, act: Callable[[], object]) -> bool:
        """Make a change and show what is then so; what cannot be is said, and nothing is lost.

        A screen that is being left makes none: the same key pressed twice writes one entry.
        """
        if self._is_leaving:
            return False
        try:
            act()
        except MetaOptOutError as error:
            self.say_error(error)
            return False
        self.show()
        if self.session.unsaved is not None:
            Page.say_error(self, self.session.unsaved)  # not in a form, which is about to close
        return True

    def open_form(self, form: Screen[Answer], then: Callable[[Answer | None], None] | None = None) -> None:
        """Open something to fill in; where nothing can be recorded, say why before anything is typed."""
        try:
            self.session.must_write()
        except MetaOptOutError as error:
            self.say_error(error)
        else:
            self.app.push_screen(form, then)

    def action_you(self) -> None:
        """Change country, e-mail address and language, where the screen has a key for it."""
        from metaoptout_tui.ui.screens.welcome import WelcomeScreen

        self.open_form(WelcomeScreen(self.desk, first=False))

    def say(self, words: str) -> None:
        """A short message that stands until the next key."""
        self.notify(words, markup=False)

    def say_error(self, error: MetaOptOutError) -> None:
        """What happened, what was kept, what to do; it stands until the person goes to another screen."""
        self.notify(str(error), severity="error", markup=False)

    def undo(self) -> None:
        """Take back the last change and say which."""
        change = self.session.undo()
        self.say(f"Taken back: {change.what}." if change else "There is nothing to take back in this sitting.")
        self.show()

    def redo(self) -> None:
        """Make the change again that was taken back."""
        change = self.session.redo()
        self.say(f"Made again: {change.what}." if change else "There is nothing to make again.")
        self.show()


def plain(words: str) -> Content:
    """Text as it stands, for places where Textual would read a string as markup."""
    return Content(words)
