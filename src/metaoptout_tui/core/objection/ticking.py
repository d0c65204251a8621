"""What ticking a step does, what no longer counts once it is taken back, and which steps cannot be left out."""

from datetime import datetime
from enum import Enum, auto

from metaoptout_tui.core import dates
from metaoptout_tui.core.choice_question import ChoiceQuestion, question_before
from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.language.formatting import format_number, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.objection.event_sentences import day_of_event, describe_event
from metaoptout_tui.core.objection.linking_question import linking_question
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.sentences import step_title
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.step_status import StepStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.event_kinds import EventKind, rules_of
from metaoptout_tui.core.record.events import Event, events_in_force, step_recorded_by
from metaoptout_tui.core.record.vocabulary import StepState

_ROLES_ABOUT_AN_OBJECTION = ("objection", "reply", "sent", "later-reply")
_MAX_SENTENCES = 6


class TickEffect(Enum):
    """What ticking a step does."""

    TICK_DONE = auto()
    REOPEN = auto()
    OPEN_STEP = auto()
    """The step needs more than a tick."""
    RESTORE = auto()
    """What was taken back with the step a moment ago counts again."""
    NONE_WHILE_SENT = auto()
    """The form was open when it was sent, so that has to be taken back first."""


def effect_of_tick(status: AccountStatus, step: StepStatus, record: Record, playbook: Playbook) -> TickEffect:
    """What ticking one of the steps does, apart from RESTORE, which the record alone does not say."""
    if step.id == StepId.OPEN and step.state is StepState.DONE and status.objection_in_force is not None:
        return TickEffect.NONE_WHILE_SENT
    if step.is_reopenable:
        return TickEffect.REOPEN
    is_said_by_tick = step.id == StepId.OPEN or (
        step.id == StepId.IDENTIFY and not _is_link_asked(status.account, record, playbook)
    )
    return TickEffect.TICK_DONE if is_said_by_tick else TickEffect.OPEN_STEP


def _is_link_asked(account: Account, record: Record, playbook: Playbook) -> bool:
    """Whether it is open how an account is linked, which a tick alone does not say."""
    question = linking_question(record, playbook)
    return question is not None and account.linked_group is None and account in question.accounts


def events_resting_on(account: Account, step: str) -> tuple[Event, ...]:
    """The entries in force that no longer count once a step is taken back: objections, what was sent, what came back.

    With the objection all that was about it goes. What Meta answered is taken back by itself.
    """
    return tuple(
        event
        for event in events_in_force(account.events)
        if rules_of(event.kind).role in _ROLES_ABOUT_AN_OBJECTION
        and (step == StepId.SUBMIT or (step == StepId.REPLY and step_recorded_by(event) == step))
    )


def taking_back_question(account: Account, step: str, overview: Overview, playbook: Playbook) -> ChoiceQuestion | None:
    """The question before a step is taken back: what no longer counts then, the newest first; None where nothing goes."""
    sentences = _sentences_of_taking_back(account, step, overview, playbook)
    if not sentences:
        return None
    more = len(sentences) - _MAX_SENTENCES
    if more > 0:
        words = ngettext("Nor will {count} more.", "Nor will {count} more.", more)
        sentences[_MAX_SENTENCES:] = [words.format(count=format_number(more))]
    return question_before(
        _("Take back “{title}”?").format(title=step_title(step, account.platform, playbook)),
        (*sentences, _("The diary keeps all of it.")),
        leave=_("Leave it as it is"),
        go_on=_("Take it back"),
    )


def _sentences_of_taking_back(account: Account, step: str, overview: Overview, playbook: Playbook) -> list[str]:
    events = events_resting_on(account, step)
    sentences = [_no_longer_counts(event, playbook, overview.now) for event in reversed(events)]
    if any(event.kind == EventKind.FILED for event in events):
        covered = [status.account for status in overview.statuses if status.covering_account_id == account.id]
        sentences.extend(
            _("It no longer covers {account} either.").format(account=account_name(other, playbook))
            for other in covered
        )
    return sentences


RECORD_ANEW, OTHER_ACCOUNT, TAKE_ALL_BACK, IN_DIARY = "reply", "account", "all", "diary"


def wrong_reply_question(account: Account, reply_id: str, playbook: Playbook, now: datetime) -> ChoiceQuestion | None:
    """What of a recorded reply is not right: what came back, for which account, or its day and words.

    Where others count besides, all can be taken back at once. None where it no longer counts itself.
    """
    replies, reply = events_resting_on(account, StepId.REPLY), _reply_in_force(account, reply_id)
    if reply is None:
        return None
    is_about_objection = reply in replies
    all_words = ngettext(
        "None of it came: take back the {count} entry", "None of it came: take back all {count} entries", len(replies)
    ).format(count=format_number(len(replies)))
    recorded = _("Recorded: {event}, {day}").format(event=describe_event(reply, playbook), day=day_of_event(reply, now))
    answers = (
        (RECORD_ANEW, _("Something else came back: record that")),
        *([(OTHER_ACCOUNT, _("It was for another account"))] if is_about_objection else []),
        *([(TAKE_ALL_BACK, all_words)] if is_about_objection and len(replies) > 1 else []),
        (IN_DIARY, _("Its day, note or reference: correct it in the diary")),
    )
    sentences = [with_full_stop(recorded)]
    if len(replies) > 1:
        each = [dates.with_day(describe_event(event, playbook), day_of_event(event, now)) for event in replies]
        words = _("What counts for {account}: {entries}.")
        sentences.append(words.format(account=account_name(account, playbook), entries="; ".join(each)))
    return ChoiceQuestion(_("What was not right?"), answers, sentences=tuple(sentences))


def _reply_in_force(account: Account, reply_id: str) -> Event | None:
    """What came back by its id, from Meta or an authority, or what the person did then; None where it does not count."""
    return next((event for event in events_in_force(account.events) if event.id == reply_id), None)


def reply_taking_back_question(
    account: Account, reply_id: str, playbook: Playbook, now: datetime
) -> ChoiceQuestion | None:
    """The question before one reply is taken back: what no longer counts then, and what counts again. None without it."""
    replies, reply = events_resting_on(account, StepId.REPLY), _reply_in_force(account, reply_id)
    if reply is None:
        return None
    others = [event for event in replies if event.id != reply_id] if reply in replies else []
    sentences = [_no_longer_counts(reply, playbook, now)]
    if others:
        words = _("“{event}” ({day}) goes on counting.")
        sentences.append(words.format(event=describe_event(others[-1], playbook), day=day_of_event(others[-1], now)))
    return question_before(
        _("Take this back?"),
        (*sentences, _("The diary keeps all of it.")),
        leave=_("Leave it as it is"),
        go_on=_("Take it back"),
    )


def reason_not_to_skip(status: AccountStatus, step: StepStatus, playbook: Playbook) -> str:
    """Why a step cannot be left out: it is already, or an objection rests on it or is due again. Empty where it can."""
    title = step_title(step.id, status.account.platform, playbook)
    if step.state is StepState.SKIPPED:
        return _("“{title}” is left out already.").format(title=title)
    is_own = status.objection_in_force is not None and not status.covering_account_id
    if step.state is StepState.AGAIN:
        reason = _("the objection is due again")
    elif is_own and step.id in (StepId.SUBMIT, StepId.REPLY):
        reason = _("your objection rests on it")
    else:
        return ""
    return _("“{title}” cannot be left out: {reason}.").format(title=title, reason=reason)


def _no_longer_counts(event: Event, playbook: Playbook, now: datetime) -> str:
    return _("“{event}” of {day} will not count any more.").format(
        event=describe_event(event, playbook), day=day_of_event(event, now)
    )
