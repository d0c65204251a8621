"""Texts about Meta's download: what Meta may have from a person, in numbers and by year, and notes on what was read."""

from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len
from textual.content import Content

from metaoptout_tui.core import dates, text
from metaoptout_tui.core.chats.scan_summary import format_date_span
from metaoptout_tui.core.guidance.playbook import Statement
from metaoptout_tui.core.guidance.topics import TopicId, topic_statements
from metaoptout_tui.core.language.formatting import format_list, format_number, labelled, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, ngettext
from metaoptout_tui.core.meta_export import (
    EXPORT_SERVICES,
    EXPOSURE_LABELS,
    LINK_HINT_LABELS,
    MetaExport,
    MetaExports,
    ai_messages_by_year,
    exposure_sentence,
    missing_kinds,
    published_by_year,
)
from metaoptout_tui.core.meta_export_comparison import ExportComparison
from metaoptout_tui.core.record.account_names import account_name
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
    sourced.add_item(_("Who could see a post: no download says that of a single post."))
    sourced.add_item(_("Whether Meta used any of it for AI. It is what Meta may have, not what it used."))
    if any(missing_kinds(export) for export in exports):
        sourced.add_item(_("Where it has no file for something, there may be none, or it was not asked for."))
    sourced.builder.heading(_("What Meta uses, and what counts as public"))
    sourced.add_statements(statement for statement in statements if statement not in helping)
    return sourced


def _add_counts(sourced: SourcedText, export: MetaExport) -> None:
    sourced.builder.heading(_services_of(export) or _("Download"))
    for kind, label in EXPOSURE_LABELS.items():
        count = export.counts.get(kind)
        if count is None or not count.total:
            continue
        words = f"{format_number(count.total)} {_(label)}"
        days = format_date_span((count.first_day, count.last_day) if count.first_day and count.last_day else None)
        sourced.add_item(dates.with_day(words, days) if days else words)
    if not any(count.total for count in export.counts.values()):
        sourced.add_item(_("Nothing is counted in it."))
    missing = [_(EXPOSURE_LABELS[kind]) for kind in missing_kinds(export)]
    if missing:
        sourced.builder.item("-", _("No file for: {missing}.").format(missing=", ".join(missing)), style="$muted")


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
    if not results.is_complete:
        builder.item(context.symbols.attention, _("Stopped before the end: only what was read by then is here."))
    for export in comparison.foreign:
        names = ", ".join(dict.fromkeys(account.username or account.name for account in export.accounts))
        builder.item(
            context.symbols.attention,
            _(
                "The download of {names} has no account and no address in common with your list. It may "
                "be somebody else's, and nothing of it is offered."
            ).format(names=text.clean_line(names, 200)),
            sign_style="$text-warning",
        )
    for export in results.exports:
        if export not in comparison.foreign:
            for note in _notes_on(export):
                builder.item(bullet, note)
    if comparison.not_in_download:
        names = ", ".join(account_name(each, context.session.playbook) for each in comparison.not_in_download)
        builder.item(
            bullet,
            _("Not named in it: {names}. That says nothing against them: they stay in your list.").format(names=names),
        )
    if not results.exports:
        builder.item(bullet, _("Nothing of a download by Meta was found."))
    _add_unreadable(builder, context, results)
    return builder.content()


def _notes_on(export: MetaExport) -> Iterable[str]:
    services = _services_of(export) or _("A download")
    accounts = ", ".join(dict.fromkeys(account.username or account.name for account in export.accounts))
    if accounts:
        yield with_full_stop(labelled(services, text.clean_line(accounts, 200)))
    else:
        yield _("{services}: no account is named.").format(services=services)
    if not export.linked.is_listed:
        yield _("There is no list of linked profiles in it: it says nothing of links.")
    elif not export.linked.profiles:
        yield _("Its list of linked profiles is empty. That does not prove that nothing is linked.")
    for hint in export.link_hints:
        yield _("A trace of a link, and no proof: {trace}.").format(trace=_(LINK_HINT_LABELS[hint]))
    if export.pages:
        names = ", ".join(page.name for page in export.pages[:_MAX_NAMED])
        more = len(export.pages) - _MAX_NAMED
        if more > 0:
            yield ngettext(
                "Own Pages, which cannot object: {names} and {count} more.",
                "Own Pages, which cannot object: {names} and {count} more.",
                more,
            ).format(names=names, count=format_number(more))
        else:
            yield _("Own Pages, which cannot object: {names}.").format(names=names)


def _services_of(export: MetaExport) -> str:
    return format_list(_(EXPORT_SERVICES.get(service, service)) for service in export.services)


def _add_unreadable(builder: TextBuilder, context: AppContext, results: MetaExports) -> None:
    if not results.unreadable:
        return
    builder.heading(_("What could not be read"))
    for each in results.unreadable[:_MAX_NAMED]:
        path = f"{each.path} › {each.member}" if each.member else each.path
        builder.item(context.symbols.attention, f"{text.clean_line(path, 300)}: {each.reason}")
    if len(results.unreadable) > _MAX_NAMED:
        more = len(results.unreadable) - _MAX_NAMED
        words = ngettext("And {count} more.", "And {count} more.", more).format(count=format_number(more))
        builder.paragraph(words, "$muted")
