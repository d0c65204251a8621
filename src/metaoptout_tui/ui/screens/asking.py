"""Asks a question over a screen, as a list of its answers."""

from collections.abc import Callable
from typing import Any

from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.dialogs import ChosenOption, choice_screen


def ask_choice(
    screen: BaseScreen[Any], question: ChoiceQuestion, then: Callable[[str], object], *, is_menu: bool = False
) -> None:
    """Ask, and call `then` with the id of the answer; without an answer nothing comes of it.

    Of a menu, whose answers record nothing by themselves, the first one is highlighted.
    """

    def answered(answer: ChosenOption | None) -> None:
        if answer is not None:
            then(answer.option_id)

    screen.open_form(choice_screen(screen.context, question, is_menu=is_menu), answered)


def ask_before(screen: BaseScreen[Any], question: ChoiceQuestion | None, go_on: Callable[[], object]) -> None:
    """Call `go_on`, where there is a question only after it was answered otherwise than with its default."""
    if question is None:
        go_on()
    else:
        ask_choice(screen, question, lambda answer: answer != question.default and go_on())


def ask_meant_address(screen: BaseScreen[Any], typed: str, then: Callable[[str], object]) -> None:
    """Call `then` with the address; asked first which is meant where it seems to be mistyped."""
    from metaoptout_tui.app.email_corrections import slip_question

    question = slip_question(screen.session, typed)
    if question is None:
        then(typed)
    else:
        ask_choice(screen, question, then)


def ask_accounts_to_correct(
    screen: BaseScreen[Any], former: str, address: str, then: Callable[[tuple[str, ...]], object]
) -> None:
    """Call `then` with the accounts that have the new address now, asked where there are accounts with the `former`."""
    from metaoptout_tui.app.email_corrections import corrected_ids, correction_question

    question = correction_question(screen.session, former, address)
    if question is None:
        then(())
    else:
        ask_choice(screen, question, lambda answer: then(corrected_ids(screen.session, former, answer)))


def ask_about_changed_address(
    screen: BaseScreen[Any], former: str, typed: str, then: Callable[[str, tuple[str, ...]], object]
) -> None:
    """Call `then` with the address that is meant and the accounts that have it now in place of the `former`."""

    def ask_accounts(address: str) -> None:
        ask_accounts_to_correct(screen, former, address, lambda ids: then(address, ids))

    ask_meant_address(screen, typed, ask_accounts)
