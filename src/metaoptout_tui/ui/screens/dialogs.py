"""Small questions: one of several answers, a date and time, a file, a link as a QR code."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from metaoptout_tui.app.files.recent_files import PROOF_SUFFIXES
from metaoptout_tui.app.files.typed_paths import parse_file_path
from metaoptout_tui.core import dates, text
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import ObjectionForm
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.links import SafeUrl
from metaoptout_tui.core.typed_period import period_in_digits
from metaoptout_tui.ui.base.browser_and_clipboard import BrowserAndClipboardScreen
from metaoptout_tui.ui.base.input_screen import InputScreen
from metaoptout_tui.ui.base.job_screen import JobScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.step_sources import form_sources
from metaoptout_tui.ui.widgets.answer_lists import OTHER_ROW, ChoiceListWithOther
from metaoptout_tui.ui.widgets.fields import MomentFields, PathField, RecentFileList


class ChosenOption(NamedTuple):
    """The id of the chosen row; for the row with a field, also the text in it."""

    option_id: str
    typed_text: str = ""


class FreeTextOption(NamedTuple):
    """The row for an answer that is typed, and its field.

    The text is kept under `draft_key` until an answer is taken. `validate` raises InputRefused for one that cannot be;
    `understood` says how it is read, shown while it is typed; empty for nothing. Unless it `is_first` the row is the last.
    """

    label: str
    placeholder: str
    draft_key: str
    validate: Callable[[str], object] = str
    understood: Callable[[str], str] = lambda _typed: ""
    is_first: bool = False


class ChoiceScreen(InputScreen[ChosenOption | None]):
    """Asks for one of several answers; with `other`, one may also be typed. Returns the ChosenOption.

    Without a `chosen` one nothing is highlighted, so that no answer is taken that was not meant; of a menu, which records
    nothing by itself, the first row is.
    """

    SCREEN_ID = "ask"
    is_menu = False
    DEFAULT_CSS = "ChoiceScreen ChoiceListWithOther ChoiceList { max-height: 16; }"

    def __init__(
        self,
        context: AppContext,
        title: str,
        rows: Sequence[tuple[str, str | Content]],
        *,
        chosen: str = "",
        help_text: str = "",
        other: FreeTextOption | None = None,
    ) -> None:
        super().__init__(context, other.draft_key if other else "ask")
        self._question, self._options = title, rows
        self._initial_option = chosen
        self._help_text = help_text
        self._free_text_option = other

    def compose_body(self) -> ComposeResult:
        """The answers, and the field where another one may be typed."""
        with VerticalScroll(can_focus=False):
            if self._help_text:
                yield Static(self._help_text, classes="field-help", markup=False)
            other = self._free_text_option or FreeTextOption("", "", "")
            yield ChoiceListWithOther(
                self._options, other=other.label, placeholder=other.placeholder, is_other_first=other.is_first
            )
            yield Static(id="understood", classes="field-help", markup=False)

    def on_mount(self) -> None:
        """Begin on the present answer."""
        self.set_headline(self._question)
        choices = self.query_one(ChoiceListWithOther)
        first = self._options[0][0] if self.is_menu and self._options else ""
        written = self.draft.get("written", "")
        choices.set_answer(self._initial_option or first or (OTHER_ROW if written else ""), written)
        choices.focus_list_or_input()
        self._show_understood()

    @on(Input.Changed)
    def _show_understood(self) -> None:
        """Show how what is typed is understood."""
        other, typed = self._free_text_option, self.query_one(ChoiceListWithOther).other_text
        words = other.understood(typed) if other is not None and typed else ""
        line = self.query_one("#understood", Static)
        line.update(words)
        line.display = bool(words)

    def typed_values(self) -> dict[str, str]:
        """The text typed as another answer."""
        return {"written": self.query_one(ChoiceListWithOther).other_text}

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def action_answer(self) -> None:
        """Take the highlighted answer, or go to the field if it is still empty."""
        choices = self.query_one(ChoiceListWithOther)
        is_in_field = choices.other_input.has_focus
        if not choices.require_answer():
            if choices.answer_id and is_in_field:
                self.refuse(choices.other_input, _("Write it, or Esc leaves it open."))
            elif not choices.answer_id:
                self.say(_("Choose an answer first, with ↑ and ↓."))
            return
        typed_text = choices.other_text if choices.answer_id == OTHER_ROW else ""
        try:
            if typed_text and self._free_text_option is not None:
                self._free_text_option.validate(typed_text)
        except InputRefused as error:
            self.say_error(error)
            choices.other_input.focus()
            return
        self.session.drafts.discard(self.draft_key)
        self.finish(ChosenOption(choices.answer_id, typed_text))


class DateScreen(InputScreen[datetime | None]):
    """Asks for a date and a time, and offers one: now by default. Returns the moment.

    `save_date` is called with the answer before the screen closes; if it raises a MetaOptOutError, that is shown and
    the screen stays open. With `takes_month` a month is taken as its first day, with `takes_year` too a month or year
    as itself. Changed fields are kept under `draft_key`, if there is one, until an answer is taken.
    """

    SCREEN_ID = "ask"
    shows_draft_notice = True

    def __init__(
        self,
        context: AppContext,
        title: str,
        *,
        offered: datetime | None = None,
        help_text: str = "",
        save_date: Callable[[datetime], object] | None = None,
        draft_key: str = "",
        takes_month: bool = False,
        takes_year: bool = False,
    ) -> None:
        super().__init__(context, draft_key)
        self._takes_month, self._takes_year = takes_month, takes_year
        self._save_date, self._question = save_date, title
        self._help_text, self._initial_moment = help_text, offered

    def compose_body(self) -> ComposeResult:
        """The help text, the two fields, and how they are understood."""
        with Vertical():
            if self._help_text:
                yield Static(self._help_text, classes="field-help", markup=False)
            label = _("Day: 2026-11-20, 20/11, 20 Nov, today or yesterday")
            if self._takes_month:
                label = _("Day, or a month as its first day: 2026-11-20, 20 Nov, yesterday, Aug 2025")
            if self._takes_year:
                label = _("Day, month or year: 2026-11-20, 20 Nov, yesterday, Aug 2025, 2019")
            yield MomentFields(
                self.session.now,
                self._initial_moment,
                day_label=label,
                takes_month=self._takes_month,
                takes_year=self._takes_year,
            )
            yield Static(id="read", classes="field-help", markup=False)

    def on_mount(self) -> None:
        """Begin in the field for the day."""
        self.set_headline(self._question, left=_("Enter takes it as it stands; change it first if it was earlier."))
        self.fill_fields()
        self._moment_fields.focus_day()

    def fill_fields(self) -> None:
        """The offered moment, or the texts of the draft."""
        super().fill_fields()
        self._moment_fields.fill(self.draft)

    def typed_values(self) -> dict[str, str]:
        """The fields that differ from what was offered; none without a draft key."""
        return self._moment_fields.typed_texts if self.draft_key else {}

    @property
    def _moment_fields(self) -> MomentFields:
        return self.query_one(MomentFields)

    def _entered_moment(self) -> datetime:
        """The moment in the fields. Raises ValueError, with a sentence, for texts that are no moment."""
        return self._moment_fields.moment() or self.session.now()

    @on(Input.Changed)
    def _show_interpretation(self) -> None:
        """Show how the date is understood, for one without a year may be last year's, and remove the error."""
        self.show_input_error("")
        words = ""
        with suppress(ValueError):
            at, now = self._entered_moment(), self.session.now()
            period = dates.format_partial_date(period_in_digits(at)) if self._moment_fields.is_period else ""
            words = _("That is {moment}.").format(moment=period or dates.format_understood_moment(at, now))
        self.query_one("#read", Static).update(words)

    @on(Input.Submitted)
    def action_answer(self) -> None:
        """Take the date, or show what is wrong with it."""
        try:
            at = self._entered_moment()
        except ValueError as error:
            self.refuse(self._moment_fields.field_at_fault, str(error))
            return
        if why := dates.why_in_future(at, self.session.now()):
            self.refuse(self._moment_fields.field_at_fault, why)
            return
        save_date = self._save_date
        self.session.drafts.discard(self.draft_key)  # before the change, so that undo does not bring it back
        if save_date is None or self.make_change(lambda: save_date(at)):
            self.finish(at)
        else:
            self.save_draft()


FileResult = TypeVar("FileResult")


class ChooseFileScreen(JobScreen[FileResult | None], Generic[FileResult]):
    """Asks for one file. `process_file` reads or copies it in a thread; `accept_result` is then called with its result.

    Both may raise a MetaOptOutError, which is shown below the field. The file itself is never changed.
    """

    SCREEN_ID = "attach"
    DEFAULT_CSS = "ChooseFileScreen Input { width: 1fr; }"

    def __init__(
        self,
        context: AppContext,
        draft_key: str,
        title: str,
        help_text: str,
        process_file: Callable[[Path, Job], FileResult],
        accept_result: Callable[[FileResult], object] = lambda _unused: None,
        *,
        activity: str = "",
        suffixes: tuple[str, ...] = PROOF_SUFFIXES,
    ) -> None:
        super().__init__(context, draft_key)
        self._heading = title
        self._help_text = help_text
        self._process_file = process_file
        self._accept_result = accept_result
        self._activity = activity or _("Reading {file}")
        self._suffixes = suffixes

    def compose_body(self) -> ComposeResult:
        """The help text and the field for the path."""
        with Vertical():
            yield Static(self._help_text, classes="field-help", markup=False)
            yield Static(_("File: type its path, or drop it on this window"), classes="field-name", markup=False)
            yield PathField(self.draft.get("path", ""), id="path")
            yield Static(_("Or take one of the newest files"), id="newest", classes="field-name", markup=False)
            yield RecentFileList(self._suffixes, self.session.now, id="recent")

    def on_mount(self) -> None:
        """Begin in the field, behind the text of the draft."""
        self.query_one("#newest").display = self.query_one(RecentFileList).display
        self.set_headline(
            self._heading,
            left=_("{key} completes what you typed.").format(key=self.readable_key_of("attach.complete")),
        )
        field = self.query_one(Input)
        field.focus()
        field.cursor_position = len(field.value)

    def typed_values(self) -> dict[str, str]:
        """The typed path."""
        return {"path": self.query_one(Input).value}

    def on_key(self, event: events.Key) -> None:
        """Down goes from the field to the newest files, and Up back."""
        field, recent = self.query_one(PathField), self.query_one(RecentFileList)
        goes_down = event.key == "down" and field.has_focus and recent.display
        if goes_down or (event.key == "up" and recent.has_focus and recent.first_is_highlighted):
            event.stop()
            event.prevent_default()
            self.set_focus(recent if goes_down else field)

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def action_take(self) -> None:
        """Take the typed or the highlighted file, or show what is wrong with it."""
        self.show_input_error("")
        recent = self.query_one(RecentFileList)
        if recent.has_focus:
            self.query_one(PathField).value = recent.highlighted_id
        self.make_change(self._start_job)

    def _start_job(self) -> None:
        path = parse_file_path(self.query_one(Input).value)
        self.run_job(
            self._activity.format(file=text.clean_line(path.name)),
            lambda job: self._process_file(path, job),
            self._job_finished,
            _("Stopped. Nothing was kept and nothing was recorded."),
        )

    def _job_finished(self, result: FileResult) -> None:
        self._accept_result(result)
        self.session.drafts.discard(self.draft_key)
        self.finish(result)

    def action_complete(self) -> None:
        """Complete the path as far as it is unambiguous."""
        if not self.is_busy:
            self.query_one(PathField).complete()


class LinkScreen(BrowserAndClipboardScreen[None]):
    """A link and its QR code, black on white in every theme, as cameras need it."""

    SCREEN_ID = "link"
    DEFAULT_CSS = """
    LinkScreen #link { height: auto; padding: 0 1; }
    LinkScreen #code { width: auto; height: auto; margin: 0 1; }
    """

    def __init__(self, context: AppContext, link: SafeUrl) -> None:
        super().__init__(context)
        self._link = link

    def compose_body(self) -> ComposeResult:
        """The code above, the link below."""
        with VerticalScroll():
            yield Static(id="code", markup=False)
            yield Static(Content(str(self._link)), id="link", markup=False)

    @property
    def link_in_view(self) -> SafeUrl:
        """The link of this screen."""
        return self._link

    def on_mount(self) -> None:
        """Draw the QR code."""
        self._draw_qr_code()

    def rewrap_text(self) -> None:
        """Draw the QR code for the new size."""
        self._draw_qr_code()

    @property
    def _form(self) -> ObjectionForm | None:
        """The form of Meta that the link leads to, if it is one."""
        forms = self.session.playbook.forms
        return next((form for form in forms if form.url == str(self._link)), None)

    def action_sources(self) -> None:
        """Show where the link is from."""
        form = self._form
        if form is None:
            self.say(_("This link is itself a source, or a page of an authority."))
        else:
            self.open_screen("sources", partial(form_sources, self.context, form))

    def _draw_qr_code(self) -> None:
        rows = self.size.height - 3 - 1 - len(str(self._link)) // max(1, self.size.width - 2)
        lines = self.context.qr_lines(self._link, max_columns=self.size.width - 2, max_rows=rows)
        form = self._form
        self.set_headline(
            _("Link on {host}").format(host=self._link.host),
            left=_("Point your phone's camera at it, or copy the link.") if lines else _("No room for a QR code here."),
            right=_("as of {date}").format(date=dates.format_partial_date(form.basis.checked_on))
            if form is not None
            else "",
        )
        code = self.query_one("#code", Static)
        code.display = lines is not None
        if lines is not None:
            code.update(Content.styled("\n".join(lines), "#000000 on #ffffff"))

    def action_browser(self) -> None:
        """Open the link in the browser."""
        self.open_in_browser(self._link)
