"""In which language is a sentence said? The English sentence is its own key, as gettext has it.

A sentence stands whole in the code, with named places: `_("Saved in {folder}.").format(folder=folder)`. Tables hold their
sentences with `mark`, which only lets them be found, and translate where they are shown.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

SOURCE_LANGUAGE = "en"
"""The language in which sentences stand in the code."""


class Catalogue(Protocol):
    """The sentences of one language; `gettext.GNUTranslations` is one, with `language` beside it."""

    @property
    def language(self) -> str:
        """The code of the language, such as “de”."""

    def gettext(self, message: str, /) -> str:
        """The sentence in this language; the English one where there is none."""

    def ngettext(self, one: str, many: str, number: int, /) -> str:
        """The form of a sentence for a number."""

    def pgettext(self, context: str, message: str, /) -> str:
        """The sentence for a word that means several things in English."""


class Sentence(str):
    """A translated sentence. Where a value that is filled in ends in a full stop, such as “3. Nov.”, no second one follows."""

    __slots__ = ()

    def format(self, *args: object, **values: object) -> str:
        """The sentence with its places filled in."""
        sentence = str(self)
        for name, value in values.items():
            brings_stop = isinstance(value, str) and value.endswith(".") and not value.endswith("..")
            if brings_stop and f"{{{name}}}." in sentence:
                sentence = re.sub(rf"(\{{{name}\}})\.(?![\w.])", r"\1", sentence)
        return sentence.format(*args, **values)


class _SourceCatalogue:
    """The English sentences as they stand in the code."""

    language = SOURCE_LANGUAGE

    def gettext(self, message: str, /) -> str:
        return message

    def ngettext(self, one: str, many: str, number: int, /) -> str:
        return one if number == 1 else many

    def pgettext(self, context: str, message: str, /) -> str:  # noqa: ARG002 - the signature is gettext's
        return message


ENGLISH: Catalogue = _SourceCatalogue()

# One for the whole process, as with gettext: every task and thread of the program speaks the person's language.
_in_use: list[Catalogue] = [ENGLISH]
_of_document: ContextVar[Catalogue | None] = ContextVar("catalogue of the document that is being written", default=None)


def use_catalogue(catalogue: Catalogue) -> None:
    """Say everything from now on with these sentences."""
    _in_use[0] = catalogue


@contextmanager
def in_catalogue(catalogue: Catalogue) -> Iterator[None]:
    """Say what is built in this block with other sentences, for a document in another language than the screen's."""
    token = _of_document.set(catalogue)
    try:
        yield
    finally:
        _of_document.reset(token)


def catalogue_in_use() -> Catalogue:
    """The sentences that hold at this place: those of the document that is being written, else the program's."""
    return _of_document.get() or _in_use[0]


def language_in_use() -> str:
    """The code of the language that holds at this place."""
    return catalogue_in_use().language


def mark(sentence: str) -> str:
    """The sentence itself; lets the one in a table be found for translation. Whoever shows it calls `gettext`."""
    return sentence


def gettext(sentence: str) -> str:
    """The sentence in the language in use; imported as `_`. An empty one stays empty."""
    return _in_language(catalogue_in_use().gettext(sentence)) if sentence else ""


def ngettext(one: str, many: str, number: int) -> str:
    """The form of a sentence for a number: `ngettext("{count} day", "{count} days", count).format(count=count)`."""
    return _in_language(catalogue_in_use().ngettext(one, many, number))


def pgettext(context: str, sentence: str) -> str:
    """The sentence for a word that means several things in English: `pgettext("a form", "open")`."""
    return _in_language(catalogue_in_use().pgettext(context, sentence))


def _in_language(sentence: str) -> str:
    """The English sentences need no care: no date ends in a full stop there."""
    return sentence if catalogue_in_use() is ENGLISH else Sentence(sentence)
