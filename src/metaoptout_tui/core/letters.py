"""Letters about a case: the facts they may state, and their placeholders.

A letter states only what the diary holds; what is not known becomes a placeholder that the person fills in. The
wording itself is in `documents/`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.legal_periods import HolidayLookup
from metaoptout_tui.core.objection.replies import reply_of
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.accounts import Account, EvidenceFile, Record
from metaoptout_tui.core.record.event_kinds import EventKind, kinds_where, rules_of
from metaoptout_tui.core.record.events import Event, events_in_force, is_decisive, periods_ended_by, went_by_post
from metaoptout_tui.core.record.vocabulary import HOLDS_LETTER, NO_REASONS, PeriodRule

EVENT_KIND_BY_LETTER: Mapping[str, EventKind] = MappingProxyType(
    {letter: kind for kind in EventKind for letter in rules_of(kind).letters}
)
"""The kind of event that records the sending of a letter; a letter to friends has none."""


def letter_sent_events(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events, of those in force, that say a letter was sent; an objection only where it was sent as a letter."""
    all_events = tuple(events)
    ids_with_kept_text = {
        event.text("of")
        for event in all_events
        if event.kind == EventKind.EVIDENCE and event.text("holds") == HOLDS_LETTER
    }
    return tuple(
        event
        for event in all_events
        if rules_of(event.kind).letters
        and (event.kind != EventKind.FILED or went_by_post(event) or event.id in ids_with_kept_text)
    )


def letter_file_name(letter: str, account: str, language: str, day: date) -> str:
    """The name of a letter's file, without the suffix: `2026-11-25-reminder-facebook-nl`."""
    return f"{day.isoformat()}-{letter}-{account}-{language}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """The facts for a letter; the names are those of the conditions and placeholders in letters.toml.

    What is not known is empty, None or False. The person's own name is never kept, so it is never known.
    """

    account: str = ""
    email: str = ""
    authority: str = ""
    """Its full name and the lines of its postal address."""
    reason: str = ""
    attachments: tuple[EvidenceFile, ...] = ()
    linked: tuple[str, ...] = ()
    """The other accounts in its linked group."""
    alone: bool = False
    """Whether it is known to be in no linked group."""
    leads: bool = False
    """Whether the authority is the lead authority for Meta (GDPR Art. 56)."""

    filed: date | None = None
    confirmed: date | None = None
    refused: date | None = None
    no_grounds: bool = False
    """Whether the refusal gave no reasons."""
    extended: date | None = None
    silent: bool = False
    """Whether Meta sent no reply at all."""
    undecided: bool = False
    """Whether Meta replied without deciding."""

    due: date | None = None
    """The last day of Meta's month while it runs."""
    over: date | None = None
    """The last day of Meta's month, once that passed without an answer."""
    late: bool = False
    """Whether Meta announced an extension after that."""
    three: date | None = None
    """The last day of the extended three months, once that passed without an answer."""

    asked: date | None = None
    """The day of a question about one's data."""
    unanswered: date | None = None
    """The last day for its answer, once that passed."""
    complained: date | None = None
    """The day of a complaint to Meta."""
    unacknowledged: date | None = None
    """The last day for its acknowledgement, once that passed."""
    acknowledged: date | None = None
    """The day of an acknowledgement after which no decision came."""

    timeline: tuple[tuple[str, date], ...] = ()
    """Sentence id and day of each event: the id is a kind of event, or a variant of a reply."""
    filled_in: Mapping[str, str] = field(default_factory=dict)
    """What the person wrote in place of placeholders, by their names; used where the diary holds nothing."""

    def known(self, name: str) -> object:
        """The fact with a name of letters.toml, such as `no-grounds`; empty, None or False where it is not known."""
        return getattr(self, name.replace("-", "_"), None) or self.filled_in.get(name)


class LetterPiece(NamedTuple):
    """A part of a letter. `placeholder` is the name of what the person has to fill in there, empty for fixed words."""

    text: str
    placeholder: str = ""


class Letter(NamedTuple):
    """A letter in one language; subject and body are in pieces, so that a preview can mark the placeholders."""

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
        """The body, with an empty line between paragraphs and placeholders like `[your name]`."""
        return "".join(piece.text for piece in self.body)

    @property
    def placeholders(self) -> tuple[str, ...]:
        """What the person has to fill in, each once, in the order it comes."""
        return tuple(dict.fromkeys(piece.placeholder for piece in (*self.subject, *self.body) if piece.placeholder))


def find_placeholder_values(letter: Letter, subject: str, body: str) -> Mapping[str, str]:
    """What a person wrote in place of a letter's placeholders, by name, so that it can go into other languages too.

    Only where the fixed words around a placeholder are unchanged; a rewritten paragraph gives no values.
    """
    values: dict[str, str] = {}
    for pieces, text in ((letter.subject, subject), (letter.body, body)):
        for paragraph in split_paragraphs(pieces):
            if any(piece.placeholder for piece in paragraph):
                candidates = (_values_in_paragraph(paragraph, written) for written in text.split("\n\n"))
                values |= next(filter(None, candidates), {})
    return values


def split_paragraphs(body: Iterable[LetterPiece]) -> list[list[LetterPiece]]:
    """The pieces of each paragraph."""
    paragraphs: list[list[LetterPiece]] = [[]]
    for piece in body:
        first, *rest = piece.text.split("\n\n")
        paragraphs[-1].append(piece._replace(text=first))
        paragraphs.extend([piece._replace(text=part)] for part in rest)
    without_empty = ([piece for piece in paragraph if piece.text] for paragraph in paragraphs)
    return [paragraph for paragraph in without_empty if paragraph]


def _values_in_paragraph(paragraph: list[LetterPiece], text: str) -> dict[str, str]:
    """What is between the fixed words of a paragraph; empty where these are not all in `text`, in their order."""
    values: dict[str, str] = {}
    placeholder, start = _NO_PLACEHOLDER, 0
    for piece in (*paragraph, _NO_PLACEHOLDER):
        if piece.placeholder:
            placeholder = piece
            continue
        end = text.find(piece.text, start) if piece.text else len(text)
        if end < start or (not placeholder.placeholder and end != start):
            return {}
        value = text[start:end].strip()
        if placeholder.placeholder and value not in ("", placeholder.text):
            values[placeholder.placeholder] = value
        placeholder, start = _NO_PLACEHOLDER, end + len(piece.text)
    return values


_NO_PLACEHOLDER = LetterPiece("")


def collect_letter_facts(
    status: AccountStatus,
    record: Record,
    playbook: Playbook,
    today: date,
    holiday_lookup: HolidayLookup,
    *,
    authority: str = "",
    attachments: tuple[EvidenceFile, ...] = (),
) -> LetterFacts:
    """The facts for an account's letters, from its newest objection on, or from the one that covers it."""
    account, outcome = status.account, status.outcome
    filing = outcome.objection if outcome is not None else status.objection
    filed_email = filing.text("email") if filing else ""
    emails = (filed_email, account.email) if outcome is not None else (account.email, filed_email)
    facts = LetterFacts(
        account=_unquoted_account_name(account, playbook),
        email=next(filter(None, (*emails, record.person.email)), ""),
        authority=authority,
        reason=filing.text("reason") if filing else "",
        attachments=attachments,
        linked=tuple(
            _unquoted_account_name(other, playbook)
            for other in record.accounts
            if account.hub and other.hub == account.hub and other is not account
        ),
        alone=account.hub == "",
    )
    if filing is None:
        return facts
    start = (outcome.first_objection if outcome is not None else filing).at
    events = [
        event for event in events_in_force(account.events) if rules_of(event.kind).in_letters and event.at >= start
    ]
    if outcome is None:
        events.insert(0, filing)
    facts = _with_dates(
        replace(facts, timeline=tuple((_sentence_id(event), event.at.date()) for event in events)), events
    )
    facts = _with_answer_period(facts, status, today, holiday_lookup)
    if outcome is not None:
        facts = _with_responses(facts, events)
    return _with_question_and_complaint(facts, status, events)


def _with_dates(facts: LetterFacts, events: list[Event]) -> LetterFacts:
    days: dict[str, date] = {}
    for event in events:
        name = rules_of(event.kind).letter_date if is_decisive(event) else ""
        # Of several objections the first counts, of all else the last.
        if name and not (event.kind == EventKind.FILED and name in days):
            days[name] = event.at.date()
    return replace(
        facts,
        filed=days.get("filed"),
        confirmed=days.get("confirmed"),
        refused=days.get("refused"),
        extended=days.get("extended"),
        asked=days.get("asked"),
        complained=days.get("complained"),
    )


_RESPONSE_KINDS = kinds_where(lambda rules: rules.role == "reply" and rules.state_after is not None)


def _is_decision(event: Event) -> bool:
    """Whether a reply of Meta decides on the objection, so that its time to answer ends."""
    return rules_of(event.kind).role == "reply" and PeriodRule.ANSWER in periods_ended_by(event)


def _sentence_id(event: Event) -> str:
    """The id of the sentence for an event: the variant of the reply where that is known."""
    reply = reply_of(event)
    return reply.id if reply is not None else event.kind


def _unquoted_account_name(account: Account, playbook: Playbook) -> str:
    """An account without quotation marks, which differ by language: `Facebook (Anna)`, `Instagram @anna.nl`."""
    platform = playbook.platform_name(account.platform)
    if not account.name or account.name == platform:
        return platform
    return f"{platform} {account.name}" if account.name[0] in "@+" else f"{platform} ({account.name})"


def _with_responses(facts: LetterFacts, events: list[Event]) -> LetterFacts:
    """The facts with Meta's replies to the account's own objection."""
    kinds = {event.kind for event in events}
    refusal = next((event for event in reversed(events) if event.kind == EventKind.REFUSED), None)
    return replace(
        facts,
        silent=not kinds & _RESPONSE_KINDS,
        undecided=bool(kinds & _RESPONSE_KINDS) and not any(_is_decision(event) for event in events),
        no_grounds=refusal is not None and refusal.text("grounds") == NO_REASONS,
    )


def _with_question_and_complaint(facts: LetterFacts, status: AccountStatus, events: list[Event]) -> LetterFacts:
    """The facts with the results of a question about one's data and of a complaint to Meta."""
    missed_days = {deadline.rule: period.last_day for deadline, period in status.missed_deadlines}
    acknowledged = next((event for event in reversed(events) if event.kind == EventKind.ACKNOWLEDGED), None)
    if acknowledged is not None and any(_is_decision(event) for event in events[events.index(acknowledged) :]):
        acknowledged = None
    return replace(
        facts,
        unanswered=missed_days.get(PeriodRule.INFORMATION),
        unacknowledged=missed_days.get(PeriodRule.ACKNOWLEDGEMENT),
        acknowledged=acknowledged.at.date() if acknowledged is not None else None,
    )


def _with_answer_period(
    facts: LetterFacts, status: AccountStatus, today: date, holiday_lookup: HolidayLookup
) -> LetterFacts:
    """The facts with the end of Meta's period, where it runs or ran out before an answer came."""
    deadline = status.outcome.current_deadline(PeriodRule.ANSWER) if status.outcome is not None else None
    period = deadline.legal_period(holiday_lookup) if deadline else None
    if deadline is None or period is None:
        return facts
    answered_on = deadline.ended_by.at.date() if deadline.ended_by else None
    is_missed = (answered_on or today) > period.last_day
    if period.extension_counts:
        return replace(facts, three=period.last_day if is_missed else None)
    if is_missed:
        return replace(facts, over=period.last_day, late=period.was_extension_late)
    return replace(facts, due=period.last_day if answered_on is None else None)
