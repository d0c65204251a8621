"""One word, one meaning, in the names of the code: the glossary of `src/README.md` has the words, this the ones given up."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest

from source_trees import ROOT, nodes_of, package_trees


class GivenUp(NamedTuple):
    """A word that no name has any more, the word of the glossary instead, and the few names that may have it."""

    word: str
    instead: str
    allowed: frozenset[str] = frozenset()


GIVEN_UP = (
    GivenUp(r"hubs?", "linked group", frozenset({"hub"})),  # one place in a translated sentence has the name
    GivenUp(r"regulators?|commissioners?", "authority"),
    GivenUp(
        r"controllers?",
        "Meta",
        frozenset(
            {
                "controller",
                "CONTROLLER",
                "controller_lines",
                "controller_under",
                "known_controller",
                "CONTROLLER_STATEMENT",
                "unknown_controller",
            }
        ),
    ),
    GivenUp(r"information(_question|_period)?|asked_applied|running_question", "inquiry", frozenset()),
    GivenUp(r"questioned|question_kinds|(un)?answered_question|question_answered|with_questions", "meta question"),
    GivenUp(
        r"covered_by", "covering account", frozenset({"is_covered_by", "is_covered_by_other_email", "hours_covered_by"})
    ),
    GivenUp(r"in_letters|letter_date", "is_in_timeline, fact_of_day", frozenset({"written_in_letters"})),
    GivenUp(r"is_join|leaves_marks|with_marks", "notes_removals"),
    GivenUp(r"deciding_word", "known value"),
    GivenUp(r"mailer|file_opener|link_opener|text_copier", "mail program, file viewer, browser, clipboard"),
    GivenUp(r"in_lines", "plain mode", frozenset({"_MIN_ROWS_FOR_GAPS_IN_LINES"})),  # of gaps, one below the other
    GivenUp(r"page_watch|page_texts?", "watched page, page content"),
    GivenUp(r"account_changes", "account service"),
    GivenUp(
        r"beside",
        "in background, in helper process, siblings, temporary file, neighbouring",
        frozenset(
            {
                "beside",  # files in the folder of the record
                "FOLDERS_BESIDE",
                "beside_state",
                "_LEAST_BESIDE_BAR",
                "_MIN_TEXT_CHARS_BESIDE_LOGIN",
                "_places_beside_code",
                "_stands_beside",
            }
        ),
    ),
    GivenUp(r"write_(line|moment|day|day_or_month|path|email)", "ask"),
    GivenUp(r"sent_by", "is_by_post", frozenset({"SENT_BY", "SENT_BY_LETTER", "letter_sent_by"})),
    GivenUp(r"perhaps_covered|coverage_doubtful", "cover unconfirmed, lost cover"),
    GivenUp(r"(first|later|earlier)_replies", "replies to objection, replies late in case"),
    GivenUp(r"mark_step", "tick"),
    GivenUp(r"step_screen", "account guide screen"),
    GivenUp(
        r"form_(screen|drafts?|error|result)|(job|letter|account|in)_form",
        "input screen, drafts; a form is one of Meta's",
        frozenset({"OpenFormScreen", "SubmitFormScreen"}),
    ),
)
OTHER_SUBJECTS = {"PERSONAL_INFORMATION", "_personal_information", "accounts_of_personal_information"}
"""A file of Meta's download has this name."""
WITH_META = re.compile(r"meta_(un)?answered_question|meta_question|with_meta_questions")


def names_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every name that the code gives or uses."""
    for node in nodes_of(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield node.lineno, name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name
            case ast.keyword(arg=str(name)):
                yield node.lineno, name


def in_words(name: str) -> str:
    """`MetaQuestion` and `META_QUESTION` as `meta_question`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_")


@cache
def words_instead(name: str) -> tuple[str, ...]:
    """What to say in place of the words in a name that were given up."""
    if name in OTHER_SUBJECTS:
        return ()
    words = WITH_META.sub("", in_words(name))
    return tuple(
        given_up.instead
        for given_up in GIVEN_UP
        if name not in given_up.allowed and re.search(rf"(^|_)({given_up.word})(_|$)", words)
    )


def with_given_up_words(tree: ast.AST) -> Iterator[str]:
    for line, name in names_of(tree):
        yield from (f"line {line}: {name}: say {instead}" for instead in words_instead(name))


def test_no_name_has_a_word_that_was_given_up() -> None:
    assert [f"{path}, {each}" for path, tree in package_trees().items() for each in with_given_up_words(tree)] == []


def test_a_screen_is_not_called_a_page() -> None:
    pages = [
        f"{path}, line {node.lineno}"
        for path, tree in package_trees().items()
        for node in nodes_of(tree)
        if isinstance(node, ast.arg)
        and node.arg == "page"
        and node.annotation
        and "Screen" in ast.unparse(node.annotation)
    ]
    assert pages == []


@pytest.mark.parametrize(
    "name",
    [
        "_HubHistory",
        "covered_by",
        "regulator_period",
        "ASKED_APPLIED",
        "INFORMATION",
        "QUESTION_ANSWERED",
        "is_join",
        "JobForm",
    ],
)
def test_a_word_that_was_given_up_is_found_in_every_kind_of_name(name: str) -> None:
    assert list(with_given_up_words(ast.parse(f"{name} = 1")))


@pytest.mark.parametrize(
    "name", ["META_QUESTION_ANSWERED", "is_covered_by", "controller_lines", "Github", "ObjectionForm"]
)
def test_other_names_are_left_alone(name: str) -> None:
    assert list(with_given_up_words(ast.parse(f"{name} = 1"))) == []


def test_each_word_that_took_the_place_of_another_is_in_the_glossary() -> None:
    guide = (ROOT / "src" / "README.md").read_text(encoding="utf-8")
    terms = set(re.findall(r"^\| ([^|]+?) \|", guide, re.MULTILINE))
    for word in (
        "linked group",
        "inquiry",
        "meta question",
        "Meta",
        "authority",
        "covering account",
        "known value",
        "form, input screen",
    ):
        assert word in terms, word
