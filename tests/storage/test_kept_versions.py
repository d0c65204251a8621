"""Versions of the record that survive a day, a mistake and another window."""

import os
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.storage import kept_versions
from metaoptout_tui.storage.atomic_write import ChangedOnDisk, Replacement, write_durably
from metaoptout_tui.storage.kept_versions import (
    KeptVersion,
    VersionHistory,
    VersionKind,
    delete_version,
    distinct_versions,
    list_versions,
    superfluous_versions,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
_numbers = count()


def version(age: timedelta, kind: VersionKind = VersionKind.CHANGE) -> KeptVersion:
    return KeptVersion(Path(f"{next(_numbers)}"), NOW - age, kind)


def remaining(versions: list[KeptVersion]) -> list[KeptVersion]:
    gone = {each.path for each in superfluous_versions(versions, NOW)}
    return [each for each in versions if each.path not in gone]


class TestThinning:
    def test_a_busy_day_pushes_out_nothing_of_the_days_before(self) -> None:
        days = [version(timedelta(days=number)) for number in range(1, 7)]
        today = [version(timedelta(minutes=number)) for number in range(2, 300)]
        kept = remaining([*today, *days])
        assert set(days) <= set(kept)
        assert today[:6] == kept[:6]

    def test_of_each_of_the_last_hours_days_and_weeks_the_last_stays(self) -> None:
        hours = [version(timedelta(hours=number, minutes=1)) for number in range(6)]
        older = [version(timedelta(hours=number, minutes=30)) for number in range(1, 6)]
        weeks = [version(timedelta(weeks=number)) for number in range(2, 8)]
        kept = remaining([*hours, *older, *weeks])
        assert set(hours) <= set(kept)
        assert set(weeks) <= set(kept)

    def test_a_record_that_is_opened_once_a_month_keeps_its_last_years_worth_of_openings(self) -> None:
        months = [version(timedelta(days=30 * number)) for number in range(20)]
        assert remaining(months) == months[:8]

    def test_what_was_only_typed_goes_but_for_the_newest_and_the_youngest(self) -> None:
        typed = [version(timedelta(seconds=number), VersionKind.TYPED) for number in (1, 50, 61, 4_000)]
        change = version(timedelta(hours=2))
        assert remaining([*typed, change]) == [*typed[:2], change]
        late = [version(timedelta(days=number), VersionKind.TYPED) for number in (1, 2)]
        assert remaining(late) == late[:1]

    def test_what_was_before_a_removal_stays_through_hundreds_of_changes(self) -> None:
        before = version(timedelta(hours=20, minutes=31), VersionKind.PINNED)
        later = [version(timedelta(minutes=number)) for number in range(2, 20 * 60)]
        assert before in remaining([before, *later])

    @given(st.lists(st.tuples(st.integers(0, 10_000_000), st.sampled_from(VersionKind)), max_size=200))
    def test_it_is_bounded_keeps_the_newest_and_is_done_once(self, ages: list[tuple[int, VersionKind]]) -> None:
        versions = [version(timedelta(seconds=age), kind) for age, kind in ages]
        kept = remaining(versions)
        assert len([each for each in kept if (NOW - each.written).total_seconds() >= 60]) <= 6 + 6 + 7 + 8 + 8 + 1
        assert remaining(kept) == kept
        if versions:
            assert max(versions, key=lambda each: each.written).written in {each.written for each in kept}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "progress.toml"


def save(path: Path, data: bytes, history: VersionHistory, **how: bool) -> None:
    expected = path.read_bytes() if path.exists() else None
    write_durably(path, data, expected=expected, keep=history.keeper(**how))


def contents(path: Path) -> list[bytes]:
    return [each.path.read_bytes() for each in list_versions(path)]


def test_the_newest_version_is_what_the_record_held_last(path: Path) -> None:
    history = VersionHistory(path)
    for data in (b"one", b"two", b"three"):
        save(path, data, history)
    path.unlink()
    assert contents(path)[0] == b"three"
    assert sorted(contents(path)) == [b"one", b"three", b"two"]


def test_a_version_of_another_program_is_kept_before_it_is_replaced(path: Path) -> None:
    path.write_bytes(b"by hand")
    path.chmod(0o644)
    os.utime(path, (1e9, 1e9))
    save(path, b"ours", VersionHistory(path))
    assert contents(path) == [b"ours", b"by hand"]
    assert {each.path.stat().st_mode & 0o777 for each in list_versions(path)} == {0o600}


def test_the_versions_of_the_first_release_are_versions_too(path: Path) -> None:
    for number, moment in ((1, 3e9), (2, 1e9), (3, 2e9)):
        former = path.with_name(f"progress.toml.{number}")
        former.write_bytes(b"%d" % number)
        os.utime(former, (moment, moment))
    assert contents(path) == [b"1", b"3", b"2"]


def test_an_editor_that_writes_in_place_does_not_change_the_version_that_is_kept(path: Path) -> None:
    save(path, b"ours", VersionHistory(path))
    path.write_bytes(b"broken")
    assert contents(path) == [b"ours"]


def test_a_pinned_version_is_told_once(path: Path) -> None:
    history = VersionHistory(path)
    save(path, b"one", history)
    save(path, b"two", history, pin_former=True)
    assert sorted(each.path.read_bytes() for each in distinct_versions(list_versions(path))) == [b"one", b"two"]
    assert len(list_versions(path)) == 3


@pytest.mark.parametrize("is_typing", [True, False])
def test_the_newest_version_can_be_pinned_before_another_record_begins(path: Path, *, is_typing: bool) -> None:
    history = VersionHistory(path)
    history.pin_newest()
    save(path, b"one", history)
    save(path, b"two", history, is_typing=is_typing)
    history.pin_newest()
    history.pin_newest()
    [pinned] = [version for version in list_versions(path) if version.kind is VersionKind.PINNED]
    assert pinned.path.read_bytes() == b"two"
    assert pinned.digest


def test_foreign_files_in_the_folder_are_left_alone(path: Path) -> None:
    history = VersionHistory(path)
    save(path, b"one", history)
    foreign = path.with_name("backups") / "progress.2026-99-99T999999.000Z-00000000.toml"
    foreign.touch()
    (foreign.parent / "notes.txt").touch()
    history.thin()
    assert contents(path) == [b"one"]
    assert foreign.exists()
    assert (foreign.parent / "notes.txt").exists()


def test_of_two_windows_that_replaced_the_same_version_the_later_one_is_told(path: Path) -> None:
    path.write_bytes(b"start")
    one, other = VersionHistory(path), VersionHistory(path)
    save(path, b"theirs", one)
    path.write_bytes(b"start")  # as it was when the other window looked
    save(path, b"ours", other)
    [told] = other.versions_of_others(b"start", b"ours").siblings
    assert told.path.read_bytes() == b"theirs"
    assert other.versions_of_others(b"start", b"ours").siblings == ()
    assert [each.path.read_bytes() for each in one.versions_of_others(b"start", b"theirs").siblings] == [b"ours"]


def test_what_was_there_before_a_window_read_the_record_is_not_told(path: Path) -> None:
    path.write_bytes(b"start")
    save(path, b"typed", VersionHistory(path))
    path.write_bytes(b"start")
    later = VersionHistory(path)
    save(path, b"ours", later)
    assert later.versions_of_others(b"start", b"ours").siblings == ()


def test_a_window_removes_no_version_that_it_does_not_know(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_versions, "_MAX_RECENT", 1)
    monkeypatch.setattr(kept_versions, "_LAST_CHANGES", 1)
    one, other = VersionHistory(path), VersionHistory(path)
    save(path, b"theirs", other)
    save(path, b"ours", one)
    one.thin()
    assert sorted(contents(path)) == [b"ours", b"theirs"]
    one.versions_of_others(b"theirs", b"ours")
    save(path, b"both", one)
    one.thin()
    assert contents(path)[0] == b"both"
    assert b"theirs" not in contents(path)


def test_versions_whose_former_one_is_gone_are_told_apart_as_long_as_they_are_young(path: Path) -> None:
    path.write_bytes(b"start")
    one, other = VersionHistory(path), VersionHistory(path)
    for data in (b"first", b"second"):
        save(path, data, other)
    list_versions(path)[1].path.unlink()
    path.write_bytes(b"start")
    save(path, b"ours", one)
    told = one.versions_of_others(b"start", b"ours")
    assert told.siblings == ()
    assert [each.path.read_bytes() for each in told.unplaced] == [b"second"]
    folder = path.parent / "backups"
    (folder / "progress.2001-01-01T000000.000Z-1a2b3c4d-5e6f7a8b.toml").write_bytes(b"of long ago")
    assert one.versions_of_others(b"start", b"ours") == ((), ())


def test_a_file_that_changes_while_its_version_is_kept_is_not_replaced(path: Path) -> None:
    path.write_bytes(b"start")
    history = VersionHistory(path)

    def keep_and_change(replacement: Replacement) -> Callable[[], None]:
        drop = history.keeper()(replacement)
        path.write_bytes(b"theirs")
        return drop

    with pytest.raises(ChangedOnDisk):
        write_durably(path, b"ours", expected=b"start", keep=keep_and_change)
    assert path.read_bytes() == b"theirs"
    assert contents(path) == [b"start"]


def test_the_version_before_has_its_own_content_though_another_window_replaces_it_meanwhile(path: Path) -> None:
    save(path, b"start", VersionHistory(path))
    history = VersionHistory(path)

    def change_and_keep(replacement: Replacement) -> Callable[[], None]:
        theirs = path.with_name("theirs")
        theirs.write_bytes(b"theirs")
        theirs.replace(path)
        return history.keeper()(replacement)

    with pytest.raises(ChangedOnDisk):
        write_durably(path, b"ours", expected=b"start", keep=change_and_keep)
    assert contents(path) == [b"start"]


def test_of_versions_of_one_tick_of_the_clock_the_one_that_replaced_the_other_is_the_newer(path: Path) -> None:
    history = VersionHistory(path)
    written = [str(number).encode() for number in range(8)]
    for data in written:
        save(path, data, history)
    names = re.compile(r"\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z")
    for each in list((path.parent / "backups").iterdir()):
        each.rename(each.with_name(names.sub("2026-11-23T140912.417Z", each.name)))
    assert contents(path) == written[::-1]


def test_a_version_that_is_deleted_is_gone_under_both_names_and_no_other_is(tmp_path: Path) -> None:
    record = tmp_path / "progress.toml"
    history = VersionHistory(record)
    for text in (b"one", b"two", b"three"):
        old = record.read_bytes() if record.exists() else None
        write_durably(record, text, expected=old, keep=history.keeper(pin_former=text == b"three"))
    pinned = next(each for each in list_versions(record) if each.kind is VersionKind.PINNED)
    names = [each for each in list_versions(record) if each.digest == pinned.digest]
    assert len(names) == 2
    delete_version(record, pinned.path)
    left = [each.path.read_bytes() for each in list_versions(record)]
    assert sorted(left) == [b"one", b"three"]
    assert record.read_bytes() == b"three"
