"""Answers to review points that a chat scan, the linked group or the list of chats supports.

They are offered to the person and never recorded without them.
"""

from collections.abc import Mapping
from typing import NamedTuple

from metaoptout_tui.app.chat_scan import ChatScan
from metaoptout_tui.app.record_history import RecordHistory
from metaoptout_tui.core.chats import scan_summary
from metaoptout_tui.core.chats.privacy import PRIVACY_POINT, ChatPrivacyList
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.accounts import make_draft_key


class AnswerSuggestion(NamedTuple):
    """An answer, and what supports it, such as “By what the scan found”."""

    answer: str
    based_on: str


def suggest_answers(
    history: RecordHistory, chat_scan: ChatScan, status: AccountStatus
) -> Mapping[str, AnswerSuggestion]:
    """By point, the supported answers that the person has not given already."""
    account = status.account
    suggestions = {
        scan_answer.point: AnswerSuggestion(scan_answer.answer, "By what the scan found")
        for scan_answer in scan_summary.suggest_scan_answers(chat_scan.counts_for(account.id))
    }
    if account.platform == "whatsapp" and (not_linked := scan_summary.suggest_not_linked_answer(account.hub)):
        suggestions["whatsapp.hub"] = AnswerSuggestion(not_linked, "By how you said it is linked")
    chats = ChatPrivacyList.from_draft(history.draft(make_draft_key("chat-privacy", account.id)))
    if answer := chats.suggested_answer:
        suggestions[PRIVACY_POINT] = AnswerSuggestion(answer, "By your list of chats")
    answers = dict(status.review_answers)
    return {point: offer for point, offer in suggestions.items() if answers.get(point) != offer.answer}
