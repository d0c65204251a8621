"""Text that nobody would type, in names, notes and what is pasted: it steers no terminal and breaks nothing."""

from dataclasses import replace
from pathlib import Path

from exhaustive import parametrize_some
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.storage.progress_file import FileLoaded, dump_record, load_record
from samples import account, at, entry, record
from ui.driving import OBJECT_ALL_THE_SAME, WAYS, OpenScreen, Walker

HOSTILE = {
    "steering": "[/x] [b [$accent] [@click=app.quit]x[/] \\[ ]] [bold red]\x1b]0;title\x07\x1b[2J\x9b31m\x00\x7f \u202egnp.exe\u2066 \u200b",
    "wide": "Z" + "\u0301" * 500 + "👨‍👩‍👧‍👦🇳🇱漢字 " * 20,
    "long": "x" * 10_000,
}
JOINING = "\u0301\u200d"


def harmless(me: Walker) -> None:
    """Nothing is drawn that could steer a terminal or mislead a reader, and every line is as wide as the terminal."""
    for strip in me.strips():
        assert all(character.isprintable() or character in JOINING for character in strip.text)
        assert strip.cell_length <= 80
        assert not any(segment.style.link for segment in strip if segment.style is not None)


def edited_by_hand(progress: Record, path: Path) -> Record:
    """The record as it comes back from a file with all of that in it."""
    path.write_bytes(dump_record(progress))
    loaded = load_record(path)
    assert isinstance(loaded, FileLoaded)
    return loaded.record


@parametrize_some(1, "hostile", HOSTILE.values(), ids=HOSTILE)
async def test_in_the_file_it_reaches_no_terminal(walk: OpenScreen, hostile: str, tmp_path: Path) -> None:
    line = hostile[:900]
    events = (
        entry("filed", at(2), email=line, reason=hostile),
        entry("confirmed-on-screen", at(1), reference=line, note=hostile),
        entry("noted", at(1), step="open", text=hostile),
        entry("hologram-sent", at(1), note=hostile),
    )
    nasty = replace(account("facebook", *events), name=line, linked_group=line, email=line)
    other = replace(account("instagram"), name=line, linked_group=line, email=line)
    drafts = {"submit:instagram": {"reason": hostile, "email": line}, "note:facebook:open": {"text": hostile}}
    progress = replace(record(nasty, other), drafts=drafts)
    progress = replace(progress, person=replace(progress.person, email=line))
    progress = edited_by_hand(progress, tmp_path / "progress.toml")
    async with walk(progress, at=("facebook", "open"), notices=(hostile,)) as me:
        for place in (
            "checklist",
            "identify",
            "submit",
            "reason",
            "confirm",
            "ask",
            "diary",
            "account",
            "note",
            "link",
            "welcome",
        ):
            id, keys = "facebook", WAYS[place].keys
            if place in ("submit", "reason", "ask"):  # nothing was sent for this one, so nothing is asked before
                id, keys = "instagram", (keys[0], *keys[len(OBJECT_ALL_THE_SAME) :])
            me.checklist.go_to(id, WAYS[place].step)
            await me.settled()
            await me.press(*keys)
            assert me.at == place
            harmless(me)
            await me.press(*["escape"] * len(keys))
            assert me.at == "checklist"


@parametrize_some(1, "hostile", HOSTILE.values(), ids=HOSTILE)
async def test_pasted_it_reaches_no_terminal_and_no_file(walk: OpenScreen, hostile: str, tmp_path: Path) -> None:
    async with walk(record(account(), account("whatsapp")), at=("facebook", "submit")) as me:
        await me.press("n")
        await me.paste(f"note {hostile}")
        harmless(me)
        await me.press("f2", "enter", "r", "tab")
        await me.paste(f"reason {hostile}")
        harmless(me)
        await me.press("escape")
        harmless(me)
        await me.press("p", "enter")
        me.checklist.go_to("facebook", "confirm")
        await me.settled()
        await me.press("enter", "down", "down", "down", "tab", "tab", "tab")
        await me.paste(f"reference {hostile}")
        await me.press("tab")
        await me.paste(f"note {hostile}")
        harmless(me)
        await me.press("enter")
        me.checklist.go_to("facebook", "confirm")
        await me.settled()
        await me.press("d")
        harmless(me)
        await me.press("escape", "e", "tab", "tab", "end", "space", "tab")
        await me.paste(f"hub {hostile}")
        harmless(me)
        await me.press("enter")
        assert me.at == "ask"
        harmless(me)
        await me.press("home", "enter")
        assert me.at == "checklist"
        harmless(me)
        assert [event.kind for event in me.account().events[:3]] == ["noted", "filed", "confirmed-by-mail"]
        assert me.account().events[1].text("reason").startswith("reason")
        assert me.account().linked_group
        assert edited_by_hand(me.progress, tmp_path / "progress.toml") == me.progress
