"""The question which accounts a confirmation of Meta names, asked where other accounts are linked with this one."""

from collections.abc import Mapping

from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.replies import Reply
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.event_kinds import rules_of
from metaoptout_tui.core.record.vocabulary import NAMED_ACCOUNTS, NAMES_ALL, NAMES_ONE

_NOT_KNOWN = "not-known"


def named_accounts_question(
    reply: Reply, account_id: str, overview: Overview, playbook: Playbook
) -> ChoiceQuestion | None:
    """The question whether a confirmation names one account or all linked ones; None where there is nothing to ask.

    Nothing is asked of other replies, and where no account is linked for which an objection can be sent too.
    """
    status = overview.status_of(account_id)
    if status is None or not status.account.linked_group or not _can_name_accounts(reply):
        return None
    others = [
        each.account
        for each in overview.statuses
        if each.can_object
        and each.account.id != account_id
        and each.account.linked_group == status.account.linked_group
    ]
    if not others:
        return None
    return ChoiceQuestion(
        _("Does it name one account, or all of them?"),
        (
            (_NOT_KNOWN, _("I do not know, or it does not say")),
            (NAMES_ONE, _("Only {account}").format(account=account_name(status.account, playbook))),
            (NAMES_ALL, _("All linked accounts")),
        ),
        _NOT_KNOWN,
        (_("Linked accounts count as perhaps covered, unless Meta's confirmation names them too."),),
    )


def fields_of_named_accounts(answer: str) -> Mapping[str, object]:
    """The field that an answer fills; nothing where the person does not know."""
    return {NAMED_ACCOUNTS.name: answer} if answer in NAMED_ACCOUNTS.known_values else {}


def _can_name_accounts(reply: Reply) -> bool:
    """Whether a reply says that Meta applies the objection."""
    rules = rules_of(reply.event_kind)
    if NAMED_ACCOUNTS.name not in rules.fields:
        return False
    return rules.deciding_value is None or reply.fields.get(rules.deciding_value[0]) == rules.deciding_value[1]
