"""Diary events in words, and what is wrong with the date of one."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.formatting import labelled, quoted
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import pgettext
from metaoptout_tui.core.objection.entry_checks import events_before_subject
from metaoptout_tui.core.objection.replies import reply_of
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record import vocabulary
from metaoptout_tui.core.record.account_names import account_name, group_name
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.event_kinds import EVENT_KINDS, REPLY_KINDS, EventKind, rules_of
from metaoptout_tui.core.record.events import (
    EARLIEST_EVENT_DATE,
    Event,
    events_in_force,
    is_in_future,
    is_month_alone,
    is_written_in_future,
    moment_written,
    partial_date_of,
    went_by_letter,
    went_by_post,
)
from metaoptout_tui.core.record.vocabulary import (
    ANSWERED_INQUIRY,
    ARRIVAL_UNKNOWN,
    HOLDS_LETTER,
)
from metaoptout_tui.core.text import clean_line


def describe_event(event: Event, playbook: Playbook, platform: str = "") -> str:
    """A diary entry in words; a kind from a newer version is shown by its name. Steps are called as on the `platform`."""
    rules = EVENT_KINDS.get(event.kind)
    if rules is None:
        return _("An entry of another version: “{kind}”").format(kind=clean_line(event.kind))
    if rules.text_id:
        return _describe_reply(event, rules.text_id, playbook)
    match event.kind:
        case EventKind.STEP_DONE | EventKind.STEP_SKIPPED | EventKind.STEP_REOPENED:
            title = _step_title(event.text("step"), platform, playbook)
            is_of_one_entry = event.kind == EventKind.STEP_REOPENED and event.text("entry")
            return labelled(title, _("one entry taken back") if is_of_one_entry else _(rules.words))
        case EventKind.NOTED:
            return labelled(_(rules.words), event.text("text"))
        case EventKind.FILED:
            return _with_month(_describe_objection(event), event)
        case EventKind.COMPLAINED_TO_AUTHORITY if authority := event.text("authority"):
            return _("Complaint sent to {authority}").format(authority=authority)
        case EventKind.EVIDENCE:
            kept_text = _("Text of the letter kept") if event.text("holds") == HOLDS_LETTER else _(rules.words)
            return labelled(kept_text, event.text("file"))
        case EventKind.REVIEWED_CHATS | EventKind.CHAT_TODO_SETTLED:
            from metaoptout_tui.core.chats.chat_todos import chat_event_text

            return chat_event_text(event, playbook.texts)
        case EventKind.REVIEW_ANSWERED | EventKind.LOG_IN:
            return _describe_answer(event, rules.words, playbook)
        case _:
            return _describe_account_event(event, rules.words, playbook)


def day_of_event(event: Event, now: datetime) -> str:
    """The day of an event, or its month where the day is not known: `20 Nov`, `Mar 2026`."""
    if partial_date := partial_date_of(event):
        return dates.format_partial_date(partial_date)
    return _month_of(event) if is_month_alone(event) else dates.format_local_day(event.at, now)


def moment_of_event(event: Event, now: datetime) -> str:
    """When an event was, as exactly as that is known: `20 Nov, 14:02`, `20 Nov`, `Mar 2026`."""
    if partial_date := partial_date_of(event):
        return dates.format_partial_date(partial_date)
    return _month_of(event) if is_month_alone(event) else dates.format_day_and_time(event.at, now)


def _month_of(event: Event) -> str:
    return dates.format_partial_date(f"{event.at:%Y-%m}")


def _with_month(words: str, event: Event) -> str:
    """The words, and the month of the event where the day is not known."""
    if not is_month_alone(event):
        return words
    # Translators: {event} is such as “Objection sent, with anna@example.org”, {month} such as “Mar 2026”.
    return _("{event} (in {month}; the day is not known)").format(event=words, month=_month_of(event))


def _step_title(step_id: str, platform: str, playbook: Playbook) -> str:
    title = f"step.{step_id}.title"
    of_platform = f"{title}.{platform}"
    return playbook.texts.sentence(of_platform if of_platform in playbook.texts else title)


def _describe_objection(event: Event) -> str:
    """An objection that was sent: whether by letter, and with which address."""
    email = event.text("email")
    if went_by_post(event):
        return _("Objection sent by post, with {email}").format(email=email) if email else _("Objection sent by post")
    if went_by_letter(event):
        words = _("Objection sent as a letter, online or by e-mail")
        with_email = _("Objection sent as a letter, online or by e-mail, with {email}")
        return with_email.format(email=email) if email else words
    return _("Objection sent, with {email}").format(email=email) if email else _("Objection sent")


def describe_log_in(status: AccountStatus, playbook: Playbook, now: datetime) -> str:
    """What is recorded of an account without a log-in, and that it can be changed; empty where nothing is."""
    if status.why_no_log_in is None or status.log_in_event is None:
        return ""
    why = playbook.texts.sentence(f"log-in.{status.why_no_log_in}")
    event = status.log_in_event
    partial_date = partial_date_of(event)
    day = (
        dates.format_partial_date(partial_date)
        if partial_date
        else dates.format_full_day(dates.local_day(event.at, now))
    )
    return _("Recorded since {day}: “{why}”. Change it").format(day=day, why=why)


def _describe_answer(event: Event, words: str, playbook: Playbook) -> str:
    """An answer of a review with its question, or what was said of the log-in."""
    sentence = playbook.texts.sentence
    if event.kind == EventKind.LOG_IN:
        return labelled(_(words), sentence("log-in." + event.text("log-in")))
    return f"{sentence(event.text('point') + '.question')} {sentence('answer-word.' + event.text('answer'))}"


_EARLIEST_RIGHT_CLOCK = date(2026, 11, 1)
"""This program is younger than that: a clock that is behind it is wrong. It need not be moved for each release."""


def date_warnings(record: Record, playbook: Playbook, now: datetime) -> tuple[str, ...]:
    """A sentence for each event whose date cannot be right, or that has no objection to belong to.

    Where it is the computer's clock that cannot be right, one sentence on that, for all that seems to be still to come.
    """
    events_by_account = [(account, events_in_force(account.events)) for account in record.accounts]
    ahead = [
        event
        for _unused, events in events_by_account
        for event in events
        if is_in_future(event, now) and is_written_in_future(event, now)
    ]
    clock_warnings: tuple[str, ...] = ()
    if ahead:
        clock_warnings = (_clock_warning(max(map(moment_written, ahead)), now),)
    elif now.date() < _EARLIEST_RIGHT_CLOCK:
        words = _(
            "This computer's clock says {clock}, which is before this program was written. Set the clock right before "
            "you record anything: periods and reminders are counted from the day it says."
        )
        clock_warnings = (words.format(clock=dates.format_full_day(now.date())),)
    return clock_warnings + tuple(
        problem.format(account=account_name(account, playbook), event=describe_event(event, playbook), **days)
        for account, events in events_by_account
        for event, problem, days in _misdated_events(events, now)
        if event not in ahead
    )


def _clock_warning(newest: datetime, now: datetime) -> str:
    clock, entry = dates.format_full_day(now.date()), dates.format_full_day(dates.local_day(newest, now))
    return _(
        "This computer's clock says {clock}, and your newest entry was written on {entry}. Set "
        "the clock right: until then nothing later than the clock counts. Only if the clock is "
        "right are dates in the diary wrong."
    ).format(clock=clock, entry=entry)


def _misdated_events(events: tuple[Event, ...], now: datetime) -> Iterator[tuple[Event, str, Mapping[str, str]]]:
    """The events whose date cannot be right, each with the sentence that says why, and the days in that."""
    subject, misplaced = events_before_subject(events)
    for event in events:
        days = {"day": dates.format_full_day(event.at.date())}
        if is_in_future(event, now):
            yield (
                event,
                _(
                    "{account}: “{event}” is dated {day}, which is still to come. It does not count before; correct its "
                    "date in the diary."
                ),
                days,
            )
        elif event.at.date() < EARLIEST_EVENT_DATE and rules_of(event.kind).role != "account":
            yield (
                event,
                _(
                    "{account}: “{event}” is dated {day}. Meta offered no way to object before 2024; correct its date in "
                    "the diary."
                ),
                days,
            )
        elif event in misplaced and subject is None and event.kind in REPLY_KINDS:
            yield (
                event,
                _(
                    "{account}: “{event}” belongs to an objection, and none is in the diary. It counts for nothing until "
                    "one is."
                ),
                days,
            )
        elif event in misplaced and subject is not None:
            yield (
                event,
                _(
                    "{account}: “{event}” is dated {day}, before what it can be about ({day_before}). Correct one of the "
                    "dates in the diary."
                ),
                {**days, "day_before": dates.format_full_day(subject.at.date())},
            )


def _describe_reply(event: Event, text_id: str, playbook: Playbook) -> str:
    """A reply with its variant and its reference."""
    words, reply = playbook.texts.sentence(text_id), reply_of(event)
    if event.text("answers") == ANSWERED_INQUIRY:
        words = playbook.texts.sentence(f"answer.{EventKind.INQUIRY_ANSWERED}")
    if reply is not None and reply.id not in (event.kind, f"{event.kind}.other"):
        words = labelled(words, playbook.texts.sentence(f"answer.{reply.id}"))
    if passed_to := event.text(vocabulary.PASSED_TO.name):
        words = labelled(words, passed_to)
    if isinstance(set_day := event.fields.get(vocabulary.ANSWER_BY.name), date):
        # Translators: {event} is such as “The authority wrote: it asks me for something”.
        words = _("{event}; it sets {day}").format(event=words, day=dates.format_full_day(set_day))
    reference = event.text("reference")
    return f"{words} ({reference})" if reference else words


def _describe_authorisation(event: Event) -> str:
    """Who was authorised to help, and how: `Rosa Jansen was authorised to help, in writing`."""
    helper = event.text("helper") or _("A helper")
    match event.text("how"):
        case vocabulary.AUTHORISED_IN_WRITING:
            return _("{helper} was authorised to help, in writing").format(helper=helper)
        case vocabulary.AUTHORISED_ORALLY:
            return _("{helper} was authorised to help, by word of mouth").format(helper=helper)
        case _:
            return _("{helper} was authorised to help").format(helper=helper)


def _describe_account_event(event: Event, words: str, playbook: Playbook) -> str:
    """An event about the account itself or the arrival of a letter; the words alone for any other."""
    match event.kind:
        case EventKind.LETTER_ARRIVED if event.text("day") == ARRIVAL_UNKNOWN:
            return _("Not known when the letter arrived")
        case EventKind.ACCOUNT_ADDED if isinstance(linked_group := event.fields.get("hub"), str):
            added = (
                _("Account added, in “{group}”").format(group=group_name(linked_group))
                if linked_group
                else _("Account added, not linked")
            )
            return _with_link_since(added, event)
        case EventKind.HELPER_AUTHORISED:
            return _describe_authorisation(event)
        case EventKind.EMAIL_CHANGED if email := event.text("to"):
            return _("E-mail changed to {email}").format(email=email)
        case EventKind.EMAIL_CHANGED:
            return _("E-mail changed to none")
        case EventKind.LINKED_GROUP_CHANGED:
            old, new = _describe_changed_link(event, "from"), _describe_changed_link(event, "to")
            is_change = isinstance(event.fields.get("from"), str) and old != new
            return _with_link_since(labelled(_(words), f"{old} → {new}" if is_change else new), event)
        case EventKind.DOWNLOAD_READ if event.text("file"):
            return _("Meta's download read, its counts noted: {file}").format(file=event.text("file"))
        case EventKind.COUNTRY_CHANGED:
            old, new = (playbook.texts.country_name(event.text(name).partition("-")[0]) for name in ("from", "to"))
            return labelled(_(words), f"{old} → {new}")
        case _:
            return _(words)


def _with_link_since(words: str, event: Event) -> str:
    """The words for a link, and that it was there before the objection where that is known."""
    if event.text("since") != vocabulary.SINCE_BEFORE:
        return words
    # Translators: {event} is such as “Account added, not linked”.
    return _("{event}; this was so already before the objection").format(event=words)


def _describe_changed_link(event: Event, name: str) -> str:
    linked_group = event.fields.get(name)
    if not isinstance(linked_group, str):
        return pgettext("how an account is linked", "unknown")
    return quoted(group_name(linked_group)) if linked_group else _("not linked")


def describe_link(linked_group: str | None) -> str:
    """How an account is linked, in words."""
    if linked_group is None:
        return _("not known whether linked")
    # Translators: in the linked group of this name.
    return _("in “{group}”").format(group=group_name(linked_group)) if linked_group else _("not linked")
