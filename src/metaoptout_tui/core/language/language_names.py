"""Names of languages, said in the language in use."""

from collections.abc import Mapping
from types import MappingProxyType

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark

ENGLISH_LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "bg": mark("Bulgarian"),
        "cs": mark("Czech"),
        "da": mark("Danish"),
        "de": mark("German"),
        "el": mark("Greek"),
        "en": mark("English"),
        "es": mark("Spanish"),
        "et": mark("Estonian"),
        "fi": mark("Finnish"),
        "fr": mark("French"),
        "hr": mark("Croatian"),
        "hu": mark("Hungarian"),
        "is": mark("Icelandic"),
        "it": mark("Italian"),
        "lt": mark("Lithuanian"),
        "lv": mark("Latvian"),
        "mt": mark("Maltese"),
        "nl": mark("Dutch"),
        "no": mark("Norwegian"),
        "pl": mark("Polish"),
        "pt": mark("Portuguese"),
        "ro": mark("Romanian"),
        "sk": mark("Slovak"),
        "sl": mark("Slovenian"),
        "sv": mark("Swedish"),
    }
)
"""The languages of the guidance and those in which authorities take complaints; `language_name` says them."""


def language_name(code: str) -> str:
    """The name of a language in the language in use; the code itself where it has none."""
    return _(ENGLISH_LANGUAGE_NAMES.get(code, code))
