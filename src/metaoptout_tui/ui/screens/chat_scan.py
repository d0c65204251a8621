"""Choosing exported chats to scan, and the progress of that scan."""

from textual.app import ComposeResult
from textual.widgets import Static

from metaoptout_tui.core.chats.scan_summary import CHAT_FILE_SUFFIXES
from metaoptout_tui.core.guidance.basis import format_sureness
from metaoptout_tui.core.language.formatting import format_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.applicable_guidance import ApplicableGuidance
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.choose_paths import ChoosePathsScreen
from metaoptout_tui.ui.text.builder import chat_scan_line
from metaoptout_tui.ui.text.step_sources import describe_menu_path

_REFRESH_SECONDS = 0.1
"""Seconds between two updates of the progress."""


class ScanProgressScreen(BaseScreen[bool | None]):
    """The progress of the scan. Returns True when the scan has ended or was stopped."""

    SCREEN_ID = "scan"
    DEFAULT_CSS = """
    ScanProgressScreen > #bar, ScanProgressScreen > #file { height: auto; padding: 1 1 0 1; }
    """

    def compose_body(self) -> ComposeResult:
        """The progress and the current file."""
        yield Static(id="bar", markup=False)
        yield Static(id="file", markup=False)

    def on_mount(self) -> None:
        """Update the progress at intervals."""
        self.set_headline(_("Reading your chats"), left=_("On this machine: no text is kept, and nothing leaves it."))
        self.set_interval(_REFRESH_SECONDS, self.update_content)
        self.update_content()

    def update_content(self) -> None:
        """The present progress."""
        super().update_content()
        chat_scan = self.context.chat_scan
        self.query_one("#bar", Static).update(chat_scan_line(chat_scan, self.size.width - 2, self.context.symbols))
        self.query_one("#file", Static).update(chat_scan.current_file)

    def chat_scan_finished(self) -> bool:
        """Leave, so that the results can be shown."""
        self.dismiss(True)
        return True

    def action_stop(self) -> None:
        """Cancel the scan; its end closes this screen."""
        self.context.chat_scan.job.cancel()


class ChooseChatsScreen(ChoosePathsScreen):
    """Asks for files and folders to scan. Returns their paths."""

    SCREEN_ID = "chats"
    TITLE_TEXT = mark("Scan exported chats")
    FIELD_LABEL = mark("An exported chat (.txt or .zip), or a folder of them")
    FILE_SUFFIXES = CHAT_FILE_SUFFIXES
    START_COMMAND = "scan"
    HINT_IN_FIELD = mark("{key} scans what is chosen, on this machine; nothing leaves it.")
    HINT_IN_FILES = mark("Enter takes a file; {key}, or Enter once more, scans what is chosen, on this machine.")

    def __init__(self, context: AppContext, account_id: str) -> None:
        super().__init__(context, make_draft_key("chats", account_id))
        self._account_id = account_id

    def help_lines(self) -> tuple[str, ...]:
        """How a chat is exported."""
        return _export_help_lines(self.context, self._account_id)

    def action_scan(self) -> None:
        """Begin the scan of the chosen paths and the typed one."""
        self.start()


def _export_help_lines(context: AppContext, account_id: str) -> tuple[str, ...]:
    """How a chat is exported, as the guidance has it, with how sure that is and where it is from."""
    playbook, status = context.session.playbook, context.session.overview().status_of(account_id)
    if status is None:
        return ()
    guidance = ApplicableGuidance(playbook, status, "chats")
    sentences = {each.id: playbook.texts.sentence(each.id) for each in guidance.statements_at("chats")}
    paths = guidance.menu_paths()
    lines = [
        sentences.get("chats.export-one", ""),
        *(describe_menu_path(path, context) for path in paths),
        sentences.get("chats.blocked", ""),
    ]
    if paths:
        basis = paths[0].basis
        publishers = format_list(playbook.sources[id].publisher for id in basis.sources if id in playbook.sources)
        lines.append(f"{format_sureness(basis)} {publishers}")
    return tuple(filter(None, lines))
