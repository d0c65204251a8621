"""Exports the case file of one account or of all, as HTML, Markdown, JSON and a calendar."""

import re
from collections.abc import Callable, Collection
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.app.clock import Clock, system_clock
from metaoptout_tui.app.files.record_exports import RecordExports
from metaoptout_tui.app.files.typed_paths import with_tilde
from metaoptout_tui.app.guidance.guidance_in_use import load_guidance_in_use
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.case_file.case import Case, CaseReferenceData, build_case
from metaoptout_tui.core.case_file.redaction import collect_harmless_words, redact_record
from metaoptout_tui.core.errors import FileRefused, InputRefused
from metaoptout_tui.core.guidance.editions import GuidanceInUse
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.formatting import format_list
from metaoptout_tui.core.language.translation import (
    ENGLISH,
    SOURCE_LANGUAGE,
    catalogue_in_use,
    in_catalogue,
    language_in_use,
    mark,
)
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import EvidenceFileState, EvidenceItem, Record, evidence_items_of
from metaoptout_tui.core.text import clean_line, name_in_file_name
from metaoptout_tui.guidance.loader import load_authorities, load_countries, public_holiday_name
from metaoptout_tui.storage import progress_file
from metaoptout_tui.storage.evidence_folder import read_stored_text, verify_file
from metaoptout_tui.storage.export_folder import copy_evidence_file, default_export_folder, remove_export, write_export
from metaoptout_tui.storage.known_exports import (
    EVIDENCE_FOLDER_SUFFIX,
    begin_export,
    exported_appointments,
    remember_appointments,
    remember_exports,
)
from metaoptout_tui.translations.catalogues import load_catalogue, translated_languages


class CaseExportOptions(NamedTuple):
    """The account (empty: all), whether names and texts are masked, and whether the evidence files are copied too.

    `language` is that of the case file, empty for the one that the program speaks; its JSON is English in any.
    `record_name` is how the record is called, where there are those of several people.
    """

    account_id: str = ""
    redact: bool = False
    with_evidence: bool = False
    language: str = ""
    record_name: str = ""

    def includes(self, item: EvidenceItem) -> bool:
        """Whether an evidence file belongs to an exported account."""
        return self.account_id in ("", item.account.id)


class CaseExportFiles(NamedTuple):
    """The files to write: their common name, each ending with its bytes, and the evidence files with their state.

    `appointments` are digests of what is in the calendar, to be remembered once it is written.
    """

    base_name: str
    contents: tuple[tuple[str, bytes], ...]
    evidence: tuple[tuple[EvidenceItem, EvidenceFileState], ...]
    with_evidence: bool = False
    appointments: tuple[str, ...] = ()


class CaseExportResult(NamedTuple):
    """The paths of the written files; `warnings` are sentences on evidence files that are not as they were."""

    paths: tuple[Path, ...]
    evidence_copies: tuple[Path, ...]
    warnings: tuple[str, ...]


def guidance_description(guidance: GuidanceInUse) -> str:
    """The name of the guidance in a case file."""
    playbook, origin = guidance.playbook, guidance.origin
    return _("Edition {serial} of {published}, {origin}").format(
        serial=playbook.serial, published=playbook.published, origin=origin.description
    )


def case_languages(country: str, land: str) -> tuple[str, ...]:
    """The languages to choose from for a case file: the one in use, and those of the authority that the program speaks."""
    authority = load_authorities().authority_for(country, land)
    known = (SOURCE_LANGUAGE, *translated_languages())
    offered = (language_in_use(), *(authority.languages if authority else ()))
    return tuple(dict.fromkeys(language for language in offered if language in known))


def suggested_export_folder(case_folder: Path | None = None) -> str:
    """The folder of case files where there is one, else that of the person's documents, as people write it."""
    return with_tilde(case_folder or default_export_folder())


def export_case_file(
    paths: AppPaths, folder: Path, options: CaseExportOptions, *, clock: Clock = system_clock
) -> tuple[CaseExportResult, tuple[str, ...]]:
    """Write the case file of the saved record; what was written, and notices for the person.

    Raises StorageError for a record that cannot be read, and whatever `build_case_files` and `write_case_files` raise.
    """
    guidance = load_guidance_in_use(paths)
    record, notes = progress_file.load_for_display(paths.progress, restore_command=paths.command("restore"))
    files = build_case_files(
        record,
        guidance.playbook,
        options._replace(record_name=paths.person_name),
        now=clock(),
        evidence=paths.evidence,
        describe_guidance=lambda: guidance_description(guidance),
        exported_appointments=exported_appointments(paths.known_exports),
    )
    begin_export(paths.known_exports, folder)
    result = write_case_files(files, folder, evidence=paths.evidence, forbidden_folders=(paths.cache,))
    remember_exports(paths.known_exports, (*result.paths, *result.evidence_copies))
    remember_appointments(paths.known_exports, files.appointments)
    return result, (*([guidance.notice] if guidance.notice else []), *notes)


def export_open_record(
    session: Session,
    options: CaseExportOptions,
    folder: Path,
    *,
    guidance: GuidanceInUse,
    exports: RecordExports,
    evidence: Path,
    job: Job | None = None,
) -> CaseExportResult:
    """Write the case file of the open record; where it is, is remembered before and after that."""
    case = build_case_files(
        session.record,
        session.playbook,
        options._replace(record_name=exports.person_name),
        now=session.now(),
        evidence=evidence,
        describe_guidance=lambda: guidance_description(guidance),
        exported_appointments=exports.appointments(),
        job=job,
    )
    exports.begin(folder)
    result = write_case_files(case, folder, evidence=evidence, job=job)
    exports.remember((*result.paths, *result.evidence_copies), case.appointments)
    return result


WHOLE, MASKED = "whole", "redact"
ALL_ACCOUNTS, THIS_ACCOUNT = "all", "this"


def whole_or_masked() -> tuple[tuple[str, str], ...]:
    """The answers to whether names and texts stand in the case file."""
    return (
        (WHOLE, _("Whole, with names, addresses and all texts: for yourself, an authority or a lawyer")),
        (MASKED, _("With masks for names, addresses and links, and without free text: to ask others")),
    )


def accounts_to_export(name: str) -> tuple[tuple[str, str], ...]:
    """The answers to of which account the case file is; `name` is that of the one in view."""
    return (ALL_ACCOUNTS, _("All accounts")), (THIS_ACCOUNT, _("Only {account}").format(account=name))


def build_case_files(
    record: Record,
    playbook: Playbook,
    options: CaseExportOptions,
    *,
    now: datetime,
    evidence: Path,
    describe_guidance: Callable[[], str],
    exported_appointments: Collection[str] = (),
    job: Job | None = None,
) -> CaseExportFiles:
    """The case files of a record: the same bytes for the same record, moment, guidance and evidence files.

    Reads each evidence file in the folder `evidence` anew. The calendar cancels what is settled of `exported_appointments`,
    the digests of those that were written before. Raises InputRefused where there is no such account or none
    at all, and for masks together with evidence files, which cannot be masked; Cancelled where `job` was stopped.
    """
    from metaoptout_tui.documents.case_calendar import render_case_calendar
    from metaoptout_tui.documents.case_json import render_case_json
    from metaoptout_tui.documents.case_renderers import render_case_html, render_case_markdown

    _check_options(record, options)
    number = next((number for number, account in enumerate(record.accounts) if account.id == options.account_id), None)
    evidence_items = evidence_items_of(record)
    job = job or Job()
    job.total = _read_passes(options) * sum(max(0, item.file.size) for item in evidence_items if options.includes(item))
    verified = tuple(
        (item, verify_file(item.file, evidence, job) if options.includes(item) else EvidenceFileState.MISSING)
        for item in evidence_items
    )
    harmless_words = collect_harmless_words(playbook, load_countries(), load_authorities())
    file_states = [file_state for _unused, file_state in verified]
    texts = {
        item.file.sha256: read_stored_text(item.file, evidence)
        for item, file_state in verified
        if item.is_letter and file_state is EvidenceFileState.OK and not options.redact
    }

    def case_in_language() -> Case:
        """The case in the language in use, of which the masks are words too."""
        reference_data = CaseReferenceData(
            playbook,
            describe_guidance(),
            load_authorities(),
            load_countries(),
            public_holiday_name,
            options.record_name,
        )
        shown_record = redact_record(record, harmless_words) if options.redact else record
        account_id = "" if number is None else shown_record.accounts[number].id
        return build_case(
            shown_record,
            reference_data,
            now,
            file_states,
            texts=texts,
            account_id=account_id,
            is_redacted=options.redact,
            exported_appointments=exported_appointments,
        )

    is_other = options.language not in ("", language_in_use())
    with in_catalogue((load_catalogue(options.language) if is_other else None) or catalogue_in_use()):
        case = case_in_language()
        pages = ("html", render_case_html(case)), ("md", render_case_markdown(case))
        # A calendar must not be empty (RFC 5545, 3.6).
        calendar = (("ics", render_case_calendar(case)),) if case.appointments or case.settled_appointments else ()
    with in_catalogue(ENGLISH):  # programs read the JSON
        data = render_case_json(case if options.language == SOURCE_LANGUAGE else case_in_language())
    return CaseExportFiles(
        _export_base_name(
            now,
            _masked_label(record, options) if options.redact else options.record_name or record.name_for_letters,
            case.accounts[0].id if options.account_id else "",
            redact=options.redact,
        ),
        (*pages, ("json", data), *calendar),
        tuple((item, file_state) for item, file_state in verified if options.includes(item)),
        options.with_evidence,
        () if options.redact else tuple(appointment.digest for appointment in case.appointments),
    )


def _read_passes(options: CaseExportOptions) -> int:
    """How often each evidence file is read: once to verify it, twice more to copy it."""
    return 3 if options.with_evidence else 1


def write_case_files(
    files: CaseExportFiles,
    folder: Path,
    *,
    evidence: Path,
    forbidden_folders: tuple[Path, ...] = (),
    job: Job | None = None,
) -> CaseExportResult:
    """Write the files into a folder, overwriting nothing, and the evidence files, if wanted, into a folder in it.

    An evidence file that changed is not copied, with a warning. `forbidden_folders` are folders of the program, besides
    `evidence`, that must not be chosen. Raises FileRefused for a folder that is not accepted, StorageError for what
    cannot be written, Cancelled where `job` was stopped; then no new file remains.
    """
    job = job or Job()
    job.advance()
    paths = write_export(folder, files.base_name, files.contents, forbidden_folders=(evidence, *forbidden_folders))
    copies_folder = paths[0].with_name(f"{paths[0].stem}{EVIDENCE_FOLDER_SUFFIX}")
    new_files: list[Path] = []
    try:
        copies, warnings = _copy_evidence(files, evidence, copies_folder, new_files, job)
    except BaseException:
        remove_export((*new_files, *paths), copies_folder)
        raise
    return CaseExportResult(tuple(paths), tuple(dict.fromkeys(copies)), tuple(warnings))


def _copy_evidence(
    files: CaseExportFiles, evidence: Path, copies_folder: Path, new_files: list[Path], job: Job
) -> tuple[list[Path], list[str]]:
    """Copy the evidence files; the copies and warnings. Each file it creates is added to `new_files` at once."""
    copies: list[Path] = []
    warnings: list[str] = []
    for item, file_state in files.evidence:
        job.advance()
        name = clean_line(item.file.name)
        if file_state is not EvidenceFileState.OK:
            warnings.append(_(_WARNINGS[file_state]).format(name=name))
        elif files.with_evidence:
            try:
                copied = copy_evidence_file(item.file, evidence, copies_folder, job)
            except FileRefused as error:
                warnings.append(str(error))
                continue
            if copied is None:
                warnings.append(_("{name} was not copied: it changed while this was written.").format(name=name))
            else:
                copies.append(copied.path)
                new_files.extend([copied.path] if copied.is_new else [])
    return copies, warnings


_WARNINGS = {
    EvidenceFileState.CHANGED: mark("{name} is not the file that was kept, and the case file says so."),
    EvidenceFileState.MISSING: mark("{name} is missing, and the case file says so."),
    EvidenceFileState.UNREADABLE: mark("{name} is not readable, and the case file says so."),
}


def _check_options(record: Record, options: CaseExportOptions) -> None:
    if options.redact and options.with_evidence:
        raise InputRefused(
            _("Kept files cannot be masked, so they do not go with a masked case file."),
            kept=_("Nothing was written."),
            todo=_("Leave out one of the two."),
        )
    if not record.accounts:
        raise InputRefused(_("There is no account in the record yet, so there is nothing to export."))
    if options.account_id and record.account_by_id(options.account_id) is None:
        ids = format_list(clean_line(account.id) for account in record.accounts)
        raise InputRefused(
            _("There is no account {account_id} in the record.").format(account_id=clean_line(options.account_id)),
            kept=_("Nothing was written."),
            todo=_("These are there: {ids}.").format(ids=ids),
        )


def _export_base_name(now: datetime, person: str, account: str, *, redact: bool) -> str:
    """The name of a case file, such as `metaoptout-case-2026-11-25-Huw`, with the id of a single account."""
    account_part = re.sub(r"[^A-Za-z0-9]+", "-", account).strip("-")[:60]
    parts = [
        "metaoptout-case",
        now.date().isoformat(),
        name_in_file_name(person),
        account_part,
        "redacted" if redact else "",
    ]
    return "-".join(part for part in parts if part)


def _masked_label(record: Record, options: CaseExportOptions) -> str:
    """What tells the masked files of several people apart: signs made from the record, the same each time, that name nobody."""
    first = min((event.id for account in record.accounts for event in account.events), default="")
    return sha256(first.encode()).hexdigest()[:4] if options.record_name and first else ""
