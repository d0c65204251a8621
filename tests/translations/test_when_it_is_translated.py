"""Translators get every sentence that is looked up, and none is looked up while a module is loaded."""

import ast
import string
from collections.abc import Iterable, Iterator

from source_trees import nodes_of, package_trees
from translations import __main__ as tool

LOOKED_UP_BY = {"_", "gettext", "ngettext", "pgettext"}


def looked_up_at_once(nodes: Iterable[ast.AST]) -> Iterator[ast.Call]:
    """The look-ups that happen when these parts of a module are loaded; what a function does happens later."""
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            given = (*node.args.defaults, *filter(None, node.args.kw_defaults))
            yield from looked_up_at_once([*given, *getattr(node, "decorator_list", ())])
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in LOOKED_UP_BY:
            yield node
        yield from looked_up_at_once(ast.iter_child_nodes(node))


def test_no_sentence_is_translated_while_a_module_is_loaded() -> None:
    found = [f"{path}:{call.lineno}" for path, tree in package_trees().items() for call in looked_up_at_once([tree])]
    assert found == []


def test_a_look_up_in_a_default_or_a_class_is_found() -> None:
    code = "class A:\n    title = _('x')\ndef f(words=_('x')):\n    return _('y')\nwords = {1: lambda: _('y')}\n"
    assert [call.lineno for call in looked_up_at_once([ast.parse(code)])] == [2, 3]


def test_a_sentence_within_an_f_string_is_found() -> None:
    code = "f\"{x} {_('Said.')} {ngettext('{n} day', '{n} days', n)} {pgettext('a form', 'open')}\""
    assert [found[:2] for found in tool.looked_up_sentences(ast.parse(code))] == [
        ("Said.", None), (("{n} day", "{n} days"), None), ("open", "a form"),
    ]  # fmt: skip


def filled_sentences(tree: ast.AST) -> Iterator[tuple[int, set[str], set[str]]]:
    """Each sentence that is looked up and filled at once: its line, its places, and what they are filled with."""
    for node in nodes_of(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Call(func=ast.Name(id=name), args=arguments), attr="format"),
                keywords=filled,
            ) if name in LOOKED_UP_BY and all(each.arg for each in filled):
                sentences = {"pgettext": arguments[1:2], "ngettext": arguments[:2]}.get(name, arguments[:1])
                if all(isinstance(each, ast.Constant) for each in sentences):
                    texts = [str(each.value) for each in sentences if isinstance(each, ast.Constant)]
                    yield node.lineno, set().union(*map(places_of, texts)), {str(each.arg) for each in filled}


def places_of(sentence: str) -> set[str]:
    return {place.split(".")[0] for _, place, _, _ in string.Formatter().parse(sentence) if place is not None}


def test_each_place_of_a_sentence_is_filled_and_nothing_else_is_handed_to_it() -> None:
    wrong = [
        f"{path}:{line} has {sorted(places)}, is given {sorted(given)}"
        for path, tree in package_trees().items()
        for line, places, given in filled_sentences(tree)
        if places != given
    ]
    assert wrong == []


def test_a_place_that_is_filled_by_another_name_is_found() -> None:
    code = "_('In {group}.').format(hub=1)\nngettext('{n} day', '{n} days', 2).format(n=2)\n"
    assert list(filled_sentences(ast.parse(code))) == [(1, {"group"}, {"hub"}), (2, {"n"}, {"n"})]
