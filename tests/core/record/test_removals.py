"""What was undone or removed leaves a mark, and no join brings it back; the laws of joining two copies."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.record.accounts import Account, Person, Record
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.merge import join_records, merge_records
from metaoptout_tui.core.record.removals import ids_of, is_removed, with_removals_noted, without_removed
from samples import NOW

ENTRIES = [f"01{letter * 24}" for letter in "ABCDEF"]
HOMES = {id: ("facebook", "instagram", "threads")[number % 3] for number, id in enumerate(ENTRIES)}


@st.composite
def copies(draw: st.DrawFn) -> Record:
    """A copy of one person's record as one machine may have it: an entry says the same in each, marks are its own.

    What was taken out and put back is there.
    """
    marks = draw(st.dictionaries(st.sampled_from([*ENTRIES, *sorted(set(HOMES.values()))]), st.integers(1, 4)))
    accounts = []
    for id in draw(st.lists(st.sampled_from(sorted(set(HOMES.values()))), unique=True)):
        present = draw(st.lists(st.sampled_from([each for each in ENTRIES if HOMES[each] == id]), unique=True))
        events = tuple(Event(each, NOW, "noted", {"step": "open", "text": each}) for each in sorted(present))
        accounts.append(Account(id, id, "Anna", "anna@example.org", None, events))
    full = Record(Person("NL"), tuple(accounts))
    there = set(ids_of(full))
    removals = {id: count for id, count in marks.items() if count % 2 or id in there}
    return without_removed(replace(full, removals=removals))


def content(record: Record) -> object:
    """A record without the order in which its accounts and entries stand."""
    accounts = sorted(
        (replace(each, events=tuple(sorted(each.events))) for each in record.accounts), key=lambda a: a.id
    )
    return record.person, accounts, dict(record.removals)


def joined(one: Record, other: Record) -> Record:
    return join_records(one, other).record


class TestJoining:
    @given(copies())
    def test_a_copy_joined_with_itself_is_itself(self, one: Record) -> None:
        assert joined(one, one) == one
        assert joined(one, one).removals == one.removals

    @given(copies(), copies())
    def test_it_matters_to_nobody_which_copy_comes_first(self, one: Record, other: Record) -> None:
        assert content(joined(one, other)) == content(joined(other, one))

    @given(copies(), copies())
    def test_joining_once_more_changes_nothing(self, one: Record, other: Record) -> None:
        both = joined(one, other)
        assert content(joined(both, other)) == content(both)
        assert content(joined(one, both)) == content(both)

    @given(copies(), copies(), copies())
    def test_of_three_copies_any_two_may_be_joined_first(self, one: Record, two: Record, three: Record) -> None:
        left, right = joined(joined(one, two), three), joined(one, joined(two, three))
        present = {event.id for account in left.accounts for event in account.events}
        assert present == {event.id for account in right.accounts for event in account.events}
        assert left.removals == right.removals or dict(left.removals) == dict(right.removals)

    @given(copies(), copies())
    def test_nothing_undone_or_removed_returns_and_nothing_else_is_lost(self, one: Record, other: Record) -> None:
        both = joined(one, other)
        present = set(ids_of(both))
        for id in {*ids_of(one), *ids_of(other), *one.removals, *other.removals}:
            count = max(one.removals.get(id, 0), other.removals.get(id, 0))
            was_there = id in {*ids_of(one), *ids_of(other)}
            if id in ENTRIES:
                assert (id in present) == (was_there and count % 2 == 0)
            elif was_there and count % 2 == 0:
                assert id in present


class TestMarks:
    @given(copies(), copies())
    def test_a_change_marks_what_it_takes_out_and_what_it_brings_back(self, before: Record, after: Record) -> None:
        marked = with_removals_noted(before, replace(after, removals=before.removals))
        assert not any(is_removed(marked.removals, id) for id in set(ids_of(after)) - set(ids_of(before)))
        assert all(is_removed(marked.removals, id) for id in set(ids_of(before)) - set(ids_of(after)))
        assert all(marked.removals[id] >= count for id, count in before.removals.items())

    def test_a_late_save_of_another_window_brings_nothing_back(self) -> None:
        event, late = (Event(id, NOW, "noted", {"step": "open", "text": "x"}) for id in ENTRIES[:2])
        base = Record(accounts=(Account("facebook", "facebook", "Anna", events=(event,)),))
        removed = with_removals_noted(base, Record())
        assert joined(removed, base).accounts == ()
        changed = base.with_account(base.accounts[0].with_event(late))
        both = merge_records(base, removed, changed)
        assert [each.id for account in both.record.accounts for each in account.events] == [late.id]
        assert "Removed in one and changed in the other, and therefore kept: Anna." in both.describe_conflicts()

    def test_what_was_given_back_stays_whichever_copy_is_older(self) -> None:
        base = Record(accounts=(Account("facebook", "facebook", "Anna"),))
        removed = with_removals_noted(base, Record())
        returned = with_removals_noted(removed, replace(base, removals=removed.removals))
        assert joined(returned, removed).accounts == joined(removed, returned).accounts == base.accounts
