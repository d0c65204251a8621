"""What a case file says of itself and of the law, in words that speak to nobody, and the sources that it cites.

An authority reads it, so of the law it says only what the case rests on: the one that holds where the person lives.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from metaoptout_tui.core.case_file.periods import CasePeriod
from metaoptout_tui.core.guidance.basis import Basis, GuidanceSource
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.sentences import NOT_LEGAL_ADVICE

PREFACE = (
    NOT_LEGAL_ADVICE,
    mark(
        "What is told of the accounts is taken from the person's own record: the person wrote it "
        "down, and this program computed from it. Nobody else has checked it. Dates are those "
        "that the person gave."
    ),
    mark(
        "What was undone at once is not in the list. An entry that was taken back later stays in it and is marked. "
        "A date that was put right stands with the one before."
    ),
    mark("A SHA-256 shows that a file is still the one that was kept. It does not show who made the file, or when."),
    mark("What is said of Meta, the law and authorities has its sources, their date and how sure it is."),
)
REDACTION_NOTICE = (
    mark(
        "In this copy addresses and names, also those of links between accounts and of files, have masks or are left "
        "out. Left out are also free text, references, counts, and the size and SHA-256 of the texts of letters. Dates, "
        "countries, the Land and platforms stand as they are, and so do how each account stands, whether it is linked, "
        "and the size and SHA-256 of other exhibits."
    ),
)


_SENTENCES: Mapping[str, str] = {
    "region.eea.right": mark(
        "Meta relies on its legitimate interests to use personal data for its AI. The GDPR gives the right to object to "
        "that at any time."
    ),
    "region.uk.right": mark("The UK GDPR gives the right to object."),
    "region.ch.right": mark(
        "The law that holds is the Swiss data protection act (FADP). Some people in Switzerland got a confirmation of "
        "their objection from Meta."
    ),
    "region.br.right": mark("The law that holds is the LGPD. An objection is possible at any time."),
}
"""Statements of the guidance, by their ids, as they are said to others."""

_LAW_OF_SOURCE: Mapping[str, str] = {
    "S106": "gdpr",
    "S110-REG": "gdpr",
    "EDPB-ACCESS": "gdpr",
    "S110": "uk-gdpr",
    "S111": "uk-gdpr",
    "S111-ICO": "uk-gdpr",
    "S113": "uk-gdpr",
    "S113-ASH": "uk-gdpr",
    "DPA-166": "uk-gdpr",
    "ICO-COMPLAINTS": "uk-gdpr",
    "FADP": "fadp",
}
"""The sources that tell of one law alone."""


class CaseStatement(NamedTuple):
    """A statement of the guidance with its grounds."""

    id: str
    sentence: str
    basis: Basis


def case_statements(playbook: Playbook, region: str) -> tuple[CaseStatement, ...]:
    """The statements on the law where the person lives."""
    return tuple(
        CaseStatement(statement.id, _(_SENTENCES[statement.id]), statement.basis)
        for statement in playbook.statements
        if statement.id in _SENTENCES and region in statement.scope.regions
    )


def cited_sources(
    playbook: Playbook, periods: Iterable[CasePeriod], statements: Iterable[CaseStatement], law: str
) -> tuple[GuidanceSource, ...]:
    """The sources of the periods and statements that tell of this law, in the order in which they are first cited.

    Where a statement has none but on another law, it keeps them: nothing is said without a source.
    """
    line_bases = (line.basis for period in periods for line in period.calculation)
    bases = [*(basis for basis in line_bases if basis is not None), *(statement.basis for statement in statements)]
    ids = dict.fromkeys(id for basis in bases for id in _sources_on(law, basis.sources))
    return tuple(playbook.sources[id] for id in ids if id in playbook.sources)


def _sources_on(law: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    fitting = tuple(id for id in ids if _LAW_OF_SOURCE.get(id, law) == law)
    return fitting or ids
