"""The Textual App: connects session, desktop and screens, and starts page checks and chat scans.

Screens decide what their keys do, and the session holds the state. This module passes requests of screens on and
remembers theme and position for the next start; how the program is left stands in `ui/leaving.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.binding import Binding
from textual.filter import LineFilter, NoColor
from textual.notifications import SeverityLevel
from textual.screen import Screen

from metaoptout_tui.app.commands.commands import EVERYWHERE
from metaoptout_tui.app.record.current_record import BackgroundSaving, CurrentRecord
from metaoptout_tui.ui.base.app import FirstDraw, exit_on_signals
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.base.screen_commands import bindings_for
from metaoptout_tui.ui.context import (
    AppContext,
    ChatScanRequested,
    FromElsewhereRequested,
    PageCheckRequested,
    PageCheckStopRequested,
    PersonChosen,
    PurgeRequested,
    QuitRequested,
    StatusMessage,
    StepSelected,
)
from metaoptout_tui.ui.everywhere import OpensFromEverywhere
from metaoptout_tui.ui.leaving import (
    InterruptedSitting,
    LastState,
    Leaving,
    LeftForPerson,
    LeftToPurge,
    checklist_to_begin_with,
)
from metaoptout_tui.ui.screens.checklist import ChecklistScreen
from metaoptout_tui.ui.textual_private import replace_first_screen
from metaoptout_tui.ui.theme import DARK_THEME, NoColourFilter, ReverseBackgroundFilter

if TYPE_CHECKING:
    from textual.command import Provider

    from metaoptout_tui.ui.runners import ChatScanRunner, DownloadRunner, PageCheckRunner

_LATEST_FIRST_DRAW = 0.25
"""Seconds after which the first screen is drawn even if no FirstScreenComplete has come."""


def _palette_provider() -> type[Provider]:
    from metaoptout_tui.ui.palette import PaletteProvider

    return PaletteProvider


class MetaOptOutApp(OpensFromEverywhere, inherit_bindings=False):
    """The main App. `position` is the account and step to begin with; `save_ui_state` keeps theme and position.

    `once_shown` is called when the first screen stands. `interrupted` is the sitting that goes on, None for a new one.
    """

    TITLE = "metaoptout-tui"
    BINDINGS = bindings_for(EVERYWHERE)
    COMMANDS = {_palette_provider}
    CSS = """
    * { scrollbar-size-vertical: 1; scrollbar-size-horizontal: 1; }
    Input { scrollbar-size-horizontal: 0; }
    SearchIcon { display: none; }
    Input > .input--placeholder, Input:focus > .input--placeholder { color: $muted; }
    App:ansi {
        OptionList > .option-list--option-highlighted { text-style: underline; background: ansi_default; }
        OptionList:focus > .option-list--option-highlighted { text-style: bold; background: $cursor; }
        Tree > .tree--cursor { text-style: underline; background: ansi_default; }
        Tree:focus > .tree--cursor { text-style: bold; background: $cursor; }
        Input, TextArea { text-style: underline; }
        Input > .input--placeholder, Input:focus > .input--placeholder { text-style: not underline not dim; }
        CommandPalette > .command-palette--help-text { text-style: not bold not dim; }
    }
    """

    def __init__(
        self,
        context: AppContext,
        *,
        theme: str = DARK_THEME.name,
        position: tuple[str, str] = ("", ""),
        keymap: dict[str, str] | None = None,
        save_ui_state: Callable[[str, tuple[str, str]], None] = lambda _theme, _position: None,
        once_shown: Callable[[], None] = lambda: None,
        no_color: bool = False,
        interrupted: InterruptedSitting | None = None,
    ) -> None:
        super().__init__(context, theme=theme, keymap=keymap, no_color=no_color)
        self._interrupted = interrupted
        self._reverse_filter = ReverseBackgroundFilter()
        self._no_colour_filter = NoColourFilter()
        self._last_state = LastState(self, position, save_ui_state)
        self.leaving = Leaving(self, context.session.current_record, self._last_state)
        self._first_draw = FirstDraw(self, once_shown)

    def colour_filters(self) -> list[LineFilter]:
        """Textual's filters, and ours for the terminal's own colours and for NO_COLOR."""
        textual = [line_filter for line_filter in super().colour_filters() if not isinstance(line_filter, NoColor)]
        before = [self._reverse_filter] if self.native_ansi_color else []
        after = [self._no_colour_filter] if self.no_color else []
        return [*before, *textual, *after]

    def on_load(self) -> None:
        """Draw nothing until the first screen is complete."""
        self._first_draw.hold_back()

    def on_first_screen_complete(self) -> None:
        """Draw the first screen."""
        self._first_draw.begin()

    def get_default_screen(self) -> Screen[Any]:
        """The checklist, at the account and step where the person left it."""
        return checklist_to_begin_with(self._app_context, self._last_state.position, self._interrupted)

    def on_mount(self) -> None:
        """Handle signals; open the welcome for a new person, else check the watched pages if that is due."""
        exit_on_signals(self, self.leaving.leave)
        save_in_background_of(self, self._app_context.session.current_record)
        self.set_timer(_LATEST_FIRST_DRAW, self._first_draw.end)
        self.theme_changed_signal.subscribe(self, lambda _theme: self._last_state.save_soon())
        session = self._app_context.session
        if session.account_service.is_new and not session.current_record.read_only_reason:
            self.push_screen(self.make_screen("welcome", True), self._after_welcome)
            self.call_after_refresh(self._first_draw.begin)
        elif self._app_context.page_check.is_due():
            self.call_after_refresh(self._page_check_runner.run)

    def _after_welcome(self, way: str | None) -> None:
        from metaoptout_tui.ui.screens.ways_to_begin import begin, say_who_helps

        checklist = self.screen
        if isinstance(checklist, ChecklistScreen):
            begin(checklist, way or "", go_to=checklist.go_to, open_step=checklist.open_step)
            say_who_helps(checklist)
        if self._app_context.page_check.is_weekly:
            self._page_check_runner.start()

    # Status messages

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a message in the status line above the keys; Textual's pop-up would cover the text of the screen."""
        del title, timeout, markup
        is_lasting = severity != "information"
        self._app_context.status_messages.add(
            StatusMessage(message, is_lasting=is_lasting, is_error=severity == "error")
        )
        self._update_status_line()

    def _update_status_line(self) -> None:
        if isinstance(self.screen, BaseScreen):
            self.screen.update_status_line()

    def input_arrived(self, event: events.Event) -> events.Event:
        """A key, a click or a paste removes the messages that are not lasting."""
        self._app_context.status_messages.drop_on_key()
        self._update_status_line()
        if isinstance(event, events.Paste):
            from metaoptout_tui.ui.widgets.fields import fit_paste

            if isinstance(self.screen, BaseScreen):
                self.screen.prepare_for_paste()
            return fit_paste(event, self.focused, partial(self.notify, markup=False))
        return event

    def on_step_selected(self, message: StepSelected) -> None:
        """Remember account and step for the next start."""
        self._last_state.position = (message.account_id, message.step)
        self._last_state.save_soon()

    # Page check

    @cached_property
    def _page_check_runner(self) -> PageCheckRunner:
        from metaoptout_tui.ui.runners import PageCheckRunner

        return PageCheckRunner(
            self,
            self._app_context.page_check,
            show_hosts=lambda then: self.push_screen(self.make_screen("hosts"), then),
            on_change=self._page_check_updated,
        )

    def on_page_check_requested(self, message: PageCheckRequested) -> None:
        """Begin a page check for a screen."""
        message.stop()
        self._page_check_runner.start()

    def _page_check_updated(self) -> None:
        # A check that ends because the program ends has no screen to update: widgets are removed one by one.
        for screen in () if self.leaving.is_under_way else self.screen_stack[-1:]:
            if isinstance(screen, BaseScreen) and screen.is_mounted:
                screen.page_check_updated()

    def on_page_check_stop_requested(self, message: PageCheckStopRequested) -> None:
        """Stop the page check; pages that were fetched are kept."""
        message.stop()
        self._page_check_runner.stop()

    # Scanning chats

    @cached_property
    def _chat_scan_runner(self) -> ChatScanRunner:
        from metaoptout_tui.ui.runners import ChatScanRunner

        return ChatScanRunner(self, self._app_context.chat_scan, is_exiting=lambda: self.leaving.is_under_way)

    def on_chat_scan_requested(self, message: ChatScanRequested) -> None:
        """Read the chosen chats in a thread; all screens work meanwhile."""
        message.stop()
        self._chat_scan_runner.start()

    # Meta's download

    @cached_property
    def _download_runner(self) -> DownloadRunner:
        from metaoptout_tui.ui.runners import DownloadRunner

        return DownloadRunner(self, self, self._app_context.session)

    def action_download(self) -> None:
        """Choose, follow or show the reading of Meta's download."""
        self._download_runner.open()

    async def on_from_elsewhere_requested(self, message: FromElsewhereRequested) -> None:
        """Go back to the checklist, and there to the data from elsewhere."""
        from metaoptout_tui.ui.screens.ways_to_begin import begin_from_elsewhere

        message.stop()
        while not isinstance(self.screen, ChecklistScreen):
            await self.screen.dismiss(None)
        begin_from_elsewhere(self.screen, self.screen.go_to)

    # The language

    def action_language(self) -> None:
        """Ask in which language the program is to speak; what is open goes back to the checklist, in that language."""
        from metaoptout_tui.ui.screens.language import open_language_choice

        open_language_choice(self, self._app_context, self._begin_anew)

    async def _begin_anew(self) -> None:
        """Make every screen again; what is typed is kept as when one leaves them."""
        self.save_drafts()
        self._last_state.remember_position()
        while len(self.screen_stack) > 1:
            self.pop_screen()
        await replace_first_screen(self, self.get_default_screen())
        if self._app_context.session.account_service.is_new:
            self.push_screen(self.make_screen("welcome", True), self._after_welcome)

    # Leaving

    def is_last_change_unsaved(self) -> bool:
        """Whether the last change is not on the disk, after one more attempt."""
        return self.leaving.is_last_change_unsaved()

    def save_drafts(self) -> None:
        """Save what is typed on open screens."""
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.save_draft()

    def action_leave(self) -> None:
        """Leave."""
        self.leaving.leave()

    def on_quit_requested(self, message: QuitRequested) -> None:
        """Leave."""
        message.stop()
        self.leaving.leave()

    def action_rehearse(self) -> None:
        """Leave for a rehearsal."""
        self.leaving.leave_for_rehearsal(self._app_context.session.undo_stack.history)

    def on_person_chosen(self, message: PersonChosen) -> None:
        """Leave for the record of another person."""
        message.stop()
        self.leaving.leave_for(LeftForPerson(message.name))

    def on_purge_requested(self, message: PurgeRequested) -> None:
        """Leave, after which everything is deleted."""
        message.stop()
        self.leaving.leave_for(LeftToPurge(message.with_handed_out))

    def handle_bindings_clash(self, clashed_bindings: set[Binding], node: object) -> None:
        """Do nothing: clashes are reported when the key table is read, before the screen opens."""


def save_in_background_of(app: App[Any], current_record: CurrentRecord) -> None:
    """From now on a slow save does not hold up the screens of an App."""

    def call_on_screen(callback: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the App has ended, and waits for the save in another way
            app.call_later(callback)

    def show_outcome() -> None:
        from metaoptout_tui.ui.base.input_screen import InputScreen

        for screen in app.screen_stack[-1:]:
            if isinstance(screen, BaseScreen) and screen.is_mounted:
                if not isinstance(screen, InputScreen):  # what is typed stays as it is
                    screen.update_content()
                screen.show_record_warning()
                screen.say_save_error()

    current_record.save_in_background(BackgroundSaving(call_on_screen, show_outcome))
