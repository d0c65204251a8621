"""Ticking a step: what is asked before, what it changes, and what is said then."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from metaoptout_tui.app.session import Session
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.sentences import step_title
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.step_status import StepStatus
from metaoptout_tui.core.objection.ticking import TickEffect, effect_of_tick, taking_back_question


class Tick(NamedTuple):
    """What comes of a tick: its `effect`, the `change` that makes it, what is asked before, and what is said then."""

    effect: TickEffect
    told: str = ""
    question: ChoiceQuestion | None = None
    change: Callable[[], object] | None = None


def tick_of(session: Session, status: AccountStatus, step: StepStatus) -> Tick:
    """What ticking one of the steps of an account comes to now."""
    id, platform, diary, playbook = status.account.id, status.account.platform, session.diary_service, session.playbook
    title = step_title(step.id, platform, playbook)
    effect = effect_of_tick(status, step, session.record, playbook)
    if effect is TickEffect.OPEN_STEP and diary.can_restore_step(id, step.id):
        effect = TickEffect.RESTORE
    match effect:
        case TickEffect.NONE_WHILE_SENT:
            submit = step_title(StepId.SUBMIT, platform, playbook)
            number = 1 + [each.id for each in status.steps].index(StepId.SUBMIT)
            words = _(
                "Nothing changed: the form was open when you sent it. To take that back, tick step {number}, “{submit}”."
            )
            return Tick(effect, words.format(number=format_number(number), submit=submit))
        case TickEffect.REOPEN:
            words_after = _("“{title}” is open again.").format(title=title)
            question = taking_back_question(status.account, step.id, session.overview(), playbook)
            return Tick(effect, words_after, question, partial(diary.reopen_step, id, step.id))
        case TickEffect.TICK_DONE:
            words_after = _("“{title}” is done.").format(title=title)
            return Tick(effect, words_after, change=partial(diary.tick_step, id, step.id))
        case TickEffect.RESTORE:
            words_after = _("“{title}” counts again.").format(title=title)
            return Tick(effect, words_after, change=partial(diary.restore_step, id, step.id))
        case TickEffect.OPEN_STEP:
            return Tick(effect)
