"""Small questions: one of several answers, or a date and time."""

from collections.abc import Sequence
from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static

from metaoptout_tui.core import when
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.form import FormPage
from metaoptout_tui.ui.lists import Choices

OTHER = "="
"""What the result begins with when it was typed and not chosen."""


class AskScreen(FormPage[str | None]):
    """Asks for one of several answers, or, where `other` names a field, for one that is typed."""

    PLACE = "ask"
    BINDINGS = bindings("ask")

    def __init__(
        self,
        desk: Desk,
        title: str,
        choices: Sequence[tuple[str, str]],
        *,
        chosen: str = "",
        words: str = "",
        other: str = "",
    ) -> None:
        super().__init__(desk, "ask")
        self._title = title
        self._choices = choices
        self._chosen = chosen
        self._words = words
        self._other = other

    def compose_page(self) -> ComposeResult:
        """The answers, and a field where another one may be typed."""
        with Vertical():
            if self._words:
                yield Static(self._words, classes="field-help", markup=False)
            yield Choices(self._choices, id="choices")
            if self._other:
                yield Static(self._other, classes="field-name", markup=False)
                yield Input(id="other")
            yield Static(id="trouble", markup=False)

    def on_mount(self) -> None:
        """Begin on the answer that holds now."""
        self.head(self._title)
        choices = self.query_one(Choices)
        choices.go_to(self._chosen)
        if self._choices:
            choices.focus()
        elif self._other:
            self.query_one("#other", Input).focus()

    def typed(self) -> dict[str, str]:
        """Nothing that must outlive the question."""
        return {}

    @on(OptionList.OptionSelected)
    def _chose(self, event: OptionList.OptionSelected) -> None:
        self.settle(event.option.id)

    @on(Input.Submitted)
    def _typed_other(self) -> None:
        self.action_answer()

    def action_answer(self) -> None:
        """Take what is highlighted or typed."""
        other = self.query("#other").first(Input) if self._other else None
        if other is not None and other.has_focus:
            if other.value.strip():
                self.settle(OTHER + other.value.strip())
        elif self.query_one(Choices).chosen:
            self.settle(self.query_one(Choices).chosen)


class DateScreen(FormPage[datetime | None]):
    """Asks for a date and a time; as they stand they are the ones offered."""

    PLACE = "ask"
    BINDINGS = bindings("ask")

    def __init__(self, desk: Desk, title: str, *, offered: datetime | None = None, words: str = "") -> None:
        super().__init__(desk, "ask-date")
        self._title = title
        self._words = words
        self._offered = offered

    def compose_page(self) -> ComposeResult:
        """Two fields."""
        now = self.session.now()
        offered = (self._offered or now).astimezone(now.tzinfo)
        self._shown = (offered.date().isoformat(), f"{offered:%H:%M}")
        with Vertical():
            if self._words:
                yield Static(self._words, classes="field-help", markup=False)
            yield Static("Day: 2026-11-20, 20/11, 20 Nov, today or yesterday", classes="field-name", markup=False)
            yield Input(self._shown[0], id="day")
            yield Static("Time", classes="field-name", markup=False)
            yield Input(self._shown[1], id="time")
            yield Static(id="trouble", markup=False)

    def on_mount(self) -> None:
        """Begin on the day, all of it selected."""
        self.head(self._title, left="Enter takes it as it stands; change it first if it was earlier.")
        self.query_one("#day", Input).focus()

    def typed(self) -> dict[str, str]:
        """Nothing that must outlive the question."""
        return {}

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_answer()

    def action_answer(self) -> None:
        """Take the date, or say what is wrong with it."""
        day, time = self.query_one("#day", Input).value, self.query_one("#time", Input).value
        if (day, time) == self._shown:
            self.settle(self._offered or self.session.now())
            return
        try:
            at = when.local(day, time, self.session.now())
        except ValueError as error:
            self.refuse(str(error))
            return
        if at > self.session.now():
            self.refuse("That is in the future. Write when it happened.")
            return
        self.settle(at)
