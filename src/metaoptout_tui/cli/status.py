"""The `status` command: accounts, coverage or what is due, as text or JSON, without the full screen.

The JSON has sorted keys and a schema number, so that scripts can rely on it.
"""

from argparse import Namespace

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.files.saved_record import SavedRecord, load_saved_record
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.cli.output import (
    EXIT_ATTENTION,
    EXIT_FAILURE,
    EXIT_OK,
    EXIT_USAGE,
    Output,
    in_column,
    is_heard_now,
    to_json,
)
from metaoptout_tui.core.language.formatting import format_number, labelled, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.objection.event_sentences import describe_link
from metaoptout_tui.core.objection.linking_question import ids_with_nothing_to_link
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.sentences import describe_group, describe_state, next_task_sentence, task_sentence
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.tasks import Task, TaskKind
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.text import display_width

STATUS_SCHEMA_VERSION = 1


def run(arguments: Namespace, paths: AppPaths, clock: Clock) -> Output:
    """Print the report for the options. Raises StorageError for a record that cannot be read."""
    if arguments.all:
        return _due_of_everybody(arguments, paths, clock)
    saved = load_saved_record(paths, clock)
    if arguments.json:
        return Output(_status_json(saved, paths), saved.notes)
    notes = tuple(_with_record_name(note, paths) for note in saved.notes)
    if arguments.coverage:
        return Output(_with_record_name(coverage_report(saved), paths), notes)
    if paths.without_person is not None and paths.has_no_record:
        words = _("{record} has no account yet; `{command}` opens the record, to add one.").format(
            record=paths.record_name, command=paths.command("")
        )
        return Output("", (*saved.notes, words))
    if paths.has_data_folder and paths.has_no_record:
        return Output(
            "", (*saved.notes, _("There is no record in {folder}.").format(folder=paths.progress.parent)), EXIT_USAGE
        )
    if arguments.due:
        due = due_report(saved)
        return Output(_with_record_name(due, paths), notes, EXIT_ATTENTION if due else EXIT_OK)
    return Output(_with_record_name(_status_text(saved), paths), notes)


def _due_of_everybody(arguments: Namespace, paths: AppPaths, clock: Clock) -> Output:
    """Whose record has how many things due, and nothing else of it; for somebody at a terminal also whose has none."""
    from metaoptout_tui.app.files.people import due_of_everybody
    from metaoptout_tui.app.paths import own_record_name

    if not arguments.due or paths.without_person is not None:
        return Output(stderr=(_("--all goes with --due, for everybody at once: status --due --all"),), code=EXIT_USAGE)
    lines, problems, quiet = [], [], []
    for name, count, to_do_count in due_of_everybody(paths, clock):
        record = name or own_record_name()
        if count is None:
            problems.append(_("{record} cannot be read.").format(record=record))
        elif count:
            lines.append(_due_words(record, count))
        elif name or not paths.has_no_record:
            quiet.append(_nothing_due_words(record, to_do_count))
    # What a daily job mails stays empty where nothing is due.
    notes = (*problems, *(quiet if is_heard_now() else ()))
    code = EXIT_FAILURE if problems else EXIT_ATTENTION if lines else EXIT_OK
    return Output("\n".join(lines), notes, code)


def _due_words(record: str, count: int) -> str:
    return ngettext("{record}: {count} due", "{record}: {count} due", count).format(
        record=record, count=format_number(count)
    )


def _nothing_due_words(record: str, to_do_count: int) -> str:
    if not to_do_count:
        return _("{record}: nothing due").format(record=record)
    return ngettext("{record}: nothing due, {count} to do", "{record}: nothing due, {count} to do", to_do_count).format(
        record=record, count=format_number(to_do_count)
    )


def _next_words(task: str) -> str:
    return _("Next: {task}").format(task=task)


def _with_record_name(text: str, paths: AppPaths) -> str:
    """The text with the name of the record, where it has one, before each line that says something."""
    if not paths.record_name:
        return text
    return "\n".join(f"{paths.record_name}: {line}" if line else line for line in text.split("\n"))


def due_report(saved: SavedRecord) -> str:
    """The tasks that are due, in one or two lines; empty for none."""
    tasks, playbook = saved.overview.due_tasks, saved.guidance.playbook
    lines = [task_sentence(task, playbook) for task in tasks[:2]]
    if len(tasks) > 2:
        more = len(tasks) - 1
        words = ngettext("And {count} more: metaoptout-tui status", "And {count} more: metaoptout-tui status", more)
        lines[1] = words.format(count=format_number(more))
    return "\n".join(lines)


def coverage_report(saved: SavedRecord) -> str:
    """What covers each account and what does not, by linked group."""
    from metaoptout_tui.core.objection.coverage_table import coverage_rows_of, describe_cover, describe_gaps

    record, playbook, overview = saved.record, saved.guidance.playbook, saved.overview
    lines, group = [], None
    for row in coverage_rows_of(overview):
        if row.group is not group:
            group = row.group
            lines.append(describe_group(group))
        state = "" if row.status.covering_account_id else describe_state(row.status, record, playbook, overview.now)
        parts = [state, describe_cover(row, record, playbook, overview.now), describe_gaps(row, playbook)]
        parts.append(_("objected with {email}").format(email=row.filed_email) if row.filed_email else "")
        lines.append(
            f"  {labelled(account_name(row.account, playbook), ' · '.join(filter(None, dict.fromkeys(parts))))}"
        )
        if row.next_task is not None:
            lines.append(f"    {_next_words(task_sentence(row.next_task, playbook))}")
    return "\n".join(lines or [playbook.texts.sentence("next.add-account")])


def _status_text(saved: SavedRecord) -> str:
    record, guidance, overview = saved.record, saved.guidance, saved.overview
    playbook = guidance.playbook
    lines = [_next_words(next_task_sentence(overview.next_task, record, playbook))]
    if overview.statuses:
        lines.append("")
    statuses = _most_urgent_first(overview)
    names = [account_name(status.account, playbook) for status in statuses]
    states = [describe_state(status, record, playbook, overview.now) for status in statuses]
    alone_ids = ids_with_nothing_to_link(record.accounts, playbook)
    name_width, state_width = (max(map(display_width, words), default=0) for words in (names, states))
    for name, state, status in zip(names, states, statuses, strict=True):
        columns = (
            in_column(name, name_width),
            in_column(state, state_width),
            "" if status.account.id in alone_ids else describe_link(status.account.linked_group),
        )
        lines.append("  ".join(columns).rstrip())
        task = overview.next_task_for(status.account.id)
        if task is not None and task is not overview.next_task:
            lines.append(f"  {task_sentence(task, playbook)}")
    if overview.objectable_count:
        from metaoptout_tui.core.objection.coverage_summary import summarize_coverage

        lines.extend(["", f"{with_full_stop(summarize_coverage(overview))} {guidance.describe(overview.now.date())}"])
    elif guidance.origin.is_from_feed:
        lines.extend(["", guidance.describe(overview.now.date())])
    return "\n".join(lines)


def _most_urgent_first(overview: Overview) -> list[AccountStatus]:
    """The accounts with something due, the most urgent first; then those that wait, by day; then the others.

    A yearly check that is still to come is nothing that an account waits for.
    """
    due = {task.account_id: place for place, task in reversed(tuple(enumerate(overview.due_tasks)))}

    def order(status: AccountStatus) -> tuple[int, int, float]:
        id, task = status.account.id, overview.next_task_for(status.account.id)
        if id in due:
            return 0, due[id], 0
        if task is not None and task.is_upcoming and task.due_at is not None and task.kind is not TaskKind.RECHECK:
            return 1, 0, task.due_at.timestamp()
        return 2, 0, 0

    return sorted(overview.statuses, key=order)


def _status_json(saved: SavedRecord, paths: AppPaths) -> str:
    from metaoptout_tui.core.objection.coverage_table import coverage_rows_of

    overview = saved.overview
    rows = {row.account.id: row for row in coverage_rows_of(overview)}
    accounts = []
    for status in overview.statuses:
        account = status.account
        accounts.append(
            {
                "id": account.id,
                "platform": account.platform,
                "name": account.name,
                "hub": account.linked_group,
                "state": str(status.state),
                "covered_by": status.covering_account_id or None,
                "covered_email": rows[account.id].filed_email or None,
                "holes": list(rows[account.id].gaps),
                "object_again": _invalidation_json(status),
                "doubts": [
                    {"what": doubt.kind, "since": doubt.since.isoformat(), "terms": doubt.terms_id or None}
                    for doubt in status.recheck_reasons
                ],
                "checked": status.last_checked.isoformat() if status.last_checked else None,
                "steps": [
                    {"id": step.id, "state": str(step.state), "at": step.at.isoformat() if step.at else None}
                    for step in status.steps
                ],
                "next": _task_json(overview.next_task_for(account.id)),
            }
        )
    task, counts = overview.next_task, overview.coverage_counts
    document = {
        "schema": STATUS_SCHEMA_VERSION,
        **({"record": paths.record_name} if paths.record_name else {}),
        "person": {"country": saved.record.person.country},
        "accounts": accounts,
        "coverage": {
            "accounts": overview.objectable_count,
            "covered": overview.objected_count,
            "sent": counts.sent,
            "confirmed": counts.confirmed,
            "still_open": counts.still_open,
            "closed": counts.closed,
        },
        "next": None if task is None else {"account": task.account_id, **(_task_json(task) or {})},
    }
    return to_json(document, sort_keys=True)


def _invalidation_json(status: AccountStatus) -> dict[str, str | None] | None:
    cause = status.invalidation
    if cause is None:
        return None
    return {"what": cause.kind, "since": cause.at.isoformat(), "through": cause.covering_account_id or None}


def _task_json(task: Task | None) -> dict[str, str | None] | None:
    if task is None:
        return None
    return {"what": task.kind, "on": task.due_at.isoformat() if task.due_at else None}
