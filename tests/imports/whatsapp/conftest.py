"""A chat from its text, as the review reads it."""

from pathlib import Path

import pytest

from metaoptout_tui.core.chats.scan_results import ScannedChat
from metaoptout_tui.imports.whatsapp.scan import scan_chats
from whatsapp_exports import Read


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write an export and review it."""

    def read_it(*lines: str | bytes, name: str = "WhatsApp Chat with Friends.txt", end: str = "\n") -> ScannedChat:
        path = tmp_path / name
        data = [line.encode() if isinstance(line, str) else line for line in lines]
        path.write_bytes(end.encode().join([*data, b""]))
        found = scan_chats([path], keep_times=True)
        assert not found.unreadable
        (chat,) = found.chats
        return chat

    return read_it
