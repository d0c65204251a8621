"""Where things are kept: as the system says, or all in one folder; and nothing is made before it is needed."""

import sys
from pathlib import Path

import pytest

from metaoptout_tui.app.paths import AppPaths, resolve_paths

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


@linux
def test_evidence_is_beside_the_record_itself(tmp_path: Path) -> None:
    (tmp_path / "synced").mkdir()
    (tmp_path / "synced" / "progress.toml").touch()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "progress.toml").symlink_to(tmp_path / "synced" / "progress.toml")
    where = resolve_paths(tmp_path / "data", None, {"HOME": str(tmp_path)})
    assert where.evidence == tmp_path / "synced" / "evidence"
