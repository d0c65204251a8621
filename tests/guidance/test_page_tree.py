"""The tree of a page is the one that an HTML parser builds, with every element, attribute and text in its place."""

from hypothesis import example, given
from hypothesis import strategies as st
from resiliparse.parse.html import ElementNode, HTMLTree, TextNode

from metaoptout_tui.guidance.html_sanitizer import sanitize_html
from metaoptout_tui.guidance.page_tree import PageElement, parse_tree, traverse_tree

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
    " hidden",
    ' href="/x?a=1&amp;b=<2>"',
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
    """The pieces with neighbouring texts as one."""
    result: list[Piece] = []
    for piece in pieces:
        if piece[0] == "text" and result and result[-1][0] == "text":
            result[-1] = ("text", result[-1][1] + piece[1], ())
        else:
            result.append(piece)
    return result


def pieces_of(body: PageElement) -> list[Piece]:
    return [
        ("text", visit.text, ())
        if visit.kind == "text"
        else (visit.kind, visit.element.tag, tuple(sorted(visit.element.attributes.items())))
        for visit in traverse_tree(body)
    ]


def pieces_of_parser(html: str) -> list[Piece]:
    pieces: list[Piece] = []

    def walk(node: object) -> None:
        if isinstance(node, TextNode):
            pieces.append(("text", node.value or "", ()))
        elif isinstance(node, ElementNode):
            attributes = tuple(sorted((name, node.getattr(name) or "") for name in node.attrs))
            pieces.append(("enter", node.tag or "", attributes))
            child = node.first_child
            while child:
                walk(child)
                child = child.next
            pieces.append(("leave", node.tag or "", attributes))

    pieces.append(("enter", "body", ()))
    body = HTMLTree.parse(html).body
    child = body.first_child if body else None
    while child:
        walk(child)
        child = child.next
    return [*pieces, ("leave", "body", ())]


@given(st.lists(PIECES, max_size=40).map("".join))
@example("<p title='a<b>\"c&amp;d'>x<br>y<hr></p></body>z")
def test_the_tree_is_the_parsers_own(page: str) -> None:
    html = sanitize_html(page).html
    assert joined(pieces_of(parse_tree(html))) == joined(pieces_of_parser(html))


def test_links_within_the_site_are_made_relative() -> None:
    body = parse_tree('<p><a href="https://www.noyb.eu/x">a</a><a href="https://other.example/">b</a></p>', "noyb.eu")
    links = [
        visit.element.attributes["href"]
        for visit in traverse_tree(body)
        if visit.kind == "enter" and visit.element.tag == "a"
    ]
    assert links == ["/x", "https://other.example/"]
