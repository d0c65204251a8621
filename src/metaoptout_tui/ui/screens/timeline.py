"""The timeline of all diary entries, of every account."""

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core.case_file.diary import TimelineEntry, timeline_of_record
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.objection.event_sentences import day_of_event, describe_event, moment_of_event
from metaoptout_tui.core.record.account_names import short_account_name
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.rows import Column, fixed, row_in_columns
from metaoptout_tui.ui.widgets.lists import ChoiceList

_MIN_WIDTH_WITH_TIME = 76
_ROW_MARGIN, _COLUMN_GAP, _MIN_TEXT_WIDTH = 3, 2, 24


class TimelineScreen(BaseScreen[None]):
    """All entries; those that were taken back are struck through."""

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
        """Begin in the list."""
        self.choice_list.focus()

    def update_content(self) -> None:
        """The present entries; at the first time the newest is highlighted."""
        super().update_content()
        is_first_time, self._drawn_width = self._entries_by_id is None, self.size.width
        entries = timeline_of_record(self.session.record)
        self._entries_by_id = {entry.original.id: entry for entry in entries}
        title = _("Timeline: nothing is written down yet")
        if entries:
            title = ngettext("Timeline: {count} entry", "Timeline: {count} entries", len(entries))
        self.set_headline(
            title.format(count=format_number(len(entries))), left=_("Enter opens the diary of the account there.")
        )
        moments = [self._moment_text(entry.event) for entry in entries]
        names = [short_account_name(entry.account, self.session.playbook) for entry in entries]
        self._column_widths = (max(map(len, moments), default=0), max(map(cell_len, names), default=0))
        rows = [
            (entry.original.id, self._entry_row(entry, moment, name))
            for entry, moment, name in zip(entries, moments, names, strict=True)
        ]
        self.choice_list.show_rows(rows, chosen=entries[-1].original.id if is_first_time and entries else None)

    def _moment_text(self, event: Event) -> str:
        """When an entry was, as exactly as that is known, with the time where there is room for it."""
        has_room = self.size.width >= _MIN_WIDTH_WITH_TIME
        return (moment_of_event if has_room else day_of_event)(event, self.session.now())

    def _entry_row(self, entry: TimelineEntry, moment: str, name: str) -> Content:
        """Date, account and text side by side; at most two fifths of the room are for the account."""
        moment_width, name_width = self._column_widths
        room = max(_MIN_TEXT_WIDTH, self._drawn_width - _ROW_MARGIN - moment_width - 2 * _COLUMN_GAP)
        name_width = min(name_width, room * 2 // 5)
        tail = f"  {_('taken back')}" if entry.is_taken_back else ""
        words = " ".join(describe_event(entry.event, self.session.playbook, entry.account.platform).split())
        words_width = min(cell_len(words), room - name_width - cell_len(tail))
        return row_in_columns(
            Column(moment, moment_width + _COLUMN_GAP, "$muted"),
            Column(name, name_width),
            fixed(" " * _COLUMN_GAP),
            Column(words, words_width, "strike $muted" if entry.is_taken_back else ""),
            fixed(tail, "$muted"),
        )

    def rewrap_text(self) -> None:
        """Fit the entries to the new width."""
        if self.size.width != self._drawn_width:
            self.update_content()

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        """Open the diary of the account at the highlighted entry."""
        entry = (self._entries_by_id or {}).get(self.choice_list.highlighted_id)
        if entry is not None:
            self.open_screen("diary", entry.account.id, entry.original.id)
