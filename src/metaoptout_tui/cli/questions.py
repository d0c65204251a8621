"""Asks the person a question in the terminal, for commands that must not decide by themselves."""

import sys
from collections.abc import Sequence
from typing import NamedTuple

from metaoptout_tui.cli.output import narrate
from metaoptout_tui.core.language.formatting import format_open_list
from metaoptout_tui.core.language.typed_answers import is_word


class Answer(NamedTuple):
    """One answer: its id, which is the English word for it, what is typed for it, and what it means."""

    id: str
    typed: str
    meaning: str


def can_ask() -> bool:
    """Whether somebody sits in front of it who can answer."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, answers: Sequence[Answer]) -> str:
    """Ask until one of the answers is given; its id, empty where the input ends. The English word is always understood."""
    choices = format_open_list(f"{answer.typed} = {answer.meaning}" for answer in answers)
    while True:
        narrate(f"{question} [{choices}]")
        line = sys.stdin.readline()
        if not line:
            return ""
        given = next((each.id for each in answers if is_word(line, each.typed)), "")
        given = given or next((each.id for each in answers if is_word(line, each.id)), "")
        if given:
            return given
