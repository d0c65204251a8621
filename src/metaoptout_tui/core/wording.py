"""States, tasks and causes as sentences of the guidance, with names and dates filled in."""

from datetime import datetime

from metaoptout_tui.core import chats_recorded, when
from metaoptout_tui.core.answers import answer_of
from metaoptout_tui.core.clocks import went_by_post
from metaoptout_tui.core.diary import BEFORE, UNKNOWN, Event, in_force, is_to_come
from metaoptout_tui.core.doubts import Doubt
from metaoptout_tui.core.evidence import LETTER
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.overview import LINKED, UNLINKED, Group
from metaoptout_tui.core.playbook import Basis, Playbook, Source
from metaoptout_tui.core.progress import Progress
from metaoptout_tui.core.reach import Cause
from metaoptout_tui.core.standing import Standing, StepStanding
from metaoptout_tui.core.states import State, StepState
from metaoptout_tui.core.tasks import TASK_VALUES, Task


def state_words(standing: Standing, progress: Progress, playbook: Playbook, now: datetime) -> str:
    """The state of an account in words: `filed, waiting since 3 Nov`, `covered through Facebook “Anna”`."""
    texts = playbook.texts
    if not standing.files and standing.state in (State.NOT_STARTED, State.READY):
        answered = len({point for point, _ in standing.answers})
        if answered:
            return texts.say("state.review-begun", done=min(answered, standing.points), all=standing.points)
        return texts.say("state.not-reviewed")
    state = "in-doubt" if standing.state is State.COVERED and not standing.is_objected else standing.state
    return texts.say(
        f"state.{state}",
        date=when.day(standing.since.astimezone(now.tzinfo).date(), now.date()) if standing.since else "",
        through=through_name(standing.covered_by, progress, playbook),
    )


def through_name(account: str, progress: Progress, playbook: Playbook) -> str:
    """The name of the account whose objection covers another, empty for none."""
    other = progress.account(account) if account else None
    return account_name(other, playbook) if other else ""


def cause_sentence(cause: Cause, progress: Progress, playbook: Playbook, now: datetime) -> str:
    """Why to object again."""
    return playbook.texts.say(
        f"cause.{cause.what}",
        date=when.day(cause.at.astimezone(now.tzinfo).date(), now.date()),
        through=through_name(cause.through, progress, playbook) or "another account",
    )


def doubt_sentence(doubt: Doubt, playbook: Playbook, now: datetime) -> str:
    """Why an objection that stands is worth another look."""
    if doubt.what == "terms":
        return playbook.texts.say(f"terms.{doubt.id}", date=when.full_day(doubt.at.date()))
    return playbook.texts.say("doubt.year", date=when.day(doubt.looked.astimezone(now.tzinfo).date(), now.date()))


def task_sentence(task: Task | None, playbook: Playbook) -> str:
    """The next thing to do, in one sentence."""
    if task is None:
        return playbook.texts.say("next.nothing")
    values = {**dict.fromkeys(TASK_VALUES, ""), **task.values}
    if task.what == "recheck" and task.on is not None:
        values["date"] = when.full_day(task.on.date())
    return playbook.texts.say(task.text, **values)


def next_sentence(task: Task | None, progress: Progress, playbook: Playbook) -> str:
    """The header's sentence: the next thing over all accounts, or to add a first one."""
    if not progress.accounts:
        return playbook.texts.say("next.add-account")
    return task_sentence(task, playbook)


STEP_WORDS = {
    StepState.TO_DO: "",
    StepState.DONE: "",
    StepState.SKIPPED: "skipped",
    StepState.COVERED: "covered",
    StepState.WAITING: "waiting",
    StepState.ASKED_FOR_MORE: "asked for more",
    StepState.REFUSED: "refused",
    StepState.AGAIN: "object again",
}


def step_words(step: StepStanding, standing: Standing, now: datetime, *, with_time: bool = True) -> str:
    """What stands at the end of a step's line: when it was done, or what it is waiting for."""
    words = STEP_WORDS[step.state]
    if step.state is StepState.WAITING:
        words = _waiting_words(standing)
    if step.id == "review" and step.state is StepState.TO_DO and standing.answers:
        words = f"{min(len(standing.answers), standing.points)} of {standing.points}"
    if step.at is None:
        return words
    at = when.day_and_time(step.at, now) if with_time else when.day(step.at.astimezone(now.tzinfo).date(), now.date())
    return f"{words}, {at}" if words and step.state is not StepState.COVERED else words or at


def _waiting_words(standing: Standing) -> str:
    """What is so of an objection that waits, beyond that."""
    if standing.state in (State.OVERDUE, State.COMPLAINED):
        return short_state(standing)
    is_extended = standing.reply is not None and standing.reply.what == "extended"
    return "takes longer" if is_extended else STEP_WORDS[StepState.WAITING]


def step_title(id: str, platform: str, playbook: Playbook) -> str:
    """The name of a step, as it is called on this platform."""
    own = f"step.{id}.title.{platform}"
    return playbook.texts.say(own if own in playbook.texts else f"step.{id}.title")


def basis_line(basis: Basis, playbook: Playbook) -> str:
    """Who says so, when, and how sure it is: `Verbraucherzentralen (2025), CNIL (May 2025) · sure`."""
    names = dict.fromkeys(
        f"{source.publisher} ({when.partial(source.date)})" if source.date else source.publisher
        for id in basis.sources
        if (source := playbook.sources.get(id)) is not None
    )
    return f"{', '.join(names)} · {SURENESS_WORDS[basis.sureness]}"


def sureness_line(basis: Basis) -> str:
    """How sure a statement is and as of when: `sure, May 2025`."""
    return f"{SURENESS_WORDS[basis.sureness]}, {when.partial(basis.checked_on)}"


def source_line(source: Source) -> str:
    """A source in one line: `CNIL, 21 May 2025, first hand`."""
    date = when.partial(source.date) if source.date else "undated"
    return f"{source.publisher}, {date}, {QUALITY_WORDS[source.quality]}"


QUALITY_WORDS = {
    "primary": "first hand",
    "good": "good",
    "weak": "weak: a blog or a collection",
    "code": "public code",
}
"""The quality of a source, as facts.md grades them."""

SURENESS_WORDS = {"high": "sure", "medium": "likely", "low": "uncertain"}


def entry_words(event: Event, playbook: Playbook) -> str:
    """A diary entry in words; a kind from a newer version is shown by its name."""
    match event.what:
        case "step-done" | "step-skipped" | "step-reopened":
            verb = {"step-done": "done", "step-skipped": "skipped", "step-reopened": "opened again"}[event.what]
            title = playbook.texts.say(f"step.{event.text('step')}.title")
            return f"{title}: {verb}"
        case "account-added" | "email-changed" | "hub-changed" | "moved-to-meta-account" | "country-changed":
            return _account_words(event)
        case "letter-arrived":
            return "The letter arrived"
        case "rechecked":
            return "Looked at the objection again, left as it is"
        case "noted":
            return f"Note: {event.text('text')}"
        case "filed":
            email = event.text("email")
            sent = "Objection sent by post" if went_by_post(event) else "Objection sent"
            return f"{sent}, with {email}" if email else sent
        case "evidence":
            kept = "Text of the letter kept" if event.text("holds") == LETTER else "Kept as evidence"
            return f"{kept}: {event.text('file')}"
        case "reviewed-chats":
            return chats_recorded.entry_words(event)
        case "review-answered":
            question = playbook.texts.say(f"{event.text('point')}.question")
            return f"{question} {playbook.texts.say('answer-word.' + event.text('answer'))}"
        case what:
            return _answer_words(event, playbook) or _SENT.get(what) or what.replace("-", " ").capitalize()


def to_come_words(progress: Progress, playbook: Playbook, now: datetime) -> tuple[str, ...]:
    """A sentence for each entry that does not count yet, because its date is still to come."""
    return tuple(
        f"{account_name(account, playbook)}: “{entry_words(event, playbook)}” is dated {when.full_day(event.at.date())}, "
        "which is still to come. It does not count before; correct its date in the diary."
        for account in progress.accounts
        for event in in_force(account.events)
        if is_to_come(event, now)
    )


def _answer_words(event: Event, playbook: Playbook) -> str:
    """What came back, its sort and its reference; empty for an entry that is no answer."""
    answer = answer_of(event)
    if answer is None:
        authority = event.text("authority")
        return f"Complaint sent to {authority}" if event.what == "complained" and authority else ""
    words = playbook.texts.say(f"answer.{event.what}")
    if answer.id not in (event.what, f"{event.what}.other"):
        words = f"{words}: {playbook.texts.say(f'answer.{answer.id}')}"
    reference = event.text("reference")
    return f"{words} ({reference})" if reference else words


_SENT = {
    "reminded": "Reminder sent",
    "extension-disputed": "Answer to the late extension sent",
    "asked-applied": "Asked Meta whether the objection was applied",
    "complained-to-controller": "Complaint sent to Meta",
    "complained": "Complaint sent to the authority",
}


def _account_words(event: Event) -> str:
    """What an entry says of the account itself."""
    match event.what:
        case "account-added":
            hub = event.fields.get("hub")
            return f"Account added, {hub_words(hub)}{_since_words(event)}" if isinstance(hub, str) else "Account added"
        case "email-changed":
            return f"E-mail changed to {event.text('to') or 'none'}"
        case "hub-changed":
            return f"Link: {_hub_words(event, 'from')} → {_hub_words(event, 'to')}{_since_words(event)}"
        case "country-changed":
            return f"Country: {event.text('from')} → {event.text('to')}"
        case _:
            return "Moved to Meta Account"


def _since_words(event: Event) -> str:
    """Since when a link is there, where that is not the date of its entry."""
    return {BEFORE: ", already when objecting", UNKNOWN: ", since when is not known"}.get(event.text("since"), "")


def _hub_words(event: Event, name: str) -> str:
    hub = event.fields.get(name)
    if not isinstance(hub, str):
        return "unknown"
    return f"“{hub}”" if hub else "not linked"


def group_words(group: Group) -> str:
    """The heading of a group of accounts."""
    if group.kind == LINKED:
        return f"Linked in “{group.name}”"
    return "Not linked" if group.kind == UNLINKED else "Not known whether linked"


def hub_words(hub: str | None) -> str:
    """How an account is linked, in words."""
    if hub is None:
        return "not known whether linked"
    return f"in “{hub}”" if hub else "not linked"


def short_state(standing: Standing) -> str:
    """A state in one or two words, for a narrow column."""
    if standing.state is State.COVERED and not standing.is_objected:
        return "in doubt"
    if not standing.files and standing.state is State.READY:
        return f"{min(len(standing.answers), standing.points)} of {standing.points}"
    return _SHORT[standing.state]


_SHORT = {
    State.NOT_STARTED: "to do",
    State.READY: "to send",
    State.FILED: "waiting",
    State.CONFIRMED_ON_SCREEN: "on screen",
    State.CONFIRMED: "confirmed",
    State.COVERED: "covered",
    State.ASKED_FOR_MORE: "asked",
    State.REFUSED: "refused",
    State.OVERDUE: "overdue",
    State.OBJECT_AGAIN: "again",
    State.COMPLAINED: "complained",
    State.CLOSED: "closed",
    State.REVIEWED: "reviewed",
    State.NOT_AVAILABLE: "no form",
}
