"""A table of all accounts: what covers each, and its next task."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.formatting import format_clauses
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.coverage_summary import summarize_coverage
from metaoptout_tui.core.objection.coverage_table import (
    CoverageFilter,
    CoverageRow,
    coverage_rows_of,
    describe_cover,
    describe_gaps,
    describe_task_briefly,
    filter_rows,
)
from metaoptout_tui.core.objection.overview import AccountGroup
from metaoptout_tui.core.objection.sentences import (
    describe_group,
    describe_state,
    describe_state_briefly,
    next_in_account,
    recheck_sentence,
)
from metaoptout_tui.core.record.account_names import account_name, short_account_name
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.text import elide_to_width
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.timeline import TimelineScreen
from metaoptout_tui.ui.terminal import Symbols, account_style
from metaoptout_tui.ui.text.builder import TextBuilder
from metaoptout_tui.ui.text.rows import Column, fixed, row_in_columns
from metaoptout_tui.ui.widgets.lists import ChoiceList

ColumnWidths = tuple[tuple[str, int], ...]
"""The columns that fit, each with its id and its width in cells."""

_ACCOUNT, _OBJECTED_WITH, _COVER, _STATE, _NEXT = "account", "email", "cover", "state", "next"
_COLUMN_TITLES = {
    _ACCOUNT: mark("Account"),
    _OBJECTED_WITH: mark("Objected with"),
    _COVER: mark("What covers it"),
    _STATE: mark("State"),
    _NEXT: mark("Next"),
}
"""By the ids of the columns, in their order."""

_TABLE_COLUMN_GAP, _SYMBOL_WIDTH, _LIST_MARGIN = 2, 2, 3
_STATE_WIDTH, _NEXT_WIDTH = 10, 25
_MOST_STATE_WIDTH, _MOST_NEXT_WIDTH = 18, 30
_MIN_WIDTH = 24
_MEDIUM_WIDTH, _WIDE_WIDTH = 64, 100


def column_widths(width: int, state_width: int = _STATE_WIDTH, next_width: int = _NEXT_WIDTH) -> ColumnWidths:
    """The columns that fit into a width in cells; the account and what covers it are always among them."""
    room = max(_MIN_WIDTH, width - _LIST_MARGIN - _SYMBOL_WIDTH)
    if room < _MEDIUM_WIDTH:
        widths = {_ACCOUNT: (room - _TABLE_COLUMN_GAP) * 2 // 5}
    elif room < _WIDE_WIDTH:
        widths = {_ACCOUNT: 21, _NEXT: next_width}
    else:
        spare = room - 4 * _TABLE_COLUMN_GAP - state_width - next_width
        widths = {
            _ACCOUNT: spare * 3 // 10,
            _OBJECTED_WITH: spare * 5 // 19,
            _STATE: state_width,
            _NEXT: next_width,
        }
    widths[_COVER] = room - sum(widths.values()) - _TABLE_COLUMN_GAP * len(widths)
    return tuple((name, widths[name]) for name in _COLUMN_TITLES if name in widths)


def columns_for(rows: Iterable[CoverageRow], width: int, now: datetime) -> ColumnWidths:
    """The columns that fit; those for the state and the next task are as wide as the longest of their words."""
    states, tasks = [_(_COLUMN_TITLES[_STATE])], [_(_COLUMN_TITLES[_NEXT])]
    for row in rows:
        states += describe_state_briefly(row.status).split()
        tasks += describe_task_briefly(row.next_task, now).split()
    state_width = min(_MOST_STATE_WIDTH, max(_STATE_WIDTH, *map(cell_len, states)))
    return column_widths(width, state_width, min(_MOST_NEXT_WIDTH, max(_NEXT_WIDTH, *map(cell_len, tasks))))


def header_line(columns: ColumnWidths) -> str:
    """The names of the columns, as a line above the table."""
    return " " * _SYMBOL_WIDTH + _joined_cells((_(_COLUMN_TITLES[name]), width) for name, width in columns)


class CoverageTable(ChoiceList):
    """The accounts, one in a row, under headings for their linked groups."""

    DEFAULT_CSS = "CoverageTable { height: 1fr; }"

    def __init__(self, symbols: Symbols, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._symbols = symbols

    def show_table(
        self,
        rows: Sequence[CoverageRow],
        columns: ColumnWidths,
        record: Record,
        playbook: Playbook,
        now: datetime,
        account_id: str,
    ) -> None:
        """Show the rows with an account highlighted, or the first one if that is not among them."""
        options: list[tuple[str, Content]] = []
        group: AccountGroup | None = None
        for row in rows:
            if row.group is not group:
                group = row.group
                options.append((f"-{len(options)}", Content.styled(describe_group(group), "$text-accent")))
            options.append((row.account.id, self._row_content(row, columns, record, playbook, now)))
        self.show_rows(options, account_id)

    def _row_content(
        self, row: CoverageRow, columns: ColumnWidths, record: Record, playbook: Playbook, now: datetime
    ) -> Content:
        """One account. Why it is not covered comes first, in the colour of a warning."""
        not_covered = describe_gaps(row, playbook)
        cover = format_clauses((not_covered, describe_cover(row, record, playbook, now)))
        state_style = account_style(row.status)
        cover_style = "$text-warning" if not_covered else ""
        cells = {
            _ACCOUNT: (short_account_name(row.account, playbook), ""),
            _OBJECTED_WITH: (row.filed_email, "$muted"),
            _COVER: (cover, cover_style),
            _STATE: (describe_state_briefly(row.status), state_style),
            _NEXT: (describe_task_briefly(row.next_task, now), "$text-warning" if row.is_due else ""),
        }
        row_columns = [fixed(f"{self._symbols.for_account(row.status)} ", state_style)]
        for name, width in columns:
            words, style = cells[name]
            row_columns += [Column(words, width, style), fixed(" " * _TABLE_COLUMN_GAP)]
        return row_in_columns(*row_columns)


def _padded(words: str, width: int) -> str:
    """A text cut or filled with blanks to a width in cells."""
    words = elide_to_width(words, width)
    return words + " " * (width - cell_len(words))


def _joined_cells(parts: Iterable[tuple[str, int]]) -> str:
    return (" " * _TABLE_COLUMN_GAP).join(_padded(words, width) for words, width in parts)


_EMPTY_TEXTS = {
    CoverageFilter.ALL: mark("There is no account in your list yet."),
    CoverageFilter.DUE: mark("Nothing is due now."),
    CoverageFilter.WAITING: mark("Nothing is waiting for an answer."),
    CoverageFilter.GAPS: mark("Each account that can object has an objection, or is covered."),
}
_MIN_HEIGHT_WITH_DETAILS = 16


class OverviewScreen(BaseScreen[tuple[str, str] | None]):
    """The accounts with what covers them. Returns the chosen account and its next step."""

    SCREEN_ID = "overview"
    DEFAULT_CSS = """
    OverviewScreen #columns { height: 1; padding: 0 1; color: $muted; }
    OverviewScreen #nothing { height: 1fr; padding: 0 1; display: none; }
    OverviewScreen #about { height: auto; min-height: 6; max-height: 10; padding: 0 1; border-top: solid $line; }
    OverviewScreen.-short #about { display: none; }
    OverviewScreen.-nothing CoverageTable, OverviewScreen.-nothing #about { display: none; }
    OverviewScreen.-nothing #columns { display: none; }
    OverviewScreen.-nothing #nothing { display: block; }
    """

    def __init__(self, context: AppContext, account_id: str = "") -> None:
        super().__init__(context)
        self._highlighted_account_id = account_id
        self._active_filter = CoverageFilter.ALL
        self._rows_by_account: dict[str, CoverageRow] = {}
        self._drawn_width = 0

    def compose_body(self) -> ComposeResult:
        """The table, and below it the details of the highlighted account."""
        yield Static(id="columns", markup=False)
        yield CoverageTable(self.context.symbols, id="table")
        yield Static(id="nothing", markup=False)
        yield Static(id="about", markup=False)

    def on_mount(self) -> None:
        """Begin in the table."""
        self.query_one(CoverageTable).focus()

    def update_content(self) -> None:
        """The present rows that match the filter."""
        super().update_content()
        session = self.session
        overview = session.overview()
        all_rows = coverage_rows_of(overview)
        rows = filter_rows(all_rows, self._active_filter)
        self._rows_by_account = {row.account.id: row for row in rows}
        counts = {row_filter: len(filter_rows(all_rows, row_filter)) for row_filter in CoverageFilter}
        self.set_headline(
            summarize_coverage(overview, is_brief=self.size.width < _MEDIUM_WIDTH)
            if overview.objectable_count
            else _("Overview: nothing to file"),
            left=self._filter_counts_text(counts),
        )
        self.set_class(not rows, "-nothing")
        self.query_one("#nothing", Static).update(_(_EMPTY_TEXTS[self._active_filter]))
        self._drawn_width = self.size.width
        columns = columns_for(rows, self._drawn_width, overview.now)
        self.query_one("#columns", Static).update(header_line(columns))
        table = self.query_one(CoverageTable)
        with self.prevent(OptionList.OptionHighlighted):
            table.show_table(
                rows, columns, session.record, session.playbook, overview.now, self._highlighted_account_id
            )
        self._show_details()

    def _filter_counts_text(self, counts: dict[CoverageFilter, int]) -> str:
        """Every filter with the number of its rows; the active one is in brackets."""
        return " · ".join(
            f"[{row_filter.words} {count}]" if row_filter is self._active_filter else f"{row_filter.words} {count}"
            for row_filter, count in counts.items()
        )

    def _show_details(self) -> None:
        """The details of the highlighted account, for which a narrow table has no room."""
        row = self._rows_by_account.get(self.choice_list.highlighted_id)
        self.query_one("#about", Static).update(self._details_text(row) if row else "")

    def _details_text(self, row: CoverageRow) -> Content:
        session, status = self.session, row.status
        record, playbook, now = session.record, session.playbook, session.overview().now
        builder = TextBuilder(max(1, self.size.width - 2))
        state = describe_state(status, record, playbook, now)
        builder.styled_item(
            self.context.symbols.for_account(status),
            ((account_name(row.account, playbook), "bold"), (f" · {state}", account_style(status))),
            sign_style=account_style(status),
        )
        if status.can_object:
            cover, not_covered = describe_cover(row, record, playbook, now), describe_gaps(row, playbook)
            words = format_clauses((cover, not_covered))
            words = (_("Objection: {cover}.") if cover else _("Not covered: {cover}.")).format(cover=words)
            emails = _emails_text(row, record.person.email)
            builder.paragraph(f"{words} {emails}" if emails else words)
        if row.next_task is not None:
            builder.paragraph(next_in_account(row.next_task, session.overview(), playbook))
        for reason in status.recheck_reasons[:1]:
            builder.paragraph(recheck_sentence(reason, playbook, now), "$muted")
        return builder.content()

    def rewrap_text(self) -> None:
        """Fit the columns to the new size."""
        self.set_class(self.size.height < _MIN_HEIGHT_WITH_DETAILS, "-short")
        if self.size.width != self._drawn_width:
            self.update_content()

    @on(OptionList.OptionHighlighted)
    def _account_highlighted(self) -> None:
        self._highlighted_account_id = self.choice_list.highlighted_id
        self._show_details()

    @on(OptionList.OptionSelected)
    def action_go(self) -> None:
        """Go to the account in the checklist, at its next step."""
        row = self._rows_by_account.get(self.choice_list.highlighted_id)
        if row is not None:
            self.dismiss((row.account.id, row.next_task.step_id if row.next_task else ""))

    def action_timeline(self) -> None:
        """Open the timeline of all entries."""
        self.app.push_screen(TimelineScreen(self.context))

    def action_all(self) -> None:
        """Show every account."""
        self._set_filter(CoverageFilter.ALL)

    def action_due(self) -> None:
        """Show the accounts with something due."""
        self._set_filter(CoverageFilter.DUE)

    def action_waiting(self) -> None:
        """Show the accounts that wait for an answer."""
        self._set_filter(CoverageFilter.WAITING)

    def action_holes(self) -> None:
        """Show the accounts that are not, or not surely, covered."""
        self._set_filter(CoverageFilter.GAPS)

    def _set_filter(self, row_filter: CoverageFilter) -> None:
        self._active_filter = row_filter
        self.update_content()


def _emails_text(row: CoverageRow, email_of_person: str) -> str:
    """With which e-mail address was objected, and the account's own where that differs.

    One that it has only since the first start asked for it was perhaps never its own.
    """
    own = row.account.email
    if not row.filed_email:
        return _("Its e-mail: {email}.").format(email=own) if own else ""
    if own and own not in (row.filed_email, email_of_person):
        return _("Objected with {email}, the account's own is {own_email}.").format(
            email=row.filed_email, own_email=own
        )
    return _("Objected with {email}.").format(email=row.filed_email)
