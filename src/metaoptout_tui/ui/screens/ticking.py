"""Ticking a step of the checklist, taking that back (asked first where an objection rests on it), and leaving one out.

The same key gives back what was taken back.
"""

from collections.abc import Callable
from functools import partial

from metaoptout_tui.app.accounts.ticks import tick_of
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.step_status import StepStatus
from metaoptout_tui.core.objection.ticking import TickEffect, reason_not_to_skip
from metaoptout_tui.core.record.vocabulary import StepState
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.asking import ask_before


def tick_step(
    screen: BaseScreen[None],
    status: AccountStatus,
    step: StepStatus,
    *,
    go_to: Callable[[str, str], None],
    open_step: Callable[[str], None],
) -> None:
    """Tick a step, take its tick back or give that back; a step that needs more than a tick is opened.

    `go_to` highlights an account and a row of its steps, `open_step` opens the screen of a step.
    """
    tick = tick_of(screen.session, status, step)

    def make(change: Callable[[], object]) -> None:
        if not screen.make_change(change):
            return
        if tick.effect is TickEffect.TICK_DONE:
            _go_on(screen, status.account.id, go_to)
        elif tick.effect is TickEffect.REOPEN:
            screen.say_undoable(tick.told)
        else:
            screen.say(tick.told)

    if tick.effect is TickEffect.OPEN_STEP:
        open_step(step.id)
    elif tick.change is None:
        screen.say(tick.told)
    else:
        ask_before(screen, tick.question, partial(make, tick.change))


def _go_on(screen: BaseScreen[None], account_id: str, go_to: Callable[[str, str], None]) -> None:
    """Highlight what is next for an account, else what is next of all."""
    task = screen.session.overview().task_to_go_on_with(account_id)
    if task is not None:
        go_to(task.account_id, task.row_id)


def skip_step(screen: BaseScreen[None], status: AccountStatus, step: StepStatus) -> None:
    """Leave a step out, or say why that cannot be."""
    tick = screen.readable_key_of("checklist.tick")
    if reason := reason_not_to_skip(status, step, screen.session.playbook):
        how = _("{key} takes that back.").format(key=tick) if step.state is StepState.SKIPPED else ""
        screen.say(f"{reason} {how}".rstrip())
    elif screen.make_change(lambda: screen.session.diary_service.skip_step(status.account.id, step.id)):
        screen.say(_("Left out. {tick} takes that back.").format(tick=tick))
