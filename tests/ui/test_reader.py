"""Whatever is said can be read to its end with the keyboard, in a small terminal too."""

from exhaustive import parametrize_some
from samples import account, at, entry, record
from ui.driving import OpenScreen, does

IDENTIFIED = entry("step-done", at(2), step="identify")
FILED = entry("filed", at(1), email="anna@example.org")


MANY_PAGES = 60
"""More than any text has: where this many come, a page key does not end at the end."""


@does(
    "identify.page-down",
    "identify.page-up",
    "open.page-down",
    "open.page-up",
    "submit.page-down",
    "submit.page-up",
    "review.page-down",
    "review.page-up",
)
@parametrize_some(
    2, ("id", "step"), [("facebook", "identify"), ("facebook", "open"), ("facebook", "submit"), ("whatsapp", "review")]
)
@parametrize_some(1, ("forth", "back"), [("pagedown", "pageup"), ("ctrl+d", "ctrl+u")])
async def test_the_text_below_the_rows_scrolls_with_the_page_keys(
    walk: OpenScreen, id: str, step: str, forth: str, back: str
) -> None:
    async with walk(record(account(id)), at=(id, step), size=(60, 20)) as me:
        await me.press("enter", "w")
        assert me.at == step
        first, row = me.text, me.chosen
        pages = [first]
        while len(pages) < MANY_PAGES:
            await me.press(forth)
            if me.text == pages[-1]:
                break
            pages.append(me.text)
        assert 1 < len(pages) < MANY_PAGES
        assert "Why" in "".join(pages)
        assert me.chosen == row
        await me.press(*[back] * len(pages))
        assert me.text == first
