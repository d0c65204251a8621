"""Finds a country by what a person types: a part of one of its names, or its code; and the language to begin with there."""

from collections.abc import Callable, Iterable, Mapping
from unicodedata import combining, normalize

from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES
from metaoptout_tui.core.language.translation import gettext as _


def find_countries(typed: str, names_by_code: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The codes of the countries that were meant, the likeliest first; all of them where nothing was typed.

    `names_by_code` has the codes (ISO 3166-1 alpha-2) with the name that is shown and other names. First comes the country
    with the typed code or name, then those of which a name begins as typed, then those with a word that does, each in
    the order of their first names.
    """
    query = _plain(typed)
    ranks = {code: _rank(query, code, names) for code, names in names_by_code.items()}
    matching_codes = [code for code, rank in ranks.items() if rank is not None]
    return tuple(sorted(matching_codes, key=lambda code: (ranks[code], _plain(names_by_code[code][0]))))


def default_language(locale_language: str, country_languages: Iterable[str]) -> str:
    """The language of Meta's menus, of reasons and of letters to Meta until the person chooses another one.

    It is that of the computer, unless that is English, which many have who use Meta in another language; then it is the
    first of the country that this program has, else English. `country_languages` are those of the country.
    """
    known = [language for language in country_languages if language in CONTENT_LANGUAGES]
    if locale_language in known or (locale_language in CONTENT_LANGUAGES and locale_language != "en"):
        return locale_language
    return known[0] if known else "en"


def since_when_question(names_by_code: Mapping[str, tuple[str, ...]], country: str) -> str:
    """The question since when a person lives in the country where they live now."""
    return _("Where you live now: {country}. Since when?").format(country=names_by_code.get(country, (country,))[0])


def where_then_question() -> str:
    """The question where the person lived when they sent something, asked where their country is set for the first time."""
    return _("Where did you live when you objected?")


def what_a_move_means() -> str:
    """Why that question is asked."""
    return _("What you sent before goes on under the law of where you lived then. A month is enough.")


def territory_note(
    country: str, territories: Mapping[str, str], load_names: Callable[[], Mapping[str, tuple[str, ...]]]
) -> str:
    """A warning that a territory may not have the rules of its EU member state; empty for other countries.

    `territories` has the codes of territories with that of their state; `load_names` gives the names of countries by code.
    """
    state = territories.get(country)
    if state is None:
        return ""
    names = load_names()
    name, state_name = names[country][0], names[state][0]
    return _(
        "{name} is part of {state_name}, a member of the EU. Whether what is said here of "
        "{state_name} goes for it too is not verified."
    ).format(name=name, state_name=state_name)


def _rank(query: str, code: str, names: Iterable[str]) -> int | None:
    """How far a country is from what was typed, 0 for the same; None where it was not meant."""
    if not query:
        return 0
    plain_names = [_plain(name) for name in names]
    fits = (
        query == code.casefold(),
        query in plain_names,
        any(name.startswith(query) for name in plain_names),
        any(f" {query}" in name for name in plain_names),
        any(query in name for name in plain_names),
    )
    return fits.index(True) if any(fits) else None


def _plain(name: str) -> str:
    """A name in lower case, without full stops and without accents, which not every keyboard has."""
    letters = normalize("NFKD", name.strip().casefold().replace(".", ""))
    return "".join(character for character in letters if not combining(character))
