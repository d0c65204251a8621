"""The words of the record: states of accounts and steps, legal periods, and the fields that an event may have."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Literal, NamedTuple

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, pgettext


class AccountState(StrEnum):
    """The state of an account; the words for it are the text `state.VALUE`."""

    NOT_STARTED = "not-started"
    READY = "ready"
    FILED = "filed"
    CONFIRMED_ON_SCREEN = "confirmed-on-screen"
    CONFIRMED = "confirmed"
    COVERED = "covered"
    ASKED_FOR_MORE = "asked-for-more"
    REFUSED = "refused"
    UNDELIVERED = "undelivered"
    OVERDUE = "overdue"
    OBJECT_AGAIN = "object-again"
    COMPLAINED_TO_AUTHORITY = "complained"
    CLOSED = "closed"
    REVIEWED = "reviewed"
    NOT_AVAILABLE = "not-available"
    NO_LOG_IN = "no-log-in"
    DELETED = "deleted"


class LogIn(StrEnum):
    """Whether the person can log in to an account, or why they cannot; the text `log-in.VALUE` says it."""

    FORGOTTEN = "forgotten"
    HACKED = "hacked"
    LOCKED = "locked"
    DEACTIVATED = "deactivated"
    DELETED = "deleted"
    WORKS = "works"


CONFIRMED_STATES = frozenset({AccountState.CONFIRMED_ON_SCREEN, AccountState.CONFIRMED})
"""States in which Meta said that it applies the objection."""

OBJECTED_STATES = frozenset({AccountState.FILED, *CONFIRMED_STATES, AccountState.COVERED})
"""States in which an objection is in force for the account and nothing contradicts it."""

UNANSWERED_STATES = frozenset({AccountState.FILED, AccountState.OVERDUE})
"""States in which Meta's answer is awaited, in its time or after it."""

OPEN_CASE_STATES = frozenset(
    {
        *UNANSWERED_STATES,
        *(
            AccountState.ASKED_FOR_MORE,
            AccountState.REFUSED,
            AccountState.UNDELIVERED,
            AccountState.COMPLAINED_TO_AUTHORITY,
        ),
    }
)
"""States in which the case of an objection is open: it always has a task with a date, until it is confirmed or closed."""


class StepState(StrEnum):
    """The state of one step."""

    TO_DO = "to-do"
    DONE = "done"
    SKIPPED = "skipped"
    COVERED = "covered"
    WAITING = "waiting"
    ASKED_FOR_MORE = "asked-for-more"
    REFUSED = "refused"
    AGAIN = "again"


FINISHED_STEP_STATES = frozenset({StepState.DONE, StepState.SKIPPED, StepState.COVERED})
"""Step states that leave nothing to do now."""


class PeriodKind(StrEnum):
    """What a legal period is for; its name is the text `period.VALUE`.

    Meta's time to answer an objection, to answer an inquiry, and to acknowledge a complaint; an
    authority's time to inform about a complaint; and the person's own time to complain to the UK's authority.
    """

    ANSWER = "answer"
    INQUIRY = "information"
    ACKNOWLEDGEMENT = "acknowledgement"
    AUTHORITY = "authority"
    COMPLAINT_TO_AUTHORITY = "complaint-to-regulator"


class ChatTodoKind(StrEnum):
    """What a scan of chats leaves to do; the task of the same name asks for it."""

    REMOVE_META_AI = "remove-meta-ai"
    """Meta AI was added to a chat: have an admin remove it."""
    DELETE_CHAT = "delete-chat"
    """There is a chat with Meta AI alone: delete it."""
    SWITCH_ON_PRIVACY = "switch-on-privacy"
    """Meta AI was used in a chat with people, which has no Advanced Chat Privacy, since it could be exported."""
    ASK_TO_DELETE = "ask-to-delete"
    """Meta was not asked yet to delete what the person shared with its AI."""


MONTH_ONLY = "month"
"""Of an event: only its month is known, and its date is the last day of that."""
SENT_BY_LETTER: Final = "letter"
"""The value of `form` or `by` for what was sent by post."""
LETTER_SENT_ONLINE: Final = "letter-online"
"""The value of `form` for an objection by letter that went by e-mail or online: neither post nor Meta's form."""
HOLDS_LETTER: Final = "letter"
"""The value of `holds` for a file that is the text of a sent letter."""
SINCE_BEFORE: Final = "before"
"""The value of `since` for a link that existed already when the objections were sent."""
SINCE_UNKNOWN: Final = "unknown"
"""The value of `since` for a link of unknown age; `at` is then when the person learned of it."""
MESSAGE_APPLIED: Final = "applied"
"""The value of `message` where Meta's message said that it applies the objection."""
MESSAGE_UNKNOWN: Final = "unknown"
"""The value of `message` where the person does not remember what it said; without the field nobody asked yet."""
ANSWERED_INQUIRY: Final = "inquiry"
"""The value of `answers` for a confirmation or refusal that answers an inquiry."""
NAMES_ALL: Final = "all"
"""The value of `names` for a confirmation that names all linked accounts; without the field nobody knows."""
NAMES_ONE: Final = "one"
"""The value of `names` for a confirmation that names one account alone."""
LINK_REQUEST: Final = "link"
"""The value of `for` where the form is finished by a link in a mail, and not by a code."""
AUTHORITY_RECEIVED: Final = "received"
"""The value of `says` where an authority only wrote that it has the complaint: that tells of no progress."""
AUTHORITY_ASKS: Final = "asks"
"""The value of `says` where the authority wants something of the person."""
AUTHORITY_PASSED_ON: Final = "passed-on"
"""The value of `says` where the complaint went on to another authority, which is in `passed-to`."""
AUTHORITY_REJECTED: Final = "rejected"
"""The value of `says` where the authority rejects or closes the complaint."""
AUTHORITY_AMICABLE: Final = "amicable"
"""The value of `says` where the authority proposes an amicable resolution."""
AUTHORITY_UPHELD: Final = "upheld"
"""The value of `says` where the authority decided for the person."""
AUTHORITY_DECIDED: Final = "decided"
"""The value of `says` where the authority decided, and not, or only partly, for the person."""
AUTHORITY_DECISIONS: Final = (AUTHORITY_REJECTED, AUTHORITY_UPHELD, AUTHORITY_DECIDED)
"""The values of `says` with which an authority's handling of a complaint ends."""
DAY_NAMED: Final = "day"
"""The value of `did` where the person read in the letter until when one can act against a decision."""
NO_DAY_NAMED: Final = "no-day"
"""The value of `did` where the person looked, and the letter names no such day."""
TOOK_ADVICE: Final = "advice"
"""The value of `did` where the person took advice on a decision of the authority."""
WENT_TO_COURT: Final = "court"
"""The value of `did` where the person went to court after a decision of the authority."""
RETURNED_LATER_LETTER: Final = "letter"
"""The value of `returned` where what came back is not the objection, but what was sent about it last."""
ARRIVAL_UNKNOWN: Final = "unknown"
"""The value of `day` where the person does not know when a letter arrived; `at` is then when they said so."""
ID_REQUEST: Final = "id"
"""The value of `for` where Meta asks for an identity document."""
PROMPTS_REQUEST: Final = "prompts"
"""The value of `for` where Meta asks for prompts or screenshots after the form for an account: that was the wrong form."""
WRONG_FORM_REQUESTS: Final = (PROMPTS_REQUEST, "other-form")
"""The values of `for` where the objection has to be filed again, in another form."""
EXAMPLES_REQUEST: Final = "examples"
"""The value of `for` where Meta asks for prompts or screenshots and no form is the wrong one: of data from elsewhere, and after a letter."""
RESIDENCE_REQUEST: Final = "residence"
"""The value of `for` where Meta asks in which country the person lives, or for proof of it."""
REASON_REQUEST: Final = "reason"
"""The value of `for` where Meta asks for the reasons of the objection."""
GROUNDS_GIVEN: Final = "given"
"""The value of `grounds` where Meta gave reasons for its refusal."""
NO_REASONS: Final = "none"
"""The value of `grounds` or `reasons` where Meta gave none, as it must for an extension (GDPR Art. 12(3))."""
WRONG_FORM_GROUNDS: Final = "wrong-form"
"""The value of `grounds` where Meta takes no further action, since it was the form for something else."""
NO_EXAMPLES_GROUNDS: Final = "no-examples"
"""The value of `grounds` where Meta refused because the person gave no prompts, screenshots or examples."""
TODO_DONE: Final = "done"
"""The value of `answer` where what was left to do is done."""
ANSWER_UNKNOWN: Final = "unknown"
"""The value of `answer` where the person does not know the answer to a point of a review."""
TODO_LEFT: Final = "not-for-me"
"""The value of `answer` where the person leaves it as it is."""
NOT_AVAILABLE_GROUNDS: Final = "not-available"
"""The value of `grounds` where Meta answered that objecting is not offered there."""

AUTHORISED_IN_WRITING: Final = "in-writing"
"""The value of `how` where a helper was authorised in writing."""
AUTHORISED_ORALLY: Final = "orally"
"""The value of `how` where a helper was authorised by word of mouth."""

# What redaction leaves of a field: nothing, all of it, one of its `known_values`, a mask, or a harmless id or name.
Redaction = Literal[
    "left-out",
    "kept",
    "known-value",
    "email",
    "linked-group",
    "file",
    "sha256",
    "event-id",
    "step",
    "point",
    "answer",
    "form",
    "authority",
    "country",
]


class EventField(NamedTuple):
    """A field of an event, by its name in the file.

    `label` is its name in the case file; where that is empty, `name` is. `known_values` are those with a meaning of
    their own; what others say is kept too. A text that `is_line` is one line, others may have several. Where it `keeps_empty`, an empty text has a
    meaning. What `is_internal` serves the program alone, and no case file has it.
    """

    name: str
    value_type: type = str
    label: str = ""
    redaction: Redaction = "left-out"
    known_values: tuple[str, ...] = ()
    is_line: bool = False
    keeps_empty: bool = False
    is_internal: bool = False

    @property
    def translated_label(self) -> str:
        """The label in the language in use."""
        match self.label:
            case "From":
                return pgettext("the value before a change", "From")
            case "To":
                return pgettext("the value after a change", "To")
            case "Until":
                return pgettext("the day until which Meta takes longer", "Until")
            case "Received":
                return pgettext("the day on which a letter was received", "Received")
            case label:
                return _(label)


STEP = EventField("step", redaction="step", is_line=True)
NOTE = EventField("note", label=mark("Note"))
NOTE_TEXT = EventField("text", label=mark("Note"))
CORRECTED_EVENT = EventField("entry", label=mark("Date put right of"), redaction="event-id", is_line=True)
CORRECTED_TIME = EventField("to", datetime, "To", "kept")
REWORDED_EVENT = EventField("entry", label=mark("Words put right of"), redaction="event-id", is_line=True)
CORRECTED_FIELD = EventField(
    "field",
    label=mark("What was put right"),
    redaction="known-value",
    known_values=("text", "meta-words", "answer-words", "reference", "note", "form", "email"),
    is_line=True,
)
# Without it all that was recorded at the step is taken back.
TAKEN_BACK_EVENT = EventField("entry", label=mark("Entry that does not count"), redaction="event-id", is_line=True)
# Of words a masked case file shows nothing; of a form, which one it was.
CORRECTED_TEXT = EventField("to", label="To", redaction="form", keeps_empty=True)
BELONGS_TO = EventField("of", label=mark("Belongs to"), redaction="event-id", is_line=True)
ARRIVAL_DAY = EventField(
    "day", label=mark("Day of arrival"), redaction="known-value", known_values=(ARRIVAL_UNKNOWN,), is_line=True
)
EMAIL = EventField("email", label=mark("E-mail address"), redaction="email", is_line=True)
OLD_EMAIL = EventField("from", label="From", redaction="email", is_line=True)
NEW_EMAIL = EventField("to", label="To", redaction="email", is_line=True)
LINKED_GROUP = EventField("hub", redaction="linked-group")
# An absent group is unknown, an empty one not linked.
OLD_LINKED_GROUP = EventField("from", label="From", redaction="linked-group", is_line=True, keeps_empty=True)
NEW_LINKED_GROUP = EventField("to", label="To", redaction="linked-group", is_line=True, keeps_empty=True)
# People often learn of a link later than it was made. Without this field it was made when the event happened.
LINKED_SINCE = EventField("since", redaction="known-value", known_values=(SINCE_BEFORE, SINCE_UNKNOWN), is_line=True)
HELPER = EventField("helper", label=mark("Helper"), is_line=True)
AUTHORISED_HOW = EventField(
    "how",
    label=mark("Authorised"),
    redaction="known-value",
    known_values=(AUTHORISED_IN_WRITING, AUTHORISED_ORALLY),
    is_line=True,
)
OLD_COUNTRY = EventField("from", label="From", redaction="country", is_line=True)
NEW_COUNTRY = EventField("to", label="To", redaction="country", is_line=True)
FORM = EventField(
    "form",
    label=mark("Sent with"),
    redaction="form",
    known_values=(SENT_BY_LETTER, LETTER_SENT_ONLINE),
    is_line=True,
)
DAY_KNOWN = EventField("day-known", redaction="known-value", known_values=(MONTH_ONLY,), is_line=True)
REASON = EventField("reason", label=mark("Reason given"))
SENT_BY = EventField("by", label=mark("Sent by"), redaction="known-value", known_values=(SENT_BY_LETTER,))
RECEIVED_ON = EventField("received", date, "Received", "kept")
WAY_SENT = (SENT_BY, RECEIVED_ON)
AUTHORITY = EventField("authority", label=mark("Authority"), redaction="authority", is_line=True)
REFERENCE = EventField("reference", label=mark("Meta's case number"), is_line=True)
# The same field, in the entries about a complaint to an authority.
AUTHORITY_REFERENCE = EventField("reference", label=mark("The authority's case number"), is_line=True)
ASKED_FOR = EventField(
    "for",
    label=mark("Asked for"),
    redaction="known-value",
    known_values=(REASON_REQUEST, ID_REQUEST, RESIDENCE_REQUEST, *WRONG_FORM_REQUESTS, EXAMPLES_REQUEST),
)
MESSAGE = EventField(
    "message", label=mark("What it said"), redaction="known-value", known_values=(MESSAGE_APPLIED, MESSAGE_UNKNOWN)
)
NAMED_ACCOUNTS = EventField(
    "names", label=mark("Accounts it names"), redaction="known-value", known_values=(NAMES_ALL, NAMES_ONE)
)
ANSWERED = EventField("answers", label=mark("Answers"), redaction="known-value", known_values=(ANSWERED_INQUIRY,))
FINISHED_BY = EventField("for", label=mark("Asked for"), redaction="known-value", known_values=("code", LINK_REQUEST))
RETURNED = EventField(
    "returned", label=mark("What came back"), redaction="known-value", known_values=("objection", RETURNED_LATER_LETTER)
)
# Without it nobody asked yet what the authority wrote.
AUTHORITY_SAYS = EventField(
    "says",
    label=mark("What it said"),
    redaction="known-value",
    known_values=(
        *(AUTHORITY_RECEIVED, AUTHORITY_ASKS, AUTHORITY_PASSED_ON, AUTHORITY_AMICABLE, AUTHORITY_REJECTED),
        *(AUTHORITY_UPHELD, AUTHORITY_DECIDED, MESSAGE_UNKNOWN),
    ),
    is_line=True,
)
# What the person did about a decision of the authority.
AFTER_DECISION = EventField(
    "did",
    label=mark("What was done"),
    redaction="known-value",
    known_values=(DAY_NAMED, NO_DAY_NAMED, TOOK_ADVICE, WENT_TO_COURT),
    is_line=True,
)
PASSED_TO = EventField("passed-to", label=mark("Passed on to"), is_line=True)
# May be still to come.
ANSWER_BY = EventField("answer-by", date, mark("To be done by"), "kept")
GROUNDS = EventField(
    "grounds",
    label=mark("Grounds given"),
    redaction="known-value",
    known_values=(NOT_AVAILABLE_GROUNDS, WRONG_FORM_GROUNDS, NO_EXAMPLES_GROUNDS, GROUNDS_GIVEN, NO_REASONS),
)
# Words of others or of the person, which a masked case file shows nothing of.
MAX_WORDS_LENGTH = 1_000
"""How many characters are kept of words that a complaint quotes."""
META_WORDS = EventField("meta-words", label=mark("In Meta's own words"), is_line=True)
ANSWER_WORDS = EventField("answer-words", label=mark("What was answered"), is_line=True)
REASONS = EventField(
    "reasons", label=mark("Reasons for it"), redaction="known-value", known_values=("given", NO_REASONS)
)
EXTENDED_UNTIL = EventField("until", date, "Until", "kept")
POINT = EventField("point", redaction="point", is_line=True)
POINT_ANSWER = EventField("answer", redaction="answer")
LOG_IN = EventField("log-in", label=mark("Log-in"), redaction="known-value", known_values=tuple(LogIn), is_line=True)
TODO = EventField("todo", label=mark("To do"), redaction="known-value", known_values=tuple(ChatTodoKind), is_line=True)
COUNTS = EventField("counts", dict, label=mark("Counted"))
# First and last day of what was counted, by its kind: `2019-05-04 2026-06-19`.
COUNTED_DAYS = EventField("days", dict, label=mark("First and last day"))
READ_FILES = EventField("files", dict, label=mark("SHA-256 of what was read"))
OWN_SENDER = EventField("sender")
# By which this installation knows a chat again; it says nothing to anybody else.
CHAT_ID = EventField("chat", is_line=True, is_internal=True)
FILE = EventField("file", label=mark("File"), redaction="file", is_line=True)
SHA256 = EventField("sha256", label=mark("SHA-256"), redaction="sha256", is_line=True)
SIZE = EventField("bytes", int, mark("Size in bytes"), "kept")
FILE_HOLDS = EventField("holds", redaction="known-value", known_values=(HOLDS_LETTER,))


Fields = Mapping[str, EventField]
"""Fields by their name."""


def fields_by_name(*fields: EventField) -> Fields:
    """The fields by name, in the order in which they are given."""
    return {field.name: field for field in fields}
