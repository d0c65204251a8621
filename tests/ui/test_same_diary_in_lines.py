"""The screen and plain mode leave the same record, byte for byte but for ids, and either goes on where the other left."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from metaoptout_tui.core.language.translation import in_catalogue
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.storage import progress_file
from metaoptout_tui.translations.catalogues import load_catalogue
from plain_talk import Speak, paths, speak
from sample_mails import mail
from samples import account, at, entry, record
from ui.driving import OpenScreen

__all__ = ["paths", "speak"]

NEW = record(account("facebook"))
LISTED = record(account("facebook", entry("step-done", at(4), step="identify")))
WAITING = record(
    account("facebook", entry("step-done", at(9), step="identify"), entry("filed", at(9), email="anna@example.org"))
)
REFUSED = record(account("facebook", entry("filed", at(9)), entry("refused", at(3))))
TWO = record(account("facebook"), account("instagram"))
CHATS = record(account("whatsapp"))
ID = re.compile(r"[0-9a-z]{26}|[0-9A-Z]{26}")


def written(progress: Record, folder: Path) -> str:
    """The record as its file, with ids in the place of which they are the first, the second and so on."""
    path = folder / "compared.toml"
    path.unlink(missing_ok=True)
    progress_file.save_record(path, progress, None)
    numbers: dict[str, str] = {}
    return ID.sub(
        lambda found: numbers.setdefault(found[0], f"id-{len(numbers) + 1}"), path.read_text(encoding="utf-8")
    )


@pytest.mark.parametrize(
    ("progress", "place", "keys", "lines"),
    [
        pytest.param(
            NEW,
            ("facebook", "identify"),
            ("enter", "enter", "down", "enter", "enter", "p", "enter"),
            ("next", "", "3", "sent", ""),
            id="from the list of accounts to the objection",
        ),
        pytest.param(
            TWO,
            ("facebook", "identify"),
            ("enter", "space", "enter", "escape"),
            ("next", "", "all", "", "back"),
            marks=pytest.mark.exhaustive,
            id="two linked accounts",
        ),
        pytest.param(
            LISTED,
            ("facebook", "submit"),
            ("enter", "p", *["backspace"] * 10, *"2026-11-20", "enter"),
            ("account:facebook", "step:submit", "sent", "2026-11-20", ""),
            id="an objection of three days ago",
        ),
        pytest.param(
            WAITING,
            ("facebook", "confirm"),
            ("enter", "home", *["down"] * 7, "enter", *["down"] * 6, "enter"),
            ("account:facebook", "step:confirm", "refused", "refused.other", "", "", ""),
            marks=pytest.mark.exhaustive,
            id="a refusal",
        ),
        pytest.param(
            WAITING,
            ("facebook", "confirm"),
            ("enter", "home", "down", "down", "tab", "tab", "tab", *"AB-12", "tab", *"It says applied.", "enter"),
            ("account:facebook", "step:confirm", "confirmed-by-mail", "", "AB-12", "It says applied."),
            id="a mail with its reference and a note",
        ),
        pytest.param(
            REFUSED,
            ("facebook", "confirm"),
            (
                "m",
                "down",
                "enter",
                *"Anna",
                "enter",
                "escape",
                "escape",
                "f2",
                "down",
                "enter",
                "down",
                "enter",
                "enter",
            ),
            ("next", "complaint", "Anna", "", "", "sent", "online", ""),
            marks=pytest.mark.exhaustive,
            id="a complaint, with its text kept",
        ),
        pytest.param(
            CHATS,
            ("whatsapp", "review"),
            ("enter", "y", "n"),
            ("account:whatsapp", "step:review", "whatsapp.used", "yes", "whatsapp.groups", "no"),
            id="answers of the review",
        ),
        pytest.param(
            WAITING,
            ("facebook", "confirm"),
            ("x",),
            ("account:facebook", "everything-else", "checklist.skip", "confirm"),
            id="a step that cannot be left out",
        ),
        pytest.param(
            TWO,
            ("facebook", "identify"),
            ("space", "space", "enter"),
            ("account:facebook", "everything-else", "checklist.tick", "identify", "complete", "all", ""),
            id="a tick where it is open what is linked",
        ),
        pytest.param(
            WAITING,
            ("facebook", "submit"),
            ("space", "down", "enter"),
            ("account:facebook", "everything-else", "checklist.tick", "submit", "y"),
            id="the objection taken back",
        ),
    ],
)
async def test_both_ways_leave_the_same_record(
    walk: OpenScreen,
    speak: Speak,
    tmp_path: Path,
    progress: Record,
    place: tuple[str, str],
    keys: Sequence[str],
    lines: Sequence[str],
) -> None:
    async with walk(progress, at=place, size=(110, 40)) as me:
        for key in keys:
            await me.press(key)
        by_keys = written(me.progress, tmp_path)
    by_lines = written(speak(*lines, "quit", progress=progress).progress, tmp_path)
    assert by_lines == by_keys


async def test_the_screen_goes_on_where_lines_left_and_lines_where_the_screen_left(
    walk: OpenScreen, speak: Speak
) -> None:
    begun = speak("next", "", "1", "quit", progress=NEW).progress
    async with walk(begun, at=("facebook", "submit")) as me:
        await me.press("enter", "p", "enter")
        sent = me.progress
    talk = speak("account:facebook", "step:confirm", "confirmed-by-mail", "", "", "", progress=sent)
    assert talk.events() == ["step-done", "step-done", "filed", "confirmed-by-mail"]


async def test_a_mail_leaves_the_same_note_whichever_way_and_in_whichever_language_it_is_read(
    walk: OpenScreen, speak: Speak, tmp_path: Path
) -> None:
    path = tmp_path / "answer.eml"
    path.write_bytes(mail())
    async with walk(WAITING, at=("facebook", "confirm"), size=(110, 40)) as me:
        await me.press("enter", "f5")
        await me.paste(path.as_uri())
        await me.press("enter")
        await me.workers()
        await me.press("enter")
        by_keys = next(event for event in me.account().events if event.kind == "confirmed-by-mail")
    german = load_catalogue("de")
    assert german is not None
    with in_catalogue(german):
        talk = speak("account:facebook", "step:confirm", "mail", str(path), "", "", "quit", progress=WAITING)
    by_lines = next(event for event in talk.account().events if event.kind == "confirmed-by-mail")
    assert dict(by_lines.fields) == dict(by_keys.fields)
    assert by_lines.text("note") == "notification@facebookmail.com: “About your request”"
