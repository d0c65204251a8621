"""A review in words: how far it is, and what the person does not know. What is not known is never told as done."""

from metaoptout_tui.core.guidance.playbook import Playbook, ReviewPoint
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.step_status import StepStatus
from metaoptout_tui.core.record.vocabulary import ANSWER_UNKNOWN, AccountState, StepState


def choices_at(point: ReviewPoint) -> tuple[str, ...]:
    """The answers to choose from: those that fit, and at every point that the person does not know."""
    return (*point.answers, ANSWER_UNKNOWN)


def unknown_answers_sentence(status: AccountStatus) -> str:
    """`unknown_answers_text` as a sentence."""
    count = _unknown_answer_count(status)
    # Translators: of points of a review, such as “Not known: 2.”.
    return _("Not known: {count}.").format(count=format_number(count)) if count else ""


def _unknown_answer_count(status: AccountStatus) -> int:
    return sum(answer == ANSWER_UNKNOWN for _unused, answer in status.review_answers)


def unknown_answers_text(status: AccountStatus) -> str:
    """How many points of the review the person does not know the answer to; empty for none."""
    count = _unknown_answer_count(status)
    # Translators: of points of a review, such as “not known: 2”.
    return _("not known: {count}").format(count=format_number(count)) if count else ""


def is_something_left(status: AccountStatus) -> bool:
    """Whether a review leaves something to do in chats, or has an answer that the person does not know."""
    return bool(status.left_in_chats or _unknown_answer_count(status))


def _left_text(status: AccountStatus) -> str:
    """How many things are left to do; empty for none."""
    count = status.left_in_chats
    # Translators: things to do in the chats of an account whose review is answered, as in “reviewed, 2 things left”.
    words = ngettext("{count} thing left", "{count} things left", count)
    return words.format(count=format_number(count)) if count else ""


def describe_review(status: AccountStatus, playbook: Playbook) -> str:
    """The state of an account that has a review and no objection; empty where another state says more."""
    texts = playbook.texts
    if status.state is AccountState.REVIEWED and is_something_left(status):
        words = texts.sentence("state.reviewed")
        for open_words in filter(None, (_left_text(status), unknown_answers_text(status))):
            words = f"{words}, {open_words}"
        return words
    if status.can_object or status.state not in (AccountState.NOT_STARTED, AccountState.READY):
        return ""
    answered = len({point for point, _unused in status.review_answers})
    if answered:
        count = status.review_point_count
        return texts.sentence("state.review-begun", done=min(answered, count), all=count)
    return texts.sentence("state.not-reviewed")


def review_step_words(step: StepStatus, status: AccountStatus) -> str:
    """How many points are answered while some are not, and of how many the answer is not known; empty for neither."""
    if step.state is StepState.DONE:
        return unknown_answers_text(status)
    return answered_points(status) if step.state is StepState.TO_DO and status.review_answers else ""


def answered_points(status: AccountStatus) -> str:
    """How many points of the review have an answer."""
    count = status.review_point_count
    # Translators: how many of the points of a review are answered.
    return _("{answered} of {count}").format(answered=min(len(status.review_answers), count), count=count)
