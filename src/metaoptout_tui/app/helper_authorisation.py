"""Writes down who was authorised to help the person."""

from datetime import datetime

from metaoptout_tui.app.record.record_editor import RecordEditor
from metaoptout_tui.core import dates
from metaoptout_tui.core.case_file.helper import newest_authorisation
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.event_sentences import describe_event
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.vocabulary import AUTHORISED_IN_WRITING, AUTHORISED_ORALLY
from metaoptout_tui.core.text import clean_line

_NAME_LIMIT = 200


def record_helper(
    editor: RecordEditor, helper: str, how: str, at: datetime | None = None, *, draft_key: str = ""
) -> None:
    """Record in one change, for each account, who was authorised to help, how, and when (None: now).

    What was typed goes with it. Raises InputRefused where no name is given, or there is no account yet.
    """
    name = clean_line(helper, _NAME_LIMIT).strip()
    if not name:
        raise InputRefused(_("The name of the helper is missing."), todo=_("Type who was authorised."))
    record = editor.record
    if not record.accounts:
        raise InputRefused(_("There is no account in the record yet."), todo=_("Add one first."))
    for account in record.accounts:
        authorised = editor.new_event(EventKind.HELPER_AUTHORISED, {"helper": name, "how": how}, at=at)
        record = record.with_account(account.with_event(authorised))
    editor.apply_change(record, _("who helps"), draft_key=draft_key)


def ways_to_authorise() -> tuple[tuple[str, str], ...]:
    """The answers to how somebody was authorised."""
    return (AUTHORISED_IN_WRITING, _("In writing")), (AUTHORISED_ORALLY, _("By word of mouth"))


def describe_newest_authorisation(record: Record, playbook: Playbook, now: datetime) -> str:
    """Who was authorised last, how, and on which day; empty where nobody was."""
    event = newest_authorisation(record)
    if event is None:
        return ""
    return _("{event}, on {full_day}.").format(
        event=describe_event(event, playbook), full_day=dates.format_full_day(event.at.astimezone(now.tzinfo).date())
    )
