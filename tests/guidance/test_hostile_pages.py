"""Pages made to hang or to fill the memory: their tags are bounded before the parser sees them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.guidance.fetch_requests import MAX_PAGE_BYTES
from metaoptout_tui.guidance.html_sanitizer import MAX_DEPTH, MAX_TAGS, sanitize_html
from metaoptout_tui.guidance.page_tree import parse_tree, traverse_tree

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
def test_what_reaches_the_parser_is_small_and_flat(name: str) -> None:
    html = sanitize_html(hostile(name)).html
    assert len(re.findall("<[a-z/]", html)) <= MAX_TAGS + 1
    depth = deepest = 0
    for step in traverse_tree(parse_tree(html)):
        depth += {"enter": 1, "leave": -1, "text": 0}[step.kind]
        deepest = max(deepest, depth)
    assert deepest <= 4 * MAX_DEPTH + 4


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


def test_text_between_tags_that_are_not_kept_does_not_become_a_tag() -> None:
    assert sanitize_html("<<b>div><</b>script>x").html == "&lt;div>&lt;script>x"


def test_what_is_nested_too_deeply_loses_its_tags_and_keeps_its_text() -> None:
    page = "<div>" * 300 + "deep" + "</div>" * 300 + "<p>after</p>"
    html = sanitize_html(page).html
    assert html.count("<div>") == html.count("</div>") == MAX_DEPTH
    assert "deep" in html
    assert html.endswith("<p>after</p>")
