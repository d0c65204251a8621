"""Collects from a diary the facts that its letters may state."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from metaoptout_tui.core.dates import MonthAlone, earliest_day
from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.letters.letter_facts import (
    LetterFacts,
    letter_attachments,
)
from metaoptout_tui.core.letters.letter_timeline import (
    LINKED_NAMES_ALL,
    confirmations_of_linked,
    timeline_of,
    unquoted_account_name,
)
from metaoptout_tui.core.letters.sent_before import (
    decisions_of,
    find_sent_before,
    is_form_unfinished,
    is_month_over_whenever_it_arrived,
    posted_with_unknown_arrival,
    whole_months_passed,
)
from metaoptout_tui.core.objection.legal_periods import HolidayLookup, LegalPeriod
from metaoptout_tui.core.objection.linking_question import ids_with_nothing_to_link
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import needs_whole_name, whose_data
from metaoptout_tui.core.record.accounts import WRITES_AS_REPRESENTATIVE, WRITES_FOR, Record, is_proof_kept
from metaoptout_tui.core.record.event_kinds import EventKind, kinds_where, rules_of
from metaoptout_tui.core.record.events import (
    Event,
    day_or_month_of,
    decision_of_authority,
    events_in_force,
    moment_written,
    partial_date_of,
    went_by_post,
)
from metaoptout_tui.core.record.vocabulary import (
    ASKED_FOR,
    AUTHORITY_RECEIVED,
    AUTHORITY_REFERENCE,
    AUTHORITY_SAYS,
    AUTHORITY_UPHELD,
    EXAMPLES_REQUEST,
    GROUNDS_GIVEN,
    ID_REQUEST,
    NO_EXAMPLES_GROUNDS,
    NO_REASONS,
    NOT_AVAILABLE_GROUNDS,
    PROMPTS_REQUEST,
    REASON_REQUEST,
    REFERENCE,
    RESIDENCE_REQUEST,
    WRONG_FORM_GROUNDS,
    AccountState,
    LogIn,
    PeriodKind,
)


def collect_letter_facts(
    status: AccountStatus,
    record: Record,
    playbook: Playbook,
    today: date,
    holiday_lookup: HolidayLookup,
) -> LetterFacts:
    """The facts for an account's letters, from its newest objection on, or from the one that covers it."""
    account, outcome = status.account, status.outcome
    filing = outcome.newest_objection if outcome is not None else status.objection_in_force
    first_sent = outcome.first_objection if outcome is not None else filing
    filed_email = filing.text("email") if filing else ""
    writes_for = record.remembered_of(account.id).for_letters.get(WRITES_FOR, "")
    whose = whose_data(account, record, playbook)
    emails = (filed_email, account.email) if outcome is not None else (account.email, filed_email)
    facts = LetterFacts(
        account=unquoted_account_name(account, playbook),
        service=playbook.platform_name(account.platform),
        elsewhere=account.is_from_elsewhere,
        whose=whose,
        represents=bool(whose) and writes_for == WRITES_AS_REPRESENTATIVE,
        whose_name="" if needs_whole_name(account, playbook) else whose,
        has_handle=account.name.startswith("@"),
        email=next(filter(None, (*emails, record.person.email)), ""),
        moved_since=bool(status.objection_country),
        reason=filing.text("reason") if filing else "",
        reason_language=record.person.language,
        attachments=letter_attachments(account, record),
        lacks_proof=not is_proof_kept(account),
        linked=tuple(
            unquoted_account_name(other, playbook)
            for other in record.accounts
            if account.linked_group and other.linked_group == account.linked_group and other is not account
        ),
        filed_by_post=first_sent is not None and went_by_post(first_sent),
        alone=account.linked_group == "" or _is_only_account(status, record, playbook),
    )
    facts = _with_lost_log_in(facts, status)
    if status.why_no_log_in in LOG_IN_LOST and record.person.email != facts.email:
        facts = replace(facts, answer_to=record.person.email)
    if filing is None:
        return facts
    start = (first_sent or filing).at
    all_events = [event for event in events_in_force(account.events) if event.at >= start]
    events = [event for event in all_events if rules_of(event.kind).is_in_timeline]
    if outcome is None:
        events.insert(0, filing)
    confirmed = tuple(confirmations_of_linked(account, record, playbook)) if facts.linked else ()
    facts = replace(
        facts,
        timeline=timeline_of(account, events, record, playbook),
        linked_confirmed=tuple(sorted(confirmed, key=lambda line: line.day)),
        linked_names_all=any(line.sentence_id == LINKED_NAMES_ALL for line in confirmed),
    )
    facts = _with_dates(facts, events)
    facts = _with_answer_period(facts, status, today, holiday_lookup)
    if outcome is not None:
        facts = _with_responses(facts, events)
        request = outcome.open_request
        facts = replace(
            facts,
            identity_open=facts.identity_asked if request == ID_REQUEST else None,
            reasons_asked=request == REASON_REQUEST and bool(facts.reason),
        )
        is_sent = outcome.state is not AccountState.UNDELIVERED and not is_form_unfinished(outcome.later_events)
        facts = replace(facts, objected_before=facts.filed if is_sent else None)
    facts = replace(facts, **find_sent_before(all_events)._asdict())
    facts = replace(facts, **facts_about_authority(all_events))
    facts = replace(facts, meta_reference=last_reference(all_events, KINDS_WITH_REFERENCE_OF_META))
    facts = _with_inquiry_and_complaint(facts, status, events, today, holiday_lookup)
    return replace(facts, provisions=_infringed_provisions(facts))


LOG_IN_LOST = (LogIn.FORGOTTEN, LogIn.HACKED, LogIn.LOCKED)
"""The answers after which what Meta writes to the account's own address may not be read."""


def _with_lost_log_in(facts: LetterFacts, status: AccountStatus) -> LetterFacts:
    """The facts with why the person cannot log in, and since when.

    What a stranger links a hacked account with is theirs, so a letter asks for nothing of linked accounts.
    """
    why, event = status.why_no_log_in, status.log_in_event
    if why is None or event is None:
        return facts
    partial_date, day = partial_date_of(event), event.at.date()
    is_year_alone = partial_date == f"{day:%Y}"  # which a letter has no words for
    is_known = not is_year_alone and day < moment_written(event).date()
    since = MonthAlone.of(day) if partial_date == f"{day:%Y-%m}" else day
    return replace(
        facts,
        no_log_in=str(why),
        no_log_in_since=since if is_known else None,
        alone=facts.alone or why is LogIn.HACKED,
    )


def _is_only_account(status: AccountStatus, record: Record, playbook: Playbook) -> bool:
    """Whether the person said that the list of accounts is complete, and there is none that this one could be linked with."""
    listed = status.step(StepId.IDENTIFY)
    is_listed = listed is not None and listed.is_finished
    return is_listed and status.account.id in ids_with_nothing_to_link(record.accounts, playbook)


def _with_dates(facts: LetterFacts, events: list[Event]) -> LetterFacts:
    days: dict[str, Any] = {}
    for event in events:
        name = rules_of(event.kind).fact_of_day
        # Of several objections the first counts, of all else the last.
        if name and not (event.kind == EventKind.FILED and name in days):
            days[name] = day_or_month_of(event)
    return replace(facts, **days)


_RESPONSE_KINDS = (
    kinds_where(lambda rules: rules.role == "reply" and rules.state_after is not None) | {EventKind.INQUIRY_ANSWERED}
) - {EventKind.UNDELIVERABLE}
"""The kinds of event in which Meta wrote something, so that no letter says that it did not."""


def _with_responses(facts: LetterFacts, events: list[Event]) -> LetterFacts:
    """The facts with Meta's replies to the account's own objection; a refusal counts while it is the last decision."""
    kinds = {event.kind for event in events}
    decisions = decisions_of(events)
    refusal = decisions[-1] if decisions and decisions[-1].kind == EventKind.REFUSED else None
    confirmations = [event for event in decisions if event.kind != EventKind.REFUSED]
    return replace(
        facts,
        silent=not kinds & _RESPONSE_KINDS,
        undecided=bool(kinds & _RESPONSE_KINDS) and not decisions,
        confirmed=day_or_month_of(confirmations[-1]) if confirmations else None,
        **_days_of_meta_questions(events),
        refused=day_or_month_of(refusal) if refusal is not None else None,
        grounds_given=refusal is not None and refusal.text("grounds") == GROUNDS_GIVEN,
        no_grounds=refusal is not None and refusal.text("grounds") == NO_REASONS,
        not_available=refusal is not None and refusal.text("grounds") == NOT_AVAILABLE_GROUNDS,
        examples_missing=refusal is not None and refusal.text("grounds") == NO_EXAMPLES_GROUNDS,
        wrong_form=refusal is not None and refusal.text("grounds") == WRONG_FORM_GROUNDS,
    )


_FACT_BY_REQUEST = {
    ID_REQUEST: "identity_asked",
    **dict.fromkeys((EXAMPLES_REQUEST, PROMPTS_REQUEST), "examples_asked"),
    RESIDENCE_REQUEST: "residence_asked",
}


def _days_of_meta_questions(events: Sequence[Event]) -> dict[str, Any]:
    """The day on which Meta last asked for each thing, and those of the last question that was answered, with its answer."""
    days: dict[str, Any] = {}
    question: Event | None = None
    for event in events:
        if event.kind == EventKind.MORE_ASKED:
            question = event
            days[_FACT_BY_REQUEST.get(event.text(ASKED_FOR.name), "question_asked")] = day_or_month_of(event)
        elif event.kind == EventKind.META_QUESTION_ANSWERED and question is not None:
            days |= {"meta_asked": day_or_month_of(question), "meta_answered": day_or_month_of(event)}
    return days


def _with_inquiry_and_complaint(
    facts: LetterFacts, status: AccountStatus, events: list[Event], today: date, holiday_lookup: HolidayLookup
) -> LetterFacts:
    """The facts with the results of an inquiry and of a complaint to Meta."""
    missed = {deadline.kind: period for deadline, period in status.missed_deadlines if period.is_end_certain}
    missed_days = {kind: period.last_day for kind, period in missed.items()}
    inquiry = status.current_deadline(PeriodKind.INQUIRY)
    is_inquiry_open = inquiry is not None and inquiry.ended_by is None
    answer_period = inquiry.legal_period(holiday_lookup) if inquiry is not None and is_inquiry_open else None
    is_running = answer_period is not None and answer_period.is_end_certain and not answer_period.is_over(today)
    acknowledged = next((event for event in reversed(events) if event.kind == EventKind.ACKNOWLEDGED), None)
    if acknowledged is not None and decisions_of(events[events.index(acknowledged) :]):
        acknowledged = None
    return replace(
        facts,
        inquiry_open=facts.inquiry_sent if is_inquiry_open else None,
        inquiry_due=answer_period.last_day if answer_period is not None and is_running else None,
        authority_silent=missed_days.get(PeriodKind.AUTHORITY),
        unanswered=missed_days.get(PeriodKind.INQUIRY),
        unacknowledged=missed_days.get(PeriodKind.ACKNOWLEDGEMENT),
        unacknowledged_moved=_day_that_moved(missed.get(PeriodKind.ACKNOWLEDGEMENT)),
        acknowledged=acknowledged.at.date() if acknowledged is not None else None,
    )


def _day_that_moved(period: LegalPeriod | None) -> str:
    """Which day the 30 days for an acknowledgement would have ended on: `saturday`, `sunday` or `holiday`."""
    days = (
        [step.day for step in period.calculation if step.statement.startswith("acknowledgement-days")] if period else []
    )
    if period is None or not days or days[0] == period.last_day:
        return ""
    return {5: "saturday", 6: "sunday"}.get(days[0].weekday(), "holiday")


def _with_answer_period(
    facts: LetterFacts, status: AccountStatus, today: date, holiday_lookup: HolidayLookup
) -> LetterFacts:
    """The facts with the end of Meta's period, where it runs or ran out before an answer came."""
    deadline = status.outcome.answer_deadline if status.outcome is not None else None
    period = deadline.legal_period(holiday_lookup) if deadline else None
    if deadline is None or period is None:
        return replace(facts, month_over=facts.filed is not None and bool(whole_months_passed(facts.filed, today)))
    answered_on = earliest_day(day_or_month_of(deadline.ended_by)) if deadline.ended_by else None
    first = status.outcome.first_objection if status.outcome is not None else None
    # Of an objection that was sent again and ended, the letter tells of the first.
    is_of_later_one = first is not None and deadline.ended_by is not None and deadline.started_by.id != first.id
    facts = replace(
        facts,
        month_over=period.is_end_certain and period.is_over(today),
        unreasoned=period.extension_defect == "unreasoned",
        received=deadline.receipt.day if deadline.is_receipt_certain and not is_of_later_one else None,
    )
    if not period.is_end_certain:
        posted = posted_with_unknown_arrival(deadline) if answered_on is None else None
        is_long_ago = is_month_over_whenever_it_arrived(deadline, today)
        return replace(
            facts,
            month_over=is_long_ago,
            undated=answered_on is None,
            posted=posted,
            posted_again=posted if posted != facts.filed else None,
            posted_long_ago=is_long_ago,
            posted_months=whole_months_passed(posted, today) if posted is not None and is_long_ago else 0,
        )
    began_later = not went_by_post(deadline.started_by) and period.first_day > deadline.started_by.at.date()
    facts = replace(facts, counted_from=period.first_day if began_later else None)
    is_missed = (answered_on or today) > period.last_day
    was_moved = any(
        step.day == period.last_day and step.statement.startswith(("weekend", "holiday")) for step in period.calculation
    )
    facts = replace(facts, moved=is_missed and was_moved)
    if period.extension_counts:
        return replace(facts, three=period.last_day if is_missed else None)
    if is_missed:
        later = period.later_end if not period.is_later_end_open else None
        return replace(
            facts,
            over=period.last_day,
            over_from_answer=later if later is not None and (answered_on or today) > later else None,
            late=period.extension_defect == "late",
        )
    if answered_on is None:
        return replace(facts, due=period.last_day)
    return replace(facts, reasons_due=None if period.is_over(today) else period.last_day)


def _infringed_provisions(facts: LetterFacts) -> tuple[str, ...]:
    """The provisions that Meta infringed, by what happened; none for a law that has no such provisions here."""
    was_time_missed = bool(facts.over or facts.three or facts.unanswered or facts.posted_long_ago)
    by_what_happened = {
        "21-1": facts.refused is not None,
        "12-3": was_time_missed,
        "12-4": facts.no_grounds and facts.month_over,
        "15": facts.unanswered is not None,
    }
    return tuple(provision for provision, happened in by_what_happened.items() if happened)


def facts_about_authority(events: Sequence[Event]) -> dict[str, Any]:
    """The last complaint to an authority, the number that the authority gave it, and what came of it."""
    complaint = _last(events, EventKind.COMPLAINED_TO_AUTHORITY)
    since = events[events.index(complaint) :] if complaint is not None else ()
    letter = _last(since, EventKind.AUTHORITY_WROTE)
    decision = decision_of_authority(since)
    is_upheld = decision is not None and decision.text(AUTHORITY_SAYS.name) == AUTHORITY_UPHELD
    is_receipt = letter is not None and letter.text(AUTHORITY_SAYS.name) == AUTHORITY_RECEIVED
    return {
        "authority_complained": _day_of(complaint),
        "authority_reference": last_reference(since, _KINDS_WITH_REFERENCE_OF_AUTHORITY),
        "authority_wrote": _day_of(letter),
        "authority_upheld": _day_of(decision) if is_upheld else None,
        "authority_received": _day_of(letter) if is_receipt else None,
        "authority_asked": _day_of(_last(since, EventKind.AUTHORITY_ASKED)),
        "closed": any(event.kind == EventKind.CASE_CLOSED for event in events),
    }


def last_reference(events: Sequence[Event], kinds: Collection[str]) -> str:
    """The reference that was written down last, of the entries of these kinds; empty for none."""
    references = [event.text(REFERENCE.name) for event in events if event.kind in kinds]
    return next(filter(None, reversed(references)), "")


_KINDS_WITH_REFERENCE_OF_AUTHORITY = kinds_where(lambda rules: rules.fields.get(REFERENCE.name) == AUTHORITY_REFERENCE)
KINDS_WITH_REFERENCE_OF_META = kinds_where(lambda rules: rules.fields.get(REFERENCE.name) == REFERENCE)
"""The kinds of entry whose reference is one that Meta gave."""


def _last(events: Sequence[Event], kind: EventKind) -> Event | None:
    return next((event for event in reversed(events) if event.kind == kind), None)


def _day_of(event: Event | None) -> date | None:
    return event.at.date() if event is not None else None
