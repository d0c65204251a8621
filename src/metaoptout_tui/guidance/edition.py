"""An edition of the guidance in one file, as a feed holds it: read within bounds, judged, and taken or refused.

The file has the structure of the bundled playbook and, below `[texts]`, its sentences: one file is one snapshot, so that
no two days can be mixed. It is data with little power (reliability W7): known keys, plain sentences, links on hosts that
are built in. Whether it may follow what is in use is a matter of its serial and its dates (W6).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.core.errors import GuidanceError
from metaoptout_tui.core.in_use import MOST_BYTES
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.toml import Malformed, decoded, lines_of, read_toml
from metaoptout_tui.guidance.loader import PLAYBOOK, TEXTS, parse_playbook

TEXTS_KEY = "texts"
LONGEST_JUMP = 1_000
"""Serials that an edition may leave out: more would lock out those that follow (fast-forward)."""

AHEAD = timedelta(days=2)
"""How far in the future an edition may be dated, for clocks and time zones that differ."""


class Standing(StrEnum):
    """What is to be done with an edition."""

    NEW = "new"
    SAME = "same"
    DECLINED = "declined"
    REFUSED = "refused"


class Verdict(NamedTuple):
    """How an edition stands to the guidance in use; `why` is what a person is told, with what is kept."""

    standing: Standing
    why: str

    @property
    def may_be_accepted(self) -> bool:
        """Whether the person may take it into use, also after they refused it once."""
        return self.standing in {Standing.NEW, Standing.DECLINED}


def read_edition(data: bytes, *, name: str) -> Playbook:
    """The guidance in a file of at most `MOST_BYTES`; `name` is what the file or its host is called in errors.

    Raises GuidanceError whose sentence names the file and the key or line, and nothing else.
    """
    document = _document(data, name)
    texts = document.pop(TEXTS_KEY, None)
    return parse_playbook(document, texts, file=name, texts_file=name, texts_at=(TEXTS_KEY,))


def problems_of(data: bytes, *, name: str) -> Iterator[str]:
    """Everything that is wrong with an edition, each in one line with its line and key; nothing where it holds together."""
    from metaoptout_tui.guidance.check import problems

    try:
        document = _document(data, name)
    except GuidanceError as error:
        yield error.what
        return
    line_of = lines_of(decoded(data, name))
    texts = document.pop(TEXTS_KEY, None)
    for problem in problems(document, texts, file=name, texts_file=name, texts_at=(TEXTS_KEY,)):
        line = line_of(problem.where)
        yield str(problem._replace(file=f"{name}, line {line}") if line else problem)


def judge(edition: Playbook, *, in_use: Playbook, today: date, declined: int = 0) -> Verdict:
    """Whether a valid edition may be offered: newer than what is in use by its serial and its dates, and not too much so.

    `declined` is the serial that the person refused last, which is not offered again; another one is, also a lower one,
    since a forged edition must not stand in the way of good ones.
    """
    kept = f"The guidance of {in_use.published} stays in use."
    if edition.id != in_use.id:
        return _refused(f"This is no edition of {in_use.id}.", kept)
    if edition.serial == in_use.serial:
        return Verdict(Standing.SAME, f"There is no newer edition than the one of {in_use.published}, which is in use.")
    if edition.serial < in_use.serial:
        return _refused(f"Edition {edition.serial} is older than edition {in_use.serial}, which is in use.", kept)
    if edition.serial - in_use.serial > LONGEST_JUMP:
        return _refused(
            f"Edition {edition.serial} leaves out more than {LONGEST_JUMP} editions since {in_use.serial}.", kept
        )
    if edition.published < in_use.published:
        return _refused(
            f"Edition {edition.serial} is dated {edition.published}, before {in_use.published}, though its number is higher.",
            kept,
        )
    if _day(edition.published) > today + AHEAD:
        return _refused(f"Edition {edition.serial} is dated {edition.published}, which is in the future.", kept)
    if edition.expires and _day(edition.expires) < today:
        return _refused(f"Edition {edition.serial} was good until {edition.expires} only.", kept)
    if edition.serial == declined:
        return Verdict(Standing.DECLINED, f"You refused edition {edition.serial} of {edition.published}. {kept}")
    return Verdict(Standing.NEW, f"There is an edition of {edition.published}, newer than {in_use.published}.")


def bundled_edition() -> str:
    """The guidance that comes with the program, with its comments, in the one file that an edition is."""
    room = Path(__file__).parent
    structure, texts = ((room / name).read_text(encoding="utf-8") for name in (PLAYBOOK, TEXTS))
    texts = texts.replace("\n[sentences]\n", f"\n[{TEXTS_KEY}.sentences]\n", 1)
    texts = texts.replace("\nlanguage = ", f"\n[{TEXTS_KEY}]\nlanguage = ", 1)
    return f"{structure.rstrip()}\n\n{texts}"


def _document(data: bytes, name: str) -> dict[str, object]:
    if len(data) > MOST_BYTES:
        raise GuidanceError(f"{name}: this is larger than {MOST_BYTES >> 10} KB, so it is no playbook.")
    if data.lstrip()[:1] == b"<":
        raise GuidanceError(f"{name}: this is a web page, not a playbook.")
    try:
        return read_toml(data, name)
    except Malformed as error:
        raise GuidanceError(error.what) from error


def _refused(what: str, kept: str) -> Verdict:
    return Verdict(Standing.REFUSED, f"{what} {kept}")


def _day(written: str) -> date:
    return date.fromisoformat(written)
