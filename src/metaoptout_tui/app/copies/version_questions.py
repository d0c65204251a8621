"""What can be done with a kept version of the open record: going back to it, bringing back one account of it, deleting it.

Screens and plain mode ask the same questions and make the same changes.
"""

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.files.restoring import (
    RestorableVersion,
    describe_names,
    describe_size,
    lost_accounts,
    restored_record,
    with_returned_account,
)
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.choice_question import LEAVE, ChoiceQuestion, question_before
from metaoptout_tui.core.language.formatting import format_list, labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.account_names import account_name

_ALL, _ACCOUNT = "all", "account-"


def describe_accounts(version: RestorableVersion, session: Session) -> tuple[str, ...]:
    """Which accounts a version has, and which of them are not in the record now."""
    names = describe_names(version.record)
    sentences = [_("Accounts: {names}.").format(names=names) if names else _("Accounts: none.")]
    lost = format_list(
        account_name(account, session.playbook) for account in lost_accounts(version.record, session.record)
    )
    if lost:
        sentences.append(_("Not in your record now: {names}.").format(names=lost))
    return tuple(sentences)


def restore_question(version: RestorableVersion, session: Session, clock: Clock) -> ChoiceQuestion:
    """Whether to go back to all of a version, or to bring back one account of it."""
    answers = [
        (LEAVE, _("Leave your record as it is now")),
        (_ALL, _("Go back to all of it: {size}").format(size=describe_size(version.record))),
    ]
    for account in lost_accounts(version.record, session.record):
        words = _("Bring back only {account}, with its diary")
        answers.append((f"{_ACCOUNT}{account.id}", words.format(account=account_name(account, session.playbook))))
    what_stays = _(
        "Your record as it is now ({size}) is kept as a version too. What you took back or "
        "removed since stays so; a removed account comes back by an answer of its own."
    ).format(size=describe_size(session.record))
    title = _("The version of {moment}").format(moment=version.moment(clock))
    return ChoiceQuestion(title, tuple(answers), LEAVE, (what_stays,))


def bring_back(version: RestorableVersion, answer: str, session: Session) -> str:
    """Change the record as an answer to `restore_question` says; what to say of it. Raises InputRefused."""
    editor = session.editor
    if answer == _ALL:
        record = restored_record(version.record, session.record)
        editor.apply_change(record, _("going back to a version"), notes_removals=False)
        return _("Your record has {size} now.").format(size=describe_size(record))
    account_id = answer.removeprefix(_ACCOUNT)
    returned = with_returned_account(session.record, version.record, account_id)
    editor.apply_change(returned, _("bringing back an account"), account_id)
    return _("The account is back, with its diary.")


def deletion_question(version: RestorableVersion, clock: Clock) -> ChoiceQuestion:
    """Whether a kept version is to be deleted for good."""
    about = labelled(version.moment(clock), describe_size(version.record))
    sentences = (
        _("It cannot be brought back then: {version}.").format(version=about),
        _("Your record stays as it is. Other versions stay, and may hold the same."),
    )
    return question_before(_("Delete this version for good?"), sentences, leave=_("leave it"), go_on=_("delete it"))
