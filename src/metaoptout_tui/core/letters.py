"""Letters about a case: the facts they may state, their placeholders, and which letters to recommend now.

A letter states only what the diary holds; what is not known becomes a placeholder that the person fills in. The
wording itself is in `documents/`.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.legal_periods import HolidayLookup, LegalPeriod
from metaoptout_tui.core.objection.lifecycle import ObjectionOutcome
from metaoptout_tui.core.objection.replies import reply_of
from metaoptout_tui.core.objection.states import CONFIRMED_STATES, UNANSWERED_STATES, AccountState, PeriodRule
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.tasks import REMIND_AFTER
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.event_fields import HOLDS_LETTER, NO_REASONS
from metaoptout_tui.core.record.event_kinds import EventKind, kinds_where, rules_of
from metaoptout_tui.core.record.events import Event, events_in_force, went_by_post
from metaoptout_tui.core.record.evidence import EvidenceFile

EVENT_KIND_BY_LETTER: Mapping[str, EventKind] = MappingProxyType(
    {letter: kind for kind in EventKind for letter in rules_of(kind).letters}
)
"""The kind of event that sending a letter is; a letter to people is none."""


def letter_sent_events(entries: Iterable[Event]) -> tuple[Event, ...]:
    """Of the entries in force those that say a letter was sent; an objection only where it went as one."""
    every = tuple(entries)
    with_text = {
        event.text("of") for event in every if event.kind == EventKind.EVIDENCE and event.text("holds") == HOLDS_LETTER
    }
    return tuple(
        event
        for event in every
        if rules_of(event.kind).letters
        and (event.kind != EventKind.FILED or went_by_post(event) or event.id in with_text)
    )


def letter_file_name(letter: str, account: str, language: str, day: date) -> str:
    """What the text of a letter is called as a file, without the ending: `2026-11-25-reminder-facebook-nl`."""
    return f"{day.isoformat()}-{letter}-{account}-{language}"


class LetterFacts(NamedTuple):
    """What is known for a letter: texts and days by name, and what happened, in order.

    Names: `account`, `email`, `filed`, `confirmed`, `refused`, `extended`, `reason`, `authority`, `attachments`; `linked`
    are the other accounts in its linked group, and `alone` is there where it is in none; `due` is the end of Meta's month while it
    runs, `over` its end once it ran out without an answer, `three` the end of three months that ran out so; `late` is there
    where more time was announced too late, `silent` while nothing came back at all, `undecided` while what came back
    decides nothing, `no-grounds` where a refusal gave no reasons. `asked` is the day of a question about one's data and `unanswered` the end of its time, once that ran out;
    `complained` the day of the complaint to Meta, `unacknowledged` the end of its time, once that ran out, `acknowledged`
    the day of an acknowledgement that nothing followed. A name that is not there is not known. The person's own name is
    never kept, so never known. `events` tells what happened by the ids of its sentences: a kind, or an answer of a sort.
    """

    values: Mapping[str, str | date]
    timeline: tuple[tuple[str, date], ...] = ()


class LetterPiece(NamedTuple):
    """A stretch of a letter. `missing` is the name of what the person has to fill in there, empty for words that stand."""

    text: str
    placeholder: str = ""


class Letter(NamedTuple):
    """A letter in one language: its subject and its body, each in pieces, so that a preview can mark the gaps."""

    id: str
    language: str
    subject: tuple[LetterPiece, ...]
    body: tuple[LetterPiece, ...]

    @property
    def title(self) -> str:
        """The subject as one line."""
        return "".join(piece.text for piece in self.subject)

    @property
    def text(self) -> str:
        """The body, paragraphs apart by an empty line, a gap as `[your name]`."""
        return "".join(piece.text for piece in self.body)

    @property
    def placeholders(self) -> tuple[str, ...]:
        """What the person has to fill in, each once, in the order it comes."""
        return tuple(dict.fromkeys(piece.placeholder for piece in (*self.subject, *self.body) if piece.placeholder))


def find_placeholder_values(letter: Letter, subject: str, body: str) -> Mapping[str, str]:
    """What a person put in the places of a letter's gaps, by name: where the words around them still stand.

    So that the same letter in another language has it too. A paragraph that was rewritten tells nothing.
    """
    found: dict[str, str] = {}
    for pieces, words in ((letter.subject, subject), (letter.body, body)):
        for paragraph in split_paragraphs(pieces):
            if any(piece.placeholder for piece in paragraph):
                filled = (_values_in_paragraph(paragraph, each) for each in words.split("\n\n"))
                found |= next((each for each in filled if each), {})
    return found


def split_paragraphs(body: Iterable[LetterPiece]) -> list[list[LetterPiece]]:
    """The pieces of each paragraph."""
    found: list[list[LetterPiece]] = [[]]
    for piece in body:
        first, *rest = piece.text.split("\n\n")
        found[-1].append(piece._replace(text=first))
        found.extend([piece._replace(text=part)] for part in rest)
    return [[piece for piece in each if piece.text] for each in found if any(piece.text for piece in each)]


def _values_in_paragraph(paragraph: list[LetterPiece], words: str) -> dict[str, str]:
    """What stands between the fixed words of a paragraph; empty where these do not stand in `words` in their order."""
    found: dict[str, str] = {}
    gap, begun = _NO_PLACEHOLDER, 0
    for piece in (*paragraph, _NO_PLACEHOLDER):
        if piece.placeholder:
            gap = piece
            continue
        at = words.find(piece.text, begun) if piece.text else len(words)
        if at < begun or (not gap.placeholder and at != begun):
            return {}
        given = words[begun:at].strip()
        if gap.placeholder and given not in ("", gap.text):
            found[gap.placeholder] = given
        gap, begun = _NO_PLACEHOLDER, at + len(piece.text)
    return found


_NO_PLACEHOLDER = LetterPiece("")


def collect_letter_facts(
    status: AccountStatus,
    progress: Record,
    playbook: Playbook,
    today: date,
    holiday: HolidayLookup,
    *,
    authority: str = "",
    attachments: tuple[EvidenceFile, ...] = (),
) -> LetterFacts:
    """What the diary of an account holds for its letters, from its newest objection, or from the one that covers it, on."""
    account, outcome = status.account, status.outcome
    filing = outcome.objection if outcome is not None else status.objection
    own, theirs = (filing, None) if outcome is not None else (None, filing)
    values: dict[str, str | date] = {"account": _unquoted_account_name(account, playbook)}
    values |= _linked_account_values(account, progress, playbook)
    addresses = (
        own.text("email") if own else "",
        account.email,
        theirs.text("email") if theirs else "",
        progress.person.email,
    )
    email = next((each for each in addresses if each), "")
    named = {"email": email, "authority": authority, "reason": filing.text("reason") if filing else ""}
    values |= {name: value for name, value in named.items() if value}
    if attachments:
        values["attachments"] = "\n".join(f"- {file.name} (SHA-256 {file.sha256})" for file in attachments)
    if filing is None:
        return LetterFacts(values)
    begun = outcome.first_objection if outcome is not None else filing
    told = [each for each in events_in_force(account.events) if rules_of(each.kind).in_letters and each.at >= begun.at]
    if outcome is None:
        told.insert(0, filing)
    for event in told:
        name = rules_of(event.kind).letter_date
        # Of several objections the first counts, of all else the last.
        if name and not (event.kind == EventKind.FILED and name in values):
            values[name] = event.at.date()
    values |= _answer_period_values(status, today, holiday)
    values |= _response_values(told) if outcome is not None else {}
    values |= _question_and_complaint_values(status, told)
    return LetterFacts(values, tuple((_sentence_id(event), event.at.date()) for event in told))


_RESPONSE_KINDS = kinds_where(lambda rules: rules.role == "reply" and rules.state_after is not None)
_DECISION_KINDS = kinds_where(lambda rules: rules.role == "reply" and PeriodRule.ANSWER in rules.ends)


def _sentence_id(event: Event) -> str:
    """The id of the sentence that tells an entry: of its sort where that is known."""
    answer = reply_of(event)
    return answer.id if answer is not None else event.kind


def _unquoted_account_name(account: Account, playbook: Playbook) -> str:
    """An account without quotation marks, which every language has its own of: `Facebook (Anna)`, `Instagram @anna.nl`."""
    platform = playbook.platform_name(account.platform)
    if not account.name or account.name == platform:
        return platform
    return f"{platform} {account.name}" if account.name[0] in "@+" else f"{platform} ({account.name})"


def _linked_account_values(account: Account, progress: Record, playbook: Playbook) -> dict[str, str | date]:
    """The accounts that are linked with this one, or that it is known to be linked with none."""
    others = [each for each in progress.accounts if account.hub and each.hub == account.hub and each is not account]
    if others:
        return {"linked": ", ".join(_unquoted_account_name(each, playbook) for each in others)}
    return {"alone": "yes"} if account.hub == "" else {}


def _response_values(told: list[Event]) -> dict[str, str | date]:
    """What came of the objection of the account itself, as far as a letter tells it by name."""
    values: dict[str, str | date] = {}
    kinds = {event.kind for event in told}
    if not kinds & _RESPONSE_KINDS:
        values["silent"] = "yes"
    elif not kinds & _DECISION_KINDS:
        values["undecided"] = "yes"
    refusal = next((event for event in reversed(told) if event.kind == EventKind.REFUSED), None)
    if refusal is not None and refusal.text("grounds") == NO_REASONS:
        values["no-grounds"] = "yes"
    return values


def _question_and_complaint_values(status: AccountStatus, told: list[Event]) -> dict[str, str | date]:
    """What came of a question and of a complaint to Meta, as far as a letter tells it by name."""
    values: dict[str, str | date] = {}
    ran_out = {deadline.rule: period.last_day for deadline, period in status.missed_deadlines}
    if PeriodRule.INFORMATION in ran_out:
        values["unanswered"] = ran_out[PeriodRule.INFORMATION]
    if PeriodRule.ACKNOWLEDGEMENT in ran_out:
        values["unacknowledged"] = ran_out[PeriodRule.ACKNOWLEDGEMENT]
    acknowledged = next((event for event in reversed(told) if event.kind == EventKind.ACKNOWLEDGED), None)
    if acknowledged is not None and not any(each.kind in _DECISION_KINDS for each in told[told.index(acknowledged) :]):
        values["acknowledged"] = acknowledged.at.date()
    return values


def _answer_period_values(status: AccountStatus, today: date, holiday: HolidayLookup) -> dict[str, str | date]:
    """The end of Meta's month or three months: of one that runs, or of one that ran out before an answer came."""
    deadline = status.outcome.current_deadline(PeriodRule.ANSWER) if status.outcome is not None else None
    period = deadline.legal_period(holiday) if deadline else None
    if deadline is None or period is None:
        return {}
    answered = deadline.ended_by.at.date() if deadline.ended_by else None
    ran_out = (answered or today) > period.last_day
    if period.extension_counts:
        return {"three": period.last_day} if ran_out else {}
    late = {"late": "yes"} if period.was_extension_late else {}
    if ran_out:
        return {"over": period.last_day, **late}
    return {"due": period.last_day} if answered is None else {}


def recommend_letters(status: AccountStatus, periods: tuple[LegalPeriod, ...], now: datetime) -> Mapping[str, str]:
    """The letters that fit how an account stands, each with the reason, in the order they may be needed.

    `periods` are the account's legal periods. Which letters exist under a law is not asked here.
    """
    outcome = status.outcome
    found = _letters_after_objection(status, outcome, periods, now) if outcome is not None else {}
    if status.covered_by:
        found["asked-applied"] = "Covered through another account. You can ask whether it was applied to this one."
        if outcome is None and _is_question_unanswered(status):
            found |= _complaint_letters(status, _REASON_QUESTION_UNANSWERED, periods, now.date())
    if status.can_object and (outcome is None or outcome.state in (AccountState.REFUSED, AccountState.ASKED_FOR_MORE)):
        found["objection"] = "For when the form is gone or does not take your objection."
    found["friends"] = found["debunk"] = "Fits at any time."
    return found


def find_premature_letters(status: AccountStatus, periods: tuple[LegalPeriod, ...], now: datetime) -> Mapping[str, str]:
    """The letters before which another comes or whose time has not come, each with the reason; they can be written all the same.

    In the UK the regulator expects the complaint to the controller first.
    """
    if "complaint-uk" in recommend_letters(status, periods, now):
        return {}
    deadline = status.current_deadline(PeriodRule.ACKNOWLEDGEMENT)
    if deadline is None:
        return {"complaint-uk": "After a complaint to Meta."}
    waited = _last_period(periods, PeriodRule.ACKNOWLEDGEMENT)
    if waited is None or (waited.is_over(now.date()) and not deadline.is_receipt_unknown):
        return {}
    until = "at least until" if deadline.is_receipt_unknown else "until"
    return {"complaint-uk": f"Meta has {until} {dates.format_day(waited.last_day, now.date())} to acknowledge."}


def _letters_after_objection(
    status: AccountStatus, outcome: ObjectionOutcome, periods: tuple[LegalPeriod, ...], now: datetime
) -> dict[str, str]:
    """What fits once an objection was sent."""
    found = {}
    is_silent = outcome.state in UNANSWERED_STATES or (
        outcome.missed_answer_period is not None and outcome.state is AccountState.ASKED_FOR_MORE
    )
    if is_silent and now >= outcome.first_objection.at + REMIND_AFTER:
        found["reminder"] = "Sent, and not answered yet."
    if outcome.state in CONFIRMED_STATES:
        found["asked-applied"] = "Confirmed. You can ask whether it was also applied."
    answer = _last_period(periods, PeriodRule.ANSWER)
    is_late = answer is not None and answer.was_extension_late
    if is_late:
        found["late-extension"] = "Meta's notice that it takes longer came after the month."
    if why := _complaint_reason(status, outcome, is_late=is_late):
        found |= _complaint_letters(status, why, periods, now.date())
    return found


def _complaint_letters(
    status: AccountStatus, why: str, periods: tuple[LegalPeriod, ...], today: date
) -> dict[str, str]:
    """The complaints that are open where there is something to complain about; in the UK Meta hears it first."""
    found = {}
    if status.current_deadline(PeriodRule.ACKNOWLEDGEMENT) is None:
        found["complaint-to-meta"] = why
    elif heard := _controller_complaint_outcome(status, periods, today):
        found["complaint-uk"] = heard
    found["complaint"] = found["complaint-ch"] = why
    return found


_REASON_QUESTION_UNANSWERED = "Meta did not answer your question in time."


def _is_question_unanswered(status: AccountStatus) -> bool:
    return any(deadline.rule is PeriodRule.INFORMATION for deadline, _ in status.missed_deadlines)


def _complaint_reason(status: AccountStatus, outcome: ObjectionOutcome, *, is_late: bool) -> str:
    """What there is to complain about; empty for nothing."""
    if outcome.state is AccountState.REFUSED:
        return "Meta refused."
    if outcome.missed_answer_period is not None and outcome.state in (
        AccountState.OVERDUE,
        AccountState.ASKED_FOR_MORE,
    ):
        return "Meta did not answer in time."
    if is_late and outcome.state is AccountState.FILED:
        return "Meta's notice came after the month."
    return _REASON_QUESTION_UNANSWERED if _is_question_unanswered(status) else ""


def _controller_complaint_outcome(status: AccountStatus, periods: tuple[LegalPeriod, ...], today: date) -> str:
    """What became of the complaint to Meta once nothing more is to be awaited; empty while its time runs."""
    deadline, waited = (
        status.current_deadline(PeriodRule.ACKNOWLEDGEMENT),
        _last_period(periods, PeriodRule.ACKNOWLEDGEMENT),
    )
    if deadline is None:
        return ""
    if deadline.ended_by is not None and deadline.ended_by.kind not in (EventKind.ACKNOWLEDGED, EventKind.COMPLAINED):
        return "Meta answered your complaint."
    if waited is None or not waited.is_over(today) or (deadline.ended_by is None and deadline.is_receipt_unknown):
        return ""
    return (
        "Acknowledged, and no outcome yet."
        if deadline.ended_by
        else "Your complaint to Meta was not acknowledged in time."
    )


def _last_period(periods: tuple[LegalPeriod, ...], rule: PeriodRule) -> LegalPeriod | None:
    return next((each for each in reversed(periods) if each.rule is rule), None)
