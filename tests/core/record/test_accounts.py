"""What the accounts of a record say of one another."""

import pytest

from metaoptout_tui.core.record.accounts import Record, evidence_events_by_event_id
from samples import account, at, entry, record


def test_a_linked_group_is_all_that_name_it_and_the_account_itself() -> None:
    facebook, instagram = account("facebook", hub="home"), account("instagram", hub="home")
    threads, unknown = account("threads", hub=""), account("whatsapp", hub=None)
    everything = record(facebook, instagram, threads, unknown)
    assert everything.linked_with(instagram) == (facebook, instagram)
    assert everything.linked_with(threads) == ()
    assert everything.linked_with(unknown) == ()


@pytest.mark.parametrize(
    ("platforms", "likeliest"),
    [
        ((), "facebook"),
        (("facebook",), "instagram"),
        (("instagram",), "facebook"),
        (("facebook", "instagram"), "instagram"),
    ],
)
def test_a_new_account_is_likeliest_on_the_platform_that_is_missing(platforms: tuple[str, ...], likeliest: str) -> None:
    assert Record(accounts=tuple(map(account, platforms))).likeliest_new_platform == likeliest


def test_files_stand_at_the_entry_that_they_prove() -> None:
    filed = entry("filed", at(9))
    files = [
        entry("evidence", at(days), file=f"{days}.eml", sha256="ab", bytes=1, of=of)
        for days, of in ((8, filed.id), (7, filed.id), (6, "gone"))
    ]
    assert evidence_events_by_event_id(account("facebook", filed, *files)) == {filed.id: files[:2]}
