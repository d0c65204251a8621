"""Every path, module, class, function and text that a guide for developers names is there, so that no guide rots."""

import ast
import builtins
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import textual.content
import textual.screen

from metaoptout_tui.app.commands import commands
from metaoptout_tui.core.guidance.playbook import Playbook
from source_trees import source_trees

ROOT = Path(__file__).parent.parent
GUIDES = (
    "src/README.md",
    "src/metaoptout_tui/guidance/README.md",
    "tests/README.md",
    ".github/CONTRIBUTING.md",
    ".github/SECURITY.md",
)
WRITTEN_FOR_PEOPLE = {"progress.toml", "config.toml"}
"""Files that the program makes, which are nowhere in the repository."""

_PATH = re.compile(r"[\w.@-]*/[\w./@-]*|[\w.-]+\.(?:py|toml|md|txt|json|cfg)")
_NAME = re.compile(r"(?:\w+\.)*\w+(?:\(\))?")
_TEXT_ID = re.compile(r"[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+")


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def files() -> Iterator[str]:
    """What a guide may lead to, with its folders, as paths from the root."""
    for name in ("src", "tests", ".github", ".ci", "pyproject.toml", "config.example.toml", "README.md", "LICENSE"):
        place = ROOT / name
        for path in (place, *(place.rglob("*") if place.is_dir() else ())):
            if "__pycache__" not in path.parts:
                yield f"/{path.relative_to(ROOT).as_posix()}{'/' if path.is_dir() else ''}"


def names_of(body: list[ast.stmt]) -> Iterator[tuple[str, ast.stmt]]:
    for statement in body:
        match statement:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, statement
            case ast.Assign(targets=targets):
                yield from (
                    (leaf.id, statement) for each in targets for leaf in ast.walk(each) if isinstance(leaf, ast.Name)
                )
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name, statement


@pytest.fixture(scope="module")
def known() -> dict[str, set[str]]:
    """Every name of src and tests: on its own, and by the class that it belongs to."""
    found: dict[str, set[str]] = {"": set()}
    tests = (ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "tests").rglob("*.py"))
    for tree in (*source_trees().values(), *tests):
        for name, statement in names_of(tree.body):
            found[""].add(name)
            if isinstance(statement, ast.ClassDef):
                own = found.setdefault(name, set())
                own.update(inner for inner, _ in names_of(statement.body))
                own.update(
                    leaf.attr
                    for leaf in ast.walk(statement)
                    if isinstance(leaf, ast.Attribute) and isinstance(leaf.ctx, ast.Store)
                )
                found[""].update(own)
    return found


def written(guide: str) -> str:
    return (ROOT / guide).read_text(encoding="utf-8")


def quoted(text: str) -> Iterator[str]:
    """What stands in backticks, and the paths in the commands of a guide."""
    fenced = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
    for block in fenced.findall(text):
        yield from re.findall(r"(?<![\w./])(?:tests|src)/[\w./-]+", block)
    for code in re.findall(r"`([^`\n]+)`", fenced.sub("", text)):
        if " " in code:
            yield from re.findall(r"(?<![\w./])(?:tests|src)/[\w./-]+", code)
        else:
            yield code


def is_name(code: str, known: dict[str, set[str]]) -> bool:
    """Whether a name of the program, of Python or of Textual is meant, and is there."""
    *owners, name = code.removesuffix("()").split(".")
    if not owners:
        return name in known[""] or any(hasattr(each, name) for each in (builtins, textual.content, textual.screen))
    if owners[-1] in known:
        return name in known[owners[-1]]
    return owners[-1] in known[""] and name in known[""]


@pytest.mark.parametrize("guide", GUIDES)
def test_every_path_in_a_guide_is_there(guide: str) -> None:
    ends = tuple(files())
    missing = [
        code
        for code in quoted(written(guide))
        if _PATH.fullmatch(code)
        and code not in WRITTEN_FOR_PEOPLE
        and not code.startswith((".venv/", "/"))
        and not any(end.endswith(f"/{code}") for end in ends)
        and not any(end.endswith(f"/{code}/") for end in ends)
    ]
    assert missing == []


@pytest.mark.parametrize("guide", GUIDES)
def test_every_name_in_a_guide_is_one_of_the_code(guide: str, known: dict[str, set[str]], playbook: Playbook) -> None:
    texts = {*playbook.texts.sentences, *(each.id for each in commands.COMMANDS)}
    everything = texts | known[""]
    missing = []
    for code in quoted(written(guide)):
        if _PATH.fullmatch(code) or not _NAME.fullmatch(code.replace("-", "_")):
            continue
        says_a_name = "_" in code or (code != code.lower() and code != code.upper()) or "." in code
        of_a_kind = re.fullmatch(r"(.+[._])(?:ID|NAME)", code)  # any text of a kind, any method of a command
        if of_a_kind:
            is_there = any(each.startswith(of_a_kind[1]) for each in everything)
        else:
            is_there = is_name(code, known) or (_TEXT_ID.fullmatch(code) is not None and code in texts)
        if says_a_name and not is_there:
            missing.append(code)
    assert missing == []


NAMED_ALIKE = {"run"}
"""Each command of the command line is a module with a function of this name."""


def test_a_class_or_a_public_function_has_a_name_of_its_own_in_the_whole_program() -> None:
    homes: dict[str, list[str]] = {}
    for path, tree in source_trees().items():
        for name, statement in names_of(tree.body):
            is_public = not name.startswith("_") and name not in NAMED_ALIKE
            if isinstance(statement, ast.ClassDef) or (isinstance(statement, FUNCTIONS) and is_public):
                homes.setdefault(name, []).append(path.name)
    assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}


@pytest.mark.parametrize("guide", [*GUIDES, "README.md"])
def test_every_link_between_the_guides_leads_somewhere(guide: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", written(guide))
    assert [link for link in links if not (ROOT / guide).parent.joinpath(link).exists()] == []


def test_what_code_cites_is_a_rule_or_a_chapter_of_a_guide() -> None:
    guide = written("src/metaoptout_tui/guidance/README.md")
    cited = set()
    for path in sorted(
        (*(ROOT / "src").rglob("*.py"), *(ROOT / "src").rglob("*.toml"), *(ROOT / "tests").rglob("*.py"))
    ):
        cited |= set(re.findall(r"guidance/README\.md, (rule \d+|[A-Z][\w ]+)", path.read_text(encoding="utf-8")))
    assert cited
    for each in cited:
        number = each.removeprefix("rule ")
        wanted = rf"^{number}\. \*\*" if number != each else rf"^## {re.escape(each)}$"
        assert re.search(wanted, guide, re.MULTILINE), each
