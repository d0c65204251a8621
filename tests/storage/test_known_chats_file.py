"""What chats are recognised by: it comes back, holds no name and no text, and its loss stops nobody."""

import stat
from pathlib import Path

from exhaustive import parametrize_some
from metaoptout_tui.core.chats.known_chats import KnownChat
from metaoptout_tui.core.chats.same_chat import ChatDigests
from metaoptout_tui.storage.known_chats_file import load_known_chats, save_known_chats

DIGESTS = ChatDigests(("bb22", "aa11"), ("cc33",))


def test_it_comes_back_with_its_key_and_only_the_person_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "state" / "chats.toml"
    known = load_known_chats(path)
    assert (len(known.key), known.chats) == (32, ())
    known.chats = (
        KnownChat(("aa", "bb"), DIGESTS, "dd44"),
        KnownChat(("cc",), DIGESTS, ""),
        KnownChat(("dd",), ChatDigests()),
    )
    assert save_known_chats(path, known)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = load_known_chats(path)
    assert (again.key, again.chats) == (known.key, known.chats)


def test_what_another_window_saved_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "chats.toml"
    known = load_known_chats(path)
    assert save_known_chats(path, known)
    here, elsewhere = load_known_chats(path), load_known_chats(path)
    elsewhere.chats = (KnownChat(("aa",), DIGESTS),)
    here.chats = (KnownChat(("bb",), DIGESTS, "dd44"),)
    assert save_known_chats(path, elsewhere)
    assert save_known_chats(path, here)
    assert [chat.ids for chat in load_known_chats(path).chats] == [("aa",), ("bb",)]


@parametrize_some(
    7,
    "data",
    [b"", b"key = 3", b"\xff", b"key = 'zz'\n", b"key = 'aa'\n", b"chat = 3", b"[[chat]]\nids = 3\n", b"#" * 5_000_000],
)
def test_a_file_that_makes_no_sense_is_as_good_as_none_and_gets_a_new_key(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "chats.toml"
    path.write_bytes(data)
    known = load_known_chats(path)
    assert (len(known.key), known.chats) == (32, ())
    assert load_known_chats(path).key != known.key


def test_a_row_that_makes_no_sense_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "chats.toml"
    path.write_text(
        f"key = '{'ab' * 32}'\n[[chat]]\nids = ['x\\u001b', 4]\n[[chat]]\nids = ['aa']\nbeginnings = [1, 'bb']\nown_sender = 3\n",
        "utf-8",
    )
    assert load_known_chats(path).chats == (KnownChat(("aa",), ChatDigests(("bb",))),)


def test_where_it_cannot_be_kept_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not save_known_chats(tmp_path / "file" / "chats.toml", load_known_chats(tmp_path / "none"))
