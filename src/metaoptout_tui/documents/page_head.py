"""The beginning of every page (HTML) that this program writes, which loads nothing and runs nothing."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape


def page_head(language: str, title: str, style: str) -> Iterator[str]:
    """The lines of a page up to the end of its head; the one style that its policy admits is this one."""
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
