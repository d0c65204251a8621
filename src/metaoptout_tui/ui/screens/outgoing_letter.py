"""How a letter leaves the program: copied, saved to print, handed to the mail program, or put into Meta's contact page."""

from pathlib import Path

from textual import work

from metaoptout_tui.app.commands.own_commands import Command
from metaoptout_tui.app.files.typed_paths import with_tilde
from metaoptout_tui.app.letters.letter_from_diary import is_to_authority
from metaoptout_tui.app.letters.letters import contact_form, is_to_people
from metaoptout_tui.app.letters.saved_letters import save_letter
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.letters.letter_gaps import gaps_left_open
from metaoptout_tui.core.letters.letters import EVENT_KIND_BY_LETTER
from metaoptout_tui.core.links import SafeUrl, meta_url_or_none
from metaoptout_tui.core.record.accounts import evidence_items_of
from metaoptout_tui.ui.base.browser_and_clipboard import BrowserAndClipboardScreen
from metaoptout_tui.ui.screens.sent_letter import SentLetterForm


class OutgoingLetterForm(SentLetterForm, BrowserAndClipboardScreen[bool | None]):
    """A form with a letter in it, and the ways on which that leaves; each says how many gaps are still open."""

    _saved_page: Path | None = None

    @property
    def outgoing_parts(self) -> tuple[str, str]:
        """Subject and body to send."""
        raise NotImplementedError  # the fields are the subclass's

    @property
    def message_to_people(self) -> str:
        """The text alone, which goes into a chat or a post."""
        raise NotImplementedError  # so is this one

    def has_effect(self, command: Command) -> bool:
        """Whether a command does something here.

        A message to people is not recorded, so “sent” is not offered for one. No address of Meta is known for mails, so
        a letter to it has its contact page in place of the mail program.
        """
        is_to_meta = self._contact is not None
        offered = {
            "sent": self.letter_draft.id in EVENT_KIND_BY_LETTER,
            "mail": not is_to_meta,
            "browser": is_to_meta,
        }
        return super().has_effect(command) and offered.get(command.action_name, True)

    @property
    def _contact(self) -> SafeUrl | None:
        """Meta's contact page, which takes this letter; None for any other letter."""
        letter = self.letter_draft
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
        if is_to_people(self.letter_draft.id):
            self.copy_to_clipboard(self.message_to_people, _("The message"))
            return
        self.copy_to_clipboard(
            self.outgoing_text,
            _("The letter, with the English below") if self.letter_draft.includes_english else _("The letter"),
        )

    def action_save(self) -> None:
        """Save the letter as a page to print, and as a text, where case files go."""

        def save() -> None:
            letter = save_letter(self.context, self.letter_draft, self.outgoing_parts, self.outgoing_text)
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
        has_files = any(
            item.account.id == self.letter_draft.account_id for item in evidence_items_of(self.session.record)
        )
        hint = (
            _("Attach the files it names yourself, from {folder}.").format(folder=self.context.evidence_folder)
            if has_files
            else ""
        )
        self._open_in_mail_program(*self.outgoing_parts, hint if is_to_authority(self.letter_draft.id) else "")

    @work(thread=True, exclusive=True, group="mail program", exit_on_error=False)
    def _open_in_mail_program(self, subject: str, body: str, hint: str) -> None:
        result = self.context.mail_program().begin_mail(subject, body)
        words = f"{result.explanation} {hint}" if result.can_open and hint else result.explanation
        self.app.call_from_thread(self.say, words)
