"""What the measurements have in common: what only stands beside ours to compare with it, runs only where it is measured."""

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the peers in a run that measures nothing: of this program they show nothing, and they take half of the time."""
    if config.getoption("benchmark_enable"):
        return
    for item in items:
        if item.name.startswith("test_peer_"):
            item.add_marker(pytest.mark.skip(reason="a peer is only measured"))
