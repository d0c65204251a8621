"""A mail that a person brought as a file: where it is, and what it says."""

from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.core.going import Going
from metaoptout_tui.core.mail import Mail


class Brought(NamedTuple):
    """The file, and the mail in it."""

    path: Path
    mail: Mail


def is_mail(path: Path) -> bool:
    """Whether a file is one by its name."""
    return path.suffix.casefold() == ".eml"


def brought(path: Path, going: Going | None = None) -> Brought:
    """Read a mail. Raises FileRefused for a file that is none, Stopped where `going` was stopped."""
    from metaoptout_tui.evidence.mail import read_mail

    return Brought(path, read_mail(path, going))
