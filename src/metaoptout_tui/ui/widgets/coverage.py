"""The table of all accounts: one widget whose rows are accounts, under headings that are hubs."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from textual.content import Content
from textual.widgets.option_list import Option

from metaoptout_tui.core.coverage import Row, cover_words, due_words, hole_words
from metaoptout_tui.core.naming import short_name
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.progress import Progress
from metaoptout_tui.core.text import cells, elided
from metaoptout_tui.core.wording import group_words, short_state
from metaoptout_tui.ui.lists import Choices
from metaoptout_tui.ui.marks import Marks, account_style

Columns = tuple[tuple[str, int], ...]
"""The columns that fit, by name, with their widths in cells."""

_GAP, _SIGN, _AROUND = 2, 2, 3
_STATE, _NEXT = 10, 25
_NARROWEST = 24
_MIDDLING, _ROOMY = 64, 100


def columns(width: int) -> Columns:
    """What fits beside the sign in so many columns; whose account it is and what covers it are always there."""
    room = max(_NARROWEST, width - _AROUND - _SIGN)
    if room < _MIDDLING:
        fixed = {"Account": (room - _GAP) * 2 // 5}
    elif room < _ROOMY:
        fixed = {"Account": 21, "Next": _NEXT}
    else:
        spare = room - 4 * _GAP - _STATE - _NEXT
        fixed = {"Account": spare * 3 // 10, "Objected with": spare * 5 // 19, "State": _STATE, "Next": _NEXT}
    cover = room - sum(fixed.values()) - _GAP * len(fixed)
    order = ("Account", "Objected with", "What covers it", "State", "Next")
    return tuple((name, fixed.get(name, cover)) for name in order if name in fixed or name == "What covers it")


def head(columns: Columns) -> str:
    """The names of the columns above them."""
    return " " * _SIGN + _joined((name, width) for name, width in columns)


class CoverageList(Choices):
    """Rows of accounts; headings cannot be chosen and have no id."""

    DEFAULT_CSS = "CoverageList { height: 1fr; }"

    def __init__(self, marks: Marks, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._marks = marks

    def show_table(
        self, rows: Sequence[Row], width: int, progress: Progress, playbook: Playbook, now: datetime, chosen: str
    ) -> None:
        """Show these rows with the highlight on an account, or on the first where it is not among them."""
        fit, options, group = columns(width), [], None
        for row in rows:
            if row.group is not group:
                group = row.group
                words = elided(group_words(group), max(_NARROWEST, width - _AROUND))
                options.append(Option(Content.styled(words, "$text-accent"), disabled=True))
            options.append(Option(self._line(row, fit, progress, playbook, now), row.account.id))
        self.set_options(options)
        ids = [option.id for option in options]
        if rows:
            self.highlighted = ids.index(chosen if chosen in ids else rows[0].account.id)

    def _line(self, row: Row, fit: Columns, progress: Progress, playbook: Playbook, now: datetime) -> Content:
        """One account; a hole is said first, in words and in the colour of a warning."""
        holes = hole_words(row, playbook)
        covered = "; ".join(filter(None, (holes, cover_words(row, progress, playbook, now))))
        state, due = account_style(row.standing), "$text-warning" if row.is_due else ""
        cell = {
            "Account": (short_name(row.account, playbook), ""),
            "Objected with": (row.email, "$muted"),
            "What covers it": (covered, "$text-warning" if holes else ""),
            "State": (short_state(row.standing), state),
            "Next": (due_words(row.task, now), due),
        }
        parts: list[tuple[str, str]] = [(f"{self._marks.of_account(row.standing)} ", state)]
        for index, (name, width) in enumerate(fit):
            words, style = cell[name]
            parts.append((_fitted(words, width), style))
            if index + 1 < len(fit):
                parts.append((" " * _GAP, ""))
        return Content.assemble(*parts)


def _fitted(words: str, width: int) -> str:
    """Words in exactly so many cells."""
    words = elided(words, width)
    return words + " " * (width - cells(words))


def _joined(parts: Iterable[tuple[str, int]]) -> str:
    return (" " * _GAP).join(_fitted(words, width) for words, width in parts)
