"""What is asked once before a letter: the name it is signed with, the address, the profile, what the account was called."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from metaoptout_tui.app.letters.letter_sender import FORMER_NAMES as _FORMER_NAMES
from metaoptout_tui.app.letters.letter_sender import owner_of
from metaoptout_tui.app.letters.letters import LetterDraft, is_to_people
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name, needs_whole_name
from metaoptout_tui.core.record.accounts import Account
from metaoptout_tui.core.text import clean_line


class QuestionOfLetter(StrEnum):
    """What is asked once before a letter that has a placeholder of this name.

    FORMER_NAMES is asked of an account that the person cannot log in to, and not called missing where they know none.
    """

    NAME = "name"
    ADDRESS = "sender-address"
    WHOSE_NAME = "whose-name"
    PROFILE = "profile"
    FORMER_NAMES = _FORMER_NAMES


_QUESTIONS: Mapping[QuestionOfLetter, tuple[str, tuple[str, ...]]] = {
    QuestionOfLetter.NAME: (
        mark("What is your name?"),
        (mark("Your letters are signed with it. It stays in your record."),),
    ),
    QuestionOfLetter.ADDRESS: (
        mark("What is your postal address?"),
        (
            mark("Street and number, a comma, then postcode and place, as your country writes them."),
            mark("It stands at the head of your letters, with the place beside the date. It stays in your record."),
        ),
    ),
    QuestionOfLetter.WHOSE_NAME: (
        mark("{account}: what are first name and surname?"),
        (
            mark("Meta and the authority have to know whose data it is about. The surname may be another than yours."),
            mark("It stays with this row of your list."),
        ),
    ),
    QuestionOfLetter.PROFILE: (
        mark("{account}: what is the address of the profile?"),
        (
            mark("Meta finds the account by it: open your profile and copy its address."),
            mark("It stays with this account. Leave it open if the account has none."),
        ),
    ),
    QuestionOfLetter.FORMER_NAMES: (
        mark("{account}: which names and e-mail addresses did it have?"),
        (
            mark("You cannot log in, so Meta finds the account by them: old ones too."),
            mark(
                "Letters name the account as your list does. If that is only your own word for it, change its name there."
            ),
            mark("They stay with this account."),
        ),
    ),
}
_WHOSE_ACCOUNT = (
    mark("{account}: is it your child's account?"),
    (
        mark("If so, write first name and surname of the child: letters about it are then written for the child."),
        mark("If it is your own, leave it empty."),
    ),
)
_PROFILE_WITHOUT_LOG_IN = mark(
    "Meta finds the account by it. You cannot log in: search the web for your name and open the "
    "profile, or ask a friend to copy its address."
)


def letter_question(question: QuestionOfLetter, status: AccountStatus, playbook: Playbook) -> ChoiceQuestion:
    """A question before a letter about an account; its answer is typed."""
    asked = sender_question(question, account_name(status.account, playbook))
    if question is QuestionOfLetter.PROFILE and status.why_no_log_in is not None:
        return asked._replace(sentences=(_(_PROFILE_WITHOUT_LOG_IN),))
    return asked


def questions_kept_with(account: Account, playbook: Playbook) -> tuple[QuestionOfLetter, ...]:
    """What letters have of an account beside its former names: its profile, and the name of a child whose it is.

    Of data from elsewhere it is the whole name of a child, where only the first name is known.
    """
    if not account.is_from_elsewhere:
        return QuestionOfLetter.PROFILE, QuestionOfLetter.WHOSE_NAME
    return (QuestionOfLetter.WHOSE_NAME,) if needs_whole_name(account, playbook) else ()


def question_whose_account_it_is(account: str) -> ChoiceQuestion:
    """The question whether an account of this name is that of the person's child; its answer is typed."""
    title, sentences = _WHOSE_ACCOUNT
    return ChoiceQuestion(_(title).format(account=account), (), sentences=tuple(map(_, sentences)))


def sender_question(question: QuestionOfLetter, account: str = "") -> ChoiceQuestion:
    """A question about the person, or about the account of this name, for letters; its answer is typed."""
    title, sentences = _QUESTIONS[question]
    return ChoiceQuestion(_(title).format(account=account), (), sentences=tuple(map(_, sentences)))


def open_questions_of(letter: LetterDraft) -> tuple[QuestionOfLetter, ...]:
    """What to ask before a letter is shown: what it leaves open, if the person was not asked and changed nothing in it."""
    session = letter.context.session
    if session.drafts.read(letter.draft_key):
        return ()
    missing = {*letter.prefilled.placeholders}
    status = letter.context.session.view.require_status(letter.account_id)
    if status.why_no_log_in is not None and not status.account.is_from_elsewhere and not is_to_people(letter.id):
        missing.add(QuestionOfLetter.FORMER_NAMES)
    return tuple(
        question
        for question in QuestionOfLetter
        if question in missing
        and question not in session.remembered.of(owner_of(question, letter.account_id)).questions_asked
    )


def remember_answer(letter: LetterDraft, question: QuestionOfLetter, answer: str) -> None:
    """Keep the answer to a question for all letters; an empty one leaves the placeholder, and it is not asked again."""
    remembered, owner = letter.context.session.remembered, owner_of(question, letter.account_id)
    before, words = remembered.of(owner), clean_line(answer)
    for_letters = {**before.for_letters, str(question): words} if words else before.for_letters
    asked = before.questions_asked | {str(question)}
    remembered.save(owner, replace(before, for_letters=for_letters, questions_asked=asked))
