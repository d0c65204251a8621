"""What the diary says of scanned chats, and how a new scan differs from it."""

from metaoptout_tui.core.chats import scan_summary as recorded
from metaoptout_tui.core.record.events import Event
from samples import NOW, at, entry


def scanned(file: str, count: int, days: float, **more: object) -> Event:
    """An entry of a scan so many days ago."""
    return entry("reviewed-chats", at(days), counts={"to_meta_ai": count}, file=file, sha256="0" * 64, **more)


def test_nothing_is_said_where_no_scan_is_recorded() -> None:
    assert recorded.last_scan_sentence([entry("noted", at(1), step="review", text="x")], NOW) == ""
    assert recorded.find_last_recording([], "a.txt") is None


def test_the_newest_scan_is_told_with_all_its_chats() -> None:
    events = [scanned("old.txt", 9, 30), scanned("a.txt", 2, 2), scanned("b.txt", 0, 2), scanned("c.txt", 3, 2)]
    assert recorded.last_scan_sentence(events, NOW) == (
        "Recorded scan of 21 Nov: at least 5 messages to Meta AI, in 2 of 3 chats."
    )
    assert recorded.last_scan_sentence([scanned("a.txt", 1, 400)], NOW) == (
        "Recorded scan of 19 Oct 2025: at least 1 message to Meta AI in one chat."
    )


def test_a_scan_that_found_nothing_says_only_that_nothing_was_found() -> None:
    events = [scanned("a.txt", 0, 2, sender="me"), scanned("b.txt", 0, 2, sender="me")]
    assert (
        recorded.last_scan_sentence(events, NOW) == "Recorded scan of 21 Nov: no message to Meta AI found in 2 chats."
    )


def test_counts_of_the_person_alone_are_told_as_theirs_only_where_all_are() -> None:
    own, others = scanned("a.txt", 2, 2, sender="me"), scanned("b.txt", 3, 2)
    assert "at least 2 messages to Meta AI by you in one chat" in recorded.last_scan_sentence([own], NOW)
    assert "by you" not in recorded.last_scan_sentence([own, others], NOW)
    assert recorded.chat_scan_event_text(own) == "Chat scanned, a.txt: at least 2 messages to Meta AI by you"
    assert "by you" not in recorded.chat_scan_event_text(scanned("a.txt", 0, 2, sender="me"))


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


def test_what_is_recorded_already_is_known_by_counts_file_and_sender() -> None:
    row = {"counts": {"to_meta_ai": 2}, "file": "a.txt", "sha256": ""}
    events = [scanned("a.txt", 2, 3)]
    assert recorded.are_all_recorded(events, [row])
    assert not recorded.are_all_recorded(events, [])
    assert not recorded.are_all_recorded(events, [row, {**row, "file": "b.txt"}])
    assert not recorded.are_all_recorded(events, [{**row, "counts": {"to_meta_ai": 3}}])
    assert not recorded.are_all_recorded(events, [{**row, "sender": "me"}])


def test_counts_that_are_none_are_read_as_nothing() -> None:
    for counts in ("none", {"to_meta_ai": "many"}, {}):
        assert (
            recorded.recorded_count(entry("reviewed-chats", at(1), counts=counts, file="a", sha256="b"), "to_meta_ai")
            == 0
        )
