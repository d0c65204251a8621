"""What is not sure is told with how sure it is, so that nothing that is not verified stands there as a fact."""

import pytest

from metaoptout_tui.core.guidance.basis import Basis, dated_sureness_sentence, doubt_note, with_doubt
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.plain.guide_lines import statement_line

SURE = Basis(("S1",), "high", "2026-11")


@pytest.mark.parametrize(
    ("basis", "behind"),
    [
        (SURE, ""),
        (SURE._replace(sureness="medium"), " (likely)"),
        (SURE._replace(sureness="low"), " (not verified)"),
        (SURE._replace(is_disputed=True), " (disputed)"),
        (SURE._replace(sources=("OWN",), sureness="medium"), " (our own advice)"),
    ],
)
def test_what_is_not_sure_carries_its_doubt(basis: Basis, behind: str) -> None:
    assert with_doubt("Meta asks.", basis) == f"Meta asks.{behind}"


def test_what_says_nothing_of_meta_or_the_law_needs_no_doubt() -> None:
    assert doubt_note(None) == ""


def test_who_says_so_begins_with_how_sure_it_is_and_as_of_when() -> None:
    assert dated_sureness_sentence(SURE) == "Sure, Nov 2026."
    assert dated_sureness_sentence(SURE._replace(sureness="low", is_disputed=True)) == "Disputed, Nov 2026."
    assert dated_sureness_sentence(SURE._replace(sources=("OWN",))) == "Our own advice, Nov 2026."


def test_each_statement_of_the_guidance_that_is_not_sure_is_told_with_its_doubt(playbook: Playbook) -> None:
    unsure = [statement for statement in playbook.statements if not statement.basis.is_sure]
    assert unsure
    for statement in unsure:
        assert statement_line(statement, playbook).endswith(doubt_note(statement.basis)), statement.id
