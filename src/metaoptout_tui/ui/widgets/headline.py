"""The two lines at the top: what this is about, and how things stand."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from metaoptout_tui.core.text import cells, elided


class Headline(Widget):
    """`title` in bold above; below, quietly, `left` and, where it fits, `right`. A `warning` takes the lower line."""

    DEFAULT_CSS = """
    Headline { dock: top; height: 2; background: $panel; padding: 0 1; }
    """

    label = reactive("")
    title = reactive("")
    left = reactive("")
    right = reactive("")
    warning = reactive("")

    def render(self) -> Content:
        """Both lines, cut to the width."""
        width = max(1, self.size.width - 2)
        upper: list[tuple[str, str] | str] = []
        room = width
        if self.label:
            upper.append((f"{self.label} ", "bold $text-accent"))
            room -= cells(self.label) + 1
        upper.append((elided(self.title, max(1, room)), "bold"))
        if self.warning:
            return Content.assemble(*upper, "\n", (elided(self.warning, width), "bold $text-warning"))
        left = elided(self.left, width)
        gap = width - cells(left) - cells(self.right)
        lower = f"{left}{' ' * gap}{self.right}" if self.right and gap >= _GAP else left
        return Content.assemble(*upper, "\n", (lower, "$muted"))


_GAP = 2
