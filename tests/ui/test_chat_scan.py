"""Exported chats: chosen, read in a thread, looked at, recorded, and what follows from them."""

import hashlib
import os
import time
import zipfile

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.app.files.typed_paths import with_tilde
from metaoptout_tui.core.objection.event_sentences import describe_event
from metaoptout_tui.ui.terminal import ASCII_SYMBOLS
from metaoptout_tui.ui.widgets.fields import FileTree, PathField
from metaoptout_tui.ui.widgets.reader import Reader
from samples import account, record
from ui.driving import Machine, OpenScreen, Walker, does
from ui.fake_chat_scan import AT_HOME, home, scan

WHATSAPP = record(account("whatsapp"))
REVIEW = ("whatsapp", "review")
SOON = 0.2
"""Seconds in which a scan is to stop."""


def chosen(me: Walker) -> list[str]:
    """The chosen paths, as they are kept."""
    return me.session.drafts.read("chats:whatsapp").get("chosen", "").splitlines()


# Choosing


@does("review.scan", "chats.take", "chats.back")
async def test_enter_takes_a_path_and_enter_once_more_scans(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await me.press("enter", "f")
        assert me.at == "chats"
        await me.press("enter")
        assert "Choose a file or a folder first." in me.text
        await me.write("~/chat.txt")
        await me.press("enter")
        assert me.field("path") == ""
        assert chosen(me) == [str(home() / "chat.txt")]
        await me.press("escape")
        assert me.at == "review"
        await me.press("f")
        assert f"✓ {with_tilde(home() / 'chat.txt')}" in me.flowing  # kept
        await me.press("enter")
        await me.until(lambda: me.at == "chats-found")
        assert chosen(me) == []
        await me.press("escape")
        assert me.at == "review"
        await me.press("f")
        assert me.at == "chats-found"  # what was found stays at hand


async def test_a_path_that_is_nowhere_is_said_and_stays_in_the_field(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await me.press("enter", "f")
        await me.write("~/none\u202e.txt")
        for key in ("enter", "f2"):
            await me.press(key)
            assert me.at == "chats"
            assert "There is no file or folder “~/none.txt”. Empty the field, or type its path." in me.flowing
            assert me.field("path").startswith("~/none")
        await me.paste("~/chat.txt")
        assert me.field("path") == ""
        assert "There is no" not in me.flowing
        assert "chat.txt" in me.words("chosen")


async def test_stray_letters_in_the_field_keep_nothing_that_is_chosen_from_being_scanned(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await me.press("enter", "f")
        await me.write("~/chat.txt")
        await me.press("enter")
        await me.write("yn")
        await me.press("escape", "f")
        assert me.field("path") == ""
        await me.write("yn")
        await me.press("f2")
        assert me.told == "There is no file or folder “yn”: only what you chose is read."
        await me.until(lambda: me.at == "chats-found")


@does("chats.complete")
async def test_tab_completes_the_path_and_names_the_choice(walk: OpenScreen) -> None:
    (home() / "chosen").mkdir()
    async with walk(WHATSAPP, at=REVIEW) as me:
        await me.press("enter", "f")
        await me.write("~/ch")
        await me.press("tab")
        assert me.field("path") == "~/ch"
        assert me.words("names") == "chat.txt  chosen/"
        await me.write("o")
        await me.press("tab")
        assert me.field("path") == "~/chosen/"
        assert me.words("names") == ""
        await me.write("", anew=True)
        await me.press("tab")
        assert me.app.screen.query_one(FileTree).has_focus
        await me.press("tab")
        assert me.app.screen.query_one(PathField).has_focus
        await me.press("f4")
        assert me.app.screen.query_one(FileTree).has_focus


@pytest.mark.exhaustive
@parametrize_some(
    1,
    "dropped",
    [
        "'{0}/My Chats/a b.txt' {0}/chat.txt",
        "{0}/My\\ Chats/a\\ b.txt\n{0}/chat.txt",
        "file://{0}/My%20Chats/a%20b.txt {0}/chat.txt",
    ],
)
async def test_what_is_dropped_on_the_terminal_is_chosen_at_once(walk: OpenScreen, dropped: str) -> None:
    (home() / "My Chats").mkdir()
    (home() / "My Chats" / "a b.txt").write_text("1/29/24, 12:25 - Anna: hi\n", encoding="utf-8")
    async with walk(WHATSAPP, at=REVIEW) as me:
        await me.press("enter", "f")
        await me.paste(dropped.format(home()))
        assert chosen(me) == [str(home() / "My Chats" / "a b.txt"), str(home() / "chat.txt")]
        assert me.field("path") == ""
        await me.paste("~/half a path")
        assert me.field("path") == "~/half a path"


@does("chats.folders", "chats.add", "chats.drop", "chats.scan")
async def test_folders_are_walked_with_the_keys(walk: OpenScreen) -> None:
    (home() / "aaa").mkdir()
    (home() / "aaa" / "photo.jpg").touch()
    (home() / "aaa" / "deep.txt").write_text("1/29/24, 12:25 - Anna: @Meta AI hi\n", encoding="utf-8")
    async with walk(WHATSAPP, at=REVIEW) as me:
        await me.press("enter", "f", "down")
        await me.until(lambda: "+ aaa/" in me.text, "the folder")
        assert "photo.jpg" not in me.text
        await me.press("j", "f3")
        assert chosen(me) == [str(home() / "aaa")]
        await me.press("enter")
        await me.until(lambda: "deep.txt" in me.text, "the file in the folder")
        await me.press("down")
        assert me.app.screen.query_one(FileTree).selected_path.endswith("deep.txt")
        await me.press("enter")
        await me.until(lambda: chosen(me) == [str(home() / "aaa"), str(home() / "aaa" / "deep.txt")], "the file")
        await me.press("f8")
        assert chosen(me) == [str(home() / "aaa")]
        await me.press("up", "k", "f4")
        assert isinstance(me.app.focused, PathField)
        await me.press("f2")
        await me.until(lambda: me.at == "chats-found")
        assert "deep: at least 1 message to Meta AI" in me.text


# Reading


@does("scan.stop")
@parametrize_some(1, "key", ["escape", "x"])
async def test_the_reading_is_stopped_at_once_and_what_is_missing_is_said(walk: OpenScreen, key: str) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await me.press("enter", "f")
        await me.write("~/endless.txt")
        await me.press("f2")
        assert me.at == "scan"
        await me.until(lambda: "40 of 120 MB" in me.flowing, "how far it is")
        assert str(home() / "endless.txt") in me.flowing
        begun = time.monotonic()
        await me.press(key)
        await me.until(lambda: me.at == "chats-found")
        assert time.monotonic() - begun < SOON * 5  # of which a test's own drawing takes most
        assert me.headline.left == "Stopped before the end. n chooses other files."
        assert me.guide_says("No chat was read.")
        assert me.guide_says("Nothing found never means that nothing was shared.")


@does("scan.back")
async def test_the_walk_goes_on_while_chats_are_read(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await me.press("enter", "f")
        await me.write("~/endless.txt")
        await me.press("f2")
        await me.until(lambda: "40 of 120 MB" in me.flowing)
        for key in ("b", "enter"):
            await me.press(key)
            assert me.at == "review"
            assert me.headline.right == "scanning chats: 33 %"
            await me.press("f")
            assert me.at == "scan"
        await me.press("b", "y")
        assert me.last("whatsapp").kind == "review-answered"
        me.app._app_context.chat_scan.job.cancel()
        await me.until(lambda: not me.app._app_context.chat_scan.is_searching)
        await me.settled()
        assert me.at == "review"
        assert "The chats are read." in me.told


async def test_the_answer_comes_first_and_all_is_counted_while_the_person_goes_on(
    walk: OpenScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("metaoptout_tui.imports.whatsapp.scan.QUICK_SCAN_FROM_BYTES", 0)
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me)
        assert "chat: at least 3 messages to Meta AI" in me.text
        assert me.headline.right == "counting all messages: 50 %"
        await me.press("j")
        assert me.guide_says("the messages to Meta AI are found; all others are still being counted.")
        assert not me.guide_says("6 messages by 3 senders")
        await me.press("r")
        await me.until(lambda: me.events("whatsapp") == ["reviewed-chats"], "what was found is recorded")
        await me.press("escape")
        assert me.headline.right == "counting all messages: 50 %"
        await me.press("f", "j")
        (home() / "go on").touch()
        await me.until(lambda: not me.headline.right, "the end of the counting")
        assert me.guide_says("Android export, 6 messages by 3 senders")
        assert me.guide_says("switched on, 14 Mar 2024")
        assert "It is in the diary." in me.headline.left
        await me.press("r")
        assert me.told == "All of this is in the diary already."


@pytest.mark.exhaustive
async def test_a_further_scan_begins_at_once_and_all_is_counted_after_it(
    walk: OpenScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("metaoptout_tui.imports.whatsapp.scan.QUICK_SCAN_FROM_BYTES", 0)
    (home() / "second.txt").write_text("1/29/24, 12:25 - Cas: @Meta AI hi\n1/29/24, 12:26 - Bo: hi\n", encoding="utf-8")
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me)
        await me.press("n")
        await me.write("~/second.txt")
        await me.press("f2")
        await me.until(lambda: "at least 4 messages to Meta AI, in 2 of 2 chats" in me.flowing, "both chats")
        (home() / "go on").touch()
        await me.until(lambda: not me.headline.right, "the end of the counting")
        results = me.app._app_context.chat_scan.results
        assert results
        assert all(chat.totals for chat in results.chats)


async def test_leaving_the_program_ends_the_reading(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await me.press("enter", "f")
        await me.write("~/endless.txt")
        await me.press("f2", "ctrl+q")
        begun = time.monotonic()
    assert time.monotonic() - begun < SOON * 10


async def test_the_bar_is_of_plain_letters_where_signs_are() -> None:
    from metaoptout_tui.app.imports.chat_scan import ChatScan
    from metaoptout_tui.ui.text.builder import chat_scan_line

    now = 0.0
    scanning = ChatScan(clock=lambda: now)
    scanning.prepare_search("whatsapp", ["a.txt"])
    assert chat_scan_line(scanning, 80, ASCII_SYMBOLS) == "Looking for chats"
    scanning.job.report(30_000_000, 120_000_000)
    now = 4.0
    assert chat_scan_line(scanning, 80, ASCII_SYMBOLS) == "#######....................... 30 of 120 MB, 12 s left"
    assert chat_scan_line(scanning, 20, ASCII_SYMBOLS) == "30 of 120 MB, 12 s left"


# What was found


@does("chats-found.up", "chats-found.down", "chats-found.page-down", "chats-found.page-up", "chats-found.back")
async def test_what_was_found_is_told_in_all_and_chat_by_chat(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me)
        assert "All together: at least 3 messages to Meta AI" in me.text
        for words in (
            "At least 3 messages to Meta AI.",
            "Perhaps 1 more",
            "2024-02 0",
            "2024-03 2 ██████",
            "1 message by Meta AI",
            "1 message only naming Meta AI",
            "This is the least there was.",
            "this program's own guess",
            "Nothing found never means that nothing was shared.",
            "Have you deleted the chat with Meta AI?",
            "reported to clear what it stored; this is not confirmed",
            "a: chat by chat.",
        ):
            assert me.guide_says(words), words
        await me.press("j")
        for words in (
            "At least 3 messages to Meta AI (Bo 2 and Anna 1)",
            "29 Jan 2024 to 2 Mar 2024",
            "switched on, 14 Mar 2024",
            "Android export, 6 messages by 3 senders",
        ):
            assert me.guide_says(words), words
        reader = me.app.screen.query_one(Reader)
        for down, up in (("pagedown", "pageup"), ("ctrl+d", "ctrl+u")):
            await me.press(down)
            assert reader.scroll_offset.y
            await me.press(up)
            assert not reader.scroll_offset.y
        await me.press("k")
        assert me.chosen == "all"
        for key in ("escape", "b"):
            await me.press(key)
            assert me.at == "review"
            await me.press("f")


@pytest.mark.exhaustive
async def test_the_chats_with_most_messages_come_first_and_a_scan_of_several_asks_once_who_the_person_is(
    walk: OpenScreen, machine: Machine
) -> None:
    folder = home() / "several"
    folder.mkdir()
    for name, by_anna, by_bo in (("a", 0, 0), ("b", 1, 2), ("c", 4, 0)):
        lines = ["1/29/24, 12:25 - Cas: hi"]
        lines += ["1/30/24, 12:25 - Anna: @Meta AI hi"] * by_anna + ["1/31/24, 12:25 - Bo: @Meta AI hi"] * by_bo
        (folder / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")
    (folder / "WhatsApp Chat with Meta AI.txt").write_text(
        "1/29/24, 12:25 - Eva: an egg\n1/29/24, 12:26 - Meta AI: Seven minutes.\n", encoding="utf-8"
    )
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me, "~/several")
        rows = [line[2:].strip() for line in me.text.split("\n") if ": at least" in line or ": no message" in line]
        assert rows[1:5] == [
            "c: at least 4 messages to Meta AI",
            "b: at least 3 messages to Meta AI",
            "Meta AI: at least 1 message to Meta AI, 1 by you",  # its only other sender
            "a: no message to Meta AI found",
        ]
        assert me.guide_says("By you in 1 of these chats: 1.")
        await me.press("enter")
        assert me.headline.title == "Who are you in these chats?"
        assert me.chosen == "Eva"
        assert me.text.index("Cas") < me.text.index("Anna") < me.text.index("Bo")  # first who is in most of them
        await me.press("home", "down", "enter")
        assert len(machine.known_chats.chats) == 2  # she writes in two of them
        assert "b: at least 3 messages to Meta AI, 1 by you" in me.text
        assert me.told == "You are Anna."
        assert me.guide_says("You are Anna (Enter changes that). By you: 6.")


async def test_a_bad_zip_is_named_and_the_good_chat_is_read(walk: OpenScreen) -> None:
    folder = home() / "chats"
    folder.mkdir()
    (folder / "bad.zip").write_bytes(b"PK\x03\x04 and nothing more")
    with zipfile.ZipFile(folder / "good.zip", "w") as archive:
        archive.writestr("_chat.txt", "\n".join(AT_HOME["chat.txt"]))
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me, "~/chats")
        assert "good: at least 3 messages to Meta AI" in me.text
        assert "! bad.zip: not read." in me.text
        await me.press("end")
        assert me.guide_says("It is not part of what was found.")
        for key in ("enter", "v"):
            await me.press(key)
            assert me.told == "Go to a chat in the list first."


async def test_nothing_found_is_never_told_as_nothing_shared(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        (home() / "quiet.txt").write_text("1/29/24, 12:25 - Anna: hi\n", encoding="utf-8")
        await scan(me, "~/quiet.txt")
        assert me.guide_says("No message to Meta AI found.")
        assert me.guide_says("Nothing found never means that nothing was shared.")
        await me.press("p")
        assert me.told == "What was found answers no further point. What was not found answers none."
        await me.press("r")
        await me.workers()
        assert "which does not mean that nothing was shared" in describe_event(me.last("whatsapp"), me.session.playbook)


@pytest.mark.exhaustive
@does("chats-found.who")
async def test_the_person_says_who_they_are_and_it_is_remembered_for_the_chat(
    walk: OpenScreen, machine: Machine
) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me)
        await me.press("enter")
        assert (me.at, me.headline.title) == ("ask", "Who are you in “chat”?")
        assert "Meta AI" not in me.text.split("\n", 2)[2]
        await me.press("down", "down", "enter")
        assert [known.own_sender for known in machine.known_chats.chats] != [""]
        assert "Anna" not in repr(machine.known_chats.chats)
        assert me.guide_says("By you: 1, perhaps 1 more.")
        assert me.progress == WHATSAPP
        await me.press("i", "end", "enter")
        assert [known.own_sender for known in machine.known_chats.chats] == [""]
        assert me.guide_says("says which sender you are")
        await me.press("enter")
        assert me.chosen == "none"
    (home() / "chat.txt").rename(home() / "renamed.txt")
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me, "~/renamed.txt")
        await me.press("enter")
        assert me.chosen == "none"  # the chat is known by what is in it


async def test_a_name_that_is_known_from_elsewhere_is_taken_until_the_person_says_otherwise(
    walk: OpenScreen, machine: Machine
) -> None:
    machine.former_names.append("~ bo")
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me)
        assert me.guide_says("By you: 2.")
        await me.press("down")
        assert me.guide_says("You are Bo (Enter changes that): 2 of these are yours.")


@does("chats-found.record", "chats-found.undo")
async def test_what_was_found_is_recorded_on_request_without_text_and_undone(
    walk: OpenScreen, machine: Machine
) -> None:
    machine.former_names.append("Bo")
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me)
        assert me.progress == WHATSAPP
        assert me.headline.left == "It is not in the diary until you record it."
        await me.press("r")
        await me.workers()
        assert me.headline.left == "It is in the diary."
        event = me.last("whatsapp")
        assert event.kind == "reviewed-chats"
        assert event.fields["file"] == "chat.txt"
        assert event.fields["sha256"] == hashlib.sha256((home() / "chat.txt").read_bytes()).hexdigest()
        counts = event.fields["counts"]
        assert isinstance(counts, dict)
        assert (counts["to_meta_ai"], counts["maybe_to_meta_ai"], counts["first"]) == (2, 0, "2024-03-02")
        assert "draw" not in repr(me.progress)
        assert event.text("sender") == "me"
        assert me.told.startswith(
            "Recorded, at least 3 messages to Meta AI (2 by you, 1 by others) in one chat. You are Bo"
            " (Enter changes that). u takes"
        )
        await me.press("r")
        await me.workers()
        assert me.told == "All of this is in the diary already."
        assert me.events("whatsapp") == ["reviewed-chats"]
        await me.press("u")
        assert me.progress == WHATSAPP
        assert me.headline.left == "It is not in the diary until you record it."
        assert me.told.startswith("Taken back: “")
        assert me.told.endswith("of 23 Nov, in WhatsApp “Anna”. Shift+U brings it back.")


@pytest.mark.exhaustive
async def test_a_file_that_went_meanwhile_is_said_and_nothing_is_recorded(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me)
        (home() / "chat.txt").unlink()
        await me.press("r")
        await me.workers()
        assert me.told.startswith("Nothing was recorded:")
        assert me.progress == WHATSAPP
        await me.press("v")
        await me.until(lambda: "It is not there." in me.text)


@pytest.mark.exhaustive
async def test_a_window_that_may_only_read_records_nothing(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW, read_only="Open in another window.") as me:
        await scan(me)
        await me.press("r")
        await me.workers()
        assert "Open in another window." in me.told
        assert me.progress == WHATSAPP


@pytest.mark.exhaustive
@does("chats-found.points")
async def test_the_points_that_this_answers_are_asked_and_never_answered_alone(
    walk: OpenScreen, machine: Machine
) -> None:
    machine.former_names.append("Anna")
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me)
        await me.press("p")
        assert me.headline.title == "Have you ever written to Meta AI in WhatsApp, or shared something with it?"
        assert me.chosen == "yes"
        await me.press("enter")
        assert me.last("whatsapp").fields == {"point": "whatsapp.used", "answer": "yes"}
        assert me.headline.title == "Has anyone called @Meta AI in your groups or chats?"
        await me.press("escape")
        assert me.at == "chats-found"
        assert me.events("whatsapp") == ["review-answered"]
        await me.press("p", "enter", "p")
        assert me.told.startswith("What was found answers no further point.")


@pytest.mark.exhaustive
@does("chats-found.link", "chats-found.again")
async def test_a_scan_leads_to_the_link_and_to_other_chats(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me)
        await me.press("l")
        assert me.at == "identify"
        await me.press("l")
        assert me.headline.title == "How is WhatsApp “Anna” linked?"
        await me.press("escape", "escape", "n")
        assert me.at == "chats"
        await me.press("escape", "f")
        assert me.at == "chats-found"  # what was found stays


@parametrize_some(1, "size", [(120, 40), (60, 20)])
async def test_how_a_chat_is_exported_is_said_where_it_is_chosen(walk: OpenScreen, size: tuple[int, int]) -> None:
    async with walk(WHATSAPP, at=REVIEW, size=size) as me:
        await me.press("enter", "f")
        for words in (
            "WhatsApp exports one chat at a time.",
            "Export on Android: (the chat) → (three dots) → More → Export chat → Without media",
            "Export on an iPhone: (the chat) → (name of the chat, at the top) → Export Chat → Without Media",
            "A chat with Advanced Chat Privacy on cannot be exported",
            "WhatsApp help: how to export a chat",
        ):
            assert words in me.flowing


@parametrize_some(1, "size", [(80, 24), (60, 20)])
async def test_words_of_the_export_menu_that_are_not_known_are_said_in_english_and_as_such(
    walk: OpenScreen, size: tuple[int, int]
) -> None:
    async with walk(WHATSAPP, at=REVIEW, size=size, label_language="de") as me:
        await me.press("enter", "f")
        for words in (
            "Export chat → Without media (all in English)",
            "Export Chat → Without Media (all in English)",
            "A chat with Advanced Chat Privacy on cannot be exported",
            "WhatsApp help: how to export a chat",
        ):
            assert words in me.flowing


@pytest.mark.exhaustive
async def test_each_scan_adds_to_those_before_and_the_same_chat_counts_once(walk: OpenScreen) -> None:
    (home() / "again.txt").write_text(
        "\n".join([*AT_HOME["chat.txt"], "3/15/24, 12:28 - Bo: @Meta AI a bird"]), encoding="utf-8"
    )
    (home() / "club.txt").write_text("1/29/24, 12:25 - Cas: @Meta AI hi\n1/30/24, 12:25 - Dee: hi\n", encoding="utf-8")
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me)
        for path, total in (
            ("~/club.txt", "at least 4 messages to Meta AI, in 2 of 2 chats"),
            ("~/again.txt", "at least 5 messages to Meta AI, in 2 of 2 chats"),
            ("~/again.txt", "at least 5 messages to Meta AI, in 2 of 2 chats"),
        ):
            await me.press("n")
            await me.write(path)
            await me.press("f2")
            await me.until(lambda: me.at == "chats-found", "what was found")
            await me.settled()
            assert f"All together: {total}" in me.text
        await me.press("down")
        assert me.guide_says("so it counts once.")
        await me.press("r")
        await me.workers()
        assert me.events("whatsapp") == ["reviewed-chats"] * 2
        kept = me.progress
    async with walk(kept, at=REVIEW) as me:
        assert me.guide_says("Recorded scan of 23 Nov: at least 5 messages to Meta AI, in 2 of 2 chats.")
        (home() / "more.txt").write_text(
            "2/29/24, 12:25 - Eva: @Meta AI hi\n2/29/24, 12:26 - Flo: ok\n", encoding="utf-8"
        )
        await scan(me, "~/more.txt")
        assert "All together: at least 6 messages to Meta AI, in 3 of 3 chats" in me.text
        assert me.guide_says("With the chats that you recorded before: at least 6 messages to Meta AI")
        await me.press("n")
        await me.write("~/chat.txt")  # an export that is older than the one recorded
        await me.press("f2")
        await me.until(lambda: me.at == "chats-found", "what was found")
        await me.settled()
        assert "All together: at least 6 messages to Meta AI, in 3 of 3 chats" in me.text


@pytest.mark.exhaustive
async def test_where_meta_ai_is_a_member_what_it_could_read_is_told_apart(walk: OpenScreen, machine: Machine) -> None:
    # S117: a string of the web client of 2026
    (home() / "garden.txt").write_text(
        "09/06/2026, 21:59 - A group member added Meta AI to this chat. Meta can read new messages.\n"
        "13/06/2026, 22:00 - Ann: the key is under the mat\n13/06/2026, 22:01 - Bob: thanks\n",
        encoding="utf-8",
    )
    machine.former_names.append("Ann")
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me, "~/garden.txt")
        assert me.guide_says(
            "Meta could read at least 2 messages written after Meta AI was added (1 by you, 1 by others)."
        )
        assert me.guide_says("everything behind that line could be read by Meta")
        assert not me.guide_says("As far as known")
        await me.press("r")
        await me.workers()
        assert "2 messages that Meta could read, as Meta AI was in the chat" in describe_event(
            me.last("whatsapp"), me.session.playbook
        )


@pytest.mark.exhaustive
async def test_advanced_chat_privacy_is_not_offered_for_the_chat_with_a_business(walk: OpenScreen) -> None:
    # S117: reported not to exist where a business has Meta store the chat
    (home() / "shop.txt").write_text(
        "09/06/2026, 21:59 - This business uses a secure service from Meta to manage this chat.\n"
        "13/06/2026, 22:00 - Ann: hi\n",
        encoding="utf-8",
    )
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me, "~/shop.txt ~/chat.txt")
        await me.press("a")
        assert "shop" not in me.text
        assert "On in 1 of 1 chat on your list." in me.headline.left


# Messages


@does("chats-found.messages", "messages.down", "messages.up", "messages.page-down", "messages.page-up", "messages.back")
async def test_messages_are_shown_on_a_key_and_kept_nowhere(walk: OpenScreen) -> None:
    lines = (f"3/{day}/24, 12:28 - Bo: @Meta AI number {day}" for day in range(1, 29))
    (home() / "long.txt").write_text("\n".join(lines), encoding="utf-8")
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me, "~/long.txt")
        assert "number" not in me.text
        for key in ("escape", "b"):
            await me.press("v")
            await me.until(lambda: "@Meta AI number 1" in me.text, "the messages")
            reader = me.app.screen.query_one(Reader)
            for down, up in (("j", "k"), ("pagedown", "pageup"), ("ctrl+d", "ctrl+u"), ("space", "pageup")):
                await me.press(down)
                assert reader.scroll_offset.y
                await me.press(up)
                assert not reader.scroll_offset.y
            await me.press(key)
            assert me.at == "chats-found"
        assert "number" not in repr(me.app._app_context.chat_scan.results)
        assert me.progress == WHATSAPP


HOSTILE = "[/x] [b [@click=app.quit]x[/] \x1b]52;c;eA==\x07\x1b[2J\x9b31m\u202egnp.exe\u2066\u200b " + "漢字" * 80


@pytest.mark.exhaustive
async def test_text_in_chats_and_their_names_reaches_no_terminal(walk: OpenScreen) -> None:
    folder = home() / "nasty"
    folder.mkdir()
    sender = HOSTILE[:60].replace(":", "")
    path = folder / "WhatsApp Chat with \x1b[2J[b]\u202ex.txt"
    path.write_text(
        f"1/29/24, 12:25 - {sender}: @Meta AI {HOSTILE}\n1/30/24, 12:25 - {sender}: @Meta AI hi\n", encoding="utf-8"
    )
    (folder / "\x1b]0;t\x07[x.zip").write_bytes(b"PK\x03\x04")
    (home() / "aaa\x1b[2J\u202e[x.txt").touch()
    async with walk(WHATSAPP, at=REVIEW) as me:
        await me.press("enter", "f")
        await me.until(lambda: "aaa�[2J[x.txt" in me.text, "the file in the folders")
        _harmless(me)
        await me.write("~/nasty")
        await me.press("tab", "tab")
        _harmless(me)
        await me.press("enter", "enter")
        await me.until(lambda: me.at == "chats-found")
        for keys in (("down",), ("enter",), ("enter",), ("v",), ("escape", "a"), ("m",), ("escape", "escape", "down")):
            await me.press(*keys)
            await me.workers()
            _harmless(me)
        await me.press("r")
        await me.workers()
        _harmless(me)
        await me.press("escape", "escape", "d")
        assert me.at == "diary"
        _harmless(me)


@pytest.mark.exhaustive
async def test_a_file_whose_name_is_no_text_can_be_scanned(walk: OpenScreen) -> None:
    name = os.fsdecode(b"aaa caf\xe9.txt")
    (home() / name).write_text("1/29/24, 12:25 - Anna: @Meta AI hi\n", encoding="utf-8")
    async with walk(WHATSAPP, at=REVIEW) as me:
        await me.press("enter", "f", "down")
        await me.until(lambda: "aaa caf" in me.text, "the file in the folders")
        await me.press("down", "f3")
        _harmless(me)
        assert chosen(me) == []  # the record is a text
        await me.press("f2")
        await me.until(lambda: me.at == "chats-found")
        assert "at least 1 message to Meta AI" in me.text
        await me.press("down", "enter", "down", "enter", "r")
        await me.workers()
        _harmless(me)
        assert me.last("whatsapp").text("file").isprintable()


def _harmless(me: Walker) -> None:
    for strip in me.strips():
        assert all(character.isprintable() for character in strip.text), ascii(strip.text)
        assert strip.cell_length <= 80
        assert not any(segment.style.link for segment in strip if segment.style is not None)
    assert me.app.is_running


async def test_only_chats_of_whatsapp_can_be_scanned_and_listed(walk: OpenScreen) -> None:
    async with walk(record(account("meta-ai")), at=("meta-ai", "review")) as me:
        await me.press("enter")
        assert "Scan chats" not in me.keybar
        await me.press("f", "a")
        assert me.at == "review"


@pytest.mark.exhaustive
async def test_in_a_chat_with_a_business_no_switch_is_offered_that_is_reported_not_to_exist(walk: OpenScreen) -> None:
    # S117: a string of WhatsApp's web client of 2025
    shop = "1/29/24, 12:24 - AI from Meta receives chats and generates messages for this business."
    (home() / "shop.txt").write_text(f"{shop}\n1/29/24, 12:25 - Anna: a kettle\n", encoding="utf-8")
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me, "~/shop.txt")
        assert me.guide_says("Advanced Chat Privacy is reported not to exist there.")
        assert not me.guide_says("Is Advanced Chat Privacy on for your sensitive chats?")
    async with walk(WHATSAPP, at=REVIEW) as me:
        await scan(me)
        assert me.guide_says("Is Advanced Chat Privacy on for your sensitive chats?")
        await me.press("r")
        await me.until(lambda: "1 thing to do stands in the review." in me.told, "what is left to do")
