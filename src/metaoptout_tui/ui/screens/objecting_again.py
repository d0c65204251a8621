"""The question before an objection is sent once more; answering it leads to the screen of the step."""

from collections.abc import Callable

from metaoptout_tui.core.objection.objecting_again import objecting_again_question
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption

_LEAVE, _GO_ON = "leave", "go-on"


def ask_before_objecting_again(
    page: BaseScreen[None], status: AccountStatus, step: str, go_on: Callable[[], None]
) -> None:
    """Call `go_on`, after a question where the account's objection counts or waits and nothing asks for a new one.

    A record that can only be read gets no new objection, so nothing is asked there.
    """
    if page.session.history.read_only_reason:
        go_on()
        return
    question = objecting_again_question(status, step, page.session.overview(), page.session.playbook)
    if question is None:
        go_on()
        return

    def answered(answer: ChosenOption | None) -> None:
        if answer is not None and answer.option_id == _GO_ON:
            go_on()

    rows = [(_LEAVE, question.leave), (_GO_ON, question.go_on)]
    help_text = "\n".join(question.sentences)
    page.open_form(ChoiceScreen(page.context, question.title, rows, chosen=_LEAVE, help_text=help_text), answered)
