"""A question as a value: what is asked and the answers there are. The screens and plain mode only ask it."""

from typing import NamedTuple

LEAVE = "leave"
"""The answer that leaves everything as it is."""


class ChoiceQuestion(NamedTuple):
    """What is asked, each answer with its id and its words, and the one for Enter alone (empty for none).

    The `sentences` are what to know before answering.
    """

    title: str
    answers: tuple[tuple[str, str], ...]
    default: str = ""
    sentences: tuple[str, ...] = ()


def question_before(title: str, sentences: tuple[str, ...], *, leave: str, go_on: str) -> ChoiceQuestion:
    """The question whether something is to be done; leaving it is what Enter alone does. `leave` and `go_on` are the answers."""
    return ChoiceQuestion(title, ((LEAVE, leave), ("go-on", go_on)), LEAVE, sentences)
