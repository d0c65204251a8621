"""Tables over all accounts: what covers each and what is next, and the timeline of all diary entries."""

from datetime import datetime

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from metaoptout_tui.core import dates
from metaoptout_tui.core.case_file.diary import TimelineEntry, timeline_of_record
from metaoptout_tui.core.objection.coverage_table import (
    CoverageFilter,
    CoverageRow,
    coverage_rows_of,
    describe_cover,
    describe_gaps,
    filter_rows,
    summarize_coverage,
)
from metaoptout_tui.core.objection.sentences import describe_event, describe_state, recheck_sentence, task_sentence
from metaoptout_tui.core.record.account_names import account_name, short_account_name
from metaoptout_tui.core.text import elide_to_width
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.terminal import account_style
from metaoptout_tui.ui.text.builder import TextBuilder
from metaoptout_tui.ui.widgets.coverage_table import CoverageTable, column_widths, header_line
from metaoptout_tui.ui.widgets.lists import ChoiceList

_EMPTY_TEXTS = {
    CoverageFilter.ALL: "There is no account in your list yet.",
    CoverageFilter.DUE: "Nothing is due now.",
    CoverageFilter.WAITING: "Nothing is waiting for an answer.",
    CoverageFilter.GAPS: "There is no hole.",
}
_MIN_HEIGHT_WITH_DETAILS = 16


class OverviewScreen(BaseScreen[tuple[str, str] | None]):
    """Ends with the account and the step that were chosen, for the checklist to go to."""

    SCREEN_ID = "overview"
    DEFAULT_CSS = """
    OverviewScreen #columns { height: 1; padding: 0 1; color: $muted; }
    OverviewScreen #nothing { height: 1fr; padding: 0 1; display: none; }
    OverviewScreen #about { height: 6; padding: 0 1; border-top: solid $line; }
    OverviewScreen.-short #about { display: none; }
    OverviewScreen.-nothing CoverageTable, OverviewScreen.-nothing #about { display: none; }
    OverviewScreen.-nothing #columns { display: none; }
    OverviewScreen.-nothing #nothing { display: block; }
    """

    def __init__(self, context: AppContext, account: str = "") -> None:
        super().__init__(context)
        self._highlighted_account_id = account
        self._active_filter = CoverageFilter.ALL
        self._rows_by_account: dict[str, CoverageRow] = {}
        self._drawn_width = 0

    def compose_body(self) -> ComposeResult:
        """The table, and below it all there is to say of the highlighted account."""
        yield Static(id="columns", markup=False)
        yield CoverageTable(self.context.symbols, id="table")
        yield Static(id="nothing", markup=False)
        yield Static(id="about", markup=False)

    def on_mount(self) -> None:
        """The keys belong to the table."""
        self.query_one(CoverageTable).focus()

    def update_content(self) -> None:
        """The rows that the filter leaves, as things stand now."""
        super().update_content()
        session = self.session
        overview = session.overview()
        every = coverage_rows_of(overview)
        rows = filter_rows(every, self._active_filter)
        self._rows_by_account = {row.account.id: row for row in rows}
        counts = {show: len(filter_rows(every, show)) for show in CoverageFilter}
        self.set_headline(f"Overview: {summarize_coverage(overview)}", left=self._filter_counts_text(counts))
        self.set_class(not rows, "-nothing")
        self.query_one("#nothing", Static).update(_EMPTY_TEXTS[self._active_filter])
        self._drawn_width = self.size.width
        self.query_one("#columns", Static).update(header_line(column_widths(self._drawn_width)))
        table = self.query_one(CoverageTable)
        with self.prevent(OptionList.OptionHighlighted):
            table.show_table(
                rows, self._drawn_width, session.record, session.playbook, overview.now, self._highlighted_account_id
            )
        self._show_details()

    def _filter_counts_text(self, counts: dict[CoverageFilter, int]) -> str:
        """Every filter with its count, the one in use in brackets."""
        words = (f"{show} {count}" for show, count in counts.items())
        return " · ".join(
            f"[{each}]" if show is self._active_filter else each for show, each in zip(counts, words, strict=True)
        )

    def _show_details(self) -> None:
        """All there is to say of the highlighted account, which a narrow table has no room for."""
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
        cover, gaps = describe_cover(row, record, playbook, now), describe_gaps(row, playbook)
        if status.can_object:
            own = row.account.email
            differs = f", the account's own is {own}" if own and own != row.filed_email else ""
            email = (
                f" Objected with {row.filed_email}{differs}."
                if row.filed_email
                else f" Its e-mail: {own}."
                if own
                else ""
            )
            words = f"Objection: {cover}{f'; {gaps}' if gaps else ''}." if cover else f"{gaps[:1].upper()}{gaps[1:]}."
            builder.paragraph(f"{words}{email}")
        if row.next_task is not None:
            builder.paragraph(f"Next: {task_sentence(row.next_task, playbook)}")
        for doubt in status.recheck_reasons[:1]:
            builder.paragraph(recheck_sentence(doubt, playbook, now), "$muted")
        return builder.content()

    def rewrap_text(self) -> None:
        """Columns come and go with the width."""
        self.set_class(self.size.height < _MIN_HEIGHT_WITH_DETAILS, "-short")
        if self.size.width != self._drawn_width:
            self.update_content()

    @on(OptionList.OptionHighlighted)
    def _account_highlighted(self) -> None:
        self._highlighted_account_id = self.choice_list.highlighted_id
        self._show_details()

    @on(OptionList.OptionSelected)
    def _account_selected(self) -> None:
        self.action_go()

    def action_go(self) -> None:
        """Go to the account in the checklist, at the step that is next."""
        row = self._rows_by_account.get(self.choice_list.highlighted_id)
        if row is not None:
            self.dismiss((row.account.id, row.next_task.step_id if row.next_task else ""))

    def action_timeline(self) -> None:
        """See every entry of every account."""
        self.app.push_screen(TimelineScreen(self.context))

    def action_all(self) -> None:
        """Show every account."""
        self._set_filter(CoverageFilter.ALL)

    def action_due(self) -> None:
        """Show what is due."""
        self._set_filter(CoverageFilter.DUE)

    def action_waiting(self) -> None:
        """Show what waits for an answer."""
        self._set_filter(CoverageFilter.WAITING)

    def action_holes(self) -> None:
        """Show what is not, or not surely, covered."""
        self._set_filter(CoverageFilter.GAPS)

    def _set_filter(self, show: CoverageFilter) -> None:
        self._active_filter = show
        self.update_content()


_ROW_MARGIN, _COLUMN_GAP, _MIN_TEXT_WIDTH = 3, 2, 24
_MIN_WIDTH_WITH_TIME = 76


class TimelineScreen(BaseScreen[None]):
    """One line an entry; what was taken back is struck through. The diary of the account shows an entry whole."""

    SCREEN_ID = "timeline"
    DEFAULT_CSS = "TimelineScreen ChoiceList { height: 1fr; }"

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._entries_by_id: dict[str, TimelineEntry] | None = None
        self._drawn_width = 0
        self._column_widths = (0, 0)

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield ChoiceList(id="entries")

    def on_mount(self) -> None:
        """The keys belong to the list."""
        self.choice_list.focus()

    def update_content(self) -> None:
        """The entries as they are now; at first the newest is highlighted."""
        super().update_content()
        is_first, self._drawn_width = self._entries_by_id is None, self.size.width
        entries = timeline_of_record(self.session.record)
        self._entries_by_id = {entry.original.id: entry for entry in entries}
        number = len(entries)
        count = f"{number} {'entry' if number == 1 else 'entries'}" if number else "nothing is written down yet"
        self.set_headline(f"Timeline: {count}", left="Enter opens the diary of the account there.")
        moments = [self._moment_text(entry.event.at) for entry in entries]
        names = [short_account_name(entry.account, self.session.playbook) for entry in entries]
        self._column_widths = (max(map(len, moments), default=0), max(map(cell_len, names), default=0))
        written = zip(entries, moments, names, strict=True)
        rows = [(entry.original.id, self._entry_row(entry, at, name)) for entry, at, name in written]
        self.choice_list.show_rows(rows, chosen=entries[-1].original.id if is_first and entries else None)

    def _moment_text(self, at: datetime) -> str:
        """When it happened, without the time of day where there is no room for it."""
        now = self.session.now()
        if self.size.width >= _MIN_WIDTH_WITH_TIME:
            return dates.format_day_and_time(at, now)
        return dates.format_day(at.astimezone(now.tzinfo).date(), now.date())

    def _entry_row(self, entry: TimelineEntry, at: str, name: str) -> Content:
        """Moment, account, words, in one line; long names leave most of it to the words."""
        widest_moment, widest_name = self._column_widths
        room = max(_MIN_TEXT_WIDTH, self._drawn_width - _ROW_MARGIN - widest_moment - 2 * _COLUMN_GAP)
        for_name = min(widest_name, room * 2 // 5)
        name = elide_to_width(name, for_name)
        tail = "  taken back" if entry.is_taken_back else ""
        words = " ".join(describe_event(entry.event, self.session.playbook).split())
        return Content.assemble(
            (f"{at:<{widest_moment}}", "$muted"),
            " " * _COLUMN_GAP,
            name,
            " " * (_COLUMN_GAP + for_name - cell_len(name)),
            (elide_to_width(words, room - for_name - len(tail)), "strike $muted" if entry.is_taken_back else ""),
            (tail, "$muted"),
        )

    def rewrap_text(self) -> None:
        """Entries are written for the width there is."""
        if self.size.width != self._drawn_width:
            self.update_content()

    @on(OptionList.OptionSelected)
    def _entry_selected(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Open the diary of the account at the highlighted entry."""
        entry = (self._entries_by_id or {}).get(self.choice_list.highlighted_id)
        if entry is not None:
            self.open_screen("diary", entry.account.id, entry.original.id)
