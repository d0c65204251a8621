"""Submit the form: e-mail address, fields to copy, and "I pressed Send"."""

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.core.language.translation import gettext, use_catalogue
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.translations.catalogues import load_catalogue, translated_languages
from metaoptout_tui.ui.widgets.lists import ChoiceList
from samples import NOW, account, at, entry, record
from ui.driving import OpenScreen, Walker, does

OPENED = (entry("step-done", at(2), step="identify"), entry("step-done", at(1), step="open"))
READY = record(account("facebook", *OPENED, email="fb@example.org"), account("instagram", email="ig@example.org"))
FORM = "https://www.facebook.com/help/contact/6359191084165019"
SUBMIT = ("facebook", "submit")


def row(me: Walker, id: str) -> str:
    """One row as it stands."""
    return str(me.app.screen.query_one(ChoiceList).get_option(id).prompt)


class TestFields:
    async def test_every_field_of_the_form_is_a_row_with_what_to_put_there(self, walk: OpenScreen) -> None:
        async with walk(READY, at=SUBMIT) as me:
            await me.press("enter")
            assert me.headline.title == "Facebook “Anna”: submit the form"
            ids = [option.id for option in me.app.screen.query_one(ChoiceList).options]
            fields = me.session.playbook.fields_for(platform="facebook", region="eea")
            assert ids == [*(field.id for field in fields), "sent"]
            assert row(me, "field.email").startswith("1 E-mail address")
            assert row(me, "field.email").endswith("fb@example.org")
            assert row(me, "field.reason").endswith("may stay empty")
            assert row(me, "field.country").endswith("if asked: Netherlands")
            assert row(me, "field.about-ai").endswith("if asked: Yes")
            assert row(me, "sent") == "→ I pressed Send"

    @does("submit.copy", *(f"submit.copy-{number}" for number in range(1, 10)))
    async def test_each_row_has_a_key_of_its_own_that_copies_it(self, walk: OpenScreen) -> None:
        async with walk(READY, at=SUBMIT) as me:
            await me.press("enter", "c")
            await me.workers()
            assert me.machine.copied == ["fb@example.org"]
            assert me.told.startswith("E-mail address: Sent to your clipboard.")
            expected = {1: "fb@example.org", 4: "Yes", 5: "Netherlands"}
            fields = me.session.playbook.fields_for(platform="facebook", region="eea")
            for number in range(1, 10):
                me.machine.copied.clear()
                was = me.chosen
                await me.press(str(number))
                await me.workers()
                assert me.machine.copied == ([expected[number]] if number in expected else [])
                assert me.chosen == (fields[number - 1].id if number <= len(fields) else was)

    async def test_the_help_names_only_the_rows_that_there_are(self, walk: OpenScreen) -> None:
        async with walk(READY, at=SUBMIT, size=(80, 90)) as me:
            await me.press("enter")
            fields = me.session.playbook.fields_for(platform="facebook", region="eea")
            await me.press("question_mark")
            named = [row for row in range(1, 10) if f"Copy what stands in row {row}." in me.text]
            assert named == list(range(1, len(fields) + 1))

    async def test_an_empty_field_is_not_copied_and_says_so(self, walk: OpenScreen) -> None:
        async with walk(READY, at=SUBMIT) as me:
            await me.press("enter", "2")
            assert me.machine.copied == []
            assert me.told == "How this affects you is empty; there is nothing to copy."

    @does("submit.down", "submit.up")
    async def test_the_text_speaks_of_the_highlighted_row(self, walk: OpenScreen) -> None:
        async with walk(READY, at=SUBMIT) as me:
            await me.press("enter")
            assert me.guide_says("The confirmation goes there.")
            for down, up in (("j", "k"), ("down", "up")):
                await me.press(down)
                assert me.chosen == "field.reason"
                assert me.guide_says("It may stay empty.")
                await me.press(up)
                assert me.chosen == "field.email"

    @does("submit.use", "submit.reason")
    async def test_enter_does_what_the_row_says(self, walk: OpenScreen) -> None:
        async with walk(READY, at=SUBMIT) as me:
            await me.press("enter", "enter")
            assert (me.at, me.headline.title) == ("ask", "Which e-mail address goes into the form?")
            await me.press("escape", "down", "enter")
            assert me.at == "reason"
            await me.press("escape", "r")
            assert me.at == "reason"
            await me.press("escape", "down", "down", "enter")
            await me.workers()
            assert me.machine.copied == ["Yes"]
            await me.press("end", "enter")
            assert (me.at, me.headline.title) == ("ask", "When did you press Send?")

    @does("submit.show")
    async def test_v_shows_the_link_and_the_code(self, walk: OpenScreen) -> None:
        async with walk(READY, at=SUBMIT) as me:
            await me.press("enter", "v")
            assert me.at == "link"
            assert FORM in me.text

    @does("submit.browser")
    async def test_o_opens_the_form_again(self, walk: OpenScreen) -> None:
        async with walk(READY, at=SUBMIT) as me:
            await me.press("enter", "o")
            await me.workers()
            assert me.machine.opened == [FORM]


class TestAddress:
    @does("submit.email")
    async def test_the_accounts_own_address_stands_first_then_the_others(self, walk: OpenScreen) -> None:
        async with walk(READY, at=SUBMIT) as me:
            await me.press("enter", "m")
            options = [str(option.prompt) for option in me.app.screen.query_one(ChoiceList).options]
            assert options == [
                "fb@example.org  this account's own",
                "anna@example.org  the one you typed at the start",
                "ig@example.org",
                "Another address",
            ]
            await me.press("down", "enter")
            assert me.at == "submit"
            assert row(me, "field.email").endswith("anna@example.org")
            await me.press("p", "enter")
            assert me.last().text("email") == "anna@example.org"
            assert me.account().email == "fb@example.org"

    @does("ask.answer", "ask.back")
    async def test_another_address_is_typed_and_checked(self, walk: OpenScreen) -> None:
        async with walk(READY, at=SUBMIT) as me:
            await me.press("enter", "m", "end", "enter")
            await me.write("new@example")
            await me.press("enter")
            assert "such as anna@example.org" in me.flowing
            assert me.field("written") == "new@example"
            await me.write("New@Example.ORG", anew=True)
            await me.press("enter")
            assert row(me, "field.email").endswith("New@example.org")
            await me.press("m", "escape")
            assert row(me, "field.email").endswith("New@example.org")

    async def test_a_correction_is_carried_on_to_other_accounts_with_the_old_address(self, walk: OpenScreen) -> None:
        old = "anna@example.org"
        accounts = record(account("facebook", *OPENED, email=old), account("instagram", email=old))
        async with walk(accounts, at=SUBMIT) as me:
            await me.press("enter", "m", "end", "enter")
            await me.write("anna@gmial.com")
            await me.press("enter")
            assert me.headline.title == "Did you mean gmail.com?"
            await me.press("up", "enter")
            assert me.headline.title == "Do your other accounts with anna@example.org have anna@gmail.com too?"
            assert me.account("instagram").email == old
            await me.press("home", "enter")
            assert row(me, "field.email").endswith("anna@gmail.com")
            assert me.account().email == me.account("instagram").email == "anna@gmail.com"
            assert me.progress.person.email == "anna@gmail.com"

    async def test_half_an_address_is_kept_until_an_answer_is_taken(self, walk: OpenScreen) -> None:
        async with walk(READY, at=SUBMIT) as me:
            await me.press("enter", "m", "end", "enter")
            await me.write("new@exam")
            await me.press("escape", "m")
            assert me.chosen == "fb@example.org"
            await me.press("end", "enter")
            assert me.field("written") == "new@exam"
            assert "such as anna@example.org" in me.flowing
            await me.write("new@example.org", anew=True)
            await me.press("enter")
            assert row(me, "field.email").endswith("new@example.org")
            await me.press("m")
            assert me.field("written") == ""

    async def test_an_account_without_an_address_takes_the_one_it_filed_with(self, walk: OpenScreen) -> None:
        async with walk(record(account("facebook", *OPENED, email="")), at=SUBMIT) as me:
            await me.press("enter", "p", "enter")
            assert me.account().email == "anna@example.org"

    @does("submit.undo", "submit.redo")
    async def test_undo_takes_back_the_address_that_was_just_chosen(self, walk: OpenScreen) -> None:
        two = record(account("facebook", *OPENED), account("instagram", email="shop@example.org"))
        async with walk(two, at=SUBMIT) as me:
            await me.press("enter", "m")
            await me.go_to_row("shop@example.org")
            await me.press("enter")
            assert row(me, "field.email").endswith("shop@example.org")
            assert me.account().email == "shop@example.org"
            await me.press("u")
            assert "E-mail changed to shop@example.org" in me.told
            assert row(me, "field.email").endswith("anna@example.org")
            assert me.step("open") == "done"
            await me.press("U")
            assert row(me, "field.email").endswith("shop@example.org")


class TestReasonOfAnother:
    async def test_the_row_names_it_and_r_takes_it_over(self, walk: OpenScreen) -> None:
        sent = account("instagram", entry("filed", at(2), email="anna@example.org", reason="I never agreed."))
        async with walk(record(account("facebook", *OPENED), sent), at=SUBMIT) as me:
            await me.press("enter")
            assert "empty; r takes that of Instagram “Anna”" in me.flowing
            await me.press("r")
            assert me.headline.title == "Which reason?"
            assert "I never agreed." in me.text
            await me.press("enter")  # which takes nothing over by itself
            assert me.headline.title == "Which reason?"
            await me.press("down", "enter")
            assert row(me, "field.reason").endswith("I never agreed.")
            await me.press("u")
            assert "Taken back: the reason for Facebook “Anna”." in me.told
            await me.press("r", "end", "enter")
            assert me.at == "reason"


class TestFilingAgain:
    async def test_it_leads_by_the_way_to_the_form_as_the_first_time(self, walk: OpenScreen) -> None:
        sent = account("facebook", *OPENED, entry("filed", at(4)), entry("answer-missing", at(0.5)))
        async with walk(record(sent)) as me:
            assert me.headline.title.startswith("No mail came for Facebook “Anna”: file again")
            await me.press("enter")
            assert me.at == "open"
            await me.press("f")
            assert me.at == "submit"
            await me.press("p", "enter")
            assert me.last().kind == "filed"


class TestSending:
    @does("submit.sent")
    async def test_s_records_the_objection_as_of_now(self, walk: OpenScreen) -> None:
        async with walk(READY, at=SUBMIT) as me:
            await me.press("enter", "p")
            assert me.at == "ask"
            assert "With fb@example.org. Without a reason, which is fine." in me.flowing
            assert (me.field("day"), me.field("time")) == ("2026-11-23", "10:00")
            await me.press("enter")
            assert me.at == "checklist"
            filed = me.last()
            assert (filed.kind, filed.at) == ("filed", NOW)
            assert dict(filed.fields) == {"email": "fb@example.org"}
            assert me.state() is AccountState.FILED
            assert "Recorded." in me.flowing
            assert "Facebook “Anna”" in me.words("account-head")
            assert me.headline.title == "List what is linked with Instagram “Anna”"

    async def test_what_is_recorded_names_the_accounts_that_are_perhaps_covered(self, walk: OpenScreen) -> None:
        linked = record(
            account("facebook", *OPENED, hub="Accounts Centre"), account("instagram", hub="Accounts Centre")
        )
        async with walk(linked, at=SUBMIT) as me:
            await me.press("enter", "p", "enter")
            assert me.told.startswith("Recorded. 1 more account is perhaps covered; to be sure, object for it too.")
            assert "there is nothing to do" not in me.told

    async def test_the_end_of_it_is_undone_in_one_go(self, walk: OpenScreen) -> None:
        async with walk(READY, at=SUBMIT) as me:
            await me.press("enter", "p", "enter", "u")
            assert me.progress == READY
            assert me.told == (
                "Taken back: “Objection sent, with fb@example.org” of 23 Nov, in Facebook “Anna”. "
                "Only your record changed: at Meta nothing changes, and what you sent stays sent. Shift+U brings it back."
            )
            await me.press("U")
            assert me.told == "Made again: “Objection sent, with fb@example.org” of 23 Nov, in Facebook “Anna”."
            assert me.last().kind == "filed"

    @parametrize_some(
        1,
        ("day", "time", "then"),
        [
            ("yesterday", "9:05", at(1, minutes=55)),
            ("20/11", "", at(3, hours=-2)),
            ("20 Nov", "14.30", at(3, hours=-4.5)),
        ],
    )
    async def test_it_may_have_been_earlier(self, walk: OpenScreen, day: str, time: str, then: object) -> None:
        async with walk(READY, at=SUBMIT) as me:
            await me.press("enter", "p")
            await me.write(day, anew=True)
            await me.press("tab")
            await me.write(time, anew=True)
            await me.press("enter")
            assert me.last().at == then

    @parametrize_some(
        1,
        ("day", "time", "words"),
        [
            ("2026-11-24", "", "24 Nov 2026 is in the future. Write when it happened."),
            ("2026-11-23", "10:03", "23 Nov 2026, 10:03 is in the future. Write when it happened."),
            ("32/11", "", "“32/11” is not a date. Write it like 2026-11-23 or 23 Nov."),
            ("today", "25:00", "“25:00” is not a time of day. Write it like 14:09."),
        ],
    )
    async def test_a_time_that_cannot_be_is_answered_and_nothing_is_recorded(
        self, walk: OpenScreen, day: str, time: str, words: str
    ) -> None:
        async with walk(READY, at=SUBMIT) as me:
            await me.press("enter", "p")
            await me.write(day, anew=True)
            await me.press("tab")
            await me.write(time, anew=True)
            await me.press("enter")
            assert me.at == "ask"
            assert words in me.flowing
            assert me.progress.accounts == READY.accounts

    @pytest.mark.exhaustive
    @does("submit.back")
    async def test_leaving_half_way_keeps_what_was_chosen_and_written(self, walk: OpenScreen) -> None:
        async with walk(READY, at=SUBMIT) as me:
            await me.press("enter", "m", "down", "enter", "r", "tab")
            await me.write("I object to the use of my data for AI.")
            await me.press("escape", "escape")
            assert me.at == "checklist"
            assert me.events() == ["step-done", "step-done"]
            kept = me.machine.saved[-1]
        async with walk(kept, at=SUBMIT) as me:
            for key in ("escape", "b"):
                await me.press("enter")
                assert row(me, "field.email").endswith("anna@example.org")
                assert "I object to the use of my data" in row(me, "field.reason")
                await me.press(key)
                assert me.at == "checklist"
            await me.press("enter", "p")
            assert "With anna@example.org. With a reason." in me.flowing
            await me.press("enter")
            assert me.last().text("reason") == "I object to the use of my data for AI."
            assert not me.progress.drafts
            await me.press("u", "enter")
            assert "I object to the use of my data" in row(me, "field.reason")

    async def test_escape_from_the_date_records_nothing(self, walk: OpenScreen) -> None:
        async with walk(READY, at=SUBMIT) as me:
            await me.press("enter", "p", "escape")
            assert me.at == "submit"
            assert me.progress == READY

    async def test_a_day_without_a_year_says_how_it_is_read(self, walk: OpenScreen) -> None:
        async with walk(READY, at=SUBMIT) as me:
            await me.press("enter", "p")
            assert me.words("read") == "That is Mon 23 Nov 2026, 10:00 (just now)."
            await me.write("24 Nov", anew=True)
            assert me.words("read") == "That is Mon 24 Nov 2025 (12 months ago)."
            await me.write("24 N", anew=True)
            assert me.words("read") == ""

    @pytest.mark.exhaustive
    @does("ask.discard")
    async def test_a_half_typed_date_comes_back_and_what_was_not_typed_is_offered_anew(self, walk: OpenScreen) -> None:
        async with walk(READY, at=SUBMIT) as me:
            await me.press("enter", "p")
            await me.write("20 N", anew=True)
            await me.press("escape", "p", "escape")
            me.machine.clock.pass_by(days=1, hours=2)
            await me.press("p")
            assert (me.field("day"), me.field("time")) == ("20 N", "")
            assert "Not saved yet: what you typed on 23 Nov, 10:00 stands in the fields. F8 discards it." in me.flowing
            await me.press("f8")
            assert (me.field("day"), me.field("time")) == ("2026-11-24", "12:00")
            await me.write("20 Nov", anew=True)
            await me.press("enter")
            assert me.last().kind == "filed"
            assert me.progress.drafts == {}
            await me.press("u")
            assert me.progress == READY


class TestWhoseAddress:
    async def test_the_address_of_the_welcome_is_asked_about_for_each_account(self, walk: OpenScreen) -> None:
        progress = record(account("facebook", *OPENED, email="anna@example.org"))
        async with walk(progress, at=SUBMIT) as me:
            await me.press("enter")
            assert me.guide_says("anna@example.org: Is that the address of your Facebook “Anna”?")
            await me.press("p")
            assert "With anna@example.org. If your Facebook “Anna” has another address" in me.flowing
            await me.press("escape", "m", "enter", "p")
            assert "Is that the address" not in me.flowing
            assert "has another address" not in me.flowing

    async def test_an_address_of_its_own_is_not_asked_about(self, walk: OpenScreen) -> None:
        async with walk(READY, at=SUBMIT) as me:
            await me.press("enter", "p")
            assert "With fb@example.org." in me.flowing
            assert "Is that the address" not in me.flowing
            assert "has another address" not in me.flowing


async def test_a_day_that_is_typed_takes_the_place_of_the_offered_one(walk: OpenScreen) -> None:
    async with walk(record(account()), at=("facebook", "submit")) as me:
        await me.press("enter", "p")
        await me.write("20 nov")
        assert me.field("day") == "20 nov"
        await me.press("tab")
        await me.write("7:30")
        assert me.field("time") == "7:30"


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_a_row_that_is_only_sometimes_asked_says_what_to_choose_or_type_there(
    walk: OpenScreen, size: tuple[int, int]
) -> None:
    fresh = record(account("facebook", entry("step-done", at(1), step="identify"), hub=""))
    async with walk(fresh, at=("facebook", "submit"), size=size) as me:
        await me.press("enter")
        rows = " ".join(
            " ".join(str(row.prompt).split()) for row in me.app.screen.query_one("#fields", ChoiceList).options
        )
        for words in ("If asked, choose your own information", "If asked, type the code from the mail"):
            assert words in rows
        assert "only if it asks" not in rows
        assert "…" not in rows
        assert "2024" not in rows


async def test_up_on_the_first_field_stays_there_and_does_not_go_round_to_what_records(walk: OpenScreen) -> None:
    async with walk(READY, at=SUBMIT) as me:
        await me.press("enter", "home", "up")
        assert me.chosen != "sent"


@parametrize_some(("de", "fr"), "language", ["en", *translated_languages()])
async def test_the_row_that_goes_on_is_in_view_in_every_language(walk: OpenScreen, language: str) -> None:
    catalogue = load_catalogue(language)
    assert catalogue is not None
    use_catalogue(catalogue)
    listed = [entry("step-done", at(2), step=step) for step in ("identify", "open")]
    async with walk(record(account("facebook", *listed)), at=("facebook", "submit"), size=(80, 24)) as me:
        await me.press("enter")
        assert me.at == "submit"
        assert f"→ {gettext('I pressed Send')}" in me.text
