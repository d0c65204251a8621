"""The optional reason: made from what a person ticks, in the language of their form, and theirs to change."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static, TextArea

from metaoptout_tui.core.playbook import LANGUAGES
from metaoptout_tui.core.progress import draft_key
from metaoptout_tui.core.reason import LONGEST, SHORTEST, compose, look_over
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import LANGUAGE_NAMES, Desk
from metaoptout_tui.ui.form import FormPage
from metaoptout_tui.ui.lists import Ticks


class ReasonScreen(FormPage[bool | None]):
    """Ticks above, the text below; a text changed by hand is not made anew unless asked for."""

    PLACE = "reason"
    BINDINGS = bindings("reason")
    DEFAULT_CSS = """
    ReasonScreen Ticks { height: 1fr; min-height: 4; }
    ReasonScreen TextArea { height: 7; border: none; border-top: solid $line; background: $panel; padding: 0 1; }
    ReasonScreen TextArea:focus { border-top: solid $accent; }
    ReasonScreen #count { height: auto; max-height: 4; padding: 0 1; color: $muted; }
    ReasonScreen #count.-warn { color: $text-warning; }
    """

    def __init__(self, desk: Desk, account: str) -> None:
        super().__init__(desk, draft_key("submit", account))
        self._account = account
        self._made = ""
        draft = desk.session.draft(self.draft_key)
        self._language = draft.get("reason-language") or desk.language

    def compose_page(self) -> ComposeResult:
        """What may be said, the text, and what to mind."""
        playbook, draft = self.session.playbook, self.draft
        rows: list[tuple[str, str]] = []
        for prompt in playbook.prompts:
            rows.append((f"-{prompt.id}", playbook.texts.say(f"prompt.{prompt.id}")))
            rows.extend((option, playbook.texts.say(f"option.{option}")) for option in prompt.options)
        with Vertical():
            yield Ticks(rows, draft.get("reason-ticked", "").split(), id="parts")
            yield TextArea(draft.get("reason", ""), id="text", tab_behavior="focus", soft_wrap=True)
            yield Static(id="count", markup=False)
            yield Static(id="trouble", markup=False)

    def on_mount(self) -> None:
        """Begin with the ticks; a reason stays empty until something is ticked or typed."""
        self._made = self._composed()
        parts = self.query_one(Ticks)
        parts.focus()
        parts.action_first()
        self._show_count()

    def show(self) -> None:
        """The title, with the language of the sentences."""
        super().show()
        language = LANGUAGE_NAMES[self._language]
        self.head(
            "Reason: optional, true, in your own words",
            left=f"Space ticks, Tab goes to the text. Sentences in {language}; {self.key('reason.language')} changes that.",
        )

    def typed(self) -> dict[str, str]:
        """The text and what it was made from, beside the address chosen on the screen before."""
        return {
            **self.draft,
            "reason": self.query_one(TextArea).text,
            "reason-ticked": " ".join(self.query_one(Ticks).ticked),
            "reason-language": self._language if self._language != self.desk.language else "",
        }

    def _composed(self) -> str:
        standing = self.session.overview().standing(self._account)
        law = standing.region.law if standing else "none"
        words = self.desk.reasons()[self._language]
        return compose(self.session.playbook.prompts, self.query_one(Ticks).ticked, words, law)

    @on(Ticks.Changed)
    def _ticked(self) -> None:
        if self.query_one(TextArea).text.strip() in ("", self._made.strip()):
            self.action_compose()
        else:
            self.say(f"You changed the text by hand, so it stays. {self.key('reason.compose')} makes it anew.")
            self.keep()

    @on(TextArea.Changed)
    def _show_count(self) -> None:
        text = self.query_one(TextArea).text.strip()
        playbook = self.session.playbook
        warnings = look_over(text, self.desk.reasons().values())
        lines = [f"{len(text)} characters; {SHORTEST} to {LONGEST} fit every known form." if text else "Empty."]
        lines.extend(playbook.texts.say(f"reason-warning.{warning}") for warning in warnings)
        count = self.query_one("#count", Static)
        count.update(" ".join(lines))
        count.set_class(bool(warnings), "-warn")

    def action_compose(self) -> None:
        """Make the text from what is ticked."""
        self._made = self._composed()
        self.query_one(TextArea).text = self._made
        self.keep()

    def action_language(self) -> None:
        """Take the next language."""
        own = self.query_one(TextArea).text.strip() not in ("", self._made.strip())
        self._language = LANGUAGES[(LANGUAGES.index(self._language) + 1) % len(LANGUAGES)]
        self.show()
        if own:
            self.say(
                f"You changed the text by hand, so it stays. {self.key('reason.compose')} makes it anew in this language."
            )
        else:
            self.action_compose()

    def action_write(self) -> None:
        """Go between ticks and text."""
        text = self.query_one(TextArea)
        (self.query_one(Ticks) if text.has_focus else text).focus()

    def action_clear(self) -> None:
        """Empty the reason."""
        parts = self.query_one(Ticks)
        for key in tuple(parts.ticked):
            parts.toggle(key)
        self._made = ""
        self.query_one(TextArea).text = ""
        self.keep()

    def action_done(self) -> None:
        """Go back; the reason stays as it is."""
        self.action_back()
