"""The sources of a statement in words: who says so, of when, how sure, and how good the source is."""

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
