"""Small screens that other screens open: choose an option, a date or a file, or show a link as QR code."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from metaoptout_tui.app.typed_paths import parse_file_path
from metaoptout_tui.core import dates, text
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.links import SafeUrl
from metaoptout_tui.core.record.event_fields import SENT_BY_LETTER
from metaoptout_tui.ui.base.form import FormScreen, JobForm
from metaoptout_tui.ui.base.screen import BrowserAndClipboardScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.widgets.lists import OTHER_ROW, ChoiceListWithOther
from metaoptout_tui.ui.widgets.moment_fields import MomentFields
from metaoptout_tui.ui.widgets.path_field import PathField

SENDING_METHODS = (("online", "Online or by e-mail"), (SENT_BY_LETTER, "By post"))
"""The rows of the question how something was sent."""


class ChosenOption(NamedTuple):
    """The row that was chosen; for the one that opens a field, also what was written there."""

    option_id: str
    typed_text: str = ""


class FreeTextOption(NamedTuple):
    """The row for an answer that is typed, and its field.

    What is typed stays under the draft `keeps` until an answer is taken; `check` raises InputRefused, with the reason, for
    what cannot be one.
    """

    label: str
    placeholder: str
    draft_key: str
    validate: Callable[[str], object] = str


class ChoiceScreen(FormScreen[ChosenOption | None]):
    """Asks for one of several answers, or, where there is `other`, for one that is typed."""

    SCREEN_ID = "ask"
    DEFAULT_CSS = "ChoiceScreen ChoiceListWithOther ChoiceList { max-height: 16; }"

    def __init__(
        self,
        context: AppContext,
        title: str,
        rows: Sequence[tuple[str, str]],
        *,
        chosen: str = "",
        words: str = "",
        other: FreeTextOption | None = None,
    ) -> None:
        super().__init__(context, other.draft_key if other else "ask")
        self._question = title
        self._options = rows
        self._initial_option = chosen
        self._help_text = words
        self._free_text_option = other

    def compose_body(self) -> ComposeResult:
        """The answers, and a field where another one may be typed."""
        with VerticalScroll(can_focus=False):
            if self._help_text:
                yield Static(self._help_text, classes="field-help", markup=False)
            other = self._free_text_option
            yield ChoiceListWithOther(
                self._options, other=other.label if other else "", placeholder=other.placeholder if other else ""
            )

    def on_mount(self) -> None:
        """Begin on the answer that holds now."""
        self.set_headline(self._question)
        choices = self.query_one(ChoiceListWithOther)
        choices.set_answer(self._initial_option, self.draft.get("written", ""))
        choices.focus_list_or_input()

    def typed_values(self) -> dict[str, str]:
        """What was typed as another answer."""
        return {"written": self.query_one(ChoiceListWithOther).other_text}

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def action_answer(self) -> None:
        """Take the highlighted answer, or go on to the field where it is typed."""
        choices = self.query_one(ChoiceListWithOther)
        if not choices.require_answer():
            return
        written = choices.other_text if choices.highlighted_id == OTHER_ROW else ""
        try:
            if written and self._free_text_option is not None:
                self._free_text_option.validate(written)
        except InputRefused as error:
            self.say_error(error)
            choices.other_input.focus()
            return
        self.session.history.save_draft(self.draft_key, {})
        self.finish(ChosenOption(choices.highlighted_id, written))


class DateScreen(FormScreen[datetime | None]):
    """Asks for a date and a time; as they stand they are the ones offered.

    `act` is done with the answer before the question closes; where it raises a MetaOptOutError, that is said and the
    question stays with what was typed. What is typed stays under the draft `keeps` until an answer is taken; without one
    it is forgotten. Of a draft only what was changed comes back: the rest is offered anew.
    """

    SCREEN_ID = "ask"

    def __init__(
        self,
        context: AppContext,
        title: str,
        *,
        offered: datetime | None = None,
        words: str = "",
        act: Callable[[datetime], object] | None = None,
        keeps: str = "",
    ) -> None:
        super().__init__(context, keeps)
        self._save_date = act
        self._question = title
        self._help_text = words
        self._initial_moment = offered

    def compose_body(self) -> ComposeResult:
        """Two fields."""
        with Vertical():
            if self._help_text:
                yield Static(self._help_text, classes="field-help", markup=False)
            label = "Day: 2026-11-20, 20/11, 20 Nov, today or yesterday"
            yield MomentFields(self.session.now, self._initial_moment, day_label=label)
            yield Static(id="read", classes="field-help", markup=False)

    def on_mount(self) -> None:
        """Begin on the day, all of it selected."""
        self.set_headline(self._question, left="Enter takes it as it stands; change it first if it was earlier.")
        self.fill_fields()
        self._moment_fields.focus_day()

    @property
    def shows_draft_notice(self) -> bool:
        """A date that was typed and not taken."""
        return True

    def fill_fields(self) -> None:
        """The moment that is offered, or what was being typed."""
        super().fill_fields()
        self._moment_fields.fill(self.draft)

    def typed_values(self) -> dict[str, str]:
        """What was changed of what was offered."""
        return self._moment_fields.changed_texts if self.draft_key else {}

    @property
    def _moment_fields(self) -> MomentFields:
        return self.query_one(MomentFields)

    def _entered_moment(self) -> datetime:
        """What the fields say. Raises ValueError, with a sentence, for what cannot be read."""
        return self._moment_fields.moment() or self.session.now()

    @on(Input.Changed)
    def _show_interpretation(self) -> None:
        """Say how the date is read, since one without a year may be last year's; what was wrong before is no longer said."""
        self.show_form_error("")
        words = ""
        with suppress(ValueError):
            words = f"That is {dates.format_understood_moment(self._entered_moment(), self.session.now())}."
        self.query_one("#read", Static).update(words)

    @on(Input.Submitted)
    def action_answer(self) -> None:
        """Take the date, or say what is wrong with it."""
        try:
            at = self._entered_moment()
        except ValueError as error:
            self.show_form_error(str(error))
            return
        if at > self.session.now():
            self.show_form_error(
                f"{dates.format_full_moment(at, self.session.now())} is in the future. Write when it happened."
            )
            return
        act = self._save_date
        self.session.history.save_draft(self.draft_key, {})  # before the change, so that undo does not bring it back
        if act is None or self.make_change(lambda: act(at)):
            self.finish(at)
        else:
            self.save_draft()


FileResult = TypeVar("FileResult")


class ChooseFileScreen(JobForm[FileResult | None], Generic[FileResult]):
    """Asks for one file. `work` reads or copies it in a thread, `take` is then told of it here.

    Both may raise what is wrong with the file, which is itself never changed.
    """

    SCREEN_ID = "attach"
    DEFAULT_CSS = "ChooseFileScreen Input { width: 1fr; }"

    def __init__(
        self,
        context: AppContext,
        draft_key: str,
        title: str,
        words: str,
        work: Callable[[Path, Job], FileResult],
        take: Callable[[FileResult], object] = lambda _: None,
        *,
        doing: str = "Reading",
    ) -> None:
        super().__init__(context, draft_key)
        self._heading = title
        self._help_text = words
        self._process_file = work
        self._accept_result = take
        self._activity = doing

    def compose_body(self) -> ComposeResult:
        """One field."""
        with Vertical():
            yield Static(self._help_text, classes="field-help", markup=False)
            yield Static("File: type its path, or drop it on this window", classes="field-name", markup=False)
            yield PathField(self.draft.get("path", ""), id="path")

    def on_mount(self) -> None:
        """Begin in the field."""
        self.set_headline(self._heading, left=f"{self.readable_key_of('attach.complete')} completes what you typed.")
        field = self.query_one(Input)
        field.focus()
        field.cursor_position = len(field.value)

    def typed_values(self) -> dict[str, str]:
        """The path as it was typed."""
        return {"path": self.query_one(Input).value}

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Take the file, or say what is wrong with it."""
        self.show_form_error("")
        self.make_change(self._start_job)

    def _start_job(self) -> None:
        path = parse_file_path(self.query_one(Input).value)
        self.run_job(
            f"{self._activity} {text.clean_line(path.name)}",
            lambda job: self._process_file(path, job),
            self._job_finished,
            "Stopped. Nothing was kept and nothing was recorded.",
        )

    def _job_finished(self, found: FileResult) -> None:
        self._accept_result(found)
        self.session.history.save_draft(self.draft_key, {})
        self.finish(found)

    def action_complete(self) -> None:
        """Complete the path as far as there is no choice."""
        if not self.is_busy:
            self.query_one(PathField).complete()


class LinkScreen(BrowserAndClipboardScreen[None]):
    """Black on white whatever the theme, because cameras want it so."""

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
        """The link that is shown."""
        return self._link

    def on_mount(self) -> None:
        """Draw the code for the room there is."""
        self._draw_qr_code()

    def rewrap_text(self) -> None:
        """Draw it again."""
        self._draw_qr_code()

    def _draw_qr_code(self) -> None:
        rows = self.size.height - 3 - 1 - len(str(self._link)) // max(1, self.size.width - 2)
        lines = self.context.qr_lines(self._link, max_columns=self.size.width - 2, max_rows=rows)
        self.set_headline(
            f"Link on {self._link.host}",
            left="Point your phone's camera at it, or copy the link." if lines else "No room for a QR code here.",
        )
        code = self.query_one("#code", Static)
        code.display = lines is not None
        if lines is not None:
            code.update(Content.styled("\n".join(lines), "#000000 on #ffffff"))

    def action_browser(self) -> None:
        """Ask the browser."""
        self.open_in_browser(self._link)
