"""The order in which sources are named: those of the person's own country first, those of another country last."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from metaoptout_tui.core.guidance.basis import GuidanceSource

_DOMAINS_OF_NO_COUNTRY = frozenset({"eu", "io", "co", "ai", "tv", "me"})
"""Endings of two letters that are those of no country, or are used everywhere."""
_DOMAIN_OF_LEAD_AUTHORITY = "ie"
"""Meta's European company is in Ireland, so what is said there concerns everybody in Europe."""
_DOMAINS_OF_COUNTRY = {"GB": ("uk",), "CH": ("ch", "swiss"), "DE": ("de", "sh")}
"""The domains of a country where its domain is not its code, or that has one more: Schleswig-Holstein's pages end in `.sh`."""
_WEAK_QUALITIES = ("weak", "code")


def nearest_first(sources: Iterable[GuidanceSource], country: str) -> tuple[GuidanceSource, ...]:
    """The sources with those of a country first, by the ending of their host.

    Of the others those of no single country come before those of another country, and weak ones last.
    """
    own_domains = _DOMAINS_OF_COUNTRY.get(country, (country.lower(),))

    def distance(source: GuidanceSource) -> tuple[bool, bool, bool]:
        domain = (urlsplit(source.url).hostname or "").rpartition(".")[2]
        is_own = bool(domain) and domain in own_domains
        is_elsewhere = len(domain) == 2 and domain not in (*_DOMAINS_OF_NO_COUNTRY, _DOMAIN_OF_LEAD_AUTHORITY)
        return not is_own, source.quality in _WEAK_QUALITIES, is_elsewhere and not is_own

    return tuple(sorted(sources, key=distance))
