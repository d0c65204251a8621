"""Doing the steps of an account, each in a dialogue of its own, and what comes after each."""

from collections.abc import Callable, Mapping

from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.formatting import labelled, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.objecting_again import objecting_again_question
from metaoptout_tui.core.objection.sentences import step_title, what_comes_next
from metaoptout_tui.core.objection.status import AccountStatus, TickEffect
from metaoptout_tui.core.objection.step_status import StepStatus
from metaoptout_tui.core.objection.taking_back import reason_not_to_skip, taking_back_sentences
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.core.record.vocabulary import StepState
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.guide_lines import StepLines
from metaoptout_tui.plain.linked_accounts import list_linked_accounts
from metaoptout_tui.plain.objection_form import open_objection_form, send_objection_form
from metaoptout_tui.plain.reply import record_reply
from metaoptout_tui.plain.review import review_account
from metaoptout_tui.plain.typed_words import typed_word

_LEAVE, _GO_ON = "leave", "go-on"

STEP_DIALOGUES: Mapping[str, Callable[[PlainContext, str], bool]] = {
    StepId.IDENTIFY: list_linked_accounts,
    StepId.OPEN: open_objection_form,
    StepId.SUBMIT: send_objection_form,
    StepId.REPLY: record_reply,
    StepId.REVIEW: review_account,
}
"""The dialogue of each step; it returns whether the person finished the step."""


def do_step(context: PlainContext, account_id: str, step: str) -> None:
    """Tell what to do at a step, ask what it needs, and go on to the step that comes at once after it."""
    is_first = True
    while step:
        status = context.status(account_id)
        if step == StepId.REPLY and status.subject_of_replies is None:
            context.say(
                _("Nothing is filed for this account itself."), _("Submit the form first, then record what came back.")
            )
            step = StepId.SUBMIT
        title = step_title(step, status.account.platform, context.playbook)
        context.dialogue.part(with_full_stop(labelled(context.name_of(account_id), title)))
        lines = StepLines(context, status, step)
        context.say(*lines.first())
        context.session.history.require_writable()
        if is_first and not _agrees_to_object_again(context, status, step):
            return
        is_first = False
        with context.dialogue.guided(more=lines.everything, sources=lines.sources):
            is_finished = STEP_DIALOGUES[step](context, account_id)
        finished, step = step, ""
        if is_finished:
            step = context.session.overview().step_opened_after(account_id, finished)
            if finished != StepId.REPLY:  # which says what it recorded
                context.say(_("Recorded."))
            if not step:
                context.say(what_comes_next(context.session.overview(), account_id, context.playbook))


def _agrees_to_object_again(context: PlainContext, status: AccountStatus, step: str) -> bool:
    """Ask first where the account's objection counts or waits and nothing asks for a new one."""
    question = objecting_again_question(status, step, context.session.overview(), context.playbook)
    if question is None:
        return True
    options = ((_LEAVE, question.leave), (_GO_ON, question.go_on))
    return context.dialogue.choose(question.title, options, default=_LEAVE, help=question.sentences) == _GO_ON


def mark_step(context: PlainContext, account_id: str) -> None:
    """Ask for a step, and tick it or take its tick back; one that needs more than a tick is done."""
    context.session.history.require_writable()
    step = choose_step(context, account_id)
    status, session = context.status(account_id), context.session
    title = step_title(step.id, status.account.platform, context.playbook)
    match status.effect_of_tick(step):
        case TickEffect.NONE_WHILE_SENT:
            submit = step_title(StepId.SUBMIT, status.account.platform, context.playbook)
            context.say(_("The form was open when you sent it."), _("Take back “{step}” first.").format(step=submit))
        case TickEffect.REOPEN:
            if _agrees_to_take_back(context, account_id, step.id) and context.change(
                lambda: session.diary.reopen_step(account_id, step.id)
            ):
                context.say(_("“{step}” is open again.").format(step=title))
        case TickEffect.MARK_DONE:
            if context.change(lambda: session.diary.mark_step_done(account_id, step.id)):
                context.say(_("“{step}” is done.").format(step=title))
        case TickEffect.OPEN_SCREEN if session.diary.can_restore_step(account_id, step.id):
            if context.change(lambda: session.diary.restore_step(account_id, step.id)):
                context.say(_("“{step}” counts again.").format(step=title))
        case TickEffect.OPEN_SCREEN:
            do_step(context, account_id, step.id)


def _agrees_to_take_back(context: PlainContext, account_id: str, step: str) -> bool:
    """Ask first where something that was sent or came back no longer counts once the step is open again."""
    status = context.status(account_id)
    sentences = taking_back_sentences(status.account, step, context.session.overview(), context.playbook)
    if not sentences:
        return True
    title = step_title(step, status.account.platform, context.playbook)
    help = (*sentences, _("The diary keeps all of it."))
    return context.dialogue.agrees(_("Take back “{step}”?").format(step=title), default=False, help=help)


def leave_step_out(context: PlainContext, account_id: str) -> None:
    """Ask for a step and leave it out, or say why it cannot be left out."""
    context.session.history.require_writable()
    step = choose_step(context, account_id)
    status = context.status(account_id)
    title = step_title(step.id, status.account.platform, context.playbook)
    if step.state is StepState.SKIPPED:
        context.say(_("“{step}” is left out already.").format(step=title))
    elif reason := reason_not_to_skip(status, step):
        context.say(_("“{step}” cannot be left out: {reason}.").format(step=title, reason=reason))
    elif context.change(lambda: context.session.diary.skip_step(account_id, step.id)):
        context.say(
            _("“{step}” is left out. Type {undo} to take that back.").format(step=title, undo=typed_word("undo"))
        )


def write_note(context: PlainContext, account_id: str) -> None:
    """Ask for a step and a note to it, and write it into the diary."""
    context.session.history.require_writable()
    step = choose_step(context, account_id)
    key, history = make_draft_key("note", account_id, step.id), context.session.history
    note = history.draft(key).get("text", "")
    if note:
        context.dialogue.part(_("You began this note:"), note)
    if not note or not context.dialogue.agrees(_("Keep it as it stands?"), default=True):
        note = context.dialogue.write_text(
            _("What do you want to note?"),
            help=(_("It stays in your file."),),
            save=lambda text: history.save_draft(key, {"text": text}),
        )
    if context.change(lambda: context.session.diary.record_note(account_id, step.id, note)):
        context.say(_("Noted."))


def choose_step(context: PlainContext, account_id: str) -> StepStatus:
    """Ask for a step of an account."""
    status = context.status(account_id)
    options = [(step.id, step_title(step.id, status.account.platform, context.playbook)) for step in status.steps]
    chosen = context.dialogue.choose(_("Which step?"), options)
    return next(step for step in status.steps if step.id == chosen)
