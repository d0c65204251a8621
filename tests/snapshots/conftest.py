"""The app on a record, as the tests of screens open it."""

from ui.conftest import machine, walk

__all__ = ["machine", "walk"]
