"""From a file that proves something to the case file in a folder, in a real terminal."""

import json
from hashlib import sha256
from pathlib import Path

from metaoptout_tui.storage import progress_file
from sample_mails import mail
from samples import account, at, entry, record
from terminal.pseudo_terminal import Home, OpenWindow, Terminal


def on_the_checklist(home: Home, window: OpenWindow) -> Terminal:
    """A window on an account for which an objection was sent and a message was seen."""
    home.record.parent.mkdir(parents=True)
    filed = entry("filed", at(5), email="anna@example.org")
    every = record(account("facebook", entry("step-done", at(6), step="identify"), filed, entry("refused", at(4))))
    progress_file.save_record(home.record, every, None)
    person = window()
    person.see("Next:")
    return person


def drop(person: Terminal, words: str) -> None:
    """As a terminal hands on what is dropped on it, once the field for it has the cursor."""
    person.until(lambda: person.cursor[1] == person.line_of("drop it on this window") + 1, "the cursor in the field")
    person.send(b"\x1b[200~" + words.encode() + b"\x1b[201~")


def write_folder(person: Terminal, folder: str) -> None:
    """Another folder in the place of the one that is offered."""
    person.see("~")
    person.send(b"\x01\x0b")  # to the beginning, and away with all of it
    person.see_no("~")
    person.type(folder)
    person.see(folder)


def test_a_file_is_kept_for_an_entry_and_the_case_file_names_it_with_its_hash(home: Home, window: OpenWindow) -> None:
    answer = home.folder / "Meta's answer.eml"
    answer.write_bytes(mail("We cannot take any further action."))
    person = on_the_checklist(home, window)
    person.command("diary")
    person.see("Diary of Facebook")
    person.press("a")
    person.see("Keep a file as proof")
    drop(person, f'"{answer}"\n')
    person.see("Meta's answer.eml")  # a long path is seen from its end
    person.press("enter")
    person.see("Kept: Meta's answer.eml", "It reads like a refusal")
    digest = sha256(answer.read_bytes()).hexdigest()
    person.until(lambda: home.kinds()[-1:] == ["evidence"], "the entry")
    assert home.written["account"][0]["event"][-1]["sha256"] == digest
    assert (home.record.parent / "evidence" / answer.name).read_bytes() == answer.read_bytes()
    person.press("escape")
    person.see("Next:")
    person.command("case file")
    person.see("Write the case file", "Folder to write to")
    write_folder(person, "~/for the authority")
    person.press("tab", "tab", "space", "enter")
    person.see("Written: ")
    folder = home.folder / "for the authority"
    [data] = folder.glob("*.json")
    assert sorted(path.suffix for path in folder.iterdir()) == [".html", ".ics", ".json", ".md"]
    [kept] = json.loads(data.read_bytes())["accounts"][0]["evidence"]
    assert (kept["sha256"], kept["found"]) == (digest, "ok")
    person.press("q")
    assert person.ended() == 0
    assert person.taken == []


def test_a_mail_of_two_gigabytes_and_a_folder_that_is_a_file_are_said_and_nothing_is_lost(
    home: Home, window: OpenWindow
) -> None:
    huge = home.folder / "huge.eml"
    with huge.open("wb") as file:
        file.truncate(2 << 30)
    (home.folder / "file").write_bytes(b"mine")
    person = on_the_checklist(home, window)
    before = home.record.read_bytes()
    person.command("diary")
    person.see("Diary of Facebook")
    person.press("a")
    person.see("Keep a file as proof")
    drop(person, str(huge))
    person.press("enter")
    person.see("huge.eml is larger than 100 MB, which is the most that is kept.")
    person.press("escape")
    person.see("Diary of Facebook")
    person.press("escape")
    person.see("Next:")
    person.command("case file")
    person.see("Folder to write to")
    write_folder(person, "~/file")
    person.press("tab", "tab", "space", "enter")
    person.see("is a file and no folder. It was left as it is.")
    person.press("ctrl+q")
    assert person.ended() == 0
    assert Path(home.folder / "file").read_bytes() == b"mine"
    assert b"[[account.event]]" in before
    assert home.kinds() == ["step-done", "filed", "refused"]
    assert not (home.record.parent / "evidence").exists()
