"""Postal addresses as letters have them: in lines, with the country where a letter leaves it, and the place of the sender."""

import re
from collections.abc import Iterable, Iterator

_CODE_BEHIND = r"(?i:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[\dW] ?[A-Z\d]{4})"
"""A postal code of the United Kingdom or of Ireland, which stands behind the place or below it: `SW1A 1AA`, `T12 X2K5`."""
_CODE_AND_PLACE = re.compile(
    rf"(?:(?:[A-Z]{{1,3}}-)?(?:\d{{4}}-\d{{3}}|\d{{4,5}}|\d{{3}} \d{{2}}|\d{{2}}-\d{{3}})(?: ?[A-Z]{{2}}(?= ))?|{_CODE_BEHIND}) +"
    r"(?P<place>[^\W\d]\D*?)(?: \(?[A-Z]{2}\)?)?"
)
"""A postal code and the place after it: `1234 AB Utrecht`, `D-10115 Berlin`, `110 00 Praha`, `00184 Roma RM`.

People also write a British or Irish one in front.
"""
_PLACE_AND_CODE = re.compile(rf"(?P<place>[^\W\d]\D*?) +{_CODE_BEHIND}")
_CODE_ALONE = re.compile(_CODE_BEHIND)


def address_lines(typed: str) -> tuple[str, ...]:
    """The lines of an address as a person typed it; in one line, the code and its place begin a line of their own.

    A comma within the street stays: `Via Roma, 12, 00184 Roma` are two lines.
    """
    lines = tuple(line.strip() for line in typed.splitlines() if line.strip())
    if len(lines) != 1:
        return lines
    parts = [part.strip() for part in lines[0].split(",")]
    for index, part in enumerate(parts):
        if index and (_CODE_AND_PLACE.fullmatch(part) or _PLACE_AND_CODE.fullmatch(part)):
            return (", ".join(parts[:index]), *parts[index:])
        if index > 1 and _CODE_ALONE.fullmatch(part):
            return (", ".join(parts[: index - 1]), *parts[index - 1 :])
    return lines


def place_of_address(typed: str) -> str:
    """The place that stands beside the postal code of an address, or above it; empty where none is surely one."""
    return next(filter(None, _places_beside_code(address_lines(typed))), "")


def _places_beside_code(lines: tuple[str, ...]) -> Iterator[str]:
    for index, line in enumerate(lines):
        if index and (match := _CODE_AND_PLACE.fullmatch(line)):
            yield match["place"].strip()
        elif match := _PLACE_AND_CODE.fullmatch(line):
            yield _town(lines[:index], match["place"].strip(" ,"))
        elif index > 1 and _CODE_ALONE.fullmatch(line) and not _has_digit(lines[index - 1]):
            yield _town(lines[: index - 1], lines[index - 1])


def _town(lines_above: tuple[str, ...], place: str) -> str:
    """The place, where only house and street stand above it; else it may be a county with its town above it."""
    parts = ",".join(lines_above).split(",")
    is_sure = bool(lines_above) and (len(parts) == 1 or _has_digit(parts[-1]))
    return place if is_sure else ""


def _has_digit(line: str) -> bool:
    return any(map(str.isdigit, line))


def names_country(line: str, names: Iterable[str]) -> bool:
    """Whether a line of an address is one of the names of its country, with or without “The” before it."""
    return line.casefold().removeprefix("the ") in {name.casefold() for name in names}


def with_country(lines: Iterable[str], names: Iterable[str], country: str) -> Iterator[str]:
    """The lines of an address with the country as it is called in a letter; without it where that is empty.

    `names` are those that the country has in any language, by one of which the address may call it.
    """
    *before, last = lines
    yield from before
    if not names_country(last, names):
        yield last
    if country:
        yield country
