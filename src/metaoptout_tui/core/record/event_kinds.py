"""The kinds of diary event, each with all of its rules, in one table: `EVENT_KINDS`.

The file format, states, deadlines, tasks, letters, descriptions and redaction follow from it. Events of other kinds,
from a newer version, are kept and shown, and change nothing.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.record import vocabulary as fields
from metaoptout_tui.core.record.kind_rules import KindRules
from metaoptout_tui.core.record.vocabulary import CONFIRMED_STATES, AccountState, EventField, PeriodKind, fields_by_name


class EventKind(StrEnum):
    """What an event records; the values are those of `what` in the file."""

    ACCOUNT_ADDED = "account-added"
    STEP_DONE = "step-done"
    STEP_REOPENED = "step-reopened"
    STEP_SKIPPED = "step-skipped"
    NOTED = "noted"
    DATE_CORRECTED = "date-corrected"
    TEXT_CORRECTED = "text-corrected"
    FILED = "filed"
    LETTER_ARRIVED = "letter-arrived"
    CONFIRMED_ON_SCREEN = "confirmed-on-screen"
    CONFIRMED_IN_APP = "confirmed-in-app"
    CONFIRMED_BY_MAIL = "confirmed-by-mail"
    WILL_BE_REVIEWED = "will-be-reviewed"
    MAIL_LOST = "mail-lost"
    CODE_ASKED = "code-asked"
    MORE_ASKED = "more-asked"
    META_QUESTION_ANSWERED = "answered"
    REFUSED = "refused"
    EXTENDED = "extended"
    UNDELIVERABLE = "undeliverable"
    ANSWER_MISSING = "answer-missing"
    REMINDED = "reminded"
    EXTENSION_DISPUTED = "extension-disputed"
    REFUSAL_DISPUTED = "refusal-disputed"
    INQUIRY_SENT = "asked-applied"
    COMPLAINED_TO_META = "complained-to-controller"
    INQUIRY_ANSWERED = "inquiry-answered"
    ACKNOWLEDGED = "acknowledged"
    COMPLAINED_TO_AUTHORITY = "complained"
    AUTHORITY_WROTE = "authority-wrote"
    AUTHORITY_ANSWERED = "authority-answered"
    AUTHORITY_ASKED = "authority-asked"
    AUTHORITY_TOLD = "authority-told"
    AFTER_DECISION = "after-decision"
    CASE_CLOSED = "closed"
    EMAIL_CHANGED = "email-changed"
    LINKED_GROUP_CHANGED = "hub-changed"
    MOVED_TO_META_ACCOUNT = "moved-to-meta-account"
    COUNTRY_CHANGED = "country-changed"
    RECHECKED = "rechecked"
    REVIEW_ANSWERED = "review-answered"
    REVIEWED_CHATS = "reviewed-chats"
    CHAT_TODO_SETTLED = "chat-todo"
    EVIDENCE = "evidence"
    LOG_IN = "log-in"
    DOWNLOAD_ASKED = "download-asked"
    DOWNLOAD_READ = "download-read"
    HELPER_AUTHORISED = "helper-authorised"


_TIME_OF_META = (PeriodKind.ANSWER, PeriodKind.ACKNOWLEDGEMENT)
_INQUIRY = (PeriodKind.INQUIRY,)
_SHOWN_MESSAGE = frozenset({AccountState.CONFIRMED_ON_SCREEN})
_SHOWN_MESSAGE_RULES = KindRules(
    "reply",
    optional_fields=fields_by_name(fields.MESSAGE, fields.NAMED_ACCOUNTS, fields.REFERENCE, fields.DAY_KNOWN),
    step=StepId.REPLY,
    state_after=AccountState.CONFIRMED_ON_SCREEN,
    ends=_TIME_OF_META,
    ends_without_objection=_INQUIRY,
    deciding_value=(fields.MESSAGE.name, fields.MESSAGE_APPLIED),
    text_id="answer.confirmed-on-screen",
    fields_in_sentence=("message", "reference"),
    is_in_timeline=True,
)

_ACCOUNT_CHANGE_RULES = KindRules("account", sort_rank=1, can_invalidate=True)
_STEP_RULES = KindRules("step", required_fields=fields_by_name(fields.STEP), fields_in_sentence=("step",))
_REPLY_RULES = KindRules("reply", step=StepId.REPLY, fields_in_sentence=("reference",), is_in_timeline=True)

_MAIL_LOST_RULES = KindRules(
    "reply", optional_fields=fields_by_name(fields.DAY_KNOWN), step=StepId.REPLY, ends=_TIME_OF_META
)

_LETTER_TO_AUTHORITY_RULES = KindRules("sent", optional_fields=fields_by_name(*fields.WAY_SENT))
_LETTER_TO_META_RULES = _LETTER_TO_AUTHORITY_RULES._replace(is_in_timeline=True)

_LATER_REPLY_RULES = KindRules(
    "later-reply", optional_fields=fields_by_name(fields.REFERENCE), fields_in_sentence=("reference",)
)

EVENT_KINDS: Mapping[str, KindRules] = MappingProxyType(
    {
        EventKind.DATE_CORRECTED: KindRules(
            "correction",
            required_fields=fields_by_name(fields.CORRECTED_EVENT, fields.CORRECTED_TIME),
            words=mark("Date corrected"),
        ),
        # One for each field; the newest counts, and an empty one removes the note or the reference.
        EventKind.TEXT_CORRECTED: KindRules(
            "correction",
            required_fields=fields_by_name(fields.REWORDED_EVENT, fields.CORRECTED_FIELD, fields.CORRECTED_TEXT),
            words=mark("Words of an entry corrected"),
        ),
        # Its own date is the day on which the letter was received, but where the person does not know that day.
        EventKind.LETTER_ARRIVED: KindRules(
            "correction",
            required_fields=fields_by_name(fields.BELONGS_TO),
            optional_fields=fields_by_name(fields.ARRIVAL_DAY),
            words=mark("The letter arrived"),
            fields_in_sentence=("day",),
        ),
        EventKind.EVIDENCE: KindRules(
            "correction",
            required_fields=fields_by_name(fields.FILE, fields.SHA256, fields.SIZE, fields.BELONGS_TO),
            optional_fields=fields_by_name(fields.FILE_HOLDS),
            words=mark("Kept as evidence"),
            fields_in_sentence=("file", "holds"),
        ),
        EventKind.ACCOUNT_ADDED: KindRules(
            "account",
            optional_fields=fields_by_name(fields.EMAIL, fields.LINKED_GROUP, fields.LINKED_SINCE),
            sort_rank=0,
            words=mark("Account added"),
            fields_in_sentence=("hub", "since"),
        ),
        EventKind.EMAIL_CHANGED: _ACCOUNT_CHANGE_RULES._replace(
            optional_fields=fields_by_name(fields.OLD_EMAIL, fields.NEW_EMAIL),
            words=mark("E-mail changed"),
            fields_in_sentence=("to",),
        ),
        EventKind.LINKED_GROUP_CHANGED: _ACCOUNT_CHANGE_RULES._replace(
            optional_fields=fields_by_name(fields.OLD_LINKED_GROUP, fields.NEW_LINKED_GROUP, fields.LINKED_SINCE),
            # Translators: before how an account is linked: “Link: not linked → “Family””.
            words=mark("Link"),
            fields_in_sentence=("from", "to", "since"),
        ),
        EventKind.MOVED_TO_META_ACCOUNT: _ACCOUNT_CHANGE_RULES._replace(words=mark("Moved to Meta Account")),
        EventKind.LOG_IN: KindRules(
            "account",
            required_fields=fields_by_name(fields.LOG_IN),
            words=mark("Log-in"),
            fields_in_sentence=("log-in",),
        ),
        EventKind.DOWNLOAD_ASKED: KindRules("account", words=mark("Asked Meta for the download")),
        # Each account has one, so that the case file of any says who acts for the person.
        EventKind.HELPER_AUTHORISED: KindRules(
            "account",
            optional_fields=fields_by_name(fields.HELPER, fields.AUTHORISED_HOW),
            words=mark("Helper authorised"),
            fields_in_sentence=("helper", "how"),
        ),
        # Counts and days by kind, and the SHA-256 of each file that was read; never a text.
        EventKind.DOWNLOAD_READ: KindRules(
            "account",
            optional_fields=fields_by_name(fields.COUNTS, fields.COUNTED_DAYS, fields.FILE, fields.READ_FILES),
            words=mark("Meta's download read"),
            fields_in_sentence=("file",),
        ),
        # What was sent before goes on under the law of where the person lived then.
        EventKind.COUNTRY_CHANGED: KindRules(
            "account",
            required_fields=fields_by_name(fields.OLD_COUNTRY, fields.NEW_COUNTRY),
            sort_rank=1,
            words=mark("Country"),
            fields_in_sentence=("from", "to"),
        ),
        # Translators: the state of a step, after its name: “Send the form: done”; so with the next two.
        EventKind.STEP_DONE: _STEP_RULES._replace(sort_rank=2, words=mark("done")),
        EventKind.STEP_REOPENED: _STEP_RULES._replace(
            optional_fields=fields_by_name(fields.TAKEN_BACK_EVENT), words=mark("opened again")
        ),
        EventKind.STEP_SKIPPED: _STEP_RULES._replace(words=mark("skipped")),
        EventKind.NOTED: KindRules(
            "step",
            required_fields=fields_by_name(fields.STEP, fields.NOTE_TEXT),
            words=mark("Note"),
            fields_in_sentence=("step", "text"),
        ),
        EventKind.RECHECKED: KindRules("step", words=mark("Looked at the objection again, left as it is")),
        EventKind.REVIEW_ANSWERED: KindRules(
            "step",
            required_fields=fields_by_name(fields.POINT, fields.POINT_ANSWER),
            step=StepId.REVIEW,
            fields_in_sentence=("point", "answer"),
        ),
        EventKind.REVIEWED_CHATS: KindRules(
            "step",
            required_fields=fields_by_name(fields.COUNTS, fields.FILE, fields.SHA256),
            optional_fields=fields_by_name(fields.OWN_SENDER, fields.CHAT_ID),
            step=StepId.REVIEW,
            fields_in_sentence=("file",),
        ),
        EventKind.CHAT_TODO_SETTLED: KindRules(
            "step",
            required_fields=fields_by_name(fields.TODO, fields.POINT_ANSWER),
            step=StepId.REVIEW,
            fields_in_sentence=("todo", "answer"),
        ),
        EventKind.FILED: KindRules(
            "objection",
            optional_fields=fields_by_name(
                fields.FORM, fields.EMAIL, fields.REASON, fields.RECEIVED_ON, fields.DAY_KNOWN
            ),
            sort_rank=3,
            step=StepId.SUBMIT,
            starts=(PeriodKind.ANSWER,),
            words=mark("Objection sent"),
            fields_in_sentence=("email",),
            recorded_letters=("objection",),
            is_in_timeline=True,
            fact_of_day="filed",
        ),
        EventKind.CONFIRMED_ON_SCREEN: _SHOWN_MESSAGE_RULES,
        EventKind.CONFIRMED_IN_APP: _SHOWN_MESSAGE_RULES._replace(text_id="answer.confirmed-in-app"),
        EventKind.CONFIRMED_BY_MAIL: _REPLY_RULES._replace(
            optional_fields=fields_by_name(fields.NAMED_ACCOUNTS, fields.REFERENCE, fields.ANSWERED, fields.DAY_KNOWN),
            state_after=AccountState.CONFIRMED,
            ends=_TIME_OF_META,
            ends_without_objection=_INQUIRY,
            text_id="answer.confirmed-by-mail",
        ),
        # Received, or received and to be reviewed: it decides nothing.
        EventKind.WILL_BE_REVIEWED: _REPLY_RULES._replace(
            optional_fields=fields_by_name(fields.REFERENCE, fields.DAY_KNOWN),
            state_after=AccountState.FILED,
            reopens=_SHOWN_MESSAGE,
            text_id="answer.will-be-reviewed",
        ),
        # Nobody knows what it said: whether Meta decided is open, and that it was silent cannot be said.
        EventKind.MAIL_LOST: _MAIL_LOST_RULES._replace(state_after=AccountState.FILED, text_id="answer.mail-lost"),
        EventKind.CODE_ASKED: _REPLY_RULES._replace(
            optional_fields=fields_by_name(fields.FINISHED_BY, fields.REFERENCE, fields.DAY_KNOWN),
            state_after=AccountState.ASKED_FOR_MORE,
            reopens=CONFIRMED_STATES,
            text_id="answer.code-asked",
        ),
        EventKind.MORE_ASKED: _REPLY_RULES._replace(
            optional_fields=fields_by_name(fields.ASKED_FOR, fields.REFERENCE, fields.DAY_KNOWN),
            state_after=AccountState.ASKED_FOR_MORE,
            reopens=CONFIRMED_STATES,
            text_id="answer.more-asked",
        ),
        EventKind.REFUSED: _REPLY_RULES._replace(
            optional_fields=fields_by_name(
                fields.GROUNDS, fields.META_WORDS, fields.REFERENCE, fields.ANSWERED, fields.DAY_KNOWN
            ),
            state_after=AccountState.REFUSED,
            ends=(*_TIME_OF_META, *_INQUIRY),
            allows_closing=True,
            text_id="answer.refused",
        ),
        EventKind.EXTENDED: _REPLY_RULES._replace(
            optional_fields=fields_by_name(fields.EXTENDED_UNTIL, fields.REASONS, fields.REFERENCE),
            state_after=AccountState.FILED,
            reopens=_SHOWN_MESSAGE,
            extends=(PeriodKind.ANSWER, PeriodKind.INQUIRY),
            allows_closing=True,
            text_id="answer.extended",
            fact_of_day="extended",
        ),
        # What came back is not received: it began no period, and a letter that came back counts as never sent.
        EventKind.UNDELIVERABLE: _REPLY_RULES._replace(
            optional_fields=fields_by_name(fields.RETURNED),
            state_after=AccountState.UNDELIVERED,
            ends=(PeriodKind.ANSWER,),
            text_id="answer.undeliverable",
            fields_in_sentence=("returned",),
        ),
        EventKind.ANSWER_MISSING: _REPLY_RULES._replace(text_id="answer.answer-missing", is_in_timeline=False),
        EventKind.META_QUESTION_ANSWERED: KindRules(
            "sent",
            optional_fields=fields_by_name(fields.ANSWER_WORDS, *fields.WAY_SENT, fields.REFERENCE),
            step=StepId.REPLY,
            state_after=AccountState.FILED,
            text_id="answer.answered",
            fields_in_sentence=("reference",),
            recorded_letters=("identity", "no-examples", "examples", "residence", "question"),
            is_in_timeline=True,
        ),
        EventKind.REMINDED: _LETTER_TO_META_RULES._replace(
            allows_closing=True, words=mark("Reminder sent"), recorded_letters=("reminder",)
        ),
        EventKind.EXTENSION_DISPUTED: _LETTER_TO_META_RULES._replace(
            words=mark("Answer to the extension sent"), recorded_letters=("late-extension", "unreasoned-extension")
        ),
        EventKind.REFUSAL_DISPUTED: _LETTER_TO_META_RULES._replace(
            words=mark("Answer to the refusal sent"), recorded_letters=("refusal-answer",)
        ),
        EventKind.INQUIRY_SENT: KindRules(
            "sent",
            optional_fields=fields_by_name(*fields.WAY_SENT),
            starts=(PeriodKind.INQUIRY,),
            words=mark("Asked Meta whether the objection was applied"),
            recorded_letters=("asked-applied",),
            is_in_timeline=True,
            fact_of_day="inquiry_sent",
        ),
        EventKind.COMPLAINED_TO_META: KindRules(
            "sent",
            optional_fields=fields_by_name(*fields.WAY_SENT, fields.REFERENCE),
            starts=(PeriodKind.ACKNOWLEDGEMENT, PeriodKind.COMPLAINT_TO_AUTHORITY),
            allows_closing=True,
            words=mark("Complaint sent to Meta"),
            recorded_letters=("complaint-to-meta",),
            is_in_timeline=True,
            fact_of_day="complained_to_meta",
        ),
        EventKind.COMPLAINED_TO_AUTHORITY: KindRules(
            "sent",
            optional_fields=fields_by_name(fields.AUTHORITY, *fields.WAY_SENT, fields.AUTHORITY_REFERENCE),
            state_after=AccountState.COMPLAINED_TO_AUTHORITY,
            starts=(PeriodKind.AUTHORITY,),
            ends=(PeriodKind.COMPLAINT_TO_AUTHORITY,),
            allows_closing=True,
            words=mark("Complaint sent to the authority"),
            fields_in_sentence=("authority",),
            recorded_letters=("complaint", "complaint-uk", "complaint-ch"),
        ),
        # It does not say whether Meta applies the objection: an answer that does is a confirmation or a refusal.
        EventKind.INQUIRY_ANSWERED: _LATER_REPLY_RULES._replace(
            ends=_INQUIRY, text_id="answer.inquiry-answered", is_in_timeline=True
        ),
        EventKind.ACKNOWLEDGED: _LATER_REPLY_RULES._replace(
            ends=(PeriodKind.ACKNOWLEDGEMENT,), text_id="answer.acknowledged", is_in_timeline=True
        ),
        # That it only has the complaint is no word on how that stands (GDPR Art. 78(2)).
        EventKind.AUTHORITY_WROTE: KindRules(
            "later-reply",
            optional_fields=fields_by_name(
                fields.AUTHORITY_SAYS, fields.PASSED_TO, fields.ANSWER_BY, fields.AUTHORITY_REFERENCE
            ),
            ends=(PeriodKind.AUTHORITY,),
            ends_nothing_with=(fields.AUTHORITY_SAYS.name, fields.AUTHORITY_RECEIVED),
            text_id="answer.authority-wrote",
            fields_in_sentence=("says", "passed-to", "answer-by", "reference"),
        ),
        EventKind.AUTHORITY_ANSWERED: _LETTER_TO_AUTHORITY_RULES._replace(
            words=mark("Answer to the authority sent"), recorded_letters=("authority-answer",)
        ),
        EventKind.AUTHORITY_ASKED: _LETTER_TO_AUTHORITY_RULES._replace(
            words=mark("Asked the authority how the complaint stands"), recorded_letters=("authority-status",)
        ),
        # The person told the authority that Meta gave in, so no more is awaited of it.
        EventKind.AUTHORITY_TOLD: KindRules(
            "sent",
            optional_fields=fields_by_name(*fields.WAY_SENT, fields.AUTHORITY_REFERENCE),
            ends=(PeriodKind.AUTHORITY,),
            text_id="answer.authority-told",
            fields_in_sentence=("reference",),
            recorded_letters=("meta-gave-in",),
        ),
        # The letter may name a day, which is perhaps found later. Who leaves it at that closes the case.
        EventKind.AFTER_DECISION: KindRules(
            "closing",
            optional_fields=fields_by_name(fields.AFTER_DECISION, fields.ANSWER_BY),
            text_id="answer.after-decision",
            fields_in_sentence=("did", "answer-by"),
        ),
        EventKind.CASE_CLOSED: KindRules(
            "closing",
            state_after=AccountState.CLOSED,
            ends=tuple(PeriodKind),
            text_id="answer.closed",
            fields_in_sentence=("reference",),
        ),
    }
)

_UNKNOWN_KIND = KindRules("unknown")
# Used for a field that the kind of an event should not have; of several fields with the same name, the last counts.
_FIELDS_BY_NAME = {name: field for rules in EVENT_KINDS.values() for name, field in rules.fields.items()}


def rules_of(kind: str) -> KindRules:
    """The rules of a kind; an unknown kind has rules without any effect."""
    return EVENT_KINDS.get(kind, _UNKNOWN_KIND)


def kinds_where(condition: Callable[[KindRules], object]) -> frozenset[str]:
    """The kinds whose rules fulfil a condition."""
    return frozenset(kind for kind, rules in EVENT_KINDS.items() if condition(rules))


def event_field(kind: str, name: str) -> EventField | None:
    """The field of this name of a kind, or else of another kind; None for an unknown name."""
    return rules_of(kind).fields.get(name) or _FIELDS_BY_NAME.get(name)


REPLY_KINDS = kinds_where(lambda rules: rules.role == "reply")  # to an objection, also that none came
