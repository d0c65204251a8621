"""What no longer counts once a step that an objection rests on is taken back, and which steps cannot be left out."""

from datetime import datetime

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.event_sentences import describe_event
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.step_status import StepStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import Account
from metaoptout_tui.core.record.event_kinds import EventKind, rules_of
from metaoptout_tui.core.record.events import Event, events_in_force, step_recorded_by
from metaoptout_tui.core.record.vocabulary import StepState

_ROLES_ABOUT_AN_OBJECTION = ("objection", "reply", "sent", "later-reply")


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


def taking_back_sentences(account: Account, step: str, overview: Overview, playbook: Playbook) -> tuple[str, ...]:
    """What no longer counts once a step is taken back, one sentence each, newest first; none where nothing goes."""
    events = events_resting_on(account, step)
    sentences = [_goes(event, playbook, overview.now) for event in reversed(events)]
    if any(event.kind == EventKind.FILED for event in events):
        covered = [status.account for status in overview.statuses if status.covering_account_id == account.id]
        sentences.extend(
            _("It no longer covers {account} either.").format(account=account_name(other, playbook))
            for other in covered
        )
    return tuple(sentences)


def reason_not_to_skip(status: AccountStatus, step: StepStatus) -> str:
    """Why a step cannot be left out: an objection rests on it, or is due again. Empty where it can."""
    if step.state is StepState.AGAIN:
        return _("the objection is due again")
    is_own = status.objection is not None and not status.covering_account_id
    return _("your objection rests on it") if is_own and step.id in (StepId.SUBMIT, StepId.REPLY) else ""


def _goes(event: Event, playbook: Playbook, now: datetime) -> str:
    return _("“{event}” of {day} will not count any more.").format(
        event=describe_event(event, playbook), day=dates.format_local_day(event.at, now)
    )
