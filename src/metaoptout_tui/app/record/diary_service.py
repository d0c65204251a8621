"""Writes into the diaries what the person says happened."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from metaoptout_tui.app.email_address import normalize_optional_email
from metaoptout_tui.app.record.attachments import Attachments
from metaoptout_tui.app.record.drafts import Drafts
from metaoptout_tui.app.record.link_entries import with_review_answer
from metaoptout_tui.app.record.record_editor import RecordEditor
from metaoptout_tui.app.record.record_view import RecordView
from metaoptout_tui.app.record.undo_stack import UndoStack
from metaoptout_tui.core import text
from metaoptout_tui.core.chats.chat_todos import POINT_OF_TODO
from metaoptout_tui.core.errors import InputRefused, StorageError
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.entry_checks import (
    accepted_moment,
    accepted_moment_of_reply,
    check_date_correction,
    check_letter_arrival,
    corrected_text,
    earlier_events_of_month,
)
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.accounts import Account, ObjectionDraft, Record, make_draft_key
from metaoptout_tui.core.record.event_kinds import EventKind, rules_of
from metaoptout_tui.core.record.events import NO_FIELDS, Event, events_in_force, way_in_file
from metaoptout_tui.core.record.vocabulary import (
    ARRIVAL_UNKNOWN,
    EMAIL,
    LETTER_SENT_ONLINE,
    REFERENCE,
    SENT_BY_LETTER,
    ChatTodoKind,
    LogIn,
)

NOTE_LIMIT, REASON_LIMIT = 4_000, 4_000


class ObjectionInput(NamedTuple):
    """An objection that the person sent: the form, e-mail address and reason, and when (None: now)."""

    form_id: str = ""
    email: str = ""
    reason: str = ""
    at: datetime | None = None


class ReplyInput(NamedTuple):
    """A reply of Meta, or that none came: its kind, when (None: now), reference and note.

    `kind` and `fields` are those of a `Reply` in core.
    """

    kind: str
    at: datetime | None = None
    reference: str = ""
    note: str = ""
    fields: Mapping[str, object] = NO_FIELDS


class SentLetterInput(NamedTuple):
    """A letter that the person sent: the kind of entry, when (None: now), whether by post, and to which authority.

    `draft_key` is the key of its draft. `text` is its subject and body as sent, and `file_name` the name of the file
    that keeps it; both empty where unknown.
    """

    kind: str
    at: datetime | None = None
    is_by_post: bool = False
    authority: str = ""
    draft_key: str = ""
    file_name: str = ""
    text: str = ""


class DiaryService:
    """Writes entries into the diaries of accounts; each call is one change that undo takes back."""

    def __init__(
        self,
        editor: RecordEditor,
        view: RecordView,
        attachments: Attachments,
        undo_stack: UndoStack,
        drafts: Drafts,
    ) -> None:
        self._view = view
        self._editor = editor
        self._attachments = attachments
        self._undo_stack = undo_stack
        self._drafts = drafts

    # Steps

    def tick_step(self, account_id: str, step_id: str) -> None:
        """Record that a step is done."""
        self._record_at(step_id, account_id, EventKind.STEP_DONE, {"step": step_id}, _("a tick"))

    def reopen_step(self, account_id: str, step_id: str) -> None:
        """Record that a step is open again; the earlier entries stay in the diary."""
        self._record_at(step_id, account_id, EventKind.STEP_REOPENED, {"step": step_id}, _("taking back a tick"))

    def can_restore_step(self, account_id: str, step_id: str) -> bool:
        """Whether the last change of this sitting took this step back."""
        change = self._undo_stack.undoable_change
        if change is None or (change.account_id, change.step_id) != (account_id, step_id):
            return False
        before, after = change.before.account_by_id(account_id), change.after.account_by_id(account_id)
        known_ids = {event.id for event in before.events} if before else set()
        return after is not None and any(
            event.kind == EventKind.STEP_REOPENED and event.id not in known_ids for event in after.events
        )

    def restore_step(self, account_id: str, step_id: str) -> None:
        """Let what was taken back with a step count again."""
        self._editor.current_record.require_writable()
        if self.can_restore_step(account_id, step_id):
            self._undo_stack.undo()

    def skip_step(self, account_id: str, step_id: str) -> None:
        """Record that a step is left out."""
        self._record_at(step_id, account_id, EventKind.STEP_SKIPPED, {"step": step_id}, _("skipping"))

    def _record_at(
        self, step_id: str, account_id: str, kind: EventKind, fields: Mapping[str, object], description: str
    ) -> None:
        self._editor.record_event(account_id, kind, fields, step_id=step_id, description=description)

    def record_note(self, account_id: str, step_id: str, note: str) -> None:
        """Write a note to a step."""
        cleaned = text.clean_block(note, NOTE_LIMIT).strip()
        if not cleaned:
            raise InputRefused(_("There is nothing to note yet."))
        draft_key = make_draft_key("note", account_id, step_id)
        fields = {"step": step_id, "text": cleaned}
        self._editor.record_event(
            account_id, EventKind.NOTED, fields, step_id=step_id, description=_("a note"), draft_key=draft_key
        )

    def record_review_answer(self, account_id: str, point: str, answer: str) -> None:
        """Answer one point of a review; what that says of the link of an account is set with it."""
        record = with_review_answer(self._editor, account_id, point, answer)
        self._editor.apply_change(record, _("an answer"), account_id, StepId.REVIEW)

    def record_chat_scan(self, account_id: str, chats: Iterable[Mapping[str, object]]) -> None:
        """Record the results of a scan, one entry for each chat, whose fields are in `chats`.

        All have the same moment, which makes them one scan.
        """
        account, now = self._editor.account(account_id), self._editor.now()
        events = tuple(self._editor.new_event(EventKind.REVIEWED_CHATS, fields, now) for fields in chats)
        if events:
            account = replace(account, events=account.events + events)
            self._editor.apply_change(
                self._editor.record.with_account(account), _("the scanned chats"), account_id, StepId.REVIEW
            )

    def settle_chat_todo(self, account_id: str, kind: ChatTodoKind, answer: str) -> None:
        """Record that what a scan of chats left to do is done or left (`answer`), as the answer of its review point."""
        if point := POINT_OF_TODO[kind]:
            self.record_review_answer(account_id, point, answer)
            return
        fields = {"todo": str(kind), "answer": answer}
        self._record_at(StepId.REVIEW, account_id, EventKind.CHAT_TODO_SETTLED, fields, _("what was left to do"))

    # The objection, replies and letters

    def objection_draft(self, account_id: str) -> ObjectionDraft:
        """The prepared objection that is not sent yet."""
        return ObjectionDraft.from_draft(self._drafts.read(make_draft_key("submit", account_id)))

    def save_objection_draft(self, account_id: str, draft: ObjectionDraft) -> None:
        """Save a prepared objection."""
        key = make_draft_key("submit", account_id)
        self._drafts.save(key, draft.to_draft(self._drafts.read(key)))

    def with_objection_draft(self, record: Record, account_id: str, draft: ObjectionDraft) -> Record:
        """A record with a prepared objection, for a change that undo takes back."""
        key = make_draft_key("submit", account_id)
        return self._drafts.written_into(record, key, draft.to_draft(self._drafts.read(key)))

    def prepared_objection(self, account_id: str) -> ObjectionInput:
        """The objection as it would be sent: with the form and the address chosen for it.

        Without a choice the form is not known, and the address is the one that the account's last objection was sent
        with, else the account's, else the person's.
        """
        status, draft = self._view.require_status(account_id), self.objection_draft(account_id)
        playbook, platform = self._view.playbook, status.account.platform
        form_ids = [form.id for form in playbook.forms_for(platform=platform, region=status.region.id)]
        form_id = draft.form_id if draft.form_id in form_ids else ""
        account, person = status.account, self._editor.record.person
        email = draft.email or account.email_last_sent_with or account.email or person.email
        return ObjectionInput(form_id, email, draft.reason)

    def record_objection(self, account_id: str, objection: ObjectionInput) -> None:
        """Record an objection that was sent."""
        account, _unused = _with_objection(self._editor, account_id, objection)
        record, draft_key = self._editor.record.with_account(account), make_draft_key("submit", account_id)
        self._editor.apply_change(record, _("the objection"), account_id, StepId.SUBMIT, draft_key=draft_key)

    def record_reply(self, account_id: str, reply: ReplyInput) -> Event:
        """Record a reply, or that none came yet; the new entry.

        Raises InputRefused for an impossible moment, and for a reply where nothing was sent that it can answer.
        """
        fields = {
            **reply.fields,
            "reference": text.clean_line(reply.reference) if REFERENCE.name in rules_of(reply.kind).fields else "",
            "note": text.clean_block(reply.note, NOTE_LIMIT).strip(),
        }
        status = self._view.require_status(account_id)
        account, event = with_reply(self._editor, status, reply.kind, fields, reply.at)
        record, key = self._editor.record.with_account(account), make_draft_key("confirm", account_id)
        self._editor.apply_change(record, _("the answer"), account_id, StepId.REPLY, draft_key=key)
        return event

    def take_back_reply(self, account_id: str, event_id: str) -> None:
        """Record that one reply counts no more; all others go on counting."""
        fields = {"step": StepId.REPLY, "entry": event_id}
        self._record_at(StepId.REPLY, account_id, EventKind.STEP_REOPENED, fields, _("taking back an answer"))

    def record_sent_letter(self, account_id: str, letter: SentLetterInput) -> None:
        """Record that a letter was sent, keep its text as evidence, and remove its draft.

        Where the text cannot be kept, the sending is recorded all the same, the draft stays, and a notice says so.
        Raises InputRefused for an impossible moment, and for a letter about an objection where none was sent.
        """
        self._editor.current_record.require_writable()
        keys_of_drafts_to_delete = {letter.draft_key}
        if letter.kind == EventKind.FILED:
            email = self._editor.account(account_id).email or self._editor.record.person.email
            objection = ObjectionInput(_form_of_letter(letter), email, at=letter.at)
            account, sent = _with_objection(self._editor, account_id, objection)
            keys_of_drafts_to_delete.add(make_draft_key("submit", account_id))
        else:
            account, sent = _with_sent_letter(self._editor, self._view.require_status(account_id), letter)
        if letter.text.strip():
            try:
                account = account.with_event(self._attachments.letter_text_event(sent, letter.file_name, letter.text))
            except StorageError as error:
                keys_of_drafts_to_delete.discard(letter.draft_key)
                kept = _("That you sent it is recorded; what you changed in it still stands in the letter.")
                self._editor.current_record.add_notice(str(StorageError(error.what, kept=kept, todo=error.todo)))
        record = self._editor.record.with_account(account)
        for draft_key in keys_of_drafts_to_delete:
            record = record.with_draft(draft_key, {})
        self._editor.apply_change(
            record, _("the letter"), account_id, StepId.SUBMIT if letter.kind == EventKind.FILED else StepId.REPLY
        )

    def record_letter_arrival(self, account_id: str, letter_id: str, at: datetime | None) -> None:
        """Record when a posted letter arrived, which starts its legal period; None where the person does not know.

        Raises InputRefused for an entry that is no posted letter, and for a day before it was sent.
        """
        check_letter_arrival(self._editor.account(account_id).events, letter_id, at or self._editor.now())
        self._editor.record_event(
            account_id,
            EventKind.LETTER_ARRIVED,
            {"of": letter_id} if at is not None else {"of": letter_id, "day": ARRIVAL_UNKNOWN},
            at=at,
            step_id=StepId.REPLY,
            description=_("the arrival of the letter"),
        )

    def record_log_in(self, account_id: str, log_in: LogIn, at: datetime) -> None:
        """Record that the person can log in to an account, or why they cannot; `with_log_in` says what it corrects."""
        self._editor.refuse_future(at)
        account = with_log_in(self._editor, self._view.require_status(account_id), log_in, at)
        self._editor.apply_change(self._editor.record.with_account(account), _("the log-in"), account_id, StepId.OPEN)

    def record_recheck(self, account_id: str) -> None:
        """Record that the person checked an objection again and leaves it; raises InputRefused where none stands."""
        if not self._view.require_status(account_id).can_recheck:
            raise InputRefused(_("No objection stands for this account, so there is none to check."))
        self._editor.record_event(account_id, EventKind.RECHECKED, step_id=StepId.REPLY, description=_("the check"))

    def record_move_to_meta_account(self, ids: Iterable[str], at: datetime | None = None) -> tuple[Account, ...]:
        """Record in one change that accounts were moved to Meta Account at a moment (None: now).

        Returns the changed accounts: one whose move is recorded already is skipped. Raises InputRefused where all are.
        """
        moved = [
            account.with_event(self._editor.new_event(EventKind.MOVED_TO_META_ACCOUNT, at=at))
            for account in map(self._editor.account, ids)
            if not any(event.kind == EventKind.MOVED_TO_META_ACCOUNT for event in events_in_force(account.events))
        ]
        if not moved:
            raise InputRefused(
                _("That is in the diary already."), todo=_("Correct its date there if it is not the right one.")
            )
        record = self._editor.record
        for account in moved:
            record = record.with_account(account)
        self._editor.apply_change(record, _("the move to Meta Account"), moved[0].id)
        return tuple(moved)

    def correct_event_date(self, account_id: str, event_id: str, to: datetime) -> None:
        """Correct when an entry happened, with a new entry.

        Raises InputRefused for an impossible moment, such as one that puts an objection after its replies.
        """
        self._editor.refuse_future(to)
        account = self._editor.account(account_id)
        correction = self._editor.new_event(EventKind.DATE_CORRECTED, {"entry": event_id, "to": to})
        check_date_correction(account.events, correction, to, self._editor.now())
        self._editor.apply_change(
            self._editor.record.with_account(account.with_event(correction)), _("the date"), account_id
        )

    def correct_event_text(self, account_id: str, event_id: str, field: str, to: str) -> None:
        """Correct a text of an entry, such as its note, or the form or address it was sent with, with a new entry.

        An empty text removes it. Raises InputRefused as `corrected_text` does, and for an address that cannot be one.
        """
        account = self._editor.account(account_id)
        event = next((event for event in account.events if event.id == event_id), None)
        cleaned = corrected_text(event, field, to, NOTE_LIMIT)
        cleaned = normalize_optional_email(cleaned) if field == EMAIL.name else cleaned
        fields: dict[str, object] = {"entry": event_id, "field": field, "to": cleaned}
        correction = self._editor.new_event(EventKind.TEXT_CORRECTED, fields)
        self._editor.apply_change(
            self._editor.record.with_account(account.with_event(correction)), _("the words"), account_id
        )


def _form_of_letter(letter: SentLetterInput) -> str:
    return SENT_BY_LETTER if letter.is_by_post else LETTER_SENT_ONLINE


def _with_objection(editor: RecordEditor, account_id: str, objection: ObjectionInput) -> tuple[Account, Event]:
    """The account with the entry of an objection, and that entry."""
    account, email = editor.account(account_id), normalize_optional_email(objection.email)
    fields = {
        "form": objection.form_id,
        "email": email,
        "reason": text.clean_block(objection.reason, REASON_LIMIT).strip(),
    }
    if email and not account.email:
        account = replace(account, email=email)
    if objection.at is not None:
        accepted_moment(EventKind.FILED, objection.at, None, editor.now())
    event = editor.new_event(EventKind.FILED, fields, objection.at)
    return account.with_event(event), event


def _with_sent_letter(editor: RecordEditor, status: AccountStatus, letter: SentLetterInput) -> tuple[Account, Event]:
    """The account with the entry of a letter about its objection, and that entry."""
    at = accepted_moment_of_reply(letter.kind, letter.at, status, editor.now())
    values = {"by": way_in_file(is_by_post=letter.is_by_post), "authority": text.clean_line(letter.authority)}
    fields = {name: value for name, value in values.items() if name in rules_of(letter.kind).optional_fields}
    event = editor.new_event(letter.kind, fields, at)
    return status.account.with_event(event), event


def with_reply(
    editor: RecordEditor, status: AccountStatus, kind: str, fields: Mapping[str, object], at: datetime | None
) -> tuple[Account, Event]:
    """The account with the entry of a reply, and that entry. What came before it in a month alone was not later than it.

    Raises InputRefused for an impossible moment, and for a reply where nothing was sent that it can answer.
    """
    at, account = accepted_moment_of_reply(kind, at, status, editor.now()), status.account
    for earlier in earlier_events_of_month(kind, at, status) if at is not None else ():
        correction = editor.new_event(EventKind.DATE_CORRECTED, {"entry": earlier.id, "to": at})
        account = account.with_event(correction)
    event = editor.new_event(kind, fields, at)
    return account.with_event(event), event


def with_log_in(editor: RecordEditor, status: AccountStatus, log_in: LogIn, at: datetime) -> Account:
    """The account with the entry whether the person can log in to it, or why not.

    A reason with no later day than the one that counts, or the same reason again, corrects that: it is taken back.
    """
    account, former = status.account, status.log_in_event
    is_other = status.why_no_log_in is not None and log_in is not LogIn.WORKS
    if is_other and former and (log_in is status.why_no_log_in or at.date() <= former.at.date()):
        taken_back = editor.new_event(EventKind.STEP_REOPENED, {"step": StepId.OPEN, "entry": former.id})
        account = account.with_event(taken_back)
    return account.with_event(editor.new_event(EventKind.LOG_IN, {"log-in": log_in}, at))
