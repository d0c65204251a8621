"""States, tasks, steps and sources in words, from the guidance texts with names and dates filled in."""

from datetime import datetime, time, timedelta

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.language.formatting import labelled, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, ngettext, pgettext
from metaoptout_tui.core.objection.coverage import InvalidationReason
from metaoptout_tui.core.objection.event_sentences import day_of_event, describe_event
from metaoptout_tui.core.objection.lifecycle import first_of_sent_again
from metaoptout_tui.core.objection.overview import GROUP_ALONE, GROUP_LINKED, GROUP_UNLINKED, AccountGroup, Overview
from metaoptout_tui.core.objection.rechecks import RecheckReason
from metaoptout_tui.core.objection.review_sentences import answered_points, describe_review, review_step_words
from metaoptout_tui.core.objection.state_words import short_state_words, step_state_words, words_after_complaint
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.step_status import StepStatus, letter_instead_of_form
from metaoptout_tui.core.objection.task_maker import LocalDayValue
from metaoptout_tui.core.objection.tasks import (
    TASK_KINDS,
    TASK_TEXT_VALUES,
    TASKS_AWAITING_AUTHORITY,
    Task,
    TaskKind,
    last_day_before,
)
from metaoptout_tui.core.record.account_names import account_name, group_name
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, is_month_alone, went_by_post
from metaoptout_tui.core.record.vocabulary import UNANSWERED_STATES, AccountState, StepState


def describe_state(status: AccountStatus, record: Record, playbook: Playbook, now: datetime) -> str:
    """The state of an account in words: `filed, waiting since 3 Nov`, `covered through Facebook “Anna”`."""
    texts = playbook.texts
    if words := describe_review(status, playbook):
        return words
    if (earlier := status.earlier_confirmation) is not None and status.objection_in_force is not None:
        return texts.sentence(
            f"state.again-{status.state}",
            confirmed=day_of_event(earlier.reply, now),
            sent=day_of_event(status.objection_in_force, now),
        )
    first, date = first_of_sent_again(status.outcome), day_of_state(status, status.since, now) if status.since else ""
    first_date = day_of_event(first, now) if first is not None else date
    text = _state_text(status)
    if text == AccountState.FILED and first is not None:
        return texts.sentence("state.filed-again", date=first_date, sent=date)
    if text == AccountState.FILED and (sent := _day_sent_before(status, now)) not in ("", date):
        return texts.sentence("state.filed-since", date=date, sent=sent)
    return texts.sentence(
        f"state.{text}",
        date=first_date if text == "message-unread" else date,
        through=covering_account_name(status.covering_account_id, record, playbook),
    )


def _day_sent_before(status: AccountStatus, now: datetime) -> str:
    """The day of an objection whose answer is awaited since something later; empty for none."""
    outcome = status.outcome
    is_later = outcome is not None and outcome.waiting_since > outcome.newest_objection.at
    return day_of_event(outcome.first_objection, now) if outcome is not None and is_later else ""


def _state_text(status: AccountStatus) -> str:
    """The name of the text for a state: one of its own where it is in doubt, or known to be only sent."""
    if cover := _unconfirmed_cover(status):
        return cover
    if status.state is AccountState.OBJECT_AGAIN and status.outcome is None:
        return "object-itself"
    is_own = status.outcome is not None and status.state is status.outcome.state
    return status.outcome.state_text if status.outcome is not None and is_own else status.state


def _unconfirmed_cover(status: AccountStatus) -> str:
    """`covered-sent`, `covered-perhaps` or `in-doubt`: covered, but not named by any confirmation; else empty."""
    if not status.is_cover_unconfirmed:
        return ""
    if status.is_cover_confirmed:
        return "covered-perhaps"
    return "covered-sent" if status.has_valid_objection else "in-doubt"


def _unconfirmed_cover_words(status: AccountStatus) -> str:
    """How an account stands that is perhaps covered, in a word or two; empty for any other."""
    if not (cover := _unconfirmed_cover(status)):
        return ""
    is_in_doubt = cover == "in-doubt"
    return (
        pgettext("state of an account", "in doubt")
        if is_in_doubt
        else pgettext("state of an account", "perhaps covered")
    )


def outcome_sentence(status: AccountStatus, record: Record, playbook: Playbook, now: datetime) -> str:
    """How its own objection stands, with the date: the last reply while it still waits, else the state."""
    reply, since = status.last_reply, status.since
    if (earlier := status.earlier_confirmation) is not None and status.objection_in_force is not None and reply is None:
        return _(
            "Confirmed ({confirmed}), and that goes on counting. A new one was sent ({sent}), and Meta's answer to it is "
            "awaited."
        ).format(confirmed=day_of_event(earlier.reply, now), sent=day_of_event(status.objection_in_force, now))
    if status.state is AccountState.FILED and reply is not None:
        return _("What came ({day}): {event}.").format(
            day=day_of_event(reply, now), event=describe_event(reply, playbook)
        )
    words = describe_state(status, record, playbook, now)
    has_its_dates = status.state in UNANSWERED_STATES or status.earlier_confirmation is not None
    if since is None or has_its_dates:
        # Translators: {state} is such as “confirmed by mail”.
        return with_full_stop(_("How it stands: {state}").format(state=words))
    return _("How it stands: {state} ({day}).").format(state=words, day=day_of_state(status, since, now))


def _month_that_began(status: AccountStatus, moment: datetime) -> Event | None:
    """The objection or the reply that began a state at this moment, where only its month is known."""
    events = (status.objection_in_force, status.last_reply)
    return next((event for event in events if event and event.at == moment and is_month_alone(event)), None)


def day_of_state(status: AccountStatus, moment: datetime, now: datetime) -> str:
    """Since when a state is so: a day, or a month where only that is known."""
    event = _month_that_began(status, moment)
    return dates.format_local_day(moment, now) if event is None else day_of_event(event, now)


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
    checked = (
        dates.format_full_day(dates.MonthAlone.of(reason.last_checked.date()))
        if reason.is_month_alone
        else dates.format_local_day(reason.last_checked, now)
    )
    return playbook.texts.sentence("doubt.year", date=checked)


def task_sentence(task: Task | None, playbook: Playbook) -> str:
    """The next thing to do, in one sentence."""
    if task is None:
        return playbook.texts.sentence("next.nothing")
    values = dict.fromkeys(TASK_TEXT_VALUES, "") | {
        name: value.words(playbook) for name, value in task.text_values.items()
    }
    if task.kind is TaskKind.RECHECK and task.due_at is not None:
        month = task.text_values.get("month")
        values["date"] = month.words(playbook) if month is not None else dates.format_full_day(task.due_at.date())
        day = task.text_values.get("day")
        if isinstance(day, LocalDayValue) and day.is_past:
            return playbook.texts.sentence(f"{task.text_key}-past", **values)
    if task.kind is TaskKind.LETTER_ARRIVED and "letter" in values:
        words = _("Write down when it arrived: {letter} ({account})")
        if task.is_upcoming:
            words = _("Write down when it arrives, from {day} on: {letter} ({account})")
        return words.format(**values)
    return playbook.texts.sentence(task.text_key, **values)


def what_comes_next(overview: Overview, account_id: str, playbook: Playbook) -> str:
    """What comes next, said after something was recorded: when to come back to the account, and what is left elsewhere.

    Empty where the account itself has something to do now, which the headline says.
    """
    task, status = overview.next_task_for(account_id), overview.status_of(account_id)
    if task is not None and not task.is_upcoming:
        return ""
    if not overview.tasks:
        return _("There is nothing left to do.")
    sentences = []
    if task is not None:
        sentences.append(with_full_stop(task_sentence(task, playbook)))
    elif status is not None:
        name = account_name(status.account, playbook)
        sentences.append(_("Nothing left to do for {account}.").format(account=name))
    first = overview.tasks[0]
    if not first.is_upcoming:
        words = _("Still to do now: {task}")
        sentences.append(with_full_stop(words.format(task=task_sentence(first, playbook))))
    elif task is not None and task.kind in TASKS_AWAITING_AUTHORITY:
        sentences.append(_("If a letter of the authority sets a day, that day holds."))
    elif task is not None and first.due_at == task.due_at:
        # While a letter is unanswered one may complain at any time.
        if task.kind is not TaskKind.LETTER_UNANSWERED and not overview.with_unconfirmed_cover_of(account_id):
            sentences.append(_("Until then there is nothing to do."))
    elif task is not None:
        sentences.append(with_full_stop(_("Before that: {task}").format(task=task_sentence(first, playbook))))
    return " ".join(sentences)


def next_in_account(task: Task, overview: Overview, playbook: Playbook) -> str:
    """What is next for one account. “Next” is only what is next of all; anything else is next in this account."""
    is_next_of_all = overview.next_task == task
    account = next((each.account for each in overview.statuses if each.account.id == task.account_id), None)
    here = _("Here: {task}") if account is not None and account.is_from_elsewhere else _("In this account: {task}")
    words = _("Next: {task}") if is_next_of_all else here
    return with_full_stop(words.format(task=task_sentence(task, playbook)))


def next_task_sentence(task: Task | None, record: Record, playbook: Playbook) -> str:
    """The header's sentence: the next thing over all accounts, or to add a first one."""
    if not record.accounts:
        return playbook.texts.sentence("next.add-account")
    return task_sentence(task, playbook)


def describe_step(
    step: StepStatus, status: AccountStatus, now: datetime, *, task: Task | None = None, with_time: bool = True
) -> str:
    """The end of a step's line: when it was done, or what it waits for and until when; `task` is the next one there."""
    words = step_state_words(step.state)
    if step.state is StepState.WAITING:
        if task is not None:
            return _waiting_with_task(status, task, now, with_time=with_time)
        words = _waiting_words(status)
    if step.state is StepState.AGAIN and status.outcome is None:
        words = _words_of_first_objection()
    if step.state is StepState.DONE and (letter := letter_instead_of_form(step, status.outcome)) is not None:
        words = _words_of_step_by_letter(step, letter)
    if step.state is StepState.COVERED:
        words = _unconfirmed_cover_words(status) or words
    if step.id == StepId.REVIEW and step.is_finished and task is not None and not task.is_upcoming:
        return _("left: {task}").format(task=TASK_KINDS[task.kind].brief_words)
    if step.id == StepId.REVIEW:
        words = review_step_words(step, status) or words
    if step.at is None or is_form_not_needed(step, status):
        return words
    if with_time and _month_that_began(status, step.at) is None:
        at = dates.format_day_and_time(step.at, now)
    else:
        at = day_of_state(status, step.at, now)
    return dates.with_day(words, at) if words and step.state is not StepState.COVERED else words or at


def _words_of_step_by_letter(step: StepStatus, objection: Event) -> str:
    if step.id == StepId.OPEN:
        return pgettext("state of a step", "not needed")
    by_post, by_letter = (
        pgettext("how an objection was sent", "by post"),
        pgettext("how an objection was sent", "by letter"),
    )
    return by_post if went_by_post(objection) else by_letter


def is_form_not_needed(step: StepStatus, status: AccountStatus) -> bool:
    """Whether a step is that which opens the form, and nobody opened it since the objection was a letter."""
    return (
        step.id == StepId.OPEN
        and step.state is StepState.DONE
        and letter_instead_of_form(step, status.outcome) is not None
    )


def _is_taking_longer(status: AccountStatus) -> bool:
    return status.last_reply is not None and status.last_reply.kind == EventKind.EXTENDED


def _is_past_waiting(status: AccountStatus) -> bool:
    """Whether an objection waits in a state with a word of its own: overdue, or a complaint was made."""
    return status.state in (AccountState.OVERDUE, AccountState.COMPLAINED_TO_AUTHORITY)


def _waiting_words(status: AccountStatus) -> str:
    """Why an objection is waiting, in one or two words."""
    if _is_past_waiting(status):
        return _words_of_state(status)
    return _("takes longer") if _is_taking_longer(status) else step_state_words(StepState.WAITING)


def _is_time_told(due_at: datetime, status: AccountStatus, now: datetime) -> bool:
    """Whether the time of day of a task is worth telling: today or tomorrow, and counted from a moment whose time is known."""
    since = status.outcome.waiting_since if status.outcome is not None else due_at
    has_time = due_at.time() != time() and not any(dates.is_day_alone(each, now) for each in (due_at, since))
    return has_time and due_at.date() <= now.date() + timedelta(days=1)


def _waiting_with_task(status: AccountStatus, task: Task, now: datetime, *, with_time: bool) -> str:
    """What a step waits for, with the date of its next task, or with what that is where it can be done now."""
    if not task.is_upcoming or task.due_at is None:
        what = "" if task.is_offered else TASK_KINDS[task.kind].brief_words
        if not what:
            return _waiting_words(status)
        is_plain = not _is_past_waiting(status) and not _is_taking_longer(status)
        return what if is_plain else labelled(_waiting_words(status), what)
    due_at = task.due_at.astimezone(now.tzinfo)
    is_soon = _is_time_told(due_at, status, now)
    is_today = is_soon and due_at.date() == now.date()
    if is_today:
        until = dates.format_time(due_at)
    elif with_time and is_soon:
        until = dates.format_day_and_time(due_at, now)
    else:
        until = dates.format_local_day(due_at, now)
    if _is_past_waiting(status):
        # Translators: {state} is such as “overdue”.
        words = _("{state}, next at {time}") if is_today else _("{state}, next on {day}")
        return words.format(state=_waiting_words(status), time=until, day=until)
    if due_at.time() == time():
        # Translators: the whole of {last_day} still belongs to it.
        words = _("takes longer until {last_day}") if _is_taking_longer(status) else _("waiting until {last_day}")
        return words.format(last_day=dates.format_day(last_day_before(due_at), now.date()))
    # Translators: {time} is a time of day, a day, or both.
    words = _("takes longer until {time}") if _is_taking_longer(status) else _("waiting until {time}")
    return words.format(time=until)


def step_title(step_id: str, platform: str, playbook: Playbook) -> str:
    """The name of a step on this platform."""
    platform_title = f"step.{step_id}.title.{platform}"
    return playbook.texts.sentence(platform_title if platform_title in playbook.texts else f"step.{step_id}.title")


NOT_LEGAL_ADVICE = mark("This is not legal advice.")


def why_nothing_came_back(status: AccountStatus | None, step_id: str) -> str:
    """Why a step leads to sending instead: there is nothing that could have come back yet. Empty for any other step."""
    if step_id != StepId.REPLY or (status is not None and status.newest_subject_of_replies is not None):
        return ""
    return _("Nothing is filed for this account itself. Submit the form first, then record what came back.")


def describe_group(group: AccountGroup) -> str:
    """The heading of a group of accounts."""
    if group.kind == GROUP_LINKED:
        return _("Linked in “{name}”").format(name=group_name(group.name))
    if group.kind == GROUP_ALONE:
        # Translators: heading above an account that there is no other to be linked with.
        return ngettext("On its own", "On their own", len(group.account_ids))
    return _("Not linked") if group.kind == GROUP_UNLINKED else _("Not known whether linked")


def describe_state_briefly(status: AccountStatus) -> str:
    """A state in one or two words, for a narrow column."""
    if cover := _unconfirmed_cover_words(status):
        return cover
    if status.earlier_confirmation is not None:
        return short_state_words(status.earlier_confirmation.state)
    if status.state is AccountState.OBJECT_AGAIN and status.outcome is None:
        return _words_of_first_objection()
    if not status.can_object and status.state is AccountState.READY:
        return answered_points(status)
    return _words_of_state(status)


def _words_of_state(status: AccountStatus) -> str:
    """The state of an account in one or two words: after an authority's decision, that decision."""
    after_complaint = words_after_complaint(status.outcome.state_text) if status.outcome is not None else ""
    is_complained = status.state is AccountState.COMPLAINED_TO_AUTHORITY
    return (after_complaint if is_complained else "") or short_state_words(status.state)


def _words_of_first_objection() -> str:
    """What an account needs that the objection of another one no longer covers: not one more, but its own."""
    return pgettext("state of an account", "needs its own")
