"""The command `metaoptout-tui`: run within the test, or as it is installed, in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.main import main
from metaoptout_tui.manual.chapters import CHAPTERS, read_chapter
from metaoptout_tui.storage import progress_file

COMMAND = Path(sys.executable).with_name("metaoptout-tui")
MANUAL: Mapping[str, str] = {chapter: read_chapter(chapter) for chapter in CHAPTERS}
"""The Markdown of each chapter of the manual, by its name."""


class Ended(NamedTuple):
    """How a command ended, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str | Path, **environment: str) -> Ended:
    """Run the command within this process, which takes a hundredth of the time of a new one."""
    stdout, stderr = (TextIOWrapper(BytesIO(), encoding="utf-8", newline="\n") for _ in range(2))
    with redirect_stdout(stdout), redirect_stderr(stderr), patch.dict(os.environ, environment):
        try:
            returncode = main([str(each) for each in arguments])
        except SystemExit as ended:
            returncode = int(ended.code or 0)
    printed = []
    for stream in (stdout, stderr):
        stream.flush()
        assert isinstance(stream.buffer, BytesIO)
        printed.append(stream.buffer.getvalue().decode())
    return Ended(returncode, *printed)


def run_installed(*arguments: str | Path, **environment: str) -> Ended:
    """Run the installed command in a process of its own, without a terminal."""
    ended = subprocess.run(
        [COMMAND, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def save_in(folder: Path, progress: Record) -> Path:
    """Save a record in a folder as the program would; the folder."""
    progress_file.save_record(folder / "progress.toml", progress, None)
    return folder
