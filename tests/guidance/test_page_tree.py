"""The tree of a page is the one that an HTML parser builds, with every element, attribute and text in its place."""

from hypothesis import example, given
from hypothesis import strategies as st
from resiliparse.parse.html import ElementNode, TextNode

from metaoptout_tui.guidance.page_parser import parse_page
from metaoptout_tui.guidance.page_tree import MAX_DEPTH, PageElement, read_tree

TAGS = [
    "div",
    "p",
    "span",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "a",
    "h1",
    "h2",
    "section",
    "main",
    "br",
    "hr",
    "pre",
    "details",
    "summary",
    "button",
    "form",
    "dl",
    "dt",
    "x-y",
]
ATTRIBUTES = (
    ' class="a b"',
    " id='x>y'",
    ' href="/x?a=1&amp;b=<2>"',
    ' href="/x""',
    " aria-label='q\"q &amp; <i>'",
    " role=Main",
)
TEXTS = ("text ", "a &amp; b", "&lt;p&gt;", "\n ", "&nbsp;x", "&amp;copy", "ü漢", "a < b", "&notit;", "\x00", "Cookie")
PIECES = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(("", *ATTRIBUTES))),
    st.sampled_from([f"</{tag}>" for tag in TAGS]),
    st.sampled_from(TEXTS),
)
Piece = tuple[str, str, tuple[tuple[str, str], ...]]


def joined(pieces: list[Piece]) -> list[Piece]:
    """The pieces with neighbouring texts as one, with a single blank for blanks alone."""
    result: list[Piece] = []
    for piece in pieces:
        if piece[0] == "text" and result and result[-1][0] == "text":
            result[-1] = ("text", result[-1][1] + piece[1], ())
        else:
            result.append(piece)
    return [
        ("text", " ", ()) if kind == "text" and said.isspace() else (kind, said, more) for kind, said, more in result
    ]


def pieces_of(element: PageElement) -> list[Piece]:
    attributes = tuple(sorted(element.attributes.items()))
    pieces: list[Piece] = [("enter", element.tag, attributes)]
    for part in element.content:
        pieces += [("text", part, ())] if isinstance(part, str) else pieces_of(part)
    return [*pieces, ("leave", element.tag, attributes)]


READ_AS = {"dd": "p", "dt": "p", "x-a": "a"}


def pieces_of_parser(node: object) -> list[Piece]:
    if isinstance(node, TextNode):
        return [("text", node.value or "", ())]
    if not isinstance(node, ElementNode):
        return []
    tag = READ_AS.get(node.tag or "", node.tag or "")
    kept = {"class", "href", "id", "role", "aria-label"} if tag not in {"br", "hr"} else set()
    attributes = tuple(sorted((name, node.getattr(name) or "") for name in node.attrs if name in kept))
    pieces: list[Piece] = [("enter", tag, attributes)]
    child = node.first_child
    while child:
        pieces += pieces_of_parser(child)
        child = child.next
    return [*pieces, ("leave", tag, attributes)]


@given(st.lists(PIECES, max_size=40).map("".join))
@example("<p title='a<b>\"c&amp;d'>x<br>y<hr></p></body>z")
@example('<p><a href="x"">a</a>b<p =x y>c')
def test_the_tree_is_the_parsers_own(page: str) -> None:
    body = parse_page(page).body
    assert joined(pieces_of(read_tree(body.html if body else ""))) == joined(pieces_of_parser(body))


def elements(element: PageElement) -> list[PageElement]:
    return [element, *(inner for child in element.children for inner in elements(child))]


@given(st.lists(PIECES, max_size=40).map("".join))
def test_the_counts_of_an_element_are_those_of_what_is_in_it(page: str) -> None:
    body = parse_page(page).body
    for element in elements(read_tree(body.html if body else "")):
        inside = elements(element)
        texts = [part for each in inside for part in each.content if isinstance(part, str)]
        assert element.counts.cookie_texts == sum("cookie" in text.lower() for text in texts)
        assert element.counts.headings == sum(each.tag == "h2" for each in inside)
        assert element.counts.buttons == sum(each.is_button for each in inside)


def test_what_is_excluded_is_not_counted_around_it() -> None:
    page = read_tree("<body><div><p>one</p><ul><li>two</li></ul></div></body>")
    box = page.children[0]
    box.children[1].exclude()
    assert [box.counts.chars, page.counts.chars, page.counts.text_elements] == [3, 3, 1]


def test_what_is_nested_too_deeply_loses_its_tags_and_keeps_its_text() -> None:
    page = read_tree("<body>" + "<div>" * 300 + "deep" + "</div>" * 300 + "<p>after</p></body>")
    assert [element.tag for element in elements(page)] == ["body", *["div"] * MAX_DEPTH, "p"]
    assert page.counts.chars == len("deepafter")


def test_links_to_the_host_of_the_page_are_links_within_the_site() -> None:
    written = '<p><a href="https://www.noyb.eu/x">a</a><a href="https://other.example/">b</a><a href="/c">c</a></p>'
    counts = read_tree(written, "noyb.eu").counts
    assert [counts.site_links, counts.external_links] == [2, 1]
