"""A mail that a person kept as a file (`.eml`), read within bounds and without fetching anything.

The standard library's parser raises errors that it does not document and takes quadratic time on some mails (reliability
section 0, finding 11). So everything is bounded before it sees a byte, headers are decoded in its old, linear way, and
whatever it still raises is said as one sentence.
"""

import codecs
import os
import re
import stat
from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime
from email import policy
from email.errors import HeaderParseError
from email.feedparser import BytesFeedParser
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from hashlib import sha256
from html import unescape
from pathlib import Path

from metaoptout_tui.core import text
from metaoptout_tui.core.errors import FileRefused, Stopped
from metaoptout_tui.core.going import Going
from metaoptout_tui.core.mail import Mail, kind_of, verdict_of

MOST_BYTES = 5 << 20
MOST_HEADER, MOST_HEADERS = 64 << 10, 256 << 10
MOST_LINES, MOST_BOUNDARIES, MOST_PARTS = 150_000, 20, 100
"""Lines, declared boundaries and parts looked at: the parser asks every open part about every line."""

MOST_BODY = 256 << 10
BEGINNING, BEGINNING_LINES = 1_200, 20
_SHOWN_HEADER = 4_000

_CHUNK = 64 << 10
_READ = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(rb"\r?\n(?=[ \t])")
_BOUNDARY = re.compile(rb"boundary *=", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z]*)([^<>]*)>")
_UNSEEN = frozenset({"script", "style", "head", "title"})
_BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "table"})
# Encodings of text that a mail may name; others (punycode, unicode_escape, …) are slow, or no encodings of mails.
_CHARSET = re.compile(
    r"utf-8|utf-16(-[lb]e)?|ascii|iso8859-\d+|cp\d+|koi8-[ru]|gb\w+|big5|euc_\w+|shift_jis|iso2022_\w+"
)


def read_mail(path: Path, going: Going | None = None) -> Mail:
    """The mail in a file, as far as it matters.

    Raises FileRefused for one that cannot be read, Stopped where `going` was stopped, which is looked at after each
    64 KiB, and nothing else.
    """
    return mail_of(_bytes_of(path), path.name, going)


def mail_of(data: bytes, name: str, going: Going | None = None) -> Mail:
    """As `read_mail`, for bytes at hand; `name` is what the file is called in errors."""
    _check_bounds(data, name)
    try:
        return _mail(_parsed(data.removeprefix(codecs.BOM_UTF8), going or Going()), data, name)
    except (FileRefused, Stopped):
        raise
    except Exception as error:
        # The parser raises whatever it likes: KeyError, LookupError, IndexError, RecursionError.
        raise _refused(name, "it does not hold together as a mail") from error


def _bytes_of(path: Path) -> bytes:
    name = text.line(path.name)
    try:
        descriptor = os.open(path, _READ)
        try:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode):
                raise _refused(name, "it is not a file")
            if found.st_size > MOST_BYTES:
                raise _refused(name, f"it is larger than {MOST_BYTES >> 20} MB, which no such mail is")
            data = b""
            while len(data) <= MOST_BYTES and (part := os.read(descriptor, MOST_BYTES + 1 - len(data))):
                data += part
            return data
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _refused(name, (error.strerror or type(error).__name__).lower()) from error


def _check_bounds(data: bytes, name: str) -> None:
    if len(data) > MOST_BYTES:
        raise _refused(name, f"it is larger than {MOST_BYTES >> 20} MB, which no such mail is")
    if not data.strip():
        raise _refused(name, "it is empty")
    end = _END_OF_HEADERS.search(data)
    headers = data[: end.start() if end else len(data)]
    if len(headers) > MOST_HEADERS:
        raise _refused(name, "what stands before its text is too long for a mail")
    if any(len(each) > MOST_HEADER for each in _FOLD.sub(b" ", headers).split(b"\n")):
        raise _refused(name, "one of the lines before its text is too long for a mail")
    if data.count(b"\n") + data.count(b"\r") > 2 * MOST_LINES or data.count(b"\n") > MOST_LINES:
        raise _refused(name, "it has too many lines for a mail")
    if len(_BOUNDARY.findall(data)) > MOST_BOUNDARIES:
        raise _refused(name, "it has too many parts within parts")


def _parsed(data: bytes, going: Going) -> Message:
    # compat32 keeps headers as they stand; the newer policies take them apart in quadratic time.
    parser = BytesFeedParser(policy=policy.compat32)
    for start in range(0, len(data), _CHUNK):
        part = data[start : start + _CHUNK]
        parser.feed(part)
        going.on(len(part))
    return parser.close()


def _mail(outer: Message, data: bytes, file: str) -> Mail:
    inner = _forwarded(outer)
    message = outer if inner is None else inner
    name, sender = _address(message, "From")
    has_one = len(message.get_all("From", [])) < 2
    if not sender and not _header(message, "Subject") and not _header(message, "Date"):
        raise _refused(file, "it has neither sender, subject nor date")
    subject, body = _header(message, "Subject"), _body(message)
    note = _header(message, "Authentication-Results")
    return Mail(
        sender=sender,
        sender_name=name,
        sent_to=_address(message, "To")[1] or _address(message, "Delivered-To")[1],
        subject=text.line(subject),
        sent=_date(message),
        message_id=text.line(_header(message, "Message-ID")),
        note=text.line(note, _SHOWN_HEADER),
        # Of a mail with two senders nobody can tell which one the note is about.
        verdict=verdict_of(sender if has_one else "", note, forwarded=inner is not None),
        kind=kind_of(subject, body),
        beginning=text.block(body, BEGINNING, lines=BEGINNING_LINES),
        forwarded=inner is not None,
        sha256=sha256(data).hexdigest(),
        size=len(data),
    )


def _forwarded(outer: Message) -> Message | None:
    """The first mail that is attached to this one, as forwarding “as an attachment” makes it."""
    for part in _parts(outer):
        if part.get_content_type() == "message/rfc822":
            return _unpacked(part) or next(iter(_inside(part)), None)
    return None


def _unpacked(part: Message) -> Message | None:
    """A mail that some programs attach in base64, which the parser takes for its text; None for one that stands as it is."""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() != "base64":
        return None
    packed = next((each.get_payload() for each in _inside(part)), None)
    try:
        data = b64decode(packed) if isinstance(packed, str) else b""
    except ValueError:
        return None
    _check_bounds(data, "attached")
    return _parsed(data, Going())


def _parts(message: Message) -> Iterator[Message]:
    """The parts of a mail from outside in, no more than are looked at; not those of a mail attached to it."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        yield part
        if part.get_content_maintype() == "multipart":
            waiting.extend(_inside(part)[:MOST_PARTS])


def _inside(part: Message) -> list[Message]:
    """The parts of a part; none for a text, whose payload would be decoded merely by asking for it."""
    payload = part.get_payload() if part.is_multipart() else []
    return [each for each in payload if isinstance(each, Message)]


def _body(message: Message) -> str:
    """The text of a mail: its plain part, else what its HTML would show."""
    html = ""
    for part in _parts(message):
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html") or part.get_content_disposition() == "attachment":
            continue
        found = _decoded(part)
        if kind == "text/plain" and found.strip():
            return found
        html = html or found
    return _shown(html)


def _decoded(part: Message) -> str:
    charset = str(part.get_param("charset") or "utf-8")
    # get_payload would decode by whatever charset the mail names, punycode too, which takes quadratic time.
    del part["Content-Type"]
    payload = part.get_payload(decode=True)
    return _in_charset(payload[:MOST_BODY], charset) if isinstance(payload, bytes) else ""


def _in_charset(data: bytes, charset: str) -> str:
    try:
        known = codecs.lookup(charset.strip("\"' ")).name
    except (LookupError, ValueError):
        known = ""
    return data.decode(known if _CHARSET.fullmatch(known) else "utf-8", "replace")


def _shown(html: str) -> str:
    """The text that HTML would show: without tags, and without what stands in its head, scripts and styles."""
    kept: list[str] = []
    html = _without_comments(html)
    at, unseen = 0, ""
    for tag in _TAG.finditer(html):
        if not unseen:
            kept.append(html[at : tag.start()])
        at = tag.end()
        name = tag[2].lower()
        if unseen:
            unseen = "" if tag[1] and name == unseen else unseen
        elif not tag[1] and name in _UNSEEN and not tag[3].endswith("/"):
            unseen = name
        elif name in _BREAKS:
            kept.append("\n")
    if not unseen:
        kept.append(html[at:])
    lines = (" ".join(line.split()) for line in unescape("".join(kept)).split("\n"))
    return "\n".join(line for line in lines if line)


def _without_comments(html: str) -> str:
    kept, at = [], 0
    while (begin := html.find("<!--", at)) >= 0:
        kept.append(html[at:begin])
        end = html.find("-->", begin)
        if end < 0:
            return "".join(kept)
        at = end + len("-->")
    return "".join((*kept, html[at:]))


def _raw(message: Message, name: str) -> str:
    """The topmost header of this name as it stands, in one line; UTF-8 that is not encoded, which some servers allow, is read."""
    found = next((value for each, value in message.raw_items() if each.lower() == name.lower()), "")
    plain = str(found)[:_SHOWN_HEADER].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return " ".join(plain.split())


def _header(message: Message, name: str) -> str:
    """The topmost header of this name with its encoded words read; empty where there is none."""
    raw = _raw(message, name)
    if "=?" not in raw:
        return raw
    try:
        pieces = decode_header(raw)
    except HeaderParseError:
        return raw
    return "".join(part if isinstance(part, str) else _in_charset(part, charset or "utf-8") for part, charset in pieces)


def _address(message: Message, name: str) -> tuple[str, str]:
    """The name and the address in a header of addresses, each empty where there is none."""
    # The address is read from the raw header, so that an encoded word cannot put another one before it.
    address = parseaddr(_raw(message, name))[1]
    shown = parseaddr(_header(message, name))[0]
    return text.line(shown), text.line(address) if "@" in address else ""


def _date(message: Message) -> datetime | None:
    try:
        found = parsedate_to_datetime(_header(message, "Date"))
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return found


def _refused(name: str, why: str) -> FileRefused:
    return FileRefused(
        f"Could not read this mail ({text.line(name)}): {why}.",
        kept="The file was left as it is, and nothing was recorded.",
        todo="You can still write down sender, subject and date by hand.",
    )
