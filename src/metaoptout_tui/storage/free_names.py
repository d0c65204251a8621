"""The names from which the first free one in a folder is taken, so that no file of the person's is replaced."""

import errno
from collections.abc import Iterator

from metaoptout_tui.core.language.translation import gettext as _

_MAX_NUMBERED_NAMES = 1_000


def numbered_names(stem: str, ending: str = "") -> Iterator[str]:
    """`letter.txt`, `letter-2.txt` and so on, from which to take the first free one."""
    for number in range(1, _MAX_NUMBERED_NAMES):
        yield f"{stem}-{number}{ending}" if number > 1 else f"{stem}{ending}"


def no_free_name(name: str) -> OSError:
    """The error to raise where all `numbered_names` are taken."""
    return FileExistsError(
        errno.EEXIST,
        _("there are {number} files called {name} already").format(number=_MAX_NUMBERED_NAMES - 1, name=name),
    )
