"""The text of a watched page as JSON, as the cache of watched pages stores it.

All strings came from the web, so they are cleaned again when they are read.
"""

import json
from collections.abc import Iterator
from typing import Any, get_args

from metaoptout_tui.core import text
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.guidance.page_content import (
    MAX_BLOCK_CHARACTERS,
    MAX_BLOCKS,
    MAX_LINK_LENGTH,
    MAX_LINKS,
    BlockKind,
    PageBlock,
    PageContent,
    PageLink,
    limit_blocks,
)
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.storage.page_cache import MAX_JSON_BYTES


class InvalidPageContent(StorageError):
    """The bytes are not a cached text; the page has to be fetched again."""


def page_content_to_json(content: PageContent) -> bytes:
    """The text of a page as the cache stores it."""
    blocks = [
        {"kind": block.kind, "text": block.text, "level": block.level, "number": block.number, "links": block.links}
        for block in content.blocks
    ]
    return json.dumps({"title": content.title, "blocks": blocks}, ensure_ascii=False).encode("utf-8", "replace")


def page_content_from_json(data: bytes) -> PageContent:
    """The text of a page in `data`. Raises InvalidPageContent for everything that `page_content_to_json` did not write."""
    if len(data) > MAX_JSON_BYTES:
        raise _invalid_page_content(_("it is larger than {megabytes} MB").format(megabytes=MAX_JSON_BYTES >> 20))
    try:
        document = json.loads(data.decode())
    except (ValueError, RecursionError) as error:
        raise _invalid_page_content(_("it is not JSON")) from error
    try:
        blocks = document["blocks"]
        if len(blocks) > MAX_BLOCKS:
            raise _invalid_page_content(_("it holds more paragraphs than are kept"))
        return PageContent(text.clean_line(document["title"]), limit_blocks(_parse_blocks(blocks)))
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise _invalid_page_content(_("its parts are not those of a text")) from error


def _parse_blocks(blocks: list[Any]) -> Iterator[PageBlock]:
    links = 0
    for block in blocks:
        if block["kind"] not in get_args(BlockKind):
            raise ValueError(block["kind"])
        links += len(block["links"])
        if links > MAX_LINKS:
            raise ValueError(links)
        yield PageBlock(
            block["kind"],
            text.clean_line(block["text"], MAX_BLOCK_CHARACTERS),
            _small_number(block["level"]),
            tuple(map(_parse_link, block["links"])),
            _small_number(block["number"]),
        )


def _parse_link(link: list[str]) -> PageLink:
    label, url = link
    return PageLink(text.clean_line(label), text.clean_line(url, MAX_LINK_LENGTH))


def _small_number(number: object) -> int:
    if type(number) is not int or not 0 <= number <= MAX_BLOCKS:
        raise ValueError(number)
    return number


def _invalid_page_content(reason: str) -> InvalidPageContent:
    return InvalidPageContent(
        _("The kept text of a page cannot be read: {reason}.").format(reason=reason), todo=_("Fetch the page again.")
    )
