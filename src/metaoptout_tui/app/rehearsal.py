"""A rehearsal: an invented person in a folder that is removed at the end, and a clock that can be put ahead."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from metaoptout_tui.app.clock import Clock, system_clock
from metaoptout_tui.app.paths import AppPaths, resolve_paths
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.record.accounts import Record, make_draft_key
from metaoptout_tui.storage import progress_file
from metaoptout_tui.storage.rehearsal_folder import temporary_rehearsal_folder
from metaoptout_tui.storage.settings_files import RememberedState, load_state, save_state

REHEARSAL_NAME = mark("Rehearsal")
"""What stands before the title of every screen, as the name of the record."""
REHEARSAL_BEGINS = mark(
    "This is a rehearsal with an invented person. Nothing is kept, opened, copied or sent. Later Ctrl+G lets time pass."
)
REHEARSAL_BEGINS_IN_PLAIN_MODE = mark(
    "This is a rehearsal with an invented person. Nothing is kept or sent. “Everything else” lets time pass."
)
REHEARSAL_IS_OVER = mark("The rehearsal is over. Nothing of it was kept.")
LETTER_HEADING = mark("REHEARSAL: the person in this letter is invented. Do not send it.")
"""Stands above every letter of a rehearsal that is copied, mailed, saved, printed or kept."""
OFFLINE_REASON = mark("No connection is made in a rehearsal.")

DAYS_THAT_PASS = {"day": 1, "days": 3, "month": 31}
"""How far each choice puts the clock ahead; a month so that Meta's is over after it, whichever it is."""

_INVENTED_EMAIL = "anna@example.org"
_INVENTED_PLATFORMS = "facebook instagram"
_USUAL_COUNTRY = "NL"


class MovableClock:
    """A clock that goes on as another does, and can be put ahead."""

    def __init__(self, clock: Clock = system_clock) -> None:
        self._clock = clock
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        """The time now."""
        return self._clock() + self._ahead

    def put_ahead(self, days: int) -> None:
        """Let it be some days later."""
        self._ahead += timedelta(days=days)


@contextmanager
def rehearsal_folder(real: AppPaths, playbook: Playbook, country: str) -> Iterator[AppPaths]:
    """A new folder with an invented person who starts for the first time, removed at the end whatever happens.

    Settings and theme are copies of the person's own. The invented person lives in `country` where there is a right to
    object, else in one that has it.
    """
    with temporary_rehearsal_folder() as folder:
        yield _write_invented_person(folder, real, playbook, country)


def _write_invented_person(folder: Path, real: AppPaths, playbook: Playbook, country: str) -> AppPaths:
    record_folder = folder / _(REHEARSAL_NAME)
    record_folder.mkdir(mode=0o700)
    places = resolve_paths(record_folder, None, {"HOME": os.fspath(folder)})
    paths = places._replace(config=record_folder / real.config.name)
    with suppress(OSError):  # settings that cannot be read are at their defaults, as outside of a rehearsal
        shutil.copyfile(real.config, paths.config)
    state = load_state(real.state)
    save_state(paths.state, RememberedState(theme=state.theme, theme_config=state.theme_config))
    has_right = bool(country) and playbook.region_of_country(country).right_to_object == "yes"
    answers = {
        "country": country if has_right else _USUAL_COUNTRY,
        "platforms": _INVENTED_PLATFORMS,
        "email": _INVENTED_EMAIL,
    }
    progress_file.save_record(paths.progress, Record(drafts={make_draft_key("welcome"): answers}), None)
    return paths


def export_obstacle_in(folder: Path) -> Callable[[Path], str]:
    """A function that says why case files may not go to a folder: all but those within `folder` would be kept."""

    def obstacle(target: Path) -> str:
        if target.expanduser().resolve().is_relative_to(folder.resolve()):
            return ""
        return _("In a rehearsal files go only into {folder}, which is removed at its end.").format(folder=folder)

    return obstacle
