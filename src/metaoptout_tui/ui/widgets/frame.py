"""The frame of every screen: the headline at the top, the status line and the bar of keys at the foot.

Status messages take room of their own and cover nothing. Where the terminal is narrow, the least useful keys and the
ends of long names are left out first.
"""

from collections.abc import Callable, Sequence
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from metaoptout_tui.app.commands.commands import find_command
from metaoptout_tui.app.commands.key_table import NO_KEY, readable_key
from metaoptout_tui.app.commands.own_commands import Command
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import pgettext
from metaoptout_tui.core.text import elide_to_width
from metaoptout_tui.ui.context import StatusMessage
from metaoptout_tui.ui.text.builder import wrap_shortening_names, wrap_to_lines
from metaoptout_tui.ui.text.rows import text_with_paths
from metaoptout_tui.ui.textual_private import own_bindings_for_key


class Headline(Widget):
    """`title` in bold; below it, muted, `left` and, where it fits, `right`; a `warning` replaces both.

    Where there are several records, `record_name` says before the title which one this is, and the title may take a line
    more. A long text goes on in a second line, below the title in a third too, and a warning in as many as it needs. Where
    that is not enough, or the terminal has few rows, the names in the title that are `shortenable_names` are shortened;
    only then is the text cut.
    """

    DEFAULT_CSS = """
    Headline { dock: top; height: auto; background: $panel; padding: 0 1; }
    """

    class Clicked(Message):
        """The headline was clicked, and has a label: what that says can be done."""

    label = reactive("", layout=True)
    title = reactive("", layout=True)
    left = reactive("", layout=True)
    right = reactive("", layout=True)
    warning = reactive("", layout=True)
    shortenable_names: reactive[tuple[str, ...]] = reactive((), layout=True)

    def __init__(self, record_name: str = "") -> None:
        super().__init__()
        self._record_name = record_name

    def on_click(self) -> None:
        """Say that what the label tells of was clicked."""
        if self.label:
            self.post_message(self.Clicked())

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of lines that the words of the headline take."""
        del container
        return len(self._title_lines(width, viewport.height)) + len(self._detail_lines(width, viewport.height))

    def render(self) -> Content:
        """The title and the lines below it."""
        width, rows = max(1, self.size.width), self.app.size.height
        upper = Content("\n").join([Content.styled(line, "bold") for line in self._title_lines(width, rows)])
        name, label = self._name_before_title(width), self.label and f"{self.label} "
        if name or label:
            upper = Content.assemble(
                (name, "bold $text-accent"), (label, "bold $text-accent"), upper[len(name) + len(label) :]
            )
        lower = "\n".join(self._detail_lines(width, rows))
        return Content.assemble(upper, "\n", (lower, "bold $text-warning" if self.warning else "$muted"))

    def _title_lines(self, width: int, rows: int) -> list[str]:
        name, words = self._name_before_title(width), f"{self.label} {self.title}".strip()
        max_lines = _max_lines(rows) + (rows >= _MANY_ROWS) + bool(name)
        return wrap_shortening_names(f"{name}{words}", self.shortenable_names, width, max_lines)

    def _name_before_title(self, width: int) -> str:
        """The name of the record, no longer than leaves room for the label in the first line; empty for none."""
        if not self._record_name:
            return ""
        room = max(1, width - cell_len(self.label) - len(_BETWEEN_NAME_AND_TITLE) - 1)
        return f"{elide_to_width(self._record_name, room)}{_BETWEEN_NAME_AND_TITLE}"

    def _detail_lines(self, width: int, rows: int) -> list[str]:
        max_lines = _max_lines(rows) + (rows >= _MANY_ROWS)
        if self.warning and rows >= _FEW_ROWS:
            max_lines = rows
        lines = wrap_to_lines(self.warning or self.left, width, max_lines)
        gap = width - cell_len(lines[-1]) - cell_len(self.right)
        if self.right and not self.warning and gap >= _MIN_GAP_BEFORE_RIGHT:
            lines[-1] = f"{lines[-1]}{' ' * gap}{self.right}"
        return lines


_BETWEEN_NAME_AND_TITLE = " · "
_MIN_GAP_BEFORE_RIGHT = 2
_FEW_ROWS, _MANY_ROWS = 16, 20


def _max_lines(rows: int) -> int:
    return 1 if rows < _FEW_ROWS else 2


_GAP_BETWEEN_KEYS = 2
_HELP_COMMAND_ID = "everywhere.help"


class KeyBar(Widget):
    """The keys in one line. Unlike Textual's Footer it never scrolls, and leaves out the least useful keys first."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; background: $panel; color: $foreground; padding: 0 1; }
    """

    def __init__(self, has_effect: Callable[[Command], bool]) -> None:
        super().__init__()
        self._has_effect = has_effect
        self._click_ranges: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        """Draw the keys again when others are enabled."""
        self.screen.bindings_updated_signal.subscribe(self, self._redraw)

    def _redraw(self, _unused: Screen[object]) -> None:
        self.refresh()

    def visible_keys(self) -> list[tuple[str, str, str]]:
        """Key as Textual names it, key as people write it, and title, in footer order, as many as fit.

        Those that have no effect now are left out.
        """
        entries: dict[str, tuple[int, str, str, str]] = {}
        for key, binding in enabled_keys(self.screen):
            command = find_command(binding.id or "")
            if command is None or not command.footer_order or not self._has_effect(command):
                continue
            if command.id not in entries:
                title = pgettext("action", "More") if command.id == _HELP_COMMAND_ID else command.title
                entries[command.id] = (command.footer_order, key, readable_key(key), title)
        always_shown = (entry for entry in entries.values() if entry[0] >= _ALWAYS_SHOWN_FROM)
        room = self.size.width + _GAP_BETWEEN_KEYS - sum(map(_entry_width, always_shown))
        visible: list[tuple[str, str, str]] = []
        for entry in sorted(entries.values()):
            if entry[0] < _ALWAYS_SHOWN_FROM:
                if _entry_width(entry) > room:
                    continue
                room -= _entry_width(entry)
            visible.append(entry[1:])
        return visible

    def render(self) -> Content:
        """The keys and their titles."""
        parts: list[tuple[str, str] | str] = []
        self._click_ranges.clear()
        column = 1
        for key, key_text, title in self.visible_keys():
            parts.extend([(key_text, "bold $text-accent"), f" {title}", " " * _GAP_BETWEEN_KEYS])
            width = cell_len(key_text) + 1 + cell_len(title)
            self._click_ranges.append((column, column + width, key))
            column += width + _GAP_BETWEEN_KEYS
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        for start, end, key in self._click_ranges:
            if start <= event.x < end:
                self.app.simulate_key(key)


def enabled_keys(screen: Screen[object]) -> list[tuple[str, Binding]]:
    """Every key that is enabled on a screen now, with its binding."""
    keys = [
        (key, active.binding)
        for key, active in screen.active_bindings.items()
        if active.enabled and not key.startswith(NO_KEY)
    ]
    if isinstance(screen.focused, Input):
        # A field turns Enter into Submitted, which the screen handles like its own Enter.
        keys[:0] = [("enter", binding) for binding in own_bindings_for_key(screen, "enter")]
    return keys


_ALWAYS_SHOWN_FROM = 20
"""The footer order from which keys are always shown: back, help and leaving."""


def _entry_width(entry: tuple[int, str, str, str]) -> int:
    return cell_len(entry[2]) + 1 + cell_len(entry[3]) + _GAP_BETWEEN_KEYS


class Notice(Static):
    """A text that takes no room while it is empty."""

    DEFAULT_CSS = """
    Notice { height: auto; padding: 0 1; display: none; }
    Notice.-said { display: block; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)

    def show(self, words: str | Content) -> None:
        """Show a text; an empty one hides the widget."""
        self.update(text_with_paths(words))
        self.set_class(bool(words), "-said")


class StatusLine(Notice):
    """The status messages, the newest first."""

    DEFAULT_CSS = "StatusLine { max-height: 50%; background: $cursor-blurred; }"

    def __init__(self) -> None:
        super().__init__()
        self._shown_messages: Sequence[StatusMessage] = ()

    def show_messages(self, messages: Sequence[StatusMessage]) -> None:
        """Show these messages."""
        if messages == self._shown_messages:
            return
        self._shown_messages = messages
        lines = [
            Content.styled(message.text, "$text-error" if message.is_error else "") for message in reversed(messages)
        ]
        self.show(Content("\n").join(lines))


class TooSmallNotice(Static):
    """What stands in place of a screen while the terminal is too small for it."""

    MIN_SIZE = Size(40, 12)

    def __init__(self, focused: Widget | None) -> None:
        super().__init__(id="too-small", markup=False)
        self.focus_before = focused

    @classmethod
    def show_where_needed(cls, screen: Screen[Any], size: Size) -> bool:
        """Show it on a screen of this size if that is too small, else give the focus back. Returns whether it is too small."""
        is_too_small = size.width < cls.MIN_SIZE.width or size.height < cls.MIN_SIZE.height
        shown = next(iter(screen.query(cls)), None)
        if is_too_small:
            if shown is None:
                screen.mount(cls(screen.focused))  # what is hidden loses the focus
            screen.call_after_refresh(lambda: screen.query_one(cls).show_size(size))
        elif shown is not None:
            shown.remove()
            if screen.focused is None and shown.focus_before is not None and shown.focus_before.is_attached:
                screen.call_after_refresh(screen.set_focus, shown.focus_before)
        return is_too_small

    def show_size(self, size: Size) -> None:
        """Say how small the terminal is, and how large it has to be."""
        self.update(
            _(
                "This terminal is {width} × {height}. Make it at least {least_width} × {least_height}; nothing "
                "is lost meanwhile."
            ).format(
                width=size.width,
                height=size.height,
                least_width=self.MIN_SIZE.width,
                least_height=self.MIN_SIZE.height,
            )
        )
