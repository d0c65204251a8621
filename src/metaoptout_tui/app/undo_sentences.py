"""What is said of a change that was taken back or made again: which entry, of which day, in which account."""

from metaoptout_tui.app.record.undo_stack import RecordChange
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.choice_question import ChoiceQuestion, question_before
from metaoptout_tui.core.language.formatting import format_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.event_sentences import day_of_event, describe_event
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import Account
from metaoptout_tui.core.record.event_kinds import EventKind, rules_of
from metaoptout_tui.core.record.events import Event

_ROLES_OF_WHAT_WAS_SENT = ("objection", "sent")


def question_before_undo(session: Session) -> ChoiceQuestion | None:
    """Whether undo is to take back what was done before the last act; None where the last act is what it takes back."""
    change = session.undo_stack.undoable_change
    if change is None or session.undo_stack.is_last_act_undoable:
        return None
    return _question_before((_("What you did last cannot be taken back."), _would_take_back(change, session)))


def question_before_undo_elsewhere(session: Session, account_id: str) -> ChoiceQuestion | None:
    """Whether undo is to take back a change that concerns another account than the one in front; None where it does not."""
    change = session.undo_stack.undoable_change
    if change is None or not account_id or account_id in _changed_ids(change):
        return None
    entries = _added_entries(change)
    if not entries:
        words = _("The last change was not made here: {description}.").format(description=change.description)
        return _question_before((words,))
    account_names, entry, day = _first_entry(entries, session)
    words = _("The last change was not made here: “{entry}” of {day}, in {accounts}.")
    return _question_before((words.format(entry=entry, day=day, accounts=account_names),))


def _changed_ids(change: RecordChange) -> set[str]:
    """The accounts that a change is about, or that it changed."""
    ids = {account.id for record in (change.before, change.after) for account in record.accounts}
    changed = {id for id in ids if change.before.account_by_id(id) != change.after.account_by_id(id)}
    return {*changed, change.account_id} if change.account_id else changed


def question_before_older_undo(session: Session) -> ChoiceQuestion | None:
    """Whether undo is to take back what was done before the question that is being answered; None where there is nothing."""
    change = session.undo_stack.undoable_change
    return None if change is None else _question_before((_would_take_back(change, session),))


def _question_before(sentences: tuple[str, ...]) -> ChoiceQuestion:
    return question_before(_("Take that back?"), sentences, leave=_("leave it"), go_on=_("take it back"))


def _would_take_back(change: RecordChange, session: Session) -> str:
    entries = _added_entries(change)
    if entries:
        account_names, entry, day = _first_entry(entries, session)
        words = _("Undo would take back what was before it: “{entry}” of {day}, in {accounts}.")
        return words.format(entry=entry, day=day, accounts=account_names)
    return _("Undo would take back what was before it: {description}.").format(description=change.description)


def words_on_undone(change: RecordChange | None, session: Session, redo_key: str) -> str:
    """What was taken back, that nothing sent is called back by it, and the key or word that makes it again."""
    if change is None:
        return _("There is nothing to take back in this sitting.")
    entries = _added_entries(change)
    if entries:
        account_names, entry, day = _first_entry(entries, session)
        words = _("Taken back: “{entry}” of {day}, in {accounts}.").format(entry=entry, day=day, accounts=account_names)
    else:
        words = _("Taken back: {description}.").format(description=change.description)
    if any(rules_of(event.kind).role in _ROLES_OF_WHAT_WAS_SENT for _account, event in entries):
        words = f"{words} {_('Only your record changed: at Meta nothing changes, and what you sent stays sent.')}"
    return f"{words} {_('{key} brings it back.').format(key=redo_key)}"


def words_on_redone(change: RecordChange | None, session: Session) -> str:
    """What was made again."""
    if change is None:
        return _("There is nothing to make again.")
    entries = _added_entries(change)
    if not entries:
        return _("Made again: {description}.").format(description=change.description)
    account_names, entry, day = _first_entry(entries, session)
    return _("Made again: “{entry}” of {day}, in {accounts}.").format(entry=entry, day=day, accounts=account_names)


def _added_entries(change: RecordChange) -> list[tuple[Account, Event]]:
    """The entries that a change wrote into the diaries of accounts that were there before, with their accounts."""
    added: list[tuple[Account, Event]] = []
    for account in change.after.accounts:
        before = change.before.account_by_id(account.id)
        if before is None:
            continue
        known_ids = {event.id for event in before.events}
        added += [(account, event) for event in account.events if event.id not in known_ids]
    return added


def _first_entry(entries: list[tuple[Account, Event]], session: Session) -> tuple[str, str, str]:
    """The accounts of entries; the entry that matters most, in words; and its day."""
    events = [event for _account, event in entries]
    sent = [event for event in events if rules_of(event.kind).role in _ROLES_OF_WHAT_WAS_SENT]
    event = (sent or [event for event in events if event.kind != EventKind.EVIDENCE] or events)[0]
    names = dict.fromkeys(account_name(account, session.playbook) for account, _event in entries)
    day = day_of_event(event, session.now())
    return format_list(names), describe_event(event, session.playbook), day
