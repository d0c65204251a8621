"""How fast exported chats are read, beside what a reader cannot do without; reported with --benchmark-enable, never asserted.

Rates are of the whole function on a warm file: divide MB by the time. The peers here are the loops that a plain reader
would use: over lines as bytes, over lines as text with the header's pattern, and inflating a zip without looking.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from command_line import COMMAND
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.imports.whatsapp import scan as reviewing
from metaoptout_tui.imports.whatsapp.scan import scan_chats

pytestmark = pytest.mark.exhaustive

Benchmark = Any  # pytest-benchmark's fixture has no type of its own

MESSAGE = "[{day:02}/11/2026, 14:{minute:02}:11] {author}: {body}\r\n"
BODIES = (
    *["so when do we meet at the station, and who brings the cake this time"] * 900,
    *["ok 😀"] * 60,
    *["first line\r\nsecond line\r\nthird"] * 38,
    "@\u2068Meta AI\u2069 what is the capital of Peru",
    "I asked Meta AI about it",
)


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory, size: int) -> Path:
    """A chat: 0.1 % mentions, 0.1 % that only name Meta AI, some of several lines."""
    part = "".join(
        MESSAGE.format(
            day=number * 28 // 1000 + 1, minute=number % 60, author=("Alice", "Bob", "Zoë")[number % 3], body=body
        )
        for number, body in enumerate(BODIES)
    ).encode()
    path = tmp_path_factory.mktemp("chats") / "_chat.txt"
    path.write_bytes(part * (size // len(part)))
    return path


@pytest.fixture(scope="module")
def packed(chat: Path) -> Path:
    path = chat.with_name("chat.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(chat, "_chat.txt")
    return path


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only search, as from 32 MiB on."""
    monkeypatch.setattr(reviewing, "QUICK_SCAN_FROM_BYTES", 0)
    monkeypatch.setattr("metaoptout_tui.imports.zip_archive.MAX_COMPRESSION_RATIO", 100_000)


@pytest.mark.usefixtures("searched")
def test_searching(benchmark: Benchmark, chat: Path) -> None:
    found = benchmark(scan_chats, [chat], quick=True)
    assert found.chats[0].totals is None


def test_counting(benchmark: Benchmark, chat: Path) -> None:
    found = benchmark(scan_chats, [chat])
    assert found.chats[0].totals


@pytest.mark.usefixtures("searched")
def test_searching_in_a_zip(benchmark: Benchmark, packed: Path) -> None:
    assert benchmark(scan_chats, [packed], quick=True).chats


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"])
@pytest.mark.usefixtures("searched")
def test_searching_in_a_zip_within_a_zip(benchmark: Benchmark, packed: Path, tmp_path: Path, method: int) -> None:
    path = tmp_path / "chats.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.write(packed, packed.name)
    assert benchmark(scan_chats, [path], quick=True).chats


@pytest.mark.parametrize("times", [0, 5], ids=["two messages", "five chats"])
def test_the_whole_command(benchmark: Benchmark, chat: Path, tmp_path: Path, times: int) -> None:
    """From the start of the command to its end, as beside other programs."""
    path = tmp_path / "_chat.txt"
    path.write_bytes(chat.read_bytes() * times or MESSAGE.format(day=1, minute=1, author="Bo", body="hi").encode() * 2)
    benchmark(subprocess.run, [COMMAND, "review", path], stdout=subprocess.DEVNULL, check=True)


def test_peer_a_loop_over_lines_as_bytes(benchmark: Benchmark, chat: Path) -> None:
    header = re.compile(rb"(?:\xe2\x80\x8e)?\[([^\]]{6,40})\] ([^:]{1,80}): ")

    def loop() -> int:
        with chat.open("rb") as lines:
            return sum(bool(header.match(line)) for line in lines if b"Meta AI" in line)

    assert benchmark(loop)


def test_peer_a_loop_over_lines_as_text(benchmark: Benchmark, chat: Path) -> None:
    header = re.compile("\u200e?\\[([^\\]]{6,40})\\] ([^:]{1,80}): (.*)")

    def loop() -> int:
        with chat.open(encoding="utf-8") as lines:
            return sum(bool(header.match(line)) for line in lines)

    assert benchmark(loop)


def test_peer_inflating_alone(benchmark: Benchmark, packed: Path) -> None:
    def inflate() -> int:
        with zipfile.ZipFile(packed) as archive, archive.open("_chat.txt") as member:
            return sum(len(block) for block in iter(lambda: member.read(1 << 20), b""))

    assert benchmark(inflate)


LONG = b"[01/11/2026, 14:03:11] Bo: hi\n[01/11/2026, 14:03:12] Anna: "
HOSTILE: dict[str, Callable[[int], bytes]] = {
    "one long line": lambda size: LONG + b"said Meta AI yes " * (size // 17),
    "one long line of NUL": lambda size: LONG + bytes(size),
    "every line a hit": lambda size: LONG + b"".join(
        b"\n[%02d/11/2026, 14:03:11] Anna: @Meta AI hi" % (number * 28 // (size // 42) + 1) for number in range(size // 42)
    ),
    "every line a hit in its middle": lambda size: LONG + b"".join(
        b"\n[%02d/11/2026, 14:03:11] %s: so tell me @\xe2\x81\xa8Meta AI\xe2\x81\xa9 what is the capital of Peru"
        % (number * 28 // (size // 42) + 1, (b"Anna", b"Bo")[number % 2]) for number in range(size // 42)
    ),
    "every line a hit or the answer": lambda size: LONG + b"".join(
        b"\n[%02d/11/2026, 14:03:11] %s" % (number * 28 // (size // 42) + 1, (b"Anna: and @Meta AI hi", b"Meta AI: It depends.")[number % 2])
        for number in range(size // 42)
    ),
    "every line a hit in one message": lambda size: LONG + b"\nMeta AI" * (size // 8),
    "nothing but line feeds": lambda size: LONG + b"\n" * size,
    "no header ends": lambda size: LONG + b"\n[23/11/2026, 14:03:1" * (size // 21),
}  # fmt: skip


@pytest.mark.usefixtures("searched")
@pytest.mark.parametrize("kind", HOSTILE)
def test_searching_hostile_files(benchmark: Benchmark, tmp_path: Path, size: int, kind: str) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(HOSTILE[kind](size))
    assert benchmark(scan_chats, [path], quick=True).chats


@pytest.mark.parametrize("kind", [kind for kind in HOSTILE if "hit" in kind])
def test_counting_where_every_line_is_a_hit(benchmark: Benchmark, tmp_path: Path, size: int, kind: str) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(HOSTILE[kind](size))
    assert benchmark(scan_chats, [path]).chats[0].totals


@pytest.mark.parametrize("kind", [*(kind for kind in HOSTILE if "hit" in kind), "nothing but line feeds"])
def test_peer_a_loop_over_lines_as_bytes_of_hostile_files(
    benchmark: Benchmark, tmp_path: Path, size: int, kind: str
) -> None:
    header = re.compile(rb"(?:\xe2\x80\x8e)?\[([^\]]{6,40})\] ([^:]{1,80}): ")
    path = tmp_path / "chat.txt"
    path.write_bytes(HOSTILE[kind](size))

    def loop() -> int:
        with path.open("rb") as lines:
            return sum(bool(header.match(line)) for line in lines if b"Meta AI" in line)

    benchmark(loop)


def chat_with_meta_ai_alone(size: int) -> bytes:
    turns = size // 262
    turn = (
        "[{day:02}/11/2026, 14:03:11] Anna: and what about {line}?\n[{day:02}/11/2026, 14:03:12] Meta AI: It depends.\n"
    )
    return "".join(turn.format(day=line * 28 // turns + 1, line=line) for line in range(turns)).encode()


@pytest.mark.parametrize("name", ["WhatsApp Chat with Meta AI.txt", "_chat.txt"])
def test_counting_the_chat_with_meta_ai_alone(benchmark: Benchmark, tmp_path: Path, size: int, name: str) -> None:
    """All its messages are to or by Meta AI, so that its headers are counted, also in a file that is not named so."""
    path = tmp_path / name
    path.write_bytes(chat_with_meta_ai_alone(size))
    assert benchmark(scan_chats, [path]).chats[0].is_with_meta_ai_alone


@pytest.mark.parametrize("quick", [True, False], ids=["searching", "counting"])
def test_the_longest_stop_of_another_thread(benchmark: Benchmark, chat: Path, *, quick: bool) -> None:
    """How long a screen would stand still: the longest gap that a ticker of 1 ms sees while another thread reads."""
    done = threading.Event()
    gaps: list[float] = []

    def read() -> None:
        scan_chats([chat], quick=quick)
        done.set()

    def tick() -> float:
        done.clear()
        reader = threading.Thread(target=read)
        before, longest = time.perf_counter(), 0.0
        reader.start()
        while not done.is_set():
            time.sleep(0.001)
            now = time.perf_counter()
            longest, before = max(longest, now - before), now
        reader.join()
        gaps.append(longest)
        return longest

    benchmark(tick)
    benchmark.extra_info["longest_stop_ms"] = round(max(gaps) * 1000, 1)


def test_cancelling(benchmark: Benchmark, chat: Path, size: int) -> None:
    """From the wish to end to the end, in the middle of a chat."""
    waits: list[float] = []

    def cancel_in_the_middle() -> None:
        wished: list[float] = []

        def progress(job: Job) -> None:
            if job.done > size // 2 and not wished:
                wished.append(time.perf_counter())
                job.cancel()

        found = scan_chats([chat], job=Job(progress))
        assert not found.is_complete
        waits.append(time.perf_counter() - wished[0])

    benchmark(cancel_in_the_middle)
    benchmark.extra_info["longest_wait_ms"] = round(max(waits) * 1000, 1)


# The aims as ratios, in the least CPU time of several runs, which says most on a machine that does other things too.

READ_IT = "const r=require('whatsapp-chat-parser');r.parseString(require('fs').readFileSync(process.argv[1],'utf8'))"
RATIO_ROUNDS = 5


def least_cpu_seconds(run: Callable[[], object], rounds: int = RATIO_ROUNDS) -> float:
    """The least CPU time that a function or its child processes took."""
    times = []
    for _ in range(rounds):
        before = cpu_seconds()
        run()
        times.append(cpu_seconds() - before)
    return min(times)


def cpu_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def lines_as_bytes(path: Path) -> int:
    header = re.compile(rb"(?:\xe2\x80\x8e)?\[([^\]]{6,40})\] ([^:]{1,80}): ")
    with path.open("rb") as lines:
        return sum(bool(header.match(line)) for line in lines if b"Meta AI" in line)


def test_the_ratios_that_are_aimed_at(
    benchmark: Benchmark,
    chat: Path,
    size: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A table for `-k ratios`; for its last row npm has installed whatsapp-chat-parser in $WHATSAPP_CHAT_PARSER."""
    if benchmark.disabled:
        pytest.skip("a table of measurements: -k ratios --benchmark-enable")
    files = {kind: make(size) for kind, make in HOSTILE.items() if "hit" in kind} | {
        "WhatsApp Chat with Meta AI": chat_with_meta_ai_alone(size),
        "_chat": chat_with_meta_ai_alone(size),
        "nothing but line feeds": HOSTILE["nothing but line feeds"](size),
    }
    rows: list[tuple[str, float, str]] = []
    times: dict[str, float] = {}
    for kind, data in files.items():
        path = tmp_path / f"{kind}.txt"
        path.write_bytes(data)
        times[kind] = least_cpu_seconds(partial(scan_chats, [path])) / len(data)
        if kind != "nothing but line feeds":
            loop = least_cpu_seconds(partial(lines_as_bytes, path)) / len(data)
            rows.append((f"{kind}: times a loop over lines as bytes", times[kind] / loop, "at most 2.5"))
    usual_size = chat.stat().st_size
    usual = least_cpu_seconds(lambda: scan_chats([chat])) / usual_size
    rows.append(("line feeds, counted: times a usual chat", times["nothing but line feeds"] / usual, "at most 3"))
    monkeypatch.setattr(reviewing, "QUICK_SCAN_FROM_BYTES", 0)
    line_feeds = tmp_path / "nothing but line feeds.txt"
    searched = least_cpu_seconds(lambda: scan_chats([chat], quick=True)) / usual_size
    feeds = least_cpu_seconds(lambda: scan_chats([line_feeds], quick=True)) / size
    rows.append(("line feeds, searched: times a usual chat", feeds / searched, "at most 3"))
    loop = least_cpu_seconds(lambda: lines_as_bytes(chat)) / usual_size
    rows.append(("a usual chat, searched: as fast as the loop, times", loop / searched, "at least 2.5"))
    node, parser = shutil.which("node"), os.environ.get("WHATSAPP_CHAT_PARSER")
    if node and parser:
        large = tmp_path / "large.txt"
        large.write_bytes(chat.read_bytes() * 5)
        # Without the folders that rehearsals left, which each start looks at.
        monkeypatch.setenv("TMPDIR", str(tmp_path))
        review = [str(COMMAND), "review", str(large)]
        ours = least_cpu_seconds(lambda: subprocess.run(review, stdout=subprocess.DEVNULL, check=True), 12)
        theirs = [node, "-e", READ_IT, str(large)]
        peer = least_cpu_seconds(lambda: subprocess.run(theirs, cwd=parser, check=True), 3)
        rows.append(("100 MB, whole process: as fast as whatsapp-chat-parser, times", peer / ours, "at least 20"))
    with capsys.disabled():
        table = "\n".join(f"{ratio:6.2f}  {what} ({aim})" for what, ratio, aim in rows)
        sys.stdout.write(f"\n{table}\n")
    benchmark.extra_info["ratios"] = {what: round(ratio, 2) for what, ratio, _ in rows}
    benchmark(lambda: None)
