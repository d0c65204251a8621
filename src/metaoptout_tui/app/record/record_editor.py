"""Changes the open record: writes entries into diaries, each change saved at once and undone on request."""

import os
from collections.abc import Mapping
from datetime import datetime

from metaoptout_tui.app.clock import Clock, with_fixed_offset
from metaoptout_tui.app.record.current_record import CurrentRecord
from metaoptout_tui.app.record.undo_stack import RecordChange, UndoStack
from metaoptout_tui.core import dates
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.event_ids import new_event_id
from metaoptout_tui.core.record.event_kinds import rules_of
from metaoptout_tui.core.record.events import NO_FIELDS, Event


class RecordEditor:
    """Makes the changes of this session. What happened goes through `apply_change`, which undo takes back.

    What the person likes of the program (`save_preference`) and drafts (`Drafts`) are saved outside of undo.
    """

    def __init__(self, current_record: CurrentRecord, undo_stack: UndoStack, clock: Clock) -> None:
        self.current_record = current_record
        self.now: Clock = clock
        self._undo_stack = undo_stack
        self._newest_event_id = ""
        self._written_event_ids: set[str] = set()

    @property
    def record(self) -> Record:
        """The record as it is now."""
        return self.current_record.record

    def trial_editor(self) -> "RecordEditor":
        """An editor of a copy in memory: what several changes come to is seen there, and then made here as one."""
        copy = CurrentRecord(self.record, save=lambda record: record)
        return RecordEditor(copy, UndoStack(copy), self.now)

    def is_of_this_sitting(self, event: Event) -> bool:
        """Whether an event was written since the program was started, here."""
        return event.id in self._written_event_ids

    def account(self, account_id: str) -> Account:
        """An account that must be there; InputRefused where it is not."""
        return self.current_record.account(account_id)

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
        self.apply_change(record, description or kind, account_id, step_id, draft_key=draft_key)
        return event

    def apply_change(
        self,
        record: Record,
        description: str,
        account_id: str = "",
        step_id: str = "",
        *,
        draft_key: str = "",
        undo_restores_draft: bool = True,
        notes_removals: bool = True,
    ) -> None:
        """Make a change and save it. The draft that it was typed as goes with it, and undo brings that back.

        Not where `undo_restores_draft` is false: a form that shows values of the record shows them as they are again.
        Where it `notes_removals`, what it takes out of the record is noted as removed.
        """
        self.current_record.require_writable()
        before = self.record
        if draft_key:
            record = record.with_draft(draft_key, {})
            before = before if undo_restores_draft else before.with_draft(draft_key, {})
        if notes_removals:
            from metaoptout_tui.core.record.removals import with_removals_noted

            record = with_removals_noted(before, record)
        self._undo_stack.push(RecordChange(before, record, description, account_id, step_id, notes_removals))
        self.current_record.replace(record)

    def refuse_future(self, at: datetime) -> None:
        """Raise InputRefused for a moment that has not come."""
        if why := dates.why_in_future(at, self.now()):
            raise InputRefused(why)

    def save_preference(self, record: Record) -> None:
        """Save what the person likes of the program, outside of undo: it tells nothing of what happened."""
        self.current_record.require_writable()
        self.current_record.replace(record)


def _meaningful_fields(kind: str, fields: Mapping[str, object]) -> dict[str, object]:
    """The fields with a value, and those that are required or mean something when empty."""
    rules = rules_of(kind)
    always_kept = {*rules.required_fields, *(field.name for field in rules.fields.values() if field.keeps_empty)}
    return {name: value for name, value in fields.items() if value not in ("", None) or name in always_kept}
