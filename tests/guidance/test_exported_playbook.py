"""A playbook that is written as a file is read as an equal one, whatever a valid edition changes."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance_editions import LEAVES, document, written
from metaoptout_tui.core.errors import GuidanceError
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.guidance.feed import edition_problems, parse_edition
from metaoptout_tui.guidance.playbook_builder import build_playbook
from metaoptout_tui.guidance.playbook_writer import write_playbook
from release.person import RELEASE

PLAIN_WORDS = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(' "\\#={}'), max_size=60)


def read_again(playbook: Playbook) -> Playbook:
    data = write_playbook(playbook).encode()
    assert list(edition_problems(data, name="mine.toml")) == []
    return parse_edition(data, name="mine.toml")


def test_the_bundled_guidance_is_read_again_as_it_is(playbook: Playbook) -> None:
    assert read_again(playbook) == playbook
    assert write_playbook(read_again(playbook)) == write_playbook(playbook)


@pytest.mark.exhaustive
@given(st.data())
def test_every_valid_edition_is_read_again_as_it_is(data: st.DataObject) -> None:
    """Values are swapped for others of the same key, or for any words, where the whole still holds together."""
    made: Any = document()
    for way in data.draw(st.lists(st.sampled_from(LEAVES), min_size=1, max_size=3)):
        others = [leaf for leaf in LEAVES if leaf[0] == way[0] and leaf[-1] == way[-1]]
        place, value = made, made
        for part in data.draw(st.sampled_from(others)):
            value = value[part]
        for part in way[:-1]:
            place = place[part]
        place[way[-1]] = data.draw(st.just(value) | PLAIN_WORDS) if isinstance(value, str) else value
    try:
        edition = parse_edition(written(made), name="feed.example")
    except GuidanceError:
        return
    assert read_again(edition) == edition


def test_an_edition_for_a_former_release_is_written_with_the_keys_that_it_knows() -> None:
    former = tomllib.loads((RELEASE / "data" / "playbook.toml").read_text(encoding="utf-8"))
    texts = former.pop("texts")
    assert tomllib.loads(write_playbook(build_playbook(former, texts))) == {**former, "texts": texts}


def test_each_table_begins_with_what_its_rows_are_in_the_words_of_the_file(playbook: Playbook) -> None:
    lines = write_playbook(playbook).splitlines()
    for comment in (
        "# Guidance for metaoptout-tui in one file",
        "# The steps of an account",
        "# Countries under one law",
    ):
        assert any(line.startswith(comment) for line in lines)
    assert not any("`right_to_object`" in line for line in lines)
    assert all(len(line) <= 120 for line in lines if line.startswith("#"))
