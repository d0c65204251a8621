"""Finds a country by what a person types: a part of one of its names, or its code."""

from collections.abc import Iterable, Mapping
from unicodedata import combining, normalize


def find_countries(typed: str, names_by_code: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The codes of the countries that were meant, the likeliest first; all of them where nothing was typed.

    `names_by_code` has the codes (ISO 3166-1 alpha-2) with the English name and other names. First comes the country
    with the typed code, then those of which a name begins as typed, each in the order of their English names.
    """
    query = _without_accents(typed.strip())

    def order(code: str) -> tuple[bool, bool, str]:
        names = names_by_code[code]
        begins = any(_without_accents(name).startswith(query) for name in names)
        return query != code.casefold(), not begins, names[0]

    return tuple(sorted((code for code, names in names_by_code.items() if _matches(query, code, names)), key=order))


def _matches(query: str, code: str, names: Iterable[str]) -> bool:
    return not query or query == code.casefold() or any(query in _without_accents(name) for name in names)


def _without_accents(name: str) -> str:
    """A name in lower case without accents, which not every keyboard has."""
    return "".join(character for character in normalize("NFKD", name.casefold()) if not combining(character))
