"""Several people's records on the screen: only names are shown, and one is opened in place of another."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from command_line import save_in
from exhaustive import parametrize_some
from metaoptout_tui.app.paths import own_record_name
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.storage.people_folder import add_person
from metaoptout_tui.ui.leaving import LeftForPerson, LeftToEnd
from metaoptout_tui.ui.questions_at_start import WhoseRecordApp
from samples import account, at, entry, record
from ui.driving import OpenScreen, does

MINE = record(account("facebook", entry("filed", at(3))))


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """The folder with the records of two other people."""
    folder = tmp_path / "person" / "people"
    for name in ("Rosa", "Omar"):
        add_person(folder, name)
    save_in(folder / "Rosa", record(account("instagram-rosa", email="rosa@example.org")))
    return folder


@does("everywhere.people", "people.choose", "people.up", "people.down", "people.back")
@pytest.mark.usefixtures("people")
async def test_only_the_names_are_shown_and_the_chosen_one_is_opened_when_this_one_is_left(walk: OpenScreen) -> None:
    async with walk(MINE) as me:
        await me.press("P")
        assert me.at == "people"
        assert f"{own_record_name()} (open now)" in me.flowing
        assert "rosa@example.org" not in me.flowing
        await me.press("enter")
        assert me.told == "This record is open."
        await me.press("escape")
        assert me.at == "checklist"
        await me.press("P", "j", "k", "down", "down")
        assert me.guide_says("opens this record, and closes the one that is open. All is saved.")
        await me.press("enter")
        assert me.app.leaving.after == LeftForPerson("Rosa")
        assert me.app.return_code == 0


@does("people.add", "person.save", "person.back")
async def test_a_record_for_one_person_more_is_begun_and_its_name_is_in_no_other_record(
    walk: OpenScreen, people: Path
) -> None:
    async with walk(MINE) as me:
        await me.press("P", "a")
        assert me.at == "person"
        await me.write("omar")
        await me.press("enter")
        assert "There is a record called Omar already." in me.flowing
        await me.press("escape")
        assert me.at == "people"
        await me.press("a")
        await me.write("Tante Erika")
        await me.press("enter")
        assert me.headline.title == "Begin a record for “Tante Erika”?"
        await me.press("enter")
        assert me.at == "people"
        assert not (people / "Tante Erika").exists()
        await me.press("a")
        await me.write("Tante Erika")
        await me.press("enter", "down", "enter")
        assert me.app.leaving.after == LeftForPerson("Tante Erika")
        assert (people / "Tante Erika").is_dir()
        assert me.progress == MINE
        assert not me.machine.saved


@does("people.take")
async def test_a_folder_that_was_used_with_data_dir_is_taken_in_under_a_name(
    walk: OpenScreen, people: Path, tmp_path: Path
) -> None:
    save_in(tmp_path / "omar", record(account("facebook")))
    async with walk(MINE) as me:
        await me.press("P", "t")
        assert me.headline.title == "Take in a folder that you used with --data-dir"
        await me.write(str(tmp_path / "nobody"))
        await me.press("enter")
        assert "There is no record in" in me.flowing
        await me.write(str(tmp_path / "omar"), anew=True)
        await me.press("enter")
        assert me.field("name") == "omar"
        await me.press("enter")
        assert "There is a record called Omar already." in me.flowing
        await me.write("Omar the younger", anew=True)
        await me.press("enter")
        assert me.told == "Omar the younger is in the list."
        assert me.guide_says("Whoever can use your account on this computer can open each of these records.")
        assert (people / "Omar the younger").resolve() == tmp_path / "omar"


@does("people.rename", "people.page-down", "people.page-up")
async def test_a_record_gets_another_name_unless_it_is_open(walk: OpenScreen, people: Path) -> None:
    async with walk(MINE) as me:
        await me.press("P", "n")
        assert me.told == "Your own record has no name."
        assert "Another name" not in me.text
        assert "gives it another name" not in me.flowing
        assert me.guide_says("open it, and choose “Delete all of it” in “What is kept”.")
        await me.press("pagedown", "pageup", "down")
        assert "Another name" in me.text
        await me.press("n")
        assert me.field("name") == "Omar"
        await me.write("Omar B", anew=True)
        await me.press("enter")
        assert me.told == "Omar is called Omar B now."
        assert (people / "Omar B").is_dir()
        assert "Omar B" in me.flowing


async def test_a_folder_that_is_not_there_now_is_not_opened(walk: OpenScreen, people: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "disk"
    elsewhere.mkdir()
    (people / "Wanda").symlink_to(elsewhere)
    elsewhere.rmdir()
    async with walk(MINE) as me:
        await me.press("P", "end", "enter")
        assert "The folder of Wanda is not there now." in me.told
        assert me.app.is_running
        assert me.app.leaving.after == LeftToEnd()


@pytest.mark.usefixtures("people")
async def test_a_change_that_could_not_be_saved_keeps_the_record_open(walk: OpenScreen) -> None:
    def refuse(_: Record) -> Record:
        from metaoptout_tui.core.errors import StorageError

        raise StorageError("Not saved: the disk is full.")

    async with walk(MINE, save=refuse) as me:
        me.session.diary_service.record_note("facebook", "open", "Not lost.")
        await me.press("P", "down", "enter")
        assert me.app.is_running
        assert not me.app.leaving.is_under_way
        assert "Leave once more to go without saving." in me.told
        await me.press("enter")
        assert me.app.leaving.after == LeftForPerson("Omar")


async def press(pilot: Pilot[str], *keys: str) -> None:
    await pilot.pause()
    await pilot.press(*keys)
    await pilot.pause()


async def test_nobody_gets_round_from_the_last_name_to_the_first_and_into_a_wrong_record() -> None:
    app = WhoseRecordApp(("", "Omar", "Rosa"))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "down", "down", "down", "enter")
    assert app.return_value == "Rosa"
    app = WhoseRecordApp(("", "Omar", "Rosa"))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "k", "up", "enter")
    assert app.return_value == ""


@does("whose.choose", "whose.quit")
@parametrize_some(3,
    ("keys", "answer"),
    [(("enter",), ""), (("down", "enter"), "Omar"), (("j", "j", "k", "enter"), "Omar"), (("down", "q"), None), (("escape",), None)],
)  # fmt: skip
async def test_at_the_start_one_is_chosen_or_none_is_opened(keys: tuple[str, ...], answer: str | None) -> None:
    app = WhoseRecordApp(("", "Omar", "Rosa"))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
    assert app.return_value == answer
