"""Entries without an id that have the same moment count in the order of the file, however often and with what it is read."""

from collections.abc import Sequence
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.status import compute_statuses
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.events import events_in_force
from metaoptout_tui.core.record.merge import merge_records
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.guidance.loader import public_holiday_name
from metaoptout_tui.storage.progress_document import parse_document
from samples import NOW

DAY = date(2026, 8, 3)
NOTES = st.sampled_from(["a", "b", "c"])


def read(*accounts: Sequence[dict[str, object]]) -> Record:
    """The record in a file with these entries, an account each."""
    tables = [
        {"id": f"facebook-{number}", "platform": "facebook", "name": f"A{number}", "hub": "", "event": list(events)}
        for number, events in enumerate(accounts)
    ]
    return parse_document({"schema": 1, "person": {"country": "NL"}, "account": tables}, NOW.tzinfo)


def kept(what: str, at: date = DAY, **fields: str) -> dict[str, object]:
    return {"at": at, "what": what, **fields}


def notes(*texts: str) -> list[dict[str, object]]:
    return [kept("noted", step="open", text=text) for text in texts]


def order(record: Record) -> list[str]:
    """The notes of the first account in the order in which they count."""
    return [event.text("text") for event in events_in_force(record.accounts[0].events)]


def test_accounts_with_the_same_diary_stand_alike(playbook: Playbook) -> None:
    diary = [kept(what) for what in ("filed", "code-asked", "answered", "confirmed-by-mail")]
    statuses = compute_statuses(read(*[diary] * 12), playbook, NOW, public_holiday_name)
    assert {status.state for status in statuses} == {AccountState.CONFIRMED}


@pytest.mark.parametrize("moment", [DAY, datetime(2026, 8, 3, 14, 5, tzinfo=NOW.tzinfo)])
def test_the_last_line_of_a_day_is_what_counts_last(playbook: Playbook, moment: date) -> None:
    for first, last, state in (
        ("confirmed-by-mail", "refused", AccountState.REFUSED),
        ("refused", "confirmed-by-mail", AccountState.CONFIRMED),
    ):
        diary = [kept("filed", moment), kept(first, moment), kept(last, moment)]
        assert compute_statuses(read(diary), playbook, NOW, public_holiday_name)[0].state is state


@given(st.lists(NOTES, max_size=8))
def test_the_order_is_that_of_the_file_at_every_reading(texts: list[str]) -> None:
    once, again = read(notes(*texts)), read(notes(*texts))
    assert once == again
    assert order(once) == texts


@given(st.lists(NOTES, max_size=5), st.integers(0, 5), st.integers(0, 5), NOTES, NOTES)
def test_copies_with_one_entry_more_join_to_the_same_in_either_order(
    texts: list[str], place: int, other_place: int, text: str, other_text: str
) -> None:
    base = read(notes(*texts))
    ours = read(notes(*texts[:place], text, *texts[place:]))
    theirs = read(notes(*texts[:other_place], other_text, *texts[other_place:]))
    for one, other in ((base, ours), (theirs, base), (theirs, ours)):
        joined, turned = merge_records(base, one, other), merge_records(base, other, one)
        assert joined.conflicts == turned.conflicts == ()
        assert order(joined.record) == order(turned.record)
    assert order(merge_records(base, base, ours).record) == order(ours)
    assert sorted(set(order(merge_records(base, theirs, ours).record))) == sorted({*texts, text, other_text})


def test_an_entry_that_has_an_id_keeps_it() -> None:
    written = kept("noted", step="open", text="a") | {"id": "01M6NBHK00HXKB0MN891V4XQ9A"}
    assert read([written]).accounts[0].events[0].id == "01M6NBHK00HXKB0MN891V4XQ9A"
