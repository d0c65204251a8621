"""Counts records with the days and months they are of, in tables of bounded size."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from metaoptout_tui.core.meta_export import ExposureCount
from metaoptout_tui.imports.meta_export.labels import as_list, as_mapping, seconds_in

_FIRST_YEAR, _LAST_YEAR = 2004, 2100
"""Facebook began in 2004: what seems to be before is no date."""
_FIRST_MILLISECONDS = 1e11
_EPOCH, _SECONDS_OF_A_DAY = date(1970, 1, 1), 86_400
_SECONDS_KEYS = ("timestamp", "creation_timestamp", "timestamp_ms", "taken_timestamp", "upload_timestamp")


@dataclass
class Tally:
    """How many, the first and last day, and how many in each month."""

    count: int = 0
    first_day: date | None = None
    last_day: date | None = None
    by_month: Counter[tuple[int, int]] = field(default_factory=Counter)

    def add(self, day: date | None) -> None:
        """Count one of this day, None where it is not readable."""
        self.count += 1
        if day is None:
            return
        self.by_month[day.year, day.month] += 1
        if self.first_day is None or day < self.first_day:
            self.first_day = day
        if self.last_day is None or day > self.last_day:
            self.last_day = day

    def merge(self, other: "Tally") -> None:
        """Add all that another counted."""
        self.count += other.count
        self.by_month += other.by_month
        days = [day for day in (self.first_day, other.first_day) if day]
        self.first_day = min(days, default=None)
        days = [day for day in (self.last_day, other.last_day) if day]
        self.last_day = max(days, default=None)

    def result(self) -> ExposureCount:
        """The numbers, as a value."""
        months = tuple((f"{year}-{month:02}", count) for (year, month), count in sorted(self.by_month.items()))
        return ExposureCount(self.count, self.first_day, self.last_day, months)


def day_of(value: object) -> date | None:
    """The day of a time in seconds or milliseconds, in UTC; None for anything that is no time of a download."""
    seconds = seconds_in(value)
    if seconds >= _FIRST_MILLISECONDS:
        seconds /= 1000
    if not seconds or seconds >= _FIRST_MILLISECONDS:
        return None
    return _day_number(int(seconds // _SECONDS_OF_A_DAY))


@lru_cache(maxsize=4096)
def _day_number(number: int) -> date | None:
    day = _EPOCH + timedelta(days=number)
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def day_of_record(record: Mapping[str, object]) -> date | None:
    """The day on which a record was made: its own time, else the first of those within it."""
    if day := day_of(record.get("timestamp")):
        return day
    for value in _times_in(record):
        if day := day_of(value):
            return day
    return None


def _times_in(record: Mapping[str, object]) -> Iterator[object]:
    for key in _SECONDS_KEYS:
        if key in record:
            yield record[key]
    for entry in as_mapping(record.get("string_map_data")).values():
        yield as_mapping(entry).get("timestamp")
    for row in as_list(record.get("label_values")):
        yield as_mapping(row).get("timestamp_value")
    for entry in (*as_list(record.get("string_list_data")), *as_list(record.get("media"))):
        yield from (as_mapping(entry).get(key) for key in _SECONDS_KEYS)
    for entry in as_list(record.get("data")):
        details = as_mapping(entry)
        yield from (details.get(key) for key in _SECONDS_KEYS)
        yield as_mapping(details.get("comment")).get("timestamp")
