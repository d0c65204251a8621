"""In which words does the program speak another language? Reads the compiled catalogue of a language.

`LANGUAGE.po` beside this module is what translators edit. The build compiles each (`src/hatch_build.py`); where one was
changed since, as in a checkout, it is compiled when it is loaded.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from metaoptout_tui.core.language.translation import ENGLISH, SOURCE_LANGUAGE

if TYPE_CHECKING:  # what only annotations name is not loaded at start
    from metaoptout_tui.core.language.translation import Catalogue

FOLDER = Path(__file__).parent
COMPILED_FOLDER = FOLDER / "compiled"
ENGLISH_MARK = "[EN] "
"""Before a sentence about Meta or the law that stands in English among others, until its translation is looked at."""


def load_catalogue(language: str, folder: Path = COMPILED_FOLDER) -> Catalogue | None:
    """The sentences of a language; None where they are not there or damaged."""
    if language == SOURCE_LANGUAGE:
        return ENGLISH
    import gettext
    import struct
    from io import BytesIO

    class MarkedEnglish(gettext.NullTranslations):
        """What is said where a sentence of the guidance is not translated, or was changed since."""

        def pgettext(self, context: str, message: str) -> str:
            # Only the id of a sentence of the guidance has a dot.
            return f"{ENGLISH_MARK}{message}" if "." in context else message

    class CompiledCatalogue(gettext.GNUTranslations):
        """The sentences of one compiled file."""

        @property
        def language(self) -> str:
            return language

    for compile_anew in (False, True):
        with suppress(
            OSError, ValueError, LookupError, SyntaxError, struct.error
        ):  # what gettext raises for a damaged file
            catalogue = CompiledCatalogue(BytesIO(_compiled(language, folder, anew=compile_anew)))
            break
    else:
        return None
    catalogue.add_fallback(MarkedEnglish())
    return catalogue


def translated_languages() -> tuple[str, ...]:
    """The languages that there is a `.po` file of."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.po")))


def compile_catalogues(folder: Path = COMPILED_FOLDER) -> None:
    """Compile every `.po` file that is not yet, as an installation does, and clear away what others were compiled to."""
    from metaoptout_tui.translations.po_file import compile_po

    names = set()
    for language in translated_languages():
        data = (FOLDER / f"{language}.po").read_bytes()
        names.add(_compiled_name(language, data))
        if not (folder / _compiled_name(language, data)).exists():
            _write_compiled(folder / _compiled_name(language, data), compile_po(data.decode()))
    for former in folder.glob("*.mo"):
        if former.name not in names:
            former.unlink()


def _compiled(language: str, folder: Path, *, anew: bool) -> bytes:
    """The compiled file of a language; made now, or `anew`, where the `.po` file is another than the one that was compiled."""
    source = (FOLDER / f"{language}.po").read_bytes()
    path = folder / _compiled_name(language, source)
    if path.exists() and not anew:
        return path.read_bytes()
    from metaoptout_tui.translations.po_file import compile_po

    compiled = compile_po(source.decode())
    if not sys.dont_write_bytecode:
        with suppress(OSError):  # where nothing may be written here, it is compiled every time
            _write_compiled(path, compiled)
    return compiled


def _write_compiled(path: Path, compiled: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temp = path.with_name(f"{path.name}.{os.getpid()}.new")
    temp.write_bytes(compiled)
    temp.replace(path)


def _compiled_name(language: str, source: bytes) -> str:
    """The name of the compiled file, which tells of which words it was made."""
    from zlib import crc32

    return f"{language}-{crc32(source):08x}.mo"
