"""A reply that was written down for the wrong account: for which it can have been, and moving it there."""

from metaoptout_tui.app.record.diary_service import with_reply
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.entry_checks import accepted_moment_of_reply
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, events_in_force
from metaoptout_tui.core.record.vocabulary import NAMED_ACCOUNTS

_UNKNOWN = "unknown"


def meant_account_question(session: Session, account_id: str, reply_id: str) -> ChoiceQuestion:
    """For which account a reply was: those for which something was sent before it came, or that nobody knows."""
    reply = _reply_in_force(session, account_id, reply_id)
    answers = [
        (status.account.id, account_name(status.account, session.playbook))
        for status in session.overview().statuses
        if status.account.id != account_id and _can_have_come_for(session, status.account.id, reply)
    ]
    return ChoiceQuestion(
        _("For which account was it?"),
        (*answers, (_UNKNOWN, _("I do not know: only take it back here"))),
        sentences=(
            _("Only accounts are listed for which an objection was sent before this came."),
            _("If its account is not listed, first write down the objection there."),
        ),
    )


def move_reply(session: Session, account_id: str, reply_id: str, answer: str) -> str:
    """Take a reply back here and write it down, with its kept files, where it belongs, as one change; what was done.

    `answer` is that to `meant_account_question`. Raises InputRefused where the reply no longer counts.
    """
    editor, diary = session.editor, session.diary_service
    reply = _reply_in_force(session, account_id, reply_id)
    if answer == _UNKNOWN:
        diary.take_back_reply(account_id, reply_id)
        return _("Taken back. It stays in the diary, and counts for no account.")
    status = session.view.require_status(answer)
    # Which linked accounts it names was said of the other account.
    fields = {name: value for name, value in reply.fields.items() if name != NAMED_ACCOUNTS.name}
    account, moved = with_reply(editor, status, reply.kind, fields, reply.at)
    here = editor.account(account_id)
    for file in here.events:
        if file.kind == EventKind.EVIDENCE and file.text("of") == reply_id:
            account = account.with_event(editor.new_event(file.kind, {**file.fields, "of": moved.id}))
    taken_back = editor.new_event(EventKind.STEP_REOPENED, {"step": StepId.REPLY, "entry": reply_id})
    record = editor.record.with_account(here.with_event(taken_back)).with_account(account)
    editor.apply_change(record, _("an answer of another account"), account_id, StepId.REPLY)
    name = account_name(account, session.playbook)
    return _("Taken back here, and written down for {account}.").format(account=name)


def _reply_in_force(session: Session, account_id: str, reply_id: str) -> Event:
    events = events_in_force(session.account(account_id).events)
    reply = next((event for event in events if event.id == reply_id), None)
    if reply is None:
        raise InputRefused(_("That does not count any more."))
    return reply


def _can_have_come_for(session: Session, account_id: str, reply: Event) -> bool:
    """Whether something was sent for an account that a reply of its moment can be about."""
    try:
        accepted_moment_of_reply(reply.kind, reply.at, session.view.require_status(account_id), session.now())
    except InputRefused:
        return False
    return True
