"""Reads a `.po` file and makes of it the compiled file that Python's gettext reads, with nothing but Python."""

import re
import struct
from collections.abc import Iterator, Mapping

_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?) )?"(.*)"')
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_ESCAPED = re.compile(r"\\(.)")
_CONTEXT_END, _FORM_END = "\x04", "\0"
_MAGIC, _HEADER_FORMAT = 0x950412DE, "<7I"


def compile_po(source: str) -> bytes:
    """The compiled file (GNU `.mo`) of all that is translated and not marked as fuzzy. Raises ValueError for what is no `.po`."""
    sentences = sorted((key.encode(), words.encode()) for key, words in translated_sentences(source).items())
    count, head = len(sentences), struct.calcsize(_HEADER_FORMAT)
    texts: list[bytes] = []
    places: list[int] = []
    position = head + 16 * count
    for column in ([key for key, _ in sentences], [words for _, words in sentences]):
        for words in column:
            places.extend((len(words), position))
            texts.append(words + b"\0")
            position += len(words) + 1
    header = struct.pack(_HEADER_FORMAT, _MAGIC, 0, count, head, head + 8 * count, 0, head + 16 * count)
    return header + struct.pack(f"<{len(places)}I", *places) + b"".join(texts)


def translated_sentences(source: str) -> Mapping[str, str]:
    """The translations by gettext's key: the context, if there is one, and the sentence, with its plural forms."""
    translation_by_key: dict[str, str] = {}
    for parts in _entries(source):
        forms = [parts[name] for name in sorted(parts) if name.startswith("msgstr")]
        if "msgid" not in parts or not forms:
            raise ValueError("an entry lacks its sentence or its translation")
        if all(forms):
            key = parts["msgid"]
            if "msgid_plural" in parts:
                key += _FORM_END + parts["msgid_plural"]
            if "msgctxt" in parts:
                key = parts["msgctxt"] + _CONTEXT_END + key
            translation_by_key[key] = _FORM_END.join(forms)
    return translation_by_key


def _entries(source: str) -> Iterator[dict[str, str]]:
    """Each entry as its parts by their keyword; entries are parted by empty lines."""
    for block in source.replace("\r\n", "\n").split("\n\n"):
        lines = block.split("\n")
        if any(line.startswith("#,") and "fuzzy" in line for line in lines):
            continue
        parts: dict[str, str] = {}
        keyword = ""
        for line in lines:
            if line.startswith("#") or not line.strip():
                continue
            matched_line = _LINE.fullmatch(line.strip())
            if matched_line is None:
                raise ValueError(f"no line of a .po file: {line[:40]}")
            keyword = matched_line[1] or keyword
            words = _ESCAPED.sub(lambda escape: _ESCAPES.get(escape[1], escape[1]), matched_line[2])
            parts[keyword] = parts.get(keyword, "") + words
        if parts:
            yield parts
