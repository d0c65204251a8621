"""What people see of Meta's download where the table of all screens has no picture of it."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot

from exhaustive import parametrize_some
from meta_exports import facebook_export, write_zip
from metaoptout_tui.app.imports.meta_export import MetaExportReading
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.imports.meta_export.read import read_exports
from metaoptout_tui.ui.app import MetaOptOutApp
from samples import account, record
from snapshots.test_snapshots import NARROW, USUAL, Compare, program

SIZES = parametrize_some(1, "size", [USUAL, NARROW], ids=["usual", "narrow"])


def showing(screen: str, *arguments: object) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Open a screen above the checklist."""

    async def show(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, MetaOptOutApp)
        app.push_screen(app.make_screen(screen, *arguments))
        await pilot.pause()

    return show


@SIZES
def test_a_strangers_download(snap_compare: Compare, playbook: Playbook, tmp_path: Path, size: tuple[int, int]) -> None:
    results = read_exports([write_zip(tmp_path / "facebook-zoe.zip", facebook_export())])
    app = program(playbook, record(account("facebook")))
    assert snap_compare(app, terminal_size=size, run_before=showing("download-found", results))


@SIZES
def test_a_download_is_read(snap_compare: Compare, playbook: Playbook, size: tuple[int, int]) -> None:
    reading = MetaExportReading(clock=lambda: 10.0)
    reading.prepare(("facebook-anna.zip",))
    reading.job.report(40_000_000, 120_000_000, "facebook-anna.zip › your_posts_1.json")
    app = program(playbook, record(account("facebook")))
    assert snap_compare(app, terminal_size=size, run_before=showing("download-reading", reading))
