"""What can go wrong, in one small tree: each error says what happened, what was kept and what to do.

MetaOptOutError
├── GuidanceError      the playbook or a text of it does not hold together
├── LinkRefused        an address that is not on a genuine host
├── InputRefused       something typed that cannot be taken as it stands
├── NetworkUnusable    a proxy or certificate setting that nothing can be fetched with
├── FileRefused        a file the person brought that cannot be taken as it stands
├── Stopped            something slow that the person stopped
└── StorageError       a file that cannot be read, understood or written
"""


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
    """Something typed that cannot be taken as it stands, such as a malformed e-mail address."""


class NetworkUnusable(MetaOptOutError):
    """A proxy or certificate setting of the environment that nothing can be fetched with."""


class FileRefused(MetaOptOutError):
    """A file that the person brought and that cannot be read, or is not what it should be."""


class Stopped(MetaOptOutError):
    """Something slow that the person stopped; what was begun is taken away again."""


class StorageError(MetaOptOutError):
    """A file or folder that cannot be read, understood or written."""
