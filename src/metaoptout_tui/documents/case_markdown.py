"""The case file as Markdown, escaped so that only our own headings, lists and links count as Markdown."""

import re
from collections.abc import Iterator

from metaoptout_tui.core.case_file.case import Case
from metaoptout_tui.documents.case_outline import (
    CLOSING_SENTENCE,
    OutlineItem,
    OutlineLink,
    OutlineRow,
    OutlineSection,
    OutlineValue,
    QuotedText,
    build_outline,
)

# What means something in Markdown or to those who extend it: an address in a note must not become a link by itself.
_SPECIAL_CHARACTERS = re.compile(r"[\\`*_\[\]~|$]|(?<=www)\.|:(?=//)")
_LINE_START_MARKERS = re.compile(r"^(\s*)(?:([-+=#])|(\d+)([.)]))", re.MULTILINE)


def render_case_markdown(case: Case) -> bytes:
    """The document in UTF-8."""
    page = build_outline(case)
    lines = [f"# {_escape_markdown(page.title)}", "", *_row_lines(page.rows), ""]
    for section in page.sections:
        lines.extend(_section_lines(section, 2))
    lines.append(CLOSING_SENTENCE)
    return ("\n".join(lines) + "\n").encode()


def _section_lines(section: OutlineSection, level: int) -> Iterator[str]:
    yield f"{'#' * level} {_escape_to_one_line(section.title)}"
    yield ""
    for words in section.paragraphs:
        yield from (_escape_markdown(words), "")
    if section.rows:
        yield from (*_row_lines(section.rows), "")
    for item in section.items:
        yield from _item_lines(item)
    if section.items:
        yield ""
    for each in section.sections:
        yield from _section_lines(each, level + 1)


def _item_lines(item: OutlineItem) -> Iterator[str]:
    when = f"{_escape_to_one_line(item.date_text)} · " if item.date_text else ""
    title = f"~~{_escape_to_one_line(item.title)}~~" if item.is_struck_out else f"**{_escape_to_one_line(item.title)}**"
    mark = f" ({_escape_to_one_line(item.mark)})" if item.mark else ""
    note = f" {_value_markdown(item.note)}" if item.note else ""
    yield f"- {when}{title}{mark}{note}"
    for line in _row_lines(item.rows):
        yield f"  {line}" if line else ""


def _row_lines(rows: tuple[OutlineRow, ...]) -> Iterator[str]:
    for row in rows:
        value = row.value
        if isinstance(value, QuotedText) and "\n" in value.words:
            yield f"- {_escape_to_one_line(row.label)}:"
            yield ""
            yield from (f"  > {line}".rstrip() for line in _escape_markdown(value.words).split("\n"))
            yield ""
        else:
            yield f"- {_escape_to_one_line(row.label)}: {_value_markdown(value)}"


def _value_markdown(value: OutlineValue) -> str:
    match value:
        case OutlineLink(url):
            return f"<{url}>"
        case QuotedText(words) | words:
            return _escape_to_one_line(words)


def _escape_to_one_line(words: str) -> str:
    return " ".join(_escape_markdown(words).split("\n"))


def _escape_markdown(words: str) -> str:
    """Words that read as they are and mean nothing in Markdown or HTML."""
    words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    words = _SPECIAL_CHARACTERS.sub(lambda match: f"\\{match[0]}", words)
    return _LINE_START_MARKERS.sub(_escape_line_start, words)


def _escape_line_start(match: re.Match[str]) -> str:
    space, bullet, number, after = match.groups()
    space = " " if space else ""  # four blanks would make it code
    return f"{space}\\{bullet}" if bullet else f"{space}{number}\\{after}"
