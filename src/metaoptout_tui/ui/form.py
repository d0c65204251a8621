"""Screens with something to type: what is typed is kept on the disk until it is recorded, however the screen is left."""

from collections.abc import Mapping
from typing import TypeVar

from textual import on
from textual.app import ComposeResult
from textual.timer import Timer
from textual.widgets import Input, Static, TextArea

from metaoptout_tui.core import when
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.progress import Draft
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.page import Page

Result = TypeVar("Result")

KEEP_AFTER = 0.4
"""Seconds after the last key until what was typed is on the disk."""


class FormPage(Page[Result]):
    """A screen with fields. A subclass names its draft, says what is in its fields, and fills them.

    Where it is one that `says_unsaved`, fields that come from an earlier visit are said to be so. What was typed can be
    discarded, and as long as the screen is open given back.
    """

    DEFAULT_CSS = """
    FormPage .field-name { color: $muted; height: 1; padding: 0 1; }
    FormPage #unsaved { color: $text-warning; height: auto; padding: 0 1; display: none; }
    FormPage #unsaved.-said { display: block; }
    FormPage .field-help { color: $muted; height: auto; padding: 0 1; }
    FormPage Input { border: none; height: 1; background: $panel; margin: 0 1; padding: 0 1; }
    FormPage Input:focus { border: none; background: $cursor-blurred; }
    FormPage #trouble { color: $text-error; height: auto; padding: 0 1; display: none; dock: bottom; }
    FormPage #trouble.-said { display: block; }
    """

    def __init__(self, desk: Desk, draft_key: str) -> None:
        super().__init__(desk)
        self.draft_key = draft_key
        self._timer: Timer | None = None
        self._settled = False
        self._discarded: dict[str, Draft] = {}

    @property
    def says_unsaved(self) -> bool:
        """Whether a person has to be told that what stands here is not in the record."""
        return False

    def compose_above(self) -> ComposeResult:
        """Whether the fields come from an earlier visit."""
        yield Static(id="unsaved", markup=False)

    def fill(self) -> None:
        """Put into the fields what was typed before, else what is offered. Extended by forms that `says_unsaved`."""
        self._show_unsaved()

    def _show_unsaved(self) -> None:
        said = self.says_unsaved and bool(self.draft)
        at = self.session.draft_from(self.draft_key)
        typed = f"on {when.day_and_time(at, self.session.now())}" if at else "earlier"
        unsaved = self.query_one("#unsaved", Static)
        unsaved.set_class(said, "-said")
        if said:
            key = self.key(f"{self.PLACE}.discard")
            unsaved.update(f"Not saved yet: what you typed {typed} stands in the fields. {key} discards it.")

    def action_discard(self) -> None:
        """Put the fields back as they were before anything was typed, now or at an earlier visit; or give that back."""
        if self._timer is not None:
            self._timer.stop()
        typed = {name: words for name, words in self.typed().items() if words}
        before = {} if typed else self._discarded.get(self.draft_key, {})
        if not typed and not before:
            self.say("There is nothing to discard: nothing was changed here.")
        elif self.change(lambda: self._put(before)):
            self._discarded[self.draft_key] = typed
            self.refuse("")
            self.fill()
            key = self.key(f"{self.PLACE}.discard")
            self.say("What you had typed is back." if before else f"Discarded what you typed. {key} gives it back.")

    def _put(self, draft: Draft) -> None:
        self.session.must_write()
        self.session.keep_draft(self.draft_key, draft)

    @property
    def draft(self) -> Mapping[str, str]:
        """What was typed here before and not recorded."""
        return self.session.draft(self.draft_key)

    def typed(self) -> dict[str, str]:
        """What is in the fields now, by name, empty where a field is as it was offered."""
        raise NotImplementedError  # each form has its own fields

    def keep(self) -> None:
        """Put what is typed on the disk, unless it has been recorded."""
        if not self._settled and self.is_mounted:
            self.session.keep_draft(self.draft_key, self.typed())

    def settle(self, result: Result) -> None:
        """Leave with what was recorded; there is nothing to keep any more."""
        self._settled = True
        self.dismiss(result)

    def refuse(self, words: str) -> None:
        """Say in the form itself what is wrong."""
        trouble = self.query_one("#trouble", Static)
        trouble.update(words)
        trouble.set_class(bool(words), "-said")

    def say_error(self, error: MetaOptOutError) -> None:
        """What is wrong stands in the form, beside what was typed, until it is right."""
        self.refuse(str(error))

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _keep_soon(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(KEEP_AFTER, self.keep)

    def action_back(self) -> None:
        """Leave; what was typed is kept for the next time."""
        self.keep()
        if self.session.read_only and any(self.typed().values()):
            self.say(f"{self.session.read_only} What you typed is not kept.")
        self._settled = True
        self.dismiss(None)

    def on_unmount(self) -> None:
        """Stop the clock; the App keeps what is typed when it ends."""
        if self._timer is not None:
            self._timer.stop()
