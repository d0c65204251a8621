"""All entries of all accounts in the order things happened."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.case_file.diary import build_case_diary, timeline_of_account, timeline_of_record
from metaoptout_tui.core.guidance.playbook import Playbook
from samples import account, at, entry, record

FILED = entry("filed", at(2))
TICK = entry("step-done", at(3), step="identify")
BACK = entry("step-reopened", at(1), step="identify")
PUT_RIGHT = entry("date-corrected", at(0), entry=FILED.id, to=at(5))


def test_entries_stand_where_they_happened_with_their_corrected_dates() -> None:
    every = timeline_of_record(record(account("facebook", FILED, PUT_RIGHT), account("instagram", TICK, BACK)))
    assert [(each.account.id, each.event.id, each.event.at, each.is_taken_back) for each in every] == [
        ("facebook", FILED.id, at(5), False),
        ("instagram", TICK.id, at(3), True),
        ("instagram", BACK.id, at(1), False),
    ]
    assert every[0].original == FILED


def test_entries_of_one_moment_stand_in_the_order_in_which_they_were_written() -> None:
    first, second, third = (entry("noted", at(1), step="open", text=str(number)) for number in range(3))
    every = timeline_of_record(record(account("facebook", third, first), account("instagram", second)))
    assert [each.event for each in every] == [first, second, third]


@given(st.lists(st.integers(0, 2), min_size=1, max_size=5))
def test_the_order_follows_from_the_entries_alone(days: list[int]) -> None:
    events = [entry("noted", at(day), step="open", text="x") for day in days]
    orders = list(permutations(events))[:24]
    assert (
        len({tuple(each.event.id for each in timeline_of_account(account("facebook", *order))) for order in orders})
        == 1
    )


def test_nothing_written_is_no_timeline() -> None:
    assert timeline_of_record(record()) == ()
    assert timeline_of_record(record(account())) == ()


def test_the_case_file_has_words_where_the_file_has_ids(playbook: Playbook) -> None:
    own = account(
        "facebook",
        entry("filed", at(40), form="letter"),
        entry("filed", at(39), form="facebook-own"),
        entry("more-asked", at(30), for_="id"),
        entry("extended", at(20), reasons="given"),
        entry("refused", at(10), grounds="none"),
        entry("complained", at(5), by="letter"),
    )
    details = [detail for told in build_case_diary(own, playbook) for detail in told.details]
    assert [(detail.label, detail.value) for detail in details] == [
        ("Sent with", "post"),
        ("Sent with", "a form of Meta that is not in this guidance"),
        ("Sent by", "post"),
    ]
    sentences = " ".join(told.sentence for told in build_case_diary(own, playbook))
    for words in ("gave reasons", "gave no reasons", "proof of who the person is"):
        assert words in sentences


def test_what_was_read_of_a_download_stands_in_lines(playbook: Playbook) -> None:
    read = entry(
        "download-read",
        at(1),
        counts={"posts": 4},
        days={"posts": "2019-05-04 2019-05-07"},
        file="facebook.zip",
        files={"posts_1.json": "a" * 64},
    )
    [shown] = build_case_diary(account("facebook", read), playbook)
    assert shown.sentence == "Meta's download read, its counts noted: facebook.zip"
    details = {detail.label: detail.value for detail in shown.details}
    assert details["First and last day"] == "posts: 4 May 2019 to 7 May 2019"
    assert details["Counted"] == "posts: 4"
    assert details["SHA-256 of what was read"] == f"posts_1.json: {'a' * 64}"
