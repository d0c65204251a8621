"""Two versions of a record joined by what each changed: the laws, and the cases a person meets."""

from collections import Counter
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.record.accounts import ACCOUNT_VALUES, PERSON_TEXTS, Account, Person, Record
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.merge import MergeConflict, describe_subject, merge_records
from metaoptout_tui.core.record.remembered import NOTHING_REMEMBERED, OF_PERSON, ChatPrivacy, Remembered
from samples import NOW, account, at, entry, record

VALUES = st.sampled_from(["", "one", "two"])
EXTRAS = st.dictionaries(st.sampled_from(["colour", "size"]), VALUES, max_size=2)
REMEMBERED = st.dictionaries(
    st.sampled_from([OF_PERSON, "facebook"]),
    st.builds(
        Remembered,
        st.dictionaries(st.sampled_from(["name", "profile"]), st.sampled_from(["one", "two"])),
        st.frozensets(st.sampled_from(["name", "profile"])),
        st.none() | st.booleans(),
        st.dictionaries(st.just("Family"), st.sampled_from([ChatPrivacy("Family"), ChatPrivacy("Family", "on")])),
        EXTRAS,
    ),
    max_size=2,
).map(lambda remembered: {id: each for id, each in remembered.items() if each != NOTHING_REMEMBERED})
ENTRIES = [f"01{letter * 24}" for letter in "ABCDEF"]


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Any record of up to three accounts, whose entries stand in whichever of them."""
    ids = draw(st.lists(st.sampled_from(["facebook", "instagram", "threads"]), unique=True))
    diaries: dict[str, list[Event]] = {id: [] for id in ids}
    for id in draw(st.permutations(ENTRIES)) if ids else ():
        home = draw(st.sampled_from([*ids, ""]))
        if home:
            diaries[home].append(Event(id, NOW, "noted", {"step": "open", "text": draw(VALUES)}))
    accounts = tuple(
        Account(id, id, draw(VALUES), draw(VALUES), draw(st.none() | VALUES), tuple(diaries[id]), draw(EXTRAS))
        for id in ids
    )
    drafts = draw(
        st.dictionaries(st.sampled_from(["account", "person"]), st.builds(lambda name: {"name": name}, VALUES))
    )
    values: dict[str, Any] = {field.name: draw(EXTRAS if field.name == "extra" else VALUES) for field in fields(Person)}
    return Record(Person(**values), accounts, drafts, draw(EXTRAS), remembered=draw(REMEMBERED))


@st.composite
def additions(draw: st.DrawFn, base: Record, mark: str) -> Record:
    """A later version of `base` with entries and accounts more, which no other version has."""
    version = base
    for number in range(draw(st.integers(0, 2))):
        version = version.with_account(Account(f"{mark}-{number}", "facebook", mark))
    for number in range(draw(st.integers(0, 3)) if version.accounts else 0):
        home = draw(st.sampled_from(version.accounts))
        version = version.with_account(home.with_event(Event(f"01{mark}{number}", NOW, "closed")))
    return version


def values_of(person: Person, field: str) -> list[tuple[str, object]]:
    """A value of a person with its name; of unknown keys each, whether it is there or not."""
    if field == "extra":
        return [(name, person.extra.get(name)) for name in ("colour", "size")]
    return [(field, getattr(person, field))]


def places(progress: Record) -> dict[str, tuple[str, Event]]:
    return {event.id: (each.id, event) for each in progress.accounts for event in each.events}


def unordered(progress: Record) -> object:
    """A record without the order in which its accounts and entries stand."""
    accounts = sorted(
        (replace(each, events=tuple(sorted(each.events))) for each in progress.accounts), key=lambda each: each.id
    )
    return (progress.person, accounts, progress.drafts, progress.extra, progress.remembered)


class TestLaws:
    @given(records(), records())
    def test_where_one_changed_nothing_the_other_is_the_whole(self, base: Record, changed: Record) -> None:
        assert merge_records(base, base, changed) == (changed, ())
        assert merge_records(base, changed, base) == (changed, ())

    @given(records(), records())
    def test_where_both_changed_the_same_it_is_taken_once(self, base: Record, changed: Record) -> None:
        assert merge_records(base, changed, changed) == (changed, ())

    @given(records(), records(), records())
    def test_joining_again_changes_nothing_more(self, base: Record, theirs: Record, ours: Record) -> None:
        joined = merge_records(base, theirs, ours).record
        assert unordered(merge_records(base, theirs, joined).record) == unordered(joined)
        assert unordered(merge_records(base, joined, ours).record) == unordered(joined)

    @given(records(), records(), records())
    def test_without_a_clash_it_matters_to_nobody_whose_version_is_called_ours(
        self, base: Record, theirs: Record, ours: Record
    ) -> None:
        one, other = merge_records(base, theirs, ours), merge_records(base, ours, theirs)
        assert {clash.subject for clash in one.conflicts} == {clash.subject for clash in other.conflicts}
        if not one.conflicts:
            assert unordered(one.record) == unordered(other.record)

    @given(st.data())
    def test_of_three_versions_that_only_add_any_two_may_be_joined_first(self, data: st.DataObject) -> None:
        base = data.draw(records())
        one, two, three = (data.draw(additions(base, mark)) for mark in "XYZ")
        left = merge_records(base, merge_records(base, one, two).record, three).record
        right = merge_records(base, one, merge_records(base, two, three).record).record
        assert unordered(left) == unordered(right)

    @given(records(), records(), records())
    def test_no_entry_is_lost_that_either_added(self, base: Record, theirs: Record, ours: Record) -> None:
        joined = places(merge_records(base, theirs, ours).record)
        added = {*places(theirs), *places(ours)} - set(places(base))
        assert added <= set(joined)

    @given(records(), records(), records())
    def test_an_entry_never_stands_twice_and_always_as_one_of_the_two_wrote_it(
        self, base: Record, theirs: Record, ours: Record
    ) -> None:
        joined = merge_records(base, theirs, ours).record
        counted = Counter(event.id for each in joined.accounts for event in each.events)
        assert set(counted.values()) <= {1}
        for id, place in places(joined).items():
            assert place in (places(theirs).get(id), places(ours).get(id))

    @given(records(), records(), records())
    def test_what_one_removed_and_the_other_left_alone_is_gone(
        self, base: Record, theirs: Record, ours: Record
    ) -> None:
        joined = merge_records(base, theirs, ours).record
        for each in base.accounts:
            one, other = theirs.account_by_id(each.id), ours.account_by_id(each.id)
            if (one is None and other == each) or (other is None and one == each):
                assert joined.account_by_id(each.id) is None

    @given(records(), records(), records(), st.sampled_from([each.name for each in fields(Person)]))
    def test_a_value_that_one_changed_is_theirs_and_one_that_both_changed_is_ours_and_said(
        self, base: Record, theirs: Record, ours: Record, field: str
    ) -> None:
        joined = merge_records(base, theirs, ours)
        pairs = zip(*(values_of(version.person, field) for version in (base, theirs, ours, joined.record)), strict=True)
        for (name, before), (_there, there), (_here, here), (_got, got) in pairs:
            assert got == (there if here == before else here)
            if field != "extra":  # the record itself may have an unknown key of that name too
                assert (MergeConflict("", name) in joined.conflicts) == (here != before and there not in (before, here))

    def test_every_value_of_a_person_and_an_account_is_named_in_words(self) -> None:
        for conflict in (
            *(MergeConflict("", name) for name in PERSON_TEXTS),
            *(MergeConflict("facebook", name) for name in ACCOUNT_VALUES.values()),
        ):
            assert f"“{conflict.subject}”" not in describe_subject(conflict, BASE)


FACEBOOK = account("facebook", entry("filed", at(3)))
INSTAGRAM = account("instagram", entry("step-done", at(2), step="identify"))
BASE = record(FACEBOOK, INSTAGRAM)


class TestCases:
    def test_an_entry_taken_back_here_does_not_return_from_there(self) -> None:
        theirs = replace(BASE, person=Person("BE", "nl", "anna@example.org"))
        ours = BASE.with_account(replace(INSTAGRAM, events=()))
        joined = merge_records(BASE, theirs, ours)
        assert joined.record == replace(theirs, accounts=ours.accounts)
        assert not joined.conflicts

    @pytest.mark.parametrize("swap", [False, True])
    def test_an_account_that_one_removed_and_the_other_wrote_in_stays_whole(self, *, swap: bool) -> None:
        removed = BASE.without_account("facebook")
        written = BASE.with_account(FACEBOOK.with_event(entry("confirmed-by-mail", at(1))))
        joined = merge_records(BASE, written, removed) if swap else merge_records(BASE, removed, written)
        assert joined.record.account_by_id("facebook") == written.account_by_id("facebook")
        assert joined.conflicts == (MergeConflict("facebook", "removed"),)

    def test_entries_of_both_stand_in_one_diary(self) -> None:
        theirs = BASE.with_account(FACEBOOK.with_event(entry("confirmed-on-screen", at(2))))
        ours = BASE.with_account(FACEBOOK.with_event(entry("confirmed-by-mail", at(1))))
        joined = merge_records(BASE, theirs, ours).record.account_by_id("facebook")
        assert joined is not None
        assert {event.kind for event in joined.events} == {"filed", "confirmed-on-screen", "confirmed-by-mail"}

    def test_an_entry_moved_to_another_account_by_hand_stands_there_alone(self) -> None:
        [step] = INSTAGRAM.events
        theirs = BASE.with_account(replace(INSTAGRAM, events=())).with_account(FACEBOOK.with_event(step))
        ours = BASE.with_account(replace(INSTAGRAM, name="@anna.nl"))
        joined = merge_records(BASE, theirs, ours).record
        assert places(joined)[step.id][0] == "facebook"

    def test_each_value_of_an_account_is_taken_from_who_changed_it(self) -> None:
        theirs = BASE.with_account(replace(FACEBOOK, linked_group="private", name="Anna Jansen"))
        ours = BASE.with_account(replace(FACEBOOK, email="new@example.org", name="Anna J"))
        joined = merge_records(BASE, theirs, ours)
        found = joined.record.account_by_id("facebook")
        assert found is not None
        assert (found.name, found.email, found.linked_group) == ("Anna J", "new@example.org", "private")
        assert joined.conflicts == (MergeConflict("facebook", "name"),)

    def test_an_account_that_both_added_is_one_with_the_entries_of_both(self) -> None:
        theirs = BASE.with_account(account("threads", entry("account-added", at(1))))
        ours = BASE.with_account(account("threads", entry("account-added", at(2))))
        joined = merge_records(BASE, theirs, ours)
        found = joined.record.account_by_id("threads")
        assert found is not None
        assert len(found.events) == 2
        assert not joined.conflicts
