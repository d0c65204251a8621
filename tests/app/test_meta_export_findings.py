"""What a download says is taken into the record as one change."""

from datetime import date

from metaoptout_tui.app.imports.meta_export_findings import take_findings
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.meta_export_comparison import ExportFinding, FindingKind
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.event_kinds import EventKind
from samples import Clock, account, open_session, record

NEW = ExportFinding(
    FindingKind.NEW_ACCOUNT, "instagram", "@zoe.pics", "ig.zip", email="zoe@example.org", linked_group="mine"
)
LINK = ExportFinding(
    FindingKind.LINK, "facebook", "Anna", "fb.zip", "facebook", linked_group="mine", linked_on=date(2024, 5, 7)
)
ADDRESS = ExportFinding(FindingKind.EMAIL, "facebook", "Anna", "fb.zip", "facebook", "zoe@example.org")
NAME = ExportFinding(FindingKind.NAME, "facebook", "zoe.example", "fb.zip", "facebook")


def test_all_that_is_ticked_is_one_change_and_undone_as_one(playbook: Playbook, clock: Clock) -> None:
    saved: list[Record] = []
    before = record(account("facebook"))
    session = open_session(playbook, clock, saved, before)
    take_findings(session, [NEW, LINK, ADDRESS, NAME])
    assert len(saved) == 1
    facebook, instagram = session.record.accounts
    assert (facebook.name, facebook.email, facebook.linked_group) == ("zoe.example", "zoe@example.org", "mine")
    assert (instagram.name, instagram.email, instagram.linked_group) == ("@zoe.pics", "zoe@example.org", "mine")
    linked = next(event for event in facebook.events if event.kind == EventKind.LINKED_GROUP_CHANGED)
    assert linked.at.date() == date(2024, 5, 7)
    assert instagram.events[0].text("since") == "unknown"
    session.undo_stack.undo()
    assert session.record.accounts == before.accounts


def test_taking_nothing_changes_nothing(playbook: Playbook, clock: Clock) -> None:
    saved: list[Record] = []
    take_findings(open_session(playbook, clock, saved, record(account("facebook"))), [])
    assert saved == []


def test_what_is_typed_elsewhere_stays(playbook: Playbook, clock: Clock) -> None:
    session = open_session(playbook, clock, [], record(account("facebook")))
    session.drafts.save("account:facebook", {"name": "half a na"})
    take_findings(session, [ADDRESS])
    assert session.drafts.read("account:facebook") == {"name": "half a na"}
