"""What is remembered beside the diaries, in the file of today and as former releases kept it among the drafts."""

import tomllib

import pytest

from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.remembered import ME, OF_PERSON, ChatPrivacy, Remembered
from metaoptout_tui.storage.progress_file import FileLoaded, dump_record, parse_record

FORMER = """schema = 1
[drafts.letter-sender]
name = "Anna Example"
sender-address = "Street 1\\n1234 AB Utrecht"
asked = "name sender-address"
typed-at = "2026-11-25T21:15:00+01:00"
[drafts."letter-sender:facebook"]
profile = "facebook.com/anna.example"
asked = "profile"
[drafts."letter-english:facebook"]
english = "left-out"
[drafts."chat-privacy:whatsapp"]
Family = "off me"
"Garden Club" = "perhaps"
"Old group" = "out"
[drafts."note:facebook:open"]
text = "half a not"
"""


def read(text: str) -> Record:
    loaded = parse_record(text.encode(), "progress.toml")
    assert isinstance(loaded, FileLoaded), loaded
    return loaded.record


def test_what_a_former_release_kept_among_the_drafts_is_remembered_and_no_draft_any_more() -> None:
    record = read(FORMER)
    assert record.remembered == {
        OF_PERSON: Remembered(
            {"name": "Anna Example", "sender-address": "Street 1\n1234 AB Utrecht"},
            frozenset({"name", "sender-address"}),
        ),
        "facebook": Remembered({"profile": "facebook.com/anna.example"}, frozenset({"profile"}), sends_english=False),
        "whatsapp": Remembered(
            chats={
                "Family": ChatPrivacy("Family", "off", ME),
                "Garden Club": ChatPrivacy("Garden Club"),
                "Old group": ChatPrivacy("Old group", is_removed=True),
            }
        ),
    }
    assert record.drafts == {"note:facebook:open": {"text": "half a not"}}
    assert record.name_for_letters == "Anna Example"


def test_it_is_saved_in_a_place_of_its_own_and_read_from_there() -> None:
    record = read(FORMER)
    saved = dump_record(record)
    assert tomllib.loads(saved.decode())["drafts"].keys() == {"note:facebook:open"}
    assert read(saved.decode()) == record


def test_what_a_former_release_wrote_beside_it_is_newer_and_counts() -> None:
    saved = dump_record(Record(remembered={OF_PERSON: Remembered({"name": "Anna", "place": "Utrecht"})})).decode()
    record = read(saved + '\n[drafts.letter-sender]\nname = "Anna Jansen"\n')
    assert record.remembered_of().for_letters == {"name": "Anna Jansen", "place": "Utrecht"}


def test_what_a_later_release_remembers_besides_stays_in_the_file() -> None:
    text = 'schema = 1\n[remembered]\nsize = 3\n[remembered.account.facebook]\ncolours = { sky = "blue" }\n'
    again = tomllib.loads(dump_record(read(text)).decode())
    assert again["remembered"] == {"size": 3, "account": {"facebook": {"colours": {"sky": "blue"}}}}


@pytest.mark.parametrize("draft", ["letter-sender", "letter-english:facebook", "chat-privacy:whatsapp"])
def test_a_draft_of_a_former_release_that_says_nothing_leaves_nothing(draft: str) -> None:
    record = read(f'schema = 1\n[drafts."{draft}"]\ntyped-at = "2026-11-25T21:15:00+01:00"\n')
    assert (record.drafts, record.remembered) == ({}, {})


def test_chats_in_the_file_reach_the_program_without_power_over_the_terminal() -> None:
    record = read('schema = 1\n[remembered.account.whatsapp.chats]\nFamily = "perhaps x\\u001b"\n')
    assert record.remembered_of("whatsapp").chats == {"Family": ChatPrivacy("Family", "unknown", "x\ufffd")}


def test_with_an_account_goes_what_is_remembered_of_it() -> None:
    assert read(FORMER).without_account("facebook").remembered.keys() == {OF_PERSON, "whatsapp"}
