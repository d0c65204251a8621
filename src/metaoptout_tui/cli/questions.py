"""Asks the person a question in the terminal, for commands that must not decide by themselves."""

import sys
from collections.abc import Mapping

from metaoptout_tui.cli.output import narrate


def can_ask() -> bool:
    """Whether somebody sits in front of it who can answer."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, answers: Mapping[str, str]) -> str:
    """Ask until one of the answers is given, by its key; empty where the input ends. `answers` has words for each key."""
    choices = ", ".join(f"{key} = {words}" for key, words in answers.items())
    while True:
        narrate(f"{question} [{choices}]")
        line = sys.stdin.readline()
        if not line:
            return ""
        answer = line.strip().lower()
        if answer in answers:
            return answer
