"""What everything in plain mode works with: the open record, the dialogue, and what is told or kept besides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.app.rehearsal import REHEARSAL_BEGINS_IN_PLAIN_MODE, MovableClock
from metaoptout_tui.app.shared_context import SharedContext
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.plain.dialogue import Dialogue

if TYPE_CHECKING:  # what only annotations name is not loaded at start
    from metaoptout_tui.app.guidance.page_watcher import PageCheck, PageWatcher


class PlainRehearsal(NamedTuple):
    """A rehearsal: its clock, and the folder that is removed at its end."""

    clock: MovableClock
    folder: Path

    @property
    def first_words(self) -> str:
        """What is said at its beginning."""
        return _(REHEARSAL_BEGINS_IN_PLAIN_MODE)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class PlainContext(SharedContext):
    """What every part of plain mode works with. `rehearsal` is the one that this is, None for the person's own walk."""

    dialogue: Dialogue
    page_check: PageCheck
    rehearsal: PlainRehearsal | None = None

    @property
    def page_watcher(self) -> PageWatcher:
        """The watched pages of the guidance in use."""
        return self.page_check.page_watcher

    @property
    def playbook(self) -> Playbook:
        """The guidance in use."""
        return self.session.playbook

    @property
    def whose_record(self) -> str:
        """Whose record is open; empty where there is one alone, without a name."""
        if not self.record_name:
            return ""
        words = _("This is the record “{record}”.")
        if self.is_record_named_by_folder:
            words = _("This is the record in the folder “{record}”.")
        return words.format(record=self.record_name)

    def say(self, *statements: str) -> None:
        """Print statements, each beginning on a line of its own."""
        self.dialogue.say(*statements)

    def sentence(self, id: str) -> str:
        """A sentence of the guidance."""
        return self.playbook.texts.sentence(id)

    def status(self, account_id: str) -> AccountStatus:
        """The status of an account that must be there; InputRefused where it is not."""
        return self.session.view.require_status(account_id)

    def name_of(self, account_id: str) -> str:
        """The name of an account in a sentence."""
        return account_name(self.session.account(account_id), self.playbook)

    def change(self, make: Callable[[], object]) -> bool:
        """Make a change and say what came of it, or say why it was not made. Returns whether it was made."""
        stack = self.session.undo_stack
        undoable = stack.undoable_change
        try:
            make()
        except MetaOptOutError as error:
            self.say(str(error))
            return False
        if stack.undoable_change is undoable:
            stack.note_final_act()
        self.say_notices()
        return True

    def say_notices(self) -> None:
        """Say what the record has to tell since the last change, and that something is not saved."""
        current_record = self.session.current_record
        while current_record.notices:
            self.say(current_record.notices.pop(0))
        if current_record.save_error is not None:
            self.say(str(current_record.save_error))
