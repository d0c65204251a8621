"""All entries of all accounts in the order things happened."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.case_file.diary import timeline_of_account, timeline_of_record
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
