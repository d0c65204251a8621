"""The step that lists the accounts: whether these are all, and which of them appear together."""

from collections.abc import Mapping
from datetime import datetime

from metaoptout_tui.app.accounts.link_questions import AccountLink, linked_since_of
from metaoptout_tui.core.language.formatting import format_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.linking_question import LinkingQuestion, linking_question
from metaoptout_tui.core.record.account_names import NEW_GROUP_NAME, group_name
from metaoptout_tui.core.record.events import LinkSince
from metaoptout_tui.plain.accounts import add_account, ask_link, ask_since_when_linked, link_sentence
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.why_asked import COUNTS_FOR_LINKED_ACCOUNTS, COUNTS_FOR_WHAT_WAS_LINKED

_COMPLETE, _ADD = "complete", "add"
_ALL, _SOME, _NONE, _UNKNOWN = "all", "some", "none", "unknown"


def list_linked_accounts(context: PlainContext, account_id: str) -> bool:
    """Ask whether the list of accounts is complete, and how they are linked. Returns whether that was recorded."""
    while True:
        accounts = context.session.record.accounts
        context.dialogue.say_part(_("These accounts are in your list:"))
        for account in accounts:
            context.say(f"{context.name_of(account.id)}. {link_sentence(context, account.id)}".rstrip())
        options = [(_COMPLETE, _("Yes, these are all")), (_ADD, _("No, add one that is missing"))]
        answer = context.dialogue.choose(
            _("Are these all your accounts?"),
            options,
            default=_COMPLETE,
            why=_("Nothing is done for an account that is missing here."),
            yes_and_no=(_COMPLETE, _ADD),
        )
        with context.dialogue.back_to():
            if answer == _ADD:
                add_account(context)
            elif _complete(context, account_id):
                return True


def _complete(context: PlainContext, account_id: str) -> bool:
    """Ask which accounts appear together, and record that the list is complete. Returns whether that was done."""
    question = linking_question(context.session.record, context.playbook)
    changes: Mapping[str, str | None] = {}
    since: LinkSince | None = None
    if question is not None:
        answered = _ask_together(context, question)
        if answered is None:
            return False
        changes = answered
        account = context.session.account_service.account_to_date(changes, question.group)
        if account is not None:
            since = ask_since_when_linked(
                context, AccountLink(question.group), platform=account.platform, account_id=account.id
            )
        elif any(changes.values()):
            since = _ask_since_when(context)
    return context.change(lambda: context.session.account_service.complete_list(account_id, changes, since))


def _ask_since_when(context: PlainContext) -> datetime | None:
    """Ask since when they are linked, which may be left open."""
    now = context.session.now
    typed = context.dialogue.ask_line(
        _("Since when are they linked? A year is enough."),
        is_optional=True,
        if_empty=_("Enter alone leaves it open."),
        why=_(COUNTS_FOR_WHAT_WAS_LINKED),
        check=lambda typed: linked_since_of(typed, now()),
    )
    return linked_since_of(typed, now())


def _ask_together(context: PlainContext, question: LinkingQuestion) -> Mapping[str, str | None] | None:
    """The links that the answer changes; None where only one account was named, which cannot appear together."""
    ids = [account.id for account in question.accounts]
    statuses = context.session.overview().statuses
    objecting = [each.account.id for each in statuses if each.can_object and each.account.id in ids]
    objecting = ids if question.is_about_both else objecting
    names = [context.name_of(id) for id in objecting]
    options = []
    if len(objecting) > 1:
        options.append((_ALL, _("These appear together: {accounts}").format(accounts=format_list(names))))
    if not question.is_about_both:
        options.append((_SOME, _("Some of them appear together; I say which")))
    options += [
        (_NONE, _("None of them appears with another")),
        (_UNKNOWN, _("I don't know")),
    ]
    linked = [id for id in ids if id in question.linked_ids]
    default = _NONE if question.is_answered and not linked else ""
    if linked:
        default = _ALL if len(objecting) > 1 and set(linked) == set(objecting) else _SOME
    words = _("Which of these appear together in the Accounts Centre?")
    if question.group != NEW_GROUP_NAME:
        words = _("Which of these appear together in “{group}”?").format(group=group_name(question.group))
    answer = context.dialogue.choose(words, options, default=default, why=_(COUNTS_FOR_LINKED_ACCOUNTS))
    ticked = objecting if answer == _ALL else []
    if answer == _SOME:
        named = [(id, context.name_of(id)) for id in ids]
        chosen = context.dialogue.choose_several(
            _("Which ones?"), named, chosen=linked, why=_(COUNTS_FOR_LINKED_ACCOUNTS)
        )
        ticked = list(dict.fromkeys(chosen))
    is_rest_known = answer != _UNKNOWN
    if answer == _SOME and len(ticked) > 1:
        is_rest_known = _ask_of_others(context, question, ticked)
    changes = question.changes(ticked, is_rest_known=is_rest_known)
    if len(ticked) == 1 and changes:
        context.say(
            _("{account} alone cannot appear together. Name what it appears with.").format(
                account=context.name_of(ticked[0])
            )
        )
        return None
    return changes


def _ask_of_others(context: PlainContext, question: LinkingQuestion, ticked: list[str]) -> bool:
    """Ask whether it is known of the others that they do not appear with those; True where there are no others."""
    others = [account for account in question.accounts if account.id not in ticked]
    if not others:
        return True
    names = format_list(context.name_of(account.id) for account in others)
    options = [(_NONE, _("They do not appear with those")), (_UNKNOWN, _("I don't know about the others"))]
    is_left_open = bool(question.linked_ids) and any(account.linked_group is None for account in others)
    words = _("And the others: {accounts}?").format(accounts=names)
    default = _UNKNOWN if is_left_open else ""
    answer = context.dialogue.choose(words, options, default=default, why=_(COUNTS_FOR_LINKED_ACCOUNTS))
    return answer == _NONE


def link_one_account(context: PlainContext) -> None:
    """Ask how one account is linked, for whoever has several Accounts Centres, and record that."""
    context.session.current_record.require_writable()
    question = linking_question(context.session.record, context.playbook)
    accounts = question.accounts if question is not None else ()
    account_id = context.dialogue.choose(
        _("Which account?"), [(each.id, context.name_of(each.id)) for each in accounts]
    )
    account = context.session.account(account_id)
    link = ask_link(context, account.linked_group, account_id)
    since = ask_since_when_linked(context, link, platform=account.platform, account_id=account_id)
    accounts_service = context.session.account_service
    if context.change(
        lambda: accounts_service.set_linked_group(account_id, link.group, since, linked_with=link.linked_with)
    ):
        context.say(f"{context.name_of(account_id)}. {link_sentence(context, account_id)}")
