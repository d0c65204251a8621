"""The entry point of the command `metaoptout-tui`."""

from metaoptout_tui.cli.parser import main

__all__ = ["main"]
