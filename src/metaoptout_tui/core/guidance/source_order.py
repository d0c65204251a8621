"""The order in which sources are named: those of the person's own country first, those of another country last."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from metaoptout_tui.core.guidance.playbook import GuidanceSource

_DOMAINS_OF_NO_COUNTRY = frozenset({"eu", "io", "co", "ai", "tv", "me"})
"""Endings of two letters that are those of no country, or are used everywhere."""
_DOMAIN_OF_LEAD_AUTHORITY = "ie"
"""Meta's European company is in Ireland, so what is said there concerns everybody in Europe."""
_DOMAINS_OF_COUNTRY = {"GB": ("uk",), "CH": ("ch", "swiss"), "DE": ("de", "sh")}
"""Those of a country whose domain is not its code, or that has one more: Schleswig-Holstein's pages end in `.sh`."""
_OWN, _EVERYWHERE, _ELSEWHERE = range(3)


def nearest_first(sources: Iterable[GuidanceSource], country: str) -> tuple[GuidanceSource, ...]:
    """The sources with those of a country first, by the ending of their host, and those of other countries last."""
    own_domains = _DOMAINS_OF_COUNTRY.get(country, (country.lower(),))

    def distance(source: GuidanceSource) -> int:
        domain = (urlsplit(source.url).hostname or "").rpartition(".")[2]
        if domain and domain in own_domains:
            return _OWN
        is_of_no_country = len(domain) != 2 or domain in (*_DOMAINS_OF_NO_COUNTRY, _DOMAIN_OF_LEAD_AUTHORITY)
        return _EVERYWHERE if is_of_no_country else _ELSEWHERE

    return tuple(sorted(sources, key=distance))
