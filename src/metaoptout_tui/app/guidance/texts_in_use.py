"""The sentences of the guidance in use, for what tells a few of them and needs nothing else of it."""

import os

from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.core.guidance.texts import GuidanceTexts


def load_texts_in_use(paths: AppPaths) -> GuidanceTexts:
    """The sentences of the guidance in use; the bundled ones are read without all that they belong to."""
    if os.path.lexists(paths.accepted_edition):
        from metaoptout_tui.app.guidance.guidance_in_use import load_guidance_in_use

        return load_guidance_in_use(paths).playbook.texts
    from metaoptout_tui.guidance.loader import load_texts

    return load_texts()
