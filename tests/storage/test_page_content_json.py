"""The text of a page in the cache: kept as it was, and trusted no further than the page itself."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core import text
from metaoptout_tui.core.guidance.page_content import MAX_BLOCK_CHARACTERS, PageBlock, PageContent, PageLink
from metaoptout_tui.storage.page_cache import MAX_JSON_BYTES
from metaoptout_tui.storage.page_content_json import InvalidPageContent, page_content_from_json, page_content_to_json

PAGE = PageContent(
    "How to object",
    (
        PageBlock("heading", "How to object", 1),
        PageBlock("item", "Open the form for Ärger 👩‍👧.", 2, (PageLink("the form", "https://example.org/form"),), 3),
        PageBlock("row", "Facebook | until 26 May"),
    ),
)

lines = st.text().map(text.clean_line)
links = st.lists(st.builds(PageLink, lines, lines), max_size=3).map(tuple)
blocks = st.builds(
    PageBlock,
    st.sampled_from(["heading", "paragraph", "item", "row"]),
    lines,
    st.integers(0, 9),
    links,
    st.integers(0, 99),
)
articles = st.builds(PageContent, lines, st.lists(blocks, max_size=5).map(tuple))


@given(articles)
def test_a_text_comes_back_as_it_was_kept(article: PageContent) -> None:
    assert page_content_from_json(page_content_to_json(article)) == article
    assert page_content_from_json(page_content_to_json(article)).digest == article.digest


@pytest.mark.parametrize(
    "change",
    [
        {"title": None},
        {"title": 5},
        {"blocks": None},
        {"blocks": {"kind": "row"}},
        {"blocks": [1]},
        {"blocks": [{}]},
        {"blocks": [{"kind": "script", "text": "", "level": 0, "number": 0, "links": []}]},
        {"blocks": [{"kind": [], "text": "", "level": 0, "number": 0, "links": []}]},
        {"blocks": [{"kind": "row", "text": None, "level": 0, "number": 0, "links": []}]},
        {"blocks": [{"kind": "row", "text": "", "level": "1", "number": 0, "links": []}]},
        {"blocks": [{"kind": "row", "text": "", "level": True, "number": 0, "links": []}]},
        {"blocks": [{"kind": "row", "text": "", "level": -1, "number": 0, "links": []}]},
        {"blocks": [{"kind": "row", "text": "", "level": 0, "number": 10**9, "links": []}]},
        {"blocks": [{"kind": "row", "text": "", "level": 0, "number": 0, "links": [["a", "b", "c"]]}]},
        {"blocks": [{"kind": "row", "text": "", "level": 0, "number": 0, "links": [[1, 2]]}]},
        {"blocks": [{"kind": "row", "text": "", "level": 0, "number": 0, "links": 7}]},
        {"blocks": [{"kind": "row", "text": "", "level": 0, "number": 0, "links": [["a", "b"]] * 1_001}]},
        {"blocks": [{"kind": "row", "text": "", "level": 0, "number": 0, "links": []}] * 2_001},
    ],
)
def test_what_is_no_kept_text_is_refused(change: dict[str, object]) -> None:
    document = {**json.loads(page_content_to_json(PAGE)), **change}
    with pytest.raises(InvalidPageContent):
        page_content_from_json(json.dumps(document).encode())


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"null", b"[]", b"7", b'"title"', b"\xff\xfe", b"[" * 200_000, b'{"title": ' + b"9" * 10_000 + b"}"],
    ids=lambda data: repr(data[:8]),
)
def test_what_is_no_text_at_all_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidPageContent, match="Fetch the page again"):
        page_content_from_json(data)


def test_a_file_of_any_length_is_refused_before_it_is_read() -> None:
    with pytest.raises(InvalidPageContent, match="larger than 8 MB"):
        page_content_from_json(b" " * (MAX_JSON_BYTES + 1))


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    with pytest.raises(InvalidPageContent):
        page_content_from_json(data)


def test_what_steers_a_terminal_does_not_come_back_from_the_cache() -> None:
    block = {
        "kind": "item",
        "text": "a\x1b]52;c;x\x07b\u202e",
        "level": 1,
        "number": 0,
        "links": [["\x1b[2J", "http://\x07"]],
    }
    read = page_content_from_json(json.dumps({"title": "\x9b2J", "blocks": [block]}).encode())
    for said in (read.title, read.blocks[0].text, *read.blocks[0].links[0]):
        assert text.replace_unsafe_characters(said) == said


def test_a_paragraph_is_as_long_as_one_may_be_and_no_longer() -> None:
    block = {"kind": "paragraph", "text": "x" * (MAX_BLOCK_CHARACTERS + 5), "level": 0, "number": 0, "links": []}
    read = page_content_from_json(json.dumps({"title": "", "blocks": [block]}).encode())
    assert len(read.blocks[0].text) == MAX_BLOCK_CHARACTERS
