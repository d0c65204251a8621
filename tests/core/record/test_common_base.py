"""What two copies had in common before they parted, from the versions that are kept: laws, and cases a person meets."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import timedelta
from hashlib import sha256
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.record.accounts import Account, Person, Record
from metaoptout_tui.core.record.common_base import EarlierVersion, RecordCopy, find_common_base
from metaoptout_tui.core.record.event_ids import new_event_id
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.merge import MergeConflict, join_records
from metaoptout_tui.core.record.removals import with_removals_noted
from samples import account, at, record

COUNTRY, NAME = MergeConflict("", "country"), MergeConflict("facebook", "name")
BEGINNING = record(account("facebook"))
_numbers = iter(range(1, 1_000_000))


WORDS = st.sampled_from(["", "one", "two"])
VALUES = {"extra": st.dictionaries(WORDS.filter(bool), WORDS), "linked_group": st.none() | WORDS, "events": st.just(())}
PERSONS = st.builds(Person, **{field.name: VALUES.get(field.name, WORDS) for field in fields(Person)})
ACCOUNTS = st.builds(Account, **{field.name: VALUES.get(field.name, WORDS) for field in fields(Account)})


class Line(NamedTuple):
    """The versions of one computer, oldest first, each a minute later."""

    versions: tuple[EarlierVersion, ...]

    @property
    def now(self) -> EarlierVersion:
        return self.versions[-1]

    def then(self, changed: Record) -> "Line":
        before = self.now
        written = before.written + timedelta(minutes=1)
        return Line((*self.versions, EarlierVersion(changed, written, digest_of(changed), before.digest)))

    def with_note(self) -> "Line":
        moment = self.now.written + timedelta(minutes=1)
        id = new_event_id(moment, next(_numbers).to_bytes(10, "big"))
        note = Event(id, moment, "noted", {"step": "open", "text": "x"})
        changed = self.now.record
        return self.then(changed.with_account(changed.accounts[0].with_event(note)))

    def with_country(self, country: str) -> "Line":
        return self.then(replace(self.now.record, person=replace(self.now.record.person, country=country)))

    def with_name(self, name: str) -> "Line":
        return self.then(self.now.record.with_account(replace(self.now.record.accounts[0], name=name)))


def digest_of(version: Record) -> str:
    return sha256(repr(version).encode()).hexdigest()[:8]


def line_from(first: Record) -> Line:
    return Line((EarlierVersion(first, at(30), digest_of(first), is_beginning=True),))


def copy_of(line: Line, *, is_dated: bool = True, has_digest: bool = False) -> RecordCopy:
    now = line.now
    return RecordCopy(now.record, now.digest if has_digest else "", now.written if is_dated else None)


def base_of(ours: Line, copy: RecordCopy, kept: Sequence[EarlierVersion]) -> Record:
    return find_common_base(ours.now.record, ours.now.digest, copy, kept)


def changes(tag: str) -> st.SearchStrategy[list[tuple[str, str]]]:
    """Changes one after the other; no value is ever the same as one before."""
    kinds = st.lists(st.sampled_from(["note", "country", "name"]), max_size=4)
    return kinds.map(lambda some: [(kind, f"{tag}{number}") for number, kind in enumerate(some)])


def grown(line: Line, some: Sequence[tuple[str, str]]) -> Line:
    for kind, value in some:
        if kind == "note":
            line = line.with_note()
        else:
            line = line.with_country(value) if kind == "country" else line.with_name(value)
    return line


class TestLaws:
    @given(changes("a"), changes("b"), changes("c"), st.data())
    def test_whatever_is_kept_nothing_that_both_changed_is_decided_unasked(
        self,
        before: list[tuple[str, str]],
        here: list[tuple[str, str]],
        there: list[tuple[str, str]],
        data: st.DataObject,
    ) -> None:
        common = grown(line_from(BEGINNING), before)
        ours, theirs = grown(common, here), grown(common, there)
        kept = data.draw(st.lists(st.sampled_from(ours.versions), unique_by=id).map(lambda some: [*some, ours.now]))
        copy = copy_of(theirs, is_dated=data.draw(st.booleans()), has_digest=data.draw(st.booleans()))
        joined = join_records(ours.now.record, copy.record, base=base_of(ours, copy, kept))
        for clash, values in (
            (COUNTRY, [line.now.record.person.country for line in (common, ours, theirs)]),
            (NAME, [line.now.record.accounts[0].name for line in (common, ours, theirs)]),
        ):
            base, mine, yours = values
            got = joined.record.person.country if clash is COUNTRY else joined.record.accounts[0].name
            if clash in joined.conflicts:
                assert mine != yours
            elif mine == base:
                assert got == yours
            else:
                assert yours == base
                assert got == mine

    @given(changes("a"), changes("b"), changes("c"))
    def test_where_every_version_of_both_is_kept_only_what_both_changed_is_asked(
        self, before: list[tuple[str, str]], here: list[tuple[str, str]], there: list[tuple[str, str]]
    ) -> None:
        common = grown(line_from(BEGINNING), before)
        ours, theirs = grown(common, here), grown(common, there)
        copy = copy_of(theirs, has_digest=True)
        base = base_of(ours, copy, [*ours.versions, *theirs.versions])
        joined = join_records(ours.now.record, copy.record, base=base)
        both = {kind for kind, _ in here} & {kind for kind, _ in there}
        asked = {{"country": "country", "name": "name"}[kind] for kind in both - {"note"}}
        assert {clash.subject for clash in joined.conflicts} == asked

    @given(PERSONS, ACCOUNTS)
    def test_every_value_of_a_person_and_an_account_is_known_where_all_versions_say_it_alike(
        self, person: Person, account: Account
    ) -> None:
        common = line_from(Record(person, (account,))).with_note().with_note()
        ours, theirs = common.with_note(), common.with_note()
        base = base_of(ours, copy_of(theirs), ours.versions)
        assert base.person == person
        assert replace(base.accounts[0], events=()) == account


class TestCases:
    def test_what_only_this_computer_changed_stays_and_what_only_the_other_changed_is_taken(self) -> None:
        common = line_from(BEGINNING).with_note()
        ours = common.with_note().with_country("DE")
        theirs = common.with_name("Anna Jansen").with_note()
        copy = copy_of(theirs)
        joined = join_records(ours.now.record, copy.record, base=base_of(ours, copy, ours.versions))
        assert not joined.conflicts
        assert joined.record.person.country == "DE"
        assert joined.record.accounts[0].name == "Anna Jansen"
        assert len(joined.record.accounts[0].events) == 3

    def test_an_address_that_only_the_other_computer_cleared_is_cleared(self) -> None:
        common = line_from(BEGINNING).with_note()
        theirs = common.then(replace(common.now.record, person=Person("NL", "en", ""))).with_note()
        copy, ours = copy_of(theirs), common.with_note()
        joined = join_records(ours.now.record, copy.record, base=base_of(ours, copy, ours.versions))
        assert not joined.conflicts
        assert joined.record.person.email == ""

    def test_an_older_copy_of_this_record_changes_nothing(self) -> None:
        older = line_from(BEGINNING).with_country("BE")
        ours = older.with_country("DE").with_name("Anna Jansen").with_note()
        copy = copy_of(older, is_dated=False, has_digest=True)
        base = base_of(ours, copy, ours.versions)
        assert join_records(ours.now.record, copy.record, base=base) == (ours.now.record, ())

    def test_what_may_have_been_changed_before_or_after_they_parted_is_asked(self) -> None:
        common = line_from(BEGINNING).with_note()
        ours = common.with_country("DE")
        copy = RecordCopy(common.with_country("BE").now.record)
        joined = join_records(ours.now.record, copy.record, base=base_of(ours, copy, ours.versions))
        assert joined.conflicts == (COUNTRY,)

    def test_a_version_between_that_is_no_longer_kept_is_not_taken_as_unchanged(self) -> None:
        common = line_from(BEGINNING).with_country("BE").with_note()
        ours = common.with_country("DE").with_note().with_note()
        copy = copy_of(common.with_note())
        kept = [version for version in ours.versions if version.record != common.now.record]
        joined = join_records(ours.now.record, copy.record, base=base_of(ours, copy, kept))
        assert joined.conflicts == (COUNTRY,)

    def test_copies_that_were_joined_before_are_asked_about_what_both_changed_since(self) -> None:
        common = line_from(BEGINNING).with_note()
        theirs = common.with_country("BE").with_note()
        first = join_records(common.now.record, theirs.now.record, take_theirs=[COUNTRY]).record
        ours = common.then(first).with_country("DE").with_note()
        again = theirs.with_country("FR").with_note()
        copy = copy_of(again)
        joined = join_records(ours.now.record, copy.record, base=base_of(ours, copy, ours.versions))
        assert joined.conflicts == (COUNTRY,)

    def test_without_any_earlier_version_all_that_differs_is_asked(self) -> None:
        ours, theirs = line_from(BEGINNING).with_country("DE"), line_from(BEGINNING).with_note()
        for kept in ((), (ours.now,)):
            copy = copy_of(theirs)
            joined = join_records(ours.now.record, copy.record, base=base_of(ours, copy, kept))
            assert joined.conflicts == (COUNTRY,)

    def test_a_removed_account_stays_removed_whichever_version_both_began_from(self) -> None:
        common = line_from(record(account("facebook"), account("threads"))).with_note()
        ours = common.then(with_removals_noted(common.now.record, common.now.record.without_account("threads")))
        copy = copy_of(common.with_note(), has_digest=True)
        base = base_of(ours, copy, ours.versions)
        joined = join_records(ours.now.record, copy.record, base=base)
        assert [each.id for each in joined.record.accounts] == ["facebook"]
