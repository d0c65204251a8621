"""Meta's download: reading its files, what they say against the list of accounts, and how much Meta may have."""

from collections.abc import Iterator
from functools import partial

from metaoptout_tui.app.accounts.link_questions import AccountLink
from metaoptout_tui.app.imports.meta_export import read_meta_exports
from metaoptout_tui.app.imports.meta_export_findings import (
    finding_to_date,
    record_download_request,
    record_exposure,
    take_findings,
)
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.formatting import format_number, labelled, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.meta_export import MetaExport, MetaExports, exposure_sentence
from metaoptout_tui.core.meta_export_comparison import ExportComparison, compare_exports
from metaoptout_tui.core.meta_export_sentences import (
    counts_in,
    finding_sentences,
    finding_title,
    limits_of_downloads,
    missing_in,
    notes_on,
    services_of,
    unreadable_files,
    warnings_on,
)
from metaoptout_tui.plain.accounts import ask_since_when_linked
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.guide_lines import statement_line
from metaoptout_tui.plain.reading import ProgressLines, ask_paths, read_until_interrupted

_READ, _ASKED = "read", "asked"
_TAKE, _EXPOSURE, _RECORD, _MINE, _OTHERS, _READY = "take", "exposure", "record", "mine", "others", "ready"


def read_download(context: PlainContext) -> None:
    """Tell how Meta is asked for the download, and read it or record that it was asked for."""
    statements = [each for each in context.playbook.statements if "download" in each.scope.places]
    context.dialogue.say_part(
        _("What Meta gave you as “Download your information”."),
        *(statement_line(each, context.playbook) for each in statements),
    )
    options = [(_READ, _("I have it: read it")), (_ASKED, _("I asked for it: remind me to look for it"))]
    if context.dialogue.choose(_("Do you have it?"), options) == _ASKED:
        _record_request(context)
        return
    help = (_("It is read on this machine: no text is kept, and nothing leaves it."),)
    paths = ask_paths(context, _("Where is it? Name its file, all of its parts, or its folder."), help)
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
    elif context.change(lambda: record_download_request(context.session, accounts[0].id)):
        context.say(_("Written down. You are reminded tomorrow to look for it."))


def _go_through(context: PlainContext, results: MetaExports) -> None:
    """Tell what the download says, and offer to take it into the record, until the person goes on."""
    is_confirmed_own = False
    told_comparison = None
    while True:
        comparison = compare_exports(
            results.exports, context.session.record, context.playbook, is_confirmed_own=is_confirmed_own
        )
        if comparison != told_comparison:
            context.dialogue.say_part(*_notes(context, results, comparison))
        told_comparison = comparison
        options = (
            [(_TAKE, _("Take what is new into my list: {count}").format(count=format_number(len(comparison.findings))))]
            if comparison.findings
            else []
        )
        options += [(_MINE, _("It is my download, although nothing in it is in my list"))] if comparison.foreign else []
        own = comparison.own_among(results.exports)
        options += [(_EXPOSURE, _("Hear how much Meta may have from me"))] if own or not results.exports else []
        if own:
            options.append((_RECORD, _("Record counts, dates and file names in the diary; no text")))
        options.append((_READY, _("Go on")))
        chosen = context.dialogue.choose(_("What do you want to do with this?"), options)
        if chosen == _READY:
            return
        with context.dialogue.back_to():
            match chosen:
                case "take":
                    _take(context, comparison)
                case "mine":
                    is_confirmed_own = True
                case "exposure":
                    context.dialogue.say_part(*_exposure_lines(own))
                case "record":
                    if context.change(partial(record_exposure, context.session, own)):
                        context.say(_("Recorded."))


def _take(context: PlainContext, comparison: ExportComparison) -> None:
    """Ask which findings to take; and since when a link is so, where an objection depends on it."""
    findings = {finding.id: finding for finding in comparison.findings}
    options = [
        (id, " ".join((with_full_stop(finding_title(each, context.playbook)), *finding_sentences(each))))
        for id, each in findings.items()
    ]
    ticked = [id for id, finding in findings.items() if finding.is_ticked]
    chosen = context.dialogue.choose_several(
        _("Which of these do you want to take?"),
        options,
        chosen=ticked,
        why=_("Your list then says the same as the download."),
    )
    taken = [findings[id] for id in dict.fromkeys(chosen)]
    asked = finding_to_date(context.session.account_service, taken)
    since = None
    if asked is not None:
        since = ask_since_when_linked(
            context, AccountLink(asked.linked_group), platform=asked.platform, account_id=asked.account_id
        )
    if taken and context.change(lambda: take_findings(context.session, taken, since)):
        context.say(_("Changes taken into your list: {count}.").format(count=format_number(len(taken))))


def _notes(context: PlainContext, results: MetaExports, comparison: ExportComparison) -> Iterator[str]:
    """What was read, what is doubtful, and what could not be read."""
    yield from warnings_on(results, comparison)
    yield from notes_on(results, comparison, context.playbook)
    for path, reason in unreadable_files(results):
        yield _("{file} could not be read: {reason}").format(file=path, reason=reason)
    if not comparison.findings and results.exports:
        yield _("There is nothing new in it for your list of accounts.")


def _exposure_lines(exports: tuple[MetaExport, ...]) -> Iterator[str]:
    """How much there is, download by download, and what none can tell."""
    yield exposure_sentence(exports)
    for export in exports:
        yield labelled(services_of(export) or _("Download"))
        yield from map(with_full_stop, counts_in(export))
        yield missing_in(export)
    yield labelled(_("What a download cannot tell"))
    yield from limits_of_downloads(exports)
