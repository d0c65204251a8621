"""Reads and judges an edition of the guidance from a feed: one file with the playbook and its sentences.

The file has the structure of the bundled playbook and, below `[texts]`, its sentences, so that one file is one
snapshot. It may use known keys, plain sentences and links to built-in hosts only. Its serial and dates decide whether
it may replace the guidance in use.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from metaoptout_tui.core.errors import GuidanceError
from metaoptout_tui.core.guidance.editions import MAX_EDITION_BYTES
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.toml import MalformedFile, decode_toml, line_finder, parse_toml
from metaoptout_tui.guidance.former_editions import complete_edition
from metaoptout_tui.guidance.loader import parse_playbook

TEXTS_KEY = "texts"
MAX_SERIAL_GAP = 1_000
"""Serials that an edition may skip: a forged edition with a huge serial would lock out all later ones."""

MAX_TIME_AHEAD = timedelta(days=2)
"""How far in the future an edition may be dated, since clocks and time zones differ."""


class EditionStatus(StrEnum):
    """Whether an edition may replace the guidance in use: REFUSED by the program, DECLINED by the person before."""

    NEW = "new"
    SAME = "same"
    DECLINED = "declined"
    REFUSED = "refused"


class EditionVerdict(NamedTuple):
    """The status of an edition, with a message for the person."""

    status: EditionStatus
    message: str

    @property
    def may_be_accepted(self) -> bool:
        """Whether the person may accept it, even if they refused it once."""
        return self.status in {EditionStatus.NEW, EditionStatus.DECLINED}


def parse_edition(data: bytes, *, name: str) -> Playbook:
    """The guidance in a file of at most `MAX_EDITION_BYTES`; `name` is the file or host for error messages.

    Raises only GuidanceError, whose sentence names the file and the key or line.
    """
    document = _parse_edition_toml(data, name)
    texts = complete_edition(document, document.pop(TEXTS_KEY, None))
    return parse_playbook(document, texts, file=name, texts_file=name, texts_key_path=(TEXTS_KEY,))


def edition_problems(data: bytes, *, name: str) -> Iterator[str]:
    """Every error in an edition, each on one line with its line number and key."""
    from metaoptout_tui.guidance.checks import find_problems

    try:
        document = _parse_edition_toml(data, name)
    except GuidanceError as error:
        yield error.what
        return
    line_of = line_finder(decode_toml(data, name))
    texts = complete_edition(document, document.pop(TEXTS_KEY, None))
    for problem in find_problems(document, texts, file=name, texts_file=name, texts_key_path=(TEXTS_KEY,)):
        line = line_of(problem.key_path)
        yield str(problem._replace(file=f"{name}, line {line}") if line else problem)


def judge_edition(edition: Playbook, *, in_use: Playbook, today: date, declined_serial: int = 0) -> EditionVerdict:
    """Whether a valid edition may be offered: its serial and dates must be newer than those in use, but not too new.

    `declined_serial` is the one that the person refused last, which is not offered again. Any other is, even a lower
    one, since a forged edition must not block genuine ones.
    """
    kept = _("The guidance of {day} stays in use.").format(day=in_use.published)
    values = {
        "number": edition.serial,
        "number_in_use": in_use.serial,
        "day": edition.published,
        "day_in_use": in_use.published,
    }
    if edition.id != in_use.id:
        return _refuse(_("This is no edition of {id}.").format(id=in_use.id), kept)
    if edition.serial == in_use.serial:
        return EditionVerdict(
            EditionStatus.SAME,
            _("There is no newer edition than the one of {day_in_use}, which is in use.").format(**values),
        )
    if edition.serial < in_use.serial:
        return _refuse(
            _("Edition {number} is older than edition {number_in_use}, which is in use.").format(**values), kept
        )
    if edition.serial - in_use.serial > MAX_SERIAL_GAP:
        return _refuse(
            _("Edition {number} leaves out more than {most} editions since {number_in_use}.").format(
                **values, most=MAX_SERIAL_GAP
            ),
            kept,
        )
    if edition.published < in_use.published:
        return _refuse(
            _("Edition {number} is dated {day}, before {day_in_use}, though its number is higher.").format(**values),
            kept,
        )
    if _parse_date(edition.published) > today + MAX_TIME_AHEAD:
        return _refuse(_("Edition {number} is dated {day}, which is in the future.").format(**values), kept)
    if edition.expires and _parse_date(edition.expires) < today:
        return _refuse(
            _("Edition {number} was good until {last_day} only.").format(**values, last_day=edition.expires), kept
        )
    if edition.serial == declined_serial:
        return EditionVerdict(
            EditionStatus.DECLINED, f"{_('You refused edition {number} of {day}.').format(**values)} {kept}"
        )
    return EditionVerdict(
        EditionStatus.NEW, _("There is an edition of {day}, newer than {day_in_use}.").format(**values)
    )


def _parse_edition_toml(data: bytes, name: str) -> dict[str, object]:
    if len(data) > MAX_EDITION_BYTES:
        raise GuidanceError(
            _("{file}: this is larger than {size} KB, so it is no playbook.").format(
                file=name, size=MAX_EDITION_BYTES >> 10
            )
        )
    if data.lstrip()[:1] == b"<":
        raise GuidanceError(_("{file}: this is a web page, not a playbook.").format(file=name))
    try:
        return parse_toml(data, name)
    except MalformedFile as error:
        raise GuidanceError(error.what) from error


def _refuse(problem: str, kept: str) -> EditionVerdict:
    return EditionVerdict(EditionStatus.REFUSED, f"{problem} {kept}")


def _parse_date(iso_date: str) -> date:
    return date.fromisoformat(iso_date)
