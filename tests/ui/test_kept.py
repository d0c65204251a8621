"""What is kept, and where: going back to a version, bringing one account back, joining a copy."""

from pathlib import Path

from metaoptout_tui.app.files.restoring import shown_path
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.storage.progress_file import dump_record, save_record
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.leaving import LeftToPurge
from samples import account, at, entry, record
from ui.driving import EVERYTHING, OpenScreen, does
from ui.kept_versions_on_disk import CONFLICT_COPY, EARLIER, ELSEWHERE, NOTE, write_copies_of_one_day

NOW_HERE = record(account("facebook", entry("filed", at(3))))
BIG = (110, 40)


@does("everywhere.kept", "kept.up", "kept.down", "kept.page-down", "kept.page-up", "kept.back")
async def test_it_lists_the_versions_and_every_kind_of_file_with_its_place(walk: OpenScreen, tmp_path: Path) -> None:
    async with walk(NOW_HERE, size=BIG) as me:
        await me.press("f10")
        assert me.at == "kept"
        assert "22 Nov 2026, 10:00: 1 account, 1 entry a copy that Google Drive left" in me.flowing
        assert "20 Nov 2026, 09:15: 2 accounts, 1 entry" in me.flowing
        assert "earlier versions of it: 2 files" in me.flowing
        assert "your settings: none" in me.flowing
        await me.press("j")
        assert "Not in your record now: Threads “old”." in me.flowing
        await me.press("k", *["down"] * 4)
        assert f"In {tmp_path}/person/backups" in me.flowing
        await me.press("ctrl+d", "ctrl+u")
        assert me.guide_says("- The clipboard, and the history of your browser and your terminal.")
        await me.press("enter")
        assert me.told == "These files are only shown here."
        await me.press("escape")
        assert me.at == "checklist"


async def test_many_copies_of_one_day_share_a_row_until_it_is_opened(walk: OpenScreen, tmp_path: Path) -> None:
    async with walk(NOW_HERE, size=BIG) as me:
        write_copies_of_one_day(tmp_path / "person" / "progress.toml", 5)
        await me.press("f10")
        assert "5 copies of 18 Nov 2026, the newest 12:00" in me.flowing
        assert "18 Nov 2026, 11:00" not in me.flowing
        await me.press("down", "down")
        assert "Enter shows each of them." in me.flowing
        await me.press("enter")
        assert "18 Nov 2026, 12:00: 2 accounts, 1 entry 18 Nov 2026, 11:00: 2 accounts, 1 entry" in me.flowing
        await me.press("enter")
        assert me.headline.title == "The version of 18 Nov 2026, 12:00"


@does("kept.choose", "kept.undo")
async def test_a_version_is_brought_back_after_a_question_and_undo_takes_that_back(walk: OpenScreen) -> None:
    async with walk(NOW_HERE, size=BIG) as me:
        await me.press("f10", "down", "enter")
        assert me.headline.title == "The version of 20 Nov 2026, 09:15"
        await me.press("enter")
        assert me.progress == NOW_HERE
        await me.press("enter", "down", "enter")
        assert me.progress == EARLIER
        assert me.told == "Your record has 2 accounts, 1 entry now. u takes that back."
        await me.press("u")
        assert me.progress == NOW_HERE
        assert me.progress.removals == {}


@does("kept.backup")
async def test_a_backup_goes_into_the_folder_that_is_offered_or_under_a_name_that_is_typed(
    walk: OpenScreen, tmp_path: Path
) -> None:
    async with walk(NOW_HERE, size=BIG) as me:
        save_record(tmp_path / "person" / "progress.toml", NOW_HERE, None)
        await me.press("f10", "z")
        assert me.headline.title == "Where is the backup to be written?"
        assert "No file is ever replaced." in me.flowing
        await me.press("enter")
        (made,) = Path.home().rglob("metaoptout-2026-11-23.zip")
        assert f"Written: {shown_path(made)}." in me.told
        assert "What you typed and did not record is in it too" in me.told
        await me.press("z", "down", "enter")
        await me.write(str(tmp_path / "all of it"))
        await me.press("enter")
        assert (tmp_path / "all of it.zip").exists()


async def test_undo_after_a_deletion_asks_before_it_takes_back_what_was_before(walk: OpenScreen) -> None:
    async with walk(NOW_HERE, size=BIG) as me:
        me.session.diary_service.record_note("facebook", "open", "Later")
        noted = me.progress
        await me.press("f10", "down", "down", "d", "down", "enter")
        assert me.told == "The version is deleted; nothing brings it back."
        await me.press("u")
        assert me.headline.title == "Take that back?"
        assert "What you did last cannot be taken back." in me.flowing
        await me.press("enter")
        assert me.progress == noted
        await me.press("u", "down", "enter")
        assert me.progress.accounts == NOW_HERE.accounts


@does("kept.delete")
async def test_one_version_is_deleted_after_a_question_and_a_conflict_copy_is_not(
    walk: OpenScreen, tmp_path: Path
) -> None:
    folder = tmp_path / "person"
    async with walk(NOW_HERE, size=BIG) as me:
        await me.press("f10", "d")
        assert me.told == "This is a copy that a conflict left. Join it; then it is kept as a version."
        versions = len(list((folder / "backups").iterdir()))
        await me.press("down", "d")
        assert me.headline.title == "Delete this version for good?"
        assert "It cannot be brought back then: 20 Nov 2026, 09:15: 2 accounts, 1 entry." in me.flowing
        await me.press("enter")
        assert "20 Nov 2026, 09:15" in me.flowing
        await me.press("d", "down", "enter")
        assert me.told == "The version is deleted; nothing brings it back."
        assert "20 Nov 2026, 09:15" not in me.flowing
        assert len(list((folder / "backups").iterdir())) < versions
        assert me.progress == NOW_HERE
        assert (folder / "progress (1).toml").exists()


async def test_an_account_that_was_removed_is_brought_back_alone_tomorrow_too(walk: OpenScreen) -> None:
    async with walk(EARLIER, at=("threads-old", ""), size=BIG) as me:
        await me.press("X")
        assert me.progress.account_by_id("threads-old") is None
        me.machine.clock.pass_by(days=1)
        await me.press("f10", "down", "enter", "down", "enter")
        assert me.progress.account_by_id("threads-old") is None
        await me.press("enter", "down", "down", "enter")
        assert me.told == "The account is back, with its diary. u takes that back."
        assert me.progress == EARLIER


async def test_a_conflict_copy_is_joined_both_values_are_shown_and_it_is_put_away(
    walk: OpenScreen, tmp_path: Path
) -> None:
    copy = tmp_path / "person" / "progress (1).toml"
    async with walk(record(account("facebook", NOTE)), size=BIG) as me:
        await me.press("f10", "enter")
        assert me.headline.title == "Both have your country. Which is right?"
        assert "Here: NL" in me.flowing
        assert "There: BE" in me.flowing
        await me.press("escape")
        assert me.told == "Nothing was joined."
        assert copy.exists()
        await me.press("enter", "end", "enter")
        assert me.progress.person == CONFLICT_COPY.person
        assert sorted(me.account().events) == [NOTE, ELSEWHERE]
        assert "Joined: your record has 1 account, 2 entries now." in me.told
        assert "progress (1).toml is kept as" in me.told
        assert not copy.exists()


@does("kept.join")
async def test_the_record_of_another_computer_is_joined_from_its_file(walk: OpenScreen, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_bytes(dump_record(record(account("instagram", entry("filed", at(2))))))
    async with walk(NOW_HERE, size=BIG) as me:
        await me.press("f10", "m")
        await me.write(str(tmp_path / "other.toml"))
        await me.press("enter")
        await me.workers()
        await me.until(lambda: me.at == "kept")
        assert {each.id for each in me.progress.accounts} == {"facebook", "instagram"}
        assert (tmp_path / "other.toml").exists()
        await me.press("m")
        await me.write(str(tmp_path / "nowhere.toml"))
        await me.press("enter")
        await me.workers()
        assert "There is no file" in me.flowing


@does("kept.purge", "purge.delete", "purge.back", "purge.page-down", "purge.page-up")
async def test_all_of_it_is_deleted_after_the_program_has_ended_and_only_for_a_typed_yes(
    walk: OpenScreen, tmp_path: Path
) -> None:
    async with walk(NOW_HERE, size=BIG) as me:
        await me.press("f10", "X")
        assert me.headline.title == "Delete everything?"
        assert f"- {tmp_path}/person/progress (1).toml" in me.flowing
        assert me.guide_says("- Copies that a sync or backup program took, and their history.")
        await me.press("pagedown", "pageup")
        await me.write("no")
        await me.press("enter")
        assert "“no” is none of the answers. Nothing was deleted. Type yes, or go back." in me.flowing
        await me.press("escape")
        assert me.at == "kept"
        assert me.app.is_running
        await me.press("end")
        assert "Delete all of it" in me.text
        await me.press("enter")
        assert me.at == "purge"
        await me.write("Yes")
        await me.press("enter")
        assert me.app.leaving.after == LeftToPurge()
        assert me.app.return_code == 0


async def test_what_lies_in_a_folder_of_the_persons_choice_goes_only_where_that_is_ticked(
    walk: OpenScreen, tmp_path: Path
) -> None:
    for is_ticked in (False, True):
        async with walk(NOW_HERE, size=BIG) as me:
            page = tmp_path / "to hand over" / "case.html"
            page.parent.mkdir(exist_ok=True)
            page.touch()
            me.app._app_context.record_files().exports.remember([page])
            await me.press("f10", "X")
            assert "they stay unless you say otherwise" in me.flowing
            asked = me.words("question")
            await me.press("shift+tab", *(["space"] if is_ticked else []), "tab")
            assert (me.words("question") != asked) is is_ticked
            await me.write("si")
            await me.press("enter")
            assert "“si” is none of the answers. Nothing was deleted. Type yes, or go back." in me.flowing
            await me.write("YES", anew=True)
            await me.press("enter")
            assert me.app.leaving.after == LeftToPurge(is_ticked)


async def test_a_window_that_may_only_read_shows_it_and_changes_nothing(walk: OpenScreen) -> None:
    why = "Read-only: open elsewhere."
    async with walk(EVERYTHING, read_only=why, size=BIG) as me:
        await me.press("f10", "enter")
        assert me.told.startswith(why)
        await me.press("m")
        assert me.told.startswith(why)
        assert me.progress == EVERYTHING


async def test_it_opens_before_there_is_an_account(walk: OpenScreen) -> None:
    async with walk(Record()) as me:
        await me.press("f10")
        assert me.at == "kept"


@does("kept.open")
async def test_the_folder_of_what_is_kept_is_shown_by_the_file_manager(walk: OpenScreen, tmp_path: Path) -> None:
    async with walk(NOW_HERE, size=BIG) as me:
        assert isinstance(me.screen, BaseScreen)
        exports = me.screen.context.record_files().exports
        exports.save_letter("reminder", "Dear Meta", b"<p>Dear Meta")
        await me.press("f10")
        await me.go_to_row("case files: 2 files")
        assert me.guide_says("o shows them in your file manager. There you can open and print them.")
        await me.press("o")
        await me.workers()
        assert me.machine.opened == [str(tmp_path / "person" / "case-files")]
        await me.go_to_row("files kept as evidence: none")
        await me.press("o")
        assert me.told == "There is no file of it yet."


async def test_of_several_folders_it_is_asked_which_to_show(walk: OpenScreen, tmp_path: Path) -> None:
    places = [tmp_path / name / "case.html" for name in ("first", "second")]
    for place in places:
        place.parent.mkdir()
        place.write_text("case")
    async with walk(NOW_HERE, size=BIG) as me:
        assert isinstance(me.screen, BaseScreen)
        me.screen.context.record_files().exports.remember(places)
        await me.press("f10")
        await me.go_to_row("in folders of your choice: 2 files")
        await me.press("o")
        assert me.headline.title == "Which folder?"
        await me.go_to_row("first")
        await me.press("enter")
        await me.workers()
        assert me.machine.opened == [str(places[0].parent)]
