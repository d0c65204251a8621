"""The review, point by point."""

import pytest

from samples import account, at, entry, record
from ui.driving import OpenScreen, does

WHATSAPP = record(account("whatsapp"))
REVIEW = ("whatsapp", "review")


async def test_whatsapp_is_reviewed_point_by_point(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await me.press("enter")
        points = me.session.playbook.points_for(platform="whatsapp", region="eea")
        keys = {"yes": "y", "no": "n", "done": "d", "not-for-me": "x"}
        for number, point in enumerate(points):
            assert me.chosen == point.id
            assert me.headline.left == f"{number} of {len(points)} points answered."
            assert me.guide_says(me.session.playbook.texts.sentence(f"{point.id}.how"))
            is_scanned = point.id in ("whatsapp.used", "whatsapp.groups", "whatsapp.business")
            assert me.guide_says("f looks for it in chats that you exported, on this machine.") is is_scanned
            await me.press(keys[point.answers[0]])
            assert me.last("whatsapp").fields == {"point": point.id, "answer": point.answers[0]}
        assert me.at == "checklist"
        assert me.state("whatsapp") == "reviewed"
        assert me.step("review", "whatsapp") == "done"
        assert "reviewed" in me.words("account-head")


@does("review.yes", "review.no", "review.done", "review.not-for-me", "review.not-known")
async def test_each_key_is_an_answer_where_it_fits(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await me.press("enter", "y")
        assert me.last("whatsapp").text("answer") == "yes"
        assert "✓ Yes" in me.text
        await me.press("n")
        assert me.last("whatsapp").fields == {"point": "whatsapp.groups", "answer": "no"}
        before = me.progress
        await me.press("y")
        assert me.told == "The answers here are: Done, No, Not for me, Not known."
        assert me.progress == before
        await me.press("d")
        assert me.last("whatsapp").fields == {"point": "whatsapp.delete", "answer": "done"}
        await me.press("x")
        assert me.last("whatsapp").fields == {"point": "whatsapp.request", "answer": "not-for-me"}
        assert "Not for me" in me.text
        assert me.headline.left == "4 of 8 points answered."
        await me.press("i")
        assert me.last("whatsapp").fields == {"point": "whatsapp.advanced", "answer": "unknown"}
        assert "○ Not known   Is Advanced" in me.text
        assert me.headline.left == "5 of 8 points answered. Not known: 1."


async def test_who_never_wrote_to_meta_ai_says_that_there_is_no_chat_to_delete(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await me.press("enter", "n", "n", "enter")
        assert me.headline.title == "Have you deleted the chat with Meta AI?"
        await me.go_to_row("There is none")
        await me.press("enter")
        assert me.last("whatsapp").fields == {"point": "whatsapp.delete", "answer": "not-for-me"}
        assert "✓ There is none" in me.text


async def test_who_knows_no_answer_goes_through_the_review_and_nothing_of_it_is_told_as_done(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await me.press("enter", "enter")
        assert "I don't know" in me.text
        await me.press("end", "enter")
        assert me.last("whatsapp").fields == {"point": "whatsapp.used", "answer": "unknown"}
        await me.press(*"iiiiiii")
        assert me.at == "checklist"
        assert "reviewed, not known: 8" in me.words("account-head")
        assert "not known: 8, 23 Nov" in me.flowing
        gone_through = me.progress
    async with walk(gone_through, at=REVIEW) as me:
        await me.press("enter")
        assert me.headline.left == "8 of 8 points answered. Not known: 8."
        assert "✓" not in me.text


@does("review.choose")
async def test_enter_and_space_ask_among_the_answers_that_fit(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await me.press("enter")
        for key, answer in (("enter", "yes"), ("space", "no")):
            await me.press("home", key)
            assert me.at == "ask"
            assert me.headline.title == "Have you ever written to Meta AI in WhatsApp, or shared something with it?"
            await me.press("home", *(["down"] if answer == "no" else []), "enter")
            assert me.last("whatsapp").fields == {"point": "whatsapp.used", "answer": answer}
        await me.press("home", "enter")
        assert me.chosen == "no"
        before = me.progress
        await me.press("escape")
        assert (me.at, me.progress) == ("review", before)


@does("review.undo")
async def test_u_takes_the_last_answer_back(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await me.press("enter", "y", "u")
        assert me.progress == WHATSAPP
        assert me.told.startswith("Taken back: “Have you ever written to Meta AI in WhatsApp")
        assert me.told.endswith("in WhatsApp “Anna”. Shift+U brings it back.")
        assert me.headline.left == "0 of 8 points answered."


@does("review.down", "review.up")
async def test_the_points_are_walked_up_and_down(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await me.press("enter")
        for down, up in (("j", "k"), ("down", "up")):
            await me.press(down)
            assert me.chosen == "whatsapp.groups"
            assert me.guide_says("Search your chats for @Meta AI, and look for a notice")
            await me.press(up)
            assert me.chosen == "whatsapp.used"


@does("review.back")
async def test_half_a_review_is_gone_on_with_at_the_first_open_point(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        for key in ("escape", "b"):
            await me.press("enter", "n" if key == "escape" else "y", key)
            assert me.at == "checklist"
        assert "2 of 8 answered" in me.words("account-head")
        await me.press("enter")
        assert me.chosen == "whatsapp.delete"


async def test_an_answer_may_be_changed_afterwards(walk: OpenScreen) -> None:
    async with walk(WHATSAPP, at=REVIEW) as me:
        await me.press("enter", "y", "up", "n")
        standing = me.session.overview().status_of("whatsapp")
        assert standing is not None
        assert dict(standing.review_answers) == {"whatsapp.used": "no"}


async def test_the_meta_ai_app_and_glasses_have_their_own_points(walk: OpenScreen) -> None:
    async with walk(record(account("meta-ai")), at=("meta-ai", "review")) as me:
        await me.press("enter")
        assert "Glasses: is the storage of voice recordings off?" in me.flowing


# What a scan of chats left to do

SCANNED = record(
    account(
        "whatsapp",
        entry("step-done", at(6), step="identify"),
        *(entry("review-answered", at(5), point=f"whatsapp.{point}", answer="yes") for point in ("used", "groups")),
        *(entry("review-answered", at(5), point=f"whatsapp.{point}", answer="no") for point in ("delete", "request")),
        *(entry("review-answered", at(5), point=f"whatsapp.{point}", answer="no") for point in ("hub", "advanced")),
        *(entry("review-answered", at(5), point=f"whatsapp.{point}", answer="no") for point in ("business", "incognito")),
        entry("reviewed-chats", at(3), counts={"to_meta_ai": 2, "meta_ai_added": 1}, file="WhatsApp Chat with Team.txt", sha256="0" * 64),
        entry("reviewed-chats", at(3), counts={"to_meta_ai": 2}, file="WhatsApp Chat with Meta AI.txt", sha256="0" * 64),
    )
)  # fmt: skip


@pytest.mark.exhaustive
@does("review.done", "review.not-for-me")
async def test_what_a_scan_left_to_do_is_ticked_off_in_the_review(walk: OpenScreen) -> None:
    async with walk(SCANNED, at=("whatsapp", "review")) as me:
        assert "Next: Ask an admin to remove Meta AI from “Team”" in me.flowing
        assert "Still to do in your chats" in me.flowing
        await me.press("enter")
        assert "To do       Have Meta AI removed from “Team”" in me.text
        assert "To do       Delete the chat with Meta AI" in me.text
        await me.press("home")
        assert me.guide_says("Group admins can remove it.")
        before = me.progress
        for key in ("y", "d", "x"):
            await me.press(key)
            assert me.headline.title == "Have Meta AI removed from “Team”?"
            await me.press("escape")
        assert me.progress == before
        await me.press("d", "down", "enter")
        assert me.last("whatsapp").kind == "chat-todo"
        assert me.told == "Recorded as done: Have Meta AI removed from “Team”."
        assert "To do       Have Meta AI removed" not in me.text
        await me.press("home", "enter")
        assert me.at == "ask"
        assert "Then delete it like any other chat." in me.flowing
        await me.press("down", "down", "enter")
        assert me.last("whatsapp").fields["answer"] == "not-for-me"
        await me.press("home", "x", "down", "down", "enter")
        assert "To do       Ask Meta to delete what you shared with its AI" in me.text
        await me.press("home", "d", "down", "enter")
        assert me.at == "checklist"
        assert "Still to do" not in me.flowing
        await me.press("u", "u")
        assert "Switch on Advanced Chat Privacy in “Team”" in me.flowing


async def test_the_key_that_gave_the_last_answer_does_not_also_settle_what_is_to_do_in_the_chats(
    walk: OpenScreen,
) -> None:
    answers = SCANNED.accounts[0].events
    open_again = record(account("whatsapp", *(event for event in answers if event.text("point") != "whatsapp.hub")))
    async with walk(open_again, at=("whatsapp", "review")) as me:
        await me.press("enter")
        assert me.chosen == "whatsapp.hub"
        await me.press("n")
        assert me.last("whatsapp").fields == {"point": "whatsapp.hub", "answer": "no"}
        assert me.chosen == "whatsapp.hub"
        assert me.told == "Every point is answered. What is still to do in your chats stands on top."


async def test_an_answer_that_is_contradicted_is_not_shown_as_settled(walk: OpenScreen) -> None:
    linked = entry("review-answered", at(5), point="whatsapp.hub", answer="no")
    used = entry("review-answered", at(6), point="whatsapp.used", answer="no")
    async with walk(record(account("whatsapp", linked, used, hub="")), at=REVIEW) as me:
        await me.press("enter")
        signs = [words[0] for line in me.text.splitlines() if (words := line.split())[1:2] == ["No"]]
        assert signs == ["✓", "○"]
        await me.press("home", "down")
        while me.chosen != "whatsapp.hub":
            await me.press("down")
        assert me.guide_says("By how you said it is linked: Yes.")
