"""Takes what Meta's download says into the record: the findings that the person ticked, as one change."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time
from pathlib import PurePath

from metaoptout_tui.app.record.account_service import AccountService
from metaoptout_tui.app.record.record_editor import RecordEditor
from metaoptout_tui.app.record.record_view import RecordView
from metaoptout_tui.app.session import Session
from metaoptout_tui.core import text
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.meta_export import MetaExport
from metaoptout_tui.core.meta_export_comparison import ExportFinding, FindingKind, account_of_export
from metaoptout_tui.core.objection.next_tasks import awaited_download
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import LinkSince
from metaoptout_tui.core.record.vocabulary import SINCE_UNKNOWN

_MAX_NAMES = 300
_MAX_FILES = 500


def take_findings(session: Session, findings: Iterable[ExportFinding], since: LinkSince | None = None) -> None:
    """Change the record as the findings say, in one change. `since` is when a link began whose day they do not tell.

    Raises InputRefused, and changes nothing, where one of them cannot be.
    """
    editor = session.editor
    editor.current_record.require_writable()
    trial_editor = editor.trial_editor()
    trial_view = RecordView(trial_editor.current_record, session.playbook, editor.now)
    accounts = AccountService(trial_editor, trial_view)
    for finding in findings:
        _take(finding, accounts, trial_editor, since)
    if trial_editor.record is not editor.record:
        record = replace(
            _without_awaited_download(trial_editor), drafts=editor.record.drafts, remembered=editor.record.remembered
        )
        editor.apply_change(record, _("what Meta's download says"), step_id=StepId.IDENTIFY)


def finding_to_date(accounts: AccountService, findings: Iterable[ExportFinding]) -> ExportFinding | None:
    """The first finding of an undated link whose date an objection depends on; None where none does."""
    affected = accounts.objection_affected_by_link
    return next(
        (
            each
            for each in findings
            if each.linked_group is not None
            and each.linked_on is None
            and affected(each.platform, each.linked_group, each.account_id) is not None
        ),
        None,
    )


def _without_awaited_download(editor: RecordEditor) -> Record:
    """The record, with the entry that the download which was asked for has been read."""
    record = editor.record
    asked = awaited_download(record)
    account = next((each for each in record.accounts if asked is not None and asked in each.events), None)
    if account is None:
        return record
    return record.with_account(account.with_event(editor.new_event(EventKind.DOWNLOAD_READ)))


def record_exposure(session: Session, exports: Iterable[MetaExport]) -> None:
    """Write the counts, days, file names and SHA-256 of downloads into the diaries of their accounts, as one change.

    Raises InputRefused where an account is not in the record.
    """
    editor, record = session.editor, session.record
    for export in exports:
        account = account_of_export(export, record, session.playbook)
        if account is None:
            raise InputRefused(_("The account of this download is not in your list yet."), todo=_("Take it in first."))
        fields = _exposure_fields(export)
        if any(event.kind == EventKind.DOWNLOAD_READ and event.fields == fields for event in account.events):
            raise InputRefused(_("These counts are in the diary already."))
        record = record.with_account(account.with_event(editor.new_event(EventKind.DOWNLOAD_READ, fields)))
    editor.apply_change(record, _("what Meta may have"))


def _exposure_fields(export: MetaExport) -> dict[str, object]:
    counted = {kind: count for kind, count in export.counts.items() if count.total is not None}
    return {
        "counts": {str(kind): count.total for kind, count in counted.items()},
        "days": {
            str(kind): f"{count.first_day.isoformat()} {count.last_day.isoformat()}"
            for kind, count in counted.items()
            if count.first_day and count.last_day
        },
        "file": text.clean_line(", ".join(PurePath(path).name for path in export.paths), _MAX_NAMES),
        "files": {text.clean_line(file.name, _MAX_NAMES): file.sha256 for file in export.files[:_MAX_FILES]},
    }


def record_download_request(session: Session, account_id: str) -> None:
    """Write down that Meta was asked for the download, which reminds the person to look for it."""
    session.editor.record_event(account_id, EventKind.DOWNLOAD_ASKED, description=_("asking for the download"))


def _take(finding: ExportFinding, accounts: AccountService, editor: RecordEditor, since: LinkSince | None) -> None:
    if finding.linked_on is not None and finding.linked_on < editor.now().date():
        since = datetime.combine(finding.linked_on, time(12), editor.now().tzinfo)
    if finding.kind is FindingKind.NEW_ACCOUNT:
        accounts.add_account(
            finding.platform, finding.account_name, finding.email, finding.linked_group, since or SINCE_UNKNOWN
        )
        return
    account = editor.account(finding.account_id)
    match finding.kind:
        case FindingKind.NAME:
            accounts.edit_account(account.id, finding.account_name, account.email, account.linked_group)
        case FindingKind.EMAIL:
            accounts.edit_account(account.id, account.name, finding.email, account.linked_group)
        case FindingKind.LINK:
            accounts.set_linked_group(account.id, finding.linked_group, since or SINCE_UNKNOWN)
