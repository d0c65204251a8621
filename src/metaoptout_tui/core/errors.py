"""The exceptions that are shown to a person as they stand, and the message for an unforeseen crash.

Each exception says what happened, what was kept and what the person can do. A crash message names only the type and the
place in the code, never the error's own words or values, which may hold what a person typed.

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


def describe_crash(error: BaseException | None) -> str:
    """The message for an unforeseen crash: what happened, what was kept and what to do."""
    return (
        f"metaoptout-tui stopped: {type(error).__name__ if error else 'error'} in {code_location(error)}.\n"
        "Your record is as it was last saved.\n"
        "Start again to go on. `metaoptout-tui about` prints what a report of this needs; it holds nothing of yours."
    )


def code_location(error: BaseException | None) -> str:
    """Module, function and line of the innermost frame of this package, else of any."""
    traceback = error.__traceback__ if error else None
    location, is_ours = "unknown place", False
    while traceback is not None:
        code = traceback.tb_frame.f_code
        path = PurePath(code.co_filename)
        is_frame_ours = "metaoptout_tui" in path.parts
        if is_frame_ours or not is_ours:
            location, is_ours = f"{path.stem}.{code.co_name}, line {traceback.tb_lineno}", is_frame_ours
        traceback = traceback.tb_next
    return location
