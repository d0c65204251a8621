"""Deleting everything that the program made here: the list, and a question that is answered with a typed word."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from metaoptout_tui.app.files.kept_files import (
    choose_to_delete,
    delete_handed_out_words,
    handed_out_among,
    is_word_to_purge,
    purge_question,
    what_is_out_of_reach,
    word_to_purge,
    words_on_handed_out,
)
from metaoptout_tui.app.files.restoring import shown_path
from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import format_size
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.ui.base.input_screen import InputScreen
from metaoptout_tui.ui.context import AppContext, PurgeRequested
from metaoptout_tui.ui.text.builder import TextBuilder
from metaoptout_tui.ui.widgets.checkbox_lists import CheckboxList
from metaoptout_tui.ui.widgets.reader import Reader
from metaoptout_tui.ui.widgets.text_field import TextField

_MAX_SHOWN_CHARACTERS, _HANDED_OUT = 60, "handed-out"


class PurgeScreen(InputScreen[None]):
    """Every file that would be deleted, what is left, and the field for the word that deletes them.

    The files themselves are deleted when the program has ended and writes nothing any more.
    """

    SCREEN_ID = "purge"
    DEFAULT_CSS = """
    PurgeScreen Reader { height: 1fr; padding: 0 1; }
    PurgeScreen Reader:focus { border-top: heavy $accent; }
    PurgeScreen #question { padding: 0 1; height: auto; }
    """

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, "")
        self._kinds = choose_to_delete(context.record_files().kinds(), with_handed_out=False)
        self._handed_out = handed_out_among(self._kinds)

    def compose_body(self) -> ComposeResult:
        """The list above, the question and its field below."""
        with Vertical():
            yield Reader()
            if self._handed_out is not None:
                yield CheckboxList([(_HANDED_OUT, delete_handed_out_words(self._handed_out))], id="handed-out")
            yield Static(
                purge_question(self._kinds),
                id="question",
                classes="field-help",
                markup=False,
            )
            yield TextField(id="answer")

    def on_mount(self) -> None:
        """Begin in the field."""
        self.set_headline(_("Delete everything?"), left=_("Nothing is deleted yet."))
        self._show_list()
        self.query_one(Input).focus()

    def typed_values(self) -> dict[str, str]:
        """Nothing: the word is typed anew each time."""
        return {}

    def rewrap_text(self) -> None:
        """Wrap the list for the new width."""
        self._show_list()

    def _show_list(self) -> None:
        reader = self.query_one(Reader)
        text = TextBuilder(reader.text_width)
        if self.context.whose_alone:
            text.paragraph(self.context.whose_alone)
        if (handed_out := self._handed_out) is not None:
            text.paragraph(words_on_handed_out(handed_out))
            for path in handed_out.files:
                text.item("-", shown_path(path))
        for kind in self._kinds:
            if kind.files and kind.is_deleted and not kind.is_handed_out:
                text.paragraph(labelled(f"{kind.what}, {format_size(kind.size)}"))
                for path in kind.files:
                    text.item("-", shown_path(path))
        for kind in self._kinds:
            for path in () if kind.is_deleted or kind.is_handed_out else kind.files:
                text.paragraph(
                    _("Left alone: {kind_of_files}, {file}.").format(kind_of_files=kind.what, file=shown_path(path))
                )
        text.paragraph(_("Not reached by this:"))
        for each in what_is_out_of_reach():
            text.item("-", each)
        reader.show_content(text.content())

    @property
    def _deletes_handed_out(self) -> bool:
        return any(_HANDED_OUT in each.checked_ids for each in self.query(CheckboxList))

    @on(CheckboxList.Changed)
    def _handed_out_decided(self) -> None:
        """Say how many files go, with those in folders of the person's choice or without them."""
        self._kinds = choose_to_delete(self._kinds, with_handed_out=self._deletes_handed_out)
        self.query_one("#question", Static).update(purge_question(self._kinds))

    @on(Input.Submitted)
    def action_delete(self) -> None:
        """Leave and delete, if the word is right; else say that nothing was deleted."""
        field = self.query_one(Input)
        if is_word_to_purge(field.value):
            self.app.post_message(PurgeRequested(with_handed_out=self._deletes_handed_out))
        else:
            self.refuse(field, _not_deleted(field.value))


def _not_deleted(typed: str) -> str:
    """Why nothing was deleted, and what can be typed."""
    words = _("Nothing was deleted. Type {yes}, or go back.").format(yes=word_to_purge())
    shown = clean_line(typed, _MAX_SHOWN_CHARACTERS).strip()
    return f"{_('“{typed}” is none of the answers.').format(typed=shown)} {words}" if shown else words
