"""The case file as Markdown: plain to read as it is, and whatever reads it as Markdown finds only our headings, lists and links."""

import re
from collections.abc import Iterator

from metaoptout_tui.core.case import Case
from metaoptout_tui.documents.case_outline import Item, Link, Own, Row, Section, Value, outline

# What means something in Markdown or to those who extend it: an address in a note must not become a link by itself.
_SIGNS = re.compile(r"[\\`*_\[\]~|$]|(?<=www)\.|:(?=//)")
_AT_THE_START = re.compile(r"^(\s*)(?:([-+=#])|(\d+)([.)]))", re.MULTILINE)


def case_markdown(case: Case) -> bytes:
    """The document in UTF-8."""
    page = outline(case)
    lines = [f"# {_plain(page.title)}", "", *_rows(page.rows), ""]
    for section in page.sections:
        lines.extend(_section(section, 2))
    lines.append("Made by metaoptout-tui on the person's own computer. It sent nothing to Meta.")
    return ("\n".join(lines) + "\n").encode()


def _section(section: Section, level: int) -> Iterator[str]:
    yield f"{'#' * level} {_in_line(section.title)}"
    yield ""
    for words in section.words:
        yield from (_plain(words), "")
    if section.rows:
        yield from (*_rows(section.rows), "")
    for item in section.items:
        yield from _item(item)
    if section.items:
        yield ""
    for each in section.sections:
        yield from _section(each, level + 1)


def _item(item: Item) -> Iterator[str]:
    when = f"{_in_line(item.when)} · " if item.when else ""
    title = f"~~{_in_line(item.title)}~~" if item.is_void else f"**{_in_line(item.title)}**"
    mark = f" ({_in_line(item.mark)})" if item.mark else ""
    note = f" {_value(item.note)}" if item.note else ""
    yield f"- {when}{title}{mark}{note}"
    for line in _rows(item.rows):
        yield f"  {line}" if line else ""


def _rows(rows: tuple[Row, ...]) -> Iterator[str]:
    for row in rows:
        value = row.value
        if isinstance(value, Own) and "\n" in value.words:
            yield f"- {_in_line(row.label)}:"
            yield ""
            yield from (f"  > {line}".rstrip() for line in _plain(value.words).split("\n"))
            yield ""
        else:
            yield f"- {_in_line(row.label)}: {_value(value)}"


def _value(value: Value) -> str:
    match value:
        case Link(url):
            return f"<{url}>"
        case Own(words):
            return _in_line(words)
        case words:
            return _in_line(words)


def _in_line(words: str) -> str:
    return " ".join(_plain(words).split("\n"))


def _plain(words: str) -> str:
    """Words that read as they are and mean nothing in Markdown or HTML."""
    words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    words = _SIGNS.sub(lambda found: f"\\{found[0]}", words)
    return _AT_THE_START.sub(_without_bullet, words)


def _without_bullet(found: re.Match[str]) -> str:
    space, bullet, number, after = found.groups()
    space = " " if space else ""  # four blanks would make it code
    return f"{space}\\{bullet}" if bullet else f"{space}{number}\\{after}"
