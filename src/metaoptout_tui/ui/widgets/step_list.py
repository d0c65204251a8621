"""The steps of an account as a list, with what else can be done at each."""

from bisect import bisect_right
from textwrap import wrap

from rich.cells import cell_len
from textual.content import Content
from textual.strip import Strip

from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.offers import Offer, offers_of, step_of_row
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.sentences import describe_step, is_form_not_needed, step_title
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.step_status import StepStatus
from metaoptout_tui.core.record.vocabulary import AccountState, StepState
from metaoptout_tui.ui.terminal import Symbols, step_style
from metaoptout_tui.ui.textual_private import first_lines
from metaoptout_tui.ui.widgets.lists import ChoiceList

_PREFIX_WIDTH = 5
_GAP_BEFORE_DATE = 3
_MIN_WIDTH = 24
_PADDING = 2
MORE_ROW, ADD_ROW, WAYS_ROW = "more", "add", "ways"
"""The ids of the last row of an account, which opens everything else, and of the two rows where there is no account."""
ROWS_WITHOUT_STEP = frozenset({MORE_ROW, ADD_ROW, WAYS_ROW})


def _shown_state(step: StepStatus, status: AccountStatus, *, is_left_something: bool) -> StepState:
    """The state whose sign a step shows: a review with something left waits, a closed case confirmed nothing, and a letter needed no form."""
    if step.id == StepId.REVIEW and step.is_finished and is_left_something:
        return StepState.WAITING
    is_only_closed = step.id == StepId.REPLY and step.state is StepState.DONE and status.state is AccountState.CLOSED
    return StepState.SKIPPED if is_only_closed or is_form_not_needed(step, status) else step.state


class StepList(ChoiceList):
    """The steps of an account, each with symbol, number, title and date; below a step what else can be done there.

    The last row leads to everything else; without an account two rows lead to a first one. Dates begin in one column, or
    end in one where there is little room, and stand below a title that leaves none. A row of several lines is shown whole
    or not at all: its first line alone would read as if it ended there.
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
            # Textual leaves the height as it was where rows have other lines; asked for within a resize, it is not heard.
            self.call_after_refresh(self.refresh, layout=True)

    def render_line(self, y: int) -> Strip:
        """A line of a row; an empty one where the row goes on outside the list, unless it is highlighted."""
        is_cut = self._is_cut(self.scroll_offset.y + y)
        return super().render_line(self.virtual_size.height if is_cut else y)

    def _is_cut(self, line: int) -> bool:
        """Whether the row with this line, counted from the first row, is not highlighted and only a part of it in view."""
        top, starts = self.scroll_offset.y, first_lines(self)
        index = bisect_right(starts, line) - 1
        if index < 0 or index == self.highlighted:
            return False
        end = starts[index + 1] if index + 1 < len(starts) else self.virtual_size.height
        return starts[index] < top or end > top + self.scrollable_content_region.height

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
                shown = step._replace(state=_shown_state(step, status, is_left_something=task is not None))
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
        lines = [indent.join(wrap(text, self._room, break_on_hyphens=False)) for text in (title, dates[0]) if text]
        return Content.assemble(sign, f"{number}  {lines[0]}", (indent.join(["", *lines[1:]]), "$muted"))

    def _row_below(self, words: str, sign: str) -> Content:
        """A row that is no step, indented below the titles."""
        lines = wrap(words, max(1, self._room - 2), break_on_hyphens=False)
        indent = f"\n{'':<{_PREFIX_WIDTH + 2}}"
        return Content.assemble((f"{'':<{_PREFIX_WIDTH}}{sign} ", "$text-accent"), indent.join(lines))
