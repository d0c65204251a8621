"""What is asked about a reply besides its variant: a day that an authority sets, whom a confirmation names, whether to close."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.choice_question import ChoiceQuestion, question_before
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.legal_periods import months_after
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.replies import Reply
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.event_kinds import EventKind, rules_of
from metaoptout_tui.core.record.events import Event, events_in_force, is_decision
from metaoptout_tui.core.record.vocabulary import (
    AFTER_DECISION,
    ANSWER_BY,
    ANSWER_WORDS,
    AUTHORITY_DECISIONS,
    AUTHORITY_PASSED_ON,
    AUTHORITY_RECEIVED,
    AUTHORITY_SAYS,
    AUTHORITY_UPHELD,
    DAY_NAMED,
    GROUNDS,
    GROUNDS_GIVEN,
    MAX_WORDS_LENGTH,
    MESSAGE_UNKNOWN,
    META_WORDS,
    NAMED_ACCOUNTS,
    NAMES_ALL,
    NAMES_ONE,
    PASSED_TO,
)
from metaoptout_tui.core.text import clean_line

_YEAR = 365
_MOST_DAYS_AHEAD_WITHOUT_YEAR = 335
"""How far ahead a day may be that is read from a day and a month alone: a year minus a month."""


class ReplyDetail(NamedTuple):
    """One detail of a reply: its field, the question with what helps to answer it, and the answer that there is none.

    `parse` gives the value of what was typed, and raises InputRefused for what cannot be.
    """

    field: str
    question: str
    help: str
    none: str
    label: str
    placeholder: str
    parse: Callable[[str, date], object]
    is_none_last: bool = False
    """Whether what is typed is what counts, and that there is none comes after it."""

    def value(self, typed: str, today: date) -> Mapping[str, object]:
        """The field with its value; nothing for an empty text."""
        return {self.field: self.parse(typed, today)} if typed.strip() else {}


def detail_of(reply: Reply, status: AccountStatus) -> ReplyDetail | None:
    """What is asked besides the variant of a reply about the objection of an account; None for nothing."""
    if reply.fields.get(GROUNDS.name) == GROUNDS_GIVEN:
        return _META_WORDS
    if reply.event_kind == EventKind.META_QUESTION_ANSWERED:
        is_identity_asked = status.outcome is not None and status.outcome.is_identity_asked
        return _ANSWER_WORDS if is_identity_asked else None
    if reply.fields.get(AFTER_DECISION.name) == DAY_NAMED:
        return _DAY_FOUND
    says = reply.fields.get(AUTHORITY_SAYS.name) if reply.event_kind == EventKind.AUTHORITY_WROTE else None
    if says in (None, AUTHORITY_RECEIVED, MESSAGE_UNKNOWN):
        return None
    if says == AUTHORITY_UPHELD:
        return None
    if says in AUTHORITY_DECISIONS:
        return _DECISION_DAY
    return _PASSED_TO if says == AUTHORITY_PASSED_ON else _ANSWER_BY


def day_ahead(typed: str, today: date) -> date:
    """A typed day that may be still to come: without a year the next such day. Raises InputRefused for no date.

    It is refused too for a day without a year that passed lately: whether this year's or next year's is meant nobody knows.
    """
    try:
        past, ahead = dates.parse_day(typed, today), dates.parse_day(typed, date.fromordinal(today.toordinal() + _YEAR))
    except ValueError as error:
        raise InputRefused(_words_on_span(typed, today) or str(error)) from error
    is_without_year = (past.month, past.day) == (ahead.month, ahead.day) and past.year != ahead.year
    if not is_without_year or past >= today:
        return past
    if (ahead - today).days > _MOST_DAYS_AHEAD_WITHOUT_YEAR:
        words = _("{day} is over, and {later} is far ahead. Write the year too.")
        raise InputRefused(words.format(day=dates.format_full_day(past), later=dates.format_full_day(ahead)))
    return ahead


def _words_on_span(typed: str, today: date) -> str:
    """Why a span such as “4 weeks” is no day, and how one comes to the day; empty for anything else."""
    match = re.fullmatch(r"(?P<number>\d{1,3})\s+(?P<unit>[^\W\d_]+)\.?", typed.strip().casefold())
    unit = next((days for days, words in _UNITS.items() if match and match["unit"] in _words_for(words)), 0)
    if match is None or not unit:
        return ""
    number = int(match["number"])
    end = months_after(today, number) if unit == _DAYS_OF_MONTH else today + timedelta(days=number * unit)
    return _(
        "“{typed}” is a span of time. Count it from the day on which the letter reached you, and write the day on which it "
        "ends. From today on that would be {day}."
    ).format(typed=clean_line(typed), day=dates.format_full_day(end))


_DAYS_OF_MONTH = 30
_UNITS = {1: mark("day days"), 7: mark("week weeks"), _DAYS_OF_MONTH: mark("month months")}
"""By about how many days a unit of time has, the words that people type for it."""


def _words_for(words: str) -> tuple[str, ...]:
    """These words, in English and in the language in use."""
    return (*words.split(), *_(words).casefold().split())


_ANSWER_BY = ReplyDetail(
    ANSWER_BY.name,
    mark("Does the letter set you a day? Until when?"),
    mark("If it sets a day, that day holds, whatever is counted here."),
    mark("It sets no day"),
    mark("The day it sets"),
    mark("such as 2026-12-15 or 15/12"),
    day_ahead,
)
_DECISION_DAY = _ANSWER_BY._replace(
    question=mark("Does the letter say until when you can go against it?"),
    help=mark("Often it stands at the end. Write that day down: this program reminds you of it."),
    none=mark("It names no day, or I have not looked yet"),
    label=mark("The day it names"),
)
_DAY_FOUND = _DECISION_DAY._replace(
    question=mark("Until when can you act, as its letter says?"), none=mark("I leave it open")
)
_PASSED_TO = ReplyDetail(
    PASSED_TO.name,
    mark("To which authority did it pass your complaint on?"),
    mark("Its name as it stands in the letter."),
    mark("It does not say"),
    mark("The authority"),
    mark("its name"),
    lambda typed, _today: clean_line(typed),
)


_META_WORDS = ReplyDetail(
    META_WORDS.name,
    mark("Which reasons does it give, in Meta's own words?"),
    mark("The sentence that counts is enough. A complaint to an authority quotes it."),
    mark("I leave them out"),
    mark("Meta's words"),
    mark("copied from its message"),
    lambda typed, _today: clean_line(typed, MAX_WORDS_LENGTH),
    is_none_last=True,
)
_ANSWER_WORDS = ReplyDetail(
    ANSWER_WORDS.name,
    mark("Meta asked for proof of who you are: what did you answer?"),
    mark("A complaint to an authority quotes it. Write no number of an identity document."),
    mark("I leave it out"),
    mark("My answer"),
    mark("such as: I can log in to the account"),
    lambda typed, _today: clean_line(typed, MAX_WORDS_LENGTH),
    is_none_last=True,
)


def understood_words(typed: str, detail: ReplyDetail, today: date) -> str:
    """How a typed day is understood, so that a wrong one is seen; empty for words, and for what is no day yet."""
    try:
        day = detail.value(typed, today).get(detail.field)
    except InputRefused:
        return ""
    if not isinstance(day, date):
        return ""
    words = _("That is {moment}.").format(moment=dates.format_weekday_and_day(day))
    return f"{words} {_('That day is over.')}" if day < today else words


_NOT_KNOWN = "not-known"


def named_accounts_question(
    reply: Reply, account_id: str, overview: Overview, playbook: Playbook
) -> ChoiceQuestion | None:
    """The question whether a confirmation names one account or all linked ones; None where there is nothing to ask.

    Nothing is asked of other replies, and where no account is linked for which an objection can be sent too.
    """
    status = overview.status_of(account_id)
    if status is None or not status.account.linked_group or not _can_name_accounts(reply):
        return None
    others = [
        each.account
        for each in overview.statuses
        if each.can_object
        and each.account.id != account_id
        and each.account.linked_group == status.account.linked_group
    ]
    if not others:
        return None
    return ChoiceQuestion(
        _("Does it name one account, or all of them?"),
        (
            (_NOT_KNOWN, _("I do not know, or it does not say")),
            (NAMES_ONE, _("Only {account}").format(account=account_name(status.account, playbook))),
            (NAMES_ALL, _("All linked accounts")),
        ),
        _NOT_KNOWN,
        (_("Linked accounts count as perhaps covered, unless Meta's confirmation names them too."),),
    )


def fields_of_named_accounts(answer: str) -> Mapping[str, object]:
    """The field that an answer fills; nothing where the person does not know."""
    return {NAMED_ACCOUNTS.name: answer} if answer in NAMED_ACCOUNTS.known_values else {}


def _can_name_accounts(reply: Reply) -> bool:
    """Whether a reply says that Meta applies the objection."""
    rules = rules_of(reply.event_kind)
    if NAMED_ACCOUNTS.name not in rules.fields:
        return False
    return rules.deciding_value is None or reply.fields.get(rules.deciding_value[0]) == rules.deciding_value[1]


_COMPLAINTS = (EventKind.COMPLAINED_TO_AUTHORITY, EventKind.COMPLAINED_TO_META)


def closing_question(reply: Reply, status: AccountStatus | None, now: datetime) -> ChoiceQuestion | None:
    """The question before a reply is recorded that closes the case; None for another, and where no complaint runs."""
    complaint = _running_complaint(status) if status is not None else None
    if reply.event_kind != EventKind.CASE_CLOSED or complaint is None:
        return None
    day = dates.format_local_day(complaint.at, now)
    words = _("You complained on {day}. A closed case reminds you of nothing any more; the complaint itself goes on.")
    return question_before(
        _("Your complaint is still running. Close it all the same?"),
        (words.format(day=day),),
        leave=_("No, leave it open"),
        go_on=_("Yes, close it"),
    )


def _running_complaint(status: AccountStatus) -> Event | None:
    """The newest complaint that no authority decided, and of which it was not told that Meta gave in."""
    running: Event | None = None
    for event in events_in_force(status.account.events):
        if event.kind in _COMPLAINTS:
            running = event
        elif event.kind in (EventKind.AUTHORITY_TOLD, EventKind.CASE_CLOSED) or is_decision(event):
            running = None
    return running
