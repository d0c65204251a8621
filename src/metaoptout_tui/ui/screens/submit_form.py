"""The step that fills in and sends Meta's form: each field ready to copy.

Recording that Send was pressed writes the objection into the diary.
"""

from datetime import datetime
from textwrap import wrap

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.app.accounts.email_corrections import choose_form_email, is_correction_for_form
from metaoptout_tui.app.accounts.form_fields import (
    TAKE_OVER,
    email_choices,
    forms_of_account,
    is_email_of_welcome,
    note_changed_reason,
    reason_to_take_over,
    sentences_before_sending,
    take_over_reason,
    value_of_field,
    words_for_empty_reason,
    words_without_log_in,
)
from metaoptout_tui.app.email_address import normalize_optional_email
from metaoptout_tui.app.record.diary_service import ObjectionInput
from metaoptout_tui.app.record.email_entries import AddressCorrection
from metaoptout_tui.core.guidance.playbook import FormField, StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.links import SafeUrl, meta_url_or_none
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.core.text import elide_to_width, first_sentences
from metaoptout_tui.ui.base.list_and_detail import AccountGuideScreen
from metaoptout_tui.ui.screens.asking import ask_accounts_to_correct, ask_choice, ask_meant_address
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption, DateScreen, FreeTextOption
from metaoptout_tui.ui.screens.reason import ReasonScreen
from metaoptout_tui.ui.text.rows import Column, fixed, row_in_columns
from metaoptout_tui.ui.widgets.lists import RecordingList

SENT_ROW = "sent"
_MAX_LABEL_WIDTH, _MAX_HELP_IN_ROW = 26, 95
_COLUMN_GAP, _ROW_MARGIN, _MIN_TEXT_WIDTH = 2, 6, 14


class SubmitFormScreen(AccountGuideScreen[str | None]):
    """The form's fields in their likely order, each ready to copy, and a last row that records the objection."""

    SCREEN_ID = STEP = StepId.SUBMIT
    shows_link_without_browser = False
    LIST_ID = "fields"
    LIST_CLASS = RecordingList
    # So that the row that goes on is in view at 80×24 in every language.
    DEFAULT_CSS = "SubmitFormScreen #fields { max-height: 75%; }"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the keys that copy a row only for the rows that there are."""
        row = parameters[0] if action == "copy_row" and parameters else 0
        is_there = not isinstance(row, int) or row <= len(self._form_fields)
        return is_there and super().check_action(action, parameters)

    @property
    def _prepared(self) -> ObjectionInput:
        return self.session.diary_service.prepared_objection(self._account_id)

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
            _("{account}: submit the form").format(account=name),
            left=words_without_log_in(self.session, self._account_id)
            or _("Copy each field into the form, press Send there, then {key} here.").format(
                key=self.readable_key_of("submit.sent")
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
            value = self._field_value(field).replace("\n", " ")
            words = value or self._empty_value_text(field)
            hint = "" if field.is_always_asked or (not value and field.fills == "nothing") else f"{_('if asked:')} "
            sign = fixed(f"{number} ", "bold $text-accent")
            has_little_room = room - cell_len(hint) < _MIN_TEXT_WIDTH
            if has_little_room or (field.fills == "email" and cell_len(hint + words) > room):
                shown = words if field.fills == "email" else elide_to_width(words, 2 * room)
                below = Content.assemble("\n  ", (hint, "$muted"), (shown, "bold"))
                rows.append((field.id, Content.assemble(row_in_columns(sign, fixed(label)), below)))
                continue
            is_told_whole = not value and field.fills == "nothing"
            shown = words if is_told_whole else elide_to_width(words, 2 * (room - cell_len(hint)))
            cells = (
                Column(label, column - _COLUMN_GAP),
                fixed(" " * _COLUMN_GAP),
                fixed(hint, "$muted"),
                Column(shown, room - cell_len(hint), "" if is_told_whole else "bold"),
            )
            rows.append((field.id, row_in_columns(sign, *cells)))
        rows.append(
            (
                SENT_ROW,
                Content.assemble((f"{self.context.symbols.arrow} {_('I pressed Send')}", "bold $text-accent")),
            )
        )
        return rows

    def _empty_value_text(self, field: FormField) -> str:
        """The text in place of a value that the program does not know: what to do there, as the guidance says."""
        if field.fills == "reason":
            return words_for_empty_reason(self.session, self._account_id, self.readable_key_of("submit.reason"))
        if field.fills == "nothing":
            return first_sentences(self.session.playbook.texts.sentence(f"{field.id}.help"), _MAX_HELP_IN_ROW)
        return _("choose one")

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
        if field is not None and field.fills == "email" and (account := self._account_asked_about):
            words = _("{email}: Is that the address of your {account}? Enter chooses another.")
            question = wrap(words.format(email=self._prepared.email, account=account), guide.width)
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
            if answer is not None and answer.typed_text:
                ask_meant_address(self, answer.typed_text, self._take_typed_email)
            elif answer is not None:
                self.make_change(lambda: choose_form_email(self.session, self._account_id, answer.option_id))

        draft_key = make_draft_key("email", self._account_id)
        question = ChoiceScreen(
            self.context,
            _("Which e-mail address goes into the form?"),
            rows,
            chosen=self._prepared.email if self._prepared.email == next(iter(choices), "") else "",
            help_text=help_text,
            other=FreeTextOption(
                _("Another address") if rows else _("Type your address"),
                _("you@example.org"),
                draft_key,
                normalize_optional_email,
            ),
        )
        self.open_made_screen(question, address_chosen)

    def _take_typed_email(self, typed: str) -> None:
        """Take a typed address for the form, and ask whether other accounts with the one of the first start have it too."""
        address = normalize_optional_email(typed)
        former, changes = self.session.account(self._account_id).email, self.session.account_service
        is_correction = is_correction_for_form(self.session, self._account_id, address)
        if (
            not self.make_change(lambda: choose_form_email(self.session, self._account_id, address))
            or not is_correction
        ):
            return

        def correct(correction: AddressCorrection) -> None:
            ids = correction.account_ids
            if ids and self.make_change(lambda: changes.correct_email(ids, former, address)):
                self.say_undoable(_("Saved."))

        ask_accounts_to_correct(self, former, address, correct, chosen_for_id=self._account_id)

    def action_reason(self) -> None:
        """Take over the reason of another account, or open the screen for one; undo takes back either."""
        question = reason_to_take_over(self.session, self._account_id)
        if question is None:
            self._write_reason()
            return

        def answered(answer: str) -> None:
            if answer != TAKE_OVER:
                self._write_reason()
            elif self.make_change(lambda: take_over_reason(self.session, self._account_id)):
                self.say_undoable(_("Saved."))

        ask_choice(self, question, answered)

    def _write_reason(self) -> None:
        former = self.session.diary_service.objection_draft(self._account_id)

        def note(_unused: object) -> None:
            note_changed_reason(self.session, self._account_id, former)

        self.open_made_screen(ReasonScreen(self.context, self._account_id), note)

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
        form = next(iter(forms_of_account(self.session, self._account_id)), None)
        return meta_url_or_none(form.url) if form is not None else None

    def action_sent(self) -> None:
        """Ask when, now by default, and record the objection."""
        account = account_name(self.session.account(self._account_id), self.session.playbook)
        words = _("If your {account} has another address, Esc and {key} choose that one first.")
        doubt_about_email = words.format(account=account, key=self.readable_key_of("submit.email"))
        sentences = sentences_before_sending(self.session, self._account_id, doubt_about_email)
        question = DateScreen(
            self.context,
            _("When did you press Send?"),
            help_text=" ".join(sentences),
            save_date=self._record_objection,
            draft_key=make_draft_key("sent", self._account_id),
        )
        self.open_made_screen(question, self._objection_recorded)

    @property
    def _account_asked_about(self) -> str:
        """The name of the account, where it is asked whether the address of the welcome is its own; else empty."""
        if not is_email_of_welcome(self.session, self._account_id):
            return ""
        return account_name(self.session.account(self._account_id), self.session.playbook)

    def _record_objection(self, at: datetime) -> None:
        self.session.diary_service.record_objection(self._account_id, self._prepared._replace(at=at))

    def _objection_recorded(self, at: datetime | None) -> None:
        if at is not None:
            self.dismiss(self.STEP)
