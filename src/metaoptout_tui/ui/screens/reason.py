"""The optional reason of an objection: composed of ticked sentences, and changed by hand."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static, TextArea

from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES, StepId
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.language_names import language_name
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.objection.reason import (
    MAX_REASON_LENGTH,
    MIN_REASON_LENGTH,
    check_reason,
    compose_reason_of,
    reason_prompts_of,
)
from metaoptout_tui.core.record.accounts import ObjectionDraft, make_draft_key
from metaoptout_tui.ui.base.input_screen import InputScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.widgets.checkbox_lists import CheckboxList


class ReasonScreen(InputScreen[bool | None]):
    """Sentences to tick above, the reason below; a text changed by hand is replaced only with a key for that."""

    SCREEN_ID = "reason"
    DEFAULT_CSS = """
    ReasonScreen CheckboxList { height: 1fr; min-height: 4; }
    ReasonScreen TextArea { height: 7; border: none; border-top: solid $line; background: $panel; padding: 0 1; }
    ReasonScreen TextArea:focus { border-top: heavy $accent; }
    ReasonScreen #count { height: auto; max-height: 4; padding: 0 1; color: $muted; }
    ReasonScreen #count.-warn { color: $text-warning; }
    """

    def __init__(self, context: AppContext, account_id: str) -> None:
        super().__init__(context, make_draft_key(StepId.SUBMIT, account_id))
        self._account_id = account_id
        self._composed_text = ""
        self._replaced_text: tuple[str, tuple[str, ...]] | None = None
        self._language = context.session.diary_service.objection_draft(account_id).reason_language or context.language

    def compose_body(self) -> ComposeResult:
        """The sentences, the text, and its length with warnings."""
        playbook, draft = self.session.playbook, ObjectionDraft.from_draft(self.draft)
        rows: list[tuple[str, str]] = []
        for prompt in reason_prompts_of(self.session.account(self._account_id), self.session.record, playbook):
            rows.append((f"-{prompt.id}", playbook.texts.sentence(f"prompt.{prompt.id}")))
            rows.extend((option, playbook.texts.sentence(f"option.{option}")) for option in prompt.options)
        with Vertical():
            yield CheckboxList(rows, draft.checked_options, id="parts")
            yield TextArea(draft.reason, id="text", tab_behavior="focus", soft_wrap=True)
            yield Static(id="count", markup=False)

    def on_mount(self) -> None:
        """Begin in the list of sentences; the reason stays empty until something is ticked or typed."""
        self._composed_text = self._compose_reason()
        parts = self.query_one(CheckboxList)
        parts.focus()
        parts.action_first()
        self._show_length()

    def update_content(self) -> None:
        """The title, with the language of the sentences."""
        super().update_content()
        language, key = language_name(self._language), self.readable_key_of("reason.language")
        self.set_headline(
            _("Reason: optional, true, in your own words"),
            left=_("Space ticks, Tab goes to the text. Sentences in {language}; {key} changes that.").format(
                language=language, key=key
            ),
        )

    def typed_values(self) -> dict[str, str]:
        """The reason, its ticks and its language, with the other parts of the draft as they are."""
        draft = ObjectionDraft.from_draft(self.draft)._replace(
            reason=self.query_one(TextArea).text,
            checked_options=tuple(self.query_one(CheckboxList).checked_ids),
            reason_language=self._language if self._language != self.context.language else "",
        )
        return dict(draft.to_draft(self.draft))

    def _compose_reason(self) -> str:
        status = self.session.overview().status_of(self._account_id)
        law = status.region.law if status else "none"
        phrases = self.context.reasons()[self._language]
        account, playbook = self.session.account(self._account_id), self.session.playbook
        checked = self.query_one(CheckboxList).checked_ids
        return compose_reason_of(account, self.session.record, playbook, checked, phrases, law)

    @on(CheckboxList.Changed)
    def _ticks_changed(self) -> None:
        if self._is_changed_by_hand:
            key = self.readable_key_of("reason.compose")
            self.say(_("You changed the text by hand, so it stays. {key} makes it anew.").format(key=key))
            self.save_draft()
        else:
            self._compose_text()

    @property
    def _is_changed_by_hand(self) -> bool:
        return self.query_one(TextArea).text.strip() not in ("", self._composed_text.strip())

    @on(TextArea.Changed)
    def _show_length(self) -> None:
        text = self.query_one(TextArea).text.strip()
        playbook = self.session.playbook
        warnings = check_reason(text, self.context.reasons().values())
        lines = [
            ngettext(
                "{count} character; {least} to {most} also fit older forms, as far as known.",
                "{count} characters; {least} to {most} also fit older forms, as far as known.",
                len(text),
            ).format(
                count=format_number(len(text)),
                least=format_number(MIN_REASON_LENGTH),
                most=format_number(MAX_REASON_LENGTH),
            )
            if text
            else _("Empty.")
        ]
        lines.extend(playbook.texts.sentence(f"reason-warning.{warning}") for warning in warnings)
        count = self.query_one("#count", Static)
        count.update(" ".join(lines))
        count.set_class(bool(warnings), "-warn")

    def action_compose(self) -> None:
        """Compose the reason from the ticked sentences; a text changed by hand can be had back, also after the next time."""
        if self._is_changed_by_hand:
            self._keep_for_return()
        if self._replaced_text is not None:
            self.say(_("Made anew. {key} gives your text back.").format(key=self.readable_key_of("reason.undo")))
        self._compose_text()

    def _keep_for_return(self) -> None:
        self._replaced_text = (self.query_one(TextArea).text, tuple(self.query_one(CheckboxList).checked_ids))

    def action_undo(self) -> None:
        """Give back the text and the ticks that were emptied or made anew last; once more changes them again."""
        if self._replaced_text is None:
            self.say(_("Nothing was emptied or made anew here."))
            return
        text, ticks = self._replaced_text
        self._keep_for_return()
        self._set_ticks(ticks)
        self.query_one(TextArea).text = text
        self._composed_text = self._compose_reason()
        self.save_draft()
        self.say(_("Taken back. {key} changes it again.").format(key=self.readable_key_of("reason.undo")))

    def _set_ticks(self, ticks: tuple[str, ...]) -> None:
        parts = self.query_one(CheckboxList)
        with self.prevent(CheckboxList.Changed):
            for key in {*parts.checked_ids} ^ {*ticks}:
                parts.toggle(key)
        parts.checked_ids[:] = ticks

    def _compose_text(self) -> None:
        self._composed_text = self._compose_reason()
        self.query_one(TextArea).text = self._composed_text
        self.save_draft()

    def action_language(self) -> None:
        """Switch the sentences to the next language."""
        is_changed_by_hand = self._is_changed_by_hand
        self._language = CONTENT_LANGUAGES[(CONTENT_LANGUAGES.index(self._language) + 1) % len(CONTENT_LANGUAGES)]
        self.update_content()
        if is_changed_by_hand:
            key = self.readable_key_of("reason.compose")
            self.say(
                _("You changed the text by hand, so it stays. {key} makes it anew in this language.").format(key=key)
            )
        else:
            self._compose_text()

    def action_write(self) -> None:
        """Move the focus between sentences and text, there to its end, where a sentence of one's own goes."""
        text = self.query_one(TextArea)
        if text.has_focus:
            self.query_one(CheckboxList).focus()
        else:
            text.focus()
            text.move_cursor(text.document.end)

    def action_clear(self) -> None:
        """Remove all ticks and empty the reason; both can be had back."""
        if not self.query_one(TextArea).text and not self.query_one(CheckboxList).checked_ids:
            self.say(_("The reason is empty already."))
            return
        self._keep_for_return()
        self._set_ticks(())
        self.say(_("Emptied. {key} gives it back.").format(key=self.readable_key_of("reason.undo")))
        self._composed_text = ""
        self.query_one(TextArea).text = ""
        self.save_draft()

    def action_done(self) -> None:
        """Save the reason and go back."""
        self.action_back()
