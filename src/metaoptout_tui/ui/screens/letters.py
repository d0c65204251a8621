"""Letters of one account: choosing one, editing, copying or mailing it, and recording that it was sent."""

from collections.abc import Callable
from datetime import datetime

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.text_area import Selection

from metaoptout_tui.app.letters import (
    SENDING_METHODS,
    LetterDraft,
    address_notes,
    initial_language,
    is_to_authority,
    is_to_people,
    language_note,
    letter_title,
    letters_for,
)
from metaoptout_tui.app.own_commands import Command
from metaoptout_tui.app.typed_paths import with_tilde
from metaoptout_tui.core.guidance.authorities import COMPLAINT_LANGUAGE_NAMES
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.letter_recommendations import find_premature_letters, recommend_letters
from metaoptout_tui.core.letters import EVENT_KIND_BY_LETTER, Letter, letter_file_name
from metaoptout_tui.core.objection.sentences import format_sureness
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import evidence_items_of
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.vocabulary import SENT_BY_LETTER
from metaoptout_tui.ui.base.browser_and_clipboard import BrowserAndClipboardScreen
from metaoptout_tui.ui.base.form import FormScreen
from metaoptout_tui.ui.base.list_and_detail import StepScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption, DateScreen
from metaoptout_tui.ui.text.builder import wrap_by_cells
from metaoptout_tui.ui.text.pages_and_letters import letter_content, missing_placeholders, select_next_placeholder
from metaoptout_tui.ui.widgets.fields import WholeText
from metaoptout_tui.ui.widgets.frame import Notice
from metaoptout_tui.ui.widgets.reader import Reader

_COMPLAINT_KINDS = frozenset({EventKind.COMPLAINED_TO_AUTHORITY, EventKind.COMPLAINED_TO_CONTROLLER})


def record_sent_letter(
    page: FormScreen[bool | None], letter: LetterDraft, outgoing_text: Callable[[], str], missing: tuple[str, ...]
) -> None:
    """Ask how and when a letter was sent, record that and leave the page. Letters to people are not recorded.

    `outgoing_text` returns subject and body as they are sent, `missing` are the placeholders still in them.
    """
    if letter.id not in EVENT_KIND_BY_LETTER:
        page.say("This is for people you know; there is nothing to record.")
        return
    page.save_draft()

    def ask_date(sent_by: str) -> None:
        def record(at: datetime) -> None:
            sent_letter = letter.to_sent_letter(at, sent_by, outgoing_text())
            page.session.diary.record_sent_letter(letter.account_id, sent_letter)

        def date_asked(at: datetime | None) -> None:
            if at is not None and page.make_change(lambda: record(at)):
                page.finish(True)

        help_text = f"In the text here this was still missing: {', '.join(missing)}." if missing else ""
        page.app.push_screen(DateScreen(page.context, "When did you send it?", help_text=help_text), date_asked)

    def method_chosen(answer: ChosenOption | None) -> None:
        if answer is not None:
            ask_date(SENT_BY_LETTER if answer.option_id == SENT_BY_LETTER else "")

    if letter.records_how_sent:
        page.app.push_screen(ChoiceScreen(page.context, "How did you send it?", SENDING_METHODS), method_chosen)
    else:
        ask_date("")


_ROW_MARGIN = 6
_MIN_ROWS_FOR_ADDRESS = 20
"""Rows of the terminal from which there is room for a letter's address, which the list of letters shows too."""


class LettersScreen(StepScreen[None]):
    """The letters, the recommended ones first; the highlighted one is shown below."""

    SCREEN_ID = "letters"
    LIST_ID = "letters"
    STEP = StepId.CONFIRM

    def show_account(self, status: AccountStatus) -> None:
        """The letters for the law of this account."""
        name = account_name(status.account, self.session.playbook)
        ids = letters_for(status)
        left = f"{self.readable_key_of('letters.write')} opens the highlighted one to change, copy or send it."
        self.set_headline(f"{name}: letters", left=left if ids else "There are none for where you live.")
        self.choice_list.display = bool(ids)
        now = self.session.now()
        periods = self.session.view.legal_periods(self._account_id)
        self._recommended = recommend_letters(status, periods, now)
        self._too_early = find_premature_letters(status, periods, now)
        order = [id for id in dict.fromkeys((*self._recommended, *self._too_early, *ids)) if id in ids]
        title_width = max((cell_len(letter_title(id)) for id in order), default=0)
        self.choice_list.show_rows([(id, self._letter_row(id, title_width)) for id in order])
        self.show_detail()

    def _letter_row(self, id: str, title_width: int) -> Content:
        title = letter_title(id)
        reason = self._recommended.get(id) or self._too_early.get(id, "not now")
        has_room = title_width + cell_len(reason) <= self.size.width - _ROW_MARGIN
        tail = f"{'':<{title_width - cell_len(title)}}  {reason}" if has_room else ""
        return Content.assemble((title, "bold" if id in self._recommended else "$muted"), (tail, "$muted"))

    def _letter_preview(self, id: str) -> Letter | None:
        status = self.account_status
        if status is None or id not in letters_for(status):
            return None
        language = initial_language(self.context, id, self._account_id)
        return LetterDraft(self.context, self._account_id, id, language).from_diary

    def show_detail(self) -> None:
        """The highlighted letter."""
        letter = self._letter_preview(self.choice_list.highlighted_id)
        width = self.reader.text_width
        if letter is None:
            words = "The letters rest on laws of the EU and EEA, the United Kingdom and Switzerland."
            self.show_text(Content("\n".join(wrap_by_cells(words, width))))
            return
        below = (
            "" if letter.id in EVENT_KIND_BY_LETTER else "It is for people, so nothing is recorded when you send it."
        )
        self.show_text(letter_content(letter, width, above=self._intro_text(letter), below=below))

    def _intro_text(self, letter: Letter) -> str:
        """Whether the letter fits now, what the law says about complaints, its addresses and its language."""
        reason = self._recommended.get(letter.id)
        if reason is None:
            reason_against = self._too_early.get(letter.id, "It does not fit how the account stands now.")
            reason = f"{reason_against} You can still write it."
        status = self.account_status
        complaint_rules: list[str] = []
        if status is not None and EVENT_KIND_BY_LETTER.get(letter.id) in _COMPLAINT_KINDS:
            region, playbook = status.region.id, self.session.playbook
            statements = playbook.statements_for(step="region", platform="", region=region)
            complaint_rules = [
                f"{playbook.texts.sentence(statement.id)} ({format_sureness(statement.basis)})"
                for statement in statements
                if statement.id == f"region.{region}.complaint"
            ]
        law_note = self.context.assumed_law_note(self.readable_key_of("letters.you"))
        addresses = address_notes(self.context, letter.id, self._account_id)
        language = language_note(self.context, letter.id, self._account_id, letter.language)
        return "\n".join(part for part in (reason, law_note, *complaint_rules, *addresses, language) if part)

    @on(OptionList.OptionSelected)
    def action_write(self) -> None:
        """Open the letter to change, copy or send it."""
        if self._letter_preview(self.choice_list.highlighted_id) is not None:
            self.app.push_screen(
                LetterScreen(self.context, self._account_id, self.choice_list.highlighted_id), self._letter_closed
            )

    def _letter_closed(self, is_sent: object) -> None:
        if is_sent:
            self.dismiss(None)

    def action_authority(self) -> None:
        """Open the screen about the authority."""
        self.open_screen("authority", self._account_id)


class LetterScreen(FormScreen[bool | None], BrowserAndClipboardScreen[bool | None]):
    """Subject and text of a letter in fields, with placeholders for what the diary does not know.

    Beside a letter in another language its English version is shown.
    """

    SCREEN_ID = "letter"
    shows_draft_notice = True
    DEFAULT_CSS = """
    LetterScreen Input { width: 1fr; margin: 0 1 1 1; }
    LetterScreen #about { color: $muted; }
    LetterScreen #sides { height: 1fr; width: 100%; padding: 0 1; }
    LetterScreen TextArea { border: none; height: 1fr; width: 1fr; background: $panel; padding: 0 0 0 1; }
    LetterScreen TextArea:focus { border: none; }
    LetterScreen Reader { display: none; width: 1fr; height: 1fr; border-left: solid $line; padding: 0 1; }
    LetterScreen #gaps { height: auto; max-height: 3; padding: 0 1; color: $muted; }
    LetterScreen #gaps.-some { color: $text-warning; }
    LetterScreen.-english TextArea { display: none; }
    LetterScreen.-english Reader { display: block; border-left: none; }
    LetterScreen.-roomy.-foreign Reader { display: block; border-left: solid $line; }
    LetterScreen.-roomy.-english TextArea { display: block; }
    """

    def __init__(self, context: AppContext, account_id: str, letter: str) -> None:
        self._account_id = account_id
        self._letter = LetterDraft(context, account_id, letter, initial_language(context, letter, account_id))
        super().__init__(context, self._letter.draft_key)
        self._filled_letter = self._letter.from_diary

    def compose_body(self) -> ComposeResult:
        """Subject, text, the English version beside it, and the placeholders left."""
        yield Notice(id="about")
        with Vertical():
            yield Input(id="subject")
            yield WholeText("Subject", id="whole-subject")
            with Horizontal(id="sides"):
                yield TextArea(id="text", tab_behavior="focus", soft_wrap=True)
                yield Reader()
            yield Static(id="gaps", markup=False)

    def on_mount(self) -> None:
        """Begin at the top of the text; a complaint in Germany asks for the Land first."""
        self.fill_fields()
        self.query_one(TextArea).focus()
        self._go_to_start()
        person = self.session.record.person
        if is_to_authority(self._letter.id) and person.country == "DE" and not person.land:
            self.call_after_refresh(self._ask_land)

    def _go_to_start(self) -> None:
        """Show the letter from its first line, and select the first placeholder if it is in view."""
        area = self.query_one(TextArea)
        area.move_cursor((0, 0))
        area.scroll_home(animate=False)
        # Only the layout shows what is in view. By then the person may have typed or moved, which is left alone.
        self.call_after_refresh(self._select_visible_placeholder)

    def _select_visible_placeholder(self) -> None:
        area = self.query_one(TextArea)
        selection = select_next_placeholder(area.text, (0, 0), self._filled_letter)
        is_untouched = area.selection == Selection() and area.text == self.draft.get("text", self._filled_letter.text)
        if selection is None or not is_untouched:
            return
        if area.wrapped_document.location_to_offset(selection.end).y < area.content_size.height:
            area.selection = selection

    def _ask_land(self) -> None:
        from metaoptout_tui.ui.screens.authority import ask_land

        ask_land(self, self.fill_fields)

    def fill_fields(self) -> None:
        """The texts of the draft, else the letter filled in from the diary."""
        super().fill_fields()
        self._filled_letter = self._letter.from_diary
        draft = self.draft
        with self.prevent(TextArea.Changed, Input.Changed):
            self.query_one("#subject", Input).value = draft.get("subject", self._filled_letter.title)
            self.query_one(TextArea).text = draft.get("text", self._filled_letter.text)
        self.update_content()

    def update_content(self) -> None:
        """Title, notes, the placeholders left, and the English version."""
        super().update_content()
        letter, key = self._letter, self.readable_key_of("letter.language")
        language_hint = f" {key} changes the language." if len(letter.languages) > 1 else ""
        left = f"In {COMPLAINT_LANGUAGE_NAMES[letter.language]}.{language_hint} {self._record_hint()}"
        self.set_headline(letter_title(letter.id), left=left)
        words = letter.notes(with_address=self.size.height >= _MIN_ROWS_FOR_ADDRESS)
        if letter.includes_english and not self.has_class("-roomy"):
            words = f"{words} {self.readable_key_of('letter.english')} shows the English."
        self.query_one("#about", Notice).show(words)
        self.set_class(letter.language != "en", "-foreign")
        if letter.language == "en":
            self.remove_class("-english")
        self._show_placeholders()
        # Only the layout shows whether there is room for the English version, and how much.
        self.call_after_refresh(self._show_english)

    def _record_hint(self) -> str:
        if self._letter.id not in EVENT_KIND_BY_LETTER:
            return "For people: nothing is recorded."
        return f"{self.readable_key_of('letter.sent')} records that you sent it."

    def rewrap_text(self) -> None:
        """Lay notes and the English version out for the new width."""
        self.update_content()

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _show_placeholders(self) -> None:
        subject, body = self._subject_and_body
        missing = missing_placeholders(f"{subject}\n{body}", self._filled_letter)
        line = self.query_one("#gaps", Static)
        line.set_class(bool(missing), "-some")
        key = self.readable_key_of("letter.next-gap")
        line.update(f"To fill in ({key}): {' · '.join(missing)}" if missing else "Nothing is missing.")
        self.query_one(WholeText).show_where_cut(self.query_one("#subject", Input))
        self._show_english()

    def _show_english(self) -> None:
        """Show the English version, with the texts filled in here, where there is room."""
        if self._letter.language != "en" and self.reader.display:
            english = self._letter.english_version(self._filled_letter, *self._subject_and_body)
            content = letter_content(english, self.reader.text_width, above="In English:")
            self.reader.show_content(content, from_top=False)

    @property
    def _subject_and_body(self) -> tuple[str, str]:
        return self.query_one("#subject", Input).value, self.query_one(TextArea).text

    def save_draft(self) -> None:
        """Save what was changed, and remember the name and address for the next letter."""
        super().save_draft()
        if self.is_mounted:
            self._letter.remember_sender(*self._subject_and_body)

    def typed_values(self) -> dict[str, str]:
        """The texts that differ from the letter filled in from the diary."""
        subject, body = self._subject_and_body
        typed = {"subject": (subject, self._filled_letter.title), "text": (body, self._filled_letter.text)}
        return {name: words for name, (words, offered) in typed.items() if words != offered}

    def action_next_gap(self) -> None:
        """Select the next placeholder, so that typing replaces it."""
        area = self.query_one(TextArea)
        selection = select_next_placeholder(area.text, area.cursor_location, self._filled_letter)
        if selection is not None:
            area.focus()
            area.selection = selection
            area.scroll_cursor_visible()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow another language only where the letter exists in several."""
        is_offered = action != "language" or len(self._letter.languages) > 1
        return is_offered and super().check_action(action, parameters)

    def has_effect(self, command: Command) -> bool:
        """Of a message to people nothing is recorded, so that it was sent is not offered."""
        is_recorded = self._letter.id in EVENT_KIND_BY_LETTER
        return super().has_effect(command) and (is_recorded or command.action_name != "sent")

    def action_language(self) -> None:
        """Show the letter in its next language; changes in this one are kept as a draft."""
        self.save_draft()
        self._letter = self._letter.in_next_language()
        self.draft_key = self._letter.draft_key
        self.fill_fields()
        self._go_to_start()

    def action_english(self) -> None:
        """Show the English version, or the letter again."""
        if self._letter.language == "en":
            self.say("The letter is in English.")
        else:
            self.toggle_class("-english")
            if not self.has_class("-english"):
                self.query_one(TextArea).focus()
            self.call_after_refresh(self.update_content)

    @property
    def _outgoing_parts(self) -> tuple[str, str]:
        return self._letter.subject_and_body_to_send(self._filled_letter, *self._subject_and_body)

    @property
    def _outgoing_text(self) -> str:
        return self._letter.text_to_copy(self._filled_letter, *self._subject_and_body)

    def action_copy(self) -> None:
        """Copy subject and text; of a message to people only the text, which goes into a chat or a post."""
        if is_to_people(self._letter.id):
            self.copy_to_clipboard(self._subject_and_body[1], "The message")
            return
        self.copy_to_clipboard(
            self._outgoing_text, "The letter, with the English below" if self._letter.includes_english else "The letter"
        )

    def action_save(self) -> None:
        """Save the letter as a new text file, and as a page to print, beside the record."""
        letter = self._letter
        name = letter_file_name(letter.id, self._account_id, letter.language, self.session.now().date())

        def save() -> None:
            page = letter.page_to_print(*self._outgoing_parts)
            text_file, page_file = self.session.attachments.save_letter(name, self._outgoing_text, page)
            self.say(f"Saved as {with_tilde(text_file)}, and to print as {page_file.name} beside it.")

        self.make_change(save)

    def action_mail(self) -> None:
        """Open the letter in the mail program."""
        has_files = any(item.account.id == self._account_id for item in evidence_items_of(self.session.record))
        hint = f" Attach the files it names yourself, from {self.context.evidence_folder}." if has_files else ""
        self._open_in_mail_program(*self._outgoing_parts, hint if is_to_authority(self._letter.id) else "")

    @work(thread=True, exclusive=True, group="mailer", exit_on_error=False)
    def _open_in_mail_program(self, subject: str, body: str, hint: str) -> None:
        result = self.context.mailer().begin_mail(subject, body)
        self.app.call_from_thread(self.say, result.explanation + hint if result.can_open else result.explanation)

    def action_authority(self) -> None:
        """Open the screen about the authority; its Land may change the letter."""
        self.save_draft()
        self.open_screen("authority", self._account_id, then=lambda _: self.fill_fields())

    def action_sent(self) -> None:
        """Ask how and when the letter was sent, and record that."""
        missing = missing_placeholders("\n".join(self._subject_and_body), self._filled_letter)
        record_sent_letter(self, self._letter, lambda: self._outgoing_text, missing)
