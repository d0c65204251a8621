"""Asks a question over a screen, as a list of its answers."""

from collections.abc import Callable, Mapping
from typing import Any

from metaoptout_tui.app.accounts.review_answers import (
    AnswerSuggestion,
    known_answer_text,
    point_question,
    suggest_answers,
)
from metaoptout_tui.app.record.email_entries import AddressCorrection
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.guidance.playbook import ReviewPoint
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption


class MenuScreen(ChoiceScreen):
    """Asks what to do next, or which of several things to look at. The first row is highlighted."""

    is_menu = True


def choice_screen(context: AppContext, question: ChoiceQuestion, *, is_menu: bool = False) -> ChoiceScreen:
    """Asks a question; of a menu the first answer is highlighted."""
    kind = MenuScreen if is_menu else ChoiceScreen
    help_text = "\n".join(question.sentences)
    return kind(context, question.title, question.answers, chosen=question.default, help_text=help_text)


def ask_choice(
    screen: BaseScreen[Any], question: ChoiceQuestion, then: Callable[[str], object], *, is_menu: bool = False
) -> None:
    """Ask, and call `then` with the id of the answer; without an answer nothing comes of it.

    Of a menu, whose answers record nothing by themselves, the first one is highlighted.
    """

    def answered(answer: ChosenOption | None) -> None:
        if answer is not None:
            then(answer.option_id)

    screen.open_made_screen(choice_screen(screen.context, question, is_menu=is_menu), answered)


def ask_before(screen: BaseScreen[Any], question: ChoiceQuestion | None, go_on: Callable[[], object]) -> None:
    """Call `go_on`; where there is a question before it, only with an answer that goes on."""
    if question is None:
        go_on()
    else:
        ask_choice(screen, question, lambda answer: question.goes_on_with(answer) and go_on())


def undo_last_change(screen: BaseScreen[Any], account_id: str) -> None:
    """Take back the last change, show which it was and how to get it back; asked first where it is not of this account."""
    from metaoptout_tui.app.undo_sentences import question_before_undo_elsewhere, words_on_undone

    def undo() -> None:
        change = screen.session.undo_stack.undo()
        screen.go_to_change(change)
        key = screen.readable_key_of(f"{screen.SCREEN_ID}.redo")
        screen.say(words_on_undone(change, screen.session, key))
        screen.update_content()

    ask_before(screen, question_before_undo_elsewhere(screen.session, account_id), undo)


def ask_meant_address(screen: BaseScreen[Any], typed: str, then: Callable[[str], object]) -> None:
    """Call `then` with the address; asked first which is meant where it seems to be mistyped."""
    from metaoptout_tui.app.accounts.email_corrections import slip_question

    question = slip_question(screen.session, typed)
    if question is None:
        then(typed)
    else:
        ask_choice(screen, question, then)


def ask_accounts_to_correct(
    screen: BaseScreen[Any],
    former: str,
    address: str,
    then: Callable[[AddressCorrection], object],
    *,
    chosen_for_id: str = "",
) -> None:
    """Call `then` with the accounts that have the new address now, asked where there are accounts with the `former`.

    Not about the account `chosen_for_id`, for whose form it was chosen.
    """
    from metaoptout_tui.app.accounts.email_corrections import corrected_ids, correction_question

    session = screen.session
    question = correction_question(session, former, address, chosen_for_id=chosen_for_id)
    if question is None:
        then(AddressCorrection())
        return

    def answered(answer: str) -> None:
        ids = corrected_ids(session, former, answer, chosen_for_id=chosen_for_id)
        ask_whether_mistyped(screen, ids, former, address, lambda mistyped: then(AddressCorrection(ids, mistyped)))

    ask_choice(screen, question, answered)


def ask_whether_mistyped(
    screen: BaseScreen[Any], account_ids: tuple[str, ...], former: str, address: str, then: Callable[[bool], object]
) -> None:
    """Call `then` with whether the `former` address was only mistyped here; asked where something was sent with it."""
    from metaoptout_tui.app.accounts.email_corrections import is_mistyped, mistyped_question

    question = mistyped_question(screen.session, account_ids, former, address)
    if question is None:
        then(False)
    else:
        ask_choice(screen, question, lambda answer: then(is_mistyped(answer)))


def ask_about_changed_address(
    screen: BaseScreen[Any], former: str, typed: str, then: Callable[[str, AddressCorrection], object]
) -> None:
    """Call `then` with the address that is meant, and for which accounts it stands in place of the `former`."""

    def ask_accounts(address: str) -> None:
        ask_accounts_to_correct(screen, former, address, lambda correction: then(address, correction))

    ask_meant_address(screen, typed, ask_accounts)


def ask_address_of_account(
    screen: BaseScreen[Any], account_id: str, typed: str, then: Callable[[str, bool], object]
) -> None:
    """Call `then` with the address that is meant for an account (empty: a new one), and whether its former was mistyped."""

    def ask_about_former(address: str) -> None:
        old = screen.session.record.account_by_id(account_id)
        ids = (account_id,) if old is not None else ()
        ask_whether_mistyped(screen, ids, old.email if old else "", address, lambda is_so: then(address, is_so))

    ask_meant_address(screen, typed, ask_about_former)


def suggestions_for(context: AppContext, status: AccountStatus) -> Mapping[str, AnswerSuggestion]:
    """The suggested answers that were not given yet, by review point."""
    return suggest_answers(context.session, context.chat_scan, status)


def point_question_screen(context: AppContext, status: AccountStatus, point: ReviewPoint) -> ChoiceScreen:
    """Asks for the answer to a review point, with the suggested or present answer highlighted."""
    playbook, suggestion = context.session.playbook, suggestions_for(context, status).get(point.id)
    help = [known_answer_text(context.session, status.account.id, point), playbook.texts.sentence(f"{point.id}.how")]
    if suggestion is not None:
        help.insert(0, f"{suggestion.sentence(playbook)} {_('Esc leaves it as it is.')}")
    question = point_question(point, status, suggestion, playbook)
    return choice_screen(context, question._replace(sentences=tuple(filter(None, help))))
