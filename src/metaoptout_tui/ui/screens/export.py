"""Write the case file: where to, of which account, masked or whole."""

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from metaoptout_tui.case_file import Asked, Written, build, guidance_words, offered_folder, write
from metaoptout_tui.core.going import Going
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.lists import Choices, Ticks
from metaoptout_tui.ui.waiting import WaitingForm

_ALL, _THIS = "all", "this"
_REDACT, _WITH = "redact", "with-evidence"
_ABOUT = (
    "Files: a page to read and print, the same as Markdown, as data (JSON), and what is due, if anything, as a calendar. "
    "They stay on this computer until you hand them over."
)


class ExportScreen(WaitingForm[None]):
    """A folder, the account or all of them, and two ticks. Enter anywhere writes."""

    PLACE = "export"
    BINDINGS = bindings("export")
    DEFAULT_CSS = "ExportScreen .field-name { color: $text-accent; }"

    def __init__(self, desk: Desk, account: str) -> None:
        super().__init__(desk, "export")
        self._account = account
        self._offered = ""

    def compose_page(self) -> ComposeResult:
        """The fields from top to bottom."""
        account = self.session.progress.account(self._account)
        this = account_name(account, self.session.playbook) if account else ""
        with VerticalScroll(can_focus=False):
            yield Static(_ABOUT, classes="field-help", markup=False)
            yield Static("Folder to write to", classes="field-name", markup=False)
            yield Input(id="folder")
            yield Static("Of which account", classes="field-name", markup=False)
            yield Choices([(_ALL, "All accounts"), (_THIS, f"Only {this}")], id="scope")
            yield Static("How (Space ticks)", classes="field-name", markup=False)
            yield Ticks(
                [
                    (_REDACT, "With masks for names, addresses and links, and without free text"),
                    (_WITH, "With a copy of each kept file"),
                ],
                id="how",
            )
            yield from self.compose_foot()

    def on_mount(self) -> None:
        """Begin with the folder that is offered, or that was being typed."""
        self.head("Write the case file", left="Enter writes. Tab goes from field to field.")
        self._offered = offered_folder()
        with self.prevent(Input.Changed):
            self.query_one("#folder", Input).value = self.draft.get("folder") or self._offered
        self.query_one("#scope", Choices).go_to(_ALL)
        self.query_one("#folder", Input).focus()

    def typed(self) -> dict[str, str]:
        """The folder, where it is another than the one offered."""
        folder = self.query_one("#folder", Input).value
        return {"folder": folder} if folder != self._offered else {}

    @on(Input.Submitted)
    def action_write(self) -> None:
        """Write the files, or say what stands against it."""
        folder = self.query_one("#folder", Input).value.strip()
        if not folder:
            self.refuse("Write down a folder first.")
            return
        if self.is_busy:
            return
        ticked = self.query_one("#how", Ticks).ticked
        only_this = self.query_one("#scope", Choices).chosen == _THIS
        asked = Asked(self._account if only_this else "", _REDACT in ticked, _WITH in ticked)
        self.begin(
            "Writing the case file",
            lambda going: self._write(Path(folder), asked, going),
            self._written,
            "Stopped. Nothing was written.",
        )

    def _write(self, folder: Path, asked: Asked, going: Going) -> Written:
        """In a thread, since kept files may be large."""
        session, evidence = self.session, self.desk.evidence
        files = build(
            session.progress,
            session.playbook,
            asked,
            now=session.now(),
            evidence=evidence,
            guidance=guidance_words(self.desk.looking.lookout.in_use),
            going=going,
        )
        return write(files, folder, evidence=evidence, going=going)

    def _written(self, written: Written) -> None:
        page, *others = written.paths
        copies = f" {len(written.copies)} kept files are beside them." if written.copies else ""
        ends = ", ".join(path.suffix for path in others)
        self.say(f"Written: {page}, and beside it {ends}.{copies}")
        for note in written.notes:
            self.notify(note, severity="warning", markup=False)
        self.session.keep_draft(self.draft_key, {})
        self.settle(None)
