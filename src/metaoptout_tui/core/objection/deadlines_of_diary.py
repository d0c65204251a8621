"""The legal deadlines of a diary: which event starts each one, and which ends, extends or holds it up."""

from collections.abc import Callable, Iterable
from datetime import date

from metaoptout_tui.core.dates import earliest_day
from metaoptout_tui.core.objection.deadlines import Deadline
from metaoptout_tui.core.objection.legal_periods import MetaQuestion
from metaoptout_tui.core.record.event_kinds import EventKind, kinds_where, rules_of
from metaoptout_tui.core.record.events import (
    Event,
    arrival_day_of,
    authority_letters_told_again,
    day_meta_had,
    day_or_month_of,
    event_sort_key,
    is_decision,
    periods_ended_by,
    reopened_decisions,
    went_by_letter,
    went_by_post,
)
from metaoptout_tui.core.record.vocabulary import ID_REQUEST, WRONG_FORM_REQUESTS, AccountState, PeriodKind


def deadlines_of(
    events: tuple[Event, ...],
    law: str,
    place: str,
    law_of: Callable[[str], str] | None = None,
    *,
    assumed_letter_days: int = 0,
) -> tuple[Deadline, ...]:
    """The deadlines that events, in force and in their order, started, in the order in which they began.

    `law` and `place` are those of where the person lives now; `law_of` gives the law of a country where they lived
    before. Of each kind those that run, or the latest where none does. An objection that is sent again during Meta's
    month for the first one goes on with that month; one sent after it begins another. A form whose code or link was
    never confirmed was never sent, so it has no deadline.
    """
    if _KINDS_STARTING_DEADLINES.isdisjoint([event.kind for event in events]):
        return ()
    started = _started_deadlines(events, law, place, law_of, assumed_letter_days)
    with_period = [
        deadline
        for deadline in _with_meta_questions(
            _with_extensions(_with_first_answers(_completed_deadlines(started, events), events), events),
            events,
            assumed_letter_days,
        )
        if deadline.has_period
    ]
    by_kind: dict[PeriodKind, list[Deadline]] = {}
    for deadline in with_period:
        by_kind.setdefault(deadline.kind, []).append(deadline)
    deadlines: list[Deadline] = []
    # In the order of the kinds: of several that one event started, the list has them so.
    for kind in PeriodKind:
        if not (of_kind := by_kind.get(kind)):
            continue
        running = [deadline for deadline in of_kind if deadline.ended_by is None]
        if kind is PeriodKind.ANSWER:
            running = _without_resent(running)
        elif kind is PeriodKind.COMPLAINT_TO_AUTHORITY:
            running = running[-1:]
        deadlines.extend(running or of_kind[-1:])
    return tuple(sorted(deadlines, key=lambda deadline: event_sort_key(deadline.started_by)))


def has_unfinished_form(events: tuple[Event, ...]) -> bool:
    """Whether Meta asked for a code or a link in the newest form and it was never confirmed, so that no period runs."""
    filings = [event for event in events if event.kind == EventKind.FILED]
    return bool(filings) and not went_by_letter(filings[-1]) and _completion_of(filings[-1], events)[0]


def _started_deadlines(
    events: tuple[Event, ...], law: str, place: str, law_of: Callable[[str], str] | None, assumed_letter_days: int
) -> list[Deadline]:
    """The deadlines that each event started, under the law that applied then, with the first event that ended each.

    The time to complain to the authority begins again with each word of Meta. That of the authority ends with its
    decision, whatever it wrote before.
    """
    deadlines: list[Deadline] = []
    next_end: dict[PeriodKind, Event] = {}
    last_word: Event | None = None
    reopened, reworded = reopened_decisions(events), authority_letters_told_again(events)
    answered = _answered_wrong_form_requests(events)
    has_objection = any(event.kind == EventKind.FILED for event in events)
    for event in reversed(events):
        for kind in rules_of(event.kind).starts:
            is_contact = kind is PeriodKind.COMPLAINT_TO_AUTHORITY
            start = last_word if is_contact and last_word is not None else event
            deadlines.append(
                Deadline(kind, start, law, place, next_end.get(kind), assumed_letter_days=assumed_letter_days)
            )
        if event.kind == EventKind.COUNTRY_CHANGED and law_of is not None:
            place = event.text("from")
            law = law_of(place)
        kinds_ended = (
            ()
            if event.id in reopened or event.id in reworded or event.id in answered
            else periods_ended_by(event, has_objection=has_objection)
        )
        is_before_decision = event.kind == EventKind.AUTHORITY_WROTE and is_decision(next_end.get(PeriodKind.AUTHORITY))
        next_end.update(dict.fromkeys(() if is_before_decision else kinds_ended, event))
        if PeriodKind.COMPLAINT_TO_AUTHORITY in kinds_ended:
            last_word = None
        elif last_word is None and event.kind in _WORDS_OF_META:
            last_word = event
    return deadlines[::-1]


_KINDS_STARTING_DEADLINES = kinds_where(lambda rules: rules.starts)
_META_QUESTION_KINDS = kinds_where(
    lambda rules: rules.role == "reply" and rules.state_after is AccountState.ASKED_FOR_MORE
) - {EventKind.CODE_ASKED}
_STATES_AFTER_NO_ANSWER = (AccountState.ASKED_FOR_MORE, AccountState.UNDELIVERED)
_KINDS_CLOSING_META_QUESTIONS = kinds_where(
    lambda rules: (
        rules.state_after is AccountState.FILED
        or (rules.role == "reply" and rules.state_after not in (None, *_STATES_AFTER_NO_ANSWER))
    )
)
"""After one of these no question of Meta is open: the person answered, or Meta went on without an answer."""
_KINDS_AFTER_COMPLETION = _KINDS_CLOSING_META_QUESTIONS | _META_QUESTION_KINDS
"""One of these shows that the form was completed."""
_WORDS_OF_META = kinds_where(
    lambda rules: (
        (rules.role == "reply" and rules.state_after not in (None, AccountState.UNDELIVERED))
        or (rules.role == "later-reply" and rules.ends in ((PeriodKind.ACKNOWLEDGEMENT,), (PeriodKind.INQUIRY,)))
    )
)
_KINDS_SENT = _KINDS_STARTING_DEADLINES | kinds_where(lambda rules: rules.role in ("objection", "sent"))
"""What Meta may answer, other than an objection that was sent before it."""
_PERIODS_WITH_META_QUESTIONS = frozenset({PeriodKind.ANSWER, PeriodKind.INQUIRY})


def _completed_deadlines(deadlines: list[Deadline], events: tuple[Event, ...]) -> list[Deadline]:
    """The deadlines without those of forms that were never completed, the others with the day of completion."""
    completed: list[Deadline] = []
    for deadline in deadlines:
        if deadline.started_by.kind != EventKind.FILED or went_by_letter(deadline.started_by):
            completed.append(deadline)
            continue
        is_unfinished, completion = _completion_of(deadline.started_by, events)
        if not is_unfinished:
            completed.append(deadline._replace(completed_on=completion.at.date()) if completion else deadline)
    return completed


def _with_first_answers(deadlines: list[Deadline], events: tuple[Event, ...]) -> list[Deadline]:
    """The deadlines, that of an objection by post with Meta's first word since, which can answer nothing else that was sent."""
    first = next((event for event in events if event.kind in _KINDS_STARTING_DEADLINES), None)
    if first is None or first.kind != EventKind.FILED or not went_by_post(first):
        return deadlines
    later = events[events.index(first) + 1 :]
    answer = next((event for event in later if event.kind in _WORDS_OF_META | _KINDS_SENT), None)
    if answer is None or answer.kind in _KINDS_SENT:
        return deadlines
    return [
        deadline._replace(first_answer=answer) if deadline.started_by is first else deadline for deadline in deadlines
    ]


def _completion_of(filing: Event, events: tuple[Event, ...]) -> tuple[bool, Event | None]:
    """Whether a form was left unfinished, and the event that shows its completion; None where no code was asked.

    Whatever else Meta writes about an objection shows that its form was completed.
    """
    is_open, completion = False, None
    for event in events[events.index(filing) + 1 :]:
        if event.kind == EventKind.FILED:
            break
        if event.kind == EventKind.CODE_ASKED:
            is_open, completion = True, None
        elif is_open and event.kind in _KINDS_AFTER_COMPLETION:
            is_open, completion = False, event
    return is_open, completion


def _answered_wrong_form_requests(events: tuple[Event, ...]) -> frozenset[str]:
    """The ids of Meta's words that the form was the wrong one which the person answered without another objection.

    Such a request closes nothing: Meta's time for the objection goes on, as after any other question.
    """
    answered: set[str] = set()
    is_answered = False
    for event in reversed(events):
        if event.kind in _KINDS_CLOSING_META_QUESTIONS:
            is_answered = event.kind == EventKind.META_QUESTION_ANSWERED
        elif is_answered and event.text("for") in WRONG_FORM_REQUESTS:
            answered.add(event.id)
    return frozenset(answered)


def _with_meta_questions(
    deadlines: list[Deadline], events: tuple[Event, ...], assumed_letter_days: int
) -> list[Deadline]:
    """The deadlines with the questions that Meta asked while they ran."""
    meta_questions: list[tuple[int, MetaQuestion]] = []
    answered_requests = _answered_wrong_form_requests(events)
    for position, event in enumerate(events):
        is_wrong_form = event.text("for") in WRONG_FORM_REQUESTS and event.id not in answered_requests
        if event.kind in _META_QUESTION_KINDS and not is_wrong_form:
            closing = next((later for later in events[position:] if later.kind in _KINDS_CLOSING_META_QUESTIONS), None)
            answered = day_meta_had(closing, assumed_letter_days) if closing is not None else None
            is_assumed = closing is not None and went_by_post(closing) and arrival_day_of(closing) is None
            is_for_identity = event.text("for") == ID_REQUEST
            # In time wherever it may have been: of a month the first day counts.
            asked = earliest_day(day_or_month_of(event))
            meta_questions.append((position, MetaQuestion(asked, answered, is_for_identity, is_assumed)))
    if not meta_questions:
        return deadlines
    positions = {event.id: index for index, event in enumerate(events)}
    return [
        deadline._replace(
            meta_questions=tuple(
                meta_question
                for position, meta_question in meta_questions
                if positions[deadline.started_by.id]
                < position
                < (positions[deadline.ended_by.id] if deadline.ended_by is not None else len(events))
            )
        )
        if deadline.kind in _PERIODS_WITH_META_QUESTIONS
        else deadline
        for deadline in deadlines
    ]


def _with_extensions(deadlines: list[Deadline], events: tuple[Event, ...]) -> list[Deadline]:
    """The deadlines with their extensions: one extends the last unanswered deadline; of several the first counts."""
    notices = [event for event in events if rules_of(event.kind).extends]
    if not notices:
        return deadlines
    positions = {event.id: index for index, event in enumerate(events)}
    result = list(deadlines)
    for notice in notices:
        extended_kinds = rules_of(notice.kind).extends
        notice_position = positions[notice.id]
        running = [
            index
            for index, deadline in enumerate(result)
            if deadline.kind in extended_kinds
            and positions[deadline.started_by.id] < notice_position
            and (deadline.ended_by is None or positions[deadline.ended_by.id] > notice_position)
        ]
        # An objection that was sent again is extended together with the first, since both are one.
        kind = result[running[-1]].kind if running else None
        for index in running:
            if result[index].kind is kind and result[index].extended_by is None:
                result[index] = result[index]._replace(extended_by=notice)
    return result


def _without_resent(running: Iterable[Deadline]) -> list[Deadline]:
    """The deadlines without those of objections that were only sent again.

    A letter may arrive after a form that was sent later: the month that began first counts.
    """
    deadlines: list[Deadline] = []
    for deadline in running:
        if not deadlines or deadline.started_by.at.date() > deadlines[-1].earliest_end:
            deadlines.append(deadline)
        elif _start_order(deadline) < _start_order(deadlines[-1]):
            is_question_open = deadlines[-1].is_end_open and not deadlines[-1].is_arrival_unreported
            deadlines[-1] = deadline._replace(is_counted_again=is_question_open)
    return deadlines


def _start_order(deadline: Deadline) -> tuple[bool, bool, date]:
    """The key that orders periods by their beginning: those that can run out first, of these those with a known day."""
    return deadline.is_end_open, not deadline.is_receipt_certain, deadline.receipt.day
