"""Renders the case file: one HTML page that loads nothing, and Markdown."""

import re
from collections.abc import Iterator
from html import escape

from metaoptout_tui.core.case_file.case import Case
from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.documents.case_outline import build_outline
from metaoptout_tui.documents.html_pages import page_head
from metaoptout_tui.documents.outline import (
    CaseOutline,
    OutlineItem,
    OutlineLink,
    OutlineRow,
    OutlineSection,
    OutlineValue,
    QuotedText,
)

STYLE = """
:root { color-scheme: light dark; --ground: #fff; --ink: #1b1b1f; --soft: #5a5a66; --line: #d5d5dd; --accent: #1d4f91; --warn: #8a3b00; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #17171b; --ink: #e8e8ee; --soft: #a9a9b8; --line: #3a3a44; --accent: #9cc2ff; --warn: #ffb27a; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 52rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .75rem; }
h2 { font-size: 1.3rem; margin: 2.25rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; }
a { color: var(--accent); }
nav { margin: 1rem 0 0; font-size: .95rem; }
nav h2 { font-size: 1rem; margin: 0; padding: 0; border: 0; }
nav ol { margin: .25rem 0 0; padding-left: 1.5rem; columns: 17rem; }
main { counter-reset: part; }
main > section > h2 { counter-increment: part; }
main > section > h2::before { content: counter(part) ". "; }
dl { margin: .35rem 0; }
dl > div { display: grid; grid-template-columns: 11rem 1fr; gap: 0 1rem; margin: .15rem 0; }
dt { color: var(--soft); }
dd { margin: 0; }
ol.items { list-style: none; margin: .5rem 0; padding: 0; }
ol.items > li { padding: .6rem 0; border-bottom: 1px solid var(--line); }
li p, time { margin: 0; }
time { display: block; color: var(--soft); font-size: .9rem; }
.what { font-weight: 600; white-space: pre-line; }
.void .what { text-decoration: line-through; }
ol.items.brief > li { padding: .2rem 0; border: 0; }
.brief .what { font-weight: 400; }
.note { color: var(--soft); }
.mark { color: var(--warn); font-weight: 600; }
.own { white-space: pre-line; unicode-bidi: isolate; }
footer { margin-top: 2.5rem; padding-top: .75rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .9rem; }
@page { size: A4; margin: 16mm 16mm 18mm; @bottom-left { content: "CASE_FILE_TITLE"; font: 7.5pt sans-serif; color: #444; } @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt sans-serif; color: #444; } }
@media print {
  :root { font-size: 9pt; color-scheme: light; --ground: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #000; --warn: #000; }
  body { max-width: none; padding: 0; line-height: 1.35; }
  h1, h2, h3, section > p:not(:last-child), li > p:not(:last-child) { break-after: avoid; }
  h2 { margin-top: 1.4rem; }
  p { orphans: 3; widows: 3; margin: .4rem 0; }
  #reading { break-before: page; }
  ol.items { display: block; }
  ol.items > li { break-inside: avoid; padding: .35rem 0; }
  ol.items.brief > li { padding: .1rem 0; }
  section[id$="-letters"] li, section[id$="-letters"] dl > div { break-inside: auto; }
  dl { display: table; width: 100%; border-spacing: 0; }
  dl > div { display: table-row; break-inside: avoid; }
  dt { display: table-cell; width: 14.5rem; padding-right: 1rem; }
  dd { display: table-cell; }
  a { text-decoration: none; }
}
@media (max-width: 34rem) { dl > div { grid-template-columns: 1fr; } dd { margin: 0 0 .4rem; } }
"""
_TITLE_IN_STYLE = "CASE_FILE_TITLE"
"""What stands in the style for the title, which is on every printed sheet."""


def render_case_html(case: Case) -> bytes:
    """The page in UTF-8; addresses are shown in full, for reading on paper."""
    return "\n".join(_html_document(build_outline(case))).encode()


def _html_document(outline: CaseOutline) -> Iterator[str]:
    title = outline.title.replace("\\", "\\\\").replace('"', '\\"')
    yield from page_head(outline.language, outline.title, STYLE.replace(_TITLE_IN_STYLE, title))
    yield "<body>"
    yield f"<header>\n<h1>{escape(outline.title)}</h1>"
    yield from _html_rows(outline.rows)
    yield "</header>"
    yield f'<nav aria-labelledby="contents">\n<h2 id="contents">{escape(_("Contents"))}</h2>\n<ol>'
    for section in outline.sections:
        yield f'<li><a href="#{escape(section.id)}"><bdi>{escape(section.title)}</bdi></a></li>'
    yield "</ol>\n</nav>"
    yield "<main>"
    for section in outline.sections:
        yield from _html_section(section, 2)
    yield "</main>"
    yield f"<footer><p>{escape(outline.closing_sentence)}</p></footer>"
    yield "</body>\n</html>\n"


def _html_section(section: OutlineSection, level: int) -> Iterator[str]:
    name = f"{section.id}-title"
    account = ' class="account"' if section.sections else ""
    yield f'<section id="{escape(section.id)}" aria-labelledby="{escape(name)}"{account}>'
    yield f'<h{level} id="{escape(name)}"><bdi>{escape(section.title)}</bdi></h{level}>'
    for paragraph in section.paragraphs:
        yield f"<p>{escape(paragraph)}</p>"
    yield from _html_rows(section.rows)
    if section.items:
        yield f'<ol class="items{" brief" if section.is_brief else ""}">'
        for item in section.items:
            yield from _html_item(item)
        yield "</ol>"
    for subsection in section.sections:
        yield from _html_section(subsection, level + 1)
    yield "</section>"


def _html_item(item: OutlineItem) -> Iterator[str]:
    yield '<li class="void">' if item.is_struck_out else "<li>"
    if item.date_text:
        yield f'<time datetime="{escape(item.iso_date)}">{escape(item.date_text)}</time>'
    mark = f' <span class="mark">{escape(item.mark)}</span>' if item.mark else ""
    note = f' <span class="note">{_value_html(item.note)}</span>' if item.note else ""
    yield f'<p><bdi class="what">{escape(item.title)}</bdi>{mark}{note}</p>'
    yield from _html_rows(item.rows)
    yield "</li>"


def _html_rows(rows: tuple[OutlineRow, ...]) -> Iterator[str]:
    if rows:
        yield "<dl>"
        for row in rows:
            yield f"<div><dt><bdi>{escape(row.label)}</bdi></dt><dd>{_value_html(row.value)}</dd></div>"
        yield "</dl>"


def _value_html(value: OutlineValue) -> str:
    match value:
        case OutlineLink(url):
            return f'<a href="{escape(url)}" rel="noopener noreferrer">{escape(url)}</a>'
        case QuotedText(text):
            return f'<bdi class="own">{escape(text)}</bdi>'
        case text:
            return escape(text)


# Special in Markdown or its extensions, which would make a link of a plain address.
_SPECIAL_CHARACTERS = re.compile(r"[\\`*_\[\]~|$]|(?<=www)\.|:(?=//)")
_LINE_START_MARKERS = re.compile(r"^(\s*)(?:([-+=#])|(\d+)([.)]))", re.MULTILINE)


def render_case_markdown(case: Case) -> bytes:
    """The document in UTF-8."""
    outline = build_outline(case)
    lines = [f"# {_escape_markdown(outline.title)}", "", *_markdown_rows(outline.rows), ""]
    for section in outline.sections:
        lines.extend(_markdown_section(section, 2))
    lines.append(_escape_markdown(outline.closing_sentence))
    return ("\n".join(lines) + "\n").encode()


def _markdown_section(section: OutlineSection, level: int) -> Iterator[str]:
    yield f"{'#' * level} {_escape_to_one_line(section.title)}"
    yield ""
    for paragraph in section.paragraphs:
        yield from (_escape_markdown(paragraph), "")
    if section.rows:
        yield from (*_markdown_rows(section.rows), "")
    for item in section.items:
        yield from _markdown_item(item)
    if section.items:
        yield ""
    for subsection in section.sections:
        yield from _markdown_section(subsection, level + 1)


def _markdown_item(item: OutlineItem) -> Iterator[str]:
    date = f"{_escape_to_one_line(item.date_text)} · " if item.date_text else ""
    title = f"~~{_escape_to_one_line(item.title)}~~" if item.is_struck_out else f"**{_escape_to_one_line(item.title)}**"
    mark = f" ({_escape_to_one_line(item.mark)})" if item.mark else ""
    note = f" {_value_markdown(item.note)}" if item.note else ""
    yield f"- {date}{title}{mark}{note}"
    for line in _markdown_rows(item.rows):
        yield f"  {line}" if line else ""


def _markdown_rows(rows: tuple[OutlineRow, ...]) -> Iterator[str]:
    for row in rows:
        value = row.value
        if isinstance(value, QuotedText) and "\n" in value.text:
            yield f"- {labelled(_escape_to_one_line(row.label))}"
            yield ""
            yield from (f"  > {line}".rstrip() for line in _escape_markdown(value.text).split("\n"))
            yield ""
        else:
            yield f"- {labelled(_escape_to_one_line(row.label), _value_markdown(value))}"


def _value_markdown(value: OutlineValue) -> str:
    match value:
        case OutlineLink(url):
            return f"<{url}>"
        case QuotedText(text) | text:
            return _escape_to_one_line(text)


def _escape_to_one_line(text: str) -> str:
    return " ".join(_escape_markdown(text).split("\n"))


def _escape_markdown(text: str) -> str:
    """The text with everything escaped that is special in Markdown or HTML."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _SPECIAL_CHARACTERS.sub(lambda match: f"\\{match[0]}", text)
    return _LINE_START_MARKERS.sub(_escape_line_start, text)


def _escape_line_start(match: re.Match[str]) -> str:
    space, bullet, number, delimiter = match.groups()
    space = " " if space else ""  # four blanks would start a code block
    return f"{space}\\{bullet}" if bullet else f"{space}{number}\\{delimiter}"
