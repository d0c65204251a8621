"""Public holidays: which days count where, and that the library is there only when one is asked for."""

from datetime import date, timedelta

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import in_catalogue
from metaoptout_tui.core.objection.holiday_names import HOLIDAY_NAMES, holiday_words
from metaoptout_tui.guidance.loader import load_authorities, public_holiday_name
from pseudo_language import PseudoCatalogue, english_left


@pytest.mark.parametrize(
    ("place", "day", "name"),
    [
        ("IE", date(2026, 2, 2), "Saint Brigid's Day"),
        ("IE", date(2030, 2, 1), "Saint Brigid's Day"),
        ("IE", date(2026, 4, 3), ""),
        ("IE", date(2026, 12, 28), ""),
        ("GB-ENG", date(2026, 4, 3), "Good Friday"),
        ("GB-ENG", date(2026, 12, 28), "Boxing Day (observed)"),
        ("GB-ENG", date(2026, 8, 3), ""),
        ("NL", date(2027, 4, 27), "King's Day"),
        ("DE", date(2026, 10, 31), ""),
        ("DE-HH", date(2026, 10, 31), "Reformation Day"),
        ("", date(2026, 12, 25), ""),
        ("XX", date(2026, 12, 25), ""),
        ("DE-XX", date(2026, 12, 25), ""),
        ("IE", date(2600, 12, 25), ""),
        ("IE", date(1970, 1, 1), ""),
    ],
)
def test_a_day_is_a_holiday_where_the_state_has_it(place: str, day: date, name: str) -> None:
    assert public_holiday_name(place, day) == name


def test_every_state_of_the_eea_has_its_holidays(playbook: Playbook) -> None:
    for country in playbook.regions[0].countries:
        assert public_holiday_name(country, date(2027, 1, 1)), country
        assert public_holiday_name(country, date(2027, 12, 25)), country


@parametrize_some({"IE", "GB-ENG", "DE-HH", "HU"}, "place", sorted({*load_authorities().by_code, "GB-ENG"}))
def test_every_holiday_can_be_said_in_another_language(place: str) -> None:
    days = (date(2026, 1, 1) + timedelta(days=number) for number in range(6 * 366))
    names = {name for day in days for name in public_holiday_name(place, day).split(" / ")} - {""}
    plain = {name.removesuffix(" (observed)") for name in names if not name.startswith("Day off (")}
    assert plain <= set(HOLIDAY_NAMES)
    with in_catalogue(PseudoCatalogue()):
        assert english_left(holiday_words(" / ".join(sorted(names))), frozenset()) == []
