"""The step that fills in and sends Meta's form: each field ready to copy, and the optional reason.

Recording that Send was pressed writes the objection into the diary. The reason is composed of ticked sentences and can
be changed by hand.
"""

from datetime import datetime
from textwrap import wrap

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static, TextArea

from metaoptout_tui.app.diary_service import ObjectionInput
from metaoptout_tui.app.email_address import normalize_optional_email
from metaoptout_tui.app.form_fields import email_choices, is_email_of_welcome, value_of_field
from metaoptout_tui.core.guidance.playbook import LANGUAGES, FormField, StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.links import SafeUrl, meta_url_or_none
from metaoptout_tui.core.objection.reason import (
    MAX_REASON_LENGTH,
    MIN_REASON_LENGTH,
    check_reason,
    compose_reason_of,
    reason_prompts_of,
)
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import ObjectionDraft, make_draft_key
from metaoptout_tui.core.text import elide_to_width
from metaoptout_tui.ui.base.form import FormScreen
from metaoptout_tui.ui.base.list_and_detail import StepScreen
from metaoptout_tui.ui.context import LANGUAGE_NAMES, AppContext
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption, DateScreen, FreeTextOption
from metaoptout_tui.ui.text.rows import Column, fixed, row_in_columns
from metaoptout_tui.ui.widgets.lists import CheckboxList


class ReasonScreen(FormScreen[bool | None]):
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
        self._language = context.session.diary.objection_draft(account_id).reason_language or context.language

    def compose_body(self) -> ComposeResult:
        """The sentences, the text, and its length with warnings."""
        playbook, draft = self.session.playbook, ObjectionDraft.from_draft(self.draft)
        rows: list[tuple[str, str]] = []
        for prompt in reason_prompts_of(self.session.account(self._account_id), playbook.prompts):
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
        language, key = LANGUAGE_NAMES[self._language], self.readable_key_of("reason.language")
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
        return compose_reason_of(account, playbook, self.query_one(CheckboxList).checked_ids, phrases, law)

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
            _(
                "{count} characters; {min_reason_length} to {max_reason_length} also fit older forms, as far as known."
            ).format(count=len(text), min_reason_length=MIN_REASON_LENGTH, max_reason_length=MAX_REASON_LENGTH)
            if text
            else _("Empty.")
        ]
        lines.extend(playbook.texts.sentence(f"reason-warning.{warning}") for warning in warnings)
        count = self.query_one("#count", Static)
        count.update(" ".join(lines))
        count.set_class(bool(warnings), "-warn")

    def action_compose(self) -> None:
        """Compose the reason from the ticked sentences; a text changed by hand can be had back."""
        if self._is_changed_by_hand:
            self._keep_for_return()
            self.say(_("Made anew. {key_of} gives your text back.").format(key_of=self.readable_key_of("reason.undo")))
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
        self.say(_("Taken back. {key_of} changes it again.").format(key_of=self.readable_key_of("reason.undo")))

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
        self._language = LANGUAGES[(LANGUAGES.index(self._language) + 1) % len(LANGUAGES)]
        self.update_content()
        if is_changed_by_hand:
            key = self.readable_key_of("reason.compose")
            self.say(
                _("You changed the text by hand, so it stays. {key} makes it anew in this language.").format(key=key)
            )
        else:
            self._compose_text()

    def action_write(self) -> None:
        """Move the focus between sentences and text."""
        text = self.query_one(TextArea)
        (self.query_one(CheckboxList) if text.has_focus else text).focus()

    def action_clear(self) -> None:
        """Remove all ticks and empty the reason; both can be had back."""
        if not self.query_one(TextArea).text and not self.query_one(CheckboxList).checked_ids:
            self.say(_("The reason is empty already."))
            return
        self._keep_for_return()
        self._set_ticks(())
        self.say(_("Emptied. {key_of} gives it back.").format(key_of=self.readable_key_of("reason.undo")))
        self._composed_text = ""
        self.query_one(TextArea).text = ""
        self.save_draft()

    def action_done(self) -> None:
        """Save the reason and go back."""
        self.action_back()


SENT_ROW = "sent"
_MAX_LABEL_WIDTH = 26
_COLUMN_GAP, _ROW_MARGIN, _MIN_TEXT_WIDTH = 2, 6, 16


class SubmitFormScreen(StepScreen[str | None]):
    """The form's fields in their likely order, each ready to copy, and a last row that records the objection."""

    SCREEN_ID = STEP = StepId.SUBMIT
    shows_link_without_browser = False
    LIST_ID = "fields"

    @property
    def _prepared(self) -> ObjectionInput:
        return self.session.diary.prepared_objection(self._account_id)

    @property
    def _form_fields(self) -> tuple[FormField, ...]:
        status = self.account_status
        if status is None:
            return ()
        return self.session.playbook.fields_for(platform=status.account.platform, region=status.region.id)

    def _field_value(self, field: FormField) -> str:
        """The value for a field; empty where the program knows none."""
        return value_of_field(self.session, self._account_id, field, self.context.countries())

    def show_account(self, status: AccountStatus) -> None:
        """The present values of the fields."""
        name = account_name(status.account, self.session.playbook)
        self.set_headline(
            _("{name}: submit the form").format(name=name),
            left=_("Copy each field into the form, press Send there, then {key_of} here.").format(
                key_of=self.readable_key_of("submit.sent")
            ),
        )
        self.choice_list.show_rows(self._field_rows())
        self.show_detail()

    def _field_rows(self) -> list[tuple[str, Content]]:
        """Number, label and value of each field; a value that is too long beside its label stands below it."""
        texts = self.session.playbook.texts
        labels = [texts.sentence(f"{field.id}.label") for field in self._form_fields]
        column = min(_MAX_LABEL_WIDTH, max(map(cell_len, labels), default=0)) + _COLUMN_GAP
        room = max(_MIN_TEXT_WIDTH, self.size.width - column - _ROW_MARGIN)
        rows: list[tuple[str, Content]] = []
        for number, (field, label) in enumerate(zip(self._form_fields, labels, strict=True), start=1):
            hint = "" if field.is_always_asked else _("if asked: ")
            words = self._field_value(field).replace("\n", " ") or _empty_value_text(field)
            sign = fixed(f"{number} ", "bold $text-accent")
            if field.fills == "email" and cell_len(hint + words) > room:
                below = Content.assemble("\n  ", (hint, "$muted"), (words, "bold"))
                rows.append((field.id, Content.assemble(row_in_columns(sign, fixed(label)), below)))
                continue
            value = elide_to_width(words, 2 * (room - cell_len(hint)))
            cells = (Column(label, column), fixed(hint, "$muted"), Column(value, room - cell_len(hint), "bold"))
            rows.append((field.id, row_in_columns(sign, *cells)))
        rows.append(
            (
                SENT_ROW,
                Content.assemble(
                    (_("{arrow} I pressed Send").format(arrow=self.context.symbols.arrow), "bold $text-accent")
                ),
            )
        )
        return rows

    def show_detail(self) -> None:
        """The help text of the highlighted field, or of the step on the last row."""
        status = self.account_status
        if status is None:
            return
        field = self._highlighted_field
        guide = self.step_guide(status)
        help_text = (
            guide.field_help(field, is_whole=self._is_whole)
            if field
            else guide.step_instructions(is_whole=self._is_whole)
        )
        lines_above = 0
        if field is not None and field.fills == "email" and (email_question := self._question_about_email("")):
            question = wrap(
                _("{email}:{email_question} Enter chooses another.").format(
                    email=self._prepared.email, email_question=email_question
                ),
                guide.width,
            )
            help_text = Content("\n").join([Content("\n".join(question)), help_text])
            lines_above = len(question)
        self.show_text(help_text, [(lines_above + line, words) for line, words in guide.sentence_lines])

    @property
    def _highlighted_field(self) -> FormField | None:
        id = self.choice_list.highlighted_id
        return next((field for field in self._form_fields if field.id == id), None)

    @on(OptionList.OptionSelected)
    def action_use(self) -> None:
        """Choose the address, write the reason, or copy the field; on the last row, record the objection."""
        field = self._highlighted_field
        if field is None:
            self.action_sent()
        elif field.fills == "email":
            self.action_email()
        elif field.fills == "reason":
            self.action_reason()
        else:
            self.action_copy()

    def action_email(self) -> None:
        """Ask for the e-mail address: the account's own first, then the others in the record."""
        choices = email_choices(self.session, self._account_id)
        rows = [(address, f"{address}  {known}" if known else address) for address, known in choices.items()]
        help_text = "\n".join(
            self.session.playbook.texts.sentence(f"{field.id}.help")
            for field in self._form_fields
            if field.fills == "email"
        )

        def address_chosen(answer: ChosenOption | None) -> None:
            if answer is not None:
                self.make_change(lambda: self._choose_email(answer))

        draft_key = make_draft_key("email", self._account_id)
        question = ChoiceScreen(
            self.context,
            _("Which e-mail address goes into the form?"),
            rows,
            chosen=self._prepared.email,
            help_text=help_text,
            other=FreeTextOption(_("Another address"), "you@example.org", draft_key, normalize_optional_email),
        )
        self.open_form(question, address_chosen)

    def _choose_email(self, answer: ChosenOption) -> None:
        self.session.history.require_writable()
        address = normalize_optional_email(answer.typed_text) if answer.typed_text else answer.option_id
        draft = self.session.diary.objection_draft(self._account_id)
        self.session.diary.save_objection_draft(self._account_id, draft._replace(email=address))

    def action_reason(self) -> None:
        """Open the form for the reason."""
        self.open_form(ReasonScreen(self.context, self._account_id))

    def action_copy(self) -> None:
        """Copy the value of the highlighted field."""
        field = self._highlighted_field
        if field is not None:
            self.copy_to_clipboard(self._field_value(field), self.session.playbook.texts.sentence(f"{field.id}.label"))

    def action_copy_row(self, row: int) -> None:
        """Copy the value of the field in a row, counted from 1."""
        if row <= len(self._form_fields):
            self.choice_list.highlighted = row - 1
            self.action_copy()

    @property
    def link_in_view(self) -> SafeUrl | None:
        """The link of the form chosen in the step before, else of the first one."""
        form_id = self._prepared.form_id
        form = next((form for form in self.session.playbook.forms if form.id == form_id), None)
        return meta_url_or_none(form.url) if form is not None else None

    def action_sent(self) -> None:
        """Ask when, now by default, and record the objection."""
        email, reason = self._prepared.email, self._prepared.reason
        help_text = (
            _("With {email}.").format(email=email)
            if email
            else _("Without an e-mail address: choose one first if you can.")
        )
        help_text += self._question_about_email(
            _(" If not, Esc and {key_of} choose another.").format(key_of=self.readable_key_of("submit.email"))
        )
        help_text += _(" With a reason.") if reason else _(" Without a reason, which is fine.")
        question = DateScreen(
            self.context,
            _("When did you press Send?"),
            help_text=help_text,
            save_date=self._record_objection,
            draft_key=make_draft_key("sent", self._account_id),
        )
        self.open_form(question, self._objection_recorded)

    def _question_about_email(self, otherwise: str) -> str:
        """The question whether the address of the welcome is this account's own; empty where the person chose one."""
        if not is_email_of_welcome(self.session, self._account_id):
            return ""
        name = account_name(self.session.account(self._account_id), self.session.playbook)
        return _(" Is that the address of your {name}?{otherwise}").format(name=name, otherwise=otherwise)

    def _record_objection(self, at: datetime) -> None:
        self.session.diary.record_objection(self._account_id, self._prepared._replace(at=at))

    def _objection_recorded(self, at: datetime | None) -> None:
        if at is not None:
            self.dismiss(self.STEP)


def _empty_value_text(field: FormField) -> str:
    """The text in place of a value that the program does not know."""
    if field.fills == "reason":
        return _("empty: it is optional")
    return _("choose one") if field.is_always_asked else _("see below")
