"""Where things are kept: as the system says, or all in one folder; and nothing is made before it is needed."""

import sys
from datetime import date
from pathlib import Path

import pytest

from metaoptout_tui.app.paths import AppPaths, list_written_files, resolve_paths
from metaoptout_tui.core.record.accounts import Person, Record
from metaoptout_tui.storage.atomic_write import write_durably, write_without_sync
from metaoptout_tui.storage.lock import RecordLock
from metaoptout_tui.storage.progress_file import save_aside, save_record
from metaoptout_tui.storage.settings_files import save_accepted_edition

linux = pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="these folders are those of Linux and its like")


@linux
def test_without_a_word_from_anyone_files_are_where_the_system_keeps_such_files() -> None:
    assert resolve_paths(None, None, {"HOME": "/people/anna"}) == AppPaths(
        Path("/people/anna/.local/share/metaoptout-tui/progress.toml"),
        Path("/people/anna/.config/metaoptout-tui/config.toml"),
        Path("/people/anna/.local/state/metaoptout-tui/state.toml"),
        Path("/people/anna/.cache/metaoptout-tui"),
        Path("/people/anna/.local/state/metaoptout-tui/playbook.toml"),
    )


@linux
def test_the_folders_of_the_environment_are_used_where_they_are_absolute() -> None:
    environ = {
        "HOME": "/people/anna",
        "XDG_DATA_HOME": "/data",
        "XDG_CONFIG_HOME": "relative",
        "XDG_STATE_HOME": "",
        "XDG_CACHE_HOME": "/cache",
    }
    assert resolve_paths(None, None, environ) == AppPaths(
        Path("/data/metaoptout-tui/progress.toml"),
        Path("/people/anna/.config/metaoptout-tui/config.toml"),
        Path("/people/anna/.local/state/metaoptout-tui/state.toml"),
        Path("/cache/metaoptout-tui"),
        Path("/people/anna/.local/state/metaoptout-tui/playbook.toml"),
    )


@linux
def test_a_system_that_platformdirs_knows_too_gets_the_same_answer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import platformdirs

    for environ in ({"HOME": str(tmp_path)}, {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}):
        with monkeypatch.context() as patch:
            for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
                patch.delenv(name, raising=False)
            for name, value in environ.items():
                patch.setenv(name, value)
            where = resolve_paths(None, None, environ)
            assert where.progress.parent == platformdirs.user_data_path("metaoptout-tui", appauthor=False)
            assert where.config.parent == platformdirs.user_config_path("metaoptout-tui", appauthor=False)
            assert where.state.parent == platformdirs.user_state_path("metaoptout-tui", appauthor=False)
            assert where.cache == platformdirs.user_cache_path("metaoptout-tui", appauthor=False)


def test_a_folder_for_one_person_holds_all_that_is_theirs_but_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    where = resolve_paths(Path("anna"), None, {"HOME": "/people/helper"})
    folder = tmp_path / "anna"
    assert (where.progress, where.state, where.cache, where.accepted_edition) == (
        folder / "progress.toml",
        folder / "state.toml",
        folder / "cache",
        folder / "playbook.toml",
    )
    assert folder not in where.config.parents
    assert resolve_paths(None, Path("mine.toml"), {"HOME": "/people/helper"}).config == tmp_path / "mine.toml"
    assert not list(tmp_path.iterdir())


def test_everything_the_program_wrote_is_known_and_nothing_else(tmp_path: Path) -> None:
    where = resolve_paths(tmp_path / "data", None, {"HOME": str(tmp_path)})
    assert list_written_files(where) == ()
    folder = tmp_path / "data"
    data = save_record(where.progress, Record(Person("NL")), None)
    save_record(where.progress, Record(Person("DE")), data)
    save_aside(where.progress, b"x", date(2026, 11, 23))
    save_aside(where.progress, b"y", date(2026, 11, 23))
    save_aside(where.progress, b"x", date(2026, 11, 23), "set-aside")
    lock = RecordLock(where.progress)
    lock.acquire()
    lock.release()
    write_without_sync(where.state, b"")
    save_accepted_edition(where.accepted_edition, b"one")
    save_accepted_edition(where.accepted_edition, b"two")
    write_without_sync(where.cache / "pages" / "one.toml", b"")
    (folder / ".progress.toml.12-0123456789abcdef.metaoptout-tmp").touch()
    (folder / ".progress.toml.1.12-0123456789abcdef.metaoptout-tmp").touch()
    ours = {each for each in folder.rglob("*") if not each.is_dir()}
    for name in (
        "progress.toml.bak",
        "progress.toml~",
        "my progress.toml",
        "progress.sync-conflict-1.toml",
        "notes.txt",
    ):
        (folder / name).touch()
    found = list_written_files(where)
    assert set(found) == ours
    assert len(found) == len(ours) == 12
    assert found[0].parent == folder


def test_a_linked_record_is_known_with_what_it_leads_to(tmp_path: Path) -> None:
    where = resolve_paths(tmp_path / "data", None, {"HOME": str(tmp_path)})
    real = tmp_path / "dotfiles" / "record.toml"
    write_durably(real, b"one", expected=None)
    where.progress.parent.mkdir()
    where.progress.symlink_to(real)
    write_durably(where.progress, b"two", expected=b"one")
    assert set(list_written_files(where)) == {where.progress, real, real.with_name("record.toml.1")}


@linux
def test_evidence_is_beside_the_record_itself_and_counts_as_written(tmp_path: Path) -> None:
    (tmp_path / "synced").mkdir()
    (tmp_path / "synced" / "progress.toml").touch()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "progress.toml").symlink_to(tmp_path / "synced" / "progress.toml")
    where = resolve_paths(tmp_path / "data", None, {"HOME": str(tmp_path)})
    assert where.evidence == tmp_path / "synced" / "evidence"
    where.evidence.mkdir()
    (where.evidence / "answer.eml").touch()
    assert where.evidence / "answer.eml" in list_written_files(where)
