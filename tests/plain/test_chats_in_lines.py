"""What a person in plain mode is told of exported chats is what the screen tells."""

from dataclasses import replace
from pathlib import Path

from plain_talk import Speak
from samples import account, at, entry, record

MEMBER = "A group member added Meta AI to this chat. Meta can read new messages."
FAMILY = (
    "25/03/2026, 21:14 - Ann: @\u2068Meta AI\u2069 hi",
    "26/03/2026, 21:15 - Meta AI: hello",
    "27/03/2026, 21:15 - Bo: @\u2068Meta AI\u2069 hi",
)
GARDEN = ("09/06/2026, 21:58 - Ann: before", f"09/06/2026, 21:59 - {MEMBER}", "13/06/2026, 22:00 - Ann: the key", "13/06/2026, 22:01 - Cas: ok")  # fmt: skip


def export(path: Path, *lines: str) -> str:
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return str(path)


def test_the_total_in_lines_tells_the_persons_own_messages_and_those_of_others_apart(
    speak: Speak, tmp_path: Path
) -> None:
    family = export(tmp_path / "WhatsApp Chat with Family.txt", *FAMILY)
    again = export(tmp_path / "later" / "_chat.txt", *FAMILY)
    talk = speak(
        "account:whatsapp", "step:review", "scan", family, "who", "Ann", "record", "more-chats", again, "done", "back",
        "quit", progress=record(account("whatsapp")),
    )  # fmt: skip
    assert "Chats read: 1. In all: at least 2 messages to Meta AI in one chat." in talk.text
    assert "Chats read: 1. In all: at least 2 messages to Meta AI (1 by you, 1 by others) in one chat." in talk.text
    assert "Recorded, at least 2 messages to Meta AI (1 by you, 1 by others) in one chat." in talk.text
    assert f"The same chat is in {again}, so it counts once." in talk.text


def test_chats_that_were_recorded_before_are_added_in_lines_too(speak: Speak, tmp_path: Path) -> None:
    club = export(tmp_path / "club.txt", FAMILY[0].replace("Ann", "Dee"), FAMILY[2].replace("Bo", "Eva"))
    counts = {"to_meta_ai": 3, "to_meta_ai_by_others": 1}
    scan = entry("reviewed-chats", at(3), counts=counts, file="School.txt", sha256="0" * 64, sender="me", chat="c1")
    talk = speak(
        "account:whatsapp",
        "step:review",
        "scan",
        club,
        "done",
        "back",
        "quit",
        progress=record(account("whatsapp", scan)),
    )
    found = "at least 6 messages to Meta AI (3 by you, 1 by others, 2 not told apart), in 2 of 2 chats"
    assert f"With the chats that you recorded before: {found}." in talk.text


def test_what_meta_could_read_as_a_member_is_told_in_lines(speak: Speak, tmp_path: Path) -> None:
    garden = export(tmp_path / "WhatsApp Chat with Garden.txt", *GARDEN)
    talk = speak(
        "account:whatsapp", "step:review", "scan", garden, "who", "Ann", "done", "back", "quit",
        progress=record(account("whatsapp")),
    )  # fmt: skip
    told = "Meta could read at least 2 messages written after Meta AI was added"
    assert f"{told}." in talk.text
    assert f"{told} (1 by you, 1 by others)." in talk.text
    assert "could be read by Meta, not only what addresses Meta AI" in talk.text
    assert "No line here says that Meta AI was added" not in talk.text


def test_how_a_chat_is_exported_and_where_that_cannot_be_is_told_before_the_path_is_asked_for(speak: Speak) -> None:
    talk = speak(
        "account:whatsapp", "step:review", "scan", "back", "back", "quit", progress=record(account("whatsapp"))
    )
    assert "WhatsApp exports one chat at a time." in talk.text
    assert (
        "Export on Android (likely): 1. Tap the chat. 2. Tap three dots. 3. Tap More. 4. Tap Export chat." in talk.text
    )
    assert "A chat with Advanced Chat Privacy on cannot be exported" in talk.text


def test_words_of_whatsapps_export_menu_that_are_not_known_are_said_in_english_and_as_such(speak: Speak) -> None:
    whatsapp = record(account("whatsapp"))
    german = replace(whatsapp, person=replace(whatsapp.person, language="de"))
    talk = speak("account:whatsapp", "step:review", "scan", "back", "back", "quit", progress=german)
    assert "Export on Android (likely), all in English: 1. Tap the chat." in talk.text
    assert "Export on an iPhone (likely), all in English: 1. Tap the chat." in talk.text
    assert "Look in that place for one that means the same." in talk.text


def test_an_answer_that_a_search_contradicts_is_told_with_what_it_found(speak: Speak, tmp_path: Path) -> None:
    family = export(tmp_path / "WhatsApp Chat with Family.txt", *FAMILY)
    denied = entry("review-answered", at(3), point="whatsapp.used", answer="no")
    talk = speak(
        "account:whatsapp", "step:review", "scan", family, "who", "Ann", "done", "back", "quit",
        progress=record(account("whatsapp", denied)),
    )  # fmt: skip
    assert "You answered: No. By what the scan found: Yes." in talk.text


def test_an_answer_that_a_recorded_scan_contradicts_is_told_in_lines_after_a_restart(speak: Speak) -> None:
    found = entry("reviewed-chats", at(2), counts={"to_meta_ai": 1}, file="chat.txt", sha256="0" * 64, sender="me")
    denied = entry("review-answered", at(3), point="whatsapp.used", answer="no")
    talk = speak("account:whatsapp", "step:review", "back", "quit", progress=record(account("whatsapp", denied, found)))
    assert "You answered: No. By what the scan found: Yes." in talk.text


def test_who_does_not_know_an_answer_says_so_and_it_is_told_as_not_known(speak: Speak) -> None:
    talk = speak(
        "account:whatsapp", "step:review", *["", "unknown"] * 8, "step:review", "back", "quit",
        progress=record(account("whatsapp")),
    )  # fmt: skip
    assert "I don't know" in talk.text
    assert talk.last("whatsapp").text("answer") == "unknown"
    assert "You answered: Not known." in talk.text
    assert "8 of 8 points answered." in talk.text
    assert "Not known: 8." in talk.text
    assert "WhatsApp “Anna”: reviewed, not known: 8." in talk.text


def test_that_privacy_is_on_in_the_listed_chats_is_no_answer_until_the_person_says_that_these_are_all(
    speak: Speak,
) -> None:
    talk = speak(
        "account:whatsapp", "step:review", "privacy", "=add", "Family", "on", "", "back", "whatsapp.advanced", "done",
        "back", "quit", progress=record(account("whatsapp")),
    )  # fmt: skip
    told = "On in 1 of 1 chat on your list. Choose “Done” only if these are all the chats for which you want it."
    assert told in talk.text
    assert "By your list of chats" not in talk.text
    assert talk.last("whatsapp").fields == {"point": "whatsapp.advanced", "answer": "done"}
