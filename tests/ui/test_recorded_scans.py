"""A scan that was recorded: read in the walk after a restart, and held against a new one; with the sources of it all."""

from datetime import timedelta
from itertools import count

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.core.chats.recorded_scans import recorded_scans_of
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.reader import Reader
from samples import NOW, account, at, entry, open_session, record
from ui.driving import Machine, OpenScreen, Walker, does
from ui.fake_chat_scan import AT_HOME, home, scan

WHATSAPP = record(account("whatsapp"))
REVIEW = ("whatsapp", "review")


async def test_a_recorded_scan_is_read_in_the_review_after_a_restart(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        assert me.guide_says("In it you can scan chats that you exported, on this machine.")
        await scan(me)
        await me.press("r")
        await me.workers()
        kept = me.progress
    words = "Recorded scan of 23 Nov: at least 3 messages to Meta AI in one chat."
    async with walk(kept, at=REVIEW) as me:
        assert me.guide_says(words)
        await me.press("enter")
        assert me.headline.left == f"0 of 8 points answered. {words}"
        assert "○ Yes?        Has anyone called @Meta AI" in me.text
        assert me.text.count("?  ") == 1  # by whom was not recorded


async def test_an_answer_that_a_recorded_scan_contradicts_is_told_after_a_restart(walk: OpenScreen) -> None:
    found = entry("reviewed-chats", at(2), counts={"to_meta_ai": 1}, file="chat.txt", sha256="0" * 64, sender="me")
    denied = entry("review-answered", at(3), point="whatsapp.used", answer="no")
    question = "Have you ever written to Meta AI in WhatsApp, or shared something with it?"
    async with walk(record(account("whatsapp", denied, found)), at=REVIEW) as me:
        assert me.guide_says(f"A scan that you recorded found otherwise than you answered: “{question}”")
        await me.press("enter", "home", "down")
        assert "○ No          Have you ever written to Meta AI" in me.text
        assert me.guide_says("By what the scan found: Yes.")
        await me.press("y", "escape")
        assert not me.guide_says("A scan that you recorded found otherwise")


def test_the_chats_of_one_scan_are_of_one_moment_however_long_it_takes_to_write_them_down(playbook: Playbook) -> None:
    seconds = count()
    session = open_session(playbook, lambda: NOW + timedelta(seconds=next(seconds)), [], WHATSAPP)
    row = {"counts": {"to_meta_ai": 1}, "sha256": "0" * 64}
    session.diary_service.record_chat_scan("whatsapp", [{**row, "file": name} for name in ("a.txt", "b.txt")])
    (scan,) = recorded_scans_of(session.account("whatsapp").events)
    assert scan.meta_ai_counts == (1, 1)


@parametrize_some(
    1,
    ("now", "by_anna", "words"),
    [
        (3, 1, ""),
        (5, 1, "chat.txt: 2 more than the 3 recorded on 21 Nov."),
        (0, 0, "chat.txt: 3 fewer than the 3 recorded on 21 Nov."),
    ],
)
async def test_another_scan_says_how_it_differs_from_the_diary(
    walk: OpenScreen, now: int, by_anna: int, words: str
) -> None:
    lines = [*AT_HOME["chat.txt"][:1], *["3/2/24, 12:28 - Bo: @Meta AI draw"] * (now - by_anna)]
    lines += ["3/3/24, 12:28 - Anna: @Meta AI draw"] * by_anna + ["3/4/24, 12:28 - Bo: hi"]
    (home() / "chat.txt").write_text("\n".join(lines), encoding="utf-8")
    before = entry("reviewed-chats", at(2), counts={"to_meta_ai": 3}, file="chat.txt", sha256="0" * 64)
    async with walk(record(account("whatsapp", before)), at=REVIEW) as me:
        await scan(me)
        assert me.guide_says("Against the diary") is bool(words)
        assert me.guide_says(words)
        await me.press("down")
        assert me.guide_says(words)


@pytest.mark.exhaustive
async def test_the_person_s_own_count_is_held_against_their_own(walk: OpenScreen, machine: Machine) -> None:
    before = entry("reviewed-chats", at(2), counts={"to_meta_ai": 1}, file="chat.txt", sha256="0" * 64, sender="me")
    other = entry("reviewed-chats", at(2), counts={"to_meta_ai": 0}, file="other.txt", sha256="0" * 64)
    (home() / "other.txt").write_text("3/2/24, 12:28 - Bo: hi\n", encoding="utf-8")
    async with walk(record(account("whatsapp", before, other)), at=REVIEW) as me:
        await scan(me, "~/chat.txt ~/other.txt")
        assert not me.guide_says("Against the diary")  # who the person is is not known
        machine.former_names.append("Bo")
    async with walk(record(account("whatsapp", before, other)), at=REVIEW) as me:
        await scan(me, "~/chat.txt ~/other.txt")
        assert me.guide_says("chat.txt: 1 more than the 1 recorded on 21 Nov.")
        assert me.guide_says("As many as recorded in 1 other chat.")


async def test_how_the_account_is_linked_answers_its_point(walk: OpenScreen) -> None:
    for hub, answer in (("", "Yes?"), ("private", "No? ")):
        async with walk(record(account("whatsapp", hub=hub)), at=REVIEW) as me:
            await me.press("enter")
            assert f"○ {answer}        Is WhatsApp kept out" in me.text


# Who says so


def sentences(me: Walker) -> list[str]:
    """What the list of who says so holds."""
    rows = me.app.screen.query_one("#sources", ChoiceList).options
    return [" ".join(str(row.prompt).split()).removeprefix("• ") for row in rows]


@pytest.mark.exhaustive
@does("review.sources", "chats-found.sources", "chat-privacy.sources")
async def test_every_screen_of_the_review_leads_to_who_says_what_stands_at_its_top(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW, size=(120, 40)) as me:
        await me.press("enter")
        for way in (("down",), ("a",), ("escape", "f", *"~/chat.txt", "f2")):
            await me.press(*way)
            await me.until(lambda: me.at != "scan", "what was found")
            await me.settled()
            there = " ".join(me.app.screen.query_one(Reader).plain_text.split())
            await me.press("s")
            assert me.at == "sources"
            highlighted = me.app.screen.query_one("#sources", ChoiceList).highlighted
            assert highlighted is not None
            question, _, how = sentences(me)[highlighted].partition("? ")
            assert (how or question) in there
            await me.press("escape")


async def test_all_that_is_said_of_chats_and_points_says_who_says_so(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW, size=(120, 40)) as me:
        playbook = me.session.playbook
        told = playbook.statements_for(step="chats", platform="whatsapp", region="eea")
        points = playbook.points_for(platform="whatsapp", region="eea")
        said = [(playbook.texts.sentence(each.id), each.basis) for each in told]
        said += [(playbook.texts.sentence(f"{each.id}.how"), each.basis) for each in points]
        await me.press("s")
        assert me.at == "sources"
        listed = sentences(me)
        for words, basis in said:
            me.app.screen.query_one(ChoiceList).highlighted = next(
                index for index, sentence in enumerate(listed) if words in sentence
            )
            await me.settled()
            below = " ".join(me.app.screen.query_one(Reader).plain_text.split())
            assert all(playbook.sources[id].publisher in below for id in basis.sources)
