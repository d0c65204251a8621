"""Takes what Meta's download says into the record: the findings that the person ticked, as one change."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time

from metaoptout_tui.app.account_service import AccountService
from metaoptout_tui.app.record_history import RecordHistory, RecordView
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.meta_export_comparison import ExportFinding, FindingKind
from metaoptout_tui.core.record.events import LinkSince
from metaoptout_tui.core.record.vocabulary import SINCE_UNKNOWN


def take_findings(view: RecordView, findings: Iterable[ExportFinding], since: LinkSince | None = None) -> None:
    """Change the record as the findings say, in one change. `since` is when a link began whose day they do not tell.

    Raises InputRefused, and changes nothing, where one of them cannot be.
    """
    history = view.history
    history.require_writable()
    prepared = RecordHistory(history.record, clock=history.now, save=lambda record: record)
    accounts = AccountService(RecordView(prepared, view.playbook))
    for finding in findings:
        _take(finding, accounts, prepared, since)
    if prepared.undoable_change is not None:
        record = replace(prepared.record, drafts=history.record.drafts)
        history.apply_change(record, "what Meta's download says", step=StepId.IDENTIFY)


def _take(finding: ExportFinding, accounts: AccountService, prepared: RecordHistory, since: LinkSince | None) -> None:
    if finding.linked_on is not None and finding.linked_on < prepared.now().date():
        since = datetime.combine(finding.linked_on, time(12), prepared.now().tzinfo)
    if finding.kind is FindingKind.NEW_ACCOUNT:
        accounts.add_account(
            finding.platform, finding.account_name, finding.email, finding.linked_group, since or SINCE_UNKNOWN
        )
        return
    account = prepared.account(finding.account_id)
    match finding.kind:
        case FindingKind.NAME:
            accounts.edit_account(account.id, finding.account_name, account.email, account.hub)
        case FindingKind.EMAIL:
            accounts.edit_account(account.id, account.name, finding.email, account.hub)
        case FindingKind.LINK:
            accounts.set_linked_group(account.id, finding.linked_group, since or SINCE_UNKNOWN)
