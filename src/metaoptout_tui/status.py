"""How things stand, in plain lines and as JSON, without the full screen."""

import json

from metaoptout_tui.clock import Clock, system_clock
from metaoptout_tui.core import when
from metaoptout_tui.core.in_use import InUse
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.overview import Overview, overview
from metaoptout_tui.core.progress import Progress
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.tasks import Task
from metaoptout_tui.core.wording import (
    entry_words,
    group_words,
    hub_words,
    next_sentence,
    state_words,
    task_sentence,
    to_come_words,
)
from metaoptout_tui.current_guidance import guidance_in_use
from metaoptout_tui.guidance.public_holidays import public_holiday
from metaoptout_tui.storage import progress_file
from metaoptout_tui.storage.paths import Places

SCHEMA = 1


def status(where: Places, *, as_json: bool, clock: Clock = system_clock) -> tuple[str, tuple[str, ...]]:
    """What to print, and what to say on stderr. Raises StorageError for a record that cannot be read."""
    in_use = guidance_in_use(where)
    progress, notes = progress_file.record_at(where.progress)
    now = overview(progress, in_use.playbook, clock(), public_holiday)
    notes += to_come_words(progress, in_use.playbook, now.now)
    return (_json(progress, now) if as_json else _lines(progress, now, in_use)), (*_notice(in_use), *notes)


def covered(where: Places, *, clock: Clock = system_clock) -> tuple[str, tuple[str, ...]]:
    """What covers each account, line by line and in whole words, and what to say on stderr.

    Raises StorageError for a record that cannot be read.
    """
    from metaoptout_tui.core.coverage import cover_words, coverage, hole_words

    in_use = guidance_in_use(where)
    playbook = in_use.playbook
    progress, notes = progress_file.record_at(where.progress)
    now = overview(progress, playbook, clock(), public_holiday)
    notes += to_come_words(progress, playbook, now.now)
    lines, group = [], None
    for row in coverage(now):
        if row.group is not group:
            group = row.group
            lines.append(group_words(group))
        state = "" if row.standing.covered_by else state_words(row.standing, progress, playbook, now.now)
        words = [state, cover_words(row, progress, playbook, now.now), hole_words(row, playbook)]
        words.append(f"objected with {row.email}" if row.email else "")
        lines.append(f"  {account_name(row.account, playbook)}: {' · '.join(filter(None, dict.fromkeys(words)))}")
        if row.task is not None:
            lines.append(f"    Next: {task_sentence(row.task, playbook)}")
    return "\n".join(lines or [playbook.texts.say("next.add-account")]), (*_notice(in_use), *notes)


def due(where: Places, *, clock: Clock = system_clock) -> tuple[str, tuple[str, ...]]:
    """What is due in one or two lines, empty where nothing is, and what to say on stderr.

    Raises StorageError for a record that cannot be read.
    """
    in_use = guidance_in_use(where)
    playbook = in_use.playbook
    progress, notes = progress_file.record_at(where.progress)
    now = overview(progress, playbook, clock(), public_holiday)
    tasks, notes = now.due, (*notes, *to_come_words(progress, playbook, now.now))
    lines = [task_sentence(task, playbook) for task in tasks[:2]]
    if len(tasks) > 2:
        lines[1] = f"And {len(tasks) - 1} more: metaoptout-tui status"
    return "\n".join(lines), (*_notice(in_use), *notes)


def verify(where: Places) -> tuple[str, tuple[str, ...], bool]:
    """A line for each file kept as evidence, what to say on stderr, and whether all are there and unchanged.

    Raises StorageError for a record that cannot be read.
    """
    from metaoptout_tui.core.evidence import Outcome, exhibits
    from metaoptout_tui.storage.evidence_folder import look_at, not_in_the_record

    playbook, folder = guidance_in_use(where).playbook, where.evidence
    progress, notes = progress_file.record_at(where.progress)
    every = exhibits(progress)
    lines, fine = ([] if every else ["The record names no file as evidence."]), True
    for exhibit in every:
        outcome = look_at(exhibit.file, folder)
        fine = fine and outcome is Outcome.OK
        whose = account_name(exhibit.account, playbook)
        about = entry_words(exhibit.of, playbook) if exhibit.of else "of an entry that is not in the record"
        lines.append(f"{outcome:<11}{exhibit.file.name}  {whose}: {about}, {when.full_day(exhibit.entry.at.date())}")
    loose = not_in_the_record(folder, (exhibit.file.name for exhibit in every))
    notes += tuple(f"{name} is in the folder and not in the record." for name in loose)
    return "\n".join(lines), notes, fine


def _notice(in_use: InUse) -> tuple[str, ...]:
    return (in_use.notice,) if in_use.notice else ()


def _lines(progress: Progress, now: Overview, in_use: InUse) -> str:
    playbook = in_use.playbook
    lines = [f"Next: {next_sentence(now.next, progress, playbook)}"]
    if now.standings:
        lines.append("")
    names = [account_name(standing.account, playbook) for standing in now.standings]
    words = [state_words(standing, progress, playbook, now.now) for standing in now.standings]
    for name, state, standing in zip(names, words, now.standings, strict=True):
        name_column = f"{name:<{max(map(len, names))}}"
        lines.append(f"{name_column}  {state:<{max(map(len, words))}}  {hub_words(standing.account.hub)}".rstrip())
        task = now.next_for(standing.account.id)
        if task is not None and task is not now.next:
            lines.append(f"  {task_sentence(task, playbook)}")
    if now.objectable:
        from metaoptout_tui.core.coverage import covered_words

        lines.extend(["", f"{covered_words(now)}. {in_use.words(now.now.date())}"])
    elif in_use.origin.is_feed:
        lines.extend(["", in_use.words(now.now.date())])
    return "\n".join(lines)


def _json(progress: Progress, now: Overview) -> str:
    from metaoptout_tui.core.coverage import coverage

    rows = {row.account.id: row for row in coverage(now)}
    accounts = []
    for standing in now.standings:
        account = standing.account
        accounts.append(
            {
                "id": account.id,
                "platform": account.platform,
                "name": account.name,
                "hub": account.hub,
                "state": str(standing.state),
                "covered_by": standing.covered_by or None,
                "covered_email": rows[account.id].email or None,
                "holes": list(rows[account.id].holes),
                "object_again": _cause(standing),
                "doubts": [
                    {"what": doubt.what, "since": doubt.at.isoformat(), "terms": doubt.id or None}
                    for doubt in standing.doubts
                ],
                "checked": standing.checked.isoformat() if standing.checked else None,
                "steps": [
                    {"id": step.id, "state": str(step.state), "at": step.at.isoformat() if step.at else None}
                    for step in standing.steps
                ],
                "next": _task(now.next_for(account.id)),
            }
        )
    task = now.next
    document = {
        "schema": SCHEMA,
        "person": {"country": progress.person.country},
        "accounts": accounts,
        "coverage": {"accounts": now.objectable, "covered": now.objected},
        "next": None if task is None else {"account": task.account, **(_task(task) or {})},
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False)


def _cause(standing: Standing) -> dict[str, str | None] | None:
    cause = standing.cause
    if cause is None:
        return None
    return {"what": cause.what, "since": cause.at.isoformat(), "through": cause.through or None}


def _task(task: Task | None) -> dict[str, str | None] | None:
    if task is None:
        return None
    return {"what": task.what, "on": task.on.isoformat() if task.on else None}
