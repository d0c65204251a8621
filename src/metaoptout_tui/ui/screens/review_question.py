"""The question for the answer to one point of a review, with the answer that is suggested for it."""

from collections.abc import Mapping

from metaoptout_tui.app.answer_suggestions import AnswerSuggestion, suggest_answers
from metaoptout_tui.core.guidance.playbook import ReviewPoint
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen


def suggestions_for(context: AppContext, status: AccountStatus) -> Mapping[str, AnswerSuggestion]:
    """By point, the answers that are supported and not given."""
    return suggest_answers(context.session.history, context.chat_scan, status)


def suggestion_sentence(context: AppContext, suggestion: AnswerSuggestion) -> str:
    """What is suggested, in words: `By what the scan found: Yes`."""
    return f"{suggestion.based_on}: {context.session.playbook.texts.sentence(f'answer-word.{suggestion.answer}')}."


def point_question_screen(context: AppContext, status: AccountStatus, point: ReviewPoint) -> ChoiceScreen:
    """Asks for the answer to a point, with the one that is suggested or was given highlighted."""
    texts, suggestion = context.session.playbook.texts, suggestions_for(context, status).get(point.id)
    words = texts.sentence(f"{point.id}.how")
    if suggestion is not None:
        words = f"{suggestion_sentence(context, suggestion)} Esc leaves it as it is.\n{words}"
    return ChoiceScreen(
        context,
        texts.sentence(f"{point.id}.question"),
        [(answer, texts.sentence(f"answer-word.{answer}")) for answer in point.answers],
        chosen=suggestion.answer if suggestion else dict(status.review_answers).get(point.id, ""),
        words=words,
    )
