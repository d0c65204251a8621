"""How each account stands: its state and its steps, computed from the diaries, the guidance and now.

Nothing here is stored. What an objection covers, and since when it no longer does, is in `reach`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from metaoptout_tui.core.clocks import Clock, clocks
from metaoptout_tui.core.diary import Event, in_force
from metaoptout_tui.core.doubts import Doubt, doubts, looked
from metaoptout_tui.core.periods import HolidayName, Period
from metaoptout_tui.core.playbook import Playbook, Region
from metaoptout_tui.core.progress import Account, Progress
from metaoptout_tui.core.reach import Cause, Filing, cause_of, cover_of, filings_of, is_other_email, until_refiled
from metaoptout_tui.core.states import OBJECTED, State, StepState


class StepStanding(NamedTuple):
    """One step: its state and since when."""

    id: str
    state: StepState
    at: datetime | None = None


class Standing(NamedTuple):
    """How one account stands.

    `filing` is the objection in force for it, its own or, where `covered_by` names an account, that one's.
    `reply` is the last thing that came back on its own filing, `looked` when a mail was last looked for in vain.
    `checked` is when the objection in force was sent or last checked, `doubts` why it is worth another look.
    `clocks` are the legal periods that run or ran since the filing, `overdue` those of them that ran out in silence, by
    their rule. `answers` holds the review's answers by point.
    """

    account: Account
    region: Region
    state: State
    since: datetime | None
    steps: tuple[StepStanding, ...]
    filing: Event | None = None
    reply: Event | None = None
    looked: datetime | None = None
    checked: datetime | None = None
    doubts: tuple[Doubt, ...] = ()
    clocks: tuple[Clock, ...] = ()
    overdue: tuple[Period, ...] = ()
    covered_by: str = ""
    other_email: bool = False
    cause: Cause | None = None
    answers: tuple[tuple[str, str], ...] = ()
    points: int = 0

    def step(self, id: str) -> StepStanding | None:
        """One of the steps by its id."""
        return next((step for step in self.steps if step.id == id), None)

    @property
    def files(self) -> bool:
        """Whether an objection can be filed for this account at all."""
        return any(step.id == "submit" for step in self.steps)


def standings(progress: Progress, playbook: Playbook, now: datetime, holiday: HolidayName) -> tuple[Standing, ...]:
    """How every account stands at `now`, in the order of the record."""
    region = playbook.region_of(progress.person.country)
    entries = {account.id: in_force(account.events) for account in progress.accounts}
    filings = filings_of(progress.accounts, entries)
    return tuple(
        _with_doubts(
            _with_clocks(
                _standing(account, entries, filings, region=region, playbook=playbook),
                entries[account.id],
                country=progress.person.country,
                now=now,
                holiday=holiday,
            ),
            entries,
            playbook,
            now,
        )
        for account in progress.accounts
    )


def _with_doubts(
    standing: Standing, entries: dict[str, tuple[Event, ...]], playbook: Playbook, now: datetime
) -> Standing:
    """The standing with what its objection, where one stands, is worth another look for.

    Who checked the objection of another account checked it for all that it covers.
    """
    if standing.filing is None or standing.state not in (*OBJECTED, State.CLOSED):
        return standing
    account = standing.account
    checks = (*entries[account.id], *entries.get(standing.covered_by, ()))
    checked = looked(standing.filing.at, checks)
    terms = playbook.terms_for(platform=account.platform, region=standing.region.id)
    return standing._replace(checked=checked, doubts=doubts(checked, terms, now))


def _with_clocks(
    standing: Standing, own: tuple[Event, ...], *, country: str, now: datetime, holiday: HolidayName
) -> Standing:
    """The standing with the periods of its own filing; a month of silence makes what was filed overdue."""
    if standing.filing is None or standing.covered_by:
        return standing
    running = clocks(own[own.index(standing.filing) :], standing.region.law, country)
    today = now.date()
    silent = tuple(period for clock in running if (period := clock.overdue(today, holiday)) is not None)
    state = standing.state
    if state is State.FILED and any(period.rule == "answer" for period in silent):
        state = State.OVERDUE
    return standing._replace(state=state, clocks=running, overdue=silent)


_STATE_AFTER = {
    "confirmed-on-screen": State.CONFIRMED_ON_SCREEN,
    "confirmed-by-mail": State.CONFIRMED,
    "code-asked": State.ASKED_FOR_MORE,
    "more-asked": State.ASKED_FOR_MORE,
    "refused": State.REFUSED,
    "extended": State.FILED,
    "complained": State.COMPLAINED,
    "closed": State.CLOSED,
}


def _standing(
    account: Account,
    entries: dict[str, tuple[Event, ...]],
    filings: list[Filing],
    *,
    region: Region,
    playbook: Playbook,
) -> Standing:
    own = entries[account.id]
    step_ids = playbook.steps_for(account.platform, region.id)
    answers = tuple({e.text("point"): e.text("answer") for e in own if e.what == "review-answered"}.items())
    points = playbook.points_for(platform=account.platform, region=region.id) if "review" in step_ids else ()
    answered = sum(1 for point in points if any(name == point.id for name, _ in answers))
    reviewed = bool(points) and answered == len(points)
    if "submit" not in step_ids:
        steps = tuple(_plain_step(id, own, reviewed=reviewed) for id in step_ids)
        if "submit" in playbook.steps_for(account.platform, playbook.regions[0].id):
            state = State.NOT_AVAILABLE
        elif reviewed:
            state = State.REVIEWED
        else:
            state = State.READY if answered else State.NOT_STARTED
        since = steps[-1].at if reviewed else None
        return Standing(account, region, state, since, steps, answers=answers, points=len(points))

    cause = cause_of(account, own, filings)
    filing = next((each.event for each in filings if each.account.id == account.id), None)
    if filing is not None and cause is None:
        return _objected(account, own, filing, region=region, step_ids=step_ids)
    cover = cover_of(account, own, filings)
    if cover is not None:
        steps = tuple(_covered_step(id, own, cover.event) for id in step_ids)
        return Standing(
            account,
            region,
            State.COVERED,
            cover.event.at,
            steps,
            filing=cover.event,
            covered_by=cover.account.id,
            other_email=is_other_email(account, cover),
        )
    after = cause.at if cause else None
    steps = tuple(_open_step(id, own, after) for id in step_ids)
    if cause is not None:
        return Standing(account, region, State.OBJECT_AGAIN, cause.at, steps, cause=cause)
    begun = any(step.state is StepState.DONE for step in steps)
    since = max((step.at for step in steps if step.at), default=None)
    return Standing(account, region, State.READY if begun else State.NOT_STARTED, since, steps)


def _objected(
    account: Account, own: tuple[Event, ...], filing: Event, *, region: Region, step_ids: Iterable[str]
) -> Standing:
    later = own[own.index(filing) + 1 :]
    replies = [event for event in until_refiled(later) if event.what in _STATE_AFTER]
    state, since, reply = State.FILED, filing.at, None
    for event in replies:
        after = _STATE_AFTER[event.what]
        if after is State.CONFIRMED_ON_SCREEN and state is State.CONFIRMED:
            continue
        if after is State.CLOSED and state in (State.CONFIRMED_ON_SCREEN, State.CONFIRMED):
            continue
        reply = event
        if after is State.FILED:  # more time was taken, for what was filed or for what was answered to a question
            state, since = (State.FILED, filing.at) if state is State.ASKED_FOR_MORE else (state, since)
        else:
            state, since = after, event.at
    looked = max((event.at for event in later if event.what == "answer-missing"), default=None)
    confirm = {
        State.CONFIRMED: StepState.DONE,
        State.CONFIRMED_ON_SCREEN: StepState.DONE,
        State.CLOSED: StepState.DONE,
        State.ASKED_FOR_MORE: StepState.ASKED_FOR_MORE,
        State.REFUSED: StepState.REFUSED,
    }.get(state, StepState.WAITING)
    steps = []
    for id in step_ids:
        match id:
            case "confirm":
                steps.append(StepStanding(id, confirm, reply.at if reply else None))
            case "submit":
                steps.append(StepStanding(id, StepState.DONE, filing.at))
            case _:
                plain = _plain_step(id, own)
                if id == "open" and plain.state is StepState.TO_DO:
                    plain = StepStanding(id, StepState.DONE, filing.at)
                steps.append(plain)
    return Standing(account, region, state, since, tuple(steps), filing=filing, reply=reply, looked=looked)


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
