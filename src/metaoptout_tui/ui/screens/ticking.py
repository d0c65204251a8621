"""Ticking a step of the checklist, taking that back (asked first where an objection rests on it), and leaving one out.

The same key gives back what was taken back.
"""

from collections.abc import Callable

from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.objection.sentences import step_title
from metaoptout_tui.core.objection.status import AccountStatus, TickEffect
from metaoptout_tui.core.objection.step_status import StepStatus
from metaoptout_tui.core.objection.taking_back import reason_not_to_skip, taking_back_sentences
from metaoptout_tui.core.record.vocabulary import StepState
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption

_LEAVE, _TAKE_BACK = "leave", "take-back"
_MAX_SENTENCES = 6


def tick_step(
    page: BaseScreen[None],
    status: AccountStatus,
    step: StepStatus,
    *,
    go_to: Callable[[str, str], None],
    open_step: Callable[[str], None],
) -> None:
    """Tick a step, take its tick back or give that back; a step that needs more than a tick is opened.

    `go_to` highlights an account and a row of its steps, `open_step` opens the screen of a step.
    """
    session, account = page.session, status.account
    title = step_title(step.id, account.platform, session.playbook)

    def take_back() -> None:
        if page.make_change(lambda: session.diary.reopen_step(account.id, step.id)):
            page.say_undoable(_("“{title}” is open again.").format(title=title))

    match _effect_of_tick(page, status, step):
        case TickEffect.NONE_WHILE_SENT:
            words = _(
                "Nothing changed: the form was open when you sent it. {key} on step {number} takes back “{submit}”."
            )
            submit = step_title(StepId.SUBMIT, account.platform, session.playbook)
            number = 1 + [each.id for each in status.steps].index(StepId.SUBMIT)
            key = page.readable_key_of("checklist.tick")
            page.say(words.format(key=key, number=format_number(number), submit=submit))
        case TickEffect.REOPEN:
            _ask_before_taking_back(page, status, step, take_back)
        case TickEffect.MARK_DONE:
            if page.make_change(lambda: session.diary.mark_step_done(account.id, step.id)):
                _go_on(page, account.id, go_to)
        case TickEffect.OPEN_SCREEN if session.diary.can_restore_step(account.id, step.id):
            if page.make_change(lambda: session.diary.restore_step(account.id, step.id)):
                page.say(_("“{title}” counts again.").format(title=title))
        case TickEffect.OPEN_SCREEN:
            open_step(step.id)


def _effect_of_tick(page: BaseScreen[None], status: AccountStatus, step: StepStatus) -> TickEffect:
    """What ticking the step does; while it is open which of several accounts are linked, a tick alone does not say it."""
    effect = status.effect_of_tick(step)
    has_unknown_links = status.account.hub is None and len(page.session.record.accounts) > 1
    is_question = step.id == StepId.IDENTIFY and effect is TickEffect.MARK_DONE and has_unknown_links
    return TickEffect.OPEN_SCREEN if is_question else effect


def _go_on(page: BaseScreen[None], account_id: str, go_to: Callable[[str, str], None]) -> None:
    """Highlight what is next for an account, else what is next of all."""
    task = page.session.overview().task_to_go_on_with(account_id)
    if task is not None:
        go_to(task.account_id, task.row_id)


def _ask_before_taking_back(
    page: BaseScreen[None], status: AccountStatus, step: StepStatus, take_back: Callable[[], None]
) -> None:
    """Call `take_back`, after a question where something that was sent or came back no longer counts then."""
    session = page.session
    sentences = taking_back_sentences(status.account, step.id, session.overview(), session.playbook)
    if not sentences:
        take_back()
        return

    def answered(answer: ChosenOption | None) -> None:
        if answer is not None and answer.option_id == _TAKE_BACK:
            take_back()

    more = len(sentences) - _MAX_SENTENCES
    shown = list(sentences[:_MAX_SENTENCES])
    if more > 0:
        shown.append(
            ngettext("Nor will {count} more.", "Nor will {count} more.", more).format(count=format_number(more))
        )
    title = step_title(step.id, status.account.platform, session.playbook)
    page.open_form(
        ChoiceScreen(
            page.context,
            _("Take back “{title}”?").format(title=title),
            [(_LEAVE, _("Leave it as it is")), (_TAKE_BACK, _("Take it back"))],
            chosen=_LEAVE,
            help_text="\n".join((*shown, _("The diary keeps all of it."))),
        ),
        answered,
    )


def skip_step(page: BaseScreen[None], status: AccountStatus, step: StepStatus) -> None:
    """Leave a step out, or say why that cannot be."""
    title = step_title(step.id, status.account.platform, page.session.playbook)
    tick = page.readable_key_of("checklist.tick")
    if step.state is StepState.SKIPPED:
        page.say(_("“{title}” is left out already. {tick} takes that back.").format(title=title, tick=tick))
    elif reason := reason_not_to_skip(status, step):
        page.say(_("“{title}” cannot be left out: {reason}.").format(title=title, reason=reason))
    elif page.make_change(lambda: page.session.diary.skip_step(status.account.id, step.id)):
        page.say(_("Left out. {tick} takes that back.").format(tick=tick))
