"""What came back: which answer, when, with what reference; or that nothing has come yet."""

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList, Static

from metaoptout_tui.core import when
from metaoptout_tui.core.overview import account_name
from metaoptout_tui.core.progress import draft_key
from metaoptout_tui.session import Reply
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.form import FormPage
from metaoptout_tui.ui.guide import StepGuide
from metaoptout_tui.ui.lists import Choices

ANSWERS = (
    "confirmed-on-screen",
    "confirmed-by-mail",
    "answer-missing",
    "code-asked",
    "more-asked",
    "refused",
)


class ConfirmScreen(FormPage[str | None]):
    """Enter on an answer records it as of now; the fields below change when, and add a reference or a note."""

    PLACE = "confirm"
    BINDINGS = bindings("confirm")
    DEFAULT_CSS = """
    ConfirmScreen #meaning { height: auto; padding: 0 1; border-top: solid $line; }
    ConfirmScreen .-first { margin-top: 1; }
    ConfirmScreen Input { width: 1fr; }
    """

    def __init__(self, desk: Desk, account: str) -> None:
        super().__init__(desk, draft_key("confirm", account))
        self._account = account

    def compose_page(self) -> ComposeResult:
        """Answers, what the highlighted one means, and the fields."""
        texts = self.session.playbook.texts
        now = self.session.now()
        self._offered = (now.date().isoformat(), f"{now:%H:%M}")
        with VerticalScroll(can_focus=False):
            yield Choices([(answer, texts.say(f"answer.{answer}")) for answer in ANSWERS], id="answers")
            yield Static(id="meaning", markup=False)
            yield Static(
                "When? Day, such as 2026-11-20, 20/11, today or yesterday", classes="field-name -first", markup=False
            )
            yield Input(id="day")
            yield Static("Time", classes="field-name", markup=False)
            yield Input(id="time")
            yield Static("Reference or case number, if there is one", classes="field-name", markup=False)
            yield Input(id="reference")
            yield Static("Note: sender, subject, what it says", classes="field-name", markup=False)
            yield Input(id="note")
            yield Static(id="trouble", markup=False)

    def on_mount(self) -> None:
        """Begin with the answers."""
        self.fill()
        self.query_one(Choices).focus()

    @property
    def says_unsaved(self) -> bool:
        """An answer that is not recorded yet."""
        return True

    def fill(self) -> None:
        """The answer that holds now, as of now; or one as it was being written."""
        super().fill()
        draft = self.draft
        offered = {"day": self._offered[0], "time": self._offered[1], "reference": "", "note": ""}
        with self.prevent(Input.Changed):
            for name, value in offered.items():
                self.query_one(f"#{name}", Input).value = draft.get(name, value)
        standing = self.session.overview().standing(self._account)
        last = standing.reply.what if standing and standing.reply else ANSWERS[0]
        self.query_one(Choices).go_to(draft.get("answer", last))

    def show(self) -> None:
        """The title and the meaning of the highlighted answer."""
        super().show()
        standing = self.session.overview().standing(self._account)
        if standing is None:
            self.dismiss(None)
            return
        name = account_name(standing.account, self.session.playbook)
        left = "Nothing is filed yet. Record the objection first."
        if standing.filing is not None:
            left = f"Filed {when.ago(standing.filing.at, self.session.now())}. Enter records the highlighted answer."
        self.head(f"{name}: what came back?", left=left)
        guide = StepGuide(self.desk, standing, "confirm", self.size.width - 4)
        self.query_one("#meaning", Static).update(guide.answer(self.query_one(Choices).chosen))

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self.show()

    def typed(self) -> dict[str, str]:
        """The fields that were changed from what was offered."""
        day, time = self.query_one("#day", Input).value, self.query_one("#time", Input).value
        typed = {name: self.query_one(f"#{name}", Input).value for name in ("reference", "note")}
        if (day, time) != self._offered:
            typed.update(day=day, time=time)
        if any(typed.values()):
            typed["answer"] = self.query_one(Choices).chosen
        return typed

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def action_save(self) -> None:
        """Record it, or say what is wrong."""
        answer = self.query_one(Choices).chosen
        day, time = self.query_one("#day", Input).value, self.query_one("#time", Input).value
        at = None
        if (day, time) != self._offered:
            try:
                at = when.local(day, time, self.session.now())
            except ValueError as error:
                self.refuse(str(error))
                self.query_one("#day", Input).focus()
                return
        standing = self.session.overview().standing(self._account)
        filed = standing.filing.at if standing and standing.filing else None
        if at is not None and filed is not None and at < filed.replace(second=0, microsecond=0):
            self.refuse(f"That is before the objection, filed {when.day_and_time(filed, self.session.now())}.")
            self.query_one("#day", Input).focus()
            return
        if filed is not None and at is not None:
            at = max(at, filed)
        reply = Reply(answer, at, self.query_one("#reference", Input).value, self.query_one("#note", Input).value)
        if self.change(lambda: self.session.reply(self._account, reply)):
            self.settle("confirm")
