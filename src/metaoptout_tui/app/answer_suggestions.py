"""Answers to review points that a chat scan, the linked group or the list of chats supports.

They are offered to the person and never recorded without them.
"""

from collections.abc import Mapping
from typing import NamedTuple

from metaoptout_tui.app.chat_scan import ChatScan
from metaoptout_tui.app.record_history import RecordHistory
from metaoptout_tui.core.chats import results
from metaoptout_tui.core.chats.privacy import PRIVACY_POINT, ChatPrivacyList
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.accounts import make_draft_key


class AnswerSuggestion(NamedTuple):
    """An answer, and what supports it: `By what the scan found`."""

    answer: str
    based_on: str


def suggest_answers(
    history: RecordHistory, chat_scan: ChatScan, status: AccountStatus
) -> Mapping[str, AnswerSuggestion]:
    """By point, the answers that are supported and not given."""
    account = status.account
    found = {
        each.point: AnswerSuggestion(each.answer, "By what the scan found")
        for each in results.suggest_scan_answers(chat_scan.counts_for(account.id))
    }
    if account.platform == "whatsapp" and (not_linked := results.suggest_not_linked_answer(account.hub)):
        found["whatsapp.hub"] = AnswerSuggestion(not_linked, "By how you said it is linked")
    chats = ChatPrivacyList.from_draft(history.draft(make_draft_key("chat-privacy", account.id)))
    if answer := chats.suggested_answer:
        found[PRIVACY_POINT] = AnswerSuggestion(answer, "By your list of chats")
    given = dict(status.review_answers)
    return {point: each for point, each in found.items() if given.get(point) != each.answer}
