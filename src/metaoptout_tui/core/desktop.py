"""The interfaces to the person's browser, clipboard, mail program and QR codes, and the results of using them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from metaoptout_tui.core.links import SafeUrl


@dataclass(frozen=True, slots=True)
class OpenResult:
    """Whether a program opened something or, for a probe, could.

    `explanation` is one sentence: why it cannot be opened here, or which program was asked; empty after a probe that
    found one. `program` is its name.
    """

    can_open: bool
    explanation: str = ""
    program: str = ""


@dataclass(frozen=True, slots=True)
class CopyResult:
    """How a text was copied: `route` is a program's name, `terminal` or `none`; `message` is for the person."""

    route: str
    message: str


class Browser(Protocol):
    """The person's browser."""

    def probe(self) -> OpenResult:
        """Whether a link can be opened here, and if not, why. Starts nothing."""
        ...

    def open(self, url: SafeUrl) -> OpenResult:
        """Ask for a link to be opened. May take seconds, so call it in a thread."""
        ...


class Clipboard(Protocol):
    """The person's clipboard."""

    def copy(self, text: str) -> CopyResult:
        """Put a text on it. May take seconds; never raises."""
        ...


class MailProgram(Protocol):
    """The person's mail program."""

    def begin_mail(self, subject: str, body: str) -> OpenResult:
        """Ask for a new mail without a recipient. May take seconds, so call it in a thread."""
        ...


class FileViewer(Protocol):
    """The person's programs for pictures, documents and mails, and for folders."""

    def open_file(self, path: Path) -> OpenResult:
        """Ask for a file to be shown. May take seconds, so call it in a thread."""
        ...

    def open_folder(self, path: Path) -> OpenResult:
        """Ask for a folder to be shown, in a thread too."""
        ...


class QrCodeDrawer(Protocol):
    """Draws a link as a QR code."""

    def __call__(self, url: SafeUrl, *, max_columns: int, max_rows: int) -> tuple[str, ...] | None:
        """The lines of the code; None where it does not fit."""
        ...
