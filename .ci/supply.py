"""Tests what people install: the wheel, with the oldest and the newest of what it may meet, and lists what is in it.

Builds the wheel twice, which must give the same bytes; installs it alone and makes the bill of materials (CycloneDX) of
that; then runs tests against the wheel, on the oldest Python installed here with the lowest allowed version of every
dependency, and on the newest Python. Ends with 1 where something does not hold. Leaves wheel and bill in `dist/`.
"""

import filecmp
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
NEWER_PYTHONS = ("3.14", "3.13", "3.12")
"""Newest first; the tests of the tree run on some 3.11."""
OLDEST_PYTHON = "3.11"
IN_A_TERMINAL = (
    "tests/terminal/test_first_objection.py::test_first_start_to_recorded_objection_then_another_account_then_a_kill"
)
"""The installed command, from its start to a record; what the other walks see is the program's own, and the tree's run has them."""
TESTED_WITH_LOWEST = (
    *("tests/app", "tests/cli", "tests/desktop", "tests/documents", "tests/guidance", "tests/release"),
    *("tests/core/test_toml.py", "tests/imports/meta_export", IN_A_TERMINAL),
)
"""What uses the dependencies and Python's regular expressions, which 3.11.5 mended, and the installed command."""
TESTED_ON_NEWEST = (
    *("tests/app", "tests/cli", "tests/core", "tests/imports", "tests/storage"),
    IN_A_TERMINAL,
)
"""What depends on Python itself: files, zips, mails, dates, text."""
OF_THE_TREE = "tests/guidance/test_compiled_toml.py"
"""Tests how the tree is built, which an installed wheel does not show."""
NO_TEST_TOOLS = ("mypy", "ruff", "import-linter")


def run(*command: str | Path, **environment: str) -> None:
    """Run a command, or end as it ended."""
    subprocess.run([str(word) for word in command], cwd=ROOT, env={**os.environ, **environment}, check=True)


def build_twice(work: Path) -> list[Path]:
    """The wheel of this tree, built twice by the same tools, one after the other: a build compiles into the tree."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    builder = make_environment(work / "builder", sys.executable, *tools)
    wheels = []
    for folder in (work / "one", work / "two"):
        pip(builder, "wheel", "--no-build-isolation", "--no-deps", "--wheel-dir", folder, ROOT)
        wheels += folder.glob("*.whl")
    return wheels


def pip(python: str | Path, *words: str | Path) -> None:
    """Let the pip of the tree's own environment work in another one of the same Python, which then needs none."""
    run(
        sys.executable, "-m", "pip", "--python", python, *words, "--quiet",
        SOURCE_DATE_EPOCH="1700000000", PIP_DISABLE_PIP_VERSION_CHECK="1",
    )  # fmt: skip


def make_environment(folder: Path, python: str | Path, *packages: str | Path) -> Path:
    """A new environment with these packages; its Python. What is installed is compiled when it is used."""
    new_python = folder / "bin" / "python"
    if python == sys.executable:
        run(python, "-m", "venv", "--without-pip", folder)
        pip(new_python, "install", "--no-compile", *packages)
    else:
        run(python, "-m", "venv", folder)
        run(new_python, "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check", *packages)
    return new_python


def lowest_versions(requirements: list[str]) -> Iterator[str]:
    """Each requirement at its lowest allowed version."""
    for requirement in requirements:
        bounds = re.fullmatch(r"([\w.-]+)(?:==|>=)([\w.]+)(?:,.*)?", requirement)
        if bounds is None:
            sys.exit(f"No lowest version can be told of {requirement}.")
        yield f"{bounds[1]}=={bounds[2]}"


def newest_python() -> str:
    """The newest Python that is newer than the oldest release; says which are absent. Empty for none."""
    found = {version: path for version in NEWER_PYTHONS if (path := find_python(version))}
    absent = [version for version in NEWER_PYTHONS if version not in found]
    if absent:
        print(f"Not installed here, so not tested: Python {', '.join(absent)}.")
    return next(iter(found.values()), "")


def oldest_python() -> str:
    """The Python of the oldest release that is allowed with the lowest patch level; that of this run if there is none."""
    found = min(installed_pythons(OLDEST_PYTHON), default=None)
    if found is None:
        print(f"Python {OLDEST_PYTHON} is not installed here, so the lowest versions are tested on that of this run.")
    return found[1] if found else sys.executable


def find_python(version: str) -> str:
    """The path of a Python that starts; empty for none."""
    return max(installed_pythons(version), default=((), ""))[1]


def installed_pythons(version: str) -> Iterator[tuple[tuple[int, ...], str]]:
    """The exact version and path of each Python of a release, as `3.11`, that starts and can make environments."""
    homes = (Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python")
    tell = "import ensurepip, sys; print(*sys.version_info[:3])"
    for candidate in (sys.executable, shutil.which(f"python{version}"), f"/usr/bin/python{version}", *homes):
        if candidate and Path(candidate).exists():
            told = subprocess.run([candidate, "-c", tell], capture_output=True, text=True, check=False)
            exact = tuple(int(number) for number in told.stdout.split()) if told.returncode == 0 else ()
            if exact[:2] == tuple(int(number) for number in version.split(".")):
                yield exact, str(candidate)


def test_wheels(installed: dict[str, tuple[Path, tuple[str, ...]]]) -> bool:
    """Run the tests of each installation; nothing of the tree but the tests themselves is on the path. Whether all hold.

    They run side by side, each on its share of the cores: every worker loads the program and all tests for itself, and the
    end of one run, where few workers have something left, is filled by the other.
    """
    where = "import metaoptout_tui, sys; sys.exit('/src/' in metaoptout_tui.__file__)"
    workers = str(max(1, (os.cpu_count() or 1) // len(installed)))

    def test_one(python: Path, tests: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        run(python, "-c", where)
        words = ("-p", "no:cacheprovider", "-n", workers, f"--ignore={OF_THE_TREE}", *tests)
        return subprocess.run([python, "-m", "pytest", *words], cwd=ROOT, capture_output=True, text=True, check=False)

    with ThreadPoolExecutor() as side_by_side:
        runs = {title: side_by_side.submit(test_one, *each) for title, each in installed.items()}
    ended = {title: each.result() for title, each in runs.items()}
    for title, each in ended.items():
        print(title, each.stdout, each.stderr, sep="\n")
    return not any(each.returncode for each in ended.values())


def main() -> None:
    """Build, list and test."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    tools = [need for need in project["optional-dependencies"]["dev"] if not need.startswith(NO_TEST_TOOLS)]
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        wheel, again = build_twice(work)
        if not filecmp.cmp(wheel, again, shallow=False):
            sys.exit("Two builds of the wheel differ.")
        DIST.mkdir(exist_ok=True)
        shutil.copy(wheel, DIST)
        print(f"{wheel.name}: two builds are the same.")

        oldest, lowest = oldest_python(), lowest_versions(project["dependencies"])
        wanted: dict[str, tuple[str | Path, ...]] = {
            "alone": (sys.executable, wheel),
            "lister": (sys.executable, "cyclonedx-bom>=7,<8"),
            "lowest": (oldest, wheel, *lowest, *tools),
        }
        if newest := newest_python():
            wanted["newest"] = (newest, wheel, *tools)
        with ThreadPoolExecutor() as side_by_side:
            made = side_by_side.map(lambda each: make_environment(work / each, *wanted[each]), wanted)
            environments = dict(zip(wanted, made, strict=True))
        alone = environments["alone"]
        run(alone.with_name("metaoptout-tui"), "--data-dir", work / "data", "about")
        run(alone.with_name("metaoptout-tui"), "--data-dir", work / "data", "guidance", "status")
        run(alone.with_name("metaoptout-tui"), "manual", "first-evening")
        bill = DIST / f"{wheel.stem}.cdx.json"
        run(environments["lister"].with_name("cyclonedx-py"), "environment", "--output-reproducible", "-o", bill, alone)
        print(f"{bill.name}: what is installed with it.")

        installed = {
            f"The wheel, on {oldest} with the lowest version of every dependency:": (
                environments["lowest"],
                TESTED_WITH_LOWEST,
            )
        }
        if newest:
            installed[f"The wheel, on {newest}:"] = (environments["newest"], TESTED_ON_NEWEST)
        if not test_wheels(installed):
            sys.exit(1)


if __name__ == "__main__":
    main()
