"""Reads Meta's "Download your information" for the command line and the screens."""

from collections.abc import Iterable

from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.meta_export import MetaExports
from metaoptout_tui.imports.meta_export.read import read_exports


def read_meta_exports(paths: Iterable[str], job: Job) -> MetaExports:
    """Read the downloads under the paths; parts of one are read as one. Never raises: what is unreadable is listed."""
    return read_exports(paths, job=job)
