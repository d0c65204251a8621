"""The checklist, the fields of the form and a letter as people see them in each language."""

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import use_catalogue
from metaoptout_tui.translations.catalogues import load_catalogue, translated_languages
from samples import asked_for_name
from snapshots.test_snapshots import USUAL, Compare, household, pressing, program

PLACES = {
    "checklist": (("", ""), ()),
    "form": (("threads", "submit"), ("enter",)),
    "letter": (("facebook", "confirm"), ("m", "enter")),
}
"""By its name, where a picture begins and the keys to it."""


@parametrize_some(1, ("language", "name"), [(language, name) for language in translated_languages() for name in PLACES])
def test_it_is_said_in_every_language(
    snap_compare: Compare, playbook: Playbook, language: str, name: str, request: pytest.FixtureRequest
) -> None:
    catalogue = load_catalogue(language)
    assert catalogue is not None
    use_catalogue(catalogue)
    place, keys = PLACES[name]
    app = program(playbook, asked_for_name(household()), place=place)
    assert snap_compare(app, terminal_size=USUAL, run_before=pressing(*keys)), request.node.name
