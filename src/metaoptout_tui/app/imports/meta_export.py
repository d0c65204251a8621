"""Reads Meta's "Download your information": for the command line at once, for the screens in a thread.

A reading belongs to no screen, so the person can go elsewhere. Its results stay in memory alone.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from metaoptout_tui.core.jobs import FileReading, Job, UnreadableFile
from metaoptout_tui.core.meta_export import MetaExports
from metaoptout_tui.imports.meta_export.read import read_exports


def read_meta_exports(paths: Iterable[str], job: Job) -> MetaExports:
    """Read the downloads under the paths; parts of one are read as one. Never raises: what is unreadable is listed."""
    return read_exports(paths, job=job)


def read_meta_exports_in_helper_process(paths: Sequence[str], job: Job) -> MetaExports:
    """Read as `read_meta_exports` does, in a process of its own where they are large, so that keys stay quick."""
    from metaoptout_tui.imports import reading_process
    from metaoptout_tui.translations.catalogues import load_catalogue

    try:
        return reading_process.read_in_helper_process_if_large(
            paths, partial(read_exports, tuple(paths)), job, load_catalogue
        )
    except reading_process.ReadingEnded as error:
        return MetaExports(
            (), tuple(UnreadableFile(path, "", str(error)) for path in paths), is_complete=not job.is_cancelled
        )


class MetaExportReading(FileReading):
    """The reading of downloads (`job`) and the `results` of the last one, None before there are any."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(clock)
        self.is_running = False
        self.results: MetaExports | None = None
        self._paths: tuple[str, ...] = ()

    def prepare(self, paths: Iterable[str]) -> None:
        """Set what is to be read."""
        self._paths, self.is_running = tuple(paths), True
        self.start_job()

    def run(self, job: Job) -> MetaExports:
        """Read; call it in a thread. Returns what was read so far when `job` is cancelled."""
        return read_meta_exports_in_helper_process(self._paths, job)

    def finish(self, results: MetaExports) -> None:
        """Keep the results of a reading that has ended."""
        self.results, self.is_running = results, False
