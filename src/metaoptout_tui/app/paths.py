"""Where the program's files are, from the command line, the environment and the system's conventions."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.text import clean_line

APP_NAME = "metaoptout-tui"


def own_record_name() -> str:
    """What the record is called that is no other person's: the one that opens where no name is given."""
    return _("Your own record")


def who_can_open_records() -> str:
    """What to know before several people's records are kept here."""
    return _("Whoever can use your account on this computer can open each of these records.")


def may_be_there(path: Path) -> bool:
    """Whether something is at a path, or the system does not let one look."""
    from metaoptout_tui.storage.file_access import is_known_missing

    return not is_known_missing(path)


class AppPaths(NamedTuple):
    """Every place where the program keeps something, as absolute paths that need not exist yet.

    `progress` is the record, `state` what the program remembers, `cache` a folder, `accepted_edition` the guidance that
    the person accepted from a feed. `is_config_named`: the person named the settings file, so it has to be there.
    `handed_letters` is where a letter stands while the mail program reads it, which the system empties when the person
    logs out; None where it offers no such place. `has_data_folder`: the person named one folder for everything else. `notices` are sentences about variables of the
    environment that are not used. `without_person` are the places without --person, None where it was not given.
    """

    progress: Path
    config: Path
    state: Path
    cache: Path
    accepted_edition: Path
    is_config_named: bool = False
    has_data_folder: bool = False
    handed_letters: Path | None = None
    notices: tuple[str, ...] = ()
    without_person: "AppPaths | None" = None

    @property
    def consent(self) -> Path:
        """What the person allowed the program to contact, beside its memory."""
        return self.state.with_name("consent.toml")

    @property
    def senders(self) -> Path:
        """The names that the person has in exported chats, as releases up to 0.1.0 kept them by file name."""
        return self.state.with_name("senders.toml")

    @property
    def known_chats(self) -> Path:
        """What exported chats are recognised by, without names and text, beside the program's memory."""
        return self.state.with_name("chats.toml")

    @property
    def known_exports(self) -> Path:
        """Which files were written to folders of the person's choice, beside the program's memory."""
        return self.state.with_name("exports.toml")

    @property
    def versions(self) -> Path:
        """The folder of earlier versions of the record."""
        return Path(os.path.realpath(self.progress)).parent / "backups"

    @property
    def letters(self) -> Path:
        """The folder in which former versions saved letters; they are saved with case files now."""
        return letters_folder_of(self.progress)

    @property
    def case_files(self) -> Path | None:
        """The folder of case files in a folder that the person named for everything; None: in their documents."""
        return self.progress.parent / "case-files" if self.has_data_folder else None

    @property
    def offered_case_folder(self) -> Path | None:
        """Where case files go if the person names no other folder; None: in their documents.

        The folder of one of several people lies in a hidden one, where nobody finds what is to be handed over: documents
        go before it, if there are any.
        """
        base = self.without_person
        if base is not None and not base.has_data_folder:
            from metaoptout_tui.storage.export_folder import has_documents_folder

            return None if has_documents_folder() else self.case_files
        return self.case_files

    @property
    def missing_folder(self) -> Path | None:
        """The folder that the person named for everything, where there is none of that name; else None."""
        folder = self.progress.parent
        if not self.has_data_folder or os.path.isdir(folder):
            return None
        return folder if os.path.exists(folder) or not may_be_there(folder) else None

    @property
    def has_no_record(self) -> bool:
        """Whether there is no file of the record; False too where the system does not let one look."""
        return not may_be_there(self.progress)

    def require_listable(self, *folders: Path, kept: str = "") -> None:
        """Raise StorageError where one of these folders, or that of the record, is there and cannot be listed."""
        from metaoptout_tui.storage.file_access import require_listable

        for folder in folders or (self.progress.parent, self.versions, self.evidence, self.letters):
            require_listable(folder, kept=kept)

    @property
    def record_name(self) -> str:
        """The name of the folder that the person named for everything, so that one record is told from another."""
        return clean_line(self.progress.parent.name) if self.has_data_folder else ""

    @property
    def shown_record_name(self) -> str:
        """What says on every screen whose record this is, where there are several people's."""
        return self.record_name or (own_record_name() if os.path.isdir(self.people_folder) else "")

    def command(self, words: str) -> str:
        """How a command on this record is typed in a terminal, such as `metaoptout-tui purge --person 'Rosa'`; empty `words` open it."""
        base = self.without_person or self
        place = f" --data-dir {_quoted(str(base.progress.parent))}" if base.has_data_folder else ""
        person = f" --person {_quoted(self.record_name)}" if self.without_person is not None else ""
        return f"{APP_NAME} {words}".rstrip() + place + person

    @property
    def person_name(self) -> str:
        """Whose record it is, where it is one of several people's; else empty."""
        return self.record_name if self.without_person is not None else ""

    def of_person(self, typed: str) -> "AppPaths":
        """The places of one person's record; of the one without a name for an empty name. InputRefused for nobody."""
        base = self.without_person or self
        if not typed.strip():
            return base
        from metaoptout_tui.storage.people_folder import require_person

        name = require_person(base.people_folder, typed)
        folder = base.people_folder / name
        if not os.path.isdir(folder):
            raise InputRefused(
                _("The folder of {name} is not there now.").format(name=name),
                todo=_("See whether its disk is connected: {folder}").format(folder=clean_line(str(folder))),
            )
        return base._replace(
            progress=folder / "progress.toml",
            state=folder / "state.toml",
            cache=folder / "cache",
            accepted_edition=folder / "playbook.toml",
            has_data_folder=True,
            without_person=base,
        )

    @property
    def people_folder(self) -> Path:
        """The folder of other people's records, one folder each."""
        return (self.without_person or self).progress.parent / "people"

    @property
    def evidence(self) -> Path:
        """The folder of evidence files, beside the record itself where the record is a link."""
        return evidence_folder_of(self.progress)


def evidence_folder_of(progress: Path) -> Path:
    """The folder of evidence files that belongs to a record."""
    return Path(os.path.realpath(progress)).parent / "evidence"


def letters_folder_of(progress: Path) -> Path:
    """The folder of letters saved as text that belongs to a record."""
    return Path(os.path.realpath(progress)).parent / "letters"


def _quoted(word: str) -> str:
    """A word as a shell takes it for one, whatever blanks it has."""
    return "'{}'".format(clean_line(word).replace("'", "'\"'\"'"))


def resolve_paths(data_dir: Path | None, config: Path | None, environ: Mapping[str, str]) -> AppPaths:
    """The places of this run, creating nothing. Raises InputRefused where a folder cannot be told.

    `data_dir` is one folder for everything but the settings, `config` the settings file. Without them `environ`
    decides, as the XDG base directory specification says.
    """
    notices: list[str] = []

    runtime = environ.get("XDG_RUNTIME_DIR", "")
    handed_letters = Path(runtime) / APP_NAME if runtime.startswith("/") else None

    def base_folder(kind: str) -> Path:
        return _base_folder(kind, environ, notices)

    config_file = _absolute_path(config) if config else base_folder("config") / "config.toml"
    if data_dir:
        folder = _absolute_path(data_dir)
        return AppPaths(
            folder / "progress.toml",
            config_file,
            folder / "state.toml",
            folder / "cache",
            folder / "playbook.toml",
            is_config_named=config is not None,
            has_data_folder=True,
            handed_letters=handed_letters,
            notices=tuple(dict.fromkeys(notices)),
        )
    data, state, cache = map(base_folder, ("data", "state", "cache"))
    return AppPaths(
        data / "progress.toml",
        config_file,
        state / "state.toml",
        cache,
        state / "playbook.toml",
        is_config_named=config is not None,
        handed_letters=handed_letters,
        notices=tuple(dict.fromkeys(notices)),
    )


def _absolute_path(path: Path) -> Path:
    try:
        return Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - a link stays the person's link
    except FileNotFoundError:
        raise InputRefused(
            _("{path} cannot be found: the folder that this terminal is in is no longer there.").format(
                path=clean_line(str(path))
            ),
            todo=_("Change to another folder, or write the whole path."),
        ) from None
    except RuntimeError:
        raise InputRefused(
            _("{path} cannot be found: nobody's home folder is known here by that name.").format(
                path=clean_line(str(path))
            ),
            todo=_("Write the whole path."),
        ) from None


_XDG_FOLDERS = {
    "data": ("XDG_DATA_HOME", ".local/share"),
    "config": ("XDG_CONFIG_HOME", ".config"),
    "state": ("XDG_STATE_HOME", ".local/state"),
    "cache": ("XDG_CACHE_HOME", ".cache"),
}


def _base_folder(kind: str, environ: Mapping[str, str], notices: list[str]) -> Path:
    if sys.platform in ("darwin", "win32"):
        import platformdirs

        folder_of = {
            "data": platformdirs.user_data_path,
            "config": platformdirs.user_config_path,
            "state": platformdirs.user_state_path,
            "cache": platformdirs.user_cache_path,
        }[kind]
        return folder_of(APP_NAME, appauthor=False)
    # Here platformdirs would say the same, and bring tempfile and 7 ms into every `status`.
    variable, default = _XDG_FOLDERS[kind]
    value = environ.get(variable, "")
    if value.startswith("/"):
        return Path(value) / APP_NAME
    if value:  # the specification: a relative path is to be ignored
        notices.append(
            _("{variable} is not a whole path and is not used: {value}").format(
                variable=variable, value=clean_line(value)
            )
        )
    return _home_folder(environ, notices) / default / APP_NAME


def _home_folder(environ: Mapping[str, str], notices: list[str]) -> Path:
    """The home folder by HOME, or where that is no whole path, the one that the system has for this user."""
    named = environ.get("HOME", "")
    if named.startswith("/"):
        return Path(named)
    try:
        import pwd

        home = pwd.getpwuid(os.getuid()).pw_dir
    except (ImportError, KeyError):
        home = ""
    if not home.startswith("/"):
        raise InputRefused(
            _("HOME does not name a folder, so there is no place for the record."),
            todo=_("Name a folder with --data-dir."),
        )
    if "HOME" in environ:
        notices.append(
            _("HOME is not a whole path and is not used: {named}").format(named=clean_line(named))
            if clean_line(named)
            else _("HOME is empty and is not used.")
        )
    return Path(home)
