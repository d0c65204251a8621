"""The web that the guidance is fetched from."""

from collections.abc import Iterator

import pytest

from loopback_web import LoopbackWeb


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackWeb]:
    """All hosts on loopback, as this test tells them to answer; this process reaches no other."""
    with LoopbackWeb() as web:
        for name, value in web.environ.items():
            monkeypatch.setenv(name, value)
        yield web
