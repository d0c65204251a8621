"""The table of all accounts with what covers each of them, under headings for the linked groups."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.cells import cell_len
from textual.content import Content

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.coverage_table import (
    CoverageRow,
    describe_cover,
    describe_gaps,
    describe_task_briefly,
)
from metaoptout_tui.core.objection.sentences import describe_group, describe_state_briefly
from metaoptout_tui.core.record.account_names import short_account_name
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.text import elide_to_width
from metaoptout_tui.ui.terminal import Symbols, account_style
from metaoptout_tui.ui.widgets.lists import ChoiceList

ColumnWidths = tuple[tuple[str, int], ...]
"""The columns that fit, each with its name and its width in cells."""

_COLUMN_GAP, _SYMBOL_WIDTH, _LIST_MARGIN = 2, 2, 3
_STATE_WIDTH, _NEXT_WIDTH = 10, 25
_MIN_WIDTH = 24
_MEDIUM_WIDTH, _WIDE_WIDTH = 64, 100


def column_widths(width: int) -> ColumnWidths:
    """The columns that fit into a width in cells; the account and what covers it are always among them."""
    room = max(_MIN_WIDTH, width - _LIST_MARGIN - _SYMBOL_WIDTH)
    if room < _MEDIUM_WIDTH:
        widths = {"Account": (room - _COLUMN_GAP) * 2 // 5}
    elif room < _WIDE_WIDTH:
        widths = {"Account": 21, "Next": _NEXT_WIDTH}
    else:
        spare = room - 4 * _COLUMN_GAP - _STATE_WIDTH - _NEXT_WIDTH
        widths = {
            "Account": spare * 3 // 10,
            "Objected with": spare * 5 // 19,
            "State": _STATE_WIDTH,
            "Next": _NEXT_WIDTH,
        }
    widths["What covers it"] = room - sum(widths.values()) - _COLUMN_GAP * len(widths)
    order = ("Account", "Objected with", "What covers it", "State", "Next")
    return tuple((name, widths[name]) for name in order if name in widths)


def header_line(columns: ColumnWidths) -> str:
    """The names of the columns, as a line above the table."""
    return " " * _SYMBOL_WIDTH + _joined_cells((name, width) for name, width in columns)


class CoverageTable(ChoiceList):
    """The accounts, one in a row, under headings for their linked groups."""

    DEFAULT_CSS = "CoverageTable { height: 1fr; }"

    def __init__(self, symbols: Symbols, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._symbols = symbols

    def show_table(
        self, rows: Sequence[CoverageRow], width: int, record: Record, playbook: Playbook, now: datetime, account: str
    ) -> None:
        """Show the rows with an account highlighted, or the first one if that is not among them."""
        options: list[tuple[str, Content]] = []
        columns, group = column_widths(width), None
        for row in rows:
            if row.group is not group:
                group = row.group
                words = elide_to_width(describe_group(group), max(_MIN_WIDTH, width - _LIST_MARGIN))
                options.append((f"-{len(options)}", Content.styled(words, "$text-accent")))
            options.append((row.account.id, self._row_content(row, columns, record, playbook, now)))
        self.show_rows(options, account)

    def _row_content(
        self, row: CoverageRow, columns: ColumnWidths, record: Record, playbook: Playbook, now: datetime
    ) -> Content:
        """One account. Why it is not covered comes first, in the colour of a warning."""
        not_covered = describe_gaps(row, playbook)
        cover = "; ".join(filter(None, (not_covered, describe_cover(row, record, playbook, now))))
        state_style = account_style(row.status)
        cells = {
            "Account": (short_account_name(row.account, playbook), ""),
            "Objected with": (row.filed_email, "$muted"),
            "What covers it": (cover, "$text-warning" if not_covered else ""),
            "State": (describe_state_briefly(row.status), state_style),
            "Next": (describe_task_briefly(row.next_task, now), "$text-warning" if row.is_due else ""),
        }
        parts: list[tuple[str, str]] = [(f"{self._symbols.for_account(row.status)} ", state_style)]
        for index, (name, width) in enumerate(columns):
            words, style = cells[name]
            parts.append((_padded(words, width), style))
            if index + 1 < len(columns):
                parts.append((" " * _COLUMN_GAP, ""))
        return Content.assemble(*parts)


def _padded(words: str, width: int) -> str:
    """A text cut or filled with blanks to a width in cells."""
    words = elide_to_width(words, width)
    return words + " " * (width - cell_len(words))


def _joined_cells(parts: Iterable[tuple[str, int]]) -> str:
    return (" " * _COLUMN_GAP).join(_padded(words, width) for words, width in parts)
