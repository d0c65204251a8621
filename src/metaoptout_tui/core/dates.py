"""Dates and times in English, in the person's own time zone: formatting them, and parsing typed ones."""

from datetime import date, datetime

_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
YEARS_IN_FILES = range(1970, 9001)
"""Years that a date in a file may have, so that calculating with it cannot overflow."""

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_MAX_MINUTES_SHOWN, _MAX_HOURS_SHOWN, _MAX_DAYS_SHOWN = 90, 36, 60


def format_day(day: date, today: date) -> str:
    """`3 Nov`, with the year where it is not this one."""
    return f"{day.day} {_MONTH_NAMES[day.month - 1]}" if day.year == today.year else format_full_day(day)


def local_day(moment: datetime, now: datetime) -> date:
    """The day on which a moment was, in the zone of `now`."""
    return moment.astimezone(now.tzinfo).date()


def format_local_day(moment: datetime, now: datetime) -> str:
    """The day on which a moment was, in the zone of `now`, as `format_day` words it."""
    return format_day(local_day(moment, now), now.date())


def format_full_day(day: date) -> str:
    """`3 Nov 2026`."""
    return f"{day.day} {_MONTH_NAMES[day.month - 1]} {day.year}"


def format_day_and_time(moment: datetime, now: datetime) -> str:
    """`20 Nov, 14:02`, in the zone of `now`."""
    local = moment.astimezone(now.tzinfo)
    return f"{format_day(local.date(), now.date())}, {local:%H:%M}"


def format_full_moment(moment: datetime, now: datetime) -> str:
    """`20 Nov 2026, 14:02`, in the zone of `now`."""
    local = moment.astimezone(now.tzinfo)
    return f"{format_full_day(local.date())}, {local:%H:%M}"


def format_understood_moment(moment: datetime, now: datetime) -> str:
    """How a typed date was understood: `Thu 6 Nov 2025, 12:00 (12 months ago)`."""
    age = "" if moment > now else f" ({format_age(moment, now)})"
    return f"{moment.astimezone(now.tzinfo):%a} {format_full_moment(moment, now)}{age}"


def format_with_offset(moment: datetime) -> str:
    """`20 Nov 2026, 14:09 (UTC+01:00)`, in its own zone."""
    minutes = round(offset.total_seconds() / 60) if (offset := moment.utcoffset()) else 0
    hours, rest = divmod(abs(minutes), 60)
    return f"{format_full_day(moment.date())}, {moment:%H:%M} (UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02})"


def format_age(moment: datetime, now: datetime) -> str:
    """`just now`, `20 minutes ago`, `5 hours ago`, `2 days ago`, then months."""
    seconds = (now - moment).total_seconds()
    if seconds < 2 * _MINUTE:
        return "just now"
    if seconds < _MAX_MINUTES_SHOWN * _MINUTE:
        return f"{int(seconds // _MINUTE)} minutes ago"
    if seconds < _MAX_HOURS_SHOWN * _HOUR:
        return _format_count_ago(int(seconds // _HOUR), "hour")
    days = (now.date() - local_day(moment, now)).days
    return _format_count_ago(days, "day") if days < _MAX_DAYS_SHOWN else _format_count_ago(days // 30, "month")


def format_partial_date(partial_date: str) -> str:
    """A date that is only as exact as known: `2025`, `2025-05` or `2025-05-21` as `2025`, `May 2025`, `21 May 2025`."""
    parts = [int(part) for part in partial_date.split("-")]
    match parts:
        case [year, month, day]:
            return f"{day} {_MONTH_NAMES[month - 1]} {year}"
        case [year, month]:
            return f"{_MONTH_NAMES[month - 1]} {year}"
        case _:
            return partial_date


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
        hour, minute = 12, 0
    else:
        parts = time.rstrip(":").split(":")
        if len(parts) > 2 or not all(part.isdecimal() and part.isascii() and len(part) < 3 for part in parts):
            raise ValueError(f"“{typed_time}” is not a time. Write it like 14:09.")
        hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
        if hour > 23 or minute > 59:
            raise ValueError(f"“{typed_time}” is not a time of day. Write it like 14:09.")
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=now.tzinfo)
    return moment if now.tzinfo else moment.astimezone()


def parse_iso_moment(text: str) -> datetime | None:
    """A moment as the program's own files hold it; None for anything else."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def parse_day(typed: str, today: date) -> date:
    """A typed day; see `parse_moment`. A day without a year is the latest one that is not in the future."""
    text = typed.strip().casefold().replace(",", " ")
    if text in ("", "today", "now"):
        return today
    if text == "yesterday":
        return date.fromordinal(today.toordinal() - 1)
    for separator in "/. ":
        text = text.replace(separator, "-")
    parts = [part for part in text.split("-") if part]
    try:
        if parts and parts[0].isalpha():  # the month first, as in Nov 20
            parts[:2] = parts[1::-1]
        if len(parts) == 3 and len(parts[0]) == 4:
            return date(int(parts[0]), _parse_month(parts[1]), int(parts[2]))
        if len(parts) == 3:
            year = int(parts[2]) + (2000 if len(parts[2]) == 2 else 0)
            return date(year, _parse_month(parts[1]), int(parts[0]))
        if len(parts) == 2:
            return _latest_past_day(_parse_month(parts[1]), int(parts[0]), today)
    except ValueError:
        pass
    raise ValueError(
        f"“{typed.strip()}” is not a date. Write it like {today.isoformat()} or {today.day} {_MONTH_NAMES[today.month - 1]}."
    )


def _latest_past_day(month: int, day: int, today: date) -> date:
    """The latest such day that is not in the future; 29 February may be eight years back, as in 1903."""
    date(_LEAP_YEAR, month, day)  # ValueError for a day that no year has
    for year in range(today.year, today.year - 8, -1):
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        if (leap or (month, day) != (2, 29)) and date(year, month, day) <= today:
            return date(year, month, day)
    return date(today.year - 8, month, day)


_LEAP_YEAR = 2024


def _parse_month(word: str) -> int:
    if word.isdecimal():
        return int(word)
    for number, name in enumerate(_MONTH_NAMES, start=1):
        if len(word) >= 3 and word.startswith(name.casefold()):
            return number
    raise ValueError(word)


def _format_count_ago(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'} ago"
