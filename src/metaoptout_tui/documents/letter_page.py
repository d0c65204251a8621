"""A letter as a page to print: one HTML file that loads nothing, with a place for date and signature."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape

from metaoptout_tui.documents.letters import signature_labels, subject_line

_STYLE = """
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 11pt/1.45 Georgia, "Times New Roman", serif; color: #000; background: #fff; }
h1 { font-size: 1em; margin: 0 0 1.5em; }
.own { white-space: pre-wrap; unicode-bidi: plaintext; }
dl { margin: 3em 0 0; display: grid; grid-template-columns: max-content 1fr; gap: 1.5em 1em; break-inside: avoid; }
dd { margin: 0; border-bottom: 1px solid #000; }
@page { size: A4; margin: 25mm 22mm; }
@media print { body { margin: 0; padding: 0; max-width: none; } p { orphans: 3; widows: 3; } }
"""


def render_letter_page(language: str, subject: str, body: str, *, needs_signature_lines: bool) -> bytes:
    """The page in UTF-8; where it `needs_signature_lines`, those for place, date and signature stand below."""
    return "\n".join(_page_lines(language, subject, body, needs_signature_lines=needs_signature_lines)).encode()


def _page_lines(language: str, subject: str, body: str, *, needs_signature_lines: bool) -> Iterator[str]:
    digest = b64encode(sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield "<!DOCTYPE html>"
    yield f'<html lang="{escape(language)}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(subject)}</title>"
    yield f"<style>{_STYLE}</style>"
    yield "</head>\n<body>"
    yield f'<h1 class="own">{escape(subject_line(language, subject))}</h1>'
    for paragraph in body.split("\n\n"):
        yield f'<p class="own">{escape(paragraph)}</p>'
    if needs_signature_lines:
        place_and_date, signature = signature_labels(language)
        yield f"<dl><dt>{escape(place_and_date)}</dt><dd></dd><dt>{escape(signature)}</dt><dd></dd></dl>"
    yield "</body>\n</html>\n"
