"""Taking back a step of the checklist: asked first where an objection rests on it, and given back by the same key."""

from collections.abc import Callable

from metaoptout_tui.core.objection.sentences import step_title
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.step_status import StepStatus
from metaoptout_tui.core.objection.taking_back import taking_back_sentences
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption

_LEAVE, _TAKE_BACK = "leave", "take-back"
_MAX_SENTENCES = 6


def ask_before_taking_back(
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
    shown = (*sentences[:_MAX_SENTENCES], *([f"Nor will {more} more."] if more > 0 else []))
    title = step_title(step.id, status.account.platform, session.playbook)
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
