"""What to know before a confirmed objection is sent once more: it goes on counting, and what would ask for a new one."""

from typing import NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.vocabulary import CONFIRMED_STATES

_WHEN_TO_REPEAT = ("coverage.email", "coverage.later", "coverage.each")
_STEPS_TO_SEND = (StepId.OPEN, StepId.SUBMIT)


class ObjectingAgainQuestion(NamedTuple):
    """The question before a confirmed objection is sent once more, with the words of its two answers."""

    title: str
    sentences: tuple[str, ...]
    leave: str
    go_on: str


def objecting_again_question(
    status: AccountStatus, step: str, overview: Overview, playbook: Playbook
) -> ObjectingAgainQuestion | None:
    """The question before this step is opened; None where Meta confirmed nothing for the account, or a task leads there."""
    objection, confirmed_at = status.objection, status.since
    is_confirmed = status.state in CONFIRMED_STATES and objection is not None and not status.recheck_reasons
    task = overview.next_task_for(status.account.id)
    leads_here = task is not None and task.is_due(overview.now) and task.step_id in _STEPS_TO_SEND
    if step not in _STEPS_TO_SEND or not is_confirmed or leads_here or objection is None or confirmed_at is None:
        return None
    sent, confirmed = (dates.format_local_day(at, overview.now) for at in (objection.at, confirmed_at))
    stands = (
        f"Your objection of {sent} is confirmed, since {confirmed}. It goes on counting, also while a new one waits.",
        "We know of no need for a new one as long as nothing changed: not the e-mail address, not what is linked.",
    )
    told = {statement.id for statement in playbook.statements}
    return ObjectingAgainQuestion(
        f"{account_name(status.account, playbook)}: object again?",
        (*stands, *(playbook.texts.sentence(id) for id in _WHEN_TO_REPEAT if id in told)),
        leave="Leave it as it is",
        go_on="Object again all the same",
    )
