"""How each account stands: its state, its steps and what covers it, computed from the diaries, the guidance and now.

Nothing here is stored. One objection covers the accounts of the same hub from then on (facts 1.4, linked accounts); an
account that came into the hub later, a changed e-mail address or a changed link asks for a new one (rule 7). A link that
is only learned of later holds from when it was made; where nobody knows when that was, from when it was learned of (rule 6).
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from metaoptout_tui.core.clocks import Clock, clocks
from metaoptout_tui.core.diary import BEFORE, UNKNOWN, Event, in_force
from metaoptout_tui.core.doubts import Doubt, doubts, looked
from metaoptout_tui.core.periods import HolidayName, Period
from metaoptout_tui.core.playbook import Playbook, Region
from metaoptout_tui.core.progress import Account, Progress


class State(StrEnum):
    """The state of an account; the words for it are the text `state.VALUE`."""

    NOT_STARTED = "not-started"
    READY = "ready"
    FILED = "filed"
    CONFIRMED_ON_SCREEN = "confirmed-on-screen"
    CONFIRMED = "confirmed"
    COVERED = "covered"
    ASKED_FOR_MORE = "asked-for-more"
    REFUSED = "refused"
    OVERDUE = "overdue"
    OBJECT_AGAIN = "object-again"
    COMPLAINED = "complained"
    CLOSED = "closed"
    REVIEWED = "reviewed"
    NOT_AVAILABLE = "not-available"


OBJECTED = frozenset({State.FILED, State.CONFIRMED_ON_SCREEN, State.CONFIRMED, State.COVERED})
"""States in which an objection stands for the account and nothing speaks against it."""


class StepState(StrEnum):
    """The state of one step."""

    TO_DO = "to-do"
    DONE = "done"
    SKIPPED = "skipped"
    COVERED = "covered"
    WAITING = "waiting"
    ASKED_FOR_MORE = "asked-for-more"
    REFUSED = "refused"
    AGAIN = "again"


FINISHED = frozenset({StepState.DONE, StepState.SKIPPED, StepState.COVERED})
"""Step states that leave nothing to do now."""


class Cause(NamedTuple):
    """Why to object again: `email-changed`, `hub-changed`, `moved-to-meta-account`, `added-to-hub-later` or `link-undated`.

    `at` is since when; of `link-undated`, when the link was learned of, because nobody knows since when it is there.
    `through` is the id of the account whose objection does not reach this one, where there is one.
    """

    what: str
    at: datetime
    through: str = ""


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
    filings = _filings(progress.accounts, entries)
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


class _Filing(NamedTuple):
    account: Account
    event: Event
    hub: str | None
    refused: bool


def _filings(accounts: Iterable[Account], entries: dict[str, tuple[Event, ...]]) -> list[_Filing]:
    found = []
    for account in accounts:
        own = entries[account.id]
        for index, event in enumerate(own):
            if event.what != "filed":
                continue
            found.append(_Filing(account, event, _hub_at(account, own, event.at), _is_refused(own[index + 1 :])))
    return sorted(found, key=lambda filing: (filing.event.at, filing.event.id), reverse=True)


class Objection(NamedTuple):
    """One that was sent: for which account, and when."""

    account: Account
    at: datetime


def first_objection(progress: Progress, hub: str, account: str = "") -> Objection | None:
    """The earliest objection on which it depends since when `account` (empty: a new one) is in a hub.

    Its own counts, and those of the accounts that were in the hub when they sent theirs. None where there is none, so
    that nothing depends on it.
    """
    entries = {each.id: in_force(each.events) for each in progress.accounts}
    touched = [
        filing
        for filing in _filings(progress.accounts, entries)
        if filing.account.id == account or (filing.hub == hub and not filing.refused)
    ]
    return Objection(touched[-1].account, touched[-1].event.at) if touched else None


def _is_refused(later: Iterable[Event]) -> bool:
    """Whether the last word on a filing is a refusal, whatever was complained about since."""
    said = [
        event.what for event in _replies(later) if event.what in ("refused", "confirmed-on-screen", "confirmed-by-mail")
    ]
    return bool(said) and said[-1] == "refused"


def _replies(later: Iterable[Event]) -> list[Event]:
    """What became of a filing: the entries up to the next filing."""
    replies = []
    for event in later:
        if event.what == "filed":
            break
        if event.what in _STATE_AFTER:
            replies.append(event)
    return replies


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


def _hub_at(account: Account, own: Iterable[Event], at: datetime) -> str | None:
    """The hub an account was in at a moment: what the first change after it changed from, else today's.

    What was learned after it and was so before is no change.
    """
    for event in own:
        if event.what == "hub-changed" and event.at > at and event.text("since") != BEFORE:
            origin = event.fields.get("from")
            return origin if isinstance(origin, str) else None
    return account.hub


def _changes(own: Iterable[Event]) -> Iterable[Event]:
    """Entries that ask for a new objection. Learning of a link without its date changes nothing by itself."""
    for event in own:
        if event.what in ("email-changed", "moved-to-meta-account") or (
            event.what == "hub-changed" and "since" not in event.fields
        ):
            yield event


def _standing(
    account: Account,
    entries: dict[str, tuple[Event, ...]],
    filings: list[_Filing],
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

    cause = _cause(account, own, filings)
    filing = next((each.event for each in filings if each.account.id == account.id), None)
    if filing is not None and cause is None:
        return _objected(account, own, filing, region=region, step_ids=step_ids)
    cover = _cover(account, own, filings)
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
            other_email=_other_email(account, cover),
        )
    after = cause.at if cause else None
    steps = tuple(_open_step(id, own, after) for id in step_ids)
    if cause is not None:
        return Standing(account, region, State.OBJECT_AGAIN, cause.at, steps, cause=cause)
    begun = any(step.state is StepState.DONE for step in steps)
    since = max((step.at for step in steps if step.at), default=None)
    return Standing(account, region, State.READY if begun else State.NOT_STARTED, since, steps)


def _cause(account: Account, own: tuple[Event, ...], filings: list[_Filing]) -> Cause | None:
    """Why an objection that once held for this account no longer does; None where none did, or its own still does."""
    mine = next((each.event for each in filings if each.account.id == account.id), None)
    if mine is not None:
        later = [event for event in _changes(own) if event.at > mine.at]
        return Cause(later[-1].what, later[-1].at) if later else None
    lost: Cause | None = None
    for index, event in enumerate(own):
        if event.what not in _JOINING:
            continue
        held, joined = _hub_before(account, own, event), _joined(own[:index])
        cover = next((f for f in filings if _reaches(f, held, joined) and f.event.at < event.at), None)
        if cover is not None:
            lost = Cause(event.what, event.at, cover.account.id)
    joined = _joined(own)
    if lost is None and joined is not None:
        earlier = next((f for f in filings if _reaches(f, account.hub, None) and f.event.at < joined), None)
        if earlier is not None:
            undated = any(event.at == joined and event.text("since") == UNKNOWN for event in own)
            return Cause("link-undated" if undated else "added-to-hub-later", joined, earlier.account.id)
    return lost


_JOINING = frozenset({"account-added", "email-changed", "hub-changed", "moved-to-meta-account"})


def _joined(own: Iterable[Event]) -> datetime | None:
    """Since when nothing about an account speaks against the objections of its hub; None for always.

    That is when it came into the hub, or when its address changed or it was moved, whichever was later. That it was
    added to the record tells nothing once a link has been dated.
    """
    linked: datetime | None = None
    moved: datetime | None = None
    is_dated = False
    for event in own:
        if event.what == "hub-changed" or (event.what == "account-added" and not is_dated):
            linked = None if event.text("since") == BEFORE else event.at
            is_dated = event.what == "hub-changed"
        elif event.what in _JOINING and event.what != "account-added":
            moved = event.at
    return max((at for at in (linked, moved) if at is not None), default=None)


def _hub_before(account: Account, own: tuple[Event, ...], event: Event) -> str | None:
    """The hub an account was in right before one of its entries."""
    if event.what == "hub-changed":
        origin = event.fields.get("from")
        return origin if isinstance(origin, str) else None
    return None if event.what == "account-added" else _hub_at(account, own, event.at)


def _reaches(filing: _Filing, hub: str | None, joined: datetime | None) -> bool:
    """Whether an objection holds for an account that has been in `hub` since `joined`."""
    return bool(hub) and filing.hub == hub and not filing.refused and (joined is None or joined <= filing.event.at)


def _cover(account: Account, own: tuple[Event, ...], filings: list[_Filing]) -> _Filing | None:
    """The newest objection of another account of the same hub that holds for this one."""
    joined = _joined(own)
    others = (filing for filing in filings if filing.account.id != account.id)
    return next((filing for filing in others if _reaches(filing, account.hub, joined)), None)


def _other_email(account: Account, cover: _Filing) -> bool:
    """Whether the covering objection was filed with another address, which sources treat with caution (facts 1.4)."""
    theirs = cover.event.text("email") or cover.account.email
    return bool(account.email and theirs and account.email.casefold() != theirs.casefold())


def _objected(
    account: Account, own: tuple[Event, ...], filing: Event, *, region: Region, step_ids: Iterable[str]
) -> Standing:
    later = own[own.index(filing) + 1 :]
    replies = _replies(later)
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
