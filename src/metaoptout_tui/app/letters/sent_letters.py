"""What is asked and said where a letter was sent: whether the day can be right, and what was recorded."""

from datetime import datetime

from metaoptout_tui.app.letters.letter_from_diary import facts_of_letter, law_of_letter
from metaoptout_tui.app.letters.letters import LetterDraft, letter_title
from metaoptout_tui.app.record.diary_service import SentLetterInput
from metaoptout_tui.app.session import Session
from metaoptout_tui.core import dates
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.authorities import Authority
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.entry_checks import (
    accepted_moment,
    accepted_moment_of_reply,
    earliest_subject_of_reply,
)
from metaoptout_tui.core.objection.sentences import what_comes_next
from metaoptout_tui.core.objection.tasks import WAIT_AFTER_POST, WAIT_FOR_ANSWER, TaskKind
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.vocabulary import SENT_BY_LETTER
from metaoptout_tui.documents.letters import last_end_told

CHANGE_DAY, _RIGHT_DAY = "change", "right"


def sending_methods() -> tuple[tuple[str, str], ...]:
    """The answers to the question how something was sent."""
    return ("online", _("Online or by e-mail")), (SENT_BY_LETTER, _("By post"))


def is_by_post(method: str) -> bool:
    """Whether the answer to the question how something was sent is that it went by post."""
    return method == SENT_BY_LETTER


def check_day_sent(session: Session, account_id: str, kind: str, at: datetime) -> None:
    """Raise InputRefused where what is an event of this kind cannot have been sent at that moment, but at another.

    Where no day would do, since nothing was sent before, recording it says so.
    """
    if kind == EventKind.FILED:
        accepted_moment(kind, at, None, session.now())
        return
    status = session.view.require_status(account_id)
    try:
        earliest_subject_of_reply(kind, status)
    except InputRefused:
        return
    accepted_moment_of_reply(kind, at, status, session.now())


def doubt_of_day(letter: LetterDraft, at: datetime) -> ChoiceQuestion | None:
    """What to ask where the letter tells that a time of Meta's ended, and was sent before that; None where it was not.

    The answer that changes nothing comes first.
    """
    law = law_of_letter(letter.context, letter.id, letter.account_id)
    facts = facts_of_letter(letter.context, letter.account_id, letter.id)
    last_day, now = last_end_told(letter.id, letter.language, law, facts), letter.context.session.now()
    day = dates.local_day(at, now)
    # One before the objection is refused, without a question.
    if last_day is None or day > last_day or (facts.filed is not None and day < facts.filed):
        return None
    question = _("{day} is before Meta's time was over: the letter says it ended on {last_day}. Is the date right?")
    answers = (
        (CHANGE_DAY, _("No, I will change it")),
        (_RIGHT_DAY, _("Yes, I sent it that day. Its text here tells of a later day and is not kept")),
    )
    return ChoiceQuestion(
        question.format(day=dates.format_day(day, now.date()), last_day=dates.format_day(last_day, now.date())),
        answers,
        CHANGE_DAY,
        yes=_RIGHT_DAY,
        no=CHANGE_DAY,
    )


def complaint_input(authority: Authority, method: str, at: datetime) -> SentLetterInput:
    """The input for the diary of a complaint that was made without a letter from here."""
    return SentLetterInput(
        EventKind.COMPLAINED_TO_AUTHORITY, at, is_by_post=is_by_post(method), authority=authority.full_name
    )


def complaint_recorded(session: Session, account_id: str, authority: Authority, method: str) -> str:
    """What is said once such a complaint is recorded: that it is, and when to come back."""
    by_post, otherwise = (
        _("Recorded: complaint sent by post to {authority}."),
        _("Recorded: complaint sent to {authority}."),
    )
    words = (by_post if is_by_post(method) else otherwise).format(authority=authority.full_name)
    return f"{words} {what_comes_next(session.overview(), account_id, session.playbook)}".strip()


def recorded_words(letter: LetterDraft, at: datetime, method: str) -> str:
    """What is said once the sending is recorded: that it is, how it went, and when to come back."""
    session = letter.context.session
    day = dates.format_local_day(at, session.now())
    by_post, otherwise = _("Recorded: {letter}, sent by post on {day}."), _("Recorded: {letter}, sent on {day}.")
    words = by_post if is_by_post(method) else otherwise
    recorded = words.format(letter=letter_title(letter.id), day=day)
    overview = session.overview()
    task = overview.next_task_for(letter.account_id)
    is_own_count = task is not None and task.kind is TaskKind.LETTER_UNANSWERED
    own_count = (
        _("How long to wait is our own count: {days} days, by post {post}.").format(
            days=WAIT_FOR_ANSWER.days, post=WAIT_AFTER_POST.days
        )
        if is_own_count
        else ""
    )
    next_words = what_comes_next(overview, letter.account_id, session.playbook)
    return " ".join(filter(None, (recorded, next_words, own_count)))
