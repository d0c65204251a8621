"""Who says so is named in the order of how near it is to the person."""

import pytest

from metaoptout_tui.core.guidance.basis import GuidanceSource
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.guidance.source_sentences import nearest_first

GERMAN = GuidanceSource("A", "https://verbraucherzentrale-rlp.de/node/1", "A", "de", "good")
BRITISH = GuidanceSource("B", "https://www.legislation.gov.uk/1", "B", "en", "primary")
META = GuidanceSource("C", "https://www.facebook.com/1", "C", "en", "primary")
LEAD = GuidanceSource("D", "https://www.dataprotection.ie/1", "D", "en", "primary")
NOWHERE = GuidanceSource("E", "", "E", "", "code")


@pytest.mark.parametrize(
    ("country", "order"), [("GB", "BCDAE"), ("DE", "ACDBE"), ("CH", "CDABE"), ("", "CDABE"), ("IE", "DCABE")]
)
def test_those_of_ones_own_country_come_first_and_of_another_last(country: str, order: str) -> None:
    sources = nearest_first((GERMAN, BRITISH, META, LEAD, NOWHERE), country)
    assert "".join(source.id for source in sources) == order


def test_none_is_left_out(playbook: Playbook) -> None:
    assert {*nearest_first(playbook.sources.values(), "NL")} == {*playbook.sources.values()}
