"""The ids of entries: in the order of writing, and of each entry its own, whatever the clocks say."""

import os
from itertools import pairwise

import pytest

from metaoptout_tui.core.record.event_ids import moment_of_id, new_event_id
from samples import NOW, at


@pytest.mark.parametrize("after", ["", new_event_id(at(-30), bytes(10)), "zzz", "7" + "Z" * 24 + "Y"])
def test_ids_grow_though_the_clock_was_set_back(after: str) -> None:
    ids = [after]
    for _ in range(50):
        ids.append(new_event_id(NOW, os.urandom(10), after=ids[-1]))
    assert all(one < other for one, other in pairwise(ids))
    assert max(map(len, ids)) <= len(after) + 26


@pytest.mark.parametrize("after", [new_event_id(at(-30), bytes(10)), "zzz", "zzz" + new_event_id(at(-30), bytes(10))])
def test_two_copies_whose_clocks_are_behind_their_newest_entry_write_different_ids(after: str) -> None:
    written = {new_event_id(NOW, os.urandom(10), after=after) for _ in range(100)}
    assert len(written) == 100


def test_an_id_after_one_of_the_future_is_of_that_moment_too() -> None:
    ahead = new_event_id(at(-30), bytes(10))
    for _ in range(20):
        ahead = new_event_id(NOW, b"\xff" * 10, after=ahead)
    assert moment_of_id(ahead) == at(-30)
