"""The guidance in use: the program's own until the person accepts another, and always some that holds together."""

from datetime import date, datetime
from pathlib import Path

import pytest

from guidance_editions import BUNDLED_SERIAL, NEXT_SERIAL, bundled_bytes, document, newer, written
from metaoptout_tui.app.guidance.guidance_feed import GuidanceFeed, OfferedGuidance
from metaoptout_tui.app.guidance.guidance_in_use import load_guidance_in_use
from metaoptout_tui.app.paths import AppPaths, resolve_paths
from metaoptout_tui.core.errors import GuidanceError, StorageError
from metaoptout_tui.core.guidance.editions import GuidanceInUse, GuidanceOrigin
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.guidance import loader
from metaoptout_tui.guidance.feed import EditionStatus
from metaoptout_tui.storage.settings_files import RememberedState, load_state, save_state
from samples import NOW

TODAY = NOW.date()


@pytest.fixture
def where(tmp_path: Path) -> AppPaths:
    return resolve_paths(tmp_path / "data", None, {"HOME": str(tmp_path)})


def feed(where: AppPaths, today: date = TODAY) -> GuidanceFeed:
    return GuidanceFeed(where, load_guidance_in_use(where), clock=lambda: datetime.combine(today, NOW.timetz()))


def offer(where: AppPaths, data: bytes, today: date = TODAY) -> OfferedGuidance:
    return feed(where, today).judge(data, "feed.example")


def accept(where: AppPaths, offered: OfferedGuidance) -> GuidanceInUse:
    asked = feed(where)
    asked.offered = offered
    asked.accept()
    return asked.guidance


def decline(where: AppPaths, offered: OfferedGuidance) -> None:
    asked = feed(where)
    asked.offered = offered
    asked.decline()


def return_to_bundled(where: AppPaths) -> GuidanceInUse:
    asked = feed(where)
    asked.return_to_bundled()
    return asked.guidance


def test_without_a_feed_the_programs_own_guidance_is_in_use_and_nothing_is_written(
    where: AppPaths, playbook: Playbook
) -> None:
    assert load_guidance_in_use(where) == GuidanceInUse(playbook)
    assert load_guidance_in_use(where).playbook is loader.load_playbook()
    assert not where.state.parent.exists()


def test_an_offer_changes_nothing_until_it_is_accepted(where: AppPaths, playbook: Playbook) -> None:
    made = offer(where, newer())
    assert made.verdict.status is EditionStatus.NEW
    assert [change.name for change in made.changes] == ["statement “identify.list”"]
    assert load_guidance_in_use(where) == GuidanceInUse(playbook)
    assert not where.state.parent.exists()


def test_an_accepted_edition_is_in_use_from_then_on_and_says_whose_it_is(where: AppPaths) -> None:
    save_state(where.state, RememberedState("nord", "", "facebook", "open"))
    made = offer(where, newer())
    in_use = accept(where, made)
    assert in_use == load_guidance_in_use(where)
    assert in_use.playbook.serial == NEXT_SERIAL
    assert in_use.origin == GuidanceOrigin(is_from_feed=True, host="feed.example", accepted_at=NOW)
    assert in_use.notice == ""
    assert "not reviewed by the makers of this program" in in_use.describe(TODAY)
    assert where.accepted_edition.read_bytes() == newer()
    assert load_state(where.state)._replace(feed_host="", feed_accepted="") == RememberedState(
        "nord", "", "facebook", "open"
    )


def test_an_edition_whose_origin_was_forgotten_is_still_not_taken_for_the_programs_own(where: AppPaths) -> None:
    accept(where, offer(where, newer()))
    where.state.write_text("feed_accepted = 'yesterday'\n")
    assert load_guidance_in_use(where).origin == GuidanceOrigin(is_from_feed=True)
    where.state.unlink()
    assert load_guidance_in_use(where).origin == GuidanceOrigin(is_from_feed=True)


def test_a_refused_edition_is_not_offered_again_and_the_next_one_is(where: AppPaths) -> None:
    decline(where, offer(where, newer(NEXT_SERIAL)))
    again = offer(where, newer(NEXT_SERIAL))
    assert again.verdict.status is EditionStatus.DECLINED
    assert offer(where, newer(NEXT_SERIAL + 1)).verdict.status is EditionStatus.NEW
    assert accept(where, again).playbook.serial == NEXT_SERIAL  # a person may think again


@pytest.mark.exhaustive
def test_an_edition_that_may_not_follow_cannot_be_accepted(where: AppPaths, playbook: Playbook) -> None:
    accept(where, offer(where, newer(5)))
    for data in (newer(4), newer(5), newer(5_000), bundled_bytes()):
        made = offer(where, data)
        with pytest.raises(GuidanceError, match="in use"):
            accept(where, made)
    assert load_guidance_in_use(where).playbook.serial == 5
    assert playbook.serial == BUNDLED_SERIAL


def test_going_back_uses_the_programs_own_guidance_and_does_not_offer_the_other_again(
    where: AppPaths, playbook: Playbook
) -> None:
    accept(where, offer(where, newer()))
    assert return_to_bundled(where) == GuidanceInUse(playbook)
    assert load_guidance_in_use(where) == GuidanceInUse(playbook)
    assert offer(where, newer()).verdict.status is EditionStatus.DECLINED
    assert where.accepted_edition.with_name("playbook.toml.1").read_bytes() == newer()
    assert return_to_bundled(where) == GuidanceInUse(playbook)


DAMAGED = {
    "empty": b"",
    "half": newer()[:40_000],
    "a web page": b"<html>",
    "no text": b"\xff" * 10,
    "too large": b"#" * 300_000,
    "a form elsewhere": newer().replace(b"https://www.facebook.com/help/contact/", b"https://evil.example/", 1),
    "another's": written(document(serial=NEXT_SERIAL, id="other-guidance")),
    "of a newer program": written(document(serial=NEXT_SERIAL, schema=2)),
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_damaged_guidance_is_said_and_left_and_the_programs_own_is_used(
    where: AppPaths, playbook: Playbook, data: bytes
) -> None:
    where.accepted_edition.parent.mkdir()
    where.accepted_edition.write_bytes(data)
    in_use = load_guidance_in_use(where)
    assert (in_use.playbook, in_use.origin) == (playbook, GuidanceOrigin())
    assert in_use.notice.startswith("The guidance you accepted is not used. playbook.toml")
    assert in_use.notice.endswith("It was left as it is; the program's own is used.")
    assert where.accepted_edition.read_bytes() == data
    assert [each.name for each in where.accepted_edition.parent.iterdir()] == ["playbook.toml"]


def test_a_program_that_brings_newer_guidance_uses_its_own(
    where: AppPaths, playbook: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(where, offer(where, newer(NEXT_SERIAL)))
    updated = playbook._replace(serial=NEXT_SERIAL)
    monkeypatch.setattr("metaoptout_tui.app.guidance.guidance_in_use.load_playbook", lambda: updated)
    assert load_guidance_in_use(where) == GuidanceInUse(updated)
    assert where.accepted_edition.read_bytes() == newer(NEXT_SERIAL)


def test_an_edition_that_ends_while_it_is_in_use_stays_and_is_called_old(where: AppPaths) -> None:
    in_use = accept(where, offer(where, newer(expires="2026-12-01")))
    assert "meant to be used until" not in in_use.describe(date(2026, 12, 1))
    later = load_guidance_in_use(where)
    assert later.playbook.serial == NEXT_SERIAL
    assert "It was meant to be used until 1 Dec 2026." in later.describe(date(2026, 12, 2))


def test_an_edition_that_does_not_hold_together_is_no_offer(where: AppPaths) -> None:
    with pytest.raises(GuidanceError, match=r"^feed\.example: colour: unknown key$"):
        offer(where, written(document(serial=NEXT_SERIAL, colour="red")))


def test_an_edition_that_cannot_be_kept_is_not_in_use(where: AppPaths, playbook: Playbook) -> None:
    made = offer(where, newer())
    where.accepted_edition.mkdir(parents=True)
    with pytest.raises(StorageError):
        accept(where, made)
    assert load_guidance_in_use(where).playbook == playbook
    assert load_state(where.state) == RememberedState()
