"""The count of a legal period as lines a person can read, each with what it rests on."""

from datetime import date
from typing import NamedTuple

from metaoptout_tui.core.periods import Period
from metaoptout_tui.core.playbook import Basis, Playbook, Sureness

_LEAST_SURE_FIRST: tuple[Sureness, ...] = ("low", "medium", "high")


class Line(NamedTuple):
    """One step: its sentence, the day it gave, the rule's place in the law, a holiday's name, and the grounds.

    `law` and `detail` may be empty; `basis` is None only where a playbook from elsewhere lacks the statement.
    """

    sentence: str
    day: date
    law: str
    detail: str
    basis: Basis | None


def working_lines(period: Period, playbook: Playbook) -> tuple[Line, ...]:
    """The steps of the count in order."""
    grounds = _grounds(playbook)
    return tuple(
        Line(playbook.texts.say(f"period.{step.what}"), step.day, step.law, step.detail, grounds.get(step.what))
        for step in period.working
    )


def sureness_of(period: Period, playbook: Playbook) -> Sureness:
    """How sure the end is: as sure as the least sure step."""
    grounds = _grounds(playbook)
    found = {basis.sureness for step in period.working if (basis := grounds.get(step.what)) is not None}
    return next((each for each in _LEAST_SURE_FIRST if each in found), "low")


def _grounds(playbook: Playbook) -> dict[str, Basis]:
    return {
        each.id.removeprefix("period."): each.basis for each in playbook.statements if each.id.startswith("period.")
    }
