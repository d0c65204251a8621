"""Answers to points of a review that a scan of chats or the list of chats bears out: offered, and never taken alone."""

from collections.abc import Mapping
from typing import NamedTuple

from metaoptout_tui.core import chat_privacy, chats
from metaoptout_tui.core.playbook import Point
from metaoptout_tui.core.progress import draft_key
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.screens.ask import AskScreen


class Suggestion(NamedTuple):
    """An answer, and what bears it out: `By what the scan found`."""

    answer: str
    because: str


def suggestions(desk: Desk, standing: Standing) -> Mapping[str, Suggestion]:
    """By point, the answers that are borne out and not given."""
    account = standing.account.id
    found = {
        each.point: Suggestion(each.answer, "By what the scan found")
        for each in chats.suggested(desk.scanning.numbers(account))
    }
    if standing.account.platform == "whatsapp" and (kept_out := chats.kept_out(standing.account.hub)):
        found["whatsapp.hub"] = Suggestion(kept_out, "By how you said it is linked")
    listed = chat_privacy.from_draft(desk.session.draft(draft_key("chat-privacy", account)))
    if answer := chat_privacy.suggested_answer(listed):
        found[chat_privacy.POINT] = Suggestion(answer, "By your list of chats")
    given = dict(standing.answers)
    return {point: each for point, each in found.items() if given.get(point) != each.answer}


def suggestion_words(desk: Desk, suggestion: Suggestion) -> str:
    """What is offered, in words: `By what the scan found: Yes`."""
    return f"{suggestion.because}: {desk.session.playbook.texts.say(f'answer-word.{suggestion.answer}')}."


def point_question(desk: Desk, standing: Standing, point: Point, suggestion: Suggestion | None) -> AskScreen:
    """Asks for the answer to a point, on the one that is borne out or was given."""
    texts = desk.session.playbook.texts
    words = texts.say(f"{point.id}.how")
    if suggestion is not None:
        words = f"{suggestion_words(desk, suggestion)} Esc leaves it as it is.\n{words}"
    return AskScreen(
        desk,
        texts.say(f"{point.id}.question"),
        [(answer, texts.say(f"answer-word.{answer}")) for answer in point.answers],
        chosen=suggestion.answer if suggestion else dict(standing.answers).get(point.id, ""),
        words=words,
    )
