"""What a case file says of Meta and the law, and the sources that it cites."""

from collections.abc import Iterable
from typing import NamedTuple

from metaoptout_tui.core.case_file.periods import CasePeriod
from metaoptout_tui.core.guidance.basis import Basis, GuidanceSource
from metaoptout_tui.core.guidance.playbook import Playbook


class CaseStatement(NamedTuple):
    """A statement of the guidance with its grounds."""

    id: str
    sentence: str
    basis: Basis


_GENERAL_CONTEXTS = ("region", "limits", "coverage")
"""The contexts of the statements that apply to every account."""


def case_statements(playbook: Playbook, region: str, periods: Iterable[CasePeriod]) -> tuple[CaseStatement, ...]:
    """The statements on the law where the person lives, on coverage, and on the periods of the accounts."""
    period_statement_ids = {f"period.{period.kind}" for period in periods}
    statements = [
        statement
        for context in _GENERAL_CONTEXTS
        for statement in playbook.statements_for(step=context, platform="", region=region)
        if statement.scope.places[0] == context
    ]
    statements += [statement for statement in playbook.statements if statement.id in period_statement_ids]
    return tuple(
        CaseStatement(statement.id, playbook.texts.sentence(statement.id), statement.basis) for statement in statements
    )


def cited_sources(
    playbook: Playbook, periods: Iterable[CasePeriod], statements: Iterable[CaseStatement]
) -> tuple[GuidanceSource, ...]:
    """The sources of the periods and statements, in the order in which they are first cited."""
    line_bases = (line.basis for period in periods for line in period.calculation)
    bases = [*(basis for basis in line_bases if basis is not None), *(statement.basis for statement in statements)]
    ids = dict.fromkeys(id for basis in bases for id in basis.sources)
    return tuple(playbook.sources[id] for id in ids if id in playbook.sources)
