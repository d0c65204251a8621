"""Both values of what two copies hold in different ways, as a person reads them before choosing."""

from dataclasses import replace

import pytest

from metaoptout_tui.core.record.accounts import Account, Person, Record
from metaoptout_tui.core.record.conflict_values import values_in_conflict
from metaoptout_tui.core.record.merge import join_records
from metaoptout_tui.core.record.remembered import ME, OF_PERSON, ChatPrivacy, Remembered
from samples import account, record

HERE = record(replace(account("facebook", hub="private"), extra={"colour": "blue"}))


@pytest.mark.parametrize(
    ("there", "subject", "values"),
    [
        (account("facebook", hub="work"), "the link of Anna", ("in “private”", "in “work”")),
        (account("facebook", hub=""), "the link of Anna", ("in “private”", "not linked")),
        (
            account("facebook", hub="private", email="a@example.org"),
            "the e-mail address of Anna",
            ("anna@example.org", "a@example.org"),
        ),
        (replace(account("facebook", hub="private"), extra={"colour": "red"}), "“colour” of Anna", ("blue", "red")),
    ],
)
def test_both_values_are_shown_as_each_copy_has_them(there: Account, subject: str, values: tuple[str, str]) -> None:
    theirs = record(there)
    [conflict] = join_records(HERE, theirs).conflicts
    shown = values_in_conflict(conflict, HERE, theirs)
    assert (shown.subject, shown.here, shown.there) == (subject, *values)


def test_what_is_known_of_the_person_is_shown_too() -> None:
    here, there = Record(Person("NL")), Record(Person("BE"))
    [conflict] = join_records(here, there).conflicts
    shown = values_in_conflict(conflict, here, there)
    assert (shown.subject, shown.here, shown.there) == ("your country", "NL", "BE")


@pytest.mark.parametrize(
    ("owner", "here", "there", "subject", "values"),
    [
        (
            OF_PERSON,
            Remembered({"name": "Anna", "place": "Utrecht"}),
            Remembered({"name": "Anna Example", "place": "Utrecht"}),
            "the details in your letters",
            ("Anna", "Anna Example"),
        ),
        (
            "whatsapp",
            Remembered(chats={"Family": ChatPrivacy("Family", "on")}),
            Remembered(chats={"Family": ChatPrivacy("Family", "off", ME), "Club": ChatPrivacy("Club")}),
            "the privacy of the chat “Family”",
            ("on", "off me"),
        ),
    ],
)
def test_what_is_remembered_differs_value_by_value(
    owner: str, here: Remembered, there: Remembered, subject: str, values: tuple[str, str]
) -> None:
    ours, theirs = Record().with_remembered(owner, here), Record().with_remembered(owner, there)
    [conflict] = join_records(ours, theirs).conflicts
    shown = values_in_conflict(conflict, ours, theirs)
    assert (shown.subject, shown.here, shown.there) == (subject, *values)
    taken = join_records(ours, theirs, take_theirs=[conflict]).record
    assert taken.remembered_of(owner) == there
