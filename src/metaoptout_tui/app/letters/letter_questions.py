"""What is asked once before a letter, in words: the name it is signed with, the address, the profile, what the account was called."""

from collections.abc import Mapping

from metaoptout_tui.app.letters.letters import QuestionOfLetter
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name, needs_whole_name
from metaoptout_tui.core.record.accounts import Account

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
            mark("They stay with this account."),
        ),
    ),
}


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


def question_kept_with(account: Account, playbook: Playbook) -> QuestionOfLetter | None:
    """What letters have of an account beside its former names: its profile, or the whole name of a child; None for neither."""
    if not account.is_from_elsewhere:
        return QuestionOfLetter.PROFILE
    return QuestionOfLetter.WHOSE_NAME if needs_whole_name(account, playbook) else None


def sender_question(question: QuestionOfLetter, account: str = "") -> ChoiceQuestion:
    """A question about the person, or about the account of this name, for letters; its answer is typed."""
    title, sentences = _QUESTIONS[question]
    return ChoiceQuestion(_(title).format(account=account), (), sentences=tuple(map(_, sentences)))
