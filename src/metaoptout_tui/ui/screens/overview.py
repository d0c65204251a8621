"""All accounts in one table: the objection's e-mail, what covers each, where there is a hole, what is next and when."""

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from metaoptout_tui.core.coverage import Row, Show, cover_words, coverage, covered_words, hole_words, shown
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.wording import doubt_sentence, state_words, task_sentence
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.marks import account_style
from metaoptout_tui.ui.page import Page
from metaoptout_tui.ui.sheet import Sheet
from metaoptout_tui.ui.widgets.coverage import CoverageList, columns, head

_EMPTY = {
    Show.ALL: "There is no account in your list yet.",
    Show.DUE: "Nothing is due now.",
    Show.WAITING: "Nothing is waiting for an answer.",
    Show.HOLES: "There is no hole.",
}
_FEW_ROWS = 16


class OverviewScreen(Page[tuple[str, str] | None]):
    """Ends with the account and the step that were chosen, for the checklist to go to."""

    PLACE = "overview"
    BINDINGS = bindings("overview")
    DEFAULT_CSS = """
    OverviewScreen #columns { height: 1; padding: 0 1; color: $muted; }
    OverviewScreen #nothing { height: 1fr; padding: 0 1; display: none; }
    OverviewScreen #about { height: 6; padding: 0 1; border-top: solid $line; }
    OverviewScreen.-short #about { display: none; }
    OverviewScreen.-nothing CoverageList, OverviewScreen.-nothing #about { display: none; }
    OverviewScreen.-nothing #columns { display: none; }
    OverviewScreen.-nothing #nothing { display: block; }
    """

    def __init__(self, desk: Desk, account: str = "") -> None:
        super().__init__(desk)
        self._account = account
        self._show = Show.ALL
        self._rows: dict[str, Row] = {}
        self._width = 0

    def compose_page(self) -> ComposeResult:
        """The table, and below it all there is to say of the highlighted account."""
        yield Static(id="columns", markup=False)
        yield CoverageList(self.desk.marks, id="table")
        yield Static(id="nothing", markup=False)
        yield Static(id="about", markup=False)

    def on_mount(self) -> None:
        """The keys belong to the table."""
        self.query_one(CoverageList).focus()

    def show(self) -> None:
        """The rows that the filter leaves, as things stand now."""
        super().show()
        session = self.session
        overview = session.overview()
        every = coverage(overview)
        rows = shown(every, self._show)
        self._rows = {row.account.id: row for row in rows}
        counts = {show: len(shown(every, show)) for show in Show}
        self.head(f"Overview: {covered_words(overview)}", left=self._filters(counts))
        self.set_class(not rows, "-nothing")
        self.query_one("#nothing", Static).update(_EMPTY[self._show])
        self._width = self.size.width
        self.query_one("#columns", Static).update(head(columns(self._width)))
        table = self.query_one(CoverageList)
        with self.prevent(OptionList.OptionHighlighted):
            table.show_table(rows, self._width, session.progress, session.playbook, overview.now, self._account)
        self._tell()

    def _filters(self, counts: dict[Show, int]) -> str:
        """Every filter with its count, the one in use in brackets."""
        words = (f"{show} {count}" for show, count in counts.items())
        return " · ".join(f"[{each}]" if show is self._show else each for show, each in zip(counts, words, strict=True))

    def _tell(self) -> None:
        """All there is to say of the highlighted account, which a narrow table has no room for."""
        row = self._rows.get(self.query_one(CoverageList).chosen)
        self.query_one("#about", Static).update(self._about(row) if row else "")

    def _about(self, row: Row) -> Content:
        session, standing = self.session, row.standing
        progress, playbook, now = session.progress, session.playbook, session.overview().now
        sheet = Sheet(max(1, self.size.width - 2))
        state = state_words(standing, progress, playbook, now)
        sheet.pieces(
            self.desk.marks.of_account(standing),
            ((account_name(row.account, playbook), "bold"), (f" · {state}", account_style(standing))),
            sign_style=account_style(standing),
        )
        cover, holes = cover_words(row, progress, playbook, now), hole_words(row, playbook)
        if standing.files:
            own = row.account.email
            differs = f", the account's own is {own}" if own and own != row.email else ""
            email = f" Objected with {row.email}{differs}." if row.email else f" Its e-mail: {own}." if own else ""
            words = (
                f"Objection: {cover}{f'; {holes}' if holes else ''}." if cover else f"{holes[:1].upper()}{holes[1:]}."
            )
            sheet.paragraph(f"{words}{email}")
        if row.task is not None:
            sheet.paragraph(f"Next: {task_sentence(row.task, playbook)}")
        for doubt in standing.doubts[:1]:
            sheet.paragraph(doubt_sentence(doubt, playbook, now), "$muted")
        return sheet.content()

    def resized(self) -> None:
        """Columns come and go with the width."""
        self.set_class(self.size.height < _FEW_ROWS, "-short")
        if self.size.width != self._width:
            self.show()

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self._account = self.query_one(CoverageList).chosen
        self._tell()

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_go()

    def action_go(self) -> None:
        """Go to the account in the checklist, at the step that is next."""
        row = self._rows.get(self.query_one(CoverageList).chosen)
        if row is not None:
            self.dismiss((row.account.id, row.task.step if row.task else ""))

    def action_timeline(self) -> None:
        """See every entry of every account."""
        from metaoptout_tui.ui.screens.timeline import TimelineScreen

        self.app.push_screen(TimelineScreen(self.desk))

    def action_all(self) -> None:
        """Show every account."""
        self._filter(Show.ALL)

    def action_due(self) -> None:
        """Show what is due."""
        self._filter(Show.DUE)

    def action_waiting(self) -> None:
        """Show what waits for an answer."""
        self._filter(Show.WAITING)

    def action_holes(self) -> None:
        """Show what is not, or not surely, covered."""
        self._filter(Show.HOLES)

    def _filter(self, show: Show) -> None:
        self._show = show
        self.show()

    def action_up(self) -> None:
        """Go up."""
        self.query_one(CoverageList).action_cursor_up()

    def action_down(self) -> None:
        """Go down."""
        self.query_one(CoverageList).action_cursor_down()

    def action_back(self) -> None:
        """Go back to the checklist as it was."""
        self.dismiss(None)
