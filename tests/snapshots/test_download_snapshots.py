"""What people see of Meta's download, as pictures."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from meta_exports import ZOE, facebook_export, facebook_links_of_2021, instagram_export, meta_json, write_zip
from metaoptout_tui.app.meta_export_reading import MetaExportReading
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.meta_export import MetaExports
from metaoptout_tui.imports.meta_export.read import read_exports
from metaoptout_tui.ui.app import MetaOptOutApp
from samples import account, record
from snapshots.test_snapshots import NARROW, USUAL, Compare, program

SIZES = pytest.mark.parametrize("size", [USUAL, NARROW], ids=["usual", "narrow"])
LINKS = "personal_information/facebook_accounts_center/accounts_center.json"
ANNA = ZOE._replace(name="Anna", username="anna.example", email="anna@example.org", previous_email="old@example.org")


@pytest.fixture
def results(tmp_path: Path) -> MetaExports:
    """Anna's Facebook with a linked Instagram, and that Instagram."""
    facebook = facebook_export(person=ANNA, posts=40, comments=12)
    links = {LINKS: meta_json(facebook_links_of_2021(ANNA))}
    return read_exports(
        [
            write_zip(tmp_path / "facebook-anna.zip", facebook | links),
            write_zip(tmp_path / "instagram-anna.zip", instagram_export(person=ANNA, posts=7)),
        ]
    )


def showing(screen: str, *arguments: object) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Open a screen above the checklist."""

    async def show(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, MetaOptOutApp)
        app.push_screen(app.make_screen(screen, *arguments))
        await pilot.pause()

    return show


@SIZES
def test_what_a_download_says(
    snap_compare: Compare, playbook: Playbook, results: MetaExports, size: tuple[int, int]
) -> None:
    app = program(playbook, record(account("facebook")))
    assert snap_compare(app, terminal_size=size, run_before=showing("download-found", results))


@SIZES
def test_a_strangers_download(snap_compare: Compare, playbook: Playbook, tmp_path: Path, size: tuple[int, int]) -> None:
    results = read_exports([write_zip(tmp_path / "facebook-zoe.zip", facebook_export())])
    app = program(playbook, record(account("facebook")))
    assert snap_compare(app, terminal_size=size, run_before=showing("download-found", results))


@SIZES
def test_what_meta_may_have(
    snap_compare: Compare, playbook: Playbook, results: MetaExports, size: tuple[int, int]
) -> None:
    app = program(playbook, record(account("facebook")))
    assert snap_compare(app, terminal_size=size, run_before=showing("exposure", results.exports))


@SIZES
def test_a_download_is_read(snap_compare: Compare, playbook: Playbook, size: tuple[int, int]) -> None:
    reading = MetaExportReading(clock=lambda: 10.0)
    reading.prepare(("facebook-anna.zip",))
    reading.job.report(40_000_000, 120_000_000, "facebook-anna.zip › your_posts_1.json")
    app = program(playbook, record(account("facebook")))
    assert snap_compare(app, terminal_size=size, run_before=showing("download-reading", reading))
