"""How each account stands: its state and its steps, computed from the diaries, the guidance and now.

Nothing here is stored. What an objection covers, and since when it no longer does, is in `reach`; what became of one that
was sent, in `course`.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from metaoptout_tui.core.clocks import Clock, clocks, newest
from metaoptout_tui.core.course import Course, Silence, course, silences_of
from metaoptout_tui.core.diary import Event, in_force
from metaoptout_tui.core.doubts import Doubt, doubts, looked
from metaoptout_tui.core.periods import HolidayName
from metaoptout_tui.core.playbook import Playbook, Region
from metaoptout_tui.core.progress import Account, Progress
from metaoptout_tui.core.reach import (
    Cause,
    Filing,
    Filings,
    cause_of,
    changes,
    cover_of,
    filings_of,
    is_other_email,
    without_slips,
)
from metaoptout_tui.core.states import OBJECTED, State, StepState


class StepStanding(NamedTuple):
    """One step: its state and since when."""

    id: str
    state: StepState
    at: datetime | None = None


class Standing(NamedTuple):
    """How one account stands.

    `filing` is the objection in force for it, its own or, where `covered_by` names an account, that one's; `through` is
    how that account stands. `course` is what became of its own objections, whether or not one is in force. `clocks` are
    the legal periods that what was sent for the account itself set going, its own objection or a question about the one
    that covers it, and `silences` those of them that ran out with nothing to end them.
    `checked` is when the objection in force was sent or last checked, `doubts` why it is worth another look.
    `answers` holds the review's answers by point.
    """

    account: Account
    region: Region
    state: State
    since: datetime | None
    steps: tuple[StepStanding, ...]
    filing: Event | None = None
    course: Course | None = None
    checked: datetime | None = None
    doubts: tuple[Doubt, ...] = ()
    covered_by: str = ""
    through: State | None = None
    other_email: bool = False
    cause: Cause | None = None
    answers: tuple[tuple[str, str], ...] = ()
    points: int = 0
    clocks: tuple[Clock, ...] = ()
    silences: tuple[Silence, ...] = ()

    def step(self, id: str) -> StepStanding | None:
        """One of the steps by its id."""
        return next((step for step in self.steps if step.id == id), None)

    @property
    def files(self) -> bool:
        """Whether an objection can be filed for this account at all."""
        return any(step.id == "submit" for step in self.steps)

    @property
    def is_objected(self) -> bool:
        """Whether an objection stands for it and nothing speaks against it; of a covered one, also not where it was sent."""
        return self.state in OBJECTED and (self.through is None or self.through in OBJECTED)

    @property
    def question(self) -> Event | None:
        """The first question whether an objection was applied to it; what came back may be about that alone."""
        return next((event for event in in_force(self.account.events) if event.what == "asked-applied"), None)

    def clock(self, rule: str) -> Clock | None:
        """Of its clocks of one rule the one that counts now: the newest."""
        return newest(self.clocks, rule)

    @property
    def reply(self) -> Event | None:
        """The last thing that came back on its own objection."""
        return self.course.reply if self.course is not None else None


def standings(progress: Progress, playbook: Playbook, now: datetime, holiday: HolidayName) -> tuple[Standing, ...]:
    """How every account stands at `now`, in the order of the record."""
    every = {each.account.id: each for each in _Standings(progress, playbook, now, holiday)}
    return tuple(
        each._replace(through=every[each.covered_by].state) if each.covered_by in every else each
        for each in every.values()
    )


class _Standings:
    """What has to be known of the whole record to tell how one account stands."""

    def __init__(self, progress: Progress, playbook: Playbook, now: datetime, holiday: HolidayName) -> None:
        self._playbook, self._now, self._holiday = playbook, now, holiday
        self._accounts, self._person = progress.accounts, progress.person
        self._region = playbook.region_of(progress.person.country)
        self._entries = {account.id: in_force(account.events, now) for account in progress.accounts}
        self._filings = Filings(filings_of(progress.accounts, self._entries))

    def __iter__(self) -> Iterator[Standing]:
        for account in self._accounts:
            standing = self._standing(account, self._entries[account.id])
            yield self._with_doubts(standing)

    def _standing(self, account: Account, own: tuple[Event, ...]) -> Standing:
        steps = self._playbook.steps_for(account.platform, self._region.id)
        if "submit" not in steps:
            return self._without_objection(account, own, steps)
        told = without_slips(own)
        running = clocks(
            own, self._region.law, self._person.place, lambda country: self._playbook.region_of(country).law
        )
        silences = silences_of(running, self._now.date(), self._holiday)
        became = course(own, frozenset(event.id for event in changes(told)), running, silences)
        standing = self._where_one_can_object(account, own, told, became, steps)
        return standing._replace(clocks=running, silences=silences)

    def _where_one_can_object(
        self,
        account: Account,
        own: tuple[Event, ...],
        told: tuple[Event, ...],
        became: Course | None,
        steps: tuple[str, ...],
    ) -> Standing:
        """By what was sent for it, what covers it, and what was done before; `told` is `own` without slips."""
        cause = cause_of(account, told, self._filings)
        cover = cover_of(account, told, self._filings)
        if became is not None and cause is None:
            return self._objected(account, own, became, steps)
        if cover is not None:
            return self._covered(account, own, cover, steps)._replace(course=became)
        done = tuple(_open_step(id, own, cause.at if cause else None) for id in steps)
        if cause is not None:
            return Standing(account, self._region, State.OBJECT_AGAIN, cause.at, done, course=became, cause=cause)
        begun = any(step.state is StepState.DONE for step in done)
        since = max((step.at for step in done if step.at), default=None)
        return Standing(account, self._region, State.READY if begun else State.NOT_STARTED, since, done)

    def _without_objection(self, account: Account, own: tuple[Event, ...], step_ids: Iterable[str]) -> Standing:
        """An account for which no objection can be filed, here or anywhere: it may have a review."""
        playbook, region = self._playbook, self._region
        answers = {event.text("point"): event.text("answer") for event in own if event.what == "review-answered"}
        points = playbook.points_for(platform=account.platform, region=region.id) if "review" in step_ids else ()
        answered = sum(1 for point in points if point.id in answers)
        reviewed = bool(points) and answered == len(points)
        steps = tuple(_plain_step(id, own, reviewed=reviewed) for id in step_ids)
        if "submit" in playbook.steps_for(account.platform, playbook.regions[0].id):
            state = State.NOT_AVAILABLE
        elif reviewed:
            state = State.REVIEWED
        else:
            state = State.READY if answered else State.NOT_STARTED
        since = steps[-1].at if reviewed else None
        told = tuple(answers.items())
        return Standing(account, region, state, since, steps, answers=told, points=len(points))

    def _objected(self, account: Account, own: tuple[Event, ...], became: Course, step_ids: Iterable[str]) -> Standing:
        """An account whose own objection is in force."""
        steps = tuple(_step_after(id, own, became) for id in step_ids)
        filing = became.filing
        return Standing(account, self._region, became.state, became.since, steps, filing=filing, course=became)

    def _covered(self, account: Account, own: tuple[Event, ...], cover: Filing, step_ids: Iterable[str]) -> Standing:
        """An account for which the objection of another of its hub holds."""
        steps = tuple(_covered_step(id, own, cover.event) for id in step_ids)
        return Standing(
            account,
            self._region,
            State.COVERED,
            cover.event.at,
            steps,
            filing=cover.event,
            covered_by=cover.account.id,
            other_email=is_other_email(account, cover),
        )

    def _with_doubts(self, standing: Standing) -> Standing:
        """The standing with what its objection, where one stands, is worth another look for.

        Who checked the objection of another account checked it for all that it covers.
        """
        if standing.filing is None or standing.state not in (*OBJECTED, State.CLOSED):
            return standing
        account = standing.account
        checks = (*self._entries[account.id], *self._entries.get(standing.covered_by, ()))
        checked = looked(standing.filing.at, checks)
        terms = self._playbook.terms_for(platform=account.platform, region=standing.region.id)
        return standing._replace(checked=checked, doubts=doubts(checked, terms, self._now))


_CONFIRM_STEP = {
    State.CONFIRMED: StepState.DONE,
    State.CONFIRMED_ON_SCREEN: StepState.DONE,
    State.CLOSED: StepState.DONE,
    State.ASKED_FOR_MORE: StepState.ASKED_FOR_MORE,
    State.REFUSED: StepState.REFUSED,
}
_UNANSWERED = frozenset({State.FILED, State.OVERDUE})


def _step_after(id: str, own: tuple[Event, ...], became: Course) -> StepStanding:
    """A step of an account whose own objection is in force."""
    match id:
        case "confirm":
            replied = became.reply.at if became.reply else None
            at = replied if became.state in _UNANSWERED else became.since
            return StepStanding(id, _CONFIRM_STEP.get(became.state, StepState.WAITING), at)
        case "submit":
            return StepStanding(id, StepState.DONE, became.filing.at)
    plain = _plain_step(id, own)
    if id == "open" and plain.state is StepState.TO_DO:
        return StepStanding(id, StepState.DONE, became.filing.at)
    return plain


def _plain_step(id: str, own: Iterable[Event], *, reviewed: bool = False) -> StepStanding:
    at, state = None, StepState.TO_DO
    for event in own:
        if event.what in ("step-done", "step-skipped") and event.text("step") == id:
            at, state = event.at, StepState.DONE if event.what == "step-done" else StepState.SKIPPED
        elif id == "review" and reviewed and event.what == "review-answered":
            at, state = event.at, StepState.DONE
    return StepStanding(id, state, at)


def _covered_step(id: str, own: Iterable[Event], cover: Event) -> StepStanding:
    plain = _plain_step(id, own)
    if id == "identify" or plain.state is StepState.SKIPPED:
        return plain
    return StepStanding(id, StepState.COVERED, cover.at)


def _open_step(id: str, own: Iterable[Event], after: datetime | None) -> StepStanding:
    """A step before filing. After a cause, only what was done since counts for the steps that must be done again."""
    if after is None or id == "identify":
        return _plain_step(id, own)
    if id == "submit":
        return StepStanding(id, StepState.AGAIN, after)
    return _plain_step(id, [event for event in own if event.at > after])
