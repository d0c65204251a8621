"""Where things are kept: as the system says, or all in one folder; and nothing is made before it is needed."""

import sys
from pathlib import Path

import pytest

from metaoptout_tui.app.paths import AppPaths, resolve_paths
from metaoptout_tui.core.errors import InputRefused

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
        notices=("XDG_CONFIG_HOME is not a whole path and is not used: relative",),
    )


@linux
@pytest.mark.parametrize(
    ("home", "said"),
    [
        ("rel/ative", "HOME is not a whole path and is not used: rel/ative"),
        ("~", "HOME is not a whole path and is not used: ~"),
        ("", "HOME is empty and is not used."),
    ],
)
def test_a_home_that_is_no_whole_path_is_said_and_that_of_the_user_is_used(home: str, said: str) -> None:
    import os
    import pwd

    paths = resolve_paths(None, None, {"HOME": home})
    assert paths.progress.is_relative_to(pwd.getpwuid(os.getuid()).pw_dir)
    assert paths.notices == (said,)
    assert resolve_paths(None, None, {}).progress == paths.progress
    assert resolve_paths(None, None, {}).notices == ()


@linux
def test_a_letter_for_the_mail_program_stands_where_the_system_cleans_up_or_nowhere(tmp_path: Path) -> None:
    environ = {"HOME": "/people/anna", "XDG_RUNTIME_DIR": "/run/user/1000"}
    for paths in (resolve_paths(None, None, environ), resolve_paths(tmp_path, None, environ)):
        assert paths.handed_letters == Path("/run/user/1000/metaoptout-tui")
    for runtime in ("", "run/user"):
        assert resolve_paths(None, None, environ | {"XDG_RUNTIME_DIR": runtime}).handed_letters is None


@linux
def test_without_any_home_a_folder_has_to_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import pwd

    def nobody(_: int) -> None:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    with pytest.raises(InputRefused, match="Name a folder with --data-dir"):
        resolve_paths(None, None, {"HOME": "rel"})
    named = resolve_paths(tmp_path, tmp_path / "config.toml", {"HOME": "rel"})
    assert (named.progress, named.notices) == (tmp_path / "progress.toml", ())


@linux
def test_a_path_from_a_folder_that_is_gone_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(InputRefused, match=r"mine cannot be found: the folder .* no longer there.*whole path"):
        resolve_paths(Path("mine"), None, {"HOME": "/people/anna"})
    with pytest.raises(InputRefused, match=r"mine.toml cannot be found"):
        resolve_paths(None, Path("mine.toml"), {"HOME": "/people/anna"})
    with pytest.raises(InputRefused, match="nobody's home folder is known here by that name"):
        resolve_paths(Path("~nobody-of-this-name/x"), None, {"HOME": "/people/anna"})
    assert resolve_paths(tmp_path, None, {"HOME": "/people/anna"}).progress == tmp_path / "progress.toml"


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


def test_a_record_is_called_by_the_folder_that_was_named_for_it() -> None:
    assert resolve_paths(Path("/people/Grandma"), None, {}).record_name == "Grandma"
    assert resolve_paths(Path("/people/Gr\x1b\u202eandma\n"), None, {}).record_name == "Gr\ufffdandma"
    assert resolve_paths(None, None, {}).record_name == ""
