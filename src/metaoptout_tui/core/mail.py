"""What a mail about an objection says, and how far its sender can be believed (formats, part C).

A mail supports a confirmation; it proves nothing by itself. No signature is checked here: that would need the DNS and keys
that are long gone. What is looked at is what the person's own mail server wrote down when the mail arrived.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

META_MAIL_DOMAINS = (
    "facebookmail.com",
    "facebook.com",
    "fb.com",
    "meta.com",
    "metamail.com",
    "mail.instagram.com",
    "shopping.instagram.com",
)
"""Domains that Meta sends mail from, each with its subdomains (facts section 6.4; formats part C, senders).

Which of them sends the confirmation of an objection is not known.
"""


_Result = tuple[str, str, Mapping[str, str]]


class MailKind(StrEnum):
    """What a mail says; UNKNOWN also for every language whose wording was never seen."""

    HONOURED = "honoured"
    REFUSED = "refused"
    CODE = "code"
    ANNOUNCEMENT = "announcement"
    UNKNOWN = "unknown"


class Trust(StrEnum):
    """Whether the receiving server's note says that the mail came from Meta: PASSED, FAILED, or UNKNOWN without such a note."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Because(StrEnum):
    """Why a mail is trusted as it is."""

    SERVER_SAYS_SO = "server-says-so"
    SERVER_SAYS_NO = "server-says-no"
    OTHER_SENDER = "other-sender"
    NO_NOTE = "no-note"
    NOTE_UNCLEAR = "note-unclear"
    NOTE_OF_SENDER = "note-of-sender"
    FORWARDED = "forwarded"


class Verdict(NamedTuple):
    """Trust with its reason. `server` wrote the note; only the person knows whether that is their own mail provider."""

    trust: Trust
    because: Because
    server: str = ""


class Mail(NamedTuple):
    """A mail as far as it matters here, every text cleaned: shown to the person, who confirms or corrects it.

    `sent_to` is the first address it was sent to, `sent` None where the date cannot be read, `note` the topmost
    Authentication-Results as it stands, `beginning` its first lines. `forwarded` says that it was read inside another one.
    """

    sender: str
    sender_name: str
    sent_to: str
    subject: str
    sent: datetime | None
    message_id: str
    note: str
    verdict: Verdict
    kind: MailKind
    beginning: str
    forwarded: bool
    sha256: str
    size: int


def domain_of(address: str) -> str:
    """The host of an address in small letters, empty for what is none."""
    return address.rpartition("@")[2].strip().rstrip(".").lower() if "@" in address else ""


def is_of_meta(domain: str) -> bool:
    """Whether a host is one of Meta's mail domains or below one, by whole labels and never by what it contains."""
    return any(domain == own or domain.endswith("." + own) for own in META_MAIL_DOMAINS)


def verdict_of(sender: str, note: str, *, forwarded: bool = False) -> Verdict:
    """How far the sender of a mail can be believed: its address, and the topmost Authentication-Results (RFC 8601).

    A note written by a server of Meta, or of the sender, is the sender's own word and counts for nothing. Of a forwarded
    mail nothing is known, since its notes were written for somebody else or by nobody.
    """
    server, results = _results(note)
    domain = domain_of(sender)
    if forwarded:
        return Verdict(Trust.UNKNOWN, Because.FORWARDED)
    if not is_of_meta(domain):
        return Verdict(Trust.FAILED, Because.OTHER_SENDER, server)
    if not note:
        return Verdict(Trust.UNKNOWN, Because.NO_NOTE)
    if not server or is_of_meta(server) or server == domain:
        return Verdict(Trust.UNKNOWN, Because.NOTE_OF_SENDER, server)
    trust = _told(results, domain)
    because = {Trust.PASSED: Because.SERVER_SAYS_SO, Trust.FAILED: Because.SERVER_SAYS_NO}
    return Verdict(trust, because.get(trust, Because.NOTE_UNCLEAR), server)


def _told(results: list[_Result], domain: str) -> Trust:
    """What a server's findings say of a mail from `domain`: a failed DMARC decides, then a pass by it or by DKIM."""
    of_dmarc = [
        result for method, result, of in results if method == "dmarc" and of.get("header.from", domain) == domain
    ]
    of_dkim = [
        (result, of.get("header.d") or domain_of(of.get("header.i", "")))
        for method, result, of in results
        if method == "dkim"
    ]
    if any(result in _FAILED for result in of_dmarc):
        return Trust.FAILED
    if "pass" in of_dmarc or any(result == "pass" and is_of_meta(signer) for result, signer in of_dkim):
        return Trust.PASSED
    return Trust.FAILED if any(result in _FAILED for result, _ in of_dkim) else Trust.UNKNOWN


def kind_of(subject: str, body: str) -> MailKind:
    """What a mail says, by wordings that were quoted from real ones; anything else, or two at once, is UNKNOWN."""
    told = " ".join(body.casefold().replace("\u2019", "'").split())
    about = " ".join(subject.casefold().replace("\u2019", "'").split())
    if _ANNOUNCED.match(about):
        return MailKind.ANNOUNCEMENT
    found = {
        kind
        for kind, wording in (
            (MailKind.REFUSED, _REFUSED),
            (MailKind.HONOURED, _HONOURED),
            (MailKind.ANNOUNCEMENT, _INVITES),
        )
        if wording.search(told) or wording.search(about)
    }
    if not found and (_CODE.search(about) or _CODE.search(told)) and _DIGITS.search(f"{about} {told}"):
        return MailKind.CODE
    return found.pop() if len(found) == 1 else MailKind.UNKNOWN


_ANNOUNCED = re.compile(r"erfahre, wie wir deine informationen im zuge der verbesserung von ki")
_HONOURED = re.compile(r"\bwill (?:also )?honou?r your objection\b|\bhave honou?red your objection\b")
_REFUSED = re.compile(
    r"\b(?:cannot|can't|can not|unable to) take (?:any )?further action\b"
    r"|\b(?:will not|won't|cannot|can't) honou?r your objection\b|\bdon't automatically fulfill? requests\b"
)
_INVITES = re.compile(r"\byou have the right to object\b|\bsubmit an objection\b")
_CODE = re.compile(
    r"\b(?:confirmation|verification|security|one-time) code\b|\bbestätigungscode\b|\bcode de (?:confirmation|vérification)\b"
    r"|\bcódigo de (?:confirmación|verificación)\b|\bcodice di (?:conferma|verifica)\b|\b(?:bevestigings|verificatie)code\b"
)
_DIGITS = re.compile(r"\b\d{4,8}\b")

_FAILED = frozenset({"fail", "permerror"})
_SIGN = re.compile(r'"(?:[^"\\]|\\.)*+"?|\\.?|[();]|[^"\\();]++')
_BLANK_OR_SIGN = re.compile(r'[\s"\\;=]')


def _results(note: str) -> tuple[str, list[_Result]]:
    """The server that wrote a note, and what it found: method, result and properties, in small letters."""
    parts = list(_parts(note))
    head = parts[0].split() if parts else []
    found: list[_Result] = []
    for part in parts[1:]:
        pairs = [word.partition("=") for word in part.split() if "=" in word]
        if pairs:
            method, _, result = pairs[0]
            found.append((method.partition("/")[0], result, {name: value for name, _, value in pairs[1:]}))
    return (head[0].rstrip(".") if head else ""), found


def _parts(note: str) -> Iterator[str]:
    """The parts between semicolons in small letters, without comments; a quoted string is one word without its quotes."""
    part, depth = "", 0
    for sign in _SIGN.findall(note.lower()):
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif sign == ";":
            yield part
            part = ""
        else:
            part += _BLANK_OR_SIGN.sub("", sign) if sign[0] == '"' else sign
    yield part
