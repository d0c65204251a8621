"""Ids of diary events: ULIDs, which sort by the time of writing."""

from datetime import UTC, datetime, timedelta

_ULID_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ULID_LENGTH = 26
_RANDOM_BITS = 80
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def new_event_id(written: datetime, random: bytes, *, after: str = "") -> str:
    """A ULID of the moment of writing and ten random bytes, always greater than `after`.

    `after` is the greatest id in the diary, so that the order stays that of writing after the clock was set back. Two
    windows or computers that go on from the same id make different ones.
    """
    milliseconds = max(0, int(written.timestamp() * 1000))
    number = (milliseconds << _RANDOM_BITS) | int.from_bytes(random[:10], "big")
    id = _encode_ulid(number)
    if id > after:
        return id
    start, last = after[:-_ULID_LENGTH], after[-_ULID_LENGTH:]
    if not _is_ulid(last):
        return after + id
    return start + _encode_ulid(_decode_ulid(last) + 1 + (int.from_bytes(random[:10], "big") >> 8))


def moment_of_id(id: str) -> datetime | None:
    """The moment in an id; None where it holds none, or a year that no date has."""
    if not _is_ulid(id):
        return None
    try:
        return _EPOCH + timedelta(milliseconds=_decode_ulid(id) >> _RANDOM_BITS)
    except OverflowError:
        return None


def _encode_ulid(number: int) -> str:
    return "".join(_ULID_ALPHABET[(number >> shift) & 31] for shift in range(5 * (_ULID_LENGTH - 1), -1, -5))


def _decode_ulid(id: str) -> int:
    number = 0
    for character in id:
        number = number * 32 + _ULID_ALPHABET.index(character)
    return number


def _is_ulid(id: str) -> bool:
    return len(id) == _ULID_LENGTH and all(character in _ULID_ALPHABET for character in id) and id < "7" + "Z" * 25
