"""The diary: every entry as it was written, dates put right, notes."""

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.core.record.events import events_in_force
from metaoptout_tui.core.record.vocabulary import AccountState
from samples import account, at, entry, record
from ui.driving import OpenScreen, does

TICK = entry("step-done", at(3), step="identify")
FILED = entry("filed", at(2), email="anna@example.org")
MAIL = entry("confirmed-by-mail", at(1), reference="#77", note="from privacy@support.example")
WALKED = record(account("facebook", TICK, FILED, MAIL))


async def test_undo_asks_before_it_takes_back_what_was_done_for_another_account(walk: OpenScreen) -> None:
    two = record(account("facebook", entry("filed", at(3))), account("instagram", entry("filed", at(2))))
    async with walk(two) as me:
        me.session.diary_service.record_note("instagram", "confirm", "Of the other one.")
        await me.press("d")
        assert me.at == "diary"
        await me.press("u")
        assert me.headline.title == "Take that back?"
        assert "in Instagram “Anna”." in me.flowing
        await me.press("enter")
        assert me.at == "diary"
        assert me.last("instagram").kind == "noted"
        await me.press("u", "end", "enter")
        assert me.last("instagram").kind == "filed"
        assert me.told.startswith("Taken back: “")


async def test_every_entry_stands_there_in_words_with_its_date(walk: OpenScreen) -> None:
    async with walk(WALKED) as me:
        await me.press("d")
        lines = [line for line in me.text.split("\n") if "Nov, " in line]
        assert [line.split("10:00", 1)[1].strip() for line in lines] == [
            "Identify linked accounts: done",
            "Objection sent, with anna@example.org",
            "A mail saying that Meta honours the objection (#77)",
        ]
        assert "from privacy@support.example" in me.text
        assert me.chosen == MAIL.id


async def test_what_was_taken_back_stays_and_is_struck_through(walk: OpenScreen) -> None:
    async with walk(WALKED, at=("facebook", "identify")) as me:
        await me.press("space", "d")
        assert "Identify linked accounts: done  taken back" in me.text
        assert "Identify linked accounts: opened again" in me.text
        row = next(strip for strip in me.strips() if "taken back" in strip.text)
        struck = "".join(segment.text for segment in row if segment.style is not None and segment.style.strike)
        assert "Identify linked accounts: done" in struck
        await me.press("home", "enter")
        assert (me.at, me.told) == ("diary", "This entry was taken back; it plays no part.")


@does("diary.correct")
async def test_a_wrong_date_is_put_right_and_the_state_follows(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", FILED))) as me:
        await me.press("d", "enter")
        assert me.headline.title == "What is to be corrected?"
        await me.press("enter")
        assert (me.headline.title, me.field("day"), me.field("time")) == (
            "When did this happen?",
            "2026-11-21",
            "10:00",
        )
        assert "Objection sent, with anna@example.org" in me.flowing
        await me.write("2026-10-01", anew=True)
        await me.press("enter")
        assert me.at == "diary"
        assert " 1 Oct   " in me.text
        assert "(date corrected)" in me.text
        assert me.account().events[0] == FILED
        assert me.last().kind == "date-corrected"
        assert me.state() is AccountState.OVERDUE


async def test_a_date_left_as_it_is_is_no_correction(walk: OpenScreen) -> None:
    async with walk(WALKED) as me:
        await me.press("d", "enter", "enter", "enter")
        assert me.at == "diary"
        assert me.progress == WALKED


async def test_a_corrected_date_can_be_corrected_again(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", FILED))) as me:
        await me.press("d")
        for day, shown in (("2026-10-01", " 1 Oct   "), ("2026-11-20", "20 Nov  ")):
            await me.press("enter", "enter")
            await me.write(day, anew=True)
            await me.press("enter")
            assert shown in me.text
        assert me.state() is AccountState.FILED


@does("diary.undo", "diary.redo")
async def test_a_correction_is_taken_back_and_made_again(walk: OpenScreen) -> None:
    async with walk(WALKED) as me:
        await me.press("d", "home", "enter")
        await me.write("2026-10-05", anew=True)
        await me.press("enter")
        corrected = me.progress
        for again in ("U", "ctrl+r"):
            await me.press("u")
            assert me.progress == WALKED
            assert me.told == "Taken back: “Date corrected” of 23 Nov, in Facebook “Anna”. Shift+U brings it back."
            assert "5 Oct" not in me.text
            await me.press(again)
            assert me.progress == corrected
            assert me.told == "Made again: “Date corrected” of 23 Nov, in Facebook “Anna”."
            assert "5 Oct  " in me.text


@does("diary.down", "diary.up")
async def test_the_entries_are_walked_up_and_down(walk: OpenScreen) -> None:
    async with walk(WALKED) as me:
        await me.press("d", "home")
        for down, up in (("j", "k"), ("down", "up")):
            await me.press(down)
            assert me.chosen == FILED.id
            await me.press(up)
            assert me.chosen == TICK.id


@does("diary.back")
@parametrize_some(1, "key", ["escape", "b"])
async def test_going_back(walk: OpenScreen, key: str) -> None:
    async with walk(WALKED) as me:
        await me.press("d", key)
        assert me.at == "checklist"


async def test_taking_back_that_the_account_was_added_leaves_its_diary(walk: OpenScreen) -> None:
    async with walk(record(account())) as me:
        await me.press("a")
        await me.write("Instagram anna.nl")
        await me.press("enter", "d")
        assert "Account added" in me.text
        await me.press("u")
        assert me.at == "checklist"
        assert len(me.progress.accounts) == 1


@pytest.mark.exhaustive
async def test_with_which_form_it_was_sent_can_be_said_later_and_unsaid(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", FILED)), size=(100, 30)) as me:
        await me.press("d", "enter", "down", "enter")
        assert me.headline.title == "Which form was it?"
        await me.press("home", "enter")
        [corrected] = events_in_force(me.account().events)
        assert corrected.text("form") == "meta-general"
        assert "(words corrected)" in me.text
        await me.press("enter", "down", "enter", "end", "enter")
        assert "form" not in events_in_force(me.account().events)[0].fields


async def test_what_went_by_post_has_no_form_to_correct(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", entry("filed", at(2), form="letter")))) as me:
        await me.press("d", "enter")
        assert me.headline.title == "When did this happen?"


class TestCorrectedWords:
    REFUSED = entry("refused", at(1), reference="Case 12", note="It came from X")

    @parametrize_some(
        1,
        ("down", "written", "field", "shown"),
        [
            (1, "Case 21", "reference", "Meta refuses (Case 21)"),
            (2, "It came from Y", "note", "It came from Y"),
        ],
    )
    async def test_a_reference_or_a_note_is_put_right_and_undo_gives_it_back(
        self, walk: OpenScreen, down: int, written: str, field: str, shown: str
    ) -> None:
        before = record(account("facebook", FILED, self.REFUSED))
        async with walk(before, size=(100, 30)) as me:
            await me.press("d", "enter")
            assert me.headline.title == "What is to be corrected?"
            await me.press(*["down"] * down, "enter")
            assert me.field("text") == self.REFUSED.text(field)
            await me.press("f7", "delete")
            await me.write(written)
            await me.press("f2")
            assert me.at == "diary"
            assert shown in me.flowing
            assert self.REFUSED.text(field) not in me.flowing
            assert "(words corrected)" in me.text
            assert me.account().events[1] == self.REFUSED
            assert me.last().fields == {"entry": self.REFUSED.id, "field": field, "to": written}
            assert me.state() is AccountState.REFUSED
            await me.press("u")
            assert me.progress.accounts == before.accounts

    @pytest.mark.parametrize(
        ("down", "title"), [(1, "Meta's case number in “Meta refuses"), (2, "Note to “Meta refuses")]
    )
    async def test_the_screen_names_the_entry_that_is_corrected(self, walk: OpenScreen, down: int, title: str) -> None:
        async with walk(record(account("facebook", FILED, self.REFUSED)), size=(100, 30)) as me:
            await me.press("d", "enter", *["down"] * down, "enter")
            assert me.headline.title.startswith(title)
            assert "What you wrote first stays in your file." in me.flowing

    async def test_a_reference_that_comes_later_is_added(self, walk: OpenScreen) -> None:
        async with walk(record(account("facebook", FILED, entry("refused", at(1))))) as me:
            await me.press("d", "enter", "down")
            assert "Add Meta's case number" in me.text
            await me.press("enter")
            await me.write("Case 21")
            await me.press("f2")
            assert "Meta refuses (Case 21)" in me.flowing

    async def test_metas_words_are_put_right_and_added_where_it_gave_reasons(self, walk: OpenScreen) -> None:
        for words, row in (({}, "Add Meta's own words"), ({"meta-words": "Our"}, "Meta's words: Our")):
            refused = entry("refused", at(1), grounds="given", **words)
            async with walk(record(account("facebook", FILED, refused))) as me:
                await me.press("d", "enter", "down")
                assert row in me.text
                await me.press("enter")
                await me.write(" interests")
                await me.press("f2")
                [_filed, now] = events_in_force(me.account().events)
                assert now.text("meta-words") == f"{words.get('meta-words', '')} interests".strip()

    async def test_an_emptied_note_is_gone_and_a_note_of_its_own_needs_words(self, walk: OpenScreen) -> None:
        note = entry("noted", at(0.5), step="confirm", text="Used the laptop")
        async with walk(record(account("facebook", FILED, self.REFUSED, note)), size=(100, 30)) as me:
            await me.press("d", "up", "enter", "down", "down", "enter", "f7", "delete", "f2")
            assert "It came from X" not in me.flowing
            await me.press("down", "enter", "down", "enter", "f7", "delete", "f2")
            assert "A note needs words." in me.flowing
            await me.press("escape")
            assert "Note: Used the laptop" in me.flowing

    async def test_what_is_left_as_it_is_is_no_correction(self, walk: OpenScreen) -> None:
        before = record(account("facebook", FILED, self.REFUSED))
        async with walk(before) as me:
            await me.press("d", "enter", "down", "enter", "f2")
            assert me.at == "diary"
            assert me.progress.accounts == before.accounts
            assert not me.progress.drafts


class TestNote:
    @does("note.save")
    @pytest.mark.parametrize("key", ["f2", "ctrl+s"])
    async def test_a_note_of_several_lines(self, walk: OpenScreen, key: str) -> None:
        async with walk(WALKED, at=("facebook", "confirm")) as me:
            await me.press("n")
            assert me.headline.title == "Note to “Confirm”"
            await me.write("from X\nsays “yes” [b]/[$x")
            await me.press(key)
            assert me.at == "checklist"
            assert me.last().fields == {"step": "confirm", "text": "from X\nsays “yes” [b]/[$x"}
            assert me.guide_says("says “yes” [b]/[$x")
            await me.press("u")
            assert me.progress.accounts == WALKED.accounts

    async def test_an_empty_note_is_told_so(self, walk: OpenScreen) -> None:
        async with walk(WALKED) as me:
            await me.press("n", "space", "f2")
            assert me.at == "note"
            assert "There is nothing to note yet." in me.flowing

    @does("note.back")
    async def test_leaving_half_way_keeps_it_for_that_step(self, walk: OpenScreen) -> None:
        async with walk(WALKED, at=("facebook", "confirm")) as me:
            await me.press("n")
            await me.write("half a note")
            await me.press("escape")
            assert me.account() == WALKED.accounts[0]
            await me.press("up", "n")
            assert me.field("text") == ""
            await me.press("escape", "down", "n")
            assert me.field("text") == "half a note"
            await me.press("f2")
            assert me.last().text("text") == "half a note"
            assert not me.progress.drafts

    @does("note.discard")
    async def test_half_a_note_is_said_to_be_unsaved_and_can_be_discarded(self, walk: OpenScreen) -> None:
        async with walk(record(account())) as me:
            await me.press("n")
            await me.write("The menu")
            await me.press("escape", "n")
            assert "Not saved yet: what you typed on 23 Nov, 10:00 stands in the fields. F8 discards it." in me.flowing
            await me.press("f8")
            assert me.field("text") == ""
            assert not me.progress.drafts
