"""The `merge` command: joins copies of the record into it, asking where both changed something in different ways."""

from argparse import Namespace
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.files.joining import read_copy
from metaoptout_tui.app.files.record_on_disk import join_copies, put_away_copies, put_back_files_of
from metaoptout_tui.app.files.restoring import conflict_copies_of, describe_size, shown_path
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.cli.output import EXIT_ATTENTION, Output, narrate
from metaoptout_tui.cli.questions import Answer, ask, can_ask
from metaoptout_tui.cli.somebody_elses import refuse_somebody_elses
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import pgettext
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.conflict_values import values_in_conflict
from metaoptout_tui.core.record.merge import MergeConflict

_THERE = "there"


def run(arguments: Namespace, paths: AppPaths, clock: Clock) -> Output:
    """Join the copies. Raises FileRefused or StorageError, and then nothing was changed."""
    copies = [Path(name).expanduser() for name in arguments.copy] or list(conflict_copies_of(paths.progress))
    if not copies:
        return Output(
            stderr=(
                _("No conflict left a copy beside {file}. Name a file to join.").format(
                    file=shown_path(paths.progress)
                ),
            )
        )
    for copy in copies:
        refused = refuse_somebody_elses(read_copy(copy), copy, paths, is_sure=arguments.somebody_elses)
        if refused is not None:
            return refused
    choose = partial(_choose, arguments.take)
    changed = join_copies(paths.progress, copies, choose, clock=clock, restore_command=paths.command("restore"))
    if changed is None:
        hint = _(
            "Nothing was changed. Say which to take: --take here or --take there; in a terminal you "
            "are asked one by one."
        )
        return Output(stderr=(hint,), code=EXIT_ATTENTION)
    moved = put_away_copies(copies, paths.progress)
    notes = (
        *changed.notices,
        *(
            _("{file} is joined, and kept as {new_file}.").format(file=old.name, new_file=shown_path(new))
            for old, new in moved
        ),
    )
    notes += put_back_files_of(copies, paths)
    return Output(_("Your record has {size} now.").format(size=describe_size(changed.record)), notes)


def _choose(
    take: str, ours: Record, theirs: Record, conflicts: Sequence[MergeConflict]
) -> Sequence[MergeConflict] | None:
    if take:
        return conflicts if take == _THERE else ()
    answers = (
        Answer("h", pgettext("typed for: here", "h"), pgettext("take what stands", "here")),
        Answer("t", pgettext("typed for: there", "t"), pgettext("take what stands", "there")),
    )
    answer: Callable[[], str] = partial(ask, _("Which is right?"), answers) if can_ask() else str
    chosen = []
    is_open = False
    for conflict in conflicts:
        values = values_in_conflict(conflict, ours, theirs)
        # Translators: {subject} is what two copies of the record differ in; {here} and {there} are what each holds.
        narrate(
            _("{subject}: here {here}; there {there}").format(
                subject=values.subject, here=values.here, there=values.there
            )
        )
        given = answer()
        is_open |= not given
        if given == "t":
            chosen.append(conflict)
    return None if is_open else chosen
