"""The open record: its changes, saved at once and undone on request, and a view of what is computed from it."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.app.clock import Clock, with_fixed_offset
from metaoptout_tui.core import dates
from metaoptout_tui.core.errors import InputRefused, StorageError
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.legal_periods import LegalPeriod
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.accounts import DRAFT_TYPED_AT, Account, Draft, Record, evidence_items_of
from metaoptout_tui.core.record.event_kinds import rules_of
from metaoptout_tui.core.record.events import NO_FIELDS, Event, new_event_id
from metaoptout_tui.guidance.loader import public_holiday_name

if TYPE_CHECKING:
    from metaoptout_tui.core.letter_facts import LetterFacts
    from metaoptout_tui.core.links import SafeUrl


_TYPING_TOLERANCE = timedelta(minutes=2)
"""How far ahead a moment may be that a person records now; a file may hold one further ahead (`is_in_future`)."""


class RecordChange(NamedTuple):
    """One change of this session: the record before and after, a description, and its account and step.

    `leaves_marks`: what it, its undo or its redo takes out of the record is marked as removed. A change that brings in
    what another copy or a kept version holds leaves none, so that it can be brought in again.
    """

    before: Record
    after: Record
    description: str
    account_id: str = ""
    step_id: str = ""
    leaves_marks: bool = True


class RecordHistory:
    """The record of one session, and its undo and redo.

    `read_only_reason` says why nothing can be recorded, empty where it can. `save_error` is set while something
    is not on the disk. `notices` are sentences that the person has not seen yet. `save` writes a record durably and
    returns what was written, which has the changes of another program too; it raises StorageError.
    """

    def __init__(
        self, record: Record, *, clock: Clock, save: Callable[[Record], Record], read_only_reason: str = ""
    ) -> None:
        self.record = record
        self.now: Clock = clock
        self.read_only_reason = read_only_reason
        self.save_error: StorageError | None = None
        self.notices: list[str] = []
        self._save = save
        self._undo_stack: list[RecordChange] = []
        self._redo_stack: list[RecordChange] = []
        self._newest_event_id = ""
        self._written_event_ids: set[str] = set()

    def is_of_this_sitting(self, event: Event) -> bool:
        """Whether an event was written since the program was started, here."""
        return event.id in self._written_event_ids

    def add_notice(self, sentence: str) -> None:
        """Show a sentence to the person soon."""
        self.notices.append(sentence)

    def account(self, account_id: str) -> Account:
        """An account that must be there; InputRefused where it is not."""
        account = self.record.account_by_id(account_id)
        if account is None:
            raise InputRefused(_("This account is not in the record any more."))
        return account

    def require_writable(self) -> None:
        """Raise StorageError where this window may only read."""
        if self.read_only_reason:
            raise StorageError(self.read_only_reason, todo=_("Nothing was changed."))

    # Changes

    def new_event(self, kind: str, fields: Mapping[str, object] = NO_FIELDS, at: datetime | None = None) -> Event:
        """A new entry that happened at a moment (None: now). InputRefused for one in the future."""
        now = self.now()
        if at is not None:
            self.refuse_future(at)
        event_ids = (event.id for account in self.record.accounts for event in account.events)
        # One change may make several entries, which are not in the record until it is made.
        self._newest_event_id = new_event_id(now, os.urandom(10), after=max((self._newest_event_id, *event_ids)))
        self._written_event_ids.add(self._newest_event_id)
        return Event(
            self._newest_event_id,
            with_fixed_offset((at or now).replace(microsecond=0)),
            kind,
            _meaningful_fields(kind, fields),
        )

    def record_event(
        self,
        account_id: str,
        kind: str,
        fields: Mapping[str, object] = NO_FIELDS,
        *,
        at: datetime | None = None,
        step_id: str = "",
        description: str = "",
        draft_key: str = "",
    ) -> Event:
        """Write one entry into an account's diary, take away the draft it came from, and return the entry."""
        event = self.new_event(kind, fields, at)
        record = self.record.with_account(self.account(account_id).with_event(event))
        if draft_key:
            record = record.with_draft(draft_key, {})
        self.apply_change(record, description or kind, account_id, step_id)
        return event

    def apply_change(
        self,
        record: Record,
        description: str,
        account_id: str = "",
        step_id: str = "",
        *,
        form: str = "",
        leaves_marks: bool = True,
    ) -> None:
        """Make a change and save it. `form` is the key of a draft that is now recorded: undo does not restore it.

        Where it `leaves_marks`, what it takes out of the record is marked as removed.
        """
        self.require_writable()
        if form:
            self.record, record = self.record.with_draft(form, {}), record.with_draft(form, {})
        if leaves_marks:
            record = _with_marks(self.record, record)
        self._undo_stack.append(RecordChange(self.record, record, description, account_id, step_id, leaves_marks))
        self._redo_stack.clear()
        self.record = record
        self._save_record()

    def refuse_future(self, at: datetime) -> None:
        """Raise InputRefused for a moment that has not come."""
        # In UTC, because sums of local times are an hour off where summer time ends.
        if at.astimezone(UTC) > self.now().astimezone(UTC) + _TYPING_TOLERANCE:
            raise InputRefused(
                _("{full_moment} is in the future. Write when it happened.").format(
                    full_moment=dates.format_full_moment(at, self.now())
                )
            )

    # Drafts

    def draft(self, key: str) -> Draft:
        """What was typed into a form and not recorded yet."""
        draft = self.record.drafts.get(key, {})
        return {name: value for name, value in draft.items() if name != DRAFT_TYPED_AT}

    def draft_typed_at(self, key: str) -> datetime | None:
        """When a draft was last typed at; None for no draft, or where it is not known."""
        return dates.parse_iso_moment(self.record.drafts.get(key, {}).get(DRAFT_TYPED_AT, ""))

    def save_draft(self, key: str, draft: Draft) -> None:
        """Save what is being typed, outside of undo. A read-only session drops it."""
        filled_in = {name: value for name, value in draft.items() if value}
        if self.read_only_reason or filled_in == self.draft(key):
            return
        typed_at = {DRAFT_TYPED_AT: self.now().replace(microsecond=0).isoformat()} if filled_in else {}
        self.record = self.record.with_draft(key, filled_in | typed_at)
        self._save_record()

    def save_preference(self, record: Record) -> None:
        """Save what the person likes of the program, outside of undo: it tells nothing of what happened."""
        self.require_writable()
        self.record = record
        self._save_record()

    @property
    def warning(self) -> str:
        """Why the last change is not in the file, or why none can be made; empty where nothing is in the way."""
        return self.save_error.what if self.save_error is not None else self.read_only_reason

    # Undo

    @property
    def undoable_change(self) -> RecordChange | None:
        """The change that undo would take back."""
        return self._undo_stack[-1] if self._undo_stack else None

    def undo(self) -> RecordChange | None:
        """Take back the last change of this session."""
        if not self._undo_stack:
            return None
        change = self._undo_stack.pop()
        self._redo_stack.append(change)
        self._restore(change.before, since=change.after, leaves_marks=change.leaves_marks)
        return change

    def redo(self) -> RecordChange | None:
        """Make the change again that was taken back last."""
        if not self._redo_stack:
            return None
        change = self._redo_stack.pop()
        self._undo_stack.append(change)
        self._restore(change.after, since=change.before, leaves_marks=change.leaves_marks)
        return change

    def retry_save(self) -> None:
        """Try once more to save what could not be saved."""
        if self.save_error is not None:
            self._save_record()

    def _restore(self, target: Record, *, since: Record, leaves_marks: bool) -> None:
        """Replace `since`, one side of a change, by `target`, the other; what was changed or typed meanwhile stays."""
        from metaoptout_tui.core.record.merge import merge_records

        if leaves_marks:
            target = _with_marks(since, replace(target, removals=self.record.removals))
        restored = merge_records(since, self.record, target).record
        typed = {key: draft for key, draft in self.record.drafts.items() if draft != since.drafts.get(key)}
        self.record = replace(restored, drafts={**restored.drafts, **typed})
        self._save_record()

    def _save_record(self) -> None:
        try:
            self.record = self._save(self.record)
        except StorageError as error:
            self.save_error = error
        else:
            self.save_error = None


def _with_marks(before: Record, after: Record) -> Record:
    from metaoptout_tui.core.record.removals import with_marks

    return with_marks(before, after)


def _meaningful_fields(kind: str, fields: Mapping[str, object]) -> dict[str, object]:
    """The fields with a value, and those that are required or mean something when empty."""
    rules = rules_of(kind)
    always_kept = {*rules.required_fields, *(field.name for field in rules.fields.values() if field.keeps_empty)}
    return {name: value for name, value in fields.items() if value not in ("", None) or name in always_kept}


class RecordView:
    """What is computed from the record of `history` and the guidance in `playbook`."""

    def __init__(self, history: RecordHistory, playbook: Playbook) -> None:
        self.history = history
        self.playbook = playbook
        self._cached_overview: tuple[Record, Playbook, datetime, Overview] | None = None

    def overview(self) -> Overview:
        """The overview of the record now; computed again after a change and every minute."""
        record, now = self.history.record, self.history.now()
        minute = now.replace(second=0, microsecond=0)
        cached = self._cached_overview
        if cached is None or cached[0] is not record or cached[1] is not self.playbook or cached[2] != minute:
            overview = compute_overview(record, self.playbook, now, public_holiday_name)
            self._cached_overview = cached = (record, self.playbook, minute, overview)
        return cached[3]

    def require_status(self, account_id: str) -> AccountStatus:
        """The status of an account that must be there; InputRefused where it is not."""
        self.history.account(account_id)
        return next(status for status in self.overview().statuses if status.account.id == account_id)

    def form_link(self, account_id: str) -> "SafeUrl | None":
        """The link of the first form for an account; None where there is none."""
        from metaoptout_tui.core.links import first_meta_url

        status = self.overview().status_of(account_id)
        if status is None:
            return None
        forms = self.playbook.forms_for(platform=status.account.platform, region=status.region.id)
        return first_meta_url(form.url for form in forms)

    def legal_periods(self, account_id: str) -> tuple[LegalPeriod, ...]:
        """The legal periods since the account's own objection, each with its calculation.

        The first call loads the public holidays, some 120 ms.
        """
        status = self.overview().status_of(account_id)
        periods = (deadline.legal_period(public_holiday_name) for deadline in (status.deadlines if status else ()))
        return tuple(period for period in periods if period is not None)

    def letter_facts(self, status: AccountStatus, *, authority: str = "") -> "LetterFacts":
        """The facts of an account for its letters, with its evidence files."""
        from metaoptout_tui.core.letter_facts import collect_letter_facts

        record, today = self.history.record, self.history.now().date()
        files = tuple(item.file for item in evidence_items_of(record) if item.account.id == status.account.id)
        return collect_letter_facts(
            status, record, self.playbook, today, public_holiday_name, authority=authority, attachments=files
        )
