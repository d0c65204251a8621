"""Doing the steps of an account, each in a dialogue of its own, and what comes after each."""

from collections.abc import Callable, Mapping

from metaoptout_tui.app.accounts.ticks import tick_of
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.formatting import labelled, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.objecting_again import objecting_again_question
from metaoptout_tui.core.objection.offers import words_on_covered_accounts
from metaoptout_tui.core.objection.sentences import step_title, what_comes_next, why_nothing_came_back
from metaoptout_tui.core.objection.step_status import StepStatus
from metaoptout_tui.core.objection.ticking import TickEffect, reason_not_to_skip
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.guide_lines import StepLines
from metaoptout_tui.plain.linked_accounts import list_linked_accounts
from metaoptout_tui.plain.objection_form import open_objection_form, send_objection_form
from metaoptout_tui.plain.reply import record_reply
from metaoptout_tui.plain.review import review_account
from metaoptout_tui.plain.typed_words import typed_word

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
        if why := why_nothing_came_back(status, step):
            context.say(why)
            step = StepId.SUBMIT
        title = step_title(step, status.account.platform, context.playbook)
        context.dialogue.say_part(context.whose_record, with_full_stop(labelled(context.name_of(account_id), title)))
        lines = StepLines(context, status, step)
        context.say(*lines.first())
        context.session.current_record.require_writable()
        question = objecting_again_question(status, step, context.session.overview(), context.playbook)
        if is_first and question is not None and not question.goes_on_with(context.dialogue.ask(question)):
            return
        is_first = False
        with context.dialogue.guided(more=lines.everything, sources=lines.sources):
            is_finished = STEP_DIALOGUES[step](context, account_id)
        finished, step = step, ""
        if is_finished:
            step = context.session.overview().step_opened_after(account_id, finished)
            if finished != StepId.REPLY:  # which says what it recorded
                context.say(_("Recorded."))
            if not step and finished == StepId.SUBMIT:
                context.say(words_on_covered_accounts(context.session.overview(), account_id))
            if not step:
                context.say(what_comes_next(context.session.overview(), account_id, context.playbook))


def tick_or_reopen_step(context: PlainContext, account_id: str) -> None:
    """Ask for a step, and tick it or take its tick back; one that needs more than a tick is done."""
    context.session.current_record.require_writable()
    step = choose_step(context, account_id)
    tick = tick_of(context.session, context.status(account_id), step)
    with context.dialogue.back_to():
        if tick.effect is TickEffect.OPEN_STEP:
            do_step(context, account_id, step.id)
        elif tick.change is None or (
            context.dialogue.ask_whether_to_go_on(tick.question) and context.change(tick.change)
        ):
            context.say(tick.told)
        return
    tick_or_reopen_step(context, account_id)


def leave_step_out(context: PlainContext, account_id: str) -> None:
    """Ask for a step and leave it out, or say why it cannot be left out."""
    context.session.current_record.require_writable()
    step = choose_step(context, account_id)
    status = context.status(account_id)
    if reason := reason_not_to_skip(status, step, context.playbook):
        context.say(reason)
    elif context.change(lambda: context.session.diary_service.skip_step(account_id, step.id)):
        title = step_title(step.id, status.account.platform, context.playbook)
        context.say(
            _("“{step}” is left out. Type {undo} to take that back.").format(step=title, undo=typed_word("undo"))
        )


def write_note(context: PlainContext, account_id: str) -> None:
    """Ask for a step and a note to it, and write it into the diary."""
    context.session.current_record.require_writable()
    step = choose_step(context, account_id)
    with context.dialogue.back_to():
        _write_note_to(context, account_id, step)
        return
    write_note(context, account_id)


def _write_note_to(context: PlainContext, account_id: str, step: StepStatus) -> None:
    key, drafts = make_draft_key("note", account_id, step.id), context.session.drafts
    note = drafts.read(key).get("text", "")
    if note:
        context.dialogue.say_part(_("You began this note:"), note)
    if not note or not context.dialogue.ask_yes_or_no(
        _("Keep it as it stands?"), default=True, why=_("You began it and did not record it.")
    ):
        note = context.dialogue.ask_text(
            _("What do you want to note?"),
            help=(_("It stays in your file."),),
            save=lambda text: drafts.save(key, {"text": text}),
        )
    if context.change(lambda: context.session.diary_service.record_note(account_id, step.id, note)):
        context.say(_("Noted."))


def choose_step(context: PlainContext, account_id: str) -> StepStatus:
    """Ask for a step of an account."""
    status = context.status(account_id)
    options = [(step.id, step_title(step.id, status.account.platform, context.playbook)) for step in status.steps]
    chosen = context.dialogue.choose(_("Which step?"), options)
    return next(step for step in status.steps if step.id == chosen)
