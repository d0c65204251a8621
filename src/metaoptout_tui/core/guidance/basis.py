"""What a statement rests on: its sources, how sure it is, as of when, and the law that it tells."""

from collections.abc import Mapping
from typing import Annotated, Literal, NamedTuple, Protocol

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.schema import Id, InFile, Inline, ListOf, PartialDate, Told, Value
from metaoptout_tui.core.language.formatting import format_open_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark

Sureness = Literal["high", "medium", "low"]

OWN_ADVICE = "OWN"
"""The id of the source that stands for the advice of this program itself."""


class GuidanceSource(NamedTuple):
    """A source of guidance. `date` is as exact as known: `2025`, `2025-05`, `2025-05-21` or empty.

    `url` is empty where no public https address is known, `language` where that is not known.
    """

    id: Id
    url: Annotated[str, Value("source-url"), Told(mark("address"))]
    publisher: Annotated[str, Told(mark("publisher"))]
    language: Annotated[str, Value("language"), Told(mark("language"))]
    quality: Annotated[Literal["primary", "good", "weak", "code", "own"], Told(mark("quality"))]
    date: Annotated[PartialDate, Told(mark("date"))] = ""


class _HasSources(Protocol):
    @property
    def sources(self) -> Mapping[str, GuidanceSource]: ...


def _with_publishers(source_ids: tuple[str, ...], playbook: "_HasSources") -> str:
    sources = playbook.sources
    return format_open_list(f"{sources[id].publisher} ({id})" if id in sources else id for id in source_ids)


class Basis(NamedTuple):
    """Why a statement may be shown: ids of its sources, how sure it is, and the date of the newest evidence.

    `provision` cites the law that it tells, empty for none; `is_disputed` where its sources contradict one another.
    """

    sources: Annotated[tuple[str, ...], ListOf("sources", table="source"), Told(mark("rests on"), _with_publishers)]
    sureness: Annotated[Sureness, Told(mark("how sure"))]
    checked_on: Annotated[PartialDate, Told(mark("as of"))]
    provision: Annotated[str, Told(mark("provision"))] = ""
    is_disputed: Annotated[bool, InFile("disputed"), Told(mark("disputed"))] = False

    @property
    def provision_words(self) -> str:
        """The citation of the law in the language in use."""
        return _(self.provision)

    @property
    def is_own_advice(self) -> bool:
        """Whether it is the advice of this program itself, which no source gives."""
        return self.sources == (OWN_ADVICE,)

    @property
    def is_sure(self) -> bool:
        """Whether it can be said without a word on how sure it is."""
        return self.sureness == "high" and not self.is_disputed


InlineBasis = Annotated[Basis, Inline()]


SURENESS_WORDS: Mapping[str, str] = {"high": mark("sure"), "medium": mark("likely"), "low": mark("not verified")}


def describe_sureness(basis: Basis) -> str:
    """How sure a statement is, in a word or two."""
    if basis.is_own_advice:
        return _("our own advice")
    return _("disputed") if basis.is_disputed else _(SURENESS_WORDS[basis.sureness])


def format_sureness(basis: Basis) -> str:
    """How sure a statement is and as of when: `sure, May 2025`."""
    return f"{describe_sureness(basis)}, {dates.format_partial_date(basis.checked_on)}"


def sureness_sentence(basis: Basis) -> str:
    """How sure a statement is, as a sentence of a word or two."""
    if basis.is_own_advice:
        return _("Our own advice.")
    if basis.is_disputed:
        return _("Disputed.")
    return {"high": _("Sure."), "medium": _("Likely."), "low": _("Not verified.")}[basis.sureness]


_DATED_SENTENCES: Mapping[Sureness, str] = {
    "high": mark("Sure, {as_of}."),
    "medium": mark("Likely, {as_of}."),
    "low": mark("Not verified, {as_of}."),
}


def dated_sureness_sentence(basis: Basis) -> str:
    """How sure a statement is and as of when, as a sentence."""
    sentence = mark("Disputed, {as_of}.") if basis.is_disputed else _DATED_SENTENCES[basis.sureness]
    if basis.is_own_advice:
        sentence = mark("Our own advice, {as_of}.")
    return _(sentence).format(as_of=dates.format_partial_date(basis.checked_on))


def doubt_note(basis: Basis | None) -> str:
    """What stands behind a statement that is not sure, such as `(likely)`; empty for any other."""
    return "" if basis is None or basis.is_sure else f"({describe_sureness(basis)})"


def with_doubt(words: str, basis: Basis | None) -> str:
    """A sentence with its doubt behind it, so that nothing that is not sure is told as a fact."""
    return f"{words} {doubt_note(basis)}".rstrip()
