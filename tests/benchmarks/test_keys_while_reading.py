"""How long a key takes while something is read, beside the same key when nothing is; reported, never asserted."""

import asyncio
import statistics
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import OptionList

from meta_exports import facebook_comments, facebook_export, facebook_posts, meta_json, write_zip
from metaoptout_tui.app.imports.chat_files import count_messages_in_helper_process
from metaoptout_tui.app.imports.meta_export import read_meta_exports_in_helper_process
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.storage import progress_file
from metaoptout_tui.ui.base.job_screen import _LONGEST_TURN_SECONDS
from samples import account, at, entry, record
from snapshots.test_snapshots import USUAL, program
from terminal.pseudo_terminal import Home, Terminal

pytestmark = pytest.mark.exhaustive

Benchmark = Any  # pytest-benchmark's fixture has no type of its own
KEYS = ("down", "up") * 20
FB = "your_facebook_activity/"


def chat_at(folder: Path, times: int = 1) -> Callable[[Job], object]:
    """The scan of a chat of 20 MB, or of as many times that."""
    path = folder / "_chat.txt"
    line = "[{day:02}/11/2026, 14:{minute:02}:11] Anna: so when do we meet, and who brings the cake this time\r\n"
    part = "".join(line.format(day=number // 40 + 1, minute=number % 60) for number in range(1_000))
    path.write_text(part * 250 * times, encoding="utf-8")
    return lambda job: count_messages_in_helper_process([str(path)], job, in_full=True, digest=hex_of)


def hex_of(data: bytes) -> str:
    """What stands for a digest, and can be made in another process."""
    return data[:8].hex()


def download_at(folder: Path, times: int = 1) -> Callable[[Job], object]:
    """The reading of a download with many posts and comments, or of as many times that."""
    files = facebook_export() | {
        f"{FB}posts/your_posts_1.json": meta_json(facebook_posts(2_500) * 4 * times),
        f"{FB}comments_and_reactions/comments.json": meta_json(facebook_comments(20_000 * times)),
    }
    path = write_zip(folder / "facebook-anna.zip", files)
    return lambda job: read_meta_exports_in_helper_process([str(path)], job)


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


def key_times(person: Terminal) -> list[float]:
    """The milliseconds from a key that moves in the list of steps to the first bytes that are drawn."""
    times: list[float] = []
    for key in KEYS:
        written, begun = len(person.raw), time.perf_counter()
        person.press(key)
        person.until(lambda: len(person.raw) > written, "something drawn")  # noqa: B023 - asked before the next key
        times.append((time.perf_counter() - begun) * 1000)
        while written < len(person.raw):  # what is drawn later belongs to this key
            written = len(person.raw)
            person._read()
    return times


def reading_process() -> str | None:
    """The process that reads files for the program, if there is one now."""
    # Another process may end between being listed and being read.
    for shown in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if "serve()" in shown.read_text():
                return shown.parent.name
    return None


@pytest.mark.parametrize("kind", ["a chat", "a download"])
def test_moving_in_the_list_of_a_window(benchmark: Benchmark, tmp_path: Path, kind: str) -> None:
    """In a terminal, with the program as it is installed: the times while something is read beside those before."""
    if benchmark.disabled:
        pytest.skip(
            "it says something only on a machine that does nothing else: pytest tests/benchmarks --benchmark-enable"
        )
    home = Home(tmp_path)
    home.record.parent.mkdir(parents=True)
    linked = entry("step-done", at(1), step="identify")
    progress_file.save_record(home.record, record(account("whatsapp", linked)), None)
    (chat_at if kind == "a chat" else download_at)(home.folder, 10)
    person = Terminal(home)
    person.see("Next:")
    before = key_times(person)
    if kind == "a chat":
        person.press("g", "enter")
        person.see("f Scan chats")
        person.press("f")
        file = "_chat.txt"
    else:
        person.command("Meta's download")
        file = "facebook-anna.zip"
    person.see("Nothing is chosen yet.")
    person.type(f"~/{file}")
    person.see(f"~/{file}")
    person.press("f2")
    person.see("Walk on")
    person.press("b")
    reader = reading_process()
    if kind == "a chat":
        person.see("f Scan chats")
        person.press("escape")
    person.see("Next:")
    meanwhile = key_times(person)
    # Where this is False, the machine had read it all before the last key: read more to compare.
    benchmark.extra_info["read_until_the_last_key"] = reader is not None and reader == reading_process()
    person.cleared_away()
    for name, times in {"before": before, "meanwhile": meanwhile}.items():
        benchmark.extra_info[f"{name}_p50_ms"] = round(statistics.median(times), 1)
        benchmark.extra_info[f"{name}_p95_ms"] = round(sorted(times)[int(len(times) * 0.95)], 1)
    benchmark(lambda: None)
