"""The line of keys at the foot: what works now, the most useful first, cut to what fits; each can be clicked."""

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from metaoptout_tui.core.text import cells
from metaoptout_tui.ui.actions import action_by_id
from metaoptout_tui.ui.key_table import readable_key

_GAP = 2


class KeyBar(Widget):
    """One line; unlike Textual's Footer it is one widget, never scrolls, and drops the least useful keys first."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; background: $panel; color: $foreground; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._spans: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        """Follow the keys that work."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _follow(self, _: Screen[object]) -> None:
        self.refresh()

    def shown(self) -> list[tuple[str, str, str]]:
        """Key as Textual names it, key as people write it, and title, in the order of use, as many as fit."""
        found: dict[str, tuple[int, str, str, str]] = {}
        for key, binding in live_keys(self.screen):
            action = action_by_id(binding.id or "")
            if action is not None and action.footer and action.id not in found:
                found[action.id] = (action.footer, key, readable_key(key), action.title)
        room = self.size.width + _GAP - sum(_width(each) for each in found.values() if each[0] >= _ALWAYS)
        kept: list[tuple[str, str, str]] = []
        for each in sorted(found.values()):
            if each[0] < _ALWAYS:
                if _width(each) > room:
                    continue
                room -= _width(each)
            kept.append(each[1:])
        return kept

    def render(self) -> Content:
        """The keys and their titles."""
        parts: list[tuple[str, str] | str] = []
        self._spans.clear()
        at = 1
        for key, readable, title in self.shown():
            parts.extend([(readable, "bold $text-accent"), f" {title}", " " * _GAP])
            width = cells(readable) + 1 + cells(title)
            self._spans.append((at, at + width, key))
            at += width + _GAP
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        for start, end, key in self._spans:
            if start <= event.x < end:
                self.app.simulate_key(key)


def live_keys(screen: Screen[object]) -> list[tuple[str, Binding]]:
    """Every key that works on a screen now, with its binding."""
    every = [(key, active.binding) for key, active in screen.active_bindings.items() if active.enabled]
    if isinstance(screen.focused, Input):
        # A field passes Enter on as Submitted, which the screen answers like its own Enter.
        every[:0] = [("enter", each) for each in screen._bindings.key_to_bindings.get("enter", ())]  # noqa: SLF001 - told nowhere else
    return every


_ALWAYS = 20
"""Ways back, help and leaving are never dropped."""


def _width(shown: tuple[int, str, str, str]) -> int:
    return cells(shown[2]) + 1 + cells(shown[3]) + _GAP
