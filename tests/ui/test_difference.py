"""“It looked different”: a report from any step, shown whole, to copy or save, in which nothing is private."""

from pathlib import Path

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.app.copies import difference
from metaoptout_tui.core.record.accounts import Account, Person, Record
from metaoptout_tui.core.record.remembered import OF_PERSON, Remembered
from metaoptout_tui.ui.widgets.reader import Reader
from samples import account, at, entry, record
from ui.driving import EVERYTHING, OpenScreen, Walker, does, go

CANARY = "Canarybird"
PRIVATE = Record(
    Person("NL", "nl", f"{CANARY}@example.org"),
    (
        Account(
            "facebook",
            "facebook",
            f"Anna {CANARY}",
            f"anna@{CANARY}.example",
            f"{CANARY}s",
            (
                entry("filed", at(3), email=f"{CANARY}@example.org", reason=f"I am {CANARY}"),
                entry("noted", at(2), step="open", text=f"{CANARY} was here"),
            ),
        ),
    ),
    remembered={OF_PERSON: Remembered({"name": f"Anna {CANARY}", "sender-address": f"{CANARY} Street 1"})},
)


def report(me: Walker) -> str:
    return me.app.screen.query_one(Reader).plain_text


@parametrize_some(
    2,
    ("place", "words"),
    [
        ("open", "It looked different: Open Privacy Centre"),
        ("submit", "It looked different: Submit the form"),
        ("confirm", "It looked different: Confirm"),
        ("identify", "It looked different: Identify linked accounts"),
        ("topic", "It looked different: What else to know"),
    ],
)
@does("everywhere.different", "different.back")
async def test_from_where_the_person_is_the_report_says_where_that_is(walk: OpenScreen, place: str, words: str) -> None:
    async with walk(EVERYTHING, at=("facebook", place), size=(100, 40)) as me:
        await go(me, place)
        await me.press("f13")
        assert me.at == "different"
        assert report(me).startswith(words)
        assert "- Country: Netherlands" in report(me)
        await me.press("escape")
        assert me.at == place


@does("different.copy")
async def test_the_whole_report_is_shown_and_copied(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, at=("instagram", "open"), size=(100, 24)) as me:
        await me.press("f13")
        await me.write("Settings, then AI at Meta")
        await me.press("shift+tab")
        await me.write("Instagram 412 on Android")
        await me.press("f4")
        await me.workers()
        (copied,) = me.machine.copied
        assert copied.split() == report(me).split()
        for words in (
            "- Platform: Instagram",
            "- App or browser: Instagram 412 on Android",
            "> Settings, then AI at Meta",
            "guidance",
            "https://",
        ):
            assert words in copied


async def test_in_a_small_terminal_its_end_is_reached_with_tab_and_arrows(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, at=("instagram", "open"), size=(60, 20)) as me:
        await me.press("f13", "tab")
        assert isinstance(me.app.focused, Reader)
        last = me.app.focused.plain_text.splitlines()[-1]
        assert last not in me.text
        await me.press("end")
        assert last in me.text


async def test_nothing_private_of_the_record_is_in_it_not_even_when_it_is_typed(walk: OpenScreen) -> None:
    async with walk(PRIVATE, at=("facebook", "open"), size=(100, 40)) as me:
        await me.press("f13")
        assert CANARY.casefold() not in report(me).casefold()
        assert "taken out" not in me.flowing
        await me.write(f"{CANARY}@example.org, @{CANARY}, Anna {CANARY}, {CANARY} Street 1")
        assert CANARY.casefold() not in report(me).casefold()
        assert "Anna" not in report(me)
        assert "Names, addresses and numbers that you typed are replaced below" in me.flowing
        await me.press("f4")
        await me.workers()
        assert CANARY.casefold() not in me.machine.copied[0].casefold()


@does("different.save")
async def test_it_is_saved_as_a_file_that_is_remembered(walk: OpenScreen, tmp_path: Path) -> None:
    async with walk(EVERYTHING, at=("facebook", "open"), size=(100, 40)) as me:
        await me.press("f13")
        await me.write("The button was called Object")
        await me.press("f5")
        (saved,) = Path.home().rglob("looked-different-2026-11-23.md")
        assert "> The button was called Object" in saved.read_text(encoding="utf-8")
        assert "Saved as ~/looked-different-2026-11-23.md" in me.told
        assert saved.name in (tmp_path / "person" / "exports.toml").read_text(encoding="utf-8")


@does("different.discard")
async def test_what_was_typed_is_there_again_until_it_is_discarded(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, at=("facebook", "open")) as me:
        await me.press("f13")
        await me.write("half a report")
        await me.press("escape", "f13")
        assert me.field("seen") == "half a report"
        await me.press("f8")
        assert me.field("seen") == ""


async def test_the_guide_offers_it_where_it_says_what_may_go_wrong(walk: OpenScreen) -> None:
    async with walk(record(account()), at=("facebook", "open"), size=(100, 50), keymap={}) as me:
        await me.press("w")
        assert me.guide_says("“It looked different” among all actions (Ctrl+P) makes a text to report it.")
        await me.press("end", "enter")
        assert "Make a text about what you saw, to report it." in me.flowing


async def test_a_question_is_answered_first(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, at=("facebook", "submit")) as me:
        await go(me, "ask")
        await me.press("f13")
        assert me.at == "ask"
        assert "Answer or leave this first." in me.flowing


async def test_it_needs_no_account_and_no_writable_record(walk: OpenScreen) -> None:
    async with walk(Record(), size=(100, 30)) as me:
        await me.press("f13")
        assert report(me).startswith("It looked different: Checklist")
    async with walk(EVERYTHING, read_only="Another window has it.", size=(100, 30)) as me:
        await me.press("f13")
        assert me.at == "different"


async def test_only_an_address_that_the_package_names_is_said(
    walk: OpenScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with walk(EVERYTHING, size=(120, 30)) as me:
        await me.press("f13")
        assert "put it into an issue where you have this program from." in me.flowing

    class Named:
        def get_all(self, _: str) -> list[str]:
            return ["Homepage, https://example.org", "Issues, https://example.org/issues"]

    monkeypatch.setattr(difference, "metadata", lambda _: Named())
    assert difference.project_page() == "https://example.org/issues"
