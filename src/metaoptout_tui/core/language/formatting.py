"""Numbers, lists and the signs of sentences as the language in use writes them."""

from collections.abc import Iterable

from metaoptout_tui.core.language.cldr import FORMATS, LanguageFormats
from metaoptout_tui.core.language.translation import SOURCE_LANGUAGE, as_within_quotation, language_in_use

_SPANISH_AND, _SPANISH_OR = (("i", "hi"), ("hia", "hie", "hio"), "e"), (("o", "ho", "8"), (), "u")
"""Before which sounds Spanish says another word for “and” and “or”; the second has the exceptions."""


def formats_in_use() -> LanguageFormats:
    """How the language in use writes dates, numbers and lists."""
    return FORMATS.get(language_in_use()) or FORMATS[SOURCE_LANGUAGE]


def format_number(number: int) -> str:
    """`12,345`."""
    return f"{number:,}".replace(",", formats_in_use().thousands)


def format_decimal(number: float, places: int = 1) -> str:
    """`1,234.5`."""
    whole, point, fraction = f"{number:,.{places}f}".partition(".")
    formats = formats_in_use()
    return whole.replace(",", formats.thousands) + (formats.decimal_point if point else "") + fraction


def format_list(items: Iterable[str]) -> str:
    """`a, b and c`; empty for no item."""
    return format_list_in(language_in_use(), items)


def format_list_in(language: str, items: Iterable[str]) -> str:
    """`a, b and c`, as a language writes it that may be another than the one in use; empty for no item."""
    formats = FORMATS.get(language) or FORMATS[SOURCE_LANGUAGE]
    return _join(list(items), formats, formats.at_the_end, _SPANISH_AND)


def format_open_list(items: Iterable[str]) -> str:
    """`a, b, c`: a list of which the last is not joined by “and”; empty for no item."""
    return _join_open(items, formats_in_use())


def format_alternatives(items: Iterable[str]) -> str:
    """`a, b or c`; empty for no item."""
    formats = formats_in_use()
    return _join(list(items), formats, formats.or_at_the_end, _SPANISH_OR)


def quoted(words: str) -> str:
    """`“words”`: a name that stands by itself. A sentence holds its quotation marks itself."""
    return formats_in_use().quotation.format(as_within_quotation(words))


def labelled(label: str, words: str = "") -> str:
    """`label: words`; a label alone ends with its colon."""
    return formats_in_use().label.format(label, words).rstrip()


def format_clauses(clauses: Iterable[str]) -> str:
    """`a; b`; those that are empty are left out."""
    return formats_in_use().between_clauses.join(filter(None, clauses))


def with_full_stop(words: str) -> str:
    """A sentence with its full stop, unless it ends with a sign of its own."""
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _join_open(items: Iterable[str], formats: LanguageFormats) -> str:
    joined = ""
    for item in items:
        joined = formats.in_between.format(joined, item) if joined else item
    return joined


def _join(
    items: list[str],
    formats: LanguageFormats,
    at_the_end: str,
    spanish: tuple[tuple[str, ...], tuple[str, ...], str],
) -> str:
    if len(items) < 2:
        return "".join(items)
    *first, last = items
    sounds, exceptions, word = spanish
    if formats is FORMATS["es"] and last.casefold().startswith(sounds) and not last.casefold().startswith(exceptions):
        at_the_end = f"{{0}} {word} {{1}}"
    return at_the_end.format(_join_open(first, formats), last)
