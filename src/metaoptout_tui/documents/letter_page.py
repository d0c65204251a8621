"""A letter as a page to print: one HTML file that loads nothing, with a line for the signature."""

from collections.abc import Iterator
from html import escape

from metaoptout_tui.documents.letter_head import signature_label, split_head, subject_line
from metaoptout_tui.documents.page_head import page_head

_STYLE = """
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 11pt/1.45 Georgia, "Times New Roman", serif; color: #000; background: #fff; }
h1 { font-size: 1em; margin: 2em 0 1.5em; }
.own { white-space: pre-wrap; unicode-bidi: plaintext; }
dl { margin: 3em 0 0; display: grid; grid-template-columns: max-content 1fr; gap: 1.5em 1em; break-inside: avoid; }
dd { margin: 0; border-bottom: 1px solid #000; }
@page { size: A4; margin: 25mm 22mm; }
@media print { body { margin: 0; padding: 0; max-width: none; } p { orphans: 3; widows: 3; } }
"""


def render_letter_page(language: str, subject: str, body: str, *, needs_signature_line: bool) -> bytes:
    """The page in UTF-8; where it `needs_signature_line`, that for the signature stands below."""
    return "\n".join(_page_lines(language, subject, body, needs_signature_line=needs_signature_line)).encode()


def _page_lines(language: str, subject: str, body: str, *, needs_signature_line: bool) -> Iterator[str]:
    yield from page_head(language, subject, _STYLE)
    yield "<body>"
    head, rest = split_head(language, body)
    yield from _paragraphs(head)
    yield f'<h1 class="own">{escape(subject_line(language, subject))}</h1>'
    yield from _paragraphs(rest)
    if needs_signature_line:
        yield f"<dl><dt>{escape(signature_label(language))}</dt><dd></dd></dl>"
    yield "</body>\n</html>\n"


def _paragraphs(text: str) -> Iterator[str]:
    yield from (f'<p class="own">{escape(paragraph)}</p>' for paragraph in text.split("\n\n") if paragraph)
