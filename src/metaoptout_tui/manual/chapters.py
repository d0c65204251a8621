"""The chapters of the manual, one Markdown file each, in a folder for each language.

A translation is a folder beside `en` with files of the same names; a chapter that it lacks is read in English.
"""

from collections.abc import Mapping
from pathlib import Path

CHAPTERS: Mapping[str, tuple[str, ...]] = {
    "first-evening": ("checklist", "welcome", "open", "link", "submit", "reason", "different"),
    "several-accounts": ("identify", "account", "earlier", "overview", "timeline"),
    "what-came-back": ("confirm", "diary", "note"),
    "no-answer": ("periods",),
    "letters": ("letters", "letter", "authority"),
    "without-account": (),
    "whatsapp": ("review", "chats", "scan", "chats-found", "messages", "chat-privacy"),
    "download": ("download", "download-reading", "download-found", "exposure"),
    "case-file": ("export", "attach"),
    "reminders": (),
    "your-file": ("kept", "purge", "trouble"),
    "privacy": (),
    "how-current": ("guidance", "page", "page-links", "hosts", "sources", "topic"),
    "own-guidance": ("edition",),
    "settings-and-keys": (),
    "without-the-screen": (),
    "several-people": ("people", "person", "whose", "helper"),
    "command-line": (),
    "json": (),
    "whats-new": (),
}
"""In the order of the manual, the name of each chapter, which is that of its file, and the screens it is about."""

ENGLISH = "en"


def has_chapter_in(name: str, language: str) -> bool:
    """Whether a chapter of `CHAPTERS` is written in a language."""
    return _chapter_file(name, language).is_file()


def read_chapter(name: str, language: str = ENGLISH) -> str:
    """The Markdown of a chapter of `CHAPTERS`, in a language or, where there is no translation, in English."""
    return _chapter_file(name, language if has_chapter_in(name, language) else ENGLISH).read_text(encoding="utf-8")


def _chapter_file(name: str, language: str) -> Path:
    return Path(__file__).parent / language / f"{name}.md"
