"""The full screen: wires session, desktop and screens together, and gives the terminal back whatever happens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from textual import events, work
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.filter import LineFilter, NoColor
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import get_current_worker

from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.ui.actions import actions_of
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.ending import stop_by_fault, watch_ending
from metaoptout_tui.ui.messages import LookAsked, LookStopAsked, Place, QuitAsked, ScanAsked
from metaoptout_tui.ui.page import Page
from metaoptout_tui.ui.places import EVERYWHERE
from metaoptout_tui.ui.said import Saying
from metaoptout_tui.ui.screens.checklist import ChecklistScreen
from metaoptout_tui.ui.scrub import GroundAsReverse, Scrub, WithoutColour
from metaoptout_tui.ui.theme import DARK, OFFERED, OWN, borrowed_variables
from metaoptout_tui.ui.widgets.keybar import live_keys

if TYPE_CHECKING:  # imported when chats are read
    from metaoptout_tui.evidence.whatsapp.results import Review

_REMEMBER_AFTER = 0.5


class MetaOptOutApp(App[int], inherit_bindings=False):
    """Only wires: what a key does is said by the screens, what is so by the session."""

    TITLE = "metaoptout-tui"
    ENABLE_COMMAND_PALETTE = False  # Textual's own key for it; ours is among the actions
    BINDINGS = bindings(EVERYWHERE)
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
    }
    """

    def __init__(
        self,
        desk: Desk,
        *,
        theme: str = DARK.name,
        place: tuple[str, str] = ("", ""),
        keymap: dict[str, str] | None = None,
        remember: Callable[[str, tuple[str, str]], None] = lambda _theme, _place: None,
        no_color: bool = False,
    ) -> None:
        # Without colour the filter is chosen here and never again, so ANSI has to be said here.
        super().__init__(ansi_color=True if no_color else None)
        self._scrub = Scrub()
        self._reverse = GroundAsReverse()
        self._without_colour = WithoutColour()
        self._desk = desk
        self._place = place
        self._user_keymap = keymap or {}
        self._remember = remember
        self._remembering: Timer | None = None
        self._warned = False
        self._is_ending = False
        self.animation_level = "none"
        for own in OWN:
            self.register_theme(own)
        self.theme = theme if theme in self.available_themes else DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colour names where a theme that is not ours lacks them."""
        return {} if self.current_theme in OWN else borrowed_variables(self.current_theme)

    def get_line_filters(self) -> list[LineFilter]:
        """Textual's filters, then the last gate before the terminal."""
        textual = [each for each in super().get_line_filters() if not isinstance(each, NoColor)]
        before = [self._reverse] if self.native_ansi_color else []
        after = [self._without_colour] if self.no_color else []
        return [*before, *textual, *after, self._scrub]

    def get_default_screen(self) -> Screen[Any]:
        """The checklist, where the person left it."""
        account, step = self._place
        return ChecklistScreen(self._desk, account=account, step=step)

    def on_mount(self) -> None:
        """Take the user's keys, watch for signals, and welcome a person who is new."""
        if self._user_keymap:
            self.set_keymap(self._user_keymap)
        watch_ending(self, self.leave)
        self.theme_changed_signal.subscribe(self, lambda _theme: self._remember_soon())
        if self._desk.session.is_new and not self._desk.session.read_only:
            from metaoptout_tui.ui.screens.welcome import WelcomeScreen

            self.push_screen(WelcomeScreen(self._desk), self._welcomed)
        elif self._desk.looking.is_due():
            self.call_after_refresh(self._look)

    def _welcomed(self, _: object) -> None:
        checklist = self.screen
        if isinstance(checklist, ChecklistScreen):
            task = self._desk.session.overview().next
            if task is not None:
                checklist.go_to(task.account, task.step)
        if self._desk.looking.lookout.permission.weekly and not self._desk.looking.lookout.permission.offline:
            self.begin_look()

    # What is said

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Say something in the line above the keys, in place of Textual's pop-up, which covers what is to be read next."""
        del title, timeout, markup
        lasting = severity != "information"
        self._desk.said.say(Saying(message, lasting=lasting, is_error=severity == "error"))
        self._show_said()

    def _show_said(self) -> None:
        if isinstance(self.screen, Page):
            self.screen.show_said()

    async def on_event(self, event: events.Event) -> None:
        """What was said goes with the next key."""
        if isinstance(event, events.Key | events.Paste | events.MouseDown) and not event.is_forwarded:
            self._desk.said.key_pressed()
            self._show_said()
        await super().on_event(event)

    # What is remembered

    def on_place(self, message: Place) -> None:
        """Remember the account and the step."""
        self._place = (message.account, message.step)
        self._remember_soon()

    def _remember_soon(self) -> None:
        if self._remembering is not None:
            self._remembering.stop()
        self._remembering = self.set_timer(_REMEMBER_AFTER, self._remember_now)

    def _remember_now(self) -> None:
        self._remember(self.theme, self._place)

    # Looking at the watched pages

    def on_look_asked(self, message: LookAsked) -> None:
        """Begin a look; hosts that the person has not been shown are shown first."""
        message.stop()
        self.begin_look()

    def begin_look(self) -> None:
        """Begin a look, unless one is under way."""
        looking = self._desk.looking
        if looking.running:
            return
        offline = looking.lookout.permission.offline
        if offline:
            self.notify(offline, severity="warning", markup=False, timeout=10)
        elif looking.must_ask():
            from metaoptout_tui.ui.screens.hosts import HostsScreen

            self.push_screen(HostsScreen(self._desk), self._hosts_shown)
        else:
            self._look()

    def _hosts_shown(self, agreed: object) -> None:
        if not agreed:
            return
        try:
            self._desk.looking.agree()
        except MetaOptOutError as error:
            self.notify(str(error), severity="error", markup=False, timeout=10)
        self._look()

    @work(group="look", exclusive=True)
    async def _look(self) -> None:
        """One look; the walk goes on meanwhile."""
        await self._desk.looking.run(self._looked)

    def _looked(self) -> None:
        # A look that ends because the program does has no screen to show itself on: its widgets go one by one.
        for screen in () if self._is_ending else self.screen_stack[-1:]:
            if isinstance(screen, Page) and screen.is_mounted:
                screen.looked()

    def on_look_stop_asked(self, message: LookStopAsked) -> None:
        """Stop the look; what has come is kept."""
        message.stop()
        self.workers.cancel_group(self, "look")

    # Scanning chats

    def on_scan_asked(self, message: ScanAsked) -> None:
        """Read the chosen chats; the walk goes on meanwhile."""
        message.stop()
        self._scan()

    @work(thread=True, group="scan", exclusive=True)
    def _scan(self) -> None:
        worker = get_current_worker()
        found = self._desk.scanning.run(lambda: worker.is_cancelled)
        if not worker.is_cancelled:
            self.call_from_thread(self._scanned, found)

    def _scanned(self, found: Review) -> None:
        self._desk.scanning.end(found)
        if self._is_ending:
            return
        screen = self.screen
        if isinstance(screen, Page) and not screen.scanned():
            self.notify("The chats are read. “Scan chats” in the review of WhatsApp shows what was found.")

    # Leaving

    def leave(self, code: int = 0) -> None:
        """End, with nothing lost: what is typed in an open form is kept, what could not be saved is tried again."""
        for screen in self.screen_stack:
            if isinstance(screen, Page):
                screen.keep()
            if isinstance(screen, ChecklistScreen):
                self._place = screen.place()
        session = self._desk.session
        session.close()
        self._remember_now()
        if code == 0 and session.unsaved is not None and not self._warned:
            self._warned = True
            words = f"{session.unsaved} Leave once more to go without saving."
            self.notify(words, severity="error", markup=False)
            return
        self._is_ending = True
        self.exit(code, return_code=code)

    def on_quit_asked(self, message: QuitAsked) -> None:
        """Leave."""
        message.stop()
        self.leave()

    def action_leave(self) -> None:
        """Leave."""
        self.leave()

    # Help and palette

    def action_help(self) -> None:
        """Every key that works here."""
        from metaoptout_tui.ui.screens.help import HelpScreen

        screen = self.screen
        if isinstance(screen, Page) and not isinstance(screen, HelpScreen):
            self.push_screen(HelpScreen(self._desk, screen.PLACE, live_keys(screen)))

    def action_palette(self) -> None:
        """Find an action by name."""
        from textual.command import CommandPalette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette())

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The actions that work on this screen, and the themes."""
        places = (screen.PLACE, EVERYWHERE) if isinstance(screen, Page) else (EVERYWHERE,)
        named: set[str] = set()
        for place in places:
            for action in actions_of(place):
                if action.moves or action.title in named:
                    continue
                named.add(action.title)
                namespace = "app" if place == EVERYWHERE else "screen"
                yield SystemCommand(action.title, action.help, self._runner(f"{namespace}.{action.call}"))
        for theme in OFFERED:
            yield SystemCommand(
                f"Theme {theme}", "Use this theme, now and from the next start on.", self._themer(theme)
            )

    def _runner(self, action: str) -> Callable[[], None]:
        def run() -> None:
            self.call_later(self.run_action, action)

        return run

    def _themer(self, theme: str) -> Callable[[], None]:
        def use() -> None:
            self.theme = theme

        return use

    def handle_bindings_clash(self, clashed_bindings: set[Binding], node: object) -> None:
        """Clashes are reported from the key table itself, before the screen opens."""

    # The end of the world

    def _fatal_error(self) -> None:
        """Say where it broke, without the values of anything."""
        stop_by_fault(self)
