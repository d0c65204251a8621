"""Taking the last change back and making it again, from any question."""

from collections.abc import Iterator
from contextlib import contextmanager

from metaoptout_tui.app.record.undo_stack import RecordChange
from metaoptout_tui.app.undo_sentences import (
    question_before_older_undo,
    question_before_undo,
    words_on_redone,
    words_on_undone,
)
from metaoptout_tui.core.language.formatting import quoted
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.typed_words import typed_word


class PlainUndo:
    """What the words undo and redo do.

    Away from the list of accounts nothing is taken back unasked but what the last answer recorded.
    """

    def __init__(self, context: PlainContext) -> None:
        self._context = context
        self._is_at_list = False
        self._change_before_answer: RecordChange | None = None

    def note_answer(self) -> None:
        """Remember what was recorded before the answer that was just given."""
        self._change_before_answer = self._context.session.undo_stack.undoable_change

    @contextmanager
    def at_list(self) -> Iterator[None]:
        """Within it the list of accounts is asked."""
        self._is_at_list = True
        try:
            yield
        finally:
            self._is_at_list = False

    def undo(self) -> bool:
        """Take the last change back; asked first where it is older than the last answer, or than an act that stays."""
        context, stack = self._context, self._context.session.undo_stack
        question = question_before_undo(context.session)
        is_older = not self._is_at_list and stack.undoable_change is self._change_before_answer
        if is_older and stack.is_last_act_undoable:
            words = _("Nothing is recorded here yet; “{back}” changes the last answer.")
            context.say(words.format(back=typed_word("back")))
            if stack.undoable_change is None:
                return False
            question = question or question_before_older_undo(context.session)
        if question is not None:
            is_agreed = False
            with context.dialogue.back_to():
                is_agreed = context.dialogue.ask_whether_to_go_on(question)
            if not is_agreed:
                context.say(_("Nothing was taken back."))
                return False
        change = stack.undo()
        context.say(words_on_undone(change, context.session, quoted(typed_word("redo"))))
        context.say_notices()
        return change is not None

    def redo(self) -> bool:
        """Make the change again that was taken back last."""
        change = self._context.session.undo_stack.redo()
        self._context.say(words_on_redone(change, self._context.session))
        self._context.say_notices()
        return change is not None
