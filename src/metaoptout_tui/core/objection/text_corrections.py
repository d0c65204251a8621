"""Whether the words of a diary entry may be put right in the way that a person wants."""

from metaoptout_tui.core import text
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.events import Event, correctable_fields, went_by_post
from metaoptout_tui.core.record.vocabulary import FORM, NOTE_TEXT, REFERENCE, SENT_BY_LETTER


def corrected_text(event: Event | None, field: str, to: str, limit: int) -> str:
    """What a person wrote to correct a field, cleaned; `limit` is the most characters of a note.

    Raises InputRefused for a correction of what an entry has not, or that would leave a note without words. Whether
    something went by post is no matter of words: its periods depend on it.
    """
    to = text.clean_line(to) if field in (REFERENCE.name, FORM.name) else text.clean_block(to, limit).strip()
    if event is None or field not in correctable_fields(event.kind):
        raise InputRefused(_("There is nothing of that kind to correct in this entry."))
    if field == FORM.name and (went_by_post(event) or to == SENT_BY_LETTER):
        raise InputRefused(_("Whether it went by post cannot be corrected. Take it back and record it again."))
    if field == NOTE_TEXT.name and not to:
        raise InputRefused(_("A note needs words. Write some, or go back."))
    return to
