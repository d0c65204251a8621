"""The step that fills in and sends Meta's form: each field ready to copy, and the optional reason.

Recording that Send was pressed writes the objection into the diary. The reason is composed of ticked sentences and can be changed by hand.
"""

from datetime import datetime

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static, TextArea

from metaoptout_tui.app.account_service import normalize_optional_email
from metaoptout_tui.app.diary_service import ObjectionInput
from metaoptout_tui.core.guidance.playbook import LANGUAGES, FormField, ObjectionForm
from metaoptout_tui.core.links import SafeUrl, meta_url_or_none
from metaoptout_tui.core.objection.reason import MAX_REASON_LENGTH, MIN_REASON_LENGTH, check_reason, compose_reason
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import ObjectionDraft, make_draft_key
from metaoptout_tui.core.text import elide_to_width
from metaoptout_tui.ui.base.form import FormScreen
from metaoptout_tui.ui.base.list_and_detail import StepScreen
from metaoptout_tui.ui.context import LANGUAGE_NAMES, AppContext
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption, DateScreen, FreeTextOption
from metaoptout_tui.ui.widgets.lists import CheckboxList


class ReasonScreen(FormScreen[bool | None]):
    """Ticks above, the text below; a text changed by hand is not made anew unless asked for."""

    SCREEN_ID = "reason"
    DEFAULT_CSS = """
    ReasonScreen CheckboxList { height: 1fr; min-height: 4; }
    ReasonScreen TextArea { height: 7; border: none; border-top: solid $line; background: $panel; padding: 0 1; }
    ReasonScreen TextArea:focus { border-top: solid $accent; }
    ReasonScreen #count { height: auto; max-height: 4; padding: 0 1; color: $muted; }
    ReasonScreen #count.-warn { color: $text-warning; }
    """

    def __init__(self, context: AppContext, account: str) -> None:
        super().__init__(context, make_draft_key("submit", account))
        self._account_id = account
        self._composed_text = ""
        self._language = context.session.diary.objection_draft(account).reason_language or context.language

    def compose_body(self) -> ComposeResult:
        """What may be said, the text, and what to mind."""
        playbook, draft = self.session.playbook, ObjectionDraft.from_draft(self.draft)
        rows: list[tuple[str, str]] = []
        for prompt in playbook.prompts:
            rows.append((f"-{prompt.id}", playbook.texts.sentence(f"prompt.{prompt.id}")))
            rows.extend((option, playbook.texts.sentence(f"option.{option}")) for option in prompt.options)
        with Vertical():
            yield CheckboxList(rows, draft.checked_options, id="parts")
            yield TextArea(draft.reason, id="text", tab_behavior="focus", soft_wrap=True)
            yield Static(id="count", markup=False)

    def on_mount(self) -> None:
        """Begin with the ticks; a reason stays empty until something is ticked or typed."""
        self._composed_text = self._compose_reason()
        parts = self.query_one(CheckboxList)
        parts.focus()
        parts.action_first()
        self._show_length()

    def update_content(self) -> None:
        """The title, with the language of the sentences."""
        super().update_content()
        language = LANGUAGE_NAMES[self._language]
        self.set_headline(
            "Reason: optional, true, in your own words",
            left=f"Space ticks, Tab goes to the text. Sentences in {language}; {self.readable_key_of('reason.language')} changes that.",
        )

    def typed_values(self) -> dict[str, str]:
        """The text and what it was made from, beside the address chosen on the screen before."""
        draft = ObjectionDraft.from_draft(self.draft)._replace(
            reason=self.query_one(TextArea).text,
            checked_options=tuple(self.query_one(CheckboxList).checked_ids),
            reason_language=self._language if self._language != self.context.language else "",
        )
        return dict(draft.to_draft(self.draft))

    def _compose_reason(self) -> str:
        status = self.session.overview().status_of(self._account_id)
        law = status.region.law if status else "none"
        words = self.context.reasons()[self._language]
        return compose_reason(self.session.playbook.prompts, self.query_one(CheckboxList).checked_ids, words, law)

    @on(CheckboxList.Changed)
    def _ticks_changed(self) -> None:
        if self.query_one(TextArea).text.strip() in ("", self._composed_text.strip()):
            self.action_compose()
        else:
            self.say(
                f"You changed the text by hand, so it stays. {self.readable_key_of('reason.compose')} makes it anew."
            )
            self.save_draft()

    @on(TextArea.Changed)
    def _show_length(self) -> None:
        text = self.query_one(TextArea).text.strip()
        playbook = self.session.playbook
        warnings = check_reason(text, self.context.reasons().values())
        lines = [
            f"{len(text)} characters; {MIN_REASON_LENGTH} to {MAX_REASON_LENGTH} fit every known form."
            if text
            else "Empty."
        ]
        lines.extend(playbook.texts.sentence(f"reason-warning.{warning}") for warning in warnings)
        count = self.query_one("#count", Static)
        count.update(" ".join(lines))
        count.set_class(bool(warnings), "-warn")

    def action_compose(self) -> None:
        """Make the text from what is ticked."""
        self._composed_text = self._compose_reason()
        self.query_one(TextArea).text = self._composed_text
        self.save_draft()

    def action_language(self) -> None:
        """Take the next language."""
        own = self.query_one(TextArea).text.strip() not in ("", self._composed_text.strip())
        self._language = LANGUAGES[(LANGUAGES.index(self._language) + 1) % len(LANGUAGES)]
        self.update_content()
        if own:
            self.say(
                f"You changed the text by hand, so it stays. {self.readable_key_of('reason.compose')} makes it anew in this language."
            )
        else:
            self.action_compose()

    def action_write(self) -> None:
        """Go between ticks and text."""
        text = self.query_one(TextArea)
        (self.query_one(CheckboxList) if text.has_focus else text).focus()

    def action_clear(self) -> None:
        """Empty the reason."""
        parts = self.query_one(CheckboxList)
        for key in tuple(parts.checked_ids):
            parts.toggle(key)
        self._composed_text = ""
        self.query_one(TextArea).text = ""
        self.save_draft()

    def action_done(self) -> None:
        """Go back; the reason stays as it is."""
        self.action_back()


SENT_ROW = "sent"
_MAX_LABEL_WIDTH = 26
_COLUMN_GAP, _ROW_MARGIN, _MIN_TEXT_WIDTH = 2, 6, 16


class SubmitFormScreen(StepScreen[str | None]):
    """Rows: the form's fields in the order it is likely to ask, and the last one, which records the objection."""

    SCREEN_ID = STEP = "submit"
    LIST_ID = "fields"

    @property
    def _prepared(self) -> ObjectionDraft:
        return self.session.diary.objection_draft(self._account_id)

    @property
    def _form_fields(self) -> tuple[FormField, ...]:
        status = self.account_status
        if status is None:
            return ()
        return self.session.playbook.fields_for(platform=status.account.platform, region=status.region.id)

    @property
    def email(self) -> str:
        """The address chosen here, else the account's own, else the person's."""
        account = self.session.account(self._account_id)
        return self._prepared.email or account.email or self.session.record.person.email

    @property
    def reason(self) -> str:
        """The reason as it stands; empty by default."""
        return self._prepared.reason

    def _field_value(self, field: FormField) -> str:
        """What the program can put into a field."""
        match field.fills:
            case "email":
                return self.email
            case "reason":
                return self.reason
            case "country":
                country = self.session.record.person.country
                return self.context.countries().get(country, (country,))[0]
            case "yes":
                return "Yes"
            case _:
                return ""

    def show_account(self, status: AccountStatus) -> None:
        """Rows and words as they are now."""
        name = account_name(status.account, self.session.playbook)
        self.set_headline(
            f"{name}: submit the form",
            left=f"Copy each field into the form, press Send there, then {self.readable_key_of('submit.sent')} here.",
        )
        self.choice_list.show_rows(self._field_rows())
        self.show_detail()

    def _field_rows(self) -> list[tuple[str, Content]]:
        """Number, label and value of each field; a value that is too long beside its label stands below it."""
        texts = self.session.playbook.texts
        labels = [elide_to_width(texts.sentence(f"{field.id}.label"), _MAX_LABEL_WIDTH) for field in self._form_fields]
        column = max(map(cell_len, labels), default=0) + _COLUMN_GAP
        room = max(_MIN_TEXT_WIDTH, self.size.width - column - _ROW_MARGIN)
        rows: list[tuple[str, Content]] = []
        for number, (field, label) in enumerate(zip(self._form_fields, labels, strict=True), start=1):
            hint = "" if field.is_always_asked else "if asked: "
            words = self._field_value(field).replace("\n", " ") or _empty_value_text(field)
            below = field.fills == "email" and cell_len(hint + words) > room
            between = "\n  " if below else " " * (column - cell_len(label))
            shown = elide_to_width(words, 2 * self.size.width if below else room - cell_len(hint))
            rows.append(
                (
                    field.id,
                    Content.assemble(
                        (f"{number} ", "bold $text-accent"), label, between, (hint, "$muted"), (shown, "bold")
                    ),
                )
            )
        rows.append((SENT_ROW, Content.assemble((f"{self.context.symbols.arrow} I pressed Send", "bold $text-accent"))))
        return rows

    def show_detail(self) -> None:
        """About the highlighted row."""
        status = self.account_status
        if status is None:
            return
        field = self._highlighted_field
        guide = self.step_guide(status)
        self.show_text(guide.field_help(field) if field else guide.step_instructions())

    @property
    def _highlighted_field(self) -> FormField | None:
        chosen = self.choice_list.highlighted_id
        return next((field for field in self._form_fields if field.id == chosen), None)

    @on(OptionList.OptionSelected)
    def _field_selected(self) -> None:
        self.action_use()

    def action_use(self) -> None:
        """Choose, write or copy, by the row; on the last row, record."""
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
        """Choose the address: the account's own first, then the others in the record."""
        account = self.session.account(self._account_id)
        known = [account.email, self.email, *self.session.record.all_emails()]
        rows = []
        for address in dict.fromkeys(each for each in known if each):
            own = "  this account's own" if address == account.email else ""
            rows.append((address, f"{address}{own}"))
        words = "\n".join(
            self.session.playbook.texts.sentence(f"{field.id}.help")
            for field in self._form_fields
            if field.fills == "email"
        )

        def chosen(answer: ChosenOption | None) -> None:
            if answer is not None:
                self.make_change(lambda: self._choose_email(answer))

        self.open_form(
            ChoiceScreen(
                self.context,
                "Which e-mail address goes into the form?",
                rows,
                chosen=self.email,
                words=words,
                other=FreeTextOption(
                    "Another address",
                    "you@example.org",
                    make_draft_key("email", self._account_id),
                    normalize_optional_email,
                ),
            ),
            chosen,
        )

    def _choose_email(self, answer: ChosenOption) -> None:
        self.session.history.require_writable()
        address = normalize_optional_email(answer.typed_text) if answer.typed_text else answer.option_id
        self.session.diary.save_objection_draft(self._account_id, self._prepared._replace(email=address))

    def action_reason(self) -> None:
        """Write the reason."""
        self.open_form(ReasonScreen(self.context, self._account_id))

    def action_copy(self) -> None:
        """Copy the highlighted row."""
        field = self._highlighted_field
        if field is not None:
            self.copy_to_clipboard(self._field_value(field), self.session.playbook.texts.sentence(f"{field.id}.label"))

    def action_copy_row(self, row: int) -> None:
        """Copy what stands in a row, counted from 1."""
        if row <= len(self._form_fields):
            self.choice_list.highlighted = row - 1
            self.action_copy()

    @property
    def _chosen_form(self) -> ObjectionForm | None:
        """The form chosen when it was opened, else the likeliest."""
        status = self.account_status
        if status is None:
            return None
        forms = self.session.playbook.forms_for(platform=status.account.platform, region=status.region.id)
        chosen = self._prepared.form_id
        return next((form for form in forms if form.id == chosen), forms[0] if forms else None)

    @property
    def link_in_view(self) -> SafeUrl | None:
        """The link of that form."""
        form = self._chosen_form
        return meta_url_or_none(form.url) if form else None

    def action_browser(self) -> None:
        """Ask the browser again."""
        if link := self.link_in_view:
            self.open_in_browser(link)

    def action_sent(self) -> None:
        """Ask when, now by default, and record the objection."""
        words = f"With {self.email}." if self.email else "Without an e-mail address: choose one first if you can."
        words += " With a reason." if self.reason else " Without a reason, which is fine."
        ask = DateScreen(
            self.context,
            "When did you press Send?",
            words=words,
            act=self._record_objection,
            keeps=make_draft_key("sent", self._account_id),
        )
        self.open_form(ask, self._objection_recorded)

    def _record_objection(self, at: datetime) -> None:
        form = self._chosen_form
        self.session.diary.record_objection(
            self._account_id, ObjectionInput(form.id if form else "", self.email, self.reason, at)
        )

    def _objection_recorded(self, at: datetime | None) -> None:
        if at is not None:
            self.dismiss("submit")


def _empty_value_text(field: FormField) -> str:
    """What stands in a field for which there is nothing to put in."""
    if field.fills == "reason":
        return "empty: it is optional"
    return "choose one" if field.is_always_asked else "see below"
