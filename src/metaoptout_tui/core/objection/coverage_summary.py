"""How the objections stand, in one line."""

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.objection.overview import Overview


def summarize_coverage(overview: Overview, *, is_brief: bool = False) -> str:
    """How the objections stand: `Objections by account: 1 sent, waiting for Meta · 2 confirmed · 1 to do`.

    Each account for which an objection can be sent is counted once; one for which there is only a review is not. An
    account without an objection of its own counts as perhaps covered by that of a linked account, and as confirmed only
    where Meta's confirmation names all linked accounts.
    """
    if not overview.objectable_count:
        return _("nothing to file")
    sent, confirmed, _still_open, closed = overview.coverage_counts
    covered, still_open = overview.unconfirmed_cover_count, overview.open_counts
    sent -= covered
    if is_brief:
        sent_words = ngettext("{count} sent", "{count} sent", sent)
    else:
        sent_words = ngettext("{count} sent, waiting for Meta", "{count} sent, waiting for Meta", sent)
    parts = (
        (sent, sent_words),
        (confirmed, ngettext("{count} confirmed", "{count} confirmed", confirmed)),
        (covered, ngettext("{count} perhaps covered", "{count} perhaps covered", covered)),
        (still_open.refused, ngettext("{count} refused", "{count} refused", still_open.refused)),
        (still_open.asked, ngettext("{count} asked for more", "{count} asked for more", still_open.asked)),
        (still_open.late, ngettext("{count} late", "{count} late", still_open.late)),
        (
            still_open.complained,
            ngettext("{count} complained about", "{count} complained about", still_open.complained),
        ),
        (still_open.waiting, ngettext("{count} waiting", "{count} waiting", still_open.waiting)),
        (still_open.to_do, ngettext("{count} to do", "{count} to do", still_open.to_do)),
        (still_open.left_out, ngettext("{count} left out", "{count} left out", still_open.left_out)),
        (closed, ngettext("{count} closed", "{count} closed", closed)),
    )
    counts = " · ".join(words.format(count=count) for count, words in parts if count)
    # Translators: {counts} is such as “1 sent · 2 confirmed · 1 to do”.
    return (_("Objections: {counts}") if is_brief else _("Objections by account: {counts}")).format(counts=counts)
