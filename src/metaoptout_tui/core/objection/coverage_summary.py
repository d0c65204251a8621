"""How the objections stand, in one line."""

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.objection.overview import Overview


def summarize_coverage(overview: Overview, *, is_brief: bool = False) -> str:
    """How the objections stand: `Objections by account: 1 sent, waiting for Meta · 2 confirmed · 1 still open`.

    Each account for which an objection can be sent is counted once, also where another's objection covers it; one for
    which there is only a review is not. What was only sent is not called covered, and an account for whose linked
    account alone something was sent only perhaps, also where Meta confirmed that, unless it names all of them.
    """
    if not overview.objectable_count:
        return _("nothing to file")
    sent, confirmed, still_open, closed = overview.coverage_counts
    covered = overview.unconfirmed_cover_count
    sent -= covered
    if is_brief:
        sent_words, open_words = (
            ngettext("{count} sent", "{count} sent", sent),
            ngettext("{count} open", "{count} open", still_open),
        )
    else:
        sent_words = ngettext("{count} sent, waiting for Meta", "{count} sent, waiting for Meta", sent)
        open_words = ngettext("{count} still open", "{count} still open", still_open)
    parts = (
        (sent, sent_words),
        (confirmed, ngettext("{count} confirmed", "{count} confirmed", confirmed)),
        (covered, ngettext("{count} perhaps covered", "{count} perhaps covered", covered)),
        (still_open, open_words),
        (closed, ngettext("{count} closed", "{count} closed", closed)),
    )
    counts = " · ".join(words.format(count=count) for count, words in parts if count)
    # Translators: {counts} is such as “1 sent · 2 confirmed · 1 open”.
    return (_("Objections: {counts}") if is_brief else _("Objections by account: {counts}")).format(counts=counts)
