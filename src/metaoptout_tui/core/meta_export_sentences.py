"""What Meta's downloads say, in sentences: what was read, what a finding would change, and how much was counted."""

from collections.abc import Iterable, Iterator

from metaoptout_tui.core import dates, text
from metaoptout_tui.core.chats.scan_summary import format_date_span
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.formatting import (
    format_list,
    format_number,
    format_open_list,
    labelled,
    with_full_stop,
)
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.meta_export import (
    EXPORT_SERVICES,
    EXPOSURE_LABELS,
    LINK_HINT_LABELS,
    MetaExport,
    MetaExports,
    missing_kinds,
)
from metaoptout_tui.core.meta_export_comparison import ExportComparison, ExportFinding, FindingKind
from metaoptout_tui.core.objection.event_sentences import describe_link
from metaoptout_tui.core.record.account_names import account_name, group_name

_MAX_NAMED = 5


def services_of(export: MetaExport) -> str:
    """The services that a download is of; empty where it says none."""
    return format_list(_(EXPORT_SERVICES.get(service, service)) for service in export.services)


def warnings_on(results: MetaExports, comparison: ExportComparison) -> Iterator[str]:
    """That not all was read, and that a download may be somebody else's."""
    if not results.is_complete:
        yield _("Stopped before the end: only what was read by then is here.")
    for export in comparison.foreign:
        yield _(
            "The download of {names} has no account and no address in common with your list. It may "
            "be somebody else's, and nothing of it is offered."
        ).format(names=_names_in(export))


def notes_on(results: MetaExports, comparison: ExportComparison, playbook: Playbook) -> Iterator[str]:
    """What was read of the person's own downloads, and what they do not name."""
    for export in comparison.own_among(results.exports):
        yield from _notes_on_export(export)
    if comparison.not_in_download:
        names = format_list(account_name(each, playbook) for each in comparison.not_in_download)
        yield _("Not named in it: {names}. That says nothing against them: they stay in your list.").format(names=names)
    if not results.exports:
        yield _("Nothing of a download by Meta was found.")


def _names_in(export: MetaExport) -> str:
    names = dict.fromkeys(account.username or account.name for account in export.accounts)
    return text.clean_line(format_list(names), 200)


def _notes_on_export(export: MetaExport) -> Iterator[str]:
    services = services_of(export) or _("A download")
    if names := _names_in(export):
        yield with_full_stop(labelled(services, names))
    else:
        yield _("{services}: no account is named.").format(services=services)
    if not export.linked.is_listed:
        yield _("There is no list of linked profiles in it: it says nothing of links.")
    elif not export.linked.profiles:
        yield _("Its list of linked profiles is empty. That does not prove that nothing is linked.")
    for hint in export.link_hints:
        yield _("A trace of a link, and no proof: {trace}.").format(trace=_(LINK_HINT_LABELS[hint]))
    if export.pages:
        named = [page.name for page in export.pages[:_MAX_NAMED]]
        more = len(export.pages) - _MAX_NAMED
        if more > 0:
            yield ngettext(
                "Own Pages, which cannot object: {names} and {count} more.",
                "Own Pages, which cannot object: {names} and {count} more.",
                more,
            ).format(names=format_open_list(named), count=format_number(more))
        else:
            yield _("Own Pages, which cannot object: {names}.").format(names=format_list(named))


def finding_title(finding: ExportFinding, playbook: Playbook) -> str:
    """What a finding would change, in a few words."""
    name = f"{playbook.platform_name(finding.platform)} {finding.account_name}"
    match finding.kind:
        case FindingKind.NEW_ACCOUNT if finding.linked_group:
            return _("New: {name}, in “{group}”").format(name=name, group=group_name(finding.linked_group))
        case FindingKind.NEW_ACCOUNT:
            return _("New: {name}").format(name=name)
        case FindingKind.NAME:
            return _("Name: {name}").format(name=name)
        case FindingKind.LINK:
            return _("Link: {name} in “{group}”").format(name=name, group=group_name(finding.linked_group or ""))
        case FindingKind.EMAIL:
            return _("E-mail: {name}: {email}").format(name=name, email=finding.email)


def finding_sentences(finding: ExportFinding) -> Iterator[str]:
    """What is to be known of a finding: what else the download says, and what it would change."""
    if finding.kind is FindingKind.NEW_ACCOUNT and finding.email:
        yield _("Its e-mail address there: {email}.").format(email=finding.email)
    if finding.linked_group and finding.linked_on:
        yield _("Linked on {day}.").format(day=dates.format_full_day(finding.linked_on))
    elif finding.linked_group:
        yield _("The download does not say since when it is linked.")
    if finding.kind is FindingKind.LINK:
        yield _("Your list says: {link}.").format(link=describe_link(finding.former))
    elif finding.former:
        yield _("Your list says: {name_or_address}.").format(name_or_address=finding.former)
    if not finding.is_ticked:
        yield _("It differs from what you wrote, and the download may be older: so it is not chosen beforehand.")
    if finding.kind is FindingKind.EMAIL and finding.former:
        yield _("Another address may ask for a new objection.")


def counts_in(export: MetaExport) -> Iterator[str]:
    """How much there is of each kind in a download, with its first and its last day."""
    for kind, label in EXPOSURE_LABELS.items():
        count = export.counts.get(kind)
        if count is not None and count.total:
            words = f"{format_number(count.total)} {_(label)}"
            days = format_date_span((count.first_day, count.last_day) if count.first_day and count.last_day else None)
            yield dates.with_day(words, days) if days else words


def missing_in(export: MetaExport) -> str:
    """Of what a download has no file; empty for nothing."""
    missing = format_open_list(_(EXPOSURE_LABELS[kind]) for kind in missing_kinds(export))
    return _("No file for: {missing}.").format(missing=missing) if missing else ""


def unreadable_files(results: MetaExports) -> Iterator[tuple[str, str]]:
    """The path of each file that could not be read, with the reason."""
    for each in results.unreadable:
        path = f"{each.path} › {each.member}" if each.member else each.path
        yield text.clean_line(path, 300), each.reason


def limits_of_downloads(exports: Iterable[MetaExport]) -> Iterator[str]:
    """What a download cannot tell."""
    yield _("Who could see a post: no download says that of a single post.")
    yield _("Whether Meta used any of it for AI. It is what Meta may have, not what it used.")
    if any(missing_kinds(export) for export in exports):
        yield _("Where it has no file for something, there may be none, or it was not asked for.")
