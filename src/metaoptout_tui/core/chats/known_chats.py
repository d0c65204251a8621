"""The chats that were scanned on this installation: the id of each, and which of its senders the person is.

A chat is known by keyed digests of a few messages and a sender by that of their name, so that what is kept holds no
name and no text. The key never leaves this installation.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from metaoptout_tui.core.chats.same_chat import ChatDigests, digests_of
from metaoptout_tui.core.chats.scan_results import ScannedChat, fold_sender_name, senders_in

MAX_KNOWN_CHATS = 500
"""Beyond that the oldest are forgotten."""
MAX_MESSAGES_KEPT = 64
"""Messages to Meta AI by which a chat is known, the newest."""
_DIGEST_BYTES = 8


class KnownChat(NamedTuple):
    """One chat. It has several `ids` where it was first taken for several chats; the first one counts.

    `own_sender` is the digest of the person's name in it: empty if they are none of its senders, None if not known.
    """

    ids: tuple[str, ...]
    digests: ChatDigests
    own_sender: str | None = None


def keyed_digest(key: bytes, data: bytes) -> str:
    """A digest of some bytes, which nobody without the key can make."""
    import hashlib

    return hashlib.blake2b(data, key=key, digest_size=_DIGEST_BYTES).hexdigest()


class KnownChats:
    """The known chats, the newest last. `new_id` makes an id that no other chat has."""

    def __init__(self, key: bytes, new_id: Callable[[], str], chats: Iterable[KnownChat] = ()) -> None:
        self.key = key
        self.chats = tuple(chats)
        self._new_id = new_id

    @property
    def digest(self) -> Callable[[bytes], str]:
        """Makes digests with the key; another process can make them too."""
        return partial(keyed_digest, self.key)

    def find(self, chat: ScannedChat) -> KnownChat | None:
        """The chat as it is known; None if it is not."""
        return next(self._same_as(digests_of(chat)), None)

    def remember(self, chat: ScannedChat) -> KnownChat:
        """Know a chat from now on, or know it better. Where it shows that two known chats are one, these are joined."""
        digests = digests_of(chat)
        same = list(self._same_as(digests))
        ids = tuple(id for known in same for id in known.ids) or (self._new_id(),)
        own_sender = next((known.own_sender for known in reversed(same) if known.own_sender is not None), None)
        for other in same:
            digests = digests.joined_with(other.digests, MAX_MESSAGES_KEPT)
        digests = digests._replace(messages=digests.messages[-MAX_MESSAGES_KEPT:])
        known = KnownChat(ids, digests, own_sender)
        self.chats = (*(other for other in self.chats if other not in same), known)[-MAX_KNOWN_CHATS:]
        return known

    def set_own_sender(self, chat: ScannedChat, name: str) -> None:
        """Remember which sender of a chat the person is; an empty name for none of them."""
        known = self.remember(chat)
        own_sender = self._digest_of_sender(name) if name else ""
        self.chats = (*self.chats[:-1], known._replace(own_sender=own_sender))

    def stated_sender(self, chat: ScannedChat) -> str | None:
        """The name that the person said they have in a chat, empty for none of its senders; None if they did not say."""
        known = self.find(chat)
        if known is None or known.own_sender is None:
            return None
        return self._name_in(chat, known.own_sender)

    def likely_sender(self, chat: ScannedChat) -> str:
        """A sender of the chat whom the person said they are in another; empty where there is none."""
        senders = (known.own_sender for known in reversed(self.chats) if known.own_sender)
        return next((name for sender in senders if (name := self._name_in(chat, sender))), "")

    def main_id_of(self, id: str) -> str:
        """The id that counts, of a chat with this one."""
        return next((known.ids[0] for known in self.chats if id in known.ids), id)

    def _same_as(self, digests: ChatDigests) -> Iterator[KnownChat]:
        all_digests = digests.all
        for known in self.chats:
            is_candidate = not all_digests.isdisjoint((*known.digests.beginnings, *known.digests.messages))
            if is_candidate and known.digests.is_same_chat(digests):
                yield known

    def _name_in(self, chat: ScannedChat, own_sender: str) -> str:
        return next((name for name in senders_in(chat) if own_sender == self._digest_of_sender(name)), "")

    def _digest_of_sender(self, name: str) -> str:
        return self.digest(fold_sender_name(name).encode("utf-8", "replace"))
