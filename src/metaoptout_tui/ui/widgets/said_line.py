"""The lines above the keys that say what just happened; they take room of their own and cover nothing."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from metaoptout_tui.ui.said import Saying


class SaidLine(Static):
    """Shows what was said, the newest first; gone while nothing is."""

    DEFAULT_CSS = """
    SaidLine { height: auto; max-height: 50%; padding: 0 1; background: $cursor-blurred; display: none; }
    SaidLine.-said { display: block; }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._shown: Sequence[Saying] = ()

    def show(self, sayings: Sequence[Saying]) -> None:
        """Show these."""
        if sayings == self._shown:
            return
        self._shown = sayings
        self.set_class(bool(sayings), "-said")
        lines = [Content.styled(each.words, "$text-error" if each.is_error else "") for each in reversed(sayings)]
        self.update(Content("\n").join(lines))
