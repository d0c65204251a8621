"""Opens the record, asking where it cannot be read, and runs the App until the person leaves."""

from collections.abc import Callable, Mapping
from pathlib import Path

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.session import OpenRecord, RecordOpenFailure, open_record
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.ui.app import MetaOptOutApp
from metaoptout_tui.ui.base.app import run_app
from metaoptout_tui.ui.leaving import AfterLeaving, LeftToEnd

Narrate = Callable[[object], None]
"""Tells the person something on stderr, while no full screen is open."""


def run_until_left(
    app: MetaOptOutApp,
    opened: OpenRecord,
    *,
    path: Path | None,
    is_one_of_several: bool,
    mouse: bool,
    narrate: Narrate,
    print_line: Callable[[str], None],
) -> AfterLeaving:
    """Run the App, save what is not saved yet and release the lock. Returns what is to come after.

    Where the person left the program by themselves and recorded something, `print_line` is called with each line of where
    it is and what comes next; not for a rehearsal, which has no `path` that is kept. Where the record `is_one_of_several`
    people's, the lines tell nothing of it.
    """
    session = opened.session
    before = session.record
    try:
        run_app(app, mouse=mouse)
    finally:
        opened.session.current_record.save_in_background(None)
        opened.session.current_record.retry_save()
        opened.release_lock()
    save_error, after = session.current_record.save_error, app.leaving.after
    if save_error is not None:
        narrate(save_error)
    if not isinstance(after, LeftToEnd):
        return after
    if save_error is not None:
        return LeftToEnd(app.return_code or 1)
    if path is not None and not app.return_code and session.record != before:
        import shutil
        import textwrap

        from metaoptout_tui.app.files.typed_paths import with_tilde
        from metaoptout_tui.core.objection.farewell import farewell

        words = farewell(
            before,
            session.record,
            session.overview(),
            session.playbook,
            with_tilde(path),
            is_one_of_several=is_one_of_several,
        )
        columns = shutil.get_terminal_size().columns
        for line in textwrap.wrap(words, columns, break_long_words=False, break_on_hyphens=False):
            print_line(line)
    return LeftToEnd(app.return_code or 0)


def open_record_or_ask(
    path: Path,
    playbook: Playbook,
    *,
    clock: Clock,
    theme: str,
    keymap: Mapping[str, str],
    no_color: bool,
    narrate: Narrate,
) -> OpenRecord | int:
    """Open the record; where it cannot be read, ask what to do with it. Returns the exit status if none was opened."""
    opened = open_record(path, playbook, clock=clock)
    if isinstance(opened, OpenRecord):
        return opened
    from metaoptout_tui.app.unopened_record import go_on_from
    from metaoptout_tui.ui.questions_at_start import UnreadableRecordApp

    failure = opened
    app = UnreadableRecordApp(failure, theme=theme, keymap=keymap, no_color=no_color, clock=clock)
    answer = run_app(app, mouse=True)
    replaced = go_on_from(failure, answer, playbook, clock=clock)
    if replaced is None:
        narrate(failure.error)
        return app.return_code or 1
    if replaced.kept_path is not None:
        narrate(_("The file that could not be read is kept as {kept_path}.").format(kept_path=replaced.kept_path))
    if isinstance(replaced.opened, RecordOpenFailure):
        narrate(replaced.opened.error)
        return 1
    return replaced.opened
