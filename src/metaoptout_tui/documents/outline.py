"""The outline of a document: titled sections with rows and items, which a renderer turns into HTML or Markdown."""

from typing import NamedTuple


class QuotedText(NamedTuple):
    """Text of the person or of somebody else, shown exactly as it is, with its line breaks."""

    text: str


class OutlineLink(NamedTuple):
    """An address that is shown as a link."""

    url: str


OutlineValue = str | QuotedText | OutlineLink


class OutlineRow(NamedTuple):
    """A label with its value."""

    label: str
    value: OutlineValue


class OutlineItem(NamedTuple):
    """One entry of a list, with rows of details; all but the title may be empty.

    `mark` (such as “taken back”) and `note` follow the title in its line.
    """

    title: str
    rows: tuple[OutlineRow, ...] = ()
    date_text: str = ""
    iso_date: str = ""
    mark: str = ""
    is_struck_out: bool = False
    note: OutlineValue = ""


class OutlineSection(NamedTuple):
    """A heading and, below it in this order, paragraphs, rows, items and sections. `id` is unique in the document.

    `is_brief`: each item takes one line.
    """

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
    rows: tuple[OutlineRow, ...] = ()
    items: tuple[OutlineItem, ...] = ()
    sections: "tuple[OutlineSection, ...]" = ()
    is_brief: bool = False


class CaseOutline(NamedTuple):
    """The document; `rows` stand at its head."""

    title: str
    language: str
    rows: tuple[OutlineRow, ...]
    sections: tuple[OutlineSection, ...]
    closing_sentence: str
