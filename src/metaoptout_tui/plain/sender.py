"""What letters have of the person and of an account, told and changed in lines: name, postal address, profile."""

from collections.abc import Callable

from metaoptout_tui.app.letters.letter_questions import (
    QuestionOfLetter,
    check_of,
    question_whose_account_it_is,
    sender_question,
)
from metaoptout_tui.app.letters.letter_sender import remember_changed, remembered_in_one_line
from metaoptout_tui.plain.context import PlainContext


class SenderQuestions:
    """Questions about the person, or about the account of `account_id`. `save` keeps what was answered otherwise than before.

    Where the person `has_moved`, as they just said, their former postal address is not offered.
    """

    def __init__(
        self,
        context: PlainContext,
        questions: tuple[QuestionOfLetter, ...],
        account_id: str = "",
        *,
        has_moved: Callable[[], bool] = lambda: False,
    ) -> None:
        self._context, self._account_id, self._has_moved = context, account_id, has_moved
        self._answers: dict[str, str] = {
            each: remembered_in_one_line(context.session, account_id, each) for each in questions
        }

    @property
    def in_turn(self) -> tuple[Callable[[], None], ...]:
        """What asks each of them."""
        return tuple(lambda question=each: self._ask(question) for each in self._answers)

    def _ask(self, question: QuestionOfLetter) -> None:
        whose = self._context.person_asked_about
        account = self._context.session.record.account_by_id(self._account_id)
        name = self._context.name_of(self._account_id) if account else ""
        is_about_own_child = question is QuestionOfLetter.WHOSE_NAME and account and not account.is_from_elsewhere
        asked = question_whose_account_it_is(name) if is_about_own_child else sender_question(question, name, whose)
        is_former = question is QuestionOfLetter.ADDRESS and self._has_moved()
        self._answers[question] = self._context.dialogue.ask_line(
            asked.title,
            default="" if is_former else self._answers[question],
            is_optional=True,
            help=asked.sentences,
            check=check_of(question),
        )

    def save(self) -> None:
        """Let letters remember the answers; what was emptied is forgotten."""
        remember_changed(self._context.session, self._account_id, self._answers)
