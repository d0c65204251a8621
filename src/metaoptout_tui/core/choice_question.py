"""A question as a value: what is asked and the answers there are. The screens and plain mode only ask it."""

from typing import NamedTuple

LEAVE = "leave"
"""The answer that leaves everything as it is."""
_GO_ON = "go-on"


class ChoiceQuestion(NamedTuple):
    """What is asked, each answer with its id and its words, and the one for Enter alone (empty for none).

    The `sentences` are what to know before answering. Of a question that is answered with yes or no, `yes` and `no` are
    the answers that these words stand for; of one before something is done, `no` is the answer by which it is not.
    """

    title: str
    answers: tuple[tuple[str, str], ...]
    default: str = ""
    sentences: tuple[str, ...] = ()
    yes: str = ""
    no: str = ""

    def goes_on_with(self, answer: str) -> bool:
        """Whether what is asked about is done with this answer."""
        return answer != self.no


def question_before(title: str, sentences: tuple[str, ...], *, leave: str, go_on: str) -> ChoiceQuestion:
    """The question whether something is to be done; leaving it is what Enter alone does. `leave` and `go_on` are the answers."""
    return ChoiceQuestion(title, ((LEAVE, leave), (_GO_ON, go_on)), LEAVE, sentences, yes=_GO_ON, no=LEAVE)
