"""A window that may only read, and a disk that does not take what is written."""

import threading
from collections.abc import Sequence
from itertools import count, pairwise

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.ui.base import input_screen
from samples import account, at, entry, record
from ui.driving import EVERYTHING, PATIENCE, OpenScreen

WHY = "Read-only: your record is open in another window. Close that one and start again to record things."
FULL = StorageError(
    "The disk is full.", kept="Your last good file is untouched.", todo="Make room; the next change tries again."
)


def refuse(_: Record) -> Record:
    raise AssertionError("a read-only window saved")


class TestReadOnly:
    @parametrize_some(
        2,
        ("step", "keys"),
        [
            ("facebook:identify", ("space",)),
            ("instagram-old:open", ("space",)),
            ("instagram-old:open", ("x",)),
            ("facebook:open", ("X",)),
            ("facebook:open", ("a", *"anna", "enter")),
            ("facebook:open", ("e", *"anna", "enter")),
            ("facebook:open", ("n", *"note", "f2")),
            ("facebook:open", ("y", "tab", "down", "f2")),
            ("facebook:open", ("d", "enter", "home", "ctrl+k", *"yesterday", "enter")),
            ("facebook:identify", ("enter", "enter")),
            ("facebook:identify", ("enter", "space", "home", "enter")),
            ("instagram-old:open", ("enter", "f")),
            ("facebook:submit", ("enter", "p", "enter")),
            ("facebook:submit", ("enter", "m", "down", "enter")),
            ("facebook:confirm", ("enter", "enter")),
            ("whatsapp:review", ("enter", "n")),
            ("whatsapp:review", ("enter", "enter", "down", "enter")),
        ],
    )
    async def test_every_change_is_refused_with_a_sentence_and_changes_nothing(
        self, walk: OpenScreen, step: str, keys: Sequence[str]
    ) -> None:
        id, _, name = step.partition(":")
        async with walk(EVERYTHING, at=(id, name), read_only=WHY, save=refuse) as me:
            await me.press(*keys)
            said = me.told or " ".join(me.words("trouble").split())
            assert said.startswith(WHY)
            assert "Nothing was changed." in said
            assert me.progress == EVERYTHING

    @parametrize_some(
        1,
        ("step", "keys", "at"),
        [
            ("facebook:open", ("n",), "checklist"),
            ("facebook:open", ("a",), "checklist"),
            ("facebook:open", ("e",), "checklist"),
            ("facebook:open", ("y",), "checklist"),
            ("facebook:open", ("M",), "checklist"),
            ("facebook:confirm", ("enter",), "checklist"),
            ("facebook:open", ("d", "enter"), "diary"),
            ("facebook:open", ("d", "a"), "diary"),
            ("facebook:submit", ("enter", "p"), "submit"),
            ("facebook:submit", ("enter", "m"), "submit"),
            ("facebook:submit", ("enter", "r"), "submit"),
            ("facebook:identify", ("enter", "a"), "identify"),
        ],
    )
    async def test_what_cannot_be_recorded_is_refused_before_anything_is_typed(
        self, walk: OpenScreen, step: str, keys: Sequence[str], at: str
    ) -> None:
        id, _, name = step.partition(":")
        async with walk(EVERYTHING, at=(id, name), read_only=WHY, save=refuse) as me:
            await me.press(*keys)
            assert me.at == at
            assert me.told == f"{WHY} Nothing was changed."

    @pytest.mark.exhaustive
    async def test_letters_periods_and_the_diary_can_be_read_there(self, walk: OpenScreen) -> None:
        async with walk(EVERYTHING, at=("threads", "confirm"), read_only=WHY, save=refuse) as me:
            for key, place in (("m", "letters"), ("t", "periods"), ("d", "diary"), ("v", "overview")):
                await me.press(key)
                assert me.at == place
                assert me.said == []
                await me.press("escape")

    async def test_it_says_so_all_the_time_and_everything_can_be_read(self, walk: OpenScreen) -> None:
        async with walk(EVERYTHING, read_only=WHY, save=refuse) as me:
            assert me.headline.warning == WHY
            assert "Read-only: your record is open in another window." in me.text
            for keys in (
                ("d", "escape"),
                ("o", "escape"),
                ("w", "s", "b"),
                ("question_mark", "escape"),
                ("j", "k", "g", "escape"),
            ):
                await me.press(*keys)
                assert me.at == "checklist"
                assert me.progress == EVERYTHING
            await me.press("q")
            await me.until(lambda: me.app.return_code == 0)

    async def test_nobody_is_welcomed_there(self, walk: OpenScreen) -> None:
        async with walk(Record(), read_only=WHY, save=refuse, is_new=True) as me:
            assert me.at == "checklist"


class Disk:
    """Takes what is written, or not."""

    def __init__(self) -> None:
        self.full = False
        self.saved: list[Record] = []

    def save(self, progress: Record) -> Record:
        if self.full:
            raise FULL
        self.saved.append(progress)
        return progress


@pytest.fixture
def disk() -> Disk:
    return Disk()


class TestUnsaved:
    async def test_what_could_not_be_saved_is_said_until_it_is(self, walk: OpenScreen, disk: Disk) -> None:
        async with walk(record(account()), save=disk.save) as me:
            disk.full = True
            await me.press("space")
            assert me.step("identify") == "done"
            assert me.headline.warning == "The disk is full."
            assert me.told == str(FULL)
            await me.press("d")
            assert "The disk is full." in me.text
            await me.press("escape")
            disk.full = False
            await me.press("space")
            assert me.headline.warning == ""
            assert disk.saved[-1] == me.progress
            assert me.events() == ["step-done", "step-done"]

    async def test_what_a_form_could_not_save_is_said_after_it_has_closed(self, walk: OpenScreen, disk: Disk) -> None:
        async with walk(record(account()), save=disk.save) as me:
            await me.press("a")
            await me.write("Instagram anna.nl")
            disk.full = True
            await me.press("enter")
            assert me.at == "checklist"
            assert me.told == str(FULL)
            assert me.headline.warning == "The disk is full."

    async def test_undo_works_on_what_is_not_saved(self, walk: OpenScreen, disk: Disk) -> None:
        async with walk(record(account()), save=disk.save) as me:
            disk.full = True
            await me.press("space", "u")
            assert me.progress == record(account())
            disk.full = False
            await me.press("U")
            assert disk.saved[-1] == me.progress
            assert me.headline.warning == ""

    async def test_leaving_tries_once_more(self, walk: OpenScreen, disk: Disk) -> None:
        async with walk(record(account()), save=disk.save) as me:
            disk.full = True
            await me.press("space")
            disk.full = False
            await me.press("q")
            await me.until(lambda: me.app.return_code == 0)
            assert disk.saved[-1] == me.progress

    async def test_leaving_with_something_unsaved_is_asked_twice(self, walk: OpenScreen, disk: Disk) -> None:
        async with walk(record(account()), save=disk.save) as me:
            disk.full = True
            await me.press("space", "q")
            assert me.app.return_code is None
            assert me.told == f"{FULL} Leave once more to go without saving."
            await me.press("q")
            await me.until(lambda: me.app.return_code is not None)

    async def test_what_another_program_wrote_is_on_the_screen_at_once(self, walk: OpenScreen) -> None:
        theirs = account("instagram", entry("account-added", at(0)))

        def joined(mine: Record) -> Record:
            return mine.with_account(theirs)

        async with walk(record(account()), save=joined, size=(100, 30)) as me:
            await me.press("space")
            assert "Instagram Anna" in me.text


class SlowDisk:
    """Takes its time with each record, until it is let go on."""

    def __init__(self) -> None:
        self.saved: list[Record] = []
        self.error: StorageError | None = None
        self._goes_on = threading.Event()

    def save(self, progress: Record) -> Record:
        assert self._goes_on.wait(PATIENCE)
        if self.error is not None:
            raise self.error
        self.saved.append(progress)
        return progress

    def go_on(self) -> None:
        self._goes_on.set()


class TestSlowDisk:
    async def test_the_person_goes_on_and_sees_that_it_is_being_saved(self, walk: OpenScreen) -> None:
        disk = SlowDisk()
        async with walk(record(account()), save=disk.save) as me:
            await me.press("space", "n", *"a note", "f2")
            assert (me.at, me.headline.warning, disk.saved) == ("checklist", "Saving …", [])
            assert me.events() == ["step-done", "noted"]
            disk.go_on()
            await me.until(lambda: me.headline.warning == "")
            assert disk.saved[-1] == me.progress

    async def test_a_save_that_fails_in_the_end_is_said(self, walk: OpenScreen) -> None:
        disk = SlowDisk()
        async with walk(record(account()), save=disk.save) as me:
            disk.error = FULL
            await me.press("space", "d")
            assert "Saving …" in me.text
            disk.go_on()
            await me.until(lambda: me.headline.warning == FULL.what)
            assert me.told == str(FULL)

    async def test_what_another_program_wrote_is_shown_once_it_is_saved(self, walk: OpenScreen) -> None:
        disk = SlowDisk()
        theirs = account("instagram", entry("account-added", at(0)))
        async with walk(
            record(account()), save=lambda mine: disk.save(mine.with_account(theirs)), size=(100, 30)
        ) as me:
            await me.press("space")
            assert "Instagram Anna" not in me.text
            disk.go_on()
            await me.until(lambda: "Instagram Anna" in me.text)


class TestTyping:
    async def test_what_is_typed_without_a_pause_is_kept_every_two_seconds(
        self, walk: OpenScreen, disk: Disk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        moments = count(step=0.3)  # less than the pause that saves
        monkeypatch.setattr(input_screen, "SAVE_DRAFT_DELAY", 600.0)
        monkeypatch.setattr(input_screen, "monotonic", lambda: next(moments))
        async with walk(record(account()), save=disk.save) as me:
            await me.press("n", *"typing on and on")
            kept = [
                next((draft["text"] for key, draft in saved.drafts.items() if key.startswith("note")), "")
                for saved in disk.saved
            ]
            assert kept[0] == "typing o"  # what 2 seconds are enough for
            assert all(len(later) - len(earlier) <= 8 for earlier, later in pairwise(kept))

    async def test_what_is_typed_onto_a_full_disk_is_said_while_one_types_and_saved_once_there_is_room(
        self, walk: OpenScreen, disk: Disk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(input_screen, "SAVE_DRAFT_DELAY", 0.0)
        async with walk(record(account()), save=disk.save) as me:
            await me.press("n")
            disk.full = True
            await me.press(*"typed")
            await me.until(lambda: me.headline.warning == "The disk is full.")
            assert "typed" in me.text
            disk.full = False
            await me.press(*" on")
            await me.until(lambda: me.headline.warning == "")
            [kept] = disk.saved[-1].drafts.values()
            assert kept["text"] == "typed on"
