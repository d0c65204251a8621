"""Plain lists: rows to choose from, and rows to tick. Enter belongs to the screen, which says what it does."""

from collections.abc import Iterable

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class Rows(OptionList, inherit_bindings=False):
    """A list that moves and leaves Enter to its screen, and the page keys to a text beside it."""

    BINDINGS = [
        Binding("up", "cursor_up", show=False),
        Binding("down", "cursor_down", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
    ]

    def on_resize(self) -> None:
        """Keep the highlighted row in view where the list got shorter."""
        self.scroll_to_highlight()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line a row where there is no width to wrap in, which Textual's own reckoning stops at."""
        if width <= _NO_WIDTH:
            return self.option_count
        return super().get_content_height(container, viewport, width)


_NO_WIDTH = 4


class Choices(Rows):
    """Rows with ids; strings are shown as they stand."""

    DEFAULT_CSS = """
    Choices { border: none; background: $background; height: auto; padding: 0 1; max-height: 100%; }
    Choices:focus { border: none; background: $background; background-tint: transparent 0%; }
    Choices > .option-list--option-highlighted { background: $cursor-blurred; color: $foreground; text-style: none; }
    Choices:focus > .option-list--option-highlighted { background: $cursor; color: $cursor-text; text-style: bold; }
    """

    def __init__(
        self, rows: Iterable[tuple[str, str | Content]] = (), *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(*(_option(key, row) for key, row in rows), id=id, classes=classes, markup=False)

    def show_rows(self, rows: Iterable[tuple[str, str | Content]], chosen: str | None = None) -> None:
        """Show these rows; the highlight stays on its id, or goes to `chosen`."""
        before = self.chosen if chosen is None else chosen
        every = list(rows)
        ids = [key for key, _ in every]
        if ids == [option.id for option in self.options]:
            for key, row in every:
                self.replace_option_prompt(key, Content(row) if isinstance(row, str) else row)
            if chosen is not None:
                self.go_to(chosen)
            return
        self.set_options([_option(key, row) for key, row in every])
        if ids:
            self.highlighted = ids.index(before) if before in ids else 0

    @property
    def chosen(self) -> str:
        """The id of the highlighted row, empty for none."""
        option = self.highlighted_option
        return (option.id or "") if option is not None else ""

    def go_to(self, id: str) -> None:
        """Highlight a row by its id."""
        ids = [option.id for option in self.options]
        if id in ids:
            self.highlighted = ids.index(id)


class Ticks(Choices):
    """Rows to tick with Space; rows whose id begins with `-` are headings."""

    BINDINGS = [Binding("space", "tick", "Tick", show=False)]

    class Changed(Message):
        """Something was ticked or its tick taken away."""

        def __init__(self, ticks: "Ticks") -> None:
            super().__init__()
            self.ticks = ticks

    def __init__(self, rows: Iterable[tuple[str, str]], ticked: Iterable[str] = (), *, id: str | None = None) -> None:
        self._rows = dict(rows)
        self.ticked = [key for key in ticked if key in self._rows]
        super().__init__(((key, self._line(key)) for key in self._rows), id=id)
        for key in self._rows:
            if key.startswith("-"):
                self.disable_option(key)

    def _line(self, key: str) -> Content:
        if key.startswith("-"):
            return Content.styled(self._rows[key], "$text-accent")
        sign = "[x]" if key in self.ticked else "[ ]"
        return Content.assemble((f"{sign} ", "bold" if key in self.ticked else "$muted"), self._rows[key])

    def action_tick(self) -> None:
        """Tick the highlighted row, or take its tick away."""
        self.toggle(self.chosen)

    def toggle(self, key: str) -> None:
        """Tick a row, or take its tick away."""
        if not key or key.startswith("-"):
            return
        if key in self.ticked:
            self.ticked.remove(key)
        else:
            self.ticked.append(key)
        self.replace_option_prompt(key, self._line(key))
        self.post_message(self.Changed(self))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click ticks."""
        event.stop()
        self.toggle(event.option.id or "")


def _option(key: str, row: str | Content) -> Option:
    return Option(Content(row) if isinstance(row, str) else row, id=key)
