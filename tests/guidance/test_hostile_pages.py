"""Pages made to hang or to fill the memory: their tags are bounded before the parser sees them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.guidance.fetch_requests import MAX_PAGE_BYTES
from metaoptout_tui.guidance.page_parser import MAX_ATTRIBUTES, MAX_TAGS, bound_html, parse_page

PIECES = {
    "nested boxes": "<div>", "nested lists": "<ul><li>", "lists in lists of terms": "<li><dd>", "nested tables": "<table><tr><td>",
    "nested bold": "<b><p>", "nested links": "<a href=/x><p>t", "links and boxes": "<a><div>", "misnested": "<b><i><p></b></i><a>",
    "paragraphs": "<p>x", "line breaks": "<br>", "buttons": "<button>x", "headings": "<h1>x<h2>", "own tags": "<x-y>",
    "titles": "<title>", "scripts": "<script>", "comments": "<!--", "vectors": "<svg><p>", "templates": "<template>",
    "open quotes": "<a b='\"", "tags in tags": "<a x<b ", "tags of leftovers": "<p></p><<b>div>", "signs": "<", "closing": "</div></p>",
    "cells": "<table>x<td>", "rows": "<tr><td>x", "cards": "<div><h3><a href=/x>t</a></h3></div>", "asides": "<aside><h3><a href=x>t",
    "references": "&#x202e;&amp;&nope;", "marks": "\u0301", "overrides": "\u202e\x1b[2J", "zero bytes": "\0",
    "addresses": "<p>x <a href='https://x.example/?utm_source=1'>y</a>", "cookies": "<div>cookie<button>x</button>",
}  # fmt: skip

WHOLE = {
    "one endless attribute": "<p " + "a" * MAX_PAGE_BYTES,
    "attributes without end": "<p " + " ".join(f"a{number}=1" for number in range(200_000)) + ">x",
    "one endless word": "<p>" + "x" * (MAX_PAGE_BYTES - 3),
    "different tags": "".join(f"<b class=a{number}><p>" for number in range(100_000))[:MAX_PAGE_BYTES],
}


SOME = ("nested boxes", "nested tables", "misnested", "open quotes", "marks", "different tags")
"""Of each kind one that a run takes by default."""


def hostile(name: str) -> str:
    piece = PIECES.get(name)
    return WHOLE[name] if piece is None else piece * (MAX_PAGE_BYTES // len(piece.encode()))


@parametrize_some(SOME, "name", [*PIECES, *WHOLE])
def test_the_parser_makes_no_more_of_a_page_than_its_tags(name: str) -> None:
    html = bound_html(hostile(name))
    assert html.count("<") <= MAX_TAGS
    body = parse_page(hostile(name)).body
    assert body is None or len(body.query_selector_all("*")) <= 3 * MAX_TAGS


COSTLY = ("nested boxes", "nested tables", "nested links", "misnested", "cells", "marks", "addresses", "different tags")

READ = """
import sys, threading
from metaoptout_tui.guidance.extract import extract_page_content
from test_hostile_pages import COSTLY, hostile

def resident():
    with open("/proc/self/status") as status:
        return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) >> 10

extract_page_content(b"<p>" + b"word " * 100)
threading.stack_size(256 << 10)
for name in COSTLY:
    data = hostile(name).encode()[: 2 << 20]
    if sys.platform == "linux":
        open("/proc/self/clear_refs", "w").write("5")
        before = resident()
    reading = threading.Thread(target=extract_page_content, args=(data,))
    reading.start()
    reading.join()
    print(name, resident() - before if sys.platform == "linux" else 0, sep="\\t", flush=True)
"""


FOLDER = Path(__file__).parent


@pytest.mark.exhaustive
def test_each_ends_in_a_thread_with_a_small_stack_and_takes_little_memory() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", READ],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (FOLDER, FOLDER.parent / "support")))},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    grown = dict(line.split("\t") for line in ended.stdout.splitlines())
    assert grown.keys() == set(COSTLY)
    assert {name: megabytes for name, megabytes in grown.items() if int(megabytes) > 50} == {}


def tags_of(page: str) -> list[str | None]:
    body = parse_page(page).body
    return [element.tag for element in body.query_selector_all("*").values()] if body else []


@pytest.mark.parametrize("page", ["<<b>b class=1>x", "<<b>div>x", "<<!---->div>x", "<<script></script>div>x"])
def test_text_beside_a_tag_that_is_left_out_does_not_become_a_tag(page: str) -> None:
    assert tags_of(f"<p>{page}") == ["p"]


def test_formatting_that_is_never_closed_is_not_opened_again_in_each_paragraph() -> None:
    page = "".join(f"<{tag} class=a{number}><p>x" for number in range(100) for tag in ("b", "Font", "S", "A", "nobr"))
    assert len(tags_of(page)) <= 2 * 500


def test_of_a_tag_with_thousands_of_attributes_those_that_tell_something_are_kept() -> None:
    body = parse_page("<p id=a " + " ".join(f"a{number}=1" for number in range(20_000)) + ">x").body
    paragraph = body.query_selector("p") if body else None
    assert paragraph is not None
    assert (paragraph.attrs, paragraph.text) == (("id",), "x")
    assert len(paragraph.attrs) <= MAX_ATTRIBUTES
