"""Tells by what is in them which exports are of the same chat, and counts such a chat once.

An export is known by keyed digests of a few of its messages, since its file name says little: every chat unpacked from
iOS is `_chat.txt`. Of overlapping exports the messages to Meta AI are joined where each is known by its digest;
otherwise the export with more of them counts.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from metaoptout_tui.core.chats.scan_results import MessageKind, MessageToMetaAi, ScannedChat, SenderCount

MIN_SHARED_BEGINNINGS = 2
"""How many of the first messages of two exports must be the same, unless all are."""
_MIN_SHARE_OF_OVERLAP = 0.75
"""How much of what two exports have in common must be the same; messages that were edited differ."""
_TRIED_STARTS = 3

T = TypeVar("T")


class ChatDigests(NamedTuple):
    """What an export is known by: digests of its first messages, and of messages to Meta AI in it, in their order."""

    beginnings: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()

    def is_same_chat(self, other: "ChatDigests") -> bool:
        """Whether both are of one chat: where one begins in the other, both go on with the same messages."""
        if self.beginnings and self.beginnings == other.beginnings:
            return True
        return (
            _shared_in_overlap(self.beginnings, other.beginnings) >= MIN_SHARED_BEGINNINGS
            or _shared_in_overlap(self.messages, other.messages) > 0
        )

    @property
    def all(self) -> frozenset[str]:
        """All digests: two exports that share none are of different chats, which is quicker to see."""
        return frozenset((*self.beginnings, *self.messages))

    def joined_with(self, other: "ChatDigests", max_messages: int) -> "ChatDigests":
        """What the chat is known by in two exports: the newest messages of both."""
        before, after = split_missing(self.messages, other.messages)
        messages = (*before, *self.messages, *after)
        return ChatDigests(self.beginnings or other.beginnings, messages[-max_messages:])


def _shared_in_overlap(one: Sequence[str], other: Sequence[str]) -> int:
    """How many messages two exports share from where one begins in the other; 0 where they differ too much."""
    best = 0
    for longer, shorter in ((one, other), (other, one)):
        positions = {digest: position for position, digest in reversed(list(enumerate(longer)))}
        for skipped, digest in enumerate(shorter[:_TRIED_STARTS]):
            start = positions.get(digest, -1) - skipped
            if start < 0:
                continue
            pairs = list(zip(longer[start:], shorter, strict=False))
            shared = sum(left == right for left, right in pairs)
            if shared >= len(pairs) * _MIN_SHARE_OF_OVERLAP:
                best = max(best, shared)
    return best


def digests_of(chat: ScannedChat) -> ChatDigests:
    """What a scanned chat is known by."""
    return ChatDigests(chat.beginnings, tuple(message.digest for message in chat.messages_to_meta_ai or ()))


def with_read_again(scanned: Iterable[ScannedChat], read: Sequence[ScannedChat]) -> tuple[ScannedChat, ...]:
    """The scanned chats with those that were read after them.

    What was found in a file in which another chat is now, or in which nothing changed, is left out.
    """
    read_again = {chat.display_path: digests_of(chat) for chat in read}
    kept = (
        chat
        for chat in scanned
        if chat.display_path not in read_again
        or (chat not in read and read_again[chat.display_path].is_same_chat(digests_of(chat)))
    )
    return (*kept, *read)


def join_same_chats(chats: Iterable[ScannedChat]) -> tuple[ScannedChat, ...]:
    """The chats with those that are the same joined into one, in the place of the first of them."""
    joined: list[tuple[ScannedChat, ChatDigests, frozenset[str]]] = []
    for chat in chats:
        digests = digests_of(chat)
        all_digests = digests.all
        same = [entry for entry in joined if not all_digests.isdisjoint(entry[2]) and entry[1].is_same_chat(digests)]
        whole = chat
        for known, _, _ in same:
            whole = _join(known, whole)
        whole_digests = digests_of(whole) if same else digests
        entry = (whole, whole_digests, whole_digests.all)
        if same:
            joined[joined.index(same[0])] = entry
            joined = [kept for kept in joined if not any(kept is other for other in same)]
        else:
            joined.append(entry)
    return tuple(chat for chat, _, _ in joined)


def _join(one: ScannedChat, other: ScannedChat) -> ScannedChat:
    """One chat from two exports of it: the one with more messages to Meta AI, and what only the other has."""
    if other.message_count(MessageKind.TO_META_AI) > one.message_count(MessageKind.TO_META_AI):
        one, other = other, one
    readable = max(one.readable_by_sender, other.readable_by_sender, key=lambda counts: sum(dict(counts).values()))
    also_in = dict.fromkeys((*one.also_in, other.display_path, *other.also_in))
    also_in.pop(one.display_path, None)
    whole = one._replace(also_in=tuple(also_in), readable_by_sender=readable)
    if one.messages_to_meta_ai is None or other.messages_to_meta_ai is None:
        return whole
    before, after = split_missing(one.messages_to_meta_ai, other.messages_to_meta_ai, lambda message: message.digest)
    return whole._replace(
        messages_to_meta_ai=(*before, *one.messages_to_meta_ai, *after),
        sender_counts=_with_messages(one.sender_counts, (*before, *after)),
        beginnings=other.beginnings if before else one.beginnings,
    )


def split_missing(
    first: Sequence[T], second: Sequence[T], digest_of: Callable[[T], str] = str
) -> tuple[list[T], list[T]]:
    """What only the second has: before the first message that both have, and after it."""
    seen = Counter(map(digest_of, first))
    before: list[T] = []
    after: list[T] = []
    missing = before
    for message in second:
        digest = digest_of(message)
        if seen[digest]:
            seen[digest] -= 1
            missing = after
        else:
            missing.append(message)
    return before, after


def _with_messages(counts: Sequence[SenderCount], messages: Iterable[MessageToMetaAi]) -> tuple[SenderCount, ...]:
    """The counts with further messages to Meta AI."""
    by_key = {(count.kind, count.sender): count for count in counts}
    for message in messages:
        key = (MessageKind.TO_META_AI, message.sender)
        count = by_key.get(key, SenderCount(*key, 0, None, None, ()))
        months = Counter(dict(count.messages_by_month))
        days = [day for day in (count.first_day, count.last_day, message.day) if day]
        if message.day:
            months[f"{message.day:%Y-%m}"] += 1
        by_key[key] = SenderCount(
            *key,
            count.messages + 1,
            min(days, default=None),
            max(days, default=None),
            tuple(sorted(months.items())),
        )
    order = list(MessageKind)
    return tuple(sorted(by_key.values(), key=lambda count: (order.index(count.kind), -count.messages, count.sender)))
