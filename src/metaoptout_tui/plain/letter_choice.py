"""The letters of an account, of which the person chooses one."""

from metaoptout_tui.app.letters.letter_files import LetterFiles
from metaoptout_tui.app.letters.letter_notes import authority_place
from metaoptout_tui.app.letters.letters import letter_title, letters_for
from metaoptout_tui.core.language.formatting import format_number, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.letters.letter_recommendations import FittingLetter, fitting_letters, heading_of_later_letters
from metaoptout_tui.core.letters.letters import EVENT_KIND_BY_LETTER
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.letters import open_letter

_LATER = "later"


def choose_letter(context: PlainContext, account_id: str) -> None:
    """Offer the letters that exist, the recommended ones first, and open the chosen one."""
    status, session = context.status(account_id), context.session
    ids = letters_for(status)
    if not ids:
        context.say(_("There are no letters for where you live."))
        context.say(_("They rest on laws of the EU and EEA, the United Kingdom and Switzerland."))
        return
    periods, now = session.view.legal_periods(account_id), session.now()
    fitting = fitting_letters(status, ids, periods, now)
    files = LetterFiles(context, account_id)
    words = {each.id: _row_words(context, account_id, each, files) for each in fitting}
    later = [(each.id, words[each.id]) for each in fitting if not each.is_recommended]
    options = [(each.id, words[each.id]) for each in fitting if each.is_recommended]
    if later:
        words_on_later = ngettext("{heading} ({count} letter)", "{heading} ({count} letters)", len(later))
        options.append(
            (_LATER, words_on_later.format(heading=heading_of_later_letters(), count=format_number(len(later))))
        )
    later_ids = {id for id, _unused in later}
    chosen = context.dialogue.choose(
        _("Which letter?"), options, read_other=lambda typed: typed if typed in later_ids else ""
    )
    if chosen == _LATER:
        chosen = context.dialogue.choose(_("Which letter?"), later)
    open_letter(context, account_id, chosen)


def _row_words(context: PlainContext, account_id: str, letter: FittingLetter, files: LetterFiles) -> str:
    """A letter in the list: its title, when it fits, whether it was saved, and where a complaint goes."""
    is_complaint = EVENT_KIND_BY_LETTER.get(letter.id) == EventKind.COMPLAINED_TO_AUTHORITY
    place = authority_place(context, account_id) if is_complaint else ""
    parts = (with_full_stop(letter_title(letter.id)), letter.reason, files.short_note(letter.id), place)
    return " ".join(filter(None, parts))
