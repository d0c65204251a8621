"""The welcome, and the person's own details later on."""

from collections.abc import Sequence

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.app.accounts.earlier_objection import NOTHING_CAME
from metaoptout_tui.core.objection.ways_to_begin import WayToBegin
from metaoptout_tui.core.record.accounts import Person, Record
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.ui.screens.ways_to_begin import begin
from metaoptout_tui.ui.widgets.answer_lists import AnswerList
from metaoptout_tui.ui.widgets.checkbox_lists import CheckboxList
from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.step_list import StepList
from samples import account, record
from ui.driving import OpenScreen, does


async def test_the_welcome_promises_what_it_keeps_and_where(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        assert me.at == "welcome"
        assert me.headline.title == "Welcome to metaoptout-tui"
        assert "Nothing is sent to Meta. This is not legal advice. All is kept in this file:" in me.flowing
        assert "~/.local/share/metaoptout-tui/progress.toml" in me.text
        assert "Three questions: Enter goes on, Esc skips. No account, or objected already? F4" in me.flowing


async def test_the_first_page_says_what_counts_as_public(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        for word in ("names", "picture", "avatar", "public groups", "Pages", "channels", "Marketplace reviews"):
            assert word in me.words("promise")


async def test_what_is_not_sure_says_so_at_once(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        assert "(likely)" not in me.words("region")
        await me.write("switzerland")
        assert me.words("region").endswith("(likely)")


@does("welcome.next")
async def test_three_answers_lead_to_the_first_step(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.press("enter", "space", "down", "space", "enter")
        await me.write("anna@example.org")
        await me.press("enter")
        assert me.at == "identify"
        assert "[ ] Both: Facebook and Instagram" in me.flowing
        await me.press("escape")
        assert me.at == "checklist"
        assert me.progress.person == Person("NL", "nl", "anna@example.org")
        assert [each.platform for each in me.progress.accounts] == ["facebook", "instagram"]
        assert me.account("facebook").email == "anna@example.org"
        assert me.headline.title == "List what is linked with Facebook"
        assert me.app.screen.query_one(StepList).highlighted_id == "identify"
        assert not me.progress.drafts


async def test_a_mistyped_provider_is_asked_about_and_never_changed_by_itself(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.press("enter", "space", "enter")
        await me.write("anna@gmial.com")
        await me.press("enter")
        assert me.headline.title == "Did you mean gmail.com?"
        await me.press("enter")
        assert me.account("facebook").email == "anna@gmial.com"


@does("welcome.skip")
async def test_all_of_it_can_be_skipped(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.press("escape", "escape")
        assert me.at == "welcome"
        await me.press("escape")
        assert me.at == "checklist"
        assert me.progress == Record()
        assert me.headline.title == "Add your first account"


async def test_a_country_that_was_taken_stays_when_the_rest_is_skipped(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.press("enter", "escape", "escape")
        assert me.progress.person.country == "NL"
        assert me.progress.accounts == ()


@pytest.mark.exhaustive
async def test_a_country_that_was_taken_stays_when_one_comes_back_to_it_and_skips_it(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.write("austria")
        await me.press("enter", "shift+tab")
        for _unused in range(3):
            await me.press("escape")
        await me.press("ctrl+q")
        await me.until(lambda: me.app.return_code == 0)
        kept = me.machine.saved[-1]
    async with walk(kept, is_new=True) as me:
        await me.press("escape", "escape", "escape")
        assert me.progress.person.country == "AT"


async def test_the_questions_name_the_person_whose_record_it_is(walk: OpenScreen) -> None:
    async with walk(is_new=True, record_name="Sabine", person_name="Sabine") as me:
        assert "In which country does Sabine live?" in me.flowing
        assert "The e-mail address that Sabine can read now" in me.flowing
        await me.press("enter", "space", "enter", "enter")
        assert "Do you help Sabine?" in me.flowing
        assert "palette" not in me.text
        assert me.guide_says("For this, Sabine logs in, in the browser.")
        assert "log in as" not in me.flowing
        await me.press("y")
        assert "The full name of Sabine" in me.flowing
        assert "Your" not in me.text


async def test_who_objected_earlier_is_told_too_where_it_is_written_down_who_helps(walk: OpenScreen) -> None:
    async with walk(record(account("facebook")), record_name="Sabine", person_name="Sabine") as me:
        me.checklist.app.call_later(begin, me.checklist, WayToBegin.EARLIER, go_to=print, open_step=print)
        await me.settled()
        assert me.at == "earlier"
        me.app.screen.query_one("#day").focus()
        await me.settled()
        await me.write("2026-11-02", anew=True)
        me.app.screen.query_one("#reply", AnswerList).set_answer(NOTHING_CAME)
        await me.press("f2")
        assert me.at == "checklist"
        assert "Recorded." in me.flowing
        assert "Do you help Sabine?" in me.flowing


async def test_escape_skips_one_question_and_keeps_what_was_typed_and_ticked(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.write("germ")
        await me.press("escape", "space", "escape")
        await me.write("anna@example.org")
        await me.press("escape")
        assert me.at == "checklist"
        assert me.progress.person == Person("DE", "de", "anna@example.org")
        assert [each.platform for each in me.progress.accounts] == ["facebook"]


async def test_a_country_that_was_only_offered_is_not_taken_by_escape(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.press("escape", "space", "f2")
        assert me.progress.person.country == ""
        assert [each.platform for each in me.progress.accounts] == ["facebook"]


@parametrize_some(2, "typed", ["UK", "U.K.", "GB", "London"])
@parametrize_some(1, "size", [(80, 24), (60, 20)])
async def test_the_country_that_enter_takes_is_the_first_in_view(
    walk: OpenScreen, typed: str, size: tuple[int, int]
) -> None:
    async with walk(is_new=True, size=size) as me:
        await me.write(typed)
        found = me.app.screen.query_one("#found", ChoiceList)
        assert found.highlighted == 0
        assert "United Kingdom" in me.strips()[found.region.y].text
        await me.press("enter", "f2")
        assert me.progress.person.country == "GB"


@pytest.mark.exhaustive
@does("welcome.finish")
async def test_f2_takes_what_is_filled_in_so_far(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.press("enter", "down", "space", "f2")
        assert me.at == "checklist"
        assert [each.platform for each in me.progress.accounts] == ["instagram"]


@parametrize_some(
    1,
    ("typed", "code"),
    [
        ("ger", "DE"),
        ("deutschland", "DE"),
        ("de", "DE"),
        ("NED", "NL"),
        ("united k", "GB"),
        ("frankreich", "FR"),
        ("osterr", "AT"),
    ],
)
async def test_a_country_is_found_by_what_people_type(walk: OpenScreen, typed: str, code: str) -> None:
    async with walk(is_new=True) as me:
        await me.write(typed)
        assert me.app.screen.query_one("#found", ChoiceList).highlighted_id == code
        await me.press("enter", "f2")
        assert me.progress.person.country == code


async def test_the_country_that_is_chosen_stands_there_in_words(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        assert me.words("region").startswith("Netherlands: You can object at any time.")
        await me.write("united")
        first = me.words("region").partition(":")[0]
        await me.press("down")
        second = me.words("region").partition(":")[0]
        assert {first, second} <= {"United Arab Emirates", "United Kingdom", "United States"}
        assert first != second
        await me.press("enter", "f2")
        assert me.progress.person.country == {"United Kingdom": "GB", "United States": "US"}[second]


async def test_without_a_country_no_word_is_said_of_one(walk: OpenScreen) -> None:
    async with walk(is_new=True, home_country="") as me:
        assert me.words("region") == ""


@parametrize_some(1, ("tongue", "language"), [("nl", "nl"), ("de", "de"), ("en", "nl"), ("sv", "nl"), ("", "nl")])
async def test_the_labels_are_in_the_language_of_the_computer_or_else_of_the_country(
    walk: OpenScreen, tongue: str, language: str
) -> None:
    async with walk(is_new=True, home_language=tongue) as me:
        await me.press("enter", "space", "f2")
        assert me.progress.person.language == language
        await me.press("y")
        assert me.app.screen.query_one("#language", ChoiceList).highlighted_id == language


async def test_a_language_set_by_hand_goes_before_the_locales(walk: OpenScreen) -> None:
    by_hand = Record(Person(language="fr"))
    async with walk(by_hand, is_new=True, home_language="nl") as me:
        await me.press("enter", "space", "f2")
        assert me.progress.person.language == "fr"


async def test_a_record_without_a_language_follows_the_locale_until_one_is_chosen(walk: OpenScreen) -> None:
    progress = record(account())
    async with walk(Record(Person("NL", "", ""), progress.accounts), home_language="de") as me:
        await me.press("y")
        languages = me.app.screen.query_one("#language", AnswerList)
        assert languages.answer_id == "de"
        await me.press("tab", "tab", "up", "space")
        chosen = languages.answer_id
        await me.press("f2")
        assert me.progress.person.language == chosen != "de"


async def test_an_unknown_country_is_told_so_and_takes_nothing(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.write("atlantis")
        assert "No country is called “atlantis”. Try another name of it." in me.flowing
        await me.write("netherl", anew=True)
        assert "No country is called" not in me.flowing
        await me.press("f2")


async def test_the_arrows_choose_among_the_countries_found(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.write("united")
        first = me.app.screen.query_one("#found", ChoiceList).highlighted_id
        await me.press("down")
        second = me.app.screen.query_one("#found", ChoiceList).highlighted_id
        assert second != first
        await me.press("up")
        assert me.app.screen.query_one("#found", ChoiceList).highlighted_id == first
        await me.press("down", "enter", "f2")
        assert me.progress.person.country == second


@parametrize_some(1, "leave", [("tab", "tab", "tab"), ("f2",), ("down", "up", "f2")])
async def test_what_is_highlighted_for_what_was_typed_is_the_country(walk: OpenScreen, leave: Sequence[str]) -> None:
    async with walk(is_new=True) as me:
        await me.write("germ")
        await me.press(*leave)
        await me.press(*(("f2",) if me.at == "welcome" else ()))
        assert me.progress.person.country == "DE"


async def test_the_country_of_the_locale_stands_first(walk: OpenScreen) -> None:
    async with walk(is_new=True, home_country="IT") as me:
        assert me.app.screen.query_one("#found", ChoiceList).highlighted_id == "IT"


@parametrize_some(
    1,
    ("typed", "words"),
    [
        ("netherlands", "You can object at any time."),
        ("united kingdom", "the UK GDPR gives you that right"),
        ("switzerland", "You can object in practice"),
        ("brazil", "simplified form"),
        ("japan", "One source reports a form to object for Japan and South Korea."),
        ("united states", "For the country you chose, no way to object to AI training is known."),
    ],
)
async def test_the_right_of_each_country_is_said_honestly(walk: OpenScreen, typed: str, words: str) -> None:
    async with walk(is_new=True) as me:
        await me.write(typed)
        assert words in me.flowing


@parametrize_some(
    1,
    ("typed", "name", "state"),
    [("guadel", "Guadeloupe", "France"), ("réunion", "Réunion", "France"), ("aland", "Åland Islands", "Finland")],
)
async def test_a_part_of_a_member_state_is_told_that_nothing_is_verified_for_it(
    walk: OpenScreen, typed: str, name: str, state: str
) -> None:
    words = f"{name} is part of {state}, a member of the EU. Whether what is said here of {state} goes for it too is not verified."
    async with walk(is_new=True, size=(100, 30)) as me:
        await me.write(typed)
        assert words in me.flowing
        await me.press("enter", "space", "f2")
        assert me.state("facebook") is AccountState.NOT_AVAILABLE
        assert me.guide_says(words)


async def test_a_country_without_a_right_is_told_what_can_be_done_instead(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.write("united states")
        assert "You can still make your accounts private and delete your chats with Meta AI." in me.flowing
        await me.press("enter", "space", "f2")
        assert me.state("facebook") is AccountState.NOT_AVAILABLE
        assert "no objection possible from here" in me.flowing
        assert me.guide_says("For the country you chose, no way to object to AI training is known.")
        assert me.guide_says("You can still make your accounts private")
        assert [step.id for step in me.session.overview().statuses[0].steps] == ["review"]
        await me.press("enter")
        assert me.at == "review"
        assert "Is this account private?" in me.flowing
        await me.press("d")
        assert me.last().fields == {"point": "instead.private", "answer": "done"}


@parametrize_some(
    1, "typed", ["anna", "anna@", "@example.org", "anna@example", "anna example@example.org", "a@@example.org"]
)
async def test_a_malformed_address_is_answered_and_nothing_is_lost(walk: OpenScreen, typed: str) -> None:
    async with walk(is_new=True) as me:
        await me.press("enter", "space", "enter")
        await me.write(typed)
        await me.press("enter")
        assert me.at == "welcome"
        assert "such as anna@example.org" in me.flowing
        assert me.field("email") == typed
        assert me.app.screen.query_one(CheckboxList).checked_ids == ["facebook"]
        await me.write("anna@example.org", anew=True)
        await me.press("enter")
        assert me.at == "checklist"


async def test_half_a_welcome_is_there_again_at_the_next_start(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.write("austria")
        await me.press("enter", "down", "space", "enter")
        await me.write("anna@exam")
        await me.press("ctrl+q")
        await me.until(lambda: me.app.return_code == 0)
        kept = me.machine.saved[-1]
        assert kept.accounts == ()
    async with walk(kept, is_new=True) as me:
        assert me.app.screen.query_one("#found", ChoiceList).highlighted_id == "AT"
        assert me.app.screen.query_one(CheckboxList).checked_ids == ["instagram"]
        assert me.field("email") == "anna@exam"


class TestDetails:
    async def test_country_language_and_address_are_changed_later(self, walk: OpenScreen) -> None:
        async with walk(record(account())) as me:
            await me.press("y")
            await me.write("belgi")
            await me.press("enter", "down", "enter")
            await me.write("new@example.org", anew=True)
            await me.press("enter", "enter")
            assert me.told == "Choose an answer first, with ↑ and ↓."
            await me.press("end", "enter")
            assert me.at == "checklist"
            assert me.progress.person == Person("BE", "nl", "new@example.org")
            assert me.account().email == "anna@example.org"
            await me.press("u")
            assert me.progress.person == record().person
            await me.press("U")
            assert me.progress.person == Person("BE", "nl", "new@example.org")

    async def test_a_changed_address_is_asked_about_for_each_account_that_has_the_old_one(
        self, walk: OpenScreen
    ) -> None:
        old = "anna@example.org"
        async with walk(record(account(email=old), account("instagram", email=old))) as me:
            await me.press("y", "tab", "tab", "tab")
            await me.write("new@example.org", anew=True)
            await me.press("enter")
            assert me.headline.title == "Also for your accounts with anna@example.org?"
            await me.press("end", "up", "enter")
            assert (me.at, me.told) == ("checklist", "Saved.")
            assert me.account("facebook").email == old
            assert me.account("instagram").email == me.progress.person.email == "new@example.org"
            await me.press("u")
            assert me.account("instagram").email == me.progress.person.email == old

    async def test_escape_leaves_them_as_they_were_and_keeps_what_was_typed(self, walk: OpenScreen) -> None:
        async with walk(record(account())) as me:
            await me.press("y", "tab", "tab", "tab")
            await me.write("new@example.org", anew=True)
            await me.press("escape")
            assert me.progress.person.email == "anna@example.org"
            await me.press("y")
            assert me.field("email") == "new@example.org"
            assert "Not saved yet: what you typed on 23 Nov, 10:00 stands in the fields. F8 discards it." in me.flowing

    @pytest.mark.exhaustive
    @does("welcome.discard")
    async def test_what_was_typed_and_not_saved_can_be_discarded(self, walk: OpenScreen) -> None:
        async with walk(record(account())) as me:
            await me.press("y", "tab", "tab", "tab")
            await me.write("new@example.org", anew=True)
            await me.press("escape", "y", "f8")
            assert me.field("email") == "anna@example.org"
            assert "Not saved yet" not in me.text
            assert not me.progress.drafts
            await me.press("escape", "y")
            assert me.field("email") == "anna@example.org"

    async def test_looking_at_them_writes_nothing(self, walk: OpenScreen) -> None:
        async with walk(record(account())) as me:
            await me.press("y", "tab", "tab", "escape")
            assert me.machine.saved == []

    async def test_moving_to_a_country_without_a_right_changes_the_steps(self, walk: OpenScreen) -> None:
        async with walk(record(account())) as me:
            await me.press("y")
            await me.write("united states")
            await me.press("f2")
            assert me.progress.person.country == "US"
            assert me.state() is AccountState.NOT_AVAILABLE


async def test_once_a_country_is_taken_the_others_are_gone_until_the_field_is_in_use_again(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        assert "Afghanistan" in me.text
        await me.press("enter")
        assert "Afghanistan" not in me.text
        await me.press("shift+tab")
        assert "Afghanistan" in me.text


async def test_letters_typed_in_the_list_of_countries_are_searched(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.press("enter", "shift+tab", "tab")
        assert me.chosen == "NL"
        await me.press("g", "r", "e", "e")
        assert me.field("country") == "gree"
        await me.press("enter")
        assert me.field("country") == "Greece"


async def test_two_accounts_on_one_platform_can_be_named_and_enter_goes_past_that(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.press("enter", "space", "down")
        assert "Their names, with commas" not in me.text
        await me.press("2")
        assert "Their names, with commas. Empty: Instagram 1, Instagram 2 …" in me.text
        await me.press("enter", "up")
        await me.write("anna.nl, shop")
        assert me.field("names-instagram") == "anna.nl, shop"
        await me.press("enter")
        await me.write("anna@example.org")
        await me.press("f2")
        assert [each.name for each in me.progress.accounts] == ["Facebook", "@anna.nl", "@shop"]


@pytest.mark.parametrize("names", ["anna.nl, shop", "@anna.nl"])
async def test_names_typed_as_the_address_go_to_the_field_for_names(walk: OpenScreen, names: str) -> None:
    async with walk(is_new=True) as me:
        await me.press("enter", "space", "down", "2", "enter")
        await me.write(names)
        await me.press("enter")
        assert (me.at, me.field("names-instagram"), me.field("email")) == ("welcome", names, "")
        assert f"“{names}”: taken for the names of what you have on Instagram. Here goes your e-mail" in me.flowing
        await me.write("anna@example.org")  # at once: the focus stays where the address goes
        await me.press("enter")
        assert me.progress.person.email == "anna@example.org"
        assert me.progress.accounts[1].name == "@anna.nl"


async def test_up_and_down_go_from_field_to_field_and_what_is_typed_is_in_view(walk: OpenScreen) -> None:
    async with walk(is_new=True, size=(80, 24)) as me:
        await me.press("enter", "space", "2", "enter")
        await me.press("up", "down")
        await me.write("anna")
        assert me.field("email") == "anna"
        await me.press("up")
        await me.write("one, two")
        assert me.field("names-facebook") == "one, two"
        assert "one, two" in me.text


async def test_an_error_about_an_address_goes_with_the_next_letter(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.press("enter", "space", "enter")
        await me.write("anna@")
        await me.press("enter")
        error = me.words("trouble")
        assert error
        await me.write("example.org")
        assert me.words("trouble") == ""


async def test_a_digit_says_how_many_accounts_there_are(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.press("enter", "3", "down", "2", "down", "2", "0")
        assert "[x] Facebook 3 accounts [x] Instagram 2 accounts [ ] Threads" in me.flowing
        await me.press("up", "space", "space", "f2")
        assert [(each.id, each.name) for each in me.progress.accounts] == [
            ("facebook", "Facebook 1"),
            ("facebook-2", "Facebook 2"),
            ("facebook-3", "Facebook 3"),
            ("instagram", "Instagram"),
        ]


@pytest.mark.exhaustive
async def test_how_many_there_are_is_kept_with_a_welcome_left_half_way(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.press("enter", "down", "2", "ctrl+q")
        await me.until(lambda: me.app.return_code == 0)
        kept = me.machine.saved[-1]
    async with walk(kept, is_new=True) as me:
        assert "[x] Instagram 2 accounts" in me.flowing


class TestOtherWays:
    """What stands behind the one row below the questions."""

    @does("welcome.other")
    async def test_one_row_below_the_questions_leads_to_the_other_ways(self, walk: OpenScreen) -> None:
        async with walk(is_new=True) as me:
            await me.press("enter", "space", "enter", "down")
            assert me.chosen == "other"
            await me.press("up", "down", "enter")
            assert me.headline.title == "How do you want to begin?"
            await me.press("escape", "f4", "escape")
            assert me.at == "welcome"
            assert me.app.screen.query_one(CheckboxList).checked_ids == ["facebook"]

    async def test_without_an_account_it_begins_with_data_from_elsewhere(self, walk: OpenScreen) -> None:
        async with walk(is_new=True) as me:
            await me.write("austria")
            await me.press("f4", "down", "down", "enter")
            assert me.at == "checklist"
            assert me.progress.person.country == "AT"
            assert [each.platform for each in me.progress.accounts] == ["elsewhere"]
            assert me.guide_says("you need no account and need not log in.")

    @pytest.mark.exhaustive
    async def test_without_a_log_in_it_begins_with_what_became_of_the_account(self, walk: OpenScreen) -> None:
        async with walk(is_new=True) as me:
            await me.write("austria")
            await me.press("f4", "down", "down", "down", "enter")
            assert me.at == "account"
            await me.write("Facebook anna.example")
            await me.press("enter")
            assert me.headline.title == "What became of Facebook “anna.example”?"
            await me.press("down", "enter", "enter")
            assert me.at == "topic"
            assert "Accounts you cannot log in to" in me.flowing
            assert me.progress.person.country == "AT"
            await me.press("escape")
            assert me.at == "checklist"

    async def test_metas_download_is_asked_for(self, walk: OpenScreen) -> None:
        async with walk(is_new=True) as me:
            await me.press("enter", "f4", "down", "enter")
            await me.until(lambda: me.at == "download")

    async def test_where_nobody_said_where_they_live_that_is_asked_before_another_way(self, walk: OpenScreen) -> None:
        async with walk(is_new=True) as me:
            await me.press("f4", "down", "down", "enter")
            assert me.at == "welcome"
            assert "First the country you live in" in me.flowing
            assert not me.progress.accounts
            await me.write("austria")
            await me.press("enter")
            assert me.at == "checklist"
            assert me.progress.person.country == "AT"
            assert [each.platform for each in me.progress.accounts] == ["elsewhere"]

    async def test_a_child_is_added_from_the_row_below_the_first_step(self, walk: OpenScreen) -> None:
        async with walk(record(account("elsewhere"))) as me:
            assert "Also for a child?" in me.flowing
            await me.press("down", "enter")
            assert me.at == "account"
            assert "Write the first name of the child." in me.flowing
            await me.write("Mia")
            await me.press("enter")
            assert me.at == "checklist"
            assert [each.name for each in me.progress.accounts][1:] == ["Mia"]
            assert {each.platform for each in me.progress.accounts} == {"elsewhere"}

    async def test_who_skips_the_country_goes_their_way_without_one(self, walk: OpenScreen) -> None:
        async with walk(is_new=True) as me:
            await me.press("f4", "down", "down", "enter", "escape")
            assert me.at == "checklist"
            assert me.progress.person.country == ""
            assert [each.platform for each in me.progress.accounts] == ["elsewhere"]

    async def test_they_are_for_the_first_start(self, walk: OpenScreen) -> None:
        async with walk(record(account())) as me:
            await me.press("y")
            assert "Other ways" not in me.text
            await me.press("f4")
            assert me.at == "welcome"

    async def test_without_an_account_the_checklist_leads_there_too(self, walk: OpenScreen) -> None:
        async with walk(record()) as me:
            assert me.guide_says("You have none, cannot log in, or have Meta's download? “Other ways to begin” has")
            await me.press("down", "enter")
            assert me.headline.title == "What fits you?"
            assert "As usual" not in me.text
            await me.press("down", "down", "enter")
            assert me.at == "checklist"
            assert [each.platform for each in me.progress.accounts] == ["elsewhere"]
