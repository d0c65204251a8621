"""The address of a profile: one of Meta's, or a name that the person insists on."""

import pytest

from metaoptout_tui.app.letters.doubtful_answers import check_of_profile
from metaoptout_tui.core.errors import InputRefused


@pytest.mark.parametrize(
    "typed", ["", "https://www.facebook.com/anna.example", "www.instagram.com/anna", "facebook.com/profile.php?id=1"]
)
def test_an_address_of_metas_is_taken_at_once(typed: str) -> None:
    check_of_profile()(typed)


@pytest.mark.parametrize("typed", ["bob.facebook", "Anna Example", "https://facebook.com.example.org/anna", "@anna"])
def test_anything_else_is_doubted_once_and_taken_when_it_is_given_again(typed: str) -> None:
    check = check_of_profile()
    with pytest.raises(InputRefused, match="no address on a page of Meta's"):
        check(typed)
    check(f" {typed} ")
    with pytest.raises(InputRefused):
        check("another name")
