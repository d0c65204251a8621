"""What to know before an objection that is confirmed, or waits for Meta, is sent once more."""

from metaoptout_tui.core.choice_question import ChoiceQuestion, question_before
from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.event_sentences import day_of_event
from metaoptout_tui.core.objection.lifecycle import first_of_sent_again
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.sentences import day_of_state
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import CONFIRMED_STATES, AccountState, PeriodKind

_WHEN_TO_REPEAT = ("coverage.email", "coverage.later", "coverage.each")
_STEPS_TO_SEND = (StepId.OPEN, StepId.SUBMIT)


def objecting_again_question(
    status: AccountStatus, step: str, overview: Overview, playbook: Playbook
) -> ChoiceQuestion | None:
    """The question before an objection is sent once more, by this step.

    None where no objection counts or waits for the account, or where a task leads to the step.
    """
    objection = status.objection_in_force
    task = overview.next_task_for(status.account.id)
    leads_here = task is not None and task.is_due(overview.now) and task.step_id in _STEPS_TO_SEND
    if step not in _STEPS_TO_SEND or objection is None or leads_here or status.recheck_reasons:
        return None
    sent = day_of_event(_counted_from(status, objection), overview.now)
    name = account_name(status.account, playbook)
    if status.state is AccountState.FILED and status.invalidation is None:
        return question_before(
            _("{account}: already sent ({day}). Send it again?").format(account=name, day=sent),
            (
                _("It counts from that day, and Meta's answer to it is awaited. A second one is not needed for that."),
                _("Send it again if you know that it did not reach Meta, or if nothing came after three days."),
            ),
            leave=_("Leave it as it is"),
            go_on=_("Send it again all the same"),
        )
    if status.state not in CONFIRMED_STATES or status.since is None:
        return None
    confirmed = day_of_state(status, status.since, overview.now)
    stands = (
        _(
            "Your objection of {sent} is confirmed, since {confirmed}. It goes on counting, also while a new one waits."
        ).format(sent=sent, confirmed=confirmed),
        _("We know of no need for a new one as long as nothing changed: not the e-mail address, not what is linked."),
    )
    statement_ids = {statement.id for statement in playbook.statements}
    return question_before(
        _("{account}: object again?").format(account=name),
        (*stands, *(playbook.texts.sentence(id) for id in _WHEN_TO_REPEAT if id in statement_ids)),
        leave=_("Leave it as it is"),
        go_on=_("Object again all the same"),
    )


def _counted_from(status: AccountStatus, objection: Event) -> Event:
    """The objection from which Meta's time runs, where one was sent again; else the one in force."""
    first, deadline = first_of_sent_again(status.outcome), status.current_deadline(PeriodKind.ANSWER)
    if first is None:
        return objection
    return deadline.started_by if deadline is not None and deadline.started_by.kind == EventKind.FILED else first
