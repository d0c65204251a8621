"""One habit over all lists: where Enter records, nothing is chosen beforehand; where it opens, a row is highlighted."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import metaoptout_tui.ui
from metaoptout_tui.ui.widgets.answer_lists import AnswerList
from metaoptout_tui.ui.widgets.lists import ChoiceList
from ui.driving import EVERYTHING, WAYS, OpenScreen, go, offer_for

RECORDING = frozenset({"confirm"})
"""The screens on whose list Enter records the highlighted row."""

BEGINS_CHOSEN = {
    ("chat_privacy.py", "ME if chat.admin == ME else ''"): "the present answer",
    ("linked_accounts.py", "link_answer_of(account.linked_group)"): "the present answer",
    ("offers.py", "_NOT_YET"): "records nothing",
    ("letters.py", "chosen"): "the present answer",
    ("language.py", "language_in_use()"): "the present answer",
    ("asking.py", "question.default"): "the present answer, or the one that changes nothing",
    ("kept.py", "question.default"): "a folder, which the person sees before the file is written there",
    ("sent_letter.py", "_FILL_IN"): "records nothing",
    ("sent_letter.py", "_NOT_YET"): "records nothing",
    ("sent_letter.py", "doubt.default"): "the one that changes nothing",
    (
        "submit_form.py",
        "self._prepared.email if self._prepared.email == next(iter(choices), '') else ''",
    ): "the present answer, where it stands first",
}
"""The questions that begin on an answer, by their module and what that is, and why Enter alone may give it."""

MENUS = {
    ("diary.py", "action_correct"): "opens what is to be corrected",
    ("diary.py", "action_open"): "opens a file",
    ("kept.py", "_show_folder"): "opens a folder",
    ("offers.py", "_ask_correction"): "opens what is to be corrected, each with a question of its own",
    ("ways_to_begin.py", "ask_and_begin"): "opens a screen",
    ("welcome.py", "action_other"): "opens a screen",
}
"""The questions on whose first row Enter begins, by their module and function, and why it records nothing."""


@pytest.mark.parametrize("place", sorted(WAYS))
async def test_a_list_that_records_begins_on_no_row_and_one_that_opens_on_a_useful_one(
    walk: OpenScreen, place: str
) -> None:
    way = WAYS[place]
    async with walk(EVERYTHING, at=(way.account, way.step), offer=offer_for(place)) as me:
        await go(me, place)
        for each in me.app.screen.query(ChoiceList).results():
            if not each.has_focus or not each.option_count or isinstance(each, AnswerList):
                continue
            assert (each.highlighted is None) == (place in RECORDING)
            if place in RECORDING:
                before = me.progress
                await me.press("enter")
                assert me.progress == before
                assert "Choose above" in me.flowing


def _calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Each call in the code of the screens, with its module and function."""
    for path in sorted(Path(metaoptout_tui.ui.__file__).parent.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from (
                    (path.name, function.name, call) for call in ast.walk(function) if isinstance(call, ast.Call)
                )


def test_each_question_that_begins_on_an_answer_says_why_it_may() -> None:
    begins = {
        (module, ast.unparse(keyword.value))
        for module, _function, call in _calls()
        if isinstance(call.func, ast.Name) and call.func.id in ("ChoiceScreen", "kind")
        for keyword in call.keywords
        if keyword.arg == "chosen"
    }
    assert begins == set(BEGINS_CHOSEN)


def test_each_menu_says_why_its_first_row_may_be_highlighted() -> None:
    menus = {
        (module, function)
        for module, function, call in _calls()
        if any(each.arg == "is_menu" and ast.unparse(each.value) == "True" for each in call.keywords)
    }
    assert menus == set(MENUS)
