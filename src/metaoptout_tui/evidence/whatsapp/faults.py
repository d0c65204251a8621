"""Why could this not be read? One sentence for each way in which a file can fail."""

import zlib


class CannotRead(Exception):
    """A file or member that is not read; its words are for the person."""


class Stopped(Exception):
    """The person cancelled."""


FAULTS: tuple[type[Exception], ...] = (
    CannotRead,
    OSError,
    EOFError,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What reading a file or a member of a zip may raise."""


def why(error: Exception) -> str:
    """The sentence for what was raised while reading."""
    match error:
        case CannotRead():
            return str(error)
        case FileNotFoundError():
            return "It is not there."
        case PermissionError():
            return "You may not read it."
        case NotImplementedError():
            return "It is packed in a way that cannot be read here. Unpack it and choose the text file."
        case OSError():
            return f"It cannot be read: {error.strerror or 'the system gives no reason'}."
        case _:
            return "It is damaged."
