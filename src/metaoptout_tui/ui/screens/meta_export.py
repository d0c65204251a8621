"""The screens of Meta's download: choosing its files, how far their reading is, and what Meta may have from a person."""

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult
from textual.widgets import Static

from metaoptout_tui.app.imports.meta_export import MetaExportReading
from metaoptout_tui.app.imports.meta_export_findings import record_download_request, record_exposure
from metaoptout_tui.core.guidance.topics import TopicId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.meta_export import MetaExport
from metaoptout_tui.core.objection.sentences import NOT_LEGAL_ADVICE
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.ui.base.reader import ReaderScreen
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.choose_paths import ChoosePathsScreen
from metaoptout_tui.ui.text.builder import reading_line
from metaoptout_tui.ui.text.exposure import TITLE, exposure_sources, exposure_text
from metaoptout_tui.ui.text.pages_and_letters import JumpableText
from metaoptout_tui.ui.text.step_sources import sentence_in_view

_REFRESH_SECONDS = 0.1
"""Seconds between two updates of the progress."""


class ChooseDownloadScreen(ChoosePathsScreen):
    """Asks for the files of the download. Returns their paths."""

    SCREEN_ID = "download"
    TITLE_TEXT = mark("What Meta gave you as “Download your information”")
    FIELD_LABEL = mark("The download (.zip, all parts), or its unpacked folder")
    FILE_SUFFIXES = (".zip", ".json", ".html")
    START_COMMAND = "read"
    HINT_IN_FIELD = mark("{key} reads what is chosen, on this machine; nothing leaves it.")
    HINT_IN_FILES = mark("Enter takes a file; {key}, or Enter once more, reads what is chosen, on this machine.")

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, make_draft_key("download"))

    def help_lines(self) -> tuple[str, ...]:
        """What can be read here, and which keys help where there is no download yet."""
        how, asked = (self.readable_key_of(f"download.{name}") for name in ("how", "asked"))
        return (
            _("No download yet? {key} tells how to ask Meta for it, step by step.").format(key=how),
            _("Asked already? {key} writes that down, and reminds you tomorrow to look for it.").format(key=asked),
            self.session.playbook.texts.sentence("download.forms"),
        )

    def action_how(self) -> None:
        """Show how Meta is asked for the download."""
        self.open_screen("topic", TopicId.DOWNLOAD)

    def action_asked(self) -> None:
        """Write down that Meta was asked for the download."""
        accounts = self.session.record.accounts
        if not accounts:
            self.say_no_account()
        elif self.make_change(lambda: record_download_request(self.session, accounts[0].id)):
            self.say(_("Written down. You are reminded tomorrow to look for it."))

    def action_read(self) -> None:
        """Read the chosen paths and the typed one."""
        self.start()


class DownloadProgressScreen(BaseScreen[bool | None]):
    """The progress of the reading. Returns True when it has ended or was stopped."""

    SCREEN_ID = "download-reading"
    DEFAULT_CSS = """
    DownloadProgressScreen > #bar, DownloadProgressScreen > #file { height: auto; padding: 1 1 0 1; }
    """

    def __init__(self, context: AppContext, reading: MetaExportReading) -> None:
        super().__init__(context)
        self._reading = reading

    def compose_body(self) -> ComposeResult:
        """The progress and the current file."""
        yield Static(id="bar", markup=False)
        yield Static(id="file", markup=False)

    def on_mount(self) -> None:
        """Update the progress at intervals."""
        self.set_headline(
            _("Reading Meta's download"), left=_("On this machine: no text is kept, and nothing leaves it.")
        )
        self.set_interval(_REFRESH_SECONDS, self.update_content)
        self.update_content()

    def update_content(self) -> None:
        """The present progress; leave when there is no more of it, as soon as this screen is in front."""
        super().update_content()
        reading = self._reading
        line = reading_line(reading.job, reading.seconds_left, self.size.width - 2, self.context.symbols)
        self.query_one("#bar", Static).update(line or _("Looking for what is to be read"))
        self.query_one("#file", Static).update(reading.current_file)
        if not reading.is_running and self.app.screen is self:
            self.dismiss(True)

    def action_stop(self) -> None:
        """Stop the reading; its end closes this screen."""
        self._reading.job.cancel()


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
