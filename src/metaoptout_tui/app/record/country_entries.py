"""The diary entries of a move to another country, and for which accounts it matters."""

from datetime import datetime

from metaoptout_tui.app.record.record_editor import RecordEditor
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import SENDER_ADDRESS, Account, Record
from metaoptout_tui.core.record.event_kinds import EventKind, rules_of
from metaoptout_tui.core.record.events import events_in_force


def accounts_with_period(record: Record) -> list[Account]:
    """The accounts in whose diary something began a legal period."""
    return [
        account
        for account in record.accounts
        if any(rules_of(event.kind).starts for event in events_in_force(account.events))
    ]


def with_country_change(
    editor: RecordEditor, playbook: Playbook, record: Record, former: str, country: str, moved_at: datetime | None
) -> Record:
    """The record with an entry of the move for each account with a legal period; adds notices on what it means.

    An account that another's objection covers may have one too: of a question about its data. A postal address is the
    former one, and no longer remembered.
    """
    with_period = accounts_with_period(record)
    for account in with_period:
        changed = editor.new_event(EventKind.COUNTRY_CHANGED, {"from": former, "to": country}, moved_at)
        record = record.with_account(account.with_event(changed))
    if with_period and record.remembered_of().for_letters.get(SENDER_ADDRESS):
        record = record.without_postal_address
        editor.current_record.add_notice(_("Your former postal address does not stand in letters any more."))
    region_of = playbook.region_of_country
    if with_period and region_of(country).right_to_object == "no":
        editor.current_record.add_notice(
            _("No objection can be sent from there, so the further steps are not shown; the diary keeps them.")
        )
    elif with_period and region_of(country).law != region_of(former).law:
        editor.current_record.add_notice(
            _("What you sent before the move is counted by the law of where you lived then.")
        )
        if region_of(country).right_to_object == "yes":
            editor.current_record.add_notice(
                _("Your objection goes on all the same. You can also send one under the law of where you live now.")
            )
    return record
