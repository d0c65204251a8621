"""Which letters fit the status of an account, with the reasons, and which are premature."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from itertools import takewhile
from typing import NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.letters.letter_conditions import (
    LAST_WORD_ON_COMPLAINT,
    MONTHS_OF_AUTHORITY_SILENCE,
    WHY_TO_ANSWER_REFUSAL,
    WHY_TO_ASK_FOR_GROUNDS,
    answers_to_question,
    conditions_of_letters,
)
from metaoptout_tui.core.letters.letter_file_names import letters_kept_with
from metaoptout_tui.core.letters.letters import EVENT_KIND_BY_LETTER, letter_sent_events
from metaoptout_tui.core.letters.sent_before import (
    find_sent_before,
    is_form_unfinished,
    is_month_over_whenever_it_arrived,
)
from metaoptout_tui.core.objection.authority_tasks import told_after_decision
from metaoptout_tui.core.objection.event_sentences import day_of_event
from metaoptout_tui.core.objection.legal_periods import LegalPeriod, months_after
from metaoptout_tui.core.objection.lifecycle import ObjectionOutcome
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.waiting_tasks import reminder_fits_from, wait_is_over_at
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, events_in_force, went_by_post
from metaoptout_tui.core.record.vocabulary import (
    ANSWER_BY,
    AUTHORITY_AMICABLE,
    AUTHORITY_ASKS,
    AUTHORITY_RECEIVED,
    AUTHORITY_SAYS,
    AUTHORITY_UPHELD,
    CONFIRMED_STATES,
    UNANSWERED_STATES,
    WRONG_FORM_GROUNDS,
    WRONG_FORM_REQUESTS,
    AccountState,
    PeriodKind,
)

_COMPLAINT_KINDS = (EventKind.COMPLAINED_TO_AUTHORITY, EventKind.AUTHORITY_WROTE)
_OF_A_COMPLAINT = frozenset({"meta-gave-in", "authority-answer", "authority-status"})
"""The letters that speak of a complaint which an authority has."""
_TO_A_QUESTION = frozenset({"no-examples", "examples", "residence", "question"})
"""The letters that answer a question of Meta, each another one."""


class FittingLetter(NamedTuple):
    """A letter that exists for an account: whether it fits now, and why; else when it was sent, or when it will fit."""

    id: str
    is_recommended: bool
    reason: str


def fitting_letters(
    status: AccountStatus, ids: Collection[str], periods: tuple[LegalPeriod, ...], now: datetime
) -> tuple[FittingLetter, ...]:
    """These letters, those that fit first, in the order they may be needed; `periods` are the account's legal periods.

    Those that speak of a complaint to an authority are only there once one was made, those that answer a question of Meta
    once it asked one. Of the others complaints come first where Meta's time is over.
    """
    recommended, too_early = recommend_letters(status, periods, now), find_premature_letters(status, periods, now)
    conditions = conditions_of_letters(status, periods, now)
    reasons = {**conditions, **find_sent_letters(status, now), **too_early, **recommended}
    kinds = {event.kind for event in status.events_now}
    premature = {
        *(_OF_A_COMPLAINT if kinds.isdisjoint(_COMPLAINT_KINDS) else ()),
        *(_TO_A_QUESTION if EventKind.MORE_ASKED not in kinds else ()),
    }
    is_late = status.outcome is not None and status.outcome.state is AccountState.OVERDUE
    complaints = [id for id in ids if EVENT_KIND_BY_LETTER.get(id) in _KINDS_OF_COMPLAINTS] if is_late else []
    order = dict.fromkeys(id for id in (*recommended, *too_early, *complaints, *ids) if id not in premature)
    return tuple(FittingLetter(id, id in recommended, reasons[id]) for id in order if id in ids)


_KINDS_OF_COMPLAINTS = frozenset({EventKind.COMPLAINED_TO_AUTHORITY, EventKind.COMPLAINED_TO_META})


def heading_of_fitting_letters() -> str:
    """What stands above the letters that fit now, where others stand below them."""
    return _("Fits now")


def heading_of_later_letters() -> str:
    """What stands above the letters that do not fit now."""
    return _("Later, or in another case")


def recommend_letters(status: AccountStatus, periods: tuple[LegalPeriod, ...], now: datetime) -> Mapping[str, str]:
    """The letters that fit the status of an account, each with the reason, in the order they may be needed.

    `periods` are the account's legal periods. Letters that do not exist under the person's law are among them.
    """
    outcome = status.outcome
    reasons = _letters_after_objection(status, outcome, periods, now) if outcome is not None else {}
    if status.covering_account_id:
        if not _has_running_inquiry(status):
            reasons["asked-applied"] = (
                _("Perhaps covered through another account. You can ask whether it was applied to this one.")
                if status.is_cover_unconfirmed
                else _("Covered through another account. You can ask whether it was applied to this one.")
            )
        if outcome is None and _is_inquiry_unanswered(status):
            reasons |= _complaint_letters(status, _reason_inquiry_unanswered(), periods, now.date())
    if status.can_object and (outcome is None or outcome.state is AccountState.REFUSED or _is_form_in_doubt(outcome)):
        reasons["objection"] = _reason_to_object_by_letter(status)
    reasons["friends"] = reasons["debunk"] = _("Fits at any time.")
    return reasons


def _reason_to_object_by_letter(status: AccountStatus) -> str:
    if status.why_no_log_in is not None:
        return _("You cannot log in, and a letter needs no log-in.")
    return _("For when the form is gone or does not take your objection.")


def _is_form_in_doubt(outcome: ObjectionOutcome) -> bool:
    """Whether Meta waits for something that a letter spares: another form, a code or a link. Any other question is answered."""
    is_asked = outcome.state is AccountState.ASKED_FOR_MORE
    return is_asked and (outcome.open_question is None or outcome.open_request in WRONG_FORM_REQUESTS)


def find_premature_letters(status: AccountStatus, periods: tuple[LegalPeriod, ...], now: datetime) -> Mapping[str, str]:
    """The letters for which it is too early, each with the reason; they can be written all the same.

    In the UK the authority expects the complaint to Meta first; in Switzerland the 30 days for the answer to an
    inquiry come first.
    """
    recommended = recommend_letters(status, periods, now)
    reasons = {
        "complaint-uk": _too_early_after(
            status, PeriodKind.ACKNOWLEDGEMENT, periods, now.date(), _("After a complaint to Meta.")
        ),
        "complaint-ch": _too_early_after(
            status,
            PeriodKind.INQUIRY,
            periods,
            now.date(),
            _("After a question that Meta did not answer."),
        ),
    }
    return {id: reason for id, reason in reasons.items() if reason and id not in recommended}


def find_sent_letters(status: AccountStatus, now: datetime) -> Mapping[str, str]:
    """The letters that were sent about the newest objection of an account, each with words that say when and how."""
    return {id: _sent_words(event, now) for id, event in sent_letter_entries(status, now).items()}


def sent_letter_entries(status: AccountStatus, now: datetime) -> Mapping[str, Event]:
    """The letters that were sent about the newest objection of an account, each with the newest entry that says so."""
    if status.outcome is None:
        return {}
    as_letters = letter_sent_events(events_in_force(status.account.events, now))
    later_ids = {event.id for event in (status.outcome.newest_objection, *status.outcome.later_events)}
    newest = {event.kind: event for event in as_letters if event.id in later_ids}
    sent = {id: newest.get(kind) for id, kind in EVENT_KIND_BY_LETTER.items()}
    return {id: each for id, each in sent.items() if each is not None and _can_be_letter(id, each, status)}


def _can_be_letter(id: str, sent: Event, status: AccountStatus) -> bool:
    """Whether an entry can be of this letter: several answer what Meta asks.

    The name of the text that was kept with it says which it was; else only those can be that answer what Meta had asked.
    """
    if names := letters_kept_with(sent, status.account):
        return id in names
    if sent.kind != EventKind.META_QUESTION_ANSWERED or status.outcome is None:
        return True
    before = takewhile(lambda event: event.id != sent.id, status.outcome.later_events)
    questions = [event for event in before if event.kind == EventKind.MORE_ASKED]
    return not questions or id in answers_to_question(questions[-1], status.objection_law)


def _sent_words(sent: Event, now: datetime) -> str:
    words = _("Sent by post: {day}.") if went_by_post(sent) else _("Sent: {day}.")
    return words.format(day=day_of_event(sent, now))


def _too_early_after(
    status: AccountStatus,
    kind: PeriodKind,
    periods: tuple[LegalPeriod, ...],
    today: date,
    without_period: str,
) -> str:
    """Why it is too early for a letter that comes after a period of Meta's; empty once that is over."""
    deadline = status.current_deadline(kind)
    if deadline is None:
        return without_period
    period = _last_period(periods, kind)
    if period is None or (period.is_over(today) and not deadline.is_arrival_unreported):
        return ""
    if kind is PeriodKind.ACKNOWLEDGEMENT:
        exactly, at_least = (
            _("Meta has until {day} to acknowledge."),
            _("Meta has at least until {day} to acknowledge."),
        )
    else:
        exactly, at_least = _("Meta has until {day} to answer."), _("Meta has at least until {day} to answer.")
    words = at_least if deadline.is_arrival_unreported else exactly
    return words.format(day=dates.format_day(period.last_day, today))


def _letters_after_objection(
    status: AccountStatus, outcome: ObjectionOutcome, periods: tuple[LegalPeriod, ...], now: datetime
) -> dict[str, str]:
    """The letters that fit once an objection was sent, each with the reason."""
    if is_form_unfinished(outcome.later_events):
        return {}
    reasons = {}
    if _gave_in_after_complaint(outcome):
        reasons["meta-gave-in"] = _("Meta gave in, and the authority does not know it yet.")
    reasons |= _letters_to_authority(status, outcome, now)
    if (question := outcome.open_question) is not None:
        reason = _("Meta's question of {day} waits for your answer.").format(day=day_of_event(question, now))
        reasons |= dict.fromkeys(answers_to_question(question, status.objection_law), reason)
    is_late, is_unreasoned = _extension_defects(outcome, periods)
    is_disputed = outcome.last_event(EventKind.EXTENSION_DISPUTED) is not None
    if is_late and not is_disputed:
        reasons["late-extension"] = _("Meta's notice that it takes longer came after the month.")
    if is_unreasoned and not is_disputed:
        reasons["unreasoned-extension"] = _("Meta's notice that it takes longer gave no reasons.")
    if outcome.state is AccountState.REFUSED and outcome.last_event(EventKind.REFUSAL_DISPUTED) is None:
        refusal = outcome.last_event(EventKind.REFUSED)
        grounds = refusal.text("grounds") if refusal is not None else ""
        reasons["refusal-answer"] = _(WHY_TO_ANSWER_REFUSAL.get(grounds, "") or WHY_TO_ASK_FOR_GROUNDS)
    reminder = _reminder_reason(outcome, now)
    complaint_reason = _complaint_reason(status, outcome, now.date(), is_late=is_late)
    complaints = _complaint_letters(status, complaint_reason, periods, now.date()) if complaint_reason else {}
    was_reminded = outcome.last_event(EventKind.REMINDED) is not None
    reasons |= complaints | reminder if was_reminded else reminder | complaints
    is_inquiry_running = _has_running_inquiry(status)
    if outcome.state in CONFIRMED_STATES and not is_inquiry_running:
        reasons["asked-applied"] = _("Confirmed. You can ask whether it was also applied.")
    elif _is_mail_lost(outcome) and not is_inquiry_running:
        reasons["asked-applied"] = _("A mail of Meta came, and you no longer know what it said.")
    elif reminder and not any(status.current_deadline(kind) for kind in (PeriodKind.ANSWER, PeriodKind.INQUIRY)):
        reasons["asked-applied"] = _("No time to answer is known here; a question about your data has 30 days.")
    return reasons


def _reminder_reason(outcome: ObjectionOutcome, now: datetime) -> dict[str, str]:
    """The reminder with its reason, where Meta was silent for long enough."""
    is_silent = outcome.state in UNANSWERED_STATES or (
        outcome.missed_answer_period is not None and outcome.state is AccountState.ASKED_FOR_MORE
    )
    if is_silent and now >= reminder_fits_from(outcome):
        reminded = outcome.last_event(EventKind.REMINDED)
        if reminded is None:
            return {"reminder": _("Your objection is not answered yet.")}
        day = dates.format_local_day(reminded.at, now)
        return {"reminder": _("You reminded Meta on {day}; not answered yet.").format(day=day)}
    disputed = outcome.last_event(EventKind.REFUSAL_DISPUTED) if outcome.state is AccountState.REFUSED else None
    is_disputed = disputed is not None and find_sent_before(outcome.later_events).refusal_disputed is not None
    if disputed is not None and is_disputed and now >= wait_is_over_at(disputed):
        return {"reminder": _("Your answer to the refusal is not answered yet.")}
    return {}


def _gave_in_after_complaint(outcome: ObjectionOutcome) -> bool:
    """Whether Meta applied the objection after a complaint to an authority that was not told so, and did not decide."""
    last = outcome.last_event(EventKind.COMPLAINED_TO_AUTHORITY, EventKind.AUTHORITY_TOLD)
    is_told = last is None or last.kind != EventKind.COMPLAINED_TO_AUTHORITY
    return outcome.state in CONFIRMED_STATES and not is_told and outcome.decision_of_authority is None


def _letters_to_authority(status: AccountStatus, outcome: ObjectionOutcome, now: datetime) -> dict[str, str]:
    """The letters to an authority that has the complaint: the answer to what it asks, and how the complaint stands."""
    last = outcome.last_event(*LAST_WORD_ON_COMPLAINT)
    if last is None or outcome.state is AccountState.CLOSED:
        return {}
    if (decision := outcome.decision_of_authority) is not None:
        is_for_person = decision.text(AUTHORITY_SAYS.name) == AUTHORITY_UPHELD
        words = _("The authority decided for you: tell it if Meta does not act.")
        is_open = outcome.state not in CONFIRMED_STATES and told_after_decision(outcome) is None
        return {"authority-answer": words} if is_for_person and is_open else {}
    says = last.text(AUTHORITY_SAYS.name)
    set_day = last.fields.get(ANSWER_BY.name)
    if isinstance(set_day, date):
        day = dates.format_day(set_day, now.date())
        return {"authority-answer": _("The authority set you a day: {day}.").format(day=day)}
    if says in (AUTHORITY_ASKS, AUTHORITY_AMICABLE):
        return {"authority-answer": _("The authority waits for your answer.")}
    is_silent = says in ("", AUTHORITY_RECEIVED) and now.date() > months_after(
        last.at.date(), MONTHS_OF_AUTHORITY_SILENCE
    )
    if is_silent or any(missed.deadline.kind is PeriodKind.AUTHORITY for missed in status.missed_deadlines):
        return {"authority-status": _("Three months passed without word on how your complaint stands.")}
    return {}


def _is_mail_lost(outcome: ObjectionOutcome) -> bool:
    reply = outcome.reply_awaiting_decision
    return reply is not None and reply.kind == EventKind.MAIL_LOST


def _is_refused(outcome: ObjectionOutcome, today: date) -> bool:
    """Whether Meta refused; not where it only said that the form was the wrong one and may still decide in its month."""
    refusal, deadline = outcome.last_event(EventKind.REFUSED), outcome.answer_deadline
    is_wrong_form = refusal is not None and refusal.text("grounds") == WRONG_FORM_GROUNDS
    is_in_time = (
        deadline is None or not deadline.is_receipt_certain or today <= (deadline.later_end or deadline.earliest_end)
    )
    return outcome.state is AccountState.REFUSED and not (is_wrong_form and is_in_time)


def _extension_defects(outcome: ObjectionOutcome, periods: tuple[LegalPeriod, ...]) -> tuple[bool, bool]:
    """Whether Meta's notice that it takes longer came late, and whether it came in time but without reasons."""
    period = _last_period(periods, PeriodKind.ANSWER)
    deadline = outcome.current_deadline(PeriodKind.ANSWER)
    if period is None or deadline is None or deadline.ended_by is not None:
        return False, False
    return period.extension_defect == "late", period.extension_defect == "unreasoned"


def _complaint_letters(
    status: AccountStatus, reason: str, periods: tuple[LegalPeriod, ...], today: date
) -> dict[str, str]:
    """The letters of complaint for a reason.

    In the UK the one to Meta comes first, in Switzerland the 30 days for the answer to an inquiry that was sent.
    """
    reasons = {}
    if status.current_deadline(PeriodKind.ACKNOWLEDGEMENT) is None:
        reasons["complaint-to-meta"] = reason
    elif meta_outcome := _meta_complaint_outcome(status, periods, today):
        reasons["complaint-uk"] = meta_outcome
    reasons["complaint"] = reason
    if not _has_running_inquiry(status):
        reasons["complaint-ch"] = reason
    return reasons


def _reason_inquiry_unanswered() -> str:
    return _("Meta did not answer your question in time.")


def _has_running_inquiry(status: AccountStatus) -> bool:
    """Whether an inquiry is open and its time not over."""
    inquiry = status.current_deadline(PeriodKind.INQUIRY)
    return inquiry is not None and inquiry.ended_by is None and not _is_inquiry_unanswered(status)


def _is_inquiry_unanswered(status: AccountStatus) -> bool:
    return any(deadline.kind is PeriodKind.INQUIRY for deadline, _unused in status.missed_deadlines)


def _complaint_reason(status: AccountStatus, outcome: ObjectionOutcome, today: date, *, is_late: bool) -> str:
    """The reason to complain; empty for none, and while a letter whose arrival is not known may still have its month."""
    if _is_refused(outcome, today):
        return _("Meta refused.")
    deadline = outcome.current_deadline(PeriodKind.ANSWER)
    if deadline is not None and outcome.state in UNANSWERED_STATES:
        if is_month_over_whenever_it_arrived(deadline, today):
            return _("You posted it more than two months ago, and it is not answered.")
        if not deadline.is_receipt_certain:
            return _reason_inquiry_unanswered() if _is_inquiry_unanswered(status) else ""
    if outcome.missed_answer_period is not None and outcome.state is AccountState.OVERDUE:
        return _("Meta did not answer in time.")
    if outcome.missed_answer_period is not None and outcome.state is AccountState.ASKED_FOR_MORE:
        return _("Meta's month is over, unless it may wait for your answer.")
    if is_late and outcome.state is AccountState.FILED:
        return _("Meta's notice came after the month.")
    return _reason_inquiry_unanswered() if _is_inquiry_unanswered(status) else ""


def _meta_complaint_outcome(status: AccountStatus, periods: tuple[LegalPeriod, ...], today: date) -> str:
    """The outcome of the complaint to Meta, once nothing more is to be awaited; empty while its period runs."""
    deadline = status.current_deadline(PeriodKind.ACKNOWLEDGEMENT)
    period = _last_period(periods, PeriodKind.ACKNOWLEDGEMENT)
    if deadline is None:
        return ""
    if deadline.ended_by is not None and deadline.ended_by.kind not in (
        EventKind.ACKNOWLEDGED,
        EventKind.COMPLAINED_TO_AUTHORITY,
    ):
        return _("Meta answered your complaint.")
    if period is None or not period.is_over(today) or (deadline.ended_by is None and deadline.is_arrival_unreported):
        return ""
    return (
        _("Acknowledged, and no outcome yet.")
        if deadline.ended_by
        else _("Your complaint to Meta was not acknowledged in time.")
    )


def _last_period(periods: tuple[LegalPeriod, ...], kind: PeriodKind) -> LegalPeriod | None:
    return next((period for period in reversed(periods) if period.kind is kind), None)
