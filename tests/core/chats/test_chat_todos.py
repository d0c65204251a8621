"""What is left to do after a scan: open until it is done or left, and open again where the chat shows more."""

from typing import Any

import pytest

from metaoptout_tui.core.chats.chat_todos import POINT_OF_TODO, ChatTodo, open_chat_todos
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.event_sentences import describe_event
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.objection.sentences import task_sentence
from metaoptout_tui.core.objection.tasks import TaskKind
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.remembered import ChatPrivacy
from metaoptout_tui.core.record.vocabulary import ChatTodoKind
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record

DELETE, SWITCH_ON, REMOVE, ASK_TO_DELETE = (
    ChatTodoKind.DELETE_CHAT,
    ChatTodoKind.SWITCH_ON_PRIVACY,
    ChatTodoKind.REMOVE_META_AI,
    ChatTodoKind.ASK_TO_DELETE,
)


def scanned(days: float, name: str, *, chat: str = "", last: float | None = None, **counts: int) -> Event:
    known: dict[str, Any] = {"to_meta_ai": 2, **counts}
    if last is not None:
        known["last"] = at(last).date().isoformat()
    return entry(
        "reviewed-chats",
        at(days),
        counts=known,
        file=f"WhatsApp Chat with {name}.txt",
        sha256="0" * 64,
        chat=chat or name,
    )


def answered(days: float, point: str, answer: str) -> Event:
    return entry("review-answered", at(days), point=point, answer=answer)


def settled(days: float, kind: ChatTodoKind, answer: str = "done") -> Event:
    return entry("chat-todo", at(days), todo=str(kind), answer=answer)


def todos(*events: Event) -> dict[ChatTodoKind, tuple[str, ...]]:
    return {todo.kind: todo.chats for todo in open_chat_todos(events)}


def test_a_scan_leaves_the_chat_with_meta_ai_to_delete_and_groups_without_the_switch() -> None:
    found = (
        scanned(3, "Meta AI", with_meta_ai_alone=1),
        scanned(3, "Family"),
        scanned(3, "Club", to_meta_ai=0, by_meta_ai=1),
        scanned(3, "Team", to_meta_ai=0, meta_ai_added=1),
        scanned(3, "School", to_meta_ai=0),
        scanned(3, "Kettle Shop", business_ai_notice=1),
    )
    assert todos(*found) == {REMOVE: ("Team",), DELETE: ("Meta AI",), SWITCH_ON: ("Family", "Club")}


def test_a_scan_of_an_earlier_release_knows_the_chat_by_its_name() -> None:
    assert todos(scanned(3, "Meta AI")) == {DELETE: ("Meta AI",)}


def test_where_meta_ai_was_removed_again_nobody_is_asked_to_have_it_removed() -> None:
    assert todos(scanned(3, "Team", to_meta_ai=0, meta_ai_added=1, meta_ai_removed=1)) == {}
    assert todos(scanned(3, "Team", to_meta_ai=0, meta_ai_added=2, meta_ai_removed=1)) == {REMOVE: ("Team",)}


def test_messages_of_others_are_a_use_too() -> None:
    assert todos(scanned(3, "Family", to_meta_ai=0, to_meta_ai_by_others=1)) == {SWITCH_ON: ("Family",)}


@pytest.mark.parametrize("answer", ["done", "not-for-me"])
def test_it_stays_until_it_is_done_or_left(answer: str) -> None:
    found = (scanned(3, "Meta AI", with_meta_ai_alone=1), scanned(3, "Family", meta_ai_added=1))
    assert set(todos(*found)) == {DELETE, SWITCH_ON, REMOVE}
    assert DELETE in todos(*found, answered(2, "whatsapp.delete", "no"))
    assert DELETE not in todos(*found, answered(2, "whatsapp.delete", answer))
    assert SWITCH_ON not in todos(*found, answered(2, "whatsapp.advanced", answer))
    assert REMOVE not in todos(*found, settled(2, REMOVE, answer))


def test_a_later_scan_of_the_same_chat_opens_it_again_only_where_there_is_a_later_message() -> None:
    before = scanned(9, "Meta AI", with_meta_ai_alone=1, last=10)
    done = answered(5, "whatsapp.delete", "done")
    assert todos(before, done, scanned(1, "Meta AI", with_meta_ai_alone=1, last=10)) == {}
    assert todos(before, done, scanned(1, "Meta AI", with_meta_ai_alone=1, last=2)) == {DELETE: ("Meta AI",)}
    assert todos(done, scanned(1, "Meta AI", with_meta_ai_alone=1, last=10)) == {}  # an export of long ago


def test_a_chat_that_was_not_known_when_the_switch_was_thrown_is_open() -> None:
    done = answered(5, "whatsapp.advanced", "done")
    assert todos(scanned(9, "Family", last=10), done) == {}
    assert todos(scanned(9, "Family", last=10), done, scanned(1, "Club", last=10)) == {SWITCH_ON: ("Club",)}


def test_where_the_list_of_chats_says_that_it_is_on_nothing_is_left_to_switch() -> None:
    found = (scanned(3, "Family"), scanned(3, "Club"))
    noted = (ChatPrivacy("Family", "on"), ChatPrivacy("Club", "off"))
    assert [todo.chats for todo in open_chat_todos(found, noted)] == [("Club",)]


def test_the_answers_of_the_review_leave_something_to_do_without_a_scan() -> None:
    used = answered(3, "whatsapp.used", "yes")
    assert todos(used, answered(2, "whatsapp.delete", "no"), answered(1, "whatsapp.advanced", "no")) == {
        DELETE: (),
        SWITCH_ON: (),
    }
    assert todos(answered(3, "whatsapp.used", "no"), answered(2, "whatsapp.delete", "no")) == {}


def test_who_shared_something_and_did_not_ask_meta_to_delete_it_has_that_to_do() -> None:
    used, not_asked = answered(3, "whatsapp.used", "yes"), answered(2, "whatsapp.request", "no")
    assert todos(used, not_asked) == {ASK_TO_DELETE: ()}
    assert todos(used, not_asked, answered(1, "whatsapp.request", "done")) == {}
    assert todos(answered(3, "whatsapp.used", "no"), not_asked) == {}


@pytest.mark.parametrize("kind", ChatTodoKind)
def test_each_point_that_a_todo_is_about_leaves_it_when_it_is_answered_no(kind: ChatTodoKind) -> None:
    if point := POINT_OF_TODO[kind]:
        assert kind in todos(answered(3, "whatsapp.used", "yes"), answered(2, point, "no"))


def test_it_is_the_next_thing_once_all_points_are_answered(playbook: Playbook) -> None:
    points = playbook.points_for(platform="whatsapp", region="eea")
    answers = [answered(4, point.id, point.answers[0]) for point in points]
    person = record(
        account(
            "whatsapp",
            entry("step-done", at(5), step="identify"),
            *answers,
            scanned(3, "Family", last=4),
            scanned(3, "Club", last=4),
        )
    )
    overview = compute_overview(person, playbook, NOW, public_holiday_name)
    assert overview.next_task is not None
    assert overview.next_task.kind is TaskKind.SWITCH_ON_PRIVACY
    assert overview.next_task.step_id == "review"
    assert task_sentence(overview.next_task, playbook) == "Switch on Advanced Chat Privacy in 2 chats"


def test_what_was_done_stands_in_the_diary_in_words(playbook: Playbook) -> None:
    assert describe_event(settled(2, REMOVE), playbook) == "Have Meta AI removed from your chats: Done"


def test_one_chat_is_named_and_several_are_counted() -> None:
    assert ChatTodo(REMOVE, ("Team",)).label == "Have Meta AI removed from “Team”"
    assert ChatTodo(SWITCH_ON, ("A", "B", "C")).label == "Switch on Advanced Chat Privacy in 3 chats"
