"""Compiles the guidance and the translations when the program is built or installed."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledFilesHook(BuildHookInterface[Any]):  # type: ignore[misc]  # hatchling is there while building only
    """Hatch creates one for each wheel and calls it before it collects the files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the signature is Hatch's
        """Compile both into the source folder."""
        sys.path.insert(0, str(Path(self.root, "src")))
        from metaoptout_tui.guidance.loader import compile_bundled_toml
        from metaoptout_tui.translations.catalogues import compile_catalogues

        compile_bundled_toml()
        compile_catalogues()
