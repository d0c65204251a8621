"""Asks before a copy that seems to be another person's record is restored or joined."""

from pathlib import Path

from metaoptout_tui.app.files.joining import question_on_somebody_elses, readable_record
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.cli.output import EXIT_ATTENTION, Output
from metaoptout_tui.cli.questions import Answer, ask, can_ask
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.typed_answers import word_for_no, word_for_yes
from metaoptout_tui.core.record.accounts import Record


def refuse_somebody_elses(copy: Record, path: Path, paths: AppPaths, *, is_sure: bool) -> Output | None:
    """What ends a command where the copy seems to be another person's and is not wanted; None where it may go on.

    `is_sure`: the person said beforehand that it is to be taken.
    """
    present = readable_record(paths.progress)
    question = question_on_somebody_elses(copy, path, present, paths.shown_record_name) if not is_sure else None
    if question is None:
        return None
    if not can_ask():
        hint = _("Nothing was changed. --somebody-elses takes it all the same; in a terminal you are asked.")
        return Output(stderr=(*question.sentences, hint), code=EXIT_ATTENTION)
    answers = [
        Answer(
            "yes" if question.goes_on_with(id) else "no",
            word_for_yes() if question.goes_on_with(id) else word_for_no(),
            words,
        )
        for id, words in reversed(question.answers)
    ]
    if ask(" ".join((*question.sentences, question.title)), answers) == "yes":
        return None
    return Output(stderr=(_("Nothing was changed."),), code=EXIT_ATTENTION)
