"""The diary entries of another e-mail address of accounts: that it changed, or that what was written down was mistyped."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from metaoptout_tui.app.record.record_editor import RecordEditor
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.formatting import format_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import Account, Record, sent_with
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.vocabulary import EMAIL


class AddressCorrection(NamedTuple):
    """The accounts that have another address now, and whether the former one was only mistyped here."""

    account_ids: tuple[str, ...] = ()
    was_mistyped: bool = False


def with_email(
    editor: RecordEditor, record: Record, account_ids: Iterable[str], email: str, *, was_mistyped: bool = False
) -> Record:
    """The record whose accounts of these ids have the address, as `with_account_email` gives it."""
    for id in account_ids:
        record = record.with_account(with_account_email(editor, editor.account(id), email, was_mistyped=was_mistyped))
    return record


def with_account_email(editor: RecordEditor, account: Account, email: str, *, was_mistyped: bool = False) -> Account:
    """The account with the address; a change of one that was there becomes an entry.

    Where that `was_mistyped` here, what was sent with it has an entry each that corrects it, as far as it counts.
    """
    new = replace(account, email=email)
    if not account.email or email.casefold() == account.email.casefold():
        return new
    if was_mistyped:
        for sent in sent_with(account, account.email):
            fields = {"entry": sent.id, "field": EMAIL.name, "to": email}
            new = new.with_event(editor.new_event(EventKind.TEXT_CORRECTED, fields))
        return new
    return new.with_event(editor.new_event(EventKind.EMAIL_CHANGED, {"from": account.email, "to": email}))


def with_mistyped_elsewhere(
    editor: RecordEditor, record: Record, former: str, email: str, playbook: Playbook
) -> Record:
    """The record without a mistyped address: the person and each account for which nothing was sent have the right one.

    Adds a notice that says so. What was sent with it for other accounts stays, until the person says how it was.
    """
    wrong = former.casefold()
    others = [each for each in record.accounts if each.email.casefold() == wrong and not sent_with(each, former)]
    for account in others:
        record = record.with_account(replace(account, email=email))
    names = [account_name(account, playbook) for account in others]
    if record.person.email.casefold() == wrong:
        record = replace(record, person=replace(record.person, email=email))
        names.append(_("your details"))
    if names:
        words = _("The mistyped address is corrected here too: {places}.")
        editor.current_record.add_notice(words.format(places=format_list(names)))
    return record
