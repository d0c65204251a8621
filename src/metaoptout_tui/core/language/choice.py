"""Which language does the person want? The settings, else what was chosen on the screen, else the computer's.

And what the computer's locale tells besides: the country to propose.
"""

from collections.abc import Mapping, Sequence

from metaoptout_tui.core.language.translation import SOURCE_LANGUAGE

LOCALE_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Where a system says which language its person reads, in gettext's order."""


def choose_language(configured: str, chosen: str, environment: Mapping[str, str], known: Sequence[str]) -> str:
    """The language to speak, one of `known`: from config.toml, else the choice on the screen, else the environment's."""
    for language in (configured, chosen, *languages_of_environment(environment)):
        if language in known:
            return language
    return SOURCE_LANGUAGE


def languages_of_environment(environment: Mapping[str, str]) -> list[str]:
    """The languages that a person reads, best first, as two or three letters; none for a computer that says `C`.

    The first variable that is set decides alone, as with gettext; only `LANGUAGE` may name several, and it counts for
    nothing where the locale is `C` or `POSIX`.
    """
    locale = next((environment[name] for name in LOCALE_VARIABLES[1:] if environment.get(name)), "")
    if locale in ("C", "POSIX"):
        return []
    value = environment.get("LANGUAGE") or locale
    return [code for part in value.split(":") if (code := _language_code(part)) not in ("", "c", "posix")]


def _language_code(locale: str) -> str:
    """“de” of “de_AT.UTF-8@euro”, in small letters; empty for what is none."""
    code = locale.partition(".")[0].partition("@")[0].replace("-", "_").partition("_")[0].lower()
    return code if code.isascii() and code.isalpha() else ""


def language_and_country_of_locale(environ: Mapping[str, str]) -> tuple[str, str]:
    """Language and country of the locale, such as `nl` and `NL` for `nl_NL.UTF-8`; empty where it has none."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LC_CTYPE"):
        language, _unused, country = environ.get(name, "").partition(".")[0].partition("@")[0].partition("_")
        if len(country) == 2 and country.isalpha() and language.isalpha():
            return language.lower(), country.upper()
    return "", ""
