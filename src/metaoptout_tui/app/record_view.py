"""What follows from the record, the guidance in use and the time: the overview, legal periods, facts for letters."""

from datetime import datetime
from typing import TYPE_CHECKING

from metaoptout_tui.app.record_history import RecordHistory
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.legal_periods import LegalPeriod
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.evidence import evidence_items_of
from metaoptout_tui.guidance.loader import public_holiday_name

if TYPE_CHECKING:
    from metaoptout_tui.core.letters import LetterFacts


class RecordView:
    """Reads the record of `history` by the guidance in `playbook`, and changes nothing."""

    def __init__(self, history: RecordHistory, playbook: Playbook) -> None:
        self.history = history
        self.playbook = playbook
        self._cached_overview: tuple[Record, Playbook, datetime, Overview] | None = None

    def overview(self) -> Overview:
        """Everything computed from the record and the clock; the same value within one minute of no change."""
        record, now = self.history.record, self.history.now()
        minute = now.replace(second=0, microsecond=0)
        cached = self._cached_overview
        if cached is None or cached[0] is not record or cached[1] is not self.playbook or cached[2] != minute:
            overview = compute_overview(record, self.playbook, now, public_holiday_name)
            self._cached_overview = cached = (record, self.playbook, minute, overview)
        return cached[3]

    def require_status(self, id: str) -> AccountStatus:
        """How an account that must be there stands; InputRefused where it is not."""
        self.history.account(id)
        return next(status for status in self.overview().statuses if status.account.id == id)

    def legal_periods(self, id: str) -> tuple[LegalPeriod, ...]:
        """The legal periods since an account's own objection, each with its working; empty where none runs or ran.

        The first call loads the public holidays, some 120 ms.
        """
        status = self.overview().status_of(id)
        periods = (deadline.legal_period(public_holiday_name) for deadline in (status.deadlines if status else ()))
        return tuple(period for period in periods if period is not None)

    def letter_facts(self, status: AccountStatus, *, authority: str = "") -> "LetterFacts":
        """What the diary of an account holds for its letters, with the files kept for it."""
        from metaoptout_tui.core.letters import collect_letter_facts

        record, today = self.history.record, self.history.now().date()
        files = tuple(item.file for item in evidence_items_of(record) if item.account.id == status.account.id)
        return collect_letter_facts(
            status, record, self.playbook, today, public_holiday_name, authority=authority, attachments=files
        )
