"""Answers to review points that a chat scan, the linked group or the list of chats supports.

They are offered to the person and never recorded without them.
"""

from collections.abc import Mapping
from typing import NamedTuple

from metaoptout_tui.core.chats import privacy, results
from metaoptout_tui.core.guidance.playbook import ReviewPoint
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen


class AnswerSuggestion(NamedTuple):
    """An answer, and what bears it out: `By what the scan found`."""

    answer: str
    based_on: str


def suggest_answers(desk: AppContext, standing: AccountStatus) -> Mapping[str, AnswerSuggestion]:
    """By point, the answers that are borne out and not given."""
    account = standing.account.id
    found = {
        each.point: AnswerSuggestion(each.answer, "By what the scan found")
        for each in results.suggest_scan_answers(desk.chat_scan.counts_for(account))
    }
    if standing.account.platform == "whatsapp" and (
        kept_out := results.suggest_not_linked_answer(standing.account.hub)
    ):
        found["whatsapp.hub"] = AnswerSuggestion(kept_out, "By how you said it is linked")
    listed = privacy.privacy_from_draft(desk.session.history.draft(make_draft_key("chat-privacy", account)))
    if answer := privacy.suggest_privacy_answer(listed):
        found[privacy.PRIVACY_POINT] = AnswerSuggestion(answer, "By your list of chats")
    given = dict(standing.review_answers)
    return {point: each for point, each in found.items() if given.get(point) != each.answer}


def suggestion_sentence(desk: AppContext, suggestion: AnswerSuggestion) -> str:
    """What is offered, in words: `By what the scan found: Yes`."""
    return f"{suggestion.based_on}: {desk.session.playbook.texts.sentence(f'answer-word.{suggestion.answer}')}."


def point_question_screen(
    desk: AppContext, standing: AccountStatus, point: ReviewPoint, suggestion: AnswerSuggestion | None
) -> ChoiceScreen:
    """Asks for the answer to a point, on the one that is borne out or was given."""
    texts = desk.session.playbook.texts
    words = texts.sentence(f"{point.id}.how")
    if suggestion is not None:
        words = f"{suggestion_sentence(desk, suggestion)} Esc leaves it as it is.\n{words}"
    return ChoiceScreen(
        desk,
        texts.sentence(f"{point.id}.question"),
        [(answer, texts.sentence(f"answer-word.{answer}")) for answer in point.answers],
        chosen=suggestion.answer if suggestion else dict(standing.review_answers).get(point.id, ""),
        words=words,
    )
