"""The step that reviews settings point by point; for WhatsApp also the scan of exported chats and what it left to do."""

from metaoptout_tui.app.accounts.review_answers import (
    AnswerSuggestion,
    answer_words,
    known_answer_text,
    point_question,
    suggest_answers,
)
from metaoptout_tui.core.chats.chat_todos import ChatTodo, todo_question, todos_in_chats
from metaoptout_tui.core.guidance.playbook import ReviewPoint, StepId
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.applicable_guidance import ApplicableGuidance
from metaoptout_tui.core.objection.review_sentences import unknown_answers_sentence
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.vocabulary import StepState
from metaoptout_tui.plain.chat_privacy import list_chat_privacy
from metaoptout_tui.plain.chat_scan import scan_chats_of
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.guide_lines import point_lines
from metaoptout_tui.plain.typed_words import typed_word

_SCAN, _PRIVACY, _NEXT = "scan", "privacy", "next-point"


def review_account(context: PlainContext, account_id: str) -> bool:
    """Offer the points and the scan until all is answered. Returns whether the review is done."""
    is_list_known = False
    while True:
        status = context.status(account_id)
        points = ApplicableGuidance(context.playbook, status, StepId.REVIEW).review_points
        answers = dict(status.review_answers)
        answered = sum(point.id in answers for point in points)
        context.dialogue.say_part(
            _("{answered} of {count} points answered.").format(
                answered=format_number(answered), count=format_number(len(points))
            ),
            unknown_answers_sentence(status),
        )
        todos = todos_in_chats(context.session.account(account_id), context.session.record)
        first_open = next((point.id for point in points if point.id not in answers), "")
        is_list_known = is_list_known and bool(first_open)
        options = [(todo.row_id, _("To do: {task}").format(task=todo.label)) for todo in todos]
        suggestions = suggest_answers(context.session, context.chat_scan, status)
        options += [(point.id, _point_words(context, point, status, suggestions.get(point.id))) for point in points]
        if status.account.has_chats_to_scan:
            if not is_list_known:
                context.say(context.chat_scan.recorded_sentence(status.account.events, context.session.now()))
            options.append((_SCAN, _("Look in chats that you exported, on this machine, for what Meta AI got")))
            options.append((_PRIVACY, _("Advanced Chat Privacy, chat by chat")))
        default = todos[0].row_id if todos and not first_open else first_open
        question = _("Which point do you want to answer?")
        if is_list_known:
            words = _("Enter alone goes on with: {point} The word {again} tells all of them.")
            question = words.format(point=context.sentence(f"{first_open}.question"), again=typed_word("again"))
        chosen = context.dialogue.choose(question, options, default=default, is_list_known=is_list_known)
        todo = next((each for each in todos if each.row_id == chosen), None)
        point = next((each for each in points if each.id == chosen), None)
        is_changed = False
        is_list_known = False
        with context.dialogue.back_to():
            if todo is not None:
                is_changed = _settle(context, account_id, todo)
            elif point is not None:
                is_changed = ask_point(context, account_id, point, suggestions.get(point.id))
                is_list_known = is_changed
            elif chosen == _SCAN:
                scan_chats_of(context, account_id)
            else:
                list_chat_privacy(context, account_id)
        review = context.status(account_id).step(StepId.REVIEW)
        is_done = review is not None and review.state is StepState.DONE
        if is_changed and is_done and not todos_in_chats(context.session.account(account_id), context.session.record):
            return True


def _point_words(
    context: PlainContext, point: ReviewPoint, status: AccountStatus, suggestion: AnswerSuggestion | None
) -> str:
    """The question of a point with its answer, and the one that is suggested where that is another."""
    answer = dict(status.review_answers).get(point.id)
    answered = _("Not answered.")
    if answer is not None:
        answered = _("You answered: {answer}.").format(answer=answer_words(point.id, answer, status, context.playbook))
    suggested = [] if suggestion is None else [suggestion.sentence(context.playbook)]
    return " ".join((context.sentence(f"{point.id}.question"), answered, *suggested))


def ask_point(context: PlainContext, account_id: str, point: ReviewPoint, suggestion: AnswerSuggestion | None) -> bool:
    """Ask for the answer to one point, and record it. Returns whether it was recorded."""
    status = context.status(account_id)
    help = list(point_lines(point, context, status))
    if known := known_answer_text(context.session, account_id, point):
        help.insert(0, known)
    if suggestion is not None:
        help.insert(0, suggestion.sentence(context.playbook))
    question = point_question(point, status, suggestion, context.playbook)._replace(sentences=tuple(help))
    answer = context.dialogue.ask(question)
    return context.change(lambda: context.session.diary_service.record_review_answer(account_id, point.id, answer))


def _settle(context: PlainContext, account_id: str, todo: ChatTodo) -> bool:
    """Ask whether something that is left to do in chats is done."""
    question = todo_question(todo, context.playbook)
    chats = (_("Chat: {chat}").format(chat=chat) for chat in todo.chats)
    answer = context.dialogue.ask(question._replace(sentences=(*question.sentences, *chats)))
    return context.change(lambda: context.session.diary_service.settle_chat_todo(account_id, todo.kind, answer))
