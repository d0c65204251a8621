"""How long a key takes while something is read in a thread, beside the same key when nothing is; reported, never asserted."""

import asyncio
import statistics
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import OptionList

from meta_exports import facebook_comments, facebook_export, facebook_posts, meta_json, write_zip
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.imports.meta_export.read import read_exports
from metaoptout_tui.imports.whatsapp.scan import scan_chats
from metaoptout_tui.ui.base.form import _LONGEST_TURN_SECONDS
from samples import account, record
from snapshots.test_snapshots import USUAL, program

pytestmark = pytest.mark.exhaustive

Benchmark = Any  # pytest-benchmark's fixture has no type of its own
KEYS = ("down", "up") * 20
FB = "your_facebook_activity/"


def chat_at(folder: Path) -> Callable[[Job], object]:
    """The scan of a chat of 20 MB."""
    path = folder / "_chat.txt"
    line = "[{day:02}/11/2026, 14:{minute:02}:11] Anna: so when do we meet, and who brings the cake this time\r\n"
    part = "".join(line.format(day=number // 40 + 1, minute=number % 60) for number in range(1_000))
    path.write_text(part * 250, encoding="utf-8")
    return lambda job: scan_chats([path], job=job)


def download_at(folder: Path) -> Callable[[Job], object]:
    """The reading of a download with many posts and comments."""
    files = facebook_export() | {
        f"{FB}posts/your_posts_1.json": meta_json(facebook_posts(2_500) * 4),
        f"{FB}comments_and_reactions/comments.json": meta_json(facebook_comments(20_000)),
    }
    path = write_zip(folder / "facebook-anna.zip", files)
    return lambda job: read_exports([path], job=job)


@pytest.mark.parametrize("make", [None, chat_at, download_at], ids=["nothing is read", "a chat", "a download"])
async def test_moving_in_the_list(
    benchmark: Benchmark, playbook: Playbook, tmp_path: Path, make: Callable[[Path], Callable[[Job], object]] | None
) -> None:
    read = make(tmp_path) if make else None
    job = Job()

    def read_on_and_on() -> None:
        while read and not job.is_cancelled:
            read(job)

    # As `run_in_thread` of the screens does.
    before_reading = sys.getswitchinterval()
    sys.setswitchinterval(_LONGEST_TURN_SECONDS)
    reader = threading.Thread(target=read_on_and_on)
    times: list[float] = []
    app = program(playbook, record(account("facebook"), account("instagram"), account("whatsapp")))
    async with app.run_test(size=USUAL) as pilot:
        await pilot.pause()
        steps = app.focused
        assert isinstance(steps, OptionList)
        reader.start()
        for key in KEYS:
            before, begun = steps.highlighted, time.perf_counter()
            app.simulate_key(key)
            while steps.highlighted == before:  # noqa: ASYNC110 - a highlighted row sets no asyncio.Event
                await asyncio.sleep(0.0005)
            times.append(time.perf_counter() - begun)
            await asyncio.sleep(0.02)
        job.cancel()
        reader.join()
    sys.setswitchinterval(before_reading)
    benchmark.extra_info["median_ms"] = round(statistics.median(times) * 1000, 1)
    benchmark.extra_info["p95_ms"] = round(sorted(times)[int(len(times) * 0.95)] * 1000, 1)
    benchmark(lambda: None)
