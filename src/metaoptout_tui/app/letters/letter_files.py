"""Which letters of an account were begun, saved and sent, and in which file each stands, so that a person finds it."""

from collections.abc import Iterator
from pathlib import Path

from metaoptout_tui.app.files.typed_paths import with_tilde
from metaoptout_tui.app.letters.saved_letters import is_same_text
from metaoptout_tui.app.shared_context import SharedContext
from metaoptout_tui.core import dates
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import pgettext
from metaoptout_tui.core.letters.letter_file_names import is_file_of_letter
from metaoptout_tui.core.letters.letter_recommendations import sent_letter_entries
from metaoptout_tui.core.letters.letters import EVENT_KIND_BY_LETTER
from metaoptout_tui.core.record.accounts import evidence_items_of, make_draft_key
from metaoptout_tui.documents.letters import letter_languages_of


class LetterFiles:
    """The files of the letters of one account, as they are when this is made."""

    def __init__(self, context: SharedContext, account_id: str) -> None:
        self._context, self._account_id = context, account_id
        session = context.session
        self._sent = sent_letter_entries(session.view.require_status(account_id), session.now())
        self._kept = {
            item.belongs_to.id: item
            for item in evidence_items_of(session.record)
            if item.belongs_to is not None and item.is_letter
        }
        self._saved = [path for path in context.record_files().exports.present_files() if path.suffix == ".txt"]

    def short_note(self, letter_id: str) -> str:
        """That a letter was saved or begun and is not recorded as sent; empty for one that was, and for one to people."""
        if letter_id in self._sent or letter_id not in EVENT_KIND_BY_LETTER:
            return ""
        if self._saved_files(letter_id):
            return _("Saved, not recorded as sent.")
        drafts = self._context.session.drafts
        keys = (
            make_draft_key("letter", self._account_id, f"{letter_id}.{language}")
            for language in letter_languages_of(letter_id)
        )
        return _("Begun, not recorded as sent.") if any(map(drafts.read, keys)) else ""

    def labels_and_paths(self, letter_id: str) -> Iterator[tuple[str, str]]:
        """The file of the text that was sent and those that were saved, each behind words on whether it was sent like this."""
        sent = self._sent.get(letter_id)
        item = self._kept.get(sent.id) if sent is not None else None
        kept = self._context.session.attachments.find_file(item.file) if item is not None else None
        if sent is not None and kept is not None:
            day = dates.format_local_day(sent.at, self._context.session.now())
            words = _("What you sent on {day} is kept here").format(day=day)
            yield words, with_tilde(kept)
        for path in self._saved_files(letter_id):
            if kept is not None and is_same_text(path, kept):
                words = _("Saved, and sent like this")
            elif sent is not None:
                words = _("Saved, but another text than the one that was sent")
            elif letter_id in EVENT_KIND_BY_LETTER:
                words = _("Saved, not recorded as sent")
            else:
                words = pgettext("a letter as a file", "Saved")
            yield words, with_tilde(path)

    def _saved_files(self, letter_id: str) -> list[Path]:
        return [path for path in self._saved if is_file_of_letter(path.name, letter_id, self._account_id)]
