"""Which guidance is in use, the bundled one or an edition the person accepted, and how they accept, refuse and go back.

Without an accepted edition this costs a look for its file. One that is damaged, of another kind or overtaken by the
program is left where it is, and the bundled guidance is used: so there is always some.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.core.errors import GuidanceError, StorageError
from metaoptout_tui.core.in_use import InUse, Origin
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.guidance.loader import load_playbook
from metaoptout_tui.storage.edition_file import keep_edition, load_edition, put_aside
from metaoptout_tui.storage.paths import Places
from metaoptout_tui.storage.state_file import load_state, save_state

if TYPE_CHECKING:  # imported when there is an edition to read
    from metaoptout_tui.core.edition import EditionChange
    from metaoptout_tui.guidance.edition import Verdict


def guidance_in_use(where: Places) -> InUse:
    """The accepted edition where it holds together and is newer than the bundled guidance, else that one.

    Raises GuidanceError only where the installation is damaged.
    """
    bundled = load_playbook()
    try:
        data = load_edition(where.edition)
        if data is None:
            return InUse(bundled)
        from metaoptout_tui.guidance.edition import read_edition

        edition = read_edition(data, name=where.edition.name)
    except (StorageError, GuidanceError) as error:
        return _instead(bundled, error.what)
    if edition.id != bundled.id:
        return _instead(bundled, f"{where.edition.name}: this is no edition of {bundled.id}.")
    if edition.serial <= bundled.serial:
        return InUse(bundled)
    state = load_state(where.state)
    return InUse(edition, Origin(is_feed=True, host=state.feed_host, accepted=_moment(state.feed_accepted)))


class Offer(NamedTuple):
    """An edition that came from `host`: how it stands to the guidance in use, and what it would change."""

    edition: Playbook
    data: bytes
    host: str
    verdict: "Verdict"
    changes: "tuple[EditionChange, ...]"


def offered(where: Places, data: bytes, *, host: str, in_use: InUse, today: date) -> Offer:
    """What a feed sent, read and judged; it changes nothing until it is accepted.

    Takes some 0.1 s of the processor. Raises GuidanceError where it does not hold together, which names host and key.
    """
    from metaoptout_tui.core.edition import differences
    from metaoptout_tui.guidance.edition import judge, read_edition

    edition = read_edition(data, name=host)
    declined = load_state(where.state).refused_serial
    verdict = judge(edition, in_use=in_use.playbook, today=today, declined=declined)
    return Offer(edition, data, host, verdict, differences(in_use.playbook, edition))


def accept(where: Places, offer: Offer, *, now: datetime) -> InUse:
    """Take an edition into use, at the person's word; the guidance that is then in use.

    Raises GuidanceError for one that may not be accepted, StorageError where it cannot be kept.
    """
    if not offer.verdict.may_be_accepted:
        raise GuidanceError(offer.verdict.why)
    keep_edition(where.edition, offer.data)
    accepted = now.isoformat(timespec="seconds")
    save_state(where.state, replace(load_state(where.state), feed_host=offer.host, feed_accepted=accepted))
    return InUse(offer.edition, Origin(is_feed=True, host=offer.host, accepted=now))


def refuse(where: Places, offer: Offer) -> None:
    """Remember that the person does not want this edition, so that it is not offered again."""
    save_state(where.state, replace(load_state(where.state), refused_serial=offer.edition.serial))


def go_back(where: Places) -> InUse:
    """Use the bundled guidance again; the edition stays beside its place and is not offered again. Raises StorageError."""
    left = guidance_in_use(where)
    put_aside(where.edition)
    if left.origin.is_feed:
        save_state(where.state, replace(load_state(where.state), refused_serial=left.playbook.serial))
    return InUse(load_playbook())


def _instead(bundled: Playbook, why: str) -> InUse:
    return InUse(
        bundled, notice=f"The guidance you accepted is not used. {why} It was left as it is; the program's own is used."
    )


def _moment(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None
