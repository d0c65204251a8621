"""A person without an account on the screens: the form, what is asked for, what came back, and what fits it."""

from textual.widgets import TextArea

from samples import account, at, entry, record
from ui.driving import OpenScreen

OWN = record(account("elsewhere", hub=""), country="AT")
SENT = entry("filed", at(40), email="anna@example.org", form="elsewhere")


async def test_the_form_opens_without_a_log_in_and_what_was_sent_is_recorded(walk: OpenScreen) -> None:
    async with walk(OWN, at=("elsewhere", "open")) as me:
        await me.press("enter")
        assert me.headline.title == "Data about you without an account: open the form"
        assert "1 Data about you from elsewhere; no account needed" in me.flowing
        assert "2 If it fails: Older" in me.flowing
        assert "logged in" not in me.flowing
        await me.press("o")
        await me.workers()
        await me.press("f")
        assert me.at == "submit"
        assert "What you ask for" in me.flowing
        assert "this account" not in me.flowing
        await me.press("p", "enter")
        assert me.last("elsewhere").text("form") == "elsewhere"
        assert me.last("elsewhere").text("email") == "anna@example.org"


async def test_a_request_for_prompts_is_a_question_and_not_the_wrong_form(walk: OpenScreen) -> None:
    async with walk(record(account("elsewhere", SENT, hub="")), at=("elsewhere", "confirm"), size=(80, 40)) as me:
        await me.press("enter")
        me.app.screen.query_one("#answers").focus()
        await me.press("home", *["down"] * 6, "enter")
        assert "It wants what I typed to the AI, or a screenshot" in me.flowing
        assert "Wrong form" not in me.flowing


async def test_the_form_for_an_account_asks_for_a_name_and_no_link(walk: OpenScreen) -> None:
    async with walk(record(account())) as me:
        await me.press("a", "end", "space")
        assert me.chosen == "elsewhere"
        assert "1 What is it?" in me.flowing
        assert (
            "2 Its name or user name (@anna), or its profile's address Your own? Leave it empty. For a child: the first name"
            in me.flowing
        )
        assert "Its Accounts Centre" not in me.text
        await me.press("up", "space")
        assert "Its Accounts Centre" not in me.text
        await me.press("up", "space")
        assert "4 Its Accounts Centre (or Meta Account)" in me.flowing
        await me.press("end", "enter", "enter")
        assert [(each.name, each.linked_group) for each in me.progress.accounts[1:]] == [("Data from elsewhere", "")]
        assert me.at == "checklist"


async def test_what_is_no_account_was_not_moved_to_meta_account(walk: OpenScreen) -> None:
    async with walk(OWN, at=("elsewhere", "open")) as me:
        me.checklist.action_moved()
        assert me.told == "This is no account, so there is nothing that Meta could move."
        await me.press("end", "enter")
        assert "Take out" in me.text
        assert "Moved" not in me.text


async def test_the_reason_offers_and_says_nothing_of_own_posts(walk: OpenScreen) -> None:
    mila = record(account("elsewhere-Mila", hub=""), country="AT")
    async with walk(mila, at=("elsewhere-Mila", "submit"), size=(100, 50)) as me:
        await me.press("enter", "r")
        assert me.at == "reason"
        assert "Who can be seen in what you posted?" not in me.flowing
        assert "public posts" not in me.flowing
        assert "I have been stalked" in me.flowing
        await me.press("end", "space")
        text = me.app.screen.query_one("#text", TextArea).text
        assert "Mila" in text
        assert "As a user of your services" not in text
