"""The answers to review points: which are suggested, and the question for one."""

from collections.abc import Mapping
from typing import NamedTuple

from metaoptout_tui.app.imports.chat_scan import ChatScan
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.chats import scan_summary
from metaoptout_tui.core.chats.chat_todos import DELETE_POINT
from metaoptout_tui.core.chats.privacy import PRIVACY_POINT, ChatPrivacyList
from metaoptout_tui.core.chats.recorded_scans import points_found, recorded_scans_of
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.guidance.playbook import Playbook, ReviewPoint
from metaoptout_tui.core.language.formatting import labelled, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.vocabulary import ANSWER_UNKNOWN, TODO_LEFT


class AnswerSuggestion(NamedTuple):
    """An answer, and what supports it, such as “By what the scan found”."""

    answer: str
    based_on: str

    def sentence(self, playbook: Playbook) -> str:
        """Such as `By what the scan found: Yes.`."""
        return with_full_stop(labelled(self.based_on, playbook.texts.sentence(f"answer-word.{self.answer}")))


def suggest_answers(session: Session, chat_scan: ChatScan, status: AccountStatus) -> Mapping[str, AnswerSuggestion]:
    """By point, the supported answers that the person has not given already."""
    account = status.account
    recorded = (event.fields for scan in recorded_scans_of(account.events) for event in scan.events)
    suggestions = {
        point: AnswerSuggestion("yes", _("By what the scan found"))
        for point in points_found((*recorded, *chat_scan.rows_for(account.id)))
    }
    if account.has_chats_to_scan and (not_linked := scan_summary.suggest_not_linked_answer(account.linked_group)):
        suggestions[scan_summary.LINK_POINT] = AnswerSuggestion(not_linked, _("By how you said it is linked"))
    if answer := _privacy_list_of(session, account.id).suggested_answer:
        suggestions[PRIVACY_POINT] = AnswerSuggestion(answer, _("By your list of chats"))
    answers = dict(status.review_answers)
    return {point: offer for point, offer in suggestions.items() if answers.get(point) != offer.answer}


def answer_words(point_id: str, answer: str, status: AccountStatus, playbook: Playbook) -> str:
    """An answer in a word or two. Where nobody wrote to Meta AI, there is no chat with it to delete."""
    is_unused = dict(status.review_answers).get(scan_summary.USED_POINT) == "no"
    if point_id == DELETE_POINT and answer == TODO_LEFT and is_unused:
        # Translators: a chat with Meta AI, where the question is whether it was deleted.
        return _("There is none")
    return playbook.texts.sentence(f"answer-word.{answer}")


def known_answer_text(session: Session, account_id: str, point: ReviewPoint) -> str:
    """What the list of chats has on a review point, and when that is all there is to do; empty where it has nothing."""
    chats = _privacy_list_of(session, account_id)
    if point.id != PRIVACY_POINT or not chats.listed:
        return ""
    if not chats.is_on_in_all:
        return chats.known_text
    done = session.playbook.texts.sentence("answer-word.done")
    words = _("Choose “{done}” only if these are all the chats for which you want it.").format(done=done)
    return f"{chats.known_text} {words}"


def _privacy_list_of(session: Session, account_id: str) -> ChatPrivacyList:
    return ChatPrivacyList(tuple(session.remembered.of(account_id).chats.values()))


def point_question(
    point: ReviewPoint, status: AccountStatus, suggestion: AnswerSuggestion | None, playbook: Playbook
) -> ChoiceQuestion:
    """The question for a review point, with the suggested answer or the present one for Enter alone."""
    answers = tuple((answer, answer_words(point.id, answer, status, playbook)) for answer in point.answers)
    return ChoiceQuestion(
        playbook.texts.sentence(f"{point.id}.question"),
        (*answers, (ANSWER_UNKNOWN, _("I don't know"))),
        suggestion.answer if suggestion else dict(status.review_answers).get(point.id, ""),
        yes="yes" if "yes" in point.answers else "",
        no="no" if "yes" in point.answers else "",
    )
