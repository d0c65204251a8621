"""Kills the program again and again while it saves, and looks at what is there then: measurements of the scoreboard."""

import os
import random
import signal
import tempfile
import time
from pathlib import Path
from typing import NamedTuple


class Figure(NamedTuple):
    """What a measurement gave; `holds` is None where nothing was measured, `is_partial` says that `--full` measures more."""

    words: str
    holds: bool | None
    is_partial: bool = False


def kill_at_random(is_full: bool) -> Figure:  # noqa: FBT001 - the type of every measurement
    """Kill a program that saves all the time, and read what is there then."""
    from metaoptout_tui.storage import progress_file
    from samples import account, at, entry, record

    times, lost = (1_000 if is_full else 150), 0
    chance = random.Random(20_261_130)  # noqa: S311 - the same kills at every run
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "progress.toml")
        records = [
            record(account("facebook", *(entry("noted", at(1), step="open", text="x" * count) for _ in range(40))))
            for count in (1, 400)
        ]
        saved = progress_file.save_record(path, records[0], None)
        for _ in range(times):
            process = os.fork()
            if process == 0:
                while True:
                    for each in records:
                        saved = progress_file.save_record(path, each, saved)
            time.sleep(chance.uniform(0.001, 0.02))
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            loaded = progress_file.load_record(path)
            if not isinstance(loaded, progress_file.FileLoaded) or loaded.record not in records:
                lost += 1
                break
            saved = path.read_bytes()
    return Figure(f"{lost} lost of {times:,} kills{_more(1_000, is_full)}", lost == 0, not is_full)


def kill_in_a_terminal(is_full: bool) -> Figure:  # noqa: FBT001 - as above
    """Kill the full screen in a terminal while keys come in that each save, and go on with what is there then."""
    from metaoptout_tui.storage import progress_file
    from metaoptout_tui.storage.atomic_write import list_leftovers
    from samples import account, at, entry, record
    from terminal.pseudo_terminal import Home, Terminal

    times, lost, changed = (500 if is_full else 15), 0, 0
    chance = random.Random(20_261_130)  # noqa: S311 - as above
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        kept = record(account("facebook", entry("noted", at(2), step="open", text="kept")), account("threads"))
        data = home.write(home.record, progress_file.dump_record(kept))
        for _ in range(times):
            window = Terminal(home)
            window.see("Next:", "who says so")
            end = time.monotonic() + chance.uniform(0.0, 1.0)
            window.press("down")
            while time.monotonic() < end:
                window.press("space", "u")
                time.sleep(0.04)
            window.kill()
            window.cleared_away()
            loaded = progress_file.load_record(home.record)
            if not isinstance(loaded, progress_file.FileLoaded) or "kept" not in home.record.read_text(
                encoding="utf-8"
            ):
                lost += 1
                break
            changed += loaded.data != data
            data = loaded.data
        window = Terminal(home)
        window.see("Next:", "who says so")
        window.press("q")
        window.ended()
        left = sum(len(list_leftovers(each)) for each in (home.record.parent, home.record.parent / "backups"))
    words = (
        f"{lost} lost of {times:,} kills{_more(500, is_full)}, of which {changed} came after a save; "
        f"{left} unfinished files after the next start"
    )
    return Figure(words, lost == 0 and left == 0 and changed > 0, not is_full)


def _more(kills: int, is_full: bool) -> str:  # noqa: FBT001 - as above
    return "" if is_full else f" ({kills:,} with --full)"
