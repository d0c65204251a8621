"""Postal addresses as letters have them: in lines, with the country where a letter leaves it, and the place of the sender."""

import re
from collections.abc import Iterable, Iterator

_CODE_AND_PLACE = re.compile(
    r"(?:[A-Z]{1,3}-)?(?:\d{4}-\d{3}|\d{4,5}|\d{3} \d{2}|\d{2}-\d{3})(?: ?[A-Z]{2}(?= ))? +"
    r"(?P<place>[^\W\d]\D*?)(?: \(?[A-Z]{2}\)?)?"
)
"""A postal code and the place after it: `1234 AB Utrecht`, `D-10115 Berlin`, `110 00 Praha`, `00184 Roma RM`."""


def address_lines(typed: str) -> tuple[str, ...]:
    """The lines of an address as a person typed it; in one line, the code with its place begins a line of its own.

    A comma within the street stays: `Via Roma, 12, 00184 Roma` are two lines.
    """
    lines = tuple(line.strip() for line in typed.splitlines() if line.strip())
    if len(lines) != 1:
        return lines
    parts = [part.strip() for part in lines[0].split(",")]
    for index, part in enumerate(parts):
        if index and _CODE_AND_PLACE.fullmatch(part):
            return (", ".join(parts[:index]), *parts[index:])
    return lines


def place_of_address(typed: str) -> str:
    """The place that stands after the postal code of an address; empty where none is surely one."""
    matches = (_CODE_AND_PLACE.fullmatch(line) for line in address_lines(typed)[1:])
    return next((match["place"].strip() for match in matches if match), "")


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
