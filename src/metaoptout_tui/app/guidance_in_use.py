"""Which guidance is used, the bundled one or an accepted feed edition, and how to accept, decline or leave one.

The bundled guidance is used where the accepted edition is damaged, of another kind or not newer, so there is always
some. Without an accepted edition this costs one look for its file.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.core.dates import parse_iso_moment
from metaoptout_tui.core.errors import GuidanceError, StorageError
from metaoptout_tui.core.guidance.editions import GuidanceInUse, GuidanceOrigin
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.guidance.loader import load_playbook
from metaoptout_tui.storage.remembered import (
    load_accepted_edition,
    load_state,
    save_accepted_edition,
    save_state,
    set_aside_accepted_edition,
)

if TYPE_CHECKING:
    from metaoptout_tui.core.guidance.editions import EditionChange
    from metaoptout_tui.guidance.feed import EditionVerdict


def load_guidance_in_use(where: AppPaths) -> GuidanceInUse:
    """The accepted edition where it holds together and is newer than the bundled guidance, else that one.

    Raises GuidanceError only where the installation is damaged.
    """
    bundled = load_playbook()
    try:
        data = load_accepted_edition(where.accepted_edition)
        if data is None:
            return GuidanceInUse(bundled)
        from metaoptout_tui.guidance.feed import parse_edition

        edition = parse_edition(data, name=where.accepted_edition.name)
    except (StorageError, GuidanceError) as error:
        return _bundled_with_notice(bundled, error.what)
    if edition.id != bundled.id:
        return _bundled_with_notice(bundled, f"{where.accepted_edition.name}: this is no edition of {bundled.id}.")
    if edition.serial <= bundled.serial:
        return GuidanceInUse(bundled)
    state = load_state(where.state)
    return GuidanceInUse(
        edition,
        GuidanceOrigin(is_from_feed=True, host=state.feed_host, accepted_at=parse_iso_moment(state.feed_accepted)),
    )


class OfferedGuidance(NamedTuple):
    """An edition that came from `host`: how it stands to the guidance in use, and what it would change."""

    edition: Playbook
    raw_bytes: bytes
    host: str
    verdict: "EditionVerdict"
    changes: "tuple[EditionChange, ...]"


def judge_offered_guidance(
    where: AppPaths, data: bytes, *, host: str, in_use: GuidanceInUse, today: date
) -> OfferedGuidance:
    """What a feed sent, read and judged; it changes nothing until it is accepted.

    Takes some 0.1 s of the processor. Raises GuidanceError where it does not hold together, which names host and key.
    """
    from metaoptout_tui.core.guidance.editions import compare_editions
    from metaoptout_tui.guidance.feed import judge_edition, parse_edition

    edition = parse_edition(data, name=host)
    declined = load_state(where.state).refused_serial
    verdict = judge_edition(edition, in_use=in_use.playbook, today=today, declined=declined)
    return OfferedGuidance(edition, data, host, verdict, compare_editions(in_use.playbook, edition))


def accept_offered_guidance(where: AppPaths, offer: OfferedGuidance, *, now: datetime) -> GuidanceInUse:
    """Take an edition into use, at the person's word; the guidance that is then in use.

    Raises GuidanceError for one that may not be accepted, StorageError where it cannot be kept.
    """
    if not offer.verdict.may_be_accepted:
        raise GuidanceError(offer.verdict.message)
    save_accepted_edition(where.accepted_edition, offer.raw_bytes)
    accepted = now.isoformat(timespec="seconds")
    save_state(where.state, replace(load_state(where.state), feed_host=offer.host, feed_accepted=accepted))
    return GuidanceInUse(offer.edition, GuidanceOrigin(is_from_feed=True, host=offer.host, accepted_at=now))


def decline_offered_guidance(where: AppPaths, offer: OfferedGuidance) -> None:
    """Remember that the person does not want this edition, so that it is not offered again."""
    save_state(where.state, replace(load_state(where.state), refused_serial=offer.edition.serial))


def return_to_bundled_guidance(where: AppPaths) -> GuidanceInUse:
    """Use the bundled guidance again; the edition stays beside its place and is not offered again. Raises StorageError."""
    left = load_guidance_in_use(where)
    set_aside_accepted_edition(where.accepted_edition)
    if left.origin.is_from_feed:
        save_state(where.state, replace(load_state(where.state), refused_serial=left.playbook.serial))
    return GuidanceInUse(load_playbook())


def _bundled_with_notice(bundled: Playbook, why: str) -> GuidanceInUse:
    return GuidanceInUse(
        bundled, notice=f"The guidance you accepted is not used. {why} It was left as it is; the program's own is used."
    )
