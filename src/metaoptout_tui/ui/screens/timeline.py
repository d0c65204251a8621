"""Every entry of every account in the order things happened."""

from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core import when
from metaoptout_tui.core.naming import short_name
from metaoptout_tui.core.text import cells, elided
from metaoptout_tui.core.timeline import Written, timeline
from metaoptout_tui.core.wording import entry_words
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
        self._entries: dict[str, Written] | None = None
        self._width = 0
        self._columns = (0, 0)

    def compose_page(self) -> ComposeResult:
        """One list."""
        yield Choices(id="entries")

    def on_mount(self) -> None:
        """The keys belong to the list."""
        self.query_one(Choices).focus()

    def show(self) -> None:
        """The entries as they are now; at first the newest is highlighted."""
        super().show()
        is_first, self._width = self._entries is None, self.size.width
        every = timeline(self.session.progress)
        self._entries = {each.original.id: each for each in every}
        number = len(every)
        count = f"{number} {'entry' if number == 1 else 'entries'}" if number else "nothing is written down yet"
        self.head(f"Timeline: {count}", left="Enter opens the diary of the account there.")
        moments = [self._moment(each.event.at) for each in every]
        names = [short_name(each.account, self.session.playbook) for each in every]
        self._columns = (max(map(len, moments), default=0), max(map(cells, names), default=0))
        written = zip(every, moments, names, strict=True)
        rows = [(each.original.id, self._row(each, at, name)) for each, at, name in written]
        self.query_one(Choices).show_rows(rows, chosen=every[-1].original.id if is_first and every else None)

    def _moment(self, at: datetime) -> str:
        """When it happened, without the time of day where there is no room for it."""
        now = self.session.now()
        if self.size.width >= _WIDE:
            return when.day_and_time(at, now)
        return when.day(at.astimezone(now.tzinfo).date(), now.date())

    def _row(self, each: Written, at: str, name: str) -> Content:
        """Moment, account, words, in one line; long names leave most of it to the words."""
        widest_moment, widest_name = self._columns
        room = max(_NARROWEST, self._width - _AROUND - widest_moment - 2 * _GAP)
        for_name = min(widest_name, room * 2 // 5)
        name = elided(name, for_name)
        tail = "  taken back" if each.is_dropped else ""
        words = " ".join(entry_words(each.event, self.session.playbook).split())
        return Content.assemble(
            (f"{at:<{widest_moment}}", "$muted"),
            " " * _GAP,
            name,
            " " * (_GAP + for_name - cells(name)),
            (elided(words, room - for_name - len(tail)), "strike $muted" if each.is_dropped else ""),
            (tail, "$muted"),
        )

    def resized(self) -> None:
        """Entries are written for the width there is."""
        if self.size.width != self._width:
            self.show()

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Open the diary of the account at the highlighted entry."""
        from metaoptout_tui.ui.screens.diary import DiaryScreen

        each = (self._entries or {}).get(self.query_one(Choices).chosen)
        if each is not None:
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
