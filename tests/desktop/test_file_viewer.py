"""A kept file is shown by the person's own programs, and nothing that could be run is opened."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from metaoptout_tui.desktop.programs import SHOWN_SUFFIXES, SystemFileViewer


class Starter:
    """Starts nothing; keeps the commands."""

    def __init__(self, ended_with: int | None = 0) -> None:
        self.commands: list[list[str]] = []
        self._ended_with = ended_with

    def __call__(self, command: Sequence[str], environment: Mapping[str, str]) -> int | None:
        del environment
        self.commands.append(list(command))
        return self._ended_with


def viewer(
    start: Starter, environment: Mapping[str, str], *installed: str, platform: str = "linux"
) -> SystemFileViewer:
    def find(name: str) -> str | None:
        return f"/usr/bin/{name}" if name in installed else None

    return SystemFileViewer(environment, platform=platform, find_program=find, start_program=start)


@pytest.mark.parametrize("name", ["proof.png", "Proof.PDF", "mail.eml", "letter.txt"])
def test_a_picture_a_document_or_a_mail_is_shown_by_the_desktop(name: str) -> None:
    start, path = Starter(), Path("/srv/anna/evidence") / name
    result = viewer(start, {"DISPLAY": ":0"}, "xdg-open").open_file(path)
    assert (result.can_open, result.explanation) == (True, f"xdg-open was asked to open {name}.")
    assert start.commands == [["xdg-open", str(path)]]


@pytest.mark.parametrize(
    "name", ["run.sh", "setup.exe", "a.desktop", "page.html", "program", "image.svg", "macro.docm"]
)
def test_what_might_be_run_is_not_opened(name: str) -> None:
    start = Starter()
    result = viewer(start, {"DISPLAY": ":0"}, "xdg-open").open_file(Path("/srv/anna/evidence") / name)
    assert (result.can_open, result.explanation) == (False, "A file of this kind is not opened from here.")
    assert start.commands == []


def test_a_folder_is_shown_by_the_file_manager_and_one_that_might_be_run_is_not(tmp_path: Path) -> None:
    start = Starter()
    for name in ("case-files", "Omar.app"):
        (tmp_path / name).mkdir()
    result = viewer(start, {"DISPLAY": ":0"}, "xdg-open").open_folder(tmp_path / "case-files")
    assert (result.can_open, result.explanation) == (True, "xdg-open was asked to open case-files.")
    assert start.commands == [["xdg-open", str(tmp_path / "case-files")]]
    for name, why in (
        ("Omar.app", "A folder of this kind is not opened from here."),
        ("none", "There is no such folder yet."),
    ):
        result = viewer(start, {"DISPLAY": ":0"}, "xdg-open").open_folder(tmp_path / name)
        assert (result.can_open, result.explanation) == (False, why)
    assert len(start.commands) == 1


@pytest.mark.parametrize(
    ("environment", "installed", "why"),
    [
        ({"DISPLAY": ":0", "SSH_CONNECTION": "1 2 3 4"}, ("xdg-open",), "connected over ssh"),
        ({}, ("xdg-open",), "No program here"),
        ({"DISPLAY": ":0"}, (), "No program here"),
    ],
)
def test_without_a_desktop_it_says_why(environment: Mapping[str, str], installed: tuple[str, ...], why: str) -> None:
    start = Starter()
    result = viewer(start, environment, *installed).open_file(Path("/srv/anna/proof.png"))
    assert not result.can_open
    assert why in result.explanation
    assert start.commands == []


def test_inside_windows_the_path_goes_to_a_program_that_knows_it() -> None:
    start = Starter()
    viewer(start, {"WSL_DISTRO_NAME": "Debian"}, "wslview", "rundll32.exe").open_file(Path("/srv/anna/proof.png"))
    assert start.commands == [["wslview", "/srv/anna/proof.png"]]


def test_a_program_that_fails_is_followed_by_the_next() -> None:
    start = Starter(ended_with=3)
    result = viewer(start, {"DISPLAY": ":0"}, "xdg-open", "gio").open_file(Path("/srv/anna/proof.png"))
    assert not result.can_open
    assert [command[0] for command in start.commands] == ["xdg-open", "gio"]


def test_all_ends_of_names_are_small_letters_with_a_dot() -> None:
    assert all(suffix.startswith(".") and suffix == suffix.casefold() for suffix in SHOWN_SUFFIXES)
