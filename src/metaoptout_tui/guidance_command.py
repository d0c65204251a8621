"""The `guidance` commands: what they print, for those who write guidance and those who use it."""

from datetime import date
from pathlib import Path

from metaoptout_tui.core import text
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.in_use import MOST_BYTES
from metaoptout_tui.current_guidance import guidance_in_use
from metaoptout_tui.guidance.edition import Standing, bundled_edition, judge, problems_of, read_edition
from metaoptout_tui.storage.edition_file import load_edition
from metaoptout_tui.storage.paths import Places
from metaoptout_tui.storage.reading import read_bytes


def check(path: Path, where: Places, *, today: date) -> tuple[tuple[str, ...], str]:
    """Every problem of a playbook file, each in a line, and what to say of the whole; no problems where it is valid.

    Raises StorageError where the file cannot be read.
    """
    data = read_bytes(path, MOST_BYTES)
    name = text.line(str(path))
    if data is None:
        raise StorageError(f"There is no file {name}.")
    problems = tuple(problems_of(data, name=name))
    if problems:
        return problems, f"{len(problems)} problem{'s' if len(problems) > 1 else ''} in {name}."
    edition = read_edition(data, name=name)
    verdict = judge(edition, in_use=guidance_in_use(where).playbook, today=today)
    offered = "" if verdict.standing is Standing.NEW else "not "
    return (), f"{name} holds together. As a feed it would {offered}be offered now: {verdict.why}"


def export(where: Places) -> bytes:
    """The guidance in use in the one file that a feed is: an accepted edition as it came, else the bundled one."""
    accepted = load_edition(where.edition) if guidance_in_use(where).origin.is_feed else None
    return bundled_edition().encode() if accepted is None else accepted
