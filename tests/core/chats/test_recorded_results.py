"""What the diary says of scanned chats, and how a new scan differs from it."""

from itertools import permutations

from metaoptout_tui.core.chats import recorded_scans as recorded
from metaoptout_tui.core.chats.message_total import MessageTotal, recorded_total_sentence, running_total
from metaoptout_tui.core.record.events import Event
from samples import NOW, at, entry


def scanned(file: str, count: int, days: float, by_others: int | None = None, **more: object) -> Event:
    """An entry of a scan so many days ago."""
    counts = {"to_meta_ai": count} if by_others is None else {"to_meta_ai": count, "to_meta_ai_by_others": by_others}
    return entry("reviewed-chats", at(days), counts=counts, file=file, sha256="0" * 64, **more)


def told(*events: Event) -> str:
    """What all recorded scans come to."""
    return recorded_total_sentence(events, NOW, str)


def test_nothing_is_said_where_no_scan_is_recorded() -> None:
    assert told(entry("noted", at(1), step="review", text="x")) == ""
    assert recorded.find_last_recording([], "a.txt") is None


def test_each_scan_adds_its_chats_and_replaces_none() -> None:
    events = [scanned("old.txt", 9, 30), scanned("a.txt", 2, 2), scanned("b.txt", 0, 2), scanned("c.txt", 3, 2)]
    assert told(*events) == "Recorded scans up to 21 Nov: at least 14 messages to Meta AI, in 3 of 4 chats."
    assert told(scanned("a.txt", 1, 400)) == "Recorded scan of 19 Oct 2025: at least 1 message to Meta AI in one chat."


def test_a_scan_that_found_nothing_says_only_that_nothing_was_found() -> None:
    events = [scanned("a.txt", 0, 2, sender="me"), scanned("b.txt", 0, 2, sender="me")]
    assert told(*events) == "Recorded scan of 21 Nov: no message to Meta AI found in 2 chats."


def test_the_person_s_own_messages_and_those_of_others_are_told_apart() -> None:
    own = scanned("a.txt", 2, 2, sender="me", by_others=5)
    assert "at least 7 messages to Meta AI (2 by you, 5 by others) in one chat" in told(own)
    unknown = scanned("b.txt", 3, 2)
    assert "at least 10 messages to Meta AI (2 by you, 5 by others, 3 not told apart)" in told(own, unknown)
    only_own = scanned("c.txt", 2, 2, sender="me", by_others=0)
    assert "(2 by you, 0 by others)" in told(only_own)
    assert "(2 by you, 3 not told apart)" in told(only_own, unknown)
    assert recorded.chat_scan_event_text(own) == (
        "Chat scanned, a.txt: at least 2 messages to Meta AI by you; 5 by others"
    )
    assert "by you" not in recorded.chat_scan_event_text(scanned("a.txt", 0, 2, sender="me"))


def test_a_chat_that_is_recorded_again_counts_once_with_its_largest_count() -> None:
    older = scanned("_chat.txt", 5, 9, chat="aa")
    newer = scanned("Family.zip", 7, 5, chat="aa")
    other = scanned("_chat.txt", 2, 3, chat="bb")
    for events in permutations([older, newer, other]):
        assert running_total(events)[:2] == (2, 2)
        assert running_total(events).messages == 9
    assert running_total([older, newer], [{"counts": {"to_meta_ai": 8}, "file": "x", "chat": "aa"}]).messages == 8


def test_who_the_person_is_in_a_chat_is_taken_from_the_newest_of_its_largest_recordings() -> None:
    first = scanned("a.txt", 5, 9, sender="me", by_others=2, chat="aa")
    corrected = scanned("a.txt", 2, 5, sender="me", by_others=5, chat="aa")
    shorter = scanned("a.txt", 1, 2, sender="me", by_others=1, chat="aa")
    assert running_total([first, corrected, shorter]) == MessageTotal(1, 1, 2, 5, 0)
    longer = scanned("a.txt", 9, 1, chat="aa")
    assert running_total([first, corrected, longer]) == MessageTotal(1, 1, 2, 5, 2)


def test_a_chat_that_was_taken_for_two_counts_once_when_it_is_known_to_be_one() -> None:
    events = [scanned("1.txt", 1, 9, chat="aa"), scanned("2.txt", 2, 5, chat="bb"), scanned("3.txt", 3, 2, chat="aa")]
    assert running_total(events).messages == 5
    assert running_total(events, main_id_of={"aa": "aa", "bb": "aa"}.__getitem__).messages == 3


def test_chats_that_were_recorded_by_file_name_alone_are_never_counted_twice() -> None:
    zipped = [scanned("all.zip", 1, 9), scanned("all.zip", 4, 9), scanned("all.zip", 3, 5)]
    assert running_total(zipped).messages == 5  # both chats of one scan, or the one of the other
    assert running_total([*zipped, scanned("all.zip", 4, 2, chat="aa")]).messages == 5
    assert running_total([*zipped, scanned("all.zip", 6, 2, chat="aa")]).messages == 6
    assert running_total([*zipped, scanned("other.zip", 4, 2, chat="aa")]).messages == 9


def test_a_file_is_known_again_by_its_name_in_the_newest_scan_that_has_it() -> None:
    events = [scanned("a.zip", 1, 9), scanned("a.zip", 4, 5), scanned("a.zip", 2, 5), scanned("b.txt", 7, 1)]
    assert recorded.find_last_recording(events, "a.zip") == recorded.RecordedChatFile(
        at(5), "a.zip", 6, is_own_only=False
    )
    mixed = [scanned("a.zip", 1, 1), scanned("a.zip", 1, 1, sender="me")]
    assert recorded.find_last_recording([*events, *mixed], "a.zip") is None
    corrected = entry("date-corrected", at(0), entry=events[3].id, to=at(20))
    assert recorded.find_last_recording([*events, corrected], "b.txt") == recorded.RecordedChatFile(
        at(20), "b.txt", 7, is_own_only=False
    )


def test_how_a_count_differs_is_said_with_the_one_before() -> None:
    assert recorded.count_difference_text(20, 23) == "3 more than the 20"
    assert recorded.count_difference_text(2_000, 1) == "1,999 fewer than the 2,000"
    assert recorded.count_difference_text(5, 5) == "as many"


def test_what_is_recorded_already_is_known_by_counts_file_chat_and_sender() -> None:
    row = {"counts": {"to_meta_ai": 2}, "file": "a.txt", "sha256": "", "chat": "aa"}
    events = [scanned("a.txt", 2, 3, chat="aa")]
    keys = recorded.recorded_keys(events)
    assert recorded.recording_key(row) in keys
    for other in ({"file": "b.txt"}, {"counts": {"to_meta_ai": 3}}, {"sender": "me"}, {"chat": "bb"}):
        assert recorded.recording_key({**row, **other}) not in keys


def test_a_chat_is_found_again_by_what_is_in_it_before_its_file_name() -> None:
    events = [scanned("a.zip", 1, 9), scanned("other.zip", 4, 5, chat="aa"), scanned("a.zip", 9, 1, chat="bb")]
    by_id = recorded.find_last_recording(events, "a.zip", ("aa", "cc"))
    assert by_id == recorded.RecordedChatFile(at(5), "a.zip", 4, is_own_only=False)
    by_name = recorded.find_last_recording(events, "a.zip")
    assert by_name
    assert by_name.to_meta_ai == 1


def test_counts_that_are_none_are_read_as_nothing() -> None:
    for counts in ("none", {"to_meta_ai": "many"}, {}):
        assert (
            recorded.recorded_count(entry("reviewed-chats", at(1), counts=counts, file="a", sha256="b"), "to_meta_ai")
            == 0
        )
