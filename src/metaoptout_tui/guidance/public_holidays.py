"""Public holidays of a state, on which no legal period ends. The library is imported when one is first asked for."""

from datetime import date
from functools import cache

EARLIEST_YEAR, LATEST_YEAR = 2000, 2100
"""Years in which the library knows the holidays; outside of them a day is taken for a working day."""


def public_holiday(place: str, day: date) -> str:
    """The name of the public holiday that `day` is in `place`, empty for none and for a place that is not known.

    `place` is an ISO 3166 code, `IE`, or with a part, `GB-ENG`, `DE-HH`. A substitute day for a holiday that falls on a
    weekend counts where the state has one; a day on which only schools, banks or offices close does not.
    """
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        return ""
    return _names(place, day.year).get(day, "")


@cache
def _names(place: str, year: int) -> dict[date, str]:
    import holidays

    country, _, part = place.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=part or None, years=year, language="en_US", expand=False)
    except NotImplementedError:
        return {}
    return {day: " / ".join(found.get_list(day)) for day in found}
