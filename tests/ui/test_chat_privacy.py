"""Advanced Chat Privacy, chat by chat: listed from a scan or by hand, kept, noted, and what it answers."""

import pytest

from metaoptout_tui.ui.widgets.reader import Reader
from samples import account, record
from ui.driving import EVERYTHING, OpenScreen, does, go
from ui.fake_chat_scan import home, scan

WHATSAPP = record(account("whatsapp"))
REVIEW = ("whatsapp", "review")


@does("chats-found.privacy", "chat-privacy.switch", "chat-privacy.add", "chat-privacy.admin", "chat-privacy.back")
async def test_advanced_chat_privacy_is_gone_through_chat_by_chat_and_kept(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me)
        await me.press("a")
        assert me.at == "chat-privacy"
        assert "✓ on         chat" in me.text  # as its export says
        await me.press("a")
        await me.write("School 3b")
        await me.press("enter")
        assert "○ not known  School 3b" in me.text
        await me.press("enter", "space")
        assert "○ off        School 3b" in me.text
        await me.press("m", "end")
        await me.press("enter")
        await me.write("Bo")
        await me.press("enter")
        assert "School 3b  admin: Bo" in me.text
        assert me.headline.left.startswith("On in 1 of 2 chats on your list.")
        for key in ("escape", "b"):
            await me.press(key, "a")
            assert "School 3b  admin: Bo" in me.text
        assert me.events("whatsapp") == []


@pytest.mark.exhaustive
@does("chat-privacy.copy", "chat-privacy.note", "chat-privacy.undo")
async def test_a_message_for_the_admin_is_copied_and_the_list_is_noted(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me)
        await me.press("a", "c")
        await me.workers()
        assert me.machine.copied == [me.session.playbook.texts.sentence("chats.ask-admin")]
        await me.press("n")
        assert me.last("whatsapp").fields == {"step": "review", "text": "Advanced Chat Privacy on: chat"}
        await me.press("u")
        assert me.events("whatsapp") == []
        assert "✓ on         chat" in me.text


@pytest.mark.exhaustive
@does("chat-privacy.up", "chat-privacy.down", "chat-privacy.page-down", "chat-privacy.page-up")
async def test_the_list_of_chats_is_walked_and_its_text_read(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, at=REVIEW, size=(60, 20)) as me:
        await go(me, "chat-privacy")
        await me.press("a")
        await me.write("Club")
        await me.press("enter", "k")
        assert me.chosen == "chat"
        await me.press("j")
        assert me.chosen == "Club"
        reader = me.app.screen.query_one(Reader)
        for down, up in (("pagedown", "pageup"), ("ctrl+d", "ctrl+u")):
            await me.press(down)
            assert reader.scroll_offset.y
            await me.press(up)
            assert not reader.scroll_offset.y


@pytest.mark.exhaustive
@does("review.privacy", "chat-privacy.drop")
async def test_someone_who_cannot_export_lists_chats_by_hand_and_their_list_answers_the_point(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await me.press("enter", "a")
        assert (me.at, me.headline.left) == ("chat-privacy", "a adds a chat that matters to you, by its name.")
        for key in ("enter", "m", "n", "x"):
            await me.press(key)
            assert me.told == "Add a chat first, with a."
        for name in ("School", "Club", "Mistake"):
            await me.press("a")
            await me.write(name)
            await me.press("enter")
        assert me.chosen == "Mistake"
        await me.press("x")
        assert me.told == "Taken out. Adding “Mistake” brings it back."
        assert "Mistake" not in me.text.split("─")[0]
        await me.press("home", "enter", "escape")
        assert "?  " not in me.text  # Club is not known
        await me.press("a", "down", "enter", "escape")
        assert "?  " not in me.text  # that these are all the chats they want it for only the person can say
        await me.press("down", "down", "down", "down")
        words = "On in 2 of 2 chats on your list. Choose “Done” only if these are all the chats for which you want it."
        assert me.guide_says(words)
        assert me.guide_says("a goes through your chats, one by one.")
        await me.press("enter")
        assert words in me.flowing
        assert me.chosen != "done"
        assert me.events("whatsapp") == []
        await me.press("home", "enter")
        assert me.last("whatsapp").fields == {"point": "whatsapp.advanced", "answer": "done"}
        await me.press("a", "enter", "escape")  # off now
        assert "○ Done        Is Advanced" in me.text
        await me.press("up")
        assert me.guide_says("By your list of chats: No.")


@pytest.mark.exhaustive
async def test_a_chat_that_was_taken_out_comes_back_by_its_name_and_not_by_a_scan(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me)
        await me.press("a", "delete")
        assert "chat" not in me.text.split("─")[0].split("\n", 2)[2]
        await me.press("escape", "a")
        assert me.headline.left.startswith("a adds a chat")
        await me.press("a")
        await me.write("chat")
        await me.press("enter")
        assert "○ not known  chat" in me.text


async def test_the_chat_with_meta_ai_itself_is_not_asked_about(walk: OpenScreen) -> None:
    (home() / "alone.txt").write_text("1/29/24, 12:25 - Anna: hi\n1/29/24, 12:26 - Meta AI: Hello.\n", encoding="utf-8")
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me, "~/alone.txt")
        await me.press("a")
        assert me.headline.left.startswith("a adds a chat")
