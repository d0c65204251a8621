"""Opens the record in plain mode, asking where it cannot be read, and runs it until the person leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.files.typed_paths import with_tilde
from metaoptout_tui.app.session import OpenRecord, RecordOpenFailure, open_record
from metaoptout_tui.app.unopened_record import failure_question, go_on_from
from metaoptout_tui.core.choice_question import LEAVE, ChoiceQuestion
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.formatting import with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.plain.checklist import PlainChecklist
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.conversation import Left, WentBack, WentToList, WentToNext
from metaoptout_tui.plain.dialogue import Dialogue


def open_record_in_plain_mode(dialogue: Dialogue, path: Path, playbook: Playbook, *, clock: Clock) -> OpenRecord | None:
    """Open the record; where it cannot be read, ask what to do with it. None where the person leaves it as it is."""
    way_to_join = _("“{row}” under “{list}”").format(row=_("What is kept, and where"), list=_("Everything else"))
    opened = open_record(path, playbook, clock=clock, way_to_join=way_to_join)
    if isinstance(opened, OpenRecord):
        return opened
    failure = opened
    question = failure_question(failure, clock)
    dialogue.say(with_full_stop(question.title), str(failure.error))
    answer = _ask_about_failure(dialogue, failure, question)
    replaced = go_on_from(failure, answer, playbook, clock=clock)
    if replaced is None:
        return None
    if replaced.kept_path is not None:
        dialogue.say(_("The file that could not be read is kept as:"))
        dialogue.say_copyable(str(replaced.kept_path))
    if isinstance(replaced.opened, RecordOpenFailure):
        dialogue.say(str(replaced.opened.error))
        return None
    return replaced.opened


def _ask_about_failure(dialogue: Dialogue, failure: RecordOpenFailure, question: ChoiceQuestion) -> str:
    """Ask what to do with a record that cannot be opened."""
    dialogue.say(_("It should be at:"))
    dialogue.say_copyable(with_tilde(failure.path))
    while True:
        try:
            return dialogue.ask(question._replace(title=_("What do you want to do?")))
        except Left:
            return LEAVE
        except (WentBack, WentToList, WentToNext):
            continue


def run_plain_mode_until_left(
    context: PlainContext, notices: tuple[str, ...], release_lock: Callable[[], None], *, exit_failure: int
) -> int:
    """Run plain mode until the person leaves, save what is not saved yet and release the lock. Returns the exit status."""
    current_record = context.session.current_record
    try:
        context.say(context.rehearsal.first_words if context.rehearsal is not None else "", *notices)
        PlainChecklist(context).run()
    except Left:
        pass
    except KeyboardInterrupt:
        context.dialogue.say_part(_("Stopped. What you recorded is saved."))
        raise
    finally:
        current_record.retry_save()
        release_lock()
    if current_record.save_error is not None:
        context.dialogue.say_part(str(current_record.save_error))
        return exit_failure
    context.dialogue.say_part(
        _("Left. What you recorded is saved.")
        if not current_record.read_only_reason
        else _("Left. Nothing was changed.")
    )
    return 0
