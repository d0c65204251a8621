"""Questions about one account: whether it is taken out, what became of a log-in, and when a posted letter arrived."""

from metaoptout_tui.core.choice_question import ChoiceQuestion, question_before
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, ngettext
from metaoptout_tui.core.objection.event_sentences import describe_event
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import Account
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import ARRIVAL_UNKNOWN, LogIn


def removal_question(account: Account, playbook: Playbook) -> ChoiceQuestion | None:
    """Whether an account is to be taken out of the record; None where nothing was written in its diary."""
    entries = sum(event.kind != EventKind.ACCOUNT_ADDED for event in account.events)
    if not entries:
        return None
    in_diary = ngettext("Its diary has {count} entry.", "Its diary has {count} entries.", entries)
    kept = _(
        "Kept files stay in their folder. A version of your record from before is kept for long: "
        "“What is kept” brings the account back from it, tomorrow too."
    )
    return question_before(
        _("Take {account} out of the record?").format(account=account_name(account, playbook)),
        (f"{in_diary.format(count=format_number(entries))} {kept}",),
        leave=_("Leave it in"),
        go_on=_("Take it out, with its diary"),
    )


OTHER_PLATFORM = mark("Another kind of account? Take this one out and add it anew.")
"""What is said where an account is changed, since its platform stays."""


def can_change_platform(account: Account) -> bool:
    """Whether another platform can be chosen: nothing is written in its diary but that it was added and is in the list.

    Not for data from elsewhere, which is no account, nor where it is linked.
    """
    is_known_only = all(
        event.kind == EventKind.ACCOUNT_ADDED
        or (event.kind == EventKind.STEP_DONE and event.text("step") == StepId.IDENTIFY)
        for event in account.events
    )
    return is_known_only and not account.is_from_elsewhere and not account.linked_group


def require_changeable_platform(account: Account) -> None:
    """Raise InputRefused where the platform of an account stays."""
    if not can_change_platform(account):
        raise InputRefused(_("Something is recorded of it, so its kind stays."), todo=_(OTHER_PLATFORM))


def which_log_in_question(overview: Overview, playbook: Playbook) -> ChoiceQuestion:
    """To which account the person cannot log in; the answers are the ids of those that can object."""
    accounts = [each.account for each in overview.statuses if each.can_object and not each.account.is_from_elsewhere]
    answers = tuple((account.id, account_name(account, playbook)) for account in accounts)
    return ChoiceQuestion(_("Which one can you not log in to?"), answers)


def log_in_question(status: AccountStatus, playbook: Playbook) -> ChoiceQuestion:
    """What became of an account to which the person cannot log in; that they can again, where they could not, comes first."""
    first = (LogIn.WORKS,) if status.why_no_log_in is not None else ()
    reasons = (*first, *(each for each in LogIn if each is not LogIn.WORKS))
    return ChoiceQuestion(
        _("What became of {account}?").format(account=account_name(status.account, playbook)),
        tuple((str(each), playbook.texts.sentence(f"log-in.{each}")) for each in reasons),
    )


LOG_IN_SINCE = mark("Since when is that so?")
LOG_IN_SINCE_HELP = mark("If you do not know it, take today: it is the day from which this is written down.")
LOG_IN_CHANGED_HELP = mark(
    "If it became so later, give that day: both stay. If it was wrong, leave the day or correct it."
)
"""What is said of the day where something was recorded before, which a later day adds to and any other corrects."""


def arrival_question(letter: Event, status: AccountStatus, playbook: Playbook) -> ChoiceQuestion:
    """When a posted letter arrived: its day, or `ARRIVAL_UNKNOWN`."""
    days = playbook.assumed_letter_days
    if letter.kind == EventKind.META_QUESTION_ANSWERED:
        words = ngettext(
            "Until you say, {count} day of post is assumed.", "Until you say, {count} days of post are assumed.", days
        )
    elif any(each.early_answer is not None and each.started_by.id == letter.id for each in status.deadlines):
        words = _("Until you say, it counts from the day on which Meta answered: by then it had the letter.")
    else:
        words = ngettext(
            "Until you say, it counts from posting and nothing runs out. If you do not know the day, {count} day is assumed.",
            "Until you say, it counts from posting and nothing runs out. If you do not know the day, {count} days are assumed.",
            days,
        )
    assumption = words.format(count=format_number(days))
    return ChoiceQuestion(
        _("When did your letter arrive?"),
        (("known", _("I know the day")), (ARRIVAL_UNKNOWN, _("I don't know"))),
        sentences=(f"{arrival_sentence(letter, playbook)} {assumption}",),
    )


def arrival_sentence(letter: Event, playbook: Playbook) -> str:
    """From when the period of a posted letter counts."""
    words = _("“{event}”. Its period counts from the day on which it arrived.")
    if letter.kind == EventKind.META_QUESTION_ANSWERED:
        words = _("“{event}”. Meta's time to answer counts from the day on which it arrived.")
    return words.format(event=describe_event(letter, playbook))


NOT_BY_POST = mark("This was not sent by post: it counts from the day it was sent.")
