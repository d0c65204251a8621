"""The record while the program is open: every change is made here, saved at once, undone and made again.

A change is a new `Progress`, kept for undo and saved; what cannot be saved stays in memory, is said, and is tried again
at the next change. Undo takes entries out, which no other copy has seen yet.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from metaoptout_tui.clock import Clock, settled
from metaoptout_tui.core import when
from metaoptout_tui.core.diary import KINDS, Event
from metaoptout_tui.core.errors import InputRefused, StorageError
from metaoptout_tui.core.ids import entry_id
from metaoptout_tui.core.join import join
from metaoptout_tui.core.progress import TYPED_AT, Account, Draft, Progress

_SLACK = timedelta(minutes=2)


class Change(NamedTuple):
    """One change of this sitting: the record before and after, what it was, and where to look for it."""

    before: Progress
    after: Progress
    what: str
    account: str = ""
    step: str = ""


class Journal:
    """The record of one sitting.

    `read_only` is a sentence when nothing can be recorded in this window, `unsaved` the error while the last change is
    not on the disk, `heard` what the person should be told at the next chance. `save` writes a record durably and returns
    what was written, which differs from what it was given when the file had been changed by another program; it raises
    StorageError.
    """

    def __init__(
        self, progress: Progress, *, clock: Clock, save: Callable[[Progress], Progress], read_only: str = ""
    ) -> None:
        self.progress = progress
        self.read_only = read_only
        self.unsaved: StorageError | None = None
        self.heard: list[str] = []
        self._clock = clock
        self._save = save
        self._undo: list[Change] = []
        self._redo: list[Change] = []
        self._newest = ""

    def tell(self, words: str) -> None:
        """Take note of something the person should hear at the next chance."""
        self.heard.append(words)

    def now(self) -> datetime:
        """The time by this sitting's clock."""
        return self._clock()

    def account(self, id: str) -> Account:
        """An account that must be there; InputRefused where it is not."""
        account = self.progress.account(id)
        if account is None:
            raise InputRefused("This account is not in the record any more.")
        return account

    # Entries and drafts

    def record(
        self,
        id: str,
        what: str,
        fields: Mapping[str, object] | None = None,
        *,
        at: datetime | None = None,
        step: str = "",
        name: str = "",
        draft: str = "",
    ) -> None:
        """Write one entry into an account's diary, and take away the draft it came from."""
        account = self.account(id).with_event(self._event(what, fields or {}, at))
        progress = self.progress.with_account(account)
        if draft:
            progress = progress.with_draft(draft, {})
        self._change(progress, name or what, id, step)

    def draft(self, key: str) -> Draft:
        """What was typed into a form and not recorded yet."""
        kept = self.progress.drafts.get(key, {})
        return {name: value for name, value in kept.items() if name != TYPED_AT}

    def draft_from(self, key: str) -> datetime | None:
        """When that was typed last; None where nothing was, or where it is not known."""
        try:
            return datetime.fromisoformat(self.progress.drafts.get(key, {}).get(TYPED_AT, ""))
        except ValueError:
            return None

    def keep_draft(self, key: str, draft: Draft) -> None:
        """Keep what is being typed, on the disk too, outside of undo. In a read-only window it is dropped."""
        kept = {name: value for name, value in draft.items() if value}
        if self.read_only or kept == self.draft(key):
            return
        typed_at = {TYPED_AT: self.now().replace(microsecond=0).isoformat()} if kept else {}
        self.progress = self.progress.with_draft(key, kept | typed_at)
        self._write()

    def must_write(self) -> None:
        """Raise StorageError where this window may only read."""
        if self.read_only:
            raise StorageError(self.read_only, todo="Nothing was changed.")

    # Undo

    @property
    def can_undo(self) -> Change | None:
        """The change that undo would take back."""
        return self._undo[-1] if self._undo else None

    @property
    def can_redo(self) -> Change | None:
        """The change that redo would make again."""
        return self._redo[-1] if self._redo else None

    def undo(self) -> Change | None:
        """Take back the last change of this sitting."""
        if not self._undo:
            return None
        change = self._undo.pop()
        self._redo.append(change)
        self._restore(change.before, since=change.after)
        return change

    def redo(self) -> Change | None:
        """Make the change again that was taken back last."""
        if not self._redo:
            return None
        change = self._redo.pop()
        self._undo.append(change)
        self._restore(change.after, since=change.before)
        return change

    def close(self) -> None:
        """Try once more to save what could not be saved."""
        if self.unsaved is not None:
            self._write()

    # Inside

    def _change(self, progress: Progress, what: str, account: str = "", step: str = "", *, form: str = "") -> None:
        """Make a change. `form` is one whose fields all stand in the record then, so that undo need not give them back."""
        self.must_write()
        if form:
            self.progress, progress = self.progress.with_draft(form, {}), progress.with_draft(form, {})
        self._undo.append(Change(self.progress, progress, what, account, step))
        self._redo.clear()
        self.progress = progress
        self._write()

    def _restore(self, progress: Progress, *, since: Progress) -> None:
        """Go from `since`, which was so after or before the change, to `progress`; what came from elsewhere meanwhile stays.

        So does what was typed meanwhile, also where the change had taken what was typed before.
        """
        restored = join(since, self.progress, progress).record
        typed = {key: draft for key, draft in self.progress.drafts.items() if draft != since.drafts.get(key)}
        self.progress = replace(restored, drafts={**restored.drafts, **typed})
        self._write()

    def _write(self) -> None:
        try:
            self.progress = self._save(self.progress)
        except StorageError as error:
            self.unsaved = error
        else:
            self.unsaved = None

    def _event(self, what: str, fields: Mapping[str, object], at: datetime | None = None) -> Event:
        """A new entry that happened at a moment (None: now). InputRefused for one in the future."""
        now = self.now()
        if at is not None:
            self._not_in_future(at)
        known = (event.id for account in self.progress.accounts for event in account.events)
        # One change may make several entries, which are not in the record until it is made.
        self._newest = entry_id(now, os.urandom(10), after=max((self._newest, *known)))
        return Event(self._newest, settled((at or now).replace(microsecond=0)), what, _said(what, fields))

    def _not_in_future(self, at: datetime) -> None:
        # In UTC, because in the hour that a clock shows twice a sum of local times is an hour off.
        if at.astimezone(UTC) > self.now().astimezone(UTC) + _SLACK:
            raise InputRefused(f"{when.full_moment(at, self.now())} is in the future. Write when it happened.")


def _said(what: str, fields: Mapping[str, object]) -> dict[str, object]:
    """The fields that say something. In `hub-changed` an empty one does: not linked."""
    if what == "hub-changed":
        return dict(fields)
    return {name: value for name, value in fields.items() if value not in ("", None) or name in KINDS[what].needs}
