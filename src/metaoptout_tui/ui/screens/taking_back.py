"""Taking back a step of the checklist, asked first where an objection rests on it, and leaving one out."""

from metaoptout_tui.core.objection.sentences import step_title
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.step_status import StepStatus
from metaoptout_tui.core.objection.taking_back import reason_not_to_skip, taking_back_sentences
from metaoptout_tui.core.record.vocabulary import StepState
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption

_LEAVE, _TAKE_BACK = "leave", "take-back"
_MAX_SENTENCES = 6


def ask_before_taking_back(page: BaseScreen[None], status: AccountStatus, step: StepStatus) -> None:
    """Take a step back; first ask where something that was sent or came back no longer counts then."""
    session = page.session
    title = step_title(step.id, status.account.platform, session.playbook)

    def take_back() -> None:
        if page.make_change(lambda: session.diary.reopen_step(status.account.id, step.id)):
            page.say_undoable(f"“{title}” is open again.")

    sentences = taking_back_sentences(status.account, step.id, session.overview(), session.playbook)
    if not sentences:
        take_back()
        return

    def answered(answer: ChosenOption | None) -> None:
        if answer is not None and answer.option_id == _TAKE_BACK:
            take_back()

    more = len(sentences) - _MAX_SENTENCES
    shown = (*sentences[:_MAX_SENTENCES], *([f"Nor will {more} more."] if more > 0 else []))
    page.open_form(
        ChoiceScreen(
            page.context,
            f"Take back “{title}”?",
            [(_LEAVE, "Leave it as it is"), (_TAKE_BACK, "Take it back")],
            chosen=_LEAVE,
            help_text="\n".join((*shown, "The diary keeps all of it.")),
        ),
        answered,
    )


def skip_step(page: BaseScreen[None], status: AccountStatus, step: StepStatus) -> None:
    """Leave a step out, or say why that cannot be."""
    title = step_title(step.id, status.account.platform, page.session.playbook)
    tick = page.readable_key_of("checklist.tick")
    if step.state is StepState.SKIPPED:
        page.say(f"“{title}” is left out already. {tick} takes that back.")
    elif reason := reason_not_to_skip(status, step):
        page.say(f"“{title}” cannot be left out: {reason}.")
    elif page.make_change(lambda: page.session.diary.skip_step(status.account.id, step.id)):
        page.say(f"Left out. {tick} takes that back.")
