"""Reads a mail that the person saved as a file, and keeps its path with it."""

from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.mail import Mail


class ImportedMail(NamedTuple):
    """The file, and the mail in it."""

    path: Path
    mail: Mail


def is_mail_file(path: Path) -> bool:
    """Whether a file is one by its name."""
    return path.suffix.casefold() == ".eml"


def import_mail(path: Path, job: Job | None = None) -> ImportedMail:
    """Read a mail. Raises FileRefused for a file that is none, Cancelled where `job` was stopped."""
    from metaoptout_tui.imports.mail import read_mail

    return ImportedMail(path, read_mail(path, job))
