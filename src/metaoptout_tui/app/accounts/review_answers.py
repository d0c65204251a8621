"""The answers to review points: which are suggested, and the question for one."""

from collections.abc import Mapping
from typing import NamedTuple

from metaoptout_tui.app.imports.chat_scan import ChatScan
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.chats import scan_summary
from metaoptout_tui.core.chats.privacy import PRIVACY_POINT, ChatPrivacyList
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.guidance.playbook import Playbook, ReviewPoint
from metaoptout_tui.core.language.formatting import labelled, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.status import AccountStatus


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
    suggestions = {
        scan_answer.point: AnswerSuggestion(scan_answer.answer, _("By what the scan found"))
        for scan_answer in scan_summary.suggest_scan_answers(chat_scan.counts_for(account.id))
    }
    if account.has_chats_to_scan and (not_linked := scan_summary.suggest_not_linked_answer(account.linked_group)):
        suggestions["whatsapp.hub"] = AnswerSuggestion(not_linked, _("By how you said it is linked"))
    chats = ChatPrivacyList(tuple(session.remembered.of(account.id).chats.values()))
    if answer := chats.suggested_answer:
        suggestions[PRIVACY_POINT] = AnswerSuggestion(answer, _("By your list of chats"))
    answers = dict(status.review_answers)
    return {point: offer for point, offer in suggestions.items() if answers.get(point) != offer.answer}


def point_question(
    point: ReviewPoint, status: AccountStatus, suggestion: AnswerSuggestion | None, playbook: Playbook
) -> ChoiceQuestion:
    """The question for a review point, with the suggested answer or the present one for Enter alone."""
    return ChoiceQuestion(
        playbook.texts.sentence(f"{point.id}.question"),
        tuple((answer, playbook.texts.sentence(f"answer-word.{answer}")) for answer in point.answers),
        suggestion.answer if suggestion else dict(status.review_answers).get(point.id, ""),
        yes="yes" if "yes" in point.answers else "",
        no="no" if "yes" in point.answers else "",
    )
