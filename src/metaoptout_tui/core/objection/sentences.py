"""States, tasks, diary events and sources in words, from the guidance texts with names and dates filled in."""

from collections.abc import Iterator
from datetime import datetime, time

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import Basis, GuidanceSource, Playbook, StepId
from metaoptout_tui.core.objection.coverage import InvalidationReason, RecheckReason
from metaoptout_tui.core.objection.overview import GROUP_LINKED, GROUP_UNLINKED, AccountGroup, Overview
from metaoptout_tui.core.objection.replies import EARLIEST_EVENT_DATE, events_before_subject, reply_of
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.step_status import StepStatus
from metaoptout_tui.core.objection.tasks import TASK_KINDS, TASK_TEXT_VALUES, Task, TaskKind
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.event_kinds import EVENT_KINDS, REPLY_KINDS, EventKind
from metaoptout_tui.core.record.events import (
    Event,
    events_in_force,
    is_in_future,
    is_written_in_future,
    moment_written,
    went_by_post,
)
from metaoptout_tui.core.record.vocabulary import (
    ARRIVAL_UNKNOWN,
    HOLDS_LETTER,
    SINCE_BEFORE,
    SINCE_UNKNOWN,
    AccountState,
    StepState,
)
from metaoptout_tui.core.text import capitalize_first


def describe_state(status: AccountStatus, record: Record, playbook: Playbook, now: datetime) -> str:
    """The state of an account in words: `filed, waiting since 3 Nov`, `covered through Facebook “Anna”`."""
    texts = playbook.texts
    if not status.can_object and status.state in (AccountState.NOT_STARTED, AccountState.READY):
        answered = len({point for point, _ in status.review_answers})
        if answered:
            return texts.sentence(
                "state.review-begun", done=min(answered, status.review_point_count), all=status.review_point_count
            )
        return texts.sentence("state.not-reviewed")
    if (earlier := status.earlier_confirmation) is not None and status.objection is not None:
        return texts.sentence(
            f"state.again-{status.state}",
            confirmed=dates.format_local_day(earlier.since, now),
            sent=dates.format_local_day(status.objection.at, now),
        )
    return texts.sentence(
        f"state.{_state_text(status)}",
        date=dates.format_local_day(status.since, now) if status.since else "",
        through=covering_account_name(status.covered_by, record, playbook),
    )


def _state_text(status: AccountStatus) -> str:
    """The name of the text for a state: one of its own where it is in doubt, or known to be only sent."""
    if cover := _unconfirmed_cover(status):
        return {"sent": "covered-sent", "in doubt": "in-doubt"}[cover]
    is_unread = status.outcome is not None and status.outcome.unread_message is not None
    return "message-unread" if status.state is AccountState.FILED and is_unread else status.state


def _unconfirmed_cover(status: AccountStatus) -> str:
    """`sent` or `in doubt` for an account covered by an objection that Meta did not confirm; empty for any other."""
    if status.state is not AccountState.COVERED or status.is_confirmed:
        return ""
    return "sent" if status.has_valid_objection else "in doubt"


def outcome_sentence(status: AccountStatus, record: Record, playbook: Playbook, now: datetime) -> str:
    """How its own objection stands, with the date: the last reply while it still waits, else the state."""
    reply, since = status.last_reply, status.since
    if (earlier := status.earlier_confirmation) is not None and status.objection is not None and reply is None:
        return (
            f"Confirmed on {dates.format_local_day(earlier.since, now)}, and that goes on counting. A new one was sent on {dates.format_local_day(status.objection.at, now)}, and Meta's answer to it is "
            "awaited."
        )
    if status.state is AccountState.FILED and reply is not None:
        return f"What came on {dates.format_local_day(reply.at, now)}: {describe_event(reply, playbook)}."
    words = describe_state(status, record, playbook, now)
    has_its_dates = status.state is AccountState.OVERDUE or status.earlier_confirmation is not None
    dated = "" if since is None or has_its_dates else f" on {dates.format_local_day(since, now)}"
    return f"{capitalize_first(words)}{dated}."


def covering_account_name(account_id: str, record: Record, playbook: Playbook) -> str:
    """The name of the account whose objection covers another, empty for none."""
    other = record.account_by_id(account_id) if account_id else None
    return account_name(other, playbook) if other else ""


def invalidation_sentence(reason: InvalidationReason, record: Record, playbook: Playbook, now: datetime) -> str:
    """Why to object again."""
    return playbook.texts.sentence(
        f"cause.{reason.kind}",
        date=dates.format_local_day(reason.at, now),
        through=covering_account_name(reason.covering_account_id, record, playbook) or "another account",
    )


def recheck_sentence(reason: RecheckReason, playbook: Playbook, now: datetime) -> str:
    """Why an objection should be rechecked."""
    if reason.kind == "terms":
        return playbook.texts.sentence(f"terms.{reason.terms_id}", date=dates.format_full_day(reason.since.date()))
    return playbook.texts.sentence("doubt.year", date=dates.format_local_day(reason.last_checked, now))


def task_sentence(task: Task | None, playbook: Playbook) -> str:
    """The next thing to do, in one sentence."""
    if task is None:
        return playbook.texts.sentence("next.nothing")
    values = {**dict.fromkeys(TASK_TEXT_VALUES, ""), **task.text_values}
    if task.kind is TaskKind.RECHECK and task.due_at is not None:
        values["date"] = dates.format_full_day(task.due_at.date())
    return playbook.texts.sentence(task.text_key, **values)


def receipt(overview: Overview, account_id: str, playbook: Playbook) -> str:
    """What is so after something was recorded: when to come back to the account, and what is left till then elsewhere.

    Empty where the account itself has something to do now, which the headline says.
    """
    task, status = overview.next_task_for(account_id), overview.status_of(account_id)
    if task is not None and not task.is_upcoming:
        return ""
    if not overview.tasks:
        return "There is nothing left to do."
    sentences = []
    if task is not None:
        sentences.append(_as_sentence(task_sentence(task, playbook)))
    elif status is not None:
        name = account_name(status.account, playbook)
        sentences.append(f"Nothing left to do for {name}.")
    first = overview.tasks[0]
    if not first.is_upcoming:
        words = "Still to do now: {task}"
        sentences.append(_as_sentence(words.format(task=task_sentence(first, playbook))))
    elif task is not None and first.due_at == task.due_at:
        sentences.append("Until then there is nothing to do.")
    elif task is not None:
        sentences.append(_as_sentence(f"Before that: {task_sentence(first, playbook)}"))
    return " ".join(sentences)


def _as_sentence(words: str) -> str:
    return words if words.endswith("?") else f"{words}."


def next_task_sentence(task: Task | None, record: Record, playbook: Playbook) -> str:
    """The header's sentence: the next thing over all accounts, or to add a first one."""
    if not record.accounts:
        return playbook.texts.sentence("next.add-account")
    return task_sentence(task, playbook)


STEP_STATE_WORDS = {
    StepState.TO_DO: "",
    StepState.DONE: "",
    StepState.SKIPPED: "skipped",
    StepState.COVERED: "covered",
    StepState.WAITING: "waiting",
    StepState.ASKED_FOR_MORE: "asked for more",
    StepState.REFUSED: "refused",
    StepState.AGAIN: "object again",
}


def describe_step(
    step: StepStatus, status: AccountStatus, now: datetime, *, task: Task | None = None, with_time: bool = True
) -> str:
    """The end of a step's line: when it was done, or what it waits for and until when; `task` is the next one there."""
    words = STEP_STATE_WORDS[step.state]
    if step.state is StepState.WAITING:
        words = _describe_waiting(status)
        if task is not None:
            return _with_task(words, task, now, with_time=with_time)
    if step.state is StepState.COVERED:
        words = _unconfirmed_cover(status) or words
    if step.id == StepId.REVIEW and step.is_finished and task is not None and not task.is_upcoming:
        return f"left: {TASK_KINDS[task.kind].brief_words}"
    if step.id == StepId.REVIEW and step.state is StepState.TO_DO and status.review_answers:
        words = f"{min(len(status.review_answers), status.review_point_count)} of {status.review_point_count}"
    if step.at is None:
        return words
    at = dates.format_day_and_time(step.at, now) if with_time else dates.format_local_day(step.at, now)
    return f"{words}, {at}" if words and step.state is not StepState.COVERED else words or at


def _with_task(waiting: str, task: Task, now: datetime, *, with_time: bool) -> str:
    """What a step waits for, with the date of its next task, or with what that is where it can be done now."""
    if not task.is_upcoming or task.due_at is None:
        what = "" if task.is_offered else TASK_KINDS[task.kind].brief_words
        if not what:
            return waiting
        return what if waiting == STEP_STATE_WORDS[StepState.WAITING] else f"{waiting}: {what}"
    due_at = task.due_at.astimezone(now.tzinfo)
    lasts_until_then = waiting in (STEP_STATE_WORDS[StepState.WAITING], _TAKES_LONGER)
    if due_at.date() == now.date():
        return f"{waiting} until {due_at:%H:%M}" if lasts_until_then else f"{waiting}, next at {due_at:%H:%M}"
    has_time = with_time and due_at.time() != time()
    until = dates.format_day_and_time(due_at, now) if has_time else dates.format_local_day(due_at, now)
    return f"{waiting} until {until}" if lasts_until_then else f"{waiting}, next on {until}"


_TAKES_LONGER = "takes longer"


def _describe_waiting(status: AccountStatus) -> str:
    """Why an objection is waiting, in one or two words."""
    if status.state in (AccountState.OVERDUE, AccountState.COMPLAINED_TO_AUTHORITY):
        return _SHORT_STATE_WORDS[status.state]
    is_extended = status.last_reply is not None and status.last_reply.kind == EventKind.EXTENDED
    return _TAKES_LONGER if is_extended else STEP_STATE_WORDS[StepState.WAITING]


def step_title(id: str, platform: str, playbook: Playbook) -> str:
    """The name of a step on this platform."""
    platform_title = f"step.{id}.title.{platform}"
    return playbook.texts.sentence(platform_title if platform_title in playbook.texts else f"step.{id}.title")


def format_basis(basis: Basis, playbook: Playbook) -> str:
    """The sources with their dates, and the sureness: `Verbraucherzentralen (2025), CNIL (May 2025) · sure`."""
    names = dict.fromkeys(
        f"{source.publisher} ({dates.format_partial_date(source.date)})" if source.date else source.publisher
        for id in basis.sources
        if (source := playbook.sources.get(id)) is not None
    )
    return OWN_ADVICE_WORDS if basis.is_own_advice else f"{', '.join(names)} · {describe_sureness(basis)}"


def describe_sureness(basis: Basis) -> str:
    """How sure a statement is, in a word or two."""
    if basis.is_own_advice:
        return OWN_ADVICE_WORDS
    return DISPUTED_WORDS if basis.is_disputed else SURENESS_WORDS[basis.sureness]


def format_sureness(basis: Basis) -> str:
    """How sure a statement is and as of when: `sure, May 2025`."""
    return f"{describe_sureness(basis)}, {dates.format_partial_date(basis.checked_on)}"


def format_source(source: GuidanceSource) -> str:
    """A source in one line: `CNIL, 21 May 2025, first hand`."""
    date = dates.format_partial_date(source.date) if source.date else "undated"
    return f"{source.publisher}, {date}, {SOURCE_QUALITY_WORDS[source.quality]}"


SOURCE_QUALITY_WORDS = {
    "primary": "first hand",
    "good": "good",
    "weak": "weak: a blog or a collection",
    "code": "public code",
    "own": "its own advice",
}
"""The quality of a source."""

NOT_LEGAL_ADVICE = "This is not legal advice."

OWN_ADVICE_WORDS = "our own advice"
DISPUTED_WORDS = "disputed"

SURENESS_WORDS = {"high": "sure", "medium": "likely", "low": "not verified"}


def describe_event(event: Event, playbook: Playbook) -> str:
    """A diary entry in words; a kind from a newer version is shown by its name."""
    rules = EVENT_KINDS.get(event.kind)
    if rules is None:
        return event.kind.replace("-", " ").capitalize()
    if rules.text_id:
        return _describe_reply(event, rules.text_id, playbook)
    match event.kind:
        case EventKind.STEP_DONE | EventKind.STEP_SKIPPED | EventKind.STEP_REOPENED:
            title = playbook.texts.sentence(f"step.{event.text('step')}.title")
            return f"{title}: {rules.words}"
        case EventKind.NOTED:
            return f"{rules.words}: {event.text('text')}"
        case EventKind.FILED:
            words, email = f"{rules.words} by post" if went_by_post(event) else rules.words, event.text("email")
            return f"{words}, with {email}" if email else words
        case EventKind.COMPLAINED_TO_AUTHORITY if authority := event.text("authority"):
            return f"Complaint sent to {authority}"
        case EventKind.EVIDENCE:
            kept_text = "Text of the letter kept" if event.text("holds") == HOLDS_LETTER else rules.words
            return f"{kept_text}: {event.text('file')}"
        case EventKind.REVIEWED_CHATS | EventKind.CHAT_TODO_SETTLED:
            from metaoptout_tui.core.chats.chat_todos import chat_event_text

            return chat_event_text(event, playbook.texts)
        case EventKind.REVIEW_ANSWERED | EventKind.LOG_IN:
            return _describe_answer(event, rules.words, playbook)
        case _:
            return _describe_account_event(event, rules.words)


def _describe_answer(event: Event, words: str, playbook: Playbook) -> str:
    """An answer of a review with its question, or what was said of the log-in."""
    sentence = playbook.texts.sentence
    if event.kind == EventKind.LOG_IN:
        return f"{words}: {sentence('log-in.' + event.text('log-in'))}"
    return f"{sentence(event.text('point') + '.question')} {sentence('answer-word.' + event.text('answer'))}"


def date_warnings(record: Record, playbook: Playbook, now: datetime) -> tuple[str, ...]:
    """A sentence for each event whose date cannot be right, or that has no objection to belong to.

    Where it is the computer's clock that cannot be right, one sentence for all that seems to be still to come.
    """
    events_by_account = [(account, events_in_force(account.events)) for account in record.accounts]
    ahead = [
        event
        for _, events in events_by_account
        for event in events
        if is_in_future(event, now) and is_written_in_future(event, now)
    ]
    clock_warning = (_clock_warning(max(map(moment_written, ahead)), now),) if ahead else ()
    return clock_warning + tuple(
        f"{account_name(account, playbook)}: “{describe_event(event, playbook)}” {problem}"
        for account, events in events_by_account
        for event, problem in _misdated_events(events, now)
        if event not in ahead
    )


def _clock_warning(newest: datetime, now: datetime) -> str:
    clock, entry = dates.format_full_day(now.date()), dates.format_full_day(dates.local_day(newest, now))
    return (
        f"This computer's clock says {clock}, and your newest entry was written on {entry}. Set the clock right: until "
        "then nothing later than the clock counts. Only if the clock is right are dates in the diary wrong."
    )


def _misdated_events(events: tuple[Event, ...], now: datetime) -> Iterator[tuple[Event, str]]:
    """The events whose date cannot be right, each with what is wrong with it."""
    subject, misplaced = events_before_subject(events)
    for event in events:
        day = f"is dated {dates.format_full_day(event.at.date())}"
        if is_in_future(event, now):
            yield event, f"{day}, which is still to come. It does not count before; correct its date in the diary."
        elif event.at.date() < EARLIEST_EVENT_DATE:
            yield event, f"{day}. Meta offered no way to object before 2024; correct its date in the diary."
        elif event in misplaced and subject is None and event.kind in REPLY_KINDS:
            yield event, "belongs to an objection, and none is in the diary. It counts for nothing until one is."
        elif event in misplaced and subject is not None:
            yield (
                event,
                f"{day}, before what it can be about ({dates.format_full_day(subject.at.date())}). Correct one of the dates in the diary.",
            )


def _describe_reply(event: Event, text_id: str, playbook: Playbook) -> str:
    """A reply with its variant and its reference."""
    words, reply = playbook.texts.sentence(text_id), reply_of(event)
    if reply is not None and reply.id not in (event.kind, f"{event.kind}.other"):
        words = f"{words}: {playbook.texts.sentence(f'answer.{reply.id}')}"
    reference = event.text("reference")
    return f"{words} ({reference})" if reference else words


def _describe_account_event(event: Event, words: str) -> str:
    """An event about the account itself or the arrival of a letter; the words alone for any other."""
    match event.kind:
        case EventKind.LETTER_ARRIVED if event.text("day") == ARRIVAL_UNKNOWN:
            return "Not known when the letter arrived"
        case EventKind.ACCOUNT_ADDED if isinstance(hub := event.fields.get("hub"), str):
            return f"{words}, {describe_link(hub)}{_describe_link_since(event)}"
        case EventKind.EMAIL_CHANGED:
            return f"{words} to {event.text('to') or 'none'}"
        case EventKind.HUB_CHANGED:
            old, new = _describe_changed_link(event, "from"), _describe_changed_link(event, "to")
            if old == new:
                return f"{words}: {new}{_describe_link_since(event)}"
            return f"{words}: {old} → {new}{_describe_link_since(event)}"
        case EventKind.DOWNLOAD_READ if event.text("file"):
            return f"{words}, its counts noted: {event.text('file')}"
        case EventKind.COUNTRY_CHANGED:
            return f"{words}: {event.text('from')} → {event.text('to')}"
        case _:
            return words


def _describe_link_since(event: Event) -> str:
    """Since when a link exists, where that is not the date of its event."""
    return {SINCE_BEFORE: ", already when objecting", SINCE_UNKNOWN: ", since when is not known"}.get(
        event.text("since"), ""
    )


def _describe_changed_link(event: Event, name: str) -> str:
    hub = event.fields.get(name)
    if not isinstance(hub, str):
        return "unknown"
    return f"“{hub}”" if hub else "not linked"


def describe_group(group: AccountGroup) -> str:
    """The heading of a group of accounts."""
    if group.kind == GROUP_LINKED:
        return f"Linked in “{group.name}”"
    return "Not linked" if group.kind == GROUP_UNLINKED else "Not known whether linked"


def describe_link(hub: str | None) -> str:
    """How an account is linked, in words."""
    if hub is None:
        return "not known whether linked"
    return f"in “{hub}”" if hub else "not linked"


def describe_state_briefly(status: AccountStatus) -> str:
    """A state in one or two words, for a narrow column."""
    if cover := _unconfirmed_cover(status):
        return cover
    if status.earlier_confirmation is not None:
        return _SHORT_STATE_WORDS[status.earlier_confirmation.state]
    if not status.can_object and status.state is AccountState.READY:
        return f"{min(len(status.review_answers), status.review_point_count)} of {status.review_point_count}"
    return _SHORT_STATE_WORDS[status.state]


_SHORT_STATE_WORDS = {
    AccountState.NOT_STARTED: "to do",
    AccountState.READY: "to send",
    AccountState.FILED: "waiting",
    AccountState.CONFIRMED_ON_SCREEN: "on screen",
    AccountState.CONFIRMED: "confirmed",
    AccountState.COVERED: "covered",
    AccountState.ASKED_FOR_MORE: "asked",
    AccountState.REFUSED: "refused",
    AccountState.UNDELIVERED: "came back",
    AccountState.OVERDUE: "overdue",
    AccountState.OBJECT_AGAIN: "again",
    AccountState.COMPLAINED_TO_AUTHORITY: "complained",
    AccountState.CLOSED: "closed",
    AccountState.REVIEWED: "reviewed",
    AccountState.NOT_AVAILABLE: "no form",
    AccountState.NO_LOG_IN: "no log-in",
    AccountState.DELETED: "deleted",
}
