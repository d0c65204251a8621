"""Reads a mail that a person saved as a file (`.eml`), within limits and without fetching anything.

The standard library's parser raises errors that it does not document and takes quadratic time on some mails. So sizes
are checked before it sees a byte, headers are decoded under its older, linear policy, and whatever it still raises is
reported as one sentence.
"""

import codecs
import re
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
from metaoptout_tui.core.errors import Cancelled, FileRefused
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.mail import Mail, find_reference, judge_sender
from metaoptout_tui.core.mail_wording import MailKind, classify_mail
from metaoptout_tui.imports.files import open_regular_file, read_at_most

MAX_MAIL_BYTES = 5 << 20
MAX_HEADER_BYTES, MAX_ALL_HEADERS_BYTES = 64 << 10, 256 << 10
MAX_LINES, MAX_BOUNDARIES, MAX_PARTS = 150_000, 20, 100
"""Lines, declared boundaries and parts read: the parser compares every line with the boundary of every open part."""

MAX_BODY_BYTES = 256 << 10
BEGINNING_CHARACTERS, BEGINNING_LINES = 1_200, 20
_MAX_DECODED_HEADER_CHARACTERS = 4_000

_PARSER_CHUNK_BYTES = 64 << 10
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_HEADER_FOLD = re.compile(rb"\r?\n(?=[ \t])")
_BOUNDARY_PARAMETER = re.compile(rb"boundary *=", re.IGNORECASE)
_HTML_TAG = re.compile(r"<(/?)([a-zA-Z]*)([^<>]*)>")
_INVISIBLE_TAGS = frozenset({"script", "style", "head", "title"})
_LINE_BREAK_TAGS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "table"})
# The encodings that are decoded; others (punycode, unicode_escape, …) are slow, or not used in mails.
_ALLOWED_CHARSET = re.compile(
    r"utf-8|utf-16(-[lb]e)?|ascii|iso8859-\d+|cp\d+|koi8-[ru]|gb\w+|big5|euc_\w+|shift_jis|iso2022_\w+"
)


def read_mail(path: Path, job: Job | None = None) -> Mail:
    """The mail in a file.

    Raises FileRefused where it cannot be read, Cancelled where `job` was cancelled, which is checked after each 64 KiB,
    and nothing else.
    """
    try:
        with open_regular_file(path, _refusal(path.name, _("it is not a file"))) as file:
            data = read_at_most(file, MAX_MAIL_BYTES + 1)
    except FileNotFoundError as error:
        raise FileRefused(
            _("There is no file {path}.").format(path=text.clean_line(str(path))), todo=_("Look how it is written.")
        ) from error
    except OSError as error:
        reason = _("you may not read it") if isinstance(error, PermissionError) else error.strerror
        raise _refusal(path.name, reason or _("the system gives no reason")) from error
    return parse_mail(data, path.name, job)


def parse_mail(data: bytes, name: str, job: Job | None = None) -> Mail:
    """Read a mail as `read_mail` does, from bytes; `name` is the file name for error messages."""
    _check_bounds(data, name)
    try:
        return _mail_from_message(_parse_message(data.removeprefix(codecs.BOM_UTF8), job or Job()), data, name)
    except (FileRefused, Cancelled):
        raise
    except Exception as error:
        # The parser raises undocumented errors: KeyError, LookupError, IndexError, RecursionError.
        raise _refusal(name, _("it does not hold together as a mail")) from error


def _check_bounds(data: bytes, name: str) -> None:
    if len(data) > MAX_MAIL_BYTES:
        raise _refusal(
            name,
            _("it is larger than {max_megabytes} MB, which no such mail is").format(
                max_megabytes=format_number(MAX_MAIL_BYTES >> 20)
            ),
        )
    if not data.strip():
        raise _refusal(name, _("it is empty"))
    end = _END_OF_HEADERS.search(data)
    headers = data[: end.start() if end else len(data)]
    if len(headers) > MAX_ALL_HEADERS_BYTES:
        raise _refusal(name, _("what stands before its text is too long for a mail"))
    if any(len(line) > MAX_HEADER_BYTES for line in _HEADER_FOLD.sub(b" ", headers).split(b"\n")):
        raise _refusal(name, _("one of the lines before its text is too long for a mail"))
    if data.count(b"\n") + data.count(b"\r") > 2 * MAX_LINES or data.count(b"\n") > MAX_LINES:
        raise _refusal(name, _("it has too many lines for a mail"))
    if len(_BOUNDARY_PARAMETER.findall(data)) > MAX_BOUNDARIES:
        raise _refusal(name, _("it has too many parts within parts"))


def _parse_message(data: bytes, job: Job) -> Message:
    # compat32 keeps headers as they stand; the newer policies parse them in quadratic time.
    parser = BytesFeedParser(policy=policy.compat32)
    for start in range(0, len(data), _PARSER_CHUNK_BYTES):
        chunk = data[start : start + _PARSER_CHUNK_BYTES]
        parser.feed(chunk)
        job.advance(len(chunk))
    return parser.close()


def _mail_from_message(outer: Message, data: bytes, file: str) -> Mail:
    inner = _attached_mail(outer)
    message = outer if inner is None else inner
    name, sender = _address_header(message, "From")
    has_one_sender = len(message.get_all("From", [])) < 2
    if not sender and not _decoded_header(message, "Subject") and not _decoded_header(message, "Date"):
        raise _refusal(file, _("it has neither sender, subject nor date"))
    subject, body = _decoded_header(message, "Subject"), _body_text(message)
    authentication_results = _decoded_header(message, "Authentication-Results")
    return Mail(
        sender=sender,
        sender_name=name,
        subject=text.clean_line(subject),
        sent_at=_sent_date(message),
        authentication_results=text.clean_line(authentication_results, _MAX_DECODED_HEADER_CHARACTERS),
        # With two senders, nobody can tell which of them the results are about.
        verdict=judge_sender(sender if has_one_sender else "", authentication_results, forwarded=inner is not None),
        kind=MailKind.UNDELIVERABLE if _is_delivery_report(message) else classify_mail(subject, body),
        reference=text.clean_line(find_reference(subject, body)),
        excerpt=text.clean_block(body, BEGINNING_CHARACTERS, lines=BEGINNING_LINES),
        is_forwarded=inner is not None,
        sha256=sha256(data).hexdigest(),
        size=len(data),
    )


def _is_delivery_report(message: Message) -> bool:
    """Whether a mail server reports by it that a mail did not arrive (RFC 3464)."""
    report_type = str(message.get_param("report-type") or "").casefold()
    if message.get_content_type() != "multipart/report" or report_type != "delivery-status":
        return False
    actions = (
        str(subpart.get("Action", "")).strip().casefold()
        for part in _iter_parts(message)
        if part.get_content_type() == "message/delivery-status"
        for subpart in _subparts(part)
    )
    return "failed" in actions


def _attached_mail(outer: Message) -> Message | None:
    """The first mail attached to this one, as by forwarding “as an attachment”."""
    if _is_delivery_report(outer):
        return None  # what it carries is the person's own mail
    for part in _iter_parts(outer):
        if part.get_content_type() == "message/rfc822":
            return _decode_base64_mail(part) or next(iter(_subparts(part)), None)
    return None


def _decode_base64_mail(part: Message) -> Message | None:
    """A mail attached in base64, which the parser would take for text; None for one attached as plain text."""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() != "base64":
        return None
    payload = next((subpart.get_payload() for subpart in _subparts(part)), None)
    try:
        data = b64decode(payload) if isinstance(payload, str) else b""
    except ValueError:
        return None
    _check_bounds(data, "attached")
    return _parse_message(data, Job())


def _iter_parts(message: Message) -> Iterator[Message]:
    """The first `MAX_PARTS` parts of a mail from outside in, without those of an attached mail."""
    queue, count = [message], 0
    while queue and count < MAX_PARTS:
        part = queue.pop(0)
        count += 1
        yield part
        if part.get_content_maintype() == "multipart":
            queue.extend(_subparts(part)[:MAX_PARTS])


def _subparts(part: Message) -> list[Message]:
    """The parts of a multipart; none for a text, whose payload `get_payload` would decode."""
    payload = part.get_payload() if part.is_multipart() else []
    return [subpart for subpart in payload if isinstance(subpart, Message)]


def _body_text(message: Message) -> str:
    """The text of a mail: its plain part, else what its HTML would show."""
    html = ""
    for part in _iter_parts(message):
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html") or part.get_content_disposition() == "attachment":
            continue
        decoded = _decode_text_part(part)
        if kind == "text/plain" and decoded.strip():
            return decoded
        html = html or decoded
    return _html_to_text(html)


def _decode_text_part(part: Message) -> str:
    charset = str(part.get_param("charset") or "utf-8")
    # get_payload would decode by whatever charset the mail names, punycode too, which takes quadratic time.
    del part["Content-Type"]
    payload = part.get_payload(decode=True)
    return _decode_in_charset(payload[:MAX_BODY_BYTES], charset) if isinstance(payload, bytes) else ""


def _decode_in_charset(data: bytes, charset: str) -> str:
    try:
        codec = codecs.lookup(charset.strip("\"' ")).name
    except (LookupError, ValueError):
        codec = ""
    return data.decode(codec if _ALLOWED_CHARSET.fullmatch(codec) else "utf-8", "replace")


def _html_to_text(html: str) -> str:
    """The text that HTML would show, without tags and the content of its head, scripts and styles."""
    parts: list[str] = []
    html = _strip_html_comments(html)
    position, invisible_tag = 0, ""
    for tag in _HTML_TAG.finditer(html):
        if not invisible_tag:
            parts.append(html[position : tag.start()])
        position = tag.end()
        name = tag[2].lower()
        if invisible_tag:
            invisible_tag = "" if tag[1] and name == invisible_tag else invisible_tag
        elif not tag[1] and name in _INVISIBLE_TAGS and not tag[3].endswith("/"):
            invisible_tag = name
        elif name in _LINE_BREAK_TAGS:
            parts.append("\n")
    if not invisible_tag:
        parts.append(html[position:])
    lines = (" ".join(line.split()) for line in unescape("".join(parts)).split("\n"))
    return "\n".join(line for line in lines if line)


def _strip_html_comments(html: str) -> str:
    parts, position = [], 0
    while (start := html.find("<!--", position)) >= 0:
        parts.append(html[position:start])
        end = html.find("-->", start)
        if end < 0:
            return "".join(parts)
        position = end + len("-->")
    return "".join((*parts, html[position:]))


def _raw_header(message: Message, name: str) -> str:
    """The topmost header of this name, on one line, with its encoded words as they stand and raw UTF-8 decoded."""
    header = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    decoded = str(header)[:_MAX_DECODED_HEADER_CHARACTERS].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return " ".join(decoded.split())


def _decoded_header(message: Message, name: str) -> str:
    """The topmost header of this name with its encoded words decoded; empty if there is none."""
    raw = _raw_header(message, name)
    if "=?" not in raw:
        return raw
    try:
        pieces = decode_header(raw)
    except HeaderParseError:
        return raw
    return "".join(
        part if isinstance(part, str) else _decode_in_charset(part, charset or "utf-8") for part, charset in pieces
    )


def _address_header(message: Message, name: str) -> tuple[str, str]:
    """The name and the address in an address header, each empty if there is none."""
    # The address is read from the raw header, so that an encoded word cannot put another one before it.
    address = parseaddr(_raw_header(message, name))[1]
    display_name = parseaddr(_decoded_header(message, name))[0]
    return text.clean_line(display_name), text.clean_line(address) if "@" in address else ""


def _sent_date(message: Message) -> datetime | None:
    try:
        moment = parsedate_to_datetime(_decoded_header(message, "Date"))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment


def _refusal(name: str, reason: str) -> FileRefused:
    return FileRefused(
        _("Could not read this mail ({name}): {reason}.").format(name=text.clean_line(name), reason=reason),
        kept=_("The file was left as it is, and nothing was recorded."),
        todo=_("You can still write down sender, subject and date by hand."),
    )
