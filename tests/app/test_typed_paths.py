"""A path as terminals drop it and people write it is the file that is meant; nothing else is guessed."""

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from metaoptout_tui.app.files.typed_paths import complete_path, parse_file_path
from metaoptout_tui.core.errors import InputRefused

NAMES = st.text(
    st.characters(exclude_characters="/\x00\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029", exclude_categories=["Cs"]), min_size=1
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/srv/anna/mail.eml", "/srv/anna/mail.eml"),
        ("  /srv/anna/my mail.eml \n", "/srv/anna/my mail.eml"),
        ("'/srv/anna/my mail.eml'", "/srv/anna/my mail.eml"),
        ('"/srv/anna/my mail.eml"', "/srv/anna/my mail.eml"),
        ("'/srv/anna/it'\\''s.eml'", "/srv/anna/it's.eml"),
        ("'/srv/anna/it'\"'\"'s.eml'", "/srv/anna/it's.eml"),
        ("~nobody-of-that-name/a.eml", "~nobody-of-that-name/a.eml"),
        ("/srv/anna/my\\ mail\\(1\\).eml", "/srv/anna/my mail(1).eml"),
        ("file:///srv/anna/my%20mail.eml", "/srv/anna/my mail.eml"),
        ("file://localhost/srv/anna/%C3%BC.eml", "/srv/anna/ü.eml"),
        ("FILE:///C:/files/anna/mail.eml", "C:/files/anna/mail.eml"),
        ("mail.eml", "mail.eml"),
    ],
)
def test_what_was_typed_is_the_file_that_is_meant(typed: str, meant: str) -> None:
    assert parse_file_path(typed) == Path(meant)


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert parse_file_path("~/mail.eml") == tmp_path / "mail.eml"


@pytest.mark.skipif(os.name == "nt", reason="a backslash parts folders there")
def test_a_name_with_a_backslash_that_is_there_is_taken_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a\\ b.eml"
    path.write_bytes(b"x")
    assert parse_file_path(str(path)) == path


@pytest.mark.parametrize("typed", ["", "   ", "\n"])
def test_nothing_is_no_path(typed: str) -> None:
    with pytest.raises(InputRefused, match="Write or drop the path"):
        parse_file_path(typed)


def test_two_files_and_one_on_another_computer_are_refused() -> None:
    with pytest.raises(InputRefused, match="one at a time"):
        parse_file_path("/a.eml\n/b.eml")
    with pytest.raises(InputRefused, match="another computer"):
        parse_file_path("file://server.example/share/a.eml")


@given(NAMES)
def test_a_path_as_a_url_is_the_same_path(name: str) -> None:
    path = Path("/srv/anna") / f"{name}.eml"
    assert parse_file_path(path.as_uri()) == path


@given(st.text())
@example("~\x00")
def test_nothing_typed_raises_anything_else(typed: str) -> None:
    try:
        parse_file_path(typed)
    except InputRefused:
        return


def test_a_completion_goes_as_far_as_there_is_no_choice(tmp_path: Path) -> None:
    for name in ("mail-1.eml", "mail-2.eml", ".hidden"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "folder").mkdir()
    start = f"{tmp_path}{os.sep}"
    assert complete_path(f"{start}m").path == f"{start}mail-"
    assert complete_path(f"{start}mail-1").path == f"{start}mail-1.eml"
    assert complete_path(f"'{start}mail-1'").path == f"{start}mail-1.eml"
    assert complete_path(f"{start}f").path == f"{start}folder{os.sep}"
    assert complete_path(f"{start}.h").path == f"{start}.hidden"
    for typed in (f"{start}x", "", "file:///x", "/nowhere/at all/x", "a\x00b/c"):
        assert complete_path(typed).path == typed
