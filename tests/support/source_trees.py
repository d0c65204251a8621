"""The code of the program as syntax trees, parsed once for all tests of a process that look through it."""

import ast
import gc
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "metaoptout_tui"


@cache
def source_trees() -> dict[Path, ast.Module]:
    """The tree of each file of code below `src`, in order. No test changes one."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "src").rglob("*.py"))}
    gc.collect()
    gc.freeze()  # half a million objects, through which the collector would look again and again
    return trees


def package_trees() -> dict[str, ast.Module]:
    """The trees of the package by their paths in it, such as `core/text.py`."""
    return {
        path.relative_to(PACKAGE).as_posix(): tree for path, tree in source_trees().items() if PACKAGE in path.parents
    }


@cache
def nodes_of(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Every node of a tree."""
    return tuple(ast.walk(tree))
