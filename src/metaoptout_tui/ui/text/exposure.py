"""Texts about Meta's download: what Meta may have from a person, in numbers and by year, and notes on what was read."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from rich.cells import cell_len
from textual.content import Content

from metaoptout_tui.core.guidance.playbook import Statement
from metaoptout_tui.core.guidance.topics import TopicId, topic_statements
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, ngettext
from metaoptout_tui.core.meta_export import (
    EXPORT_SERVICES,
    MetaExport,
    MetaExports,
    ai_messages_by_year,
    exposure_sentence,
    published_by_year,
)
from metaoptout_tui.core.meta_export_comparison import ExportComparison
from metaoptout_tui.core.meta_export_sentences import (
    counts_in,
    limits_of_downloads,
    missing_in,
    notes_on,
    services_of,
    unreadable_files,
    warnings_on,
)
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.builder import TextBuilder
from metaoptout_tui.ui.text.step_sources import SourcedText, SourceList

WHAT_HELPS_STATEMENT = "confirm.side"
_MAX_NAMED = 5
_MAX_CHART_BAR = 40
TITLE = mark("What Meta may have from you")


def exposure_statements(context: AppContext) -> tuple[Statement, ...]:
    """What the guidance says of what Meta uses, where the person lives; what helps besides objecting comes first."""
    region = context.session.playbook.region_of_country(context.session.record.person.country).id
    sections = topic_statements(context.session.playbook, TopicId.REACH, region)
    statements = sections[0][1] if sections else ()
    return tuple(sorted(statements, key=lambda statement: statement.id != WHAT_HELPS_STATEMENT))


def exposure_sources(context: AppContext) -> SourceList:
    """The sources of those statements."""
    sentence = context.session.playbook.texts.sentence
    return SourceList(context, _(TITLE), [(each.basis, sentence(each.id)) for each in exposure_statements(context)])


def exposure_text(context: AppContext, width: int, exports: Sequence[MetaExport]) -> SourcedText:
    """How much there is in words and by year, what can be done, each download's counts, and what none can tell."""
    sourced = SourcedText(context, width)
    sourced.builder.paragraph(exposure_sentence(exports), "bold")
    for export in exports:
        for account in export.accounts:
            if account.is_private is not None:
                service = _(EXPORT_SERVICES.get(account.service, account.service))
                sentence = (
                    _("The {service} profile {username} is private.")
                    if account.is_private
                    else _("The {service} profile {username} is public.")
                )
                sourced.builder.paragraph(sentence.format(service=service, username=account.username))
    _add_chart(sourced.builder, context, _("Posts, comments, stories and reels by year"), published_by_year(exports))
    _add_chart(sourced.builder, context, _("Messages to Meta AI by year"), ai_messages_by_year(exports))
    statements = exposure_statements(context)
    helping = [statement for statement in statements if statement.id == WHAT_HELPS_STATEMENT]
    if helping:
        sourced.builder.heading(_("What can be done besides objecting"))
        sourced.add_statements(helping)
    for export in exports:
        _add_counts(sourced, export)
    sourced.builder.heading(_("What a download cannot tell"))
    for limit in limits_of_downloads(exports):
        sourced.add_item(limit)
    sourced.builder.heading(_("What Meta uses, and what counts as public"))
    sourced.add_statements(statement for statement in statements if statement not in helping)
    return sourced


def _add_counts(sourced: SourcedText, export: MetaExport) -> None:
    sourced.builder.heading(services_of(export) or _("Download"))
    counts = tuple(counts_in(export))
    for words in counts or (_("Nothing is counted in it."),):
        sourced.add_item(words)
    if missing := missing_in(export):
        sourced.builder.item("-", missing, style="$muted")


def _add_chart(builder: TextBuilder, context: AppContext, heading: str, by_year: Mapping[str, int]) -> None:
    if not by_year:
        return
    builder.heading(heading)
    most = max(by_year.values())
    years = range(int(min(by_year)), int(max(by_year)) + 1)
    numbers = {str(year): format_number(by_year.get(str(year), 0)) for year in years}
    room = min(_MAX_CHART_BAR, builder.width - max(map(cell_len, numbers.values())) - len("2026  "))
    for year, number in numbers.items():
        count = by_year.get(year, 0)
        bar = context.symbols.bar_full * max(1 if count else 0, round(room * count / most))
        builder.add_line(Content.assemble(f"{year} ", (bar, "$text-accent"), f" {number}" if bar else number))


def download_notes(
    context: AppContext,
    width: int,
    results: MetaExports,
    comparison: ExportComparison,
    finding_sentences: Iterable[str],
) -> Content:
    """About the highlighted finding, then what was read, what is doubtful and what could not be read."""
    builder, bullet = TextBuilder(width), context.symbols.bullet
    for sentence in finding_sentences:
        builder.cell_wrapped_paragraph(sentence)
    builder.heading(_("What was read"))
    for warning in warnings_on(results, comparison):
        builder.item(context.symbols.attention, warning, sign_style="$text-warning")
    for note in notes_on(results, comparison, context.session.playbook):
        builder.item(bullet, note)
    _add_unreadable(builder, context, results)
    return builder.content()


def _add_unreadable(builder: TextBuilder, context: AppContext, results: MetaExports) -> None:
    if not results.unreadable:
        return
    builder.heading(_("What could not be read"))
    for path, reason in islice(unreadable_files(results), _MAX_NAMED):
        builder.item(context.symbols.attention, f"{path}: {reason}")
    if len(results.unreadable) > _MAX_NAMED:
        more = len(results.unreadable) - _MAX_NAMED
        words = ngettext("And {count} more.", "And {count} more.", more).format(count=format_number(more))
        builder.paragraph(words, "$muted")
