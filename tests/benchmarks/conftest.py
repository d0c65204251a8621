"""What the measurements have in common: a run that measures nothing sees only that each of them works, and on little."""

import pytest


@pytest.fixture(scope="session")
def measured(pytestconfig: pytest.Config) -> bool:
    """Whether this run measures: then files are as large as they are in the figures that are reported."""
    return bool(pytestconfig.getoption("benchmark_enable"))


@pytest.fixture(scope="session")
def size(*, measured: bool) -> int:
    """How many bytes a chat has: where nothing is measured, a few blocks, so that it can be left in its middle."""
    return 20 << 20 if measured else 4 << 20


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the peers in a run that measures nothing: of this program they show nothing, and they take half of the time."""
    if config.getoption("benchmark_enable"):
        return
    for item in items:
        if item.name.startswith("test_peer_"):
            item.add_marker(pytest.mark.skip(reason="a peer is only measured"))
