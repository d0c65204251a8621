"""The changes of this sitting, which can be taken back and made again, the last one first."""

from dataclasses import replace
from typing import NamedTuple

from metaoptout_tui.app.record.current_record import CurrentRecord
from metaoptout_tui.core.record.accounts import Draft, Record


class RecordChange(NamedTuple):
    """One change of this session: the record before and after, a description, and its account and step.

    `notes_removals`: what it, its undo or its redo takes out of the record is noted as removed. A change that brings in
    what another copy or a kept version holds leaves none, so that it can be brought in again.
    """

    before: Record
    after: Record
    description: str
    account_id: str = ""
    step_id: str = ""
    notes_removals: bool = True


class UndoHistory(NamedTuple):
    """What an undo stack holds, for one that goes on with the same record."""

    made: tuple[RecordChange, ...] = ()
    undone: tuple[RecordChange, ...] = ()
    is_last_act_undoable: bool = True


class UndoStack:
    """The changes that were made and can be undone, and those that were undone and can be made again."""

    def __init__(self, current_record: CurrentRecord) -> None:
        self._current_record = current_record
        self._made: list[RecordChange] = []
        self._undone: list[RecordChange] = []
        self.is_last_act_undoable = True
        self._returned_drafts: dict[str, Draft] = {}

    @property
    def history(self) -> UndoHistory:
        """All of it, to go on with where the record is opened again."""
        return UndoHistory(tuple(self._made), tuple(self._undone), self.is_last_act_undoable)

    def go_on_with(self, history: UndoHistory) -> None:
        """Hold what a stack held before the same record was opened again."""
        self._made, self._undone = list(history.made), list(history.undone)
        self.is_last_act_undoable = history.is_last_act_undoable

    def note_final_act(self) -> None:
        """Remember that the last act was no change of the record: undo would take back the change before it."""
        self.is_last_act_undoable = False

    def push(self, change: RecordChange) -> None:
        """Remember a change that is being made. What was undone before it cannot be made again any more."""
        self._made.append(change)
        self._undone.clear()
        self.is_last_act_undoable = True

    @property
    def undoable_change(self) -> RecordChange | None:
        """The change that undo would take back."""
        return self._made[-1] if self._made else None

    def undo(self) -> RecordChange | None:
        """Take back the last change and return it; None where there is none."""
        if not self._made:
            return None
        change = self._made.pop()
        self._undone.append(change)
        self._restore(change.before, since=change.after, notes_removals=change.notes_removals)
        returned = {key: draft for key, draft in change.before.drafts.items() if draft != change.after.drafts.get(key)}
        self._returned_drafts.update(returned)
        return change

    def has_returned(self, draft_key: str) -> bool:
        """Whether what is typed under a key is as undo brought it back, with the entry that it was typed for taken back."""
        draft = self._current_record.record.drafts.get(draft_key)
        return draft is not None and draft == self._returned_drafts.get(draft_key)

    def redo(self) -> RecordChange | None:
        """Make the change again that was taken back last, and return it; None where there is none."""
        if not self._undone:
            return None
        change = self._undone.pop()
        self._made.append(change)
        self._restore(change.after, since=change.before, notes_removals=change.notes_removals)
        return change

    def _restore(self, target: Record, *, since: Record, notes_removals: bool) -> None:
        """Replace `since`, one side of a change, by `target`, the other; what was changed or typed meanwhile stays."""
        from metaoptout_tui.core.record.merge import merge_records
        from metaoptout_tui.core.record.removals import with_removals_noted

        self.is_last_act_undoable = True
        now = self._current_record.record
        if notes_removals:
            target = with_removals_noted(since, replace(target, removals=now.removals))
        restored = merge_records(since, now, target).record
        typed = {
            key: _joined(draft, since.drafts.get(key, {}), restored.drafts.get(key, {}))
            for key, draft in now.drafts.items()
            if draft != since.drafts.get(key)
        }
        self._current_record.replace(replace(restored, drafts={**restored.drafts, **typed}))


def _joined(now: Draft, since: Draft, target: Draft) -> Draft:
    """A draft in which was typed since a change that wrote it too: each value that was typed, the others of the target."""
    if not since:
        return now
    names = dict.fromkeys((*target, *now))
    values = {name: (now if now.get(name) != since.get(name) else target).get(name, "") for name in names}
    return {name: value for name, value in values.items() if value}
