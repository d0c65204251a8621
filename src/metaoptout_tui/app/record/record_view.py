"""What is computed from the record and the guidance."""

from datetime import datetime
from typing import TYPE_CHECKING

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.record.current_record import CurrentRecord
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.legal_periods import LegalPeriod
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.guidance.loader import public_holiday_name

if TYPE_CHECKING:
    from metaoptout_tui.core.letters.letter_facts import LetterFacts
    from metaoptout_tui.core.links import SafeUrl


class RecordView:
    """What is computed from the record, the guidance in `playbook` and the time."""

    def __init__(self, current_record: CurrentRecord, playbook: Playbook, clock: Clock) -> None:
        self.playbook = playbook
        self._current_record = current_record
        self._clock = clock
        self._cached_overview: tuple[Record, Playbook, datetime, Overview] | None = None

    def overview(self) -> Overview:
        """The overview of the record now; computed again after a change and every minute."""
        record, now = self._current_record.record, self._clock()
        minute = now.replace(second=0, microsecond=0)
        cached = self._cached_overview
        if cached is None or cached[0] is not record or cached[1] is not self.playbook or cached[2] != minute:
            overview = compute_overview(record, self.playbook, now, public_holiday_name)
            self._cached_overview = cached = (record, self.playbook, minute, overview)
        return cached[3]

    def require_status(self, account_id: str) -> AccountStatus:
        """The status of an account that must be there; InputRefused where it is not."""
        self._current_record.account(account_id)
        return next(status for status in self.overview().statuses if status.account.id == account_id)

    def form_link(self, account_id: str) -> "SafeUrl | None":
        """The link of the first form for an account; None where there is none."""
        from metaoptout_tui.core.links import first_meta_url

        status = self.overview().status_of(account_id)
        if status is None:
            return None
        forms = self.playbook.forms_for(platform=status.account.platform, region=status.region.id)
        return first_meta_url(form.url for form in forms)

    def legal_periods(self, account_id: str) -> tuple[LegalPeriod, ...]:
        """The legal periods since the account's own objection, each with its calculation.

        The first call loads the public holidays, some 120 ms.
        """
        status = self.overview().status_of(account_id)
        periods = (deadline.legal_period(public_holiday_name) for deadline in (status.deadlines if status else ()))
        return tuple(period for period in periods if period is not None)

    def letter_facts(self, status: AccountStatus) -> "LetterFacts":
        """The facts of an account for its letters, with its evidence files."""
        from metaoptout_tui.core.letters.letter_facts_of_diary import collect_letter_facts

        record, today = self._current_record.record, self._clock().date()
        return collect_letter_facts(status, record, self.playbook, today, public_holiday_name)
