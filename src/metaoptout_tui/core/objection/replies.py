"""The replies that may come after an objection, and the events that record them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.accounts import Account
from metaoptout_tui.core.record.event_kinds import REPLY_KINDS, EventKind, kinds_where, rules_of
from metaoptout_tui.core.record.events import (
    NO_FIELDS,
    Event,
    decision_of_authority,
    events_in_force,
    is_decision,
    went_by_letter,
)
from metaoptout_tui.core.record.vocabulary import AFTER_DECISION as AFTER_DECISION_FIELD
from metaoptout_tui.core.record.vocabulary import (
    ANSWERED,
    ANSWERED_INQUIRY,
    DAY_KNOWN,
    EXAMPLES_REQUEST,
    MESSAGE_APPLIED,
    MESSAGE_UNKNOWN,
    NAMED_ACCOUNTS,
    PROMPTS_REQUEST,
    WRONG_FORM_GROUNDS,
    WRONG_FORM_REQUESTS,
    EventField,
)

WITHOUT_VARIANT = "other"
"""The end of the id of the variant whose field is empty."""


class Reply(NamedTuple):
    """One reply: the kind of event that records it, and the fields that hold its variant.

    The text `answer.ID` names it, the statement `answer.ID.help` says what it means. Where it has `variants`, the
    person is asked which of them it is, with the text `answer.ID.question`; none of these is suggested, since Enter
    would record what nobody chose.
    """

    id: str
    event_kind: EventKind
    fields: Mapping[str, object] = NO_FIELDS
    variants: tuple["Reply", ...] = ()

    def variants_for(self, account: Account) -> tuple["Reply", ...]:
        """The variants that can come for an account: prompts that are asked for mean the wrong form, if one was used."""
        left_out = _VARIANTS_FROM_ELSEWHERE
        if account.is_from_elsewhere:
            left_out = _VARIANTS_OF_PROFILES
        elif is_objection_by_letter(account):
            left_out = _VARIANTS_OF_FORMS
        return tuple(variant for variant in self.variants if variant.id not in left_out)


def is_objection_by_letter(account: Account) -> bool:
    """Whether the newest objection for an account was a letter, so that no form was filled in."""
    filings = [event for event in events_in_force(account.events) if event.kind == EventKind.FILED]
    return bool(filings) and went_by_letter(filings[-1])


_VARIANTS_OF_PROFILES = frozenset(
    {
        *(f"{EventKind.MORE_ASKED}.{word}" for word in WRONG_FORM_REQUESTS),
        f"{EventKind.REFUSED}.{WRONG_FORM_GROUNDS}",
    }
)
_VARIANTS_OF_FORMS = frozenset({f"{EventKind.MORE_ASKED}.{PROMPTS_REQUEST}"})
_VARIANTS_FROM_ELSEWHERE = frozenset({f"{EventKind.MORE_ASKED}.{EXAMPLES_REQUEST}"})


def _reply_of_kind(kind: EventKind) -> Reply:
    """The reply that a kind of event records, with a variant for each known value of its variant field.

    The last variant, `WITHOUT_VARIANT`, is for an empty field, where there is no word for what is not known. A message that may decide or not has one that is an event of
    another kind: received, and to be reviewed.
    """
    field = _variant_field(kind)
    if field is None:
        return Reply(str(kind), kind)
    variants = [Reply(f"{kind}.{value}", kind, {field.name: value}) for value in field.known_values]
    if rules_of(kind).deciding_value is not None:
        received = Reply(f"{kind}.{EventKind.WILL_BE_REVIEWED}", EventKind.WILL_BE_REVIEWED)
        return Reply(str(kind), kind, variants=(variants[0], received, *variants[1:]))
    if MESSAGE_UNKNOWN in field.known_values:
        return Reply(str(kind), kind, variants=tuple(variants))
    return Reply(str(kind), kind, variants=(*variants, Reply(f"{kind}.{WITHOUT_VARIANT}", kind)))


def _variant_field(kind: str) -> EventField | None:
    """The field that holds the variant of a reply; None where it has no variants."""
    if not (rules := rules_of(kind)).text_id or rules.role == "sent":
        return None
    fields = (field for field in rules.optional_fields.values() if field.known_values)
    return next((field for field in fields if field not in (ANSWERED, NAMED_ACCOUNTS, DAY_KNOWN)), None)


NO_REPLY = _reply_of_kind(EventKind.ANSWER_MISSING)
"""No reply has come yet."""

REPLIES_TO_OBJECTION = (
    _reply_of_kind(EventKind.CONFIRMED_ON_SCREEN),
    _reply_of_kind(EventKind.CONFIRMED_IN_APP),
    _reply_of_kind(EventKind.CONFIRMED_BY_MAIL),
    _reply_of_kind(EventKind.WILL_BE_REVIEWED),
    NO_REPLY,
    _reply_of_kind(EventKind.CODE_ASKED),
    _reply_of_kind(EventKind.MORE_ASKED),
    _reply_of_kind(EventKind.REFUSED),
    _reply_of_kind(EventKind.EXTENDED),
    _reply_of_kind(EventKind.UNDELIVERABLE),
    _reply_of_kind(EventKind.MAIL_LOST),
)
"""The replies to an objection, the commonest first."""

META_QUESTION_ANSWERED = _reply_of_kind(EventKind.META_QUESTION_ANSWERED)
"""The person answered Meta's question."""

_ANSWERS_INQUIRY: Mapping[str, object] = MappingProxyType({ANSWERED.name: ANSWERED_INQUIRY})
INQUIRY_ANSWERED = Reply(
    str(EventKind.INQUIRY_ANSWERED),
    EventKind.INQUIRY_ANSWERED,
    variants=(
        Reply(f"{EventKind.INQUIRY_ANSWERED}.applied", EventKind.CONFIRMED_BY_MAIL, _ANSWERS_INQUIRY),
        Reply(f"{EventKind.INQUIRY_ANSWERED}.not-applied", EventKind.REFUSED, _ANSWERS_INQUIRY),
        Reply(f"{EventKind.INQUIRY_ANSWERED}.{WITHOUT_VARIANT}", EventKind.INQUIRY_ANSWERED),
    ),
)
"""Meta answered an inquiry: that it does, that it does not, or something else."""

AFTER_DECISION = Reply(
    str(EventKind.AFTER_DECISION),
    EventKind.AFTER_DECISION,
    variants=(
        *(
            Reply(f"{EventKind.AFTER_DECISION}.{value}", EventKind.AFTER_DECISION, {AFTER_DECISION_FIELD.name: value})
            for value in AFTER_DECISION_FIELD.known_values
        ),
        Reply(f"{EventKind.AFTER_DECISION}.left", EventKind.CASE_CLOSED),
    ),
)
"""What the person read in the letter of an authority's decision, and did about it."""

COMPLAINT_ACKNOWLEDGED = _reply_of_kind(EventKind.ACKNOWLEDGED)
AUTHORITY_WROTE = _reply_of_kind(EventKind.AUTHORITY_WROTE)
AUTHORITY_TOLD = _reply_of_kind(EventKind.AUTHORITY_TOLD)
CASE_CLOSED = _reply_of_kind(EventKind.CASE_CLOSED)
REPLIES_LATER_IN_CASE = (
    *(INQUIRY_ANSWERED, COMPLAINT_ACKNOWLEDGED, AUTHORITY_WROTE, AUTHORITY_TOLD, AFTER_DECISION, CASE_CLOSED),
)
"""What may come later in a case, after a complaint or at its end."""


def all_replies() -> tuple[Reply, ...]:
    """All replies with all their variants."""
    return tuple(_REPLY_BY_ID.values())


def reply_by_id(id: str) -> Reply | None:
    """One reply by its id."""
    return _REPLY_BY_ID.get(id)


def reply_with_variant(variant_id: str) -> Reply | None:
    """The reply that has a variant; None for an id that is no variant's."""
    with_variants = (*REPLIES_TO_OBJECTION, INQUIRY_ANSWERED, AUTHORITY_WROTE, AFTER_DECISION)
    return next((reply for reply in with_variants if variant_id in {variant.id for variant in reply.variants}), None)


def reply_of(event: Event) -> Reply | None:
    """The reply that an event records, with its variant; None for an event that is no reply."""
    if event.text(ANSWERED.name) == ANSWERED_INQUIRY or event.kind == EventKind.INQUIRY_ANSWERED:
        return next((each for each in INQUIRY_ANSWERED.variants if each.event_kind == event.kind), None)
    field = _variant_field(event.kind)
    variant = (event.text(field.name) if field is not None else "") or WITHOUT_VARIANT
    return reply_by_id(f"{event.kind}.{variant}") or reply_by_id(event.kind)


_REPLY_BY_ID = {
    variant.id: variant
    for reply in (META_QUESTION_ANSWERED, *REPLIES_TO_OBJECTION, *REPLIES_LATER_IN_CASE)
    for variant in (reply, *reply.variants)
}


REPLIES_TO_EARLIER_OBJECTION = tuple(
    _REPLY_BY_ID[id]
    for id in (
        str(EventKind.CONFIRMED_BY_MAIL),
        f"{EventKind.CONFIRMED_ON_SCREEN}.{MESSAGE_APPLIED}",
        str(EventKind.WILL_BE_REVIEWED),
        str(EventKind.MAIL_LOST),
        str(EventKind.CODE_ASKED),
        str(EventKind.MORE_ASKED),
        str(EventKind.REFUSED),
    )
)
"""The replies that are asked about for an objection of long ago; those with variants then ask which it was."""


def reply_to_earlier_objection(id: str) -> Reply | None:
    """The reply of `REPLIES_TO_EARLIER_OBJECTION` with this id, or with the variant of this id; None for another."""
    reply = reply_with_variant(id) or reply_by_id(id)
    return next((each for each in REPLIES_TO_EARLIER_OBJECTION if each.id == id or each == reply), None)


def possible_replies(events: tuple[Event, ...]) -> tuple[Reply, ...]:
    """The replies that are possible after these events, which are in force; the likeliest first.

    After a complaint to an authority that is its letter, or what the person did about its decision; then Meta's late
    answer.
    """
    kinds = {event.kind for event in events}
    filings = [event for event in events if event.kind == EventKind.FILED]
    left_out = _KINDS_AFTER_FORMS if filings and went_by_letter(filings[-1]) else frozenset()
    last_state_change = [event.kind for event in events if event.kind in _OBJECTION_AND_REPLY_KINDS][-1:]
    first: list[Reply] = []
    later: list[Reply] = []
    if last_state_change in ([EventKind.CODE_ASKED], [EventKind.MORE_ASKED]):
        first.append(META_QUESTION_ANSWERED)
    if EventKind.INQUIRY_SENT in kinds:
        later.append(INQUIRY_ANSWERED)
    if EventKind.COMPLAINED_TO_META in kinds:
        later.append(COMPLAINT_ACKNOWLEDGED)
    if EventKind.COMPLAINED_TO_AUTHORITY in kinds:
        is_newest = [event.kind for event in events if event.kind in _CASE_BEGINNINGS][-1] != EventKind.FILED
        letters = [*((AFTER_DECISION,) if decision_of_authority(events) is not None else ()), AUTHORITY_WROTE]
        if is_newest:
            first.extend(letters)
        else:
            later.extend(letters)
        later.append(AUTHORITY_TOLD)
    if kinds & _KINDS_BEFORE_CLOSING:
        later.append(CASE_CLOSED)
    return (*(reply for reply in (*first, *REPLIES_TO_OBJECTION) if reply.event_kind not in left_out), *later)


_KINDS_AFTER_FORMS = frozenset({EventKind.CONFIRMED_ON_SCREEN, EventKind.CODE_ASKED})
"""What comes only after a form was filled in, and not after a letter."""
_BY_LETTER_TOO: Mapping[str, str] = {
    EventKind.CONFIRMED_BY_MAIL: mark("A letter or mail saying that Meta honours the objection"),
    EventKind.MAIL_LOST: mark("A letter or mail that I no longer have, or do not remember"),
}


def reply_words(reply: Reply, account: Account, playbook: Playbook) -> str:
    """What a reply is called in a list: after an objection by letter Meta may answer by a letter too."""
    if reply.id in _BY_LETTER_TOO and is_objection_by_letter(account):
        return _(_BY_LETTER_TOO[reply.id])
    return playbook.texts.sentence(f"answer.{reply.id}")


def likely_reply_of(status: AccountStatus | None) -> Reply | None:
    """The reply to highlight when the screen for replies opens; None where nothing is to be suggested, so that the person chooses.

    Suggested is only the message of which nobody wrote down what it said, else what was done about the authority's
    decision: Enter there asks about it, and records nothing.
    """
    outcome = status.outcome if status is not None else None
    if outcome is not None and outcome.asked_about is not None:
        return reply_by_id(outcome.asked_about.kind)
    return AFTER_DECISION if outcome is not None and outcome.decision_of_authority is not None else None


def message_asked_about(reply: Reply, status: AccountStatus | None) -> Event | None:
    """The message of Meta of which it is asked what it said, where this reply may be the answer; else None."""
    whole = reply_with_variant(reply.id)
    message = status.outcome.asked_about if status is not None and status.outcome is not None else None
    return message if message is not None and whole is not None and whole.event_kind == message.kind else None


def newer_reply_than(event: Event, status: AccountStatus) -> Event | None:
    """The reply that counts in place of a recorded one, since it is newer; None where there is none.

    So too the decision of an authority that is newer than what it was recorded to have decided.
    """
    if is_decision(event):
        decision = status.outcome.decision_of_authority if status.outcome is not None else None
        return decision if decision is not None and decision.id != event.id and decision.at > event.at else None
    last_reply = status.last_reply
    is_newer = last_reply is not None and last_reply.id != event.id and last_reply.at > event.at
    return last_reply if is_newer and event.kind in REPLY_KINDS else None


_OBJECTION_AND_REPLY_KINDS = {EventKind.FILED} | kinds_where(
    lambda rules: rules.step is StepId.REPLY and rules.state_after is not None
)
"""The objection, and what changes its state at the step `confirm`: a complaint leaves a question of Meta open."""
_CASE_BEGINNINGS = (EventKind.FILED, EventKind.COMPLAINED_TO_AUTHORITY)
_KINDS_BEFORE_CLOSING = kinds_where(lambda rules: rules.allows_closing)


PROGRAM_MEANINGS: Mapping[str, str] = {
    EventKind.META_QUESTION_ANSWERED: mark(
        "Your objection waits for Meta's answer again, and it is time again to look for its mail."
    ),
    EventKind.INQUIRY_ANSWERED: mark(
        "An answer to your question whether Meta applies the objection. Meta's time to answer that question ends with it."
    ),
    EventKind.AUTHORITY_TOLD: mark("You told the authority that Meta gave in. Nothing more is awaited of it."),
    EventKind.CASE_CLOSED: (
        mark("You leave it at that. The periods of this case end here; a new objection can be sent at any time.")
    ),
}
"""What a reply means for this program, in English; all other meanings are statements of the playbook."""
