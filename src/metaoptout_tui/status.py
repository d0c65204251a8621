"""How things stand, in plain lines and as JSON, without the full screen."""

import json

from metaoptout_tui.core.edition import InUse
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.overview import Overview, Task, account_name, overview
from metaoptout_tui.core.progress import Progress
from metaoptout_tui.core.wording import hub_words, next_sentence, state_words, task_sentence
from metaoptout_tui.current_guidance import guidance_in_use
from metaoptout_tui.session import Clock, system_clock
from metaoptout_tui.storage import progress_file
from metaoptout_tui.storage.paths import Places

SCHEMA = 1


def status(where: Places, *, as_json: bool, clock: Clock = system_clock) -> tuple[str, tuple[str, ...]]:
    """What to print, and what to say on stderr. Raises StorageError for a record that cannot be read."""
    in_use = guidance_in_use(where)
    errors = (in_use.notice,) if in_use.notice else ()
    match progress_file.load(where.progress):
        case progress_file.Good(progress, _):
            pass
        case progress_file.Missing():
            progress = Progress()
        case progress_file.Newer(progress, _, error):
            errors = (*errors, str(error))
        case progress_file.Unreadable(error) | progress_file.Corrupt(error):
            raise StorageError(str(error))
    now = overview(progress, in_use.playbook, clock())
    return (_json(progress, now) if as_json else _lines(progress, now, in_use)), errors


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
        lines.extend(["", f"{now.objected} of {now.objectable} covered. {in_use.words(now.now.date())}"])
    elif in_use.origin.is_feed:
        lines.extend(["", in_use.words(now.now.date())])
    return "\n".join(lines)


def _json(progress: Progress, now: Overview) -> str:
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
        "next": None if task is None else {"account": task.account, **(_task(task) or {})},
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False)


def _task(task: Task | None) -> dict[str, str | None] | None:
    if task is None:
        return None
    return {"what": task.what, "on": task.on.isoformat() if task.on else None}
