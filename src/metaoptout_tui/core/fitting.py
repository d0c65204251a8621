"""Which letters fit how an objection stands, why, and which come only after another."""

from collections.abc import Mapping
from datetime import date, datetime

from metaoptout_tui.core import when
from metaoptout_tui.core.course import Course
from metaoptout_tui.core.periods import Period
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.states import State
from metaoptout_tui.core.tasks import REMIND_AFTER

_UNANSWERED = frozenset({State.FILED, State.OVERDUE})
_CONFIRMED = frozenset({State.CONFIRMED, State.CONFIRMED_ON_SCREEN})


def fitting(standing: Standing, periods: tuple[Period, ...], now: datetime) -> Mapping[str, str]:
    """The letters that fit how an account stands, each with the reason, in the order they may be needed.

    `periods` are the account's legal periods. Which letters exist under a law is not asked here.
    """
    became = standing.course
    found = _after_sending(standing, became, periods, now) if became is not None else {}
    if standing.covered_by:
        found["asked-applied"] = "Covered through another account. You can ask whether it was applied to this one."
        if became is None and _is_unanswered(standing):
            found |= _complaints(standing, _NO_ANSWER_TO_A_QUESTION, periods, now.date())
    if standing.files and (became is None or became.state in (State.REFUSED, State.ASKED_FOR_MORE)):
        found["objection"] = "For when the form is gone or does not take your objection."
    found["friends"] = found["debunk"] = "Fits at any time."
    return found


def too_early(standing: Standing, periods: tuple[Period, ...], now: datetime) -> Mapping[str, str]:
    """The letters before which another comes or whose time has not come, each with the reason; they can be written all the same.

    In the UK the regulator expects the complaint to the controller first (facts 3.1).
    """
    if "complaint-uk" in fitting(standing, periods, now):
        return {}
    clock = standing.clock("acknowledgement")
    if clock is None:
        return {"complaint-uk": "After a complaint to Meta."}
    waited = _last(periods, "acknowledgement")
    if waited is None or (waited.is_over(now.date()) and not clock.is_unsettled):
        return {}
    until = "at least until" if clock.is_unsettled else "until"
    return {"complaint-uk": f"Meta has {until} {when.day(waited.last, now.date())} to acknowledge."}


def _after_sending(standing: Standing, became: Course, periods: tuple[Period, ...], now: datetime) -> dict[str, str]:
    """What fits once an objection was sent."""
    found = {}
    is_silent = became.state in _UNANSWERED or (became.silence is not None and became.state is State.ASKED_FOR_MORE)
    if is_silent and now >= became.first.at + REMIND_AFTER:
        found["reminder"] = "Sent, and not answered yet."
    if became.state in _CONFIRMED:
        found["asked-applied"] = "Confirmed. You can ask whether it was also applied."
    answer = _last(periods, "answer")
    is_late = answer is not None and answer.was_extended_late
    if is_late:
        found["late-extension"] = "Meta's notice that it takes longer came after the month."
    if why := _wrong(standing, became, is_late=is_late):
        found |= _complaints(standing, why, periods, now.date())
    return found


def _complaints(standing: Standing, why: str, periods: tuple[Period, ...], today: date) -> dict[str, str]:
    """The complaints that are open where there is something to complain about; in the UK Meta hears it first."""
    found = {}
    if standing.clock("acknowledgement") is None:
        found["complaint-to-meta"] = why
    elif heard := _controller_heard(standing, periods, today):
        found["complaint-uk"] = heard
    found["complaint"] = found["complaint-ch"] = why
    return found


_NO_ANSWER_TO_A_QUESTION = "Meta did not answer your question in time."


def _is_unanswered(standing: Standing) -> bool:
    return any(clock.rule == "information" for clock, _ in standing.silences)


def _wrong(standing: Standing, became: Course, *, is_late: bool) -> str:
    """What there is to complain about; empty for nothing."""
    if became.state is State.REFUSED:
        return "Meta refused."
    if became.silence is not None and became.state in (State.OVERDUE, State.ASKED_FOR_MORE):
        return "Meta did not answer in time."
    if is_late and became.state is State.FILED:
        return "Meta's notice came after the month."
    return _NO_ANSWER_TO_A_QUESTION if _is_unanswered(standing) else ""


def _controller_heard(standing: Standing, periods: tuple[Period, ...], today: date) -> str:
    """What became of the complaint to Meta once nothing more is to be awaited; empty while its time runs."""
    clock, waited = standing.clock("acknowledgement"), _last(periods, "acknowledgement")
    if clock is None:
        return ""
    if clock.ended is not None and clock.ended.what not in ("acknowledged", "complained"):
        return "Meta answered your complaint."
    if waited is None or not waited.is_over(today) or (clock.ended is None and clock.is_unsettled):
        return ""
    return (
        "Acknowledged, and no outcome yet." if clock.ended else "Your complaint to Meta was not acknowledged in time."
    )


def _last(periods: tuple[Period, ...], rule: str) -> Period | None:
    return next((each for each in reversed(periods) if each.rule == rule), None)
