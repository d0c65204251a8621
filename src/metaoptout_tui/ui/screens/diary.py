"""The diary of one account: reading and correcting entries, attaching and opening files."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from textwrap import wrap
from typing import Any, NamedTuple

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.app.accounts.form_fields import correct_form, form_question, forms_to_choose
from metaoptout_tui.app.record.attachments import ImportedMail, import_mail, is_mail_file
from metaoptout_tui.core.case_file.diary import TimelineEntry, timeline_of_account
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.errors import FileRefused
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.formatting import format_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, ngettext
from metaoptout_tui.core.mail import describe_mail
from metaoptout_tui.core.objection.case_numbers import case_number_words
from metaoptout_tui.core.objection.event_sentences import describe_event, moment_of_event
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import (
    EvidenceFile,
    evidence_events_by_event_id,
    evidence_file_of,
    make_draft_key,
)
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, events_in_force, fields_to_correct
from metaoptout_tui.core.record.vocabulary import ANSWER_WORDS, EMAIL, FORM, META_WORDS, NOTE, NOTE_TEXT, REFERENCE
from metaoptout_tui.ui.base.browser_and_clipboard import FileOpeningScreen
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.asking import ask_choice
from metaoptout_tui.ui.screens.deadlines import ask_letter_arrival
from metaoptout_tui.ui.screens.dialogs import ChooseFileScreen, DateScreen
from metaoptout_tui.ui.screens.note import CorrectTextScreen
from metaoptout_tui.ui.widgets.lists import ChoiceList

_FIELD_ROWS = {
    FORM.name: (mark("Sent with: {words}"), mark("Say which form it was")),
    EMAIL.name: (mark("Sent with: {words}"), mark("Add the e-mail address")),
    NOTE_TEXT.name: (mark("The words: {words}"), mark("Add words")),
    META_WORDS.name: (mark("Meta's words: {words}"), mark("Add Meta's own words")),
    ANSWER_WORDS.name: (mark("What you answered: {words}"), mark("Add what you answered")),
    NOTE.name: (mark("The note: {words}"), mark("Add a note")),
}
"""The texts that can be corrected besides a case number: the row for what each is now, and that where there is none."""
_DATE_ROW = "date"


_DATE_WIDTH, _COLUMN_GAP, _ROW_MARGIN, _MIN_TEXT_WIDTH = 20, 2, 4, 16


class DiaryScreen(FileOpeningScreen[None]):
    """The entries in the order of their dates; those that were taken back are struck through.

    `event_id` is the entry to begin at; with `begins_with_attaching` a file for it is asked for at once.
    """

    SCREEN_ID = "diary"
    DEFAULT_CSS = "DiaryScreen ChoiceList { height: 1fr; }"

    def __init__(
        self, context: AppContext, account_id: str, event_id: str = "", *, begins_with_attaching: bool = False
    ) -> None:
        super().__init__(context)
        self._account_id = account_id
        self._initial_entry_id = event_id
        self._begins_with_attaching = begins_with_attaching
        self._date_width = _DATE_WIDTH

    @property
    def account_in_view(self) -> str:
        """The account whose diary it is."""
        return self._account_id

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield ChoiceList(id="entries")

    def on_mount(self) -> None:
        """Begin at the entry the screen was opened for, else at the newest."""
        self.update_content()
        entries = self.choice_list
        entries.focus()
        entries.highlighted = max(0, entries.option_count - 1)
        entries.go_to(self._initial_entry_id)
        if self._begins_with_attaching:
            self.call_after_refresh(self.action_attach)

    def update_content(self) -> None:
        """The present entries."""
        super().update_content()
        account = self.session.record.account_by_id(self._account_id)
        if account is None:
            self.dismiss(None)
            return
        self.set_headline(
            _("Diary of {account}").format(account=account_name(account, self.session.playbook)),
            left=_("Enter corrects an entry, {key} keeps a file for it.").format(
                key=self.readable_key_of("diary.attach")
            ),
        )
        now = self.session.now()
        files = evidence_events_by_event_id(account)
        file_ids = {event.id for events in files.values() for event in events}
        entries = [entry for entry in timeline_of_account(account) if entry.original.id not in file_ids]
        widths = (cell_len(moment_of_event(entry.event, now)) + _COLUMN_GAP for entry in entries)
        self._date_width = max((_DATE_WIDTH, *widths))
        self.choice_list.show_rows(
            (entry.original.id, self._entry_row(entry, now, files.get(entry.original.id, ()))) for entry in entries
        )

    def _entry_row(self, entry: TimelineEntry, now: datetime, files: Sequence[Event]) -> Content:
        """One entry: date, text with hanging indent, and whether it was taken back; below it its note and files."""
        event, is_corrected = entry.event, entry.event.at != entry.original.at
        is_reworded = any(event.text(name) != entry.original.text(name) for name in (*_FIELD_ROWS, REFERENCE.name))
        remarks = (_("taken back") if entry.is_taken_back else "", _words_of_correction(is_corrected, is_reworded))
        tail = "".join(f"  {remark}" for remark in remarks if remark)
        style = "strike $muted" if entry.is_taken_back else ""
        words = self._hanging_indent(describe_event(event, self.session.playbook, entry.account.platform), style)
        note = event.text("note")
        return Content.assemble(
            (f"{moment_of_event(event, now):<{self._date_width}}", "$muted"),
            words,
            (tail, "$muted"),
            *(("\n", " " * self._date_width, self._hanging_indent(note, "$muted")) if note else ()),
            *(
                Content.assemble("\n", " " * self._date_width, self._file_line(evidence_file_of(file)))
                for file in files
            ),
        )

    def _file_line(self, file: EvidenceFile) -> Content:
        """A kept file, and that it is missing where it is."""
        symbols, attachments = self.context.symbols, self.session.attachments
        if attachments.knows_evidence_files and attachments.find_file(file) is None:
            words = _("{file} is missing from the kept files").format(file=file.name)
            return self._hanging_indent(f"{symbols.attention} {words}", "$text-warning")
        return self._hanging_indent(f"{symbols.arrow} {file.summary}", "$muted")

    def _hanging_indent(self, words: str, style: str) -> Content:
        room = max(_MIN_TEXT_WIDTH, self.size.width - self._date_width - _ROW_MARGIN)
        lines = [line for paragraph in words.split("\n") for line in wrap(paragraph, room) or [""]]
        return Content("\n" + " " * self._date_width).join([Content.styled(line, style) for line in lines])

    def rewrap_text(self) -> None:
        """Wrap the entries for the new width."""
        self.update_content()

    @on(OptionList.OptionSelected)
    def action_correct(self) -> None:
        """Ask what to correct of the highlighted entry; where it has a date alone, for that."""
        event = self._highlighted_event_in_force
        if event is None:
            self.say(_("This entry was taken back; it plays no part."))
            return
        names = fields_to_correct(event)
        if not names:
            self._correct_date(event)
            return
        at = moment_of_event(event, self.session.now())
        rows = [(_DATE_ROW, _("When it happened: {day_and_time}").format(day_and_time=at))]
        forms = forms_to_choose(self.session, self._account_id)
        for name in names:
            number = case_number_words(event.kind) if name == REFERENCE.name else None
            present, missing = (number.shown, number.add) if number is not None else map(_, _FIELD_ROWS[name])
            words = event.text(name).replace("\n", " ")
            if name == FORM.name:
                words = forms.get(words, words)
            rows.append((name, present.format(words=words) if words else missing))

        def chosen(row: str) -> None:
            if row == _DATE_ROW:
                self._correct_date(event)
            elif row == FORM.name:
                ask_for_form(self, self._account_id, event)
            else:
                self.open_made_screen(CorrectTextScreen(self.context, self._account_id, event, row))

        sentence = _("“{event}”. Undo takes a correction back.").format(
            event=describe_event(event, self.session.playbook, self.session.account(self._account_id).platform)
        )
        ask_choice(
            self,
            ChoiceQuestion(_("What is to be corrected?"), tuple(rows), sentences=(sentence,)),
            chosen,
            is_menu=True,
        )

    def _correct_date(self, event: Event) -> None:
        """Ask for the right date of an entry."""

        def correct(to: datetime) -> None:
            if to != event.at:
                self.session.diary_service.correct_event_date(self._account_id, event.id, to)

        question = DateScreen(
            self.context,
            _("When did this happen?"),
            offered=event.at,
            help_text=describe_event(event, self.session.playbook, self.session.account(self._account_id).platform),
            save_date=correct,
            draft_key=make_draft_key("date", self._account_id, event.id),
        )
        self.open_made_screen(question)

    @property
    def _highlighted_event_in_force(self) -> Event | None:
        """The highlighted entry, with its corrected date; None if it was taken back."""
        events = events_in_force(self.session.account(self._account_id).events)
        return next((event for event in events if event.id == self.choice_list.highlighted_id), None)

    def action_arrived(self) -> None:
        """Ask when the highlighted letter arrived."""
        letter = self._highlighted_event_in_force
        if letter is not None:
            ask_letter_arrival(self, self._account_id, letter)

    def action_open(self) -> None:
        """Open the file that is kept for the highlighted entry; ask which where there are several."""
        account = self.session.account(self._account_id)
        events = evidence_events_by_event_id(account).get(self.choice_list.highlighted_id, [])
        paths = {file.name: self.session.attachments.find_file(file) for file in map(evidence_file_of, events)}
        path_by_name = {name: path for name, path in paths.items() if path is not None}
        if not paths:
            self.say(
                _("No file is kept for this entry. {key} keeps one.").format(key=self.readable_key_of("diary.attach"))
            )
        elif not path_by_name:
            self.say(
                ngettext(
                    "{files} is missing from the kept files.", "{files} are missing from the kept files.", len(paths)
                ).format(files=format_list(paths))
            )
        elif len(path_by_name) == 1:
            self.open_on_desktop(next(iter(path_by_name.values())))
        else:
            question = ChoiceQuestion(_("Which file?"), tuple((name, name) for name in path_by_name))
            ask_choice(self, question, lambda name: self.open_on_desktop(path_by_name[name]), is_menu=True)

    def action_attach(self) -> None:
        """Ask for a file and keep it as evidence of the highlighted entry.

        A mail attached to the objection itself is a reply, so it opens the screen for replies instead.
        """
        id = self.choice_list.highlighted_id
        event = next((event for event in self.session.account(self._account_id).events if event.id == id), None)
        if event is None:
            self.say(_("There is no entry that a file could belong to."))
            return
        is_objection = event.kind == EventKind.FILED

        def copy_or_read(path: Path, job: Job) -> _AttachResult:
            if is_objection and is_mail_file(path):
                return _AttachResult(None, import_mail(path, job))
            file = self.session.attachments.file_copier(self._account_id, id)(path, job)
            return _AttachResult(file, _read_mail_or_none(path) if is_mail_file(path) else None)

        def record(result: _AttachResult) -> None:
            if result.file is not None:
                self.session.attachments.record_attachment(self._account_id, id, result.file)

        def file_kept(result: _AttachResult | None) -> None:
            if result is None:
                return
            if result.file is None:
                self.open_screen(StepId.REPLY, self._account_id, result.mail)
                return
            self.say(_("Kept: {summary}").format(summary=result.file.summary))
            if result.mail is not None:
                self.say(describe_mail(result.mail.mail, self.session.now(), is_asked_below=False))

        file_screen = ChooseFileScreen(
            self.context,
            make_draft_key("attach", self._account_id),
            _("Keep a file as proof"),
            _("For “{event}”. A copy is kept beside your record; yours stays.").format(
                event=describe_event(event, self.session.playbook, self.session.account(self._account_id).platform)
            ),
            copy_or_read,
            record,
            activity=_("Keeping {file}"),
        )
        self.open_made_screen(file_screen, file_kept)


def ask_for_form(screen: BaseScreen[Any], account_id: str, event: Event) -> None:
    """Ask with which form an objection was sent."""
    session = screen.session
    question = form_question(session, account_id, event)

    def chosen(form: str) -> None:
        if form != question.default:
            screen.make_change(lambda: correct_form(session, account_id, event.id, form))

    ask_choice(screen, question, chosen)


def _words_of_correction(is_date_corrected: bool, is_reworded: bool) -> str:  # noqa: FBT001 - two of the same kind
    """What of an entry was corrected, in brackets; empty for nothing."""
    if is_date_corrected:
        return _("(date and words corrected)") if is_reworded else _("(date corrected)")
    return _("(words corrected)") if is_reworded else ""


class _AttachResult(NamedTuple):
    """A file that was kept, and the mail in it if there is one. Without a file it is a reply that is to be recorded."""

    file: EvidenceFile | None
    mail: ImportedMail | None


def _read_mail_or_none(path: Path) -> ImportedMail | None:
    try:
        return import_mail(path)
    except FileRefused:
        return None  # the file is kept even so
