"""The questions how an account is linked, since when, and which were moved to Meta Account; and what the answers mean."""

from datetime import datetime, time
from itertools import count
from typing import Literal, NamedTuple

from metaoptout_tui.app.record.account_service import GROUP_NAME_LIMIT
from metaoptout_tui.app.session import Session
from metaoptout_tui.core import dates, text
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import Playbook, Statement
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, ngettext
from metaoptout_tui.core.objection.coverage import EarliestObjection
from metaoptout_tui.core.objection.event_sentences import day_of_event
from metaoptout_tui.core.objection.linking_question import linkable_accounts
from metaoptout_tui.core.record.account_names import NEW_GROUP_NAME, account_name, group_name
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.vocabulary import SINCE_BEFORE, SINCE_UNKNOWN

NEW_GROUP = mark("Linked, but not in this list")
"""The answer to how an account is linked that is given with a name."""
LINKED_SINCE_DAY = mark("Since when is it linked so?")
"""The question for the day where the person knows one."""

LINKED_SINCE_OPTIONAL = mark("Since when are they linked? A year is enough, or leave it empty.")
"""The question for everybody who says what is linked, whether an objection depends on it or not."""


def is_link_asked(session: Session, platform_id: str, account_id: str = "") -> bool:
    """Whether to ask how an account (empty: a new one) is linked: where another can be, or the person said so of it."""
    platform, account = session.playbook.platform(platform_id), session.record.account_by_id(account_id)
    if platform is not None and not platform.can_be_linked:
        return False
    others = tuple(each for each in session.record.accounts if each.id != account_id)
    is_answered = account is not None and account.linked_group is not None
    return is_answered or bool(linkable_accounts(others, session.playbook))


_LINK_UNKNOWN, _NOT_LINKED, _GROUP_PREFIX, _ACCOUNT_PREFIX = "unknown", "none", "in:", "with:"
_KNOWN_DAY = "date"


def link_answers(session: Session, account_id: str = "") -> tuple[tuple[str, str], ...]:
    """The answers to how an account (empty: a new one) is linked, without the one for a new group.

    Each other account that is in no group yet is an answer: both are then in one.
    """
    record, playbook = session.record, session.playbook
    groups = ((f"{_GROUP_PREFIX}{name}", group_name(name)) for name in record.linked_groups())
    alone = [
        each for each in linkable_accounts(record.accounts, playbook) if not each.linked_group and each.id != account_id
    ]
    return (
        (_LINK_UNKNOWN, _("I don't know (counts as not linked)")),
        (_NOT_LINKED, _("Not linked with another account")),
        *((id, _("In “{group}”").format(group=name)) for id, name in groups),
        *(
            (f"{_ACCOUNT_PREFIX}{each.id}", _("Linked with {account}").format(account=account_name(each, playbook)))
            for each in alone
        ),
    )


def link_answer_of(linked_group: str | None) -> str:
    """The answer for a linked group; for None, which means unknown; for the empty one, which means not linked."""
    if linked_group is None:
        return _LINK_UNKNOWN
    return f"{_GROUP_PREFIX}{linked_group}" if linked_group else _NOT_LINKED


class AccountLink(NamedTuple):
    """How an account is linked: its group as in `Account.linked_group`, and the account that joins it there, if one does."""

    group: str | None
    linked_with: str = ""


UNKNOWN_LINK = AccountLink(None)


def link_of_answer(record: Record, answer: str, new_name: str = "") -> AccountLink:
    """The link that an answer means; any answer that is not among the rows is that for a group with a new name."""
    if answer == _LINK_UNKNOWN:
        return UNKNOWN_LINK
    if answer == _NOT_LINKED:
        return AccountLink("")
    if answer.startswith(_ACCOUNT_PREFIX):
        return AccountLink(_new_group_name(record), answer.removeprefix(_ACCOUNT_PREFIX))
    if answer.startswith(_GROUP_PREFIX):
        return AccountLink(answer.removeprefix(_GROUP_PREFIX))
    return AccountLink(text.clean_line(new_name, GROUP_NAME_LIMIT).strip())


def _new_group_name(record: Record) -> str:
    names = (NEW_GROUP_NAME if number == 1 else f"{NEW_GROUP_NAME} {number}" for number in count(1))
    return next(name for name in names if name not in record.linked_groups())


def linked_since_question(
    session: Session, link: AccountLink, *, platform: str, account_id: str = ""
) -> ChoiceQuestion | None:
    """Since when `account_id` (empty: a new one on `platform`) is linked so; None where no objection depends on it."""
    linked_group, service = link.group, session.account_service
    objection = service.objection_affected_by_link(platform, linked_group, account_id)
    other = session.record.account_by_id(link.linked_with)
    if objection is None and other is not None:
        objection = service.objection_affected_by_link(other.platform, linked_group, other.id)
    if objection is None:
        return None
    old = session.record.account_by_id(account_id)
    is_link_known = old is not None and old.linked_group is not None
    default = _KNOWN_DAY if is_link_known else ""
    return _question_since_when(session, objection, linked_group or "", default)


def linked_since_of(typed: str, now: datetime) -> datetime | None:
    """The moment since when accounts are linked, of a typed year, month or day; None for nothing.

    Raises InputRefused for what is no date, and for one in the future.
    """
    if not typed.strip():
        return None
    try:
        day = dates.first_day_of_period(typed, now.date())
    except ValueError as error:
        raise InputRefused(str(error)) from error
    if day > now.date():
        raise InputRefused(
            _("{moment} is in the future. Write when it happened.").format(moment=dates.format_full_day(day))
        )
    return now if day == now.date() else datetime.combine(day, time(), now.tzinfo)


def member_since_question(session: Session, account_id: str) -> ChoiceQuestion | None:
    """Since when an account is in its linked group, for an objection of that group; None where there is none."""
    objection = session.account_service.objection_in_linked_group(account_id)
    group = session.account(account_id).linked_group or ""
    return None if objection is None else _question_since_when(session, objection, group, "")


def _question_since_when(
    session: Session, objection: EarliestObjection, linked_group: str, default: str
) -> ChoiceQuestion:
    now = session.now()
    sent_day = day_of_event(objection.event, now)
    # Translators: {sent_day} is a day, or the month alone where only that is known.
    sentence = _(
        "Here the objection for {account} ({sent_day}) counts for what was linked when it was sent. If you find out "
        "more later, correct the date of this entry in the account's diary."
    )
    return ChoiceQuestion(
        _("Since when is it in “{linked_group}”?").format(linked_group=group_name(linked_group)),
        (
            (
                SINCE_BEFORE,
                _("It was so already when that objection was sent ({sent_day})").format(sent_day=sent_day),
            ),
            (_KNOWN_DAY, _("Since a day that I know")),
            (SINCE_UNKNOWN, _("I don't know (counts as linked from today)")),
        ),
        default,
        (sentence.format(account=account_name(objection.account, session.playbook), sent_day=sent_day),),
    )


def since_word_of(answer: str) -> Literal["before", "unknown"] | None:
    """The word of the record that an answer means; None where the person knows the day, which is then asked."""
    if answer == _KNOWN_DAY:
        return None
    return SINCE_BEFORE if answer == SINCE_BEFORE else SINCE_UNKNOWN


_ALL_LINKED, _ONLY_THIS = "all", "one"


def moved_question(session: Session, account: Account) -> ChoiceQuestion | None:
    """Which accounts were moved to Meta Account with this one; None where it is linked with none."""
    linked = session.record.linked_with(account)
    if len(linked) < 2:
        return None
    words = ngettext("All {count} accounts in “{group}”", "All {count} accounts in “{group}”", len(linked))
    all_linked = words.format(count=format_number(len(linked)), group=group_name(account.linked_group or ""))
    name = account_name(account, session.playbook)
    return ChoiceQuestion(
        _("What was moved to Meta Account?"),
        ((_ALL_LINKED, all_linked), (_ONLY_THIS, _("Only {account}").format(account=name))),
    )


def moved_ids(session: Session, account: Account, answer: str = _ONLY_THIS) -> list[str]:
    """The accounts that were moved."""
    return [each.id for each in session.record.linked_with(account)] if answer == _ALL_LINKED else [account.id]


def moved_when(session: Session, account: Account, ids: list[str]) -> str:
    """The question when these accounts were moved."""
    if len(ids) == 1:
        name = account_name(account, session.playbook)
        return _("When did Meta move {account} to Meta Account?").format(account=name)
    return ngettext(
        "When did Meta move {count} account to Meta Account?",
        "When did Meta move {count} accounts to Meta Account?",
        len(ids),
    ).format(count=format_number(len(ids)))


def statements_on_moving(playbook: Playbook) -> list[Statement]:
    """What a move means for an objection."""
    return [statement for statement in playbook.statements if statement.id in ("identify.moving", "coverage.moved")]
