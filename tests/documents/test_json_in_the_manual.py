"""The chapter about JSON shows the keys of the case file as they are written: others' scripts rest on them."""

import json
from collections.abc import Iterator

from command_line import MANUAL
from sample_case import case, documents

ONLY_SOMETIMES = {"further_authorities", "helper"}
"""Keys that stand there only where there is something to say."""


def keys_in(value: object, place: str = "") -> Iterator[str]:
    """Every key below a value, with the keys it is under; of a list those of all its items."""
    if isinstance(value, list):
        for each in value:
            yield from keys_in(each, place)
    elif isinstance(value, dict):
        for key, below in value.items():
            if key not in ONLY_SOMETIMES:
                by_id = place == "sources"
                yield f"{place}.ID" if by_id else f"{place}.{key}".lstrip(".")
                yield from keys_in(below, f"{place}.ID" if by_id else f"{place}.{key}".lstrip("."))


def test_the_manual_shows_the_keys_of_the_case_file() -> None:
    blocks = MANUAL["json"].split("```json\n")
    shown = next(json.loads(block.partition("```")[0]) for block in blocks if "further_authorities" in block)
    written = json.loads(documents(case())["json"])
    [of_shown, of_written] = [{key for key in keys_in(each) if "basis." not in key} for each in (shown, written)]
    assert of_written == of_shown
    assert set(shown) >= ONLY_SOMETIMES
