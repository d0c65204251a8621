"""What Meta's download says against the record: each finding ticked or not, and taken as one change."""

from enum import Enum, auto
from pathlib import PurePath

from textual import on
from textual.app import ComposeResult

from metaoptout_tui.app.accounts.link_questions import AccountLink
from metaoptout_tui.app.imports.meta_export_findings import finding_to_date, take_findings
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.meta_export import MetaExports
from metaoptout_tui.core.meta_export_comparison import ExportComparison, ExportFinding, compare_exports
from metaoptout_tui.core.meta_export_sentences import finding_sentences, finding_title
from metaoptout_tui.core.record.events import LinkSince
from metaoptout_tui.ui.base.list_and_detail import ListAndDetailScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.linked_since import ask_linked_since
from metaoptout_tui.ui.text.exposure import download_notes
from metaoptout_tui.ui.widgets.checkbox_lists import CheckboxList
from metaoptout_tui.ui.widgets.reader import Reader


class AfterFindings(Enum):
    """What follows the findings: other files are read, or the walk goes on with what was taken."""

    READ_OTHERS = auto()
    WALK_ON = auto()


class DownloadFindingsScreen(ListAndDetailScreen[AfterFindings | None]):
    """The findings, and below them the details. Returns what follows, None where nothing was taken."""

    SCREEN_ID = "download-found"

    def __init__(self, context: AppContext, results: MetaExports) -> None:
        super().__init__(context)
        self._results = results
        self._is_confirmed_own = False
        self._has_taken = False
        self._findings: dict[str, ExportFinding] = {}
        self._comparison = ExportComparison((), (), ())

    def compose_body(self) -> ComposeResult:
        """The rows to tick, and the details below."""
        yield CheckboxList((), id="findings")
        yield Reader()

    @property
    def _checkboxes(self) -> CheckboxList:
        return self.query_one(CheckboxList)

    def update_content(self) -> None:
        """Compare with the record as it is now; what the person ticked or not stays so."""
        super().update_content()
        former, checked = self._findings, self._checkboxes.checked_ids
        self._comparison = compare_exports(
            self._results.exports,
            self.session.record,
            self.session.playbook,
            is_confirmed_own=self._is_confirmed_own,
        )
        self._findings = {finding.id: finding for finding in self._comparison.findings}
        rows = [(id, finding_title(finding, self.session.playbook)) for id, finding in self._findings.items()]
        ticked = [id for id, each in self._findings.items() if (id in checked if id in former else each.is_ticked)]
        self._checkboxes.show_checkboxes(rows, ticked)
        self._checkboxes.display = bool(rows)
        self.set_focus(self._checkboxes if rows else self.reader)
        self._show_headline()
        self.show_detail()

    def _show_headline(self) -> None:
        exposure = _("{key} shows what Meta may have from you.").format(
            key=self.readable_key_of("download-found.exposure")
        )
        if self._findings:
            key = self.readable_key_of("download-found.take")
            left = f"{_('Space ticks, {key} takes the ticked.').format(key=key)} {exposure}"
        elif self._comparison.foreign:
            left = _("Is it yours? {key} says that it is.").format(key=self.readable_key_of("download-found.mine"))
        elif self._has_taken:
            key = self.readable_key_of("download-found.take")
            left = f"{_('Nothing new for your list: {key} goes on.').format(key=key)} {exposure}"
        else:
            left = f"{_('Nothing new for your list of accounts.')} {exposure}"
        self.set_headline(_("What the download says"), left=left)

    @on(CheckboxList.Changed)
    def show_detail(self) -> None:
        """The highlighted finding in sentences, and what is to be known of the download as a whole."""
        finding = self._findings.get(self._checkboxes.highlighted_id)
        sentences = self._detail_sentences(finding) if finding else ()
        self.reader.show_content(
            download_notes(self.context, self.reader.text_width, self._results, self._comparison, sentences)
        )

    def _detail_sentences(self, finding: ExportFinding) -> tuple[str, ...]:
        return _("The download says so in {file}.").format(file=_short_file_name(finding.file)), *finding_sentences(
            finding
        )

    def action_take(self) -> None:
        """Take the ticked findings; ask since when a link is so, where an objection depends on it.

        Once they are taken, with none ticked, go on.
        """
        ticked = [self._findings[id] for id in self._checkboxes.checked_ids if id in self._findings]
        if not ticked and self._has_taken:
            self.action_back()
            return
        if not ticked:
            self.say(_("Nothing is ticked."))
            return

        def take(since: LinkSince | None) -> None:
            if self.make_change(lambda: take_findings(self.session, ticked, since)):
                self._has_taken = True
                self._show_headline()
                count = len(ticked)
                words = ngettext("{count} change taken into your list.", "{count} changes taken into your list.", count)
                self.say_undoable(words.format(count=format_number(count)))

        asked = finding_to_date(self.session.account_service, ticked)
        if asked is None:
            take(None)
        else:
            ask_linked_since(
                self, AccountLink(asked.linked_group), take, platform=asked.platform, account_id=asked.account_id
            )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to say that a download is the person's own only where one looks like somebody else's."""
        return (action != "mine" or bool(self._comparison.foreign)) and super().check_action(action, parameters)

    def action_mine(self) -> None:
        """Take downloads that have nothing in common with the record as the person's own."""
        self._is_confirmed_own = True
        self.update_content()

    def action_exposure(self) -> None:
        """Show what Meta may have."""
        if own := self._comparison.own_among(self._results.exports):
            self.open_screen("exposure", own)
        else:
            self.say(_("There is no download of yours to show."))

    def action_again(self) -> None:
        """Choose other files."""
        self.dismiss(AfterFindings.READ_OTHERS)

    def action_back(self) -> None:
        """Go back, or on with what was taken."""
        self.dismiss(AfterFindings.WALK_ON if self._has_taken else None)

    def action_undo(self) -> None:
        """Take back the last change; what is offered then can be taken again."""
        self._has_taken = False
        super().action_undo()


def _short_file_name(file: str) -> str:
    """The names of a file in a zip and of that without their folders: `facebook.zip › profile_information.json`."""
    return " › ".join(PurePath(part).name for part in file.split(" › "))
