"""The folder of several people's records: one folder for each person, by their name.

A folder that is kept elsewhere is taken in as a link, so that it stays where it is.
"""

import os
import re
import unicodedata
from pathlib import Path

from metaoptout_tui.core.errors import InputRefused, StorageError
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.storage.atomic_write import make_private_folder, sync_folder
from metaoptout_tui.storage.file_access import describe_os_error

_MAX_NAME_CHARACTERS = 60
_FORBIDDEN_CHARACTERS = re.compile(r'[\\/:*?"<>|\x00]')
_RESERVED_NAMES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_RECORD = "progress.toml"


def accepted_person_name(typed: str) -> str:
    """A name that can be that of a folder on every system. Raises InputRefused, with what is wrong with it."""
    name = unicodedata.normalize("NFC", typed).strip()
    if not name:
        raise InputRefused(_("A name is needed."), todo=_("Type a name for the record, such as Rosa."))
    shown = clean_line(name, _MAX_NAME_CHARACTERS)
    if len(name) > _MAX_NAME_CHARACTERS:
        raise InputRefused(
            _("That name is too long."),
            todo=_("Use at most {max_name_characters} letters.").format(max_name_characters=_MAX_NAME_CHARACTERS),
        )
    if shown != name or _FORBIDDEN_CHARACTERS.search(name):
        raise InputRefused(
            _("“{shown}” cannot be the name of a folder.").format(shown=shown),
            todo=_("Use letters, digits, blanks and hyphens only."),
        )
    if name.startswith((".", "-")) or name.endswith("."):
        raise InputRefused(
            _("“{shown}” begins or ends with a dot or a hyphen.").format(shown=shown), todo=_("Begin with a letter.")
        )
    if _RESERVED_NAMES.match(name):
        raise InputRefused(
            _("“{shown}” is a name that some systems keep for themselves.").format(shown=shown),
            todo=_("Use another one."),
        )
    return name


def list_people(folder: Path) -> tuple[str, ...]:
    """The names of the people whose records are here, in alphabetical order; also where a link leads nowhere now."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.is_dir() or entry.is_symlink()]
    except OSError:
        return ()
    return tuple(sorted((name for name in names if _is_person_name(name)), key=_same_name_key))


def find_person(folder: Path, typed: str) -> str:
    """The name as it is written here, whatever its capitals; empty for nobody of that name."""
    key = _same_name_key(typed.strip())
    return next((name for name in list_people(folder) if _same_name_key(name) == key), "")


def add_person(folder: Path, typed: str) -> str:
    """Make an empty folder for a person; its name. Raises InputRefused for a name that cannot be, or StorageError."""
    name = accepted_new_name(folder, typed)
    try:
        make_private_folder(folder)
        (folder / name).mkdir(mode=0o700)
        sync_folder(os.fspath(folder))
    except OSError as error:
        raise _not_done(folder, error) from error
    return name


def rename_person(folder: Path, typed: str, new: str) -> tuple[str, str]:
    """Give a person another name; the former and the new one. Raises InputRefused or StorageError."""
    former = require_person(folder, typed)
    is_only_spelling = _same_name_key(former) == _same_name_key(new.strip())
    name = accepted_person_name(new) if is_only_spelling else accepted_new_name(folder, new)
    try:
        (folder / former).rename(folder / name)
        sync_folder(os.fspath(folder))
    except OSError as error:
        raise _not_done(folder, error) from error
    return former, name


def take_in_folder(folder: Path, place: Path, typed: str = "") -> str:
    """Take in a folder that is kept elsewhere, by a link; its name here, by default that of the folder.

    Raises InputRefused or StorageError.
    """
    real = require_record_folder(folder, place)
    name = accepted_new_name(folder, typed or real.name)
    try:
        make_private_folder(folder)
        (folder / name).symlink_to(real, target_is_directory=True)
        sync_folder(os.fspath(folder))
    except OSError as error:
        raise _not_done(folder, error) from error
    return name


def require_record_folder(folder: Path, place: Path) -> Path:
    """A folder with a record that is kept elsewhere, as it can be taken in, without links. Raises InputRefused for any other."""
    real = Path(os.path.realpath(place))
    shown = clean_line(str(place))
    if not os.path.isfile(real / _RECORD):
        raise InputRefused(
            _("There is no record in {shown}.").format(shown=shown),
            todo=_("Name the folder that you give to --data-dir."),
        )
    if real == Path(os.path.realpath(folder.parent)):
        raise InputRefused(_("{shown} is the folder that all of them are in.").format(shown=shown))
    for name in list_people(folder):
        if Path(os.path.realpath(folder / name)) == real:
            raise InputRefused(_("{shown} is here already, as {name}.").format(shown=shown, name=name))
    return real


def forget_person(folder: Path, name: str) -> None:
    """Remove the empty folder of a person, or the link to one. What is in it stays. Never raises."""
    place = folder / name
    for remove in (place.unlink if os.path.islink(place) else place.rmdir, folder.rmdir):
        try:
            remove()
        except OSError:
            return


def require_person(folder: Path, typed: str) -> str:
    """The name as it is written here. Raises InputRefused where there is nobody of that name."""
    name = find_person(folder, typed)
    if not name:
        raise InputRefused(
            _("There is no record called {typed}.").format(typed=clean_line(typed, _MAX_NAME_CHARACTERS) or "so"),
            todo=_("`metaoptout-tui people` lists them, and `metaoptout-tui people add NAME` begins one."),
        )
    return name


def accepted_new_name(folder: Path, typed: str) -> str:
    """A name that can be that of a folder, and that nobody has here. Raises InputRefused."""
    name = accepted_person_name(typed)
    if taken := find_person(folder, name) or (name if os.path.lexists(folder / name) else ""):
        raise InputRefused(
            _("There is a record called {taken} already.").format(taken=taken), todo=_("Use another name.")
        )
    return name


def _is_person_name(name: str) -> bool:
    try:
        accepted_person_name(name)
    except InputRefused:
        return False
    return True


def _same_name_key(name: str) -> str:
    """What two names have in common that a disk or a person may take for the same."""
    return unicodedata.normalize("NFKC", name).casefold()


def _not_done(folder: Path, error: OSError) -> StorageError:
    reason, todo = describe_os_error(error, os.fspath(folder))
    return StorageError(
        _("That could not be done: {reason}.").format(reason=clean_line(reason)),
        kept=_("All records are as they were."),
        todo=todo,
    )
