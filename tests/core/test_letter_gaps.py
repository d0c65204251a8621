"""What is still open in a letter, also where a line end or a typed word broke a gap."""

import pytest

from metaoptout_tui.core.letters.letter_gaps import find_gaps, names_of_gaps
from metaoptout_tui.core.letters.letters import Letter, LetterPiece

LETTER = Letter(
    "reminder",
    "en",
    (LetterPiece("Reminder of "), LetterPiece("[date]", "filed")),
    (
        LetterPiece("My profile: "),
        LetterPiece("[address of the profile]", "profile"),
        LetterPiece("\n\nAs Meta [sic] wrote.\n\n"),
        LetterPiece("[your name]", "name"),
        LetterPiece("\n"),
        LetterPiece("[your postal address]", "sender-address"),
    ),
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (LETTER.text, ("address of the profile", "your name", "your postal address")),
        ("[your postal address]\n[your name]", ("your postal address", "your name")),
        ("[your pos\ntal address]", ("your postal address",)),
        ("[your\n\npostal address\n]", ("your postal address",)),
        ("[your name\nAnna", ("[your name",)),
        ("Anna name]\nDam 1", ("Anna name]",)),
        ("[your name Anna]", ("[your name Anna]",)),
        ("Anna\nAs Meta [sic] wrote. He said [so].", ()),
        ("Anna\nDam 1\n1012 Amsterdam", ()),
    ],
)
def test_a_gap_is_found_whole_or_torn_apart_and_nothing_else_is(text: str, names: tuple[str, ...]) -> None:
    gaps = find_gaps(text, LETTER)
    assert names_of_gaps(gaps) == names
    assert all(text[gap.start : gap.end].strip() for gap in gaps)
