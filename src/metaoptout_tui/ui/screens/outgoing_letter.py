"""How a letter leaves the program: copied, saved to print, handed to the mail program, or put into Meta's contact page; and that it was sent."""

from collections.abc import Callable
from pathlib import Path

from textual import work

from metaoptout_tui.app.commands.own_commands import Command
from metaoptout_tui.app.files.typed_paths import with_tilde
from metaoptout_tui.app.letters.letter_from_diary import is_to_authority
from metaoptout_tui.app.letters.letter_notes import contact_form
from metaoptout_tui.app.letters.letters import WrittenLetter, is_to_people
from metaoptout_tui.app.letters.saved_letters import save_letter
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.letters.letter_gaps import gaps_left_open
from metaoptout_tui.core.letters.letters import EVENT_KIND_BY_LETTER
from metaoptout_tui.core.links import SafeUrl, meta_url_or_none
from metaoptout_tui.core.record.accounts import evidence_items_of
from metaoptout_tui.ui.base.browser_and_clipboard import BrowserAndClipboardScreen
from metaoptout_tui.ui.base.input_screen import InputScreen
from metaoptout_tui.ui.screens.asking import ask_choice
from metaoptout_tui.ui.screens.sent_letter import SentLetterQuestions


class OutgoingLetterScreen(InputScreen[bool | None], BrowserAndClipboardScreen[bool | None]):
    """A screen with a letter in its fields, and the ways on which that leaves; each says how many gaps are still open.

    It ends with whether the letter was sent.
    """

    _is_taken_out = False
    """Whether the letter was copied, saved or handed to the mail program here, so that it may have been sent."""
    _saved_page: Path | None = None
    _answered_on_shorter: ChoiceQuestion | None = None
    """The question on a shorter name or address that needs no asking, since it was answered, or stood when this was opened."""

    @property
    def written(self) -> WrittenLetter:
        """The letter as it stands in the fields."""
        raise NotImplementedError  # the fields are the subclass's

    @property
    def missing(self) -> tuple[str, ...]:
        """The placeholders still in the text, and in the English that goes along."""
        raise NotImplementedError  # so is what is written into them

    def has_effect(self, command: Command) -> bool:
        """Whether a command does something here.

        A message to people is not recorded, so “sent” is not offered for one. No address of Meta is known for mails, so
        a letter to it has its contact page in place of the mail program.
        """
        is_to_meta = self._contact is not None
        offered = {
            "sent": self.written.letter.id in EVENT_KIND_BY_LETTER,
            "mail": not is_to_meta,
            "browser": is_to_meta,
        }
        return super().has_effect(command) and offered.get(command.action_name, True)

    @property
    def _contact(self) -> SafeUrl | None:
        """Meta's contact page, which takes this letter; None for any other letter."""
        letter = self.written.letter
        form = contact_form(self.context, letter.id, letter.account_id)
        return meta_url_or_none(form.url) if form is not None else None

    @property
    def link_in_view(self) -> SafeUrl | None:
        """The page on which this letter can be sent."""
        if self._contact is None:
            self.say(_("No form of Meta's is known for this letter."))
        return self._contact

    def _take_out(self) -> None:
        """Remember that the letter may be sent now, and say what is still open in it."""
        self._is_taken_out = True
        if words := gaps_left_open(len(self.missing)):
            self.say(words)

    def action_copy(self) -> None:
        """Copy subject and text; of a message to people only the text, which goes into a chat or a post."""
        self._take_out()
        written = self.written
        if is_to_people(written.letter.id):
            self.copy_to_clipboard(written.body, _("The message"))
            return
        self.copy_to_clipboard(
            written.text_to_copy,
            _("The letter, with the English below") if written.letter.includes_english else _("The letter"),
        )

    def action_save(self) -> None:
        """Save the letter as a page to print, and as a text, where case files go."""

        def save() -> None:
            letter = save_letter(self.context, self.written)
            self._is_taken_out, self._saved_page = True, letter.page_file
            saved = _("Saved: {page}. Open that file to print it. As a text it is {file}, beside it.").format(
                page=with_tilde(letter.page_file), file=letter.text_file.name
            )
            where = _("{key} shows both in your file manager.").format(key=self.readable_key_of("letter.folder"))
            self.say(" ".join(filter(None, (saved, *letter.remarks, where, gaps_left_open(len(self.missing))))))

        self.make_change(save)

    def action_folder(self) -> None:
        """Have the folder shown in which the letter was saved."""
        if self._saved_page is None:
            key = self.readable_key_of("letter.save")
            self.say(_("It is not saved yet. {key} saves it.").format(key=key))
        else:
            self.open_on_desktop(self._saved_page.parent)

    def action_mail(self) -> None:
        """Open the letter in the mail program."""
        self._take_out()
        written = self.written
        letter = written.letter
        has_files = any(item.account.id == letter.account_id for item in evidence_items_of(self.session.record))
        hint = (
            _("Attach the files it names yourself, from {folder}.").format(folder=self.context.evidence_folder)
            if has_files
            else ""
        )
        self._open_in_mail_program(*written.subject_and_body_to_send, hint if is_to_authority(letter.id) else "")

    @work(thread=True, exclusive=True, group="mail program", exit_on_error=False)
    def _open_in_mail_program(self, subject: str, body: str, hint: str) -> None:
        result = self.context.mail_program().begin_mail(subject, body)
        words = f"{result.explanation} {hint}" if result.can_open and hint else result.explanation
        self.app.call_from_thread(self.say, words)

    def action_sent(self) -> None:
        """Ask how and when the letter was sent, and record that. Letters to people are not recorded."""
        if self.written.letter.id not in EVENT_KIND_BY_LETTER:
            self.say(_("This is for people you know; there is nothing to record."))
            return
        self.save_draft()
        self._ask_about_shorter(lambda: SentLetterQuestions(self, self.written, self.missing).ask_how_and_when())

    def action_back(self) -> None:
        """Leave; ask first what to do with a shorter name, and of a letter that was taken out whether it was sent."""
        self.save_draft()
        self._ask_about_shorter(self._leave)

    def _ask_about_shorter(self, go_on: Callable[[], object]) -> None:
        """Ask whether other letters take over a name or address that lost a line here; go on whatever the answer."""
        question = self.written.question_on_shorter
        if question is None or question == self._answered_on_shorter or self.session.current_record.read_only_reason:
            go_on()
            return

        def answered(answer: str) -> None:
            self._answered_on_shorter = question
            if question.goes_on_with(answer):
                self.say(self.written.remember_shorter())
            go_on()

        ask_choice(self, question, answered)

    def _leave(self) -> None:
        is_recorded = self.written.letter.id in EVENT_KIND_BY_LETTER
        if not (self._is_taken_out and is_recorded) or self.session.current_record.read_only_reason:
            super().action_back()
            return
        SentLetterQuestions(self, self.written, self.missing).ask_whether_sent(super().action_back)
