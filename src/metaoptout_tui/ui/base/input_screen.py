"""Screens on which a person types: the texts are kept as a draft until they are recorded."""

from collections.abc import Mapping
from itertools import takewhile
from time import monotonic
from typing import TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea

from metaoptout_tui.core import dates
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import Draft
from metaoptout_tui.ui.base.moving_about import field_next_to, is_key_for_scrolling
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.widgets.frame import Notice

Result = TypeVar("Result")

SAVE_DRAFT_DELAY, MAX_DRAFT_DELAY = 0.4, 2.0
"""Seconds from the last key until the draft is saved, and from the first that is not: typing on puts it off no longer."""


class InputErrorLine(Notice):
    """The line for errors. It takes rows, which may be those of the field that the error is about."""

    class RowsTaken(Message):
        """The error has other rows than before."""

    def on_resize(self) -> None:
        """Tell the screen, once the layout is done."""
        self.post_message(self.RowsTaken())


class InputScreen(BaseScreen[Result]):
    """A screen with fields, whose texts are kept as a draft. A subclass fills its fields and returns their texts.

    The draft can be discarded, and restored as long as the screen is open.
    """

    needs_writable_record = True
    shows_draft_notice = False
    """Whether a notice says that the texts in the fields come from an earlier visit and are not in the record yet."""
    DEFAULT_CSS = """
    InputScreen .field-name { color: $muted; height: auto; padding: 0 1; }
    InputScreen #unsaved { color: $text-warning; }
    InputScreen .field-help { color: $muted; height: auto; padding: 0 1; }
    InputScreen Input { border: none; height: 1; background: $panel; margin: 0 1; padding: 0 1; }
    InputScreen Input:focus { border: none; background: $cursor-blurred; }
    InputScreen #trouble { color: $text-error; }
    """

    def __init__(self, context: AppContext, draft_key: str) -> None:
        super().__init__(context)
        self.draft_key = draft_key
        self._draft_timer: Timer | None = None
        self._draft_deadline: float | None = None
        self._is_finished = False
        self._discarded_drafts: dict[str, Draft] = {}
        self._field_at_fault: Widget | None = None

    def compose_below_headline(self) -> ComposeResult:
        """The notice that the fields come from an earlier visit."""
        yield Notice(id="unsaved")

    def compose_below_body(self) -> ComposeResult:
        """The line for errors."""
        yield InputErrorLine(id="trouble")

    def fill_fields(self) -> None:
        """Fill the fields from the draft, else with what is offered. Extended by screens with fields to fill."""
        self._update_draft_notice()

    def _update_draft_notice(self) -> None:
        words = ""
        if self.shows_draft_notice and self.draft:
            at = self.session.drafts.typed_at(self.draft_key)
            key = self.readable_key_of(f"{self.SCREEN_ID}.discard")
            if self.session.undo_stack.has_returned(self.draft_key):
                words = _(
                    "You took the entry back. What you had typed or chosen for it is here again. {key} discards it."
                )
                words = words.format(key=key)
            else:
                words = self.words_on_draft(dates.format_day_and_time(at, self.session.now()) if at else "", key)
        self.query_one("#unsaved", Notice).show(words)

    def words_on_draft(self, typed_on: str, key: str) -> str:
        """That the texts in the fields are not in the record; `typed_on` is empty where it is not known when they came."""
        if not typed_on:
            sentence = _("Not saved yet: what you typed earlier stands in the fields. {key} discards it.")
            return sentence.format(key=key)
        sentence = _("Not saved yet: what you typed on {day_and_time} stands in the fields. {key} discards it.")
        return sentence.format(day_and_time=typed_on, key=key)

    def action_discard(self) -> None:
        """Discard the draft and what is typed; where there is nothing to discard, restore what was discarded here."""
        if self._draft_timer is not None:
            self._draft_timer.stop()
        typed = {name: words for name, words in self.typed_values().items() if words}
        restored = {} if typed else self._discarded_drafts.get(self.draft_key, {})
        if not typed and not restored:
            self.say(_("There is nothing to discard: nothing was changed here."))
        elif self.make_change(lambda: self.replace_draft(restored)):
            self._discarded_drafts[self.draft_key] = typed
            self.show_input_error("")
            self.fill_fields()
            key = self.readable_key_of(f"{self.SCREEN_ID}.discard")
            self.say(
                _("What you had typed is back.")
                if restored
                else _("Discarded what you typed. {key} gives it back.").format(key=key)
            )

    def replace_draft(self, draft: Draft) -> None:
        """Keep these texts in place of those that were typed."""
        self.session.current_record.require_writable()
        self.session.drafts.save(self.draft_key, draft)

    @property
    def draft(self) -> Mapping[str, str]:
        """The texts that were typed here before and not recorded, by field."""
        return self.session.drafts.read(self.draft_key)

    def typed_values(self) -> dict[str, str]:
        """The texts in the fields by name, empty where a field is as it was offered."""
        raise NotImplementedError  # each screen has its own fields

    def save_draft(self) -> None:
        """Save what is typed, unless the screen was finished."""
        self._draft_deadline = None
        if not self._is_finished and self.is_mounted:
            self.session.drafts.save(self.draft_key, self.typed_values())
            self.show_record_warning()

    def finish(self, result: Result) -> None:
        """Leave with a result, without saving a draft."""
        self._is_finished = True
        self.dismiss(result)

    def show_input_error(self, words: str) -> None:
        """Show an error below the fields; an empty text removes it."""
        self._field_at_fault = None
        self.query_one("#trouble", Notice).show(words)

    def refuse(self, field: Widget, words: str) -> None:
        """Show what is wrong, and go to the field at fault, with its question in view."""
        self.set_focus(field)
        self.show_input_error(words)
        self._field_at_fault = field

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _remove_error_about(self, event: Input.Changed | TextArea.Changed) -> None:
        """Remove the error about a field as soon as its text is another one."""
        if event.control is self._field_at_fault:
            self.show_input_error("")

    def on_key(self, event: events.Key) -> None:
        """In a field of one line Up and Down go to the next field, as Tab does: they would scroll it out of sight."""
        if isinstance(self.focused, Input) and is_key_for_scrolling(self, event.key):
            event.stop()
            event.prevent_default()
            self.set_focus(field_next_to(self, event.key))

    def say_error(self, error: MetaOptOutError) -> None:
        """Show the error below the fields, until the text is corrected."""
        self.show_input_error(str(error))

    def set_focus(
        self,
        widget: Widget | None,
        scroll_visible: bool = True,  # noqa: FBT001, FBT002 - as Textual has it
        from_app_focus: bool = False,  # noqa: FBT001, FBT002 - as Textual has it
    ) -> None:
        """Focus a field and show it with the question above it: Textual centres the field, which hides the question."""
        super().set_focus(widget, scroll_visible=False, from_app_focus=from_app_focus)
        if widget is not None and scroll_visible:
            self.call_after_refresh(self._show_field, widget)

    @on(InputErrorLine.RowsTaken)
    def _show_focused_field(self) -> None:
        if self.focused is not None:
            self._show_field(self.focused)

    def _show_field(self, field: Widget) -> None:
        neighbours = list(field.parent.children) if field.parent else [field]
        above = reversed(neighbours[: neighbours.index(field)])
        questions = (each for each in takewhile(lambda each: not each.can_focus, above) if each.has_class("field-name"))
        if question := next(questions, None):
            question.scroll_visible(animate=False, immediate=True)
        field.scroll_visible(animate=False, immediate=True)

    @on(Input.Changed)
    def _show_end_of_text(self, event: Input.Changed) -> None:
        """Show the end of a long text behind which the cursor stands: Textual does so only from the second change on."""
        field = event.input
        if field.max_scroll_x and field.cursor_position == len(field.value):
            field.scroll_to(x=field.max_scroll_x, animate=False, force=True)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _save_draft_soon(self) -> None:
        if self._draft_timer is not None:
            self._draft_timer.stop()
        now = monotonic()
        if self._draft_deadline is None:
            self._draft_deadline = now + MAX_DRAFT_DELAY
        delay = min(SAVE_DRAFT_DELAY, self._draft_deadline - now)
        if delay <= 0:
            self.save_draft()
        else:
            self._draft_timer = self.set_timer(delay, self.save_draft)

    def action_back(self) -> None:
        """Save what is typed as a draft and leave."""
        self.save_draft()
        if self.session.current_record.read_only_reason and any(self.typed_values().values()):
            self.say(
                _("{read_only_reason} What you typed is not kept.").format(
                    read_only_reason=self.session.current_record.read_only_reason
                )
            )
        self._is_finished = True
        self.dismiss(None)

    def on_unmount(self) -> None:
        """Stop the timer; at its end the App saves the drafts itself."""
        if self._draft_timer is not None:
            self._draft_timer.stop()
