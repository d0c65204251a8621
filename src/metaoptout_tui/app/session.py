"""All that a person can record about their accounts, and everything computed from the record.

The user interface changes the record only through the `Session`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.app.account_service import AccountService
from metaoptout_tui.app.attachments import NO_ATTACHMENT_STORE, AttachmentStore
from metaoptout_tui.app.clock import Clock, system_clock
from metaoptout_tui.core import dates, text
from metaoptout_tui.core.errors import InputRefused, StorageError
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.legal_periods import LegalPeriod
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.replies import KINDS_ABOUT_OBJECTIONS, check_correction_order, check_event_date
from metaoptout_tui.core.objection.states import FINISHED_STEP_STATES, StepId
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.event_kinds import EventKind, rules_of
from metaoptout_tui.core.record.events import NO_FIELDS, Event, arrival_day_of, events_in_force, went_by_post
from metaoptout_tui.core.record.evidence import evidence_items_of
from metaoptout_tui.guidance.loader import public_holiday_name

if TYPE_CHECKING:
    from metaoptout_tui.core.letters import LetterFacts


NOTE_LIMIT, REASON_LIMIT = 4_000, 4_000


class ObjectionInput(NamedTuple):
    """What a person says they sent: with which form, e-mail address and reason, and when (None: now)."""

    form_id: str = ""
    email: str = ""
    reason: str = ""
    at: datetime | None = None


class ReplyInput(NamedTuple):
    """What came back: its kind, when (None: now), a reference and a note if there are any, and fields of the kind.

    `what` and `fields` are those of an `answers.Answer`.
    """

    kind: str
    at: datetime | None = None
    reference: str = ""
    note: str = ""
    fields: Mapping[str, object] = NO_FIELDS


class SentLetterInput(NamedTuple):
    """A letter that a person says they sent: the kind of entry, when (None: now), how, and to which authority.

    `by` is `letter` for one that went by post, else empty; `draft` is the key under which the letter was kept. `words` is
    all of it as it went out, subject and text, and `name` what to call the file that keeps it; both empty where unknown.
    """

    kind: str
    at: datetime | None = None
    sent_by: str = ""
    authority: str = ""
    draft_key: str = ""
    file_name: str = ""
    text: str = ""


class Session(AccountService):
    """The record while the program is open, and all that a person can say about it.

    `beside` is what can be put beside the record.
    """

    def __init__(
        self,
        record: Record,
        playbook: Playbook,
        *,
        clock: Clock = system_clock,
        save: Callable[[Record], Record],
        attachment_store: AttachmentStore = NO_ATTACHMENT_STORE,
        read_only_reason: str = "",
        is_new: bool = False,
    ) -> None:
        super().__init__(
            record,
            playbook,
            clock=clock,
            save=save,
            attachment_store=attachment_store,
            read_only_reason=read_only_reason,
            is_new=is_new,
        )
        self._cached_overview: tuple[Record, datetime, Overview] | None = None

    def overview(self) -> Overview:
        """Everything computed from the record and the clock; the same value within one minute of no change."""
        now = self.now()
        minute = now.replace(second=0, microsecond=0)
        if (
            self._cached_overview is None
            or self._cached_overview[0] is not self.record
            or self._cached_overview[1] != minute
        ):
            self._cached_overview = (
                self.record,
                minute,
                compute_overview(self.record, self.playbook, now, public_holiday_name),
            )
        return self._cached_overview[2]

    def use_guidance(self, playbook: Playbook) -> None:
        """Compute with another edition of the guidance from now on; the record is not touched."""
        self.playbook = playbook
        self._cached_overview = None

    def legal_periods(self, id: str) -> tuple[LegalPeriod, ...]:
        """The legal periods since an account's own objection, each with its working; empty where none runs or ran.

        The first call loads the public holidays, some 120 ms.
        """
        standing = self.overview().status_of(id)
        found = (clock.legal_period(public_holiday_name) for clock in (standing.deadlines if standing else ()))
        return tuple(period for period in found if period is not None)

    # The walk

    def mark_step_done(self, id: str, step: str) -> None:
        """The person says a step is done."""
        self.record_event(id, EventKind.STEP_DONE, {"step": step}, step=step, name="a tick")

    def mark_list_complete(self, id: str) -> None:
        """The person says that the list of accounts is complete: it is one list, so no other account asks for it again."""
        progress = self.record
        for standing in self.overview().statuses:
            step = standing.step(StepId.IDENTIFY)
            if step is not None and (step.state not in FINISHED_STEP_STATES or standing.account.id == id):
                done = self._new_event(EventKind.STEP_DONE, {"step": StepId.IDENTIFY})
                progress = progress.with_account(self.account(standing.account.id).with_event(done))
        self._apply_change(progress, "a tick", id, StepId.IDENTIFY)

    def reopen_step(self, id: str, step: str) -> None:
        """Take back what established a step; the entries stay in the diary, followed by this one."""
        self.record_event(id, EventKind.STEP_REOPENED, {"step": step}, step=step, name="taking back a tick")

    def skip_step(self, id: str, step: str) -> None:
        """Leave a step out, which is written down as such."""
        self.record_event(id, EventKind.STEP_SKIPPED, {"step": step}, step=step, name="skipping")

    def record_note(self, id: str, step: str, note: str) -> None:
        """Write a note to a step."""
        words = text.clean_block(note, NOTE_LIMIT).strip()
        if not words:
            raise InputRefused("There is nothing to note yet.")
        self.record_event(
            id, EventKind.NOTED, {"step": step, "text": words}, step=step, name="a note", draft=f"note:{id}:{step}"
        )

    def record_objection(self, id: str, filing: ObjectionInput) -> None:
        """The person says they pressed Send."""
        account, _ = self._with_objection(id, filing)
        progress = self.record.with_account(account).with_draft(f"submit:{id}", {})
        self._apply_change(progress, "the objection", id, StepId.SUBMIT)

    def record_reply(self, id: str, reply: ReplyInput) -> None:
        """Write down what came back, or that nothing has come yet.

        Raises InputRefused for a moment that cannot be, and for an answer where nothing was sent that it can be about.
        """
        begun = self._objection_event_for(id, reply.kind)
        at = check_event_date(reply.kind, reply.at, begun, self.now()) if reply.at else None
        fields = {
            **reply.fields,
            "reference": text.clean_line(reply.reference),
            "note": text.clean_block(reply.note, NOTE_LIMIT).strip(),
        }
        self.record_event(id, reply.kind, fields, at=at, step=StepId.CONFIRM, name="the answer", draft=f"confirm:{id}")

    def record_sent_letter(self, id: str, letter: SentLetterInput) -> None:
        """Write down that a letter was sent, keep its text as evidence of that, and take away its draft.

        One change: undo takes back both entries, while the file stays, as every kept one does. Where the text cannot be
        kept, that it was sent is written down all the same, its draft stays, and the person is told. Raises InputRefused
        for a moment that cannot be, and for a letter about an objection where none was sent.
        """
        self.require_writable()
        if letter.kind == EventKind.FILED:
            email = self.account(id).email or self.record.person.email
            account, sent = self._with_objection(id, ObjectionInput(letter.sent_by, email, at=letter.at))
        else:
            account, sent = self._with_sent_letter(id, letter)
        drafts = {letter.draft_key, *([f"submit:{id}"] if letter.kind == EventKind.FILED else [])}
        if letter.text.strip():
            try:
                account = self._with_letter_text(account, sent, letter.file_name, letter.text)
            except StorageError as error:
                drafts.discard(letter.draft_key)
                kept = "That you sent it is recorded; what you changed in it still stands in the letter."
                self.add_notice(str(StorageError(error.what, kept=kept, todo=error.todo)))
        progress = self.record.with_account(account)
        for draft in drafts:
            progress = progress.with_draft(draft, {})
        self._apply_change(
            progress, "the letter", id, StepId.SUBMIT if letter.kind == EventKind.FILED else StepId.CONFIRM
        )

    def letter_facts(self, id: str, *, authority: str = "") -> "LetterFacts":
        """What the diary of an account holds for its letters, with the files kept for it."""
        from metaoptout_tui.core.letters import collect_letter_facts

        standing = self.overview().status_of(id)
        if standing is None:
            raise InputRefused("This account is not in the record any more.")
        kept = tuple(each.file for each in evidence_items_of(self.record) if each.account.id == id)
        today = self.now().date()
        return collect_letter_facts(
            standing, self.record, self.playbook, today, public_holiday_name, authority=authority, attachments=kept
        )

    def record_review_answer(self, id: str, point: str, answer: str) -> None:
        """Answer one point of a review."""
        self.record_event(
            id, EventKind.REVIEW_ANSWERED, {"point": point, "answer": answer}, step=StepId.REVIEW, name="an answer"
        )

    def record_recheck(self, id: str) -> None:
        """The person looked at the objection in force for an account again and leaves it as it is."""
        self.record_event(id, EventKind.RECHECKED, step=StepId.CONFIRM, name="the check")

    def record_move_to_meta_account(self, ids: Iterable[str], at: datetime | None = None) -> tuple[Account, ...]:
        """Accounts were moved to Meta Account at a moment (None: now), in one change; those it was written down for.

        An account for which it is written down already is left alone. Raises InputRefused where that leaves none.
        """
        moved = [
            account.with_event(self._new_event(EventKind.MOVED_TO_META_ACCOUNT, {}, at))
            for account in map(self.account, ids)
            if not any(event.kind == EventKind.MOVED_TO_META_ACCOUNT for event in events_in_force(account.events))
        ]
        if not moved:
            raise InputRefused(
                "That is in the diary already.", todo="Correct its date there if it is not the right one."
            )
        progress = self.record
        for account in moved:
            progress = progress.with_account(account)
        self._apply_change(progress, "the move to Meta Account", moved[0].id)
        return tuple(moved)

    def record_chat_scan(self, id: str, chats: Iterable[Mapping[str, object]]) -> None:
        """Write down what was found in exported chats, one entry for each with its counts, dates, file name and SHA-256.

        One change and one moment, so that undo takes back all of it and it is read as one scan.
        """
        account, now = self.account(id), self.now()
        for fields in chats:
            account = account.with_event(self._new_event(EventKind.REVIEWED_CHATS, fields, now))
        if account is not self.account(id):
            self._apply_change(self.record.with_account(account), "the scanned chats", id, StepId.REVIEW)

    def record_letter_arrival(self, id: str, entry: str, at: datetime) -> None:
        """Write down when a posted letter arrived, from which day its period counts.

        Raises InputRefused for an entry that is no posted letter, and for a day before it was sent.
        """
        letter = next((each for each in events_in_force(self.account(id).events) if each.id == entry), None)
        if letter is None or not went_by_post(letter):
            raise InputRefused("This was not sent by post, so it counts from the day it was sent.")
        if at.date() < letter.at.date():
            raise InputRefused(
                f"{dates.format_full_day(at.date())} is before it was sent, {dates.format_full_day(letter.at.date())}."
            )
        self.record_event(
            id, EventKind.LETTER_ARRIVED, {"of": entry}, at=at, step=StepId.CONFIRM, name="the arrival of the letter"
        )

    def correct_event_date(self, id: str, entry: str, to: datetime) -> None:
        """Put right when an entry happened; the entry itself stays as it was written.

        Raises InputRefused for a moment that cannot be, also where it would put an objection after what came of it.
        """
        self._refuse_future(to)
        account = self.account(id)
        written = next((each for each in account.events if each.id == entry), None)
        if written is not None and written.kind in KINDS_ABOUT_OBJECTIONS | {EventKind.FILED}:
            check_event_date(EventKind.FILED, to, None, self.now())
        corrected = account.with_event(self._new_event(EventKind.DATE_CORRECTED, {"entry": entry, "to": to}))
        before, after = events_in_force(account.events), events_in_force(corrected.events)
        check_correction_order(before, after, self.now())
        if _letters_with_arrival(before) - _letters_with_arrival(after):
            raise InputRefused("That would put the arrival of a letter before the day it was sent.")
        self.record_event(id, EventKind.DATE_CORRECTED, {"entry": entry, "to": to}, name="the date")

    # Inside

    def _with_objection(self, id: str, filing: ObjectionInput) -> tuple[Account, Event]:
        """An account with an objection that was sent for it, and the entry of that."""
        account, email = self.account(id), self._clean_email(filing.email)
        fields = {
            "form": filing.form_id,
            "email": email,
            "reason": text.clean_block(filing.reason, REASON_LIMIT).strip(),
        }
        if email and not account.email:
            account = replace(account, email=email)
        if filing.at is not None:
            check_event_date(EventKind.FILED, filing.at, None, self.now())
        event = self._new_event(EventKind.FILED, fields, filing.at)
        return account.with_event(event), event

    def _with_sent_letter(self, id: str, letter: SentLetterInput) -> tuple[Account, Event]:
        """An account with a letter that was sent about an objection, and the entry of that."""
        begun = self._objection_event_for(id, letter.kind)
        at = check_event_date(letter.kind, letter.at, begun, self.now()) if letter.at else None
        given = {"by": letter.sent_by, "authority": text.clean_line(letter.authority)}
        fields = {name: value for name, value in given.items() if name in rules_of(letter.kind).optional_fields}
        event = self._new_event(letter.kind, fields, at)
        return self.account(id).with_event(event), event

    def _objection_event_for(self, id: str, what: str) -> Event:
        """What an entry of a kind can be about at the earliest; InputRefused where there is nothing.

        That is the first objection that was sent for the account itself. Where none was, another's may cover it: whether
        that was applied can be asked, and what came of the question be written down.
        """
        filed = next(
            (event for event in events_in_force(self.account(id).events) if event.kind == EventKind.FILED), None
        )
        standing = self.overview().status_of(id)
        if filed is not None or standing is None:
            begun = filed
        elif what == EventKind.ASKED_APPLIED and standing.covered_by:
            begun = standing.objection
        else:
            begun = standing.first_inquiry
        if begun is None:
            raise InputRefused("Nothing is filed for this account. Record the objection first, then what came of it.")
        return begun


def _letters_with_arrival(entries: Iterable[Event]) -> set[str]:
    """The letters of which it is known when they arrived."""
    return {each.id for each in entries if arrival_day_of(each) is not None}
