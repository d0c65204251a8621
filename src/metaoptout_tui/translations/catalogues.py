"""In which words does the program speak another language? Reads the compiled catalogue of a language.

`LANGUAGE.po` beside this module is what translators edit. The build compiles each (`src/hatch_build.py`); a catalogue that
was not made of the `.po` file that lies beside it is not used.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from metaoptout_tui.core.language.translation import ENGLISH, SOURCE_LANGUAGE

if TYPE_CHECKING:  # what only annotations name is not loaded at start
    from metaoptout_tui.core.language.translation import Catalogue

FOLDER = Path(__file__).parent
COMPILED_FOLDER = FOLDER / "compiled"
ENGLISH_MARK = "[EN] "
"""Before a sentence about Meta or the law that stands in English among others, until its translation is looked at."""


def load_catalogue(language: str, folder: Path = COMPILED_FOLDER) -> Catalogue | None:
    """The sentences of a language; None where they are not there, are damaged, or were made of another `.po` file."""
    if language == SOURCE_LANGUAGE:
        return ENGLISH
    import gettext
    import struct

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

    try:
        with (folder / _compiled_name(FOLDER / f"{language}.po")).open("rb") as file:
            catalogue = CompiledCatalogue(file)
    except (OSError, ValueError, LookupError, SyntaxError, struct.error):  # what gettext raises for a damaged file
        return None
    catalogue.add_fallback(MarkedEnglish())
    return catalogue


def translated_languages() -> tuple[str, ...]:
    """The languages that there is a `.po` file of."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.po")))


def compile_catalogues(folder: Path = COMPILED_FOLDER) -> None:
    """Compile every `.po` file that is not yet, as an installation does. Needs Babel, which the build brings."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    folder.mkdir(parents=True, exist_ok=True)
    sources = {_compiled_name(path): path for path in sorted(FOLDER.glob("*.po"))}
    for former in folder.glob("*.mo"):
        if former.name not in sources:
            former.unlink()
    for name, path in sources.items():
        if not (folder / name).exists():
            with path.open("rb") as source:
                catalogue = read_po(source, locale=path.stem)
            temp = folder / f"{name}.new"
            with temp.open("wb") as file:
                write_mo(file, catalogue)
            temp.replace(folder / name)


def _compiled_name(path: Path) -> str:
    """The name of the compiled file, which tells of which words it was made."""
    return f"{path.stem}-{crc32(path.read_bytes()):08x}.mo"
