"""Who asks Meta AI in a chat and whom it answers, message by message, which decides the kind of each message."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from metaoptout_tui.core.chats.notices import NoticeKind
from metaoptout_tui.core.chats.scan_results import MessageKind, is_meta_ai, kind_of_notice
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.imports.whatsapp.meta_ai_references import MetaAiReference
from metaoptout_tui.imports.whatsapp.tally import MAX_TALLY_KEYS

MARKED_SENDER_SUFFIX = b": \xe2\x80\x8e"
"""The end of a raw sender where the text begins with the direction mark of iOS."""
# Module constants, since enum members are slow to look up and these are needed for every message.
_BY_META_AI, _TO_META_AI, _OTHER, _MENTION = (
    MessageKind.BY_META_AI,
    MessageKind.TO_META_AI,
    MessageKind.OTHER,
    MetaAiReference.MENTION,
)


class SenderTraits(NamedTuple):
    """What a raw sender shows, computed once for all of its messages.

    `identity` is the sender without a mark, empty for a line without a sender. `is_marked` says that the mark of
    WhatsApp's own notices follows; `may_be_notice`, that the line may be such a notice.
    """

    identity: bytes
    is_meta_ai: bool
    is_marked: bool
    may_be_notice: bool


Row = tuple[bytes, ...]
"""A message by what is known of it: equal rows are equal messages."""


class _Step:
    """How many equal messages there were in one state of a conversation, their kind, and the state after them."""

    __slots__ = ("count", "kind", "reads_next", "state_after")

    def __init__(self, kind: MessageKind, state_after: "_State", *, reads_next: bool) -> None:
        self.count = 0
        self.kind = kind
        self.state_after = state_after
        self.reads_next = reads_next


class _State(dict[Row, _Step]):
    """A state of a conversation, with the steps from it; `askers` are who asked last, and who was answered."""

    def __init__(self, askers: tuple[bytes, bytes], take: Callable[["_State", Row], _Step]) -> None:
        super().__init__()
        self.askers = askers
        self._take = take

    def __missing__(self, row: Row) -> _Step:
        step = self[row] = self._take(self, row)
        return step


class Conversation:
    """How the messages of one chat follow one another.

    `reads_next` says whether the next message is to be read even without a hit. With `reads_every_message`, each message
    by a person is written to Meta AI, or to an AI of Meta's that has the name `ai_name`. `notices_have_senders`:
    WhatsApp's own lines carry a sender, as on iOS.
    """

    def __init__(self, *, reads_every_message: bool, notices_have_senders: bool, ai_name: str) -> None:
        self.reads_next = self._reads_every_message = reads_every_message
        self._notices_have_senders = notices_have_senders
        self._ai_name = ai_name
        self._traits_by_sender: dict[bytes, SenderTraits] = {}
        self._last_asker = b""
        self._answered_asker = b""

    def traits_of(self, sender: bytes) -> SenderTraits:
        """What a raw sender shows."""
        traits = self._traits_by_sender.get(sender)
        if traits is None:
            if len(self._traits_by_sender) >= MAX_TALLY_KEYS:
                self._traits_by_sender.clear()
            marked = sender.endswith(MARKED_SENDER_SUFFIX)
            traits = self._traits_by_sender[sender] = SenderTraits(
                identity=sender.removesuffix(MARKED_SENDER_SUFFIX[1:]),
                is_meta_ai=self._is_meta_ai(sender),
                is_marked=marked,
                may_be_notice=not sender or self._notices_have_senders,
            )
        return traits

    def _is_meta_ai(self, sender: bytes) -> bool:
        name = decode_sender(sender)
        return is_meta_ai(name) or bool(self._ai_name and sender_display_name(sender) == self._ai_name)

    def kind_of(self, traits: SenderTraits, notice: NoticeKind | None, reference: MetaAiReference) -> MessageKind:
        """The kind of the next message."""
        if notice:
            return kind_of_notice(notice)
        if not traits.identity:
            return _OTHER
        if traits.is_meta_ai:
            return _BY_META_AI
        if reference is _MENTION or self._reads_every_message:
            return _TO_META_AI
        if self._answered_asker == traits.identity:
            return MessageKind.MAYBE_TO_META_AI
        return MessageKind.NAMES_META_AI if reference else _OTHER

    def take(self, kind: MessageKind, traits: SenderTraits, notice: NoticeKind | None) -> None:
        """Update who asked Meta AI last, whether it answered, and whether the next message is read without a hit."""
        if kind is _BY_META_AI:
            self._answered_asker = self._last_asker
        elif traits.identity and not notice:
            if kind is _TO_META_AI:
                self._last_asker = traits.identity
            elif self._answered_asker and self._answered_asker != traits.identity:
                self._last_asker = b""
            self._answered_asker = b""
        self.reads_next = self._reads_every_message or kind is not _OTHER or bool(self._answered_asker)

    def take_many(
        self,
        rows: Sequence[Row],
        counts: Mapping[Row, int],
        examine: Callable[[Row], tuple[SenderTraits, MetaAiReference]],
    ) -> Iterator[tuple[Row, MessageKind, int]]:
        """Take messages, none of them a notice, of which `counts` says how many are equal.

        Yields each row with a kind, and how many of its messages are of that.
        """
        examined = {row: examine(row) for row in counts}
        if self._answered_asker or any(traits.is_meta_ai for traits, _ in examined.values()):
            yield from self._take_in_order(rows, examined)
            return
        kinds = {row: self.kind_of(traits, None, reference) for row, (traits, reference) in examined.items()}
        # Where nobody is answered, only who asked last matters for what follows.
        last_question = next((row for row in reversed(rows) if kinds[row] is _TO_META_AI), rows[-1])
        for row in (last_question, rows[-1]):
            self.take(kinds[row], examined[row][0], None)
        yield from ((row, kinds[row], count) for row, count in counts.items())

    def _take_in_order(
        self, rows: Iterable[Row], examined: Mapping[Row, tuple[SenderTraits, MetaAiReference]]
    ) -> Iterator[tuple[Row, MessageKind, int]]:
        states: dict[tuple[bytes, bytes], _State] = {}

        def state_of(askers: tuple[bytes, bytes]) -> _State:
            state = states.get(askers)
            if state is None:
                state = states[askers] = _State(askers, take)
            return state

        def take(state: _State, row: Row) -> _Step:
            self._last_asker, self._answered_asker = state.askers
            traits, reference = examined[row]
            kind = self.kind_of(traits, None, reference)
            self.take(kind, traits, None)
            return _Step(kind, state_of((self._last_asker, self._answered_asker)), reads_next=self.reads_next)

        state = state_of((self._last_asker, self._answered_asker))
        for row in rows:
            step = state[row]
            step.count += 1
            state = step.state_after
        self._last_asker, self._answered_asker = state.askers
        self.reads_next = step.reads_next
        for each in states.values():
            for row, step in each.items():
                yield row, step.kind, step.count

    def take_provisionally(self, kind: MessageKind, traits: SenderTraits, notice: NoticeKind | None) -> None:
        """Update `reads_next` alone, by a message that may still continue."""
        askers = self._last_asker, self._answered_asker
        self.take(kind, traits, notice)
        self._last_asker, self._answered_asker = askers


def decode_sender(sender: bytes) -> str:
    """The text of a raw sender, without the colon and the mark after it."""
    return sender.removesuffix(MARKED_SENDER_SUFFIX[1:]).removesuffix(b":").decode("utf-8", "replace")


def sender_display_name(sender: bytes) -> str:
    """A raw sender as it is displayed: on one line, without marks."""
    return clean_line(decode_sender(sender).replace("\u202f", " ").replace("\u00a0", " "))
