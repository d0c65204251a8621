"""Every entry of every account in the order things happened."""

from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core import when
from metaoptout_tui.core.text import cells, elided
from metaoptout_tui.core.timeline import Written, timeline
from metaoptout_tui.core.wording import entry_words, short_name
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.lists import Choices
from metaoptout_tui.ui.page import Page

_AROUND, _GAP, _NARROWEST = 3, 2, 24
_WIDE = 76


class TimelineScreen(Page[None]):
    """One line an entry; what was taken back is struck through. The diary of the account shows an entry whole."""

    PLACE = "timeline"
    BINDINGS = bindings("timeline")
    DEFAULT_CSS = "TimelineScreen Choices { height: 1fr; }"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._entries: tuple[Written, ...] = ()

    def compose_page(self) -> ComposeResult:
        """One list."""
        yield Choices(id="entries")

    def on_mount(self) -> None:
        """Begin at the newest entry."""
        self.show()
        entries = self.query_one(Choices)
        entries.focus()
        entries.highlighted = max(0, entries.option_count - 1)

    def show(self) -> None:
        """The entries as they are now."""
        super().show()
        progress = self.session.progress
        self._entries = timeline(progress)
        number = len(self._entries)
        count = f"{number} {'entry' if number == 1 else 'entries'}" if number else "nothing is written down yet"
        self.head(f"Timeline: {count}", left="Enter opens the diary of the account there.")
        moments = [self._moment(each.event.at) for each in self._entries]
        widest = max(map(len, moments), default=0)
        self.query_one(Choices).show_rows(
            (str(index), self._row(each, f"{at:<{widest}}"))
            for index, (each, at) in enumerate(zip(self._entries, moments, strict=True))
        )

    def _moment(self, at: datetime) -> str:
        """When it happened, without the time of day where there is no room for it."""
        now = self.session.now()
        if self.size.width >= _WIDE:
            return when.day_and_time(at, now)
        return when.day(at.astimezone(now.tzinfo).date(), now.date())

    def _row(self, each: Written, at: str) -> Content:
        """Moment, account, words, in one line."""
        playbook = self.session.playbook
        room = max(_NARROWEST, self.size.width - _AROUND - len(at) - 2 * _GAP)
        name = elided(short_name(each.account, playbook), room // 3)
        tail = "  taken back" if each.is_dropped else ""
        words = " ".join(entry_words(each.event, playbook).split())
        return Content.assemble(
            (at, "$muted"),
            " " * _GAP,
            name,
            " " * (_GAP + room // 3 - cells(name)),
            (elided(words, room - room // 3 - len(tail)), "strike $muted" if each.is_dropped else ""),
            (tail, "$muted"),
        )

    def resized(self) -> None:
        """Entries are written for the width there is."""
        self.show()

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Open the diary of the account at the highlighted entry."""
        from metaoptout_tui.ui.screens.diary import DiaryScreen

        chosen = self.query_one(Choices).chosen
        if chosen:
            each = self._entries[int(chosen)]
            self.app.push_screen(DiaryScreen(self.desk, each.account.id, each.original.id))

    def action_up(self) -> None:
        """Go up."""
        self.query_one(Choices).action_cursor_up()

    def action_down(self) -> None:
        """Go down."""
        self.query_one(Choices).action_cursor_down()

    def action_back(self) -> None:
        """Go back to the overview."""
        self.dismiss(None)
