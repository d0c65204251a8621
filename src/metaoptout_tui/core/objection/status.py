"""The status of each account and its steps, computed from the diaries, the guidance and the time.

Nothing here is stored. `coverage` decides what an objection covers, `lifecycle` what the outcome of one is.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import NamedTuple

from metaoptout_tui.core.guidance.playbook import Playbook, Region, StepId
from metaoptout_tui.core.objection.coverage import (
    FiledObjection,
    InvalidationReason,
    ObjectionIndex,
    find_covering_objection,
    find_filed_objections,
    find_invalidating_events,
    invalidation_of,
    was_filed_with_other_email,
    without_undone_email_changes,
)
from metaoptout_tui.core.objection.deadlines import Deadline, current_deadline_of
from metaoptout_tui.core.objection.deadlines_of_diary import deadlines_of
from metaoptout_tui.core.objection.legal_periods import HolidayLookup
from metaoptout_tui.core.objection.lifecycle import (
    EarlierConfirmation,
    MissedDeadline,
    ObjectionOutcome,
    former_country_of_objection,
    former_country_since,
    is_answer_time_over,
    missed_deadlines_of,
    outcome_of,
)
from metaoptout_tui.core.objection.rechecks import RecheckReason, last_check_of, recheck_reasons_of
from metaoptout_tui.core.objection.step_status import (
    StepStatus,
    step_of_covered,
    step_of_objected,
    step_without_valid_objection,
    ticked_step,
)
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, events_in_force, is_month_alone
from metaoptout_tui.core.record.vocabulary import (
    CONFIRMED_STATES,
    NAMES_ALL,
    OBJECTED_STATES,
    AccountState,
    LogIn,
    PeriodKind,
    StepState,
)


class AccountStatus(NamedTuple):
    """The status of one account.

    `objection_in_force` counts for it: its own, or that of another account, with the id `covering_account_id`.
    `covering_state` is the state of that other account, and `is_cover_confirmed` whether Meta confirmed its objection
    that covers this one; `compute_statuses` fills both in. `accounts_named_by_cover` is which accounts that
    confirmation names, empty where nobody wrote it down.
    `outcome` is what became of its own objections, also where none is in force.
    `deadlines` were started by its own events, running and ended ones; `missed_deadlines` are those that were missed.
    `is_answer_time_over` is whether Meta's time is over for certain that has no answer, or a refusal without reasons.
    `last_checked` is when the objection in force was sent or last checked.
    `objection_country` is where the person lived when its objection was sent, its own or else the one that covers it,
    and `objection_region` the region of that country, whose law the objection is under; empty and None where they live
    there still.
    `log_in_event` is the event of the newest word on whether the person can log in, None where that was not asked.
    `events_now` are its events in force, without those still to come; `review_answers` the answers of the review by point.
    """

    account: Account
    region: Region
    state: AccountState
    since: datetime | None
    steps: tuple[StepStatus, ...]
    objection_in_force: Event | None = None
    outcome: ObjectionOutcome | None = None
    last_checked: datetime | None = None
    is_last_check_month_alone: bool = False
    """Whether of that only the month is known."""
    recheck_reasons: tuple[RecheckReason, ...] = ()
    covering_account_id: str = ""
    covering_state: AccountState | None = None
    is_cover_confirmed: bool = False
    is_covered_by_other_email: bool = False
    accounts_named_by_cover: str = ""
    invalidation: InvalidationReason | None = None
    review_answers: tuple[tuple[str, str], ...] = ()
    review_point_count: int = 0
    left_in_chats: int = 0  # how many things are left to do there, once the review is answered
    deadlines: tuple[Deadline, ...] = ()
    missed_deadlines: tuple[MissedDeadline, ...] = ()
    is_answer_time_over: bool = False
    objection_country: str = ""
    objection_region: Region | None = None
    log_in_event: Event | None = None
    events_now: tuple[Event, ...] = ()

    def step(self, step_id: str) -> StepStatus | None:
        """One of the steps by its id."""
        return next((step for step in self.steps if step.id == step_id), None)

    def steps_after(self, step_id: str) -> tuple[StepStatus, ...]:
        """The steps after one of them, in their order."""
        ids = [step.id for step in self.steps]
        return self.steps[ids.index(step_id) + 1 :] if step_id in ids else ()

    @property
    def can_object(self) -> bool:
        """Whether an objection can be filed for this account at all."""
        return StepId.SUBMIT in [step.id for step in self.steps]

    @property
    def objection_law(self) -> str:
        """The law that its objection is under: that of where the person lived when it was sent."""
        return (self.objection_region or self.region).law

    @property
    def why_no_log_in(self) -> LogIn | None:
        """Why the person cannot log in, as far as they said so."""
        if self.log_in_event is None:
            return None
        why = self.log_in_event.text("log-in")
        return LogIn(why) if why in set(LogIn) - {LogIn.WORKS} else None

    @property
    def may_have_lost_cover(self) -> bool:
        """Whether the account is covered only by an objection that may no longer hold."""
        return self.state is AccountState.COVERED and not self.has_valid_objection

    @property
    def is_cover_unconfirmed(self) -> bool:
        """Whether only the objection of a linked account was sent, and no confirmation of Meta names this one too."""
        return self.state is AccountState.COVERED and not self.is_confirmed

    @property
    def has_valid_objection(self) -> bool:
        """Whether an objection is in force and nothing contradicts it, here and at the account that covers this one."""
        if self.is_confirmed or self.is_cover_confirmed:
            return True
        return self.state in OBJECTED_STATES and (self.covering_state is None or self.covering_state in OBJECTED_STATES)

    @property
    def is_confirmed(self) -> bool:
        """Whether Meta said that it applies an objection in force: its own, or one whose confirmation names all accounts.

        That of an earlier one counts as long as nothing is decided on the newer one.
        """
        if self.covering_state is not None:
            return self.is_cover_confirmed and self.accounts_named_by_cover == NAMES_ALL
        return self.state in CONFIRMED_STATES or self.earlier_confirmation is not None

    @property
    def earlier_confirmation(self) -> EarlierConfirmation | None:
        """The confirmation of an earlier objection of its own that still counts, while a newer one waits."""
        has_own = self.outcome is not None and self.objection_in_force == self.outcome.newest_objection
        return self.outcome.earlier_confirmation if has_own and self.outcome is not None else None

    @property
    def first_inquiry(self) -> Event | None:
        """The first inquiry that was sent for it; replies may be about that alone."""
        return next(
            (event for event in events_in_force(self.account.events) if event.kind == EventKind.INQUIRY_SENT), None
        )

    @property
    def can_recheck(self) -> bool:
        """Whether an objection stands that can be looked at again."""
        return self.last_checked is not None

    def notes_at(self, step_id: str) -> tuple[Event, ...]:
        """The events with the person's own notes to a step; at `confirm` also those with a note to what came back."""
        return tuple(
            event
            for event in events_in_force(self.account.events)
            if (event.kind == EventKind.NOTED and event.text("step") == step_id)
            or (event.text("note") and step_id == StepId.REPLY)
        )

    @property
    def newest_subject_of_replies(self) -> Event | None:
        """What was sent for the account itself and can be replied to: the objection, else the first inquiry."""
        return self.outcome.newest_objection if self.outcome is not None else self.first_inquiry

    @property
    def is_refused_or_overdue(self) -> bool:
        """Whether Meta refused or let its time run out, so that letters and a complaint remain."""
        return self.state in (AccountState.REFUSED, AccountState.OVERDUE)

    def current_deadline(self, kind: PeriodKind) -> Deadline | None:
        """The newest deadline of a kind, which is the one that counts."""
        return current_deadline_of(self.deadlines, kind)

    @property
    def last_reply(self) -> Event | None:
        """The last reply to its own objection."""
        return self.outcome.last_reply if self.outcome is not None else None


def compute_statuses(
    record: Record, playbook: Playbook, now: datetime, holiday_lookup: HolidayLookup
) -> tuple[AccountStatus, ...]:
    """The status of every account at `now`, in the order of the record."""
    status_by_id = {status.account.id: status for status in _StatusCalculator(record, playbook, now, holiday_lookup)}
    return tuple(
        _with_state_of_cover(status, status_by_id[status.covering_account_id])
        if status.covering_account_id in status_by_id
        else status
        for status in status_by_id.values()
    )


def _with_state_of_cover(status: AccountStatus, covering: AccountStatus) -> AccountStatus:
    """A covered account with how the objection stands that covers it."""
    earlier = covering.earlier_confirmation
    is_confirmed = covering.state in CONFIRMED_STATES or (
        earlier is not None and earlier.objection == status.objection_in_force
    )
    return status._replace(covering_state=covering.state, is_cover_confirmed=is_confirmed)


def _in_state_without_log_in(status: AccountStatus) -> AccountStatus:
    """The status, in a state of its own where nothing was sent and the person cannot log in."""
    if status.why_no_log_in is None or status.log_in_event is None or status.state not in _STATES_BEFORE_SENDING:
        return status
    state = AccountState.DELETED if status.why_no_log_in is LogIn.DELETED else AccountState.NO_LOG_IN
    return status._replace(state=state, since=status.log_in_event.at)


_STATES_BEFORE_SENDING = frozenset({AccountState.NOT_STARTED, AccountState.READY})


class _StatusCalculator:
    """Computes the status of each account, from what is known of the whole record."""

    def __init__(self, record: Record, playbook: Playbook, now: datetime, holiday_lookup: HolidayLookup) -> None:
        self._playbook, self._now, self._holiday_lookup = playbook, now, holiday_lookup
        self._record, self._accounts, self._person = record, record.accounts, record.person
        self._region = playbook.region_of_country(record.person.country)
        self._steps_for, self._terms_for = cache(playbook.steps_for), cache(playbook.terms_for)
        self._events_by_account = {account.id: events_in_force(account.events, now) for account in record.accounts}
        self._objections = ObjectionIndex(find_filed_objections(record.accounts, self._events_by_account))

    def __iter__(self) -> Iterator[AccountStatus]:
        for account in self._accounts:
            status = self._status_of(account, self._events_by_account[account.id])
            yield self._with_recheck_reasons(status)

    def _status_of(self, account: Account, own_events: tuple[Event, ...]) -> AccountStatus:
        deadlines = deadlines_of(
            own_events,
            self._region.law,
            self._person.jurisdiction,
            lambda country: self._playbook.region_of_country(country).law,
            assumed_letter_days=self._playbook.assumed_letter_days,
        )
        missed_deadlines = missed_deadlines_of(deadlines, self._now.date(), self._holiday_lookup)
        events = without_undone_email_changes(own_events)
        invalidating_ids = frozenset(event.id for event in find_invalidating_events(events))
        outcome = outcome_of(own_events, invalidating_ids, deadlines, missed_deadlines)
        objection_country = former_country_of_objection(outcome, own_events) if outcome is not None else ""
        invalidation = invalidation_of(account, events, self._objections)
        is_own_in_force = outcome is not None and invalidation is None
        cover = None if is_own_in_force else find_covering_objection(account, events, self._objections)
        if outcome is None and cover is not None:
            objection_country = former_country_since(cover.event, self._events_by_account[cover.account.id])
        steps = self._steps_for(account.platform, self._region.id)
        if StepId.SUBMIT not in steps and objection_country:
            # The objection that was sent goes on, also where none could be sent now.
            objection_region = self._playbook.region_of_country(objection_country)
            steps = self._steps_for(account.platform, objection_region.id)
        if StepId.SUBMIT not in steps:
            return self._status_of_unobjectable(account, own_events, steps)
        if is_own_in_force and outcome is not None:
            status = self._status_of_objected(account, own_events, outcome, steps)
        else:
            status = self._status_without_own_objection(account, own_events, steps, cover, invalidation)
        log_in = next((event for event in reversed(own_events) if event.kind == EventKind.LOG_IN), None)
        if log_in is not None:
            status = _in_state_without_log_in(status._replace(log_in_event=log_in))
        return status._replace(
            outcome=outcome,
            deadlines=deadlines,
            missed_deadlines=missed_deadlines,
            is_answer_time_over=is_answer_time_over(outcome, self._now.date(), self._holiday_lookup),
            events_now=own_events,
            objection_country=objection_country,
            objection_region=self._playbook.region_of_country(objection_country) if objection_country else None,
        )

    def _status_without_own_objection(
        self,
        account: Account,
        own_events: tuple[Event, ...],
        steps: tuple[str, ...],
        cover: FiledObjection | None,
        invalidation: InvalidationReason | None,
    ) -> AccountStatus:
        """An account that can object, while no objection of its own is in force."""
        if cover is not None:
            return self._status_of_covered(account, own_events, cover, steps)
        step_statuses = tuple(
            step_without_valid_objection(id, own_events, invalidation.at if invalidation else None) for id in steps
        )
        if invalidation is not None:
            return AccountStatus(
                account,
                self._region,
                AccountState.OBJECT_AGAIN,
                invalidation.at,
                step_statuses,
                invalidation=invalidation,
            )
        is_started = any(step.state is StepState.DONE for step in step_statuses)
        since = max((step.at for step in step_statuses if step.at), default=None)
        return AccountStatus(
            account, self._region, AccountState.READY if is_started else AccountState.NOT_STARTED, since, step_statuses
        )

    def _status_of_unobjectable(
        self, account: Account, own_events: tuple[Event, ...], step_ids: Iterable[str]
    ) -> AccountStatus:
        """An account for which no objection can be filed; it may have a review."""
        playbook, region = self._playbook, self._region
        answers = {
            event.text("point"): event.text("answer") for event in own_events if event.kind == EventKind.REVIEW_ANSWERED
        }
        points = playbook.points_for(platform=account.platform, region=region.id) if StepId.REVIEW in step_ids else ()
        answered_count = sum(1 for point in points if point.id in answers)
        is_reviewed = bool(points) and answered_count == len(points)
        steps = tuple(ticked_step(id, own_events, reviewed=is_reviewed) for id in step_ids)
        # The first region is the one in which most can be done: what can be objected to there cannot be here.
        if StepId.SUBMIT in self._steps_for(account.platform, playbook.regions[0].id):
            state = AccountState.NOT_AVAILABLE
        elif is_reviewed:
            state = AccountState.REVIEWED
        else:
            state = AccountState.READY if answered_count else AccountState.NOT_STARTED
        since = next((step.at for step in steps if step.id == StepId.REVIEW), None) if is_reviewed else None
        status = AccountStatus(account, region, state, since, steps, events_now=own_events)
        return status._replace(
            review_answers=tuple(answers.items()), review_point_count=len(points), left_in_chats=self._left_in(account)
        )

    def _left_in(self, account: Account) -> int:
        """How many things the scans of its chats and the answers about them left to do."""
        if not account.has_chats_to_scan:
            return 0
        from metaoptout_tui.core.chats.chat_todos import todos_in_chats  # for WhatsApp alone

        return len(todos_in_chats(account, self._record))

    def _status_of_objected(
        self, account: Account, own_events: tuple[Event, ...], outcome: ObjectionOutcome, step_ids: Iterable[str]
    ) -> AccountStatus:
        """An account whose own objection is in force."""
        steps = tuple(step_of_objected(id, own_events, outcome) for id in step_ids)
        filing = outcome.newest_objection
        return AccountStatus(account, self._region, outcome.state, outcome.since, steps, objection_in_force=filing)

    def _status_of_covered(
        self, account: Account, own_events: tuple[Event, ...], cover: FiledObjection, step_ids: Iterable[str]
    ) -> AccountStatus:
        """An account that is covered by the objection of another one of its linked group."""
        steps = tuple(step_of_covered(id, own_events, cover.event) for id in step_ids)
        return AccountStatus(
            account,
            self._region,
            AccountState.COVERED,
            cover.event.at,
            steps,
            objection_in_force=cover.event,
            covering_account_id=cover.account.id,
            is_covered_by_other_email=was_filed_with_other_email(account, cover),
            accounts_named_by_cover=cover.named_accounts,
        )

    def _with_recheck_reasons(self, status: AccountStatus) -> AccountStatus:
        """The status with the reasons to recheck its objection, where one is in force; none where the person gave up.

        A recheck of another account's objection counts for all accounts that it covers.
        """
        if (sent := status.objection_in_force) is None or status.state not in (*OBJECTED_STATES, AccountState.CLOSED):
            return status
        account = status.account
        events = (*self._events_by_account[account.id], *self._events_by_account.get(status.covering_account_id, ()))
        last_checked = last_check_of(sent.at, events)
        terms = self._terms_for(platform=account.platform, region=status.region.id)
        is_month = last_checked == sent.at and is_month_alone(sent)
        reasons = recheck_reasons_of(last_checked, terms, self._now, is_month_alone=is_month)
        return status._replace(
            last_checked=last_checked,
            is_last_check_month_alone=is_month,
            recheck_reasons=reasons if status.state is not AccountState.CLOSED else (),
        )
