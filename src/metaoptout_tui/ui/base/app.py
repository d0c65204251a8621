"""The base class of both Apps, and how an App is run and ended.

Our themes; nothing unsafe or private in what is drawn or printed; on a signal or a closed window it ends cleanly, so that
the terminal is restored.
"""

import asyncio
import select
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from types import FrameType
from typing import Any, TypeVar

from rich.color import ColorSystem
from rich.console import RenderableType
from textual import events
from textual.app import App
from textual.driver import Driver
from textual.filter import LineFilter
from textual.geometry import Size

from metaoptout_tui.core.errors import FAULT_EXIT_STATUS, describe_crash
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.ui.key_order import KeyHandled, KeyOrder, KeyOrPaste
from metaoptout_tui.ui.terminal import has_shell_to_go_back_to
from metaoptout_tui.ui.terminal_output import PlacedStrip, TerminalOutput, find_terminal_cursor
from metaoptout_tui.ui.textual_private import (
    ChangesOnlyApp,
    CrashReportingApp,
    draw_once,
    end_after_crash,
    has_given_terminal_back,
)
from metaoptout_tui.ui.theme import (
    ANSI_TEXT_COLOURS,
    DARK_THEME,
    OWN_THEMES,
    FilterChain,
    SanitizingFilter,
    variables_for_foreign_theme,
)
from metaoptout_tui.ui.widgets.scroll_bar import use_scroll_bars_with_arrows

Result = TypeVar("Result")


class FirstDraw:
    """Holds back what an App draws until its first screen is complete: else it would be drawn again for each part.

    `once_shown` is called when the screen stands.
    """

    def __init__(self, app: App[Any], once_shown: Callable[[], None]) -> None:
        self._app = app
        self._once_shown = once_shown
        self._held_back = ExitStack()
        self._has_begun = False

    def hold_back(self) -> None:
        """Draw nothing for now."""
        self._held_back.enter_context(self._app.batch_update())

    def begin(self) -> None:
        """Draw what was held back, once; from now on changes are drawn at once."""
        if not self._has_begun:
            self._has_begun = True
            self._held_back.close()
            draw_once(self._app.screen)

    def end(self) -> None:
        """Draw what is still held back, and say that the first screen stands."""
        self.begin()
        self._once_shown()


class BaseApp(CrashReportingApp[Result], ChangesOnlyApp[Result]):
    """An App with our themes. `keymap` holds the person's own keys by command id; `no_color` is for NO_COLOR.

    `is_ascii` is for terminals that draw no signs but those of ASCII.
    """

    DEFAULT_CSS = """
    App.-terminal-cursor Input > .input--cursor, App.-terminal-cursor Input:focus > .input--cursor,
    App.-terminal-cursor TextArea .text-area--cursor, App.-terminal-cursor TextArea:focus .text-area--cursor {
        background: transparent; color: $foreground; text-style: none;
    }
    """
    ENABLE_COMMAND_PALETTE = False  # Textual's own key for it; ours is among the commands

    def __init__(
        self,
        *,
        theme: str = DARK_THEME.name,
        keymap: Mapping[str, str] | None = None,
        no_color: bool = False,
        is_ascii: bool = False,
    ) -> None:
        # Textual chooses its colour filter here and never again, so ANSI colours have to be set here.
        super().__init__(driver_class=_driver_class(), ansi_color=True if no_color else None)
        self._sanitizing_filter = SanitizingFilter()
        self._filter_chain = FilterChain(())
        self._terminal_output = TerminalOutput()
        self._key_order = KeyOrder(self)
        self.animation_level = "none"
        use_scroll_bars_with_arrows(is_ascii=is_ascii)
        for own_theme in OWN_THEMES:
            self.register_theme(own_theme)
        self.theme = theme if theme in self.available_themes else DARK_THEME.name
        if keymap:
            self.set_keymap(keymap)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colour names for a theme that is not ours, which lacks them."""
        return {} if self.current_theme in OWN_THEMES else variables_for_foreign_theme(self.current_theme)

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme; in an ANSI theme, for text only those that can be read on any background."""
        variables = super().get_css_variables()
        if self.current_theme.ansi:
            variables = self.theme_variables = variables | ANSI_TEXT_COLOURS
        return variables

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002 - as Textual has it
        """Take over the colours of the theme; before the first screen, where nothing has a style yet, parse nothing for it."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def colour_filters(self) -> Sequence[LineFilter]:
        """The filters that change colours: Textual's own, unless a subclass adds some."""
        return super().get_line_filters()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The colour filters, then the one that makes all output safe for the terminal, as one."""
        filters = (*self.colour_filters(), self._sanitizing_filter)
        if filters != self._filter_chain.filters:
            self._filter_chain = FilterChain(filters)
        return [self._filter_chain]

    def changes_to_write(self, strips: Iterator[PlacedStrip], size: Size, color_system: ColorSystem) -> str:
        """The cells that changed, and where the cursor stands."""
        return self._terminal_output.changes(strips, size, find_terminal_cursor(self.screen), color_system)

    def forget_what_is_drawn(self) -> None:
        """Write every cell again the next time: the terminal may show something else."""
        self._terminal_output.forget()

    def on_mount(self) -> None:
        """Keys that wait go to the screen that came."""
        self.screen_change_signal.subscribe(self, lambda _screen: self._key_order.screen_changed())

    async def on_event(self, event: events.Event) -> None:
        """Keys wait for the one before them; a terminal whose size changed may have moved what it showed."""
        if isinstance(event, events.Resize):
            self.forget_what_is_drawn()
        is_from_terminal = isinstance(event, events.InputEvent | events.Paste) and not event.is_forwarded
        if is_from_terminal and isinstance(event, KeyOrPaste) and self._key_order.hold_back_if_busy(event):
            return
        if is_from_terminal and isinstance(event, events.Key | events.Paste | events.MouseDown):
            event = self.input_arrived(event)
        await super().on_event(event)
        if isinstance(event, KeyOrPaste):
            if is_from_terminal:
                self._key_order.on_passed()
            else:
                self._key_order.on_unclaimed(event)

    def input_arrived(self, event: events.Event) -> events.Event:
        """The turn of a key, a click or a paste has come; the event to give to the screen, as it is or another."""
        return event

    def on_key_handled(self, message: KeyHandled) -> None:
        """The next key that waits may go on."""
        self._key_order.key_handled(message)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let no cursor blink: nothing is written while nobody does anything."""
        if hasattr(event.widget, "cursor_blink"):
            event.widget.cursor_blink = False

    def is_last_change_unsaved(self) -> bool:
        """Whether a change is not on the disk, after one more attempt to save it."""
        return False

    def save_drafts(self) -> None:
        """Save what is typed on open screens. Does nothing by default."""

    def action_pause(self) -> None:
        """Go back to the shell that started the program; what is typed is saved before."""
        if has_shell_to_go_back_to():
            self.save_drafts()
            self.is_last_change_unsaved()
            self.action_suspend_process()
        else:
            self.notify(_("There is no shell to go back to: this window was opened for the program alone."))

    def report_crash(self) -> None:
        """Print a sentence about where it crashed, without any value: values may be e-mail addresses and notes."""
        from rich.text import Text

        error = sys.exc_info()[1]
        is_unsaved = True
        with suppress(Exception):  # what failed may be what saving needs
            is_unsaved = self.is_last_change_unsaved()
        self.bell()
        end_after_crash(self, Text(describe_crash(error, is_unsaved=is_unsaved)), FAULT_EXIT_STATUS)

    def panic(self, *renderables: RenderableType) -> None:
        """End as after any crash: what Textual would print contains the values of local variables."""
        del renderables
        self.report_crash()


def _driver_class() -> type[Driver] | None:
    """The driver that no input can end; None for Textual's own, where its driver for terminals does not exist."""
    if sys.platform == "win32":
        return None
    from metaoptout_tui.ui.terminal_input import TerminalDriver

    return TerminalDriver


EXIT_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")
_HANGUP_CHECK_SECONDS = 1.0
"""Seconds between two checks whether the terminal window is still there."""
_RETRY_SECONDS = 0.02


def run_app(app: App[Result], *, mouse: bool = True) -> Result | None:
    """Run an App until it ends, and return its result.

    Exit signals are blocked until `exit_on_signals`: one during the start would leave the terminal in its changed mode.
    Afterwards they are handled as before.
    """
    if sys.platform == "win32":
        return app.run(mouse=mouse)
    handlers = {number: signal.getsignal(number) for number in _exit_signals()}
    signal.pthread_sigmask(signal.SIG_BLOCK, _exit_signals())
    try:
        return app.run(mouse=mouse)
    finally:
        for number, handler in handlers.items():
            if handler is not None:
                signal.signal(number, handler)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _exit_signals())


@contextmanager
def exit_signals_raised() -> Iterator[None]:
    """Turn an exit signal N into SystemExit(128+N) while no App runs, so that what has to be undone at the end is."""

    def end(number: int, _unused: FrameType | None) -> None:
        raise SystemExit(128 + number)

    numbers = [getattr(signal, name) for name in EXIT_SIGNALS if hasattr(signal, name)]
    handlers = {number: signal.signal(number, end) for number in numbers}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _exit_signals() -> list[signal.Signals]:
    return [signal.Signals[name] for name in EXIT_SIGNALS]


def exit_on_signals(app: BaseApp[Any], leave: Callable[[int], object]) -> None:
    """Call `leave` with 128+N on an exit signal N; a window that closed without a signal counts as SIGHUP."""
    if sys.platform == "win32" or app.is_headless:
        return

    def end(code: int) -> None:
        if app.screen.is_mounted:
            leave(code)
        else:  # a screen removed while it is being composed would crash
            app.set_timer(_RETRY_SECONDS, lambda: end(code))

    loop = asyncio.get_running_loop()
    for number in _exit_signals():
        loop.add_signal_handler(number, end, 128 + number)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _exit_signals())

    _resume_only_after_suspend(app, loop)

    # Where no SIGHUP is sent, Textual would read the end of its input over and over.
    poll = select.poll()
    poll.register(sys.__stdin__ or 0, 0)  # no event mask: POLLHUP is always reported

    def check_hangup() -> None:
        if any(event & select.POLLHUP for _unused, event in poll.poll(0)):
            end(128 + signal.SIGHUP)

    app.set_interval(_HANGUP_CHECK_SECONDS, check_hangup)


def _resume_only_after_suspend(app: BaseApp[Any], loop: asyncio.AbstractEventLoop) -> None:
    """Let Textual handle SIGCONT only after it suspended itself; in any case draw the screen again.

    Its handler starts one more thread that reads keys each time, and only the last of them is ended with the App.
    """
    textual_handler = signal.getsignal(signal.SIGCONT)

    def draw_anew() -> None:
        app.forget_what_is_drawn()
        app.refresh()

    def resume(number: int, frame: FrameType | None) -> None:
        if callable(textual_handler) and has_given_terminal_back(app):
            textual_handler(number, frame)
        loop.call_soon_threadsafe(draw_anew)

    signal.signal(signal.SIGCONT, resume)
