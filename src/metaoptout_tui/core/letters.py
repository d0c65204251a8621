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
from metaoptout_tui.core.objection.states import PeriodRule
from metaoptout_tui.core.objection.status import AccountStatus
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
    events = tuple(entries)
    with_text = {
        event.text("of") for event in events if event.kind == EventKind.EVIDENCE and event.text("holds") == HOLDS_LETTER
    }
    return tuple(
        event
        for event in events
        if rules_of(event.kind).letters
        and (event.kind != EventKind.FILED or went_by_post(event) or event.id in with_text)
    )


def letter_file_name(letter: str, account: str, language: str, day: date) -> str:
    """What the text of a letter is called as a file, without the ending: `2026-11-25-reminder-facebook-nl`."""
    return f"{day.isoformat()}-{letter}-{account}-{language}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What is known for a letter, each by the name that the conditions and placeholders of letters have for it.

    What is not known is empty, None or False. The person's own name is never kept, so never known.
    """

    account: str = ""
    email: str = ""
    authority: str = ""
    reason: str = ""
    attachments: tuple[EvidenceFile, ...] = ()
    linked: tuple[str, ...] = ()
    """The other accounts in its linked group."""
    alone: bool = False
    """It is known to be in no linked group."""
    leads: bool = False
    """The authority is the one that leads for Meta (GDPR Art. 56)."""

    filed: date | None = None
    confirmed: date | None = None
    refused: date | None = None
    no_grounds: bool = False
    """The refusal gave no reasons."""
    extended: date | None = None
    silent: bool = False
    """Nothing came back at all."""
    undecided: bool = False
    """What came back decides nothing."""

    due: date | None = None
    """The end of Meta's month while it runs."""
    over: date | None = None
    """Its end, once it ran out without an answer."""
    late: bool = False
    """More time was announced after that."""
    three: date | None = None
    """The end of three months that ran out without an answer."""

    asked: date | None = None
    """The day of a question about one's data."""
    unanswered: date | None = None
    """The end of its time, once that ran out."""
    complained: date | None = None
    """The day of a complaint to Meta."""
    unacknowledged: date | None = None
    """The end of its time, once that ran out."""
    acknowledged: date | None = None
    """The day of an acknowledgement that nothing followed."""

    timeline: tuple[tuple[str, date], ...] = ()
    """What happened, each by the id of its sentence: a kind of event, or a reply of a variant."""
    filled_in: Mapping[str, str] = field(default_factory=dict)
    """What the person wrote in place of placeholders, by their names; it counts where the diary does not say."""

    def known(self, name: str) -> object:
        """What is known under a name of letters.toml, such as `no-grounds`; empty, None or False for nothing."""
        return getattr(self, name.replace("-", "_"), None) or self.filled_in.get(name)


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
    record: Record,
    playbook: Playbook,
    today: date,
    holiday_lookup: HolidayLookup,
    *,
    authority: str = "",
    attachments: tuple[EvidenceFile, ...] = (),
) -> LetterFacts:
    """What the diary of an account holds for its letters, from its newest objection, or from the one that covers it, on."""
    account, outcome = status.account, status.outcome
    filing = outcome.objection if outcome is not None else status.objection
    own_events, theirs = (filing, None) if outcome is not None else (None, filing)
    addresses = (
        own_events.text("email") if own_events else "",
        account.email,
        theirs.text("email") if theirs else "",
        record.person.email,
    )
    facts = LetterFacts(
        account=_unquoted_account_name(account, playbook),
        email=next((each for each in addresses if each), ""),
        authority=authority,
        reason=filing.text("reason") if filing else "",
        attachments=attachments,
        linked=tuple(
            _unquoted_account_name(each, playbook)
            for each in record.accounts
            if account.hub and each.hub == account.hub and each is not account
        ),
        alone=account.hub == "",
    )
    if filing is None:
        return facts
    begun = outcome.first_objection if outcome is not None else filing
    events = [
        event for event in events_in_force(account.events) if rules_of(event.kind).in_letters and event.at >= begun.at
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
        name = rules_of(event.kind).letter_date
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
_DECISION_KINDS = kinds_where(lambda rules: rules.role == "reply" and PeriodRule.ANSWER in rules.ends)


def _sentence_id(event: Event) -> str:
    """The id of the sentence that tells an entry: of its sort where that is known."""
    reply = reply_of(event)
    return reply.id if reply is not None else event.kind


def _unquoted_account_name(account: Account, playbook: Playbook) -> str:
    """An account without quotation marks, which every language has its own of: `Facebook (Anna)`, `Instagram @anna.nl`."""
    platform = playbook.platform_name(account.platform)
    if not account.name or account.name == platform:
        return platform
    return f"{platform} {account.name}" if account.name[0] in "@+" else f"{platform} ({account.name})"


def _with_responses(facts: LetterFacts, events: list[Event]) -> LetterFacts:
    """With what came of the objection of the account itself."""
    kinds = {event.kind for event in events}
    refusal = next((event for event in reversed(events) if event.kind == EventKind.REFUSED), None)
    return replace(
        facts,
        silent=not kinds & _RESPONSE_KINDS,
        undecided=bool(kinds & _RESPONSE_KINDS) and not kinds & _DECISION_KINDS,
        no_grounds=refusal is not None and refusal.text("grounds") == NO_REASONS,
    )


def _with_question_and_complaint(facts: LetterFacts, status: AccountStatus, events: list[Event]) -> LetterFacts:
    """With what came of a question and of a complaint to Meta."""
    ran_out = {deadline.rule: period.last_day for deadline, period in status.missed_deadlines}
    acknowledged = next((event for event in reversed(events) if event.kind == EventKind.ACKNOWLEDGED), None)
    if acknowledged is not None and any(
        event.kind in _DECISION_KINDS for event in events[events.index(acknowledged) :]
    ):
        acknowledged = None
    return replace(
        facts,
        unanswered=ran_out.get(PeriodRule.INFORMATION),
        unacknowledged=ran_out.get(PeriodRule.ACKNOWLEDGEMENT),
        acknowledged=acknowledged.at.date() if acknowledged is not None else None,
    )


def _with_answer_period(
    facts: LetterFacts, status: AccountStatus, today: date, holiday_lookup: HolidayLookup
) -> LetterFacts:
    """With the end of Meta's month or three months: of one that runs, or of one that ran out before an answer came."""
    deadline = status.outcome.current_deadline(PeriodRule.ANSWER) if status.outcome is not None else None
    period = deadline.legal_period(holiday_lookup) if deadline else None
    if deadline is None or period is None:
        return facts
    answered = deadline.ended_by.at.date() if deadline.ended_by else None
    ran_out = (answered or today) > period.last_day
    if period.extension_counts:
        return replace(facts, three=period.last_day if ran_out else None)
    if ran_out:
        return replace(facts, over=period.last_day, late=period.was_extension_late)
    return replace(facts, due=period.last_day if answered is None else None)
