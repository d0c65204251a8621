"""What a refusal of the system means to a person: `ENOSPC` is “the disk is full”."""

import errno
import os

_MEANING = {
    "ENOSPC": ("the disk is full", "Make some room on it, then try again."),
    "EDQUOT": ("your share of the disk is used up", "Make some room, then try again."),
    "EFBIG": ("the file is larger than this disk allows", ""),
    "EROFS": ("the disk can only be read", "Make it writable, or use --data-dir with a folder elsewhere."),
    "EACCES": ("the system gives no permission for {place}", "Check who owns it and what its owner may do."),
    "EPERM": ("the system does not permit it for {place}", "Check who owns it and whether it is locked."),
    "EIO": ("the disk reports an error", "The disk may be failing: copy your files to another one."),
    "ENOENT": ("{place} is gone", "Check that its disk is connected."),
    "ENOTDIR": ("{place} is not a folder", "Move the file of that name out of the way."),
    "EISDIR": ("{place} is a folder", "Move the folder of that name out of the way."),
    "ELOOP": ("{place} is a link that leads to itself", "Remove the link."),
    "ENAMETOOLONG": ("the name {place} is too long", "Use --data-dir with a shorter one."),
    "EMFILE": ("too many files are open", "Close some programs, then try again."),
    "ENFILE": ("too many files are open", "Close some programs, then try again."),
    "ENOMEM": ("the computer is out of memory", "Close some programs, then try again."),
    "EBUSY": ("another program holds the file", "Close it there, then try again."),
    "ETXTBSY": ("another program holds the file", "Close it there, then try again."),
    "ESTALE": ("the disk it is on cannot be reached", "Check the connection, then try again."),
    "ENODEV": ("the disk it is on cannot be reached", "Check the connection, then try again."),
    "ENXIO": ("the disk it is on cannot be reached", "Check the connection, then try again."),
    "ETIMEDOUT": ("the disk it is on does not answer", "Check the connection, then try again."),
}


def meaning(error: OSError, place: str) -> tuple[str, str]:
    """What happened, to be put after a colon, and what to do about it (may be empty); `place` is the file or folder."""
    name = errno.errorcode.get(error.errno or 0, "")
    what, todo = _MEANING.get(name, (error.strerror or type(error).__name__, ""))
    return what.format(place=os.fspath(place)), todo
