"""A helper with three people's records: chosen at the start, one in place of another, each in a folder of its own."""

import tomllib
from pathlib import Path

from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.storage import progress_file
from metaoptout_tui.storage.people_folder import add_person
from samples import account, record
from terminal.pseudo_terminal import Home, OpenWindow


def begin(home: Home) -> Path:
    """Three people's records, of which one has no account yet; the folder of them."""
    folder = home.record.parent / "people"
    for name, progress in (("Omar", account("facebook-omar")), ("Rosa", account("instagram-rosa")), ("Wanda", None)):
        add_person(folder, name)
        whole = record(progress) if progress else Record()
        home.write(folder / name / "progress.toml", progress_file.dump_record(whole))
    return folder


def notes_of(path: Path) -> list[str]:
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    return [event["text"] for each in written["account"] for event in each.get("event", [])]


def test_three_people_are_helped_one_after_the_other_and_nothing_of_one_is_seen_beside_another(
    home: Home, window: OpenWindow
) -> None:
    folder = begin(home)
    person = window()
    person.see("Whose record?", "Omar", "Rosa", "Wanda")
    person.see_no("instagram")
    person.press("down", "enter")
    person.see("Rosa · Next:", "who says so")
    person.command("write a note")
    person.see("Note to", "F2 Save note")
    person.type("Of Rosa alone.")
    person.press("f2")
    person.see("Rosa · Next:")
    person.command("whose record")
    person.see("Rosa (open now)")
    person.see_no("Of Rosa alone.")
    person.press("up", "enter")
    person.see("Omar · Next:", "who says so")
    person.see_no("rosa")
    person.press("d")
    person.command("whose record")
    person.see("Omar (open now)")
    person.press("q", "ctrl+q")
    assert person.ended() == 0
    assert notes_of(folder / "Rosa" / "progress.toml") == ["Of Rosa alone."]
    assert notes_of(folder / "Omar" / "progress.toml") == []
    assert not home.record.exists()
    for name in ("Rosa", "Omar"):
        assert (folder / name / "state.toml").exists()
    assert not (folder / "Wanda" / "state.toml").exists()
    assert (folder / "Rosa" / "backups").is_dir()
    assert not (folder / "Omar" / "backups").exists()
    assert b"saved" not in person.raw.rpartition(b"\x1b[?1049l")[2]


def test_leaving_tells_nothing_of_the_one_who_was_helped_last(home: Home, window: OpenWindow) -> None:
    begin(home)
    person = window("--person", "rosa")
    person.see("Rosa · Next:", "who says so")
    person.command("write a note")
    person.see("Note to", "F2 Save note")
    person.type("Of Rosa alone.")
    person.press("f2")
    person.see("Rosa · Next:")
    person.press("q")
    assert person.ended() == 0
    left_behind = person.raw.rpartition(b"\x1b[?1049l")[2]
    assert b"Everything is saved." in left_behind
    assert b"Rosa" not in left_behind
    assert b"Next" not in left_behind


def test_a_person_can_be_named_at_once_and_leaving_the_question_opens_nothing(home: Home, window: OpenWindow) -> None:
    folder = begin(home)
    person = window("--person", "omar")
    person.see("Omar · Next:")
    person.press("q")
    assert person.ended() == 0
    person = window()
    person.see("Whose record?")
    person.press("q")
    assert person.ended() == 0
    assert person.taken == []
    assert not (folder / "Rosa" / "state.toml").exists()


def test_what_a_command_says_breaks_at_words_and_not_within_a_command(home: Home, window: OpenWindow) -> None:
    begin(home)
    person = window("paths")
    person.until(lambda: "prints where" in person.flowing, "the hint")
    assert person.ended() == 0
    assert any(line.startswith("`metaoptout-tui paths --person NAME`") for line in person.lines)


def test_in_lines_it_is_always_said_whose_record_is_open_and_one_alone_is_deleted(
    home: Home, window: OpenWindow
) -> None:
    folder = begin(home)
    person = window("--plain", rows=60)

    def answer(question: str, *lines: str) -> None:
        person.see(question)
        for line in lines:
            person.send(f"{line}\n".encode())

    answer("Whose record?", "Rosa")
    answer("This is the record “Rosa”.", "next", "back", "1", "back")
    person.until(
        lambda: person.raw.count("This is the record “Rosa”.".encode()) >= 4, "the record at the list and at a step"
    )
    assert b"Omar" not in person.raw.partition("This is the record “Rosa”.".encode())[2]
    answer("What would you like to do?", "Everything else", "Whose record", "Omar")
    answer("This is the record “Omar”.", "Everything else", "What is kept", "Delete all", "yes")
    assert person.ended() == 0
    of_omar = person.raw.rpartition("This is the record “Omar”.".encode())[2]
    assert b"/people/Omar/progress.toml" in of_omar
    assert b"osa" not in of_omar
    assert not (folder / "Omar" / "progress.toml").exists()
    assert (folder / "Rosa" / "progress.toml").exists()
