"""Words that people see are marked for translation where errors are raised and where a change is described."""

import ast
import re
from collections.abc import Iterator

from source_trees import nodes_of, package_trees

MARKED_BY = {"_", "gettext", "ngettext", "pgettext", "npgettext", "mark"}
WORDS = re.compile(r"[A-Za-z]{2,}.*[A-Za-z]{2,}")
ONE_WORD = re.compile(r"[A-Za-z]{2,}")
KEYS_OF_FILES = {"f'schema = {SCHEMA_VERSION}'"}
"""What stands in a file as it is written there, in every language."""


def name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def shown_errors(trees: list[ast.Module]) -> set[str]:
    """`MetaOptOutError` and every class below it."""
    bases = {
        node.name: {name_of(base) for base in node.bases}
        for tree in trees
        for node in nodes_of(tree)
        if isinstance(node, ast.ClassDef)
    }
    errors = {"MetaOptOutError"}
    while more := {name for name, above in bases.items() if above & errors} - errors:
        errors |= more
    return errors


def bare_words(node: ast.AST, pattern: re.Pattern[str] = WORDS) -> Iterator[str]:
    """The English in an expression that no function for translation has."""
    if isinstance(node, ast.Call):
        if name_of(node.func) in MARKED_BY:
            return
        called_on = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        # An argument of a function is often a key; what stands in the message itself is not.
        for part in called_on:
            yield from bare_words(part, pattern)
    elif isinstance(node, ast.JoinedStr):
        fixed = " ".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        if pattern.search(fixed) and ast.unparse(node) not in KEYS_OF_FILES:
            yield ast.unparse(node)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from bare_words(part.value, pattern)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str) and pattern.search(node.value):
            yield node.value
    else:
        for child in ast.iter_child_nodes(node):
            yield from bare_words(child, pattern)


def descriptions(call: ast.Call) -> Iterator[ast.expr]:
    """What a change is called when it is taken back."""
    yield from (keyword.value for keyword in call.keywords if keyword.arg == "description")
    if name_of(call.func) == "apply_change" and len(call.args) > 1:
        yield call.args[1]


def untranslated(trees: dict[str, ast.Module]) -> Iterator[str]:
    errors = shown_errors(list(trees.values()))
    for name, tree in trees.items():
        for node in nodes_of(tree):
            if not isinstance(node, ast.Call):
                continue
            parts = [(part, ONE_WORD) for part in descriptions(node)]
            if name_of(node.func) in errors:
                parts += [(part, WORDS) for part in (*node.args, *(keyword.value for keyword in node.keywords))]
            for part, pattern in parts:
                yield from (f"{name}, line {part.lineno}: {words}" for words in bare_words(part, pattern))


def test_what_an_error_or_a_change_taken_back_says_is_translated() -> None:
    trees = package_trees()
    assert {"InputRefused", "ChangedOnDisk", "FileRefused"} <= shown_errors(list(trees.values()))
    assert list(untranslated(trees)) == []


def test_bare_english_is_found() -> None:
    code = """
class MetaOptOutError(Exception): ...
class Refused(MetaOptOutError): ...
raise Refused(f"Not saved: {name} was {'removed' if gone else 'changed'}.", kept=_("All."))
history.apply_change(record, "a tick", id)
history.record_event(id, kind, description="a note")
raise Refused(_("{name} is no file.").format(name=name))
raise KeyError("no such key")
"""
    found = {words.partition(":")[0] for words in untranslated({"a.py": ast.parse(code)})}
    assert found == {"a.py, line 4", "a.py, line 5", "a.py, line 6"}
