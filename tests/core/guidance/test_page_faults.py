"""Why a page could not be read: kept in English, and shown in the language in use."""

import pytest

from metaoptout_tui.core.guidance import page_faults
from metaoptout_tui.core.guidance.page_faults import page_fault_words
from metaoptout_tui.core.language.translation import in_catalogue
from metaoptout_tui.guidance.fetch import NAME_NOT_RESOLVED
from pseudo_language import PseudoCatalogue, english_left

KEPT = {
    NAME_NOT_RESOLVED.why: frozenset(),
    "its server has a fault (502)": frozenset(),
    page_faults.LARGER_THAN_MB.format(size=2): frozenset(),
    page_faults.LARGER_THAN_KIB.format(size=512): frozenset({"kib"}),
    page_faults.TOOK_LONGER.format(seconds="10"): frozenset(),
    page_faults.NOT_IN_ROUND.format(seconds="40"): frozenset(),
    page_faults.WORD_MISSING.format(word="Einspruch"): frozenset({"einspruch"}),
    page_faults.OTHER_KIND.format(kind="image/png", expected="a web page"): frozenset({"image"}),
    page_faults.OTHER_KIND.format(kind=page_faults.UNNAMED_KIND, expected="a guidance file"): frozenset(),
}
"""Reasons as the cache keeps them, with the words in them that no language changes."""


@pytest.mark.parametrize("why", KEPT)
def test_a_reason_is_kept_in_english_and_shown_in_the_language_in_use(why: str) -> None:
    assert page_fault_words(why) == why
    with in_catalogue(PseudoCatalogue()):
        assert english_left(page_fault_words(why), KEPT[why]) == []


def test_a_reason_of_another_version_is_shown_as_it_is() -> None:
    assert page_fault_words("the moon was in the way") == "the moon was in the way"
