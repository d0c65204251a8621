"""Translators get every sentence that is looked up, and none is looked up while a module is loaded."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import metaoptout_tui
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
    package = Path(metaoptout_tui.__file__).parent
    found = [
        f"{path.relative_to(package)}:{call.lineno}"
        for path in sorted(package.rglob("*.py"))
        for call in looked_up_at_once([ast.parse(path.read_text(encoding="utf-8"))])
    ]
    assert found == []


def test_a_look_up_in_a_default_or_a_class_is_found() -> None:
    code = "class A:\n    title = _('x')\ndef f(words=_('x')):\n    return _('y')\nwords = {1: lambda: _('y')}\n"
    assert [call.lineno for call in looked_up_at_once([ast.parse(code)])] == [2, 3]


def test_a_sentence_within_an_f_string_is_found() -> None:
    code = "f\"{x} {_('Said.')} {ngettext('{n} day', '{n} days', n)} {pgettext('a form', 'open')}\""
    assert [found[:2] for found in tool.looked_up_sentences(ast.parse(code))] == [
        ("Said.", None), (("{n} day", "{n} days"), None), ("open", "a form"),
    ]  # fmt: skip
