"""A note or a reference is corrected by an entry of its own: what was written first stays, and the newest word counts."""

from datetime import datetime

import pytest

from metaoptout_tui.core.record.events import Event, correctable_fields, events_in_force, fields_to_correct
from metaoptout_tui.core.record.merge import merge_records
from samples import account, at, entry, record

FILED = entry("filed", at(9))
REFUSED = entry("refused", at(3), reference="Case 12", note="It came from X")
NOTED = entry("noted", at(2), step="confirm", text="Used the laptop")


def corrected(event: Event, field: str, to: str, when: datetime | None = None) -> Event:
    return entry("text-corrected", when or at(1), entry=event.id, field=field, to=to)


def now(event: Event, *corrections: Event) -> Event:
    """The entry as it counts with these corrections."""
    in_force = events_in_force((FILED, event, *corrections))
    assert [each.kind for each in in_force] == ["filed", event.kind]
    return in_force[1]


@pytest.mark.parametrize(("event", "field"), [(REFUSED, "reference"), (REFUSED, "note"), (NOTED, "text")])
def test_the_new_words_count_and_all_else_stays(event: Event, field: str) -> None:
    after = now(event, corrected(event, field, "Better"))
    assert after.text(field) == "Better"
    assert {**after.fields, field: event.text(field)} == dict(event.fields)
    assert (after.at, after.id) == (event.at, event.id)


def test_the_newest_correction_counts_in_whatever_order_copies_were_joined() -> None:
    first, second = corrected(REFUSED, "reference", "Case 13"), corrected(REFUSED, "reference", "Case 21")
    assert now(REFUSED, second, first) == now(REFUSED, first, second)
    assert now(REFUSED, first, second).text("reference") == "Case 21"
    here, there = (record(account("facebook", FILED, REFUSED, each)) for each in (first, second))
    joined = merge_records(record(account("facebook", FILED, REFUSED)), here, there).record.accounts[0].events
    assert events_in_force(joined)[1].text("reference") == "Case 21"


def test_an_empty_correction_removes_the_words() -> None:
    assert "note" not in now(REFUSED, corrected(REFUSED, "note", "")).fields


def test_metas_words_can_be_corrected_and_added_where_it_gave_reasons_and_the_answer_where_there_is_one() -> None:
    refused = entry("refused", at(5), grounds="given")
    assert fields_to_correct(refused) == ("meta-words", "reference")
    assert "meta-words" not in fields_to_correct(entry("refused", at(5), grounds="none"))
    reworded = now(refused, corrected(refused, "meta-words", "Our interests outweigh yours."))
    assert reworded.text("meta-words") == "Our interests outweigh yours."
    answered = entry("answered", at(4), **{"answer-words": "I can log on"})
    assert fields_to_correct(answered) == ("answer-words", "reference")
    assert now(answered, corrected(answered, "answer-words", "I can log in")).text("answer-words") == "I can log in"
    assert "answer-words" not in fields_to_correct(entry("answered", at(4)))


def test_a_field_that_an_entry_cannot_have_is_left_alone() -> None:
    assert now(NOTED, corrected(NOTED, "reference", "Case 12"), corrected(NOTED, "step", "open")) == NOTED
    assert now(REFUSED, corrected(FILED, "email", "other@example.org")) == REFUSED


def test_what_can_be_corrected_are_words_and_the_form() -> None:
    assert correctable_fields("noted") == ("text", "note")
    assert correctable_fields("refused") == ("meta-words", "reference", "note")
    assert correctable_fields("answered") == ("answer-words", "reference", "note")
    assert correctable_fields("filed") == ("form", "email", "note")
    for kind in ("date-corrected", "text-corrected", "evidence", "account-added", "of a newer version"):
        assert correctable_fields(kind) == ()
