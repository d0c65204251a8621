"""The bundled TOML is read in a compiled form that is made by itself and is never wrong."""

import json
import os
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from metaoptout_tui.guidance import loader
from metaoptout_tui.guidance.loader import (
    AUTHORITIES_FILE,
    AUTHORITY_TEXTS_FILE,
    COMPILED_FOLDER,
    COUNTRIES_FILE,
    COUNTRY_NAMES_FILE,
    PLAYBOOK_FILE,
    REASONS_FILE,
    TEXTS_FILE,
    compile_bundled_toml,
    load_compiled_toml,
)
from metaoptout_tui.translations.catalogues import COMPILED_FOLDER as COMPILED_CATALOGUES

SOURCE = 'schema = 1\nname = "Ärger"\n[[row]]\nid = "a"\nflags = [true, 2, 3.5]\n' + "# a comment\n" * 20
DOCUMENT = {"schema": 1, "name": "Ärger", "row": [{"id": "a", "flags": [True, 2, 3.5]}]}


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    path = tmp_path / "texts" / "en.toml"
    path.parent.mkdir()
    path.write_text(SOURCE, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "cache"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was parsed as TOML."""
    texts: list[str] = []
    loads = tomllib.loads

    def count(text: str) -> dict[str, Any]:
        texts.append(text)
        return loads(text)

    monkeypatch.setattr(tomllib, "loads", count)
    return texts


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def with_checksum(rest: bytes) -> bytes:
    return b"%08x\n" % crc32(rest) + rest


def test_a_file_is_parsed_once_and_says_the_same_from_then_on(toml: Path, folder: Path, parsed: list[str]) -> None:
    assert load_compiled_toml(toml, folder) == DOCUMENT
    assert load_compiled_toml(toml, folder) == DOCUMENT
    assert len(parsed) == 1
    assert only_file(folder).name == "texts-en.json"


def test_a_file_that_was_changed_is_parsed_again_though_size_and_time_are_the_same(
    toml: Path, folder: Path, parsed: list[str]
) -> None:
    load_compiled_toml(toml, folder)
    before = toml.stat()
    toml.write_text(SOURCE.replace("schema = 1", "schema = 2"), encoding="utf-8")
    os.utime(toml, ns=(before.st_atime_ns, before.st_mtime_ns))
    for _ in range(2):
        assert load_compiled_toml(toml, folder) == {**DOCUMENT, "schema": 2}
    assert len(parsed) == 2


DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "half": lambda data: data[: len(data) // 2],
    "without its end": lambda data: data[:-1],
    "longer": lambda data: data + b" ",
    "another byte in a value": lambda data: data[:-20] + bytes([data[-20] ^ 1]) + data[-19:],
    "another checksum": lambda data: b"00000000" + data[8:],
    "huge": lambda data: data + b" " * (1 << 20),
    "no text": lambda _: b"\xff\xfe" * 100,
    "of another source": lambda _: with_checksum(b'schema = 2\n{"schema":2}'),
    "a list": lambda _: with_checksum(SOURCE.encode() + b"[1]"),
    "no JSON": lambda _: with_checksum(SOURCE.encode() + b"schema = 1"),
    "nested without end": lambda _: with_checksum(SOURCE.encode() + b"[" * 500),
    "a number without end": lambda _: with_checksum(SOURCE.encode() + b'{"a":' + b"9" * 500 + b"}}"),
    "a pickle": lambda _: b"\x80\x04\x8c\x05posix\x94\x8c\x06system\x94\x93\x94.",
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_or_foreign_one_is_ignored_and_made_anew(
    toml: Path, folder: Path, parsed: list[str], damage: Callable[[bytes], bytes]
) -> None:
    load_compiled_toml(toml, folder)
    path = only_file(folder)
    good = path.read_bytes()
    path.write_bytes(damage(good))
    assert load_compiled_toml(toml, folder) == DOCUMENT
    assert path.read_bytes() == good
    assert only_file(folder) == path
    assert load_compiled_toml(toml, folder) == DOCUMENT
    assert len(parsed) == 2


def test_a_link_in_its_place_is_neither_followed_nor_written_through(toml: Path, folder: Path, tmp_path: Path) -> None:
    load_compiled_toml(toml, folder)
    path, other = only_file(folder), tmp_path / "other"
    path.rename(other)
    good = other.read_bytes()
    other.write_bytes(good.replace(b"1", b"2"))
    path.symlink_to(other)
    assert load_compiled_toml(toml, folder) == DOCUMENT
    assert other.read_bytes() == good.replace(b"1", b"2")
    assert not path.is_symlink()
    assert path.read_bytes() == good


@pytest.mark.parametrize("kind", ["a folder", "a pipe"])
def test_what_is_no_file_in_its_place_is_left(toml: Path, folder: Path, kind: str) -> None:
    path = folder / "texts-en.json"
    folder.mkdir()
    if kind == "a folder":
        (path / "x").mkdir(parents=True)
    elif sys.platform == "win32":
        pytest.skip("no pipes in folders")
    else:
        os.mkfifo(path)
    assert load_compiled_toml(toml, folder) == DOCUMENT
    assert len(list(folder.iterdir())) == 1


def test_where_nothing_can_be_written_the_toml_is_parsed_each_time(
    toml: Path, folder: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write_text("a file where the folder would be")
    assert load_compiled_toml(toml, folder) == DOCUMENT
    folder.unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert load_compiled_toml(toml, folder) == DOCUMENT
    assert not folder.exists()
    assert len(parsed) == 2


def test_a_disk_that_fills_up_leaves_nothing_half_written(
    toml: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert load_compiled_toml(toml, folder) == DOCUMENT
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("source", ["day = 2026-11-23", "number = nan"])
def test_what_json_would_say_otherwise_is_not_compiled(toml: Path, folder: Path, source: str) -> None:
    toml.write_text(source + "\n# comment" * 20)
    document = load_compiled_toml(toml, folder)
    assert repr(load_compiled_toml(toml, folder)) == repr(document)
    assert not folder.exists()


def test_a_toml_file_that_cannot_be_read_is_not_hidden_by_its_compiled_form(toml: Path, folder: Path) -> None:
    load_compiled_toml(toml, folder)
    toml.write_text("schema = ")
    with pytest.raises(tomllib.TOMLDecodeError):
        load_compiled_toml(toml, folder)
    toml.unlink()
    with pytest.raises(FileNotFoundError):
        load_compiled_toml(toml, folder)


def test_an_installation_compiles_every_bundled_file_also_where_python_writes_no_bytecode(
    folder: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compile_bundled_toml(folder)
    countries = (COUNTRIES_FILE, COUNTRY_NAMES_FILE)
    bundled = [PLAYBOOK_FILE, TEXTS_FILE, REASONS_FILE, *countries, AUTHORITIES_FILE, AUTHORITY_TEXTS_FILE]
    assert len(parsed) == len(bundled)
    for name in bundled:
        path = Path(loader.__file__).parent / name
        document = load_compiled_toml(path, folder)
        assert len(parsed) == len(bundled), name
        assert json.dumps(document) == json.dumps(tomllib.loads(path.read_text(encoding="utf-8"))), "also in its order"
        parsed.pop()


def test_the_hook_of_an_installation_is_where_the_build_looks_for_it() -> None:
    root = Path(__file__).parents[2]
    wheel = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    hook = (root / wheel["hooks"]["custom"]["path"]).read_text(encoding="utf-8")
    assert "compile_bundled_toml()" in hook
    assert "compile_catalogues()" in hook
    assert [root / each for each in wheel["artifacts"]] == [COMPILED_FOLDER / "*.json", COMPILED_CATALOGUES / "*.mo"]
