"""Proof: a file kept for an entry and shown under it; a mail that fills in the answer, for the person to confirm."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.widgets import Input

from exhaustive import parametrize_some
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.storage import evidence_folder
from metaoptout_tui.ui.screens.dialogs import ChooseFileScreen
from metaoptout_tui.ui.widgets.lists import ChoiceList
from sample_mails import OWN_SERVER, mail
from samples import NOW, account, at, entry, record
from ui.driving import PATIENCE, OpenScreen, does

FILED = entry("filed", at(5), email="anna@example.org")
SCREEN = entry("confirmed-on-screen", at(4.9))
WAITING = record(account("facebook", FILED, SCREEN))
CONFIRM = ("facebook", "confirm")
PICTURE = b"picture" * 1_000


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A screenshot whose name has a blank in it."""
    path = tmp_path / "my screenshot.png"
    path.write_bytes(PICTURE)
    return path


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    """A mail that reads like a confirmation."""
    path = tmp_path / "answer.eml"
    path.write_bytes(mail())
    return path


@does("diary.attach", "attach.take")
async def test_a_file_is_kept_for_the_highlighted_entry_and_shown_under_it(
    walk: OpenScreen, picture: Path, tmp_path: Path
) -> None:
    async with walk(WAITING) as me:
        await me.press("d", "a")
        assert me.headline.title == "Keep a file as proof"
        assert "For “A message on the screen”." in me.flowing
        await me.paste(f"'{picture}'")
        await me.press("enter")
        await me.workers()
        assert me.at == "diary"
        digest = sha256(PICTURE).hexdigest()
        assert dict(me.last().fields) == {
            "file": "my screenshot.png",
            "sha256": digest,
            "bytes": 7_000,
            "of": SCREEN.id,
        }
        assert (tmp_path / "evidence" / "my screenshot.png").read_bytes() == PICTURE
        shown = f"my screenshot.png · 7.0 kB · SHA-256 {digest[:12]}…"
        assert f"→ {shown}" in me.flowing
        assert me.told == f"Kept: {shown}"
        assert me.chosen == SCREEN.id
        await me.press("u")
        assert shown not in me.flowing.replace(me.told, "")


async def test_a_file_that_cannot_be_taken_is_said_in_the_form_and_nothing_is_lost(walk: OpenScreen) -> None:
    async with walk(WAITING) as me:
        await me.press("d", "a")
        await me.write("nothing-here.png")
        await me.press("enter")
        await me.workers()
        assert me.at == "attach"
        assert "There is no file nothing-here.png." in me.flowing
        await me.press("escape", "a")
        assert me.field("path") == "nothing-here.png"
        assert me.events() == ["filed", "confirmed-on-screen"]


class SlowDisk:
    """A disk that gives one block and then waits until it is told to go on."""

    def __init__(self) -> None:
        self.reads, self.go_on = Event(), Event()
        self.blocks = 0
        self.ends: Callable[[], bool] = lambda: False

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def read(self, descriptor: int, count: int) -> bytes:
        self.blocks += 1
        if self.blocks > 1:
            self.reads.set()
            waited = 0
            while not (self.go_on.wait(0.01) or self.ends()):
                waited += 1
                assert waited < 100 * PATIENCE
        return os.read(descriptor, count)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> SlowDisk:
    """The disk under the kept files."""
    disk = SlowDisk()
    monkeypatch.setattr(evidence_folder, "os", disk)
    return disk


@pytest.mark.exhaustive
async def test_while_a_large_file_is_kept_keys_are_answered_and_escape_keeps_nothing(
    walk: OpenScreen, tmp_path: Path, slow: SlowDisk
) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(3 << 20))
    async with walk(WAITING) as me:
        await me.press("d", "a")
        await me.write(str(film))
        await me.press("enter")
        await me.until(slow.reads.is_set, "the second block")
        far = "Keeping film.mp4: 1.0 MB of 3.1 MB. Esc stops it."
        await me.until(lambda: me.words("busy") == far, "how far it is")
        await me.settled()
        assert far in me.flowing
        await me.press("enter", "x", "question_mark")
        assert me.at == "help"
        await me.press("escape", "escape")
        assert me.at == "attach"
        assert "Stopping." in me.flowing
        slow.go_on.set()
        await me.workers()
        assert "Stopped. Nothing was kept and nothing was recorded." in me.flowing
        assert list((tmp_path / "evidence").iterdir()) == []
        assert me.events() == ["filed", "confirmed-on-screen"]
        assert me.field("path") == str(film)
        assert isinstance(me.app.focused, Input)
        await me.press("enter")
        await me.workers()
        assert me.at == "diary"
        assert me.events()[-1] == "evidence"


@pytest.mark.exhaustive
async def test_a_file_that_is_kept_while_the_help_is_open_is_recorded_all_the_same(
    walk: OpenScreen, tmp_path: Path, slow: SlowDisk
) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(3 << 20))
    async with walk(WAITING) as me:
        await me.press("d", "a")
        await me.write(str(film))
        await me.press("enter")
        await me.until(slow.reads.is_set, "the second block")
        await me.press("question_mark")
        assert me.at == "help"
        slow.go_on.set()
        await me.workers()
        assert me.events()[-1] == "evidence"
        assert me.at == "help"
        await me.press("escape")
        assert me.at == "diary"
        assert me.told.startswith("Kept: film.mp4")


async def test_leaving_the_program_while_a_file_is_kept_keeps_nothing(
    walk: OpenScreen, tmp_path: Path, slow: SlowDisk
) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(3 << 20))
    async with walk(WAITING) as me:
        await me.press("d", "a")
        await me.write(str(film))
        await me.press("enter")
        await me.until(slow.reads.is_set, "the second block")
        screen = me.app.screen
        assert isinstance(screen, ChooseFileScreen)
        job = screen._job
        assert job is not None
        slow.ends = lambda: job.is_cancelled
        me.app.exit()
    await asyncio.get_running_loop().shutdown_default_executor()  # as the end of the program waits for its threads
    assert list((tmp_path / "evidence").iterdir()) == []
    assert me.events() == ["filed", "confirmed-on-screen"]


@does("attach.complete", "attach.back")
async def test_a_path_is_completed_as_far_as_there_is_no_choice(walk: OpenScreen, picture: Path) -> None:
    async with walk(WAITING) as me:
        await me.press("d", "a")
        await me.paste(str(picture.parent / "my"))
        await me.press("tab")
        assert me.field("path") == str(picture)
        await me.press("escape")
        assert me.at == "diary"


@does("confirm.mail")
async def test_the_number_of_the_request_in_a_mail_fills_the_reference(walk: OpenScreen, tmp_path: Path) -> None:
    path = tmp_path / "answer.eml"
    path.write_bytes(mail(subject="About your request #123456789012345"))
    async with walk(WAITING, at=CONFIRM, size=(80, 40)) as me:
        await me.press("enter", "f5")
        await me.paste(path.as_uri())
        await me.press("enter")
        await me.workers()
        assert me.field("reference") == "123456789012345"


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_beside_a_mail_that_was_read_its_reply_and_what_that_means_are_in_view(
    walk: OpenScreen, answer: Path, size: tuple[int, int]
) -> None:
    async with walk(WAITING, at=CONFIRM, size=size) as me:
        await me.press("enter", "f5")
        await me.paste(answer.as_uri())
        await me.press("enter")
        await me.workers()
        choices, meaning = me.app.screen.query_one(ChoiceList), me.app.screen.query_one("#meaning")
        assert choices.size.height >= 3
        assert meaning.size.height >= 3
        assert "A mail saying that Meta honours the objection" in me.text


@does("confirm.mail")
async def test_a_mail_fills_in_the_answer_and_is_kept_with_it(walk: OpenScreen, answer: Path, tmp_path: Path) -> None:
    async with walk(WAITING, at=CONFIRM, size=(80, 40)) as me:
        await me.press("enter", "f5")
        await me.paste(answer.as_uri())
        await me.press("enter")
        await me.workers()
        assert (me.at, me.chosen) == ("confirm", "confirmed-by-mail")
        assert (me.field("day"), me.field("time")) == ("2026-11-20", "14:12")
        assert me.field("reference") == ""  # the Message-ID is no number of the request
        for words in (
            "Mail from notification@facebookmail.com, 20 Nov, 14:12: “About your request”.",
            "It reads like a confirmation: check that.",
            f"{OWN_SERVER} noted that it came from Meta's domain.",
            f"That counts only if {OWN_SERVER} belongs to your own mail provider. No signature was checked here.",
        ):
            assert words in me.flowing
        assert me.events() == ["filed", "confirmed-on-screen"]
        await me.press("enter")
        assert me.state() is AccountState.CONFIRMED
        reply, kept = me.account().events[-2:]
        assert (reply.kind, reply.at.isoformat()) == ("confirmed-by-mail", "2026-11-20T14:12:00+01:00")
        assert (kept.kind, kept.text("of")) == ("evidence", reply.id)
        assert (tmp_path / "evidence" / "answer.eml").read_bytes() == mail()
        assert not me.progress.drafts


@does("confirm.mail")
async def test_a_mail_that_wants_something_leads_to_what_meta_asks_and_not_to_a_receipt(
    walk: OpenScreen, tmp_path: Path
) -> None:
    path = tmp_path / "answer.eml"
    path.write_bytes(mail(body="Please reply with examples of prompts. Then we will review your request."))
    async with walk(WAITING, at=CONFIRM, size=(80, 40)) as me:
        await me.press("enter", "f5")
        await me.paste(path.as_uri())
        await me.press("enter")
        await me.workers()
        assert (me.at, me.chosen) == ("confirm", "more-asked")
        assert "It reads as if Meta wants something from you first: check that." in me.flowing
        await me.press("enter")
        assert me.events() == ["filed", "confirmed-on-screen"]


@pytest.mark.exhaustive
async def test_a_mail_is_kept_with_the_answer_also_where_another_program_added_an_entry_after_it(
    walk: OpenScreen, answer: Path
) -> None:
    theirs = entry("noted", at(0), step="confirm", text="Written elsewhere.")

    def joined(mine: Record) -> Record:
        facebook = mine.accounts[0]
        own = tuple(event for event in facebook.events if event != theirs)
        return mine.with_account(replace(facebook, events=(*own, theirs)))

    async with walk(WAITING, at=CONFIRM, save=joined, size=(80, 40)) as me:
        await me.press("enter", "f5")
        await me.paste(answer.as_uri())
        await me.press("enter")
        await me.workers()
        await me.press("enter")
        events = {event.kind: event for event in me.account().events}
        assert me.events()[-1] == "noted"
        assert events["evidence"].text("of") == events["confirmed-by-mail"].id
        assert "Recorded: A mail saying that Meta honours the objection" in me.flowing
        assert not any("Written elsewhere." in words for words in me.said)


@pytest.mark.exhaustive
async def test_a_mail_dropped_on_the_objection_itself_is_the_answer_to_it(walk: OpenScreen, answer: Path) -> None:
    async with walk(WAITING) as me:
        await me.press("d", "home", "a")
        await me.paste(str(answer))
        await me.press("enter")
        await me.workers()
        assert (me.at, me.chosen) == ("confirm", "confirmed-by-mail")
        await me.press("enter")
        assert me.at == "diary"
        assert me.events()[-2:] == ["confirmed-by-mail", "evidence"]


async def test_a_mail_kept_for_an_answer_is_told_of(walk: OpenScreen, answer: Path) -> None:
    async with walk(WAITING) as me:
        await me.press("d", "a")
        await me.paste(str(answer))
        await me.press("enter")
        await me.workers()
        assert me.last().text("of") == SCREEN.id
        assert "It reads like a confirmation" in me.told


@parametrize_some(
    1,
    ("written", "chosen", "words"),
    [
        (
            mail(sender="Meta <help@meta-support.example>"),
            "",
            "Its sender is on none of the domains that guides list as Meta's.",
        ),
        (mail(notes=()), "confirmed-by-mail", "No mail server's note about its sender is in the file"),
        (
            mail("We cannot take any further action."),
            "refused",
            "It reads like a refusal: check that.",
        ),
        (mail("Guten Tag."), "", "What it says is for you to tell."),
    ],
)
async def test_nothing_is_claimed_of_a_mail_that_nothing_backs(
    walk: OpenScreen, tmp_path: Path, written: bytes, chosen: str, words: str
) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(written)
    async with walk(WAITING, at=CONFIRM, size=(80, 40)) as me:
        await me.press("enter", "f5")
        await me.paste(str(path))
        await me.press("enter")
        await me.workers()
        assert me.chosen == chosen
        assert words in me.flowing
        if not chosen:
            await me.press("f2")
            assert "Choose above what came back." in me.flowing
            assert me.progress.accounts == WAITING.accounts
        assert "signature was checked" not in me.flowing.replace("No signature was checked", "")


@pytest.mark.exhaustive
async def test_a_mail_that_is_none_is_refused_and_one_half_recorded_comes_back(
    walk: OpenScreen, answer: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.eml"
    other.write_bytes(b"")
    async with walk(WAITING, at=CONFIRM, size=(80, 40)) as me:
        await me.press("enter", "f5")
        await me.paste(str(other))
        await me.press("enter")
        await me.workers()
        assert me.at == "attach"
        assert "it is empty" in me.flowing
        await me.press("home", "ctrl+k")
        await me.paste(str(answer))
        await me.press("enter")
        await me.workers()
        await me.press("escape")
        assert me.at == "checklist"
        kept = me.progress
    async with walk(kept, at=CONFIRM, size=(80, 40)) as me:
        await me.press("enter")
        await me.workers()
        assert "Mail from notification@facebookmail.com" in me.flowing
        await me.press("enter")
        assert me.events()[-2:] == ["confirmed-by-mail", "evidence"]
        assert me.account().events[-2].at < NOW


async def test_a_mail_from_before_the_objection_is_no_answer_to_it(walk: OpenScreen, tmp_path: Path) -> None:
    path = tmp_path / "old.eml"
    path.write_bytes(mail(date="Fri, 13 Nov 2026 14:12:40 +0100"))
    async with walk(WAITING, at=CONFIRM, size=(80, 40)) as me:
        await me.press("enter", "f5")
        await me.paste(str(path))
        await me.press("enter")
        await me.workers()
        await me.press("enter")
        assert "is before the objection, filed 18 Nov 2026, 10:00." in me.flowing
        assert me.events() == ["filed", "confirmed-on-screen"]


async def test_the_next_path_takes_the_place_of_a_wrong_one_and_its_message_goes(
    walk: OpenScreen, answer: Path
) -> None:
    async with walk(WAITING) as me:
        await me.press("d", "a")
        await me.write("~/none.eml")
        await me.press("enter")
        await me.workers()
        assert me.words("trouble")
        await me.paste(str(answer))
        assert me.field("path") == str(answer)
        assert me.words("trouble") == ""


@parametrize_some(
    1,
    ("written", "words"),
    [
        (mail("Guten Tag."), "The program does not recognise what it says."),
        (mail("We cannot take any further action."), "It reads like a refusal."),
    ],
)
async def test_a_mail_kept_in_the_diary_points_at_no_question_that_is_not_there(
    walk: OpenScreen, tmp_path: Path, written: bytes, words: str
) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(written)
    noted = record(account("facebook", entry("noted", at(1), step="open", text="Read it.")))
    async with walk(noted, at=("facebook", "open"), size=(100, 40)) as me:
        await me.press("d", "a")
        await me.paste(path.as_uri())
        await me.press("enter")
        await me.workers()
        assert words in me.told
        assert "below" not in me.told


@does("diary.open")
async def test_a_kept_file_is_opened_and_a_missing_one_is_told(walk: OpenScreen, picture: Path, tmp_path: Path) -> None:
    async with walk(WAITING, size=(100, 30)) as me:
        await me.press("d", "o")
        assert me.told == "No file is kept for this entry. a keeps one."
        me.session.attachments.attach("facebook", SCREEN.id, picture)
        kept = tmp_path / "evidence" / "my screenshot.png"
        await me.press("o")
        await me.workers()
        assert me.machine.opened == [str(kept)]
        assert me.told == "xdg-open was asked to open my screenshot.png."
        assert "missing" not in me.text
        kept.unlink()
        await me.press("escape", "d")
        assert "my screenshot.png is missing from the kept files" in me.flowing
        await me.press("o")
        assert me.told == "my screenshot.png is missing from the kept files."
        assert len(me.machine.opened) == 1


async def test_of_several_kept_files_it_is_asked_which_to_open(walk: OpenScreen, picture: Path, tmp_path: Path) -> None:
    async with walk(WAITING, size=(100, 30)) as me:
        other = tmp_path / "other.png"
        other.write_bytes(b"other")
        for path in (picture, other):
            me.session.attachments.attach("facebook", SCREEN.id, path)
        await me.press("d", "o")
        assert me.headline.title == "Which file?"
        await me.press("down", "enter")
        await me.workers()
        assert me.machine.opened == [str(tmp_path / "evidence" / "other.png")]


async def test_a_long_path_that_is_dropped_is_seen_from_its_end(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", entry("filed", at(5))))) as me:
        me.app.push_screen(me.app.make_screen("diary", "facebook"))
        await me.settled()
        await me.press("a")
        assert me.at == "attach"
        await me.paste(f'"/tmp/{"x" * 90}/Meta\'s answer.eml"\n')
        assert "Meta's answer.eml" in me.text


@does("earlier.mail")
async def test_a_mail_fills_in_an_earlier_objection_and_is_kept_with_what_came_back(
    walk: OpenScreen, answer: Path, tmp_path: Path
) -> None:
    async with walk(record(account("facebook", hub="")), at=("facebook", "open"), size=(80, 40)) as me:
        await me.press("B", "enter", "f5")
        await me.paste(answer.as_uri())
        await me.press("enter")
        await me.workers()
        assert me.at == "earlier"
        assert (me.field("day"), me.field("reply-day")) == ("2026-11-20", "2026-11-20")
        assert "Mail from notification@facebookmail.com" in me.flowing
        await me.press("f2")
        assert me.at == "checklist"
        kept = me.last()
        confirmed = next(event for event in me.account().events if event.kind == "confirmed-by-mail")
        assert (kept.kind, kept.text("of")) == ("evidence", confirmed.id)
        assert (tmp_path / "evidence" / "answer.eml").read_bytes() == mail()
