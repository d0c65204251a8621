"""The reports of `status` and `evidence verify`: accounts, coverage, due tasks and kept files, as text or JSON.

None of them needs the full screen. The JSON has sorted keys and a schema number, so that scripts can rely on it.
"""

import json

from metaoptout_tui.app.clock import Clock, system_clock
from metaoptout_tui.app.guidance_in_use import load_guidance_in_use
from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.editions import GuidanceInUse
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.sentences import (
    describe_event,
    describe_group,
    describe_link,
    describe_state,
    future_event_warnings,
    next_task_sentence,
    task_sentence,
)
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.tasks import Task
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.guidance.loader import public_holiday_name
from metaoptout_tui.storage import progress_file
from metaoptout_tui.storage.paths import AppPaths

STATUS_SCHEMA_VERSION = 1


def status_report(where: AppPaths, *, as_json: bool, clock: Clock = system_clock) -> tuple[str, tuple[str, ...]]:
    """What to print, and what to say on stderr. Raises StorageError for a record that cannot be read."""
    in_use = load_guidance_in_use(where)
    progress, notes = progress_file.load_for_display(where.progress)
    now = compute_overview(progress, in_use.playbook, clock(), public_holiday_name)
    notes += future_event_warnings(progress, in_use.playbook, now.now)
    return (_status_json(progress, now) if as_json else _status_text(progress, now, in_use)), (
        *_guidance_notices(in_use),
        *notes,
    )


def coverage_report(where: AppPaths, *, clock: Clock = system_clock) -> tuple[str, tuple[str, ...]]:
    """What covers each account, line by line and in whole words, and what to say on stderr.

    Raises StorageError for a record that cannot be read.
    """
    from metaoptout_tui.core.objection.coverage_table import coverage_rows_of, describe_cover, describe_gaps

    in_use = load_guidance_in_use(where)
    playbook = in_use.playbook
    progress, notes = progress_file.load_for_display(where.progress)
    now = compute_overview(progress, playbook, clock(), public_holiday_name)
    notes += future_event_warnings(progress, playbook, now.now)
    lines, group = [], None
    for row in coverage_rows_of(now):
        if row.group is not group:
            group = row.group
            lines.append(describe_group(group))
        state = "" if row.status.covered_by else describe_state(row.status, progress, playbook, now.now)
        words = [state, describe_cover(row, progress, playbook, now.now), describe_gaps(row, playbook)]
        words.append(f"objected with {row.filed_email}" if row.filed_email else "")
        lines.append(f"  {account_name(row.account, playbook)}: {' · '.join(filter(None, dict.fromkeys(words)))}")
        if row.next_task is not None:
            lines.append(f"    Next: {task_sentence(row.next_task, playbook)}")
    return "\n".join(lines or [playbook.texts.sentence("next.add-account")]), (*_guidance_notices(in_use), *notes)


def due_report(where: AppPaths, *, clock: Clock = system_clock) -> tuple[str, tuple[str, ...]]:
    """What is due in one or two lines, empty where nothing is, and what to say on stderr.

    Raises StorageError for a record that cannot be read.
    """
    in_use = load_guidance_in_use(where)
    playbook = in_use.playbook
    progress, notes = progress_file.load_for_display(where.progress)
    now = compute_overview(progress, playbook, clock(), public_holiday_name)
    tasks, notes = now.due_tasks, (*notes, *future_event_warnings(progress, playbook, now.now))
    lines = [task_sentence(task, playbook) for task in tasks[:2]]
    if len(tasks) > 2:
        lines[1] = f"And {len(tasks) - 1} more: metaoptout-tui status"
    return "\n".join(lines), (*_guidance_notices(in_use), *notes)


def verify_evidence(where: AppPaths) -> tuple[str, tuple[str, ...], bool]:
    """A line for each file kept as evidence, what to say on stderr, and whether all are there and unchanged.

    Raises StorageError for a record that cannot be read.
    """
    from metaoptout_tui.core.record.evidence import EvidenceFileState, evidence_items_of
    from metaoptout_tui.storage.evidence_folder import find_unrecorded_files, verify_file

    playbook, folder = load_guidance_in_use(where).playbook, where.evidence
    progress, notes = progress_file.load_for_display(where.progress)
    every = evidence_items_of(progress)
    lines, fine = ([] if every else ["The record names no file as evidence."]), True
    for exhibit in every:
        outcome = verify_file(exhibit.file, folder)
        fine = fine and outcome is EvidenceFileState.OK
        whose = account_name(exhibit.account, playbook)
        about = (
            describe_event(exhibit.belongs_to, playbook)
            if exhibit.belongs_to
            else "of an entry that is not in the record"
        )
        lines.append(
            f"{outcome:<11}{exhibit.file.name}  {whose}: {about}, {dates.format_full_day(exhibit.event.at.date())}"
        )
    loose = find_unrecorded_files(folder, (exhibit.file.name for exhibit in every))
    notes += tuple(f"{name} is in the folder and not in the record." for name in loose)
    return "\n".join(lines), notes, fine


def _guidance_notices(in_use: GuidanceInUse) -> tuple[str, ...]:
    return (in_use.notice,) if in_use.notice else ()


def _status_text(progress: Record, now: Overview, in_use: GuidanceInUse) -> str:
    playbook = in_use.playbook
    lines = [f"Next: {next_task_sentence(now.next_task, progress, playbook)}"]
    if now.statuses:
        lines.append("")
    names = [account_name(standing.account, playbook) for standing in now.statuses]
    words = [describe_state(standing, progress, playbook, now.now) for standing in now.statuses]
    for name, state, standing in zip(names, words, now.statuses, strict=True):
        name_column = f"{name:<{max(map(len, names))}}"
        lines.append(f"{name_column}  {state:<{max(map(len, words))}}  {describe_link(standing.account.hub)}".rstrip())
        task = now.next_task_for(standing.account.id)
        if task is not None and task is not now.next_task:
            lines.append(f"  {task_sentence(task, playbook)}")
    if now.objectable_count:
        from metaoptout_tui.core.objection.coverage_table import summarize_coverage

        lines.extend(["", f"{summarize_coverage(now)}. {in_use.describe(now.now.date())}"])
    elif in_use.origin.is_from_feed:
        lines.extend(["", in_use.describe(now.now.date())])
    return "\n".join(lines)


def _status_json(progress: Record, now: Overview) -> str:
    from metaoptout_tui.core.objection.coverage_table import coverage_rows_of

    rows = {row.account.id: row for row in coverage_rows_of(now)}
    accounts = []
    for standing in now.statuses:
        account = standing.account
        accounts.append(
            {
                "id": account.id,
                "platform": account.platform,
                "name": account.name,
                "hub": account.hub,
                "state": str(standing.state),
                "covered_by": standing.covered_by or None,
                "covered_email": rows[account.id].filed_email or None,
                "holes": list(rows[account.id].gaps),
                "object_again": _invalidation_json(standing),
                "doubts": [
                    {"what": doubt.kind, "since": doubt.since.isoformat(), "terms": doubt.terms_id or None}
                    for doubt in standing.recheck_reasons
                ],
                "checked": standing.last_checked.isoformat() if standing.last_checked else None,
                "steps": [
                    {"id": step.id, "state": str(step.state), "at": step.at.isoformat() if step.at else None}
                    for step in standing.steps
                ],
                "next": _task_json(now.next_task_for(account.id)),
            }
        )
    task = now.next_task
    document = {
        "schema": STATUS_SCHEMA_VERSION,
        "person": {"country": progress.person.country},
        "accounts": accounts,
        "coverage": {"accounts": now.objectable_count, "covered": now.objected_count},
        "next": None if task is None else {"account": task.account_id, **(_task_json(task) or {})},
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False)


def _invalidation_json(standing: AccountStatus) -> dict[str, str | None] | None:
    cause = standing.invalidation
    if cause is None:
        return None
    return {"what": cause.kind, "since": cause.at.isoformat(), "through": cause.covering_account_id or None}


def _task_json(task: Task | None) -> dict[str, str | None] | None:
    if task is None:
        return None
    return {"what": task.kind, "on": task.due_at.isoformat() if task.due_at else None}
