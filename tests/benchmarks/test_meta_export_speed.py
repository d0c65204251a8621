"""How fast a download of 5 GB is read and in how much memory; reported with --benchmark-enable, never asserted.

The zip has its media as holes, 40 MB of JSON that has to be read, and two thousand message threads. The peers are what
no reader can do without: to inflate what is needed, and to decode it with the standard `json`, all at once.
"""

import json
import subprocess
import sys
import threading
import time
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from meta_exports import (
    ai_conversation,
    ai_message,
    block,
    facebook_comments,
    facebook_export,
    facebook_posts,
    message_thread,
    meta_json,
    page,
    write_folder,
)
from metaoptout_tui.imports.meta_export.read import read_exports
from sparse_zip import write_sparse_zip

pytestmark = pytest.mark.exhaustive

Benchmark = Any  # pytest-benchmark's fixture has no type of its own

FB = "your_facebook_activity/"


@pytest.fixture(scope="module")
def download(tmp_path_factory: pytest.TempPathFactory, *, measured: bool) -> Path:
    times = 10 if measured else 1
    files = facebook_export() | {
        f"{FB}posts/your_posts__check_ins__photos_and_videos_1.json": meta_json(facebook_posts(2_500) * 2 * times),
        f"{FB}comments_and_reactions/comments.json": meta_json(
            {"comments_v2": [item for _ in range(5 * times) for item in _comments()]}
        ),
        f"{FB}messages/ai_conversations.json": meta_json(
            [ai_conversation(*[ai_message(day % 2_000, ("Zoë", "Meta AI")[day % 2], "text " * 30) for day in range(3_000 * times)])]
        ),
    }  # fmt: skip
    thread = meta_json(message_thread(*["Zoë", "Bo"] * 100))
    files |= {f"{FB}messages/inbox/{number}/message_1.json": thread for number in range(200 * times)}
    path = tmp_path_factory.mktemp("downloads") / "facebook-zoe.example-2026-06-19-AbCd.zip"
    return write_sparse_zip(path, files, media=2_000 * times, media_bytes=256 << 10)


def _comments() -> list[object]:
    document = facebook_comments(2_000)
    assert isinstance(document, dict)
    comments: list[object] = document["comments_v2"]
    return comments


def test_reading(benchmark: Benchmark, download: Path) -> None:
    found = benchmark(read_exports, [download])
    assert not found.unreadable


def needed_members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [info for info in archive.infolist() if info.filename.endswith(".json")]


def test_peer_inflating_what_is_needed(benchmark: Benchmark, download: Path) -> None:
    def inflate() -> None:
        with zipfile.ZipFile(download) as archive:
            for info in needed_members(archive):
                with archive.open(info) as member:
                    while member.read(1 << 16) and "/inbox/" not in info.filename:
                        pass

    benchmark(inflate)


def test_peer_inflating_and_decoding_what_is_needed_all_at_once(benchmark: Benchmark, download: Path) -> None:
    def decode() -> None:
        with zipfile.ZipFile(download) as archive:
            for info in needed_members(archive):
                with archive.open(info) as member:
                    if "/inbox/" in info.filename:
                        member.read(1 << 16)
                    else:
                        json.loads(member.read())

    benchmark(decode)


def test_the_command_and_its_peak_of_memory(benchmark: Benchmark, download: Path) -> None:
    program = (
        "import sys\nfrom metaoptout_tui.main import main\nmain(['import', '--json', sys.argv[1]])\n"
        "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')), file=sys.stderr)"
    )

    def run() -> int:
        ended = subprocess.run([sys.executable, "-c", program, download], capture_output=True, text=True, check=True)
        return int(ended.stderr.split()[1])

    benchmark.extra_info["peak_mib"] = round(benchmark.pedantic(run, rounds=3) / 1024, 1)


def test_the_longest_stop_of_another_thread(benchmark: Benchmark, download: Path) -> None:
    """How long a screen would stand still: the longest gap that a ticker of 1 ms sees while another thread reads."""
    done = threading.Event()
    gaps: list[float] = []

    def read() -> None:
        read_exports([download])
        done.set()

    def tick() -> None:
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

    benchmark.pedantic(tick, rounds=3)
    benchmark.extra_info["longest_stop_ms"] = round(max(gaps) * 1000, 1)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, *, measured: bool) -> Path:
    posts = 20_000 if measured else 1_000
    blocks = [block("Zoë", "words " * 40, f"Dec {number % 28 + 1}, 2020 7:20 am") for number in range(posts)]
    return write_folder(tmp_path_factory.mktemp("pages"), {f"{FB}posts/your_posts_1.html": page(*blocks)})


def test_reading_pages(benchmark: Benchmark, pages: Path) -> None:
    assert not benchmark(read_exports, [pages]).unreadable


def test_peer_the_standard_parser_of_pages_that_does_nothing(benchmark: Benchmark, pages: Path) -> None:
    text = (pages / FB / "posts" / "your_posts_1.html").read_text(encoding="utf-8")

    def parse() -> None:
        parser = HTMLParser()
        for at in range(0, len(text), 1 << 16):
            parser.feed(text[at : at + (1 << 16)])

    benchmark(parse)


def test_listing_a_zip_of_a_million_photos(benchmark: Benchmark, tmp_path: Path, *, measured: bool) -> None:
    photos = 999_990 if measured else 9_990
    path = write_sparse_zip(tmp_path / "x.zip", facebook_export(), media=photos, media_bytes=1)
    assert not benchmark.pedantic(read_exports, ([path],), rounds=1).unreadable
