"""Lists: rows to choose from, rows with checkboxes, choices with a field for another answer, and steps.

What Enter does is decided by the screen.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from textwrap import wrap

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Offset, Size
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.offers import Offer, offers_of
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.sentences import describe_step, step_title
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.step_status import StepStatus
from metaoptout_tui.core.objection.tasks import step_of_row
from metaoptout_tui.core.record.vocabulary import StepState
from metaoptout_tui.ui.terminal import Symbols, step_style
from metaoptout_tui.ui.textual_private import RowwiseOptionList, line_of_option


class PlainOptionList(RowwiseOptionList, inherit_bindings=False):
    """A list with only the keys that move in it: Enter and the page keys are left to the screen."""

    BINDINGS = [
        Binding("up", "cursor_up", show=False),
        Binding("down", "cursor_down", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
    ]

    @property
    def cursor_screen_offset(self) -> Offset:
        """The first cell of the highlighted row, where the terminal's cursor stands."""
        line = 0 if self.highlighted is None else line_of_option(self, self.highlighted) or 0
        x, y = self.content_region.offset
        return Offset(x, y + line - self.scroll_offset.y)

    def on_resize(self) -> None:
        """Keep the highlighted row in view when the list gets shorter."""
        self.scroll_to_highlight()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line a row where the list is too narrow to wrap, for which Textual's own calculation fails."""
        if width <= _MIN_WRAP_WIDTH:
            return self.option_count
        return super().get_content_height(container, viewport, width)


_MIN_WRAP_WIDTH = 4
_MIN_ROWS_TO_SEARCH = 8


class ChoiceList(PlainOptionList):
    """Rows with ids; nothing is read as markup. Rows whose id begins with `-` are headings, never highlighted.

    In a long list letters that are no key of the screen go to the row with a word that begins with them.
    """

    finds_typed_letters = True
    _typed_letters = ""
    DEFAULT_CSS = """
    ChoiceList { border: none; background: $background; height: auto; padding: 0 1; max-height: 100%; }
    ChoiceList:focus { border: none; background: $background; background-tint: transparent 0%; }
    ChoiceList > .option-list--option-highlighted { background: $cursor-blurred; color: $foreground; text-style: none; }
    ChoiceList:focus > .option-list--option-highlighted { background: $cursor; color: $cursor-text; text-style: bold; }
    """

    def __init__(
        self, rows: Iterable[tuple[str, str | Content]] = (), *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(*(_to_option(key, row) for key, row in rows), id=id, classes=classes, markup=False)

    def show_rows(self, rows: Iterable[tuple[str, str | Content]], chosen: str | None = None) -> None:
        """Show these rows; the highlight goes to the id `chosen`, or stays on its id for None."""
        highlighted_id = self.highlighted_id if chosen is None else chosen
        new_rows = list(rows)
        ids = [key for key, _unused in new_rows]
        if ids == [option.id for option in self.options]:
            for key, row in new_rows:
                self.replace_option_prompt(key, Content(row) if isinstance(row, str) else row)
            if chosen is not None:
                self.go_to(chosen)
            return
        self.set_options([_to_option(key, row) for key, row in new_rows])
        if highlighted_id in ids:
            self.highlighted = ids.index(highlighted_id)
        elif ids:
            self.action_first()

    def on_key(self, event: events.Key) -> None:
        """Go to the row that the typed letters begin."""
        is_letter = event.is_printable and event.character is not None and event.character.isalnum()
        if not is_letter or event.key in self.screen.active_bindings:
            self._typed_letters = ""
        elif self.finds_typed_letters and self.option_count >= _MIN_ROWS_TO_SEARCH:
            event.stop()
            letter = (event.character or "").casefold()
            if not self._go_to_row_with(self._typed_letters + letter):
                self._typed_letters = ""
                self._go_to_row_with(letter)

    def _go_to_row_with(self, letters: str) -> bool:
        """Highlight the next row with a word that begins with these letters; False where there is none."""
        start = (-1 if self.highlighted is None else self.highlighted) + (0 if self._typed_letters else 1)
        for offset in range(self.option_count):
            index = (start + offset) % self.option_count
            option = self.options[index]
            words = str(option.prompt).casefold().split()
            if not option.disabled and any(word.lstrip('“"(').startswith(letters) for word in words):
                self.highlighted = index
                self._typed_letters = letters
                return True
        return False

    @property
    def highlighted_id(self) -> str:
        """The id of the highlighted row, empty for none."""
        option = self.highlighted_option
        return option.id or "" if option is not None else ""

    def go_to(self, id: str) -> None:
        """Highlight the row with an id, if there is one."""
        ids = [option.id for option in self.options]
        if id in ids:
            self.highlighted = ids.index(id)


class CheckboxList(ChoiceList):
    """Rows to tick with Space."""

    BINDINGS = [Binding("space", "tick", "Tick", show=False)]

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
        return (
            Content.assemble(row, (_("  {count} accounts").format(count=count), "bold"))
            if key in self.checked_ids and count > 1
            else row
        )

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


def _to_option(key: str, row: str | Content) -> Option:
    return Option(Content(row) if isinstance(row, str) else row, id=key, disabled=key.startswith("-"))


OTHER_ROW = "other"
"""The id of the row for another answer, which shows the field."""


class ChoiceListWithOther(Vertical):
    """Rows to choose from, and with `other`, the label of one more row, a field for another answer.

    The field is shown while that row is highlighted. The screen handles Enter, and first calls `require_answer`.
    """

    DEFAULT_CSS = """
    ChoiceListWithOther { height: auto; }
    ChoiceListWithOther ChoiceList { max-height: 7; }
    """

    def __init__(
        self, rows: Sequence[tuple[str, str]], *, other: str = "", placeholder: str = "", id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._rows = [*rows, *([(OTHER_ROW, other)] if other else [])]
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """The rows and the field."""
        yield ChoiceList(self._rows)
        yield Input(id="written", placeholder=self._placeholder)

    @property
    def choice_list(self) -> ChoiceList:
        """The list."""
        return self.query_one(ChoiceList)

    @property
    def other_input(self) -> Input:
        """The field for another answer."""
        return self.query_one(Input)

    @property
    def highlighted_id(self) -> str:
        """The id of the highlighted row."""
        return self.choice_list.highlighted_id

    @property
    def other_text(self) -> str:
        """The text in the field, whichever row is highlighted."""
        return self.other_input.value.strip()

    def set_answer(self, row: str, other_text: str = "") -> None:
        """Highlight a row, or the first if there is no such row, and fill the field."""
        with self.prevent(Input.Changed):
            self.other_input.value = other_text
        self.choice_list.action_first()
        self.choice_list.go_to(row)
        self._update_input_display()

    def focus_list_or_input(self) -> None:
        """Focus the list, or the field where the list has no other row."""
        (self.other_input if self.highlighted_id == OTHER_ROW and len(self._rows) == 1 else self.choice_list).focus()

    def require_answer(self) -> bool:
        """Whether there is an answer; where only the text in the field is missing, focus the field."""
        if self.highlighted_id == OTHER_ROW and not self.other_text:
            self.other_input.focus()
            return False
        return bool(self.highlighted_id)

    @on(OptionList.OptionHighlighted)
    def _update_input_display(self) -> None:
        self.other_input.display = self.highlighted_id == OTHER_ROW


_PREFIX_WIDTH = 5
_GAP_BEFORE_DATE = 3
_MIN_WIDTH = 24
_PADDING = 2
MORE_ROW, ADD_ROW, WAYS_ROW = "more", "add", "ways"
"""The ids of the last row of an account, which opens everything else, and of the two rows where there is no account."""
ROWS_WITHOUT_STEP = frozenset({MORE_ROW, ADD_ROW, WAYS_ROW})


class StepList(ChoiceList):
    """The steps of an account, each with symbol, number, title and date; below a step what else can be done there.

    The last row leads to everything else; without an account two rows lead to a first one. Dates begin in one column, or
    end in one where there is little room, and stand below a title that leaves none.
    """

    finds_typed_letters = False
    DEFAULT_CSS = "StepList { max-height: 50%; }"

    def __init__(self, symbols: Symbols, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._symbols = symbols
        self._last_shown: tuple[AccountStatus | None, Overview, Playbook] | None = None
        self._laid_out_width = 0
        self.offers: tuple[Offer, ...] = ()

    def on_resize(self) -> None:
        """Lay the rows out again for another width."""
        if self._last_shown is not None and self.size.width != self._laid_out_width:
            self.show_steps(*self._last_shown)

    @property
    def highlighted_offer(self) -> Offer | None:
        """The highlighted offer, None on any other row."""
        return next((offer for offer in self.offers if offer.row_id == self.highlighted_id), None)

    def show_steps(self, status: AccountStatus | None, overview: Overview, playbook: Playbook) -> None:
        """Show the steps of an account; for None the ways to a first one."""
        self._last_shown, self._laid_out_width, self.offers = (status, overview, playbook), self.size.width, ()
        rows: list[tuple[str, Content]] = []
        if status is None:
            for id, words in ((ADD_ROW, _("Add an account")), (WAYS_ROW, _("Other ways to begin"))):
                rows.append((id, self._row_below(words, self._symbols.arrow)))
        else:
            tasks = [task for task in overview.tasks if task.account_id == status.account.id]
            self.offers = offers_of(status, tasks)
            titles = [step_title(step.id, status.account.platform, playbook) for step in status.steps]
            column = max(map(cell_len, titles), default=0)
            next_tasks = [tasks[0] if tasks and tasks[0].step_id == step.id else None for step in status.steps]
            all_dates = [
                [describe_step(step, status, overview.now, task=task, with_time=is_long) for is_long in (True, False)]
                for step, task in zip(status.steps, next_tasks, strict=True)
            ]
            has_room = all(column + _GAP_BEFORE_DATE + cell_len(dates[0]) <= self._room for dates in all_dates)
            for number, (step, title, task, dates) in enumerate(
                zip(status.steps, titles, next_tasks, all_dates, strict=True), start=1
            ):
                has_something_left = step.id == StepId.REVIEW and step.is_finished and task is not None
                shown = step._replace(state=StepState.WAITING) if has_something_left else step
                rows.append((step.id, self._step_row(number, shown, title, dates, column if has_room else 0)))
                offers = [offer for offer in self.offers if offer.step_id == step.id]
                rows.extend((offer.row_id, self._row_below(offer.words, self._symbols.arrow)) for offer in offers)
            rows.append((MORE_ROW, self._row_below(_("More you can do"), self._symbols.bullet)))
        self.show_rows(rows)

    def go_to(self, id: str) -> None:
        """Highlight a row; where there is none of this id its step, or the first one."""
        ids = [option.id for option in self.options]
        row = next((row for row in (id, step_of_row(id)) if row in ids), None)
        self.highlighted = ids.index(row) if row is not None else 0

    @property
    def _room(self) -> int:
        return max(_MIN_WIDTH, self.size.width - _PADDING - _PREFIX_WIDTH)

    def _step_row(self, number: int, step: StepStatus, title: str, dates: list[str], column: int) -> Content:
        """The title with the longest of `dates` that fits: in the `column`, for 0 at the right edge, else below."""
        sign = (f"{self._symbols.for_step(step.state)} ", step_style(step.state))
        for words in dates if dates[0] else ():
            start = column + _GAP_BEFORE_DATE if column else self._room - cell_len(words)
            if start >= cell_len(title) + _GAP_BEFORE_DATE:
                gap = " " * (start - cell_len(title))
                return Content.assemble(sign, f"{number}  {title}{gap}", (words, "$muted"))
        indent = f"\n{'':<{_PREFIX_WIDTH}}"
        lines = [indent.join(wrap(text, self._room)) for text in (title, dates[0]) if text]
        return Content.assemble(sign, f"{number}  {lines[0]}", (indent.join(["", *lines[1:]]), "$muted"))

    def _row_below(self, words: str, sign: str) -> Content:
        """A row that is no step, indented below the titles."""
        lines = wrap(words, max(1, self._room - 2))
        indent = f"\n{'':<{_PREFIX_WIDTH + 2}}"
        return Content.assemble((f"{'':<{_PREFIX_WIDTH}}{sign} ", "$text-accent"), indent.join(lines))
