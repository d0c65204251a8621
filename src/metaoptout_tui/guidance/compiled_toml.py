"""Reads the program's own TOML files quickly: each is parsed once, and what it said is kept as JSON in this package.

They are made when the program is installed, and again by itself when a TOML file was changed. A compiled file holds the
very bytes of the TOML it was made from, so it is never used when it is out of date, and a checksum of all that follows,
so a damaged one is made anew. Whoever can write into its folder can change the program itself, so no more is checked.
Where nothing can be written, and where Python is to write no bytecode, the TOML is parsed each time.
"""

import json
import os
import stat
import sys
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32

_CHECKSUM_LENGTH = len(b"00000000\n")
_MAX_GROWTH = 4
"""How many times as long as the TOML its compiled form may be, which holds both the TOML and the JSON."""


COMPILED_FOLDER = Path(__file__).parent / "compiled"


def compile_bundled_toml(folder: Path = COMPILED_FOLDER) -> None:
    """Make the compiled form of every TOML file of the guidance, as an installation does."""
    for path in sorted(Path(__file__).parent.rglob("*.toml")):
        load_compiled_toml(path, folder, may_write=True)


def load_compiled_toml(path: Path, folder: Path, *, may_write: bool | None = None) -> dict[str, Any]:
    """What the TOML file at `path` holds, from its compiled form in `folder` where that is there and right.

    `may_write` says whether a compiled form may be made, by default where Python may write bytecode. Raises OSError,
    UnicodeDecodeError or TOMLDecodeError where the TOML itself cannot be read.
    """
    source = path.read_bytes()
    compiled = folder / f"{path.parent.name}-{path.stem}.json"
    document = _read_compiled(compiled, source)
    if document is None:
        document = tomllib.loads(source.decode())
        if not sys.dont_write_bytecode if may_write is None else may_write:
            _write_compiled(compiled, source, document)
    return document


def _read_compiled(path: Path, source: bytes) -> dict[str, Any] | None:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        with path.open("rb") as file:
            data = file.read(_MAX_GROWTH * len(source) + 1)
        if not data.startswith(source, _CHECKSUM_LENGTH) or data[:_CHECKSUM_LENGTH] != _checksum(data):
            return None
        document = json.loads(data[_CHECKSUM_LENGTH + len(source) :])
    except (OSError, ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def _write_compiled(path: Path, source: bytes, document: dict[str, Any]) -> None:
    try:
        written = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    except TypeError:  # a date, which JSON does not have
        return
    data = bytes(_CHECKSUM_LENGTH) + source + written.encode()
    if json.loads(written) != document or len(data) > _MAX_GROWTH * len(source):
        return
    temp = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temp.open("xb") as file:
                file.write(_checksum(data) + data[_CHECKSUM_LENGTH:])
            temp.replace(path)
        finally:
            temp.unlink(missing_ok=True)


def _checksum(data: bytes) -> bytes:
    """The checksum of a compiled file, as it stands at its head."""
    return b"%08x\n" % crc32(memoryview(data)[_CHECKSUM_LENGTH:])
