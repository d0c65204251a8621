"""What a letter may say of a case: only what the diary holds, by name; and a letter with its gaps marked."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from metaoptout_tui.core.diary import in_force
from metaoptout_tui.core.evidence import KeptFile
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.periods import HolidayName, Period
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.progress import Progress
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.states import State

TOLD = (
    *("filed", "confirmed-on-screen", "confirmed-by-mail", "code-asked", "more-asked", "refused", "extended"),
    *("reminded", "asked-applied", "complained-to-controller"),
)
"""Kinds of entry that a timeline tells."""


SENT_AS: Mapping[str, str] = MappingProxyType(
    {
        "reminder": "reminded",
        "asked-applied": "asked-applied",
        "objection": "filed",
        "late-extension": "extension-disputed",
        "complaint-to-meta": "complained-to-controller",
        "complaint": "complained",
    }
)
"""The kind of entry that sending a letter is; a letter to people is none."""

REMIND_AFTER = timedelta(days=7)
"""How long after filing a reminder makes sense (facts section 3, useful dates)."""


def fitting(standing: Standing, periods: tuple[Period, ...], now: datetime) -> Mapping[str, str]:
    """The letters that fit how an account stands, each with the reason, in the order they may be needed.

    `periods` are the account's legal periods. Which letters exist under a law is not asked here.
    """
    filing = standing.course.filing if standing.course is not None else None
    late = any(period.rule == "answer" and period.extended is False for period in periods)
    unheard = standing.state in (State.OVERDUE, State.REFUSED) or (late and standing.state is State.FILED)
    found = {}
    if filing is not None and standing.state in (State.FILED, State.OVERDUE) and now >= filing.at + REMIND_AFTER:
        found["reminder"] = "Sent, and not answered yet."
    if standing.state in (State.CONFIRMED, State.CONFIRMED_ON_SCREEN):
        found["asked-applied"] = "Confirmed. You can ask whether it was also applied."
    if late:
        found["late-extension"] = "Meta's notice that it takes longer came after the month."
    if unheard:
        if not any(clock.rule == "acknowledgement" and clock.ended is None for clock in standing.clocks):
            found["complaint-to-meta"] = "Refused, or not answered in time."
        found["complaint"] = "Refused, or not answered in time."
    if standing.files and (filing is None or standing.state in (State.REFUSED, State.ASKED_FOR_MORE)):
        found["objection"] = "For when the form is gone or does not take your objection."
    found["friends"] = found["debunk"] = "Fits at any time."
    return found


class LetterFacts(NamedTuple):
    """What is known for a letter: texts and days by name, and what happened, in order.

    Names: `account`, `email`, `filed`, `confirmed`, `refused`, `extended`, `reason`, `authority`, `attachments`; `due` is the
    end of Meta's month while it runs, `over` its end once it ran out without an answer, `three` the end of three months
    that ran out so; `silent` is there while nothing came back at all. A name that is not there is not known. The person's
    own name is never kept, so never known.
    """

    values: Mapping[str, str | date]
    events: tuple[tuple[str, date], ...] = ()


class Piece(NamedTuple):
    """A stretch of a letter. `missing` is the name of what the person has to fill in there, empty for words that stand."""

    text: str
    missing: str = ""


class Letter(NamedTuple):
    """A letter in one language: its subject and its body, each in pieces, so that a preview can mark the gaps."""

    id: str
    language: str
    subject: tuple[Piece, ...]
    body: tuple[Piece, ...]

    @property
    def title(self) -> str:
        """The subject as one line."""
        return "".join(piece.text for piece in self.subject)

    @property
    def text(self) -> str:
        """The body, paragraphs apart by an empty line, a gap as `[your name]`."""
        return "".join(piece.text for piece in self.body)

    @property
    def missing(self) -> tuple[str, ...]:
        """What the person has to fill in, each once, in the order it comes."""
        return tuple(dict.fromkeys(piece.missing for piece in (*self.subject, *self.body) if piece.missing))


def letter_facts(
    standing: Standing,
    progress: Progress,
    playbook: Playbook,
    today: date,
    holiday: HolidayName,
    *,
    authority: str = "",
    attachments: tuple[KeptFile, ...] = (),
) -> LetterFacts:
    """What the diary of an account holds for its letters, from its newest objection on."""
    account, became = standing.account, standing.course
    filing = became.filing if became is not None else standing.filing
    values: dict[str, str | date] = {"account": account_name(account, playbook)}
    email = (filing.text("email") if filing else "") or account.email or progress.person.email
    named = {"email": email, "authority": authority, "reason": filing.text("reason") if filing else ""}
    values |= {name: value for name, value in named.items() if value}
    if attachments:
        values["attachments"] = "\n".join(f"- {file.name} (SHA-256 {file.sha256})" for file in attachments)
    if became is None:
        return LetterFacts(values)
    told = (each for each in in_force(account.events) if each.what in TOLD and each.at >= became.first.at)
    events = tuple((event.what, event.at.date()) for event in told)
    values |= _days(events)
    values |= _month(standing, today, holiday)
    if not {what for what, _ in events} & _CAME_BACK:
        values["silent"] = "yes"
    return LetterFacts(values, events)


_DAYS = {
    "filed": "filed",
    "confirmed-on-screen": "confirmed",
    "confirmed-by-mail": "confirmed",
    "refused": "refused",
    "extended": "extended",
}
_CAME_BACK = frozenset({"confirmed-on-screen", "confirmed-by-mail", "code-asked", "more-asked", "refused", "extended"})


def _days(events: tuple[tuple[str, date], ...]) -> dict[str, str | date]:
    found: dict[str, str | date] = {}
    for what, day in events:
        if what == "filed":
            found.setdefault("filed", day)  # Meta's time counts from the first of what was sent again
        elif what in _DAYS:
            found[_DAYS[what]] = day
    return found


def _month(standing: Standing, today: date, holiday: HolidayName) -> dict[str, str | date]:
    """The end of Meta's month or three months: of one that runs, or of one that ran out before an answer came."""
    clock = standing.course.clock("answer") if standing.course is not None else None
    period = clock.period(holiday) if clock else None
    if clock is None or period is None:
        return {}
    answered = clock.ended.at.date() if clock.ended else None
    ran_out = (answered or today) > period.last
    if period.extended:
        return {"three": period.last} if ran_out else {}
    if ran_out:
        return {"over": period.last}
    return {"due": period.last} if answered is None else {}
