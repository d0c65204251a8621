"""Large files are read in a process of its own, to the same result as here, and nothing of it outlives the program."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import pseudo_language
from exhaustive import parametrize_some
from metaoptout_tui.app.imports.chat_files import count_messages_in_helper_process
from metaoptout_tui.app.imports.meta_export import read_meta_exports_in_helper_process
from metaoptout_tui.core.chats.known_chats import keyed_digest
from metaoptout_tui.core.errors import FileRefused
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.imports import reading_process
from metaoptout_tui.imports.files import sha256_of_file
from metaoptout_tui.imports.meta_export.read import read_exports
from metaoptout_tui.imports.reading_process import (
    ENDED_BY_ITSELF,
    read_in_helper_process,
    read_in_helper_process_if_large,
)
from metaoptout_tui.imports.whatsapp.scan import scan_chats
from metaoptout_tui.translations.catalogues import load_catalogue
from pseudo_language import load_pseudo_catalogue, pseudo

DIGEST = partial(keyed_digest, b"k" * 32)
LINES = (
    "1/29/24, 12:24 - Bo: hi there and how are you today\n" * 99 + "1/29/24, 12:25 - Anna: @\u2068Meta AI\u2069 hi\n"
)


class Started:
    """The processes that were started, with what the system's list of processes shows of each."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.processes: list[subprocess.Popen[bytes]] = []
        self.shown: list[str] = []
        start = subprocess.Popen

        def start_and_note(arguments: list[str], **more: Any) -> subprocess.Popen[bytes]:
            process = start(arguments, **more)
            self.processes.append(process)
            self.shown.append(" ".join(arguments))
            return process

        monkeypatch.setattr(subprocess, "Popen", start_and_note)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    return Started(monkeypatch)


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    """A chat of 5 MB with 999 messages to Meta AI."""
    path = tmp_path / "WhatsApp Chat with Secret Club.txt"
    path.write_text(LINES * 999, encoding="utf-8")
    return path


@pytest.mark.exhaustive
def test_a_large_chat_comes_to_the_same_in_a_process_of_its_own(chat: Path, started: Started) -> None:
    seen: list[int] = []
    job = Job(lambda job: seen.append(job.done))
    found = count_messages_in_helper_process([str(chat)], job, in_full=True, digest=DIGEST)
    assert found == scan_chats([chat], digest=DIGEST)
    assert found.is_complete
    assert seen == sorted(seen)
    assert seen[-1] == job.total == chat.stat().st_size
    assert [process.poll() is not None for process in started.processes] == [True]


def test_the_list_of_processes_shows_neither_file_nor_name(chat: Path, started: Started) -> None:
    count_messages_in_helper_process([str(chat)], Job(), in_full=True, digest=DIGEST)
    (shown,) = started.shown
    assert "Secret Club" not in shown
    assert str(chat.parent) not in shown


def test_what_is_small_is_read_here_and_a_folder_by_what_is_in_it(tmp_path: Path, started: Started) -> None:
    folder = tmp_path / "chats"
    folder.mkdir()
    (folder / "_chat.txt").write_text(LINES, encoding="utf-8")
    assert len(count_messages_in_helper_process([str(folder)], Job(), in_full=True, digest=DIGEST).chats) == 1
    assert not started.processes
    (folder / "more").mkdir()
    assert len(count_messages_in_helper_process([str(folder)], Job(), in_full=True, digest=DIGEST).chats) == 1
    assert len(started.processes) == 1


@pytest.fixture
def download(tmp_path: Path) -> Path:
    """A file of a download, with 90,000 posts."""
    path = tmp_path / "posts_1.json"
    path.write_text("[" + ",".join(['{"creation_timestamp": 1700000000, "title": "a"}'] * 90_000) + "]", "utf-8")
    return path


def test_a_download_comes_to_the_same_in_a_process_of_its_own(download: Path, started: Started) -> None:
    assert read_meta_exports_in_helper_process([str(download)], Job()) == read_exports([download])
    assert len(started.processes) == 1


def test_a_reading_of_a_download_that_ends_by_itself_is_told_too(download: Path, started: Started) -> None:
    found = read_meta_exports_in_helper_process([str(download)], Job(lambda _job: started.processes[0].kill()))
    assert [file.reason for file in found.unreadable] == [ENDED_BY_ITSELF]
    assert not found.exports


def test_who_stops_a_reading_keeps_what_was_read_to_its_end(chat: Path, tmp_path: Path, started: Started) -> None:
    small = tmp_path / "WhatsApp Chat with Bo.txt"
    small.write_text(LINES, encoding="utf-8")
    chat.write_bytes(chat.read_bytes() * 20)

    def stop_in_the_large_one(job: Job) -> None:
        if job.done > small.stat().st_size:
            job.cancel()

    job = Job(stop_in_the_large_one)
    found = count_messages_in_helper_process([str(small), str(chat)], job, in_full=True, digest=DIGEST)
    assert [each.path for each in found.chats] == [str(small)]
    assert not found.is_complete
    assert started.processes[0].poll() is not None


def test_a_reading_that_ends_by_itself_is_told_in_a_sentence(chat: Path, started: Started) -> None:
    job = Job(lambda _job: started.processes[0].kill())
    found = count_messages_in_helper_process([str(chat)], job, in_full=True, digest=DIGEST)
    assert [(file.path, file.reason) for file in found.unreadable] == [(str(chat), ENDED_BY_ITSELF)]
    assert found.is_complete  # nobody stopped it
    assert not found.chats


def test_a_refusal_is_the_same_as_here(tmp_path: Path, started: Started) -> None:
    with pytest.raises(FileRefused, match="is not there") as refused:
        read_in_helper_process(partial(sha256_of_file, str(tmp_path / "gone.txt")), Job(), load_catalogue)
    assert len(started.processes) == 1
    with pytest.raises(FileRefused) as here:
        sha256_of_file(tmp_path / "gone.txt")
    assert str(refused.value) == str(here.value)


def test_a_refusal_in_a_process_of_its_own_is_said_in_the_language_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(pseudo_language.__file__).parent))
    with pytest.raises(FileRefused) as refused:
        read_in_helper_process(partial(sha256_of_file, str(tmp_path / "gone.txt")), Job(), load_pseudo_catalogue)
    assert str(refused.value) == pseudo("It is not there.")


def test_a_fault_of_the_program_shows_where_it_is(started: Started) -> None:
    with pytest.raises(TypeError) as fault:
        read_in_helper_process(partial(scan_chats, None), Job(), load_catalogue)  # type: ignore[arg-type]  # the fault
    assert fault.traceback[-1].name == "scan_chats"
    assert len(started.processes) == 1


@parametrize_some(1, "executable", ["", "/nonexistent/python"])
def test_where_no_process_can_be_started_it_is_read_here(
    chat: Path, monkeypatch: pytest.MonkeyPatch, executable: str
) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    read: Callable[..., Any] = partial(scan_chats, [chat], digest=DIGEST)
    assert read_in_helper_process_if_large([str(chat)], read, Job(), load_catalogue) == read(job=Job())


def test_a_process_that_does_not_stop_is_ended(chat: Path, started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_process, "_SECONDS_TO_STOP", -1.0)  # as if the time to stop were over
    chat.write_bytes(chat.read_bytes() * 20)
    job = Job(lambda job: job.cancel() if job.done else None)
    found = count_messages_in_helper_process([str(chat)], job, in_full=True, digest=DIGEST)
    assert [file.reason for file in found.unreadable] == [reading_process.NOT_STOPPED_IN_TIME]
    assert not found.is_complete
    assert started.processes[0].poll() is not None


READ_ON_AND_ON = """
import subprocess, sys
from functools import partial
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.imports.reading_process import read_in_helper_process
from metaoptout_tui.imports.whatsapp.scan import scan_chats
from metaoptout_tui.translations.catalogues import load_catalogue

start = subprocess.Popen
def start_and_tell(*arguments, **more):
    process = start(*arguments, **more)
    print(process.pid, flush=True)
    return process
subprocess.Popen = start_and_tell
read_in_helper_process(partial(scan_chats, sys.argv[1:]), Job(lambda job: print("reading", flush=True)), load_catalogue)
"""


def is_running(pid: int) -> bool:
    """Whether a process still does anything; one that has ended may wait to be taken note of."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_nothing_goes_on_reading_when_the_program_was_killed(chat: Path) -> None:
    chat.write_bytes(chat.read_bytes() * 60)
    with subprocess.Popen([sys.executable, "-c", READ_ON_AND_ON, str(chat)], stdout=subprocess.PIPE) as program:
        assert program.stdout
        pid = int(program.stdout.readline())
        assert program.stdout.readline() == b"reading\n"
        assert is_running(pid)
        program.kill()
    give_up = time.monotonic() + 20
    while is_running(pid):
        assert time.monotonic() < give_up
        os.sched_yield()
