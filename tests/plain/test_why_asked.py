"""Every question says why it is asked: with what is told before it, or where the person wants help."""

import ast
from collections.abc import Iterator, Mapping

from plain_talk import Speak
from samples import account, at, entry, record
from source_trees import nodes_of, package_trees

ASKING = frozenset(
    (
        *("choose", "choose_several", "ask", "ask_yes_or_no", "ask_line", "ask_text", "ask_moment"),
        *("ask_day_or_month", "ask_path"),
    )
)
ASKED_FOR_OTHERS = ("plain/dialogue.py", "plain/asides.py", "plain/menu.py")
"""Where a question is passed on, and where what was said is taken up once more."""

LISTS_TO_CHOOSE_FROM: Mapping[str, str] = {
    "What do you want to": "everything that can be done",
    "What would you like to do": "the same",
    "Fill in the form and press Send": "the same",
    "Type {sources} to hear": "the same",
    "Do you have it": "the same, of a download",
    "Which": "what is to be worked on, or read",
    "For which account": "the same",
    "Whose record": "the same",
    "How much time passes": "the same, of a rehearsal",
    "plain/checklist.py: question": "topics to hear",
    "plain/review.py: question": "points to answer",
    "plain/letters.py: question": "what can be done with a letter",
    "plain/diary.py: question": "entries to correct",
    "plain/kept.py: question": "versions to go back to",
    "plain/kept.py: purge_question": "says itself what it is for",
    "plain/guidance.py: question": "says itself what it is for",
    "plain/welcome.py: question": "languages to read in",
    "plain/start.py: question": "what can be done with a record that cannot be read",
    "{event}. What do you want to do": "what can be done with an entry",
}
"""How the words of a question begin, or in which module stands what asks it, where nobody wonders why it is asked."""

TOLD_BEFORE: Mapping[str, str] = {
    "plain/accounts.py: question": "since when something is linked",
    "plain/authority.py: question": "the Land",
    "plain/chat_scan.py: context.chat_scan.sender_question": "which sender the person is",
    "plain/kept.py: question": "what of a version comes back",
    "plain/kept.py: join.question_on": "where two copies differ",
    "plain/periods.py: arrival_question": "when a letter arrived",
    "plain/reply.py: question": "which accounts a mail names",
    "plain/review.py: question": "a point, or what is left to do in chats",
    "plain/steps.py: question": "whether to object again",
}
"""Questions that are values (`ChoiceQuestion`) and have sentences of their own, by module and name."""


def calls_that_ask() -> Iterator[tuple[str, ast.Call]]:
    """Each call of plain mode that asks something, with its module."""
    for path, tree in package_trees().items():
        if path.startswith("plain/") and path not in ASKED_FOR_OTHERS:
            for node in nodes_of(tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKING:
                    is_of_dialogue = "dialogue" in ast.unparse(node.func.value)
                    if is_of_dialogue:
                        yield path, node


def words_or_place(path: str, call: ast.Call) -> Iterator[str]:
    """By what a question is found in the tables: its words where it has some there, else the module and what gives it."""
    asked = call.args[0]
    yield from (
        node.value for node in nodes_of(asked) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    yield f"{path}: {ast.unparse(asked)}"


def test_every_question_says_why_it_is_asked() -> None:
    calls = list(calls_that_ask())
    assert len(calls) > 80
    without = []
    for path, call in calls:
        if {keyword.arg for keyword in call.keywords} & {"why", "help"}:
            continue
        attribute = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        known = (*LISTS_TO_CHOOSE_FROM, *(TOLD_BEFORE if attribute == "ask" else ()))
        if not any(name.startswith(known) for name in words_or_place(path, call)):
            without.append(f"{path}, line {call.lineno}: {ast.unparse(call.args[0])}")
    assert without == [], "\n".join(without)


def test_no_question_is_taken_for_one_without_a_reason_that_is_gone() -> None:
    found = [name for path, call in calls_that_ask() for name in words_or_place(path, call)]
    for known in (*LISTS_TO_CHOOSE_FROM, *TOLD_BEFORE):
        assert any(name.startswith(known) for name in found), known


def test_help_says_why_of_what_is_asked_about_an_account_and_a_reply(speak: Speak) -> None:
    new = ("add", "instagram", "help", "anna.nl", "help", "", "help", "unknown", "quit")
    talk = speak(*new, progress=record(account("facebook")))
    for why in (
        "By it you tell your accounts apart here.",
        "Best the one of this account, and one you can read today. The confirmation goes there.",
        "One objection may count for all accounts that are linked.",
    ):
        assert why in talk.text
    reply = (
        "account:facebook",
        "step:confirm",
        "help",
        "confirmed-by-mail",
        "help",
        "",
        "help",
        "",
        "help",
        "",
        "quit",
    )
    talk = speak(*reply, progress=record(account("facebook", entry("filed", at(9)))))
    for why in (
        "What comes next, and until when, depends on it.",
        "What comes next is counted from that day.",
        "Your letters to whoever gave it name it, so that it is found again.",
        "It stands in your diary, and in the case file if you make one.",
    ):
        assert why in talk.text
