"""The help screen: every key that works on the screen it was opened from, as it is bound now."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from metaoptout_tui.app.commands.commands import (
    EVERYWHERE,
    actions_without_key,
    commands_of,
    find_command,
    screen_title,
)
from metaoptout_tui.app.commands.key_table import readable_key
from metaoptout_tui.core.language.formatting import format_open_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.sentences import NOT_LEGAL_ADVICE
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.builder import TextBuilder

_KEY_WIDTH = 15


class HelpScreen(BaseScreen[None]):
    """The keys of the screen it was opened from, by their present bindings."""

    SCREEN_ID = "help"
    DEFAULT_CSS = """
    HelpScreen VerticalScroll { padding: 0 1; }
    HelpScreen Static { height: auto; }
    """

    def __init__(
        self,
        context: AppContext,
        screen_id: str,
        keys: list[tuple[str, Binding]],
        command_groups: tuple[str, ...] = (EVERYWHERE,),
    ) -> None:
        super().__init__(context)
        self._screen_id = screen_id
        self._active_keys = keys
        self._command_groups = command_groups

    def compose_body(self) -> ComposeResult:
        """One text."""
        with VerticalScroll():
            yield Static(id="words", markup=False)

    def on_mount(self) -> None:
        """Give the text the focus, so that it can be scrolled."""
        self.set_headline(
            _("Help: {screen}").format(screen=screen_title(self._screen_id)),
            left=_("Your record: {file}").format(file=self.context.record_location),
        )
        self.query_one(VerticalScroll).focus()

    def rewrap_text(self) -> None:
        """Write the text for the new width."""
        self.query_one("#words", Static).update(self._help_text())

    def action_manual(self) -> None:
        """Open the manual at the chapter about the screen that the help is of."""
        self.app.call_later(self.app.run_action, "app.manual")

    @property
    def _key_of_all_actions(self) -> str:
        return self.readable_key_of("everywhere.palette")

    def _help_text(self) -> Content:
        keys: dict[str, list[str]] = {}
        for key, binding in self._active_keys:
            if binding.id and find_command(binding.id):
                keys.setdefault(binding.id, []).append(readable_key(key))
        builder = TextBuilder(self.size.width - 4)
        for screen_id in (self._screen_id, *self._command_groups):
            commands = [command for command in commands_of(screen_id) if command.id in keys]
            if commands:
                builder.heading(screen_title(screen_id))
                _add_items(builder, [(format_open_list(keys[command.id]), command.help) for command in commands])
        without_key = [
            command
            for screen_id in (self._screen_id, *self._command_groups)
            for command in actions_without_key(screen_id)
            if command.id not in keys and self.has_effect(command)
        ]
        if without_key and actions_without_key(self._screen_id):
            builder.heading(_("In the last row, “More you can do”, and by {key}").format(key=self._key_of_all_actions))
        elif without_key:
            builder.heading(_("By {key}, which finds every action by its name").format(key=self._key_of_all_actions))
        _add_items(builder, [(command.title, command.help) for command in without_key])
        if self._screen_id in _SCREENS_WITH_SIGNS:
            builder.heading(_("The signs"))
            symbols = self.context.symbols
            _add_items(builder, [(getattr(symbols, name), _(words)) for name, words in _SIGNS.items()])
        builder.heading(_("What this is"))
        builder.paragraph(_(NOT_LEGAL_ADVICE))
        builder.heading(_("Lists and fields"))
        _add_items(builder, [(_(name), _(words)) for name, words in _LIST_AND_FIELD_KEYS])
        return builder.content()


def _add_items(builder: TextBuilder, items: Sequence[tuple[str, str]]) -> None:
    """Keys or titles, and beside them in one column what they do; the few that are longer than that stand out."""
    widest = max((cell_len(name) for name, _help in items), default=0)
    column = max(_KEY_WIDTH, min(widest, builder.width // 3))
    for name, words in items:
        builder.item(name + " " * max(0, column - cell_len(name)), words, sign_style="bold")


_SCREENS_WITH_SIGNS = frozenset({"checklist", "overview"})
_SIGNS = {
    "todo": mark("To do."),
    "waiting": mark("Sent, and waiting for an answer."),
    "done": mark("Done, or confirmed."),
    "covered": mark(
        "Covered by the objection of a linked account; “perhaps” as long as Meta has not confirmed that objection."
    ),
    "attention": mark("Something is asked of you."),
    "skipped": mark("Left out, or closed."),
}
"""What the signs of `Symbols` say, by their names there."""

_LIST_AND_FIELD_KEYS = (
    ("↑ ↓", mark("Move in a list.")),
    (mark("Tab, Shift+Tab"), mark("Go to the next or the previous pane or field.")),
    (mark("Home, End"), mark("Go to the first or the last row.")),
    ("Alt+1 … Alt+9", mark("In place of F1 … F9, where the terminal keeps those for itself.")),
    (mark("Shift+drag"), mark("Select text with the mouse, as your terminal does it.")),
)
