"""Ids of diary entries: unique, and sorted by when they were written, so that two copies of a diary can be joined."""

from datetime import datetime

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 26
_RANDOM_BITS = 80


def entry_id(written: datetime, random: bytes, *, after: str = "") -> str:
    """A ULID of the moment of writing and ten random bytes, always greater than `after`.

    `after` is the greatest id in the diary: with it the order of writing survives a clock that was set back.
    """
    milliseconds = max(0, int(written.timestamp() * 1000))
    number = (milliseconds << _RANDOM_BITS) | int.from_bytes(random[:10], "big")
    made = _encode(number)
    if made > after:
        return made
    return _encode(_decode(after) + 1) if _is_ulid(after) else after + "0"


def _encode(number: int) -> str:
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))


def _decode(id: str) -> int:
    number = 0
    for character in id:
        number = number * 32 + _ALPHABET.index(character)
    return number


def _is_ulid(id: str) -> bool:
    return len(id) == _LENGTH and all(character in _ALPHABET for character in id) and id < "7" + "Z" * 25
