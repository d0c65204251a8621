"""The table of event kinds is complete, and fits the texts and the letters."""

from datetime import datetime

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.letters.letter_facts import LetterFacts
from metaoptout_tui.core.objection.tasks import TASK_KINDS, TaskKind
from metaoptout_tui.core.record.event_kinds import EVENT_KINDS, EventKind, event_field, rules_of
from metaoptout_tui.core.record.events import step_recorded_by
from metaoptout_tui.core.record.vocabulary import PeriodKind
from metaoptout_tui.documents.letters import letter_ids_for
from samples import NOW, entry


def test_every_kind_has_its_rules() -> None:
    assert set(EVENT_KINDS) == set(EventKind)


@pytest.mark.parametrize("kind", EventKind)
def test_the_rules_of_a_kind_are_whole(kind: EventKind, playbook: Playbook) -> None:
    rules = rules_of(kind)
    assert not set(rules.required_fields) & set(rules.optional_fields)
    assert set(rules.fields_in_sentence) <= {*rules.fields, "reference"}
    assert all(name == field.name for name, field in rules.fields.items())
    assert rules.words == "" or rules.text_id == ""
    assert rules.words or rules.text_id or rules.step is StepId.REVIEW
    if rules.text_id:
        assert rules.text_id in playbook.texts
    if rules.fact_of_day:
        assert rules.is_in_timeline
        assert rules.fact_of_day in LetterFacts.__dataclass_fields__
    if rules.role in ("reply", "sent", "later-reply", "closing"):
        assert rules.text_id or rules.recorded_letters, "a reply has a text, what is sent has a letter"
    else:
        assert rules.state_after is None
        assert not rules.ends
    assert step_recorded_by(entry(kind, NOW)) == (rules.step or "")


def test_each_legal_period_is_started_by_one_kind_and_ended_by_some() -> None:
    assert sorted(rule for rules in EVENT_KINDS.values() for rule in rules.starts) == sorted(PeriodKind)
    assert {rule for rules in EVENT_KINDS.values() for rule in rules.ends} == set(PeriodKind)


def test_each_letter_is_recorded_as_one_kind_and_there_is_such_a_letter(playbook: Playbook) -> None:
    letters = [letter for rules in EVENT_KINDS.values() for letter in rules.recorded_letters]
    assert len(letters) == len(set(letters))
    assert set(letters) <= {id for region in playbook.regions for id in letter_ids_for(region.law)}


def test_a_kind_from_a_newer_version_does_nothing_and_its_fields_are_read_by_their_names() -> None:
    rules = rules_of("from-the-future")
    assert (rules.role, rules.step, rules.state_after, rules.starts, rules.ends) == ("unknown", None, None, (), ())
    field = event_field("from-the-future", "to")
    assert field is not None
    assert field.value_type is str
    assert event_field("from-the-future", "anything") is None
    corrected = event_field(EventKind.DATE_CORRECTED, "to")
    assert corrected is not None
    assert corrected.value_type is datetime


def test_every_kind_of_task_has_its_rules_and_its_texts(playbook: Playbook) -> None:
    assert set(TASK_KINDS) == set(TaskKind)
    for kind, rules in TASK_KINDS.items():
        assert f"next.{kind}" in playbook.texts
        assert (f"next.{kind}-later" in playbook.texts) == rules.has_later_text
