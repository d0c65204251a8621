"""What a mail that a person brought says and how far its sender can be believed, in sentences that claim no more than that."""

from datetime import datetime

from metaoptout_tui.core import when
from metaoptout_tui.core.mail import Because, Mail, MailKind, Trust, Verdict

_ANSWERS = {
    MailKind.HONOURED: "confirmed-by-mail",
    MailKind.REFUSED: "refused",
    MailKind.CODE: "code-asked",
}


def answer_of_mail(mail: Mail) -> str:
    """The answer that a mail would be; empty for one that tells none, and for one that seems to be a fake."""
    return "" if mail.verdict.trust is Trust.FAILED else _ANSWERS.get(mail.kind, "")


def mail_words(mail: Mail, now: datetime) -> str:
    """Who wrote when about what, what it reads like, and what its sender's name rests on."""
    sent = f", {when.day_and_time(mail.sent, now)}" if mail.sent else ""
    return f"Mail from {mail.sender or 'nobody named'}{sent}: “{mail.subject or 'no subject'}”. {_READS[mail.kind]} {trust_words(mail.verdict)}"


_READS = {
    MailKind.HONOURED: "It reads like a confirmation: check that below.",
    MailKind.REFUSED: "It reads like a refusal: check that below.",
    MailKind.CODE: "It reads like a request for a code: check that below.",
    MailKind.ANNOUNCEMENT: "It reads like Meta's announcement, which is no answer to an objection.",
    MailKind.UNKNOWN: "What it says is for you to tell below.",
}


def trust_words(verdict: Verdict) -> str:
    """On whose word it rests that the mail came from Meta. No signature is checked here, and none is said to be."""
    return _TRUST[verdict.because].format(server=verdict.server or "a server")


_TRUST = {
    Because.SERVER_SAYS_SO: "{server} noted that it came from Meta's domain. That counts only if {server} belongs to your own mail provider. No signature was checked here.",
    Because.SERVER_SAYS_NO: "{server} noted that it did not come from where it says. Take it for a fake until you know better.",
    Because.OTHER_SENDER: "Its sender is on none of the domains that guides list as Meta's. Take it for a fake until you know better.",
    Because.NO_NOTE: "No mail server's note about its sender is in the file, so nothing backs it. No signature was checked here.",
    Because.NOTE_UNCLEAR: "{server} left a note that says neither yes nor no about its sender. No signature was checked here.",
    Because.NOTE_OF_SENDER: "The note about its sender is the sender's own, which backs nothing. No signature was checked here.",
    Because.FORWARDED: "It was forwarded inside another mail, so nothing can be told of its sender. No signature was checked here.",
}
