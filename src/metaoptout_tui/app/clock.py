"""The current time as a function that can be passed in, and the time zone of this machine."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo

Clock = Callable[[], datetime]


class MachineTimezone(tzinfo):
    """The zone that the machine is set to, with its offset at each moment: in winter, last summer has summer time.

    `system_clock` makes one for each moment, so an offset once looked up holds for all that is computed for that moment.
    """

    def __init__(self) -> None:
        self._offsets: dict[tuple[datetime, int], timedelta | None] = {}
        self._last: tuple[datetime | None, timedelta | None] = (None, None)

    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        """The offset from UTC at a local time."""
        if dt is None:
            return None
        last, offset = self._last
        if dt is last:  # now, mostly: every comparison with it asks for its offset
            return offset
        # Comparing moments asks for the offset of now, and datetimes that differ in `fold` alone are equal.
        local = (dt.replace(tzinfo=None), dt.fold)
        if local not in self._offsets:
            self._offsets[local] = _in_machine_timezone(dt).utcoffset()
        self._last = (dt, self._offsets[local])
        return self._offsets[local]

    def dst(self, dt: datetime | None) -> timedelta | None:
        """None: the machine does not say how much of the offset is summer time."""
        del dt
        return None

    def tzname(self, dt: datetime | None) -> str | None:
        """What the machine calls the zone at a local time."""
        return _in_machine_timezone(dt).tzname() if dt is not None else None

    def fromutc(self, dt: datetime) -> datetime:
        """A moment of UTC in local time; `fold` is 1 for the second of two equal local times."""
        fixed = dt.replace(tzinfo=UTC).astimezone()
        local = fixed.replace(tzinfo=self, fold=0)
        return local if local.utcoffset() == fixed.utcoffset() else local.replace(fold=1)


def _in_machine_timezone(local: datetime) -> datetime:
    return local.replace(tzinfo=None).astimezone()


def system_clock() -> datetime:
    """The time now."""
    return datetime.now(MachineTimezone())


def with_fixed_offset(at: datetime) -> datetime:
    """A moment with its offset made fixed, so that it stays the same when the zone of the machine changes."""
    offset = at.utcoffset()
    return at if offset is None else at.replace(tzinfo=timezone(offset), fold=0)
