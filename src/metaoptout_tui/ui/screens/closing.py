"""Asks before a case is closed while a complaint is still running."""

from collections.abc import Callable
from typing import Any

from metaoptout_tui.core.objection.closing import closing_question
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption

_LEAVE_OPEN, _CLOSE = "leave", "close"


def ask_before_closing(page: BaseScreen[Any], account_id: str, close: Callable[[], object]) -> None:
    """Call `close`, asked first where a complaint about the account is still running."""
    status = page.session.overview().status_of(account_id)
    question = closing_question(status, page.session.now()) if status is not None else None
    if question is None:
        close()
        return

    def answered(answer: ChosenOption | None) -> None:
        if answer is not None and answer.option_id == _CLOSE:
            close()

    rows = [(_LEAVE_OPEN, question.leave), (_CLOSE, question.close)]
    help_text = question.explanation
    page.open_form(ChoiceScreen(page.context, question.title, rows, chosen=_LEAVE_OPEN, help_text=help_text), answered)
