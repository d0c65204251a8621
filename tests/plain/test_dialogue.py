"""At every question: what is understood, what is asked again, and which words lead elsewhere."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from metaoptout_tui.core.language.translation import in_catalogue
from metaoptout_tui.core.language.typed_answers import understand_yes_or_no, word_for_no, word_for_yes
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.text import display_width
from metaoptout_tui.plain.conversation import Left, SourcedStatement, WentBack, WentToList, WentToNext
from metaoptout_tui.plain.dialogue import Dialogue
from metaoptout_tui.plain.line_terminal import LineTerminal, in_words_alone, wrap_statement
from metaoptout_tui.plain.typed_moments import parse_day_and_time
from metaoptout_tui.plain.typed_words import COMMAND_WORDS
from metaoptout_tui.translations.catalogues import load_catalogue, translated_languages
from plain_talk import Speak
from samples import NOW, account, at, entry, record

WAITING = record(account("facebook", entry("filed", at(9))))


def dialogue(*typed: str) -> tuple[Dialogue, list[str]]:
    waiting, heard = list(typed), list[str]()
    terminal = LineTerminal(lambda: waiting.pop(0) if waiting else None, heard.append, heard.append, lambda: 80)
    return Dialogue(terminal), heard


OPTIONS = (("red", "Red wine"), ("white", "White wine"), ("water", "Water"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("1", "red"), (" 2. ", "white"), ("water", "water"), ("Wat", "water"), ("RED WINE", "red"), ("", "white")],
)
def test_an_answer_is_a_number_an_id_or_the_beginning_of_its_words(typed: str, meant: str) -> None:
    assert dialogue(typed)[0].choose("Which?", OPTIONS, default="white") == meant


@pytest.mark.parametrize("unclear", ["0", "4", "w", "beer", "1 2", "²", "１"])
def test_an_unclear_answer_is_asked_again_with_what_is_possible(unclear: str) -> None:
    asked, heard = dialogue(unclear, "1")
    if unclear == "１":  # a digit of another script is a digit
        assert asked.choose("Which?", OPTIONS) == "red"
        return
    assert asked.choose("Which?", OPTIONS) == "red"
    assert any("Type a number from 1 to 3" in line for line in heard)


KINDS_OF_QUESTIONS: dict[str, Callable[[Dialogue], object]] = {
    "one of several": lambda ask: ask.choose("Which?", OPTIONS),
    "any of several": lambda ask: ask.choose_several("Which?", OPTIONS),
    "yes or no": lambda ask: ask.ask_yes_or_no("Is it?"),
    "a line": lambda ask: ask.ask_line("What?"),
    "a text": lambda ask: ask.ask_text("What?"),
    "a moment": lambda ask: ask.ask_moment("When?", lambda: NOW),
    "a day": lambda ask: ask.ask_day_or_month("When?", lambda: NOW),
}


@pytest.mark.parametrize("ask", KINDS_OF_QUESTIONS.values(), ids=KINDS_OF_QUESTIONS)
def test_what_is_told_at_the_start_is_answered_at_every_kind_of_question(ask: Callable[[Dialogue], object]) -> None:
    for word, leads in (("back", WentBack), ("undo", WentToList), ("quit", Left)):
        asked, heard = dialogue("help more", word)
        asked.undo = lambda: True
        with pytest.raises(leads):
            ask(asked)
        assert "At every question you can also type one of these words:" in heard
    asked, heard = dialogue("help", "undo")
    with pytest.raises(Left):
        ask(asked)  # nothing was there to be taken back, so the question goes on to the end of the input


def test_help_is_answered_within_a_text_too_and_stays_out_of_it() -> None:
    asked, heard = dialogue("First line.", "help more", "=help", ".")
    assert asked.ask_text("What?") == "First line.\nhelp"
    assert "At every question you can also type one of these words:" in heard


def test_help_says_how_the_question_is_answered() -> None:
    asked, heard = dialogue("help", "1")
    asked.choose("Which?", OPTIONS)
    assert heard.count("Type a number from 1 to 3.") == 2


def test_an_empty_answer_is_no_answer_where_nothing_is_offered() -> None:
    asked, heard = dialogue("", "2")
    assert asked.choose("Which?", OPTIONS) == "white"
    assert "Nothing was typed." in heard


def test_several_answers_are_numbers_with_blanks_or_commas_between() -> None:
    assert dialogue("1, 3")[0].choose_several("Which?", OPTIONS) == ["red", "water"]
    assert dialogue("2 2")[0].choose_several("Which?", OPTIONS) == ["white", "white"]
    assert dialogue("all")[0].choose_several("Which?", OPTIONS) == ["red", "white", "water"]
    assert dialogue("none")[0].choose_several("Which?", OPTIONS, chosen=["red"]) == []
    assert dialogue("")[0].choose_several("Which?", OPTIONS, chosen=["red"]) == ["red"]
    assert dialogue("1 9", "3")[0].choose_several("Which?", OPTIONS) == ["water"]


def test_the_prompt_comes_last() -> None:
    asked, heard = dialogue("1")
    asked.choose("Which?", OPTIONS)
    assert heard[-1] == "Your answer: "


def test_help_says_every_word_that_works_everywhere() -> None:
    asked, heard = dialogue("help more", "1")
    asked.choose("Which?", OPTIONS, help=("Red goes with cheese.",))
    told = " ".join(heard)
    assert told.count("Red goes with cheese.") == 2
    for word in COMMAND_WORDS:
        assert f"{word} " in told


def test_help_is_three_sentences_at_a_numbered_question_and_leads_to_the_rest() -> None:
    asked, heard = dialogue("help", "1")
    with asked.back_to("the list of your accounts"):
        asked.choose("Which?", OPTIONS, help=("Red goes with cheese.",))
    told = " ".join(heard[heard.index("Your answer: ") + 1 : -1]).strip()
    assert told == (
        "Type a number from 1 to 3. The word back leads back to this: the list of your accounts. "
        "Type help more for everything that you can type, or again to hear the question once more."
    )


@pytest.mark.parametrize("ask", KINDS_OF_QUESTIONS.values(), ids=KINDS_OF_QUESTIONS)
def test_help_is_three_sentences_at_every_kind_of_question(ask: Callable[[Dialogue], object]) -> None:
    asked, heard = dialogue("help")
    with pytest.raises(Left), asked.back_to("the list of your accounts"):
        ask(asked)
    prompts = [number for number, line in enumerate(heard) if line.startswith("Your answer")]
    told = " ".join(heard[prompts[0] + 1 : prompts[1]]).strip()
    assert len(re.findall(r"[.?](?= |$)", told)) == 3, told
    assert "The word back leads back to this: the list of your accounts." in told


def test_help_says_why_it_is_asked_and_help_more_how_it_is_answered_too() -> None:
    asked, heard = dialogue("help", "help more", "1")
    asked.choose("Which?", OPTIONS, why="The meal depends on it.")
    assert heard.count("The meal depends on it.") == 2
    assert heard.count("Type a number from 1 to 3.") == 2, "at the question and with all else"


def test_help_says_where_back_leads_and_there_it_leads() -> None:
    asked, heard = dialogue("2", "help", "back", "1", "help", "quit")

    def which() -> None:
        asked.choose("Which?", OPTIONS)

    def colour() -> None:
        asked.choose("Which colour?", OPTIONS)

    with pytest.raises(Left):
        asked.ask_in_turn(which, colour)
    told = " ".join(heard)
    assert told.count("The word back leads back to this: the question before.") == 2
    assert heard.count("Which?") == 2
    asked, heard = dialogue("1", "help", "quit")
    which()
    with pytest.raises(Left), asked.back_to():
        asked.ask_line("What?")
    assert "The word back leads back to this: “Which?”" in heard


def test_back_passes_over_a_question_that_asks_nothing() -> None:
    asked, _heard = dialogue("1", "back", "2", "3")
    answers: list[str] = []
    asked.ask_in_turn(
        lambda: answers.append(asked.choose("Which?", OPTIONS)),
        lambda: None,
        lambda: answers.append(asked.choose("Which colour?", OPTIONS)),
    )
    assert answers == ["red", "white", "water"]


def test_again_asks_the_question_once_more() -> None:
    asked, heard = dialogue("again", "1")
    asked.choose("Which?", OPTIONS)
    assert heard.count("2. White wine") == 2


@pytest.mark.parametrize(
    ("word", "leads"),
    [("back", WentBack), ("B", WentBack), ("list", WentToList), ("next", WentToNext), ("quit", Left), ("q", Left)],
)
@pytest.mark.parametrize(
    "ask",
    [
        lambda each: each.choose("Which?", OPTIONS),
        lambda each: each.choose_several("Which?", OPTIONS),
        lambda each: each.ask_yes_or_no("Really?"),
        lambda each: each.ask_line("What?"),
        lambda each: each.ask_text("What?"),
        lambda each: each.ask_moment("When?", lambda: NOW),
        lambda each: each.ask_day_or_month("When?", lambda: NOW),
        lambda each: each.ask_path("Where?"),
    ],
)
def test_the_words_work_at_every_kind_of_question(
    word: str, leads: type[Exception], ask: Callable[[Dialogue], object]
) -> None:
    with pytest.raises(leads):
        ask(dialogue(word)[0])


def test_a_word_with_an_equals_sign_is_an_answer() -> None:
    assert dialogue("=back")[0].ask_line("What is its name?") == "back"
    assert dialogue("one", "=next", ".")[0].ask_text("What?") == "one\nnext"


def test_the_end_of_the_input_leaves() -> None:
    with pytest.raises(Left):
        dialogue()[0].choose("Which?", OPTIONS, default="red")


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("yesterday", "2026-11-22T12:00:00+01:00"),
        ("20 Nov 14:09", "2026-11-20T14:09:00+01:00"),
        ("2026-11-20, 9:05", "2026-11-20T09:05:00+01:00"),
        ("09:30", "2026-11-23T09:30:00+01:00"),
        ("today 8h", "2026-11-23T08:00:00+01:00"),
        ("20/11", "2026-11-20T12:00:00+01:00"),
    ],
)
def test_a_day_and_a_time_are_typed_in_one_line(typed: str, understood: str) -> None:
    assert parse_day_and_time(typed, NOW).isoformat() == understood


def test_a_moment_is_read_back_before_it_counts() -> None:
    asked, heard = dialogue("20 Nov 14:09", "n", "21 Nov", "")
    moment = asked.ask_moment("When?", lambda: NOW)
    assert moment is not None
    assert moment.day == 21
    assert any("20 Nov 2026, 14:09" in line for line in heard)


def test_a_moment_that_has_not_come_and_one_that_is_none_are_asked_again() -> None:
    asked, heard = dialogue("24 Nov 2026", "soon", "")
    assert asked.ask_moment("When?", lambda: NOW) is None
    assert any("is in the future" in line for line in heard)
    assert any("is not a date" in line for line in heard)


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_no_line_is_wider_than_the_terminal_or_80_columns_but_for_what_is_copied(speak: Speak, columns: int) -> None:
    talk = speak(
        "help", "account:facebook", "step:submit", "leave", "step:confirm", "more", "sources", "back", "everything-else",
        "checklist.periods", "list", "everything-else", "everywhere.reach", "reach", "y", "quit",
        progress=WAITING, columns=columns,
    )  # fmt: skip
    for line in talk.heard:
        is_one_word = " " not in line.strip()
        assert display_width(line) <= min(columns, 80) or is_one_word or line.startswith("Your answer"), line


def test_nothing_that_is_said_rests_on_a_sign_a_box_or_an_escape_sequence(speak: Speak) -> None:
    talk = speak(
        "account:facebook", "step:confirm", "more", "sources", "back", "step:identify", "more", "back", "everything-else",
        "checklist.diary", "back", "everything-else", "checklist.authority", "back", "everything-else",
        "checklist.letters", "reminder", "", "", "read", "list", "everything-else", "checklist.overview", "everything-else",
        "overview.timeline", "everything-else", "everywhere.kept", "everything-else", "checklist.guidance", "quit",
        progress=WAITING,
    )  # fmt: skip
    for line in talk.heard:
        assert not set(line) & set("\x1b\t→✓●○≈│─┌┐└┘▸█░•·"), line


def test_signs_are_said_in_words() -> None:
    assert in_words_alone("Menu → Settings · likely") == "Menu, then Settings; likely"


def test_a_day_is_not_torn_from_its_month_and_an_address_stays_whole() -> None:
    address = "https://www.facebook.com/help/contact/6359191084165019"
    assert wrap_statement(f"Look at {address} until 20 Nov, 14:02.", 20) == ["Look at", address, "until 20 Nov, 14:02."]
    assert wrap_statement("Write it down until 20 Nov.", 22) == ["Write it down until", "20 Nov."]


def test_typed_ahead_lines_are_answers_to_the_questions_that_come(speak: Speak) -> None:
    talk = speak("next", "answer-missing", "", "", "", "quit", progress=WAITING)
    assert talk.last().kind == "answer-missing"


def test_undo_takes_the_last_change_back_and_redo_makes_it_again(speak: Speak) -> None:
    talk = speak("next", "answer-missing", "", "", "undo", "quit", progress=WAITING)
    assert talk.events() == ["filed"]
    assert "in Facebook “Anna”. “redo” brings it back." in talk.text
    again = speak("next", "answer-missing", "", "", "undo", "redo", "quit", progress=WAITING)
    assert again.events() == ["filed", "answer-missing"]
    nothing = speak("undo", "add", "quit")
    assert "There is nothing to take back" in nothing.text
    assert "What is it?" in nothing.heard


def test_undo_within_a_question_takes_nothing_older_back_without_a_yes(speak: Speak) -> None:
    add = ("add", "facebook", "Carla", "", "unknown")
    talk = speak(*add, "add", "instagram", "undo", "", "quit", progress=WAITING)
    assert "Nothing is recorded here yet; “back” changes the last answer." in talk.text
    assert "Nothing was taken back." in talk.heard
    assert len(talk.progress.accounts) == 2
    talk = speak(*add, "add", "instagram", "undo", "y", "quit", progress=WAITING)
    assert len(talk.progress.accounts) == 1


def test_undo_within_the_questions_on_the_reason_leaves_the_step_before_as_it_is(speak: Speak) -> None:
    ready = record(account("facebook", entry("step-done", at(9), step="identify")))
    open_form = ("next", "1")
    for answers in (
        ("reason", "compose"),
        ("reason", "compose", "1", "2"),
        ("reason",),
        ("reason", "compose", "1", "stop"),
    ):
        talk = speak(*open_form, *answers, "undo", "", "quit", progress=ready)
        assert "Nothing is recorded here yet; “back” changes the last answer." in talk.heard
        assert "Nothing was taken back." in talk.heard
        assert talk.events()[-1] == "step-done"
        assert talk.last().text("step") == "open"


def test_undo_at_the_first_question_after_a_record_takes_it_back_also_where_that_was_asked_about(speak: Speak) -> None:
    ready = record(account("facebook", entry("step-done", at(9), step="identify")))
    for aside in ((), ("help",), ("sources", "1", "back"), ("again",)):
        talk = speak("next", "1", *aside, "undo", "quit", progress=ready)
        assert "Nothing is recorded here yet" not in talk.text
        assert [event.text("step") for event in talk.progress.accounts[0].events] == ["identify"]


def test_back_leads_to_the_question_before(speak: Speak) -> None:
    talk = speak("add", "1", "Carla", "back", "Berta", "", "unknown", "quit", progress=WAITING)
    assert [each.name for each in talk.progress.accounts] == ["Anna", "Berta"]
    assert talk.progress.accounts[1].platform == "facebook"


def test_next_does_what_is_next_from_anywhere(speak: Speak) -> None:
    talk = speak("account:facebook", "everything-else", "next", "quit", progress=WAITING)
    assert "What came back?" in talk.text


@pytest.mark.parametrize(
    "ask",
    [
        lambda each, told: each.ask_line("What is your name?", help=told),
        lambda each, told: each.ask_text("What do you want to note?", help=told),
        lambda each, told: each.ask_moment("When was that?", lambda: NOW, help=told),
        lambda each, told: each.ask_day_or_month("On which day?", lambda: NOW, help=told),
    ],
)
def test_what_explains_a_question_for_words_or_a_day_is_heard_after_it(
    ask: Callable[[Dialogue, tuple[str, ...]], object],
) -> None:
    asked, heard = dialogue("quit")
    with pytest.raises(Left):
        ask(asked, ("Your letters are signed with it.",))
    assert heard[1].endswith("?")
    assert heard[2] == "Your letters are signed with it."


def test_a_day_that_cannot_be_is_asked_for_again_at_once(speak: Speak) -> None:
    talk = speak(
        "account:facebook",
        "step:confirm",
        "answer-missing",
        "1 Nov 2026",
        "yesterday",
        "",
        "",
        "",
        "quit",
        progress=WAITING,
    )
    after = talk.heard[talk.heard.index("1 Nov 2026 is before the objection, filed 14 Nov 2026, 10:00.") :]
    assert after[1].startswith("Your answer")
    assert talk.last().kind == "answer-missing"


def test_enter_does_not_agree_to_a_year_that_was_not_typed() -> None:
    asked, heard = dialogue("1 Dec", "", "n", "20 Nov", "")
    day, _is_month = asked.ask_day_or_month("When?", lambda: NOW)
    assert day is not None
    assert (day.year, day.month) == (NOW.year, 11)
    assert heard.count("When?") == 2
    assert "Type y for yes or n for no." in heard


def test_today_is_a_day_and_a_moment_without_a_time_says_that_it_is_now() -> None:
    asked, heard = dialogue("today", "")
    asked.ask_day_or_month("When?", lambda: NOW)
    assert not any(":" in line for line in heard if line.startswith("That is"))
    asked, heard = dialogue("today", "")
    asked.ask_moment("When?", lambda: NOW)
    assert any("No time was typed" in line for line in heard)


def test_help_says_what_the_country_and_the_address_are_asked_for(speak: Speak) -> None:
    talk = speak("help", "france", "facebook", "help", "quit")
    assert "Your country decides which law and which authority the program names." in talk.heard
    assert "The confirmation goes there." in talk.text
    assert "list of your accounts" not in talk.text


@pytest.mark.parametrize("typed", ["n", "no", "Nein.", "ja", "minus"])
def test_a_yes_or_a_no_is_not_kept_as_a_case_number_that_letters_name(speak: Speak, typed: str) -> None:
    came_back = ("account:facebook", "step:confirm", "confirmed-by-mail", "")
    talk = speak(*came_back, typed, "AB-12", typed, "", "quit", progress=WAITING)
    assert talk.text.count(f"“{typed}” is not kept: the number or the words themselves are asked for.") == 2
    assert (talk.last().text("reference"), talk.last().text("text")) == ("AB-12", "")


def test_yes_and_no_are_understood_in_the_words_of_every_language() -> None:
    for words, meant in ((("ja", "Oui", "si", "yes", "y"), True), (("nein", "non", "nee", "no", "n"), False)):
        for typed in words:
            assert dialogue(typed)[0].ask_yes_or_no("Is it?") is meant, typed
    for code in translated_languages():
        catalogue = load_catalogue(code)
        assert catalogue is not None
        with in_catalogue(catalogue):
            yes, no = word_for_yes(), word_for_no()
        assert (understand_yes_or_no(yes), understand_yes_or_no(no)) == (True, False), code


def test_again_repeats_the_question_and_again_all_what_was_said_before_it_too() -> None:
    asked, heard = dialogue("Rosa", "again", "help", "again all", "1")
    asked.say("Forgotten by then.")
    asked.ask_line("Who?")
    asked.say("There are three kinds.")
    asked.say_copyable("https://example.org/wine")
    asked.choose("Which?", OPTIONS)
    assert heard.count("Which?") == 3
    assert heard.count("There are three kinds.") == heard.count("https://example.org/wine") == 2
    assert heard.count("Forgotten by then.") == 1
    again = len(heard) - heard[::-1].index("There are three kinds.")
    assert heard[again : again + 3] == ["https://example.org/wine", "", "Which?"]


def test_after_an_aside_again_all_says_what_came_before_the_question_that_waits() -> None:
    asked, heard = dialogue("sources", "1", "back", "again all", "1")
    said = SourcedStatement("Red is red.", ("A book.",))
    asked.say("There are three kinds.")
    with asked.guided(more=tuple, sources=lambda: (said,)):
        asked.choose("Which?", OPTIONS)
    assert heard.count("There are three kinds.") == 2


def test_an_account_keeps_its_number_at_the_list_while_what_is_next_comes_and_goes(speak: Speak) -> None:
    def number_of_facebook(progress: Record) -> set[str]:
        return {
            line[0]
            for line in speak("quit", progress=progress).heard
            if "Facebook “Anna”" in line[:20] and line[1] == "."
        }

    fresh = account("facebook")
    for events in ((), (entry("filed", at(9)),), (entry("filed", at(9)), entry("confirmed-by-mail", at(8)))):
        assert number_of_facebook(record(replace(fresh, events=events))) == {"2"}


def test_help_at_the_list_says_what_its_rows_do(speak: Speak) -> None:
    talk = speak("help", "quit", progress=WAITING)
    assert "an account leads to its steps and letters" in talk.text
    talk = speak("account:facebook", "help", "quit", progress=WAITING)
    assert "A step says what to do and then asks whether you did it" in talk.text


def test_an_answer_that_begins_with_yes_or_no_is_meant_by_their_letters() -> None:
    options = [("go", "Yes, and I know since when"), ("stay", "No"), ("open", "I do not know")]
    for typed, meant in (("y", "go"), ("oui", "go"), ("n", "stay"), ("nein", "stay"), ("i", "open")):
        assert dialogue(typed)[0].choose("Is it?", options) == meant, typed


def test_what_is_neither_yes_nor_no_is_said_to_be_none_of_the_answers() -> None:
    asked, heard = dialogue("perhaps", "n")
    assert asked.ask_yes_or_no("Is it?") is False
    assert "“perhaps” is none of the answers." in heard
