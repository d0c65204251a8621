"""Letters: the ones that fit, filled from the diary, the person's to change, then copied, saved, mailed and recorded."""

import os
import re
import stat
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import TextArea

from exhaustive import parametrize_some
from metaoptout_tui.app.files.typed_paths import with_tilde
from metaoptout_tui.core.case_file.redaction import collect_harmless_words, redact_record
from metaoptout_tui.core.guidance.authorities import AuthorityDirectory
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.record.accounts import Account, EvidenceFileState, Record, evidence_file_of
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.guidance.loader import load_authorities, load_countries, load_playbook
from metaoptout_tui.storage.evidence_folder import verify_file
from metaoptout_tui.ui.screens.letter import LetterScreen
from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.reader import Reader
from samples import NOW, account, asked_for_name, at, entry
from samples import record as record_of
from ui.driving import OpenScreen, Walker, does

CONFIRM = ("facebook", "confirm")


async def take_language(me: Walker, name: str) -> None:
    """Choose the language of the letter on the screen."""
    await me.press("f3")
    await me.go_to_row(name)
    await me.press("enter")
    assert me.at == "letter"


def record(*accounts: Account, country: str = "NL") -> Record:
    """The record of somebody whom no letter asks for a name any more."""
    return asked_for_name(record_of(*accounts, country=country))


FILED = entry("filed", at(50), email="anna@example.org")
OVERDUE = record(account("facebook", FILED))
REFUSED = record(
    account(
        "facebook",
        FILED,
        entry("reminded", at(15)),
        entry("refused", at(10), grounds="none"),
        entry("refusal-disputed", at(5)),
    )
)


SAID = {
    "reminded": "Reminder sent",
    "asked-applied": "Asked Meta whether the objection was applied",
    "complained": "Complaint sent to Autoriteit Persoonsgegevens",
    "complained-to-controller": "Complaint sent to Meta",
    "filed": "Objection sent by post, with anna@example.org",
}


def known_words() -> tuple[Playbook, Collection[str], AuthorityDirectory]:
    """What a masked record is judged by."""
    return load_playbook(), load_countries(), load_authorities()


def letters_of(me: Walker) -> list[str]:
    """The ids of the letters, in their order."""
    from metaoptout_tui.ui.widgets.lists import ChoiceList

    return [option.id or "" for option in me.app.screen.query_one(ChoiceList).options]


WITH_GAPS = ("down", "enter")
"""Says that a letter was sent though not everything was filled in."""


async def fill_gap(me: Walker, gap: str, words: str) -> None:
    """Go on to a gap of the letter, as a person does, and type over it."""
    area = me.app.screen.query_one(TextArea)
    for _ in range(10):
        if area.selected_text == f"[{gap}]":
            break
        await me.press("ctrl+n")
    assert area.selected_text == f"[{gap}]"
    await me.write(words)


def sent_by(me: Walker) -> Event:
    """The entry that says a letter was sent, before the one that keeps its text."""
    sent, kept = me.account("facebook").events[-2:]
    assert (kept.kind, kept.text("of"), kept.text("holds")) == ("evidence", sent.id, "letter")
    return sent


TO_AUTHORITY = ("authority-answer", "authority-status")
ANSWERS = ("identity", "late-extension", "unreasoned-extension", "refusal-answer")
"""The letters that answer something Meta wrote."""


@parametrize_some(
    2,
    ("country", "events", "fit", "rest"),
    [
        (
            "NL",
            (),
            ["objection", "friends", "debunk"],
            ["reminder", *ANSWERS, "asked-applied", "complaint"],
        ),
        (
            "NL",
            (entry("filed", at(2)),),
            ["friends", "debunk"],
            ["reminder", *ANSWERS, "asked-applied", "objection", "complaint"],
        ),
        (
            "NL",
            (FILED,),
            ["reminder", "complaint", "friends", "debunk"],
            [*ANSWERS, "asked-applied", "objection"],
        ),
        (
            "GB",
            (FILED, entry("refused", at(30))),
            ["refusal-answer", "complaint-to-meta", "objection", "friends", "debunk"],
            ["complaint-uk", "reminder", *ANSWERS[:3], "asked-applied"],
        ),
        (
            "GB",
            (FILED, entry("refused", at(30)), entry("complained-to-controller", at(5))),
            ["refusal-answer", "objection", "friends", "debunk"],
            ["complaint-uk", "reminder", *ANSWERS[:3], "asked-applied", "complaint-to-meta"],
        ),
        (
            "GB",
            (FILED, entry("refused", at(45)), entry("complained-to-controller", at(33))),
            ["refusal-answer", "complaint-uk", "objection", "friends", "debunk"],
            ["reminder", *ANSWERS[:3], "asked-applied", "complaint-to-meta"],
        ),
        (
            "GB",
            (FILED, entry("refused", at(40)), entry("complained-to-controller", at(20)), entry("refused", at(9))),
            ["refusal-answer", "complaint-uk", "objection", "friends", "debunk"],
            ["reminder", *ANSWERS[:3], "asked-applied", "complaint-to-meta"],
        ),
        (
            "NL",
            (FILED, entry("extended", at(3))),
            ["late-extension", "reminder", "complaint", "friends", "debunk"],
            ["identity", "unreasoned-extension", "refusal-answer", "asked-applied", "objection"],
        ),
        (
            "CH",
            (FILED, entry("confirmed-by-mail", at(40))),
            ["asked-applied", "friends", "debunk"],
            ["complaint-ch", "reminder", "refusal-answer", "objection"],
        ),
        (
            "CH",
            (FILED, entry("refused", at(40))),
            ["refusal-answer", "complaint-ch", "objection", "friends", "debunk"],
            ["reminder", "asked-applied"],
        ),
        (
            "NL",
            (FILED, entry("confirmed-by-mail", at(48)), entry("asked-applied", at(40))),
            ["complaint", "asked-applied", "friends", "debunk"],
            ["reminder", *ANSWERS, "objection"],
        ),
        (
            "NL",
            (FILED, entry("refused", at(40)), entry("complained", at(9))),
            ["friends", "debunk"],
            ["reminder", *ANSWERS, "asked-applied", "objection", "complaint", "meta-gave-in", *TO_AUTHORITY],
        ),
        ("US", (), [], []),
    ],
)
@does("checklist.letters", "letters.back")
async def test_the_letters_that_fit_come_first_and_only_those_of_the_law_are_there(
    walk: OpenScreen, country: str, events: tuple[Event, ...], fit: list[str], rest: list[str]
) -> None:
    async with walk(record(account("facebook", *events), country=country), size=(100, 30)) as me:
        await me.press("m")
        assert me.at == "letters"
        assert letters_of(me) == [*(["-fitting"] if rest and fit else []), *fit, *(["-later"] if rest else []), *rest]
        assert ("Later, or in another case" in me.text) == bool(rest)
        await me.press("b")
        assert me.at == "checklist"


@does("letters.write", "letters.up", "letters.down", "letters.page-down", "letters.page-up", "letter.back")
async def test_a_letter_is_read_before_it_is_opened_and_goes_on_where_it_was_left(walk: OpenScreen) -> None:
    async with walk(OVERDUE) as me:
        await me.press("m")
        assert me.guide_says("On 4 October 2026 I sent you my objection")
        assert me.guide_says("[your name]")
        await me.press("j")
        assert me.guide_says("Geachte heer, mevrouw,")
        await me.press("k")
        first = me.text
        await me.press("pagedown")
        assert me.text != first
        await me.press("pageup")
        assert me.text == first
        await me.press("enter")
        await fill_gap(me, "your name", "Anna Example")
        await me.press("escape", "enter")
        assert "Yours faithfully,\nAnna Example" in me.field("text")
        assert "Not recorded as sent yet" in me.flowing
        assert me.events() == ["filed"]


@pytest.mark.exhaustive
async def test_a_name_and_address_once_written_stand_in_the_next_letter_and_can_be_taken_out_again(
    walk: OpenScreen,
) -> None:
    async with walk(REFUSED, at=CONFIRM, size=(100, 40)) as me:
        await me.press("m", "enter")
        await fill_gap(me, "je naam", "Anna Example")
        await fill_gap(me, "je postadres", "Street 1, 1234 AB Utrecht")
        await me.press("ctrl+n")
        assert "Met vriendelijke groet,\nAnna Example\n" in me.field("text")
        await me.press("escape", "down", "enter")
        assert me.field("text").startswith("Anna Example\nStreet 1\n1234 AB Utrecht\n")
        assert "\n\nUtrecht, 23 November 2026\n\n" in me.field("text")
        assert me.field("text").endswith("Yours faithfully,\nAnna Example")
        await me.press("escape", "up", "enter")
        await take_language(me, "English")
        assert me.field("text").startswith("Anna Example\nStreet 1\n1234 AB Utrecht\n\n")
        assert "Utrecht" not in str(redact_record(me.progress, collect_harmless_words(*known_words())))
        area = me.app.screen.query_one(TextArea)
        area.text = area.text.replace("Anna Example", "[your name]")
        await me.press("escape", "down", "enter")
        assert me.field("text").startswith("[your name]\nStreet 1\n1234 AB Utrecht\n")
        assert me.field("text").endswith("Yours faithfully,\n[your name]")


@does("letter.next-gap", "letter.discard")
async def test_what_the_diary_does_not_hold_is_marked_and_typing_takes_its_place(walk: OpenScreen) -> None:
    silent = replace(record(account("facebook", email="")), person=replace(record().person, email=""))
    async with walk(silent, size=(100, 40)) as me:
        await me.press("m", "enter")
        assert me.words("gaps").startswith("Now: “your name” (1 of 6) To fill in (Ctrl+N): ")
        for missing in ("e-mail address", "one or two sentences in your own words", "your name"):
            assert missing in " ".join(me.words("gaps").split())
        await me.write("Anna")
        assert "your name" not in me.words("gaps")
        await me.press("ctrl+n")
        await me.write("Street 1, 1234 AB Utrecht")
        await me.press("ctrl+n")
        await me.write("Utrecht")
        await me.press("ctrl+n")
        await me.write("anna@example.org")
        assert "e-mail address" not in me.words("gaps").partition("emembered")[0]
        await me.press("ctrl+n")
        await me.write("facebook.com/anna.example")
        await me.press("ctrl+n")
        await me.write("My posts show my children.")
        await me.until(lambda: me.words("gaps").startswith("Nothing is missing. Remembered for other letters: "))
        assert "My particular situation: My posts show my children." in me.field("text")
        written = me.field("text")
        await me.press("f8")
        # Name and address may be remembered by now, for this letter and the next.
        assert "[one or two sentences in your own words]" in me.field("text")
        assert not me.progress.drafts
        assert me.told == "Discarded what you typed. F8 gives it back."
        await me.press("f8")
        assert (me.field("text"), me.told) == (written, "What you had typed is back.")
        assert me.progress.drafts
        await me.press("f8", "escape", "enter", "f8")
        assert me.told == "There is nothing to discard: nothing was changed here."


async def test_the_list_tells_which_letter_was_saved_and_which_was_sent_and_where_it_is(
    walk: OpenScreen, tmp_path: Path
) -> None:
    saved = with_tilde(tmp_path / "person" / "case-files" / "2026-11-23-reminder-facebook-en.txt")
    async with walk(OVERDUE, at=CONFIRM) as me:
        await me.press("m")
        assert "recorded as sent" not in me.flowing
        await me.press("enter")
        await fill_gap(me, "your name", "Anna")
        await me.press("escape")
        assert "Reminder" in me.flowing
        assert "Begun, not recorded as sent." in me.flowing
        await me.press("enter", "f5", "escape", "enter")
        assert me.at == "letters"
        assert "Saved, not recorded as sent." in me.flowing
        assert me.guide_says("Saved, not recorded as sent: ")
        assert saved in "".join(me.app.screen.query_one(Reader).plain_text.split())
        await me.press("enter", "f2", *WITH_GAPS, "down", "enter", "enter")
        assert me.events() == ["filed", "reminded", "evidence"]
        await me.press("m")
        me.app.screen.query_one(ChoiceList).go_to("reminder")
        await me.settled()
        assert me.guide_says("What you sent on 23 Nov is kept here: ")
        assert me.guide_says("Saved, and sent like this: ")


@pytest.mark.exhaustive
@does("letter.folder")
async def test_the_folder_of_a_saved_letter_is_shown_by_the_file_manager(walk: OpenScreen, tmp_path: Path) -> None:
    async with walk(OVERDUE) as me:
        await me.press("m", "enter", "alt+f")
        assert me.told == "It is not saved yet. F5 saves it."
        await me.press("f5", "alt+f")
        await me.workers()
        assert me.machine.opened == [str(tmp_path / "person" / "case-files")]
        assert me.told == "xdg-open was asked to open case-files."
    async with walk(OVERDUE, programs=()) as me:
        await me.press("m", "enter", "f5", "alt+f")
        await me.workers()
        assert (
            me.told
            == f"No program here that shows it was found. It is {with_tilde(tmp_path / 'person' / 'case-files')}"
        )


@does("letter.copy", "letter.save", "letter.mail")
async def test_a_letter_is_copied_saved_and_handed_over_with_its_subject(walk: OpenScreen, tmp_path: Path) -> None:
    async with walk(OVERDUE) as me:
        await me.press("m", "enter")
        await fill_gap(me, "your name", "Anna")
        head, date, rest = me.field("text").partition("23 November 2026\n\n")
        whole = f"{head}{date}Subject: {me.field('subject')}\n\n{rest}"
        await me.press("f4")
        await me.workers()
        assert me.machine.copied == [whole]
        await me.press("f5")
        saved = tmp_path / "person" / "case-files" / "2026-11-23-reminder-facebook-en.txt"
        assert saved.read_text(encoding="utf-8").strip() == whole.strip()
        page = saved.with_suffix(".html")
        assert me.told == (
            f"Saved: {with_tilde(page)}. Open that file to print it. "
            "As a text it is 2026-11-23-reminder-facebook-en.txt, beside it. Alt+F shows both in your file manager. "
            "3 gaps are still open."
        )
        assert "<dl><dt>Signature</dt><dd></dd></dl>" in page.read_text(encoding="utf-8")
        assert isinstance(me.app.screen, LetterScreen)
        kept = me.app.screen.context.record_files().kinds()
        assert {page, saved} <= {file for kind in kept for file in kind.files}
        await me.press("ctrl+o")
        await me.workers()
        assert me.machine.mailed[0].startswith("mailto:?subject=Reminder%3A%20my%20objection%20of%204%20October%202026")
        assert "xdg-open was asked to begin a mail. The address is left to you." in me.told


@parametrize_some(
    1,
    ("progress", "downs", "how", "what", "fields"),
    [
        (OVERDUE, 0, ("down", "down", "enter"), "reminded", {"by": "letter"}),
        (REFUSED, 0, ("down", "enter"), "complained", {"authority": "Autoriteit Persoonsgegevens"}),
        (
            REFUSED,
            0,
            ("down", "down", "enter"),
            "complained",
            {"authority": "Autoriteit Persoonsgegevens", "by": "letter"},
        ),
        (REFUSED, 1, ("down", "down", "enter"), "filed", {"email": "anna@example.org", "form": "letter"}),
        (
            record(account("facebook", FILED, entry("confirmed-by-mail", at(40)))),
            0,
            ("down", "down", "enter"),
            "asked-applied",
            {"by": "letter"},
        ),
        (
            record(account("facebook", FILED, entry("refused", at(10))), country="GB"),
            1,
            ("down", "enter"),
            "complained-to-controller",
            {},
        ),
    ],
)
@does("letter.sent")
async def test_i_sent_it_is_written_into_the_diary(
    walk: OpenScreen, progress: Record, downs: int, how: tuple[str, ...], what: str, fields: dict[str, str]
) -> None:
    async with walk(progress, at=CONFIRM) as me:
        await me.press("m", *["down"] * downs, "enter", "ctrl+n")
        await me.write("Anna")
        await me.press("f2", *WITH_GAPS, *how)
        assert me.headline.title == "When did you send it?"
        await me.write("yesterday", anew=True)
        await me.press("enter")
        assert me.at == "checklist"
        sent = sent_by(me)
        assert (sent.kind, dict(sent.fields)) == (what, fields)
        assert sent.at.date() == at(1).date()
        assert not me.progress.drafts
        await me.press("d")
        assert SAID[what] in me.flowing


@pytest.mark.exhaustive
async def test_a_day_before_the_month_that_the_letter_tells_of_ended_is_asked_about(walk: OpenScreen) -> None:
    async with walk(OVERDUE, at=CONFIRM) as me:
        await me.press("m", "enter", "f2", *WITH_GAPS, "down", "enter")
        await me.write(at(40).date().isoformat(), anew=True)
        await me.press("enter")
        assert "is before Meta's time was over" in me.headline.title
        await me.press("enter")
        assert me.headline.title == "When did you send it?"
        await me.press("enter", "down", "enter")
        assert me.events() == ["filed", "reminded"]
        assert me.told.startswith("Recorded: Reminder, sent on ")


async def test_what_was_sent_is_kept_word_for_word_and_undo_takes_back_both_entries(
    walk: OpenScreen, tmp_path: Path
) -> None:
    async with walk(REFUSED, at=CONFIRM) as me:
        await me.press("m", "enter")
        await fill_gap(me, "je naam", "Anna")
        await me.press("f4")
        await me.workers()
        await me.press("f2", *WITH_GAPS, "down", "enter", "enter")
        kept = me.last()
        assert kept.text("file") == "2026-11-23-klacht-facebook-nl.txt"
        file = tmp_path / "evidence" / kept.text("file")
        assert file.read_text(encoding="utf-8") == me.machine.copied[-1]
        assert "— In English —" not in file.read_text(encoding="utf-8")
        assert verify_file(evidence_file_of(kept), file.parent) is EvidenceFileState.OK
        assert os.name == "nt" or stat.S_IMODE(file.stat().st_mode) == 0o600
        assert me.at == "checklist"
        await me.press("u")
        assert me.told.startswith(
            "Taken back: “Complaint sent to Autoriteit Persoonsgegevens” of 23 Nov, in Facebook “Anna”."
        )
        assert me.told.endswith("and what you sent stays sent. Shift+U brings it back.")
        assert me.events() == ["filed", "reminded", "refused", "refusal-disputed"]
        assert file.exists()
        me.session.undo_stack.redo()
        assert me.events() == ["filed", "reminded", "refused", "refusal-disputed", "complained", "evidence"]


@pytest.mark.exhaustive
async def test_a_letter_saved_again_replaces_its_unsent_save_and_has_its_enclosures_beside_it(
    walk: OpenScreen, tmp_path: Path
) -> None:
    folder = tmp_path / "person" / "case-files"
    async with walk(OVERDUE, at=CONFIRM) as me:
        await me.press("m", "enter", "f5")
        reminder = folder / "2026-11-23-reminder-facebook-en.txt"
        assert "[your name]" in reminder.read_text(encoding="utf-8")
        await fill_gap(me, "your name", "Anna")
        await me.press("f5")
        assert "It replaces what you saved of it before." in me.told
        assert reminder.read_text(encoding="utf-8").startswith("Anna\n")
        await me.press("f2", *WITH_GAPS, "down", "enter", "enter")
        kept = me.last().text("file")
        assert kept == reminder.name
        for letter_id in ("reminder", "complaint"):
            await me.press("m")
            await me.press(*["down"] * (letters_of(me).index(letter_id) - 1), "enter")
            while me.at != "letter":
                await me.press("enter")
            await me.press("f5", "escape")
            while me.at != "checklist":
                await me.press("escape")
        assert sorted(folder.glob("*-reminder-*.txt")) == [reminder.with_stem(f"{reminder.stem}-2"), reminder]
        letter = next(folder.glob("*-klacht-facebook-*.txt"))
        assert kept in letter.read_text(encoding="utf-8")
        assert kept not in letter.with_suffix(".html").read_text(encoding="utf-8")
        copies = letter.with_name(f"{letter.stem}-evidence")
        assert [path.name for path in copies.iterdir()] == [kept]
        assert any(f"1 file to enclose is copied to {with_tilde(copies)}." in said for said in me.said)


@pytest.mark.exhaustive
async def test_a_text_that_cannot_be_kept_is_said_and_stays_while_the_entry_is_recorded(
    walk: OpenScreen, tmp_path: Path
) -> None:
    (tmp_path / "evidence").write_text("a file where the folder belongs")
    async with walk(OVERDUE, at=CONFIRM) as me:
        await me.press("m", "enter")
        await fill_gap(me, "your name", "Anna")
        await me.press("f2", *WITH_GAPS, "down", "enter", "enter")
        assert me.events() == ["filed", "reminded"]
        [said] = [each for each in me.said if "was not kept" in each]
        assert said.startswith("The text of the letter was not kept: ")
        assert "That you sent it is recorded; what you changed in it still stands in the letter." in said
        assert me.progress.drafts["letter:facebook:reminder.en"]["text"].startswith("Anna\n[your postal address]\n")


@parametrize_some(1, "size", [(80, 24), (120, 40)])
async def test_a_letter_begins_at_its_top(walk: OpenScreen, size: tuple[int, int]) -> None:
    async with walk(OVERDUE, at=CONFIRM, size=size) as me:
        await me.press("m", "enter")
        for language in ("Dutch", "German", "French", "Spanish", "Italian", "English"):
            area = me.app.screen.query_one(TextArea)
            assert area.scroll_offset.y == 0, language
            assert area.text.split("\n")[0][:30] in me.text
            await take_language(me, language)


@pytest.mark.exhaustive
async def test_it_says_where_to_write_to_meta_with_a_letter_to_meta_alone(walk: OpenScreen) -> None:
    async with walk(REFUSED, at=CONFIRM, size=(120, 40)) as me:
        await me.press("m", "down")
        assert me.guide_says("Meta Platforms Ireland Limited, Merrion Road, Dublin 4")
        assert me.guide_says("https://www.facebook.com/help/contact/540977946302970")
        await me.press("enter")
        assert "https://www.facebook.com/help/contact/540977946302970" in me.words("about")
        assert "(likely, 21 Jul 2026)" in me.words("about")
        assert "none is named here" in " ".join(me.words("about").split())
        assert "none is named" not in me.field("text")
        assert me.field("text").startswith(
            "[your name]\n[your postal address]\nNetherlands\n\nMeta Platforms Ireland Limited\nMerrion Road\n"
        )
        await me.press("escape", "up", "enter")
        assert "Merrion Road" not in me.words("about")
        await me.press("escape", "down", "enter")
        await me.resize(40, 12)
        assert me.app.screen.query_one(TextArea).size.height >= 3


async def test_a_day_before_the_objection_is_refused_where_it_was_typed_and_can_be_put_right_there(
    walk: OpenScreen,
) -> None:
    async with walk(OVERDUE, at=CONFIRM) as me:
        await me.press("m", "enter")
        letter = me.app.screen.query_one(TextArea).text
        await me.press("f2", *WITH_GAPS, "down", "enter")
        await me.write("2026-10-01", anew=True)
        await me.press("enter")
        assert me.headline.title == "When did you send it?"
        assert "1 Oct 2026 is before the objection, filed 4 Oct 2026, 10:00." in me.flowing
        assert "2026-10-01" in me.flowing
        assert me.events() == ["filed"]
        await me.press("escape")
        assert (me.at, me.app.screen.query_one(TextArea).text) == ("letter", letter)
        await me.press("f2", *WITH_GAPS, "down", "enter")
        await me.write("2026-10-01", anew=True)
        await me.press("enter")
        await me.write("yesterday", anew=True)
        await me.press("enter")
        assert me.events() == ["filed", "reminded", "evidence"]


@pytest.mark.exhaustive
async def test_of_a_covered_account_it_is_asked_whether_the_objection_was_applied_and_what_came_is_recorded(
    walk: OpenScreen,
) -> None:
    through = account("facebook", entry("filed", at(50)), entry("confirmed-by-mail", at(48)), hub="private")
    covered = record(through, account("instagram", hub="private", email="shop@example.org"))
    async with walk(covered, at=("instagram", "confirm"), size=(100, 30)) as me:
        await me.press("m")
        assert letters_of(me)[:2] == ["-fitting", "asked-applied"]
        assert "You can ask whether it was applied to this one." in me.flowing
        await me.press("enter")
        assert "\n\nDear Sir or Madam,\n\nOn 4 October 2026 I sent you" in me.field("text")
        assert "Account: Instagram (Anna)" in me.field("text")
        assert "E-mail address: shop@example.org" in me.field("text")
        await me.press("f2", *WITH_GAPS, "down", "enter", "enter")
        assert me.at == "checklist"
        assert [each.kind for each in me.account("instagram").events] == ["asked-applied", "evidence"]
        await me.press("t")
        assert "Answer to your question" in me.flowing
        await me.press("escape", "enter")
        assert me.at == "confirm"
        assert "Asked just now." in me.flowing


async def test_a_message_to_people_is_not_recorded(walk: OpenScreen) -> None:
    async with walk(OVERDUE, at=CONFIRM) as me:
        await me.press("m", "down", "down", "enter")
        assert me.headline.title == "A message to people who post you"
        await me.press("f2")
        assert me.told == "This is for people you know; there is nothing to record."
        assert "I sent it" not in me.keybar
        await me.press("f4")
        await me.workers()
        assert me.machine.copied == [me.field("text")]


@pytest.mark.exhaustive
@does("letter.language")
async def test_each_language_keeps_what_was_changed_in_it(walk: OpenScreen) -> None:
    async with walk(OVERDUE, at=CONFIRM) as me:
        await me.press("m", "enter")
        await fill_gap(me, "your name", "Anna")
        area = me.app.screen.query_one(TextArea)
        area.text = area.text.replace("Dear Sir or Madam", "Dear Meta")
        await me.press("f3")
        assert me.chosen == "en"
        assert "English (as now)" in me.text
        await me.press("escape")
        await take_language(me, "Dutch")
        assert "In Dutch." in me.headline.left
        assert "Met vriendelijke groet,\nAnna" in me.field("text")
        assert "Geachte heer, mevrouw" in me.field("text")
        await take_language(me, "English")
        assert me.field("text").startswith("Anna\n")
        assert "Dear Meta" in me.field("text")


@pytest.mark.exhaustive
@does("letter.english")
async def test_the_complaint_is_in_the_language_of_the_authority_with_the_english_beside_it(walk: OpenScreen) -> None:
    async with walk(REFUSED, at=CONFIRM, size=(120, 40)) as me:
        await me.press("m", "enter")
        assert "Klacht op grond van artikel 77 AVG" in me.field("subject")
        assert "Wat er gebeurd is:" in me.field("text")
        assert "Complaint under Article 77" in me.flowing
        await me.resize(80, 24)
        assert "Complaint under Article 77" not in me.text
        await me.press("ctrl+t")
        assert "In English:" in me.flowing
        assert "Wat er gebeurd is" not in me.text
        await me.press("ctrl+t")
        assert "Complaint under Article 77" not in me.text
        await take_language(me, "English")
        await me.press("ctrl+t")
        assert me.told == "The letter is in English."


async def test_the_english_beside_a_letter_is_whole_as_soon_as_the_language_changes(walk: OpenScreen) -> None:
    async with walk(OVERDUE, at=CONFIRM, size=(120, 40)) as me:
        await me.press("m", "enter")
        await take_language(me, "Dutch")
        english = me.app.screen.query_one(Reader)
        assert english.display
        assert max(len(line) for line in english.plain_text.split("\n")) <= english.columns
        assert "Please act on my objection for this account" in " ".join(english.plain_text.split())


NO_COPY = (
    "kopie van mijn bezwaar, met bewijs dat ik het verstuurd heb; kopieën van wat Meta mij stuurde; of schrijf: "
    "ik heb geen kopie van mijn bezwaar"
)


@pytest.mark.exhaustive
async def test_a_complaint_goes_out_with_the_english_below_and_with_what_was_filled_in(
    walk: OpenScreen, tmp_path: Path
) -> None:
    async with walk(REFUSED, at=CONFIRM, size=(120, 40)) as me:
        await me.press("m", "enter")
        await fill_gap(me, NO_COPY, "een afdruk")
        await fill_gap(me, "je naam", "Anna Example")
        await me.press("ctrl+r")
        assert me.told == "The English goes along below the letter."
        assert "Anna Example\n" in me.app.screen.query_one(Reader).plain_text
        await me.press("f4")
        await me.workers()
        await me.press("f5", "ctrl+o")
        await me.workers()
        (copied,) = me.machine.copied
        dutch, english = copied.split("\n\n— In English —\n\n")
        head, date, rest = me.field("text").partition("23 november 2026\n\n")
        assert dutch == f"{head}{date}Onderwerp: {me.field('subject')}\n\n{rest}"
        title = "Complaint under Article 77 GDPR against Meta Platforms Ireland (Facebook)"
        assert english.startswith("Anna Example\n[your postal address]\n\nAutoriteit Persoonsgegevens\n")
        assert f"23 November 2026\n\nSubject: {title}\n\nDear Sir or Madam,\n\n" in english
        assert "Aan Meta schreef ik" not in dutch  # no reason is known, and nobody is to invent one
        assert "\n\nBijlagen:\neen afdruk\n" in dutch
        assert "(in Dutch: een afdruk)" in english
        assert "Yours faithfully,\nAnna Example\n" in english
        [saved] = (tmp_path / "person" / "case-files").glob("*.txt")
        assert saved.read_text(encoding="utf-8").strip() == copied.strip()
        assert "In%20English" in me.machine.mailed[0]
        assert "The English goes along after it when you copy, save or mail it." in me.flowing
        await take_language(me, "English")
        await me.press("f4")
        await me.workers()
        assert "In English." in me.headline.left
        assert "— In English —" not in me.machine.copied[-1]


def letter_screen(me: Walker) -> LetterScreen:
    assert isinstance(me.app.screen, LetterScreen)
    return me.app.screen


@does("letter.with-english")
async def test_the_english_goes_along_only_where_it_is_added_and_its_gaps_are_told(walk: OpenScreen) -> None:
    async with walk(REFUSED, at=CONFIRM, size=(120, 40)) as me:
        await me.press("m", "enter", "f4")
        await me.workers()
        assert "— In English —" not in me.machine.copied[-1]
        await me.press("ctrl+r", "f4")
        await me.workers()
        assert "— In English —" in me.machine.copied[-1]
        area = me.app.screen.query_one(TextArea)
        area.text = area.text.replace(f"[{NO_COPY}]", "Ik stuur niets mee.")
        await me.settled()
        assert any(gap.startswith("in the English: copy of my objection") for gap in letter_screen(me).missing)
        await me.press("ctrl+r")
        assert me.told == "The English is left out."
        assert "in the English" not in " ".join(letter_screen(me).missing)


@pytest.mark.exhaustive
async def test_a_mail_program_is_given_no_files_so_the_person_is_told_to_attach_them(walk: OpenScreen) -> None:
    proof = entry("evidence", at(5), file="answer.eml", sha256="ab" * 32, bytes=3, of=FILED.id)
    case = record(account("facebook", FILED, entry("refused", at(10)), entry("refusal-disputed", at(5)), proof))
    async with walk(case, at=CONFIRM, size=(120, 40)) as me:
        await me.press("m", "enter")
        assert "van 4 oktober 2026 (bestand answer.eml)" in me.field("text")
        await me.press("ctrl+o")
        await me.workers()
        assert "Attach the files it names yourself, from " in me.told
        await me.press("escape", "enter", "down", "enter", "ctrl+o")
        await me.workers()
        assert "Attach" not in me.told


@pytest.mark.exhaustive
async def test_what_was_changed_in_the_english_goes_along(walk: OpenScreen) -> None:
    async with walk(REFUSED, at=CONFIRM) as me:
        await me.press("m", "enter")
        await take_language(me, "English")
        area = me.app.screen.query_one(TextArea)
        area.text = area.text.replace("Dear Sir or Madam", "Dear authority")
        await take_language(me, "Dutch")
        await me.press("ctrl+r", "f4")
        await me.workers()
        assert "Dear authority" in me.machine.copied[-1]
        assert "Geachte heer, mevrouw" in me.machine.copied[-1]


@parametrize_some(
    1,
    ("country", "land", "language", "said"),
    [
        ("GR", "", "English", "It takes complaints in Greek (one list). No letter here is written in that: have this"),
        ("BE", "", "Dutch", "It takes complaints in Dutch, French or German (one list)."),
        ("RO", "", "English", "It takes complaints in Romanian or English (one list)."),
        ("DE", "DE-BY", "German", "It takes complaints in German (one list)."),
        ("CH", "", "English", "It takes complaints in German, French, Italian or English (one list)."),
    ],
)
async def test_it_says_which_languages_the_authority_takes(
    walk: OpenScreen, country: str, land: str, language: str, said: str
) -> None:
    case = replace(REFUSED, person=replace(REFUSED.person, country=country, land=land))
    async with walk(case, at=CONFIRM, size=(120, 40)) as me:
        await me.press("m")
        assert said in me.flowing
        await me.press("enter")
        assert f"In {language}." in me.headline.left
        assert said in me.flowing
        assert "translat" in me.words("about") or country != "GR"


@pytest.mark.exhaustive
async def test_another_language_than_the_authority_takes_is_said_to_be_one(walk: OpenScreen) -> None:
    async with walk(REFUSED, at=CONFIRM, size=(120, 40)) as me:
        await me.press("m", "enter", "f3")
        assert "Dutch (as now)" in me.text
        await me.press("escape")
        await take_language(me, "German")
        assert "Take that language, or ask whether it takes this one." in me.words("about")
        await take_language(me, "English")
        assert me.words("about").startswith("Best online: https://autoriteitpersoonsgegevens.nl/")
        assert "One public list gives its postal address; we have not checked it." in me.words("about")
        assert me.words("about").endswith("It takes complaints in Dutch (one list). Another list says English too.")


@pytest.mark.exhaustive
async def test_without_a_land_no_authority_is_named_in_a_german_complaint(walk: OpenScreen) -> None:
    german = replace(REFUSED, person=replace(REFUSED.person, country="DE"))
    async with walk(german, at=CONFIRM, size=(100, 30)) as me:
        await me.press("m", "enter", "end", "enter")
        assert me.at == "letter"
        assert "\n\n[Name und Postanschrift der Behörde]\n\n" in me.field("text")
        assert "Your Land decides which authority takes it" in me.words("about")
        await me.press("f2", *WITH_GAPS, "down", "enter", "enter")
        assert dict(sent_by(me).fields) == {}
        assert sent_by(me).kind == "complained"


@pytest.mark.exhaustive
async def test_the_complaint_to_the_ico_says_why_it_comes_later_and_can_be_written(walk: OpenScreen) -> None:
    british = record(account("facebook", FILED, entry("refused", at(30))), country="GB")
    async with walk(british, at=CONFIRM, size=(100, 40)) as me:
        await me.press("m")
        assert "After a complaint to Meta." in me.flowing
        await me.press(*["down"] * 5)
        assert me.guide_says("After a complaint to Meta. You can still write it.")
        assert me.guide_says("Since 19 June 2026 the regulator expects that")
        assert me.guide_says("(sure, 23 Jun 2026)")
        await me.press("a")
        assert "All authorities of the EEA" not in me.flowing
        await me.press("escape", "enter")
        assert "\n\nInformation Commissioner's Office (Information Commission)\nWycliffe House" in me.field("text")
        assert "F3 Language" not in me.text
        await me.press("f2", *WITH_GAPS, "down", "enter", "enter")
        assert me.state() is AccountState.COMPLAINED_TO_AUTHORITY
        assert sent_by(me).text("authority") == "Information Commissioner's Office (Information Commission)"


async def test_while_meta_may_still_acknowledge_the_letters_say_until_when(walk: OpenScreen) -> None:
    told = (FILED, entry("refused", at(30)), entry("complained-to-controller", at(5)))
    async with walk(record(account("facebook", *told), country="GB"), at=CONFIRM, size=(100, 30)) as me:
        await me.press("m")
        assert "Meta has until 18 Dec to acknowledge." in me.flowing


@does("letter.authority", "letters.authority", "authority.back")
async def test_the_authority_is_at_hand_with_what_is_known_of_it(walk: OpenScreen) -> None:
    async with walk(REFUSED, at=CONFIRM, size=(100, 40)) as me:
        for way in (("m", "a"), ("m", "enter", "f9")):
            await me.press(*way)
            assert (me.at, me.headline.title) == ("authority", "Autoriteit Persoonsgegevens")
            for words in (
                "It takes complaints in Dutch, according to one public list.",
                "you can stay with your own",
                "It was not opened to check it.",
                "One list says that it accepts complaints in English.",
                "which were not checked here.",
                "Postal address: Postbus 93374, 2509 AJ DEN HAAG, Netherlands",
                "E-mail: info@autoriteitpersoonsgegevens.nl",
                "Entry of the list last changed: 8 Mar 2026",
                "All authorities of the EEA",
            ):
                assert words in me.flowing
            await me.press(*["escape"] * len(way))
            assert me.at == "checklist"


@does("authority.browser", "authority.copy", "authority.show", "authority.up", "authority.down")
async def test_a_page_of_the_authority_is_opened_copied_and_drawn(walk: OpenScreen) -> None:
    page = "https://autoriteitpersoonsgegevens.nl/een-tip-of-klacht-indienen-bij-de-ap"
    async with walk(REFUSED, at=CONFIRM) as me:
        await me.press("m", "a", "enter", "c")
        await me.workers()
        assert me.machine.opened == [page]
        assert me.machine.copied == [page]
        await me.press("v")
        assert (me.at, page in me.flowing.replace(" ", "")) == ("link", True)
        await me.press("escape", "j", "c")
        await me.workers()
        await me.press("k", "c")
        await me.workers()
        assert me.machine.copied[1:] == ["https://autoriteitpersoonsgegevens.nl/", page]


@pytest.mark.exhaustive
@does("authority.complained")
@parametrize_some(
    1,
    ("country", "name"),
    [
        ("NL", "Autoriteit Persoonsgegevens"),
        ("GB", "Information Commissioner's Office (Information Commission)"),
        ("CH", "Eidgenössischer Datenschutz- und Öffentlichkeitsbeauftragter (EDÖB)"),
    ],
)
async def test_a_complaint_made_on_the_authoritys_own_page_is_written_down(
    walk: OpenScreen, country: str, name: str
) -> None:
    refused = record(account("facebook", entry("filed", at(90)), entry("refused", at(60))), country=country)
    async with walk(refused, size=(100, 30)) as me:
        await me.press("m", "a", "r")
        assert me.headline.title == f"How did you complain to {name}?"
        assert "It is written into the diary of Facebook “Anna”." in me.flowing
        await me.press("down", "down", "enter")
        await me.write("1 Jan 2024", anew=True)
        await me.press("enter")
        assert "is before the objection" in me.flowing
        await me.write("yesterday", anew=True)
        await me.press("enter")
        assert f"Recorded: complaint sent by post to {name}." in me.told
        assert dict(me.last().fields) == {"authority": name, "by": "letter"}
        await me.press("escape", "escape")
        assert me.state() is AccountState.COMPLAINED_TO_AUTHORITY


@pytest.mark.exhaustive
@does("authority.land", "authority.page-down", "authority.page-up")
async def test_germany_asks_for_the_land_and_the_complaint_names_its_authority(walk: OpenScreen) -> None:
    german = replace(REFUSED, person=replace(REFUSED.person, country="DE"))
    async with walk(german, at=CONFIRM, size=(80, 16)) as me:
        await me.press("m", "enter")
        assert (me.at, me.headline.title) == ("ask", "In which Land do you live?")
        await me.press("down", "down", "enter")
        assert me.progress.person.land == "DE-BY"
        assert "\n\nBayerisches Landesamt für Datenschutzaufsicht" in me.field("text")
        await me.press("f9")
        assert "It is the authority of Bayern" in me.flowing
        first = me.text
        await me.press("pagedown")
        assert me.text != first
        await me.press("pageup", "l", "home", "enter")
        assert me.progress.person.land == "DE-BW"
        assert "Baden-Württemberg" in me.headline.title
        await me.press("escape")
        assert "Baden-Württemberg" in me.field("text")
        await me.press("f2", *WITH_GAPS, "down", "enter", "enter")
        assert "Baden-Württemberg" in sent_by(me).text("authority")
        assert me.state() is AccountState.COMPLAINED_TO_AUTHORITY
        assert sent_by(me).at == NOW


async def test_the_page_of_the_authority_asks_for_the_land_before_it_shows_one(walk: OpenScreen) -> None:
    german = replace(OVERDUE, person=replace(OVERDUE.person, country="DE"))
    async with walk(german, at=CONFIRM) as me:
        await me.press("m", "a")
        assert (me.at, me.headline.title) == ("ask", "In which Land do you live?")
        await me.press("down", "down", "enter")
        assert (me.at, me.headline.title) == ("authority", "Bayerisches Landesamt für Datenschutzaufsicht (BayLDA)")
        await me.press("escape", "a")
        assert me.at == "authority"


async def test_after_a_move_the_authority_is_that_of_where_the_objection_was_sent(walk: OpenScreen) -> None:
    moved = record(
        account("facebook", entry("filed", at(90)), entry("country-changed", at(70), from_="GB", to="IE"), hub=""),
        country="IE",
    )
    async with walk(moved, at=CONFIRM) as me:
        await me.press("m", "a")
        assert me.at == "authority"
        assert "Information Commission" in me.headline.title
        assert "Where you lived when you objected: United Kingdom." in me.flowing
        assert "Where you live now, the authority is Data Protection Commission." in me.flowing
        assert "dataprotection.ie" in me.flowing
        assert "Irish" not in me.flowing
        await me.press("escape", "escape", "escape", "d")
        assert "United Kingdom → Ireland" in me.flowing


async def test_after_a_move_to_germany_the_land_decides_and_is_not_asked_for_the_objection_of_before(
    walk: OpenScreen,
) -> None:
    change = entry("country-changed", at(70), from_="GB", to="DE")
    moved = record(account("facebook", entry("filed", at(90)), entry("refused", at(80)), change, hub=""), country="DE")
    async with walk(moved, at=CONFIRM) as me:
        await me.press("m")
        await me.go_to_row("Complaint to the ICO")
        await me.press("enter")
        assert "Land" not in me.headline.title
        await me.press("escape", "escape", "escape", "m", "a")
        assert me.at == "authority"
        assert "In Germany a complaint about a company goes to the authority of your Land." in me.flowing
        assert "Where you live now, the authority is" not in me.flowing


async def test_after_a_move_from_germany_the_authority_of_the_land_goes_on_with_what_was_sent_there(
    walk: OpenScreen,
) -> None:
    case = (entry("filed", at(90)), entry("refused", at(80)))
    at_home = record(account("facebook", *case, hub=""), country="DE")
    at_home = replace(at_home, person=replace(at_home.person, land="DE-BY"))
    async with walk(at_home, at=CONFIRM) as me:
        me.session.account_service.set_person(country="AT", email="", language="de")
        assert me.last().text("from") == "DE-BY"
        await me.press("m", "a")
        assert (me.at, me.headline.title) == ("authority", "Bayerisches Landesamt für Datenschutzaufsicht (BayLDA)")
        assert "Where you lived when you objected: Germany." in me.flowing
        await me.press("escape", "escape", "d")
        assert "Germany → Austria" in me.flowing


async def test_elsewhere_there_is_no_land_to_choose(walk: OpenScreen) -> None:
    async with walk(REFUSED, at=CONFIRM) as me:
        await me.press("m", "a", "l")
        assert "for Germany only" in me.told


@does("confirm.letters")
async def test_letters_are_at_hand_while_answering(walk: OpenScreen) -> None:
    async with walk(OVERDUE, at=CONFIRM) as me:
        await me.press("enter", "f4")
        assert me.at == "letters"
        await me.press("escape")
        assert me.at == "confirm"


@does("letters.browser")
@parametrize_some(1, "country", ["GB", "CH", "NL"])
async def test_meta_s_contact_stands_with_a_letter_to_it_and_a_key_opens_it(walk: OpenScreen, country: str) -> None:
    async with walk(record(account("facebook", FILED), country=country), at=CONFIRM, size=(100, 40)) as me:
        await me.press("m")
        assert me.guide_says("Online, Meta's privacy contact takes it")
        await me.press("o")
        await me.workers()
        assert me.machine.opened == ["https://www.facebook.com/help/contact/540977946302970"]
        while me.chosen != "friends":
            await me.press("down")
        await me.press("o")
        assert me.told == "No form of Meta's is known for this letter."


class TestWhatIsAskedOnce:
    async def test_the_name_before_the_first_letter_and_the_profile_where_a_letter_names_it(
        self, walk: OpenScreen
    ) -> None:
        refused = record_of(account("facebook", FILED, entry("refused", at(10), grounds="given")))
        async with walk(refused, at=CONFIRM, size=(100, 40)) as me:
            await me.press("m", "enter")
            assert me.headline.title == "What is your name?"
            await me.press("enter")
            assert me.headline.title == "What is your name?"
            assert "Write it, or Esc leaves it open." in me.flowing
            await me.write("Anna Example")
            await me.press("enter")
            assert me.headline.title == "What is your postal address?"
            await me.write("Street 1, 1234 AB Utrecht")
            await me.press("enter")
            assert me.at == "letter"
            assert "Anna Example\nStreet 1\n1234 AB Utrecht\n" in me.field("text")
            await me.press("escape", "down", "enter")
            assert me.headline.title == "Facebook “Anna”: what is the address of the profile?"
            await me.write("https://www.facebook.com/anna.example")
            await me.press("enter")
            assert me.at == "letter"
            assert "Profiel: https://www.facebook.com/anna.example" in me.field("text")
            assert "Anna Example" in me.field("text")
            await take_language(me, "English")
            assert "https://www.facebook.com/anna.example" in me.field("text")

    async def test_a_helper_is_asked_for_the_name_of_the_person_and_not_for_their_own(self, walk: OpenScreen) -> None:
        helped = record_of(account("facebook", FILED, entry("helper-authorised", at(12), helper="Rosa", how="orally")))
        for person, shown in (("Bob", "Bob"), ("", "The person whose record this is")):
            async with walk(helped, at=CONFIRM, size=(100, 40), person_name=person) as me:
                await me.press("m", "enter")
                assert me.headline.title == f"{shown}: what is the full name?"
                assert "The full name" in me.text
                assert not re.search(r"\b(?:[Yy]our|[Mm]y)\b", me.text)
                await me.press("escape")
                assert me.headline.title == f"{shown}: what is the postal address?"
                assert not re.search(r"\b(?:[Yy]our|[Mm]y)\b", me.text)

    async def test_a_profile_that_is_no_address_of_metas_is_doubted_once_and_kept_where_one_insists(
        self, walk: OpenScreen
    ) -> None:
        refused = record_of(account("facebook", FILED, entry("refused", at(10), grounds="given")))
        async with walk(refused, at=CONFIRM, size=(100, 40)) as me:
            await me.press("m", "enter", "escape", "escape", "escape", "down", "enter")
            assert me.headline.title == "Facebook “Anna”: what is the address of the profile?"
            await me.write("bob.facebook")
            await me.press("enter")
            assert "“bob.facebook” is no address on a page of Meta's" in me.flowing
            await me.press("enter")
            assert me.at == "letter"
            assert "Profiel: bob.facebook" in me.field("text")

    async def test_first_name_and_surname_of_a_child_which_can_be_changed_at_its_account(
        self, walk: OpenScreen
    ) -> None:
        child = account("elsewhere-Mila", FILED, hub="")
        async with walk(record_of(child), at=("elsewhere-Mila", "confirm"), size=(100, 40)) as me:
            await me.press("m", "enter", "escape", "escape")
            assert me.headline.title == "Data about Mila without an account: what are first name and surname?"
            await me.write("Mila Jansne")
            await me.press("enter")
            assert "Mila Jansne" in me.field("text")
            await me.press("escape", "escape", "e")
            assert me.field("whose-name") == "Mila Jansne"
            me.app.screen.query_one("#whose-name").focus()
            await me.settled()
            await me.write("Mila Jansen", anew=True)
            await me.press("enter", "m", "enter")
            assert "Mila Jansen" in me.field("text")

    async def test_what_is_left_open_is_not_asked_again(self, walk: OpenScreen) -> None:
        async with walk(record_of(account("facebook", FILED)), at=CONFIRM, size=(100, 40)) as me:
            await me.press("m", "enter", "escape", "escape", "escape")
            assert me.at == "letter"
            assert "your name" in me.words("gaps")
            assert "your postal address" in me.words("gaps")
            await me.press("escape", "enter")
            assert me.at == "letter"

    @pytest.mark.exhaustive
    @parametrize_some(1, "why", ["hacked", "locked"])
    async def test_the_names_that_an_account_without_a_log_in_had_before(self, walk: OpenScreen, why: str) -> None:
        lost = record_of(account("facebook", entry("log-in", at(3), **{"log-in": why})))
        async with walk(lost, at=("facebook", "open"), size=(100, 40)) as me:
            while me.checklist._panes.row != "open/letters":
                await me.press("down")
            await me.press("enter", "enter")
            assert me.headline.title == "What is your name?"
            await me.press("escape", "escape")
            assert me.headline.title == "Facebook “Anna”: what is the address of the profile?"
            await me.press("escape")
            assert me.headline.title == "Facebook “Anna”: which names and e-mail addresses did it have?"
            await me.write("Anna E., anna.old@example.org")
            await me.press("enter")
            assert me.at == "letter"
            assert "Anna E., anna.old@example.org" in me.field("text")
            await me.press("escape", "enter")
            assert me.at == "letter"


class TestWasItSent:
    async def test_who_asked_whether_meta_acts_on_it_is_told_until_when_the_answer_is_awaited(
        self, walk: OpenScreen
    ) -> None:
        confirmed = record(account("facebook", FILED, entry("confirmed-by-mail", at(40)), hub=""))
        async with walk(confirmed, at=CONFIRM) as me:
            await me.press("m")
            while me.chosen != "asked-applied":
                await me.press("down")
            await me.press("enter", "f4", "escape", "down", "enter", "enter")
            assert (me.at, "asked-applied" in me.events()) == ("checklist", True)
            waits = "Wait for Meta's answer to your question until 23 Dec: Facebook “Anna”"
            [said] = [words for words in me.said if waits in words]
            assert said.startswith("Recorded: Do you act on my objection?, sent on 23 Nov.")
            assert me.headline.title == waits
            assert f"Next: {waits}." in me.words("guide")

    async def test_who_took_a_letter_out_is_asked_on_leaving_how_it_went(self, walk: OpenScreen) -> None:
        async with walk(OVERDUE, at=CONFIRM) as me:
            await me.press("m", "enter", "f4", "escape")
            assert me.headline.title == "Did you send the letter?"
            await me.press("escape")
            assert (me.at, me.events()) == ("letters", ["filed"])
            await me.press("enter", "f4", "escape", "enter")
            assert (me.at, me.events()) == ("letters", ["filed"])
            await me.press("enter", "f4", "escape", "down", "down", "enter")
            assert me.headline.title == "When did you send it?"
            await me.press("enter")
            assert (me.at, sent_by(me).text("by")) == ("checklist", "letter")

    async def test_a_letter_with_gaps_is_recorded_only_after_a_question(self, walk: OpenScreen) -> None:
        async with walk(OVERDUE, at=CONFIRM) as me:
            await me.press("m", "enter")
            area = me.app.screen.query_one(TextArea)
            area.text = f"{area.text}\n[your name]"
            await me.settled()
            await me.press("f2")
            assert me.headline.title == "Was it sent with these gaps?"
            assert "your name" in me.flowing
            await me.press("enter")
            assert (me.at, me.events()) == ("letter", ["filed"])
            await me.press("f2", "down", "enter")
            assert me.headline.title == "How did you send it?"

    async def test_who_only_looked_at_it_is_not_asked(self, walk: OpenScreen) -> None:
        async with walk(OVERDUE, at=CONFIRM) as me:
            await me.press("m", "enter", "escape")
            assert me.at == "letters"

    async def test_the_arrival_of_a_posted_reminder_is_not_asked_since_no_period_hangs_on_it(
        self, walk: OpenScreen
    ) -> None:
        posted = record(account("facebook", FILED, entry("reminded", at(7), by="letter")))
        async with walk(posted) as me:
            assert "arrived" not in me.flowing


async def test_the_line_says_in_which_gap_the_cursor_stands_and_the_key_begins_at_the_first(walk: OpenScreen) -> None:
    async with walk(OVERDUE) as me:
        await me.press("m", "enter")
        gaps = letter_screen(me).missing
        await me.press("pagedown", "pagedown", "ctrl+n")
        area = me.app.screen.query_one(TextArea)
        assert area.selected_text == f"[{gaps[0]}]"
        assert me.words("gaps").startswith(f"Now: “{gaps[0]}” (1 of {len(gaps)})")
        await me.press("ctrl+n")
        assert area.selected_text == f"[{gaps[1]}]"
        assert me.words("gaps").startswith(f"Now: “{gaps[1]}” (2 of {len(gaps)})")
        await me.press("escape", "enter", "ctrl+n")
        assert me.app.screen.query_one(TextArea).selected_text == f"[{gaps[0]}]"


async def test_enter_in_a_gap_goes_on_and_typing_there_replaces_it_whole(walk: OpenScreen) -> None:
    async with walk(OVERDUE) as me:
        await me.press("m", "enter", "ctrl+n")
        gaps, before = letter_screen(me).missing, me.field("text")
        area = me.app.screen.query_one(TextArea)
        await me.press("enter")
        assert (area.selected_text, me.field("text")) == (f"[{gaps[1]}]", before)
        await me.press("left", "right", "right", "right")  # no selection any more, the cursor stands in the gap
        await me.press("enter")
        assert me.field("text") == before
        await me.press("shift+tab", "tab", "ctrl+n", "left", "right", "right")
        await me.write("Xy")
        assert "Xy" in me.field("text")
        assert me.field("text").count("[") == before.count("[") - 1


async def test_the_name_typed_at_the_head_stands_at_the_end_as_it_is_typed(walk: OpenScreen) -> None:
    async with walk(OVERDUE, at=("facebook", "open"), size=(100, 40)) as me:
        await me.press("m", "enter")
        await fill_gap(me, "your name", "Anna Exampel")
        assert me.field("text").endswith("\nAnna Exampel")
        await me.press("backspace", "backspace")
        await me.write("le")
        assert me.field("text").startswith("Anna Example\n")
        assert me.field("text").endswith("\nAnna Example")
        assert "your name" not in me.words("gaps")
        await me.press("ctrl+z")
        assert me.field("text").startswith("Anna Exampl\n")
        assert me.field("text").endswith("\nAnna Exampl")
        await me.press("ctrl+y")
        assert me.field("text").startswith("Anna Example\n")
        assert me.field("text").endswith("\nAnna Example")
        await me.write("s")
        assert me.field("text").endswith("\nAnna Examples")


async def test_half_a_bracket_is_said_to_be_open_and_the_letter_does_not_leave_unseen(walk: OpenScreen) -> None:
    async with walk(OVERDUE) as me:
        await me.press("m", "enter")
        area = me.app.screen.query_one(TextArea)
        for gap in letter_screen(me).missing:
            area.text = area.text.replace(f"[{gap}]", "Anna")
        await me.settled()
        assert "Nothing is missing." in me.words("gaps")
        area.text += "\n[your name"
        await me.settled()
        assert "“[your name”" in me.words("gaps")
        await me.press("f5")
        assert me.told.endswith("1 gap is still open.")


@pytest.mark.exhaustive
async def test_what_later_letters_will_have_is_said_and_discarding_forgets_it(walk: OpenScreen) -> None:
    async with walk(OVERDUE) as me:
        await me.press("m", "enter")
        await fill_gap(me, "your postal address", "Dam 1")
        letter_screen(me).save_draft()
        await me.settled()
        assert "Remembered for other letters: “your postal address”" in me.words("gaps")
        await me.press("f8")
        assert "Remembered" not in me.words("gaps")
        await me.press("escape", "down", "enter")
        assert "Dam 1" not in me.field("text")
        await me.press("escape", "up", "enter", "f8")
        assert "[your postal address]" in me.field("text")


@pytest.mark.parametrize("key", ["escape", "f2"])
async def test_before_a_letter_is_left_a_shorter_address_is_asked_about_once_and_taken_over_after_a_yes(
    walk: OpenScreen, key: str
) -> None:
    whole, shorter = "Example Street 1\nTop floor\n1000 Example", "Example Street 1\n1000 Example"
    async with walk(OVERDUE) as me:
        await me.press("m", "enter")
        area = me.app.screen.query_one(TextArea)
        area.text = area.text.replace("[your postal address]", whole)
        await me.press("escape", "enter")
        area = me.app.screen.query_one(TextArea)
        area.text = area.text.replace(whole, shorter)
        await me.press(key)
        assert "Is the shorter one right for other letters too?" in me.text
        assert "Top floor" in me.text
        await me.press("escape")
        assert me.at == "letter"  # nothing was answered
        await me.press(key, "down", "enter")
        assert any("Other letters have the shorter one from now on." in said for said in me.said)
        assert (me.at == "letters") is (key == "escape")
        remembered = me.session.remembered.of().for_letters
        assert remembered["sender-address"] == shorter


async def test_a_shorter_address_that_other_letters_do_not_take_is_not_asked_about_again(walk: OpenScreen) -> None:
    whole, shorter = "Example Street 1\nTop floor\n1000 Example", "Example Street 1\n1000 Example"
    async with walk(OVERDUE) as me:
        await me.press("m", "enter")
        area = me.app.screen.query_one(TextArea)
        area.text = area.text.replace("[your postal address]", whole)
        await me.press("escape", "enter")
        area = me.app.screen.query_one(TextArea)
        area.text = area.text.replace(whole, shorter)
        await me.press("escape", "enter")
        assert me.at == "letters"
        await me.press("enter")
        assert shorter in me.field("text")
        await me.press("escape")
        assert me.at == "letters"
        assert me.session.remembered.of().for_letters["sender-address"] == whole


async def test_moving_in_a_letter_gives_its_text_the_rows_of_the_head(walk: OpenScreen) -> None:
    async with walk(OVERDUE) as me:
        await me.press("m", "enter")
        area = me.app.screen.query_one(TextArea)
        rows = area.size.height
        await me.press("down")
        assert area.size.height >= rows + 4
        assert "gaps" in {widget.id for widget in me.app.screen.query("#gaps") if widget.region.height}
        await me.press("shift+tab")
        assert area.size.height <= rows + 1


@does("letter.browser")
async def test_a_letter_to_meta_has_its_contact_page_in_place_of_the_mail_program(walk: OpenScreen) -> None:
    async with walk(OVERDUE) as me:
        await me.press("m", "enter")
        assert "Where to send" in me.keybar
        assert "Ctrl+O" not in me.keybar
        await me.press("alt+o")
        await me.workers()
        assert me.at in ("link", "letter")


@pytest.mark.exhaustive
async def test_what_letters_remember_is_seen_and_changed_in_your_details_and_at_the_account(walk: OpenScreen) -> None:
    async with walk(OVERDUE, at=("facebook", "open"), size=(80, 40)) as me:
        await me.press("m", "enter")
        await fill_gap(me, "your postal address", "Dam 1\n1012 Amsterdam")
        await fill_gap(me, "address of the profile, if it has one", "facebook.com/wrong")
        await me.press("escape", "escape", "y")
        assert (me.field("name"), me.field("sender-address")) == ("", "Dam 1, 1012 Amsterdam")
        me.app.screen.query_one("#name").focus()
        await me.settled()
        await me.write("Anna Example")
        await me.press("enter")
        await me.press("e")
        assert me.field("profile") == "facebook.com/wrong"
        me.app.screen.query_one("#profile").focus()
        await me.settled()
        await me.write("facebook.com/anna", anew=True)
        await me.press("enter")
        await me.press("m", "enter", "f8")
        assert "Anna Example\nDam 1\n1012 Amsterdam" in me.field("text")
        assert "facebook.com/anna" in me.field("text")
        assert "facebook.com/wrong" not in me.field("text")


async def test_a_letter_that_was_only_looked_at_does_not_count_as_begun(walk: OpenScreen) -> None:
    async with walk(REFUSED, at=CONFIRM, size=(100, 40)) as me:
        await me.press("m")
        for _unused in range(3):
            await me.press("enter", "ctrl+n", "f3", "ctrl+t", "ctrl+t")
            while me.at != "letters":
                await me.press("escape")
            await me.press("down")
        assert me.progress.drafts == {}
        assert "Begun" not in me.flowing
