"""Writes the case file: folder, which account, redaction, and copies of evidence files."""

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from metaoptout_tui.app.case_export import (
    ALL_ACCOUNTS,
    MASKED,
    THIS_ACCOUNT,
    WHOLE,
    CaseExportOptions,
    CaseExportResult,
    accounts_to_export,
    case_languages,
    export_open_record,
    suggested_export_folder,
    whole_or_masked,
)
from metaoptout_tui.app.files.typed_paths import with_tilde
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.cldr import FORMATS
from metaoptout_tui.core.language.formatting import format_list, format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, ngettext
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.ui.base.job_screen import JobScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.widgets.answer_lists import AnswerList
from metaoptout_tui.ui.widgets.checkbox_lists import CheckboxList, CheckboxListWithChoice
from metaoptout_tui.ui.widgets.text_field import TextField

_WITH_EVIDENCE = "with-evidence"
_FILES_HELP = mark(
    "Files: a page to read and print, the same as Markdown, as data (JSON), and what is due, "
    "if anything, as a calendar. They stay on this computer until you hand them over."
)


class CaseExportScreen(JobScreen[None]):
    """Asks for the folder, one account or all, and two options. Enter anywhere writes the files."""

    SCREEN_ID = "export"
    needs_writable_record = False
    DEFAULT_CSS = "CaseExportScreen .field-name { color: $text-accent; }"

    def __init__(self, context: AppContext, account_id: str) -> None:
        super().__init__(context, "export")
        self._account_id = account_id
        self._default_folder = ""
        person = self.session.record.person
        self._languages = case_languages(person.country, person.land)

    def compose_body(self) -> ComposeResult:
        """The fields from top to bottom."""
        account = self.session.record.account_by_id(self._account_id)
        name = account_name(account, self.session.playbook) if account else ""
        with VerticalScroll(can_focus=False):
            yield Static(_(_FILES_HELP), classes="field-help", markup=False)
            yield Static(_("Folder to write to"), classes="field-name", markup=False)
            yield TextField(id="folder")
            yield Static(_("Of which account"), classes="field-name", markup=False)
            yield AnswerList(accounts_to_export(name), id="scope")
            yield Static(
                _("With names and addresses, or with them hidden? (Space ticks)"), classes="field-name", markup=False
            )
            how = (*whole_or_masked(), (_WITH_EVIDENCE, _("With a copy of each kept file")))
            yield CheckboxListWithChoice(how, [id for id, _words in whole_or_masked()], id="how")
            if len(self._languages) > 1:
                yield Static(_("In which language?"), classes="field-name", markup=False)
                yield AnswerList(
                    [(language, FORMATS[language].own_name) for language in self._languages], id="language"
                )

    def on_mount(self) -> None:
        """Begin in the field for the folder, with the draft or the offered folder."""
        self.set_headline(
            _("Write the case file"), left=_("Space chooses, Enter writes. Tab goes from field to field.")
        )
        self._default_folder = suggested_export_folder(self.context.case_folder)
        with self.prevent(Input.Changed):
            self.query_one("#folder", Input).value = self.draft.get("folder") or self._default_folder
        self.query_one("#scope", AnswerList).set_answer(ALL_ACCOUNTS)
        for languages in self.query("#language").results(AnswerList):
            languages.set_answer(self._languages[0])
        self.query_one("#folder", Input).focus()

    def typed_values(self) -> dict[str, str]:
        """The folder, if it differs from the offered one."""
        folder = self.query_one("#folder", Input).value
        return {"folder": folder} if folder != self._default_folder else {}

    @on(Input.Submitted)
    def action_write(self) -> None:
        """Write the files in a thread, or show what is wrong."""
        field = self.query_one("#folder", Input)
        folder = field.value.strip()
        if not folder:
            self.refuse(field, _("Write down a folder first."))
            return
        if obstacle := self.context.export_obstacle(Path(folder)):
            self.refuse(field, obstacle)
            return
        if self.is_busy:
            return
        how = self.query_one("#how", CheckboxList)
        checked_ids = how.checked_ids
        if (WHOLE in checked_ids) == (MASKED in checked_ids):
            self.refuse(how, _("Choose one of the two: the whole case file, or the one with masks."))
            return
        only_this = self.query_one("#scope", AnswerList).answer_id == THIS_ACCOUNT
        chosen = [each.answer_id for each in self.query("#language").results(AnswerList)]
        options = CaseExportOptions(
            self._account_id if only_this else "",
            MASKED in checked_ids,
            _WITH_EVIDENCE in checked_ids,
            chosen[0] if chosen else self._languages[0],
        )
        self.run_job(
            _("Writing the case file"),
            lambda job: self._write_files(Path(folder), options, job),
            self._files_written,
            _("Stopped. Nothing was written."),
        )

    def _write_files(self, folder: Path, options: CaseExportOptions, job: Job) -> CaseExportResult:
        """Build and write the files. Runs in a thread, since evidence files may be large."""
        return export_open_record(
            self.session,
            options,
            folder,
            guidance=self.context.page_check.page_watcher.guidance,
            exports=self.context.record_files().exports,
            evidence=self.context.evidence_folder,
            job=job,
        )

    def _files_written(self, result: CaseExportResult) -> None:
        page, *paths = result.paths
        count = len(result.evidence_copies)
        words = _("Written: {file}, and beside it {suffixes}.").format(
            file=with_tilde(page), suffixes=format_list(path.suffix for path in paths)
        )
        if count:
            beside = ngettext("{count} kept file is beside them.", "{count} kept files are beside them.", count)
            words = f"{words} {beside.format(count=format_number(count))}"
        self.say(words)
        for warning in result.warnings:
            self.notify(warning, severity="warning", markup=False)
        self.session.drafts.discard(self.draft_key)
        self.finish(None)
