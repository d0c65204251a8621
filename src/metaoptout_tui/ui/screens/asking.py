"""Asks a question over a screen, as a list of its answers."""

from collections.abc import Callable
from typing import Any

from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.dialogs import ChosenOption, choice_screen


def ask_choice(screen: BaseScreen[Any], question: ChoiceQuestion, then: Callable[[str], object]) -> None:
    """Ask, and call `then` with the id of the answer; without an answer nothing comes of it."""

    def answered(answer: ChosenOption | None) -> None:
        if answer is not None:
            then(answer.option_id)

    screen.open_form(choice_screen(screen.context, question), answered)


def ask_before(screen: BaseScreen[Any], question: ChoiceQuestion | None, go_on: Callable[[], object]) -> None:
    """Call `go_on`, where there is a question only after it was answered otherwise than with its default."""
    if question is None:
        go_on()
    else:
        ask_choice(screen, question, lambda answer: answer != question.default and go_on())
