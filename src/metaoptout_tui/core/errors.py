"""The exceptions that are shown to a person as they stand, and the message for an unforeseen crash.

Each exception says what happened, what was kept and what the person can do. A crash message names only the type and the
place in the code, never the error's own words or values, which may hold what a person typed, and so does the report.

MetaOptOutError
├── GuidanceError      the playbook or one of its texts is not consistent
├── LinkRefused        an address that is not on a trusted host
├── InputRefused       something typed that cannot be accepted as it is
├── NetworkUnusable    a proxy or certificate setting with which nothing can be fetched
├── FileRefused        a file the person chose that cannot be accepted as it is
├── Cancelled          a slow job that the person cancelled
└── StorageError       a file that cannot be read, understood or written
"""

from pathlib import PurePath

from metaoptout_tui import __version__
from metaoptout_tui.core.language.translation import gettext as _


class MetaOptOutError(Exception):
    """Any error that is shown to a person as it stands.

    `what` says what happened, `kept` what is safe, `todo` what the person can do; the last two may be empty.
    """

    def __init__(self, what: str, *, kept: str = "", todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.kept = kept
        self.todo = todo

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.kept, self.todo) if part)


class GuidanceError(MetaOptOutError):
    """A playbook that does not validate; `what` names the file and the key."""


class LinkRefused(MetaOptOutError):
    """An address that the program will not open, copy as a link or draw as a QR code."""


class InputRefused(MetaOptOutError):
    """Something typed that cannot be accepted as it is, such as a malformed e-mail address."""


class NetworkUnusable(MetaOptOutError):
    """A proxy or certificate setting of the environment that nothing can be fetched with."""


class FileRefused(MetaOptOutError):
    """A file that the person chose and that cannot be read, or is not what it should be."""


class Cancelled(MetaOptOutError):
    """A slow job that the person cancelled; what it had begun is removed."""


class StorageError(MetaOptOutError):
    """A file or folder that cannot be read, understood or written."""


FAULT_EXIT_STATUS = 70
"""The exit status after a fault of the program itself, as in BSD's sysexits."""


def describe_crash(error: BaseException | None, *, is_unsaved: bool = False) -> str:
    """The message for an unforeseen crash: what happened, what was kept and what to do.

    `is_unsaved`: the last change is not on the disk.
    """
    what = _("metaoptout-tui stopped: {error} in {place}.")
    kept = (
        _("Your record is as it was last saved. The last change could not be saved, and is not in it.")
        if is_unsaved
        else _("Your record is as it was last saved.")
    )
    todo = _("Start again to go on. To report this, read what follows and copy it; it holds nothing of yours:")
    what = what.format(error=type(error).__name__ if error else "error", place=code_location(error))
    return "\n".join((what, kept, todo, fault_report(error)))


def fault_report(error: BaseException | None) -> str:
    """What a report of a fault needs: versions, kinds of error and places in the code, never a value or their words.

    It is for whoever mends the program, and the same in every language.
    """
    import platform

    python = f"Python {platform.python_version()} on {platform.system()} {platform.release()}"
    lines = [f"  metaoptout-tui {__version__}, {python}"]
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        lines.append(f"  {type(error).__name__}")
        lines.extend(f"    {location}" for location in _code_locations(error)[-_MAX_LOCATIONS:])
        error = error.__cause__ or error.__context__
    return "\n".join(lines)


_MAX_LOCATIONS = 8


def code_location(error: BaseException | None) -> str:
    """Module, function and line of the innermost frame of this package, else of any."""
    locations = _code_locations(error)
    return locations[-1] if locations else "unknown place"


def _code_locations(error: BaseException | None) -> list[str]:
    """Module, function and line of each frame of this package, outermost first; of any frame where there is none."""
    frames: list[tuple[bool, str]] = []
    traceback = error.__traceback__ if error else None
    while traceback is not None:
        code = traceback.tb_frame.f_code
        path = PurePath(code.co_filename)
        location = f"{path.stem}.{code.co_name}, line {traceback.tb_lineno}"
        frames.append(("metaoptout_tui" in path.parts, location))
        traceback = traceback.tb_next
    ours = [location for is_ours, location in frames if is_ours]
    return ours or [location for _unused, location in frames]
