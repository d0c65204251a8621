"""A person who comes from an older release: a copy of what it left behind, opened by the program as it is now.

All names of the program that the tests of this folder need are here, so that a renamed function is changed in one place.
"""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from argparse import Namespace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from metaoptout_tui.app.case_export import CaseExportOptions, export_case_file
from metaoptout_tui.app.commands.key_table import check_key_table, key_conflicts
from metaoptout_tui.app.guidance.guidance_in_use import load_guidance_in_use
from metaoptout_tui.app.guidance.page_watcher import NetworkPermission, PageWatcher
from metaoptout_tui.app.paths import AppPaths, resolve_paths
from metaoptout_tui.app.session import OpenRecord, RecordOpenFailure, open_record
from metaoptout_tui.cli import status
from metaoptout_tui.cli.guidance import freshness_json, freshness_report, page_report
from metaoptout_tui.core.guidance.editions import GuidanceInUse
from metaoptout_tui.core.settings import Config
from metaoptout_tui.storage.settings_files import (
    NetworkConsent,
    RememberedState,
    load_config,
    load_consent,
    load_senders,
    load_state,
)
from metaoptout_tui.ui.theme import initial_theme
from metaoptout_tui.wiring.outside import fetch_over_network

RELEASE = Path(__file__).parent / "0.1.0"
NOW = datetime(2026, 11, 28, 12, 0, tzinfo=timezone(timedelta(hours=1)))
"""When the expected words were written, by the clock that was passed in."""

COMMAND = Path(sys.executable).with_name("metaoptout-tui")


def clock() -> datetime:
    """Stands still."""
    return NOW


def expected(name: str) -> str:
    """What the release printed."""
    return (RELEASE / "expected" / name).read_text(encoding="utf-8")


class Person:
    """A copy of what the release left behind for one person, in a folder of the test's own."""

    def __init__(self, folder: Path, data: str = "data") -> None:
        shutil.copytree(RELEASE / data, folder / "data")
        shutil.copy(RELEASE / "config.toml", folder)
        self.folder = folder
        self.data = folder / "data"
        self.config = folder / "config.toml"
        self.record = self.data / "progress.toml"

    @property
    def paths(self) -> AppPaths:
        """Where the program looks for all of it."""
        return resolve_paths(self.data, self.config, {})

    @property
    def written(self) -> dict[str, Any]:
        """The record as it is on the disk now."""
        return tomllib.loads(self.record.read_text(encoding="utf-8"))

    def run(self, *command: str) -> tuple[int, str, str]:
        """Run the installed command on these files: exit status, stdout, stderr."""
        done = subprocess.run(
            [COMMAND, *command, "--data-dir", self.data, "--config", self.config],
            capture_output=True,
            env={"HOME": str(self.folder), "LANG": "C.UTF-8", "PATH": os.defpath, "TZ": "UTC"},
            timeout=60,
            check=False,
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def try_to_open(self) -> OpenRecord | RecordOpenFailure:
        """Open the record; the caller releases its lock."""
        return open_record(self.record, self.guidance_in_use().playbook, clock=clock)

    def open(self) -> OpenRecord:
        """Open the record, which must go well; the caller releases its lock."""
        opened = self.try_to_open()
        assert isinstance(opened, OpenRecord)
        return opened

    def _status(self, form: str = "") -> str:
        asked = Namespace(**{name: name == form for name in ("json", "due", "coverage", "all")})
        # Lines about a folder that was named begin with its name since.
        output = status.run(asked, self.paths._replace(has_data_folder=False), clock)
        assert isinstance(output.stdout, str)
        # The copy that a conflict left beside the record is named since; all else is as it was.
        others = tuple(note for note in output.stderr if "copy of your record that a conflict left" not in note)
        return _printed(output.stdout, others)

    def status(self) -> str:
        """What `status` prints."""
        return self._status()

    def status_json(self) -> Any:
        """What `status --json` prints."""
        return json.loads(self._status("json"))

    def due(self) -> str:
        """What `status --due` prints."""
        return self._status("due")

    def coverage(self) -> str:
        """What `status --coverage` prints."""
        return self._status("coverage")

    def exported(self, *, redact: bool = False) -> dict[str, Any]:
        """The case file as data."""
        result, notes = export_case_file(
            self.paths, self.folder / "exported", CaseExportOptions(redact=redact), clock=clock
        )
        assert not notes
        assert not result.warnings
        [path] = [path for path in result.paths if path.suffix == ".json"]
        document: dict[str, Any] = json.loads(path.read_bytes())
        return document

    def guidance_in_use(self) -> GuidanceInUse:
        """The guidance that was accepted, or the program's own."""
        return load_guidance_in_use(self.paths)

    def _page_watcher(self) -> PageWatcher:
        return PageWatcher(
            self.guidance_in_use(), self.paths, NetworkPermission(meta_pages=True), fetch_over_network, clock=clock
        )

    def guidance_status(self) -> str:
        """What `guidance status` prints."""
        return _printed(freshness_report(self._page_watcher()))

    def guidance_status_json(self) -> Any:
        """What `guidance status --json` prints."""
        return json.loads(freshness_json(self._page_watcher()))

    def page(self, id: str, *, changes: bool) -> str:
        """What `guidance show PAGE` prints."""
        return _printed(page_report(self._page_watcher(), id, changes=changes))

    def settings(self) -> tuple[Config, tuple[str, ...]]:
        """The settings and what is wrong with them."""
        return load_config(self.config, is_required=True)

    def keys(self) -> dict[str, str]:
        """The keys that were chosen, by action; none may be unknown or clash with another."""
        table, unknown = check_key_table(self.settings()[0].keys)
        assert unknown == ()
        assert key_conflicts(table) == ()
        return table

    def state(self) -> RememberedState:
        """What the program remembers of the screen."""
        return load_state(self.paths.state)

    def theme(self) -> str:
        """The theme that the screen begins with."""
        state = self.state()
        return initial_theme(
            configured=self.settings()[0].theme,
            remembered=state.theme,
            remembered_for=state.theme_config,
            no_color=False,
        )

    def consent(self) -> NetworkConsent:
        """Which hosts may be contacted."""
        return load_consent(self.paths.consent)

    def senders(self) -> dict[str, str]:
        """Which sender the person is in a chat, by its file name."""
        return load_senders(self.paths.senders)


def _printed(words: str, notes: tuple[str, ...] = ()) -> str:
    assert notes == ()
    return f"{words}\n"
