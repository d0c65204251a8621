"""Tasks: the next things to do for accounts; `TASK_KINDS` has the rules of each kind."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import NamedTuple, Protocol

from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.record.vocabulary import ChatTodoKind


class TaskKind(StrEnum):
    """The kind of a task; its sentence is the text `next.VALUE`.

    LETTER_UNANSWERED is the check for what became of a letter: about a missed period, an extension or a refusal.
    """

    IDENTIFY = StepId.IDENTIFY
    LINKS_UNKNOWN = "links-unknown"
    OPEN = StepId.OPEN
    NO_LOG_IN = "no-log-in"
    SUBMIT = StepId.SUBMIT
    REVIEW = StepId.REVIEW
    LOOK_FOR_MAIL = "look-for-mail"
    MAIL_LOST = "mail-lost"
    FILE_AGAIN_IN_BROWSER = "file-again-in-browser"
    REMIND = "remind"
    AWAIT_ANSWER = "await-answer"
    SEND_INQUIRY = "ask-applied"
    AWAIT_INQUIRY_ANSWER = "await-information"
    SILENT_NO_PERIOD = "silent-no-period"
    EXTENSION_LATE = "extension-late"
    EXTENSION_UNREASONED = "extension-unreasoned"
    LETTER_ARRIVED = "letter-arrived"
    MESSAGE_UNREAD = "message-unread"
    SEND_ANOTHER_WAY = "send-another-way"
    ANSWER_MORE = "answer-more"
    ASKED_FOR_ID = "asked-for-id"
    CODE_ASKED = "code-asked"
    LINK_ASKED = "link-asked"
    WRONG_FORM = "wrong-form"
    REFUSED = "refused"
    NOT_AVAILABLE = "not-available"
    OVERDUE = "overdue"
    OVERDUE_EXTENDED = "overdue-extended"
    OVERDUE_ASKED = "overdue-asked"
    LETTER_UNANSWERED = "overdue-reminded"
    COMPLAINED_TO_META = "complained-to-meta"
    COMPLAINED_TO_AUTHORITY = "complained"
    AUTHORITY_WROTE = "authority-wrote"
    AUTHORITY_SETS_DAY = "authority-sets-day"
    AUTHORITY_DAY_OVER = "authority-day-over"
    AUTHORITY_ASKS = "authority-asks"
    AUTHORITY_AMICABLE = "authority-amicable"
    AUTHORITY_REJECTED = "authority-rejected"
    AUTHORITY_DECIDED = "authority-decided"
    AUTHORITY_UPHELD = "authority-upheld"
    DECISION_IGNORED = "decision-ignored"
    DECISION_DAY = "decision-day"
    DECISION_DAY_OVER = "decision-day-over"
    DECISION_DAY_UNKNOWN = "decision-day-unknown"
    AFTER_ADVICE = "after-advice"
    AFTER_ADVICE_DAY = "after-advice-day"
    IN_COURT = "in-court"
    TELL_AUTHORITY = "tell-authority"
    LINKED_THEN = "linked-then"
    OBJECT_AGAIN = "object-again"
    OBJECT_ITSELF = "object-itself"
    OTHER_ACCOUNTS = "other-accounts"
    FILE_TOO = "file-too"
    LOOK_FOR_DOWNLOAD = "look-for-download"
    RECHECK = "recheck"
    TERMS_CHANGED = "terms-changed"
    INQUIRY_UNANSWERED = "silent-information"
    SILENT_ACKNOWLEDGEMENT = "silent-acknowledgement"
    SILENT_AUTHORITY = "silent-authority"
    REMOVE_META_AI = ChatTodoKind.REMOVE_META_AI
    DELETE_CHAT = ChatTodoKind.DELETE_CHAT
    SWITCH_ON_PRIVACY = ChatTodoKind.SWITCH_ON_PRIVACY
    ASK_TO_DELETE = ChatTodoKind.ASK_TO_DELETE


class Urgency(IntEnum):
    """How urgent a task is, the most urgent first."""

    OVERDUE = 0
    REFUSED = 1
    ASKED = 2
    CHECK_MAIL = 3
    OBJECT_AGAIN = 4
    SUBMIT = 5
    OPEN = 6
    IDENTIFY = 7
    REVIEW = 8
    OPTIONAL = 9
    TO_BE_SURE = 10


class OfferKind(StrEnum):
    """What can be done beside a step: where a task is done if not at the screen of its step, and what else fits."""

    LETTERS = "letters"
    ARRIVAL = "arrival"
    LINKED_THEN = "linked-then"
    RECHECK = "recheck"
    AUTHORITY = "authority"
    AUTHORITY_LETTER = "authority-letter"
    WHAT_REMAINS = "what-remains"
    AFTER_DECISION = "after-decision"
    PERIODS = "periods"
    ANSWERED = "answered"
    PROOF = "proof"
    CASE_FILE = "export"
    DOWNLOAD = "download"
    NO_LOG_IN = "no-login"
    EARLIER = "earlier"
    OWN_OBJECTION = "own-objection"
    CORRECTION = "correction"
    CHILD = "child"
    WHICH_FORM = "which-form"
    FILE_AGAIN = "file-again"


class TaskRules(NamedTuple):
    """The rules for the tasks of a kind.

    `brief` are its words in a column of a table, `step` is the step that it belongs to. A task that is not done at
    the screen of its step has the `offer` below the step by which it is done, in `offer_words`. Where `has_later_text`,
    its sentence is the text `next.KIND-later` as long as it is upcoming. `needs_proof` is whether proof is
    enclosed, so that keeping it is offered first.
    """

    urgency: Urgency
    brief: str
    step: StepId = StepId.REPLY
    has_later_text: bool = False
    offer: OfferKind | None = None
    offer_words: str = ""
    needs_proof: bool = False

    @property
    def brief_words(self) -> str:
        """The words of the task in a column of a table, in the language in use."""
        return _(self.brief)


def _done_by_letter(
    urgency: Urgency, brief: str, offer_words: str, *, has_later_text: bool = False, needs_proof: bool = False
) -> TaskRules:
    """The rules for a task that is done by a letter, so that Enter opens those that fit."""
    return TaskRules(urgency, brief, StepId.REPLY, has_later_text, OfferKind.LETTERS, offer_words, needs_proof)


_AFTER_DECISION = TaskRules(
    Urgency.REFUSED, "", offer=OfferKind.WHAT_REMAINS, offer_words=mark("What you can do after its decision")
)
"""After an authority's decision Enter opens what can then be done, or the question what the person did."""
_SAID_AFTER_DECISION = _AFTER_DECISION._replace(
    offer=OfferKind.AFTER_DECISION, offer_words=mark("Say what its letter names, or what you did")
)
_ASK_META = mark("Ask Meta whether it acts on your objection")
"""An offer has words of the title of its letter, which is found by them in the list of letters."""
_WRITE_TO_AUTHORITY = mark("Write to the authority")
ANSWER_BY_LETTER = mark("Answer Meta's question: a letter")
"""The words of the offer of letters while Meta waits for an answer."""
TASK_KINDS: Mapping[TaskKind, TaskRules] = MappingProxyType(
    {
        TaskKind.IDENTIFY: TaskRules(Urgency.IDENTIFY, mark("list what is linked"), StepId.IDENTIFY),
        # Before the next form is opened, since an objection that was sent may cover that account.
        TaskKind.LINKS_UNKNOWN: TaskRules(Urgency.SUBMIT, mark("look what is linked"), StepId.IDENTIFY),
        TaskKind.OPEN: TaskRules(Urgency.OPEN, mark("open the form"), StepId.OPEN),
        TaskKind.NO_LOG_IN: TaskRules(
            Urgency.OPEN,
            mark("see what remains"),
            StepId.OPEN,
            offer=OfferKind.NO_LOG_IN,
            offer_words=mark("What you can do without a log-in"),
        ),
        TaskKind.SUBMIT: TaskRules(Urgency.SUBMIT, mark("send the form"), StepId.SUBMIT),
        TaskKind.REVIEW: TaskRules(Urgency.REVIEW, mark("go through the review"), StepId.REVIEW),
        TaskKind.LOOK_FOR_MAIL: TaskRules(Urgency.CHECK_MAIL, mark("look for the mail"), has_later_text=True),
        TaskKind.MAIL_LOST: _done_by_letter(Urgency.CHECK_MAIL, mark("ask Meta"), _ASK_META),
        # Filing again leads by the way to the form, as the first time.
        TaskKind.FILE_AGAIN_IN_BROWSER: TaskRules(Urgency.CHECK_MAIL, mark("file again"), StepId.OPEN),
        TaskKind.REMIND: _done_by_letter(
            Urgency.CHECK_MAIL, mark("remind Meta"), mark("Write a reminder to Meta"), has_later_text=True
        ),
        TaskKind.AWAIT_ANSWER: TaskRules(Urgency.CHECK_MAIL, mark("wait for Meta")),
        TaskKind.SEND_INQUIRY: _done_by_letter(Urgency.OVERDUE, mark("ask Meta"), _ASK_META, has_later_text=True),
        TaskKind.AWAIT_INQUIRY_ANSWER: TaskRules(Urgency.CHECK_MAIL, mark("wait for Meta")),
        TaskKind.SILENT_NO_PERIOD: _done_by_letter(
            Urgency.OVERDUE, mark("see what remains"), mark("See which letters remain"), has_later_text=True
        ),
        TaskKind.EXTENSION_LATE: _done_by_letter(
            Urgency.OVERDUE, mark("write or complain"), mark("Answer Meta, or complain")
        ),
        TaskKind.EXTENSION_UNREASONED: _done_by_letter(
            Urgency.OVERDUE, mark("write or complain"), mark("Answer Meta, or complain")
        ),
        TaskKind.LETTER_ARRIVED: TaskRules(
            Urgency.CHECK_MAIL,
            mark("did it arrive?"),
            has_later_text=True,
            offer=OfferKind.ARRIVAL,
            offer_words=mark("Say when your letter arrived"),
        ),
        TaskKind.MESSAGE_UNREAD: TaskRules(Urgency.CHECK_MAIL, mark("what did it say?")),
        TaskKind.SEND_ANOTHER_WAY: TaskRules(Urgency.ASKED, mark("send it another way"), StepId.OPEN),
        TaskKind.ANSWER_MORE: _done_by_letter(Urgency.ASKED, mark("answer Meta"), ANSWER_BY_LETTER),
        TaskKind.ASKED_FOR_ID: _done_by_letter(Urgency.ASKED, mark("check who asks"), ANSWER_BY_LETTER),
        TaskKind.CODE_ASKED: TaskRules(Urgency.ASKED, mark("type the code")),
        TaskKind.LINK_ASKED: TaskRules(Urgency.ASKED, mark("open the link")),
        TaskKind.WRONG_FORM: TaskRules(Urgency.ASKED, mark("file again or answer"), StepId.OPEN),
        TaskKind.REFUSED: _done_by_letter(
            Urgency.REFUSED, mark("see what remains"), mark("Answer the refusal, or complain")
        ),
        # Logged in at home and without a VPN the form may open.
        TaskKind.NOT_AVAILABLE: TaskRules(Urgency.REFUSED, mark("log in, file again"), StepId.OPEN),
        TaskKind.OVERDUE: _done_by_letter(
            Urgency.OVERDUE, mark("remind or complain"), mark("Write a reminder, or complain")
        ),
        TaskKind.OVERDUE_EXTENDED: _done_by_letter(
            Urgency.OVERDUE, mark("remind or complain"), mark("Write a reminder, or complain")
        ),
        TaskKind.OVERDUE_ASKED: _done_by_letter(Urgency.OVERDUE, mark("answer Meta"), ANSWER_BY_LETTER),
        TaskKind.LETTER_UNANSWERED: _done_by_letter(
            Urgency.OVERDUE, mark("complain"), mark("Write the complaint"), has_later_text=True, needs_proof=True
        ),
        TaskKind.COMPLAINED_TO_META: TaskRules(Urgency.REFUSED, mark("did Meta answer?"), has_later_text=True),
        TaskKind.COMPLAINED_TO_AUTHORITY: TaskRules(Urgency.OPTIONAL, mark("did it write?"), has_later_text=True),
        TaskKind.AUTHORITY_WROTE: TaskRules(Urgency.OPTIONAL, mark("did it write again?"), has_later_text=True),
        # Its sentence has the day that the letter sets, which holds whatever is counted here.
        TaskKind.AUTHORITY_SETS_DAY: _done_by_letter(Urgency.OVERDUE, mark("a day is set"), _WRITE_TO_AUTHORITY),
        TaskKind.AUTHORITY_ASKS: _done_by_letter(Urgency.ASKED, mark("it asks something"), _WRITE_TO_AUTHORITY),
        TaskKind.AUTHORITY_AMICABLE: _done_by_letter(Urgency.ASKED, mark("settle or not?"), _WRITE_TO_AUTHORITY),
        TaskKind.AUTHORITY_DAY_OVER: _done_by_letter(Urgency.OVERDUE, mark("its day is over"), _WRITE_TO_AUTHORITY),
        TaskKind.AUTHORITY_REJECTED: _AFTER_DECISION._replace(brief=mark("see what remains")),
        TaskKind.AUTHORITY_DECIDED: _AFTER_DECISION._replace(brief=mark("see what remains")),
        TaskKind.AUTHORITY_UPHELD: TaskRules(Urgency.REFUSED, mark("did Meta act?"), has_later_text=True),
        TaskKind.DECISION_IGNORED: _done_by_letter(Urgency.REFUSED, mark("tell the authority"), _WRITE_TO_AUTHORITY),
        # Its sentence has the last day that the letter names for acting against the decision.
        TaskKind.DECISION_DAY: _AFTER_DECISION._replace(urgency=Urgency.OVERDUE, brief=mark("a day is set")),
        TaskKind.DECISION_DAY_OVER: _AFTER_DECISION._replace(brief=mark("its day is over")),
        TaskKind.DECISION_DAY_UNKNOWN: _SAID_AFTER_DECISION._replace(brief=mark("until when?")),
        TaskKind.AFTER_ADVICE: _SAID_AFTER_DECISION._replace(brief=mark("court or not?"), has_later_text=True),
        TaskKind.AFTER_ADVICE_DAY: _SAID_AFTER_DECISION._replace(urgency=Urgency.OVERDUE, brief=mark("court or not?")),
        TaskKind.IN_COURT: TaskRules(Urgency.OPTIONAL, mark("how is it at court?"), has_later_text=True),
        TaskKind.TELL_AUTHORITY: _done_by_letter(
            Urgency.REFUSED, mark("tell the authority"), mark("Write to the authority that Meta gave in")
        ),
        TaskKind.LINKED_THEN: TaskRules(
            Urgency.OBJECT_AGAIN,
            mark("linked then?"),
            StepId.IDENTIFY,
            offer=OfferKind.LINKED_THEN,
            offer_words=mark("Say whether they were linked then"),
        ),
        # Its step is the first that has to be done again.
        TaskKind.OBJECT_AGAIN: TaskRules(Urgency.OBJECT_AGAIN, mark("object again"), StepId.OPEN),
        # The same where only the objection of a linked account was sent before.
        TaskKind.OBJECT_ITSELF: TaskRules(Urgency.OBJECT_AGAIN, mark("object for it"), StepId.OPEN),
        TaskKind.OTHER_ACCOUNTS: TaskRules(Urgency.OPTIONAL, mark("other accounts?"), StepId.IDENTIFY),
        TaskKind.FILE_TOO: TaskRules(
            Urgency.TO_BE_SURE,
            mark("object for it too"),
            StepId.SUBMIT,
            offer=OfferKind.OWN_OBJECTION,
            offer_words=mark("Object for this account too"),
        ),
        TaskKind.LOOK_FOR_DOWNLOAD: TaskRules(
            Urgency.OPTIONAL,
            mark("look for download"),
            StepId.IDENTIFY,
            has_later_text=True,
            offer=OfferKind.DOWNLOAD,
            offer_words=mark("Read Meta's download"),
        ),
        TaskKind.RECHECK: TaskRules(
            Urgency.OPTIONAL, mark("yearly check"), offer=OfferKind.RECHECK, offer_words=mark("I checked it")
        ),
        TaskKind.TERMS_CHANGED: TaskRules(
            Urgency.OPTIONAL, mark("new terms: check"), offer=OfferKind.RECHECK, offer_words=mark("I checked it")
        ),
        TaskKind.INQUIRY_UNANSWERED: _done_by_letter(
            Urgency.OVERDUE, mark("complain"), mark("Write the complaint"), needs_proof=True
        ),
        TaskKind.SILENT_ACKNOWLEDGEMENT: _done_by_letter(
            Urgency.OVERDUE, mark("no answer: see"), mark("See which letter fits now")
        ),
        TaskKind.SILENT_AUTHORITY: TaskRules(
            Urgency.OVERDUE,
            mark("no answer: see"),
            offer=OfferKind.AUTHORITY,
            offer_words=mark("Ask your authority, or see what it can do"),
        ),
        # What a scan of chats left to do.
        TaskKind.REMOVE_META_AI: TaskRules(Urgency.OPTIONAL, mark("remove Meta AI"), StepId.REVIEW),
        TaskKind.DELETE_CHAT: TaskRules(Urgency.OPTIONAL, mark("delete the chat"), StepId.REVIEW),
        TaskKind.SWITCH_ON_PRIVACY: TaskRules(Urgency.OPTIONAL, mark("switch on privacy"), StepId.REVIEW),
        TaskKind.ASK_TO_DELETE: TaskRules(Urgency.OPTIONAL, mark("ask Meta to delete"), StepId.REVIEW),
    }
)

TASKS_AWAITING_AUTHORITY = frozenset({TaskKind.COMPLAINED_TO_AUTHORITY, TaskKind.AUTHORITY_WROTE})
"""While one of these waits there may be something to do at any time: an authority's letter may set a day."""

TASKS_OF_WAITING = frozenset({TaskKind.AWAIT_ANSWER, TaskKind.AWAIT_INQUIRY_ANSWER})
"""Tasks that are to wait for the end of a period: people are told its last day."""

KINDS_WITH_LATER_TEXT = frozenset(kind for kind, rules in TASK_KINDS.items() if rules.has_later_text)
"""Kinds with another sentence, the text `next.VALUE-later`, as long as the task is upcoming."""

TASK_TEXT_VALUES = ("account", "email", "date", "ago", "through", "day", "last", "moment", "chats")
"""The values in a task's sentence: `date` is that of what it is about, `day` and `moment` are when to do it.

`last` is the last one before that, which still belongs to the time that is waited for.

`chats` names one chat or their number.
"""

REMIND_AFTER = timedelta(days=7)
"""How long after an objection to send the reminder; no law sets it."""
WAIT_FOR_ANSWER, WAIT_AFTER_POST = timedelta(days=14), timedelta(days=21)
"""How long after a letter about a missed period or a refusal to take the next step; after a posted one longer.

No law sets either. The reminder gives Meta 14 days from receipt: nobody is told to complain before they are over.
"""


def offer_row_id(step_id: str, offer: OfferKind | None) -> str:
    """The row of an offer in the list of steps: `confirm/letters`."""
    return f"{step_id}/{offer}"


def last_day_before(moment: datetime) -> date:
    """The last day that is waited for until a moment: the one before, where the moment is the beginning of a day."""
    return moment.date() - timedelta(days=1) if moment.time() == time() else moment.date()


class TaskTextValue(Protocol):
    """A value in a task's sentence, which is put into words only where the sentence is said, in the language then."""

    def words(self, playbook: Playbook, /) -> str:
        """The value in the language in use."""
        ...


class Task(NamedTuple):
    """One thing to do for an account at a step.

    `due_at` is None for a task without a date. `source_id` identifies its cause, mostly an event, so that the same task
    is recognised; `is_upcoming` is whether it was not due yet when it was computed.
    """

    kind: TaskKind
    account_id: str
    step_id: str
    due_at: datetime | None = None
    text_values: Mapping[str, "TaskTextValue"] = MappingProxyType({})
    source_id: str = ""
    is_upcoming: bool = False

    @property
    def urgency(self) -> Urgency:
        """How urgent it is once it can be done."""
        return TASK_KINDS[self.kind].urgency

    @property
    def text_key(self) -> str:
        """The id of its sentence."""
        has_later_text = self.is_upcoming and TASK_KINDS[self.kind].has_later_text
        return f"next.{self.kind}-later" if has_later_text else f"next.{self.kind}"

    @property
    def row_id(self) -> str:
        """The row in the list of steps where it is done: its step, or an offer below that once there is something to do."""
        offer = TASK_KINDS[self.kind].offer
        is_step = offer is None or (self.is_upcoming and offer is not OfferKind.ARRIVAL)
        return self.step_id if is_step else offer_row_id(self.step_id, offer)

    def is_same_as(self, other: "Task") -> bool:
        """Whether two tasks, computed at different times, are the same thing to do, with the same date."""
        return self[:4] == other[:4] and self.source_id == other.source_id

    @property
    def is_offered(self) -> bool:
        """Whether it is done by an offer below its step, now."""
        return self.row_id != self.step_id

    def is_due(self, now: datetime) -> bool:
        """Whether it can be done now."""
        return self.due_at is None or self.due_at <= now
