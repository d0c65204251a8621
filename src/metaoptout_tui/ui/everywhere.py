"""What can be opened from every screen: help, manual, palette, topics, what is kept, people and a report."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from textual.app import SystemCommand
from textual.screen import Screen

from metaoptout_tui.app.commands.commands import EVERYWHERE
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.ui.base.app import BaseApp
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens import SCREEN_CLASSES
from metaoptout_tui.ui.widgets.frame import enabled_keys


class OpensFromEverywhere(BaseApp[int]):
    """An App with the keys that open the same on every screen."""

    COMMAND_GROUPS: tuple[str, ...] = (EVERYWHERE,)  # what every screen has besides its own

    def __init__(self, context: AppContext, **options: Any) -> None:
        super().__init__(is_ascii=context.symbols.done.isascii(), **options)
        self._app_context = context

    def undo_last_change(self, screen: BaseScreen[Any], account_id: str) -> None:
        """Take back the last change; asked first where it is not of this account."""
        from metaoptout_tui.ui.screens.asking import undo_last_change

        undo_last_change(screen, account_id)

    def make_screen(self, screen_id: str, *arguments: object) -> BaseScreen[Any]:
        """A new screen by the id of its commands; `arguments` are those of its class after the context."""
        module, name = SCREEN_CLASSES[screen_id]
        screen: BaseScreen[Any] = getattr(import_module(f"metaoptout_tui.ui.screens.{module}"), name)(
            self._app_context, *arguments
        )
        return screen

    def action_redraw(self) -> None:
        """Draw everything again: the terminal may show what something else wrote."""
        self.forget_what_is_drawn()
        self.refresh()

    def action_help(self) -> None:
        """Show every key that works on this screen."""
        screen = self.screen
        if isinstance(screen, BaseScreen) and screen.SCREEN_ID != "help":
            self.push_screen(self.make_screen("help", screen.SCREEN_ID, enabled_keys(screen), self.COMMAND_GROUPS))

    def action_manual(self) -> None:
        """Show the chapter of the manual about the screen in front, or about the nearest below it that has one.

        In the checklist it is the one about the step in view.
        """
        from metaoptout_tui.app.manual import chapter_of_screens

        screen = self.screen
        if isinstance(screen, BaseScreen) and screen.SCREEN_ID not in ("manual", "manual-find"):
            screen.save_draft()
            ids: list[str] = []
            for each in reversed(self.screen_stack):
                if isinstance(each, BaseScreen):
                    ids += [each.step_in_view, each.SCREEN_ID] if each.SCREEN_ID == "checklist" else [each.SCREEN_ID]
            self.push_screen(self.make_screen("manual", chapter_of_screens(ids)))

    def action_reach(self) -> None:
        """Show what an objection reaches."""
        self._open_topic("reach")

    def action_frauds(self) -> None:
        """Show frauds and rumours."""
        self._open_topic("frauds")

    def _open_topic(self, topic: str) -> None:
        from metaoptout_tui.ui.screens.topic import open_topic

        open_topic(self._app_context, self, topic)

    def action_kept(self) -> None:
        """Show what is kept, and where."""
        screen = self.screen
        if isinstance(screen, BaseScreen) and screen.SCREEN_ID not in ("kept", "ask", "attach"):
            screen.save_draft()
            self.push_screen(self.make_screen("kept"))

    def action_people(self) -> None:
        """Show whose records there are."""
        screen = self.screen
        if self._app_context.is_rehearsal:
            self.notify(_("In a rehearsal there is one invented person."), markup=False)
        elif isinstance(screen, BaseScreen) and screen.SCREEN_ID not in ("people", "person", "ask", "attach"):
            screen.save_draft()
            self.push_screen(self.make_screen("people"))

    def action_different(self) -> None:
        """Make a report of what looked different where the person is."""
        from metaoptout_tui.ui.screens.difference import open_difference

        open_difference(self._app_context, self)

    def action_palette(self) -> None:
        """Open the palette, which finds a command by its name."""
        from metaoptout_tui.ui.palette import open_palette

        open_palette(self)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The commands of this screen, and the themes."""
        from metaoptout_tui.ui.palette import palette_entries

        screen_id = screen.SCREEN_ID if isinstance(screen, BaseScreen) else ""
        return (entry.command for entry in palette_entries(self, screen_id))
