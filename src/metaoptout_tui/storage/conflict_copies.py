"""Recognises, by name, the copies of a record that sync programs leave where two computers changed it."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark

OWN_COPY = mark("this program")
_WORD = "(?:confli|konfli|modstrid|motstrid|ristirii|ütköz|çakış|конфл|σύγκρουσ|διένεξ|競合|冲突|衝突|충돌|ขัดแย้ง|تعارض|התנגש)"
"""How “conflict” begins in the languages of these programs: conflicted, en conflit, Konfliktkopie, …"""

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("Syncthing", r"[.~]sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?"),
    (OWN_COPY, r"\.conflict-\d{4}-\d\d-\d\d(?:-\d+)?"),
    (mark("Nextcloud or ownCloud"), r"_conflict-[\w-]+"),
    (mark("Nextcloud or ownCloud"), r" \(conflicted copy (?:[^()]+ )?\d{4}-\d\d-\d\d \d{6}\)"),
    ("Seafile", r" \(SFConflict [^()]*\)"),
    ("Dropbox", rf" \([^()]*{_WORD}[^()]*\)(?: \(\d+\))?"),
    ("Google Drive", rf" [\[(][^\[\]()]*{_WORD}[^\[\]()]*[\])]"),
    ("Google Drive", r" ?\(\d{1,3}\)"),
    ("iCloud", r" \d{1,3}"),
    (mark("a sync program"), rf"[ ._-][^/]*{_WORD}[^/]*"),
    ("OneDrive", r"-(?=[^/]*[A-Za-z])[\w'’ -]{1,63}?(?:-\d{1,3})?"),
)
"""By program, what stands between the record's name and its ending; the first that matches counts."""


class ConflictCopy(NamedTuple):
    """A copy beside the record, and the program whose way of naming it has."""

    path: Path
    program: str


def recognise_conflict_copies(folder: Path, stem: str, suffix: str, names: Iterable[str]) -> tuple[ConflictCopy, ...]:
    """The copies of `STEM.SUFFIX` that a conflict left, of the files with these names."""
    copies = []
    for name in sorted(names):
        plain = unicodedata.normalize("NFC", name)  # macOS takes letters and their accents apart
        if not (plain.startswith(stem) and plain.endswith(suffix)):
            continue
        between = plain[len(stem) : len(plain) - len(suffix)]
        program = next((known for known, way in _PATTERNS if re.fullmatch(way, between, re.IGNORECASE)), "")
        if program and not between.lower().startswith(".set-aside-"):
            copies.append(ConflictCopy(folder / name, _(program)))
    return tuple(copies)
