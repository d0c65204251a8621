"""A docstring names in backticks only what there is, so that a renamed parameter or field does not live on in prose."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath

from source_trees import nodes_of, package_trees

NAME = re.compile(r"`([A-Za-z_]\w*)`")

NOT_OF_THE_CODE = (
    {"NL", "IE", "HH", "nl", "gdpr", "none", "unicode", "ascii", "confirm", "enter", "exit", "PM", "hub"}
    | {"resiliparse", "filelock"}
    | {"action_", "action_NAME", "what", "identify", "meta", "people"}
)
"""Values of files and keys, libraries, and a name that stands for many."""


def docstrings(nodes: Iterable[ast.AST]) -> Iterator[ast.Constant]:
    """Docstrings, and the strings under constants that say what these are."""
    for node in nodes:
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else []:
            if (
                isinstance(statement, ast.Expr)
                and isinstance(statement.value, ast.Constant)
                and isinstance(statement.value.value, str)
            ):
                yield statement.value


def names_in(nodes: Iterable[ast.AST]) -> set[str]:
    """Every identifier of the code, and every word of its strings, which name keys of files."""
    prose = {id(constant) for constant in docstrings(nodes)}
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.alias):
            names.update(node.name.split("."))
        elif isinstance(node, ast.keyword) and node.arg:
            names.add(node.arg)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            names.update(re.findall(r"\w+", node.value))
    return names


def public_names(trees: Mapping[str, Iterable[ast.AST]]) -> set[str]:
    """Modules, and the classes, functions, constants and members that one module defines and another may mention."""
    paths = [PurePath(path) for path in trees]
    names = {path.stem for path in paths} | {path.parent.name for path in paths} | {"metaoptout_tui"}
    for nodes in trees.values():
        bodies: list[ast.Module | ast.ClassDef] = []
        for node in nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                names.add(node.name)
            if isinstance(node, ast.Module | ast.ClassDef):
                bodies.append(node)
        names.update(
            target.id
            for body in bodies
            for statement in body.body
            if isinstance(statement, ast.Assign | ast.AnnAssign)
            for target in ast.walk(statement)
            if isinstance(target, ast.Name) and isinstance(target.ctx, ast.Store)
        )
    return names


def test_every_name_in_a_docstring_is_one_of_the_code() -> None:
    trees = {path: nodes_of(tree) for path, tree in package_trees().items()}
    public = public_names(trees) | NOT_OF_THE_CODE
    unknown = []
    for path, nodes in trees.items():
        known = names_in(nodes) | public
        unknown += [
            f"{path}, line {docstring.lineno}: `{name}`"
            for docstring in docstrings(nodes)
            for name in NAME.findall(str(docstring.value))
            if name not in known
        ]
    assert unknown == []


POINTS_ELSEWHERE = re.compile(r"(It|Its|The same|Those|Likewise|As such|As many|So many|So much)\b")


def test_no_docstring_leaves_what_it_is_about_to_the_one_above() -> None:
    pointing = [
        f"{path}, line {docstring.lineno}: {str(docstring.value).partition(chr(10))[0]}"
        for path, tree in package_trees().items()
        for docstring in docstrings(nodes_of(tree))
        if POINTS_ELSEWHERE.match(str(docstring.value))
    ]
    assert pointing == [], "name the object: somebody reads one docstring, not the page"
