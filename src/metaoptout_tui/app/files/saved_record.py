"""Reads the saved record without opening it for writing: for the commands that only print."""

from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.files.leftovers import leftovers_of
from metaoptout_tui.app.guidance.guidance_in_use import load_guidance_in_use
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.core.guidance.editions import GuidanceInUse
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.event_sentences import date_warnings
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.record.accounts import EvidenceFileState, EvidenceItem, Record, evidence_items_of
from metaoptout_tui.guidance.loader import public_holiday_name
from metaoptout_tui.storage import progress_file


class SavedRecord(NamedTuple):
    """The saved record with its overview; `notes` are sentences for the person."""

    record: Record
    guidance: GuidanceInUse
    overview: Overview
    notes: tuple[str, ...]


def load_saved_record(paths: AppPaths, clock: Clock) -> SavedRecord:
    """Load the record and compute its overview, with notes on guidance and record. Raises StorageError."""
    guidance = load_guidance_in_use(paths)
    record, notes = progress_file.load_for_display(paths.progress, restore_command=paths.command("restore"))
    overview = compute_overview(record, guidance.playbook, clock(), public_holiday_name)
    notes += (
        *progress_file.describe_conflict_copies(paths.progress, f"`{paths.command('merge')}`"),
        *date_warnings(record, guidance.playbook, overview.now),
    )
    return SavedRecord(record, guidance, overview, (*filter(None, [guidance.notice]), *notes))


def load_saved_country(paths: AppPaths) -> str:
    """The country in the record; empty where none is set or the record cannot be read."""
    loaded = progress_file.load_record(paths.progress)
    return loaded.record.person.country if isinstance(loaded, progress_file.FileLoaded) else ""


class EvidenceCheck(NamedTuple):
    """The evidence files of the record, each with its state, and the names of other files in their folder.

    `leftovers` are files that were never finished, in any folder of the program's own or that it wrote an export to.
    """

    playbook: Playbook
    files: tuple[tuple[EvidenceItem, EvidenceFileState], ...]
    unrecorded: tuple[str, ...]
    leftovers: tuple[Path, ...]
    notes: tuple[str, ...]


def verify_evidence_files(paths: AppPaths) -> EvidenceCheck:
    """Compare each evidence file with the record. Raises StorageError for a record that cannot be read."""
    from metaoptout_tui.storage.evidence_folder import find_unrecorded_files, verify_file

    playbook, folder = load_guidance_in_use(paths).playbook, paths.evidence
    record, notes = progress_file.load_for_display(paths.progress, restore_command=paths.command("restore"))
    items = evidence_items_of(record)
    files = tuple((item, verify_file(item.file, folder)) for item in items)
    unrecorded = find_unrecorded_files(folder, (item.file.name for item in items))
    return EvidenceCheck(playbook, files, tuple(unrecorded), leftovers_of(paths), notes)
