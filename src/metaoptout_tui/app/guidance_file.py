"""A playbook in one file, as a feed holds it: checks a file that the person wrote, and exports the guidance in use."""

from datetime import date
from pathlib import Path

from metaoptout_tui.app.guidance_in_use import load_guidance_in_use
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.core import text
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.guidance.editions import MAX_EDITION_BYTES
from metaoptout_tui.guidance.feed import (
    EditionStatus,
    bundled_edition_text,
    edition_problems,
    judge_edition,
    parse_edition,
)
from metaoptout_tui.storage.file_access import read_bytes
from metaoptout_tui.storage.remembered import load_accepted_edition


def check_guidance_file(path: Path, paths: AppPaths, *, today: date) -> tuple[tuple[str, ...], str]:
    """Every problem of a playbook file, each in a line, and a sentence on the whole; no problems where it is valid.

    Raises StorageError where the file cannot be read.
    """
    data = read_bytes(path, MAX_EDITION_BYTES)
    name = text.clean_line(str(path))
    if data is None:
        raise StorageError(f"There is no file {name}.")
    problems = tuple(edition_problems(data, name=name))
    if problems:
        return problems, f"{len(problems)} problem{'s' if len(problems) > 1 else ''} in {name}."
    edition = parse_edition(data, name=name)
    verdict = judge_edition(edition, in_use=load_guidance_in_use(paths).playbook, today=today)
    offered = "" if verdict.status is EditionStatus.NEW else "not "
    return (), f"{name} holds together. As a feed it would {offered}be offered now: {verdict.message}"


def export_guidance(paths: AppPaths) -> bytes:
    """The guidance in use: an accepted edition byte for byte as it came, else the bundled one."""
    is_accepted = load_guidance_in_use(paths).origin.is_from_feed
    accepted = load_accepted_edition(paths.accepted_edition) if is_accepted else None
    return bundled_edition_text().encode() if accepted is None else accepted
