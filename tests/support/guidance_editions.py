"""Editions of the guidance for the tests: the bundled one with something changed, as a feed would send it."""

from copy import deepcopy
from functools import cache
from typing import Any

import tomli_w

from metaoptout_tui.guidance.loader import PLAYBOOK_FILE, TEXTS_FILE, load_playbook, read_bundled
from metaoptout_tui.guidance.playbook_writer import write_playbook

Document = dict[str, Any]


@cache
def _bundled() -> Document:
    return {**read_bundled(PLAYBOOK_FILE), "texts": read_bundled(TEXTS_FILE)}


def _serial() -> int:
    serial: int = _bundled()["serial"]
    return serial


BUNDLED_SERIAL = _serial()
NEXT_SERIAL = BUNDLED_SERIAL + 1


def document(**top: object) -> Document:
    """The bundled guidance as one document, with these values at its top."""
    return {**deepcopy(_bundled()), **top}


def written(changed: Document) -> bytes:
    """A document as a feed sends it."""
    return tomli_w.dumps(changed).encode()


@cache
def newer(serial: int = NEXT_SERIAL, **top: object) -> bytes:
    """The bundled guidance as a later edition that changes one sentence."""
    changed = document(serial=serial, published="2026-11-24", **top)
    changed["texts"]["sentences"]["identify.list"] = "Look at the list of accounts."
    return written(changed)


@cache
def bundled_bytes() -> bytes:
    """The bundled guidance as `guidance export` prints it."""
    return write_playbook(load_playbook()).encode()


def _leaves(value: object, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in _leaves(inner, (*way, key))]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [leaf for key, inner in enumerate(value) for leaf in _leaves(inner, (*way, key))]
    return [way]


LEAVES = _leaves(_bundled())
"""The way to each value of the bundled guidance, by keys and indices."""
