"""Wires plain mode: the record, the guidance and the terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from metaoptout_tui.app.clock import Clock, system_clock
from metaoptout_tui.cli.output import (
    EXIT_FAILURE,
    EXIT_OK,
    clipboard_of_terminal,
    print_line,
    print_output,
    print_prompt,
)
from metaoptout_tui.wiring.common_start import load_settings, start_on_record
from metaoptout_tui.wiring.outside import reachable_clipboard, rehearsal_limits

if TYPE_CHECKING:
    from metaoptout_tui.app.paths import AppPaths
    from metaoptout_tui.app.session import OpenRecord
    from metaoptout_tui.core.desktop import Clipboard
    from metaoptout_tui.core.guidance.playbook import Playbook
    from metaoptout_tui.plain.context import PlainRehearsal
    from metaoptout_tui.plain.dialogue import Dialogue


def open_plain_mode(
    paths: AppPaths,
    *,
    asks_whose: bool = False,
    offline: bool = False,
    clock: Clock = system_clock,
    rehearsal: PlainRehearsal | None = None,
    make_clipboard: Callable[[], Clipboard] | None = None,
) -> int:
    """Open plain mode, in one record after the other, until the person leaves; the exit status of the process.

    With `offline` no connection is made. Where `asks_whose`, the first question is whose record is to be opened. `rehearsal` is the one that this is, if any.
    `make_clipboard` makes another clipboard than the person's.
    """
    from metaoptout_tui.app.files.people import PeopleOfRecord
    from metaoptout_tui.plain.conversation import WantsAllDeleted, WentToPerson
    from metaoptout_tui.plain.dialogue import Dialogue
    from metaoptout_tui.plain.people import ask_whose_record
    from metaoptout_tui.plain.process import leave_on_signals, terminal_of_process

    leave_on_signals()
    dialogue = Dialogue(terminal_of_process(print_line, print_prompt))
    dialogue.clipboard = make_clipboard or (lambda: reachable_clipboard(clipboard_of_terminal()))
    names = PeopleOfRecord(paths).names if asks_whose else ()
    if any(names):
        name = ask_whose_record(dialogue, names)
        if name is None:
            return EXIT_OK
        paths = paths.of_person(name)
    while True:
        try:
            return _run_in_record(paths, dialogue, clock, rehearsal, offline=offline)
        except WentToPerson as chosen:
            paths = paths.of_person(chosen.name)
        except WantsAllDeleted as wanted:
            from metaoptout_tui.cli.purge import delete_everything

            return print_output(delete_everything(paths, with_handed_out=wanted.with_handed_out))


def _run_in_record(
    paths: AppPaths, dialogue: Dialogue, clock: Clock, rehearsal: PlainRehearsal | None, *, offline: bool
) -> int:
    """Open plain mode in one record, until the person leaves it; the exit status of the process. Raises WentToPerson or WantsAllDeleted."""
    from metaoptout_tui.plain.context import PlainContext
    from metaoptout_tui.plain.start import open_record_in_plain_mode, run_plain_mode_until_left

    def open_or_ask(playbook: Playbook) -> OpenRecord | int:
        return open_record_in_plain_mode(dialogue, paths.progress, playbook, clock=clock) or EXIT_FAILURE

    start = start_on_record(
        paths,
        load_settings(paths),
        open_or_ask,
        clock=clock,
        offline=offline,
        rehearsal=rehearsal_limits(rehearsal.folder) if rehearsal is not None else None,
    )
    if isinstance(start, int):
        return start
    context = PlainContext(
        **start.context.values(), dialogue=dialogue, page_check=start.page_check, rehearsal=rehearsal
    )
    return run_plain_mode_until_left(context, start.notices, start.opened.release_lock, exit_failure=EXIT_FAILURE)
