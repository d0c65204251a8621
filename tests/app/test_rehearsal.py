"""The folder of a rehearsal: an invented person in it, nothing of it left, and nothing of the person's own touched."""

import os
import signal
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest

from metaoptout_tui.app.paths import AppPaths, resolve_paths
from metaoptout_tui.app.rehearsal import MovableClock, rehearsal_folder
from metaoptout_tui.app.session import OpenRecord, open_record
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.storage.settings_files import RememberedState, load_config, load_state, save_state
from metaoptout_tui.ui.base.app import exit_signals_raised
from samples import NOW, Clock


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the system keeps temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def own(tmp_path: Path) -> AppPaths:
    """The person's own files."""
    paths = resolve_paths(tmp_path / "own", tmp_path / "own" / "config.toml", {})
    paths.config.parent.mkdir()
    paths.config.write_text('marks = "ascii"\n', encoding="utf-8")
    save_state(paths.state, RememberedState(theme="metaoptout-light", account="facebook", feed_host="example.org"))
    paths.accepted_edition.write_bytes(b"an edition")
    return paths


def contents(paths: AppPaths) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in paths.progress.parent.rglob("*") if path.is_file()}


def test_an_invented_person_starts_with_the_own_settings_and_theme(
    own: AppPaths, temporary: Path, playbook: Playbook
) -> None:
    before = contents(own)
    with rehearsal_folder(own, playbook, "AT") as invented:
        opened = open_record(invented.progress, playbook, clock=Clock())
        assert isinstance(opened, OpenRecord)
        assert opened.session.account_service.is_new
        assert opened.session.drafts.read("welcome") == {
            "country": "AT",
            "platforms": "facebook instagram",
            "email": "anna@example.org",
        }
        assert load_config(invented.config)[0].marks == "ascii"
        assert load_state(invented.state) == RememberedState(theme="metaoptout-light")
        assert invented.record_name == "Rehearsal"
        places = (
            *(invented.progress, invented.config, invented.state, invented.cache, invented.accepted_edition),
            *(invented.consent, invented.evidence, invented.letters, invented.case_files, invented.known_exports),
        )
        assert all(place is not None and place.is_relative_to(temporary) for place in places)
        assert not invented.accepted_edition.exists()
        assert invented.handed_letters is None
        assert invented.progress.parent.parent.stat().st_mode & 0o777 == 0o700
        opened.release_lock()
    assert list(temporary.iterdir()) == []
    assert contents(own) == before


@pytest.mark.parametrize("country", ["", "US", "not a country"])
def test_where_no_right_is_known_the_invented_person_lives_where_there_is_one(
    own: AppPaths, temporary: Path, playbook: Playbook, country: str
) -> None:
    with rehearsal_folder(own, playbook, country) as invented:
        assert 'country = "NL"' in invented.progress.read_text(encoding="utf-8")
    assert list(temporary.iterdir()) == []


def test_without_any_files_of_ones_own_there_is_a_rehearsal_too(
    tmp_path: Path, temporary: Path, playbook: Playbook
) -> None:
    with rehearsal_folder(resolve_paths(tmp_path / "none", None, {"HOME": str(tmp_path)}), playbook, "") as invented:
        assert load_config(invented.config) == (load_config(tmp_path / "missing.toml")[0], ())
    assert list(temporary.iterdir()) == []
    assert not (tmp_path / "none").exists()


def _fails_in(own: AppPaths, playbook: Playbook, fault: BaseException) -> None:
    with rehearsal_folder(own, playbook, "NL"):
        raise fault


@pytest.mark.parametrize("fault", [RuntimeError("a fault"), KeyboardInterrupt()])
def test_after_a_fault_nothing_is_left(
    own: AppPaths, temporary: Path, playbook: Playbook, fault: BaseException
) -> None:
    with pytest.raises(type(fault)):
        _fails_in(own, playbook, fault)
    assert list(temporary.iterdir()) == []


def _ended_while_it_opens(own: AppPaths, playbook: Playbook, number: int) -> None:
    with exit_signals_raised(), rehearsal_folder(own, playbook, "NL"):
        os.kill(os.getpid(), number)


@pytest.mark.skipif(os.name == "nt", reason="no such signals there")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT"])
def test_a_signal_before_the_screen_is_open_leaves_nothing(
    own: AppPaths, temporary: Path, playbook: Playbook, name: str
) -> None:
    number = signal.Signals[name]
    before = signal.getsignal(number)
    with pytest.raises(SystemExit) as ended:
        _ended_while_it_opens(own, playbook, number)
    assert ended.value.code == 128 + number
    assert signal.getsignal(number) == before
    assert list(temporary.iterdir()) == []


def test_the_clock_goes_on_by_itself_and_by_days() -> None:
    machine = Clock()
    clock = MovableClock(machine)
    clock.put_ahead(3)
    clock.put_ahead(31)
    assert clock() == NOW + timedelta(days=34)
    machine.pass_by(minutes=5)
    assert clock() == NOW + timedelta(days=34, minutes=5)
