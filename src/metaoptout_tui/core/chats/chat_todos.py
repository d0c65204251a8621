"""What is left to do after a scan of chats and the answers of a review; each stays until it is done or left.

A scan shows what there was when a chat was exported. What was settled before is open again where the chat has a
message to Meta AI of a later day.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final, NamedTuple

from metaoptout_tui.core.chats.privacy import PRIVACY_POINT
from metaoptout_tui.core.chats.recorded_scans import (
    chat_scan_event_text,
    is_of_chat_with_meta_ai,
    recorded_count,
    recorded_scans_of,
)
from metaoptout_tui.core.chats.scan_results import (
    BY_OTHERS_COUNT,
    META_AI_ADDED_COUNT,
    META_AI_REMOVED_COUNT,
    WITH_META_AI_ALONE,
)
from metaoptout_tui.core.chats.scan_summary import USED_POINT, chat_title_of
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.guidance.texts import GuidanceTexts
from metaoptout_tui.core.language.formatting import format_number, labelled, quoted
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, ngettext
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, events_in_force
from metaoptout_tui.core.record.remembered import ChatPrivacy
from metaoptout_tui.core.record.vocabulary import TODO_DONE, TODO_LEFT, ChatTodoKind
from metaoptout_tui.core.text import clean_line

DELETE_POINT: Final = "whatsapp.delete"
REQUEST_POINT: Final = "whatsapp.request"

POINT_OF_TODO: Mapping[ChatTodoKind, str] = MappingProxyType(
    {
        ChatTodoKind.REMOVE_META_AI: "",
        ChatTodoKind.DELETE_CHAT: DELETE_POINT,
        ChatTodoKind.SWITCH_ON_PRIVACY: PRIVACY_POINT,
        ChatTodoKind.ASK_TO_DELETE: REQUEST_POINT,
    }
)
"""The review point whose answer settles it; where that is empty, an event of its own does."""

HOW_TO_SENTENCES: Mapping[ChatTodoKind, str] = MappingProxyType(
    {
        ChatTodoKind.REMOVE_META_AI: "chats.member",
        ChatTodoKind.DELETE_CHAT: f"{DELETE_POINT}.how",
        ChatTodoKind.SWITCH_ON_PRIVACY: f"{PRIVACY_POINT}.how",
        ChatTodoKind.ASK_TO_DELETE: f"{REQUEST_POINT}.how",
    }
)
"""The sentence of the guidance that says how it is done."""


TODO_ANSWERS = ((TODO_DONE, mark("It is done")), (TODO_LEFT, mark("I leave it as it is")))
"""What a person can say about it, with the words."""

TODO_LABELS: Mapping[ChatTodoKind, str] = MappingProxyType(
    {
        ChatTodoKind.REMOVE_META_AI: mark("Have Meta AI removed from {chats}"),
        ChatTodoKind.DELETE_CHAT: mark("Delete the chat with Meta AI"),
        ChatTodoKind.SWITCH_ON_PRIVACY: mark("Switch on Advanced Chat Privacy in {chats}"),
        ChatTodoKind.ASK_TO_DELETE: mark("Ask Meta to delete what you shared with its AI"),
    }
)


class ChatTodo(NamedTuple):
    """One thing to do in the chats with these titles; none where only an answer of the review says so."""

    kind: ChatTodoKind
    chats: tuple[str, ...] = ()
    source_id: str = ""

    @property
    def chats_text(self) -> str:
        """Which chats, in words: the one by its title, several by their number."""
        if len(self.chats) == 1:
            return quoted(self.chats[0])
        if not self.chats:
            return _your_chats()
        # Translators: as in “Have Meta AI removed from 3 chats”.
        count = ngettext("{count} chat", "{count} chats", len(self.chats))
        return count.format(count=format_number(len(self.chats)))

    def words(self, _playbook: Playbook, /) -> str:
        """The number of its chats, as the value of a task's sentence."""
        return self.chats_text

    @property
    def row_id(self) -> str:
        """The id of its row in a list."""
        return f"todo-{self.kind}"

    @property
    def label(self) -> str:
        """What is to be done, in a few words."""
        return _(TODO_LABELS[self.kind]).format(chats=self.chats_text)


def _your_chats() -> str:
    # Translators: as in “Have Meta AI removed from your chats”.
    return _("your chats")


class _Recordings(NamedTuple):
    """The recordings of one chat, by the first and the newest of them."""

    first_at: datetime
    newest: Event

    @property
    def last_day(self) -> date | None:
        """The day of the last message to Meta AI, where it is readable."""
        counts = self.newest.fields.get("counts")
        last = counts.get("last") if isinstance(counts, Mapping) else None
        try:
            return date.fromisoformat(str(last))
        except ValueError:
            return None

    @property
    def title(self) -> str:
        """The title of the chat, by the name of its file."""
        return chat_title_of(self.newest.text("file"))

    @property
    def kinds(self) -> Iterator[ChatTodoKind]:
        """What is to be done in this chat."""
        used = any(recorded_count(self.newest, name) for name in ("to_meta_ai", BY_OTHERS_COUNT, "by_meta_ai"))
        if recorded_count(self.newest, META_AI_ADDED_COUNT) > recorded_count(self.newest, META_AI_REMOVED_COUNT):
            yield ChatTodoKind.REMOVE_META_AI
        if recorded_count(self.newest, WITH_META_AI_ALONE) or (used and is_of_chat_with_meta_ai(self.newest.fields)):
            yield ChatTodoKind.DELETE_CHAT
        elif used and not recorded_count(self.newest, "business_ai_notice"):
            yield ChatTodoKind.SWITCH_ON_PRIVACY


def todos_in_chats(account: Account, record: Record) -> tuple[ChatTodo, ...]:
    """What is left to do in the chats of an account, none for one that has no chats to scan."""
    if not account.has_chats_to_scan:
        return ()
    return open_chat_todos(account.events, record.remembered_of(account.id).chats.values())


def todo_question(todo: ChatTodo, playbook: Playbook) -> ChoiceQuestion:
    """Whether something that is left to do in chats is done."""
    answers = tuple((answer, _(words)) for answer, words in TODO_ANSWERS)
    return ChoiceQuestion(f"{todo.label}?", answers, sentences=(playbook.texts.sentence(HOW_TO_SENTENCES[todo.kind]),))


def open_chat_todos(events: Iterable[Event], noted: Iterable[ChatPrivacy] = ()) -> tuple[ChatTodo, ...]:
    """What is left to do for an account with this diary, by kind.

    `noted` are the chats of the list with their privacy setting: where it is on, nothing is left to switch.
    """
    events = events_in_force(events)
    switched_on = {chat.name for chat in noted if chat.setting == "on"}
    settled = {kind: tuple(_settled_at(events, kind)) for kind in ChatTodoKind}
    chats: dict[ChatTodoKind, list[_Recordings]] = {kind: [] for kind in ChatTodoKind}
    for chat in _recordings_by_chat(events):
        for kind in chat.kinds:
            is_switched_on = kind is ChatTodoKind.SWITCH_ON_PRIVACY and chat.title in switched_on
            if not is_switched_on and not any(_settles(at, kind, chat) for at in settled[kind]):
                chats[kind].append(chat)
    answered_no = _kinds_answered_no(events)
    return tuple(
        ChatTodo(
            kind,
            tuple(chat.title for chat in chats[kind]),
            max((chat.newest.id for chat in chats[kind]), default=""),
        )
        for kind in ChatTodoKind
        if chats[kind] or kind in answered_no
    )


def chat_event_text(event: Event, texts: GuidanceTexts) -> str:
    """An entry of the diary about scanned chats, or about what they left to do, in words."""
    if event.kind != EventKind.CHAT_TODO_SETTLED:
        return chat_scan_event_text(event)
    kind = next((kind for kind in ChatTodoKind if kind == event.text("todo")), None)
    label = _(TODO_LABELS[kind]).format(chats=_your_chats()) if kind else clean_line(event.text("todo"))
    return labelled(label, texts.sentence("answer-word." + event.text("answer")))


def _recordings_by_chat(events: Iterable[Event]) -> Iterable[_Recordings]:
    chats: dict[str, _Recordings] = {}
    for scan in recorded_scans_of(events):
        for event in scan.events:
            key = event.text("chat") or event.text("file")
            first_at = chats[key].first_at if key in chats else event.at
            chats[key] = _Recordings(first_at, event)
    return chats.values()


def _settled_at(events: Iterable[Event], kind: ChatTodoKind) -> Iterator[datetime]:
    """When the person said that it is done or left."""
    point = POINT_OF_TODO[kind]
    for event in events:
        is_about_it = (event.kind == EventKind.REVIEW_ANSWERED and point and event.text("point") == point) or (
            event.kind == EventKind.CHAT_TODO_SETTLED and event.text("todo") == kind
        )
        if is_about_it and event.text("answer") in (TODO_DONE, TODO_LEFT):
            yield event.at


def _settles(at: datetime, kind: ChatTodoKind, chat: _Recordings) -> bool:
    """Whether what was settled then is so for a chat, of which a later scan may show more."""
    if at >= chat.newest.at:
        return True
    was_known = at >= chat.first_at or kind is ChatTodoKind.DELETE_CHAT
    return was_known and (chat.last_day is None or chat.last_day <= at.date())


def _kinds_answered_no(events: Iterable[Event]) -> Collection[ChatTodoKind]:
    """What the answers of the review alone leave to do."""
    answers = {event.text("point"): event.text("answer") for event in events if event.kind == EventKind.REVIEW_ANSWERED}
    kinds = []
    if answers.get(USED_POINT) == "yes" and answers.get(DELETE_POINT) == "no":
        kinds.append(ChatTodoKind.DELETE_CHAT)
    if answers.get(PRIVACY_POINT) == "no":
        kinds.append(ChatTodoKind.SWITCH_ON_PRIVACY)
    if answers.get(USED_POINT) == "yes" and answers.get(REQUEST_POINT) == "no":
        kinds.append(ChatTodoKind.ASK_TO_DELETE)
    return kinds
