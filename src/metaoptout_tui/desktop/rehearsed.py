"""A desktop for a rehearsal: nothing is opened, copied or sent, and each time it is said what would have been."""

from pathlib import Path

from metaoptout_tui.core.desktop import CopyResult, OpenResult
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.links import SafeUrl


class RehearsedBrowser:
    """A browser that opens nothing."""

    def probe(self) -> OpenResult:
        """Say that this browser takes every link."""
        return OpenResult(can_open=True)

    def open(self, url: SafeUrl) -> OpenResult:
        """Say which link would be opened."""
        return OpenResult(
            can_open=True, explanation=_("In a rehearsal nothing is opened. It would be {link}").format(link=url)
        )


class RehearsedClipboard:
    """A clipboard that takes nothing."""

    def copy(self, text: str) -> CopyResult:
        """Say that the clipboard is as it was."""
        del text
        return CopyResult("none", _("In a rehearsal nothing is copied. Your clipboard is as it was."))


class RehearsedMailProgram:
    """A mail program that begins no mail."""

    def begin_mail(self, subject: str, body: str) -> OpenResult:
        """Say that a mail would be begun."""
        del subject, body
        return OpenResult(
            can_open=True, explanation=_("In a rehearsal no mail program is asked. It would begin this mail.")
        )


class RehearsedFileViewer:
    """Programs for files that show none."""

    def open_file(self, path: Path) -> OpenResult:
        """Say which file would be shown."""
        return OpenResult(
            can_open=True, explanation=_("In a rehearsal no file is opened. It would be {file}.").format(file=path.name)
        )

    def open_folder(self, path: Path) -> OpenResult:
        """Say which folder would be shown."""
        return OpenResult(
            can_open=True,
            explanation=_("In a rehearsal no folder is opened. It would be {folder}.").format(folder=path.name),
        )
