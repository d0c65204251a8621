"""The diary of one account: every entry as it was written, and the date put right where it was wrong."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from textwrap import wrap
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core import when
from metaoptout_tui.core.diary import Event, in_force
from metaoptout_tui.core.errors import FileRefused
from metaoptout_tui.core.evidence import KeptFile, file_of
from metaoptout_tui.core.going import Going
from metaoptout_tui.core.mail_wording import mail_words
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.progress import Account, draft_key
from metaoptout_tui.core.timeline import Written, written
from metaoptout_tui.core.wording import entry_words
from metaoptout_tui.ui.arrivals import ask_arrival
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.lists import Choices
from metaoptout_tui.ui.mails import Brought, brought, is_mail
from metaoptout_tui.ui.page import Page
from metaoptout_tui.ui.screens.ask import DateScreen
from metaoptout_tui.ui.screens.attach import AttachScreen
from metaoptout_tui.ui.screens.confirm import ConfirmScreen

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
        self.head(
            f"Diary of {account_name(account, self.session.playbook)}",
            left=f"Enter corrects a date, {self.key('diary.attach')} keeps a file for it.",
        )
        now = self.session.now()
        files = _files_of(account)
        below = {event.id for each in files.values() for event in each}
        shown = (each for each in written(account) if each.original.id not in below)
        self.query_one(Choices).show_rows(
            (each.original.id, self._row(each, now, files.get(each.original.id, ()))) for each in shown
        )

    def _row(self, each: Written, now: datetime, files: Sequence[Event]) -> Content:
        """One entry: when, what, and whether it counts; longer words go on below their beginning, then its files."""
        shown, dropped = each.event, each.is_dropped
        tail = f"{'  taken back' if dropped else ''}{'  (date corrected)' if shown.at != each.original.at else ''}"
        words = self._hanging(entry_words(shown, self.session.playbook), "strike $muted" if dropped else "")
        note, arrow = each.original.text("note"), self.desk.marks.arrow
        return Content.assemble(
            (f"{when.day_and_time(shown.at, now):<{_WHEN}}", "$muted"),
            words,
            (tail, "$muted"),
            *(("\n", " " * _WHEN, self._hanging(note, "$muted")) if note else ()),
            *(
                Content.assemble("\n", " " * _WHEN, self._hanging(f"{arrow} {file_of(file).words}", "$muted"))
                for file in files
            ),
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

        def correct(to: datetime) -> None:
            if to != event.at:
                self.session.correct_date(self._account, entry, to)

        words = entry_words(event, self.session.playbook)
        keeps = draft_key("date", self._account, entry)
        title = "When did this happen?"
        ask = DateScreen(self.desk, title, offered=event.at, words=words, act=correct, keeps=keeps)
        self.open_form(ask)

    def action_arrived(self) -> None:
        """Ask when the highlighted letter arrived."""
        entry = self.query_one(Choices).chosen
        letter = next((each for each in in_force(self.session.account(self._account).events) if each.id == entry), None)
        if letter is not None:
            ask_arrival(self, self._account, letter)

    def action_attach(self) -> None:
        """Keep a file for the highlighted entry; a mail for the objection itself is an answer, which it fills in."""
        id = self.query_one(Choices).chosen
        event = next((each for each in self.session.account(self._account).events if each.id == id), None)
        if event is None:
            self.say("There is no entry that a file could belong to.")
            return
        is_answer = event.what == "filed"

        def work(path: Path, going: Going) -> _Taken:
            if is_answer and is_mail(path):
                return _Taken(None, brought(path, going))
            file = self.session.keeper(self._account, id)(path, going)
            return _Taken(file, _mail_of(path) if is_mail(path) else None)

        def take(found: _Taken) -> None:
            if found.file is not None:
                self.session.attached(self._account, id, found.file)

        def taken(found: _Taken | None) -> None:
            if found is None:
                return
            if found.file is None:
                self.app.push_screen(ConfirmScreen(self.desk, self._account, found.mail))
                return
            self.say(f"Kept: {found.file.words}")
            if found.mail is not None:
                self.say(mail_words(found.mail.mail, self.session.now()))

        words = f"For “{entry_words(event, self.session.playbook)}”. A copy is kept beside your record; yours stays."
        key = draft_key("attach", self._account)
        screen = AttachScreen(self.desk, key, "Keep a file as proof", words, work, take, doing="Keeping")
        self.open_form(screen, taken)

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


class _Taken(NamedTuple):
    """What became of a file: the copy that is kept, and the mail in it; a mail alone is an answer to be written down."""

    file: KeptFile | None
    mail: Brought | None


def _mail_of(path: Path) -> Brought | None:
    try:
        return brought(path)
    except FileRefused:
        return None  # it is kept all the same


def _files_of(account: Account) -> dict[str, list[Event]]:
    """The kept files of each entry that is there, by its id."""
    known = {event.id for event in account.events}
    files: dict[str, list[Event]] = {}
    for event in account.events:
        if event.what == "evidence" and event.text("of") in known:
            files.setdefault(event.text("of"), []).append(event)
    return files
