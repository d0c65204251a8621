"""The current time, as a function that is passed in, and the time zone of this machine with summer time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo

Clock = Callable[[], datetime]


class MachineTimezone(tzinfo):
    """The zone that the machine is set to, with the offset that it has at each moment, not only now.

    So a moment of last summer is shown as the clock on the wall showed it, and a time typed for it means that.
    """

    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        """The offset from UTC at a local time."""
        return _in_machine_timezone(dt).utcoffset() if dt is not None else None

    def dst(self, dt: datetime | None) -> timedelta | None:
        """Not told apart from the offset by the machine."""
        del dt
        return None

    def tzname(self, dt: datetime | None) -> str | None:
        """What the machine calls the zone at a local time."""
        return _in_machine_timezone(dt).tzname() if dt is not None else None

    def fromutc(self, dt: datetime) -> datetime:
        """A moment that is given as UTC, in local time; the second of two equal local times is so marked."""
        there = dt.replace(tzinfo=UTC).astimezone()
        here = there.replace(tzinfo=self, fold=0)
        return here if here.utcoffset() == there.utcoffset() else here.replace(fold=1)


def _in_machine_timezone(of: datetime) -> datetime:
    return of.replace(tzinfo=None).astimezone()


def system_clock() -> datetime:
    """The time now."""
    return datetime.now(MachineTimezone())


def with_fixed_offset(at: datetime) -> datetime:
    """A moment with the offset it has, for good: what is written down does not change when the machine moves."""
    offset = at.utcoffset()
    return at if offset is None else at.replace(tzinfo=timezone(offset), fold=0)
