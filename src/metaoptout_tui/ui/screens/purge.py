"""Deleting everything that the program made here: the list, and a question that is answered with a typed word."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from metaoptout_tui.app.files.kept_files import is_word_to_purge, purge_question, what_is_out_of_reach, word_to_purge
from metaoptout_tui.app.files.restoring import shown_path
from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import format_size
from metaoptout_tui.ui.base.input_screen import InputScreen
from metaoptout_tui.ui.context import AppContext, PurgeRequested
from metaoptout_tui.ui.text.builder import TextBuilder
from metaoptout_tui.ui.widgets.reader import Reader


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
        self._kinds = context.record_files().kinds()

    def compose_body(self) -> ComposeResult:
        """The list above, the question and its field below."""
        with Vertical():
            yield Reader()
            yield Static(
                purge_question(self._kinds),
                id="question",
                classes="field-help",
                markup=False,
            )
            yield Input(id="answer")

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
        for kind in self._kinds:
            if kind.files and kind.is_deleted:
                text.paragraph(labelled(f"{kind.what}, {format_size(kind.size)}"))
                for path in kind.files:
                    text.item("-", shown_path(path))
        for kind in self._kinds:
            for path in () if kind.is_deleted else kind.files:
                text.paragraph(
                    _("Left alone: {kind_of_files}, {file}.").format(kind_of_files=kind.what, file=shown_path(path))
                )
        text.paragraph(_("Not reached by this:"))
        for each in what_is_out_of_reach():
            text.item("-", each)
        reader.show_content(text.content())

    @on(Input.Submitted)
    def action_delete(self) -> None:
        """Leave and delete, if the word is right; else say that nothing was deleted."""
        field = self.query_one(Input)
        if is_word_to_purge(field.value):
            self.app.post_message(PurgeRequested())
        else:
            self.refuse(field, _("Nothing was deleted. Type {yes}, or go back.").format(yes=word_to_purge()))
