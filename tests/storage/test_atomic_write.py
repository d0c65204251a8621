"""A save that a kill, a full disk or a power cut hits at any moment: the old file or the new one, never less."""

import errno
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.storage import atomic_write, file_access, kept_versions
from metaoptout_tui.storage.atomic_write import (
    ChangedOnDisk,
    NotSaved,
    find_write_obstacle,
    remove_leftovers,
    write_durably,
    write_without_sync,
)
from metaoptout_tui.storage.kept_versions import VersionHistory, list_versions

OLD, NEW = b"old = 1\n" * 50, b"new = 2\n" * 80
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
WATCHED = frozenset(
    {
        "open",
        "write",
        "read",
        "fsync",
        "close",
        "replace",
        "link",
        "unlink",
        "stat",
        "lstat",
        "fstat",
        "mkdir",
        "listdir",
    }
)


class Killed(BaseException):
    """What ends a process at once: no handler gets to do anything after it."""


class FailingOs:
    """The `os` of one save: counts its calls, and lets the one with the number `at` fail, or kills the process there."""

    def __init__(self, at: int = 0, failure: int | str = "") -> None:
        self.at = at
        self.failure = failure
        self.calls: list[str] = []
        self.dead = False

    def __getattr__(self, name: str) -> object:
        real = getattr(os, name)
        return self._watched(name, real) if name in WATCHED else real

    def _watched(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            if self.dead:
                if name == "close":  # the system closes what a dead process had open
                    real(*arguments)
                raise Killed
            self.calls.append(f"{name} {arguments[0] if isinstance(arguments[0], str) else ''}".strip())
            if len(self.calls) != self.at:
                return real(*arguments, **named)
            if isinstance(self.failure, int):
                if name == "close":
                    real(*arguments)
                raise OSError(self.failure, os.strerror(self.failure), arguments[0])
            self.dead = True
            if self.failure == "after":
                real(*arguments, **named)
            elif self.failure == "middle" and name == "write":
                descriptor, data = arguments
                assert isinstance(data, memoryview)
                real(descriptor, data[: len(data) // 2])
            raise Killed

        return call


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "progress.toml"
    settle(path)
    return path


def settle(path: Path) -> None:
    """An old file of which no version is kept yet: so that a save does all that it can do."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    shutil.rmtree(path.with_name("backups"), ignore_errors=True)
    path.unlink(missing_ok=True)
    path.write_bytes(OLD)
    path.chmod(0o600)
    os.utime(path, (1e9, 1e9))


def save(path: Path, data: bytes, expected: bytes | None) -> None:
    """Save as the program saves a record."""
    write_durably(path, data, expected=expected, keep=VersionHistory(path).keeper())


def kept(path: Path) -> list[bytes]:
    """What the kept versions hold, newest first."""
    return [version.path.read_bytes() for version in list_versions(path)]


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def replace_os(patch: pytest.MonkeyPatch, replacement: object) -> None:
    """Every call of the system that a save makes goes through the replacement."""
    for module in (atomic_write, file_access, kept_versions):
        patch.setattr(module, "os", replacement)


def calls_of(monkeypatch: pytest.MonkeyPatch, save: Callable[[], None]) -> list[str]:
    counting = FailingOs()
    with monkeypatch.context() as patch:
        replace_os(patch, counting)
        save()
    return counting.calls


def test_a_save_leaves_the_new_file_both_versions_and_nothing_else(file: Path) -> None:
    save(file, NEW, OLD)
    assert file.read_bytes() == NEW
    assert names(file.parent) == {"progress.toml", "backups"}
    assert kept(file) == [NEW, OLD]
    assert len(names(file.with_name("backups"))) == 2


def test_a_save_syncs_the_file_once_before_it_counts_and_the_folder_once_after(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = [each.split()[0] for each in calls_of(monkeypatch, lambda: save(file, NEW, OLD))]
    assert calls.count("fsync") == 2
    first, last = (index for index, name in enumerate(calls) if name == "fsync")
    renamed = max(index for index, name in enumerate(calls) if name == "replace")
    assert first < renamed < last


def test_the_unfinished_file_is_private_and_new_from_the_first_moment(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[int, int]] = []

    class Spy(FailingOs):
        def open(self, path: str, flags: int, mode: int = 0o777) -> int:
            opened.append((flags, mode))
            return os.open(path, flags, mode)

    replace_os(monkeypatch, Spy())
    save(file, NEW, OLD)
    created = [(flags, mode) for flags, mode in opened if flags & os.O_CREAT]
    assert len(created) == 2  # the file, and the version of it that is kept
    assert set(created) == {(os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)}


FAULTS = ("ENOSPC", "EDQUOT", "EROFS", "EACCES", "EIO", "ENOENT")


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("linked", [True, False], ids=["links", "no links"])
def test_whatever_call_fails_the_file_is_whole_and_a_failed_save_is_said_and_can_be_repeated(
    file: Path, monkeypatch: pytest.MonkeyPatch, name: str, *, linked: bool
) -> None:
    fault = getattr(errno, name)
    if not linked:
        monkeypatch.setattr(os, "link", refuse_links)
    for at in range(1, 1 + len(calls_of(monkeypatch, lambda: save(file, NEW, OLD)))):
        settle(file)
        failing = FailingOs(at, fault)
        holds: bytes | None = NEW
        with monkeypatch.context() as patch:
            replace_os(patch, failing)
            try:
                save(file, NEW, OLD)
            except ChangedOnDisk:  # “no such file” where the file is read is what a removed file looks like
                assert name == "ENOENT"
                holds = OLD
            except NotSaved as error:
                holds = error.on_disk
        where = failing.calls[at - 1]
        assert file.read_bytes() == holds, where
        assert not [each for each in names(file.parent) if each.endswith("tmp")], where
        save(file, NEW + b"# more", holds)
        assert file.read_bytes() == NEW + b"# more", where


def refuse_links(*_: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


@pytest.mark.parametrize("moment", ["before", "after", "middle"])
@pytest.mark.parametrize("linked", [True, False], ids=["links", "no links"])
def test_a_kill_at_any_call_leaves_the_old_or_the_new_file_and_the_next_start_tidies_up(
    file: Path, monkeypatch: pytest.MonkeyPatch, moment: str, *, linked: bool
) -> None:
    if not linked:
        monkeypatch.setattr(os, "link", refuse_links)
    for at in range(1, 1 + len(calls_of(monkeypatch, lambda: save(file, NEW, OLD)))):
        settle(file)
        killing = FailingOs(at, moment)
        with monkeypatch.context() as patch:
            replace_os(patch, killing)
            with pytest.raises(Killed):
                save(file, NEW, OLD)
        where = killing.calls[-1]
        left = file.read_bytes()
        assert left in (OLD, NEW), where
        assert set(kept(file)) <= {OLD, NEW}, where
        remove_leftovers((file.parent, file.with_name("backups")), NOW, holds_lock=True)
        assert names(file.parent) <= {"progress.toml", "backups"}, where
        save(file, b"next", left)
        assert file.read_bytes() == b"next", where
        assert {b"next", left} <= set(kept(file)) <= {b"next", OLD, NEW}, where
        assert len(names(file.with_name("backups"))) == len(kept(file)), where


def test_a_kill_during_the_very_first_save_leaves_no_file_or_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def file_number(number: int) -> Path:
        return tmp_path / f"{number}" / "new" / "folder" / "progress.toml"

    calls = calls_of(monkeypatch, lambda: write_durably(file_number(0), NEW, expected=None))
    assert sum(each.startswith("mkdir") for each in calls) == 3
    assert sum(each.startswith("fsync") for each in calls) == 3 + 2  # each new folder has a name in the one above
    for at in range(1, len(calls) + 1):
        path = file_number(at)
        with monkeypatch.context() as patch:
            replace_os(patch, FailingOs(at, "after"))
            with pytest.raises(Killed):
                save(path, NEW, None)
        left = path.read_bytes() if path.exists() else None
        assert left in (None, NEW)
        save(path, b"next", left)


def test_writes_that_are_cut_short_are_carried_on(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(FailingOs):
        def write(self, descriptor: int, data: memoryview) -> int:
            return os.write(descriptor, data[:7])

    replace_os(monkeypatch, Slow())
    save(file, NEW, OLD)
    assert file.read_bytes() == NEW


@pytest.mark.parametrize("change", [b"old = 1\n" * 49 + b"old = 9\n", b"", OLD + b"more", OLD[:-1]])
def test_a_file_that_something_else_changed_is_left_alone(file: Path, change: bytes) -> None:
    file.write_bytes(change)
    with pytest.raises(ChangedOnDisk, match="changed by something else"):
        save(file, NEW, OLD)
    assert file.read_bytes() == change
    assert kept(file) == []


def test_a_file_that_was_removed_is_not_brought_back(file: Path) -> None:
    file.unlink()
    with pytest.raises(ChangedOnDisk, match="removed by something else"):
        save(file, NEW, OLD)
    assert not file.exists()


def test_a_first_save_does_not_replace_a_file_that_appeared(file: Path) -> None:
    with pytest.raises(ChangedOnDisk):
        save(file, NEW, None)
    assert file.read_bytes() == OLD


def test_a_version_that_cannot_be_kept_does_not_stop_the_save(file: Path) -> None:
    file.with_name("backups").write_bytes(b"in the way")
    save(file, NEW, OLD)
    assert file.read_bytes() == NEW


def test_a_version_that_did_not_become_the_record_is_not_kept(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing(FailingOs):
        def replace(self, source: str, target: str) -> None:
            if target == os.fspath(file):
                raise OSError(errno.EIO, "no")
            os.replace(source, target)  # noqa: PTH105 - what stands for the system calls it

    with monkeypatch.context() as patch:
        replace_os(patch, Refusing())
        with pytest.raises(NotSaved):
            save(file, NEW, OLD)
    assert kept(file) == [OLD]


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_umask")
def test_folders_are_0700_and_files_0600_whatever_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "one" / "two" / "progress.toml"
    save(path, OLD, None)
    save(path, NEW, OLD)
    write_without_sync(path.with_name("state.toml"), b"x")
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "one").rglob("*")}
    assert modes.pop("two") == modes.pop("backups") == 0o700
    assert len(modes) == 4
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE((tmp_path / "one").stat().st_mode) == 0o700


@pytest.mark.usefixtures("open_umask")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o666, 0o700, 0o777])
def test_a_file_that_others_could_read_is_theirs_no_more_nor_are_its_versions(file: Path, mode: int) -> None:
    file.chmod(mode)
    save(file, NEW, OLD)
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in file.parent.rglob("*")}
    assert modes.pop("backups") == 0o700
    assert set(modes.values()) == {0o600}, modes
    assert kept(file) == [NEW, OLD]


def test_a_file_marked_read_only_is_respected(file: Path) -> None:
    file.chmod(0o400)
    with pytest.raises(NotSaved, match="read-only"):
        save(file, NEW, OLD)
    assert file.read_bytes() == OLD
    assert find_write_obstacle(file) is not None


@pytest.mark.parametrize("way", ["same folder", "other folder", "relative", "link to link", "linked folder"])
def test_a_link_stays_a_link_and_what_it_leads_to_is_saved_with_its_versions_there(tmp_path: Path, way: str) -> None:
    real = tmp_path / "dotfiles" / "record.toml"
    settle(real)
    here = tmp_path / "data"
    here.mkdir()
    link = here / "progress.toml"
    match way:
        case "same folder":
            link = real.with_name("progress.toml")
            link.symlink_to(real)
        case "other folder":
            link.symlink_to(real)
        case "relative":
            link.symlink_to("../dotfiles/record.toml")
        case "link to link":
            (here / "between").symlink_to(real)
            link.symlink_to("between")
        case _:
            (here / "folder").symlink_to(real.parent)
            link = here / "folder" / "record.toml"
    was_link = link.is_symlink()
    save(link, NEW, OLD)
    assert link.is_symlink() == was_link
    assert not real.is_symlink()
    assert real.read_bytes() == link.read_bytes() == NEW
    assert kept(real) == [NEW, OLD]
    assert real.with_name("backups").is_dir()


@pytest.mark.parametrize("expected", [None, OLD])
def test_a_link_into_nothing_is_not_followed_into_a_new_file(tmp_path: Path, expected: bytes | None) -> None:
    link = tmp_path / "progress.toml"
    link.symlink_to(tmp_path / "unmounted" / "progress.toml")
    with pytest.raises(NotSaved, match="there is no such file"):
        write_durably(link, NEW, expected=expected)
    assert names(tmp_path) == {"progress.toml"}


def test_a_link_to_itself_and_a_folder_in_the_place_of_the_file_are_said(tmp_path: Path) -> None:
    loop = tmp_path / "loop.toml"
    loop.symlink_to(loop)
    with pytest.raises(NotSaved, match="Not saved"):
        write_durably(loop, NEW, expected=None)
    (tmp_path / "progress.toml").mkdir()
    with pytest.raises(NotSaved, match="is not a file"):
        write_durably(tmp_path / "progress.toml", NEW, expected=None)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotSaved, match="is not a folder"):
        write_durably(tmp_path / "file" / "progress.toml", NEW, expected=None)


def test_a_file_with_a_second_name_elsewhere_is_not_parted_from_it(file: Path, tmp_path: Path) -> None:
    second = tmp_path / "second"
    second.hardlink_to(file)
    with pytest.raises(NotSaved, match="hard link"):
        save(file, NEW, OLD)
    assert file.samefile(second)


def test_a_file_of_another_user_is_not_taken_from_them(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Foreign(FailingOs):
        def stat(self, path: str) -> os.stat_result:
            found = list(Path(path).stat())
            found[stat.ST_UID] += 1
            return os.stat_result(found)

    replace_os(monkeypatch, Foreign())
    with pytest.raises(NotSaved, match="belongs to another user"):
        save(file, NEW, OLD)
    assert file.read_bytes() == OLD
    assert not [each for each in names(file.parent) if each.endswith("tmp")]


def test_a_disk_that_does_not_confirm_the_name_is_said_and_the_next_save_goes_on_from_there(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = calls_of(monkeypatch, lambda: save(file, NEW, OLD))
    settle(file)
    with monkeypatch.context() as patch:
        replace_os(patch, FailingOs(len(calls) - 1, errno.EIO))
        with pytest.raises(NotSaved, match="may not be saved for good") as caught:
            save(file, NEW, OLD)
    save(file, b"next", caught.value.on_disk)
    assert file.read_bytes() == b"next"


def test_a_disk_that_cannot_sync_folders_is_good_enough(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = calls_of(monkeypatch, lambda: save(file, NEW, OLD))
    settle(file)
    replace_os(monkeypatch, FailingOs(len(calls) - 1, errno.EINVAL))
    save(file, NEW, OLD)
    assert file.read_bytes() == NEW


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "share of the disk"),
        (errno.EROFS, "only be read"),
        (errno.EACCES, "no permission"),
        (errno.EIO, "reports an error"),
    ],
)
def test_a_failed_save_says_what_happened_what_is_safe_and_what_to_do(
    file: Path, monkeypatch: pytest.MonkeyPatch, fault: int, said: str
) -> None:
    class Failing(FailingOs):
        def write(self, *_: object) -> int:
            raise OSError(fault, os.strerror(fault))

    replace_os(monkeypatch, Failing())
    with pytest.raises(NotSaved) as caught:
        save(file, NEW, OLD)
    assert caught.value.what.startswith("Not saved:")
    assert said in caught.value.what
    assert caught.value.kept == "progress.toml still holds what was saved before."
    assert caught.value.todo


class Held(OSError):
    """What Windows answers while an antivirus looks at the file."""

    winerror = 32


@pytest.mark.parametrize(("refusals", "saved"), [(0, True), (3, True), (6, True), (7, False)])
def test_on_windows_a_file_that_is_held_for_a_moment_is_tried_again(
    file: Path, monkeypatch: pytest.MonkeyPatch, refusals: int, *, saved: bool
) -> None:
    paused: list[float] = []
    left = [refusals]

    class Windows(FailingOs):
        def replace(self, source: str, target: str) -> None:
            if target == os.fspath(file) and left[0]:
                left[0] -= 1
                raise Held(errno.EACCES, "in use")
            Path(source).replace(target)

    replace_os(monkeypatch, Windows())
    monkeypatch.setattr(atomic_write, "_IS_WINDOWS", True)
    monkeypatch.setattr("time.sleep", paused.append)
    if saved:
        save(file, NEW, OLD)
    else:
        with pytest.raises(NotSaved):
            save(file, NEW, OLD)
    assert file.read_bytes() == (NEW if saved else OLD)
    assert len(paused) == min(refusals, 6)
    assert sum(paused) < 2.5


def test_what_is_small_is_replaced_whole_without_waiting_for_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "state" / "state.toml"
    calls = calls_of(monkeypatch, lambda: write_without_sync(path, b"one"))
    assert not [each for each in calls if each.startswith("fsync")]
    for at in range(1, len(calls) + 1):
        with monkeypatch.context() as patch:
            replace_os(patch, FailingOs(at, errno.ENOSPC))
            try:
                write_without_sync(path, b"two")
            except StorageError:
                assert path.read_bytes() in (b"one", b"two")
        assert names(path.parent) == {"state.toml"}


def test_at_the_start_only_leftovers_older_than_a_day_go_unless_nobody_else_can_be_saving(file: Path) -> None:
    young, old, future, foreign = (
        file.with_name(name)
        for name in (
            ".progress.toml.12-0123456789abcdef.metaoptout-tmp",
            ".progress.toml.13-0123456789abcdef.metaoptout-tmp",
            ".progress.toml.1.14-0123456789abcdef.metaoptout-tmp",
            ".progress.toml.tmp",
        )
    )
    for each, age in ((young, 1), (old, 25), (future, -48), (foreign, 999)):
        each.write_bytes(b"")
        moment = (NOW - timedelta(hours=age)).timestamp()
        os.utime(each, (moment, moment))
    assert remove_leftovers((file.parent,), NOW) == 2
    assert {young.name, foreign.name} <= names(file.parent)
    assert remove_leftovers((file.parent,), NOW, holds_lock=True) == 1
    assert foreign.exists()
    assert file.read_bytes() == OLD
    assert remove_leftovers((file.parent / "nowhere",), NOW) == 0


def test_what_stands_against_saving_is_known_before_a_person_types(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_write_obstacle(file) is None
    assert find_write_obstacle(file.with_name("new.toml")) is None
    assert find_write_obstacle(file.parent / "new folder" / "new.toml") is None

    class Guarded(FailingOs):
        def access(self, path: str, mode: int) -> bool:
            return not (path == os.fspath(file.parent) and mode & os.W_OK)

    replace_os(monkeypatch, Guarded())
    found = find_write_obstacle(file)
    assert found is not None
    assert "no permission" in found.what


ON_A_FULL_DISK = """
import os, sys
from pathlib import Path
from metaoptout_tui.storage.atomic_write import NotSaved, write_durably
from metaoptout_tui.storage.kept_versions import VersionHistory
path = Path(sys.argv[1]) / "progress.toml"
old = b"o" * 4096
path.write_bytes(old)
filler = open(path.with_name("filler"), "wb", buffering=0)
try:
    while filler.write(b"x" * 4096):
        pass
except OSError:
    pass
try:
    write_durably(path, b"n" * 8192, expected=old, keep=VersionHistory(path).keeper())
except NotSaved as error:
    assert "full" in error.what, error
    assert path.read_bytes() == old
    os.truncate(path.with_name("filler"), 0)
    write_durably(path, b"n" * 8192, expected=error.on_disk, keep=VersionHistory(path).keeper())
    assert path.read_bytes() == b"n" * 8192
    print("kept, said, saved later", sorted(os.listdir(path.parent)))
"""


def test_a_really_full_disk_keeps_the_last_good_file_and_takes_the_change_once_there_is_room(tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    mount = 'mount -t tmpfs -o size=64k tmpfs "$1" && exec "$2" -c "$3" "$1"'
    if not unshare or subprocess.run([unshare, "-Urm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system does not let a test mount a small disk of its own")
    done = subprocess.run(
        [unshare, "-Urm", "sh", "-c", mount, "sh", str(tmp_path), sys.executable, ON_A_FULL_DISK],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    if "mount" in done.stderr:
        pytest.skip("this system does not let a test mount a small disk of its own")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "kept, said, saved later ['backups', 'filler', 'progress.toml']\n"
