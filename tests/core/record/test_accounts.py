"""What the accounts of a record say of one another."""

from metaoptout_tui.core.record.accounts import evidence_events_by_event_id
from samples import account, at, entry, record


def test_a_linked_group_is_all_that_name_it_and_the_account_itself() -> None:
    facebook, instagram = account("facebook", hub="home"), account("instagram", hub="home")
    threads, unknown = account("threads", hub=""), account("whatsapp", hub=None)
    everything = record(facebook, instagram, threads, unknown)
    assert everything.linked_with(instagram) == (facebook, instagram)
    assert everything.linked_with(threads) == ()
    assert everything.linked_with(unknown) == ()


def test_files_stand_at_the_entry_that_they_prove() -> None:
    filed = entry("filed", at(9))
    files = [
        entry("evidence", at(days), file=f"{days}.eml", sha256="ab", bytes=1, of=of)
        for days, of in ((8, filed.id), (7, filed.id), (6, "gone"))
    ]
    assert evidence_events_by_event_id(account("facebook", filed, *files)) == {filed.id: files[:2]}
