"""The text of a page as it is kept in the cache, in JSON.

A cache can be damaged, and what is in it came from outside once, so every string of it is cleaned again on the way in.
"""

import json
from collections.abc import Iterator
from typing import Any, get_args

from metaoptout_tui.core import text
from metaoptout_tui.core.article import LONGEST_BLOCK, MOST_BLOCKS, Article, Block, Kind, Link, bounded
from metaoptout_tui.core.errors import StorageError

LARGEST = 8 << 20
"""Bytes of the largest text that is kept: all its characters and addresses, escaped."""

LONGEST_ADDRESS = 2_000
MOST_LINKS = 1_000


class NotAnArticle(StorageError):
    """Bytes that are not a kept text: the page has to be fetched again."""


def to_json(article: Article) -> bytes:
    """`article` for the cache."""
    blocks = [
        {"kind": block.kind, "text": block.text, "level": block.level, "number": block.number, "links": block.links}
        for block in article.blocks
    ]
    return json.dumps({"title": article.title, "blocks": blocks}, ensure_ascii=False).encode("utf-8", "replace")


def from_json(data: bytes) -> Article:
    """The article in `data`. Raises NotAnArticle for everything that `to_json` did not write."""
    if len(data) > LARGEST:
        raise _refusal(f"it is larger than {LARGEST >> 20} MB")
    try:
        document = json.loads(data.decode())
    except (ValueError, RecursionError) as error:
        raise _refusal("it is not JSON") from error
    try:
        blocks = document["blocks"]
        if len(blocks) > MOST_BLOCKS:
            raise _refusal("it holds more paragraphs than are kept")
        return Article(text.line(document["title"]), bounded(_blocks(blocks)))
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise _refusal("its parts are not those of a text") from error


def _blocks(blocks: list[Any]) -> Iterator[Block]:
    links = 0
    for each in blocks:
        if each["kind"] not in get_args(Kind):
            raise ValueError(each["kind"])
        links += len(each["links"])
        if links > MOST_LINKS:
            raise ValueError(links)
        said = text.line(each["text"], LONGEST_BLOCK)
        yield Block(each["kind"], said, _small(each["level"]), tuple(map(_link, each["links"])), _small(each["number"]))


def _link(link: list[str]) -> Link:
    label, url = link
    return Link(text.line(label), text.line(url, LONGEST_ADDRESS))


def _small(number: object) -> int:
    if type(number) is not int or not 0 <= number <= MOST_BLOCKS:
        raise ValueError(number)
    return number


def _refusal(why: str) -> NotAnArticle:
    return NotAnArticle(f"The kept text of a page cannot be read: {why}.", todo="Fetch the page again.")
