"""What is said comes where it helps: what to tap step by step, real addresses before a link, advice after recording."""

import re
import shutil
from dataclasses import replace

import pytest

from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.core.language.translation import in_catalogue
from metaoptout_tui.translations.catalogues import load_catalogue
from plain_talk import Speak, Talk
from samples import account, asked_for_name, at, entry, record

NEW = record(account("facebook", entry("step-done", at(3), step="identify")), account("instagram"))
THREE = record(
    *(
        account(each, entry("step-done", at(3), step="identify"), hub="home")
        for each in ("facebook", "instagram", "threads")
    )
)
ALONE = record(account("facebook", entry("step-done", at(3), step="identify")))
WAITING = asked_for_name(record(account("facebook", entry("filed", at(9)))))


def steps_told(talk: Talk) -> list[str]:
    return [line for line in talk.heard if re.match(r"\d+\. (?:Tap|Tippen)", line)]


def test_a_way_through_menus_is_told_with_each_step_on_a_line_of_its_own(speak: Speak) -> None:
    told = steps_told(speak("account:facebook", "step:open", "quit", progress=NEW))
    assert told[:3] == ["1. Tap profile picture or menu.", "2. Tap Settings & privacy.", "3. Tap Privacy Centre."]
    assert not any(sign in line for line in told for sign in "→>“”()")


def test_what_is_not_known_in_the_language_of_the_menus_is_said_at_its_step(speak: Speak) -> None:
    german = load_catalogue("de")
    assert german is not None
    with in_catalogue(german):
        talk = speak(
            "account:facebook",
            "step:identify",
            "quit",
            progress=replace(NEW, person=replace(NEW.person, language="de")),
        )
    assert "3. Tippen Sie auf: Kontenübersicht." in talk.heard
    assert "2. Tippen Sie auf: Settings (Englisch)." in talk.heard


@pytest.mark.parametrize(
    ("way", "link"),
    [
        (("account:facebook", "step:open"), "https://www.facebook.com/help/contact/"),
        (
            ("everything-else", "checklist.ways", "no-login", "forgotten", "", ""),
            "https://www.facebook.com/login/identify",
        ),
        (
            ("account:facebook", "everything-else", "checklist.letters", "reminder"),
            "https://www.facebook.com/help/contact/",
        ),
    ],
    ids=["the form", "a lost log-in", "a letter to Meta"],
)
def test_which_addresses_are_really_metas_is_said_before_a_link(speak: Speak, way: tuple[str, ...], link: str) -> None:
    talk = speak(*way, "quit", progress=WAITING if "checklist.letters" in way else ALONE)
    first_link = next(number for number, line in enumerate(talk.heard) if line.startswith(link))
    assert "Before you log in, read the end of the host name" in " ".join(talk.heard[:first_link])
    assert "Type your password at no other address." in talk.heard[:first_link]


def test_that_linked_accounts_are_only_perhaps_covered_is_said_after_recording(speak: Speak) -> None:
    talk = speak("account:facebook", "step:submit", "sent", "", "quit", progress=THREE)
    recorded = talk.heard.index("Recorded.")
    assert talk.heard[recorded + 1] == "2 more accounts are perhaps covered; to be sure, object for them too."
    alone = speak("account:facebook", "step:submit", "sent", "", "quit", progress=ALONE)
    assert "perhaps covered" not in alone.text


def test_who_sends_the_form_again_is_not_told_that_there_is_nothing_to_do(speak: Speak) -> None:
    refused = ("account:facebook", "step:confirm", "refused", "1", "", "", "", "list")
    talk = speak(*refused, "next", "menus", "quit", progress=WAITING)
    assert "Next: Meta says not available for Facebook “Anna”: log in, file again." in talk.text
    assert "Fill in the form and press Send there. What now?" in talk.text
    assert "there is nothing to do here" not in talk.text


# Yes and no


@pytest.mark.parametrize("typed", ["y", "Yes", "1"])
def test_yes_is_an_answer_to_a_numbered_question_with_yes_or_no(speak: Speak, typed: str) -> None:
    talk = speak("account:facebook", "step:identify", typed, "quit", progress=NEW)
    assert "Type a number from 1 to 2, or y for yes, or n for no." in talk.heard
    assert "Which of these appear together in the Accounts Centre?" in talk.heard


def test_no_sends_nothing_again_and_yes_does(speak: Speak) -> None:
    again = ("account:facebook", "step:submit")
    assert "I pressed Send" not in speak(*again, "n", "quit", progress=WAITING).text
    assert "I pressed Send" in speak(*again, "y", "quit", progress=WAITING).text


@pytest.mark.parametrize(("language", "yes", "no"), [("de", "j", "nein"), ("fr", "oui", "n"), ("es", "sí", "no")])
def test_yes_and_no_are_typed_in_the_language_that_is_spoken(speak: Speak, language: str, yes: str, no: str) -> None:
    catalogue = load_catalogue(language)
    assert catalogue is not None
    with in_catalogue(catalogue):
        sent = speak("account:facebook", "step:submit", yes, "sent", "", "quit", progress=WAITING)
        left = speak("account:facebook", "step:submit", no, "quit", progress=WAITING)
    assert sent.events() == ["filed", "step-done", "filed"] or sent.events().count("filed") == 2
    assert left.events() == ["filed"]


def test_a_question_with_other_answers_takes_no_yes(speak: Speak) -> None:
    talk = speak("account:facebook", "step:open", "y", "quit", progress=NEW)
    assert "“y” is none of the answers." in talk.heard


# Where the word back leads

WALKS = {
    "a first start": (
        "germany",
        "1 2",
        "anna@example.org",
        "",
        "all",
        "2019",
        "menus",
        "reason",
        "compose",
        "1",
        "stop",
        "sent",
        "",
    ),
    "a refusal": ("account:facebook", "step:confirm", "refused", "refused.other", "", "", ""),
    "a letter": (
        "account:facebook",
        "everything-else",
        "checklist.letters",
        "reminder",
        "rewrite",
        "Subject",
        ".",
        "sent",
        "online",
        "",
    ),
    "a letter that was read": ("account:facebook", "everything-else", "checklist.letters", "reminder", "read"),
    "a complaint": ("account:facebook", "everything-else", "checklist.authority", "complained", "online", ""),
    "files": ("account:facebook", "everything-else", "checklist.export", "", "", "", ""),
    "a diary": ("account:facebook", "everything-else", "checklist.diary", "1", "date"),
    "what is kept": ("everything-else", "everywhere.kept", "kept.backup"),
    "an account": ("add", "instagram", "anna.nl", "", "new", "private"),
    "scans": ("account:whatsapp", "step:review", "scan"),
}


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_back_leads_where_help_says_that_it_leads(speak: Speak, paths: AppPaths, walk: tuple[str, ...]) -> None:
    start = asked_for_name(record(account("facebook", entry("filed", at(40))), account("whatsapp")))
    is_first_start = walk is WALKS["a first start"]
    for count in range(len(walk) + 1):
        shutil.rmtree(paths.progress.parent, ignore_errors=True)
        talk = speak(*walk[:count], "help", "back", progress=None if is_first_start else start)
        heard = " ".join(" ".join(talk.heard).split())
        before, told, after = heard.rpartition("The word back leads back to this: ")
        place, _help_ends, after = after.partition(" Type help more for everything that you can type")
        if not told:
            assert "Nothing was asked before this question" in heard
        elif place.startswith("“"):
            assert place.strip("“”.") in after, (walk[:count], place, after)
        elif place == "the question whether you sent it.":
            assert "Did you send the letter?" in after
        elif place.startswith("the page of"):
            assert "What do you want to do with it?" in after, (walk[:count], place, after)
        elif place == "the question before.":
            [asked, *_rest] = re.findall(r"[^.?]+\?|Type the case number[^.]+", after.partition("Your answer:")[2])
            assert asked.strip() in before, (walk[:count], place, after)
        elif place == "the question what you would like to do.":
            assert "Objections by account" not in after, "the list of accounts is there already"
        elif place == "the list of your accounts.":
            assert "Did you send" not in after
            assert "Objections by account" in after, (walk[:count], place, after)
        else:
            assert after.count("Your answer:") > 1, (walk[:count], place, after)
