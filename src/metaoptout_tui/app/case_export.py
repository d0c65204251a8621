"""Exports the case file: what the record holds of one account or of all, as HTML, Markdown, JSON and a calendar."""

import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.app.clock import Clock, system_clock
from metaoptout_tui.app.guidance_in_use import load_guidance_in_use
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.core.case_file.case import CaseReferenceData, build_case
from metaoptout_tui.core.case_file.redaction import HarmlessWords, collect_harmless_words, redact_record
from metaoptout_tui.core.errors import FileRefused, InputRefused
from metaoptout_tui.core.guidance.editions import GuidanceInUse
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.record.accounts import EvidenceFileState, EvidenceItem, Record, evidence_items_of
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.guidance.loader import load_authorities, load_countries, public_holiday_name
from metaoptout_tui.storage import progress_file
from metaoptout_tui.storage.evidence_folder import read_stored_text, verify_file
from metaoptout_tui.storage.export_folder import copy_evidence_file, default_export_folder, remove_export, write_export


class CaseExportOptions(NamedTuple):
    """Of which account (empty: of all), whether masked, and whether the kept files come along."""

    account_id: str = ""
    redact: bool = False
    with_evidence: bool = False

    def includes(self, item: EvidenceItem) -> bool:
        """Whether a kept file belongs to an account that was asked for."""
        return self.account_id in ("", item.account.id)


class CaseExportFiles(NamedTuple):
    """What is to be written: the name without its ending, each ending with its bytes, and the kept files with how they are."""

    base_name: str
    contents: tuple[tuple[str, bytes], ...]
    evidence: tuple[tuple[EvidenceItem, EvidenceFileState], ...]
    with_evidence: bool = False


class CaseExportResult(NamedTuple):
    """What was written, the four files first; `notes` are sentences on kept files that are not as they were."""

    paths: tuple[Path, ...]
    evidence_copies: tuple[Path, ...]
    warnings: tuple[str, ...]


def guidance_description(guidance: GuidanceInUse) -> str:
    """What the guidance is called in a case file."""
    playbook, origin = guidance.playbook, guidance.origin
    return f"Edition {playbook.serial} of {playbook.published}, {origin.description}"


def suggested_export_folder() -> str:
    """The folder to offer, as a person writes it: the one for their documents, else `~`."""
    usual, home = default_export_folder(), Path.home()
    if usual == home or home in usual.parents:
        return str(Path("~") / usual.relative_to(home))
    return str(usual)


def export_case_file(
    paths: AppPaths, folder: Path, options: CaseExportOptions, *, clock: Clock = system_clock
) -> tuple[CaseExportResult, tuple[str, ...]]:
    """Write the case file of the record, and what to say on stderr besides.

    Raises StorageError for a record that cannot be read, and whatever `build_case_files` and `write_case_files` raise.
    """
    guidance = load_guidance_in_use(paths)
    record, notes = progress_file.load_for_display(paths.progress)
    files = build_case_files(
        record,
        guidance.playbook,
        options,
        now=clock(),
        evidence=paths.evidence,
        guidance=guidance_description(guidance),
    )
    written = write_case_files(files, folder, evidence=paths.evidence, forbidden_folders=(paths.cache,))
    return written, (*([guidance.notice] if guidance.notice else []), *notes)


def build_case_files(
    record: Record,
    playbook: Playbook,
    options: CaseExportOptions,
    *,
    now: datetime,
    evidence: Path,
    guidance: str,
    job: Job | None = None,
) -> CaseExportFiles:
    """The files for a record at a moment: the same bytes for the same record, moment, guidance and kept files.

    Looks at each kept file in the folder `evidence` anew. Raises InputRefused where there is no such account or none at all,
    and where masks and kept files are asked for at once, since what is in a file cannot be masked; Cancelled where `job`
    was.
    """
    from metaoptout_tui.documents.case_calendar import render_case_calendar
    from metaoptout_tui.documents.case_json import render_case_json
    from metaoptout_tui.documents.case_renderers import render_case_html, render_case_markdown

    _check_options(record, options)
    reference_data = CaseReferenceData(playbook, guidance, load_authorities(), load_countries(), public_holiday_name)
    number = next((number for number, account in enumerate(record.accounts) if account.id == options.account_id), None)
    evidence_items = evidence_items_of(record)
    job = job or Job()
    job.total = _read_passes(options) * sum(max(0, item.file.size) for item in evidence_items if options.includes(item))
    verified = tuple(
        (item, verify_file(item.file, evidence, job) if options.includes(item) else EvidenceFileState.MISSING)
        for item in evidence_items
    )
    told = redact_record(record, _redaction_vocabulary(reference_data)) if options.redact else record
    account = "" if number is None else told.accounts[number].id
    outcomes = [outcome for _, outcome in verified]
    texts = {
        evidence_item.file.sha256: read_stored_text(evidence_item.file, evidence)
        for evidence_item, outcome in verified
        if evidence_item.is_letter and outcome is EvidenceFileState.OK and not options.redact
    }
    case = build_case(told, reference_data, now, outcomes, texts=texts, account=account, is_redacted=options.redact)
    # A calendar without anything in it is none (RFC 5545, 3.6).
    calendar = (("ics", render_case_calendar(case)),) if case.appointments else ()
    return CaseExportFiles(
        _export_base_name(now, account, redact=options.redact),
        (
            ("html", render_case_html(case)),
            ("md", render_case_markdown(case)),
            ("json", render_case_json(case)),
            *calendar,
        ),
        tuple((item, outcome) for item, outcome in verified if options.includes(item)),
        options.with_evidence,
    )


def _read_passes(options: CaseExportOptions) -> int:
    """How often the bytes of each kept file are read: once to see how it is, twice more to copy it."""
    return 3 if options.with_evidence else 1


def write_case_files(
    files: CaseExportFiles,
    folder: Path,
    *,
    evidence: Path,
    forbidden_folders: tuple[Path, ...] = (),
    job: Job | None = None,
) -> CaseExportResult:
    """Put the files into a folder, beside what is there; the kept files, where asked for, into one of their own in it.

    A kept file that is not what the diary says is not copied and is told of. `forbidden_folders` are folders of the program's own
    besides that of the kept files. Raises FileRefused for a folder that cannot be taken, StorageError for what cannot be
    written, Cancelled where `job` was stopped; then nothing is there that was not there before, but for a folder that was
    made.
    """
    job = job or Job()
    job.advance()
    paths = write_export(folder, files.base_name, files.contents, forbidden_folders=(evidence, *forbidden_folders))
    beside = paths[0].with_name(f"{paths[0].stem}-evidence")
    new: list[Path] = []
    try:
        copies, notes = _copy_evidence(files, evidence, beside, new, job)
    except BaseException:
        remove_export((*new, *paths), beside)
        raise
    return CaseExportResult(tuple(paths), tuple(dict.fromkeys(copies)), tuple(notes))


def _copy_evidence(
    files: CaseExportFiles, evidence: Path, beside: Path, new: list[Path], job: Job
) -> tuple[list[Path], list[str]]:
    """The kept files as copies, and what is to be told; `new` gets those that were not there before, also where it raises."""
    copies: list[Path] = []
    notes: list[str] = []
    for exhibit, outcome in files.evidence:
        job.advance()
        name = clean_line(exhibit.file.name)
        if outcome is not EvidenceFileState.OK:
            notes.append(f"{name} is {_OUTCOME_WORDS[outcome]}, and the case file says so.")
        elif files.with_evidence:
            try:
                copied = copy_evidence_file(exhibit.file, evidence, beside, job)
            except FileRefused as error:
                notes.append(str(error))
                continue
            if copied is None:
                notes.append(f"{name} was not copied: it changed while this was written.")
            else:
                copies.append(copied.path)
                new.extend([copied.path] if copied.is_new else [])
    return copies, notes


_OUTCOME_WORDS = {
    EvidenceFileState.CHANGED: "not the file that was kept",
    EvidenceFileState.MISSING: "missing",
    EvidenceFileState.UNREADABLE: "not readable",
}


def _check_options(record: Record, options: CaseExportOptions) -> None:
    if options.redact and options.with_evidence:
        raise InputRefused(
            "Kept files cannot be masked, so they do not go with a masked case file.",
            kept="Nothing was written.",
            todo="Leave out one of the two.",
        )
    if not record.accounts:
        raise InputRefused("There is no account in the record yet, so there is nothing to export.")
    if options.account_id and record.account_by_id(options.account_id) is None:
        ids = ", ".join(clean_line(account.id) for account in record.accounts)
        raise InputRefused(
            f"There is no account {clean_line(options.account_id)} in the record.",
            kept="Nothing was written.",
            todo=f"These are there: {ids}.",
        )


def _redaction_vocabulary(reference_data: CaseReferenceData) -> HarmlessWords:
    names = {authority.name for authority in reference_data.authorities.by_code.values()} | set(
        reference_data.authorities.by_code
    )
    return collect_harmless_words(reference_data.playbook, reference_data.country_names.keys(), names)


def _export_base_name(now: datetime, account: str, *, redact: bool) -> str:
    """`metaoptout-case-2026-11-25`, with the account's id where it is of one, in letters that every system takes."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", account).strip("-")[:60]
    parts = ["metaoptout-case", now.date().isoformat(), plain, "redacted" if redact else ""]
    return "-".join(part for part in parts if part)
