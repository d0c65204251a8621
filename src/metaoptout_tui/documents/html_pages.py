"""The pages (HTML) that this program writes, which load nothing and run nothing: how each begins, and a letter to print."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape

from metaoptout_tui.documents.letter_head import signature_label, split_head, subject_line


def page_head(language: str, title: str, style: str) -> Iterator[str]:
    """The lines of a page up to the end of its head. Its policy admits no other style than `style`."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield "<!DOCTYPE html>"
    yield f'<html lang="{escape(language)}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="robots" content="noindex">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)}</title>"
    yield f"<style>{style}</style>"
    yield "</head>"


_LETTER_STYLE = """
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 11pt/1.45 Georgia, "Times New Roman", serif; color: #000; background: #fff; }
h1 { font-size: 1em; margin: 2em 0 1.5em; }
.own { white-space: pre-wrap; unicode-bidi: plaintext; }
dl { margin: 3em 0 0; display: grid; grid-template-columns: max-content 1fr; gap: 1.5em 1em; break-inside: avoid; }
dd { margin: 0; border-bottom: 1px solid #000; }
@page { size: A4; margin: 25mm 22mm; }
@media print { body { margin: 0; padding: 0; max-width: none; } p { orphans: 3; widows: 3; } }
"""


def render_letter_page(language: str, subject: str, body: str, *, needs_signature_line: bool) -> bytes:
    """A letter as a page in UTF-8; where it `needs_signature_line`, that for the signature stands below."""
    return "\n".join(_letter_lines(language, subject, body, needs_signature_line=needs_signature_line)).encode()


def _letter_lines(language: str, subject: str, body: str, *, needs_signature_line: bool) -> Iterator[str]:
    yield from page_head(language, subject, _LETTER_STYLE)
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
