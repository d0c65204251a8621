"""Writing the case file from the screen: where to, of what, and what is said of it."""

import errno
import json
import os
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from metaoptout_tui.app.case_export import suggested_export_folder
from metaoptout_tui.app.paths import resolve_paths
from metaoptout_tui.storage import atomic_write, evidence_folder
from sample_case import full_record
from samples import account, at, entry, record
from ui.driving import EVERYTHING, PATIENCE, OpenScreen, Walker, does


def written(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def data(folder: Path) -> dict[str, Any]:
    [path] = folder.glob("*.json")
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


async def open_export(me: Walker, folder: Path, *, whole: bool = True) -> None:
    await me.press("E")
    assert me.at == "export"
    await me.write(str(folder), anew=True)
    if whole:
        await me.press("tab", "tab", "space", "shift+tab", "shift+tab")


async def test_whether_it_is_whole_or_masked_is_asked_and_nothing_is_chosen_beforehand(
    walk: OpenScreen, tmp_path: Path
) -> None:
    async with walk(EVERYTHING, at=("facebook", "open"), size=(120, 40)) as me:
        await open_export(me, tmp_path / "out", whole=False)
        await me.press("enter")
        await me.workers()
        assert "Choose one of the two: the whole case file, or the one with masks." in me.flowing
        assert me.chosen == "whole"
        assert written(tmp_path / "out") == []
        await me.press("space", "down", "space")
        assert "( ) Whole" in me.text
        assert "(x) With masks" in me.text
        assert "[ ] With a copy of each kept file" in me.text
        await me.press("up", "space", "enter")
        await me.workers()
    assert data(tmp_path / "out")["redacted"] is False


@does("checklist.export", "export.write")
async def test_enter_writes_four_files_and_says_where(walk: OpenScreen, tmp_path: Path) -> None:
    async with walk(EVERYTHING, at=("facebook", "open"), size=(160, 40)) as me:
        await open_export(me, tmp_path / "out")
        await me.press("enter")
        await me.workers()
        assert me.at == "checklist"
        assert written(tmp_path / "out") == [
            f"metaoptout-case-2026-11-23.{ending}" for ending in ("html", "ics", "json", "md")
        ]
        assert "metaoptout-case-2026-11-23.html, and beside it .md, .json and .ics." in me.told
        assert len(data(tmp_path / "out")["accounts"]) == len(EVERYTHING.accounts)
        assert me.progress == EVERYTHING


async def test_the_folder_that_is_offered_is_the_one_for_documents(walk: OpenScreen) -> None:
    (Path.home() / "Documents").mkdir()
    async with walk(EVERYTHING, at=("facebook", "open")) as me:
        await me.press("E")
        assert me.field("folder") == "~/Documents"
        await me.press("tab", "tab", "space", "enter")
        await me.workers()
    assert len(written(Path.home() / "Documents")) == 4


@pytest.mark.exhaustive
async def test_one_account_alone_and_masked(walk: OpenScreen, tmp_path: Path) -> None:
    async with walk(EVERYTHING, at=("threads", "open")) as me:
        await open_export(me, tmp_path / "out", whole=False)
        await me.press("tab", "down", "space", "tab", "down", "space", "f2")
        await me.workers()
        assert me.at == "checklist"
    told = data(tmp_path / "out")
    assert told["redacted"] is True
    assert [each["platform"] for each in told["accounts"]] == ["Threads"]
    assert all(
        "anna" not in (tmp_path / "out" / name).read_text("utf-8").casefold() for name in written(tmp_path / "out")
    )


@pytest.mark.exhaustive
async def test_what_stands_against_it_is_said_in_the_form_and_nothing_is_lost(walk: OpenScreen, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    async with walk(EVERYTHING, at=("facebook", "open"), size=(120, 40)) as me:
        await open_export(me, tmp_path / "file")
        await me.press("enter")
        await me.workers()
        assert me.at == "export"
        assert "is a file and no folder. It was left as it is." in me.flowing
        await me.write("", anew=True)
        await me.press("enter")
        assert "Write down a folder first." in me.flowing
    assert (tmp_path / "file").read_bytes() == b"mine"


@pytest.mark.exhaustive
async def test_masks_and_kept_files_together_are_refused(walk: OpenScreen, tmp_path: Path) -> None:
    async with walk(EVERYTHING, at=("facebook", "open"), size=(120, 40)) as me:
        await open_export(me, tmp_path / "out", whole=False)
        await me.press("tab", "tab", "down", "space", "down", "space", "enter")
        await me.workers()
        assert "Kept files cannot be masked" in me.flowing
    assert written(tmp_path / "out") == []


@pytest.mark.exhaustive
async def test_a_kept_file_that_is_gone_is_told(walk: OpenScreen, tmp_path: Path) -> None:
    async with walk(full_record(), at=("facebook", "open"), size=(120, 40)) as me:
        await open_export(me, tmp_path / "out")
        await me.press("enter")
        await me.workers()
        assert "screenshot.png is missing, and the case file says so." in me.flowing
    assert len(written(tmp_path / "out")) == 4


@does("export.back")
async def test_escape_writes_nothing_and_keeps_the_folder_that_was_typed(walk: OpenScreen, tmp_path: Path) -> None:
    async with walk(EVERYTHING, at=("facebook", "open")) as me:
        await open_export(me, tmp_path / "out")
        await me.press("escape")
        assert me.at == "checklist"
        await me.press("E")
        assert me.field("folder") == str(tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.exhaustive
async def test_a_window_that_may_only_read_writes_the_case_file_too(walk: OpenScreen, tmp_path: Path) -> None:
    async with walk(EVERYTHING, at=("facebook", "open"), read_only="Read-only: open elsewhere.") as me:
        await open_export(me, tmp_path / "out")
        await me.press("enter")
        await me.workers()
    assert len(written(tmp_path / "out")) == 4


async def test_without_an_account_there_is_nothing_to_write(walk: OpenScreen) -> None:
    async with walk() as me:
        await me.press("E")
        assert me.at == "checklist"
        assert "There is no account in your list yet" in me.told


class Held:
    """A reader of files that waits at each block until it is told to go on, as a slow disk would."""

    def __init__(self) -> None:
        self.reads, self.go_on = Event(), Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def read(self, descriptor: int, count: int) -> bytes:
        self.reads.set()
        assert self.go_on.wait(PATIENCE)
        return os.read(descriptor, count)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    """The disk, slow."""
    disk = Held()
    monkeypatch.setattr(evidence_folder, "os", disk)
    return disk


async def test_while_it_is_written_keys_are_answered_and_escape_leaves_nothing_behind(
    walk: OpenScreen, tmp_path: Path, held: Held
) -> None:
    (tmp_path / "answer.eml").write_bytes(b"answer")
    held.go_on.set()
    file = evidence_folder.store_file(tmp_path / "answer.eml", tmp_path / "person" / "evidence")
    held.go_on.clear()
    held.reads.clear()
    kept = entry("evidence", at(1), file=file.name, sha256=file.sha256, bytes=file.size)
    async with walk(record(account("facebook", kept)), at=("facebook", "open"), size=(120, 40)) as me:
        await open_export(me, tmp_path / "out")
        await me.press("tab", "tab", "down", "down", "space", "enter")
        await me.until(held.reads.is_set, "the thread")
        await me.press("enter", "question_mark")
        assert me.at == "help"
        await me.press("escape")
        far = "Writing the case file: 0 bytes of 18 bytes. Esc stops it."
        await me.until(lambda: me.words("busy") == far, "how far it is")
        await me.press("escape")
        assert me.at == "export"
        assert "Stopping." in me.flowing
        held.go_on.set()
        await me.workers()
        assert "Stopped. Nothing was written." in me.flowing
        assert written(tmp_path / "out") == []
        await me.press("enter")
        await me.workers()
        assert me.at == "checklist"
        assert "1 kept file is beside them." in me.told
    assert len(written(tmp_path / "out")) == 4  # nothing is due, so there is no calendar


async def test_a_disk_that_fills_up_while_kept_files_are_copied_leaves_no_half_of_it(
    walk: OpenScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "answer.eml").write_bytes(b"answer")
    file = evidence_folder.store_file(tmp_path / "answer.eml", tmp_path / "person" / "evidence")
    kept = entry("evidence", at(1), file=file.name, sha256=file.sha256, bytes=file.size)

    class Full(Held):
        def read(self, descriptor: int, count: int) -> bytes:
            return os.read(descriptor, count)

        def write(self, *_: object) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    async with walk(record(account("facebook", kept)), at=("facebook", "open"), size=(120, 40)) as me:
        await open_export(me, tmp_path / "out")
        await me.press("tab", "tab", "down", "down", "space")
        with monkeypatch.context() as patch:
            patch.setattr(atomic_write, "os", Full())
            await me.press("enter")
            await me.workers()
        assert me.at == "export"
        assert "The export was not written" in me.flowing
        assert "Nothing was written. Your record is as it was." in me.flowing
    assert written(tmp_path / "out") == []


def test_a_record_in_a_folder_of_its_own_has_its_case_files_there(tmp_path: Path) -> None:
    named = resolve_paths(tmp_path / "person", None, {})
    assert suggested_export_folder(named.case_files) == str(tmp_path / "person" / "case-files")
    assert suggested_export_folder(resolve_paths(None, None, {}).case_files) == "~"


async def test_what_was_written_is_named_from_the_home_folder(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, at=("facebook", "open")) as me:
        await me.press("E", "tab", "tab", "space", "enter")
        await me.workers()
        assert me.told.startswith("Written: ~/")
