"""A check of the watched pages where nothing but a function stands for the network."""

import asyncio
from pathlib import Path

import pytest

from metaoptout_tui.app.guidance.page_watcher import NetworkPermission, PageWatcher
from metaoptout_tui.app.paths import resolve_paths
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.guidance.editions import GuidanceInUse
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.guidance.watched_page_status import WatchedPageState
from metaoptout_tui.core.jobs import Job
from samples import Clock
from watched_pages import PagesWithoutNetwork


def watcher(playbook: Playbook, folder: Path, web: PagesWithoutNetwork, permission: NetworkPermission) -> PageWatcher:
    return PageWatcher(
        GuidanceInUse(playbook), resolve_paths(folder, None, {}), permission, web.fetch_all, clock=Clock()
    )


def test_what_a_check_asks_for_and_what_came_back_of_each_page(playbook: Playbook, tmp_path: Path) -> None:
    web = PagesWithoutNetwork(playbook, "vz-guide")
    job = Job()
    statuses = asyncio.run(watcher(playbook, tmp_path, web, NetworkPermission()).check_pages(job))
    asked = [page for page in playbook.pages if page.kind != "meta"]
    assert web.asked == [page.url for page in asked]
    assert {status.id: status.fault for status in statuses} == {
        page.id: WatchedPageState.FAILED if page.id == "vz-guide" else "" for page in asked
    }
    assert (job.done, job.total) == (len(asked), len(asked))


def test_where_no_connection_may_be_made_nothing_is_asked(playbook: Playbook, tmp_path: Path) -> None:
    web = PagesWithoutNetwork(playbook)
    offline = watcher(playbook, tmp_path, web, NetworkPermission("No connection is made."))
    with pytest.raises(MetaOptOutError, match="No connection is made"):
        asyncio.run(offline.check_pages(Job()))
    assert web.asked == []
