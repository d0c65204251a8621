"""Makes a task with the values of its sentence, and answers what several tasks ask: which day, and since when."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.deadlines import Deadline
from metaoptout_tui.core.objection.event_sentences import day_of_event, describe_event
from metaoptout_tui.core.objection.legal_periods import HolidayLookup, LegalPeriod
from metaoptout_tui.core.objection.lifecycle import ObjectionOutcome
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.tasks import TASK_KINDS, Task, TaskKind, TaskTextValue, last_day_before
from metaoptout_tui.core.record.account_names import name_in_sentence
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, events_in_force, is_month_alone

OUTCOME_CHECK_INTERVAL = timedelta(days=30)
"""After how many days this program asks again what became of something; no law sets them."""
MAILBOX_CHECK_DELAYS = (timedelta(hours=1), timedelta(hours=24), timedelta(days=3))
"""When to look for Meta's mail after filing."""


class DayValue(NamedTuple):
    """A day, told with its year where that is not the present one."""

    day: date
    today: date

    def words(self, _playbook: Playbook, /) -> str:
        """`3 Nov`."""
        return dates.format_day(self.day, self.today)


class EitherDayValue(NamedTuple):
    """Two days of which either may be meant, each told with its year where that is not the present one."""

    day: date
    later: date
    today: date

    def words(self, _playbook: Playbook, /) -> str:
        """`10 Dec or 14 Dec`."""
        day, later = dates.format_day(self.day, self.today), dates.format_day(self.later, self.today)
        return _("{day} or {later}").format(day=day, later=later)


class LocalDayValue(NamedTuple):
    """The day here of a moment, told with its year where that is not the present one."""

    moment: datetime
    now: datetime

    def words(self, _playbook: Playbook, /) -> str:
        """`3 Nov`."""
        return dates.format_local_day(self.moment, self.now)

    @property
    def is_past(self) -> bool:
        """Whether the day is over."""
        return dates.local_day(self.moment, self.now) < self.now.date()


class EventDayValue(NamedTuple):
    """The day of an entry, or its month where only that is known."""

    event: Event
    now: datetime

    def words(self, _playbook: Playbook, /) -> str:
        """`3 Nov`, or `Nov 2026`."""
        return day_of_event(self.event, self.now)


class FullDayValue(NamedTuple):
    """A day, told with its year."""

    day: date

    def words(self, _playbook: Playbook, /) -> str:
        """`3 Nov 2026`."""
        return dates.format_full_day(self.day)


class MomentValue(NamedTuple):
    """A day with its time."""

    moment: datetime
    now: datetime

    def words(self, _playbook: Playbook, /) -> str:
        """`20 Nov, 14:02`."""
        return dates.format_day_and_time(self.moment, self.now)


class AgeValue(NamedTuple):
    """How long ago something was."""

    moment: datetime
    now: datetime

    def words(self, _playbook: Playbook, /) -> str:
        """`2 days ago`."""
        return dates.format_age(self.moment, self.now)


class AccountValue(NamedTuple):
    """The name of an account."""

    platform: str
    name: str

    def words(self, playbook: Playbook, /) -> str:
        """`Facebook “Anna”`."""
        return name_in_sentence(self.platform, self.name, playbook)


def name_value(account: Account) -> AccountValue:
    """The name of this account."""
    return AccountValue(account.platform, account.name)


class SentLetterValue(NamedTuple):
    """A letter that was sent; with its day where it `has_its_like` among those that are asked about."""

    event: Event
    now: datetime
    has_its_like: bool

    def words(self, playbook: Playbook, /) -> str:
        """`Complaint sent to Meta`, or `Complaint sent to Meta, 3 Nov`."""
        letter = describe_event(self.event, playbook)
        if not self.has_its_like:
            return letter
        # Translators: {letter} is such as “Objection sent by post”, {day} the day it was sent on.
        return _("{letter}, {day}").format(letter=letter, day=day_of_event(self.event, self.now))


class AddressValue(NamedTuple):
    """The e-mail address that Meta writes to, empty where it is not known; with the account where it is that of several."""

    email: str
    one_of_several: AccountValue | None = None

    def words(self, playbook: Playbook, /) -> str:
        """`anna@example.org`, or `anna@example.org about Facebook “Anna”`."""
        address = self.email or _("the address you gave")
        if self.one_of_several is None:
            return address
        # Translators: {email} is an address to which Meta sends a mail “about” the account.
        return _("{email} about {account}").format(email=address, account=self.one_of_several.words(playbook))


class TaskMaker:
    """Makes tasks from what is known of the whole record at one moment."""

    def __init__(self, record: Record, now: datetime, holiday_lookup: HolidayLookup) -> None:
        self._record = record
        self.now, self._holiday_lookup = now, holiday_lookup

    def make(
        self,
        kind: TaskKind,
        status: AccountStatus,
        *,
        due_at: datetime | None = None,
        sentence_day: date | None = None,
        event: Event | None = None,
    ) -> Task:
        """A task about an event; `sentence_day` is the date in its sentence, that of the objection where it is None."""
        filing = (
            status.outcome.newest_objection
            if status.outcome and not status.covering_account_id
            else status.objection_in_force
        )
        values: dict[str, TaskTextValue] = {
            "account": name_value(status.account),
            "email": self._mail_address(status),
        }
        if filing is not None:
            values["date"] = EventDayValue(filing, self.now)
            values["ago"] = values["date"] if is_month_alone(filing) else AgeValue(filing.at, self.now)
        if sentence_day is not None:
            values["date"] = DayValue(sentence_day, self.now.date())
        if due_at is not None:
            values["moment"] = MomentValue(due_at, self.now)
            values["day"] = LocalDayValue(due_at, self.now)
            values["last"] = DayValue(last_day_before(due_at.astimezone(self.now.tzinfo)), self.now.date())
        covering_id = status.covering_account_id
        if covering_id and (covering := self._record.account_by_id(covering_id)) is not None:
            values["through"] = name_value(covering)
        source = event or filing
        is_upcoming = due_at is not None and due_at > self.now
        source_id = source.id if source else ""
        return Task(kind, status.account.id, TASK_KINDS[kind].step, due_at, values, source_id, is_upcoming)

    def local_day(self, at: datetime) -> date:
        """The day of a moment here."""
        return at.astimezone(self.now.tzinfo).date()

    def day_of(self, event: Event) -> date:
        """The day of an entry here; one that stands for its month where only that is known."""
        day = self.local_day(event.at)
        return dates.MonthAlone.of(day) if is_month_alone(event) else day

    def midnight(self, day: date) -> datetime:
        """The moment in which a day begins here."""
        return datetime.combine(day, time(), tzinfo=self.now.tzinfo)

    def day_after(self, period: LegalPeriod) -> datetime:
        """The moment from which a period is over."""
        return self.midnight(period.last_possible_day + timedelta(days=1))

    def may_be_over_from(self, deadline: Deadline) -> datetime:
        """The moment from which a deadline may be over."""
        return self.midnight(deadline.may_be_over_from(self.now.date(), self._holiday_lookup))

    def period_of(self, deadline: Deadline) -> LegalPeriod | None:
        """The period of a deadline with its calculation; None where no law sets one."""
        return deadline.legal_period(self._holiday_lookup)

    def outcome_check_at(self, due_at: datetime, outcome: ObjectionOutcome | None) -> datetime:
        """When to check for an outcome: on its day, or a month after a later check in vain."""
        checked_at = outcome.mailbox_checked_at if outcome is not None else None
        return checked_at + OUTCOME_CHECK_INTERVAL if checked_at is not None and checked_at >= due_at else due_at

    def _mail_address(self, status: AccountStatus) -> AddressValue:
        """The address for Meta's mail: that of the objection, else the account's, else the person's."""
        account, own = status.account, self._record.person.email
        filed_email = status.objection_in_force.text("email") if status.objection_in_force else ""
        email = filed_email or account.email or own
        is_shared = any((other.email or own) == email for other in self._record.accounts if other.id != account.id)
        return AddressValue(email, name_value(account) if is_shared else None)


def has_later_complaint(status: AccountStatus, deadline: Deadline) -> bool:
    """Whether the person complained after what started a deadline."""
    later = status.outcome.later_events if status.outcome else events_in_force(status.account.events)
    complaints = (
        event for event in later if event.kind in (EventKind.COMPLAINED_TO_AUTHORITY, EventKind.COMPLAINED_TO_META)
    )
    return any(event.at >= deadline.started_by.at for event in complaints)


def unanswered_complaint(outcome: ObjectionOutcome) -> Event | None:
    """The complaint to Meta that has no answer, where the person did nothing further."""
    newest = outcome.last_event(EventKind.COMPLAINED_TO_META, EventKind.COMPLAINED_TO_AUTHORITY, EventKind.CASE_CLOSED)
    if newest is None or newest.kind != EventKind.COMPLAINED_TO_META:
        return None
    is_answered = outcome.last_reply is not None and outcome.last_reply.at > newest.at
    return None if is_answered else newest


def is_missed(outcome: ObjectionOutcome, deadline: Deadline) -> bool:
    """Whether a deadline was missed."""
    return any(missed == deadline for missed, _unused in outcome.missed_deadlines)


def next_mailbox_check(filed: datetime, checked_at: datetime | None) -> datetime | None:
    """The time of the next mailbox check, or None after the last one.

    `checked_at` is when the person last checked and found nothing.
    """
    return next(
        (filed + delay for delay in MAILBOX_CHECK_DELAYS if checked_at is None or filed + delay > checked_at), None
    )
