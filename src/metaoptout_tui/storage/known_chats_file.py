"""Keeps what this installation knows of scanned chats: keyed digests and ids, no name and no text."""

import re
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from metaoptout_tui.core.chats.known_chats import MAX_KNOWN_CHATS, KnownChat, KnownChats
from metaoptout_tui.core.chats.same_chat import ChatDigests
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.storage.atomic_write import save_table
from metaoptout_tui.storage.file_access import read_table

MAX_KNOWN_CHATS_BYTES = 4 << 20
_KEY_BYTES, _ID_BYTES = 32, 8
_HEX = re.compile(r"[0-9a-f]{2,64}")


def load_known_chats(path: Path) -> KnownChats:
    """The known chats; none, and a new key, where the file is missing or invalid."""
    table = read_table(path, MAX_KNOWN_CHATS_BYTES)
    key = _hex_texts([table.get("key")])
    rows = table.get("chat")
    chats = [_chat_of_row(row) for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    if not key or len(key[0]) != 2 * _KEY_BYTES:
        return KnownChats(secrets.token_bytes(_KEY_BYTES), _new_id)
    return KnownChats(bytes.fromhex(key[0]), _new_id, [chat for chat in chats if chat.ids])


def save_known_chats(path: Path, known: KnownChats) -> bool:
    """Save the known chats, beside those that another window saved meanwhile. Never raises.

    False where that failed, which is no reason to interrupt anybody.
    """
    ids = {id for chat in known.chats for id in chat.ids}
    saved = load_known_chats(path)
    others = [chat for chat in saved.chats if ids.isdisjoint(chat.ids)] if saved.key == known.key else []
    rows = [_row_of_chat(chat) for chat in (*others, *known.chats)[-MAX_KNOWN_CHATS:]]
    try:
        save_table(path, {"key": known.key.hex(), "chat": rows})
    except StorageError:
        return False
    return True


def _new_id() -> str:
    return secrets.token_hex(_ID_BYTES)


def _row_of_chat(chat: KnownChat) -> Mapping[str, object]:
    row: dict[str, object] = {
        "ids": list(chat.ids),
        "beginnings": list(chat.digests.beginnings),
        "messages": list(chat.digests.messages),
    }
    return row if chat.own_sender is None else {**row, "own_sender": chat.own_sender}


def _chat_of_row(row: Mapping[str, object]) -> KnownChat:
    ids, beginnings, messages = (_hex_texts(row.get(name)) for name in ("ids", "beginnings", "messages"))
    sender = row.get("own_sender")
    is_sender = isinstance(sender, str) and (not sender or _HEX.fullmatch(sender))
    return KnownChat(tuple(ids), ChatDigests(tuple(beginnings), tuple(messages)), str(sender) if is_sender else None)


def _hex_texts(values: object) -> list[str]:
    if not isinstance(values, Iterable):
        return []
    return [value for value in values if isinstance(value, str) and _HEX.fullmatch(value)]
