"""What a person takes away is put beside what they have: whole, private, and never in the place of anything."""

import errno
import os
import stat
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from metaoptout_tui.core.errors import FileRefused, StorageError
from metaoptout_tui.core.record.accounts import EvidenceFile
from metaoptout_tui.storage import evidence_folder
from metaoptout_tui.storage.export_folder import copy_evidence_file, default_export_folder, write_export

posix = pytest.mark.skipif(os.name == "nt", reason="modes and links are those of POSIX")
not_root = pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
FILES = [("html", b"<p>case</p>"), ("md", b"# case\n"), ("ics", b"")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "out" / "case"


def holds(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} if folder.exists() else {}


class TestWriting:
    def test_the_files_are_there_under_one_name_and_the_folder_is_made(self, folder: Path) -> None:
        paths = write_export(folder, "case-1", FILES)
        assert [path.name for path in paths] == ["case-1.html", "case-1.md", "case-1.ics"]
        assert holds(folder) == {"case-1.html": b"<p>case</p>", "case-1.md": b"# case\n", "case-1.ics": b""}

    @posix
    def test_nobody_else_can_read_them(self, folder: Path) -> None:
        before = os.umask(0)
        try:
            write_export(folder, "case-1", FILES)
        finally:
            os.umask(before)
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
        assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder.parent)] == [0o700, 0o700]

    @posix
    def test_a_folder_that_is_there_keeps_its_mode(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o755)
        write_export(tmp_path, "case-1", FILES)
        assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755

    def test_what_is_there_stays_and_all_the_files_get_one_number(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        (folder / "case-1.md").write_bytes(b"mine")
        assert [path.name for path in write_export(folder, "case-1", FILES)] == [
            "case-1-2.html",
            "case-1-2.md",
            "case-1-2.ics",
        ]
        assert next(path.name for path in write_export(folder, "case-1", FILES)) == "case-1-3.html"
        assert holds(folder)["case-1.md"] == b"mine"
        assert "case-1.html" not in holds(folder)

    @posix
    def test_a_link_of_that_name_is_not_followed(self, folder: Path, tmp_path: Path) -> None:
        folder.mkdir(parents=True)
        (folder / "case-1.html").symlink_to(tmp_path / "elsewhere")
        assert write_export(folder, "case-1", FILES)[0].name == "case-1-2.html"
        assert not (tmp_path / "elsewhere").exists()

    @posix
    def test_a_folder_may_be_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / "real")
        write_export(tmp_path / "link", "case-1", FILES)
        assert len(holds(tmp_path / "real")) == 3

    def test_the_home_folder_may_be_written_as_a_tilde(self) -> None:
        assert write_export(Path("~/case"), "case-1", FILES)[0].parent == Path.home().resolve() / "case"

    def test_each_file_is_on_the_disk_before_it_has_its_name_and_the_folder_last(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        done: list[str] = []

        def noting(call: str, real: Callable[..., object], *arguments: object) -> object:
            done.append(call)
            return real(*arguments)

        for call in ("fsync", "replace"):
            monkeypatch.setattr(os, call, partial(noting, call, getattr(os, call)))
        write_export(tmp_path, "case-1", FILES)
        monkeypatch.undo()
        assert done == [*["fsync", "replace"] * len(FILES), *(["fsync"] if os.name != "nt" else [])]


class TestWhatCannotBe:
    def test_a_file_in_the_place_of_the_folder(self, tmp_path: Path) -> None:
        (tmp_path / "case").write_bytes(b"mine")
        with pytest.raises(FileRefused, match=r"is a file and no folder\. It was left as it is\. Nothing was written"):
            write_export(tmp_path / "case", "case-1", FILES)
        assert (tmp_path / "case").read_bytes() == b"mine"

    def test_a_file_in_the_way_to_the_folder(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_bytes(b"mine")
        with pytest.raises(StorageError, match=r"is not a folder|is gone"):
            write_export(tmp_path / "file" / "case", "case-1", FILES)

    @pytest.mark.parametrize("inside", [".", "deeper/still"])
    def test_a_folder_of_the_programs_own(self, tmp_path: Path, inside: str) -> None:
        with pytest.raises(FileRefused, match="of the program's own"):
            write_export(tmp_path / "evidence" / inside, "case-1", FILES, forbidden_folders=(tmp_path / "evidence",))
        assert not (tmp_path / "evidence").exists()

    def test_a_folder_whose_name_only_begins_like_one(self, tmp_path: Path) -> None:
        assert write_export(tmp_path / "evidence-copy", "case-1", FILES, forbidden_folders=(tmp_path / "evidence",))

    def test_a_name_that_no_folder_can_have(self) -> None:
        with pytest.raises(FileRefused, match="no name of a folder"):
            write_export(Path("a\x00b"), "case-1", FILES)

    @not_root
    def test_a_folder_that_may_not_be_written_to(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o500)
        with pytest.raises(StorageError, match="gives no permission"):
            write_export(tmp_path, "case-1", FILES)
        tmp_path.chmod(0o700)

    @pytest.mark.parametrize(
        ("call", "code", "words"),
        [
            ("mkdir", errno.EACCES, "gives no permission"),
            ("open", errno.EROFS, "the disk can only be read"),
            ("write", errno.ENOSPC, "the disk is full"),
            ("fsync", errno.EIO, "the disk reports an error"),
            ("replace", errno.EIO, "the disk reports an error"),
        ],
    )
    def test_a_disk_that_refuses_leaves_nothing_half_written(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int, words: str
    ) -> None:
        real = getattr(os, call)
        seen = [0]

        def fails(*arguments: object, **more: object) -> object:
            seen[0] += 1
            if call in ("mkdir", "open") or seen[0] == 2:
                raise OSError(code, os.strerror(code))
            return real(*arguments, **more)

        monkeypatch.setattr(os, call, fails)
        with pytest.raises(StorageError, match=words) as raised:
            write_export(folder, "case-1", FILES)
        monkeypatch.undo()
        assert "Nothing was written. Your record is as it was." in str(raised.value)
        assert "--data-dir" not in str(raised.value)
        assert holds(folder) == {}


class TestKeptFiles:
    def kept(self, tmp_path: Path, words: bytes = b"answer") -> EvidenceFile:
        (tmp_path / "answer.eml").write_bytes(words)
        return evidence_folder.store_file(tmp_path / "answer.eml", tmp_path / "evidence")

    def test_a_copy_is_the_file_that_was_kept(self, tmp_path: Path, folder: Path) -> None:
        file = self.kept(tmp_path)
        copy = copy_evidence_file(file, tmp_path / "evidence", folder)
        assert copy is not None
        assert sha256(copy.path.read_bytes()).hexdigest() == file.sha256
        assert stat.S_IMODE(copy.path.stat().st_mode) == 0o600 or os.name == "nt"

    @pytest.mark.parametrize("name", ["../answer.eml", "/etc/hostname", "", "gone.eml"])
    def test_a_name_that_leads_elsewhere_is_not_copied(self, tmp_path: Path, folder: Path, name: str) -> None:
        file = self.kept(tmp_path)._replace(name=name)
        assert copy_evidence_file(file, tmp_path / "evidence", folder) is None
        assert not folder.exists()

    def test_a_changed_file_is_not_copied(self, tmp_path: Path, folder: Path) -> None:
        file = self.kept(tmp_path)
        (tmp_path / "evidence" / file.name).write_bytes(b"Answer")
        assert copy_evidence_file(file, tmp_path / "evidence", folder) is None

    def test_a_file_that_changes_while_it_is_copied_is_taken_back(
        self, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = self.kept(tmp_path)
        real = evidence_folder.verify_file

        def then_changed(asked: EvidenceFile, where: Path, *more: Any) -> object:
            found = real(asked, where, *more)
            (tmp_path / "evidence" / file.name).write_bytes(b"Answer")
            return found

        monkeypatch.setattr(evidence_folder, "verify_file", then_changed)
        assert copy_evidence_file(file, tmp_path / "evidence", folder) is None
        assert holds(folder) == {}


def test_the_folder_that_is_offered_is_the_one_for_documents_else_the_home() -> None:
    assert default_export_folder() == Path.home()
    (Path.home() / "Documents").mkdir()
    assert default_export_folder() == Path.home() / "Documents"


def test_a_link_to_a_folder_is_followed_and_one_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert write_export(tmp_path / "link", "case", [("md", b"x")]) == [tmp_path / "real" / "case.md"]
    (tmp_path / "stick").symlink_to(tmp_path / "not" / "mounted")
    with pytest.raises(FileRefused, match=r"stick is a link that leads nowhere\. Nothing was written\."):
        write_export(tmp_path / "stick", "case", [("md", b"x")])
    assert not (tmp_path / "not").exists()
