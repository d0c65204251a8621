"""What Meta may have from a person, as Meta's download tells it: counts, years, and what can be done."""

from collections.abc import Sequence
from functools import partial

from metaoptout_tui.app.imports.meta_export_findings import record_exposure
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.meta_export import MetaExport
from metaoptout_tui.core.objection.sentences import NOT_LEGAL_ADVICE
from metaoptout_tui.ui.base.reader import ReaderScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.exposure import TITLE, exposure_sources, exposure_text
from metaoptout_tui.ui.text.pages_and_letters import JumpableText
from metaoptout_tui.ui.text.step_sources import sentence_in_view


class ExposureScreen(ReaderScreen[None]):
    """The counts of the person's own downloads, as a text."""

    SCREEN_ID = "exposure"

    def __init__(self, context: AppContext, exports: tuple[MetaExport, ...]) -> None:
        super().__init__(context)
        self._exports = exports
        self._sentence_lines: Sequence[tuple[int, str]] = ()

    def update_content(self) -> None:
        """Show the text."""
        super().update_content()
        self.set_headline(_(TITLE), left=f"{_('Counts and dates only.')} {_(NOT_LEGAL_ADVICE)}")
        self.show_text(self._exports)

    def build_text(self, width: int) -> JumpableText:
        """The text for a width."""
        sourced = exposure_text(self.context, width, self._exports)
        content = sourced.content()
        self._sentence_lines = sourced.sentence_lines
        return JumpableText(content, ())

    def action_record(self) -> None:
        """Write the counts into the diary."""
        if self.make_change(lambda: record_exposure(self.session, self._exports)):
            self.say_undoable(_("Counts, dates and file names are in the diary; no text."))

    def action_sources(self) -> None:
        """Show who says what is said here, beginning with what is in view."""
        sentence = sentence_in_view(self._sentence_lines, self.reader.scroll_offset.y)
        self.open_screen("sources", partial(exposure_sources, self.context), sentence)
