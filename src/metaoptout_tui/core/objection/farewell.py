"""What is said in one line when the program is left: where the record is saved, and what comes next."""

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.formatting import with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.sentences import task_sentence
from metaoptout_tui.core.record.accounts import Record


def farewell(
    before: Record, after: Record, overview: Overview, playbook: Playbook, file: str, *, is_one_of_several: bool = False
) -> str:
    """Where the record is saved and what is next, with its day where the words do not name it.

    Empty where nothing was recorded since `before`; what was only typed is no record. `file` is the file as people write
    it. Where the record `is_one_of_several` people's, nothing of it is told: the next person may see the terminal.
    """
    if (before.person, before.accounts) == (after.person, after.accounts):
        return ""
    if is_one_of_several:
        return _("Everything is saved.")
    task = overview.next_task
    if task is None:
        return _("Saved in {file}. There is nothing left to do.").format(file=file)
    words = task_sentence(task, playbook)
    day = dates.format_local_day(task.due_at, overview.now) if task.due_at is not None and task.is_upcoming else ""
    last_day = task.text_values.get("last")
    if day in words or (last_day is not None and last_day.words(playbook) in words):
        day = ""
    if day and words.endswith("?"):
        return _("Saved in {file}. Next, on {day}: {question}").format(file=file, question=words, day=day)
    if day:
        return _("Saved in {file}. Next: {task}, on {day}.").format(file=file, task=words, day=day)
    return _("Saved in {file}. Next: {task}").format(file=file, task=with_full_stop(words))
