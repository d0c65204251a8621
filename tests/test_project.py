"""The project itself: its two commands, its top level, and that it names no place of anybody's machine."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from source_trees import nodes_of, source_trees

ROOT = Path(__file__).parent.parent
START = "[ -x .venv/bin/metaoptout-tui ] || { python3 -m venv .venv && .venv/bin/pip install -q -e .; } && .venv/bin/metaoptout-tui"
TEST = (
    "[ -x .venv/bin/pytest ] || { python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]'; } && .venv/bin/pytest"
)


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files"], capture_output=True, text=True, timeout=30, check=False
    ).stdout.splitlines()
    if not listed:
        pytest.skip("not a git checkout, so there is no list of its files")
    return listed


def test_the_readme_gives_the_two_commands_and_ci_runs_the_second() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert START in readme
    assert TEST in readme
    assert TEST in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_the_readme_is_short_and_names_no_address_outside_of_the_project() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(readme.splitlines()) <= 120
    assert "://" not in readme


def test_the_pictures_of_the_readme_are_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", readme)
    assert pictures
    for picture in pictures:
        assert (ROOT / picture).is_file(), picture


def test_the_top_level_holds_what_was_agreed_and_nothing_else() -> None:
    agreed = {"pyproject.toml", "README.md", "LICENSE", "config.example.toml", "src", "tests"}
    assert {path.partition("/")[0] for path in tracked() if not path.startswith(".")} == agreed


MOST_LINES_OF_A_MODULE, MOST_LINES_OF_A_CLASS = 400, 250


def test_modules_and_classes_are_short_enough_to_be_read_at_once() -> None:
    long = []
    for path, tree in source_trees().items():
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > MOST_LINES_OF_A_MODULE:
            long.append((path.name, lines))
        for node in nodes_of(tree):
            if isinstance(node, ast.ClassDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MOST_LINES_OF_A_CLASS:
                    long.append((node.name, lines))
    assert long == [], "part them by subject: src/README.md, “Rules, why, and which test says so”"


def test_every_dependency_says_why_it_is_there() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    project = tomllib.loads("\n".join(lines))["project"]
    for dependency in project["dependencies"]:
        index = next(index for index, line in enumerate(lines) if f'"{dependency}"' in line)
        assert lines[index - 1].strip().startswith("#"), dependency
    for dependency in project["optional-dependencies"]["dev"]:
        line = next(line for line in lines if f'"{dependency}"' in line)
        assert "#" in line or dependency.startswith(("mypy", "import-linter")), dependency


def test_no_file_names_a_registry_or_a_folder_of_somebodys_machine() -> None:
    # Written in pieces, so that this file does not name them either.
    hosts = [b"py" + b"pi.org", b"python" + b"hosted.org", b"np" + b"mjs.org", b"deb." + b"debian.org"]
    folders = re.compile(rb"(?<![\w.])/(home|Users|root|work)/\w")
    for name in tracked():
        path = ROOT / name
        if not path.is_file():
            continue
        content = path.read_bytes()
        for host in hosts:
            assert host not in content, f"{name} names {host.decode()}"
        assert not folders.search(content), name
