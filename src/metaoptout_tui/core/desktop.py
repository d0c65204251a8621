"""What is asked of the person's desktop, browser, clipboard and mail program, and what came of asking."""

from dataclasses import dataclass
from typing import Protocol

from metaoptout_tui.core.links import SafeUrl


@dataclass(frozen=True, slots=True)
class OpenResult:
    """What came of asking a program to open something, or what would.

    `explanation` is one sentence: why it cannot be opened here, or who was asked; empty when a probe found a way.
    `program` is the one that is asked.
    """

    can_open: bool
    explanation: str = ""
    program: str = ""


@dataclass(frozen=True, slots=True)
class CopyResult:
    """What came of copying. `route` is the program's name, `terminal`, or `none`; `message` is for the person."""

    route: str
    message: str


class LinkOpener(Protocol):
    """The person's browser."""

    def probe(self) -> OpenResult:
        """Whether a link can be opened here, and if not, why. Starts nothing."""
        ...

    def open(self, url: SafeUrl) -> OpenResult:
        """Ask for a link to be opened. May take seconds, so call it in a thread."""
        ...


class TextCopier(Protocol):
    """The person's clipboard."""

    def copy(self, text: str) -> CopyResult:
        """Put a text on it. May take seconds; never raises."""
        ...


class MailStarter(Protocol):
    """The person's mail program."""

    def begin_mail(self, subject: str, body: str) -> OpenResult:
        """Ask for a new mail without a recipient. May take seconds, so call it in a thread."""
        ...


class QrCodeDrawer(Protocol):
    """Draws a link as a QR code."""

    def __call__(self, url: SafeUrl, *, max_columns: int, max_rows: int) -> tuple[str, ...] | None:
        """The lines of the code; None where it does not fit."""
        ...
