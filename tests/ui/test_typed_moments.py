"""Day and time in every form that asks for them: what is typed counts, and where nobody typed, now goes on."""

from datetime import timedelta

from exhaustive import parametrize_some
from metaoptout_tui.core.dates import is_day_alone
from metaoptout_tui.ui.widgets.fields import MomentFields
from samples import NOW, Clock, account, entry, record
from ui.driving import OpenScreen, Walker

TODAY, TWO_DAYS_AGO = "2026-11-23", NOW - timedelta(days=2)
WAITING = record(account("facebook", entry("step-done", TWO_DAYS_AGO, step="identify"), entry("filed", TWO_DAYS_AGO)))
FRESH = record(account("facebook", entry("step-done", TWO_DAYS_AGO, step="identify"), hub=""))


async def open_reply(me: Walker) -> None:
    await me.press("enter", "home", "down", "down")


async def open_sent(me: Walker) -> None:
    await me.press("enter", "p")


async def open_helper(me: Walker) -> None:
    await me.press("H")
    await me.write("Rosa Jansen")
    await me.press("tab", "down", "space")


FORMS = {
    "what came back": (WAITING, ("facebook", "confirm"), open_reply),
    "Send was pressed": (FRESH, ("facebook", "submit"), open_sent),
    "who helps": (FRESH, ("facebook", "open"), open_helper),
}


@parametrize_some(1, "form", FORMS)
async def test_a_day_that_is_typed_counts_also_where_it_is_the_one_that_stood_there(
    walk: OpenScreen, form: str
) -> None:
    diary, at, open_form = FORMS[form]
    clock = Clock()
    async with walk(diary, at=at, clock=clock) as me:
        await open_form(me)
        assert me.field("day") == TODAY
        clock.pass_by(days=34)
        me.app.screen.query_one(MomentFields).focus_day()
        await me.settled()
        await me.write(TODAY, anew=True)
        await me.press("enter")
        assert me.last().at.date() == NOW.date()


@parametrize_some(1, "form", FORMS)
async def test_where_nobody_typed_the_moment_is_now_and_is_shown_so(walk: OpenScreen, form: str) -> None:
    diary, at, open_form = FORMS[form]
    clock = Clock()
    async with walk(diary, at=at, clock=clock) as me:
        await open_form(me)
        clock.pass_by(days=1, minutes=5)
        me.app.screen.query_one("#time").focus()
        await me.settled()
        me.app.screen.query_one("#day").focus()
        await me.settled()
        assert me.field("day") == "2026-11-24"
        await me.press("enter")
        assert me.last().at == NOW + timedelta(days=1, minutes=5)


@parametrize_some(1, "form", FORMS)
async def test_no_time_is_made_up_for_an_earlier_day_and_now_comes_back_with_today(walk: OpenScreen, form: str) -> None:
    diary, at, open_form = FORMS[form]
    async with walk(diary, at=at) as me:
        await open_form(me)
        offered = me.field("time")
        me.app.screen.query_one(MomentFields).focus_day()
        await me.settled()
        await me.write("2026-11-22", anew=True)
        assert (bool(offered), me.field("time")) == (True, "")
        await me.write(TODAY, anew=True)
        assert me.field("time") == offered
        await me.write("2026-11-22", anew=True)
        await me.press("enter")
        assert is_day_alone(me.last().at, NOW)
        assert me.last().at.date() == NOW.date() - timedelta(days=1)


async def test_a_time_that_was_typed_stays_with_every_day(walk: OpenScreen) -> None:
    diary, at, open_form = FORMS["what came back"]
    async with walk(diary, at=at) as me:
        await open_form(me)
        me.app.screen.query_one("#time").focus()
        await me.settled()
        await me.write("08:15", anew=True)
        me.app.screen.query_one(MomentFields).focus_day()
        await me.settled()
        await me.write("2026-11-22", anew=True)
        assert me.field("time") == "08:15"
