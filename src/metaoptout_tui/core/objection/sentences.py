"""States, tasks, steps and sources in words, from the guidance texts with names and dates filled in."""

from datetime import datetime, time

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.basis import Basis, GuidanceSource
from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.coverage import InvalidationReason, RecheckReason
from metaoptout_tui.core.objection.event_sentences import describe_event
from metaoptout_tui.core.objection.overview import GROUP_LINKED, GROUP_UNLINKED, AccountGroup, Overview
from metaoptout_tui.core.objection.replies import WITHOUT_VARIANT, Reply
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.step_status import StepStatus
from metaoptout_tui.core.objection.tasks import TASK_KINDS, TASK_TEXT_VALUES, Task, TaskKind
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.vocabulary import (
    AccountState,
    StepState,
)
from metaoptout_tui.core.text import capitalize_first


def describe_state(status: AccountStatus, record: Record, playbook: Playbook, now: datetime) -> str:
    """The state of an account in words: `filed, waiting since 3 Nov`, `covered through Facebook “Anna”`."""
    texts = playbook.texts
    if not status.can_object and status.state in (AccountState.NOT_STARTED, AccountState.READY):
        answered = len({point for point, _unused in status.review_answers})
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
    return "sent" if status.has_valid_objection else _("in doubt")


def outcome_sentence(status: AccountStatus, record: Record, playbook: Playbook, now: datetime) -> str:
    """How its own objection stands, with the date: the last reply while it still waits, else the state."""
    reply, since = status.last_reply, status.since
    if (earlier := status.earlier_confirmation) is not None and status.objection is not None and reply is None:
        return _(
            "Confirmed on {local_day}, and that goes on counting. A new one was sent on "
            "{local_day_2}, and Meta's answer to it is awaited."
        ).format(
            local_day=dates.format_local_day(earlier.since, now),
            local_day_2=dates.format_local_day(status.objection.at, now),
        )
    if status.state is AccountState.FILED and reply is not None:
        return _("What came on {local_day}: {event}.").format(
            local_day=dates.format_local_day(reply.at, now), event=describe_event(reply, playbook)
        )
    words = describe_state(status, record, playbook, now)
    has_its_dates = status.state is AccountState.OVERDUE or status.earlier_confirmation is not None
    dated = (
        ""
        if since is None or has_its_dates
        else _(" on {local_day}").format(local_day=dates.format_local_day(since, now))
    )
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
        through=covering_account_name(reason.covering_account_id, record, playbook) or _("another account"),
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
        return _("There is nothing left to do.")
    sentences = []
    if task is not None:
        sentences.append(_as_sentence(task_sentence(task, playbook)))
    elif status is not None:
        name = account_name(status.account, playbook)
        sentences.append(_("Nothing left to do for {name}.").format(name=name))
    first = overview.tasks[0]
    if not first.is_upcoming:
        words = _("Still to do now: {task}")
        sentences.append(_as_sentence(words.format(task=task_sentence(first, playbook))))
    elif task is not None and first.due_at == task.due_at:
        sentences.append(_("Until then there is nothing to do."))
    elif task is not None:
        sentences.append(
            _as_sentence(_("Before that: {task_sentence}").format(task_sentence=task_sentence(first, playbook)))
        )
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
    StepState.ASKED_FOR_MORE: mark("asked for more"),
    StepState.REFUSED: "refused",
    StepState.AGAIN: mark("object again"),
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
        return _("left: {brief_words}").format(brief_words=TASK_KINDS[task.kind].brief_words)
    if step.id == StepId.REVIEW and step.state is StepState.TO_DO and status.review_answers:
        words = _("{min} of {review_point_count}").format(
            min=min(len(status.review_answers), status.review_point_count), review_point_count=status.review_point_count
        )
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
        return (
            _("{waiting} until {due_at:%H:%M}").format(waiting=waiting, due_at=due_at)
            if lasts_until_then
            else _("{waiting}, next at {due_at:%H:%M}").format(waiting=waiting, due_at=due_at)
        )
    has_time = with_time and due_at.time() != time()
    until = dates.format_day_and_time(due_at, now) if has_time else dates.format_local_day(due_at, now)
    return (
        _("{waiting} until {until}").format(waiting=waiting, until=until)
        if lasts_until_then
        else _("{waiting}, next on {until}").format(waiting=waiting, until=until)
    )


_TAKES_LONGER = mark("takes longer")


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
    "primary": mark("first hand"),
    "good": "good",
    "weak": mark("weak: a blog or a collection"),
    "code": mark("public code"),
    "own": mark("its own advice"),
}
"""The quality of a source."""

NOT_LEGAL_ADVICE = mark("This is not legal advice.")

OWN_ADVICE_WORDS = mark("our own advice")
DISPUTED_WORDS = "disputed"

SURENESS_WORDS = {"high": "sure", "medium": "likely", "low": mark("not verified")}


def earlier_reply_words(reply: Reply, playbook: Playbook) -> str:
    """A reply to an objection of long ago in words; of a variant those of its kind before its own."""
    of_kind = playbook.texts.sentence(f"answer.{reply.event_kind}")
    if reply.id in (reply.event_kind, f"{reply.event_kind}.{WITHOUT_VARIANT}"):
        return of_kind
    return f"{of_kind}: {playbook.texts.sentence(f'answer.{reply.id}')}"


def describe_group(group: AccountGroup) -> str:
    """The heading of a group of accounts."""
    if group.kind == GROUP_LINKED:
        return _("Linked in “{name}”").format(name=group.name)
    return _("Not linked") if group.kind == GROUP_UNLINKED else _("Not known whether linked")


def describe_state_briefly(status: AccountStatus) -> str:
    """A state in one or two words, for a narrow column."""
    if cover := _unconfirmed_cover(status):
        return cover
    if status.earlier_confirmation is not None:
        return _SHORT_STATE_WORDS[status.earlier_confirmation.state]
    if not status.can_object and status.state is AccountState.READY:
        return _("{min} of {review_point_count}").format(
            min=min(len(status.review_answers), status.review_point_count), review_point_count=status.review_point_count
        )
    return _SHORT_STATE_WORDS[status.state]


_SHORT_STATE_WORDS = {
    AccountState.NOT_STARTED: mark("to do"),
    AccountState.READY: mark("to send"),
    AccountState.FILED: "waiting",
    AccountState.CONFIRMED_ON_SCREEN: mark("on screen"),
    AccountState.CONFIRMED: "confirmed",
    AccountState.COVERED: "covered",
    AccountState.ASKED_FOR_MORE: "asked",
    AccountState.REFUSED: "refused",
    AccountState.UNDELIVERED: mark("came back"),
    AccountState.OVERDUE: "overdue",
    AccountState.OBJECT_AGAIN: "again",
    AccountState.COMPLAINED_TO_AUTHORITY: "complained",
    AccountState.CLOSED: "closed",
    AccountState.REVIEWED: "reviewed",
    AccountState.NOT_AVAILABLE: mark("no form"),
    AccountState.NO_LOG_IN: mark("no log-in"),
    AccountState.DELETED: "deleted",
}
