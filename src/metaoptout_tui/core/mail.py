"""What an e-mail about an objection says and how far its sender can be trusted, as values and in sentences.

A mail supports a confirmation; it proves nothing by itself. No signature is checked here: that would need the DNS and
keys that are long gone. Only the Authentication-Results header (RFC 8601) is read, which the receiving server wrote
when the mail arrived. No sentence claims more than that.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.mail_wording import QUOTED_LINE, MailKind
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.vocabulary import LINK_REQUEST

META_MAIL_DOMAINS = (
    "facebookmail.com",
    "facebook.com",
    "fb.com",
    "meta.com",
    "metamail.com",
    "mail.instagram.com",
    "shopping.instagram.com",
)
"""Domains that Meta sends mail from, each with its subdomains (source S98 of playbook.toml).

Which of them sends the confirmation of an objection is not known.
"""


_AuthResult = tuple[str, str, Mapping[str, str]]


class SenderTrust(StrEnum):
    """Whether the receiving server found that the mail came from Meta; UNKNOWN where it left no result."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class TrustReason(StrEnum):
    """Why a mail is trusted as it is."""

    SERVER_CONFIRMED = "server-says-so"
    SERVER_DENIED = "server-says-no"
    OTHER_SENDER = "other-sender"
    NO_RESULTS = "no-note"
    RESULTS_UNCLEAR = "note-unclear"
    RESULTS_BY_SENDER = "note-of-sender"
    FORWARDED = "forwarded"


class SenderVerdict(NamedTuple):
    """Trust with its reason. `server` wrote the Authentication-Results.

    Only the person knows whether it belongs to their own mail provider.
    """

    trust: SenderTrust
    reason: TrustReason
    server: str = ""


class Mail(NamedTuple):
    """The parts of a mail that matter here, every text cleaned; the person confirms or corrects `kind`.

    `reference` is the number that Meta gave the request, if it names one. `sent_at` is None where the date
    cannot be read, `authentication_results` the topmost header of that name, `excerpt` its first lines. One that `is_forwarded` was attached to another mail.
    """

    sender: str
    sender_name: str
    subject: str
    sent_at: datetime | None
    authentication_results: str
    verdict: SenderVerdict
    kind: MailKind
    reference: str
    excerpt: str
    is_forwarded: bool
    sha256: str
    size: int

    def moment_by(self, now: datetime) -> datetime | None:
        """When it was sent; None where that is not known or lies ahead, for then it cannot be when it came."""
        return self.sent_at if self.sent_at is not None and self.sent_at <= now else None

    @property
    def note(self) -> str:
        """The sender and subject of the mail, for the note of the reply that it is: the record is the same in every language."""
        return ": ".join(filter(None, (self.sender, self.subject and f"“{self.subject}”")))


def domain_of(address: str) -> str:
    """The host of an address in small letters, empty for what is none."""
    return address.rpartition("@")[2].strip().rstrip(".").lower() if "@" in address else ""


def is_meta_mail_domain(domain: str) -> bool:
    """Whether a host is one of Meta's mail domains or below one, by whole labels and never by what it contains."""
    return any(domain == meta_domain or domain.endswith("." + meta_domain) for meta_domain in META_MAIL_DOMAINS)


def judge_sender(sender: str, authentication_results: str, *, forwarded: bool = False) -> SenderVerdict:
    """How far the sender of a mail can be believed: its address, and the topmost Authentication-Results (RFC 8601).

    A header from a server of Meta, or of the sender, is the sender's own word and counts for nothing. A forwarded
    mail's is unknown, since its header was written for somebody else or made up.
    """
    server, results = _parse_authentication_results(authentication_results)
    domain = domain_of(sender)
    if forwarded:
        return SenderVerdict(SenderTrust.UNKNOWN, TrustReason.FORWARDED)
    if not is_meta_mail_domain(domain):
        return SenderVerdict(SenderTrust.FAILED, TrustReason.OTHER_SENDER, server)
    if not authentication_results:
        return SenderVerdict(SenderTrust.UNKNOWN, TrustReason.NO_RESULTS)
    if not server or is_meta_mail_domain(server) or server == domain:
        return SenderVerdict(SenderTrust.UNKNOWN, TrustReason.RESULTS_BY_SENDER, server)
    trust = _trust_from_results(results, domain)
    reasons = {SenderTrust.PASSED: TrustReason.SERVER_CONFIRMED, SenderTrust.FAILED: TrustReason.SERVER_DENIED}
    return SenderVerdict(trust, reasons.get(trust, TrustReason.RESULTS_UNCLEAR), server)


def _trust_from_results(results: list[_AuthResult], domain: str) -> SenderTrust:
    """The trust in a mail from `domain`: failed by DMARC, else passed by DMARC or DKIM, else failed by DKIM."""
    dmarc_results = [
        result
        for method, result, properties in results
        if method == "dmarc" and properties.get("header.from", domain) == domain
    ]
    dkim_results = [
        (result, properties.get("header.d") or domain_of(properties.get("header.i", "")))
        for method, result, properties in results
        if method == "dkim"
    ]
    if not _FAILED_RESULTS.isdisjoint(dmarc_results):
        return SenderTrust.FAILED
    if "pass" in dmarc_results or any(result == "pass" and is_meta_mail_domain(by) for result, by in dkim_results):
        return SenderTrust.PASSED
    return (
        SenderTrust.FAILED
        if any(result in _FAILED_RESULTS for result, _unused in dkim_results)
        else SenderTrust.UNKNOWN
    )


_FAILED_RESULTS = frozenset({"fail", "permerror"})
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|\\.?|[();]|[^"\\();]++')
_SEPARATOR = re.compile(r'[\s"\\;=]')


def _parse_authentication_results(header: str) -> tuple[str, list[_AuthResult]]:
    """The server that wrote the header, and its results: method, result and properties, in small letters."""
    parts = list(_split_at_semicolons(header))
    first_words = parts[0].split() if parts else []
    results: list[_AuthResult] = []
    for part in parts[1:]:
        pairs = [word.partition("=") for word in part.split() if "=" in word]
        if pairs:
            method, _unused, result = pairs[0]
            results.append((method.partition("/")[0], result, {name: value for name, _unused, value in pairs[1:]}))
    return (first_words[0].rstrip(".") if first_words else ""), results


def _split_at_semicolons(header: str) -> Iterator[str]:
    """The parts between semicolons in small letters, without comments; a quoted string loses its quotes and blanks."""
    part, depth = "", 0
    for lexeme in _TOKEN.findall(header.lower()):
        if lexeme == "(":
            depth += 1
        elif lexeme == ")":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif lexeme == ";":
            yield part
            part = ""
        else:
            part += _SEPARATOR.sub("", lexeme) if lexeme[0] == '"' else lexeme
    yield part


_REPLY_IDS = {
    MailKind.HONOURED: EventKind.CONFIRMED_BY_MAIL.value,
    MailKind.REFUSED: EventKind.REFUSED.value,
    MailKind.CODE: f"{EventKind.CODE_ASKED}.code",
    MailKind.LINK: f"{EventKind.CODE_ASKED}.{LINK_REQUEST}",
    MailKind.ASKED: EventKind.MORE_ASKED.value,
    MailKind.RECEIVED: EventKind.WILL_BE_REVIEWED.value,
    MailKind.UNDELIVERABLE: EventKind.UNDELIVERABLE.value,
}


def reply_id_of_mail(mail: Mail) -> str:
    """The id of the reply that a mail is; empty for a mail that is none, and for one that seems to be a fake."""
    return "" if mail.verdict.trust is SenderTrust.FAILED else _REPLY_IDS.get(mail.kind, "")


def describe_mail(mail: Mail, now: datetime, *, is_asked_below: bool = True) -> str:
    """The sender, date, subject and kind of a mail, and how far its sender can be trusted, in sentences.

    `is_asked_below` is whether the question what it says stands below them.
    """
    sender, subject = mail.sender or _("nobody named"), mail.subject or _("no subject")
    if mail.sent_at is None:
        head = _("Mail from {sender}: “{subject}”.").format(sender=sender, subject=subject)
    else:
        head = _("Mail from {sender}, {moment}: “{subject}”.").format(
            sender=sender, moment=dates.format_day_and_time(mail.sent_at, now), subject=subject
        )
    with_check, alone = _KIND_SENTENCES[mail.kind]
    return f"{head} {_(with_check if is_asked_below else alone)} {describe_trust(mail.verdict)}"


_KIND_SENTENCES = {
    MailKind.HONOURED: (
        mark("It reads like a confirmation: check that."),
        mark("It reads like a confirmation."),
    ),
    MailKind.REFUSED: (mark("It reads like a refusal: check that."), mark("It reads like a refusal.")),
    MailKind.CODE: (
        mark("It reads like a request for a code: check that."),
        mark("It reads like a request for a code."),
    ),
    MailKind.RECEIVED: (
        mark("It reads like a receipt and no more, which decides nothing: check that."),
        mark("It reads like a receipt and no more, which decides nothing."),
    ),
    MailKind.LINK: (
        mark("It asks to open a link: check that, and where the link leads."),
        mark("It asks to open a link."),
    ),
    MailKind.ASKED: (
        mark("It reads as if Meta wants something from you first: check that."),
        mark("It reads as if Meta wants something from you first."),
    ),
    MailKind.UNDELIVERABLE: (
        mark("It says that what you sent did not arrive: check that."),
        mark("It says that what you sent did not arrive."),
    ),
    MailKind.ANNOUNCEMENT: (
        mark("It reads like Meta's announcement, which is no answer to an objection."),
        mark("It reads like Meta's announcement, which is no answer to an objection."),
    ),
    MailKind.UNKNOWN: (
        mark("What it says is for you to tell."),
        mark("The program does not recognise what it says."),
    ),
}
"""What a mail seems to be: where the person is asked to check that below, and where not."""


def describe_trust(verdict: SenderVerdict) -> str:
    """How far it is backed that the mail came from Meta, in sentences."""
    return _(_TRUST_SENTENCES[verdict.reason]).format(server=verdict.server or _("a server"))


_TRUST_SENTENCES = {
    TrustReason.SERVER_CONFIRMED: mark(
        "{server} noted that it came from Meta's domain. That counts only if {server} belongs to "
        "your own mail provider. No signature was checked here."
    ),
    TrustReason.SERVER_DENIED: mark(
        "{server} noted that it did not come from where it says. Take it for a fake until you know better."
    ),
    TrustReason.OTHER_SENDER: mark(
        "Its sender is on none of the domains that guides list as Meta's. Take it for a fake until you know better."
    ),
    TrustReason.NO_RESULTS: mark(
        "No mail server's note about its sender is in the file, so nothing backs it. No signature was checked here."
    ),
    TrustReason.RESULTS_UNCLEAR: mark(
        "{server} left a note that says neither yes nor no about its sender. No signature was checked here."
    ),
    TrustReason.RESULTS_BY_SENDER: mark(
        "The note about its sender is the sender's own, which backs nothing. No signature was checked here."
    ),
    TrustReason.FORWARDED: mark(
        "It was forwarded inside another mail, so nothing can be told of its sender. No signature was checked here."
    ),
}


_REFERENCE_WORDS = (
    r"case|ticket|reference|request|report|fall|fallnummer|vorgang|vorgangsnummer|vorgangs-?id|referenz|referenznummer"
    r"|ticketnummer|aktenzeichen|zaak|zaaknummer|referentie|referentienummer|kenmerk|dossiernummer|dossier"
    r"|référence|demande|caso|referencia|solicitud|pratica|riferimento|richiesta|caso"
)
_REFERENCE = re.compile(
    rf"#\s?(?P<number>\d{{6,20}})(?!\w)"
    rf"|(?<!\w)(?:{_REFERENCE_WORDS})(?:\s+(?:number|no|nr|nummer|numéro|número|numero|n°|nº|id))?\.?\s*[:#]?\s*"
    rf"(?P<named>(?=[\w-]*\d{{5}})[a-z0-9][a-z0-9-]{{5,39}})(?!\w)",
    re.IGNORECASE,
)


def find_reference(subject: str, body: str) -> str:
    """The number that Meta gave the request, from the subject, else from the text: `#…`, `Case …`; empty for none."""
    match = _REFERENCE.search(subject) or _REFERENCE.search(QUOTED_LINE.sub("", body))
    return (match["number"] or match["named"]) if match else ""
