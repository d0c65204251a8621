"""Choosing the files of Meta's download, and the progress of reading them."""

from textual.app import ComposeResult
from textual.widgets import Static

from metaoptout_tui.app.imports.meta_export import MetaExportReading
from metaoptout_tui.app.imports.meta_export_findings import record_request
from metaoptout_tui.core.guidance.topics import TopicId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.choose_paths import ChoosePathsScreen
from metaoptout_tui.ui.text.builder import reading_line

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
        elif self.make_change(lambda: record_request(self.session, accounts[0].id)):
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
