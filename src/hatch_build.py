"""Makes the compiled form of the bundled TOML when the program is built or installed, for a quick first start."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledTomlHook(BuildHookInterface[Any]):  # type: ignore[misc]  # hatchling is there while building only
    """Hatch makes one for each wheel, and calls it before it collects the files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - as Hatch calls it
        """Compile the guidance."""
        sys.path.insert(0, str(Path(self.root, "src")))
        from metaoptout_tui.guidance.loader import compile_bundled_toml

        compile_bundled_toml()
