"""From the review of WhatsApp to what a scan of exported chats recorded, in a real terminal."""

import tomllib
import zipfile

import pytest

from metaoptout_tui.storage import progress_file
from samples import account, at, entry, record
from terminal.pseudo_terminal import Home, OpenWindow, Terminal

CHAT = (
    "1/29/24, 12:24 - Messages and calls are end-to-end encrypted.\n"
    "1/29/24, 12:25 - Anna: @\u2068Meta AI\u2069 a secret question \x1b]0;stolen\x07\n"
    "1/29/24, 12:26 - Meta AI: A secret answer.\n"
    "2/2/24, 12:28 - Bo: hey @Meta AI draw\n"
)


def to_the_scan(home: Home, window: OpenWindow) -> Terminal:
    """A window on a WhatsApp account that is linked with nothing, at the choice of chats."""
    home.record.parent.mkdir(parents=True)
    progress_file.save_record(
        home.record, record(account("whatsapp", entry("step-done", at(1), step="identify"))), None
    )
    person = window()
    person.see("Next: Go through the review of WhatsApp")
    person.press("g", "enter")
    person.see("Have you ever written to Meta AI", "f Scan chats")
    person.press("f")
    person.see("Scan exported chats", "Nothing is chosen yet.")
    return person


def test_from_the_review_to_the_recorded_result_and_its_undo(home: Home, window: OpenWindow) -> None:
    folder = home.folder / "My Chats"
    folder.mkdir()
    (folder / "WhatsApp Chat with Family.txt").write_text(CHAT, encoding="utf-8")
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    with zipfile.ZipFile(folder / "WhatsApp Chat - Club.zip", "w") as archive:
        archive.writestr("_chat.txt", "1/29/24, 12:24 - Bo: hi\n")
    person = to_the_scan(home, window)
    person.send(b"\x1b[200~'" + str(folder).encode() + b"'\x1b[201~")  # as a terminal hands on what is dropped
    person.see("My Chats")
    person.see_no("Nothing is chosen yet.")
    person.press("f2")
    person.see(
        "All together: at least 2 messages to Meta AI", "Club: no message to Meta AI found", "broken.zip: not read."
    )
    person.press("down")
    person.see("(Anna 1 and Bo 1)")
    person.press("enter")
    person.see("Who are you in “Family”?")
    person.press("down", "enter")
    person.see("You are Anna")
    person.press("v")
    person.see("@Meta AI a secret question")
    person.press("escape")
    person.see("You are Anna")
    person.press("r")
    person.see("Recorded, at least 2 messages to Meta AI")
    person.until(lambda: home.kinds() == ["step-done", "reviewed-chats", "reviewed-chats"], "the entries")
    first, second = home.written["account"][0]["event"][1:]
    assert {first["file"], second["file"]} == {"WhatsApp Chat with Family.txt", "WhatsApp Chat - Club.zip"}
    assert sorted((first["counts"]["to_meta_ai"], second["counts"]["to_meta_ai"])) == [0, 1]
    assert "secret" not in home.record.read_text(encoding="utf-8")
    known = home.memory.with_name("chats.toml")
    assert known.stat().st_mode & 0o777 == 0o600
    assert len(tomllib.loads(known.read_text(encoding="utf-8"))["chat"]) == 2
    assert not any(word in known.read_text(encoding="utf-8") for word in ("Anna", "Family", "secret"))

    answer_and_look_back(person, home)
    assert b"stolen\x07" not in person.raw
    person.press("q")
    assert person.ended() == 0
    assert person.taken == []
    read_after_a_restart(window(), home)


def answer_and_look_back(person: Terminal, home: Home) -> None:
    """Answer a point from what was found, take that back, and read the diary."""
    person.press("p")
    person.see("By what the scan found: Yes.")
    person.press("enter")
    person.see("Has anyone called @Meta AI")
    person.press("escape")
    person.see("All together")
    person.press("u")
    person.until(lambda: len(home.kinds()) == 3, "the answer taken back")
    person.press("escape")
    person.see("0 of 8 points answered.")
    person.press("escape")
    person.see("Next:")
    person.command("diary")
    person.see("Chat scanned, WhatsApp Chat with Family.txt: at least 1", "which does not mean that nothing was shared")
    person.press("escape")
    person.see("Next:")


def read_after_a_restart(person: Terminal, home: Home) -> None:
    """What was recorded stands in the walk, a chat that grew is held against it, and a list made by hand is kept."""
    with (home.folder / "My Chats" / "WhatsApp Chat with Family.txt").open("a", encoding="utf-8") as chat:
        chat.write("2/3/24, 12:28 - Anna: @Meta AI once more\n")
    person.see("Recorded scan of")
    person.press("g", "enter")
    person.see("0 of 8 points answered. Recorded scan of", "(1 by you, 1 by others)")
    person.press("f")
    person.see("Nothing is chosen yet.")
    person.type("~/My Chats")
    person.press("f2")
    person.see("Family: at least 3 messages to Meta AI, 2 by you", "Against the diary", "1 more than the 1 recorded")
    person.press("escape")
    person.see("Yes?")
    person.press("a")
    person.see("How to switch it on")
    person.press("a")
    person.see("Which chat?")
    person.type("School 3b")
    person.press("enter")
    person.see("On in 0 of 3 chats on your list.")
    person.press("escape")
    person.see("Yes?")
    person.press("escape")
    person.see("Next:")
    person.press("q")
    assert person.ended() == 0


FAMILY = (
    "25/03/2026, 21:14 - Ann: @\u2068Meta AI\u2069 hi",
    "26/03/2026, 21:15 - Meta AI: hello",
    "27/03/2026, 21:15 - Bo: @\u2068Meta AI\u2069 hi",
)
CLUB = ("25/03/2026, 21:14 - Ann: hi", "25/03/2026, 21:15 - Cas: @Meta AI hi", "25/03/2026, 21:16 - Ann: yes")
SCHOOL = ("25/03/2026, 07:14 - Dee: hi", "25/03/2026, 08:15 - Dee: @Meta AI hi", "25/03/2026, 08:16 - Ann: yes")
TEAM = ("25/04/2026, 07:14 - Eva: hi", "25/04/2026, 08:15 - Ann: @Meta AI hi", "25/04/2026, 08:16 - Eva: yes")
LATER = "28/04/2026, 21:15 - Bo: @\u2068Meta AI\u2069 and now"
EXPORTS = (
    ("WhatsApp Chat with Family.txt", FAMILY, "at least 2 messages to Meta AI in one chat"),
    ("_chat.txt", CLUB, "at least 3 messages to Meta AI, in 2 of 2 chats"),
    ("later/WhatsApp Chat with Family (1).txt", (*FAMILY, LATER), "at least 4 messages to Meta AI, in 2 of 2 chats"),
    ("school/_chat.txt", SCHOOL, "at least 5 messages to Meta AI, in 3 of 3 chats"),
    ("team/_chat.txt", TEAM, "at least 6 messages to Meta AI, in 4 of 4 chats"),
)


@pytest.mark.exhaustive  # a scan from its key to the record is above, and one that adds to another in tests/ui
def test_five_exports_of_one_evening_add_up_over_a_restart_and_the_same_chat_counts_once(
    home: Home, window: OpenWindow
) -> None:
    for name, lines, _ in EXPORTS:
        path = home.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    person = to_the_scan(home, window)
    for number, (name, _, total) in enumerate(EXPORTS):
        if number == 3:  # a restart in between
            person.press("escape")
            person.see("points answered.")
            person.press("escape")
            person.see("Next:")
            person.press("q")
            assert person.ended() == 0
            person = window()
            person.see("Recorded scan", "in 2 of 2 chats.")  # what one second records is one scan
            person.press("g", "enter")
            person.see("f Scan chats")
            person.press("f")
        elif number:
            person.press("n")
        person.see("Nothing is chosen yet.")
        person.type(f"~/{name}")
        person.press("f2")
        person.see(f"All together: {total}")
        person.press("r")
        person.see(f"Recorded, {total}")
        person.until(lambda: home.kinds().count("reviewed-chats") == number + 1, "the entry")  # noqa: B023 - asked before the number goes on
    ids = [event["chat"] for event in home.written["account"][0]["event"][1:]]
    assert len(ids) == 5
    assert len(set(ids)) == 4
    person.press("escape")
    person.see("points answered.", EXPORTS[-1][2])


def test_leaving_while_a_large_chat_is_read_ends_at_once(home: Home, window: OpenWindow) -> None:
    # Every line is a hit, which takes the longest, so that the screen is seen however quick the machine is.
    message = b"1/29/24, 12:24 - Bo: what would you say, @Meta AI?\n"
    with (home.folder / "large.txt").open("wb") as file:
        for _ in range(80):
            file.write(message * 100_000)
    person = to_the_scan(home, window)
    person.type("~/large.txt")
    person.see("~/large.txt")
    person.press("f2")
    person.see("Reading your chats", "of 408 MB")
    person.press("ctrl+q")
    assert person.ended() == 0
    assert person.taken == []


def test_what_a_scan_left_to_do_stays_over_a_restart_until_it_is_done(home: Home, window: OpenWindow) -> None:
    answers = {"used": "yes", "groups": "no", "request": "done", "hub": "yes", "advanced": "done", "incognito": "no"}
    points = [
        entry("review-answered", at(5), point=f"whatsapp.{point}", answer=answer)
        for point, answer in {**answers, "delete": "no", "business": "no"}.items()
    ]
    counts = {"to_meta_ai": 2, "with_meta_ai_alone": 1}
    scan = entry("reviewed-chats", at(3), counts=counts, file="WhatsApp Chat with Meta AI.txt", sha256="0" * 64)
    home.record.parent.mkdir(parents=True)
    progress_file.save_record(
        home.record, record(account("whatsapp", entry("step-done", at(6), step="identify"), *points, scan)), None
    )
    person = window()
    person.see("Next: Delete the chat with Meta AI", "Still to do in your chats")
    person.press("q")
    assert person.ended() == 0
    person = window()
    person.see("Next: Delete the chat with Meta AI")
    person.press("g", "enter")
    person.see("To do", "That removes it from your device")
    person.press("d")
    person.see("Delete the chat with Meta AI?", "It is done")
    person.press("down", "enter")
    person.see_no("Next: Delete the chat")
    person.until(lambda: home.kinds()[-1] == "review-answered", "the answer")
    person.press("q")
    assert person.ended() == 0
