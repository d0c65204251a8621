"""What is asked once before a letter: the name it is signed with, the address, the profile, what the account was called."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum

from metaoptout_tui.app.letters.doubtful_answers import check_of_postal_address, check_of_profile
from metaoptout_tui.app.letters.letter_sender import FORMER_NAMES as _FORMER_NAMES
from metaoptout_tui.app.letters.letter_sender import owner_of
from metaoptout_tui.app.letters.letters import LetterDraft, is_to_people
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.letters.letters import EVENT_KIND_BY_LETTER
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name, named_person, needs_whole_name
from metaoptout_tui.core.record.accounts import (
    WRITES_AS_REPRESENTATIVE,
    WRITES_FOR_ONESELF,
    WRITES_WITH_PERMISSION,
    Account,
    Record,
)
from metaoptout_tui.core.record.accounts import WRITES_FOR as _WRITES_FOR
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.text import capitalize_first, clean_line


class QuestionOfLetter(StrEnum):
    """What is asked once before a letter that has a placeholder of this name.

    FORMER_NAMES is asked of an account that the person cannot log in to, and not called missing where they know none.
    WRITES_FOR, how they write for somebody else, has answers to choose from, and is asked at each objection by letter.
    """

    WRITES_FOR = _WRITES_FOR
    NAME = "name"
    ADDRESS = "sender-address"
    WHOSE_NAME = "whose-name"
    PROFILE = "profile"
    FORMER_NAMES = _FORMER_NAMES


_QUESTIONS: Mapping[QuestionOfLetter, tuple[str, tuple[str, ...]]] = {
    QuestionOfLetter.WRITES_FOR: (
        mark("For whom do you object? It is about {account}."),
        (
            mark("The letter calls you the legal representative only if you say so here, as a parent of a child can."),
            mark("It stays with this row of your list, and is asked again with the next objection by letter."),
        ),
    ),
    QuestionOfLetter.NAME: (
        mark("What is your name?"),
        (mark("Letters are signed with it. It stays in this record."),),
    ),
    QuestionOfLetter.ADDRESS: (
        mark("What is your postal address?"),
        (
            mark("Street and number, a comma, then postcode and place, as that country writes them."),
            mark("It stands at the head of letters, with the place beside the date. It stays in this record."),
        ),
    ),
    QuestionOfLetter.WHOSE_NAME: (
        mark("{account}: what are first name and surname?"),
        (
            mark(
                "Meta and the authority have to know whose data it is about. The surname may be another than in other letters."
            ),
            mark("It stays with this row of your list."),
        ),
    ),
    QuestionOfLetter.PROFILE: (
        mark("{account}: what is the address of the profile?"),
        (
            mark("Meta finds the account by it: open the profile and copy its address."),
            mark("It stays with this account. Leave it open if the account has none."),
        ),
    ),
    QuestionOfLetter.FORMER_NAMES: (
        mark("{account}: which names and e-mail addresses did it have?"),
        (
            mark("Without a log-in, Meta finds the account by them: old ones too."),
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
    "Meta finds the account by it. Without a log-in: search the web for the name on the account and open "
    "the profile, or ask a friend to copy its address."
)
_OF_SOMEBODY: Mapping[QuestionOfLetter, str] = {
    QuestionOfLetter.NAME: mark("{person}: what is the full name?"),
    QuestionOfLetter.ADDRESS: mark("{person}: what is the postal address?"),
}
"""The questions about the person, where somebody else may be the one who answers."""


def letter_question(
    question: QuestionOfLetter, status: AccountStatus, record: Record, playbook: Playbook, person: str = ""
) -> ChoiceQuestion:
    """A question before a letter about an account. `person` is as for `sender_question`.

    Its answer is typed, but for WRITES_FOR. An own account of a child is not said to be the person's.
    """
    asked = sender_question(question, account_name(status.account, playbook), person)
    if question is QuestionOfLetter.WRITES_FOR:
        whose = named_person(status.account, record, playbook)
        answers = [
            (WRITES_AS_REPRESENTATIVE, _("For {name}, as legal representative, such as a parent").format(name=whose)),
            (WRITES_WITH_PERMISSION, _("For {name}, who allowed me to").format(name=whose)),
        ]
        if status.account.is_from_elsewhere:
            answers.append((WRITES_FOR_ONESELF, _("For myself: {name} is my own name").format(name=whose)))
        return asked._replace(answers=tuple(answers))
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


def sender_question(question: QuestionOfLetter, account: str = "", person: str = "") -> ChoiceQuestion:
    """A question about the person, or about the account of this name, for letters; its answer is typed.

    `person` says whose record it is where somebody else may answer (`SharedContext.person_asked_about`), else empty.
    """
    title, sentences = _QUESTIONS[question]
    if person:
        title = _OF_SOMEBODY.get(question, title)
    words = _(title).format(account=account, person=capitalize_first(person))
    return ChoiceQuestion(words, (), sentences=tuple(map(_, sentences)))


def check_of(question: QuestionOfLetter) -> Callable[[str], object]:
    """What raises InputRefused for an answer that is doubted; the same answer given once more is taken."""
    checks = {QuestionOfLetter.PROFILE: check_of_profile, QuestionOfLetter.ADDRESS: check_of_postal_address}
    return checks[question]() if question in checks else str


def open_questions_of(letter: LetterDraft) -> tuple[QuestionOfLetter, ...]:
    """What to ask before a letter is shown: what it leaves open, if the person was not asked and changed nothing in it.

    Of an objection for somebody named also how the person writes for them, even where they said so before.
    """
    session = letter.context.session
    if session.drafts.read(letter.draft_key):
        return ()
    missing = {*letter.prefilled.placeholders}
    status = letter.context.session.view.require_status(letter.account_id)
    if status.why_no_log_in is not None and not status.account.is_from_elsewhere and not is_to_people(letter.id):
        missing.add(QuestionOfLetter.FORMER_NAMES)
    first = (QuestionOfLetter.WRITES_FOR,) if _is_objection_for_somebody(letter, status) else ()
    return *first, *(
        question
        for question in QuestionOfLetter
        if question in missing
        and question not in session.remembered.of(owner_of(question, letter.account_id)).questions_asked
    )


def _is_objection_for_somebody(letter: LetterDraft, status: AccountStatus) -> bool:
    is_objection = EVENT_KIND_BY_LETTER.get(letter.id) == EventKind.FILED
    session = letter.context.session
    return is_objection and bool(named_person(status.account, session.record, session.playbook))


def remembered_answer(letter: LetterDraft, question: QuestionOfLetter) -> str:
    """What was answered before."""
    owner = owner_of(question, letter.account_id)
    return letter.context.session.remembered.of(owner).for_letters.get(str(question), "")


def remember_answer(letter: LetterDraft, question: QuestionOfLetter, answer: str) -> None:
    """Keep the answer to a question for all letters; an empty one leaves what is there, and it is not asked again."""
    remembered, owner = letter.context.session.remembered, owner_of(question, letter.account_id)
    before, words = remembered.of(owner), clean_line(answer)
    for_letters = {**before.for_letters, str(question): words} if words else before.for_letters
    asked = before.questions_asked | {str(question)}
    remembered.save(owner, replace(before, for_letters=for_letters, questions_asked=asked))
