"""What was typed on a screen and not recorded yet: kept in the record.

Typing is no step of undo; undo of a recording brings the draft back that it came from.
"""

from datetime import datetime

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.record.current_record import CurrentRecord
from metaoptout_tui.core import dates
from metaoptout_tui.core.record.accounts import DRAFT_TYPED_AT, Draft, Record


class Drafts:
    """The drafts of all input screens, by their keys (`make_draft_key`)."""

    def __init__(self, current_record: CurrentRecord, clock: Clock) -> None:
        self._current_record = current_record
        self._clock = clock

    def read(self, key: str) -> Draft:
        """What was typed under a key and not recorded yet."""
        draft = self._current_record.record.drafts.get(key, {})
        return {name: value for name, value in draft.items() if name != DRAFT_TYPED_AT}

    def typed_at(self, key: str) -> datetime | None:
        """When a draft was last typed at; None for no draft, or where it is not known."""
        return dates.parse_iso_moment(self._current_record.record.drafts.get(key, {}).get(DRAFT_TYPED_AT, ""))

    def save(self, key: str, draft: Draft) -> None:
        """Save what is being typed. A read-only session drops it."""
        record = self._current_record.record
        with_draft = self.written_into(record, key, draft)
        if not self._current_record.read_only_reason and with_draft is not record:
            self._current_record.replace(with_draft)

    def written_into(self, record: Record, key: str, draft: Draft) -> Record:
        """A record with this draft, as typed now; the same record where it has the draft already."""
        filled_in = {name: value for name, value in draft.items() if value}
        if filled_in == self.read(key):
            return record
        typed_at = {DRAFT_TYPED_AT: self._clock().replace(microsecond=0).isoformat()} if filled_in else {}
        return record.with_draft(key, filled_in | typed_at)

    def discard(self, key: str) -> None:
        """Forget what was typed under a key."""
        self.save(key, {})
