"""The lines at the top: what this is about, and how things stand."""

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from metaoptout_tui.core.text import cells
from metaoptout_tui.ui.folding import fitted, folded


class Headline(Widget):
    """`title` in bold above; below, quietly, `left` and, where it fits, `right`. A `warning` takes the lower line.

    What does not fit goes on in a second line. Beyond that, or in a terminal of few rows, the `names` that stand in the
    title are shortened, so that what is said of them stays; only then is it cut.
    """

    DEFAULT_CSS = """
    Headline { dock: top; height: auto; background: $panel; padding: 0 1; }
    """

    label = reactive("", layout=True)
    title = reactive("", layout=True)
    left = reactive("", layout=True)
    right = reactive("", layout=True)
    warning = reactive("", layout=True)
    names: reactive[tuple[str, ...]] = reactive((), layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the words take."""
        del container
        return len(self._upper(width, viewport.height)) + len(self._lower(width, viewport.height))

    def render(self) -> Content:
        """Title and what stands below it."""
        width, rows = max(1, self.size.width), self.app.size.height
        upper = Content("\n").join([Content.styled(line, "bold") for line in self._upper(width, rows)])
        if self.label:
            upper = Content.assemble((f"{self.label} ", "bold $text-accent"), upper[cells(self.label) + 1 :])
        lower = "\n".join(self._lower(width, rows))
        return Content.assemble(upper, "\n", (lower, "bold $text-warning" if self.warning else "$muted"))

    def _upper(self, width: int, rows: int) -> list[str]:
        return fitted(f"{self.label} {self.title}".strip(), self.names, width, _most(rows))

    def _lower(self, width: int, rows: int) -> list[str]:
        lines = folded(self.warning or self.left, width, _most(rows))
        gap = width - cells(lines[-1]) - cells(self.right)
        if self.right and not self.warning and gap >= _GAP:
            lines[-1] = f"{lines[-1]}{' ' * gap}{self.right}"
        return lines


_GAP = 2
_FEW_ROWS = 16


def _most(rows: int) -> int:
    return 1 if rows < _FEW_ROWS else 2
