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


def read_chapter(name: str, language: str = ENGLISH) -> str:
    """The Markdown of a chapter of `CHAPTERS`, in a language or, where there is no translation, in English."""
    folder = Path(__file__).parent
    translation = folder / language / f"{name}.md"
    return (translation if translation.is_file() else folder / ENGLISH / f"{name}.md").read_text(encoding="utf-8")
