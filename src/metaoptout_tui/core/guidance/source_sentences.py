"""The sources of a statement in words: who says so, of when, how sure, how good; those of the person's own country first."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.basis import Basis, GuidanceSource, describe_sureness
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.formatting import format_open_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark


def format_basis(basis: Basis, playbook: Playbook) -> str:
    """The sources with their dates, and the sureness: `Verbraucherzentralen (2025), CNIL (May 2025) · sure`."""
    names = dict.fromkeys(
        f"{source.publisher} ({dates.format_partial_date(source.date)})" if source.date else source.publisher
        for id in basis.sources
        if (source := playbook.sources.get(id)) is not None
    )
    return (
        describe_sureness(basis) if basis.is_own_advice else f"{format_open_list(names)} · {describe_sureness(basis)}"
    )


def format_source(source: GuidanceSource) -> str:
    """A source in one line: `CNIL, 21 May 2025, first hand`."""
    date = dates.format_partial_date(source.date) if source.date else _("undated")
    return f"{source.publisher}, {date}, {_(SOURCE_QUALITY_WORDS[source.quality])}"


SOURCE_QUALITY_WORDS = {
    "primary": mark("first hand"),
    # Translators: the quality of a source.
    "good": mark("good"),
    "weak": mark("weak: a blog or a collection"),
    "code": mark("public code"),
    "own": mark("its own advice"),
}
"""The quality of a source."""


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
