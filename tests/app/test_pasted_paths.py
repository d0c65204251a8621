"""Paths that are pasted or dropped, as terminals, file managers and people write them."""

import pytest

from metaoptout_tui.app.files.typed_paths import parse_pasted_paths
from metaoptout_tui.core.errors import InputRefused

THERE = {"/people/anna/My Chats/WhatsApp Chat with Bo.txt", "/it's here.txt", "~/chat.txt", "C:/chats/a.txt"}


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("/a/chat.txt", ["/a/chat.txt"]),
        ("  /a/chat.txt \n", ["/a/chat.txt"]),
        ("'/a/My Chats/chat.txt'", ["/a/My Chats/chat.txt"]),
        ('"/a/My Chats/chat.txt"', ["/a/My Chats/chat.txt"]),
        (r"/a/My\ Chats/chat.txt", ["/a/My Chats/chat.txt"]),
        ("/people/anna/My Chats/WhatsApp Chat with Bo.txt", ["/people/anna/My Chats/WhatsApp Chat with Bo.txt"]),
        ("/it's here.txt", ["/it's here.txt"]),
        ("/a.txt /b.zip", ["/a.txt", "/b.zip"]),
        ("'/a b.txt' /c.txt '/a b.txt'", ["/a b.txt", "/c.txt"]),
        ("/a.txt\n/b.txt\r\n", ["/a.txt", "/b.txt"]),
        ("file:///people/anna/My%20Chats/%C3%A9.txt", ["/people/anna/My Chats/é.txt"]),
        ("file://localhost/a.txt", ["/a.txt"]),
        ("FILE:///a.txt file:///b.txt", ["/a.txt", "/b.txt"]),
        ("file:///C:/chats/a.txt", ["C:/chats/a.txt"]),
        ("'it'\\''s.txt'", ["it's.txt"]),
        ("~/chat.txt", ["~/chat.txt"]),
        ("'/never closed", ["/never closed"]),
        ("/ends\\", ["/ends\\"]),
        ("", []),
        ("  \n ''", []),
    ],
)
def test_every_way_to_write_a_path_is_read(words: str, paths: list[str]) -> None:
    assert list(parse_pasted_paths(words, THERE.__contains__)) == paths


@pytest.mark.parametrize("words", ["file://machine/a.txt", "/a.txt file://machine/b.txt", "'FILE://machine/a b.txt'"])
def test_a_file_on_another_computer_is_refused(words: str) -> None:
    with pytest.raises(InputRefused, match="another computer"):
        parse_pasted_paths(words, THERE.__contains__)


def test_a_backslash_parts_folders_where_the_system_says_so() -> None:
    assert parse_pasted_paths(r'"C:\My Chats\a.txt" C:\b.txt', THERE.__contains__, escapes=False) == (
        r"C:\My Chats\a.txt",
        r"C:\b.txt",
    )
