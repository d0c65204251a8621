"""Lists of rows to tick."""

from collections import Counter
from collections.abc import Collection, Iterable

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.ui.widgets.answer_lists import CHOSEN, NOT_CHOSEN
from metaoptout_tui.ui.widgets.lists import ChoiceList


class CheckboxList(ChoiceList):
    """Rows to tick with Space."""

    BINDINGS = [Binding("space", "tick", show=False)]

    class Changed(Message):
        """A row was ticked or its tick removed."""

        def __init__(self, checkbox_list: "CheckboxList") -> None:
            super().__init__()
            self.checkbox_list = checkbox_list

    def __init__(
        self, rows: Iterable[tuple[str, str | Content]], checked_ids: Iterable[str] = (), *, id: str | None = None
    ) -> None:
        self._labels = dict(rows)
        self.checked_ids = [key for key in checked_ids if key in self._labels]
        super().__init__(((key, self._row_content(key)) for key in self._labels), id=id)

    def _row_content(self, key: str) -> Content:
        if key.startswith("-"):
            label = self._labels[key]
            return Content.styled(label, "$text-accent") if isinstance(label, str) else label
        sign = "[x]" if key in self.checked_ids else "[ ]"
        return Content.assemble((f"{sign} ", "bold" if key in self.checked_ids else "$muted"), self._labels[key])

    def show_checkboxes(self, rows: Iterable[tuple[str, str | Content]], checked_ids: Iterable[str]) -> None:
        """Show other rows, with these of them ticked."""
        self._labels = dict(rows)
        self.checked_ids = [key for key in checked_ids if key in self._labels]
        self.show_rows((key, self._row_content(key)) for key in self._labels)

    def action_tick(self) -> None:
        """Tick the highlighted row, or remove its tick."""
        self.toggle(self.highlighted_id)

    def toggle(self, key: str) -> None:
        """Tick a row, or remove its tick."""
        if not key or key.startswith("-"):
            return
        if key in self.checked_ids:
            self.checked_ids.remove(key)
        else:
            self.checked_ids.append(key)
        self.replace_option_prompt(key, self._row_content(key))
        self.post_message(self.Changed(self))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Toggle the row that was clicked."""
        event.stop()
        self.toggle(event.option.id or "")


class CheckboxListWithChoice(CheckboxList):
    """Rows to tick with Space, of which at most one of the `exclusive_ids` is ticked; these have round signs."""

    def __init__(self, rows: Iterable[tuple[str, str | Content]], exclusive_ids: Collection[str], *, id: str) -> None:
        self._exclusive_ids = exclusive_ids
        super().__init__(rows, id=id)

    def _row_content(self, key: str) -> Content:
        if key not in self._exclusive_ids:
            return super()._row_content(key)
        is_chosen = key in self.checked_ids
        return Content.assemble(
            (CHOSEN if is_chosen else NOT_CHOSEN, "bold" if is_chosen else "$muted"), self._labels[key]
        )

    def toggle(self, key: str) -> None:
        """Tick a row, or remove its tick; one that excludes others takes theirs away."""
        for other in self._exclusive_ids if key in self._exclusive_ids else ():
            if other != key and other in self.checked_ids:
                super().toggle(other)
        super().toggle(key)


class CountedCheckboxList(CheckboxList):
    """Rows to tick with Space; a digit ticks a row and says how many of it there are, 0 removes the tick.

    `counted_ids` has each ticked id as many times as that.
    """

    # Bindings, since a handler of keys would be called before the keys that came earlier have moved the highlight.
    BINDINGS = [Binding(f"{count}", f"count({count})", show=False) for count in range(10)]

    def __init__(self, rows: Iterable[tuple[str, str]], counted_ids: Iterable[str] = (), *, id: str) -> None:
        self._counts = Counter(counted_ids)
        super().__init__(rows, self._counts, id=id)

    @property
    def counted_ids(self) -> list[str]:
        """The ticked ids in the order of the rows, each as many times as was said."""
        return [key for key in self._labels if key in self.checked_ids for _unused in range(max(1, self._counts[key]))]

    def _row_content(self, key: str) -> Content:
        row = super()._row_content(key)
        count = self._counts[key]
        if key not in self.checked_ids:
            return row
        if count > 1:
            return Content.assemble(row, "  ", (_number_of_accounts(count), "bold"))
        return Content.assemble(row, "  ", (_("one; press 2 for two"), "$muted"))

    def toggle(self, key: str) -> None:
        """Tick a row, once, or remove its tick."""
        self._counts[key] = 1
        super().toggle(key)

    def action_count(self, count: int) -> None:
        """Say how many there are of the highlighted row."""
        key = self.highlighted_id
        if (key in self.checked_ids) != bool(count):
            self.toggle(key)
        self._counts[key] = count
        self.replace_option_prompt(key, self._row_content(key))
        self.post_message(self.Changed(self))


def _number_of_accounts(count: int) -> str:
    return ngettext("{count} account", "{count} accounts", count).format(count=format_number(count))
