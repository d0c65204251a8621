"""Keyed digests of messages, by which two exports of one chat are recognised; no text can be read back from them."""

from collections.abc import Callable
from functools import cache, lru_cache

from metaoptout_tui.core.chats.scan_results import MessageKind, MessageToMetaAi
from metaoptout_tui.core.text import normalize_typography
from metaoptout_tui.imports.whatsapp.conversation import sender_display_name
from metaoptout_tui.imports.whatsapp.dates import ChatDateFormat
from metaoptout_tui.imports.whatsapp.headers import HeaderPatterns
from metaoptout_tui.imports.whatsapp.search import FoundMessage

Digest = Callable[[bytes], str]
"""Makes a digest with a secret key of its own."""

FIRST_MESSAGES = 8
"""First messages of a chat that are digested."""
MAX_MESSAGES_KEPT = 20_000
"""Messages to Meta AI of which each is kept as a digest; those of a chat with more are only counted."""
_TEXT_BYTES = 200


class MessageDigester:
    """Digests the messages of one chat with `digest`."""

    def __init__(self, digest: Digest) -> None:
        self._make_digest = digest
        self._found: list[tuple[str, bytes, bytes]] = []
        self._count = 0

    def add_message(self, message: FoundMessage) -> bool:
        """Digest a message if it is one to Meta AI. Returns whether there may be more; a search calls this for each."""
        if message.kind is not MessageKind.TO_META_AI:
            return True
        self._count += 1
        if self._count <= MAX_MESSAGES_KEPT:
            digest = self._digest(message.date, message.time, message.sender, bytes(message.text[:_TEXT_BYTES]))
            self._found.append((digest, message.sender, message.date))
        return self._count <= MAX_MESSAGES_KEPT

    def drop_messages_of(self, is_sender: Callable[[bytes], bool]) -> None:
        """Forget the messages of these raw senders."""
        self._found = [found for found in self._found if not is_sender(found[1])]

    def messages(self, date_format: ChatDateFormat) -> tuple[MessageToMetaAi, ...] | None:
        """The messages to Meta AI; None where there were too many."""
        if self._count > MAX_MESSAGES_KEPT:
            return None
        name_of, day_of = cache(sender_display_name), cache(date_format.parse_date)
        return tuple(MessageToMetaAi(digest, name_of(sender), day_of(date)) for digest, sender, date in self._found)

    def beginnings(self, patterns: HeaderPatterns, head: bytes) -> tuple[str, ...]:
        """The digests of the first messages in the first bytes of a file."""
        text = b"\n" + head
        digests: list[str] = []
        for match in patterns.header.finditer(text):
            if match["sender"] and not match["sender"].endswith(b"\x8e"):
                body = text[match.end() : match.end() + _TEXT_BYTES]
                digests.append(self._digest(match["date"], match["time"], match["sender"], body))
                if len(digests) == FIRST_MESSAGES:
                    break
        return tuple(digests)

    def _digest(self, date: bytes, time: bytes, sender: bytes, text: bytes) -> str:
        first_line = text.strip(b"\r\n").partition(b"\n")[0].decode("utf-8", "ignore")
        plain = "\0".join((_plain_part(date), _plain_part(time), _plain_name(sender), _plain_text(first_line)))
        return self._make_digest(plain.encode("utf-8", "replace"))


def _plain_text(text: str) -> str:
    """A text without what differs between two exports: marks, and kinds of blanks."""
    return "".join(normalize_typography(text).split())


@lru_cache(4_096)
def _plain_part(raw: bytes) -> str:
    return _plain_text(raw.decode("utf-8", "replace"))


@lru_cache(4_096)
def _plain_name(sender: bytes) -> str:
    return _plain_text(sender_display_name(sender))
