"""Meta's download: chosen, read in a thread, compared with the record, taken, and what it shows of exposure."""

import os
from pathlib import Path

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.core.objection.tasks import TaskKind
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.storage import progress_file
from samples import account, at, entry, record
from ui.driving import OpenScreen, does
from ui.fake_download import read_download

ANNA = record(account("facebook"))
IDENTIFY = ("facebook", "identify")
SIZES = parametrize_some([(60, 20)], "size", [(80, 24), (60, 20)])


def names(progress: Record) -> list[tuple[str, str | None]]:
    return [(each.name, each.linked_group) for each in progress.accounts]


# Choosing


@does("identify.download", "download.take", "download.back", "download.read")
async def test_a_path_is_taken_with_enter_and_read_with_the_next(walk: OpenScreen) -> None:
    async with walk(ANNA, at=IDENTIFY) as me:
        await me.press("enter", "i")
        assert me.at == "download"
        await me.press("f2")
        assert "Choose a file or a folder first." in me.text
        await me.write("~/facebook.zip")
        await me.press("enter")
        assert me.field("path") == ""
        await me.press("escape")
        assert me.at == "identify"
        await me.press("i")
        assert "✓" in me.words("chosen")
        await me.press("enter")
        await me.until(lambda: me.at == "download-found")


@does("download.complete", "download.folders", "download.add", "download.drop")
async def test_a_path_is_completed_and_files_are_taken_from_the_folders(walk: OpenScreen) -> None:
    async with walk(ANNA, at=IDENTIFY) as me:
        await me.press("enter", "i")
        await me.write("~/face")
        await me.press("tab")
        assert me.field("path") == "~/facebook.zip"
        await me.press("enter", "f4", "f3")
        assert me.words("chosen") == "✓ ~/facebook.zip ✓ ~"
        await me.press("f8")
        assert me.words("chosen") == "✓ ~/facebook.zip"


@does("download.how")
async def test_how_to_ask_for_it_is_told_step_by_step_with_how_sure_that_is(walk: OpenScreen) -> None:
    async with walk(ANNA, at=IDENTIFY) as me:
        await me.press("enter", "i")
        assert "tells how to ask Meta for it, step by step" in me.words("help")
        await me.press("f5")
        assert me.at == "topic"
        told = me.flowing
        steps = (
            "open the Accounts Centre",
            "Your information and permissions",
            "One profile is chosen at a time",
            "take JSON",
        )
        assert [step for step in steps if step not in told] == []
        assert told.index(steps[0]) < told.index(steps[1]) < told.index(steps[2]) < told.index(steps[3])
        assert "not verified" in told
        await me.press("escape")
        assert me.at == "download"


# Reading


@does("download-reading.stop")
async def test_esc_stops_and_what_was_read_is_shown(walk: OpenScreen) -> None:
    async with walk(ANNA, at=IDENTIFY) as me:
        await me.press("enter", "i")
        await me.write("~/endless.zip")
        await me.press("f2")
        assert me.at == "download-reading"
        await me.until(lambda: "40 of 120 MB" in me.text)
        await me.press("escape")
        await me.until(lambda: me.at == "download-found")
        await me.settled()
        assert me.guide_says("Stopped before the end")


@does("download-reading.back", "everywhere.download")
async def test_the_walk_goes_on_while_it_is_read_and_f12_leads_back(walk: OpenScreen) -> None:
    async with walk(ANNA, at=IDENTIFY) as me:
        await me.press("enter", "i")
        await me.write("~/endless.zip")
        await me.press("f2", "b")
        assert me.at == "identify"
        await me.press("escape", "f12")
        assert me.at == "download-reading"
        await me.press("x")
        await me.until(lambda: me.at == "download-found")


# What was found


@does("download-found.take", "download-found.undo")
async def test_the_ticked_are_taken_as_one_change_and_undone_as_one(walk: OpenScreen) -> None:
    async with walk(ANNA, at=IDENTIFY) as me:
        await me.press("enter")
        await read_download(me)
        assert "[x] New: Instagram @anna.example, in “Accounts Centre”" in me.flowing
        assert "[x] Link: Facebook Anna in “Accounts Centre”" in me.flowing
        saves = len(me.machine.saved)
        await me.press("enter")
        assert len(me.machine.saved) == saves + 1
        assert names(me.progress) == [("Anna", "Accounts Centre"), ("@anna.example", "Accounts Centre")]
        assert "Nothing new for your list" in me.flowing
        await me.press("u")
        assert names(me.progress) == [("Anna", None)]
        assert "[x] New: Instagram @anna.example" in me.flowing


@pytest.mark.exhaustive
@does("download-found.down", "download-found.up", "download-found.back")
async def test_what_is_not_ticked_is_not_taken(walk: OpenScreen) -> None:
    async with walk(ANNA, at=IDENTIFY) as me:
        await me.press("enter")
        await read_download(me)
        await me.press("space", "down", "up", "down", "enter")
        assert names(me.progress) == [("Anna", "Accounts Centre")]
        await me.press("space", "enter")
        await me.press("escape")
        assert me.at == "identify"


async def test_a_link_without_a_day_is_asked_about_where_an_objection_depends_on_it(walk: OpenScreen) -> None:
    progress = record(
        account("facebook"), account("instagram-anna.example", entry("filed", at(3)), hub="mine", email="")
    )
    async with walk(progress, at=IDENTIFY) as me:
        await me.press("enter")
        await read_download(me)
        await me.press("enter")
        assert me.at == "ask"
        await me.press("home", "enter")
        assert me.at == "download-found"
        assert me.account().linked_group == "mine"


@does("download-found.mine")
@SIZES
async def test_a_strangers_download_is_asked_about_and_not_mixed_in(walk: OpenScreen, size: tuple[int, int]) -> None:
    async with walk(ANNA, at=IDENTIFY, size=size) as me:
        await me.press("enter")
        await read_download(me, "~/stranger.zip")
        assert me.guide_says("It may be somebody else's")
        assert "m It is mine" in me.text.split("\n")[-1]
        assert "New:" not in me.text
        await me.press("enter")
        assert names(me.progress) == [("Anna", None)]
        await me.press("m")
        assert "New: Facebook zoe.example" in me.flowing
        assert "It is mine" not in me.text


@pytest.mark.exhaustive
@does("download-found.again")
async def test_other_files_can_be_chosen(walk: OpenScreen) -> None:
    async with walk(ANNA, at=IDENTIFY) as me:
        await me.press("enter")
        await read_download(me)
        await me.press("n")
        assert me.at == "download"
        await me.write("~/instagram.zip")
        await me.press("f2")
        await me.until(lambda: me.at == "download-found")
        await me.settled()
        assert "[x] New: Instagram @anna.example" in me.flowing


async def test_a_record_that_is_only_read_stays_as_it_is(walk: OpenScreen) -> None:
    async with walk(ANNA, at=IDENTIFY, read_only="Open elsewhere.") as me:
        await me.press("enter")
        await read_download(me)
        await me.press("enter")
        assert "Open elsewhere." in me.told
        assert names(me.progress) == [("Anna", None)]


@does("download-found.page-down", "download-found.page-up")
@SIZES
async def test_the_findings_and_their_notes_can_be_read_in_a_small_window(
    walk: OpenScreen, size: tuple[int, int]
) -> None:
    async with walk(ANNA, at=IDENTIFY, size=size) as me:
        await me.press("enter")
        await read_download(me)
        assert me.guide_says("facebook.zip")
        await me.press("pagedown", "pageup")
        assert "[x] New: Instagram @anna.example" in me.flowing


# Exposure


@does("download-found.exposure", "exposure.back", "exposure.sources", "exposure.up", "exposure.down")
@does("exposure.page-down", "exposure.page-up")
@SIZES
async def test_the_exposure_tells_counts_years_limits_and_what_helps(walk: OpenScreen, size: tuple[int, int]) -> None:
    async with walk(ANNA, at=IDENTIFY, size=size) as me:
        await me.press("enter")
        await read_download(me)
        await me.press("v")
        assert me.at == "exposure"
        assert me.guide_says("4 posts, 4 May 2019 to 7 May 2019")
        assert me.guide_says("2019 ")
        assert me.guide_says("Who could see a post: no download says that")
        assert me.guide_says("What helps besides objecting: limit past posts to friends")
        await me.press("pagedown", "j", "k", "pageup", "s")
        assert me.at == "sources"
        await me.press("escape", "b")
        assert me.at == "download-found"


# The newest files


@pytest.fixture
def downloads() -> Path:
    """Two downloads, the Instagram one newer."""
    folder = Path.home() / "Downloads"
    folder.mkdir()
    for number, name in enumerate(("facebook.zip", "instagram.zip")):
        (folder / name).write_bytes((Path.home() / name).read_bytes())
        os.utime(folder / name, (1_700_000_000 + number,) * 2)
    return folder


async def test_the_newest_files_stand_below_the_field_and_are_taken_with_enter(
    walk: OpenScreen, downloads: Path
) -> None:
    async with walk(ANNA, at=IDENTIFY) as me:
        await me.press("enter", "i")
        assert me.flowing.index("instagram.zip 14 Nov 2023") < me.flowing.index("facebook.zip 14 Nov 2023")
        await me.press("down", "down", "enter")
        assert me.words("chosen") == f"✓ ~/{downloads.name}/facebook.zip"
        await me.press("up", "up")
        await me.write("~/instagram.zip")
        await me.press("down", "down", "enter")
        await me.until(lambda: me.at == "download-found")


async def test_down_goes_on_to_the_folders_where_the_newest_files_end(walk: OpenScreen, downloads: Path) -> None:
    async with walk(ANNA, at=IDENTIFY) as me:
        await me.press("enter", "i", "down", "down", "down")
        assert "takes a whole folder" in me.headline.left
        assert str(downloads.name) in me.text


async def test_what_was_taken_leads_on_to_the_accounts(walk: OpenScreen) -> None:
    async with walk(ANNA, at=IDENTIFY) as me:
        await me.press("f12")
        await me.write("~/facebook.zip")
        await me.press("f2")
        await me.until(lambda: me.at == "download-found", "what was found")
        await me.settled()
        await me.press("enter")
        assert "Nothing new for your list: Enter goes on." in me.flowing
        await me.press("enter")
        assert me.at == "identify"
        assert "[x] Both: Facebook “Anna” and Instagram @anna.example" in me.flowing


# What is kept of it


@does("exposure.record", "exposure.undo")
async def test_counts_dates_and_file_names_are_noted_and_never_a_text(walk: OpenScreen) -> None:
    async with walk(ANNA, at=IDENTIFY) as me:
        await me.press("enter")
        await read_download(me)
        await me.press("v", "r")
        assert "Counts, dates and file names are in the diary; no text." in me.told
        noted = me.last()
        assert noted.kind == "download-read"
        assert noted.fields["counts"]["posts"] == 4  # type: ignore[index]  # a field of TOML is of any type
        assert noted.fields["days"]["posts"] == "2019-05-04 2019-05-07"  # type: ignore[index]  # a field of TOML is of any type
        assert noted.fields["file"] == "facebook.zip"
        files = noted.fields["files"]
        assert isinstance(files, dict)
        assert all(len(digest) == 64 for digest in files.values())
        written = progress_file.dump_record(me.progress)
        assert "comment" in written.decode()
        assert "A post" not in written.decode()
        read = progress_file.parse_record(written, "progress.toml")
        assert isinstance(read, progress_file.FileLoaded)
        assert read.record.accounts == me.progress.accounts
        await me.press("r")
        assert "These counts are in the diary already." in me.told
        await me.press("u")
        assert me.progress == ANNA


async def test_what_is_not_in_the_list_yet_is_not_noted(walk: OpenScreen) -> None:
    async with walk(record(account("threads")), at=("threads", "identify")) as me:
        await me.press("enter")
        await read_download(me, "~/instagram.zip")
        await me.press("v", "r")
        assert "The account of this download is not in your list yet." in me.told


@does("download.asked")
async def test_asking_meta_for_it_is_a_reminder_to_look_until_it_is_read(walk: OpenScreen) -> None:
    async with walk(ANNA, at=IDENTIFY) as me:
        await me.press("enter", "i", "f9")
        assert me.last().kind == "download-asked"
        tasks = {task.kind: task for task in me.session.overview().tasks}
        assert str(tasks[TaskKind.LOOK_FOR_DOWNLOAD].due_at)[:10] == "2026-11-24"
        await me.write("~/facebook.zip")
        await me.press("f2")
        await me.until(lambda: me.at == "download-found", "what was found")
        await me.settled()
        await me.press("enter")
        assert TaskKind.LOOK_FOR_DOWNLOAD not in {task.kind for task in me.session.overview().tasks}


async def test_the_reminder_leads_to_where_the_download_is_read(walk: OpenScreen) -> None:
    covered = entry("review-answered", at(3), point="whatsapp.used", answer="no")
    progress = record(account("whatsapp", entry("step-skipped", at(3), step="identify"), covered, hub=""))
    async with walk(progress) as me:
        for point in me.session.playbook.points_for(platform="whatsapp", region="eea"):
            me.session.diary_service.record_review_answer("whatsapp", point.id, "not-for-me")
        me.session.editor.record_event("whatsapp", "download-asked", at=at(2))
        await me.press("g")
        assert me.headline.title.startswith("Look for Meta's download, asked for on")
        await me.press("enter")
        await me.until(lambda: me.at == "download")
