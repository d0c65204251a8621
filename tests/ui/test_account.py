"""Adding and changing accounts, and saying how they are linked."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.app.letters.letters import LetterDraft
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.record.accounts import FROM_ELSEWHERE, Record
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.account import AccountScreen
from metaoptout_tui.ui.screens.reply import ReplyScreen
from metaoptout_tui.ui.widgets.answer_lists import AnswerList, ChoiceListWithOther
from metaoptout_tui.ui.widgets.checkbox_lists import CheckboxList
from samples import NOW, account, at, entry, record
from ui.driving import OpenScreen, Walker, does

ONE = record(account())
LINKED = record(account("facebook", hub="private"), account("instagram", hub="private"))
FILED = entry("filed", at(3), email="anna@example.org")


async def undo_and_redo_make_no_difference(me: Walker, before: Record) -> None:
    after = me.progress
    assert after != before
    await me.press("u")
    assert me.progress == before
    await me.until(lambda: me.machine.saved[-1] == before, "the save")
    await me.press("U")
    assert me.progress == after
    await me.until(lambda: me.machine.saved[-1] == after, "the save")


class TestAdding:
    @does("account.save")
    @parametrize_some(1, "key", ["enter", "f2"])
    async def test_a_name_is_enough(self, walk: OpenScreen, key: str) -> None:
        async with walk(ONE) as me:
            await me.press("a")
            assert me.app.screen.query_one("#platform", AnswerList).answer_id == ""
            await me.write("instagram.com/anna.nl/")
            await me.press(key)
            added = me.progress.accounts[-1]
            assert (added.platform, added.name, added.email, added.linked_group) == (
                "instagram",
                "@anna.nl",
                "anna@example.org",
                None,
            )
            assert added.events[0].kind == "account-added"
            await undo_and_redo_make_no_difference(me, ONE)

    async def test_a_pasted_address_says_which_platform_it_is(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("a")
            await me.write("https://www.threads.com/@anna.nl")
            await me.press("enter")
            assert (me.progress.accounts[-1].platform, me.progress.accounts[-1].name) == ("threads", "@anna.nl")

    async def test_any_platform_can_be_chosen_with_its_accounts_centre(self, walk: OpenScreen) -> None:
        async with walk(LINKED) as me:
            await me.press("a")
            assert me.chosen == ""
            await me.press(*["down"] * 4, "enter")
            await me.write("+31612345678")
            await me.press("enter")
            assert me.progress.accounts[-1].name == "+31 6 12345678"
            await me.press("a")
            await me.write("Instagram anna.second")
            await me.press("tab", "tab")
            await me.press("down", "down")
            assert me.chosen == "in:private"
            await me.press("enter")
            assert me.progress.accounts[-1].linked_group == "private"

    async def test_it_is_linked_with_an_account_that_is_in_no_group_yet(self, walk: OpenScreen) -> None:
        before = record(account("facebook"), account("whatsapp"))
        async with walk(before) as me:
            await me.press("a")
            await me.write("Instagram anna.nl")
            await me.press("tab", "tab", "down", "down")
            assert me.chosen == "with:facebook"
            await me.press("enter")
            groups = [(each.platform, each.linked_group) for each in me.progress.accounts]
            assert groups == [("facebook", "Accounts Centre"), ("whatsapp", None), ("instagram", "Accounts Centre")]
            await undo_and_redo_make_no_difference(me, before)

    async def test_linked_with_one_that_objected_it_is_asked_since_when(self, walk: OpenScreen) -> None:
        async with walk(record(account("facebook", FILED)), size=(80, 30)) as me:
            await me.press("a")
            await me.write("Instagram anna.nl")
            await me.press("tab", "tab", "down", "down", "enter")
            assert me.headline.title == "Since when is it in “Accounts Centre”?"
            await me.press("down", "enter")
            assert {each.linked_group for each in me.progress.accounts} == {"Accounts Centre"}
            assert me.state("instagram-anna-nl") is AccountState.COVERED

    async def test_nothing_is_chosen_beforehand_and_enter_asks_what_it_is(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("a")
            await me.write("anna.nl")
            await me.press("enter")
            assert me.at == "account"
            assert "Choose first what it is" in me.flowing
            assert getattr(me.app.focused, "id", "") == "platform"
            assert me.field("name") == "anna.nl"
            await me.press("down", "down", "space")
            assert "Choose first what it is" not in me.flowing
            await me.press("enter")
            added = me.progress.accounts[-1]
            assert (added.platform, added.name) == ("instagram", "@anna.nl")

    @parametrize_some(
        1,
        ("typed", "platform", "name"),
        [
            ("Instagram @anna.nl", "instagram", "@anna.nl"),
            ("facebook Anna Jansen", "facebook", "Anna Jansen"),
            ("WhatsApp +31612345678", "whatsapp", "+31 6 12345678"),
        ],
    )
    async def test_a_name_with_its_platform_before_it_says_which_it_is(
        self, walk: OpenScreen, typed: str, platform: str, name: str
    ) -> None:
        async with walk(record(account("threads"))) as me:
            await me.press("a")
            await me.write(typed)
            await me.press("enter")
            added = me.progress.accounts[-1]
            assert (added.platform, added.name) == (platform, name)

    async def test_a_new_accounts_centre_gets_a_name(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("a")
            await me.write("Instagram anna.nl")
            await me.press("tab", "tab", "end", "enter")
            assert me.at == "account"
            assert getattr(me.app.focused, "id", "") == "written"
            await me.write("the shop")
            await me.press("enter")
            assert me.progress.accounts[-1].linked_group == "the shop"
            assert "Linked in “the shop”" in me.text

    async def test_the_form_begins_at_its_first_question_and_what_is_typed_there_is_the_name(
        self, walk: OpenScreen
    ) -> None:
        async with walk(ONE) as me:
            await me.press("a")
            assert me.chosen == ""
            await me.press("down")
            assert me.chosen == "facebook"
            await me.press("enter")
            assert getattr(me.app.focused, "id", "") == "name"
            await me.press("up")
            assert me.chosen == "facebook"
            await me.write("Anna Two")
            assert (getattr(me.app.focused, "id", ""), me.field("name")) == ("name", "Anna Two")
            await me.press("enter")
            assert (me.progress.accounts[-1].platform, me.progress.accounts[-1].name) == ("facebook", "Anna Two")

    async def test_the_error_goes_as_soon_as_the_name_is_typed(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("a", "down", "enter", "enter")
            assert "There is no name." in me.text
            await me.write("a")
            assert "There is no name." not in me.text

    @parametrize_some(
        1,
        ("typed", "words"),
        [
            ("anna jansen", "A name on Instagram has no blanks."),
            ("https://example.org/anna", "That is an address on example.org, not on instagram.com"),
            ("anna..nl", "A name on Instagram does not begin or end with a full stop, nor has two in a row."),
            ("x" * 31, "A name on Instagram has at most 30 characters; this one has 31."),
        ],
    )
    async def test_a_name_that_cannot_be_one_is_answered(self, walk: OpenScreen, typed: str, words: str) -> None:
        async with walk(ONE) as me:
            await me.press("a", "down", "down", "space")
            await me.write(typed)
            await me.press("enter")
            assert me.at == "account"
            assert words in me.flowing
            assert me.field("name") == typed
            assert len(me.progress.accounts) == 1

    async def test_an_address_that_cannot_be_one_is_answered(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("a")
            await me.write("Instagram anna.nl")
            await me.press("tab")
            await me.write("anna@example,org", anew=True)
            await me.press("enter")
            assert "The e-mail address has a comma or semicolon in it" in me.flowing
            assert len(me.progress.accounts) == 1

    async def test_the_same_account_twice_is_told_so(self, walk: OpenScreen) -> None:
        async with walk(record(account("instagram-x"))) as me:
            me.session.account_service.edit_account("instagram-x", "@anna.nl", "", None)
            await me.press("a")
            await me.write("https://www.instagram.com/Anna.NL/?hl=nl")
            assert me.app.screen.query_one("#platform", AnswerList).answer_id == "instagram"
            await me.press("enter")
            assert "Instagram @anna.nl is in your list already." in me.flowing

    @does("account.back")
    async def test_what_was_typed_is_offered_again(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("a")
            await me.write("Instagram anna.nl")
            await me.press("tab")
            await me.write("shop@example.org", anew=True)
            await me.press("tab", "end", "space", "tab")
            await me.write("shop")
            await me.press("escape")
            assert me.at == "checklist"
            assert len(me.progress.accounts) == 1
            assert me.machine.saved[-1].drafts
            await me.press("a")
            assert (me.field("name"), me.field("email"), me.field("written")) == (
                "Instagram anna.nl",
                "shop@example.org",
                "shop",
            )
            assert "Not saved yet: what you typed on 23 Nov, 10:00 stands in the fields. F8 discards it." in me.flowing
            await me.press("enter")
            assert me.progress.accounts[-1].linked_group == "shop"
            assert not me.progress.drafts
            await me.press("u", "a")
            assert (me.field("name"), me.field("written")) == ("", "")
            assert "Not saved yet" not in me.text

    @pytest.mark.exhaustive
    @does("account.discard")
    async def test_what_was_typed_and_not_saved_can_be_discarded_for_good(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("space", "a")
            await me.write("Instagram anna.nl")
            await me.press("tab", "tab", "end", "escape", "a")
            assert "Not saved yet" in me.text
            await me.press("f8")
            assert (me.field("name"), me.field("email")) == ("", "anna@example.org")
            assert me.app.screen.query_one(ChoiceListWithOther).answer_id == "unknown"
            assert "Not saved yet" not in me.text
            await me.press("escape", "u")
            assert not me.progress.drafts
            assert not me.machine.saved[-1].drafts

    async def test_a_form_nothing_was_typed_in_says_nothing_of_it(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("a")
            assert "Not saved yet" not in me.text
            await me.press("escape", "e")
            assert "Not saved yet" not in me.text


class TestOfAChild:
    async def test_an_account_is_added_as_that_of_ones_child_and_its_letter_is_written_for_the_child(
        self, walk: OpenScreen
    ) -> None:
        async with walk(ONE) as me:
            await me.press("a")
            await me.write("Instagram lena_2013")
            me.app.screen.query_one("#whose-name").focus()
            await me.write("Lena Huber")
            await me.press("enter")
            added = me.progress.accounts[-1]
            assert me.progress.child_of_account(added) == "Lena Huber"
            letter = LetterDraft(me.checklist.context, added.id, "objection", "en").prefilled
            assert "on behalf of Lena Huber" in letter.title
            assert "public posts, photos and their captions, comments and profile data of Lena Huber" in letter.text
            assert "my public posts" not in letter.text

    async def test_whose_account_it_is_can_be_said_later_and_taken_back(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            for name in ("Lena Huber", ""):
                await me.press("e")
                me.app.screen.query_one("#whose-name").focus()
                await me.write(name, anew=True)
                await me.press("enter")
                assert me.progress.child_of_account(me.account()) == name

    async def test_a_child_has_a_name_before_it_is_added(self, walk: OpenScreen) -> None:
        async with walk(record(account("elsewhere"))) as me:
            screen = me.app.screen
            assert isinstance(screen, BaseScreen)
            me.app.push_screen(AccountScreen(screen.context, "", "For a child", FROM_ELSEWHERE))
            await me.settled()
            await me.press("enter", "enter")
            assert me.at == "account"
            assert "write the name here" in me.flowing
            await me.write("Mila")
            await me.press("enter")
            assert [each.name for each in me.progress.accounts][1:] == ["Mila"]

    async def test_data_from_elsewhere_has_no_second_field_for_a_child(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("a", "end", "space")
            assert me.chosen == FROM_ELSEWHERE
            assert not me.app.screen.query_one("SenderFields").display


class TestChanging:
    async def test_the_platform_is_changed_where_nothing_is_recorded_and_taken_back(self, walk: OpenScreen) -> None:
        before = record(replace(account("facebook"), name="Facebook"))
        async with walk(before) as me:
            await me.press("e", "up")
            assert me.chosen == "facebook"
            await me.press("down", "space", "f2")
            assert (me.account().platform, me.account().name) == ("instagram", "Instagram")
            await undo_and_redo_make_no_difference(me, before)

    async def test_the_platform_stays_where_something_is_recorded(self, walk: OpenScreen) -> None:
        async with walk(record(account("facebook", FILED))) as me:
            await me.press("e")
            assert not me.app.screen.query("#platform")
            assert "Take this one out and add it anew" in me.flowing
            with pytest.raises(InputRefused):
                me.session.account_service.edit_account("facebook", "@anna", "", None, platform="instagram")

    async def test_name_address_and_link_are_changed_and_taken_back(self, walk: OpenScreen) -> None:
        async with walk(LINKED) as me:
            await me.press("e")
            await me.write("Anna Jansen", anew=True)
            await me.press("tab")
            await me.write("jansen@example.org", anew=True)
            await me.press("tab", "home", "down", "space", "f2")
            changed = me.account()
            assert (changed.name, changed.email, changed.linked_group) == ("Anna Jansen", "jansen@example.org", "")
            assert [event.kind for event in changed.events] == ["email-changed", "hub-changed"]
            await undo_and_redo_make_no_difference(me, LINKED)

    async def test_a_saved_change_is_told_so_and_none_where_nothing_was_changed(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("e")
            await me.write("Anna Jansen", anew=True)
            await me.press("enter")
            assert (me.at, me.told) == ("checklist", "Saved. u takes that back.")
        async with walk(ONE) as me:
            await me.press("e", "escape")
            assert "Saved" not in me.text

    async def test_half_a_change_is_kept_and_changes_nothing(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("e")
            await me.write("Anna J", anew=True)
            await me.press("escape")
            assert me.account().name == "Anna"
            await me.press("e")
            assert me.field("name") == "Anna J"

    async def test_half_a_choice_of_the_link_is_kept_too(self, walk: OpenScreen) -> None:
        async with walk(LINKED) as me:
            await me.press("e", "tab", "tab", "home", "space")
            assert me.chosen == "unknown"
            await me.press("escape", "e")
            assert me.app.screen.query_one(ChoiceListWithOther).answer_id == "unknown"
            assert me.account().linked_group == "private"

    async def test_an_emptied_field_stays_empty_when_it_is_offered_again(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("e", "tab", "home", "ctrl+k", "escape", "e")
            assert me.field("email") == ""

    @parametrize_some(
        1,
        ("keys", "typed", "cause"),
        [
            (
                ("tab",),
                "new@example.org",
                "The e-mail address changed on 23 Nov, after the objection; repeat it to be sure.",
            ),
            (("tab", "tab", "home", "down"), "", "The link with other accounts changed on 23 Nov"),
        ],
    )
    async def test_a_change_after_the_objection_asks_to_object_again_and_says_why(
        self, walk: OpenScreen, keys: Sequence[str], typed: str, cause: str
    ) -> None:
        async with walk(record(account("facebook", FILED, hub="private")), at=("facebook", "submit")) as me:
            await me.press("e", *keys)
            if typed:
                await me.write(typed, anew=True)
            await me.press("enter")
            if typed:
                assert me.headline.title == "Was anna@example.org only mistyped here?"
                await me.press("end", "enter")
            assert me.state() is AccountState.OBJECT_AGAIN
            assert "object again" in me.text
            assert me.guide_says(cause)
            assert me.headline.title == "Object again for Facebook “Anna”"
            await me.press("u")
            assert me.state() is AccountState.FILED

    async def test_an_address_mistyped_in_the_record_is_corrected_with_the_objection(self, walk: OpenScreen) -> None:
        async with walk(record(account("facebook", FILED, hub="private")), at=("facebook", "submit")) as me:
            await me.press("e", "tab")
            await me.write("new@example.org", anew=True)
            await me.press("enter", "enter")
            assert me.told == "Choose an answer first, with ↑ and ↓."
            await me.press("down", "enter")
            assert (me.at, me.state()) == ("checklist", AccountState.FILED)
            assert "object again" not in me.text
            await me.press("d")
            assert "with new@example.org" in me.flowing
            assert "anna@example.org" not in me.flowing

    @parametrize_some(
        1,
        ("answer", "state", "words"),
        [
            (("home",), AccountState.COVERED, "Perhaps covered: sent through Facebook “Anna” (20 Nov),"),
            (
                ("home", "down"),
                AccountState.OBJECT_AGAIN,
                "This account joined on 22 Nov, after the objection for Facebook “Anna”",
            ),
            (("end",), AccountState.OBJECT_AGAIN, "We do not know when this account was linked"),
        ],
        ids=["already", "since a day", "not known"],
    )
    async def test_an_account_that_is_added_to_a_hub_with_an_objection_is_asked_since_when(
        self, walk: OpenScreen, answer: Sequence[str], state: AccountState, words: str
    ) -> None:
        async with walk(record(account("facebook", FILED, hub="private")), size=(80, 30)) as me:
            await me.press("a")
            await me.write("Instagram anna.nl")
            await me.press("tab", "tab", "down", "down", "enter")
            assert me.headline.title == "Since when is it in “private”?"
            assert (
                "Here the objection for Facebook “Anna” (20 Nov) counts for what was linked when it was sent."
                in me.flowing
            )
            assert "in the account's diary" in me.flowing
            assert len(me.progress.accounts) == 1
            await me.press(*answer, "enter")
            if me.at == "ask":
                await me.write("yesterday", anew=True)
                await me.press("enter")
            assert me.progress.accounts[-1].linked_group == "private"
            assert me.state("instagram-anna-nl") is state
            assert me.guide_says(words)
            await me.press("u")
            assert len(me.progress.accounts) == 1

    async def test_a_name_that_cannot_be_is_answered_before_anything_is_asked(self, walk: OpenScreen) -> None:
        async with walk(record(account("facebook", FILED, hub="private"))) as me:
            await me.press("a")
            await me.write("Instagram anna jansen")
            await me.press("tab", "tab", "down", "down", "enter")
            assert me.at == "account"
            assert "A name on Instagram has no blanks." in me.flowing

    async def test_of_the_only_account_nothing_is_asked_of_links(self, walk: OpenScreen) -> None:
        async with walk(record(account("facebook"), account("meta-ai"))) as me:
            await me.press("e")
            assert me.at == "account"
            assert "Accounts Centre" not in me.text
        async with walk(record(account("facebook"), account("instagram"))) as me:
            await me.press("e")
            assert "Its Accounts Centre (or Meta Account)" in me.text

    async def test_the_questions_that_are_shown_are_numbered_without_a_gap(self, walk: OpenScreen) -> None:
        async with walk(ONE, size=(80, 40)) as me:
            await me.press("a")
            for keys in ((), ("end",), ("home",)):
                await me.press(*keys)
                lines = [line.strip() for line in me.text.splitlines()]
                numbers = [int(line.split()[0]) for line in lines if re.match(r"\d  \w", line)]
                assert numbers == list(range(1, len(numbers) + 1))
                assert len(numbers) >= 3

    async def test_leaving_the_question_changes_nothing_and_keeps_the_form(self, walk: OpenScreen) -> None:
        async with walk(record(account("facebook", FILED), account("instagram"))) as me:
            await me.press("e", "tab", "tab", "end", "enter")
            await me.write("private")
            await me.press("enter")
            assert me.headline.title == "Since when is it in “private”?"
            await me.press("escape")
            assert me.at == "account"
            assert me.field("written") == "private"
            assert me.account().linked_group is None

    async def test_whatsapp_has_no_objection_that_could_depend_on_it(self, walk: OpenScreen) -> None:
        async with walk(record(account("facebook", FILED, hub="private"), account("whatsapp"))) as me:
            me.checklist.go_to("whatsapp", "identify")
            await me.press("e", "tab", "tab", "down", "down", "enter")
            assert me.at == "checklist"
            assert me.account("whatsapp").linked_group == "private"

    async def test_without_an_objection_nothing_depends_on_it_and_nothing_is_asked(self, walk: OpenScreen) -> None:
        async with walk(LINKED) as me:
            await me.press("a")
            await me.write("Instagram anna.nl")
            await me.press("tab", "tab", "down", "down", "enter")
            assert me.at == "checklist"
            assert me.last("instagram-anna-nl").text("since") == "unknown"


class TestCovered:
    PROGRESS = record(
        account("facebook", FILED, hub="private"),
        account("instagram", entry("step-done", at(5), step="identify"), hub="private", email="shop@example.org"),
    )

    async def test_it_says_through_which_objection_and_how_to_file_anyway(self, walk: OpenScreen) -> None:
        async with walk(self.PROGRESS, at=("instagram", "submit"), size=(120, 40)) as me:
            assert me.state("instagram") is AccountState.COVERED
            assert "Instagram “Anna” · not sent; perhaps covered by Facebook “Anna”" in me.flowing
            assert me.guide_says(
                "Perhaps covered: sent through Facebook “Anna” (20 Nov), and Meta has not confirmed it yet."
            )
            assert me.guide_says(
                "The objection for Facebook “Anna” was sent with anna@example.org; this account has shop@example.org, so it "
                "needs its own."
            )
            assert me.guide_says("If one of the two is mistyped, correct it instead: “Change account”.")
            assert me.guide_says("One of 2026 says that each account counts for itself.")
            assert me.guide_says("To be sure, object for it too: “Object for this account too”.")
            await me.press("w")
            assert me.guide_says("The careful advice is to file for each account anyway.")

    async def test_one_row_below_its_steps_opens_the_form_for_it_too(self, walk: OpenScreen) -> None:
        async with walk(self.PROGRESS, at=("instagram", "submit")) as me:
            await me.press("down")
            assert "→ Object for this account too" in me.text
            await me.press("enter")
            assert me.at == "open"
            await me.press("f", "p", "enter")
            assert (me.at, me.state("instagram")) == ("checklist", AccountState.FILED)

    async def test_filing_for_it_anyway_makes_it_stand_by_itself(self, walk: OpenScreen) -> None:
        async with walk(self.PROGRESS, at=("instagram", "submit")) as me:
            await me.press("enter")
            assert me.at == "submit"
            await me.press("p", "enter")
            assert me.state("instagram") is AccountState.FILED
            assert me.last("instagram").text("email") == "shop@example.org"


class TestLinks:
    async def test_since_when_they_are_linked_can_be_said_with_a_year_and_enter_alone_leaves_it_open(
        self, walk: OpenScreen
    ) -> None:
        two = record(account("facebook"), account("instagram"))
        async with walk(two, at=("facebook", "identify")) as me:
            await me.press("enter")
            assert "Since when are they linked?" not in me.text
            await me.press("space")
            assert "Since when are they linked? A year is enough, or leave it empty." in me.text
            await me.press("tab")
            await me.write("2999")
            await me.press("enter")
            assert "is in the future" in me.told
            await me.write("2019", anew=True)
            await me.press("escape", "enter", "home", "space", "tab")
            assert me.field("since") == "2019"
            await me.press("enter")
            assert me.at == "open"
            for id in ("facebook", "instagram"):
                assert (me.last(id).kind, me.last(id).at.date()) == ("step-done", NOW.date())
                [link] = [event for event in me.account(id).events if event.kind == "hub-changed"]
                assert link.at.date() == date(2019, 1, 1)
            assert "linked-since" not in me.progress.drafts

    @does("identify.complete")
    async def test_enter_says_that_these_are_all(self, walk: OpenScreen) -> None:
        async with walk(LINKED) as me:
            await me.press("enter")
            assert me.headline.title == "Which of these appear together in the Accounts Centre?"
            assert "Space ticks what is in “private”" in me.flowing
            assert "[x] Both: Facebook “Anna” and Instagram “Anna”" in me.flowing
            await me.press("enter")
            assert me.step("identify") == me.step("identify", "instagram") == "done"
            assert [each.linked_group for each in me.progress.accounts] == ["private", "private"]

    async def test_one_account_alone_is_asked_no_question_of_links(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("enter")
            assert me.headline.title == "Are these all your accounts?"
            assert "[ ]" not in me.text
            await me.press("enter")
            assert me.step("identify") == "done"
            assert me.account().linked_group is None

    @parametrize_some(
        2,
        ("keys", "links"),
        [
            (("space",), ["Accounts Centre", "Accounts Centre", "Accounts Centre", ""]),
            (("down", "space", "down", "down", "space"), ["Accounts Centre", "", "Accounts Centre", ""]),
            (("space", "down", "down", "space"), ["Accounts Centre", "", "Accounts Centre", ""]),
            (("end", "up", "space"), ["", "", "", ""]),
            (("space", "end", "space"), ["Accounts Centre", "Accounts Centre", "Accounts Centre", None]),
            (("end", "space", "home", "down", "space", "down", "space"), ["Accounts Centre"] * 2 + [None, None]),
            (("space", "end", "space", "up", "up", "space"), ["Accounts Centre"] * 4),
            (("space", "end", "space", "home", "space", "enter"), [None, None, None, None]),
            (("end", "space", "up", "up", "space"), ["", "", "", "Accounts Centre"]),
        ],
        ids=[
            "all that object",
            "two",
            "all but one",
            "none",
            "not known of the other",
            "not known, then two known",
            "known after all",
            "of none known",
            "one alone",
        ],
    )
    async def test_one_list_answers_for_all_accounts(
        self, walk: OpenScreen, keys: Sequence[str], links: list[str | None]
    ) -> None:
        progress = record(account(), account("instagram"), account("threads"), account("whatsapp"))
        async with walk(progress, at=("facebook", "identify")) as me:
            await me.press("enter", *keys, "enter")
            if links.count("Accounts Centre") == 1:
                assert me.told == "WhatsApp “Anna” alone: tick what it appears with."
                return
            assert [each.linked_group for each in me.progress.accounts] == links
            assert [me.step("identify", each.id) for each in me.progress.accounts] == ["done"] * 4
            await me.press("escape", "u")
            assert me.progress == progress

    async def test_two_accounts_are_one_row_and_what_is_not_known_is_told_so(self, walk: OpenScreen) -> None:
        async with walk(record(account(), account("instagram")), at=("facebook", "identify")) as me:
            await me.press("enter")
            rows = [str(option.prompt) for option in me.app.screen.query_one(CheckboxList).options]
            assert rows == [
                "[ ] Both: Facebook “Anna” and Instagram “Anna”",
                "[ ] None of them appears with another",
                "[ ] I don't know",
            ]
            await me.press("space", "end", "space", "enter")
            assert [each.linked_group for each in me.progress.accounts] == [None, None]

    async def test_these_two_are_linked_and_of_the_third_it_is_not_known(self, walk: OpenScreen) -> None:
        three = record(account(), account("instagram"), account("threads"))
        async with walk(three, at=("facebook", "identify")) as me:
            await me.press("enter", "end")
            assert "I don't know about the others" not in me.text
            await me.press("home", "down", "space", "down", "space", "end")
            assert "[ ] I don't know about the others" in me.text
            await me.press("space")
            assert me.text.count("[x]") == 3
            await me.press("enter")
            assert [each.linked_group for each in me.progress.accounts] == ["Accounts Centre"] * 2 + [None]
            await me.press("escape")
            me.checklist.go_to("facebook", "identify")
            await me.press("enter")
            assert "[x] I don't know about the others" in me.text
            await me.press("enter")
            assert me.account("threads").linked_group is None

    async def test_what_was_wrongly_said_to_be_not_linked_becomes_not_known(self, walk: OpenScreen) -> None:
        group = "Accounts Centre"
        filed = account("threads", FILED, hub="")
        three = record(account(hub=group), account("instagram", hub=group), filed)
        async with walk(three, at=("facebook", "identify")) as me:
            await me.press("enter", "end", "space", "enter")
            assert me.account("threads").linked_group is None
            assert me.state("threads") is AccountState.FILED

    async def test_an_impatient_enter_records_nothing(self, walk: OpenScreen) -> None:
        progress = record(account(), account("instagram"))
        async with walk(progress, at=("facebook", "identify")) as me:
            await me.press("enter", "enter")
            assert me.told == "Tick those that appear together, or one of the last two rows."
            assert me.progress == progress

    async def test_an_account_that_joins_a_complete_list_is_not_asked_about_again(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("enter", "enter", "escape", "a")
            await me.write("Instagram anna.nl")
            await me.press("enter")
            assert me.step("identify", "instagram-anna-nl") == "done"
            assert me.checklist.position() == ("instagram-anna-nl", "open")

    async def test_what_is_ticked_stays_while_a_missing_account_is_added(self, walk: OpenScreen) -> None:
        async with walk(record(account(), account("threads")), at=("facebook", "identify")) as me:
            await me.press("enter", "space", "a")
            await me.write("Instagram anna.nl")
            await me.press("enter", "enter")
            assert [each.linked_group for each in me.progress.accounts] == ["Accounts Centre", "Accounts Centre", ""]

    @does("identify.link")
    @parametrize_some(1, ("keys", "hub"), [(("down", "down"), "private"), (("down",), ""), ((), None)])
    async def test_l_asks_how_the_highlighted_account_is_linked(
        self, walk: OpenScreen, keys: Sequence[str], hub: str | None
    ) -> None:
        progress = record(account("facebook", hub="private"), account("instagram", hub="other"))
        async with walk(progress) as me:
            await me.press("enter")
            assert "[ ] Instagram “Anna” in “other”" in me.flowing
            await me.press("down", "down", "l")
            assert me.headline.title == "How is Instagram “Anna” linked?"
            await me.press("home", *keys, "enter")
            assert me.at == "identify"
            assert me.account("instagram").linked_group == hub
            assert me.last("instagram").kind == "hub-changed"

    async def test_a_new_accounts_centre_can_be_named_there(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("enter", "l")
            assert "Linked, but not in this list" in me.text
            await me.press("end", "enter")
            assert me.at == "ask"
            await me.press("enter")
            assert me.at == "ask"
            await me.write("private")
            await me.press("enter")
            assert me.account().linked_group == "private"
            assert "in “private”" in me.text

    async def test_an_answer_that_changes_nothing_is_no_entry(self, walk: OpenScreen) -> None:
        async with walk(LINKED) as me:
            await me.press("enter", "down", "l", "enter")
            assert me.progress == LINKED

    @does("identify.add")
    async def test_a_missing_account_is_added_without_leaving(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("enter", "a")
            await me.write("Instagram anna.nl")
            await me.press("enter")
            assert me.at == "identify"
            assert "Instagram @anna.nl" in me.text

    @does("identify.undo")
    async def test_u_takes_the_last_change_back(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("enter", "l", "down", "enter")
            assert me.account().linked_group == ""
            await me.press("u")
            assert me.account().linked_group is None
            assert me.told == "Taken back: “Link: not linked” of 23 Nov, in Facebook “Anna”. Shift+U brings it back."

    @does("identify.down", "identify.up")
    @pytest.mark.parametrize(("down", "up"), [("j", "k"), ("down", "up")])
    async def test_the_list_is_walked_up_and_down(self, walk: OpenScreen, down: str, up: str) -> None:
        async with walk(LINKED) as me:
            await me.press("enter", down)
            assert me.chosen == "facebook"
            await me.press(down)
            assert me.chosen == "instagram"
            await me.press(up)
            assert me.chosen == "facebook"

    @does("identify.back")
    @pytest.mark.parametrize("key", ["escape", "b"])
    async def test_going_back_ticks_nothing(self, walk: OpenScreen, key: str) -> None:
        async with walk(LINKED) as me:
            await me.press("enter", key)
            assert me.at == "checklist"
            assert me.step("identify") == "to-do"

    @parametrize_some(
        1,
        ("answer", "own", "other"),
        [
            (("home",), AccountState.FILED, AccountState.COVERED),
            (("home", "down"), AccountState.OBJECT_AGAIN, AccountState.NOT_STARTED),
            (("end",), AccountState.FILED, AccountState.NOT_STARTED),
        ],
        ids=["already", "since a day", "not known"],
    )
    async def test_learning_of_a_link_after_the_objection_asks_since_when(
        self, walk: OpenScreen, answer: Sequence[str], own: AccountState, other: AccountState
    ) -> None:
        progress = record(account("facebook", FILED), account("instagram", hub="private"))
        async with walk(progress, at=("facebook", "identify")) as me:
            await me.press("enter", "down", "l", "down", "down", "enter")
            assert me.headline.title == "Since when is it in “private”?"
            await me.press(*answer, "enter")
            if me.at == "ask":
                await me.write("yesterday", anew=True)
                await me.press("enter")
            assert me.at == "identify"
            assert me.account().linked_group == "private"
            assert (me.state(), me.state("instagram")) == (own, other)
            await me.press("u")
            assert me.progress == progress

    @pytest.mark.exhaustive
    async def test_the_date_of_a_link_is_put_right_in_the_diary(self, walk: OpenScreen) -> None:
        progress = record(account("facebook", FILED, hub="private"), account("instagram"))
        async with walk(progress, at=("instagram", "identify")) as me:
            await me.press("enter", "space", "enter")
            assert me.headline.title == "Since when is it in “private”?"
            await me.press("enter")
            assert "Choose an answer first" in me.flowing
            assert me.at == "ask"
            await me.press("end", "enter", "escape")
            assert me.state("instagram") is AccountState.OBJECT_AGAIN
            await me.press("d")
            assert "Link: “private”" in me.flowing
            await me.press("end", "up", "enter")
            await me.write("2026-01-01", anew=True)
            await me.press("enter")
            assert "1 Jan" in me.flowing
            await me.press("escape")
            assert me.state("instagram") is AccountState.COVERED


async def test_enter_pressed_twice_saves_once(walk: OpenScreen) -> None:
    async with walk(record(account("facebook"))) as me:
        await me.press("e")
        form = me.app.screen
        assert isinstance(form, AccountScreen)
        before = len(me.machine.saved)
        form.action_save()
        form.action_save()
        form.action_back()
        await me.press("home")
        assert me.at == "checklist"
        assert len(me.machine.saved) == before + 1


async def test_an_answer_that_is_given_twice_at_once_is_written_down_once(walk: OpenScreen) -> None:
    async with walk(record(account("facebook", entry("filed", at(2)))), at=("facebook", "confirm")) as me:
        await me.press("enter", "home", "down", "down")
        form = me.app.screen
        assert isinstance(form, ReplyScreen)
        form.action_save()
        form.action_save()
        await me.press("home")
        assert me.events() == ["filed", "confirmed-by-mail"]


@parametrize_some(1, "pasted", ["anna.nl\nshop", "\n\nanna.nl\r\nshop\n"])
async def test_of_several_pasted_lines_a_field_takes_the_first_and_says_so(walk: OpenScreen, pasted: str) -> None:
    async with walk(record(account())) as me:
        await me.press("a")
        await me.paste(pasted)
        assert me.field("name") == "anna.nl"
        assert me.told == "One line fits here: of 2 pasted lines the first was taken."


async def test_one_pasted_line_is_taken_without_a_word(walk: OpenScreen) -> None:
    async with walk(record(account())) as me:
        await me.press("a")
        await me.paste("\nanna.nl\n")
        assert me.field("name") == "anna.nl"
        assert not me.told
