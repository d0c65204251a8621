"""From the first start to the recorded objection, its refusal and the complaint, all in typed lines."""

from datetime import date
from itertools import pairwise

from metaoptout_tui.core.record.accounts import evidence_file_of
from plain_talk import Speak
from samples import account, at, entry, record

FIRST_START = ("nether", "1", "facebook", "anna@example.org")
TO_THE_OBJECTION = ("", "1", "sent", "")


def test_a_person_comes_from_the_first_start_to_the_recorded_objection(speak: Speak) -> None:
    talk = speak(*FIRST_START, "do-next", *TO_THE_OBJECTION)
    assert talk.events() == ["account-added", "step-done", "step-done", "filed"]
    assert talk.last().text("email") == "anna@example.org"
    assert "Look for Meta's mail to anna@example.org" in talk.text
    assert talk.exit_status == 0


def test_two_accounts_are_linked_with_one_question_before_the_form(speak: Speak) -> None:
    talk = speak("", "facebook instagram", "anna@example.org", "", "all", "2019", *TO_THE_OBJECTION[1:])
    assert "Which of these appear together in the Accounts Centre?" in talk.text
    assert {each.linked_group for each in talk.progress.accounts} == {"Accounts Centre"}
    assert talk.events()[-1] == "filed"
    [since] = {event.at for each in talk.progress.accounts for event in each.events if event.kind == "hub-changed"}
    assert since.date() == date(2019, 1, 1)


def test_two_accounts_on_one_platform_are_its_number_typed_twice(speak: Speak) -> None:
    talk = speak("", "2 1 2", "", "", "quit")
    assert [each.name for each in talk.progress.accounts] == ["Facebook", "Instagram 1", "Instagram 2"]


def test_several_accounts_on_one_platform_are_asked_for_their_names(speak: Speak) -> None:
    talk = speak("", "2 1 2", "anna.nl, shop", "", "quit")
    assert "What are your accounts on Instagram called?" in talk.text
    assert [each.name for each in talk.progress.accounts] == ["Facebook", "@anna.nl", "@shop"]


def test_a_first_start_that_was_broken_off_goes_on_with_what_was_answered(speak: Speak) -> None:
    speak("france", "facebook")
    talk = speak("", "", "anna@example.org", "quit")
    assert talk.progress.person.country == "FR"
    assert [each.platform for each in talk.progress.accounts] == ["facebook"]


def test_what_was_answered_before_one_goes_back_out_of_the_welcome_is_recorded(speak: Speak) -> None:
    talk = speak("france", "back", "back", "quit")
    assert "What you answered is recorded." in talk.heard
    assert talk.progress.person.country == "FR"


def test_a_country_that_was_only_offered_is_not_recorded_and_can_be_said_from_the_list(speak: Speak) -> None:
    talk = speak("back", "quit")
    assert talk.progress.person.country == ""
    talk = speak("list", "country", "austria", "quit")
    assert "Say in which country you live" in talk.text
    assert talk.progress.person.country == "AT"
    assert "Say in which country you live" not in talk.text.rpartition("Saved.")[2]


def test_a_refusal_is_recorded_and_answered_with_a_complaint(speak: Speak) -> None:
    waiting = record(account("facebook", entry("step-done", at(9), step="identify"), entry("filed", at(9))))
    talk = speak(
        "account:facebook", "step:confirm", "refused", "refused.other", "", "", "", "list",
        "next", "complaint", "Anna Example", "", "facebook.com/anna", "fill", "Street 1, 1234 AB Town", "Town", "It is mine.", "",
        "read", "save", "sent", "online", "",
        progress=waiting,
    )  # fmt: skip
    assert talk.events()[-3:] == ["refused", "complained", "evidence"]
    assert "In English that is [your postal address]." in talk.text
    assert "Anna Example" in talk.text
    assert talk.session is not None
    kept = talk.session.attachments.find_file(evidence_file_of(talk.last()))
    assert kept is not None
    assert "Anna Example" in kept.read_text(encoding="utf-8")


TWO = record(account("facebook"), account("instagram"))


def test_the_list_of_accounts_asks_two_plain_things_and_speaks_of_no_ticks(speak: Speak) -> None:
    talk = speak("next", "", "none", "quit", progress=TWO)
    asked = [line for line in talk.heard if line.endswith("?")]
    assert asked[1:3] == ["Are these all your accounts?", "Which of these appear together in the Accounts Centre?"]
    assert "tick" not in talk.text.casefold()
    assert not any("how one" in line for line in talk.heard)


def test_how_one_account_is_linked_is_said_under_everything_else(speak: Speak) -> None:
    talk = speak("everything-else", "identify.link", "facebook", "new", "private", "quit", progress=TWO)
    assert talk.account().linked_group == "private"
    assert "It is linked in “private”." in talk.text
    alone = speak("everything-else", "quit", progress=record(account("facebook")))
    assert "how one account is linked" not in alone.text


def test_who_cannot_get_to_the_form_hears_what_may_go_wrong_and_is_asked_again(speak: Speak) -> None:
    talk = speak("account:facebook", "step:open", "could not", "I could not", "not-there", "1", "quit", progress=TWO)
    assert "If it goes wrong:" in talk.heard
    assert talk.heard.count("How did you get to the form?") == 2 + 1


def test_everything_else_comes_last_on_the_list_and_on_the_page_of_an_account(speak: Speak) -> None:
    talk = speak("account:facebook", "quit", progress=TWO)
    told = [line for line in talk.heard if line[:1].isdecimal() or line.startswith("Type a number from")]
    last = [before for before, line in pairwise(told) if line.startswith("Type a number from")]
    assert [words.split(". ")[1] for words in last] == ["Everything else", "Everything else for this account"]


def test_an_objection_by_letter_for_a_child_asks_how_one_writes_for_it(speak: Speak) -> None:
    child = record(account("elsewhere-Lena Roth", hub=""), country="AT")
    to_letter = ("account:elsewhere-Lena Roth", "everything-else", "checklist.letters", "objection")
    talk = speak(*to_letter, "representative", "Anna Roth", "", "read", "quit", progress=child)
    assert "For whom do you object?" in talk.text
    assert "As the legal representative of Lena Roth I object" in " ".join(talk.text.split())
    talk = speak(*to_letter, "back", "Anna Roth", "", "read", "quit", progress=child)
    assert "On behalf of Lena Roth I object" in " ".join(talk.text.split())
    assert "representative of" not in talk.text
