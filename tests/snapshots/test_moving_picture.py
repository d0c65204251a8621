"""The moving picture of the README: from a first start to a recorded objection, made of the screens as they are."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from moving_picture import Frame, frame_of, moving_picture
from ui.driving import OpenScreen, Walker

PICTURE = Path(__file__).with_name("first-objection.svg")
MOST_BYTES = 300_000
TITLE = "metaoptout-tui: from a first start to a recorded objection, in nine keys"


async def first_objection(me: Walker) -> list[Frame]:
    """What a person sees who has one account, and presses nine keys."""
    frames: list[Frame] = []

    def see(caption: str, seconds: int) -> None:
        frames.append(frame_of(me.strips(), caption, seconds))

    see("It starts with three questions. Each can be skipped.", 5)
    await me.write("irel")
    see("Where do you live? Type the beginning, then Enter.", 4)
    await me.press("enter", "space")
    see("What do you use? Space ticks, then Enter.", 4)
    await me.press("enter")
    await me.write("anna@example.org")
    see("Your e-mail address, then Enter.", 3)
    await me.press("enter")
    see("Your list. What to do next stands above: Enter does it.", 5)
    await me.press("enter")
    see("Which accounts are linked? Here it is one: Enter.", 4)
    await me.press("enter")
    see("The way to Meta's form. Once it is in front of you: f.", 5)
    await me.press("f")
    see("What the form asks, each ready to copy. You send it, then s.", 6)
    await me.press("p")
    see("When did you press Send? Just now: Enter.", 3)
    await me.press("enter")
    see("Recorded. It says when to look for Meta's answer, and stays with you.", 7)
    return frames


async def test_the_moving_picture_is_what_a_person_sees(
    walk: OpenScreen, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    async with walk(is_new=True, size=(80, 26), home_country="IE", cache=tmp_path) as me:
        frames = await first_objection(me)
        assert me.events() == ["account-added", "step-done", "step-done", "filed"]
        assert "Recorded." in me.flowing
    picture = moving_picture(frames, TITLE)
    if request.config.getoption("update_snapshots"):
        PICTURE.write_text(picture, encoding="utf-8")
    is_the_same = PICTURE.read_text(encoding="utf-8") == picture
    assert is_the_same, "a screen in it looks different now: look at it, then --snapshot-update draws it anew"


def test_it_loads_nothing_runs_nothing_and_is_small() -> None:
    picture = PICTURE.read_text(encoding="utf-8")
    assert len(picture.encode()) < MOST_BYTES
    root = ET.fromstring(picture)  # noqa: S314 - it is ours
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names == {"svg", "title", "desc", "style", "defs", "g", "rect", "path", "text", "use"}
    assert "@import" not in picture
    assert "url(" not in picture
    assert set(re.findall(r'href="(.)', picture)) == {"#"}
    assert root[0].text == TITLE


def test_at_every_moment_one_screen_is_shown_and_without_motion_the_last() -> None:
    picture = PICTURE.read_text(encoding="utf-8")
    shown = re.findall(
        r"@keyframes show-(\d+) \{ (?:0% \{ visibility: hidden; \} )?([\d.]+)% \{ visibility: visible; \}"
        r"(?: ([\d.]+)% \{ visibility: hidden; \})? \}",
        picture,
    )
    assert [int(number) for number, _, _ in shown] == list(range(len(shown)))
    assert [float(begin) for _, begin, _ in shown] == [0.0, *(float(end) for _, _, end in shown[:-1])]
    assert shown[-1][2] == ""
    assert f"#frame-{len(shown) - 1} {{ visibility: visible; }}" in picture
    assert "prefers-reduced-motion" in picture
    (seconds,) = set(re.findall(r" (\d+)s step-end infinite", picture))
    times = [float(begin) for _, begin, _ in shown]
    lasts = [(end - begin) * int(seconds) / 100 for begin, end in zip(times, [*times[1:], 100.0], strict=True)]
    assert min(lasts) >= 2.9  # long enough to read its caption and find what changed
