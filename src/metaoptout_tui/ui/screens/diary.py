"""The diary of one account: every entry as it was written, and the date put right where it was wrong."""

from datetime import datetime
from textwrap import wrap

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core import when
from metaoptout_tui.core.diary import in_force
from metaoptout_tui.core.overview import account_name
from metaoptout_tui.core.timeline import Written, written
from metaoptout_tui.core.wording import entry_words
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.lists import Choices
from metaoptout_tui.ui.page import Page
from metaoptout_tui.ui.screens.ask import DateScreen

_WHEN, _AROUND, _NARROWEST = 20, 4, 16


class DiaryScreen(Page[None]):
    """Entries in the order things happened; those out of force are struck through."""

    PLACE = "diary"
    BINDINGS = bindings("diary")
    DEFAULT_CSS = "DiaryScreen Choices { height: 1fr; }"

    def __init__(self, desk: Desk, account: str, entry: str = "") -> None:
        super().__init__(desk)
        self._account = account
        self._entry = entry

    def compose_page(self) -> ComposeResult:
        """One list."""
        yield Choices(id="entries")

    def on_mount(self) -> None:
        """Begin at the entry that was asked for, else at the newest."""
        self.show()
        entries = self.query_one(Choices)
        entries.focus()
        entries.highlighted = max(0, entries.option_count - 1)
        entries.go_to(self._entry)

    def show(self) -> None:
        """The entries as they are now."""
        super().show()
        account = self.session.progress.account(self._account)
        if account is None:
            self.dismiss(None)
            return
        self.head(f"Diary of {account_name(account, self.session.playbook)}", left="Enter corrects a date.")
        now = self.session.now()
        self.query_one(Choices).show_rows((each.original.id, self._row(each, now)) for each in written(account))

    def _row(self, each: Written, now: datetime) -> Content:
        """One entry: when, what, and whether it counts; longer words go on below their beginning."""
        shown, dropped = each.event, each.is_dropped
        tail = f"{'  taken back' if dropped else ''}{'  (date corrected)' if shown.at != each.original.at else ''}"
        words = self._hanging(entry_words(shown, self.session.playbook), "strike $muted" if dropped else "")
        note = each.original.text("note")
        return Content.assemble(
            (f"{when.day_and_time(shown.at, now):<{_WHEN}}", "$muted"),
            words,
            (tail, "$muted"),
            *(("\n", " " * _WHEN, self._hanging(note, "$muted")) if note else ()),
        )

    def _hanging(self, words: str, style: str) -> Content:
        room = max(_NARROWEST, self.size.width - _WHEN - _AROUND)
        lines = [line for paragraph in words.split("\n") for line in wrap(paragraph, room) or [""]]
        return Content(f"\n{'':<{_WHEN}}").join([Content.styled(line, style) for line in lines])

    def resized(self) -> None:
        """Entries are written for the width there is."""
        self.show()

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_correct()

    def action_correct(self) -> None:
        """Ask for the right date of the highlighted entry."""
        entry = self.query_one(Choices).chosen
        account = self.session.account(self._account)
        event = next((each for each in in_force(account.events) if each.id == entry), None)
        if event is None:
            self.say("This entry was taken back; its date plays no part.")
            return

        def corrected(to: datetime | None) -> None:
            if to is not None and to != event.at:
                self.change(lambda: self.session.correct_date(self._account, entry, to))

        words = entry_words(event, self.session.playbook)
        self.app.push_screen(DateScreen(self.desk, "When did this happen?", offered=event.at, words=words), corrected)

    def action_undo(self) -> None:
        """Take back the last change."""
        self.undo()

    def action_redo(self) -> None:
        """Make it again."""
        self.redo()

    def action_up(self) -> None:
        """Go up."""
        self.query_one(Choices).action_cursor_up()

    def action_down(self) -> None:
        """Go down."""
        self.query_one(Choices).action_cursor_down()

    def action_back(self) -> None:
        """Go back to the checklist."""
        self.dismiss(None)
