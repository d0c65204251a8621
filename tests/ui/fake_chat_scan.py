"""Exported chats in the home of a person at the screen, and a reading that ends only when it is stopped."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from metaoptout_tui.core.chats.scan_results import ScanResults
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.imports.whatsapp.scan import scan_chats
from ui.driving import Walker

AT_HOME: Mapping[str, Sequence[str]] = {
    "chat.txt": (
        "1/29/24, 12:24 - Messages and calls are end-to-end encrypted.",
        "1/29/24, 12:25 - Anna: @\u2068Meta AI\u2069 what is this",
        "1/29/24, 12:26 - Meta AI: A cat.",
        "1/29/24, 12:27 - Anna: and that?",
        "3/2/24, 12:28 - Bo: hey @Meta AI draw",
        "3/2/24, 12:28 - Bo: @Meta AI a dog",
        "3/3/24, 12:28 - Bo: I like Meta AI",
        "3/14/24, 12:29 - Bo turned on advanced chat privacy.",
    ),
    "endless.txt": ("1/29/24, 12:25 - Anna: hi",),
}


def read_chats(paths: Sequence[str], digest: Callable[[bytes], str], job: Job) -> ScanResults:
    """Read; `endless.txt` is one third done and stays so until it is stopped."""
    if not any(Path(path).name == "endless.txt" for path in paths):
        return scan_chats(paths, quick=True, digest=digest, job=job)
    job.report(40_000_000, 120_000_000, paths[0])
    while not job.is_cancelled:
        time.sleep(0.005)
    return ScanResults((), (), is_complete=False)


def count_chats(paths: Sequence[str], digest: Callable[[bytes], str], job: Job) -> ScanResults:
    """Count all, once there is a file `go on` at home; until then it is half done."""
    job.report(50, 100, paths[0])
    while not (home() / "go on").exists() and not job.is_cancelled:
        time.sleep(0.005)
    return scan_chats(paths, digest=digest, job=job)


def home() -> Path:
    """The folder of the person at the screen."""
    return Path.home()


async def scan(me: Walker, path: str = "~/chat.txt") -> None:
    """From the checklist to what was found."""
    await me.press("enter", "f")
    await me.write(path)
    await me.press("f2")
    await me.until(lambda: me.at == "chats-found", "what was found")
    await me.settled()
