"""Small questions: one of several answers, or a date and time."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, OptionList, Static

from metaoptout_tui.core import when
from metaoptout_tui.core.clocks import BY_LETTER
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.form import FormPage
from metaoptout_tui.ui.widgets.open_choices import OTHER, OpenChoices

HOW_SENT = (("online", "Online or by e-mail"), (BY_LETTER, "By post"))
"""The rows of the question how something was sent."""


class Answer(NamedTuple):
    """The row that was chosen; for the one that opens a field, also what was written there."""

    row: str
    written: str = ""


class Other(NamedTuple):
    """The row for an answer that is typed, and its field.

    What is typed stays under the draft `keeps` until an answer is taken; `check` raises InputRefused, with the reason, for
    what cannot be one.
    """

    row: str
    placeholder: str
    keeps: str
    check: Callable[[str], object] = str


class AskScreen(FormPage[Answer | None]):
    """Asks for one of several answers, or, where there is `other`, for one that is typed."""

    PLACE = "ask"
    BINDINGS = bindings("ask")
    DEFAULT_CSS = "AskScreen OpenChoices Choices { max-height: 16; }"

    def __init__(
        self,
        desk: Desk,
        title: str,
        rows: Sequence[tuple[str, str]],
        *,
        chosen: str = "",
        words: str = "",
        other: Other | None = None,
    ) -> None:
        super().__init__(desk, other.keeps if other else "ask")
        self._title = title
        self._rows = rows
        self._chosen = chosen
        self._words = words
        self._other = other

    def compose_page(self) -> ComposeResult:
        """The answers, and a field where another one may be typed."""
        with VerticalScroll(can_focus=False):
            if self._words:
                yield Static(self._words, classes="field-help", markup=False)
            other = self._other
            yield OpenChoices(
                self._rows, other=other.row if other else "", placeholder=other.placeholder if other else ""
            )
            yield Static(id="trouble", markup=False)

    def on_mount(self) -> None:
        """Begin on the answer that holds now."""
        self.head(self._title)
        choices = self.query_one(OpenChoices)
        choices.begin(self._chosen, self.draft.get("written", ""))
        choices.take_focus()

    def typed(self) -> dict[str, str]:
        """What was typed as another answer."""
        return {"written": self.query_one(OpenChoices).written}

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def action_answer(self) -> None:
        """Take the highlighted answer, or go on to the field where it is typed."""
        choices = self.query_one(OpenChoices)
        if not choices.is_answered():
            return
        written = choices.written if choices.row == OTHER else ""
        try:
            if written and self._other is not None:
                self._other.check(written)
        except InputRefused as error:
            self.say_error(error)
            choices.field.focus()
            return
        self.session.keep_draft(self.draft_key, {})
        self.settle(Answer(choices.row, written))


class DateScreen(FormPage[datetime | None]):
    """Asks for a date and a time; as they stand they are the ones offered.

    `act` is done with the answer before the question closes; where it raises a MetaOptOutError, that is said and the
    question stays with what was typed. What is typed stays under the draft `keeps` until an answer is taken; without one
    it is forgotten. Of a draft only what was changed comes back: the rest is offered anew.
    """

    PLACE = "ask"
    BINDINGS = bindings("ask")

    def __init__(
        self,
        desk: Desk,
        title: str,
        *,
        offered: datetime | None = None,
        words: str = "",
        act: Callable[[datetime], object] | None = None,
        keeps: str = "",
    ) -> None:
        super().__init__(desk, keeps)
        self._act = act
        self._title = title
        self._words = words
        self._offered = offered

    def compose_page(self) -> ComposeResult:
        """Two fields."""
        now = self.session.now()
        offered = (self._offered or now).astimezone(now.tzinfo)
        self._shown = {"day": offered.date().isoformat(), "time": f"{offered:%H:%M}"}
        with Vertical():
            if self._words:
                yield Static(self._words, classes="field-help", markup=False)
            yield Static("Day: 2026-11-20, 20/11, 20 Nov, today or yesterday", classes="field-name", markup=False)
            yield Input(id="day")
            yield Static("Time", classes="field-name", markup=False)
            yield Input(id="time")
            yield Static(id="read", classes="field-help", markup=False)
            yield Static(id="trouble", markup=False)

    def on_mount(self) -> None:
        """Begin on the day, all of it selected."""
        self.head(self._title, left="Enter takes it as it stands; change it first if it was earlier.")
        self.fill()
        self.query_one("#day", Input).focus()

    @property
    def says_unsaved(self) -> bool:
        """A date that was typed and not taken."""
        return True

    def fill(self) -> None:
        """The moment that is offered, or what was being typed."""
        super().fill()
        for name, offered in self._shown.items():
            self.query_one(f"#{name}", Input).value = self.draft.get(name, offered)

    def typed(self) -> dict[str, str]:
        """What was changed of what was offered."""
        if not self.draft_key:
            return {}
        values = {name: self.query_one(f"#{name}", Input).value for name in self._shown}
        return {name: value for name, value in values.items() if value != self._shown[name]}

    def _typed_moment(self) -> datetime:
        """What the fields say. Raises ValueError, with a sentence, for what cannot be read."""
        day, time = self.query_one("#day", Input).value, self.query_one("#time", Input).value
        if {"day": day, "time": time} == self._shown:
            return self._offered or self.session.now()
        return when.local(day, time, self.session.now())

    @on(Input.Changed)
    def _show_reading(self) -> None:
        """Say how the date is read, since one without a year may be last year's; what was wrong before is no longer said."""
        self.refuse("")
        words = ""
        with suppress(ValueError):
            words = f"That is {when.read_as(self._typed_moment(), self.session.now())}."
        self.query_one("#read", Static).update(words)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_answer()

    def action_answer(self) -> None:
        """Take the date, or say what is wrong with it."""
        try:
            at = self._typed_moment()
        except ValueError as error:
            self.refuse(str(error))
            return
        if at > self.session.now():
            self.refuse(f"{when.full_moment(at, self.session.now())} is in the future. Write when it happened.")
            return
        act = self._act
        self.session.keep_draft(self.draft_key, {})  # before the change, so that undo does not bring it back
        if act is None or self.change(lambda: act(at)):
            self.settle(at)
        else:
            self.keep()
