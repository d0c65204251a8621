"""Asks the person a question in the terminal, for commands that must not decide by themselves."""

import sys
from collections.abc import Sequence
from typing import NamedTuple

from metaoptout_tui.cli.output import narrate
from metaoptout_tui.core.language.formatting import format_open_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.typed_answers import begins_word, is_word, understand_yes_or_no
from metaoptout_tui.core.text import clean_line

_MAX_SHOWN_CHARACTERS = 60


class Answer(NamedTuple):
    """One answer: its id, which is the English word for it, what is typed for it, and what it means."""

    id: str
    typed: str
    meaning: str


def can_ask() -> bool:
    """Whether somebody sits in front of it who can answer."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, answers: Sequence[Answer], *, whole_word: str = "") -> str:
    """Ask until one of the answers is given; its id, empty where the input ends.

    A word, its beginning and the English word are understood; of the answer with the id `whole_word`, which nothing takes
    back, only the whole word. What is none of the answers is said to be none.
    """
    choices = format_open_list(f"{answer.typed} = {answer.meaning}" for answer in answers)
    while True:
        narrate(f"{question} [{choices}]")
        line = sys.stdin.readline()
        if not line:
            return ""
        given = _find_answer(line, answers)
        meant = next((each for each in answers if each.id == given), None)
        if meant and given == whole_word and not any(is_word(line, word) for word in (meant.typed, meant.id)):
            narrate(_("Type the whole word for that: {word}.").format(word=meant.typed))
            continue
        if given:
            return given
        typed = clean_line(line, _MAX_SHOWN_CHARACTERS).strip()
        narrate(_("“{typed}” is none of the answers.").format(typed=typed) if typed else _("Nothing was typed."))


def _find_answer(line: str, answers: Sequence[Answer]) -> str:
    """The id of the answer that was meant: by its word, by the English one, else by the beginning of one alone; empty for none."""
    word = line.strip().rstrip(".")
    for found in (
        [each.id for each in answers if is_word(word, each.typed)],
        [each.id for each in answers if is_word(word, each.id)],
        [each.id for each in answers if is_word(word, each.meaning)],
        [each.id for each in answers if begins_word(word, each.typed)],
        [each.id for each in answers if begins_word(word, each.id)],
    ):
        if len(found) == 1:
            return found[0]
    is_yes = understand_yes_or_no(word) if {"yes", "no"} <= {each.id for each in answers} else None
    return "" if is_yes is None else "yes" if is_yes else "no"
