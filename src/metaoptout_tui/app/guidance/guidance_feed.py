"""Editions of the guidance from a feed or a file: checks them, offers them to the person, accepts or declines them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.app.clock import Clock, system_clock
from metaoptout_tui.app.guidance.guidance_in_use import load_guidance_in_use
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.core import text
from metaoptout_tui.core.errors import GuidanceError, StorageError
from metaoptout_tui.core.guidance.editions import MAX_EDITION_BYTES, GuidanceInUse, GuidanceOrigin
from metaoptout_tui.core.guidance.page_check_results import feed_failure_reason
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.guidance.feed import (
    EditionStatus,
    edition_problems,
    judge_edition,
    parse_edition,
)
from metaoptout_tui.guidance.loader import load_playbook
from metaoptout_tui.storage.file_access import read_bytes
from metaoptout_tui.storage.settings_files import (
    load_accepted_edition,
    load_state,
    save_accepted_edition,
    save_state,
    set_aside_accepted_edition,
)

if TYPE_CHECKING:
    from metaoptout_tui.core.guidance.edition_changes import EditionChange
    from metaoptout_tui.guidance.feed import EditionVerdict
    from metaoptout_tui.guidance.fetch_requests import FetchResult


class OfferedGuidance(NamedTuple):
    """An edition from `host`, compared with the guidance in use: the verdict, and what it would change."""

    edition: Playbook
    raw_bytes: bytes
    host: str
    verdict: EditionVerdict
    changes: tuple[EditionChange, ...]


class GuidanceFeed:
    """The guidance in use, and the edition that the person is `offered`, if any.

    `outcome` is a sentence on the last answer of the feed or the last decision; empty before.
    """

    def __init__(self, paths: AppPaths, guidance: GuidanceInUse, *, clock: Clock = system_clock) -> None:
        self.guidance = guidance
        self.offered: OfferedGuidance | None = None
        self.outcome = ""
        self._paths = paths
        self._clock = clock

    def process_answer(self, answer: FetchResult, host: str) -> None:
        """Judge what the feed sent, and offer it where it may be accepted. Nothing of it is used yet."""
        from metaoptout_tui.guidance.fetch_requests import FetchedBody

        self.offered = None
        if not isinstance(answer, FetchedBody):
            self.outcome = _("The feed: {reason}").format(reason=feed_failure_reason(answer))
            return
        try:
            offer = self.judge(answer.data, host)
        except GuidanceError as error:
            self.outcome = f"{_('The feed cannot be used.')} {error.what}"
            return
        self.offered = offer if offer.verdict.may_be_accepted else None
        self.outcome = _("The feed: {message}").format(message=offer.verdict.message)

    def judge(self, data: bytes, host: str) -> OfferedGuidance:
        """Parse and judge the bytes from a feed; takes about 0.1 s of processor time.

        Raises GuidanceError, which names host and key, where they are not valid.
        """
        from metaoptout_tui.core.guidance.edition_changes import compare_editions

        edition, in_use = parse_edition(data, name=host), self.guidance.playbook
        declined = load_state(self._paths.state).refused_serial
        verdict = judge_edition(edition, in_use=in_use, today=self._clock().date(), declined_serial=declined)
        return OfferedGuidance(edition, data, host, verdict, compare_editions(in_use, edition))

    def accept(self) -> None:
        """Take the offered edition into use.

        Raises GuidanceError for one that may not be accepted, StorageError where it cannot be saved.
        """
        offer = self.offered
        if offer is None:
            return
        if not offer.verdict.may_be_accepted:
            raise GuidanceError(offer.verdict.message)
        now, state_path = self._clock(), self._paths.state
        save_accepted_edition(self._paths.accepted_edition, offer.raw_bytes)
        accepted_at = now.isoformat(timespec="seconds")
        save_state(state_path, load_state(state_path)._replace(feed_host=offer.host, feed_accepted=accepted_at))
        origin = GuidanceOrigin(is_from_feed=True, host=offer.host, accepted_at=now)
        self.guidance = GuidanceInUse(offer.edition, origin)
        self.offered, self.outcome = (
            None,
            _("The guidance of {published} is in use now.").format(published=offer.edition.published),
        )

    def decline(self) -> None:
        """Decline the offered edition; it is not offered again."""
        if self.offered is not None:
            self._decline_serial(self.offered.edition.serial)
            self.offered, self.outcome = (
                None,
                _("The guidance of {published} stays in use.").format(published=self.guidance.playbook.published),
            )

    def return_to_bundled(self) -> None:
        """Use the bundled guidance again; the accepted edition is not offered again. Raises StorageError."""
        previous = load_guidance_in_use(self._paths)
        set_aside_accepted_edition(self._paths.accepted_edition)
        if previous.origin.is_from_feed:
            self._decline_serial(previous.playbook.serial)
        self.guidance = GuidanceInUse(load_playbook())
        self.offered, self.outcome = None, _("The program's own guidance is in use again.")

    def _decline_serial(self, serial: int) -> None:
        save_state(self._paths.state, load_state(self._paths.state)._replace(refused_serial=serial))


def check_guidance_file(path: Path, paths: AppPaths, *, today: date) -> tuple[tuple[str, ...], str]:
    """Every problem of a playbook file, none where it is valid, and a sentence that sums up.

    Raises StorageError where the file cannot be read.
    """
    data = read_bytes(path, MAX_EDITION_BYTES)
    name = text.clean_line(str(path))
    if data is None:
        raise StorageError(_("There is no file {name}.").format(name=name))
    problems = tuple(edition_problems(data, name=name))
    if problems:
        words = ngettext("{count} problem in {file}.", "{count} problems in {file}.", len(problems))
        return problems, words.format(count=format_number(len(problems)), file=name)
    edition = parse_edition(data, name=name)
    verdict = judge_edition(edition, in_use=load_guidance_in_use(paths).playbook, today=today)
    words = (
        _("{file} holds together. As a feed it would be offered now: {reason}")
        if verdict.status is EditionStatus.NEW
        else _("{file} holds together. As a feed it would not be offered now: {reason}")
    )
    return (), words.format(file=name, reason=verdict.message)


def export_guidance(paths: AppPaths) -> bytes:
    """The guidance in use as one file: an accepted edition byte for byte as it came, else the bundled one."""
    from metaoptout_tui.guidance.playbook_writer import write_playbook

    playbook, origin, _unused = load_guidance_in_use(paths)
    accepted = load_accepted_edition(paths.accepted_edition) if origin.is_from_feed else None
    return write_playbook(playbook).encode() if accepted is None else accepted
