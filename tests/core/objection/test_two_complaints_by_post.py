"""A complaint to Meta and one to the authority, both by post: neither ends what the other set going."""

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.applicable_guidance import ApplicableGuidance
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.sentences import task_sentence
from metaoptout_tui.core.objection.tasks import TaskKind
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record

REFUSED = (entry("filed", at(60)), entry("refused", at(50)))
TO_META = entry("complained-to-controller", at(5), by="letter")
TO_AUTHORITY = entry("complained", at(4), by="letter", authority="Information Commission")


def overview_of(playbook: Playbook, *events: Event) -> Overview:
    progress = record(account("facebook", *REFUSED, *events), country="GB")
    return compute_overview(progress, playbook, NOW, public_holiday_name)


def test_writing_to_the_authority_does_not_end_the_days_in_which_meta_must_acknowledge(playbook: Playbook) -> None:
    (status,) = overview_of(playbook, TO_META, TO_AUTHORITY).statuses
    ended = {str(deadline.kind): deadline.ended_by for deadline in status.deadlines}
    assert ended["acknowledgement"] is None
    assert ended["authority"] is None


def test_each_letter_is_asked_about_by_its_name(playbook: Playbook) -> None:
    overview = overview_of(playbook, TO_META, TO_AUTHORITY)
    asked = [task for task in overview.tasks if task.kind is TaskKind.LETTER_ARRIVED]
    assert {task.source_id for task in asked} == {TO_META.id, TO_AUTHORITY.id}
    words = {task_sentence(task, playbook) for task in asked}
    assert words == {
        "Write down when it arrived: Complaint sent to Meta (Facebook “Anna”)",
        "Write down when it arrived: Complaint sent to Information Commission (Facebook “Anna”)",
    }
    (alone,) = [task for task in overview_of(playbook, TO_META).tasks if task.kind is TaskKind.LETTER_ARRIVED]
    assert task_sentence(alone, playbook) == "Write down when your letter arrived: Facebook “Anna”"


def test_of_two_objections_by_post_each_is_asked_about_by_its_day(playbook: Playbook) -> None:
    first, again, same_day = (entry("filed", at(days), form="letter") for days in (34, 0, 0))
    progress = record(account("facebook", first, again, same_day))
    overview = compute_overview(progress, playbook, NOW, public_holiday_name)
    assert [task_sentence(task, playbook) for task in overview.tasks if task.kind is TaskKind.LETTER_ARRIVED] == [
        "Write down when it arrived: Objection sent by post, 20 Oct (Facebook “Anna”)",
        "Write down when it arrives, from 26 Nov on: Objection sent by post, 23 Nov (Facebook “Anna”)",
    ]


def test_a_missing_acknowledgement_asks_for_no_complaint_that_the_authority_has(playbook: Playbook) -> None:
    to_meta = entry("complained-to-controller", at(48))
    silent = overview_of(playbook, to_meta)
    assert TaskKind.SILENT_ACKNOWLEDGEMENT in [task.kind for task in silent.tasks]
    complained = overview_of(playbook, to_meta, entry("complained", at(4)))
    assert TaskKind.SILENT_ACKNOWLEDGEMENT not in [task.kind for task in complained.tasks]


def test_that_meta_comes_first_is_not_told_once_it_has_the_complaint(playbook: Playbook) -> None:
    def ids(*events: Event) -> set[str]:
        (status,) = overview_of(playbook, *events).statuses
        guidance = ApplicableGuidance(playbook, status, "confirm")
        return {each.id for each in (*guidance.all_statements(), *guidance.last_reply_statements())}

    assert "confirm.refused.uk" in ids()
    assert "confirm.refused.uk" not in ids(TO_META)
    assert "confirm.refused.uk" not in ids(TO_META, TO_AUTHORITY)
