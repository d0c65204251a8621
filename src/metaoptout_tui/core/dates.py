"""Dates and times in the language in use and the person's time zone: formatting them, and parsing typed ones."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from unicodedata import combining, normalize

from metaoptout_tui.core.language.cldr import FORMATS
from metaoptout_tui.core.language.formatting import formats_in_use
from metaoptout_tui.core.language.translation import SOURCE_LANGUAGE, language_in_use, pgettext
from metaoptout_tui.core.language.translation import gettext as _

YEARS_IN_FILES = range(1970, 9001)
"""Years that a date in a file may have, so that calculating with it cannot overflow."""

_TYPING_TOLERANCE = timedelta(minutes=2)
"""How far ahead a moment may be that a person writes down now; a file may hold one further ahead (`is_in_future`)."""
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_TIME_OF_DAY_ALONE = time(12)
_MAX_MINUTES_SHOWN, _MAX_HOURS_SHOWN, _MAX_DAYS_SHOWN = 90, 36, 60


def format_day(day: date, today: date) -> str:
    """`3 Nov`, with the year where it is not this one; the month alone where it stands for that: `Nov 2026`."""
    if day.year != today.year or isinstance(day, MonthAlone):
        return format_full_day(day)
    formats = formats_in_use()
    return formats.day_in_year.format(day=day.day, month=formats.months[day.month - 1])


def local_day(moment: datetime, now: datetime) -> date:
    """The day on which a moment was, in the zone of `now`."""
    return moment.astimezone(now.tzinfo).date()


def format_local_day(moment: datetime, now: datetime) -> str:
    """The day on which a moment was, in the zone of `now`, as `format_day` words it."""
    return format_day(local_day(moment, now), now.date())


def is_day_alone(moment: datetime, now: datetime) -> bool:
    """Whether a moment is what `parse_moment` makes of a day without a time: noon to the second, in the zone of `now`."""
    return moment.astimezone(now.tzinfo).time() == _TIME_OF_DAY_ALONE


def format_full_day(day: date) -> str:
    """`3 Nov 2026`; the month alone where the day stands for that: `Nov 2026`."""
    formats = formats_in_use()
    if isinstance(day, MonthAlone):
        return formats.month.format(month=formats.months[day.month - 1], year=day.year)
    return formats.day.format(day=day.day, month=formats.months[day.month - 1], year=day.year)


def format_typed_day(day: date) -> str:
    """A day in numbers, as a person of the language would type it: `2026-11-03`, in German `03.11.2026`."""
    # Translators: a day in numbers, as it is written in your language; month and day have two digits.
    return _("{year}-{month}-{day}").format(year=f"{day.year:04}", month=f"{day.month:02}", day=f"{day.day:02}")


def format_weekday_and_day(day: date) -> str:
    """`Thu 6 Nov 2025`; the month alone where the day stands for that."""
    formats = formats_in_use()
    if isinstance(day, MonthAlone):
        return format_full_day(day)
    return formats.weekday_and_day.format(weekday=formats.weekdays[day.weekday()], date=format_full_day(day))


def format_time(moment: datetime, *, with_seconds: bool = False) -> str:
    """`14:02` or `14:02:45`, in the moment's own zone."""
    time = formats_in_use().time.format(hour=moment.hour, minute=moment.minute)
    return f"{time}:{moment.second:02}" if with_seconds else time


def format_day_and_time(moment: datetime, now: datetime) -> str:
    """`20 Nov, 14:02`, in the zone of `now`; the day alone for one whose time is not known (`is_day_alone`)."""
    local = moment.astimezone(now.tzinfo)
    day = format_day(local.date(), now.date())
    return day if is_day_alone(moment, now) else _join_day_and_time(day, local)


def format_full_moment(moment: datetime, now: datetime, *, with_seconds: bool = False) -> str:
    """`20 Nov 2026, 14:02` or `20 Nov 2026, 14:02:45`, in the zone of `now`."""
    local = moment.astimezone(now.tzinfo)
    return _join_day_and_time(format_full_day(local.date()), local, with_seconds=with_seconds)


def format_moment_as_known(moment: datetime, now: datetime) -> str:
    """`20 Nov 2026, 14:02`, in the zone of `now`; the day alone for one whose time is not known (`is_day_alone`)."""
    local_date = moment.astimezone(now.tzinfo).date()
    return format_full_day(local_date) if is_day_alone(moment, now) else format_full_moment(moment, now)


def format_understood_moment(moment: datetime, now: datetime) -> str:
    """How a typed date was understood: `Thu 6 Nov 2025, 14:09 (12 months ago)`, without a time where none is known."""
    local = moment.astimezone(now.tzinfo)
    day = format_weekday_and_day(local.date())
    understood = day if is_day_alone(moment, now) else _join_day_and_time(day, local)
    return understood if moment > now else f"{understood} ({format_age(moment, now)})"


def format_with_offset(moment: datetime) -> str:
    """`20 Nov 2026, 14:09 (UTC+01:00)`, in its own zone."""
    minutes = round(offset.total_seconds() / 60) if (offset := moment.utcoffset()) else 0
    hours, rest = divmod(abs(minutes), 60)
    written = _join_day_and_time(format_full_day(moment.date()), moment)
    return f"{written} (UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02})"


def format_as_given(moment: datetime) -> str:
    """`20 Nov 2026, 14:09 (UTC+01:00)`; noon exactly, which stands for a time that was not given, as the day alone."""
    is_time_given = (moment.hour, moment.minute, moment.second, moment.microsecond) != (12, 0, 0, 0)
    return format_with_offset(moment) if is_time_given else format_full_day(moment.date())


def with_day(words: str, day: str) -> str:
    """`sent, 20 Nov`: a few words and the day, moment or days of what they say."""
    # Translators: a few words and when that was, as in “sent, 20 Nov”.
    return _("{words}, {day}").format(words=words, day=day)


def _join_day_and_time(day: str, moment: datetime, *, with_seconds: bool = False) -> str:
    return formats_in_use().day_and_time.format(date=day, time=format_time(moment, with_seconds=with_seconds))


def format_age(moment: datetime, now: datetime) -> str:
    """`just now`, `20 minutes ago`, `5 hours ago`, `2 days ago`, then months."""
    seconds = (now - moment).total_seconds()
    if seconds < 2 * _MINUTE:
        return _("just now")
    if seconds < _MAX_MINUTES_SHOWN * _MINUTE:
        return _format_count_ago(int(seconds // _MINUTE), "minute")
    if seconds < _MAX_HOURS_SHOWN * _HOUR:
        return _format_count_ago(int(seconds // _HOUR), "hour")
    days = (now.date() - local_day(moment, now)).days
    return _format_count_ago(days, "day") if days < _MAX_DAYS_SHOWN else _format_count_ago(days // 30, "month")


def _format_count_ago(number: int, unit: str) -> str:
    one, other = formats_in_use().ago[unit]
    return (one if number == 1 else other).format(number)


def format_partial_date(partial_date: str) -> str:
    """A date that is only as exact as known: `2025`, `2025-05` or `2025-05-21` as `2025`, `May 2025`, `21 May 2025`."""
    parts = [int(part) for part in partial_date.split("-")]
    formats = formats_in_use()
    match parts:
        case [year, month, day]:
            return formats.day.format(day=day, month=formats.months[month - 1], year=year)
        case [year, month]:
            return formats.month.format(month=formats.months[month - 1], year=year)
        case _:
            return partial_date


def full_month_name(day: date) -> str:
    """The name of a day's month in full, for a sentence: “September”."""
    return formats_in_use().full_months[day.month - 1]


def parse_moment(typed_day: str, typed_time: str, now: datetime) -> datetime:
    """A typed date (`2026-11-20`, `20-11-2026`, `20/11`, `20 Nov`, `Nov 20`, `yesterday`) and time (`14:09`) as a moment.

    Raises ValueError, with a sentence for the person, for what cannot be read. A time left empty is noon, or now where
    the day is today.
    """
    day = parse_day(typed_day, now.date())
    time = typed_time.strip().replace(".", ":").replace("h", ":")
    if not time:
        if day == now.date():
            return now
        hour, minute = _TIME_OF_DAY_ALONE.hour, _TIME_OF_DAY_ALONE.minute
    else:
        parts = time.rstrip(":").split(":")
        if len(parts) > 2 or not all(part.isdecimal() and part.isascii() and len(part) < 3 for part in parts):
            raise ValueError(_("“{typed}” is not a time. Write it like 14:09.").format(typed=typed_time))
        hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
        if hour > 23 or minute > 59:
            raise ValueError(_("“{typed}” is not a time of day. Write it like 14:09.").format(typed=typed_time))
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=now.tzinfo)
    return moment if now.tzinfo else moment.astimezone()


def why_in_future(moment: datetime, now: datetime) -> str:
    """That a typed moment has not come yet, as a sentence for the person; empty for one that has."""
    # In UTC, because sums of local times are an hour off where summer time ends.
    if moment.astimezone(UTC) <= now.astimezone(UTC) + _TYPING_TOLERANCE:
        return ""
    return _("{moment} is in the future. Write when it happened.").format(moment=format_moment_as_known(moment, now))


def parse_iso_moment(text: str) -> datetime | None:
    """A moment as the program's own files hold it; None for anything else."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def parse_day(typed: str, today: date) -> date:
    """A typed day; see `parse_moment`. A day without a year is the latest one that is not in the future."""
    text = _plain(typed)
    # Translators: what a person types for a day, in small letters.
    if text in ("", "today", "now", _plain(pgettext("typed day", "today"))):
        return today
    # Translators: what a person types for a day, in small letters.
    if text in ("yesterday", _plain(pgettext("typed day", "yesterday"))):
        return date.fromordinal(today.toordinal() - 1)
    if (days := _days_ago(typed)) is not None:
        return date.fromordinal(max(today.toordinal() - days, 1))
    parts = _parts_of_date(typed)
    try:
        if parts and parts[0].isalpha():  # the month first, as in Nov 20
            parts[:2] = parts[1::-1]
        if len(parts) == 3 and len(parts[0]) == 4:
            return _day_of_month(int(parts[0]), _parse_month(parts[1]), int(parts[2]))
        if len(parts) == 3:
            year = int(parts[2]) + (2000 if len(parts[2]) == 2 else 0)
            return _day_of_month(year, _parse_month(parts[1]), int(parts[0]))
        if len(parts) == 2:
            return _latest_past_day(_parse_month(parts[1]), int(parts[0]), today)
    except _DayNotInMonthError:
        raise
    except ValueError:
        pass
    raise ValueError(_why_no_day(typed, today))


def _why_no_day(typed: str, today: date) -> str:
    """Why what was typed is no day, and how one is written."""
    if first_day_of_month(typed, today) is not None:
        words = _("“{typed}” is a month. Here the day is needed, since time is counted from it. Write it like {date}.")
    else:
        words = _("“{typed}” is not a date. Write it like {iso_date} or {date}.")
    return words.format(typed=typed.strip(), iso_date=format_typed_day(today), date=format_day(today, today))


class _DayNotInMonthError(ValueError):
    """A day such as 31 June, with a sentence for the person."""


def _day_of_month(year: int, month: int, day: int) -> date:
    """The day; the error for one that its month does not have, as 31 June, says how many days that has."""
    if _length_of_month(year, month) < day <= _DAYS_OF_LONGEST_MONTH:
        raise _DayNotInMonthError(
            _("{month} has only {count} days.").format(
                month=format_partial_date(f"{year}-{month}"), count=_length_of_month(year, month)
            )
        )
    return date(year, month, day)


_DAYS_OF_LONGEST_MONTH = 31


def _length_of_month(year: int, month: int) -> int:
    from calendar import monthrange  # which the first screen does not need

    return monthrange(year, month)[1]


def first_day_of_period(typed: str, today: date) -> date:
    """A typed day, or the first day of a typed month or year. Raises ValueError, with a sentence, for anything else."""
    text = typed.strip()
    try:
        first = date(int(text), 1, 1) if len(text) == 4 and text.isdecimal() else first_day_of_month(typed, today)
    except ValueError:  # the year 0
        first = None
    return first or parse_day(typed, today)


def first_day_of_month(typed: str, today: date | None = None) -> date | None:
    """The first day of a typed month with its year (`Aug 2025`, `2025-08`, `8/2025`); None for anything else.

    Where `today` is given, the name of a month alone is the latest one that has begun.
    """
    parts = _parts_of_date(typed)
    if today is not None and len(parts) == 1 and parts[0].isalpha():
        parts.append(_year_of_latest(parts[0], today))
    years = [part for part in parts if len(part) == 4 and part.isdecimal()]
    if len(parts) != 2 or len(years) != 1:
        return None
    parts.remove(years[0])
    try:
        return date(int(years[0]), _parse_month(parts[0]), 1)
    except ValueError:
        return None


def _year_of_latest(month_name: str, today: date) -> str:
    """The year of the latest month of this name that has begun; empty for what is no month."""
    try:
        month = _parse_month(month_name)
    except ValueError:
        return ""
    return str(today.year if month <= today.month else today.year - 1)


def _days_ago(typed: str) -> int | None:
    """How many days ago a typed day was (`10 days ago`, `vor zehn Tagen`); None for anything else."""
    text = " ".join(_plain(typed).split())
    for language, formats in FORMATS.items():
        for pattern in formats.ago["day"]:
            before, _gap, after = (_plain(part) for part in pattern.partition("{0}"))
            if text.startswith(before) and text.endswith(after) and len(text) > len(before) + len(after):
                number = text[len(before) : len(text) - len(after)].strip()
                words = _NUMBER_WORDS.get(language, "").split()
                if number.isascii() and number.isdecimal() and len(number) <= _MAX_DIGITS_OF_DAYS:
                    return int(number)
                if number in words:
                    return words.index(number) + 1
    return None


_MAX_DIGITS_OF_DAYS = 4
_NUMBER_WORDS = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen",
    "nl": "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien",
    "de": "einem zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze",
    "es": "un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce",
    "it": "un due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici",
}
"""Numbers in words up to two weeks, from one on, as people say how many days ago something was; without accents."""


def _parts_of_date(typed: str) -> list[str]:
    """The numbers and words of a typed date, in their order."""
    text = _plain(typed)
    for separator in ",/. ":
        text = text.replace(separator, "-")
    return [part for part in text.split("-") if part not in ("", *_FILLERS)]


class MonthAlone(date):
    """A day that stands for its month, of which the day is not known."""

    @classmethod
    def of(cls, day: date) -> "MonthAlone":
        """The month of a day."""
        return cls(day.year, day.month, day.day)


def earliest_day(day: date) -> date:
    """The earliest day that a date can mean: the first of the month where only that is known."""
    return day.replace(day=1) if isinstance(day, MonthAlone) else day


def last_day_of_month(typed: str, today: date) -> date | None:
    """The last day of a typed month, today in this month; None for anything else."""
    first = first_day_of_month(typed, today)
    if first is None:
        return None
    last = date(first.year, first.month, _length_of_month(first.year, first.month))
    return min(last, today) if first <= today else last


def _latest_past_day(month: int, day: int, today: date) -> date:
    """The latest such day that is not in the future; 29 February may be eight years back, as in 1903."""
    date(_LEAP_YEAR, month, day)  # ValueError for a day that no year has
    for year in range(today.year, today.year - 8, -1):
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        if (leap or (month, day) != (2, 29)) and date(year, month, day) <= today:
            return date(year, month, day)
    return date(today.year - 8, month, day)


_LEAP_YEAR = 2024


_FILLERS = ("de", "del", "of")
"""Words between day and month, as in `20 de noviembre`."""


def _parse_month(word: str) -> int:
    """The month that a number or the beginning of a name means, in the language in use first. Raises ValueError."""
    if word.isdecimal():
        return int(word)
    for names in _month_names():
        for number, name in enumerate(names, start=1):
            if len(word) >= 3 and (name.startswith(word) or word.startswith(name)):
                return number
    raise ValueError(word)


def _month_names() -> Iterator[tuple[str, ...]]:
    """The names of the months, full and short, of the language in use, then of English and the others."""
    for language in (language_in_use(), SOURCE_LANGUAGE, *FORMATS):
        if formats := FORMATS.get(language):
            for names in (formats.full_months, formats.months):
                yield tuple(_plain(name).rstrip(".") for name in names)


def _plain(words: str) -> str:
    """What was typed in lower case, without accents, which not every keyboard has."""
    letters = normalize("NFKD", words.strip().casefold())
    return "".join(character for character in letters if not combining(character))
