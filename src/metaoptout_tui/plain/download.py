"""Meta's download: reading its files, what they say against the list of accounts, and how much Meta may have."""

from collections.abc import Iterator
from contextlib import suppress

from metaoptout_tui.app.meta_export import read_meta_exports
from metaoptout_tui.app.meta_export_findings import finding_to_date, record_exposure, record_request, take_findings
from metaoptout_tui.core import dates, text
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.formatting import format_list, format_number, labelled, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.meta_export import (
    EXPORT_SERVICES,
    EXPOSURE_LABELS,
    LINK_HINT_LABELS,
    MetaExport,
    MetaExports,
    exposure_sentence,
    missing_kinds,
)
from metaoptout_tui.core.meta_export_comparison import ExportComparison, ExportFinding, FindingKind, compare_exports
from metaoptout_tui.core.objection.event_sentences import describe_link
from metaoptout_tui.core.record.account_names import group_name
from metaoptout_tui.plain.accounts import ask_since_when_linked
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.conversation import WentBack
from metaoptout_tui.plain.guide_lines import statement_line
from metaoptout_tui.plain.reading import ProgressLines, ask_paths, read_until_interrupted

_READ, _ASKED = "read", "asked"
_TAKE, _EXPOSURE, _RECORD, _MINE, _OTHERS, _READY = "take", "exposure", "record", "mine", "others", "ready"


def read_download(context: PlainContext) -> None:
    """Tell how Meta is asked for the download, and read it or record that it was asked for."""
    statements = [each for each in context.playbook.statements if "download" in each.scope.places]
    context.dialogue.part(
        _("What Meta gave you as “Download your information”."),
        *(statement_line(each, context.playbook) for each in statements),
    )
    options = [(_READ, _("I have it: read it")), (_ASKED, _("I asked for it: remind me to look for it"))]
    if context.dialogue.choose(_("Do you have it?"), options) == _ASKED:
        _record_request(context)
        return
    help = (_("It is read on this machine: no text is kept, and nothing leaves it."),)
    paths = ask_paths(context, _("Where is it? Type the path of its file, of all its parts, or of its folder."), help)
    job = Job(ProgressLines(context.say).report)
    try:
        results = read_until_interrupted(context.say, lambda running: read_meta_exports(paths, running), job)
    except MetaOptOutError as error:
        context.say(str(error))
        return
    _go_through(context, results)


def _record_request(context: PlainContext) -> None:
    accounts = context.session.record.accounts
    if not accounts:
        context.say(_("There is no account in your list yet. Add one first."))
    elif context.change(lambda: record_request(context.session.view, accounts[0].id)):
        context.say(_("Written down. You are reminded tomorrow to look for it."))


def _go_through(context: PlainContext, results: MetaExports) -> None:
    """Tell what the download says, and offer to take it into the record, until the person goes on."""
    is_confirmed_own = False
    told = None
    while True:
        comparison = compare_exports(
            results.exports, context.session.record, context.playbook, is_confirmed_own=is_confirmed_own
        )
        if comparison != told:
            context.dialogue.part(*_notes(context, results, comparison))
        told = comparison
        options = (
            [(_TAKE, _("Take what is new into my list: {count}").format(count=format_number(len(comparison.findings))))]
            if comparison.findings
            else []
        )
        options += [(_MINE, _("It is my download, although nothing in it is in my list"))] if comparison.foreign else []
        options.append((_EXPOSURE, _("Hear how much Meta may have from me")))
        if results.exports:
            options.append((_RECORD, _("Record counts, dates and file names in the diary; no text")))
        options.append((_READY, _("Go on")))
        chosen = context.dialogue.choose(_("What do you want to do with this?"), options)
        if chosen == _READY:
            return
        with suppress(WentBack):
            match chosen:
                case "take":
                    _take(context, comparison)
                case "mine":
                    is_confirmed_own = True
                case "exposure":
                    context.dialogue.part(*_exposure_lines(results))
                case "record":
                    if context.change(lambda: record_exposure(context.session.view, results.exports)):
                        context.say(_("Recorded."))


def _take(context: PlainContext, comparison: ExportComparison) -> None:
    """Ask which findings to take; and since when a link is so, where an objection depends on it."""
    findings = {finding.id: finding for finding in comparison.findings}
    options = [(id, " ".join(_finding_sentences(context, finding))) for id, finding in findings.items()]
    ticked = [id for id, finding in findings.items() if finding.is_ticked]
    chosen = context.dialogue.choose_several(_("Which of these do you want to take?"), options, chosen=ticked)
    taken = [findings[id] for id in dict.fromkeys(chosen)]
    asked = finding_to_date(context.session.account_changes, taken)
    since = None
    if asked is not None:
        since = ask_since_when_linked(context, asked.linked_group, platform=asked.platform, account_id=asked.account_id)
    if taken and context.change(lambda: take_findings(context.session.view, taken, since)):
        context.say(_("Changes taken into your list: {count}.").format(count=format_number(len(taken))))


def _finding_sentences(context: PlainContext, finding: ExportFinding) -> Iterator[str]:
    name = f"{context.playbook.platform_name(finding.platform)} {finding.account_name}"
    match finding.kind:
        case FindingKind.NEW_ACCOUNT:
            yield _("New account: {account}.").format(account=name)
            if finding.linked_group:
                yield _("It is linked in “{group}”.").format(group=group_name(finding.linked_group))
        case FindingKind.NAME:
            yield _("Name: {name}.").format(name=name)
        case FindingKind.LINK:
            yield _("Link: {account} in “{group}”. Your list says: {link}.").format(
                account=name, group=group_name(finding.linked_group or ""), link=describe_link(finding.former)
            )
        case FindingKind.EMAIL:
            yield _("E-mail address of {account}: {email}.").format(account=name, email=finding.email)
    if finding.linked_group and finding.linked_on:
        yield _("Linked on {day}.").format(day=dates.format_full_day(finding.linked_on))
    if finding.former and finding.kind is not FindingKind.LINK:
        yield _("Your list says: {what}.").format(what=finding.former)
    if not finding.is_ticked:
        yield _("It differs from what you wrote, and the download may be older.")


def _notes(context: PlainContext, results: MetaExports, comparison: ExportComparison) -> Iterator[str]:
    """What was read, what is doubtful, and what could not be read."""
    if not results.is_complete:
        yield _("Stopped before the end: only what was read by then is here.")
    for export in results.exports:
        yield from _notes_on_export(export, is_foreign=export in comparison.foreign)
    for account in comparison.not_in_download:
        yield _("{account} is not named in it. That says nothing against it: it stays in your list.").format(
            account=context.name_of(account.id)
        )
    if not results.exports:
        yield _("Nothing of a download by Meta was found.")
    for unread in results.unreadable:
        yield _("{file} could not be read: {reason}").format(
            file=text.clean_line(unread.path, 300), reason=unread.reason
        )
    if not comparison.findings and results.exports:
        yield _("There is nothing new in it for your list of accounts.")


def _notes_on_export(export: MetaExport, *, is_foreign: bool) -> Iterator[str]:
    services = format_list(map(_service_name, export.services)) or _("A download")
    names = ", ".join(dict.fromkeys(account.username or account.name for account in export.accounts))
    yield (
        with_full_stop(labelled(services, text.clean_line(names, 200)))
        if names
        else _("{services}: no account is named.").format(services=services)
    )
    if is_foreign:
        yield _("It has no account and no address in common with your list. It may be somebody else's.")
        return
    if not export.linked.is_listed:
        yield _("There is no list of linked profiles in it: it says nothing of links.")
    for hint in export.link_hints:
        yield _("A trace of a link, and no proof: {trace}.").format(trace=_(LINK_HINT_LABELS[hint]))
    if export.pages:
        yield _("Own Pages, which cannot object: {pages}.").format(pages=", ".join(page.name for page in export.pages))


def _exposure_lines(results: MetaExports) -> Iterator[str]:
    """How much there is, download by download, and what none can tell."""
    yield exposure_sentence(results.exports)
    for export in results.exports:
        yield from _count_lines(export)
    yield _("No download says who could see a single post.")
    yield _("Nor does it say whether Meta used any of it for AI. It is what Meta may have, not what it used.")


def _service_name(service: str) -> str:
    return _(EXPORT_SERVICES[service]) if service in EXPORT_SERVICES else service


def _count_lines(export: MetaExport) -> Iterator[str]:
    yield labelled(format_list(map(_service_name, export.services)) or _("Download"))
    for kind, english_label in EXPOSURE_LABELS.items():
        label = _(english_label)
        count = export.counts.get(kind)
        if count is None or not count.total:
            continue
        if count.first_day and count.last_day:
            first, last = dates.format_full_day(count.first_day), dates.format_full_day(count.last_day)
            # Translators: {counted} is such as “posts in groups”.
            yield _("{count} {counted}, from {first_day} to {last_day}.").format(
                count=format_number(count.total), counted=label, first_day=first, last_day=last
            )
        else:
            yield _("{count} {counted}.").format(count=format_number(count.total), counted=label)
    if missing := missing_kinds(export):
        yield _("There is no file for: {kinds}.").format(kinds=", ".join(_(EXPOSURE_LABELS[kind]) for kind in missing))
