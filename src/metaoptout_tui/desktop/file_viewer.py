"""Opens a kept file with the program of the desktop for its kind, and a folder with the file manager."""

from pathlib import Path

from metaoptout_tui.core.desktop import OpenResult
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.desktop.programs import DesktopPrograms, is_inside_wsl, is_over_ssh, open_with_first

_COMMANDS = (("xdg-open",), ("gio", "open"))
_WSL_COMMANDS = (("wslview",),)
SHOWN_SUFFIXES = frozenset(
    f".{name}" for name in ("bmp", "eml", "gif", "heic", "jpeg", "jpg", "pdf", "png", "tif", "tiff", "txt", "webp")
)
"""The ends of the names of files that a desktop only shows; others may be run by what opens them."""


_SUFFIXES_OF_FOLDERS_THAT_RUN = frozenset({".action", ".app", ".workflow"})
"""The ends of the names of folders that macOS takes for programs."""


class SystemFileViewer(DesktopPrograms):
    """Finds the desktop of the person at this screen and asks it to show a file."""

    def open_file(self, path: Path) -> OpenResult:
        """Ask for a file to be shown; waits a moment per program tried, so call it in a thread."""
        if path.suffix.casefold() not in SHOWN_SUFFIXES:
            return OpenResult(can_open=False, explanation=_("A file of this kind is not opened from here."))
        return self._open(path)

    def open_folder(self, path: Path) -> OpenResult:
        """Ask for a folder to be shown by the file manager, in a thread too."""
        if path.suffix.casefold() in _SUFFIXES_OF_FOLDERS_THAT_RUN:
            return OpenResult(can_open=False, explanation=_("A folder of this kind is not opened from here."))
        if not path.is_dir():
            return OpenResult(can_open=False, explanation=_("There is no such folder yet."))
        return self._open(path)

    def _open(self, path: Path) -> OpenResult:
        if is_over_ssh(self._environment):
            return OpenResult(
                can_open=False,
                explanation=_("This terminal is connected over ssh, so no program here is in front of you."),
            )
        if is_inside_wsl(self._environment):
            openers = self._installed_openers(_WSL_COMMANDS)
        else:
            openers = self._default_openers(_COMMANDS)
        program = open_with_first(str(path), openers)
        if program:
            return OpenResult(
                can_open=True,
                explanation=_("{program} was asked to open {name}.").format(program=program, name=path.name),
                program=program,
            )
        return OpenResult(can_open=False, explanation=_("No program here that shows it was found."))
