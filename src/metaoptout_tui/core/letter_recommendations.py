"""Which letters fit how an account stands, each with the reason, and before which another comes first."""

from collections.abc import Mapping
from datetime import date, datetime

from metaoptout_tui.core import dates
from metaoptout_tui.core.objection.legal_periods import LegalPeriod
from metaoptout_tui.core.objection.lifecycle import ObjectionOutcome
from metaoptout_tui.core.objection.states import CONFIRMED_STATES, UNANSWERED_STATES, AccountState, PeriodRule
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.tasks import REMIND_AFTER
from metaoptout_tui.core.record.event_kinds import EventKind


def recommend_letters(status: AccountStatus, periods: tuple[LegalPeriod, ...], now: datetime) -> Mapping[str, str]:
    """The letters that fit how an account stands, each with the reason, in the order they may be needed.

    `periods` are the account's legal periods. Which letters exist under a law is not asked here.
    """
    outcome = status.outcome
    found = _letters_after_objection(status, outcome, periods, now) if outcome is not None else {}
    if status.covered_by:
        found["asked-applied"] = "Covered through another account. You can ask whether it was applied to this one."
        if outcome is None and _is_question_unanswered(status):
            found |= _complaint_letters(status, _REASON_QUESTION_UNANSWERED, periods, now.date())
    if status.can_object and (outcome is None or outcome.state in (AccountState.REFUSED, AccountState.ASKED_FOR_MORE)):
        found["objection"] = "For when the form is gone or does not take your objection."
    found["friends"] = found["debunk"] = "Fits at any time."
    return found


def find_premature_letters(status: AccountStatus, periods: tuple[LegalPeriod, ...], now: datetime) -> Mapping[str, str]:
    """The letters before which another comes or whose time has not come, each with the reason; they can be written all the same.

    In the UK the regulator expects the complaint to the controller first.
    """
    if "complaint-uk" in recommend_letters(status, periods, now):
        return {}
    deadline = status.current_deadline(PeriodRule.ACKNOWLEDGEMENT)
    if deadline is None:
        return {"complaint-uk": "After a complaint to Meta."}
    waited = _last_period(periods, PeriodRule.ACKNOWLEDGEMENT)
    if waited is None or (waited.is_over(now.date()) and not deadline.is_receipt_unknown):
        return {}
    until = "at least until" if deadline.is_receipt_unknown else "until"
    return {"complaint-uk": f"Meta has {until} {dates.format_day(waited.last_day, now.date())} to acknowledge."}


def _letters_after_objection(
    status: AccountStatus, outcome: ObjectionOutcome, periods: tuple[LegalPeriod, ...], now: datetime
) -> dict[str, str]:
    """What fits once an objection was sent."""
    found = {}
    is_silent = outcome.state in UNANSWERED_STATES or (
        outcome.missed_answer_period is not None and outcome.state is AccountState.ASKED_FOR_MORE
    )
    if is_silent and now >= outcome.first_objection.at + REMIND_AFTER:
        found["reminder"] = "Sent, and not answered yet."
    if outcome.state in CONFIRMED_STATES:
        found["asked-applied"] = "Confirmed. You can ask whether it was also applied."
    answer = _last_period(periods, PeriodRule.ANSWER)
    is_late = answer is not None and answer.was_extension_late
    if is_late:
        found["late-extension"] = "Meta's notice that it takes longer came after the month."
    if why := _complaint_reason(status, outcome, is_late=is_late):
        found |= _complaint_letters(status, why, periods, now.date())
    return found


def _complaint_letters(
    status: AccountStatus, why: str, periods: tuple[LegalPeriod, ...], today: date
) -> dict[str, str]:
    """The complaints that are open where there is something to complain about; in the UK Meta hears it first."""
    found = {}
    if status.current_deadline(PeriodRule.ACKNOWLEDGEMENT) is None:
        found["complaint-to-meta"] = why
    elif heard := _controller_complaint_outcome(status, periods, today):
        found["complaint-uk"] = heard
    found["complaint"] = found["complaint-ch"] = why
    return found


_REASON_QUESTION_UNANSWERED = "Meta did not answer your question in time."


def _is_question_unanswered(status: AccountStatus) -> bool:
    return any(deadline.rule is PeriodRule.INFORMATION for deadline, _ in status.missed_deadlines)


def _complaint_reason(status: AccountStatus, outcome: ObjectionOutcome, *, is_late: bool) -> str:
    """What there is to complain about; empty for nothing."""
    if outcome.state is AccountState.REFUSED:
        return "Meta refused."
    if outcome.missed_answer_period is not None and outcome.state in (
        AccountState.OVERDUE,
        AccountState.ASKED_FOR_MORE,
    ):
        return "Meta did not answer in time."
    if is_late and outcome.state is AccountState.FILED:
        return "Meta's notice came after the month."
    return _REASON_QUESTION_UNANSWERED if _is_question_unanswered(status) else ""


def _controller_complaint_outcome(status: AccountStatus, periods: tuple[LegalPeriod, ...], today: date) -> str:
    """What became of the complaint to Meta once nothing more is to be awaited; empty while its time runs."""
    deadline, waited = (
        status.current_deadline(PeriodRule.ACKNOWLEDGEMENT),
        _last_period(periods, PeriodRule.ACKNOWLEDGEMENT),
    )
    if deadline is None:
        return ""
    if deadline.ended_by is not None and deadline.ended_by.kind not in (EventKind.ACKNOWLEDGED, EventKind.COMPLAINED):
        return "Meta answered your complaint."
    if waited is None or not waited.is_over(today) or (deadline.ended_by is None and deadline.is_receipt_unknown):
        return ""
    return (
        "Acknowledged, and no outcome yet."
        if deadline.ended_by
        else "Your complaint to Meta was not acknowledged in time."
    )


def _last_period(periods: tuple[LegalPeriod, ...], rule: PeriodRule) -> LegalPeriod | None:
    return next((each for each in reversed(periods) if each.rule is rule), None)
