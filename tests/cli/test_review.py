"""`metaoptout-tui review`: what it prints of chats, and how it ends."""

import json
import os
import zipfile
from pathlib import Path

import pytest

from command_line import MANUAL, Ended, run, run_installed

CHAT = (
    "[29.01.24, 12:24:03] Friends: \u200eNachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.\r\n"
    "[29.01.24, 12:24:04] Anna: @\u2068Meta AI\u2069 secret question\r\n"
    "[29.01.24, 12:24:05] Meta AI: secret answer\r\n"
    "[29.01.24, 12:24:06] Anna: and?\r\n"
    "[02.02.24, 12:24:03] ~\u202fBo: @Meta AI hi\r\n"
    "[03.02.24, 12:24:03] Friends: \u200eAnna turned on advanced chat privacy.\r\n"
)
KEYS = {
    "path", "member", "platform_shape", "headers", "messages", "system", "authors", "first", "last", "date_order",
    "date_order_sure", "other_form", "changed_while_read", "to_meta_ai", "maybe_to_meta_ai", "by_meta_ai", "names_meta_ai", "notices", "business_ai_notices",
    "privacy_switch", "with_meta_ai_alone", "ai_name", "to_meta_ai_by", "to_meta_ai_months", "notices_seen",
    "could_be_read", "could_be_read_by", "same_chat_as",
}  # fmt: skip


def review(*arguments: str | Path, **environment: str) -> Ended:
    return run("review", *arguments, **environment)


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    path = tmp_path / "_chat.txt"
    path.write_bytes(CHAT.encode())
    return path


def test_the_json_has_the_promised_shape(chat: Path) -> None:
    ended = review(chat, "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    document = json.loads(ended.stdout)
    assert set(document) == {"schema", "chats", "total", "unreadable"}
    assert document["total"] == {
        "chats": 1, "to_meta_ai": 2, "by_me": 0, "by_others": 0, "by_whom_unknown": 2, "could_be_read": 0,
    }  # fmt: skip
    assert (document["schema"], document["unreadable"]) == (1, [])
    (found,) = document["chats"]
    assert set(found) == KEYS
    assert found | {"path": ""} == {
        "path": "",
        "member": "",
        "platform_shape": "ios",
        "headers": 6,
        "messages": 4,
        "system": 2,
        "authors": {"Anna": 2, "Meta AI": 1, "~ Bo": 1},
        "first": "2024-01-29T12:24:03",
        "last": "2024-02-03T12:24:03",
        "date_order": "dmy",
        "date_order_sure": True,
        "other_form": {"lines": 0, "first": ""},
        "changed_while_read": False,
        "to_meta_ai": 2,
        "maybe_to_meta_ai": 1,
        "by_meta_ai": 1,
        "names_meta_ai": 0,
        "notices": 0,
        "business_ai_notices": 0,
        "privacy_switch": [{"at": "2024-02-03T12:24:03", "on": True}],
        "with_meta_ai_alone": False,
        "ai_name": "",
        "to_meta_ai_by": {"Anna": 1, "~ Bo": 1},
        "to_meta_ai_months": {"2024-01": 1, "2024-02": 1},
        "notices_seen": [{"kind": "privacy-on", "lines": 1, "first": "2024-02-03T12:24:03"}],
        "could_be_read": 0,
        "could_be_read_by": {},
        "same_chat_as": None,
    }


def test_the_manual_shows_the_json_that_is_printed(chat: Path) -> None:
    blocks = MANUAL["json"].split("```json\n")
    shown = next(json.loads(block.partition("```")[0]) for block in blocks if "by_meta_ai" in block)
    printed = json.loads(review(chat, chat.with_name("none"), "--json").stdout)
    assert list(shown) == list(printed)
    assert list(shown["total"]) == list(printed["total"])
    for part in ("chats", "unreadable"):
        assert list(shown[part][0]) == list(printed[part][0])


def test_a_file_whose_name_is_no_text_is_read_and_named(tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), b"\xffchat.txt")  # noqa: PTH118 - Path takes no bytes
    with open(path, "wb") as file:  # noqa: PTH123 - likewise
        file.write(CHAT.encode())
    ended = run_installed("review", tmp_path, "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert json.loads(ended.stdout)["chats"][0]["to_meta_ai"] == 2


def test_times_and_the_persons_own_part_are_given_when_asked_for(chat: Path) -> None:
    (found,) = json.loads(review(chat, "--json", "--times", "--me", "bo").stdout)["chats"]
    assert found["times"] == ["2024-01-29T12:24:04", "2024-02-02T12:24:03"]
    assert found["me"] == {"name": "~ Bo", "to_meta_ai": 1, "maybe_to_meta_ai": 0, "could_be_read": 0}


def test_plain_words_say_the_least_there_was_and_never_that_nothing_was_shared(chat: Path, tmp_path: Path) -> None:
    ended = review(chat, "--me", "Anna")
    assert (ended.returncode, ended.stderr) == (0, "")
    for words in (
        "4 messages, 3 senders, 29 Jan 2024 to 3 Feb 2024",
        "at least 2 messages to Meta AI (Anna 1 and ~ Bo 1), 29 Jan 2024 to 2 Feb 2024",
        "perhaps 1 more, written right after its answer (Anna 1)",
        "of these by Anna: 1, perhaps 1 more",
        "2024-01       1  ######################################## 1 by you",
        "2024-02       1  #",
        "Advanced Chat Privacy switched on, 3 Feb 2024",
        "Nothing found never means that nothing was shared.",
        "this program's own guess",
    ):
        assert words in ended.stdout
    assert "secret" not in ended.stdout
    other = tmp_path / "other.txt"
    other.write_text("1/2/24, 12:24 - Anna: hi\n", encoding="utf-8")
    ended = review(other, chat)
    assert "no message to Meta AI found" in ended.stdout
    assert "The order of day, month and year is not certain" in ended.stdout
    assert "In all: at least 2 messages to Meta AI, in 1 of 2 chats." in ended.stdout
    assert "Nothing found never means that nothing was shared." in review(other).stdout


def test_where_meta_ai_is_a_member_nobody_is_told_that_it_gets_only_what_addresses_it(tmp_path: Path) -> None:
    # S117: a string of the web client of 2026
    path = tmp_path / "Garden.txt"
    path.write_text(
        "09/06/2026, 21:59 - A group member added Meta AI to this chat. Meta can read new messages.\n"
        "13/06/2026, 22:00 - Ann: the key is under the mat\n13/06/2026, 22:00 - Bob: thanks\n",
        encoding="utf-8",
    )
    said = review(path, "--me", "ann").stdout
    assert "1 line of WhatsApp's own says that Meta AI was added to this chat" in said
    assert "on 9 Jun 2026" in said
    assert "Meta could read at least 2 messages written after Meta AI was added (1 by you, 1 by others)" in said
    assert "everything behind that line could be read by Meta" in said
    assert "only what addresses Meta AI and" not in said
    (found,) = json.loads(review(path, "--json").stdout)["chats"]
    assert (found["could_be_read"], found["could_be_read_by"], found["to_meta_ai"]) == (2, {"Ann": 1, "Bob": 1}, 0)


def test_without_such_a_line_it_is_said_as_far_as_known(chat: Path) -> None:
    assert "As far as known, Meta then gets only what addresses Meta AI" in review(chat).stdout


def test_the_same_chat_twice_counts_once_and_says_so(tmp_path: Path) -> None:
    # composed: a chat as text and, exported later, as zip
    (tmp_path / "WhatsApp Chat with Family.txt").write_bytes(CHAT.encode())
    later = CHAT + "[04.02.24, 12:24:03] Anna: @Meta AI again\r\n"
    with zipfile.ZipFile(tmp_path / "WhatsApp Chat - Family.zip", "w") as archive:
        archive.writestr("_chat.txt", later)
    said = review(tmp_path, "--me", "Anna").stdout
    assert "In all: at least 3 messages to Meta AI (2 by you, 1 by others) in one chat." in said
    assert "The same chat as in " in said
    assert "Family.txt, so it counts once." in said
    document = json.loads(review(tmp_path, "--json", "--me", "Anna").stdout)
    assert [chat["to_meta_ai"] for chat in document["chats"]] == [3, 2]
    assert [bool(chat["same_chat_as"]) for chat in document["chats"]] == [False, True]
    assert document["total"]["to_meta_ai"] == 3
    assert (document["total"]["by_me"], document["total"]["by_others"]) == (2, 1)


def test_what_cannot_be_read_is_named_and_the_rest_is_printed(chat: Path, tmp_path: Path) -> None:
    packed = tmp_path / "chat.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../evil.txt", CHAT)
        archive.writestr("_chat.txt", CHAT)
    ended = review(chat, packed, tmp_path / "none.txt", "--json")
    assert ended.returncode == 1
    document = json.loads(ended.stdout)
    assert [each["member"] for each in document["chats"]] == ["", "_chat.txt"]
    assert document["unreadable"] == [
        {"path": str(packed), "member": "../evil.txt", "why": "Its name leads out of the zip."},
        {"path": str(tmp_path / "none.txt"), "member": "", "why": "It is not there."},
    ]
    assert "none.txt: It is not there." in ended.stderr


@pytest.mark.parametrize("path", ["", " "])
def test_an_empty_path_is_refused_and_reads_no_folder(path: str) -> None:
    ended = review(path)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "name a file or a folder" in ended.stderr


def test_what_the_counts_leave_out_is_said(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    lines = [
        "29/1/2019, 12:24 - Anna: @Meta AI hi",
        "[30/1, 18:02] Bo Ek: pasted",
        "30/1/2024, 12:24 - Bo: @Meta AI hi",
    ]
    path.write_text("\n".join([*lines, "99/99/2024, 12:24 - Bo: @Meta AI hi", "1/2/2024, 12:24 - Cy: hm"]), "utf-8")
    said = review(path).stdout
    assert "1 line looks like a message of another form and was read as text." in said
    assert "It has the shape [00/0, 00:00] xx xx: xxxxxx" in said
    assert "    2019       1  ####" in said
    assert "    2021       0\n" in said
    assert "1 message without a readable date is left out." in said
    answered = tmp_path / "answered.txt"
    answered.write_text(
        "29/1/2024, 12:24 - Anna: hi\n29/1/2024, 12:24 - Meta AI: hi\n29/1/2024, 12:24 - Bo: hi", "utf-8"
    )
    assert "Meta AI answered here, so somebody asked, though no message to it is found." in review(answered).stdout


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    ended = review(tmp_path)
    assert (ended.returncode, ended.stdout) == (1, "No chat was read.\n")
    assert "It holds no text that is a WhatsApp export." in ended.stderr


def test_a_sender_that_no_chat_names_is_said(chat: Path) -> None:
    ended = review(chat, "--me", "Cy\x1b[31m")
    assert ended.returncode == 0
    assert "No chat names a sender “Cy" in ended.stderr
    assert "\x1b" not in ended.stdout + ended.stderr


def test_names_that_would_steer_a_terminal_are_printed_harmlessly(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31mb.txt"
    path.write_text("1/29/24, 12:24 - \x1b]52;c;eA==\x07Anna\u202e: @Meta AI hi\n", encoding="utf-8")
    for arguments in ([path], [path, "--json"], [tmp_path / "\x1b[2Jnone"]):
        ended = review(*arguments)
        assert not set("\x1b\x07\u202e") & set(ended.stdout + ended.stderr)


def test_nothing_is_written_anywhere(chat: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    assert run_installed("review", chat, HOME=str(home)).returncode == 0
    assert list(home.iterdir()) == []
